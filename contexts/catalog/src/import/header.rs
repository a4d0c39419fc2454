//! Which column means what, in the spellings of every year.

use super::mapping::Mapping;
use super::spellings::{SPELLINGS, SPELLINGS_ABROAD, SPELLINGS_OF_SALE};
use super::survey::Opening;
use super::system::System;
use super::table::TableRow;
use base::amount::Amount;
use base::weight::Unit;
use base::{Currency, Error, Language, Result};
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Language of title, description and options.
    Language,
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
    /// active or paused, at the row's warehouse.
    OfferStatus,
    /// What the offer is supplied from, at the row's warehouse.
    Supply,
    /// How many pieces may be sold of it before they lie there.
    SupplyCapacity,
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

/// A column that counts the pieces at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The place, as the file names it.
    pub name: String,
    /// Whether it counts what can still be sold, instead of what lies there.
    pub available: bool,
    /// Where.
    pub index: usize,
}

/// Where every meaning stands in this file.
#[derive(Default)]
pub(crate) struct Header {
    at: HashMap<Column, usize>,
    /// Columns whose cells are made row by row, as the system that wrote the file says things.
    made: Vec<Column>,
    /// The unit that the name of the weight column says: `Weight (kg)`.
    pub weight_unit: Option<Unit>,
    /// The currencies that the name of the price column may say: `Price (EUR)`, `Preis €`, `Price ($)`.
    pub price_says: Option<Vec<Currency>>,
    /// `Title (zh-CN)`, `Body (ar)`, `Option1 Value (de)` …
    pub translated: Vec<Translated>,
    /// `Rotterdam`, `Inventory Available: Rotterdam` … where such a place is known.
    pub places: Vec<Place>,
}

impl Header {
    /// Reads column names: what the owner says of them counts first, then what the system means that wrote the file, then the
    /// spellings that we know. Of two columns with one meaning the first is taken.
    pub(crate) fn of(names: &[String], system: Option<&'static System>, opening: &Opening) -> Header {
        let mut header = Header::default();
        let said = &opening.columns;
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
                match column {
                    Column::Weight if header.weight_unit.is_none() => header.weight_unit = unit_of(name),
                    Column::Price if header.price_says.is_none() => header.price_says = currencies_of(name),
                    _ => {}
                }
            } else if let Some((column, language)) = translation(name).filter(|_| own.is_none()) {
                header.translated.push(Translated { column, language, index });
            } else if let Some(place) = place(name, index, &opening.places).filter(|_| own.is_none()) {
                header.places.push(place);
            }
        }
        let is_said = |column: Column| names.iter().any(|name| said.of(name) == Some(Some(column)));
        for (column, from) in makes.iter().filter(|(column, _)| !is_said(*column)) {
            header.made.push(*column);
            if let Some(index) = names.iter().position(|name| super::system::key(name) == *from) {
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

    /// Errors: nothing in the file says which product a row is of; it may have been read in the wrong `encoding`.
    pub(crate) fn check(&self, encoding: &str) -> Result<()> {
        if self.has(Column::Handle) || self.has(Column::Sku) {
            return Ok(());
        }
        let message = format!(
            "No column of the file, read as {encoding}, says which goods a row is of: “Handle”, “URL handle” or “SKU”. Say what its \
             columns mean, name its encoding if it is another, or choose a file of products."
        );
        Err(Error::invalid("column_missing", message))
    }

    /// The first cell of a row that is taken and for which `is` holds, and what it means.
    pub(crate) fn first_cell<'c>(&self, row: &'c TableRow, is: fn(&str) -> bool) -> Option<(Column, &'c str)> {
        let own = row.cells.iter().enumerate().filter(|(_, cell)| is(cell));
        let mut own = own.filter_map(|(index, cell)| Some((self.meaning_at(index)?, cell.as_str())));
        own.next().or_else(|| row.made.iter().find(|(_, cell)| is(cell)).map(|(column, cell)| (*column, cell.as_str())))
    }

    /// The columns that are taken and those that mean nothing here, as the file spells them. From the columns `asked` others
    /// were made.
    pub(crate) fn named(&self, names: &[String], asked: &BTreeSet<usize>) -> (Vec<String>, Vec<String>) {
        let taken = |index: usize| {
            asked.contains(&index)
                || self.at.values().any(|at| *at == index)
                || self.translated.iter().any(|one| one.index == index)
                || self.places.iter().any(|one| one.index == index)
        };
        let named = names.iter().enumerate().filter(|(_, name)| !name.is_empty());
        let (yes, no): (Vec<_>, Vec<_>) = named.partition(|(index, _)| taken(*index));
        let spelled = |all: Vec<(usize, &String)>| all.into_iter().map(|(_, name)| name.clone()).collect();
        (spelled(yes), spelled(no))
    }
}

