//! What was agreed, decided or came back is paid, once.

use crate::claim::{Claim, claim, lines, lock};
use crate::clock::{due, finish, outcome_of};
use crate::kind::{Remedy, State};
use base::{Id, Result};
use orders::Line;
use settlement::{Refund, What};
use store::{Read, Store, Tx, Work, params};

/// The job that pays a claim ([`settle`]).
pub const SETTLE: Work = Work { kind: "claim.settle", hands: 4, lease_seconds: 120, renews: false };

/// The job [`SETTLE`]: gives the buyer what was agreed, and ends the claim; twice is once. What cannot be given back, because it was
/// already, goes to the operator with the reason. Errors: the database's.
pub async fn settle(store: &Store, id: Id<Claim>) -> Result<()> {
    match store.write(move |tx| pay(tx, id)).await {
        Err(error) if error.kind == base::Kind::Conflict => {
            let code = error.code;
            store.write(move |tx| cannot(tx, id, code)).await
        }
        outcome => outcome,
    }
}

fn pay(tx: &mut Tx, id: Id<Claim>) -> Result<()> {
    let (_, known) = lock(tx, id)?;
    if known.state != State::Settling {
        return Ok(());
    }
    let mut sum = 0;
    for (part, what) in wanted(tx, &known)? {
        let refund = Refund {
            order: known.order,
            what,
            reason: known.kind.name().to_owned(),
            key: format!("claim:{}:{part}", id.raw()),
        };
        sum += settlement::refund(tx, &refund)?.minor;
    }
    finish(tx, &known, outcome_of(known.remedy), sum)
}

fn cannot(tx: &mut Tx, id: Id<Claim>, code: &'static str) -> Result<()> {
    let known = claim(tx, id)?;
    match known.state {
        State::Settling => due::to_operator(tx, &known, "house", "cannot_be_paid", code),
        _ => Ok(()),
    }
}

/// What goes back for a claim by its remedy, in parts with names: pieces that lie on the shelf again, pieces that do not, and the
/// delivery when nothing of the consignment is left.
pub(crate) fn wanted(db: &mut Read, known: &Claim) -> Result<Vec<(&'static str, What)>> {
    let claimed = lines(db, known.id)?;
    if known.remedy == Remedy::LowerPrice {
        let line = claimed.first().map(|one| one.line);
        return Ok(vec![("price", What::Reduction { amount: known.remedy_amount, line })]);
    }
    let mut wanted = Vec::new();
    let shelf: Vec<(Id<Line>, i64)> =
        claimed.iter().map(|one| (one.line, one.restock)).filter(|(_, n)| *n > 0).collect();
    let rest: Vec<(Id<Line>, i64)> =
        claimed.iter().map(|one| (one.line, one.pieces - one.restock)).filter(|(_, n)| *n > 0).collect();
    // What waits to be packed is still sent: only what has left is claimed.
    if !shelf.is_empty() {
        wanted.push(("shelf", What::Pieces { lines: shelf, restock: true }));
    }
    if !rest.is_empty() {
        wanted.push(("pieces", What::Away { lines: rest }));
    }
    let pieces: i64 = claimed.iter().map(|one| one.pieces).sum();
    let kept: i64 = db.one(KEPT, params![known.consignment])?.get(0)?;
    let delivery = db.one(DELIVERY_LEFT, params![known.consignment])?.get::<i64>(0)?;
    if pieces >= kept && delivery > 0 {
        wanted.push(("delivery", What::Delivery(known.consignment)));
    }
    Ok(wanted)
}

const KEPT: &str = "SELECT CAST(COALESCE(SUM(l.quantity - l.called_off
    - (SELECT COALESCE(SUM(b.pieces - b.unsent), 0) FROM settlement_refund_line b WHERE b.order_id = l.order_id AND b.line = l.id)), 0)
    AS BIGINT) FROM order_line l JOIN order_consignment c ON c.id = $1 AND c.order_id = l.order_id WHERE l.consignment = $1";
const DELIVERY_LEFT: &str = "SELECT CAST(COALESCE(SUM(l.shipping
    - (SELECT COALESCE(SUM(b.net), 0) FROM settlement_refund_line b
        WHERE b.order_id = l.order_id AND b.line = l.id AND b.part = 'delivery')), 0)
    AS BIGINT) FROM order_line l JOIN order_consignment c ON c.id = $1 AND c.order_id = l.order_id WHERE l.consignment = $1";
