//! Facts of goods that every context speaks of: tariff codes and weights.

use crate::{Error, Result};
use std::fmt;
use std::str::FromStr;

/// A Harmonized System code: 6 digits worldwide, up to 10 nationally. Compared digit by digit from the left.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsCode {
    digits: [u8; 10],
    len: u8,
}

impl HsCode {
    /// All digits.
    pub fn digits(&self) -> &str {
        std::str::from_utf8(&self.digits[..self.len as usize]).unwrap_or("000000")
    }

    /// The six international digits.
    pub fn hs6(&self) -> &str {
        &self.digits()[..6]
    }

    /// The chapter: the first two digits.
    pub fn chapter(&self) -> u8 {
        (self.digits[0] - b'0') * 10 + (self.digits[1] - b'0')
    }
}

impl FromStr for HsCode {
    type Err = Error;
    /// Accepts `610910`, `6109.10`, `6109 10 00`. Errors: fewer than 6 or more than 10 digits, a chapter outside 1–97.
    fn from_str(text: &str) -> Result<HsCode> {
        let wrong = || {
            Error::field("hs", "hs_format", format!("“{text}” is no HS code; write 6 to 10 digits such as 6109.10."))
        };
        let mut digits = [b'0'; 10];
        let mut len = 0;
        for byte in text.trim().bytes().filter(|byte| !matches!(byte, b'.' | b' ')) {
            if !byte.is_ascii_digit() || len == 10 {
                return Err(wrong());
            }
            digits[len] = byte;
            len += 1;
        }
        let code = HsCode { digits, len: len as u8 };
        if len < 6 || !(1..=97).contains(&code.chapter()) {
            return Err(wrong());
        }
        Ok(code)
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.digits())
    }
}

impl fmt::Debug for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.digits())
    }
}

/// A weight in whole grams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight {
    /// Grams, never negative.
    pub grams: i64,
}

impl Weight {
    /// The most that one piece may weigh, in grams: a tonne.
    pub const MOST_GRAMS: i64 = 1_000_000;

    /// `grams` grams.
    pub fn grams(grams: i64) -> Weight {
        Weight { grams }
    }

    /// The weight, if a piece may weigh so much. Errors: `weight_range`, naming the field.
    pub fn within_reason(self, field: &str) -> Result<Weight> {
        if (0..=Weight::MOST_GRAMS).contains(&self.grams) {
            return Ok(self);
        }
        let say = format!("Write a weight of at most {} kg a piece.", Weight::MOST_GRAMS / 1000);
        Err(Error::field(field, "weight_range", say))
    }
}

impl FromStr for Weight {
    type Err = Error;
    /// `200g`, `1.5kg`, `200`.
    fn from_str(text: &str) -> Result<Weight> {
        let wrong =
            || Error::field("weight", "weight_format", format!("“{text}” is no weight; write it like 200g or 1.5kg."));
        let lower = text.trim().to_ascii_lowercase();
        let (number, places) = match (lower.strip_suffix("kg"), lower.strip_suffix('g')) {
            (Some(number), _) => (number, 3),
            (None, Some(number)) => (number, 0),
            (None, None) => (lower.as_str(), 0),
        };
        let rate: crate::Rate = number.trim().parse().map_err(|_| wrong())?;
        let grams = rate.shifted(places)?.whole().filter(|grams| *grams >= 0).ok_or_else(wrong)?;
        Weight { grams }.within_reason("weight")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes_and_weights() {
        assert_eq!("6109.10".parse::<HsCode>().unwrap().digits(), "610910");
        assert_eq!("6109 10 00 10".parse::<HsCode>().unwrap().hs6(), "610910");
        for wrong in ["61", "990000", "61091a", "61091000101"] {
            assert!(wrong.parse::<HsCode>().is_err(), "{wrong}");
        }
        assert_eq!("1.5kg".parse::<Weight>().unwrap().grams, 1500);
        assert_eq!("200g".parse::<Weight>().unwrap().grams, 200);
        assert!("-1g".parse::<Weight>().is_err());
        assert_eq!("1000kg".parse::<Weight>().unwrap().grams, Weight::MOST_GRAMS);
        assert_eq!("1000.001kg".parse::<Weight>().unwrap_err().fields[0].code, "weight_range");
        assert!("0.5g".parse::<Weight>().is_err());
    }
}
