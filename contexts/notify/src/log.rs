//! The delivery log, as the operator reads it.

use crate::kind::{Kind, State};
use base::{Error, Id, Moment, Permission, Result, Tag};
use store::{Read, Row, Tx, params};

/// One message to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: Id<Message>,
    /// What it is about.
    pub kind: Kind,
    /// Raw id of the thing.
    pub subject: i64,
    /// E-mail address.
    pub recipient: String,
    /// Tag of the language it is written in.
    pub language: String,
    /// JSON that it is written from.
    pub facts: String,
    /// What became of it.
    pub state: State,
    /// How often the mail server was asked.
    pub attempts: i64,
    /// What the mail server said last, when it did not take it.
    pub error: String,
    /// When it was told.
    pub at: Moment,
    /// When it was put on the list the last time.
    pub queued_at: Moment,
    /// When it came to its end.
    pub ended_at: Option<Moment>,
}

impl Tag for Message {
    const PREFIX: &'static str = "msg";
}

/// A page of the log, newest first, before the id `before`; in one state or in all. Errors: denied.
pub fn log(db: &mut Read, state: Option<State>, before: Option<Id<Message>>, limit: i64) -> Result<Vec<Message>> {
    db.actor().may(Permission::ConsoleRead)?;
    let before = before.map_or(i64::MAX, Id::raw);
    let rows = match state {
        None => db.query(LOG, params![before, limit]),
        Some(state) => db.query(IN_STATE, params![before, limit, state]),
    }?;
    rows.iter().map(message_from).collect()
}

/// Every message about these things (raw ids), oldest first. Errors: denied.
pub fn about(db: &mut Read, subjects: &[i64]) -> Result<Vec<Message>> {
    db.actor().may(Permission::ConsoleRead)?;
    let mut found = Vec::new();
    for subject in subjects {
        for row in db.query(ABOUT, params![subject])? {
            found.push(message_from(&row)?);
        }
    }
    found.sort_by_key(|message| message.id);
    Ok(found)
}

/// One message, to be looked at. Errors: denied, by what it is about; `message_unknown`.
pub fn message(db: &mut Read, id: Id<Message>) -> Result<Message> {
    db.actor().may(Permission::ConsoleRead)?;
    let row = db.maybe(ONE, params![id])?.ok_or_else(unknown)?;
    let message = message_from(&row)?;
    db.actor().may(message.kind.reader())?;
    Ok(message)
}

/// Every message to this address, oldest first, for the person whose it is. The caller has asked who that is.
pub fn of_recipient(db: &mut Read, recipient: &str) -> Result<Vec<Message>> {
    db.query(TO, params![recipient])?.iter().map(message_from).collect()
}

/// Forgets every message to this address, also those that wait: its person has erased their account.
pub fn forget_recipient(tx: &mut Tx, recipient: &str) -> Result<u64> {
    tx.run(FORGET_RECIPIENT, params![recipient])
}

/// Messages are forgotten after so many days: as long as an order can still be asked about.
pub const KEPT_DAYS: i64 = 400;

/// Forgets up to `limit` messages that are older than [`KEPT_DAYS`] and wait for nothing; says how many.
pub fn sweep(tx: &mut Tx, limit: i64) -> Result<u64> {
    let before = store::first_id_at(tx.now().plus_days(-KEPT_DAYS));
    tx.run(FORGET, params![before, limit])
}

pub(crate) fn unknown() -> Error {
    Error::not_found("message_unknown", "There is no such message.")
}

// What `message_from` reads, in its order.
macro_rules! select_message {
    ($from:literal) => {
        concat!(
            "SELECT id, kind, subject, recipient, language, facts, state, attempts, error, at, queued_at, ended_at ",
            $from
        )
    };
}
pub(crate) use select_message;

pub(crate) fn message_from(row: &Row) -> Result<Message> {
    Ok(Message {
        id: row.get(0)?,
        kind: row.get(1)?,
        subject: row.get(2)?,
        recipient: row.get(3)?,
        language: row.get(4)?,
        facts: row.get(5)?,
        state: row.get(6)?,
        attempts: row.get(7)?,
        error: row.get(8)?,
        at: row.get(9)?,
        queued_at: row.get(10)?,
        ended_at: row.get(11)?,
    })
}

const LOG: &str = select_message!("FROM notify_message WHERE id < $1 ORDER BY id DESC LIMIT $2");
const IN_STATE: &str = select_message!("FROM notify_message WHERE state = $3 AND id < $1 ORDER BY id DESC LIMIT $2");
const ABOUT: &str = select_message!("FROM notify_message WHERE subject = $1 ORDER BY kind, recipient");
const ONE: &str = select_message!("FROM notify_message WHERE id = $1");
const TO: &str = select_message!("FROM notify_message WHERE recipient = $1 ORDER BY id");
const FORGET_RECIPIENT: &str = "DELETE FROM notify_message WHERE recipient = $1";
const FORGET: &str = "DELETE FROM notify_message WHERE id IN
    (SELECT id FROM notify_message WHERE id < $1 AND state <> 'queued' ORDER BY id LIMIT $2)";
