//! Who an organisation is in law, under which tax numbers, and where goods come back to.

use crate::event::ProfileChanged;
use crate::tax_number::{MOST, TaxNumber};
use base::{Address, Error, Id, Moment, Permission, Result};
use parties::{Organisation, address_format};
use store::{Read, Tx, params};

/// What an organisation says of itself; empty where it has not said it yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// As it stands in the register.
    pub legal_name: String,
    /// Register and number, such as `HRB 12345, Amtsgericht Berlin`; may be empty.
    pub register: String,
    /// Its seat.
    pub address: Option<Address>,
    /// Where goods come back to; none for its first warehouse.
    pub return_address: Option<Address>,
    /// In the order in which they were given.
    pub tax_numbers: Vec<TaxNumber>,
    /// When it changed last.
    pub changed_at: Option<Moment>,
}

/// What to write down; the return address stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutProfile {
    /// As shown to buyers; unique.
    pub name: String,
    /// As it stands in the register.
    pub legal_name: String,
    /// Register and number; may be empty.
    pub register: String,
    /// Its seat.
    pub address: Address,
    /// All of them: one that is missing is forgotten.
    pub tax_numbers: Vec<TaxNumber>,
}

/// Its owners speak for an organisation, and the operator's admins.
fn may(tx: &Tx, of: Id<Organisation>) -> Result<()> {
    tx.actor().may_for(of.raw(), Permission::SellerMoney, Permission::SettingsWrite)
}

/// Writes down who an organisation is. Emits `onboarding.profile_changed` when something differs, and what [`parties::rename`] does.
/// Errors: denied; no such organisation; fields: `name`, `legal_name`, those of the address, `tax_numbers[0].number` …
pub fn put_profile(tx: &mut Tx, of: Id<Organisation>, put: &PutProfile) -> Result<()> {
    may(tx, of)?;
    let legal_name = words("legal_name", &put.legal_name, 200)?;
    let register = text("register", &put.register, 200)?;
    let address = address_format::validate_sender(&Address { name: legal_name.to_owned(), ..put.address.clone() })?;
    let numbers = checked(&put.tax_numbers)?;
    parties::rename(tx, of, &put.name)?;
    let known = profile(tx, of)?;
    let next = Profile {
        legal_name: legal_name.to_owned(),
        register: register.to_owned(),
        address: Some(address),
        tax_numbers: numbers,
        ..known.clone()
    };
    if next == known {
        return Ok(());
    }
    write(tx, of, &next)?;
    if next.tax_numbers != known.tax_numbers {
        tx.send(FORGET_NUMBERS, params![of])?;
        for (position, TaxNumber { country, number }) in next.tax_numbers.iter().enumerate() {
            tx.send(INSERT_NUMBER, params![of, *country, number, position as i64])?;
        }
    }
    told(tx, of, &known, &next)
}

/// Says where goods come back to; none for the first warehouse. Emits `onboarding.profile_changed` when it differs. Errors: denied;
/// no such organisation; an address that is none (fields).
pub fn put_return_address(tx: &mut Tx, of: Id<Organisation>, address: Option<&Address>) -> Result<()> {
    may(tx, of)?;
    parties::organisation(tx, of)?;
    let return_address = address.map(address_format::validate_sender).transpose()?;
    let known = profile(tx, of)?;
    if known.return_address == return_address {
        return Ok(());
    }
    let next = Profile { return_address, ..known.clone() };
    write(tx, of, &next)?;
    told(tx, of, &known, &next)
}

fn write(tx: &mut Tx, of: Id<Organisation>, next: &Profile) -> Result<()> {
    let (seat, back) = (kept(next.address.as_ref())?, kept(next.return_address.as_ref())?);
    let now = tx.now();
    tx.send(PUT, params![of, &next.legal_name, &next.register, seat, back, now])
}

fn kept(address: Option<&Address>) -> Result<String> {
    address.map_or(Ok(String::new()), |address| serde_json::to_string(address).map_err(Error::internal))
}