/// A column named as a known place is, alone as older exports have it, or behind a word on what is counted there.
fn place(name: &str, index: usize, known: &[String]) -> Option<Place> {
    let is_known = |name: &&str| known.iter().any(|place| place.to_lowercase() == name.to_lowercase());
    if let Some(alone) = Some(name.trim()).filter(is_known) {
        return Some(Place { name: alone.to_owned(), available: false, index });
    }
    let (count, place) = name.split_once([':', '/'])?;
    let place = Some(place.trim()).filter(is_known)?.to_owned();
    match letters(count).as_str() {
        "inventoryavailable" | "available" => Some(Place { name: place, available: true, index }),
        count if meaning_of_key(count) == Some(Column::Quantity) || count == "inventoryonhand" => {
            Some(Place { name: place, available: false, index })
        }
        _ => None,
    }
}

/// What stands last in a name, apart from the rest: `EUR` of `Price (EUR)`, `€` of `Preis €`.
fn last_word(name: &str) -> Option<(&str, &str)> {
    let bare = name.trim_end_matches([')', ']', '）', ' ', '.']);
    let at = bare.rfind(['(', '[', '（', ' ', '/', ',', '_', '-'])?;
    let (before, word) = bare.split_at(at);
    let word = word.trim_start_matches(['(', '[', '（', ' ', '/', ',', '_', '-']);
    (!word.is_empty()).then_some((before, word))
}

/// The unit in the name of a weight column: `Weight (kg)`, `重量kg`.
fn unit_of(name: &str) -> Option<Unit> {
    let last = last_word(name).and_then(|(_, word)| Unit::named(word));
    last.or_else(|| behind(&letters(name), Column::Weight).and_then(Unit::named))
}

/// The currencies that the name of a price column may say.
fn currencies_of(name: &str) -> Option<Vec<Currency>> {
    let (before, word) = last_word(name)?;
    // A word that belongs to the name of the column is no sign of a currency.
    meaning_of_key(&letters(before)).filter(|column| *column == Column::Price)?;
    Amount::read(&format!("1 {word}")).and_then(|amount| amount.said)
}

/// What stands behind one of the spellings of a column in a name: `kg` of `gewichtinkg`.
fn behind(key: &str, column: Column) -> Option<&str> {
    let of_column = KNOWN.iter().filter(|(_, own)| **own == column);
    let rest =
        of_column.filter_map(|(spelling, _)| key.strip_prefix(spelling.as_str())).min_by_key(|rest| rest.len())?;
    Some(["in", "en", "em", "в"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest))
}

/// The small letters and digits of a name without their accents: what a column is known by, however it is spelled. Feeds write
/// `g:` before names.
pub fn letters(name: &str) -> String {
    let name = name.trim();
    let name = name.strip_prefix("g:").or_else(|| name.strip_prefix("G:")).unwrap_or(name);
    name.nfkd().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether these are column names that a product file has: something that says which goods a row is of, and something to say of
/// them.
pub(crate) fn is_header(cells: &[String], said: &Mapping) -> bool {
    known_names(cells, said) > 0
}

/// How many of these column names are known; none where they are not those of a product file.
pub(crate) fn known_names(cells: &[String], said: &Mapping) -> usize {
    let known: Vec<Column> = cells.iter().filter_map(|cell| said.of(cell).unwrap_or_else(|| meaning(cell))).collect();
    let is_header = known.len() > 1 && (known.contains(&Column::Handle) || known.contains(&Column::Sku));
    if is_header { known.len() } else { 0 }
}

/// Every spelling that is known; of two meanings the first counts.
static KNOWN: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let own =
        SPELLINGS.iter().chain(&SPELLINGS_OF_SALE).flat_map(|(column, all)| all.iter().map(move |one| (*one, *column)));
    let abroad =
        SPELLINGS_ABROAD.iter().flat_map(|(column, all)| all.split_whitespace().map(move |one| (one, *column)));
    let mut known = HashMap::new();
    own.chain(abroad).for_each(|(spelling, column)| _ = known.entry(letters(spelling)).or_insert(column));
    known
});

