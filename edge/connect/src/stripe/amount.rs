//! Stripe's amounts: its currencies, their decimals where they differ from ISO 4217, and the least it charges.
//! Source: Stripe's pages “Supported currencies” (presentment, zero-decimal, special cases) and “Minimum and maximum charge
//! amounts”.

use base::{Currency, Money};

/// Currencies that buyers can be charged in.
const PRESENTMENT: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD \
     CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR \
     ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD \
     NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS TND \
     TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";

/// Counted in whole units. MGA has two decimals elsewhere.
const WHOLE: &str = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF";

/// Least charges in Stripe's own units, where they are published; elsewhere Stripe converts and decides by itself.
const LEAST: &str = "USD 50 AED 200 AUD 50 BGN 100 BRL 50 CAD 50 CHF 50 CZK 1500 DKK 250 EUR 50 GBP 30 HKD 400 HUF 17500 INR 50 \
     JPY 50 MXN 1000 MYR 200 NOK 300 NZD 50 PLN 200 RON 200 SEK 300 SGD 50 THB 1000";

/// Charges have up to eight digits. Currencies that count in large numbers may have more; for those Stripe decides by itself.
const EIGHT_DIGITS: &str = "AUD CAD CHF DKK EUR GBP NOK NZD PLN SEK SGD USD";

/// Whether buyers can be charged in it.
pub(super) fn is_presentment(currency: Currency) -> bool {
    PRESENTMENT.split_whitespace().any(|code| code == currency.code())
}

/// Decimals as Stripe counts: ISK and UGX are sent with two, though only whole ones can be charged.
fn exponent(currency: Currency) -> u32 {
    match currency.code() {
        code if WHOLE.contains(code) => 0,
        "ISK" | "UGX" => 2,
        _ => currency.exponent(),
    }
}

/// The amount in Stripe's units. None for one it cannot charge: a fraction of a whole unit, or a currency of three decimals
/// whose last digit is not zero.
pub(super) fn charged(money: Money) -> Option<i64> {
    let (ours, theirs) = (money.currency.exponent(), exponent(money.currency));
    let amount = match ours <= theirs {
        true => money.minor.checked_mul(10_i64.pow(theirs - ours))?,
        false => {
            let scale = 10_i64.pow(ours - theirs);
            (money.minor % scale == 0).then_some(money.minor / scale)?
        }
    };
    (theirs < 3 || amount % 10 == 0).then_some(amount)
}

/// What an amount in Stripe's units is. None for one that the currency here cannot express.
pub(super) fn received(amount: i64, currency: Currency) -> Option<Money> {
    let (ours, theirs) = (currency.exponent(), exponent(currency));
    let minor = match ours <= theirs {
        true => {
            let scale = 10_i64.pow(theirs - ours);
            (amount % scale == 0).then_some(amount / scale)?
        }
        false => amount.checked_mul(10_i64.pow(ours - theirs))?,
    };
    Some(Money::new(minor, currency))
}

/// The least that is charged, in Stripe's units.
pub(super) fn least(currency: Currency) -> i64 {
    let mut words = LEAST.split_whitespace();
    words.find(|word| *word == currency.code()).and_then(|_| words.next()).and_then(|n| n.parse().ok()).unwrap_or(1)
}

/// The most that is charged, in Stripe's units, where it is known.
pub(super) fn most(currency: Currency) -> i64 {
    if EIGHT_DIGITS.split_whitespace().any(|code| code == currency.code()) { 99_999_999 } else { i64::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    #[test]
    fn amounts_are_counted_as_stripe_counts() {
        for (minor, code, expected) in [
            (1099, "EUR", Some(1099)),
            (500, "JPY", Some(500)),
            (500, "KRW", Some(500)),
            (5, "ISK", Some(500)),
            (5, "UGX", Some(500)),
            (500, "MGA", Some(5)),
            (501, "MGA", None),
            (5120, "KWD", Some(5120)),
            (5124, "KWD", None),
            (i64::MAX, "ISK", None),
        ] {
            assert_eq!(charged(money(minor, code)), expected, "{minor} {code}");
            if let Some(amount) = expected {
                assert_eq!(received(amount, code.parse().unwrap()), Some(money(minor, code)), "{amount} {code} back");
            }
        }
    }

    #[test]
    fn what_came_is_told_apart_from_what_cannot_have_come() {
        assert_eq!(received(505, "ISK".parse().unwrap()), None, "a fraction of a króna");
        assert_eq!(received(i64::MAX, "MGA".parse().unwrap()), None);
    }

    #[test]
    fn what_stripe_cannot_take_is_known_beforehand() {
        assert_eq!((least(Currency::EUR), least(Currency::GBP), least(Currency::JPY)), (50, 30, 50));
        assert_eq!(least("HUF".parse().unwrap()), 17500);
        assert_eq!(least("KWD".parse().unwrap()), 1, "left to Stripe");
        assert_eq!((most(Currency::EUR), most("IDR".parse().unwrap())), (99_999_999, i64::MAX));
        for (code, taken) in [("EUR", true), ("KWD", true), ("IRR", false), ("KPW", false), ("CUP", false)] {
            assert_eq!(is_presentment(code.parse().unwrap()), taken, "{code}");
        }
        for code in [PRESENTMENT, WHOLE].iter().flat_map(|list| list.split_whitespace()) {
            assert!(code.parse::<Currency>().is_ok(), "{code}");
        }
    }
}
