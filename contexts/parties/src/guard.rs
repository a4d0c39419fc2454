//! How often passwords, codes and mailed links may be tried, by whom. Keyed on account and network together, so that nobody can
//! lock somebody else out; the account's own devices are counted apart; totals for an account and for a network stop what comes
//! from many places or goes for many accounts.

use crate::attempt::{Limit, give_back, take};
use crate::person::Person;
use crate::secret::digest;
use base::{Id, Result, Tag};
use store::{Read, Tx, params};

const QUARTER: i64 = 900;
const HOUR: i64 = 3600;

/// Wrong passwords for one account from one network: a person who tries every password they ever had is below; a guesser there
/// gets forty an hour.
pub const PAIR: Limit = Limit::new(10, QUARTER);
/// Wrong passwords from one network for any accounts: an office at nine in the morning is below, since right ones are given back.
pub const NETWORK: Limit = Limit::new(50, QUARTER);
/// Wrong passwords for one account from all unknown devices together: a total of 1,500 a day at most, against which a password
/// that is not among the commonest stands for centuries. It slows down and never locks: one a minute is taken whatever happens, and the owner
/// has their known device, their passkey and the mailed link besides.
pub const ACCOUNT: Limit = Limit::new(60, HOUR);
/// Wrong passwords for one account on a device that has signed in to it before: nobody else can use these up.
pub const DEVICE: Limit = Limit::new(10, QUARTER);
/// Wrong codes of the second step for one account from one network, after the right password: six digits, of which three are
/// right at a time, are not guessed in 480 tries a day.
pub const CODE_PAIR: Limit = Limit::new(5, QUARTER);
/// The same from all unknown devices together.
pub const CODE_ACCOUNT: Limit = Limit::new(20, HOUR);
/// Wishes for a new password for one account from one network.
pub const RESET_PAIR: Limit = Limit::new(5, HOUR);
/// Wishes for new passwords from one network for any accounts.
pub const RESET_NETWORK: Limit = Limit::new(20, QUARTER);
/// Letters with a link to one account, whoever asks. Above it nothing is mailed, and nothing is refused: links of the last hour
/// stay good, so that there always is one in the mailbox.
pub const RESET_MAILS: Limit = Limit::new(5, HOUR);
/// The current password, asked again for a change by somebody who is signed in.
pub const CONFIRM: Limit = Limit::new(10, QUARTER);

/// For how long a device stays known after its last sign-in.
const DEVICE_DAYS: i64 = 180;

/// Who tries to be whom.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The account's e-mail as typed.
    pub email: String,
    /// The client's network, as the web tells them apart: an IPv4 address, or the first 64 bits of an IPv6 one.
    pub network: String,
    /// The token of the device's cookie, if it has one.
    pub device: Option<String>,
}

impl Trial {
    fn email(&self) -> String {
        self.email.trim().to_lowercase()
    }
}

/// A device on which somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device;

impl Tag for Device {
    const PREFIX: &'static str = "dev";
}

/// The keys that a trial is counted under; the same whether there is such an account or not.
fn keys(tx: &mut Tx, trial: &Trial, what: &str, limits: [Limit; 3]) -> Result<Vec<(String, Limit)>> {
    let (email, [pair, network, account]) = (trial.email(), limits);
    if let Some(device) = trial.device.as_deref().filter(|_| !email.is_empty())
        && is_known(tx, device, &email)?
    {
        return Ok(vec![(format!("{what}_device:{}:{email}", digest(device)), DEVICE)]);
    }
    Ok(vec![
        (format!("{what}:{email}:{}", trial.network), pair),
        (format!("{what}_network:{}", trial.network), network),
        (format!("{what}_account:{email}"), account),
    ])
}

/// Counts a password before it is compared. Errors: `too_many_attempts`, with the seconds to wait.
pub fn try_password(tx: &mut Tx, trial: &Trial) -> Result<()> {
    let keys = keys(tx, trial, "password", [PAIR, NETWORK, ACCOUNT])?;
    keys.iter().try_for_each(|(key, limit)| take(tx, key, *limit))
}

/// The password was right: it was no guess, and is not counted.
pub fn was_right(tx: &mut Tx, trial: &Trial) -> Result<()> {
    let keys = keys(tx, trial, "password", [PAIR, NETWORK, ACCOUNT])?;
    keys.iter().try_for_each(|(key, limit)| give_back(tx, key, *limit))
}

/// Counts a code of the second step before it is compared. Errors: `too_many_attempts`, with the seconds to wait.
pub fn try_code(tx: &mut Tx, trial: &Trial) -> Result<()> {
    let keys = keys(tx, trial, "code", [CODE_PAIR, NETWORK, CODE_ACCOUNT])?;
    keys.iter().try_for_each(|(key, limit)| take(tx, key, *limit))
}

/// Counts the current password of somebody signed in. Errors: `too_many_attempts`, with the seconds to wait.
pub fn try_confirmation(tx: &mut Tx, person: Id<Person>) -> Result<()> {
    take(tx, &format!("confirm:{person}"), CONFIRM)
}

/// The current password was right, and is not counted.
pub fn confirmed(tx: &mut Tx, person: Id<Person>) -> Result<()> {
    give_back(tx, &format!("confirm:{person}"), CONFIRM)
}

/// Counts a wish for a new password, and says whether a letter may go now: see [`RESET_MAILS`].
/// Errors: `too_many_attempts`, with the seconds to wait.
pub fn try_reset(tx: &mut Tx, trial: &Trial) -> Result<bool> {
    let email = trial.email();
    let known = match &trial.device {
        Some(device) => is_known(tx, device, &email)?,
        None => false,
    };
    if known {
        let device = trial.device.as_deref().map(digest).unwrap_or_default();
        take(tx, &format!("reset_device:{device}:{email}"), RESET_PAIR)?;
        return Ok(true);
    }
    take(tx, &format!("reset:{email}:{}", trial.network), RESET_PAIR)?;
    take(tx, &format!("reset_network:{}", trial.network), RESET_NETWORK)?;
    match take(tx, &format!("reset_mails:{email}"), RESET_MAILS) {
        Ok(()) => Ok(true),
        Err(error) if error.kind == base::Kind::TooMany => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether this device has signed in to this account within [`DEVICE_DAYS`].
pub fn is_known(db: &mut Read, device: &str, email: &str) -> Result<bool> {
    let now = db.now();
    Ok(db.maybe(KNOWN, params![digest(device), email, now])?.is_some())
}

/// Notes that a person has proved on this device who they are. A device may know several accounts. Gives the token for its cookie: its own, or a
/// new one.
pub fn know_device(tx: &mut Tx, person: Id<Person>, device: Option<&str>) -> Result<String> {
    let token = device.filter(|token| token.len() == 32).map_or_else(|| tx.key(), str::to_owned);
    let (id, expires_at) = (tx.id::<Device>(), tx.now().plus_days(DEVICE_DAYS));
    tx.send(NOTE, params![id, digest(&token), person, expires_at])?;
    Ok(token)
}

/// Every device is strange again.
pub(crate) fn forget_devices(tx: &mut Tx, person: Id<Person>) -> Result<()> {
    tx.send(FORGET, params![person])
}

const KNOWN: &str = "SELECT d.id FROM party_device d JOIN party_person p ON p.id = d.person
    WHERE d.token_hash = $1 AND p.email = $2 AND d.expires_at > $3";
const NOTE: &str = "INSERT INTO party_device (id, token_hash, person, expires_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (token_hash, person) DO UPDATE SET expires_at = excluded.expires_at";
const FORGET: &str = "DELETE FROM party_device WHERE person = $1";
