//! What one row says of its variant and its selling: codes, price, weight, pieces. Every cell that cannot be read is told.

use super::header::Column;
use super::row::{Group, Wrong};
use super::survey::Group as SheetGroup;
use super::table::TableRow;
use super::{Commerce, Reason, StockSaid, say};
use crate::wanted::PutVariant;
use base::amount::Amount;
use base::evidence::Told;
use base::goods::{NoBarcode, NoHsCode, check_barcode, whole_digits};
use base::number::{Numeral, Sense};
use base::weight::{NoWeight, Unit, Weighed};
use base::{Country, Currency, HsCode, Mark, Rate, Weight};

/// What a row says: its variant, the selling of it at the place that the row names or the usual one, what was left out, and the pieces
/// at other places that have columns of their own.
pub(super) type Read = (PutVariant, Commerce, Vec<Wrong>, Vec<(String, StockSaid)>);

impl Group<'_> {
    /// Errors: every cell of it that cannot be read.
    pub(super) fn variant(&self, row: &TableRow) -> Result<Read, Vec<Wrong>> {
        let (mut wrongs, mut notes) = (Vec::new(), Vec::new());
        let hs = noted(self.hs(row), &mut wrongs);
        let origin = noted(self.origin(row), &mut wrongs);
        let weight = noted(self.weight(row), &mut wrongs);
        let commerce = self.commerce(row, &mut wrongs);
        let elsewhere = noted(self.elsewhere(row), &mut wrongs);
        if !wrongs.is_empty() {
            return Err(wrongs);
        }
        let values = [0, 1, 2].map(Column::OptionValue);
        let unsaid = match self.cell(row, values[0]) {
            "" => [true; 3],
            _ => values.map(|column| !self.header.has(column)),
        };
        let barcode = match self.cell(row, Column::Barcode) {
            "" => None,
            cell if say::is_clear(cell) => Some(String::new()),
            cell => Some(whole_digits(say::code(cell)).to_owned()),
        };
        let sku = self.cell(row, Column::Sku);
        let variant = PutVariant {
            id: None,
            sku: (!sku.is_empty()).then(|| say::code(sku).to_owned()),
            options: values.map(|column| self.said(row, column).to_owned()),
            unsaid,
            weight: weight.filter(|weight| weight.grams > 0),
            hs,
            origin,
            customs_description: self.text(row, Column::CustomsDescription),
            barcode: barcode.filter(|cell| self.is_barcode(cell, &mut notes)),
            image: self.text(row, Column::VariantImage),
            tax_class: self.text(row, Column::TaxClass),
        };
        Ok((variant, commerce, notes, elsewhere))
    }

    /// A bar code that is wrong is left out, and the owner told: the goods are as good without.
    fn is_barcode(&self, cell: &str, notes: &mut Vec<Wrong>) -> bool {
        let value = cell.to_owned();
        match check_barcode(cell) {
            Ok(()) => return true,
            Err(NoBarcode::CheckDigit) => notes.push((Column::Barcode, Reason::BarcodeCheckDigit { value })),
            Err(NoBarcode::LostZero) => notes.push((Column::Barcode, Reason::BarcodeLostZero { value })),
            Err(NoBarcode::Shortened) => notes.push((Column::Barcode, Reason::BarcodeShortened { value })),
        }
        false
    }

    fn hs(&self, row: &TableRow) -> Result<Option<HsCode>, Wrong> {
        let cell = self.cell(row, Column::Hs);
        if cell.is_empty() {
            return Ok(None);
        }
        HsCode::read(cell).map(Some).map_err(|why| {
            let value = whole_digits(cell.trim_start_matches('\'')).to_owned();
            let reason = match why {
                NoHsCode::Format => Reason::HsFormat { value },
                NoHsCode::LostZero => Reason::HsLostZero { value },
                NoHsCode::Shortened => Reason::HsShortened { value },
                NoHsCode::NoHeading => Reason::HsNoHeading { value },
            };
            (Column::Hs, reason)
        })
    }

    fn origin(&self, row: &TableRow) -> Result<Option<Country>, Wrong> {
        match self.cell(row, Column::Origin) {
            "" => Ok(None),
            cell => {
                let unknown = || (Column::Origin, Reason::UnknownCountry { value: cell.to_owned() });
                Country::named(cell).map(Some).ok_or_else(unknown)
            }
        }
    }

    fn commerce(&self, row: &TableRow, wrongs: &mut Vec<Wrong>) -> Commerce {
        let currency = match self.cell(row, Column::PriceCurrency) {
            "" => Ok(match self.header.price_says.as_deref() {
                Some([only]) => Some(*only),
                _ => None,
            }),
            cell => cell
                .parse::<Currency>()
                .map(Some)
                .map_err(|_| (Column::PriceCurrency, Reason::UnknownCurrency { value: cell.to_owned() })),
        };
        let currency = noted(currency, wrongs);
        let price = noted(self.price(row, Column::Price, currency), wrongs);
        let compare_at = noted(self.price(row, Column::CompareAt, currency), wrongs);
        let stock = noted(self.stock(row), wrongs);
        let on_sale = noted(self.on_sale(row), wrongs);
        let capacity = noted(self.pieces(row, Column::SupplyCapacity), wrongs);
        Commerce {
            line: row.line,
            variant: 0,
            price,
            unpriced: say::is_clear(self.cell(row, Column::Price)),
            on_sale,
            supply: self.filled(row, Column::Supply),
            capacity,
            compare_at: compare_at.filter(|rate| *rate > Rate::ZERO),
            keeps_compare_at: !self.header.has(Column::CompareAt),
            stock,
            currency,
            warehouse: self.filled(row, Column::Warehouse),
            row: row.cells.clone(),
        }
    }

    fn price(&self, row: &TableRow, column: Column, currency: Option<Currency>) -> Result<Option<Rate>, Wrong> {
        let cell = self.cell(row, column);
        if cell.is_empty() || say::is_clear(cell) {
            return Ok(None);
        }
        let value = || cell.to_owned();
        let amount = Amount::read(cell).ok_or((column, Reason::PriceFormat { value: value() }))?;
        let currency = currency.unwrap_or(self.survey.opening.currency);
        let said = self.header.price_says.as_ref().filter(|_| amount.said.is_none());
        if said.is_some_and(|said| !said.contains(&currency)) {
            let value = self.spelling(Column::Price).to_owned();
            return Err((column, Reason::PriceCurrency { value, currency: currency.to_string() }));
        }
        if !amount.may_be(currency) {
            return Err((column, Reason::PriceCurrency { value: value(), currency: currency.to_string() }));
        }
        let rate = self.number(row, &amount.number, SheetGroup::Prices, cell).map_err(|reason| (column, reason))?;
        match rate.filter(|rate| *rate >= Rate::ZERO) {
            Some(rate) => Ok(Some(rate)),
            None => Err((column, Reason::PriceFormat { value: value() })),
        }
    }

    fn on_sale(&self, row: &TableRow) -> Result<Option<bool>, Wrong> {
        match self.cell(row, Column::OfferStatus) {
            "" => Ok(None),
            word => {
                let unknown = || (Column::OfferStatus, Reason::OfferStatusUnknown { value: word.to_owned() });
                say::on_sale(word).map(Some).ok_or_else(unknown)
            }
        }
    }

    /// What a number is, as the file's other numbers of its group are written; none where it is written in no such way.
    fn number(&self, row: &TableRow, number: &Numeral, group: SheetGroup, cell: &str) -> Result<Option<Rate>, Reason> {
        if row.is_exact(cell) {
            return Ok(number.with(Mark::Point));
        }
        let told = &self.survey.told[group as usize];
        match (told, number.sense()) {
            (_, Some(Sense::Plain(rate))) => Ok(Some(rate)),
            (Told::Both(mark, ..) | Told::One(mark, _), Some(Sense::Only(other, _))) if *mark != other => {
                Err(self.other_way(told, cell))
            }
            (Told::Both(..) | Told::Open(..), Some(Sense::Either { .. })) => {
                Err(Reason::NumberTwoWays { value: cell.to_owned() })
            }
            (told, Some(Sense::Either { .. })) => Ok(told.mark().and_then(|mark| number.with(mark))),
            (_, Some(Sense::Only(_, rate))) => Ok(Some(rate)),
            (_, None) => Ok(None),
        }
    }

    fn other_way(&self, told: &Told, cell: &str) -> Reason {
        let (line, sample) = match told {
            Told::One(_, Some(seen)) | Told::Both(_, seen, _) => (seen.line as i64, seen.text.clone()),
            Told::One(Mark::Comma, None) => (0, "1.234,50".to_owned()),
            _ => (0, "1,234.50".to_owned()),
        };
        Reason::NumberOtherWay { value: cell.to_owned(), line, sample }
    }

    /// What the row says about the pieces at its place. A number that nobody counts is none.
    fn stock(&self, row: &TableRow) -> Result<StockSaid, Wrong> {
        let oversells = self.oversells(row)?;
        if self.header.has(Column::Tracker) && self.cell(row, Column::Tracker).is_empty() {
            return Ok(StockSaid::Uncounted);
        }
        let new = self.pieces(row, Column::QuantityNew)?;
        if let Some(pieces) = new.or(self.pieces(row, Column::Quantity)?) {
            return Ok(match pieces {
                ..=0 if oversells => StockSaid::Oversold,
                pieces => StockSaid::OnHand(pieces.max(0)),
            });
        }
        let committed = self.pieces(row, Column::Committed)?;
        Ok(match (self.pieces(row, Column::Available)?, committed) {
            (Some(available), Some(committed)) => StockSaid::OnHand((available + committed).max(0)),
            (Some(available), None) => StockSaid::Available(available.max(0)),
            (None, _) => StockSaid::Nothing,
        })
    }

    /// Whether the shop that wrote the file sells it without having it.
    fn oversells(&self, row: &TableRow) -> Result<bool, Wrong> {
        match self.cell(row, Column::StockPolicy).to_ascii_lowercase().as_str() {
            "" | "deny" => Ok(false),
            "continue" => Ok(true),
            word => {
                say::truth(word).ok_or((Column::StockPolicy, Reason::StockPolicyUnknown { value: word.to_owned() }))
            }
        }
    }

    /// The pieces at places that have columns of their own.
    fn elsewhere(&self, row: &TableRow) -> Result<Vec<(String, StockSaid)>, Wrong> {
        let mut said = Vec::new();
        for place in &self.header.places {
            let Some(pieces) = self.count(row, row.cell(place.index), Column::Quantity)? else { continue };
            let pieces = pieces.max(0);
            let stock = if place.available { StockSaid::Available(pieces) } else { StockSaid::OnHand(pieces) };
            said.push((place.name.clone(), stock));
        }
        Ok(said)
    }

    fn pieces(&self, row: &TableRow, column: Column) -> Result<Option<i64>, Wrong> {
        self.count(row, self.cell(row, column), column)
    }

    fn count(&self, row: &TableRow, cell: &str, column: Column) -> Result<Option<i64>, Wrong> {
        if cell.is_empty() || say::is_not_stocked(cell) {
            return Ok(None);
        }
        let wrong = || (column, Reason::QuantityFormat { value: cell.to_owned() });
        let number = Numeral::read(cell).ok_or_else(wrong)?;
        let rate = self.number(row, &number, SheetGroup::Pieces, cell).map_err(|reason| (column, reason))?;
        let pieces = rate.and_then(Rate::whole).filter(|pieces| pieces.abs() <= 1_000_000_000);
        pieces.map(Some).ok_or_else(wrong)
    }

    /// The weight of one piece: a column in grams, or a weight with its unit, in the cell, in a column of its own or in the name
    /// of the column.
    fn weight(&self, row: &TableRow) -> Result<Option<Weight>, Wrong> {
        let [grams, weight, unit] =
            [Column::Grams, Column::Weight, Column::WeightUnit].map(|column| self.cell(row, column));
        let (cell, column) = if grams.is_empty() { (weight, Column::Weight) } else { (grams, Column::Grams) };
        if cell.is_empty() {
            return Ok(None);
        }
        let unit = match (column, unit) {
            (Column::Grams, _) => Some(Unit::Gram),
            (_, "") => self.header.weight_unit,
            (_, word) => {
                let unknown = || (column, Reason::WeightUnit { unit: word.to_owned() });
                Some(Unit::named(word).ok_or_else(unknown)?)
            }
        };
        let value = || cell.to_owned();
        let reason = |why: NoWeight| match why {
            NoWeight::Unit(unit) if unit.is_empty() => Reason::WeightUnitMissing { value: value() },
            NoWeight::Unit(unit) => Reason::WeightUnit { unit },
            NoWeight::TooHeavy => Reason::WeightTooHeavy { value: value() },
            NoWeight::TwoWays(..) => Reason::NumberTwoWays { value: value() },
            NoWeight::NoNumber => Reason::WeightFormat { value: value() },
        };
        let weighed = Weighed::read(cell).map_err(|why| (column, reason(why)))?;
        let mark = Mark::ALL.into_iter().find(|mark| {
            let read = |number| self.number(row, number, SheetGroup::Weights, cell);
            weighed.numbers().all(|number| read(number).is_ok_and(|rate| rate.is_some() && rate == number.with(*mark)))
        });
        let Some(mark) = mark else {
            let why = weighed.numbers().find_map(|number| self.number(row, number, SheetGroup::Weights, cell).err());
            return Err((column, why.unwrap_or_else(|| reason(NoWeight::NoNumber))));
        };
        weighed.with(mark, unit).map(Some).map_err(|why| (column, reason(why)))
    }
}

/// The value, or nothing and its fault noted.
fn noted<T: Default>(read: Result<T, Wrong>, wrongs: &mut Vec<Wrong>) -> T {
    read.unwrap_or_else(|wrong| {
        wrongs.push(wrong);
        T::default()
    })
}
