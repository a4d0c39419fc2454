//! Weights in whole grams, and how people write them: `320g`, `20,5 kg`, `1 lb 4 oz`, `１．５ｋｇ`, `500克`.

use crate::number::{Mark, Numeral, Unclear, plain};
use crate::{Error, Rate, Result, Rounding};
use std::str::FromStr;

/// A weight in whole grams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight {
    /// Grams, never negative.
    pub grams: i64,
}

/// A unit of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A thousandth of a gram.
    Milligram,
    /// The gram.
    Gram,
    /// A thousand grams.
    Kilogram,
    /// The Chinese pound: 500 grams.
    Jin,
    /// The avoirdupois ounce: 28.349523125 grams.
    Ounce,
    /// The avoirdupois pound: 453.59237 grams.
    Pound,
    /// A thousand kilograms.
    Tonne,
}

/// Words for units, lower case, without a point at their end.
const UNITS: [(Unit, &[&str]); 7] = [
    (Unit::Milligram, &["mg", "milligram", "milligrams", "毫克", "мг"]),
    (
        Unit::Gram,
        &[
            "g",
            "gr",
            "gm",
            "gram",
            "grams",
            "gramm",
            "gramme",
            "grammes",
            "gramo",
            "gramos",
            "grammi",
            "gramas",
            "克",
            "公克",
            "г",
            "гр",
            "грамм",
            "غ",
            "جم",
            "جرام",
            "غرام",
            "グラム",
            "그램",
            "㌘",
        ],
    ),
    (
        Unit::Kilogram,
        &[
            "kg",
            "kgs",
            "kilo",
            "kilos",
            "kilogram",
            "kilograms",
            "kilogramm",
            "kilogramme",
            "kilogrammes",
            "kilogramo",
            "kilogramos",
            "chilogrammi",
            "quilogramas",
            "㎏",
            "千克",
            "公斤",
            "кг",
            "килограмм",
            "كغ",
            "كجم",
            "كيلوغرام",
            "キログラム",
            "킬로그램",
            "㌔",
        ],
    ),
    (Unit::Jin, &["斤", "市斤"]),
    (Unit::Ounce, &["oz", "ozs", "ounce", "ounces", "盎司", "унция"]),
    (Unit::Pound, &["lb", "lbs", "#", "pound", "pounds", "磅", "фунт"]),
    (Unit::Tonne, &["t", "tonne", "tonnes", "metric ton", "吨", "т"]),
];

impl Unit {
    /// The unit with this name, in any of the languages we know it in. None where it is no unit, or where the word means different
    /// weights in different places (a German `Pfund` is not a pound).
    pub fn named(word: &str) -> Option<Unit> {
        let word = plain(word).trim().trim_end_matches('.').to_lowercase();
        let known = UNITS.iter().find(|(_, words)| words.contains(&word.as_str()));
        known.map(|(unit, _)| *unit)
    }

    /// Milligrams in one.
    fn milligrams(self) -> Rate {
        let (number, scale) = match self {
            Unit::Milligram => (1, 0),
            Unit::Gram => (1_000, 0),
            Unit::Jin => (500_000, 0),
            Unit::Kilogram => (1_000_000, 0),
            Unit::Tonne => (1_000_000_000, 0),
            Unit::Ounce => (28_349_523_125, 6),
            Unit::Pound => (45_359_237, 2),
        };
        Rate::from(rust_decimal::Decimal::new(number, scale))
    }
}

/// A weight as it was written: numbers, each with its unit if one stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    parts: Vec<(Numeral, Option<Unit>)>,
}

/// Why a weight was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWeight {
    /// It is no weight.
    NoNumber,
    /// This is no unit of weight; empty when none is said anywhere.
    Unit(String),
    /// It may be either of these numbers; the smaller first.
    TwoWays(Rate, Rate),
    /// Heavier than a parcel can be.
    TooHeavy,
}

