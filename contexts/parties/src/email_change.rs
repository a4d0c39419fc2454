//! Another e-mail for an account: asked for by its holder, confirmed by a link to the new address, told to the old one.

use crate::event;
use crate::person::{Person, acting, normal_email, person};
use crate::secret::digest;
use crate::{guard, session};
use base::{Error, Id, Result, Tag};
use store::{Read, Tx, params};

/// For how long the link is good, from the moment it is made.
const VALID_SECONDS: i64 = 24 * 3600;

/// A wish for another e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChange {
    /// Its id.
    pub id: Id<EmailChange>,
    /// Where the link goes.
    pub email: String,
}

impl Tag for EmailChange {
    const PREFIX: &'static str = "emc";
}

/// What a confirmed wish changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChanged {
    /// Whose.
    pub person: Id<Person>,
    /// The e-mail until now, which is told.
    pub was: String,
    /// The e-mail from now on.
    pub email: String,
}

/// The acting person wants this e-mail; an earlier wish is void. None when another account has it, which nobody must be told, or
/// when it is theirs already. Errors: nobody signed in; `email_format` in `email`.
pub fn ask_email(tx: &mut Tx, email: &str) -> Result<Option<EmailChange>> {
    let (who, email) = (acting(tx)?, normal_email(email)?);
    if crate::credentials(tx, &email)?.is_some() {
        return Ok(None);
    }
    let (id, expires_at) = (tx.id::<EmailChange>(), tx.now().plus_seconds(VALID_SECONDS));
    tx.send(FORGET, params![who])?;
    tx.run(INSERT, params![id, who, email, expires_at])?;
    Ok(Some(EmailChange { id, email }))
}

/// Makes the token of the link to the new address, when its mail is about to be sent. None when the wish is over.
pub fn email_token(tx: &mut Tx, id: Id<EmailChange>) -> Result<Option<String>> {
    let token = tx.key();
    let expires_at = tx.now().plus_seconds(VALID_SECONDS);
    Ok((tx.run(ISSUE, params![id, digest(&token), expires_at])? == 1).then_some(token))
}

/// Which e-mail this token would confirm; for the page that asks.
pub fn email_wished(db: &mut Read, token: &str) -> Result<Option<String>> {
    let now = db.now();
    db.maybe(FIND, params![digest(token), now])?.map(|row| row.get(0)).transpose()
}

/// Whoever holds the link reads the new mailbox: the account has that e-mail now. Every session and known device ends. Emits
/// `party.email_changed`. Errors: `email_link_over` (gone); `email_taken` (conflict) when another account took it meanwhile.
pub fn confirm_email(tx: &mut Tx, token: &str) -> Result<EmailChanged> {
    let now = tx.now();
    let over =
        || Error::gone("email_link_over", "This link was used or is too old; ask for a new one in your account.");
    let row = tx.maybe(USE, params![digest(token), now])?.ok_or_else(over)?;
    let (who, email): (Id<Person>, String) = (row.get(0)?, row.get(1)?);
    let was = person(tx, who)?.email;
    if tx.run(CHANGE, params![who, email])? == 0 {
        return Err(Error::conflict("email_taken", "Another account has this e-mail meanwhile; choose another one."));
    }
    session::end_all(tx, who)?;
    guard::forget_devices(tx, who)?;
    tx.emit(who, &event::EmailChanged {})?;
    Ok(EmailChanged { person: who, was, email })
}

pub(crate) fn forget(tx: &mut Tx, person: Id<Person>) -> Result<()> {
    tx.send(FORGET, params![person])
}

const FORGET: &str = "DELETE FROM party_email_change WHERE person = $1";
const INSERT: &str =
    "INSERT INTO party_email_change (id, person, email, token_hash, expires_at) VALUES ($1, $2, $3, NULL, $4)";
const ISSUE: &str = "UPDATE party_email_change SET token_hash = $2, expires_at = $3 WHERE id = $1";
const FIND: &str = "SELECT email FROM party_email_change WHERE token_hash = $1 AND expires_at > $2";
const USE: &str = "DELETE FROM party_email_change WHERE token_hash = $1 AND expires_at > $2 RETURNING person, email";
const CHANGE: &str = "UPDATE party_person SET email = $2
    WHERE id = $1 AND NOT EXISTS (SELECT id FROM party_person WHERE email = $2)";
