//! Files of exchange rates: every form in which the European Central Bank publishes the euro reference rates (CSV and XML of a day,
//! of ninety days and of all days, SDMX as CSV and as XML, the feed of one currency), and a plain table of anybody's rates.

mod table;
mod xml;

use base::number::{Numeral, Sense, plain};
use base::{Currency, Date, Error, Rate, Result};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

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

/// What a file of rates holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateFile {
    /// Its rates, by their days.
    pub rates: Vec<ReadRate>,
    /// Codes of currencies that are passed over: they are no more, or not known here.
    pub passed: BTreeSet<String>,
}

/// What an archive may unpack to.
const UNPACKED_MOST: u64 = 64 * 1024 * 1024;

/// Reads a file, whatever form it has, also packed as the bank publishes it; a table without dates is of `today`.
/// Errors: `rates_heading` for a form that is none of these, `rates_line` with the line of what cannot be read.
pub fn read(file: &[u8], today: Date) -> Result<RateFile> {
    let unpacked = if file.starts_with(b"PK\x03\x04") { Cow::Owned(unpacked(file)?) } else { Cow::Borrowed(file) };
    let text = std::str::from_utf8(&unpacked).map_err(|_| heading("This file is no text in UTF-8."))?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut read = match text.starts_with('<') {
        true => xml::read(text)?,
        false => table::read(text, today)?,
    };
    if read.rates.is_empty() && text.starts_with('<') {
        return Err(heading(
            "There is no rate in this XML: take a file of euro reference rates of the European Central Bank.",
        ));
    }
    read.rates.sort_by_key(|one| one.date);
    Ok(read)
}

/// The one table or document in an archive.
fn unpacked(file: &[u8]) -> Result<Vec<u8>> {
    let broken = |_| heading("This ZIP archive is broken: download it again.");
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).map_err(broken)?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_lowercase()).collect();
    if names.iter().any(|name| name.starts_with("xl/")) {
        return Err(heading("This is a workbook: save the sheet as CSV and send that."));
    }
    let Some(at) = names.iter().position(|name| name.ends_with(".csv") || name.ends_with(".xml")) else {
        return Err(heading("There is no CSV or XML file in this ZIP archive: send the file with the rates."));
    };
    let mut bytes = Vec::new();
    let inside = archive.by_index(at).map_err(broken)?;
    inside
        .take(UNPACKED_MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| heading("This ZIP archive is broken: download it again."))?;
    if bytes.len() as u64 > UNPACKED_MOST {
        return Err(heading("This ZIP archive unpacks to more than 64 MB: send the file with the rates."));
    }
    Ok(bytes)
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

/// Whether a cell is written like the code of a currency.
fn is_code(cell: &str) -> bool {
    cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A day as 2026-11-27, as the bank's daily file has it (27 November 2026), or with the time behind it; 27.11.2026 and 2026/11/27 too,
/// but not 11/12/2026, which is one day here and another there.
fn day(cell: &str) -> std::result::Result<Date, &'static str> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let cell = cell.trim();
    let iso = cell.get(..10).filter(|_| cell.len() == 10 || cell.as_bytes().get(10) == Some(&b'T'));
    if let Some(date) = iso.and_then(|iso| iso.parse().ok()) {
        return Ok(date);
    }
    let numbers: Vec<&str> = cell.split(['.', '/']).collect();
    let parted = match numbers.as_slice() {
        [day, month, year] if !cell.contains('/') && year.len() == 4 => Some((year, month, day)),
        [year, month, day] if !cell.contains('.') && year.len() == 4 => Some((year, month, day)),
        _ => None,
    };
    let parted = parted
        .and_then(|(year, month, day)| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok());
    if let Some(date) = parted {
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

/// An exact number above zero, with a point before its decimals, or written so that it can be read in one way only.
fn number(cell: &str) -> std::result::Result<Rate, &'static str> {
    let only = || match Numeral::read(cell)?.sense()? {
        Sense::Plain(rate) | Sense::Only(_, rate) => Some(rate),
        Sense::Either { .. } => None,
    };
    let rate = plain(cell).trim().parse::<Rate>().ok().or_else(only).ok_or("write rates like 1.1172.")?;
    if rate <= Rate::ZERO { Err("a rate is above zero.") } else { Ok(rate) }
}

/// What stands for no rate on a day.
fn is_none(cell: &str) -> bool {
    matches!(cell.trim(), "" | "N/A" | "NaN" | "-" | ".")
}