fn told(tx: &mut Tx, of: Id<Organisation>, known: &Profile, next: &Profile) -> Result<()> {
    let changes = [
        ("legal_name", known.legal_name != next.legal_name),
        ("register", known.register != next.register),
        ("address", known.address != next.address),
        ("return_address", known.return_address != next.return_address),
        ("tax_numbers", known.tax_numbers != next.tax_numbers),
    ];
    let changed: Vec<&str> = changes.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
    tx.emit(of, &ProfileChanged { changed: changed.join(" ") })
}

fn checked(numbers: &[TaxNumber]) -> Result<Vec<TaxNumber>> {
    if numbers.len() > MOST {
        return Err(Error::field("tax_numbers", "too_many", format!("Give {MOST} tax numbers at most.")));
    }
    let mut checked: Vec<TaxNumber> = Vec::new();
    let mut wrong: Option<Error> = None;
    for (position, number) in numbers.iter().enumerate() {
        match number.checked(&format!("tax_numbers[{position}].number")) {
            Ok(number) if checked.contains(&number) => {}
            Ok(number) => checked.push(number),
            Err(error) => {
                let fields = error.fields.clone();
                wrong = Some(wrong.map_or(error, |all| Error { fields: [all.fields.clone(), fields].concat(), ..all }));
            }
        }
    }
    wrong.map_or(Ok(checked), Err)
}

pub(crate) fn words<'a>(field: &str, value: &'a str, most: usize) -> Result<&'a str> {
    let value = text(field, value, most)?;
    if value.is_empty() { Err(Error::field(field, "required", "This field is needed.")) } else { Ok(value) }
}

pub(crate) fn text<'a>(field: &str, value: &'a str, most: usize) -> Result<&'a str> {
    let value = value.trim();
    if value.chars().count() > most {
        return Err(Error::field(field, "too_long", format!("Write {most} characters at most.")));
    }
    if value.chars().any(|letter| letter.is_control() && letter != '\n' && letter != '\r') {
        return Err(Error::field(field, "format", "Write letters, digits and signs only."));
    }
    Ok(value)
}

/// What an organisation says of itself. Errors: denied, but to its own people and the operator's.
pub fn profile(db: &mut Read, of: Id<Organisation>) -> Result<Profile> {
    db.actor().may_for(of.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
    let numbers = db.query(NUMBERS, params![of])?;
    let number = |row: &store::Row| Ok(TaxNumber { country: row.get(0)?, number: row.get(1)? });
    let tax_numbers = numbers.iter().map(number).collect::<Result<_>>()?;
    let Some(row) = db.maybe(FIND, params![of])? else { return Ok(Profile { tax_numbers, ..Profile::default() }) };
    Ok(Profile {
        legal_name: row.get(0)?,
        register: row.get(1)?,
        address: read(row.get(2)?)?,
        return_address: read(row.get(3)?)?,
        tax_numbers,
        changed_at: Some(row.get(4)?),
    })
}

fn read(kept: String) -> Result<Option<Address>> {
    if kept.is_empty() { Ok(None) } else { serde_json::from_str(&kept).map(Some).map_err(Error::internal) }
}

/// Where an organisation's goods come back to: the address it says, else its first warehouse's. None when it has neither.
pub fn return_address(db: &mut Read, of: Id<Organisation>) -> Result<Option<Address>> {
    let own = db.maybe(FIND, params![of])?.map(|row| row.get::<String>(3)).transpose()?;
    if let Some(own) = read(own.unwrap_or_default())? {
        return Ok(Some(own));
    }
    Ok(stock::warehouses(db, Some(of.raw()), "", 1)?.into_iter().next().map(|first| first.address))
}

const PUT: &str =
    "INSERT INTO onboarding_profile (organisation, legal_name, register, address, return_address, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation) DO UPDATE
    SET legal_name = $2, register = $3, address = $4, return_address = $5, changed_at = $6";
const FIND: &str = "SELECT legal_name, register, address, return_address, changed_at FROM onboarding_profile
    WHERE organisation = $1";
const FORGET_NUMBERS: &str = "DELETE FROM onboarding_tax_number WHERE organisation = $1";
const INSERT_NUMBER: &str =
    "INSERT INTO onboarding_tax_number (organisation, country, number, position) VALUES ($1, $2, $3, $4)";
const NUMBERS: &str = "SELECT country, number FROM onboarding_tax_number WHERE organisation = $1 ORDER BY position";
