//! Which column means what, in the spellings of every year.

use super::mapping::Mapping;
use super::spellings::{SPELLINGS, SPELLINGS_ABROAD, SPELLINGS_OF_SALE};
use super::system::System;
use super::table::TableRow;
use base::weight::Unit;
use base::{Error, Language, Result};
use std::collections::HashMap;

/// A meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// What makes rows one product.
    Handle,
    /// Title in the file's language.
    Title,
    /// Description in the file's language, HTML.
    Body,
    /// Brand or maker.
    Vendor,
    /// The owner's word for the kind of product.
    Type,
    /// Our own category, by its name in addresses or a path with `>`.
    Category,
    /// A category of a public taxonomy, a path with `>`.
    ProductCategory,
    /// Comma-separated.
    Tags,
    /// true or false.
    Published,
    /// active, draft or archived.
    Status,
    /// Name of the nth option, from 0.
    OptionName(usize),
    /// Value of the nth option, from 0.
    OptionValue(usize),
    /// Stock keeping unit.
    Sku,
    /// Weight in grams.
    Grams,
    /// Weight in the unit of `WeightUnit`.
    Weight,
    /// g, kg, oz or lb.
    WeightUnit,
    /// Pieces on hand.
    Quantity,
    /// Pieces on hand as they should be, beside `Quantity` as they are.
    QuantityNew,
    /// Pieces that can still be sold.
    Available,
    /// Pieces that are promised to orders.
    Committed,
    /// Who counts the pieces; nobody when empty.
    Tracker,
    /// What happens when there are none: deny or continue.
    StockPolicy,
    /// Whether it travels at all.
    RequiresShipping,
    /// In major units.
    Price,
    /// Crossed-out price, in major units.
    CompareAt,
    /// Currency of the prices.
    PriceCurrency,
    /// GTIN, EAN, UPC or ISBN.
    Barcode,
    /// Address of a picture.
    ImageUrl,
    /// What is on it.
    ImageAlt,
    /// Address of a picture of just this variant.
    VariantImage,
    /// true for gift cards, which are no goods.
    GiftCard,
    /// Tariff code.
    Hs,
    /// Country of origin, two letters.
    Origin,
    /// What it is, for customs.
    CustomsDescription,
    /// Tax class.
    TaxClass,
    /// Code of the warehouse.
    Warehouse,
    /// Name of the owner.
    Seller,
}

impl Column {
    /// Those that count pieces.
    pub(crate) const PIECES: [Column; 4] =
        [Column::Quantity, Column::QuantityNew, Column::Available, Column::Committed];
}

/// A column that says in another language what a main column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Translated {
    /// What it says.
    pub column: Column,
    /// In which language.
    pub language: String,
    /// Where.
    pub index: usize,
}

/// Where every meaning stands in this file.
pub(crate) struct Header {
    at: HashMap<Column, usize>,
    /// Columns whose cells are made row by row, as the system that wrote the file says things.
    made: Vec<Column>,
    /// The unit that the name of the weight column says: `Weight (kg)`.
    pub weight_unit: Option<Unit>,
    /// `Title (zh-CN)`, `Body (ar)`, `Option1 Value (de)` …
    pub translated: Vec<Translated>,
}

impl Header {
    /// Reads column names: what the owner says of them counts first, then what the system means that wrote the file, then the
    /// spellings that we know. Of two columns with one meaning the first is taken.
    pub(crate) fn of(names: &[String], system: Option<&'static System>, said: &Mapping) -> Header {
        let mut header = Header { at: HashMap::new(), made: Vec::new(), weight_unit: None, translated: Vec::new() };
        let makes = system.map_or(&[][..], |system| system.makes);
        for (index, name) in names.iter().enumerate() {
            let own = said.of(name);
            let read = || match system {
                // A system's own names mean what they mean there, and nothing else.
                Some(system) => system.meaning(name).or_else(|| ours(name)),
                None => meaning(name),
            };
            if let Some(column) = own.unwrap_or_else(read) {
                header.at.entry(column).or_insert(index);
                if column == Column::Weight && header.weight_unit.is_none() {
                    header.weight_unit = unit_of(name);
                }
            } else if let Some((column, language)) = translation(name).filter(|_| own.is_none()) {
                header.translated.push(Translated { column, language, index });
            }
        }
        let is_said = |column: Column| names.iter().any(|name| said.of(name) == Some(Some(column)));
        for (column, from) in makes.iter().filter(|(column, _)| !is_said(*column)) {
            header.made.push(*column);
            if let Some(index) = names.iter().position(|name| letters(name) == *from) {
                header.at.insert(*column, index);
            }
        }
        header
    }

