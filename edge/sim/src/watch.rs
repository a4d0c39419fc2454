//! What is looked at after every step of the order it touched, and of everything at the end; by statements of its own.

use base::{Id, Money, Result};
use orders::Order;
use sha2::{Digest, Sha256};
use store::{Read, Row, params};

/// An order at a glance.
#[derive(Clone, Debug)]
pub(crate) struct Glance {
    pub(crate) fulfilment: String,
    pub(crate) customs: String,
    pub(crate) consignments: Vec<Part>,
}

/// One of its consignments.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) id: i64,
    pub(crate) organisation: i64,
    pub(crate) shipped_by: i64,
    pub(crate) customs: String,
    pub(crate) dispute: String,
    pub(crate) parcels: Vec<Sent>,
}

/// One of its parcels.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) id: i64,
    /// 0 before it has one.
    pub(crate) label: i64,
    pub(crate) state: String,
    pub(crate) customs: String,
    /// Came back, and nobody has looked at it yet.
    pub(crate) to_receive: bool,
}

/// How an order stands.
pub(crate) fn glance(db: &mut Read, order: Id<Order>) -> Result<Glance> {
    let head = db.one(HEAD, params![order])?;
    let part = |row: &Row| -> Result<Part> {
        Ok(Part {
            id: row.get(0)?,
            organisation: row.get(1)?,
            customs: row.get(2)?,
            dispute: row.get(3)?,
            shipped_by: row.get(4)?,
            parcels: Vec::new(),
        })
    };
    let mut consignments: Vec<Part> = db.query(PARTS, params![order])?.iter().map(part).collect::<Result<_>>()?;
    for row in db.query(SENT, params![order])? {
        let sent = Sent {
            id: row.get(0)?,
            label: row.get(2)?,
            state: row.get(3)?,
            customs: row.get(4)?,
            to_receive: row.get::<i64>(5)? == 1,
        };
        let of: i64 = row.get(1)?;
        consignments.iter_mut().filter(|one| one.id == of).for_each(|one| one.parcels.push(sent.clone()));
    }
    Ok(Glance { fulfilment: head.get(0)?, customs: head.get(1)?, consignments })
}

const HEAD: &str = "SELECT fulfilment, customs FROM order_head WHERE id = $1";
const PARTS: &str = "SELECT id, organisation, customs, dispute, shipped_by FROM order_consignment
    WHERE order_id = $1 AND replaced_by = 0 ORDER BY position";
const SENT: &str = "SELECT id, consignment, COALESCE(label, 0), state, customs,
    CASE WHEN returned_at IS NOT NULL AND received_at IS NULL THEN 1 ELSE 0 END FROM order_parcel
    WHERE order_id = $1 ORDER BY consignment, position";

/// What is broken about one order. `promised` is what its buyer remembers to have been quoted.
pub(crate) fn order(db: &mut Read, order: Id<Order>, promised: Option<Money>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (says, breaches) in OF_ORDER {
        collect(&mut found, says, db.query(breaches, params![order])?)?;
    }
    if let Some(promised) = promised {
        let row = db.one(TOTAL, params![order])?;
        let total = Money::new(row.get(0)?, row.get(1)?);
        if total != promised {
            found.push(format!("what was quoted is what is charged: {promised} was, {total} is"));
        }
    }
    Ok(found)
}

fn collect(found: &mut Vec<String>, says: &str, rows: Vec<Row>) -> Result<()> {
    for row in rows {
        found.push(format!("{says}: {}", row.get::<String>(0)?));
    }
    Ok(())
}

const TOTAL: &str = "SELECT total, currency FROM order_head WHERE id = $1";

