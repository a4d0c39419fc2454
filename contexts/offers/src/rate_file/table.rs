//! CSV: a day a line with a currency a column (the bank's own), a rate a line with named columns (SDMX, or anybody's).

use super::{RateFile, ReadRate, currency, day, heading, is_code, is_none, number, wrong};
use base::{Currency, Date, Rate, Result};

const FORMS: &str = "The first line must be Date and currencies, as in the European Central Bank's eurofxref-hist.csv; or name the \
    columns of a table: date, from, to, rate.";

/// Reads a table; one without dates is of `today`.
pub(super) fn read(text: &str, today: Date) -> Result<RateFile> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|mark| first.matches(*mark).count()).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter as u8)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let head = match records.next() {
        Some(Ok(head)) => head,
        _ => return Err(heading(FORMS)),
    };
    let names: Vec<String> = head.iter().map(|name| name.to_lowercase().replace([' ', '_', '-'], "")).collect();
    let columns: Vec<Option<Currency>> = head.iter().map(column).collect();
    let named = Named::of(&names);
    let wide = matches!(names[0].as_str(), "date" | "day" | "timeperiod") && columns.iter().any(Option::is_some);
    if !wide && named.is_none() {
        return Err(heading(FORMS));
    }
    let mut file = RateFile::default();
    if wide {
        let unknown = head.iter().zip(&columns).filter(|(name, known)| known.is_none() && is_code(name));
        file.passed.extend(unknown.map(|(name, _)| name.to_uppercase()));
    }
    for record in records {
        let record = record.map_err(|_| heading("This is no CSV file in UTF-8."))?;
        let line = record.position().map_or(0, csv::Position::line) as usize;
        let at = |why| wrong(line, why);
        match &named {
            Some(named) => named.read(&record, today, delimiter, &mut file).map_err(at)?,
            None => wide_line(&columns, &record, delimiter, &mut file.rates).map_err(at)?,
        }
    }
    Ok(file)
}

/// The currency of a column: its code, or the bank's key of the series in its name (`US dollar/Euro (EXR.D.USD.EUR.SP00.A)`).
fn column(name: &str) -> Option<Currency> {
    let series = name.split("EXR.D.").nth(1).and_then(|key| key.get(..3));
    currency(series.unwrap_or(name))
}

fn wide_line(
    columns: &[Option<Currency>],
    record: &csv::StringRecord,
    delimiter: char,
    rates: &mut Vec<ReadRate>,
) -> std::result::Result<(), &'static str> {
    let date = day(&record[0])?;
    if record.iter().skip(columns.len()).any(|cell| !cell.is_empty()) {
        return Err("there are more cells than currencies in the heading.");
    }
    for (quote, cell) in columns.iter().zip(record.iter()).skip(1) {
        let Some(quote) = quote.filter(|_| !is_none(cell)) else { continue };
        rates.push(ReadRate { base: Currency::EUR, quote, date, rate: decimal(cell, delimiter)? });
    }
    Ok(())
}

/// Where cells are parted by semicolons, a comma is a decimal mark.
fn decimal(cell: &str, delimiter: char) -> std::result::Result<Rate, &'static str> {
    match delimiter {
        ';' if !cell.contains('.') => number(&cell.replace(',', ".")),
        _ => number(cell),
    }
}

/// Where the columns of a rate a line stand.
struct Named {
    date: Option<usize>,
    base: Option<usize>,
    quote: usize,
    rate: usize,
    /// SDMX has series of months and years, too.
    frequency: Option<usize>,
}

impl Named {
    fn of(names: &[String]) -> Option<Named> {
        let find = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
        Some(Named {
            date: find(&["date", "day", "timeperiod", "published", "validfrom"]),
            base: find(&["currencydenom", "from", "base", "basecurrency", "fromcurrency", "source currency"]),
            quote: find(&["to", "quote", "quotecurrency", "tocurrency", "currency", "targetcurrency", "code"])?,
            rate: find(&["rate", "obsvalue", "exchangerate", "value"])?,
            frequency: find(&["freq"]),
        })
    }

    fn read(
        &self,
        record: &csv::StringRecord,
        today: Date,
        delimiter: char,
        file: &mut RateFile,
    ) -> std::result::Result<(), &'static str> {
        let cell = |at: usize| record.get(at).unwrap_or_default();
        if self.frequency.is_some_and(|at| cell(at) != "D") || is_none(cell(self.rate)) {
            return Ok(());
        }
        let date = match self.date.map(cell) {
            Some(text) => day(text)?,
            None => today,
        };
        let rate = decimal(cell(self.rate), delimiter)?;
        let base = self.base.map_or("EUR", cell);
        let quote = cell(self.quote);
        match currency(base).zip(currency(quote)) {
            Some((base, quote)) if base != quote => file.rates.push(ReadRate { base, quote, date, rate }),
            None if is_code(base) && is_code(quote) => {
                let unknown = [base, quote].into_iter().filter(|code| currency(code).is_none());
                file.passed.extend(unknown.map(str::to_uppercase));
            }
            _ => return Err("write two currencies as three letters each, such as EUR and USD."),
        }
        Ok(())
    }
}
