//! Calling off: the whole order, a consignment or pieces of it before packing, or a consignment that will never arrive. Money is
//! `settlement`'s.

use crate::order::{Consignment, Line, Order, lines, lock};
use crate::pack::{lock_both, refresh};
use crate::pay::stop_asking;
use crate::state::{Deed, Fulfilment, Payment};
use base::{Actor, Error, Id, Money, Permission, Result};
use parties::Organisation;
use stock::Want;
use store::{Event, Tx, params};
use terms::Party;

/// What calling off left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// What lies in escrow for it and has to go back to the buyer.
    pub to_refund: Money,
    /// It had been called off before.
    pub again: bool,
}

/// Calls off an order of which nothing is packed; frees its stock. `reason` is a code. Emits `order.cancelled`.
/// Errors: denied (only its buyer, the operator and the house may), `order_unknown`, `already_packed` (conflict).
pub fn cancel(tx: &mut Tx, id: Id<Order>, reason: &str) -> Result<Cancelled> {
    let order = lock(tx, id)?;
    may_decide(tx.actor(), &order)?;
    if order.fulfilment == Fulfilment::Cancelled {
        return Ok(Cancelled { to_refund: order.escrow(), again: true });
    }
    let now = tx.now();
    tx.run(CANCEL_CONSIGNMENTS, params![id, now])?;
    if tx.one(COUNT_LIVE, params![id])?.get::<i64>(0)? > 0 {
        return Err(Error::conflict(
            "already_packed",
            "Something of this order is packed; it can be returned, not called off.",
        ));
    }
    tx.send(CALL_OFF_LINES, params![id])?;
    stock::release(tx, id.raw())?;
    logistics::booking::call_off(tx, id.raw())?;
    let payment = match order.payment {
        Payment::Pending | Payment::Failed => Payment::Void,
        other => other,
    };
    tx.send(CANCEL, params![id, payment, now])?;
    stop_asking(tx, id)?;
    let body = serde_json::json!({ "number": order.number, "reason": reason, "escrow": order.escrow().minor });
    tx.emit(&Event { kind: "order.cancelled", subject: id.raw(), body })?;
    Ok(Cancelled { to_refund: order.escrow(), again: false })
}

/// The buyer of an order, the operator and the house decide about it. A guest's token was checked by the edge. Errors: denied.
pub fn may_decide(actor: Actor, order: &Order) -> Result<()> {
    let own = match order.buyer {
        Some(buyer) => actor.person() == Some(buyer.raw()),
        None => actor == Actor::Guest,
    };
    if own { Ok(()) } else { actor.may(Permission::OrdersWrite) }
}

/// The job `order.unpaid`: calls off an order that nobody has paid in time. Says whether it did.
pub fn lapse(tx: &mut Tx, id: Id<Order>) -> Result<bool> {
    let order = lock(tx, id)?;
    if !order.is_payable() {
        return Ok(false);
    }
    cancel(tx, id, "unpaid")?;
    Ok(true)
}

/// Calls off one consignment of a paid order before it is packed; frees its stock. `reason` is a code. Emits
/// `consignment.cancelled`, and `order.cancelled` when it was the last one.
/// Errors: denied (its buyer, its seller, who ships it, the operator and the house may), `consignment_unknown`, `wrong_state`.
pub fn cancel_consignment(tx: &mut Tx, id: Id<Consignment>, reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    let own = of(tx, &known)?;
    may_call_off(tx.actor(), &order, &known, &own)?;
    let rest: Vec<(Id<Line>, i64)> = own.iter().map(|line| (line.id, line.to_send())).collect();
    take_out(tx, &order, &known, &rest)?;
    end(tx, &order, &known, reason)
}

/// Takes pieces out of a consignment that is not packed: they are not sent, and free again. When nothing is left to send, the
/// consignment is called off. Called by `settlement`, which gives their money back. Emits `consignment.pieces_called_off`.
/// Errors: denied (operator and house), `consignment_unknown`, `wrong_state`, `too_many_pieces` (conflict).
pub fn call_off_pieces(tx: &mut Tx, id: Id<Consignment>, pieces: &[(Id<Line>, i64)]) -> Result<()> {
    let actor = tx.actor();
    actor.may(Permission::OrdersWrite).or_else(|_| actor.may(Permission::MoneyWrite))?;
    let (order, known) = lock_both(tx, id)?;
    take_out(tx, &order, &known, pieces)?;
    let told: Vec<_> =
        pieces.iter().map(|(line, pieces)| serde_json::json!({ "line": line.raw(), "pieces": pieces })).collect();
    let body = serde_json::json!({ "order": order.id.raw(), "organisation": known.organisation.raw(), "lines": told });
    tx.emit(&Event { kind: "consignment.pieces_called_off", subject: id.raw(), body })?;
    match of(tx, &known)?.iter().all(|line| line.to_send() == 0) {
        true => end(tx, &order, &known, "refunded"),
        false => Ok(()),
    }
}

