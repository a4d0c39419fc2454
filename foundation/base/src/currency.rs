//! Currencies: ISO 4217 code and number of decimals. Independent of any market or country.

use crate::{Error, Result};
use std::fmt;
use std::str::FromStr;

/// An ISO 4217 currency. Two currencies are the same if their codes are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Code and exponent of every currency in use (source: ISO 4217 list one). Those with exponent 2 stand in one string.
const TWO: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR \
JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK \
NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT \
TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";
const ZERO: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";

impl Currency {
    /// Euro.
    pub const EUR: Currency = Currency(*b"EUR");
    /// US dollar.
    pub const USD: Currency = Currency(*b"USD");
    /// Pound sterling.
    pub const GBP: Currency = Currency(*b"GBP");
    /// Renminbi.
    pub const CNY: Currency = Currency(*b"CNY");
    /// Yen.
    pub const JPY: Currency = Currency(*b"JPY");

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Decimals of the minor unit: 0 for JPY, 2 for EUR, 3 for KWD.
    pub fn exponent(&self) -> u32 {
        let code = self.code();
        if ZERO.contains(code) {
            0
        } else if THREE.contains(code) {
            3
        } else {
            2
        }
    }

    /// Minor units in one major unit: 1, 100 or 1000.
    pub fn scale(&self) -> i64 {
        10_i64.pow(self.exponent())
    }

    /// Every currency, by code.
    pub fn all() -> impl Iterator<Item = Currency> {
        let mut codes: Vec<&str> = [TWO, ZERO, THREE].iter().flat_map(|list| list.split_whitespace()).collect();
        codes.sort_unstable();
        codes.into_iter().filter_map(|code| code.parse().ok())
    }
}

impl FromStr for Currency {
    type Err = Error;
    fn from_str(text: &str) -> Result<Currency> {
        let is_in = |list: &str, code: [u8; 3]| list.as_bytes().chunks(4).any(|known| known.starts_with(&code));
        match <[u8; 3]>::try_from(text.trim().as_bytes()).map(|code| code.map(|letter| letter.to_ascii_uppercase())) {
            Ok(code) if [TWO, ZERO, THREE].iter().any(|list| is_in(list, code)) => Ok(Currency(code)),
            _ => Err(Error::field(
                "currency",
                "unknown_currency",
                format!("“{text}” is no currency code; write three letters such as EUR."),
            )),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_follow_iso_4217() {
        for (code, exponent) in [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLP", 0), ("TND", 3), ("VND", 0)] {
            assert_eq!(code.parse::<Currency>().unwrap().exponent(), exponent, "{code}");
        }
        assert!("EU".parse::<Currency>().is_err());
        assert!("XYZ".parse::<Currency>().is_err());
        assert!("ED A".parse::<Currency>().is_err());
        assert!(Currency::all().count() > 150);
    }
}
