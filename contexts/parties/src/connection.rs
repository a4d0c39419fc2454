//! Whom the shop works with outside (who takes its money, carries its parcels, sends its mail), as its admins set it up. The words
//! of a connection are read by the edge, which alone speaks to anybody; here they are kept, the secret ones encrypted.

use crate::event::ConnectionChanged;
use base::{Actor, Error, Moment, Permission, Result};
use std::collections::BTreeMap;
use store::{Read, Row, Tx, params};

/// Names of fields and what they say.
pub type Words = BTreeMap<String, String>;

/// So many letters of a secret are shown again, of one that is long enough.
const SHOWN: usize = 4;
/// A secret of fewer letters is not shown in part.
const LONG: usize = 16;

/// A connection, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// As the house knows it: `stripe`, `karrio`, `smtp`.
    pub name: String,
    /// What it is for: `payments`, `carrier`, `mail`.
    pub kind: String,
    /// Whether it serves what is new; one that does not ends what it began.
    pub active: bool,
    /// What is no secret.
    pub settings: Words,
    /// The secrets that are kept, each with its last letters, or empty for a short one.
    pub hints: Words,
    /// When it was set last.
    pub changed_at: Moment,
    /// The last test of it as it is now.
    pub tried: Option<Tried>,
}

/// What came of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// When.
    pub at: Moment,
    /// The code of what was wrong; empty when all was well.
    pub fault: String,
    /// The same in words; never with a secret.
    pub says: String,
}

/// A connection as it is to be from now on.
#[derive(Clone, Debug)]
pub struct PutConnection {
    /// As the house knows it.
    pub name: String,
    /// What it is for.
    pub kind: String,
    /// What is no secret.
    pub settings: Words,
    /// All of its secrets.
    pub secrets: Words,
    /// When it was set last, as whoever changes it has seen it; none for one that there was not.
    pub seen: Option<Moment>,
}

/// Every connection, those in use first.
pub fn connections(db: &mut Read) -> Result<Vec<Connection>> {
    db.query(ALL, params![])?.iter().map(read).collect()
}

/// The secrets of a connection, for the house itself. Errors: denied to people; unavailable `secrets_locked`.
pub fn connection_secrets(db: &mut Read, name: &str) -> Result<Words> {
    if db.actor() != Actor::System {
        return Err(Error::denied("denied", "Your role does not allow this."));
    }
    let Some(row) = db.maybe(SECRETS, params![name])? else { return Ok(Words::new()) };
    let kept = db.decrypt(&place(name), &row.get::<String>(0)?)?;
    serde_json::from_str(&kept).map_err(Error::internal)
}

/// Sets a connection, which serves from now on in place of every other one of its kind. Emits `party.connection_changed`.
/// Errors: denied; `connection_changed` (conflict) when somebody else was faster; unavailable `secrets_locked`.
pub fn put_connection(tx: &mut Tx, put: &PutConnection) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    let hints: Words = put.secrets.iter().map(|(name, secret)| (name.clone(), hint(secret))).collect();
    let secrets = tx.encrypt(&place(&put.name), &written(&put.secrets)?)?;
    let (now, settings, hints) = (tx.now(), written(&put.settings)?, written(&hints)?);
    // One of a kind is active, by index: the others make way first.
    tx.send(OTHERS, params![put.kind, put.name])?;
    let row = params![put.name, put.kind, settings, secrets, hints, now, put.seen];
    if tx.run(if put.seen.is_some() { CHANGE } else { ADD }, row)? == 0 {
        return Err(faster());
    }
    tx.emit((), &ConnectionChanged { name: put.name.clone(), kind: put.kind.clone(), active: true })
}

/// A connection serves nothing new from now on. It goes, with its secrets, unless it must `stay` for what it began. Again: nothing.
/// Emits `party.connection_changed`. Errors: denied.
pub fn end_connection(tx: &mut Tx, name: &str, stay: bool) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    let Some(known) = tx.maybe(ONE, params![name])?.map(|row| read(&row)).transpose()? else { return Ok(()) };
    let now = tx.now();
    let ended = if stay { tx.run(END, params![name, now])? } else { tx.run(FORGET, params![name])? };
    if ended == 1 {
        tx.emit((), &ConnectionChanged { name: known.name, kind: known.kind, active: false })?;
    }
    Ok(())
}

/// Writes down what came of a test of the connection as it was set at `seen`; of one that was changed meanwhile nothing.
pub fn record_test(tx: &mut Tx, name: &str, seen: Moment, fault: Option<&Error>) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    let (code, says) = fault.map_or(("", String::new()), |fault| {
        let field = fault.fields.first();
        (field.map_or(fault.code, |one| one.code), field.map_or(&fault.message, |one| &one.message).clone())
    });
    let says: String = says.chars().take(500).collect();
    let now = tx.now();
    tx.send(TRIED, params![name, seen, now, code, says])
}

/// Forgets every secret, for when the key that they were kept under is lost: the connections must be set up again. Says how many.
pub fn forget_connections(tx: &mut Tx) -> Result<usize> {
    Ok(tx.run(FORGET_ALL, params![])? as usize)
}

fn faster() -> Error {
    let say = "Somebody else changed this connection meanwhile; look at it again.";
    Error::conflict("connection_changed", say)
}

/// Where the secrets of a connection stand, for their encryption.
fn place(name: &str) -> String {
    format!("party_connection.secrets:{name}")
}

fn hint(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    if letters.len() < LONG { String::new() } else { letters[letters.len() - SHOWN..].iter().collect() }
}

fn written(words: &Words) -> Result<String> {
    serde_json::to_string(words).map_err(Error::internal)
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT name, kind, active, settings, hints, changed_at, tried_at, fault, fault_says ", $from)
    };
}

fn read(row: &Row) -> Result<Connection> {
    let words = |at: usize| serde_json::from_str(&row.get::<String>(at)?).map_err(Error::internal);
    let (fault, says) = (row.get(7)?, row.get(8)?);
    Ok(Connection {
        name: row.get(0)?,
        kind: row.get(1)?,
        active: row.get(2)?,
        settings: words(3)?,
        hints: words(4)?,
        changed_at: row.get(5)?,
        tried: row.get::<Option<Moment>>(6)?.map(|at| Tried { at, fault, says }),
    })
}

const ALL: &str = select!("FROM party_connection ORDER BY active DESC, name");
const ONE: &str = select!("FROM party_connection WHERE name = $1");
const SECRETS: &str = "SELECT secrets FROM party_connection WHERE name = $1";
const ADD: &str =
    "INSERT INTO party_connection (name, kind, active, settings, secrets, hints, changed_at, tried_at, fault,
        fault_says) SELECT $1, $2, 1, $3, $4, $5, $6, NULL, '', '' WHERE CAST($7 AS BIGINT) IS NULL
    ON CONFLICT (name) DO NOTHING";
const CHANGE: &str = "UPDATE party_connection SET kind = $2, active = 1, settings = $3, secrets = $4, hints = $5,
        changed_at = $6, tried_at = NULL, fault = '', fault_says = '' WHERE name = $1 AND changed_at = $7";
const OTHERS: &str = "UPDATE party_connection SET active = 0 WHERE kind = $1 AND name <> $2 AND active = 1";
const END: &str = "UPDATE party_connection SET active = 0, changed_at = $2 WHERE name = $1 AND active = 1";
const FORGET: &str = "DELETE FROM party_connection WHERE name = $1";
const FORGET_ALL: &str = "DELETE FROM party_connection";
const TRIED: &str =
    "UPDATE party_connection SET tried_at = $3, fault = $4, fault_says = $5 WHERE name = $1 AND changed_at = $2";