/// Rules of a single order: a sentence, and the statement that finds its breaches.
const OF_ORDER: [(&str, &str); 10] = [
    (
        "an order's total is its lines",
        "SELECT o.number || ' says ' || o.total || ' and ' || o.added FROM order_head o WHERE o.id = $1 AND o.total + o.added <>
         (SELECT COALESCE(SUM(l.total), 0) FROM order_line l WHERE l.order_id = o.id)",
    ),
    (
        "an order's total is its consignments",
        "SELECT o.number || ' says ' || o.total FROM order_head o WHERE o.id = $1 AND o.total <>
         (SELECT COALESCE(SUM(c.total), 0) FROM order_consignment c WHERE c.order_id = o.id AND c.amendment = 0)",
    ),
    (
        "escrow of an order is captured less released and refunded",
        "SELECT o.number || ' has ' || (o.captured - o.released - o.refunded) FROM order_head o WHERE o.id = $1
         AND o.captured - o.released - o.refunded <>
         (SELECT COALESCE(SUM(CASE WHEN t.to_account = e.id THEN t.amount ELSE -t.amount END), 0)
          FROM ledger_transfer t JOIN ledger_account e ON e.family = 'escrow' AND e.unit = o.currency
          AND (e.id = t.to_account OR e.id = t.from_account) WHERE t.subject = o.id)",
    ),
    (
        "an order's captures are its payments'",
        "SELECT o.number || ' captured ' || o.captured FROM order_head o WHERE o.id = $1 AND o.captured <>
         (SELECT COALESCE(SUM(p.amount), 0) FROM payment_intent p WHERE p.subject = o.id AND p.state = 'captured')",
    ),
    (
        "an order's refunds are its payments'",
        "SELECT o.number || ' refunded ' || o.refunded FROM order_head o WHERE o.id = $1 AND o.refunded <>
         (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r WHERE r.subject = o.id AND r.state = 'succeeded')",
    ),
    (
        "what is captured here was captured there, once, for what was due",
        "SELECT 'payment ' || p.id FROM payment_intent p JOIN order_head o ON o.id = p.subject
         JOIN order_due d ON d.order_id = o.id AND d.position = p.due
         LEFT JOIN payment_sandbox_charge c ON c.intent = p.id WHERE p.subject = $1 AND p.state = 'captured'
         AND (c.intent IS NULL OR c.state <> 'captured' OR c.amount <> d.amount OR c.currency <> o.currency)",
    ),
    (
        "nothing that is due is captured twice",
        "SELECT o.number || ' captured ' || o.captured FROM order_head o
         WHERE o.id = $1 AND o.captured > (SELECT SUM(d.amount) FROM order_due d WHERE d.order_id = o.id)",
    ),
    (
        "an order has at most one attempt that can be paid",
        "SELECT 'order ' || p.subject FROM payment_intent p WHERE p.subject = $1
         AND p.state IN ('created', 'pending', 'action_required', 'authorised') GROUP BY p.subject HAVING COUNT(*) > 1",
    ),
    (
        "an order that has not left holds its pieces, and one that is over holds none",
        "SELECT o.number || ' ' || o.fulfilment FROM order_head o WHERE o.id = $1 AND
         (SELECT COALESCE(SUM(h.remaining), 0) FROM ledger_hold h WHERE h.subject = o.id AND h.state = 'pending') <>
         (SELECT COALESCE(SUM(l.quantity - l.called_off), 0) FROM order_line l WHERE l.order_id = o.id) -
         (SELECT COALESCE(SUM(i.pieces), 0) FROM order_parcel p JOIN order_parcel_line i ON i.parcel = p.id
          WHERE p.order_id = o.id AND p.handed_over_at IS NOT NULL)",
    ),
    (
        "what left is what was sold",
        "SELECT o.number || ' shipped' FROM order_head o WHERE o.id = $1 AND
         (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.to_account
          WHERE t.subject = o.id AND a.code LIKE 'goods:shipped%') <>
         (SELECT COALESCE(SUM(i.pieces), 0) FROM order_parcel p JOIN order_parcel_line i ON i.parcel = p.id
          WHERE p.order_id = o.id AND p.handed_over_at IS NOT NULL)",
    ),
];

/// Nothing is on its way any more.
pub(crate) fn is_quiet(db: &mut Read) -> Result<bool> {
    Ok(db.maybe(ANY_JOB, params![])?.is_none() && db.maybe(ANY_HOLD, params![])?.is_none())
}

const ANY_JOB: &str = "SELECT id FROM job LIMIT 1";
const ANY_HOLD: &str = "SELECT id FROM ledger_hold WHERE state = 'pending' LIMIT 1";

/// What is still open when everything should have ended.
pub(crate) fn at_rest(db: &mut Read) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (says, breaches) in AT_REST {
        collect(&mut found, says, db.query(breaches, params![])?)?;
    }
    Ok(found)
}

/// What is wrong about labels that the carrier outside has sold, by the raw ids of their bookings: each has its parcel, and no
/// parcel has another.
pub(crate) fn labels(db: &mut Read, sold: &[i64]) -> Result<Vec<String>> {
    let booked: Vec<i64> = db.query(BOOKED, params![])?.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    let lost = sold
        .iter()
        .filter(|booking| !booked.contains(booking))
        .map(|one| format!("booking {one} was sold for nothing"));
    let never =
        booked.iter().filter(|booking| !sold.contains(booking)).map(|one| format!("booking {one} was never sold"));
    Ok(lost.chain(never).collect())
}

