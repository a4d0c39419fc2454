//! Codes of goods that every context speaks of: tariff codes, and the numbers under bar codes.

use crate::number::plain;
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

/// The headings of the Harmonized System 2022, a line a chapter (source: UN Comtrade by way of datasets/harmonized-system, PDDL).
const HEADINGS: &str = include_str!("../tables/hs_headings.txt");

/// Why a text is no tariff code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoHsCode {
    /// Not 6, 8 or 10 digits.
    Format,
    /// 5, 7 or 9 digits that are a code with a nought before them: spreadsheets drop it.
    LostZero,
    /// A number a spreadsheet has shortened: `9.021E+06`.
    Shortened,
    /// There is no such heading.
    NoHeading,
}

impl NoHsCode {
    /// Stable and translatable.
    pub fn code(self) -> &'static str {
        match self {
            NoHsCode::Format => "hs_format",
            NoHsCode::LostZero => "hs_lost_zero",
            NoHsCode::Shortened => "hs_shortened",
            NoHsCode::NoHeading => "hs_no_heading",
        }
    }
}

/// A number that a spreadsheet has shortened and thereby lost: `4.00638E+12`.
pub fn is_shortened(text: &str) -> bool {
    let text = plain(text).trim().to_ascii_lowercase();
    let Some((number, exponent)) = text.split_once('e') else { return false };
    let digits = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let only = |text: &str, more: &[char]| text.chars().all(|letter| letter.is_ascii_digit() || more.contains(&letter));
    digits(number) && digits(exponent) && only(number, &['.', ',', '-']) && only(exponent, &['+', '-'])
}

/// A code of digits alone without the `.0` that programs write behind it which take it for a number: `691200.0` is 691200.
pub fn whole_digits(text: &str) -> &str {
    let bare = text.strip_suffix(".0").unwrap_or(text);
    if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) { bare } else { text }
}

impl HsCode {
    /// Reads a code: `610910`, `6109.10`, `6109 10 00`, in digits of any script; 6, 8 or 10 of them, of a heading that exists.
    pub fn read(text: &str) -> Result<HsCode, NoHsCode> {
        if is_shortened(text) {
            return Err(NoHsCode::Shortened);
        }
        let text = plain(text);
        // Spreadsheets are told by an apostrophe that a number is a text.
        let bare = whole_digits(text.trim().trim_start_matches('\''));
        let parts = bare.chars().filter(|letter| !matches!(letter, '.' | '-') && !letter.is_whitespace());
        let mut digits = [b'0'; 10];
        let mut len = 0usize;
        for letter in parts {
            let digit = letter.to_digit(10).filter(|_| len < 10).ok_or(NoHsCode::Format)?;
            digits[len] = b'0' + digit as u8;
            len += 1;
        }
        let known = |digits: &[u8; 10]| HEADINGS.as_bytes().chunks(5).any(|heading| heading[..4] == digits[..4]);
        match len {
            6 | 8 | 10 if known(&digits) => Ok(HsCode { digits, len: len as u8 }),
            6 | 8 | 10 => Err(NoHsCode::NoHeading),
            5 | 7 | 9 => {
                digits.rotate_right(1);
                digits[0] = b'0';
                Err(if known(&digits) { NoHsCode::LostZero } else { NoHsCode::Format })
            }
            _ => Err(NoHsCode::Format),
        }
    }
}

impl FromStr for HsCode {
    type Err = Error;
    /// As [`HsCode::read`]. Errors: the field `hs`.
    fn from_str(text: &str) -> Result<HsCode> {
        HsCode::read(text).map_err(|why| {
            let say = match why {
                NoHsCode::Format => format!("“{text}” is no HS code; write 6, 8 or 10 digits such as 6109.10."),
                NoHsCode::LostZero => format!(
                    "“{text}” lacks a digit: codes have 6, 8 or 10. Most likely a spreadsheet dropped the zero before it; write 0{}.",
                    whole_digits(text.trim())
                ),
                NoHsCode::Shortened => {
                    format!("“{text}” was shortened by a spreadsheet; format the column as text and write every digit.")
                }
                NoHsCode::NoHeading => format!("There is no heading of the tariff that “{text}” could stand in; look the code up."),
            };
            Error::field("hs", why.code(), say)
        })
    }
}

/// Why a text is no number under a bar code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBarcode {
    /// Shortened by a spreadsheet.
    Shortened,
    /// The check digit is wrong: a digit was lost or mistyped.
    CheckDigit,
    /// Eleven digits that are a UPC with a nought before them: spreadsheets drop it.
    LostZero,
}

