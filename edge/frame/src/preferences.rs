//! Where it goes, in which money, in which language, light or dark: chosen once, kept in a cookie.

use crate::language::{Languages, Locale};
use base::{Country, Currency};
use std::sync::Arc;

/// A visitor's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Where parcels go.
    pub destination: Country,
    /// State or province as ISO 3166-2 without the country, where duty or tax depends on it; often empty.
    pub region: String,
    /// Money shown and paid.
    pub currency: Currency,
    /// Tag of a language that there is.
    pub language: &'static str,
    /// Tag of the language at the desks, where another one was chosen there.
    pub desk: Option<&'static str>,
    /// Colours.
    pub theme: Theme,
}

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The word in forms, cookies and `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of this name; the system's for any other word.
    pub fn named(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Auto,
        }
    }
}

/// What is taken for granted of a visitor of whom nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Where they are.
    pub country: Country,
    /// What they pay in, where their market's own currency is not on offer.
    pub currency: Currency,
    /// What they read.
    pub language: &'static str,
    /// Countries that are sold to; empty for every country.
    pub markets: Vec<Country>,
}

impl Home {
    fn serves(&self, country: Country) -> bool {
        self.markets.is_empty() || self.markets.contains(&country)
    }
}

impl Preferences {
    /// The same where the destination is sold to, else with the home country as destination.
    pub fn served(self, home: &Home) -> Preferences {
        if home.serves(self.destination) {
            return self;
        }
        Preferences { destination: home.country, region: String::new(), ..self }
    }

    /// As kept in the cookie: `DE..EUR.en.auto`, `DE..EUR.de.auto.zh-CN` with a language at the desks.
    pub fn encode(&self) -> String {
        let (to, region, currency) = (self.destination, &self.region, self.currency);
        let desk = self.desk.map(|tag| format!(".{tag}")).unwrap_or_default();
        format!("{to}.{region}.{currency}.{}.{}{desk}", self.language, self.theme.name())
    }

    /// Reads the cookie; nothing if it is not whole.
    pub fn decode(text: &str, languages: &Languages) -> Option<Preferences> {
        let mut parts = text.split('.');
        let destination = parts.next()?.parse().ok()?;
        let region = parts.next()?;
        let region = if is_region(region) { region.to_owned() } else { String::new() };
        let currency = parts.next()?.parse().ok()?;
        let language = languages.find(parts.next()?)?.tag;
        let theme = Theme::named(parts.next()?);
        let desk = parts.next().and_then(|tag| languages.find(tag)).map(|locale| locale.tag);
        Some(Preferences { destination, region, currency, language, desk, theme })
    }

    /// A first guess from `Accept-Language`: the first language that there is, the first region that is a country,
    /// else the country where that language is most spoken, else the home country. Only countries that are sold to are guessed.
    pub fn guess(accept: &str, languages: &Languages, home: &Home) -> Preferences {
        let mut wanted: Vec<(&str, u32)> = accept.split(',').filter_map(weighted).collect();
        wanted.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let tags = || wanted.iter().map(|(tag, _)| *tag);
        let language = tags().find_map(|tag| languages.find(tag)).map_or(home.language, |locale| locale.tag);
        let region = tags().find_map(|tag| tag.split(['-', '_']).skip(1).find_map(|part| part.parse::<Country>().ok()));
        let spoken = || tags().next().and_then(spoken_in);
        let served = |country: &Country| home.serves(*country);
        let destination = region.or_else(spoken).filter(served).unwrap_or(home.country);
        let usual = door::market(destination).currency;
        let offered = crate::lists::currencies().any(|known| known == usual);
        let currency = if offered { usual } else { home.currency };
        Preferences { destination, region: String::new(), currency, language, desk: None, theme: Theme::Auto }
    }

    /// In which of the languages of the desks, those that are whole there, this visitor reads them: the one chosen there, else the
    /// shop's, else English.
    pub fn at_desk<'a>(&self, languages: &'a Languages) -> &'a Arc<Locale> {
        let whole = |tag| languages.whole().find(|locale| locale.tag == tag);
        self.desk.and_then(whole).or_else(|| whole(self.language)).unwrap_or(languages.english())
    }
}

/// Up to three letters or digits.
pub fn is_region(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `de-DE;q=0.8` as the tag and thousandths of weight.
fn weighted(item: &str) -> Option<(&str, u32)> {
    let mut parts = item.trim().split(';');
    let tag = parts.next().filter(|tag| !tag.is_empty() && *tag != "*")?;
    let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
    let thousandths = weight.map_or(1000, |text| {
        let digits: String = text.chars().filter(char::is_ascii_digit).chain("000".chars()).take(4).collect();
        digits.parse().unwrap_or(0)
    });
    Some((tag, thousandths))
}

/// The country of a language that was asked for without one.
fn spoken_in(tag: &str) -> Option<Country> {
    let code = match tag.split('-').next()? {
        "zh" => "CN",
        "ar" => "SA",
        "ja" => "JP",
        "ko" => "KR",
        "da" => "DK",
        "sv" => "SE",
        "nb" | "nn" | "no" => "NO",
        "cs" => "CZ",
        "el" => "GR",
        "he" => "IL",
        "vi" => "VN",
        "uk" => return None,
        "en" => return None,
        same => same,
    };
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_once_and_keeps() {
        let languages = Languages::load(&[crate::BRINGS], None).unwrap();
        let home =
            Home { country: "PL".parse().unwrap(), currency: Currency::EUR, language: "en", markets: Vec::new() };
        for (accept, destination, language, currency) in [
            ("nl-NL,nl;q=0.9,en;q=0.8", "NL", "en", "EUR"),
            ("zh-CN,zh;q=0.9", "CN", "zh-CN", "CNY"),
            ("ar-AE", "AE", "ar", "AED"),
            ("ar", "SA", "ar", "SAR"),
            ("en-GB;q=0.7, ko-KR;q=0.9", "KR", "en", "KRW"),
            ("zh-Hant-HK", "HK", "zh-CN", "HKD"),
            ("zh-TW,en;q=0.5", "TW", "zh-CN", "EUR"),
            ("en", "PL", "en", "PLN"),
            ("", "PL", "en", "PLN"),
        ] {
            let guess = Preferences::guess(accept, &languages, &home);
            let shown = (guess.destination.code(), guess.language, guess.currency.code());
            assert_eq!(shown, (destination, language, currency), "{accept}");
            assert_eq!(Preferences::decode(&guess.encode(), &languages), Some(guess));
        }
        let [poland, italy]: [Country; 2] = ["PL", "IT"].map(|code| code.parse().unwrap());
        let small = Home { markets: vec![poland, italy], language: "zh-CN", ..home.clone() };
        for (accept, destination, language, currency) in
            [("nl-NL", "PL", "zh-CN", "PLN"), ("it-IT,en;q=0.5", "IT", "en", "EUR"), ("vi-VN", "PL", "zh-CN", "PLN")]
        {
            let guess = Preferences::guess(accept, &languages, &small);
            assert_eq!(
                (guess.destination.code(), guess.language, guess.currency.code()),
                (destination, language, currency)
            );
        }
        let vietnam = Preferences::guess("vi-VN", &languages, &home);
        assert_eq!((vietnam.destination.code(), vietnam.currency), ("VN", Currency::EUR), "dong are not on offer");
        assert_eq!(vietnam.clone().served(&small).destination, poland);
        assert_eq!(vietnam.clone().served(&home), vietnam);
        for broken in ["", "DE", "XX..EUR.en.auto", "DE..EUR.xx.auto", "DE.<b>.EUR.en"] {
            assert_eq!(Preferences::decode(broken, &languages), None, "{broken}");
        }
    }
}