fn meaning_of_key(key: &str) -> Option<Column> {
    KNOWN.get(key).copied()
}

/// What a name means: one that is known, or the name of a weight with its unit, or of a price with its currency.
pub(crate) fn meaning(name: &str) -> Option<Column> {
    meaning_of_key(&letters(name))
        .or_else(|| unit_of(name).and_then(|_| is_weight(name).then_some(Column::Weight)))
        .or_else(|| currencies_of(name).map(|_| Column::Price))
}

/// Whether a name is that of a weight and a unit behind it.
fn is_weight(name: &str) -> bool {
    let parted = last_word(name).is_some_and(|(before, word)| {
        Unit::named(word).is_some() && meaning_of_key(&letters(before)) == Some(Column::Weight)
    });
    parted || behind(&letters(name), Column::Weight).and_then(Unit::named).is_some()
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
pub(crate) fn translation(name: &str) -> Option<(Column, String)> {
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
            ("Gewicht in kg", Column::Weight),
            ("重量（克）", Column::Weight),
            ("重量kg", Column::Weight),
            ("Вес, кг", Column::Weight),
            ("الوزن (غ)", Column::Weight),
            ("무게(kg)", Column::Weight),
            ("Weight (grams)", Column::Grams),
            ("Price (EUR)", Column::Price),
            ("Preis €", Column::Price),
            ("售价（元）", Column::Price),
            ("Цена, руб.", Column::Price),
            ("Ti\u{301}tulo", Column::Title),
            ("Descripcion", Column::Body),
            ("Ｐｒｉｃｅ", Column::Price),
            ("g:price", Column::Price),
            ("商品コード", Column::Sku),
            ("상품명", Column::Title),
            ("السعر", Column::Price),
            ("EAN-Code", Column::Barcode),
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
        let header = Header::of(&names, None, &Opening::new(Currency::EUR));
        assert_eq!(header.at(Column::Sku), Some(1));
        let (taken, unknown) = header.named(&names, &BTreeSet::new());
        assert_eq!((taken.len(), unknown), (2, vec!["Variant SKU".to_owned()]), "what is not taken is named");
    }

    #[test]
    fn a_weight_column_may_say_its_unit() {
        let unit = |name: &str| {
            Header::of(&["SKU".to_owned(), name.to_owned()], None, &Opening::new(Currency::EUR)).weight_unit
        };
        assert_eq!(unit("Weight (kg)"), Some(Unit::Kilogram));
        assert_eq!(unit("Weight (lbs)"), Some(Unit::Pound));
        assert_eq!(unit("重量（克）"), Some(Unit::Gram));
        assert_eq!(unit("Вес, кг"), Some(Unit::Kilogram));
        assert_eq!(unit("Variant Weight"), None);
    }

    #[test]
    fn a_price_column_may_say_its_currency() {
        let says = |name: &str| {
            Header::of(&["SKU".to_owned(), name.to_owned()], None, &Opening::new(Currency::EUR)).price_says
        };
        let one = |code: &str| Some(vec![code.parse::<Currency>().unwrap()]);
        assert_eq!(says("Price (EUR)"), one("EUR"));
        assert_eq!(says("Preis €"), one("EUR"));
        assert_eq!(says("Precio USD"), one("USD"));
        assert!(says("Price ($)").is_some_and(|all| all.len() > 1), "of many countries");
        assert_eq!((says("Price"), says("Unit price"), says("Price / International")), (None, None, None));
    }
}
