//! Limits and amounts of the tables in the shipment's currency, exactly.

use crate::rows::Amount;
use crate::shipment::Rates;
use crate::work::too_large;
use base::{Currency, Error, Rate, Result};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Exchange into the currency of one shipment.
#[derive(Clone, Copy)]
pub(crate) struct Exchange<'a> {
    pub currency: Currency,
    pub exponent: u32,
    pub rates: &'a dyn Rates,
}

impl Exchange<'_> {
    /// `value` (minor units of the shipment's currency) compared with a limit. Errors: `exchange_rate_missing`.
    pub fn compare(&self, value: Decimal, limit: &Amount) -> Result<Ordering> {
        let minor = Decimal::from(limit.money.minor);
        if limit.money.currency == self.currency {
            return Ok(value.cmp(&minor));
        }
        if let Some(rate) = self.rates.rate(limit.money.currency, self.currency) {
            return Ok(value.cmp(&self.scaled(minor, rate, limit)?));
        }
        // Only the other direction is known: multiply the value instead of dividing the limit, so that equal stays equal.
        let rate = self.rates.rate(self.currency, limit.money.currency).ok_or_else(|| self.missing(limit))?;
        let shift = i64::from(limit.exponent) - i64::from(self.exponent);
        Ok(product(value, rate.shifted(shift)?.decimal())?.cmp(&minor))
    }

    /// An amount of the tables in minor units of the shipment's currency, not rounded. Errors: as above.
    pub fn convert(&self, amount: &Amount) -> Result<Decimal> {
        let minor = Decimal::from(amount.money.minor);
        if amount.money.currency == self.currency {
            return Ok(minor);
        }
        if let Some(rate) = self.rates.rate(amount.money.currency, self.currency) {
            return self.scaled(minor, rate, amount);
        }
        let rate = self.rates.rate(self.currency, amount.money.currency).ok_or_else(|| self.missing(amount))?;
        self.scaled(minor, Rate::ONE.over(rate)?, amount)
    }

    fn scaled(&self, minor: Decimal, rate: Rate, amount: &Amount) -> Result<Decimal> {
        let shift = i64::from(self.exponent) - i64::from(amount.exponent);
        product(minor, if shift == 0 { rate.decimal() } else { rate.shifted(shift)?.decimal() })
    }

    fn missing(&self, amount: &Amount) -> Error {
        let (from, to) = (amount.money.currency, self.currency);
        let message = format!("The rules of this destination need the exchange rate from {from} to {to}.");
        Error::invalid("exchange_rate_missing", message)
    }
}

/// The product, checked.
pub(crate) fn product(one: Decimal, other: Decimal) -> Result<Decimal> {
    one.checked_mul(other).ok_or_else(too_large)
}
