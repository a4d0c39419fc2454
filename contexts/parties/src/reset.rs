//! A forgotten password: who holds the one-time link from the mail chooses another one.

use crate::event::PasswordChanged;
use crate::person::{Person, keep_password, normal_email};
use crate::secret::digest;
use base::{Error, Id, Language, Result, Tag};
use store::{Read, Tx, params};

/// For how long a link is good, from the moment it is made.
const VALID_SECONDS: i64 = 3600;

/// A wish for a new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// Its id.
    pub id: Id<Reset>,
    /// Where the link goes.
    pub email: String,
    /// What its reader reads.
    pub language: Language,
}

impl Tag for Reset {
    const PREFIX: &'static str = "rst";
}

/// Somebody says that the account with this e-mail is theirs; none when there is no such account, which nobody must be told.
/// No link is made yet: [`reset_token`] does, when it is about to be mailed. Errors: what cannot be an e-mail address.
pub fn ask_reset(tx: &mut Tx, email: &str) -> Result<Option<Reset>> {
    let email = normal_email(email)?;
    let Some(row) = tx.maybe(OWNER, params![email])? else { return Ok(None) };
    let (person, language): (Id<Person>, Language) = (row.get(0)?, row.get(1)?);
    let id = tx.id::<Reset>();
    let expires_at = tx.now().plus_seconds(VALID_SECONDS);
    tx.send(INSERT, params![id, person, expires_at])?;
    Ok(Some(Reset { id, email, language }))
}

/// Makes the token of a link: good once and for an hour; an earlier one of the same wish is void then. None when the wish was
/// fulfilled or swept up.
pub fn reset_token(tx: &mut Tx, id: Id<Reset>) -> Result<Option<String>> {
    let token = tx.key();
    let expires_at = tx.now().plus_seconds(VALID_SECONDS);
    Ok((tx.run(ISSUE, params![id, digest(&token), expires_at])? == 1).then_some(token))
}

/// Whose password this token would change now, for the page that asks for it; none when the link is over.
pub fn reset_of(db: &mut Read, token: &str) -> Result<Option<Person>> {
    let now = db.now();
    let person = db.maybe(FIND, params![digest(token), now])?.map(|row| row.get(0)).transpose()?;
    person.map(|id| crate::person(db, id)).transpose()
}

/// Gives the person behind the token another password (hashed before, by [`crate::hash_password`]): the token is the permission.
/// Ends every session of theirs and voids their other links. Emits `party.password_changed`. Errors: `reset_over` (gone).
pub fn reset_password(tx: &mut Tx, token: &str, password_hash: &str) -> Result<Id<Person>> {
    let now = tx.now();
    let used = tx.maybe(USE, params![digest(token), now])?;
    let over = || Error::gone("reset_over", "This link was used or is too old; ask for a new one.");
    let person: Id<Person> = used.ok_or_else(over)?.get(0)?;
    keep_password(tx, person, password_hash)?;
    crate::session::end_all(tx, person)?;
    tx.emit(person, &PasswordChanged { by: Some("mail".into()) })?;
    Ok(person)
}

pub(crate) fn forget(tx: &mut Tx, person: Id<Person>) -> Result<()> {
    tx.send(FORGET_OTHERS, params![person])
}

const OWNER: &str = "SELECT id, language FROM party_person WHERE email = $1";
const INSERT: &str = "INSERT INTO party_reset (id, person, token_hash, expires_at) VALUES ($1, $2, NULL, $3)";
const ISSUE: &str = "UPDATE party_reset SET token_hash = $2, expires_at = $3 WHERE id = $1";
const FIND: &str = "SELECT person FROM party_reset WHERE token_hash = $1 AND expires_at > $2";
const USE: &str = "DELETE FROM party_reset WHERE token_hash = $1 AND expires_at > $2 RETURNING person";
const FORGET_OTHERS: &str = "DELETE FROM party_reset WHERE person = $1";
