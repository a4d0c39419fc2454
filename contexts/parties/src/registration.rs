//! Opening an account: an address is written down, a link goes to it, and whoever follows the link says the rest. Until then there
//! is no account, and the answer is the same whether the address has one already.

use crate::event::LinkHandedOver;
use crate::person::{NewPerson, Person, insert_person, is_known, normal_email};
use crate::secret::digest;
use base::{Actor, Error, Id, Permission, Result, Tag};
use store::{Read, Tx, params};

/// For how long a link is good, from the moment it is made.
const VALID_SECONDS: i64 = 24 * 3600;

/// A wish for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Its id.
    pub id: Id<Registration>,
    /// Where the link goes, in lower case.
    pub email: String,
}

impl Tag for Registration {
    const PREFIX: &'static str = "reg";
}

/// Somebody says that this address is theirs and wants an account; anybody may. Nothing is looked up, so nothing can be told.
/// No link is made yet: [`registration_link`] does, when it is about to be mailed. Errors: what cannot be an e-mail address.
pub fn ask_registration(tx: &mut Tx, email: &str) -> Result<Registration> {
    let email = normal_email(email)?;
    let id = tx.id::<Registration>();
    let expires_at = tx.now().plus_seconds(VALID_SECONDS);
    tx.send(INSERT, params![id, email, expires_at])?;
    Ok(Registration { id, email })
}

/// What the mail to an address that wants an account leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationLink {
    /// The token with which it is opened: good once, for a day.
    Open(String),
    /// The address has an account already; its owner is told so, and nobody else.
    Known,
    /// The wish was fulfilled or swept up.
    Over,
}

/// Makes the token of a link for the mail; an earlier one of the same wish is void then. Errors: denied (only the house itself).
pub fn registration_link(tx: &mut Tx, id: Id<Registration>) -> Result<RegistrationLink> {
    if tx.actor() != Actor::System {
        return Err(Error::denied("denied", "Links to accounts are made by the house."));
    }
    issue(tx, id)
}

/// The same, for an admin who hands the link over where no mail is sent: the operator vouches for the address. Emits
/// `party.link_handed_over`. Errors: denied; `registration_over` (gone) when there is nothing to open.
pub fn hand_over_registration(tx: &mut Tx, id: Id<Registration>) -> Result<String> {
    tx.actor().may(Permission::SettingsWrite)?;
    let RegistrationLink::Open(token) = issue(tx, id)? else { return Err(over()) };
    tx.emit(id.raw(), &LinkHandedOver {})?;
    Ok(token)
}

fn issue(tx: &mut Tx, id: Id<Registration>) -> Result<RegistrationLink> {
    let Some(row) = tx.maybe(EMAIL, params![id])? else { return Ok(RegistrationLink::Over) };
    if is_known(tx, &row.get::<String>(0)?)? {
        return Ok(RegistrationLink::Known);
    }
    let token = tx.key();
    let expires_at = tx.now().plus_seconds(VALID_SECONDS);
    tx.send(ISSUE, params![id, digest(&token), expires_at])?;
    Ok(RegistrationLink::Open(token))
}

/// The address that this token proves, unless it was used, is too old or unknown; for the page that asks for the rest.
pub fn registration_email(db: &mut Read, token: &str) -> Result<Option<String>> {
    let now = db.now();
    let Some(row) = db.maybe(FIND, params![digest(token), now])? else { return Ok(None) };
    let email: String = row.get(0)?;
    Ok(if is_known(db, &email)? { None } else { Some(email) })
}

/// Opens the account; the token is the permission and the proof of the address. Other links to it are void then.
/// Emits `party.registered`. Errors: `registration_over` (gone); an empty or too long name.
pub fn confirm_registration(tx: &mut Tx, token: &str, new: &NewPerson) -> Result<Id<Person>> {
    let email = registration_email(tx, token)?.ok_or_else(over)?;
    let person = insert_person(tx, &email, new)?;
    tx.send(FORGET, params![email])?;
    Ok(person)
}

/// Whether the address of a wish has an account by now: what its mail says depends on it, and the operator may read mail.
/// Errors: denied.
pub fn registration_known(db: &mut Read, email: &str) -> Result<bool> {
    db.actor().may(Permission::ConsoleRead)?;
    is_known(db, &normal_email(email)?)
}

fn over() -> Error {
    Error::gone("registration_over", "This link was used or is too old; ask for a new one.")
}

const INSERT: &str = "INSERT INTO party_registration (id, email, token_hash, expires_at) VALUES ($1, $2, NULL, $3)";
const EMAIL: &str = "SELECT email FROM party_registration WHERE id = $1";
const ISSUE: &str = "UPDATE party_registration SET token_hash = $2, expires_at = $3 WHERE id = $1";
const FIND: &str = "SELECT email FROM party_registration WHERE token_hash = $1 AND expires_at > $2";
const FORGET: &str = "DELETE FROM party_registration WHERE email = $1";
