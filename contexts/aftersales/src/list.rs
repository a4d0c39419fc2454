//! Claims in lists: of an order, of a seller, of all; what waits longest stands first.

use crate::claim::{Claim, from_row, select_claim};
use base::{Id, Moment, Result};
use orders::Order;
use parties::Organisation;
use store::{Read, Row as Raw, params};

/// A claim in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The claim.
    pub claim: Claim,
    /// Number of its order.
    pub number: String,
    /// What was bought: the title of its first line.
    pub title: String,
    /// Its picture, or empty.
    pub image: String,
    /// Pieces in all.
    pub pieces: i64,
}

/// A page of open claims, and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What is due first.
    pub rows: Vec<Row>,
    /// The last row's time and id, if there is more.
    pub next: Option<(Moment, Id<Claim>)>,
}

// What `row` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        select_claim!(
            ", o.number, l.title, l.image, CAST((SELECT SUM(k.pieces) FROM claim_line k WHERE k.claim = c.id) AS BIGINT) ",
            $from
        )
    };
}

fn row(raw: &Raw) -> Result<Row> {
    Ok(Row {
        claim: from_row(raw)?,
        number: raw.get(22)?,
        title: raw.get(23)?,
        image: raw.get(24)?,
        pieces: raw.get(25)?,
    })
}

fn page(raw: Vec<Raw>, limit: i64) -> Result<Due> {
    let rows: Vec<Row> = raw.iter().map(row).collect::<Result<_>>()?;
    let full = i64::try_from(rows.len()).is_ok_and(|count| count == limit);
    let last = rows.last().filter(|_| full);
    let next = last.and_then(|last| Some((last.claim.due_at?, last.claim.id)));
    Ok(Due { rows, next })
}

/// The claims of an order, oldest first.
pub fn of_order(db: &mut Read, order: Id<Order>) -> Result<Vec<Claim>> {
    db.query(OF_ORDER, params![order])?.iter().map(from_row).collect()
}

/// Open claims of all sellers, what is due first, after a time and id. The edge asks who may see them.
pub fn waiting(db: &mut Read, after: Option<(Moment, Id<Claim>)>, limit: i64) -> Result<Due> {
    let (at, id) = after.map_or((Moment(0), 0), |(at, id)| (at, id.raw()));
    page(db.query(WAITING, params![at, id, limit])?, limit)
}

/// Open claims of one seller, what is due first.
pub fn waiting_of(
    db: &mut Read,
    organisation: Id<Organisation>,
    after: Option<(Moment, Id<Claim>)>,
    limit: i64,
) -> Result<Due> {
    let (at, id) = after.map_or((Moment(0), 0), |(at, id)| (at, id.raw()));
    page(db.query(WAITING_OF, params![organisation, at, id, limit])?, limit)
}

/// Claims of one seller, or (none) of all, newest first, before an id; those that are over too.
pub fn of_organisation(
    db: &mut Read,
    organisation: Option<Id<Organisation>>,
    before: Option<Id<Claim>>,
    limit: i64,
) -> Result<Vec<Row>> {
    let before = before.map_or(i64::MAX, Id::raw);
    let rows = match organisation {
        Some(organisation) => db.query(OF_ORGANISATION, params![organisation, before, limit])?,
        None => db.query(ALL, params![before, limit])?,
    };
    rows.iter().map(row).collect()
}

/// How many claims wait for this seller's answer or confirmation (counted up to a hundred).
pub fn open_of_organisation(db: &mut Read, organisation: Id<Organisation>) -> Result<i64> {
    db.one(OPEN_OF, params![organisation])?.get(0)
}

/// How many claims wait for the operator's decision (counted up to a thousand).
pub fn open_count(db: &mut Read) -> Result<i64> {
    db.one(OPEN, params![])?.get(0)
}

/// How many claims are past the time of their step (counted up to a thousand): those the operator has not decided in time.
pub fn late(db: &mut Read) -> Result<i64> {
    let now = db.now();
    db.one(LATE, params![now])?.get(0)
}

const OF_ORDER: &str = select_claim!("FROM claim c WHERE c.order_id = $1 ORDER BY c.id");
const WAITING: &str = select!(
    "FROM claim c JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.id = (SELECT MIN(k.line) FROM claim_line k WHERE k.claim = c.id)
    WHERE c.due_at IS NOT NULL AND (c.due_at, c.id) > ($1, $2) ORDER BY c.due_at, c.id LIMIT $3"
);
const WAITING_OF: &str = select!("FROM claim c JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.id = (SELECT MIN(k.line) FROM claim_line k WHERE k.claim = c.id)
    WHERE c.organisation = $1 AND c.due_at IS NOT NULL AND (c.due_at, c.id) > ($2, $3) ORDER BY c.due_at, c.id LIMIT $4");
const OF_ORGANISATION: &str = select!(
    "FROM claim c JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.id = (SELECT MIN(k.line) FROM claim_line k WHERE k.claim = c.id)
    WHERE c.organisation = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3"
);
const ALL: &str = select!(
    "FROM claim c JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.id = (SELECT MIN(k.line) FROM claim_line k WHERE k.claim = c.id)
    WHERE c.id < $1 ORDER BY c.id DESC LIMIT $2"
);
const OPEN_OF: &str = "SELECT COUNT(*) FROM (SELECT id FROM claim WHERE organisation = $1 AND due_at IS NOT NULL
    AND state IN ('open', 'sent') LIMIT 100) AS few";
const OPEN: &str =
    "SELECT COUNT(*) FROM (SELECT id FROM claim WHERE due_at IS NOT NULL AND state = 'escalated' LIMIT 1000) AS few";
const LATE: &str =
    "SELECT COUNT(*) FROM (SELECT id FROM claim WHERE due_at IS NOT NULL AND due_at < $1 LIMIT 1000) AS few";
