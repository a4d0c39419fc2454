//! Numbers under which an organisation is registered for tax, each checked as its country writes it.
//!
//! Source: the `stdnum` library, which follows the tax authorities' own rules (check digits of VAT numbers of the EU's members, UID,
//! ABN, GSTIN, unified social credit code and so on). Of countries that it does not know only the letters are looked at.

use base::{Country, Error, Result};

/// Numbers that an organisation can have.
pub const MOST: usize = 12;
/// Longest number that any country has, with its signs.
const LETTERS: usize = 40;

/// A number of a country's tax authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxNumber {
    /// Whose authority gave it.
    pub country: Country,
    /// As it is written without signs between.
    pub number: String,
}

/// Numbers that the lists of the library leave out, by country.
const FURTHER: [(&str, &str); 2] = [("IN", "in/gstin"), ("CA", "ca/gst")];

impl TaxNumber {
    /// The number as it is kept. Errors: `tax_number_format` in `field`, when its country writes none like it.
    pub(crate) fn checked(&self, field: &str) -> Result<TaxNumber> {
        let country = self.country;
        let plain: String = self.number.chars().filter(|letter| !letter.is_whitespace()).collect();
        let plain = plain.to_uppercase();
        let letters = plain.chars().all(|letter| letter.is_alphanumeric() || "-./&".contains(letter));
        let digits = plain.chars().filter(char::is_ascii_digit).count();
        if plain.is_empty() || plain.chars().count() > LETTERS || !letters || digits < 3 {
            return Err(wrong(field, country));
        }
        let schemes = schemes(country);
        let found = schemes.iter().find_map(|scheme| scheme.validate(&plain).ok());
        match found {
            Some(valid) => Ok(TaxNumber { country, number: valid.compact }),
            None if schemes.is_empty() => Ok(TaxNumber { country, number: plain }),
            None => Err(wrong(field, country)),
        }
    }
}

/// Everything that a country gives to companies, and to people who trade.
fn schemes(country: Country) -> Vec<&'static dyn stdnum::Validator> {
    let code = country.code();
    let lists = [stdnum::eu_vat(), stdnum::entity_validators(), stdnum::person_validators()];
    let listed = lists.into_iter().filter_map(|list| list.get(code)).flatten().copied();
    let further = FURTHER.into_iter().filter(|(of, _)| *of == code).map(|(_, name)| name);
    listed.chain(further).filter_map(stdnum::find).collect()
}

fn wrong(field: &str, country: Country) -> Error {
    Error::field(
        field,
        "tax_number_format",
        format!("{country} gives no tax number like this; look for a slip of the pen."),
    )
}
