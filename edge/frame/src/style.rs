//! How each language writes figures, as the Unicode CLDR has it: `tables/cldr.json`, made by `scripts/cldr`, which also says where
//! we write otherwise.

use base::Date;
use fluent_bundle::FluentValue;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// What differs between languages when figures are written. In patterns, `{n}` is a number, `{s}` the symbol of a currency; of a
/// date, `{E}` is the weekday, `{d}` and `{dd}` the day, `{M}` the month's name, `{L}` and `{LL}` its number, `{y}` the year, and
/// those with a 2 belong to the second date of two.
#[derive(Debug, Deserialize)]
pub struct Style {
    pub(crate) decimal: String,
    pub(crate) group: String,
    /// How many digits a number has at least that is grouped.
    pub(crate) group_from: usize,
    pub(crate) money: String,
    pub(crate) percent: String,
    pub(crate) gram: String,
    pub(crate) kilogram: String,
    pub(crate) list_comma: String,
    pub(crate) list_last: String,
    /// Spanish says “e” before an i.
    pub(crate) list_last_before_i: String,
    /// From Monday on.
    weekdays: [String; 7],
    months: [String; 12],
    pub(crate) day: String,
    pub(crate) day_year: String,
    pub(crate) date: String,
    pub(crate) weekday_day: String,
    pub(crate) day_month: String,
    /// `{day}` and `{time}`.
    pub(crate) moment: String,
    pub(crate) window_days: String,
    pub(crate) window_months: String,
    pub(crate) window_days_year: String,
    pub(crate) window_months_year: String,
    pub(crate) window_years: String,
    /// By the code of the currency; the code itself where there is none.
    pub(crate) symbols: BTreeMap<String, String>,
    /// Codes of all countries as their names are sorted.
    pub(crate) countries: String,
}

#[derive(Deserialize)]
struct Table {
    languages: BTreeMap<String, Style>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    serde_json::from_str(include_str!("../tables/cldr.json")).expect("the table of languages")
});

impl Style {
    /// The style of a language, else of one with the same primary language, else of English.
    pub fn of(tag: &str) -> &'static Style {
        let known = &TABLE.languages;
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        let near = || known.iter().find(|(one, _)| primary(one) == primary(tag)).map(|(_, style)| style);
        known.get(tag).or_else(near).unwrap_or(&known["en"])
    }

    /// Digits before and after the decimals' mark, `12345` and `6`, as `12,345.6`.
    pub(crate) fn number(&self, whole: &str, decimals: &str) -> String {
        let mut out = String::with_capacity(whole.len() * 2 + decimals.len() + 1);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && whole.len() >= self.group_from && (whole.len() - index).is_multiple_of(3) {
                out.push_str(&self.group);
            }
            out.push(digit);
        }
        if !decimals.is_empty() {
            out.push_str(&self.decimal);
            out.push_str(decimals);
        }
        out
    }

    /// `pattern` with one date, or with two.
    pub(crate) fn dates(&self, pattern: &str, from: Date, to: Date) -> String {
        let mut out = String::with_capacity(pattern.len());
        let mut pieces = pattern.split('{');
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (name, literal) = piece.split_once('}').unwrap_or((piece, ""));
            let (name, date) = name.strip_suffix('2').map_or((name, from), |name| (name, to));
            out.push_str(&self.part(name, date));
            out.push_str(literal);
        }
        out
    }

    fn part(&self, name: &str, date: Date) -> String {
        match name {
            "E" => self.weekdays[date.weekday().to_monday_zero_offset() as usize].clone(),
            "M" => self.months[date.month() as usize - 1].clone(),
            "L" => date.month().to_string(),
            "LL" => format!("{:02}", date.month()),
            "d" => date.day().to_string(),
            "dd" => format!("{:02}", date.day()),
            _ => date.year().to_string(),
        }
    }
}

/// For Fluent: counts inside sentences are grouped as elsewhere.
pub(crate) fn count(value: &FluentValue<'_>, language: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = (number.value as i64).unsigned_abs().to_string();
    language.with_try_get::<Memory, _, _>((), |memory| memory.0.number(&digits, "")).ok()
}

/// The style that Fluent remembers for a bundle's language.
struct Memory(&'static Style);

impl Memoizable for Memory {
    type Args = ();
    type Error = std::convert::Infallible;
    fn construct(language: LanguageIdentifier, (): ()) -> Result<Memory, Self::Error> {
        Ok(Memory(Style::of(&language.to_string())))
    }
}
