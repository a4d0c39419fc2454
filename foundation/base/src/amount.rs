//! Amounts of money as people write them: a number with the sign or code of its currency before or behind it.

use crate::number::{Mark, Numeral, Unclear};
use crate::{Currency, Money, Rate};

/// An amount as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub number: Numeral,
    /// The currencies that what stands beside it may mean; none when nothing stands there.
    pub said: Option<Vec<Currency>>,
}

/// Why an amount was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMoney {
    /// It is no amount.
    NoNumber,
    /// It may be either of these; the smaller first.
    TwoWays(Rate, Rate),
    /// It names another currency than is meant.
    OtherCurrency,
    /// More decimals than the currency has, or more than can be counted.
    Decimals,
}

/// Signs and words beside amounts, lower case without points and spaces, and what they may mean (source: CLDR 47, narrow and wide
/// symbols, and what shops write). A sign of many countries fits each of them.
const SIGNS: [(&str, &str); 62] = [
    ("€", "EUR"),
    (
        "$",
        "USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU BRL BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD DOP NIO",
    ),
    ("us$", "USD"),
    ("ca$", "CAD"),
    ("c$", "CAD NIO"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("nt$", "TWD"),
    ("mx$", "MXN"),
    ("r$", "BRL"),
    ("£", "GBP EGP FKP GIP SHP LBP SYP SDG SSP"),
    ("¥", "CNY JPY"),
    ("cn¥", "CNY"),
    ("jp¥", "JPY"),
    ("rmb", "CNY"),
    ("元", "CNY TWD HKD"),
    ("人民币", "CNY"),
    ("円", "JPY"),
    ("₩", "KRW KPW"),
    ("원", "KRW"),
    ("₹", "INR"),
    ("rs", "INR PKR LKR NPR MUR SCR"),
    ("₨", "INR PKR LKR NPR MUR SCR"),
    ("₫", "VND"),
    ("đ", "VND"),
    ("₪", "ILS"),
    ("₱", "PHP"),
    ("฿", "THB"),
    ("₺", "TRY"),
    ("tl", "TRY"),
    ("zł", "PLN"),
    ("zl", "PLN"),
    ("kč", "CZK"),
    ("kc", "CZK"),
    ("ft", "HUF"),
    ("lei", "RON MDL"),
    ("лв", "BGN"),
    ("₽", "RUB"),
    ("руб", "RUB BYN"),
    ("₴", "UAH"),
    ("грн", "UAH"),
    ("₸", "KZT"),
    ("₾", "GEL"),
    ("kr", "SEK NOK DKK ISK"),
    ("fr", "CHF XOF XAF XPF"),
    ("sfr", "CHF"),
    ("rp", "IDR"),
    ("rm", "MYR"),
    ("r", "ZAR BRL"),
    ("₦", "NGN"),
    ("ksh", "KES"),
    ("د.إ", "AED"),
    ("ر.س", "SAR"),
    ("﷼", "SAR QAR OMR YER IRR"),
    ("د.ك", "KWD"),
    ("ج.م", "EGP"),
    ("د.ب", "BHD"),
    ("د.ا", "JOD"),
    ("₡", "CRC"),
];

impl Amount {
    /// Reads an amount: `1500`, `€1,500.00`, `1.500,00 EUR`, `CHF 1’500.–`. None where it is none.
    pub fn read(text: &str) -> Option<Amount> {
        let text = crate::number::plain(text);
        let text = text.trim();
        let first = text.find(|letter: char| letter.is_ascii_digit())?;
        let last = text.rfind(|letter: char| letter.is_ascii_digit())? + 1;
        let (mut before, mut from) = (&text[..first], first);
        // A mark that begins the number, not one that ends a word: `.99`, `$.99`, but `Rs.99`.
        if let Some(word) = before.strip_suffix(['.', ','])
            && !word.ends_with(char::is_alphabetic)
        {
            (before, from) = (word, first - 1);
        }
        let rest = &text[last..];
        let dash = rest.len() - rest.trim_start_matches(['.', ',', '-', '\u{2012}', '\u{2013}', '\u{2014}']).len();
        let (minus, before) = sign(before)?;
        let (_, behind) = sign(&rest[dash..])?;
        let number = Numeral::read(&format!("{minus}{}{}", &text[from..last], &rest[..dash]))?;
        let said = match (before, behind) {
            (Some(one), Some(other)) => Some(one.into_iter().filter(|code| other.contains(code)).collect()),
            (one, other) => one.or(other),
        };
        Some(Amount { number, said })
    }

    /// Whether it may be an amount in `currency`: nothing beside it says otherwise.
    pub fn may_be(&self, currency: Currency) -> bool {
        self.said.as_ref().is_none_or(|said| said.contains(&currency))
    }

    /// The amount as a form means it, in a language that writes `mark` before the decimals.
    pub fn in_form(text: &str, mark: Mark, currency: Currency) -> Result<Money, NoMoney> {
        let amount = Amount::read(text).ok_or(NoMoney::NoNumber)?;
        if !amount.may_be(currency) {
            return Err(NoMoney::OtherCurrency);
        }
        let rate = amount.number.in_form(mark, Some(currency.exponent())).map_err(|unclear| match unclear {
            Unclear::NoNumber => NoMoney::NoNumber,
            Unclear::TwoWays(less, more) => NoMoney::TwoWays(less, more),
        })?;
        money(rate, currency).ok_or(NoMoney::Decimals)
    }
}

/// `rate` in major units, if the currency can express it.
pub fn money(rate: Rate, currency: Currency) -> Option<Money> {
    let minor = rate.shifted(i64::from(currency.exponent())).ok()?.whole()?;
    Some(Money::new(minor, currency))
}

/// What stands beside a number: its minus, and what it may mean. None where it is neither sign nor code.
fn sign(text: &str) -> Option<(&'static str, Option<Vec<Currency>>)> {
    let bare = text.trim().trim_start_matches(['-', '\u{2212}', '+']).trim_end_matches(['-', '\u{2212}', '+']).trim();
    let minus = if text.contains(['-', '\u{2212}']) { "-" } else { "" };
    if bare.is_empty() {
        return Some((minus, None));
    }
    meant(bare).map(|currencies| (minus, Some(currencies)))
}

fn meant(word: &str) -> Option<Vec<Currency>> {
    if let Ok(currency) = word.parse::<Currency>() {
        return Some(vec![currency]);
    }
    let lower = word.trim().to_lowercase().replace('￥', "¥").replace('＄', "$");
    let known = |word: &str| SIGNS.iter().find(|(sign, _)| *sign == word);
    let (_, codes) = known(&lower).or_else(|| known(lower.trim_end_matches('.')))?;
    Some(codes.split_whitespace().filter_map(|code| code.parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_codes_stand_on_either_side() {
        for (text, code, minor) in [
            ("€1,500.00", "EUR", 150_000),
            ("1.500,00 €", "EUR", 150_000),
            ("1 500,00 EUR", "EUR", 150_000),
            ("EUR 12,-", "EUR", 1200),
            ("CHF 1’500.–", "CHF", 150_000),
            ("￥1,500", "JPY", 1500),
            ("1500円", "JPY", 1500),
            ("¥ 12.50", "CNY", 1250),
            ("Rs.1,00,000.50", "INR", 10_000_050),
            ("12 kr.", "SEK", 1200),
            ("$.99", "USD", 99),
            ("-€5.00", "EUR", -500),
            ("د.إ ١٢٫٥٠", "AED", 1250),
            ("KWD 1.500", "KWD", 1500),
        ] {
            let read = Amount::in_form(text, Mark::Point, code.parse().unwrap());
            assert_eq!(read, Ok(Money::new(minor, code.parse().unwrap())), "{text}");
        }
    }

    #[test]
    fn another_currency_is_never_taken_for_this_one() {
        let euro = |text: &str| Amount::in_form(text, Mark::Point, Currency::EUR);
        assert_eq!(euro("$12"), Err(NoMoney::OtherCurrency));
        assert_eq!(euro("12 USD"), Err(NoMoney::OtherCurrency));
        assert_eq!(euro("€12 USD"), Err(NoMoney::OtherCurrency));
        assert_eq!(euro("12 apples"), Err(NoMoney::NoNumber));
        assert_eq!(euro("1.005"), Err(NoMoney::TwoWays("1.005".parse().unwrap(), "1005".parse().unwrap())));
        assert_eq!(euro("0.005"), Err(NoMoney::Decimals));
        assert_eq!(euro("€"), Err(NoMoney::NoNumber));
        assert_eq!(euro("99999999999999999999"), Err(NoMoney::Decimals));
    }
}
