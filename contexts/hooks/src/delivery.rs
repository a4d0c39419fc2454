//! Deliveries as their owners see them: one event for one endpoint, how it went, and once more on demand.

use crate::kind::TEST;
use crate::{Endpoint, endpoint};
use base::{Error, Id, Moment, Result, Tag};
use serde_json::json;
use store::{Read, Row, Tx, params};

/// Days after which deliveries are forgotten.
pub const KEPT_DAYS: i64 = 30;

/// One event for one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, and the `webhook-id` of every attempt.
    pub id: Id<Delivery>,
    /// For whom.
    pub endpoint: Id<Endpoint>,
    /// Name of the event.
    pub kind: String,
    /// What is sent.
    pub body: String,
    /// How far it is.
    pub state: State,
    /// Attempts so far.
    pub attempts: i64,
    /// HTTP status of the last answer; 0 when there was none.
    pub status: i64,
    /// How the last answer began, or why there was none.
    pub answer: String,
    /// When the next attempt is due.
    pub next_at: Moment,
    /// When the event was taken up.
    pub created_at: Moment,
    /// When it came to its end.
    pub done_at: Option<Moment>,
}

impl Tag for Delivery {
    const PREFIX: &'static str = "msg";
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// An attempt is due, or will be.
    Waiting,
    /// It was taken in.
    Delivered,
    /// Given up.
    Failed,
}

impl State {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Delivered => "delivered",
            State::Failed => "failed",
        }
    }
}

/// Sends an event of no meaning, to try an endpoint. Errors: denied; `unknown_endpoint`; `endpoint_disabled` (conflict).
pub fn test(tx: &mut Tx, id: Id<Endpoint>) -> Result<Id<Delivery>> {
    let known = active(tx, id)?;
    let (delivery, now) = (tx.id::<Delivery>(), tx.now());
    let body = json!({ "type": TEST, "timestamp": now.to_string(), "data": { "endpoint": known.id.to_string() } });
    tx.send(INSERT, params![delivery, id, -delivery.raw(), TEST, body.to_string(), now])?;
    Ok(delivery)
}

/// Writes down that an endpoint is to be told of an event; once, however often the event is read.
pub(crate) fn write(tx: &mut Tx, endpoint: Id<Endpoint>, event: i64, kind: &str, body: &str) -> Result<()> {
    let (delivery, now) = (tx.id::<Delivery>(), tx.now());
    tx.send(INSERT, params![delivery, endpoint, event, kind, body, now])?;
    Ok(())
}

fn active(db: &mut Read, id: Id<Endpoint>) -> Result<Endpoint> {
    let known = endpoint(db, id)?;
    if known.standing != crate::Standing::Active {
        return Err(Error::conflict("endpoint_disabled", "This endpoint is switched off; switch it on first."));
    }
    Ok(known)
}

/// Sends a delivery once more, at once, under the same id. Errors: denied; `unknown_delivery`; `endpoint_disabled` (conflict).
pub fn again(tx: &mut Tx, id: Id<Delivery>) -> Result<()> {
    let known = delivery(tx, id)?;
    active(tx, known.endpoint)?;
    tx.send(AGAIN, params![id, tx.now()])?;
    Ok(())
}

/// One delivery. Errors: `unknown_delivery`, also when it is another's; denied.
pub fn delivery(db: &mut Read, id: Id<Delivery>) -> Result<Delivery> {
    let unknown = || Error::not_found("unknown_delivery", "There is no such delivery.");
    let known = read(&db.maybe(SELECT, params![id])?.ok_or_else(unknown)?)?;
    match endpoint(db, known.endpoint) {
        Err(error) if error.kind == base::Kind::NotFound => Err(unknown()),
        other => other.map(|_| known),
    }
}

/// Up to `limit` deliveries to an endpoint, newest first, older than `before`. Errors: denied; `unknown_endpoint`.
pub fn deliveries(db: &mut Read, to: Id<Endpoint>, before: Option<Id<Delivery>>, limit: i64) -> Result<Vec<Delivery>> {
    endpoint(db, to)?;
    let before = before.map_or(i64::MAX, Id::raw);
    db.query(LIST, params![to, before, limit])?.iter().map(read).collect()
}

/// Forgets up to `limit` deliveries that were taken up long ago; says how many.
pub fn sweep(tx: &mut Tx, limit: i64) -> Result<u64> {
    let before = store::first_id_at(tx.now().plus_days(-KEPT_DAYS));
    tx.run(FORGET, params![before, limit])
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, endpoint, kind, body, state, attempts, status, answer, next_at, created_at, done_at ",
            $from
        )
    };
}

fn read(row: &Row) -> Result<Delivery> {
    let state: String = row.get(4)?;
    let known = [State::Waiting, State::Delivered, State::Failed].into_iter().find(|one| one.name() == state);
    Ok(Delivery {
        id: row.get(0)?,
        endpoint: row.get(1)?,
        kind: row.get(2)?,
        body: row.get(3)?,
        state: known.ok_or_else(|| Error::internal(format!("no state {state} of a delivery")))?,
        attempts: row.get(5)?,
        status: row.get(6)?,
        answer: row.get(7)?,
        next_at: row.get(8)?,
        created_at: row.get(9)?,
        done_at: row.get(10)?,
    })
}

const INSERT: &str =
    "INSERT INTO hook_delivery (id, endpoint, event, kind, body, state, attempts, status, answer, next_at,
        created_at) VALUES ($1, $2, $3, $4, $5, 'waiting', 0, 0, '', $6, $6) ON CONFLICT (endpoint, event) DO NOTHING";
const AGAIN: &str =
    "UPDATE hook_delivery SET state = 'waiting', attempts = 0, next_at = $2, done_at = NULL WHERE id = $1";
const SELECT: &str = select!("FROM hook_delivery WHERE id = $1");
const LIST: &str = select!("FROM hook_delivery WHERE endpoint = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
const FORGET: &str =
    "DELETE FROM hook_delivery WHERE id IN (SELECT id FROM hook_delivery WHERE id < $1 ORDER BY id LIMIT $2)";
