//! Sending: what is due is given out with a lease, the call is made outside of any transaction, and its answer decides what follows.

use crate::endpoint::{Standing, disable, place};
use crate::sign::sign;
use crate::{Delivery, Endpoint};
use base::{Id, Moment, Result};
use store::{Read, Row, Tx, params};

/// Pauses in seconds after the first, second … attempt that failed: ten attempts over three days, as Standard Webhooks suggests.
const PAUSES: [i64; 9] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// An endpoint that has failed for so many days is switched off.
const FAILING_DAYS: i64 = 3;

/// Letters of an answer that are kept.
const EXCERPT: usize = 500;

/// A message to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// For [`record`].
    pub delivery: Id<Delivery>,
    /// For whom.
    pub endpoint: Id<Endpoint>,
    /// Where to.
    pub url: String,
    /// `webhook-id`, `webhook-timestamp`, `webhook-signature`.
    pub headers: [(&'static str, String); 3],
    /// JSON.
    pub body: String,
}

/// What came of sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// HTTP status; none when there was no answer.
    pub status: Option<u16>,
    /// How the answer began, or why there was none.
    pub answer: String,
    /// Seconds that the answer asked to wait.
    pub retry_after: Option<i64>,
}

/// The endpoints for which a message is due, whoever waits longest first, and whether each took in the last one it was sent.
pub fn due(db: &mut Read) -> Result<Vec<(Id<Endpoint>, bool)>> {
    let now = db.now();
    let rows = db.query(DUE_ENDPOINTS, params![now])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get::<Option<Moment>>(1)?.is_none()))).collect()
}

/// Takes up to `limit` messages to an endpoint that are due, oldest first. Whoever takes one calls [`record`] within
/// `lease_seconds`; otherwise it is given out again.
pub fn claim(tx: &mut Tx, to: Id<Endpoint>, limit: i64, lease_seconds: i64) -> Result<Vec<Outgoing>> {
    let now = tx.now();
    let until = now.plus_seconds(lease_seconds);
    let mut claimed = Vec::new();
    for row in tx.query(DUE, params![to, now, limit])? {
        let id: Id<Delivery> = row.get(0)?;
        if tx.run(LEASE, params![id, until, now])? == 1 {
            claimed.push(outgoing(tx, &row, to, now)?);
        }
    }
    Ok(claimed)
}

fn outgoing(db: &mut Read, row: &Row, endpoint: Id<Endpoint>, now: Moment) -> Result<Outgoing> {
    let (delivery, body): (Id<Delivery>, String) = (row.get(0)?, row.get(1)?);
    let (secret, old, old_until): (String, String, Moment) = (row.get(3)?, row.get(4)?, row.get(5)?);
    let (id, seconds) = (delivery.to_string(), now.micros() / 1_000_000);
    let mut sign = |kept: &str| sign(&db.decrypt(&place(endpoint), kept)?, &id, seconds, &body);
    let mut signature = sign(&secret)?;
    if !old.is_empty() && now < old_until {
        signature = format!("{signature} {}", sign(&old)?);
    }
    let headers = [("webhook-id", id), ("webhook-timestamp", seconds.to_string()), ("webhook-signature", signature)];
    Ok(Outgoing { delivery, endpoint, url: row.get(2)?, headers, body })
}

/// Records what came of sending: taken in, to be tried again, or given up. 410 switches the endpoint off; so does failing for
/// days. A delivery that was forgotten meanwhile changes nothing.
pub fn record(tx: &mut Tx, id: Id<Delivery>, sent: &Sent) -> Result<()> {
    let Some(row) = tx.maybe(FIND, params![id])? else { return Ok(()) };
    let (endpoint, attempts): (Id<Endpoint>, i64) = (row.get(0)?, row.get::<i64>(1)? + 1);
    let (now, status) = (tx.now(), i64::from(sent.status.unwrap_or_default()));
    let answer: String = sent.answer.chars().filter(|letter| !letter.is_control()).take(EXCERPT).collect();
    if (200..300).contains(&status) {
        tx.send(END, params![id, "delivered", attempts, status, answer, now])?;
        tx.send(WELL, params![endpoint])?;
        return Ok(());
    }
    match PAUSES.get(attempts as usize - 1) {
        Some(pause) => {
            // Not all at once: up to a tenth later, by the id.
            let pause = pause + pause * id.raw().rem_euclid(11) / 100;
            let wait = pause.max(sent.retry_after.unwrap_or_default().clamp(0, 86_400));
            tx.send(LATER, params![id, attempts, status, answer, now.plus_seconds(wait)])?;
        }
        None => drop(tx.run(END, params![id, "failed", attempts, status, answer, now])?),
    }
    tx.send(UNWELL, params![endpoint, now])?;
    if status == 410 {
        return disable(tx, endpoint, Standing::Gone);
    }
    if tx.maybe(LONG_UNWELL, params![endpoint, now.plus_days(-FAILING_DAYS)])?.is_some() {
        return disable(tx, endpoint, Standing::Failing);
    }
    Ok(())
}

/// Nothing more is sent to an endpoint that is switched off; what waits can be sent again by hand.
pub(crate) fn give_up(tx: &mut Tx, endpoint: Id<Endpoint>) -> Result<()> {
    tx.send(GIVE_UP, params![endpoint, tx.now()])?;
    Ok(())
}

const DUE_ENDPOINTS: &str = "SELECT w.id, w.failing_since FROM (SELECT e.id, e.failing_since,
        (SELECT MIN(d.next_at) FROM hook_delivery d WHERE d.endpoint = e.id AND d.state = 'waiting') AS oldest
        FROM hook_endpoint e WHERE e.state = 'active') w
    WHERE w.oldest <= $1 ORDER BY w.oldest, w.id";
const DUE: &str = "SELECT d.id, d.body, e.url, e.secret, e.old_secret, e.old_until
    FROM hook_delivery d JOIN hook_endpoint e ON e.id = d.endpoint
    WHERE d.endpoint = $1 AND d.state = 'waiting' AND d.next_at <= $2 AND e.state = 'active'
    ORDER BY d.next_at, d.id LIMIT $3";
const LEASE: &str = "UPDATE hook_delivery SET next_at = $2 WHERE id = $1 AND state = 'waiting' AND next_at <= $3";
const FIND: &str = "SELECT endpoint, attempts FROM hook_delivery WHERE id = $1 AND state = 'waiting'";
const END: &str =
    "UPDATE hook_delivery SET state = $2, attempts = $3, status = $4, answer = $5, done_at = $6 WHERE id = $1";
const LATER: &str = "UPDATE hook_delivery SET attempts = $2, status = $3, answer = $4, next_at = $5 WHERE id = $1";
const WELL: &str = "UPDATE hook_endpoint SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL";
const UNWELL: &str = "UPDATE hook_endpoint SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL";
const LONG_UNWELL: &str = "SELECT id FROM hook_endpoint WHERE id = $1 AND failing_since <= $2";
const GIVE_UP: &str =
    "UPDATE hook_delivery SET state = 'failed', done_at = $2 WHERE endpoint = $1 AND state = 'waiting'";
