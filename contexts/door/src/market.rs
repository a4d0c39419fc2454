//! Markets: what people in a country usually pay in and read, and where a visitor probably is.

use base::{Country, Currency, Error, Language, Result};
use std::sync::LazyLock;

/// A country's usual currency and languages (sources: ISO 4217, Unicode CLDR territory information).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Market {
    /// The country.
    pub country: Country,
    /// Its currency.
    pub currency: Currency,
    /// What people there read, the most usual first; at least one.
    pub languages: Vec<Language>,
}

/// What a browser's languages suggest about a visitor who has not chosen yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Where the goods should go.
    pub country: Country,
    /// What to pay in.
    pub currency: Currency,
    /// What to read: the first language of the browser.
    pub language: Language,
}

/// Where a language without a country points to, when it is not the first language of exactly one country.
const HOMES: [(&str, &str); 16] = [
    ("ar", "SA"),
    ("da", "DK"),
    ("de", "DE"),
    ("el", "GR"),
    ("en", "US"),
    ("es", "ES"),
    ("fr", "FR"),
    ("it", "IT"),
    ("ko", "KR"),
    ("ms", "MY"),
    ("nl", "NL"),
    ("no", "NO"),
    ("pt", "PT"),
    ("ro", "RO"),
    ("sv", "SE"),
    ("zh", "CN"),
];

/// The market of a country.
pub fn market(country: Country) -> &'static Market {
    // The table has a row for every country (tested), and is sorted by code.
    let at = MARKETS.partition_point(|market| market.country < country);
    &MARKETS[at.min(MARKETS.len() - 1)]
}

/// Every market, by country code.
pub fn markets() -> &'static [Market] {
    &MARKETS
}

/// Guesses from an `Accept-Language` header: the country of the best language that names one which is `served`, then the home of
/// the best language, then `fallback`.
pub fn guess(accept_language: &str, fallback: Country, served: impl Fn(Country) -> bool) -> Guess {
    let wanted = languages(accept_language);
    let named = wanted.iter().filter_map(|language| language.tag().split_once('-')?.1.parse().ok());
    let homes = wanted.iter().filter_map(home);
    let country = named.chain(homes).find(|country| served(*country)).unwrap_or(fallback);
    let market = market(country);
    let language = wanted.into_iter().next().unwrap_or_else(|| market.languages[0].clone());
    Guess { country, currency: market.currency, language }
}

/// The languages of the header, best first; malformed parts and those with weight 0 are left out.
fn languages(header: &str) -> Vec<Language> {
    let weighted = |part: &str| {
        let (tag, weight) = part.split_once(";").unwrap_or((part, "q=1"));
        let weight: base::Rate = weight.trim().strip_prefix("q=").unwrap_or("0").parse().ok()?;
        let language: Language = tag.parse().ok()?;
        (weight > base::Rate::ZERO).then_some((weight, language))
    };
    // A header may be as long as its sender likes; nobody reads more languages than these.
    let mut all: Vec<(base::Rate, Language)> = header.split(',').take(20).filter_map(weighted).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.0));
    all.into_iter().map(|(_, language)| language).collect()
}

fn home(language: &Language) -> Option<Country> {
    let primary = language.primary();
    if let Some((_, code)) = HOMES.iter().find(|(known, _)| *known == primary) {
        return code.parse().ok();
    }
    MARKETS.iter().find(|market| market.languages[0].primary() == primary).map(|market| market.country)
}

static MARKETS: LazyLock<Vec<Market>> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    read(include_str!("../tables/markets.csv")).expect("the table of markets")
});

fn read(text: &str) -> Result<Vec<Market>> {
    let mut markets = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row.map_err(Error::internal)?;
        let languages: Vec<Language> = row[2].split_whitespace().map(str::parse).collect::<Result<_>>()?;
        markets.push(Market { country: row[0].parse()?, currency: row[1].parse()?, languages });
    }
    markets.sort_by_key(|market| market.country);
    Ok(markets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn country(code: &str) -> Country {
        code.parse().unwrap()
    }

    #[test]
    fn every_country_is_a_market() {
        assert_eq!(markets().len(), Country::all().count());
        for one in Country::all() {
            assert_eq!(market(one).country, one);
            assert!(!market(one).languages.is_empty());
        }
        assert_eq!(market(country("JP")).currency, Currency::JPY);
        assert_eq!(market(country("BG")).currency, Currency::EUR, "since 2026");
    }

    #[test]
    fn guesses_where_a_visitor_is() {
        let at = |header: &str| {
            let guess = guess(header, country("NL"), |country| country.code() != "RU");
            format!("{} {} {}", guess.country, guess.currency, guess.language)
        };
        assert_eq!(at("de-DE,de;q=0.9,en;q=0.8"), "DE EUR de-DE");
        assert_eq!(at("en-US,en;q=0.5"), "US USD en-US");
        assert_eq!(at("zh-CN"), "CN CNY zh-CN");
        assert_eq!(at("ar"), "SA SAR ar");
        assert_eq!(at("en;q=0.5, pt-BR"), "BR BRL pt-BR");
        assert_eq!(at("fr;q=0.4, ja;q=0.9"), "JP JPY ja");
        assert_eq!(at("da"), "DK DKK da");
        assert_eq!(at("en, de-AT;q=0.3"), "AT EUR en", "a named country counts more than the home of a language");
        assert_eq!(at("ru-RU"), "NL EUR ru-RU", "not served");
        assert_eq!(at(""), "NL EUR nl");
        assert_eq!(at("*;q=0.1,,;;=,x"), "NL EUR nl");
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(header in ".{0,200}") {
            guess(&header, country("DE"), |_| true);
        }
    }
}
