//! Product files: the CSV that shops export, read a product at a time, whatever year's spelling it has.
//!
//! Bytes become a table ([`Table`]: column names, rows with their lines), the columns get a meaning (`header`), the file as a whole
//! is looked at once ([`Survey`]), then rows become products ([`Sheet`]). A file is rows; a product is the rows that follow each other with the same handle. The first carries the product's fields,
//! every row may carry a variant and an image. What is wrong is told by line; what is right goes on.

mod decode;
mod header;
mod input;
mod look;
mod mapping;
mod reason;
mod row;
mod say;
mod spellings;
mod survey;
mod system;
mod systems;
mod table;
mod variant;
mod workbook;

pub use decode::{encoded, encoding_named};
pub use encoding_rs::Encoding;
pub use header::{Column, letters as column_key};
#[cfg(test)]
pub(crate) use header::{meaning, translation};
pub use look::{Look, Seen};
pub use mapping::Mapping;
pub use reason::{Reason, Value};
pub(crate) use row::category_path;
pub(crate) use say::{as_code, as_text};
pub use survey::{Group, Opening, Question, Said, Survey, survey};
#[cfg(test)]
pub(crate) use system::System;
pub use table::{RowFault, Table, TableRow};

use crate::category::{Category, PutCategory, called, put_category, slug_for};
use crate::product::Status;
use crate::wanted::PutProduct;
use base::{Actor, Currency, Id, Permission, Rate, Result};
use header::Header;
use std::collections::BTreeMap;
use std::io;
use store::Tx;

/// A product of more rows than this is handed out in parts, so that memory stays bounded.
const GROUP_ROWS_MAX: usize = 2000;

/// Something wrong in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Line of the file on which the row begins, from 1 (the header).
    pub line: u64,
    /// The column's name as the file spells it; empty when the row as a whole is wrong.
    pub column: String,
    /// Why.
    pub reason: Reason,
    /// The cells as they came.
    pub row: Vec<String>,
}

/// What a row says about the pieces at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StockSaid {
    /// Nothing: the present number stays.
    #[default]
    Nothing,
    /// So many lie there.
    OnHand(i64),
    /// So many can still be sold; those held for orders lie there besides.
    Available(i64),
    /// Nobody counts them where the file comes from.
    Uncounted,
    /// There are none, and the shop that wrote the file sells it all the same.
    Oversold,
}

/// What a row says about the selling of its variant, at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commerce {
    /// Line of the file.
    pub line: u64,
    /// Which of the product's variants.
    pub variant: usize,
    /// In major units of `currency`; none keeps the present price.
    pub price: Option<Rate>,
    /// The file says that there is none, so that none is missed.
    pub unpriced: bool,
    /// Crossed-out price, in major units.
    pub compare_at: Option<Rate>,
    /// The file says nothing of crossed-out prices: the present one stays.
    pub keeps_compare_at: bool,
    /// Pieces.
    pub stock: StockSaid,
    /// Whether the offer is on sale, where the file says it.
    pub on_sale: Option<bool>,
    /// What it is supplied from, in the file's word, and how many pieces of it may be sold before they lie there.
    pub supply: Option<String>,
    /// See `supply`.
    pub capacity: Option<i64>,
    /// Of the price, where the file names one.
    pub currency: Option<Currency>,
    /// Code or name of the warehouse, where the file names one.
    pub warehouse: Option<String>,
    /// The cells as they came, for telling what is wrong with them.
    pub row: Vec<String>,
}

impl Commerce {
    /// The same variant at another place, of which only the pieces are said.
    pub(crate) fn elsewhere(&self, place: String, stock: StockSaid) -> Commerce {
        Commerce {
            price: None,
            compare_at: None,
            unpriced: false,
            keeps_compare_at: true,
            on_sale: None,
            supply: None,
            capacity: None,
            stock,
            warehouse: Some(place),
            ..self.clone()
        }
    }
}

/// A product of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetProduct {
    /// Line on which it begins.
    pub line: u64,
    /// Ready to be put, but for its owner and category, and for its handle where the file has none: then its only variant's SKU
    /// leads to it. None when nothing usable was left of it.
    pub product: Option<PutProduct>,
    /// What the rows say about selling: at least one for each variant, more where it lies in several places.
    pub commerce: Vec<Commerce>,
    /// Whether it is shown, where the file says so beside or instead of a status.
    pub published: Option<bool>,
    /// Name of the owner, where the file names one.
    pub seller: Option<String>,
    /// Names of the category from the widest to the narrowest; may be empty.
    pub category: Vec<String>,
    /// The file says that it stands on no shelf.
    pub uncategorised: bool,
    /// The category is only the owner's word for the kind of product: good enough for a new one.
    pub category_guessed: bool,
    /// What is wrong with its rows.
    pub errors: Vec<RowError>,
    /// What of its rows was left out while the rest of them is taken.
    pub notes: Vec<RowError>,
    /// Something was wrong with its rows; stays when the errors are taken.
    pub faulty: bool,
    /// How many rows it has.
    pub rows: u64,
}

