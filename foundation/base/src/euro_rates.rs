//! Euro reference rates: the European Central Bank's own form of them (`eurofxref-hist.csv`), and a few of its days built in, so
//! that a new installation and a landed cost without a database can convert.

use crate::{Currency, Date, Error, Rate, Result};
use std::sync::LazyLock;

/// Who published the built-in days.
pub const EURO_RATES_SOURCE: &str = "ECB euro reference rates";

/// Official pegs to the US dollar: currency, units for one dollar, source. They are older than the built-in days.
pub const DOLLAR_PEGS: [(&str, &str, &str); 2] = [
    ("SAR", "3.75", "Saudi Central Bank: official rate since 1986"),
    ("AED", "3.6725", "Central Bank of the UAE: official rate since 1997"),
];

/// The rates of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EuroRates {
    /// The day they were published for.
    pub date: Date,
    /// Units of each currency for one euro.
    pub rates: Vec<(Currency, Rate)>,
}

impl EuroRates {
    /// The built-in days, oldest first.
    pub fn built_in() -> &'static [EuroRates] {
        static DAYS: LazyLock<Vec<EuroRates>> = LazyLock::new(|| {
            // The table is part of the program; a test reads every cell.
            let mut days = EuroRates::read(include_str!("../euro_rates.csv")).unwrap_or_default();
            days.sort_by_key(|day| day.date);
            days
        });
        &DAYS
    }

    /// Reads a file in the bank's form, in its order: a heading `Date,USD,JPY,…`, a day a line; `N/A`, empty cells and currencies
    /// that are no more are passed over. Errors: another heading, a day, rate or line that cannot be read, by line.
    pub fn read(text: &str) -> Result<Vec<EuroRates>> {
        let mut lines =
            text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let heading = lines.next().map(|(_, line)| line).unwrap_or_default();
        let codes: Vec<&str> = heading.split(',').map(str::trim).collect();
        if !codes[0].eq_ignore_ascii_case("date") || codes.len() < 2 {
            let say =
                "The first line must be Date and currencies, as in the European Central Bank's eurofxref-hist.csv.";
            return Err(Error::field("file", "rates_heading", say));
        }
        let currencies: Vec<Option<Currency>> = codes.iter().map(|code| code.parse().ok()).collect();
        lines.map(|(at, line)| read_day(&currencies, line).map_err(|why| wrong(at + 1, why))).collect()
    }
}

fn wrong(line: usize, why: &str) -> Error {
    Error::field("file", "rates_line", format!("Line {line}: {why}"))
}

fn read_day(currencies: &[Option<Currency>], line: &str) -> std::result::Result<EuroRates, &'static str> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let date = cells[0].parse().map_err(|_| "write the day like 2026-07-15.")?;
    if cells.len() > currencies.len() {
        return Err("there are more cells than currencies in the heading.");
    }
    let mut rates = Vec::new();
    for (currency, cell) in currencies.iter().zip(&cells).skip(1) {
        let Some(currency) = currency.filter(|_| !cell.is_empty() && *cell != "N/A") else { continue };
        let rate: Rate = cell.parse().map_err(|_| "write rates like 1.1172.")?;
        if rate <= Rate::ZERO {
            return Err("a rate is above zero.");
        }
        rates.push((currency, rate));
    }
    Ok(EuroRates { date, rates })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_cell_is_read() {
        let days = EuroRates::built_in();
        assert_eq!(days.len(), include_str!("../euro_rates.csv").lines().count() - 1);
        assert!(days.iter().all(|day| day.rates.len() == 29), "29 currencies on every day");
        assert!(days.windows(2).all(|pair| pair[0].date < pair[1].date));
        for (code, peg, source) in DOLLAR_PEGS {
            assert!(code.parse::<Currency>().is_ok() && peg.parse::<Rate>().is_ok() && !source.is_empty());
        }
    }

    #[test]
    fn reads_what_the_bank_publishes() {
        let text = "\u{feff}Date,USD,CYP,JPY,\r\n2026-10-30,1.1172,N/A,175.68,\r\n\r\n2026-10-29,1.12,,\r\n";
        let days = EuroRates::read(text).unwrap();
        let shown: Vec<String> = days
            .iter()
            .map(|day| {
                let rates: Vec<String> = day.rates.iter().map(|(code, rate)| format!("{code} {rate}")).collect();
                format!("{} {}", day.date, rates.join(" "))
            })
            .collect();
        assert_eq!(shown, ["2026-10-30 USD 1.1172 JPY 175.68", "2026-10-29 USD 1.12"]);
        for (text, code, line) in [
            ("", "rates_heading", ""),
            ("Handle,Title\nx,y", "rates_heading", ""),
            ("Date,USD\n30/10/2026,1.1", "rates_line", "Line 2:"),
            ("Date,USD\n2026-10-30,1.1\n2026-10-29,x", "rates_line", "Line 3:"),
            ("Date,USD\n2026-10-30,0", "rates_line", "Line 2:"),
            ("Date,USD\n2026-10-30,1,2", "rates_line", "Line 2:"),
        ] {
            let error = EuroRates::read(text).unwrap_err();
            assert_eq!(error.fields[0].code, code, "{text}");
            assert!(error.fields[0].message.starts_with(line), "{text}");
        }
    }
}
