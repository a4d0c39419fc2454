//! The first look at a whole file, before any row is taken: how it writes its numbers, which columns it has, which SKUs stand in
//! it twice. A few bytes a row are kept, not the rows.

use super::header::{Column, Header};
use super::look::{Look, Samples};
use super::mapping::Mapping;
use super::table::{Table, TableRow};
use base::amount::Amount;
use base::evidence::{Counts, Evidence, Seen, Told, decide};
use base::number::Numeral;
use base::weight::Weighed;
use base::{Currency, Error, Mark, Result};
use encoding_rs::Encoding;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;

/// Columns whose numbers are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Price and former price.
    Prices,
    /// Weights.
    Weights,
    /// Pieces.
    Pieces,
}

impl Group {
    /// Every group.
    pub const ALL: [Group; 3] = [Group::Prices, Group::Weights, Group::Pieces];

    /// Stable and translatable.
    pub fn name(self) -> &'static str {
        match self {
            Group::Prices => "prices",
            Group::Weights => "weights",
            Group::Pieces => "pieces",
        }
    }
}

/// What is said of a file beforehand.
#[derive(Clone, Debug)]
pub struct Said {
    /// What stands before the decimals; told from the file when none.
    pub decimal: Option<Mark>,
    /// How its letters, columns and prices are to be read.
    pub opening: Opening,
}

/// How a file is opened, as far as it is said.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its encoding; told from its bytes when none.
    pub encoding: Option<&'static Encoding>,
    /// Small letters of the country it is likely from: weighs where a few bytes could be of several encodings.
    pub place: Option<[u8; 2]>,
    /// What its columns mean.
    pub columns: Mapping,
    /// Codes and names of warehouses: a column of such a name counts the pieces that lie there.
    pub places: Vec<String>,
    /// Currency of prices without one.
    pub currency: Currency,
}

impl Opening {
    /// Nothing is said but the currency.
    pub fn new(currency: Currency) -> Opening {
        Opening { encoding: None, place: None, columns: Mapping::default(), places: Vec::new(), currency }
    }
}

/// What the first look at a file found.
#[derive(Clone, Debug)]
pub struct Survey {
    /// How the numbers of each [`Group`] are written.
    pub told: [Told; 3],
    /// How the file is opened again: its encoding is known now.
    pub opening: Opening,
    /// Name of the encoding, or `workbook`.
    pub encoding: &'static str,
    /// The shop system or marketplace that wrote the file, where its columns tell.
    pub system: Option<&'static str>,
    /// Columns that are taken, as the file spells them.
    pub taken: Vec<String>,
    /// Columns that mean nothing here.
    pub unknown: Vec<String>,
    /// Rows, without the column names.
    pub rows: u64,
    /// Lines whose SKU stands on an earlier line, and which.
    pub(crate) twice: HashMap<u64, u64>,
}

/// Reads a file to its end: what it begins with, and how it is written as a whole. Of a file of which no column says which goods a
/// row is of only the beginning is read, and the second of both is the error `column_missing`: first somebody has to say what its
/// columns mean. Errors: no table; unreadable.
pub fn survey<R: io::Read>(input: R, said: Said) -> Result<(Look, Result<Survey>)> {
    let Said { decimal, mut opening } = said;
    let mut table = Table::open(input, &opening)?;
    let header = Header::of(table.names(), table.system(), &opening);
    let usable = header.check(table.encoding());
    let mut samples = Samples::of(table.names());
    let mut found = Found::default();
    while let Some(row) = table.next_row()? {
        let looking = samples.note(&row);
        match usable {
            Ok(()) => found.note(&header, &row, opening.currency),
            Err(_) if looking => {}
            Err(_) => break,
        }
    }
    let look = samples.look(&table, &header);
    if let Err(error) = usable {
        return Ok((look, Err(error)));
    }
    let told = match decimal {
        Some(mark) => Group::ALL.map(|_| Told::One(mark, None)),
        None => decide(&found.evidence),
    };
    let (taken, unknown) = header.named(table.names(), &table.asked());
    opening.encoding = opening.encoding.or_else(|| Encoding::for_label(table.encoding().as_bytes()));
    let (encoding, system) = (table.encoding(), table.system().map(|system| system.name));
    let Found { rows, twice, .. } = found;
    Ok((look, Ok(Survey { told, opening, encoding, system, taken, unknown, rows, twice })))
}

