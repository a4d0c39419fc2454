//! The currency a return is filed in. The Union's one-stop shops file in euro, at the European Central Bank's rate of the last day
//! of the tax period, or of the next day of publication where that day has none: Directive 2006/112/EC, articles 369v (import
//! scheme), 369h (Union scheme) and 366 (non-Union scheme). Other schemes have rules of their own that are not known here: their
//! lines are told in the currency they were charged in, alone. So are corrections in another currency than the euro: they are filed
//! at the rate of the period that they correct, which a line of this period does not know.

use crate::returns::ReturnRow;
use base::{Currency, Date, Money, Rate, Result, Rounding};
use store::Read;

/// What a line of a return comes to in the currency the return is filed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// What it was computed on.
    pub taxable: Money,
    /// What is due.
    pub amount: Money,
    /// Units of the currency charged for one of the currency filed, as the bank publishes it.
    pub rate: Rate,
    /// The day the rate was published.
    pub date: Date,
    /// Who published it; empty where nothing was converted.
    pub source: String,
}

/// Schemes that are filed in euro.
const IN_EURO: [&str; 2] = ["ioss", "oss"];

/// How many days after the period a rate may still be its next publication: weekends and holidays, not a gap in what was imported.
const WITHIN_DAYS: i32 = 7;

/// A line in the filing currency; nothing where the scheme's is not known, or the rate is not (yet).
pub(crate) fn filed(db: &mut Read, row: &ReturnRow, last_day: Date) -> Result<Option<Filed>> {
    if !IN_EURO.contains(&row.scheme.as_str()) || row.kind != "tax" {
        return Ok(None);
    }
    let from = row.amount.currency;
    if from == Currency::EUR {
        let (rate, source) = (Rate::ONE, String::new());
        return Ok(Some(Filed { taxable: row.taxable, amount: row.amount, rate, date: last_day, source }));
    }
    if row.correction {
        return Ok(None);
    }
    let Some(known) = offers::published_from(db, from, last_day)? else { return Ok(None) };
    if last_day.until(known.date).map_or(i32::MAX, |span| span.get_days()) > WITHIN_DAYS {
        return Ok(None);
    }
    let euro = Rate::ONE.over(known.rate)?;
    let convert = |money: Money| money.convert(euro, Currency::EUR, Rounding::HalfUp);
    Ok(Some(Filed {
        taxable: convert(row.taxable)?,
        amount: convert(row.amount)?,
        rate: known.rate,
        date: known.date,
        source: known.source,
    }))
}