/// A seller calls off its own consignment, who ships it what cannot be sent, whoever decides about the order or its money any of it.
fn may_call_off(actor: Actor, order: &Order, known: &Consignment, own: &[Line]) -> Result<()> {
    let may = |of: Id<Organisation>| actor.may_for(of.raw(), Permission::SellerWrite, Permission::OrdersWrite);
    let sold = own.iter().all(|line| line.terms.merchant_of_record == Party::Seller);
    let seller = may(known.shipped_by).or_else(|no| if sold { may(known.organisation) } else { Err(no) });
    seller.or_else(|_| may_decide(actor, order)).or_else(|_| actor.may(Permission::MoneyWrite))
}

fn of(tx: &mut Tx, known: &Consignment) -> Result<Vec<Line>> {
    Ok(lines(tx, known.order)?.into_iter().filter(|line| line.consignment == known.id).collect())
}

/// Frees pieces that wait to be packed. Waiting for money is calling off the order, not a part of it.
fn take_out(tx: &mut Tx, order: &Order, known: &Consignment, pieces: &[(Id<Line>, i64)]) -> Result<()> {
    known.state.moved(Deed::Pack)?;
    let mut wants = Vec::new();
    for line in of(tx, known)? {
        let pieces: i64 = pieces.iter().filter(|(id, _)| *id == line.id).map(|(_, pieces)| pieces).sum();
        if pieces == 0 {
            continue;
        }
        if pieces < 0 || tx.run(TAKE_OUT, params![line.id, pieces])? != 1 {
            let say = format!("Of “{}” at most {} can be taken out.", line.title, line.to_send());
            return Err(Error::conflict("too_many_pieces", say));
        }
        wants.push(Want { warehouse: known.warehouse, variant: line.variant, quantity: pieces });
    }
    if wants.is_empty() {
        return Ok(());
    }
    stock::release_part(tx, order.id.raw(), &wants)?;
    // What a carrier was asked to carry is another parcel now.
    logistics::booking::call_off_one(tx, known.id.raw())
}

fn end(tx: &mut Tx, order: &Order, known: &Consignment, reason: &str) -> Result<()> {
    let (state, now) = (known.state.moved(Deed::Cancel)?, tx.now());
    tx.send(END_CONSIGNMENT, params![known.id, state, now])?;
    let body = serde_json::json!({
        "order": order.id.raw(), "organisation": known.organisation.raw(), "reason": reason, "total": known.total.minor,
    });
    tx.emit(&Event { kind: "consignment.cancelled", subject: known.id.raw(), body })?;
    if refresh(tx, order)?.0 != Fulfilment::Cancelled {
        return Ok(());
    }
    tx.send(CANCEL, params![order.id, order.payment, now])?;
    let body = serde_json::json!({ "number": order.number, "reason": reason, "escrow": order.escrow().minor });
    tx.emit(&Event { kind: "order.cancelled", subject: order.id.raw(), body })
}

/// Gives up a consignment that was lost or sent back; gives what has to go back to the buyer for it: its whole total.
/// Emits `consignment.written_off`. Errors: denied (operator and house), `wrong_state`.
pub fn write_off(tx: &mut Tx, id: Id<Consignment>) -> Result<Money> {
    tx.actor().may(Permission::OrdersWrite)?;
    let (order, known) = lock_both(tx, id)?;
    let state = known.state.moved(Deed::WriteOff)?;
    let now = tx.now();
    tx.send(WRITE_OFF, params![id, state, now])?;
    let body = serde_json::json!({ "order": order.id.raw(), "was": known.state.name(), "total": known.total.minor });
    tx.emit(&Event { kind: "consignment.written_off", subject: id.raw(), body })?;
    refresh(tx, &order)?;
    Ok(known.total)
}

const CANCEL_CONSIGNMENTS: &str = "UPDATE order_consignment SET state = 'cancelled', cancelled_at = $2
    WHERE order_id = $1 AND state IN ('waiting', 'to_pack')";
const CALL_OFF_LINES: &str = "UPDATE order_line SET called_off = quantity WHERE order_id = $1 AND consignment IN
    (SELECT id FROM order_consignment WHERE order_id = $1 AND cancelled_at IS NOT NULL)";
const COUNT_LIVE: &str = "SELECT COUNT(*) FROM order_consignment WHERE order_id = $1 AND state <> 'cancelled'";
const CANCEL: &str = "UPDATE order_head SET fulfilment = 'cancelled', payment = $2, cancelled_at = $3 WHERE id = $1";
const TAKE_OUT: &str =
    "UPDATE order_line SET called_off = called_off + $2 WHERE id = $1 AND called_off + $2 <= quantity";
const END_CONSIGNMENT: &str = "UPDATE order_consignment SET state = $2, cancelled_at = $3 WHERE id = $1";
const WRITE_OFF: &str = "UPDATE order_consignment SET state = $2, written_off_at = $3 WHERE id = $1";