impl Survey {
    /// The first number that can be read two ways and that nothing in the file explains: nobody may import it until it is said
    /// what is meant.
    pub fn question(&self) -> Option<Question> {
        self.told.iter().find_map(|told| match told {
            Told::Open(seen, number) => Question::of(seen, number),
            _ => None,
        })
    }
}

/// A number of a file that can be read two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Where it stands.
    pub seen: Seen,
    /// What it is with a point before the decimals,
    pub point: String,
    /// and with a comma.
    pub comma: String,
}

impl Question {
    fn of(seen: &Seen, number: &Numeral) -> Option<Question> {
        let with = |mark| number.with(mark).map(|rate| rate.to_string());
        Some(Question { seen: seen.clone(), point: with(Mark::Point)?, comma: with(Mark::Comma)? })
    }

    /// As an error, for those who cannot be asked: `decimal_unclear`.
    pub fn refused(&self) -> Error {
        let Question { seen, point, comma } = self;
        let say = format!(
            "“{}” in line {} can be read as {point} or {comma}, and no other number of the file tells which. Say what stands \
             before the decimals: --decimal point ({point}) or --decimal comma ({comma}).",
            seen.text, seen.line
        );
        Error::invalid("decimal_unclear", say)
    }
}

#[derive(Default)]
struct Found {
    evidence: [Evidence; 3],
    rows: u64,
    /// Hashes of SKU, place and owner, and the first line they stand on.
    skus: HashMap<u64, u64>,
    twice: HashMap<u64, u64>,
}

impl Found {
    fn note(&mut self, header: &Header, row: &TableRow, currency: Currency) {
        self.rows += 1;
        let cell = |column: Column| header.cell(row, column);
        // What a spreadsheet keeps as a number tells nothing of how others are written.
        let written = |column: Column| Some(cell(column)).filter(|cell| !row.is_exact(cell)).unwrap_or_default();
        let of_column = match header.price_says.as_deref() {
            Some([only]) => *only,
            _ => currency,
        };
        let currency = cell(Column::PriceCurrency).parse().unwrap_or(of_column);
        let [prices, weights, pieces] = &mut self.evidence;
        for column in [Column::Price, Column::CompareAt] {
            if let Some(amount) = Amount::read(written(column)) {
                prices.note(&amount.number, Counts::Money(currency.exponent()), row.line, cell(column));
            }
        }
        for column in [Column::Grams, Column::Weight] {
            let weighed = Weighed::read(written(column));
            for number in weighed.iter().flat_map(Weighed::numbers) {
                weights.note(number, Counts::Measure, row.line, cell(column));
            }
        }
        for column in Column::PIECES {
            if let Some(number) = Numeral::read(written(column)) {
                pieces.note(&number, Counts::Pieces, row.line, cell(column));
            }
        }
        for cell in header.places.iter().map(|place| row.cell(place.index)).filter(|cell| !row.is_exact(cell)) {
            if let Some(number) = Numeral::read(cell) {
                pieces.note(&number, Counts::Pieces, row.line, cell);
            }
        }
        let sku = cell(Column::Sku);
        if !sku.is_empty() {
            let mut hasher = DefaultHasher::new();
            [sku, cell(Column::Warehouse), cell(Column::Seller)].hash(&mut hasher);
            let first = *self.skus.entry(hasher.finish()).or_insert(row.line);
            if first != row.line {
                self.twice.insert(row.line, first);
            }
        }
    }
}
