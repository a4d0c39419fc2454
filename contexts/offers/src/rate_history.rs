//! The rates of a span of days, for figures of which each keeps the rate of its own day.

use crate::rate::{RateRow, Rates, rate_rows, rates_between};
use base::{Currency, Date, Money, Result, Rounding};
use std::collections::BTreeMap;
use store::Read;

/// The cross rates of every day from a first one on. A day without a publication has those of the last one before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateHistory {
    days: BTreeMap<Date, Rates>,
}

impl RateHistory {
    /// The rates from `from` to `until`, both included.
    pub fn load(db: &mut Read, from: Date, until: Date) -> Result<RateHistory> {
        let first = rate_rows(db, from)?.into_iter();
        let mut known: BTreeMap<_, _> = first.map(|row| ((row.base, row.quote), row)).collect();
        let mut days = BTreeMap::from([(from, Rates::of(from, &values(&known))?)]);
        let mut later = rates_between(db, from, until)?.into_iter().peekable();
        while let Some(row) = later.next() {
            let day = row.date;
            known.insert((row.base, row.quote), row);
            if later.peek().is_none_or(|next| next.date != day) {
                days.insert(day, Rates::of(day, &values(&known))?);
            }
        }
        Ok(RateHistory { days })
    }

    /// What `money` came to in another currency on a day, rounded half up: at the rate of that day, or at the first that is known
    /// where none was by then. None when either currency was never published.
    pub fn convert(&self, money: Money, to: Currency, day: Date) -> Option<Money> {
        if money.currency == to {
            return Some(money);
        }
        let own = self.days.range(..=day).next_back();
        let rate = own.into_iter().chain(self.days.range(day..)).find_map(|(_, of)| of.rate(money.currency, to))?;
        money.convert(rate, to, Rounding::HalfUp).ok()
    }
}

fn values(known: &BTreeMap<(Currency, Currency), RateRow>) -> Vec<RateRow> {
    known.values().cloned().collect()
}
