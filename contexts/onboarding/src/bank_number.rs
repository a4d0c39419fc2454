//! The number of a bank account: an IBAN with right check digits, or an account number with the code of its bank.

use base::{Country, Error, Result};
use iban::{Iban, IbanLike, ParseBaseIbanError, ParseIbanError};
use std::str::FromStr;

/// Letters of the shortest IBAN there is, Norway's.
const SHORTEST_IBAN: usize = 15;

/// How an account is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankKind {
    /// By an IBAN, which names country and bank.
    Iban,
    /// By a number of the bank's own.
    Account,
}

impl BankKind {
    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            BankKind::Iban => "iban",
            BankKind::Account => "account",
        }
    }

    /// The kind with this stored name.
    pub fn named(name: &str) -> Option<BankKind> {
        [BankKind::Iban, BankKind::Account].into_iter().find(|kind| kind.name() == name)
    }
}

/// A number that can be one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BankNumber {
    pub(crate) kind: BankKind,
    /// Without signs between.
    pub(crate) number: String,
    /// Empty beside an IBAN.
    pub(crate) bank_code: String,
    pub(crate) country: Country,
}

impl BankNumber {
    /// Reads what was typed, of an account in `country`; an IBAN names its own. Errors: `iban_check`, `iban_format`, `account_format`
    /// (in `number`); `required`, `bank_code_format` (in `bank_code`).
    pub(crate) fn read(number: &str, bank_code: &str, country: Country) -> Result<BankNumber> {
        let bare = |text: &str| -> String {
            text.chars()
                .filter(|letter| !letter.is_whitespace() && !"-./".contains(*letter))
                .collect::<String>()
                .to_uppercase()
        };
        let (number, bank_code) = (bare(number), bare(bank_code));
        if looks_like_iban(&number, country) {
            return iban(number, country);
        }
        let plain = |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric());
        let digits = number.chars().filter(char::is_ascii_digit).count();
        if !plain(&number) || !(4..=34).contains(&number.len()) || digits < 4 {
            let say = "Write an IBAN, or an account number of 4 to 34 letters and digits.";
            return Err(Error::field("number", "account_format", say));
        }
        if bank_code.is_empty() {
            let say = "An account number needs the code of its bank: BIC, routing number, sort code.";
            return Err(Error::field("bank_code", "required", say));
        }
        if !plain(&bank_code) || !(3..=15).contains(&bank_code.len()) {
            let say = "Write the code of the bank: 3 to 15 letters and digits, such as a BIC.";
            return Err(Error::field("bank_code", "bank_code_format", say));
        }
        Ok(BankNumber { kind: BankKind::Account, number, bank_code, country })
    }

    /// Its last four characters.
    pub(crate) fn hint(&self) -> String {
        self.number[self.number.len() - 4..].to_owned()
    }
}

/// What an IBAN begins with, two letters and two digits, in a text of its length or with the letters of the country.
fn looks_like_iban(number: &str, country: Country) -> bool {
    let bytes = number.as_bytes();
    let begins =
        bytes.len() > 4 && bytes[..2].iter().all(u8::is_ascii_alphabetic) && bytes[2..4].iter().all(u8::is_ascii_digit);
    begins && (bytes.len() >= SHORTEST_IBAN || number.starts_with(country.code()))
}

fn iban(number: String, country: Country) -> Result<BankNumber> {
    let wrong = |code, say: &str| Err(Error::field("number", code, say));
    let iban = match Iban::from_str(&number) {
        Ok(iban) => iban,
        Err(ParseIbanError::InvalidBaseIban { source: ParseBaseIbanError::InvalidChecksum }) => {
            return wrong("iban_check", "The check digits of this IBAN do not fit: look for a slip of the pen.");
        }
        Err(_) => return wrong("iban_format", "This IBAN has not the form that its country gives it."),
    };
    let country = iban.country_code().parse().unwrap_or(country);
    Ok(BankNumber { kind: BankKind::Iban, number: iban.electronic_str().to_owned(), bank_code: String::new(), country })
}