const BOOKED: &str = "SELECT id FROM logistics_booking WHERE state = 'booked' AND subject IN
    (SELECT subject FROM logistics_parcel WHERE carrier = 'karrio') ORDER BY id";

/// Rules of a world at rest.
const AT_REST: [(&str, &str); 9] = [
    (
        "every order has come to its end",
        "SELECT number || ' is ' || fulfilment || ', ' || payment FROM order_head
         WHERE fulfilment NOT IN ('completed', 'cancelled') OR payment IN ('pending', 'failed') LIMIT 20",
    ),
    (
        "every order's money has gone where it belongs",
        "SELECT number || ' is ' || settlement || ', ' || fulfilment || ', ' || payment FROM order_head
         WHERE captured <> released + refunded OR settlement = 'escrow' LIMIT 20",
    ),
    (
        "nothing is held",
        "SELECT 'hold ' || id || ' of ' || subject FROM ledger_hold WHERE state = 'pending' LIMIT 20",
    ),
    ("no job is left", "SELECT kind || ' of ' || subject || COALESCE(': ' || last_error, '') FROM job LIMIT 20"),
    (
        "escrow is empty",
        "SELECT e.code FROM ledger_account e WHERE e.family = 'escrow' AND
         (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t WHERE t.to_account = e.id) <>
         (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t WHERE t.from_account = e.id) LIMIT 20",
    ),
    (
        "what the provider keeps for us is what the ledger says it does",
        "SELECT a.code || ': ' || COALESCE((SELECT SUM(c.amount - c.refunded) FROM payment_sandbox_charge c
          WHERE c.currency = a.unit AND c.state = 'captured'), 0) FROM ledger_account a WHERE a.family = 'provider' AND
         (SELECT COALESCE(SUM(c.amount - c.refunded), 0) FROM payment_sandbox_charge c
          WHERE c.currency = a.unit AND c.state = 'captured') -
         (SELECT COALESCE(SUM(s.gross), 0) FROM payment_sandbox_payout s WHERE s.currency = a.unit) <>
         (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t WHERE t.from_account = a.id) -
         (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t WHERE t.to_account = a.id) LIMIT 20",
    ),
    (
        "no payment waits that the provider has ended",
        "SELECT 'payment ' || p.id || ' is ' || p.state || ', there ' || c.state FROM payment_intent p
         JOIN payment_sandbox_charge c ON c.intent = p.id WHERE c.state = 'captured' AND p.state <> 'captured' LIMIT 20",
    ),
    (
        "no refund waits",
        "SELECT 'refund ' || id || ' is ' || state FROM payment_refund WHERE state <> 'succeeded' LIMIT 20",
    ),
    (
        "a seller's earnings are paid out",
        "SELECT 'organisation ' || organisation || ' ' || currency || ' ' || SUM(net) FROM settlement_entry
         WHERE payout IS NULL GROUP BY organisation, currency HAVING SUM(net) > 0 LIMIT 20",
    ),
];

/// A hash over everything that was bought, moved, paid and told.
pub(crate) fn fingerprint(db: &mut Read) -> Result<String> {
    let mut hash = Sha256::new();
    for statement in [ORDERS, PAYMENTS, TRANSFERS, EVENTS] {
        let mut after = i64::MIN;
        loop {
            let rows = db.query(statement, params![after])?;
            let Some(last) = rows.last() else { break };
            after = last.get(0)?;
            for row in &rows {
                hash.update(row.get::<String>(1)?.as_bytes());
                hash.update(b"\n");
            }
        }
    }
    Ok(base::hex::digits(&hash.finalize()[..8]))
}

const ORDERS: &str =
    "SELECT id, id || number || payment || fulfilment || customs || dispute || settlement || currency || total
    || ' ' || captured || ' ' || released || ' ' || refunded || ' ' || placed_at || ' ' || COALESCE(completed_at, 0)
    FROM order_head WHERE id > $1 ORDER BY id LIMIT 500";
const PAYMENTS: &str = "SELECT id, id || state || currency || amount || ' ' || refunded || ' ' || updated_at
    FROM payment_intent WHERE id > $1 ORDER BY id LIMIT 500";
const TRANSFERS: &str = "SELECT id, id || ' ' || from_account || ' ' || to_account || unit || amount || ' ' || at
    FROM ledger_transfer WHERE id > $1 ORDER BY id LIMIT 500";
const EVENTS: &str =
    "SELECT id, parcel || kind || at || source_id FROM logistics_event WHERE id > $1 ORDER BY id LIMIT 500";