impl SheetProduct {
    /// What status the product has after the file: what the file says; without a word the one it has (`known`), or `new`.
    pub fn status(&self, known: Option<Status>, new: Status) -> Status {
        let said = self.product.as_ref().and_then(|product| product.status);
        match (said, self.published) {
            (Some(Status::Active), Some(false)) => Status::Draft,
            (Some(status), _) => status,
            (None, Some(true)) => Status::Active,
            (None, Some(false)) if known == Some(Status::Archived) => Status::Archived,
            (None, Some(false)) => Status::Draft,
            (None, None) => known.unwrap_or(new),
        }
    }
}

/// A product file being read.
pub struct Sheet<R: io::Read> {
    header: Header,
    names: Vec<String>,
    survey: Survey,
    table: Table<R>,
    /// The row that began the next product.
    waiting: Option<TableRow>,
}

impl<R: io::Read> Sheet<R> {
    /// Opens a file for the second time, after the look at all of it. Errors: no product file; unreadable.
    pub fn open(input: R, survey: Survey) -> Result<Sheet<R>> {
        let table = Table::open(input, &survey.opening)?;
        let header = Header::of(table.names(), table.system(), &survey.opening);
        header.check(table.encoding())?;
        let names = table.names().to_vec();
        Ok(Sheet { header, names, survey, table, waiting: None })
    }

    /// The column names as the file spells them.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How the file spells a column; empty when it has none.
    pub fn spelling(&self, column: Column) -> &str {
        self.header.at(column).and_then(|index| self.names().get(index)).map_or("", String::as_str)
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.table.bytes()
    }

    /// The next product; none at the end. Errors: the file cannot be read on.
    pub fn next_product(&mut self) -> Result<Option<SheetProduct>> {
        let mut group = row::Group::new(&self.header, &self.names, &self.survey);
        if let Some(first) = self.waiting.take() {
            group.add(first);
        }
        while group.len() < GROUP_ROWS_MAX {
            let Some(row) = self.table.next_row()? else { break };
            if !group.belongs(&row) {
                self.waiting = Some(row);
                break;
            }
            group.add(row);
        }
        Ok(if group.len() == 0 { None } else { Some(group.finish()) })
    }
}

/// The category a file's product belongs in: the narrowest one that is known. Whoever may write the catalogue (an operator,
/// the house itself) has unknown ones made; for a seller they stay unknown. The names are in `language`, as far as that is known: it
/// decides how they are written in addresses.
pub fn place(tx: &mut Tx, path: &[String], language: &str) -> Result<Option<Id<Category>>> {
    let may_make = matches!(tx.actor(), Actor::System) || tx.actor().may(Permission::CatalogWrite).is_ok();
    let mut found = None;
    for name in path {
        match called(tx, name, language)? {
            Some(category) => found = Some(category.id),
            None if may_make => {
                let slug = slug_for(tx, name, language)?;
                let names = BTreeMap::from([("en".to_owned(), name.clone())]);
                let put = PutCategory { slug, parent: found, names, ..PutCategory::default() };
                found = Some(put_category(tx, &put)?);
            }
            None => {}
        }
    }
    Ok(found)
}

/// The wrong rows as a file that can be mended and imported again: the same columns, then line, column, code and reason,
/// called as `extra` says. `say` words a reason. What a spreadsheet would compute is guarded, and read back without the guard.
/// Errors: none.
pub fn error_file(
    names: &[String],
    extra: [&str; 4],
    errors: &[RowError],
    say: impl Fn(&Reason) -> String,
) -> Result<String> {
    let head: Vec<String> = names.iter().map(String::as_str).chain(extra).map(base::csv::cell).collect();
    let mut file = base::csv::line(&head);
    // A row stands once, however much is wrong with it: mended, it is sent again as it is.
    for row in errors.chunk_by(|one, next| one.line == next.line) {
        let mut cells: Vec<String> = row[0].row.iter().map(|text| base::csv::cell(text)).collect();
        cells.resize(names.len(), String::new());
        let all = |what: &dyn Fn(&RowError) -> String| row.iter().map(what).collect::<Vec<_>>().join("; ");
        let (columns, codes) = (all(&|one| one.column.clone()), all(&|one| one.reason.code().to_owned()));
        let rest = [row[0].line.to_string(), columns, codes, all(&|one| say(&one.reason))];
        cells.extend(rest.iter().map(|text| base::csv::cell(text)));
        file += &base::csv::line(&cells);
    }
    Ok(file)
}
