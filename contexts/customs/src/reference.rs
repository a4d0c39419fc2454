//! Dated euro reference rates, so that a landed cost can be asked for without a rate feed.

use crate::shipment::Rates;
use base::{Currency, DOLLAR_PEGS, Date, EuroRates, Rate};
use std::sync::LazyLock;

/// The rates of one day, by euro.
#[derive(Debug)]
pub struct ReferenceRates {
    /// The day they were published for.
    pub date: Date,
    by_euro: Vec<(Currency, Rate)>,
}

impl ReferenceRates {
    /// The latest built-in rates on or before `date`; before the first, the first.
    pub fn at(date: Date) -> Option<&'static ReferenceRates> {
        static ROWS: LazyLock<Vec<ReferenceRates>> =
            LazyLock::new(|| EuroRates::built_in().iter().map(with_pegs).collect());
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

/// A day's rates, and those of the currencies that are pegged to the dollar.
fn with_pegs(day: &EuroRates) -> ReferenceRates {
    let mut by_euro = day.rates.clone();
    let dollar = day.rates.iter().find(|(currency, _)| *currency == Currency::USD).map(|(_, rate)| *rate);
    by_euro.extend(DOLLAR_PEGS.iter().filter_map(|(code, peg, _)| {
        let rate = dollar?.times(peg.parse().ok()?).ok()?;
        Some((code.parse().ok()?, rate))
    }));
    ReferenceRates { date: day.date, by_euro }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_pegs_are_found() {
        let day = ReferenceRates::at("2026-07-15".parse().unwrap()).unwrap();
        assert_eq!(day.by_euro.len(), 29 + DOLLAR_PEGS.len());
        assert_eq!(day.date.to_string(), "2026-06-30");
        assert_eq!(day.rate(Currency::EUR, Currency::USD).unwrap().to_string(), "1.1394");
        assert_eq!(ReferenceRates::at("1999-01-01".parse().unwrap()).unwrap().date.to_string(), "2019-12-31");
        let riyal = day.rate(Currency::USD, "SAR".parse().unwrap()).unwrap();
        assert_eq!(riyal.decimal().round_dp(10).normalize().to_string(), "3.75");
        assert_eq!(day.rate(Currency::EUR, "VND".parse().unwrap()), None);
    }
}
