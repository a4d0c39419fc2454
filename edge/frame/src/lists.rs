//! Choices that stand on every page: destinations, currencies, languages, categories. Made once per language.

use crate::language::{Languages, Locale};
use base::{Country, Currency};
use catalog::Category;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// The lists of every language, ready for templates.
pub struct Lists {
    by_language: HashMap<&'static str, Value>,
    names: HashMap<&'static str, HashMap<i64, String>>,
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
    desk_languages: Vec<Choice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<CategoryView>,
}

#[derive(Serialize)]
struct CategoryView {
    /// Its page, as addresses are written.
    path: String,
    name: String,
    icon: &'static str,
}

/// Top categories that fit above a page.
const SHELVES: usize = 9;

/// Currencies that can be chosen for display and payment.
const CURRENCIES: [&str; 29] = [
    "EUR", "USD", "GBP", "JPY", "CNY", "BRL", "SAR", "AED", "AUD", "CAD", "CHF", "CLP", "CZK", "DKK", "HKD", "HUF",
    "ILS", "INR", "KRW", "MXN", "MYR", "NOK", "NZD", "PLN", "SEK", "SGD", "THB", "TRY", "ZAR",
];

/// Destinations whose landed cost is known, by code.
const DESTINATIONS: &str = "AE AT AU BE BG BR CA CH CL CN CY CZ DE DK EE ES FI FR GB GR HR HU ID IE IL IN IT JP KR LT LU LV MT \
    MX MY NL NO NZ PH PL PT RO SA SE SG SI SK TH TR US VN ZA";

impl Lists {
    /// Makes the lists of each language; destinations are those the shop sells to.
    pub fn new(languages: &Languages, categories: &[Category], shop: Option<&parties::Shop>) -> Lists {
        let view = |locale: &Locale| (locale.tag, view(languages, locale, categories, shop));
        let named = |locale: &Locale| {
            let name = |category: &Category| (category.id.raw(), category.name(locale.tag).to_owned());
            (locale.tag, categories.iter().map(name).collect())
        };
        Lists {
            by_language: languages.all().iter().map(|locale| view(locale)).collect(),
            names: languages.all().iter().map(|locale| named(locale)).collect(),
        }
    }

    /// Names of the categories by raw id.
    pub fn category_names(&self, tag: &str) -> HashMap<i64, String> {
        self.names.get(tag).cloned().unwrap_or_default()
    }

    /// The lists in the language `tag`.
    pub fn of(&self, tag: &str) -> Value {
        self.by_language.get(tag).cloned().unwrap_or_default()
    }
}

/// Where a visitor is taken to be when nothing at all is known.
pub fn first_destination() -> Country {
    let all = || destinations().chain(Country::all());
    let germany = all().find(|country| country.code() == "DE");
    germany.or_else(|| all().next()).unwrap_or_else(|| unreachable!("the list of countries is not empty"))
}

/// Where things can be sent.
pub fn destinations() -> impl Iterator<Item = Country> {
    DESTINATIONS.split_whitespace().filter_map(|code| code.parse().ok())
}

/// What can be chosen to see and pay prices in.
pub fn currencies() -> impl Iterator<Item = Currency> {
    CURRENCIES.iter().filter_map(|code| code.parse().ok())
}

fn view(languages: &Languages, locale: &Locale, categories: &[Category], shop: Option<&parties::Shop>) -> Value {
    let place = |country: Country| Choice { code: country.code().into(), name: locale.country(country) };
    let mut places: Vec<Choice> =
        destinations().filter(|country| shop.is_none_or(|shop| shop.sells_to(*country))).map(place).collect();
    places.sort_by_key(|place| locale.rank(&place.code));
    let currencies = currencies().map(|currency| {
        let symbol = locale.symbol(currency);
        let name = if symbol == currency.code() { String::new() } else { format!(" {symbol}") };
        Choice { code: currency.code().into(), name: format!("{currency}{name}") }
    });
    let spoken = |other: &Arc<Locale>| Choice { code: other.tag.into(), name: other.t("language-name").to_string() };
    let tops = categories.iter().filter(|category| category.parent.is_none()).take(SHELVES);
    let shelves = tops.map(|category| CategoryView {
        path: crate::form::encoded(&format!("/c/{}", category.slug)),
        name: category.name(locale.tag).to_owned(),
        icon: icon(&category.slug),
    });
    Value::from(Serde(View {
        destinations: places,
        currencies: currencies.collect(),
        languages: languages.all().iter().map(spoken).collect(),
        desk_languages: languages.whole().map(spoken).collect(),
        categories: shelves.collect(),
    }))
}

/// A picture for a category, by what its name in addresses speaks of.
fn icon(slug: &str) -> &'static str {
    const WORDS: [(&str, &str); 22] = [
        ("home", "lamp"),
        ("kitchen", "lamp"),
        ("phone", "battery"),
        ("power", "battery"),
        ("electronic", "battery"),
        ("audio", "headset"),
        ("music", "headset"),
        ("cloth", "dress"),
        ("fashion", "dress"),
        ("shirt", "dress"),
        ("child", "blocks"),
        ("kid", "blocks"),
        ("toy", "blocks"),
        ("outdoor", "bike"),
        ("sport", "bike"),
        ("beauty", "bottle"),
        ("care", "bottle"),
        ("tea", "leaf"),
        ("food", "leaf"),
        ("book", "document"),
        ("jewel", "star"),
        ("garden", "leaf"),
    ];
    WORDS.iter().find(|(word, _)| slug.contains(word)).map_or("tag", |(_, icon)| icon)
}
