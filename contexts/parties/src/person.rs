//! People: registering, the facts they keep about themselves, and what sign-in compares.

use crate::event::{PasswordChanged, Registered};
use base::{Actor, Country, Error, Id, Language, Moment, Result, Tag};
use store::{Read, Row, Tx, params};

/// Someone with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: Id<Person>,
    /// Lower case; unique.
    pub email: String,
    /// As they wrote it.
    pub name: String,
    /// What they read.
    pub language: Language,
    /// Where they usually receive.
    pub country: Country,
    /// Since when.
    pub created_at: Moment,
}

impl Tag for Person {
    const PREFIX: &'static str = "usr";
}

/// A new account of somebody whose address is proved or vouched for. The password was hashed before, outside the transaction,
/// by [`crate::hash_password`].
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// From [`crate::hash_password`].
    pub password_hash: String,
    /// As they wrote it.
    pub name: String,
    /// What they read.
    pub language: Language,
    /// Where they usually receive.
    pub country: Country,
}

/// An account that the house opens by itself.
#[derive(Clone, Debug)]
pub struct Register {
    /// Any case.
    pub email: String,
    /// From [`crate::hash_password`].
    pub password_hash: String,
    /// As they wrote it.
    pub name: String,
    /// What they read.
    pub language: Language,
    /// Where they usually receive.
    pub country: Country,
}

/// What a person may change about themselves.
#[derive(Clone, Debug)]
pub struct UpdatePerson {
    /// As they wrote it.
    pub name: String,
    /// What they read.
    pub language: Language,
    /// Where they usually receive.
    pub country: Country,
}

/// Opens an account for an address that the house itself vouches for: the people of a demonstration. Everybody else proves theirs,
/// by [`crate::confirm_registration`]. Emits `party.registered` without personal data.
/// Errors: denied; a malformed or taken e-mail, an empty or too long name.
pub fn register(tx: &mut Tx, new: &Register) -> Result<Id<Person>> {
    if tx.actor() != Actor::System {
        return Err(Error::denied("denied", "An account is opened by who owns its address."));
    }
    let Register { email, password_hash, name, language, country } = new.clone();
    insert_person(tx, &email, &NewPerson { password_hash, name, language, country })
}

pub(crate) fn insert_person(tx: &mut Tx, email: &str, new: &NewPerson) -> Result<Id<Person>> {
    let email = normal_email(email)?;
    let name = valid_name(&new.name)?;
    if !new.password_hash.starts_with("$argon2id$") {
        return Err(Error::internal("a new account wants a hash from hash_password"));
    }
    let (id, now) = (tx.id::<Person>(), tx.now());
    let inserted = tx.run(INSERT, params![id, email, new.password_hash, name, new.language, new.country, now])?;
    if inserted == 0 {
        return Err(Error::field("email", "email_taken", "There is an account with this e-mail; sign in instead."));
    }
    tx.emit(id, &Registered { country: new.country, language: new.language.tag().into() })?;
    Ok(id)
}

/// Changes the acting person's own facts. Errors: nobody signed in, a wrong name.
pub fn update_person(tx: &mut Tx, change: &UpdatePerson) -> Result<()> {
    let person = acting(tx)?;
    let name = valid_name(&change.name)?;
    tx.send(UPDATE, params![name, change.language, change.country, person])?;
    Ok(())
}

/// Gives the acting person another password and ends every session of theirs but the one of `token`; devices are strange again.
/// Emits `party.password_changed`. Errors: nobody signed in.
pub fn set_password(tx: &mut Tx, token: &str, password_hash: &str) -> Result<()> {
    let person = acting(tx)?;
    keep_password(tx, person, password_hash)?;
    crate::session::end_others(tx, person, token)?;
    tx.emit(person, &PasswordChanged { by: None })
}

/// Another password; links to choose one are void, and devices that knew the old one are strange.
pub(crate) fn keep_password(tx: &mut Tx, person: Id<Person>, password_hash: &str) -> Result<()> {
    if !password_hash.starts_with("$argon2id$") {
        return Err(Error::internal("a password is kept as a hash from hash_password"));
    }
    tx.send(SET_PASSWORD, params![password_hash, person])?;
    crate::reset::forget(tx, person)?;
    crate::guard::forget_devices(tx, person)
}

/// One person. Errors: not found.
pub fn person(db: &mut Read, id: Id<Person>) -> Result<Person> {
    let row = db.maybe(ONE, params![id])?;
    read(&row.ok_or_else(|| Error::not_found("unknown_person", "There is no such person."))?)
}

/// The acting person's own hash, to compare with what they type again before a change. Errors: nobody signed in.
pub fn own_password(db: &mut Read) -> Result<String> {
    let person: Id<Person> = db.actor().person().map(Id::from_raw).ok_or_else(Error::unauthenticated)?;
    db.one(OWN_PASSWORD, params![person])?.get(0)
}

/// Who has this e-mail and the hash to compare with, outside the transaction and by [`crate::check_password`].
pub fn credentials(db: &mut Read, email: &str) -> Result<Option<(Id<Person>, String)>> {
    let row = db.maybe(CREDENTIALS, params![email.trim().to_lowercase()])?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// The acting person. Errors: nobody signed in.
pub(crate) fn acting(db: &Read) -> Result<Id<Person>> {
    db.actor().person().map(Id::from_raw).ok_or_else(Error::unauthenticated)
}

/// Trimmed and in lower case. Only what no mail system accepts is refused: the proof of an address is a mail that arrives.
pub fn normal_email(text: &str) -> Result<String> {
    let email = text.trim().to_lowercase();
    let whole = email.len() <= 254 && !email.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    match email.rsplit_once('@') {
        Some((local, domain))
            if whole
                && !local.is_empty()
                && domain.split('.').count() >= 2
                && domain.split('.').all(|label| !label.is_empty())
                && !domain.contains(['@', ',', ';', '<', '>']) =>
        {
            Ok(email)
        }
        _ => Err(Error::field("email", "email_format", "Write an e-mail address such as mei@example.com.")),
    }
}

/// Whether an account has this address, in the form of [`normal_email`].
pub(crate) fn is_known(db: &mut Read, email: &str) -> Result<bool> {
    Ok(db.maybe(KNOWN, params![email])?.is_some())
}

fn valid_name(text: &str) -> Result<&str> {
    let name = text.trim();
    if name.is_empty() {
        return Err(Error::field("name", "required", "Write your name."));
    }
    if name.chars().count() > 100 {
        return Err(Error::field("name", "too_long", "Write 100 characters or less."));
    }
    Ok(name)
}

fn read(row: &Row) -> Result<Person> {
    Ok(Person {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        language: row.get(3)?,
        country: row.get(4)?,
        created_at: row.get(5)?,
    })
}

const INSERT: &str = "INSERT INTO party_person (id, email, password_hash, name, language, country, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO NOTHING";
const UPDATE: &str = "UPDATE party_person SET name = $1, language = $2, country = $3 WHERE id = $4";
const SET_PASSWORD: &str = "UPDATE party_person SET password_hash = $1 WHERE id = $2";
const ONE: &str = "SELECT id, email, name, language, country, created_at FROM party_person WHERE id = $1";
const KNOWN: &str = "SELECT id FROM party_person WHERE email = $1";
const OWN_PASSWORD: &str = "SELECT password_hash FROM party_person WHERE id = $1";
const CREDENTIALS: &str = "SELECT id, password_hash FROM party_person WHERE email = $1";
