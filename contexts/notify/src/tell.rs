//! Telling: a fact becomes a message to somebody, once.

use crate::kind::{Kind, State};
use crate::log::{Message, unknown};
use crate::send::SEND;
use base::{Error, Id, Permission, Result};
use store::{Tx, Value, params};

/// What to tell to whom.
#[derive(Clone, Copy, Debug)]
pub struct Tell<'a> {
    /// What it is about.
    pub kind: Kind,
    /// Raw id of the thing.
    pub subject: i64,
    /// E-mail address.
    pub recipient: &'a str,
    /// Tag of the language that the recipient reads.
    pub language: &'a str,
    /// JSON that the message is written from, together with what stands in the tables. Never a secret.
    pub facts: &'a str,
    /// There is a mail server; without one the message is kept as not sent.
    pub send: bool,
}

/// Keeps a message and schedules its sending; the same kind, subject and recipient again is nothing. Several that are told one after
/// another, with nothing asked in between, and not sent become one statement.
pub fn tell(tx: &mut Tx, what: &Tell) -> Result<()> {
    match what.send {
        true => is_news(tx, what).map(drop),
        false => {
            let row = kept(tx, tx.id(), what);
            tx.send(INSERT, &row)
        }
    }
}

fn is_news(tx: &mut Tx, what: &Tell) -> Result<bool> {
    let id = tx.id::<Message>();
    let row = kept(tx, id, what);
    if tx.run(INSERT, &row)? == 0 {
        return Ok(false);
    }
    if what.send {
        schedule(tx, id)?;
    }
    Ok(true)
}

fn kept(tx: &Tx, id: Id<Message>, what: &Tell) -> Vec<Value> {
    let now = tx.now();
    let state = if what.send { State::Queued } else { State::Skipped };
    let ended = (!what.send).then_some(now);
    params![id, what.kind, what.subject, what.recipient, what.language, what.facts, state, now, ended].to_vec()
}

/// As [`tell`], of what may be asked for again, such as a link that was lost: what was told before is sent once more.
pub fn tell_anew(tx: &mut Tx, what: &Tell) -> Result<()> {
    if is_news(tx, what)? {
        return Ok(());
    }
    let (state, now) = (if what.send { State::Queued } else { State::Skipped }, tx.now());
    let ended = (!what.send).then_some(now);
    let row = params![what.subject, what.kind, what.recipient, state, now, ended, what.facts];
    match tx.maybe(ANEW, row)? {
        Some(row) if what.send => schedule(tx, row.get(0)?),
        _ => Ok(()),
    }
}

/// Sends a message once more, whatever became of it. One that waits already stays as it is; says whether it did not.
/// Errors: denied; `message_unknown`; `no_mail_server` (conflict), by `send`.
pub fn again(tx: &mut Tx, id: Id<Message>, send: bool) -> Result<bool> {
    tx.actor().may(Permission::OrdersWrite)?;
    if !send {
        return Err(Error::conflict("no_mail_server", "No mail server is configured; start with --mail-url."));
    }
    let now = tx.now();
    if tx.run(AGAIN, params![id, now])? == 0 {
        return if tx.maybe(FIND, params![id])?.is_some() { Ok(false) } else { Err(unknown()) };
    }
    schedule(tx, id)?;
    Ok(true)
}

fn schedule(tx: &mut Tx, id: Id<Message>) -> Result<()> {
    let run_at = tx.now();
    tx.schedule(&SEND.job(id.raw(), run_at))
}

const INSERT: &str =
    "INSERT INTO notify_message (id, kind, subject, recipient, language, facts, state, attempts, error, at,
    queued_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', $8, $8, $9) ON CONFLICT DO NOTHING";
const AGAIN: &str = "UPDATE notify_message SET state = 'queued', error = '', queued_at = $2, ended_at = NULL
    WHERE id = $1 AND state <> 'queued'";
const ANEW: &str = "UPDATE notify_message SET state = $4, error = '', queued_at = $5, ended_at = $6, facts = $7
    WHERE subject = $1 AND kind = $2 AND recipient = $3 AND state <> 'queued' RETURNING id";
const FIND: &str = "SELECT state FROM notify_message WHERE id = $1";