    /// Where a meaning stands.
    pub(crate) fn at(&self, column: Column) -> Option<usize> {
        self.at.get(&column).copied()
    }

    /// What a column means.
    pub(crate) fn meaning_at(&self, index: usize) -> Option<Column> {
        self.at.iter().find(|(_, at)| **at == index).map(|(column, _)| *column)
    }

    /// Whether the file has a column of this meaning.
    pub(crate) fn has(&self, column: Column) -> bool {
        self.at.contains_key(&column) || self.made.contains(&column)
    }

    /// What stands in a row under a meaning; empty where the file has no such column.
    pub(crate) fn cell<'c>(&self, row: &'c TableRow, column: Column) -> &'c str {
        if self.made.contains(&column) {
            let made = row.made.iter().find(|(own, _)| *own == column);
            return made.map_or("", |(_, cell)| cell.trim());
        }
        self.at(column).and_then(|index| row.cells.get(index)).map_or("", String::as_str)
    }

    /// Errors: nothing in the file says which product a row is of.
    pub(crate) fn check(&self) -> Result<()> {
        if self.has(Column::Handle) || self.has(Column::Sku) {
            return Ok(());
        }
        let message = "No column of the file says which goods a row is of: “Handle”, “URL handle” or “SKU”. Say what its columns mean, or \
             choose a file of products.";
        Err(Error::invalid("column_missing", message))
    }

    /// The columns that are taken and those that mean nothing here, as the file spells them.
    pub(crate) fn named(&self, names: &[String]) -> (Vec<String>, Vec<String>) {
        let taken = |index: usize| {
            self.at.values().any(|at| *at == index) || self.translated.iter().any(|one| one.index == index)
        };
        let named = names.iter().enumerate().filter(|(_, name)| !name.is_empty());
        let (yes, no): (Vec<_>, Vec<_>) = named.partition(|(index, _)| taken(*index));
        let spelled = |all: Vec<(usize, &String)>| all.into_iter().map(|(_, name)| name.clone()).collect();
        (spelled(yes), spelled(no))
    }
}

/// The unit in the name of a weight column.
fn unit_of(name: &str) -> Option<Unit> {
    let word = name.rsplit(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty())?;
    Unit::named(word)
}

/// The small letters and digits of a name: what a column is known by, however it is spelled.
pub fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether these are column names that a product file has: something that says which goods a row is of, and something to say of
/// them.
pub(crate) fn is_header(cells: &[String]) -> bool {
    let known: Vec<Column> = cells.iter().filter_map(|cell| meaning(cell)).collect();
    known.len() > 1 && (known.contains(&Column::Handle) || known.contains(&Column::Sku))
}

fn meaning(name: &str) -> Option<Column> {
    let name = letters(name);
    let known = SPELLINGS.iter().chain(&SPELLINGS_OF_SALE).chain(&SPELLINGS_ABROAD);
    known.into_iter().find(|(_, spellings)| spellings.contains(&name.as_str())).map(|(column, _)| *column)
}

/// What only a file for this house has beside a system's own columns: customs, warehouse, seller.
fn ours(name: &str) -> Option<Column> {
    let own = [Column::Hs, Column::Origin, Column::CustomsDescription, Column::Warehouse, Column::Seller];
    meaning(name).filter(|column| own.contains(column))
}

