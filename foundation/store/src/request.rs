//! Requests that happen once: who is working on a key, and the answer that was given. Kept in the database, so that any node
//! gives it again. The key and the input are hashes; the answer is kept as its owner sealed it.

use crate::{Read, Tx, params};
use base::{Moment, Result};

/// An answer is given again for so many hours; then it is forgotten and its key is free.
pub const KEPT_HOURS: i64 = 24;

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// The caller has it until the moment named: do the work, then [`answered`] or [`let_go`].
    Mine(Moment),
    /// Somebody is working on it.
    UnderWay,
    /// It was done: this answer was kept.
    Answered(String),
    /// It was used with another input.
    Other,
}

/// Takes a key to work on for `lease_seconds`, or says what is known of it. Of many at once one has it; whoever took it and
/// died loses it when the lease is over, to somebody with the same input.
pub fn take(tx: &mut Tx, key: &str, input: &str, lease_seconds: i64) -> Result<Known> {
    let now = tx.now();
    let (until, kept) = (now.plus_seconds(lease_seconds), now.plus_seconds(-KEPT_HOURS * 3600));
    if tx.run(TAKE, params![key, input, until, now, kept])? == 1 {
        return Ok(Known::Mine(until));
    }
    Ok(look(tx, key, input)?.unwrap_or(Known::UnderWay))
}

/// What is known of a key that somebody else took; nothing when it is free again.
pub fn look(db: &mut Read, key: &str, input: &str) -> Result<Option<Known>> {
    let Some(row) = db.maybe(LOOK, params![key])? else { return Ok(None) };
    let (used, answer, until): (String, Option<String>, Moment) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let is_over = answer.is_none() && until <= db.now();
    Ok(match answer {
        _ if used != input => Some(Known::Other),
        Some(answer) => Some(Known::Answered(answer)),
        None if is_over => None,
        None => Some(Known::UnderWay),
    })
}

/// Keeps the answer, unless somebody who took the key over was faster.
pub fn answered(tx: &mut Tx, key: &str, until: Moment, answer: &str) -> Result<()> {
    tx.send(ANSWER, params![key, until, answer])
}

/// Nothing was done: the key is free for another attempt.
pub fn let_go(tx: &mut Tx, key: &str, until: Moment) -> Result<()> {
    tx.send(LET_GO, params![key, until])
}

/// Forgets up to `limit` answers that are old enough; says how many.
pub fn forget(tx: &mut Tx, limit: i64) -> Result<u64> {
    let before = tx.now().plus_seconds(-KEPT_HOURS * 3600);
    tx.run(FORGET, params![before, limit])
}

const TAKE: &str = "INSERT INTO request (key, input, locked_until, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (key) DO UPDATE SET input = excluded.input, locked_until = excluded.locked_until, at = excluded.at,
        answer = NULL
    WHERE request.at <= $5 OR (request.answer IS NULL AND request.locked_until <= $4 AND request.input = $2)";
const LOOK: &str = "SELECT input, answer, locked_until FROM request WHERE key = $1";
const ANSWER: &str = "UPDATE request SET answer = $3 WHERE key = $1 AND locked_until = $2 AND answer IS NULL";
const LET_GO: &str = "DELETE FROM request WHERE key = $1 AND locked_until = $2 AND answer IS NULL";
const FORGET: &str = "DELETE FROM request WHERE key IN (SELECT key FROM request WHERE at <= $1 ORDER BY at LIMIT $2)";
