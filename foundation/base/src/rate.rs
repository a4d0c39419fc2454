//! Exact decimal rates (duty, tax, exchange, commission) and declared rounding.

use crate::{Error, Result};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;
use std::str::FromStr;

/// How an amount is brought to whole minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// 0.5 away from zero: the commercial default.
    HalfUp,
    /// 0.5 to the even neighbour.
    HalfEven,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl Rounding {
    fn strategy(self) -> RoundingStrategy {
        match self {
            Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
            Rounding::Down => RoundingStrategy::ToZero,
            Rounding::Up => RoundingStrategy::AwayFromZero,
        }
    }
}

/// An exact decimal number: `0.19`, `7.8432`. Never a float.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Decimal);

impl Rate {
    /// 0
    pub const ZERO: Rate = Rate(Decimal::ZERO);
    /// 1
    pub const ONE: Rate = Rate(Decimal::ONE);

    /// `points` hundredths of a percent: 1900 is 19 %.
    pub fn basis_points(points: i64) -> Rate {
        Rate(Decimal::new(points, 4))
    }

    /// `19` or `8.1` percent as a rate. Errors: overflow.
    pub fn percent(self) -> Result<Rate> {
        self.shifted(-2)
    }

    /// This rate of `minor` units, rounded. Errors: overflow.
    pub fn of(self, minor: i64, rounding: Rounding) -> Result<i64> {
        let exact = self.0.checked_mul(Decimal::from(minor)).ok_or_else(overflow)?;
        exact.round_dp_with_strategy(0, rounding.strategy()).to_i64().ok_or_else(overflow)
    }

    /// Multiplied by ten to the `places`. Errors: overflow.
    pub fn shifted(self, places: i64) -> Result<Rate> {
        let factor = Decimal::from(10_i64.checked_pow(places.unsigned_abs() as u32).ok_or_else(overflow)?);
        let value = if places >= 0 { self.0.checked_mul(factor) } else { self.0.checked_div(factor) };
        value.map(Rate).ok_or_else(overflow)
    }

    /// Product. Errors: overflow.
    pub fn times(self, other: Rate) -> Result<Rate> {
        self.0.checked_mul(other.0).map(Rate).ok_or_else(overflow)
    }

    /// Quotient. Errors: division by zero, overflow.
    pub fn over(self, other: Rate) -> Result<Rate> {
        self.0.checked_div(other.0).map(Rate).ok_or_else(overflow)
    }

    /// Sum. Errors: overflow.
    pub fn plus(self, other: Rate) -> Result<Rate> {
        self.0.checked_add(other.0).map(Rate).ok_or_else(overflow)
    }

    /// Difference. Errors: overflow.
    pub fn minus(self, other: Rate) -> Result<Rate> {
        self.0.checked_sub(other.0).map(Rate).ok_or_else(overflow)
    }

    /// The value as a whole number, if it is one.
    pub fn whole(self) -> Option<i64> {
        if self.0.fract().is_zero() { self.0.to_i64() } else { None }
    }

    /// The exact decimal, for arithmetic that needs more than the above.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

fn overflow() -> Error {
    Error::internal("rate overflow")
}

impl From<Decimal> for Rate {
    fn from(value: Decimal) -> Rate {
        Rate(value)
    }
}

impl FromStr for Rate {
    type Err = Error;
    fn from_str(text: &str) -> Result<Rate> {
        Decimal::from_str_exact(text.trim())
            .map(Rate)
            .map_err(|_| Error::field("rate", "rate_format", format!("“{text}” is no number; write it like 7.85.")))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_where_it_is_told() {
        let half: Rate = "0.5".parse().unwrap();
        for (rounding, of_five, of_minus_five) in
            [(Rounding::HalfUp, 3, -3), (Rounding::HalfEven, 2, -2), (Rounding::Down, 2, -2), (Rounding::Up, 3, -3)]
        {
            assert_eq!(half.of(5, rounding).unwrap(), of_five);
            assert_eq!(half.of(-5, rounding).unwrap(), of_minus_five);
        }
        assert_eq!(Rate::basis_points(1900).to_string(), "0.19");
        assert_eq!("8.1".parse::<Rate>().unwrap().percent().unwrap().to_string(), "0.081");
    }
}