impl Column {
    /// What a column can be said to mean, by the name that pages, API and command line use.
    pub const NAMED: [(&'static str, Column); 26] = [
        ("Handle", Column::Handle),
        ("Title", Column::Title),
        ("Description", Column::Body),
        ("Vendor", Column::Vendor),
        ("Category", Column::Category),
        ("Tags", Column::Tags),
        ("Status", Column::Status),
        ("SKU", Column::Sku),
        ("Barcode", Column::Barcode),
        ("Price", Column::Price),
        ("Compare-at price", Column::CompareAt),
        ("Price currency", Column::PriceCurrency),
        ("Quantity", Column::Quantity),
        ("Weight", Column::Weight),
        ("Weight unit", Column::WeightUnit),
        ("Grams", Column::Grams),
        ("HS code", Column::Hs),
        ("Country of origin", Column::Origin),
        ("Customs description", Column::CustomsDescription),
        ("Image URL", Column::ImageUrl),
        ("Warehouse", Column::Warehouse),
        ("Option1 value", Column::OptionValue(0)),
        ("Option2 value", Column::OptionValue(1)),
        ("Option3 value", Column::OptionValue(2)),
        ("Option1 name", Column::OptionName(0)),
        ("Option2 name", Column::OptionName(1)),
    ];

    /// The meaning of this name, or of any spelling that a file may have.
    pub fn named(name: &str) -> Option<Column> {
        let wanted = letters(name);
        let own = Column::NAMED.iter().find(|(name, _)| letters(name) == wanted).map(|(_, column)| *column);
        own.or_else(|| meaning(name))
    }

    /// Its name in [`Column::NAMED`]; none for those that only files have.
    pub fn name(self) -> Option<&'static str> {
        Column::NAMED.iter().find(|(_, column)| *column == self).map(|(name, _)| *name)
    }
}

/// `Title (zh-CN)` → title, zh-CN.
fn translation(name: &str) -> Option<(Column, String)> {
    let (name, rest) = name.trim().rsplit_once('(')?;
    let language: Language = rest.trim().strip_suffix(')')?.parse().ok()?;
    let column = meaning(name)?;
    let translatable = matches!(column, Column::Title | Column::Body | Column::OptionName(_) | Column::OptionValue(_));
    translatable.then(|| (column, language.tag().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_every_year() {
        for (name, column) in [
            ("Handle", Column::Handle),
            ("URL handle", Column::Handle),
            ("Body (HTML)", Column::Body),
            ("Body HTML", Column::Body),
            ("Description", Column::Body),
            ("Variant Grams", Column::Grams),
            ("Weight value (grams)", Column::Grams),
            ("Variant Weight", Column::Weight),
            ("Weight unit for display", Column::WeightUnit),
            ("Option1 name", Column::OptionName(0)),
            ("Option3 Value", Column::OptionValue(2)),
            ("Product image URL", Column::ImageUrl),
            ("Compare-at price", Column::CompareAt),
            ("Published on online store", Column::Published),
            ("Inventory quantity", Column::Quantity),
            ("Variant Tariff/HS", Column::Hs),
            ("Harmonized System (HS) Code", Column::Hs),
            ("Country/Region of Origin", Column::Origin),
            ("On hand (new)", Column::QuantityNew),
            ("Available (not editable)", Column::Available),
            ("Location", Column::Warehouse),
            ("Weight (lbs)", Column::Weight),
        ] {
            assert_eq!(meaning(name), Some(column), "{name}");
        }
        assert_eq!(meaning("Price / International"), None);
        assert_eq!(translation("Title (zh-CN)"), Some((Column::Title, "zh-CN".into())));
        assert_eq!(translation("Option1 Value (ar)"), Some((Column::OptionValue(0), "ar".into())));
        assert_eq!(translation("Price (EUR)"), None);
        assert_eq!(translation("Title (alternative)"), None);
    }

    #[test]
    fn the_first_of_two_columns_wins() {
        let names = ["Handle", "SKU", "Variant SKU"].map(str::to_owned);
        let header = Header::of(&names, None, &Mapping::default());
        assert_eq!(header.at(Column::Sku), Some(1));
        let (taken, unknown) = header.named(&names);
        assert_eq!((taken.len(), unknown), (2, vec!["Variant SKU".to_owned()]), "what is not taken is named");
    }

    #[test]
    fn a_weight_column_may_say_its_unit() {
        let unit = |name: &str| Header::of(&["SKU".to_owned(), name.to_owned()], None, &Mapping::default()).weight_unit;
        assert_eq!(unit("Weight (kg)"), Some(Unit::Kilogram));
        assert_eq!(unit("Weight (lbs)"), Some(Unit::Pound));
        assert_eq!(unit("Variant Weight"), None);
    }
}
