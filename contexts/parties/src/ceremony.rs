//! What was begun and waits for its second half: a sign-in for its code, a passkey for its answer. Kept in the database, so that
//! any node can go on with it.

use crate::factor::{Proof, factors};
use crate::person::Person;
use crate::secret::digest;
use crate::{recovery, totp};
use base::{Error, Id, Result};
use store::{Read, Tx, params};

/// For how long the second half may take: the time-out that passkeys are given too.
pub(crate) const SECONDS: i64 = 300;

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    SecondStep,
    PasskeyNew,
    PasskeySignIn,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::SecondStep => "second_step",
            Kind::PasskeyNew => "passkey_new",
            Kind::PasskeySignIn => "passkey_sign_in",
        }
    }
}

/// Keeps the first half under a secret that comes back with the second. `person` is 0 while nobody knows who it will be.
pub(crate) fn begin(tx: &mut Tx, kind: Kind, secret: &str, person: i64, state: &str) -> Result<()> {
    let expires_at = tx.now().plus_seconds(SECONDS);
    tx.run(INSERT, params![digest(secret), kind.name(), person, state, expires_at]).map(drop)
}

/// The first half, once: whose it is and its state. Errors: `ceremony_over` (gone).
pub(crate) fn take(tx: &mut Tx, kind: Kind, secret: &str) -> Result<(i64, String)> {
    let now = tx.now();
    let row = tx.maybe(TAKE, params![digest(secret), kind.name(), now])?.ok_or_else(over)?;
    Ok((row.get(0)?, row.get(1)?))
}

fn over() -> Error {
    Error::gone("ceremony_over", "This took too long or was used already; begin again.")
}

/// The password was right and the person has a second factor: gives the token with which the second step goes on, for five
/// minutes; none when the password is all there is.
pub fn second_step(tx: &mut Tx, person: Id<Person>) -> Result<Option<String>> {
    if !factors(tx, person)?.any() {
        return Ok(None);
    }
    let token = tx.key();
    begin(tx, Kind::SecondStep, &token, person.raw(), "")?;
    Ok(Some(token))
}

/// Who is in the second step.
pub fn in_second_step(db: &mut Read, token: &str) -> Result<Option<Id<Person>>> {
    let now = db.now();
    let row = db.maybe(FIND, params![digest(token), Kind::SecondStep.name(), now])?;
    row.map(|row| Ok(Id::from_raw(row.get(0)?))).transpose()
}

/// Ends the second step with a code of the app or a recovery code. Errors: `ceremony_over` (gone); `code_wrong` in `code`, after
/// which another may be tried ([`crate::guard::try_code`] counts them).
pub fn finish_second_step(tx: &mut Tx, token: &str, code: &str) -> Result<(Id<Person>, Proof)> {
    let person = in_second_step(tx, token)?.ok_or_else(over)?;
    let proof = check_code(tx, person, code)?.ok_or_else(totp::wrong_code)?;
    take(tx, Kind::SecondStep, token)?;
    Ok((person, proof))
}

/// What a typed code proves, if anything; it is used up then.
pub(crate) fn check_code(tx: &mut Tx, person: Id<Person>, code: &str) -> Result<Option<Proof>> {
    // Recovery codes first: they open the account also where the app's secret cannot be read any more.
    if recovery::take(tx, person, code)? {
        return Ok(Some(Proof::Recovery));
    }
    Ok(totp::take(tx, person, code)?.then_some(Proof::Totp))
}

/// The second factor of somebody who is signed in, asked again before a change: whoever has an app types a code, or a recovery code.
/// Errors: `code_wrong` in `code`.
pub fn confirm_factor(tx: &mut Tx, person: Id<Person>, code: &str) -> Result<()> {
    if !totp::has_totp(tx, person)? {
        return Ok(());
    }
    check_code(tx, person, code)?.map(drop).ok_or_else(totp::wrong_code)
}

const INSERT: &str =
    "INSERT INTO party_ceremony (token_hash, kind, person, state, expires_at) VALUES ($1, $2, $3, $4, $5)";
const FIND: &str = "SELECT person FROM party_ceremony WHERE token_hash = $1 AND kind = $2 AND expires_at > $3";
const TAKE: &str =
    "DELETE FROM party_ceremony WHERE token_hash = $1 AND kind = $2 AND expires_at > $3 RETURNING person, state";
