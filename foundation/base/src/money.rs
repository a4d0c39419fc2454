//! Money: integer minor units and a currency, always together. Splitting loses nothing.

use crate::{Currency, Error, Rate, Result, Rounding};
use std::fmt;
use std::str::FromStr;

/// An amount in minor units of a currency (`1599` EUR is 15.99 €).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units; may be negative.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// `minor` units of `currency`.
    pub fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing, in `currency`.
    pub fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// The most that a price, a refund or a total may be in `currency`: a thousand million of its larger units, a hundred times
    /// as many where there are no smaller ones, since such currencies count in large numbers. Two hundred lines of ten thousand
    /// pieces at that price still fit.
    pub fn most(currency: Currency) -> Money {
        let minor = match currency.exponent() {
            0 => 100_000_000_000,
            exponent => 1_000_000_000 * 10_i64.pow(exponent),
        };
        Money { minor, currency }
    }

    /// The amount, if it is not beyond what [`Money::most`] allows in either direction. Errors: `amount_too_large`, naming the field.
    pub fn within_reason(self, field: &str) -> Result<Money> {
        let most = Money::most(self.currency);
        if (-most.minor..=most.minor).contains(&self.minor) {
            return Ok(self);
        }
        Err(Error::field(field, "amount_too_large", format!("Write an amount of at most {most}.")))
    }

    /// The sum. Errors: other currency, overflow.
    pub fn plus(self, other: Money) -> Result<Money> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or_else(too_much)?;
        Ok(Money { minor, ..self })
    }

    /// The difference. Errors: other currency, overflow.
    pub fn minus(self, other: Money) -> Result<Money> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or_else(too_much)?;
        Ok(Money { minor, ..self })
    }

    /// `quantity` times this amount. Errors: overflow.
    pub fn times(self, quantity: i64) -> Result<Money> {
        let minor = self.minor.checked_mul(quantity).ok_or_else(too_much)?;
        Ok(Money { minor, ..self })
    }

    /// This amount times an exact rate, rounded to the minor unit at this declared point.
    pub fn at(self, rate: Rate, rounding: Rounding) -> Result<Money> {
        Ok(Money { minor: rate.of(self.minor, rounding)?, ..self })
    }

    /// Converted with `rate` (units of `to` per unit of this currency, both in major units).
    pub fn convert(self, rate: Rate, to: Currency, rounding: Rounding) -> Result<Money> {
        let scaled = rate.shifted(i64::from(to.exponent()) - i64::from(self.currency.exponent()))?;
        Ok(Money { minor: scaled.of(self.minor, rounding)?, currency: to })
    }

    /// Split by `weights` without loss: the parts always sum to the whole (largest remainder, ties to the first).
    /// All-zero weights count as equal. Errors: no weights, a negative weight.
    pub fn split(self, weights: &[i64]) -> Result<Vec<Money>> {
        let parts = split(self.minor, weights)?;
        Ok(parts.into_iter().map(|minor| Money { minor, ..self }).collect())
    }

    /// Sum of `amounts`, all in `currency`.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Result<Money> {
        amounts.into_iter().try_fold(Money::zero(currency), Money::plus)
    }

    fn same_currency(self, other: Money) -> Result<()> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(Error::internal(format!("{} and {} cannot be added", self.currency, other.currency)))
    }
}

fn too_much() -> Error {
    Error::invalid("amount_too_large", "This comes to more than can be charged; take less of it.")
}

fn split(whole: i64, weights: &[i64]) -> Result<Vec<i64>> {
    if weights.is_empty() || weights.iter().any(|weight| *weight < 0) {
        return Err(Error::internal("a split needs weights, none negative"));
    }
    let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let equal = total == 0;
    let total = if equal { weights.len() as i128 } else { total };
    let share = |weight: &i64| i128::from(whole) * if equal { 1 } else { i128::from(*weight) };
    let mut parts: Vec<i64> = weights.iter().map(|weight| (share(weight) / total) as i64).collect();
    let mut rest = whole - parts.iter().sum::<i64>();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|index| (std::cmp::Reverse((share(&weights[*index]) % total).abs()), *index));
    for index in by_remainder {
        if rest == 0 {
            break;
        }
        parts[index] += rest.signum();
        rest -= rest.signum();
    }
    Ok(parts)
}

