//! Authenticator apps: time-based codes (RFC 6238, SHA-1, six digits, thirty seconds, as every app reads them). The secret is kept
//! encrypted (`store::Vault`), since codes are computed from it: whoever has the database alone cannot.

use crate::event::{TotpAdded, TotpRemoved};
use crate::factor::{self, Proof};
use crate::person::{Person, acting};
use base::{Error, Id, Moment, Result};
use sha2::{Digest, Sha256};
use store::{Read, Tx, params};
use totp_rs::{Builder, Secret, Totp};

/// Steps of thirty seconds that a clock may be ahead or behind.
const DRIFT: u16 = 1;
/// Bytes of a secret (RFC 4226, 4: 160 bits).
const SECRET_BYTES: usize = 20;

/// What an app is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// To be typed: letters and digits.
    pub secret: String,
    /// To be read as a QR code.
    pub url: String,
}

fn totp(secret: &str, issuer: &str, account: &str) -> Result<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(Error::internal)?;
    // A colon parts issuer and account in the address that the app reads.
    let plain = |text: &str| text.replace(':', " ");
    let built = Builder::new()
        .with_secret(secret)
        .with_skew(DRIFT)
        .with_account_name(plain(account))
        .with_issuer(Some(plain(issuer)))
        .build();
    built.map_err(Error::internal)
}

/// Where a person's secret stands.
fn place(person: Id<Person>) -> String {
    format!("party_totp.secret:{person}")
}

/// Makes a secret for the acting person; an earlier one that was not confirmed is void. It counts only once a code of it was
/// typed: [`confirm_totp`]. Errors: nobody signed in; `totp_exists` (conflict).
pub fn begin_totp(tx: &mut Tx) -> Result<()> {
    let who = acting(tx)?;
    let random = Sha256::digest(tx.key().as_bytes());
    let secret = Secret::new(random.iter().copied().take(SECRET_BYTES).collect()).to_base32();
    let kept = tx.encrypt(&place(who), &secret)?;
    if tx.run(BEGIN, params![who, kept])? == 0 {
        return Err(Error::conflict("totp_exists", "You have an authenticator app already; remove it first."));
    }
    Ok(())
}

/// What the app is to be given, while it waits for its first code.
pub fn enrolment(db: &mut Read, person: Id<Person>, issuer: &str, account: &str) -> Result<Option<Enrolment>> {
    let Some(row) = db.maybe(PENDING, params![person])? else { return Ok(None) };
    let secret = db.decrypt(&place(person), &row.get::<String>(0)?)?;
    let url = totp(&secret, issuer, account)?.to_url().map_err(Error::internal)?;
    Ok(Some(Enrolment { secret, url }))
}

/// The acting person's app shows the right code: it is asked for at sign-in from now on, and other sessions end. `token` is this
/// session's. Gives recovery codes with the first factor, to be shown once. Emits `party.totp_added`.
/// Errors: nobody signed in; `totp_none` (conflict); `code_wrong` in `code`.
pub fn confirm_totp(tx: &mut Tx, token: &str, code: &str) -> Result<Vec<String>> {
    let (who, now) = (acting(tx)?, tx.now());
    let pending = tx.maybe(PENDING, params![who])?;
    let none = || Error::conflict("totp_none", "Begin again: there is no authenticator app that waits for its code.");
    let kept: String = pending.ok_or_else(none)?.get(0)?;
    let secret = tx.decrypt(&place(who), &kept)?;
    let step = step_of(&secret, code, now)?.ok_or_else(wrong_code)?;
    if tx.run(CONFIRM, params![who, kept, step, now])? == 0 {
        return Err(none());
    }
    tx.emit(who, &TotpAdded {})?;
    factor::gained(tx, who, token, Proof::Totp)
}

pub(crate) fn wrong_code() -> Error {
    Error::field(
        "code",
        "code_wrong",
        "This code is not right, was used, or is too old; type the one that is shown now.",
    )
}

/// The half minute whose code this is, within the drift.
fn step_of(secret: &str, code: &str, now: Moment) -> Result<Option<i64>> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now.micros() / 1_000_000).map_err(Error::internal)?;
    let step = totp(secret, "", "account")?.check(&code, seconds);
    step.map(|step| i64::try_from(step).map_err(Error::internal)).transpose()
}

/// Whether this is a code of the person's app that was not taken before. The statement takes it: of two at once one succeeds.
pub(crate) fn take(tx: &mut Tx, person: Id<Person>, code: &str) -> Result<bool> {
    let now = tx.now();
    let Some(row) = tx.maybe(SECRET, params![person])? else { return Ok(false) };
    let secret = tx.decrypt(&place(person), &row.get::<String>(0)?)?;
    let Some(step) = step_of(&secret, code, now)? else { return Ok(false) };
    Ok(tx.run(TAKE, params![person, step])? == 1)
}

/// Whether sign-in asks for a code.
pub(crate) fn has_totp(db: &mut Read, person: Id<Person>) -> Result<bool> {
    Ok(db.maybe(SECRET, params![person])?.is_some())
}

/// Takes the acting person's app away. Emits `party.totp_removed`. Errors: nobody signed in; `totp_none` (conflict).
pub fn remove_totp(tx: &mut Tx) -> Result<()> {
    let who = acting(tx)?;
    if tx.run(FORGET, params![who])? == 0 {
        return Err(Error::conflict("totp_none", "There is no authenticator app."));
    }
    tx.emit(who, &TotpRemoved {})?;
    factor::lost(tx, who)
}

pub(crate) fn forget(tx: &mut Tx, person: Id<Person>) -> Result<()> {
    tx.send(FORGET, params![person])
}

const BEGIN: &str = "INSERT INTO party_totp (person, secret, last_step, confirmed_at) VALUES ($1, $2, 0, NULL)
    ON CONFLICT (person) DO UPDATE SET secret = excluded.secret WHERE party_totp.confirmed_at IS NULL";
const PENDING: &str = "SELECT secret FROM party_totp WHERE person = $1 AND confirmed_at IS NULL";
const CONFIRM: &str = "UPDATE party_totp SET confirmed_at = $4, last_step = $3
    WHERE person = $1 AND secret = $2 AND confirmed_at IS NULL";
const SECRET: &str = "SELECT secret FROM party_totp WHERE person = $1 AND confirmed_at IS NOT NULL";
const TAKE: &str =
    "UPDATE party_totp SET last_step = $2 WHERE person = $1 AND confirmed_at IS NOT NULL AND last_step < $2";
const FORGET: &str = "DELETE FROM party_totp WHERE person = $1";