impl Weighed {
    /// Reads a weight. Errors: no number, no unit.
    pub fn read(text: &str) -> Result<Weighed, NoWeight> {
        let text = plain(text);
        let mut rest = text.trim();
        let mut parts = Vec::new();
        while !rest.is_empty() {
            let unit_at =
                rest.find(|letter: char| letter.is_alphabetic() || is_unit_sign(letter)).unwrap_or(rest.len());
            let number = Numeral::read(&rest[..unit_at]).ok_or(NoWeight::NoNumber)?;
            rest = &rest[unit_at..];
            let next = rest.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rest.len());
            let word = rest[..next].trim().trim_end_matches(',').trim();
            let unit = match word {
                "" => None,
                word => Some(Unit::named(word).ok_or_else(|| NoWeight::Unit(word.to_owned()))?),
            };
            parts.push((number, unit));
            rest = &rest[next..];
        }
        match parts.as_slice() {
            [] => Err(NoWeight::NoNumber),
            [_] => Ok(Weighed { parts }),
            several if several.iter().all(|(_, unit)| unit.is_some()) => Ok(Weighed { parts }),
            _ => Err(NoWeight::NoNumber),
        }
    }

    /// Its numbers, for evidence of how a file writes them.
    pub fn numbers(&self) -> impl Iterator<Item = &Numeral> {
        self.parts.iter().map(|(number, _)| number)
    }

    /// In grams, read with `mark` before the decimals; a number without a unit is in `unit`. More than nothing is at least one gram.
    pub fn with(&self, mark: Mark, unit: Option<Unit>) -> Result<Weight, NoWeight> {
        self.weigh(unit, |number, _| number.with(mark).ok_or(NoWeight::NoNumber))
    }

    /// As a form means it in a language that writes `mark` before the decimals.
    pub fn in_form(&self, mark: Mark, unit: Option<Unit>) -> Result<Weight, NoWeight> {
        self.weigh(unit, |number, unit| {
            let places = if unit == Unit::Gram { Some(0) } else { None };
            number.in_form(mark, places).map_err(|unclear| match unclear {
                Unclear::NoNumber => NoWeight::NoNumber,
                Unclear::TwoWays(less, more) => NoWeight::TwoWays(less, more),
            })
        })
    }

    fn weigh(
        &self,
        default: Option<Unit>,
        mean: impl Fn(&Numeral, Unit) -> Result<Rate, NoWeight>,
    ) -> Result<Weight, NoWeight> {
        let mut milligrams = Rate::ZERO;
        for (number, unit) in &self.parts {
            let unit = unit.or(default).ok_or(NoWeight::Unit(String::new()))?;
            let value = mean(number, unit)?;
            if value < Rate::ZERO {
                return Err(NoWeight::NoNumber);
            }
            let part = value.times(unit.milligrams()).map_err(|_| NoWeight::TooHeavy)?;
            milligrams = milligrams.plus(part).map_err(|_| NoWeight::TooHeavy)?;
        }
        let grams = milligrams.shifted(-3).and_then(|grams| grams.of(1, Rounding::HalfUp));
        let grams = grams.ok().filter(|grams| *grams <= Weight::MOST_GRAMS).ok_or(NoWeight::TooHeavy)?;
        Ok(Weight { grams: grams.max(i64::from(milligrams > Rate::ZERO)) })
    }
}

fn is_unit_sign(letter: char) -> bool {
    matches!(letter, '#' | '\u{3300}'..='\u{33FF}')
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

    /// A weight as a form has it, in a language that writes `mark` before the decimals; grams where no unit is said.
    /// Errors: the field `weight`.
    pub fn in_form(text: &str, mark: Mark) -> Result<Weight> {
        Weighed::read(text).and_then(|weighed| weighed.in_form(mark, Some(Unit::Gram))).map_err(|why| {
            let (code, say) = match why {
                NoWeight::TwoWays(less, more) => (
                    "two_ways",
                    format!("“{text}” can be read as {less} or {more}; write it without a mark between thousands."),
                ),
                NoWeight::TooHeavy => {
                    ("weight_range", format!("Write a weight of at most {} kg a piece.", Weight::MOST_GRAMS / 1000))
                }
                _ => ("weight_format", format!("“{text}” is no weight; write it like 200g or 1.5kg.")),
            };
            Error::field("weight", code, say)
        })
    }
}

impl FromStr for Weight {
    type Err = Error;
    /// `200g`, `1.5kg`, `200`, `1 lb 4 oz`: exact text as commands have it.
    fn from_str(text: &str) -> Result<Weight> {
        Weight::in_form(text, Mark::Point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_the_world() {
        for (text, grams) in [
            ("320g", 320),
            ("1.5kg", 1500),
            ("200", 200),
            ("20,5 kg", 20_500),
            ("0,5 KG", 500),
            ("1 lb 4 oz", 567),
            ("2 lbs., 3 oz.", 992),
            ("500克", 500),
            ("１．５ｋｇ", 1500),
            ("٢٫٥ كغ", 2500),
            ("250 mg", 1),
            ("0", 0),
            ("1,500 g", 1500),
        ] {
            assert_eq!(text.parse::<Weight>().map(|weight| weight.grams).ok(), Some(grams), "{text}");
        }
        for text in ["-1g", "1 stone", "heavy", "", "kg", "1 2 kg", "1e3 g", "1 Pfund", "999999 t"] {
            assert!(text.parse::<Weight>().is_err(), "{text}");
        }
        let code = |text: &str| text.parse::<Weight>().unwrap_err().fields[0].code;
        assert_eq!(code("1,500 kg"), "two_ways", "one and a half, or as heavy as a car");
        assert_eq!(Weight::in_form("1.500 g", Mark::Comma).unwrap().grams, 1500);
    }

    #[test]
    fn a_file_says_the_mark_and_the_unit() {
        let weigh = |text: &str, mark, unit| Weighed::read(text).unwrap().with(mark, unit);
        assert_eq!(weigh("0,5", Mark::Comma, Some(Unit::Kilogram)), Ok(Weight::grams(500)));
        assert_eq!(weigh("0,5", Mark::Point, Some(Unit::Kilogram)), Err(NoWeight::NoNumber));
        assert_eq!(weigh("3", Mark::Point, None), Err(NoWeight::Unit(String::new())));
        assert_eq!(Weighed::read("3 stone"), Err(NoWeight::Unit("stone".into())));
        assert_eq!(weigh("1.5", Mark::Point, Some(Unit::Pound)), Ok(Weight::grams(680)));
    }
}
