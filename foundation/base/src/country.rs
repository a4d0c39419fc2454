//! Countries by ISO 3166-1 alpha-2 code, and the customs unions that matter to a parcel.

use crate::{Error, Result};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A country or territory. Two are the same if their codes are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// Every assigned code (source: ISO 3166-1).
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW \
BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB \
GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM \
KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC \
NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL \
SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE \
YT ZA ZM ZW";

/// Member states of the European Union (27 since 2020-02-01).
const EU: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// A line a country: its two codes and its names in thirty languages, without blanks (source: ISO 3166-1; i18n-iso-countries 7.14,
/// MIT, with the names that shops write besides). A name that two countries have stands at neither.
const NAMES: &str = include_str!("../tables/country_names.txt");

static BY_NAME: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let country = line.split(' ').next().and_then(|code| code.parse::<Country>().ok());
        line.split(' ').skip(1).filter_map(move |name| Some((folded(name), country?)))
    };
    NAMES.lines().flat_map(line).collect()
});

/// Lower-case letters alone: blanks and punctuation in a name say nothing.
fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Country {
    /// The country that a text means: by its code of two or three letters, or by its name in one of thirty languages.
    pub fn named(text: &str) -> Option<Country> {
        text.parse().ok().or_else(|| BY_NAME.get(&folded(text)).copied())
    }

    /// The two-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XX")
    }

    /// A member state of the European Union's customs union.
    pub fn is_eu(&self) -> bool {
        EU.contains(self.code())
    }

    /// The 27 member states.
    pub fn eu() -> impl Iterator<Item = Country> {
        EU.split_whitespace().filter_map(|code| code.parse().ok())
    }

    /// Every assigned country, by code.
    pub fn all() -> impl Iterator<Item = Country> {
        CODES.split_whitespace().filter_map(|code| code.parse().ok())
    }

    /// Whether goods in free circulation go from here to `other` without a customs border between.
    pub fn same_customs_territory(&self, other: Country) -> bool {
        *self == other || (self.is_eu() && other.is_eu())
    }
}

impl FromStr for Country {
    type Err = Error;
    fn from_str(text: &str) -> Result<Country> {
        let is_known = |code: [u8; 2]| CODES.as_bytes().chunks(3).any(|known| known.starts_with(&code));
        match <[u8; 2]>::try_from(text.trim().as_bytes()).map(|code| code.map(|letter| letter.to_ascii_uppercase())) {
            Ok(code) if is_known(code) => Ok(Country(code)),
            _ => Err(Error::field(
                "country",
                "unknown_country",
                format!("“{text}” is no country code; write two letters such as DE."),
            )),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_codes_and_unions() {
        let country = |code: &str| code.parse::<Country>().unwrap();
        assert_eq!(Country::eu().count(), 27);
        assert_eq!(Country::all().count(), 249);
        assert!(country("pl").same_customs_territory(country("DE")));
        assert!(!country("GB").same_customs_territory(country("DE")));
        assert!("XX".parse::<Country>().is_err());
        assert!("D ".parse::<Country>().is_err());
    }

    #[test]
    fn knows_names_in_many_languages() {
        for (text, code) in [
            ("cn", "CN"),
            ("CHN", "CN"),
            ("China", "CN"),
            ("中国", "CN"),
            ("Deutschland", "DE"),
            ("Viet Nam", "VN"),
            ("Vietnam", "VN"),
            ("ÉTATS-UNIS", "US"),
            ("South Korea", "KR"),
            ("الصين", "CN"),
            ("Türkiye", "TR"),
            ("República Democrática do Congo", "CD"),
        ] {
            assert_eq!(Country::named(text), Some(code.parse().unwrap()), "{text}");
        }
        for text in ["", "XX", "Atlantis", "Kongo", "China and Taiwan"] {
            assert_eq!(Country::named(text), None, "{text}");
        }
        assert_eq!(NAMES.lines().count(), Country::all().count());
    }
}
