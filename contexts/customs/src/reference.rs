//! A compact table of dated euro reference rates, so that a landed cost can be asked for without a rate feed.

use crate::shipment::Rates;
use base::{Currency, Date, Rate};
use std::sync::LazyLock;

/// Units of each currency for one euro. Source: ECB euro reference rates of the named days.
const RATES: &str = include_str!("../tables/reference_rates.csv");

/// Units for one US dollar, by official peg (Central Bank of the UAE since 1997, Saudi Central Bank since 1986).
const PEGS: [(&str, &str); 2] = [("AED", "3.6725"), ("SAR", "3.75")];

/// The rates of one day, by euro.
#[derive(Debug)]
pub struct ReferenceRates {
    /// The day they were published for.
    pub date: Date,
    by_euro: Vec<(Currency, Rate)>,
}

impl ReferenceRates {
    /// The latest rates of the table on or before `date`; before the table begins, its first.
    pub fn at(date: Date) -> Option<&'static ReferenceRates> {
        static ROWS: LazyLock<Vec<ReferenceRates>> = LazyLock::new(read);
        ROWS.iter().rev().find(|row| row.date <= date).or_else(|| ROWS.first())
    }

    fn of_euro(&self, currency: Currency) -> Option<Rate> {
        if currency == Currency::EUR {
            return Some(Rate::ONE);
        }
        self.by_euro.iter().find(|(known, _)| *known == currency).map(|(_, rate)| *rate)
    }
}

impl Rates for ReferenceRates {
    fn rate(&self, from: Currency, to: Currency) -> Option<Rate> {
        self.of_euro(to)?.over(self.of_euro(from)?).ok()
    }
}

/// The table, oldest first. A cell that cannot be read is left out; a test reads every cell.
fn read() -> Vec<ReferenceRates> {
    let mut reader = csv::Reader::from_reader(RATES.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let mut rows = Vec::new();
    for record in reader.records().flatten() {
        let Some(Ok(date)) = record.get(0).map(str::parse::<Date>) else { continue };
        let cells = header.iter().zip(record.iter()).skip(2);
        let mut by_euro: Vec<(Currency, Rate)> =
            cells.filter_map(|(code, rate)| Some((code.parse().ok()?, rate.parse().ok()?))).collect();
        let dollar = by_euro.iter().find(|(currency, _)| *currency == Currency::USD).map(|(_, rate)| *rate);
        let pegged = PEGS.iter().filter_map(|(code, peg)| {
            let rate = dollar?.times(peg.parse().ok()?).ok()?;
            Some((code.parse().ok()?, rate))
        });
        let pegged: Vec<(Currency, Rate)> = pegged.collect();
        by_euro.extend(pegged);
        rows.push(ReferenceRates { date, by_euro });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_read_and_days_are_found() {
        let lines = RATES.lines().count() - 1;
        let rows = read();
        assert_eq!(rows.len(), lines);
        assert!(rows.iter().all(|row| row.by_euro.len() == 28 + PEGS.len()));
        assert!(rows.windows(2).all(|pair| pair[0].date < pair[1].date));
        let day = ReferenceRates::at("2026-07-15".parse().unwrap()).unwrap();
        assert_eq!(day.date.to_string(), "2026-06-30");
        assert_eq!(day.rate(Currency::EUR, Currency::USD).unwrap().to_string(), "1.1394");
        assert_eq!(ReferenceRates::at("1999-01-01".parse().unwrap()).unwrap().date.to_string(), "2019-12-31");
        let riyal = day.rate(Currency::USD, "SAR".parse().unwrap()).unwrap();
        assert_eq!(riyal.decimal().round_dp(10).normalize().to_string(), "3.75");
        assert_eq!(day.rate(Currency::EUR, "VND".parse().unwrap()), None);
    }
}