impl FromStr for Money {
    type Err = Error;
    /// `15.00EUR`, `15 EUR`, `1500JPY`. Errors: no currency, more decimals than the currency has.
    fn from_str(text: &str) -> Result<Money> {
        let wrong = || {
            Error::field(
                "amount",
                "amount_format",
                format!("“{text}” is no amount; write it like 15.00EUR or 1500JPY."),
            )
        };
        let text_trimmed = text.trim();
        let at = text_trimmed.len().checked_sub(3).filter(|at| text_trimmed.is_char_boundary(*at)).ok_or_else(wrong)?;
        let (number, code) = text_trimmed.split_at(at);
        let rate: Rate = number.trim().parse().map_err(|_| wrong())?;
        let currency: Currency = code.parse()?;
        let minor = rate.shifted(i64::from(currency.exponent()))?.whole().ok_or_else(wrong)?;
        Ok(Money { minor, currency })
    }
}

impl fmt::Display for Money {
    /// Plain and exact, for logs, CSV and the command line: `15.00 EUR`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exponent = self.currency.exponent() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.minor.unsigned_abs(), width = exponent + 1);
        let (major, minor) = digits.split_at(digits.len() - exponent);
        let point = if exponent == 0 { "" } else { "." };
        write!(f, "{sign}{major}{point}{minor} {}", self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_have_a_ceiling_by_their_currency() {
        for (code, most) in [("EUR", 100_000_000_000), ("JPY", 100_000_000_000), ("KWD", 1_000_000_000_000)] {
            let currency: Currency = code.parse().unwrap();
            for minor in [most, -most, 0] {
                assert_eq!(Money::new(minor, currency).within_reason("price").unwrap().minor, minor);
            }
            for minor in [most + 1, -most - 1, i64::MAX, i64::MIN] {
                let wrong = Money::new(minor, currency).within_reason("price").unwrap_err();
                assert_eq!((wrong.fields[0].name.as_str(), wrong.fields[0].code), ("price", "amount_too_large"));
            }
            let whole_cart = Money::most(currency).times(9_999).unwrap().times(200).unwrap();
            assert!(whole_cart.plus(whole_cart).is_ok());
        }
        let (largest, least) = (Money::new(i64::MAX, Currency::EUR), Money::new(i64::MIN, Currency::EUR));
        assert_eq!(largest.times(2).unwrap_err().code, "amount_too_large");
        assert_eq!(largest.minus(least).unwrap_err().code, "amount_too_large");
    }

    #[test]
    fn reads_and_writes_every_exponent() {
        for (text, minor, shown) in [
            ("15.00EUR", 1500, "15.00 EUR"),
            ("-0.05 EUR", -5, "-0.05 EUR"),
            ("1500JPY", 1500, "1500 JPY"),
            ("1.234KWD", 1234, "1.234 KWD"),
        ] {
            let money: Money = text.parse().unwrap();
            assert_eq!((money.minor, money.to_string().as_str()), (minor, shown));
        }
        assert!("1.5JPY".parse::<Money>().is_err(), "yen have no decimals");
        assert!("1.005EUR".parse::<Money>().is_err());
        assert!("€5".parse::<Money>().is_err());
    }

    #[test]
    fn converts_across_exponents() {
        let eur = Money::new(1000, Currency::EUR);
        let yen = eur.convert("163.25".parse().unwrap(), Currency::JPY, Rounding::HalfUp).unwrap();
        assert_eq!(yen, Money::new(1633, Currency::JPY));
    }

    proptest! {
        #[test]
        fn a_split_loses_nothing(whole in -1_000_000_000i64..1_000_000_000, weights in prop::collection::vec(0i64..10_000, 1..40)) {
            let parts = Money::new(whole, Currency::EUR).split(&weights).unwrap();
            prop_assert_eq!(parts.iter().map(|part| part.minor).sum::<i64>(), whole);
            let total: i64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                if total > 0 {
                    let exact = i128::from(whole) * i128::from(*weight);
                    prop_assert!((i128::from(part.minor) * i128::from(total) - exact).abs() < i128::from(total));
                }
            }
        }
    }
}
