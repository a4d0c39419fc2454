//! Files of exchange rates: every form in which the European Central Bank publishes the euro reference rates (CSV and XML of a day,
//! of ninety days and of all days, SDMX as CSV and as XML, the feed of one currency), and a plain table of anybody's rates.

mod table;
mod xml;

use base::{Currency, Date, Error, Rate, Result};

/// A rate as a file has it, before anybody has decided whether to believe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRate {
    /// One unit of this …
    pub base: Currency,
    /// … is so many of this.
    pub quote: Currency,
    /// The day it is for.
    pub date: Date,
    /// Above zero.
    pub rate: Rate,
}

/// Reads a file, whatever form it has; a table without dates is of `today`. Currencies that are no more are passed over.
/// Errors: `rates_heading` for a form that is none of these, `rates_line` with the line of what cannot be read.
pub fn read(file: &[u8], today: Date) -> Result<Vec<ReadRate>> {
    if file.starts_with(b"PK\x03\x04") {
        return Err(heading("This is a ZIP archive: unpack it and send the file that is in it."));
    }
    let text = std::str::from_utf8(file).map_err(|_| heading("This file is no text in UTF-8."))?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut rates = match text.starts_with('<') {
        true => xml::read(text)?,
        false => table::read(text, today)?,
    };
    if rates.is_empty() && text.starts_with('<') {
        return Err(heading(
            "There is no rate in this XML: take a file of euro reference rates of the European Central Bank.",
        ));
    }
    rates.sort_by_key(|one| one.date);
    Ok(rates)
}

fn heading(say: &str) -> Error {
    Error::field("file", "rates_heading", say)
}

fn wrong(line: usize, why: &str) -> Error {
    Error::field("file", "rates_line", format!("Line {line}: {why}"))
}

/// A cell as a currency in use; none for one that is no more, or no currency.
fn currency(cell: &str) -> Option<Currency> {
    cell.trim().parse().ok()
}

/// A day as 2026-11-27, as the bank's daily file has it (27 November 2026), or with the time behind it.
fn day(cell: &str) -> std::result::Result<Date, &'static str> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let cell = cell.trim();
    let iso = cell.get(..10).filter(|_| cell.len() == 10 || cell.as_bytes().get(10) == Some(&b'T'));
    if let Some(date) = iso.and_then(|iso| iso.parse().ok()) {
        return Ok(date);
    }
    let words: Vec<&str> = cell.split_whitespace().collect();
    let written = || {
        let [day, month, year] = words.as_slice() else { return None };
        let month = MONTHS.iter().position(|name| month.to_ascii_lowercase().starts_with(name))?;
        Date::new(year.parse().ok()?, i8::try_from(month + 1).ok()?, day.trim_end_matches('.').parse().ok()?).ok()
    };
    written().ok_or("write the day like 2026-07-15.")
}

/// An exact number above zero.
fn number(cell: &str) -> std::result::Result<Rate, &'static str> {
    let rate: Rate = cell.trim().parse().map_err(|_| "write rates like 1.1172.")?;
    if rate <= Rate::ZERO { Err("a rate is above zero.") } else { Ok(rate) }
}

/// What stands for no rate on a day.
fn is_none(cell: &str) -> bool {
    matches!(cell.trim(), "" | "N/A" | "NaN" | "-" | ".")
}
