//! Choices that stand on every page: destinations, currencies, languages. Made once per language.

use crate::language::{Languages, Locale};
use base::{Country, Currency};
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::collections::HashMap;

/// The lists of every language, ready for templates.
pub struct Lists {
    by_language: HashMap<&'static str, Value>,
}

#[derive(Serialize)]
struct Choice {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct View {
    destinations: Vec<Choice>,
    currencies: Vec<Choice>,
    languages: Vec<Choice>,
}

/// Currencies that can be chosen for display and payment.
const CURRENCIES: [&str; 29] = [
    "EUR", "USD", "GBP", "JPY", "CNY", "BRL", "SAR", "AED", "AUD", "CAD", "CHF", "CLP", "CZK", "DKK", "HKD", "HUF", "ILS",
    "INR", "KRW", "MXN", "MYR", "NOK", "NZD", "PLN", "SEK", "SGD", "THB", "TRY", "ZAR",
];

/// Destinations whose landed cost is known, by code.
const DESTINATIONS: &str = "AE AT AU BE BG BR CA CH CL CN CY CZ DE DK EE ES FI FR GB GR HR HU ID IE IL IN IT JP KR LT LU LV MT \
    MX MY NL NO NZ PH PL PT RO SA SE SG SI SK TH TR US VN ZA";

impl Lists {
    /// Makes the lists of each language.
    pub fn new(languages: &Languages) -> Lists {
        let by_language = languages.all().iter().map(|locale| (locale.tag, view(languages, locale))).collect();
        Lists { by_language }
    }

    /// The lists in the language `tag`.
    pub fn of(&self, tag: &str) -> Value {
        self.by_language.get(tag).cloned().unwrap_or_default()
    }

    /// Where a visitor is taken to be when nothing at all is known.
    pub fn first_destination(&self) -> Country {
        destinations().find(|country| country.code() == "DE").or_else(|| destinations().next()).unwrap_or_else(|| {
            Country::all().next().unwrap_or_else(|| unreachable!("the list of countries is not empty"))
        })
    }
}

/// Where things can be sent.
pub fn destinations() -> impl Iterator<Item = Country> {
    DESTINATIONS.split_whitespace().filter_map(|code| code.parse().ok())
}

/// What can be chosen to see and pay prices in.
pub fn currencies() -> impl Iterator<Item = Currency> {
    CURRENCIES.iter().filter_map(|code| code.parse().ok())
}

fn view(languages: &Languages, locale: &Locale) -> Value {
    let mut places: Vec<Choice> =
        destinations().map(|country| Choice { code: country.code().into(), name: locale.country(country) }).collect();
    places.sort_by(|a, b| a.name.cmp(&b.name));
    let currencies = currencies().map(|currency| {
        let symbol = locale.symbol(currency);
        let symbol = symbol.trim_end_matches('\u{a0}');
        let name = if symbol == currency.code() { String::new() } else { format!(" {symbol}") };
        Choice { code: currency.code().into(), name: format!("{currency}{name}") }
    });
    let spoken = languages.all().iter().map(|other| Choice {
        code: other.tag.into(),
        name: other.t("language-name").to_string(),
    });
    Value::from(Serde(View { destinations: places, currencies: currencies.collect(), languages: spoken.collect() }))
}
