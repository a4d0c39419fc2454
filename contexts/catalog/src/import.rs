//! Product files: the CSV that shops export, read a product at a time in constant memory, whatever year's spelling it has.
//!
//! A file is rows; a product is the rows that follow each other with the same handle. The first carries the product's fields,
//! every row may carry a variant and an image. What is wrong is told by line; what is right goes on.

mod header;
mod input;
mod reason;
mod row;

pub use header::Column;
pub use reason::{Reason, Value};

use crate::category::{Category, PutCategory, category_by_slug, put_category, slug_for};
use crate::put::PutProduct;
use base::{Actor, Currency, Error, Id, Permission, Rate, Result};
use header::Header;
use input::Guarded;
use row::{Cells, Group};
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

/// What a row says about the selling of its variant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commerce {
    /// Line of the file.
    pub line: u64,
    /// In major units of `currency`; none keeps the present price.
    pub price: Option<Rate>,
    /// Crossed-out price, in major units.
    pub compare_at: Option<Rate>,
    /// Pieces on hand; none keeps the present number.
    pub quantity: Option<i64>,
    /// Of the price, where the file names one.
    pub currency: Option<Currency>,
    /// Code of the warehouse, where the file names one.
    pub warehouse: Option<String>,
    /// The cells as they came, for telling what is wrong with them.
    pub row: Vec<String>,
}

/// A product of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetProduct {
    /// Line on which it begins.
    pub line: u64,
    /// Ready to be put, but for its owner and category; none when nothing usable was left of it.
    pub product: Option<PutProduct>,
    /// One per variant of `product`, in the same order.
    pub commerce: Vec<Commerce>,
    /// Name of the owner, where the file names one.
    pub seller: Option<String>,
    /// Names of the category from the widest to the narrowest; may be empty.
    pub category: Vec<String>,
    /// What is wrong with its rows.
    pub errors: Vec<RowError>,
    /// Something was wrong with its rows; stays when the errors are taken.
    pub faulty: bool,
    /// How many rows it has.
    pub rows: u64,
}

/// A product file being read.
pub struct Sheet<R: io::Read> {
    header: Header,
    names: Vec<String>,
    rows: Rows<R>,
    /// The row that began the next product.
    waiting: Option<Cells>,
}

/// The rows of a file, one after the other.
struct Rows<R: io::Read> {
    csv: csv::Reader<Guarded<R>>,
    record: csv::ByteRecord,
    over: bool,
}

impl<R: io::Read> Sheet<R> {
    /// Reads the header. Comma, semicolon and tab are told apart by it.
    /// Errors: an empty file; no column for handles; unreadable.
    pub fn open(input: R) -> Result<Sheet<R>> {
        let (input, delimiter) = Guarded::open(input)?;
        let mut csv = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(input);
        let names: Vec<String> = csv
            .byte_headers()
            .map_err(unreadable)?
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        if names.iter().all(String::is_empty) {
            return Err(Error::invalid("file_empty", "The file is empty. Choose a CSV file of products."));
        }
        let header = Header::of(&names);
        if header.at(Column::Handle).is_none() {
            let message = "The file has no column “Handle” or “URL handle”. Choose a CSV file of products.";
            return Err(Error::invalid("column_missing", message));
        }
        let rows = Rows { csv, record: csv::ByteRecord::new(), over: false };
        Ok(Sheet { header, names, rows, waiting: None })
    }

    /// The column names as the file spells them.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How the file spells a column; empty when it has none.
    pub fn spelling(&self, column: Column) -> &str {
        self.header.at(column).and_then(|index| self.names.get(index)).map_or("", String::as_str)
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.rows.csv.get_ref().bytes()
    }

    /// The next product; none at the end. Errors: the file cannot be read on.
    pub fn next_product(&mut self) -> Result<Option<SheetProduct>> {
        let mut group = Group::new(&self.header, &self.names);
        if let Some(first) = self.waiting.take() {
            group.add(first);
        }
        while group.len() < GROUP_ROWS_MAX {
            let Some(cells) = self.rows.next()? else { break };
            if !group.belongs(&cells) {
                self.waiting = Some(cells);
                break;
            }
            group.add(cells);
        }
        Ok(if group.len() == 0 { None } else { Some(group.finish()) })
    }
}

impl<R: io::Read> Rows<R> {
    /// The next row with anything in it.
    fn next(&mut self) -> Result<Option<Cells>> {
        while !self.over {
            self.csv.get_ref().begin_record();
            if !self.csv.read_byte_record(&mut self.record).map_err(unreadable)? {
                self.over = true;
                break;
            }
            let line = self.line();
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Ok(Some(Cells::read(line, &self.record)));
            }
        }
        Ok(None)
    }

    /// The line on which the present row begins: the reader counts empty lines before a row to it, so we count back from
    /// where the row ends.
    fn line(&self) -> u64 {
        let began = self.record.position().map_or(0, csv::Position::line);
        let breaks = self.record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        began.max(self.csv.position().line().saturating_sub(breaks + 1))
    }
}

fn unreadable(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            Error::invalid("row_too_large", error.to_string())
        }
        csv::ErrorKind::Io(error) => Error::unavailable("file_unreadable", format!("The file cannot be read: {error}")),
        other => Error::invalid("file_format", format!("This is no CSV file: {other:?}")),
    }
}

/// The category a file's product belongs in: the narrowest one that is known. Whoever may write the catalogue (an operator,
/// the house itself) has unknown ones made; for a seller they stay unknown.
pub fn place(tx: &mut Tx, path: &[String]) -> Result<Option<Id<Category>>> {
    let may_make = matches!(tx.actor(), Actor::System) || tx.actor().may(Permission::CatalogWrite).is_ok();
    let mut found = None;
    for name in path {
        let slug = slug_for(tx, name)?;
        if slug.is_empty() {
            continue;
        }
        match category_by_slug(tx, &slug)? {
            Some(category) => found = Some(category.id),
            None if may_make => {
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
    for error in errors {
        let mut cells: Vec<String> = error.row.iter().map(|text| base::csv::cell(text)).collect();
        cells.resize(names.len(), String::new());
        let rest = [error.line.to_string(), error.column.clone(), error.reason.code().to_owned(), say(&error.reason)];
        cells.extend(rest.iter().map(|text| base::csv::cell(text)));
        file += &base::csv::line(&cells);
    }
    Ok(file)
}

/// The columns of our own that this file lacks, for a hint: what customs will ask for.
pub fn missing_customs_columns<R: io::Read>(sheet: &Sheet<R>) -> Vec<&'static str> {
    let wanted = [
        (Column::Hs, "HS Code"),
        (Column::Origin, "Country of Origin"),
        (Column::CustomsDescription, "Customs Description"),
    ];
    wanted.into_iter().filter(|(column, _)| sheet.header.at(*column).is_none()).map(|(_, name)| name).collect()
}