/// Looks at what stands under a bar code: a GTIN of 8, 12, 13 or 14 digits, a UPC-E of 8, or an ISBN that ends with X, must have the
/// right check digit. Other texts are a shop's own and may be anything.
pub fn check_barcode(text: &str) -> Result<(), NoBarcode> {
    if is_shortened(text) {
        return Err(NoBarcode::Shortened);
    }
    let text: String = plain(text).chars().filter(|letter| !matches!(letter, '-' | ' ')).collect();
    let text = whole_digits(&text);
    let digits: Option<Vec<u32>> = text.chars().map(|letter| letter.to_digit(10)).collect();
    match (digits, text.len()) {
        (Some(digits), 8) if upc_e(&digits).is_some_and(|whole| gtin(&whole)) => Ok(()),
        (Some(digits), 8 | 12 | 13 | 14) => gtin(&digits).then_some(()).ok_or(NoBarcode::CheckDigit),
        (Some(digits), 11) if gtin(&digits) => Err(NoBarcode::LostZero),
        (_, 10) if isbn_like(text) => isbn(text).then_some(()).ok_or(NoBarcode::CheckDigit),
        _ => Ok(()),
    }
}

/// GS1 General Specifications, section 7.9: weights 3 and 1 from the right; the sum is a multiple of ten.
fn gtin(digits: &[u32]) -> bool {
    let weighted = digits.iter().rev().enumerate().map(|(at, digit)| digit * if at % 2 == 1 { 3 } else { 1 });
    weighted.sum::<u32>() % 10 == 0
}

/// The twelve digits that a UPC-E stands for (GS1 General Specifications, section 5.2.2.4.2); none where it begins as none does.
fn upc_e(digits: &[u32]) -> Option<[u32; 12]> {
    let [system @ (0 | 1), a, b, c, d, e, last, check] = *digits else { return None };
    Some(match last {
        0..=2 => [system, a, b, last, 0, 0, 0, 0, c, d, e, check],
        3 => [system, a, b, c, 0, 0, 0, 0, 0, d, e, check],
        4 => [system, a, b, c, d, 0, 0, 0, 0, 0, e, check],
        _ => [system, a, b, c, d, e, 0, 0, 0, 0, last, check],
    })
}

fn isbn_like(text: &str) -> bool {
    let Some((number, check)) = text.split_at_checked(9) else { return false };
    number.bytes().all(|byte| byte.is_ascii_digit()) && check.eq_ignore_ascii_case("x")
}

/// ISO 2108: weights from 10 down to 1, X is 10; the sum is a multiple of eleven.
fn isbn(text: &str) -> bool {
    let value = |letter: char| letter.to_digit(10).unwrap_or(10);
    text.chars().zip((1..=10).rev()).map(|(letter, weight)| value(letter) * weight).sum::<u32>() % 11 == 0
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_brings_them_down(text in "\\PC{0,16}") {
            let _ = (HsCode::read(&text), check_barcode(&text));
        }
    }

    #[test]
    fn reads_codes() {
        for (text, digits) in [
            ("6109.10", "610910"),
            ("6109 10 00 10", "6109100010"),
            ("'0902.10.00", "09021000"),
            ("0902-10-00", "09021000"),
            ("０９０２１０", "090210"),
            ("691200.0", "691200"),
        ] {
            assert_eq!(text.parse::<HsCode>().unwrap().digits(), digits);
        }
        assert_eq!("6109100010".parse::<HsCode>().unwrap().hs6(), "610910");
        for (text, code) in [
            ("61", "hs_format"),
            ("61091a", "hs_format"),
            ("61091000101", "hs_format"),
            ("9021000", "hs_lost_zero"),
            ("90210", "hs_lost_zero"),
            ("902100000", "hs_lost_zero"),
            // A program took the code for a number with decimals.
            ("90210.0", "hs_lost_zero"),
            ("9021000.0", "hs_lost_zero"),
            ("6109100", "hs_format"),
            ("9.021E+06", "hs_shortened"),
            ("8,5171E+09", "hs_shortened"),
            ("770000", "hs_no_heading"),
            ("990000", "hs_no_heading"),
            ("000000", "hs_no_heading"),
            ("620000", "hs_no_heading"),
            ("", "hs_format"),
        ] {
            assert_eq!(text.parse::<HsCode>().unwrap_err().fields[0].code, code, "{text}");
        }
    }

    #[test]
    fn check_digits_find_lost_and_mistyped_digits() {
        for fine in [
            "4006381333931",
            "96385074",
            "036000291452",
            "10614141000415",
            "0-306-40615-2",
            "080442957X",
            "SHELF 12",
            "01234565",
            "04252614",
            "4006381333931.0",
            "ABCDEFGHé",
            "茶茶茶x",
            "12345678901",
            "",
            "123",
        ] {
            assert_eq!(check_barcode(fine), Ok(()), "{fine}");
        }
        for wrong in ["4006381333932", "96385075", "036000291453", "080442958X", "４００６３８１３３３９３２"]
        {
            assert_eq!(check_barcode(wrong), Err(NoBarcode::CheckDigit), "{wrong}");
        }
        for lost in ["4.00638E+12", "4,00638e12"] {
            assert_eq!(check_barcode(lost), Err(NoBarcode::Shortened), "{lost}");
        }
        for lost in ["36000291452", "36000291452.0"] {
            assert_eq!(check_barcode(lost), Err(NoBarcode::LostZero), "{lost}");
        }
    }
}
