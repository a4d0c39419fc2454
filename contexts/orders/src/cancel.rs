//! Calling off: the whole order before packing, or a consignment that will never arrive. Parts of it are `take_out`'s, money is
//! `settlement`'s.

use crate::due;
use crate::order::{Consignment, Order, lock};
use crate::pack::{lock_both, refresh};
use crate::pay::stop_asking;
use crate::state::{Deed, Fulfilment, Payment};
use base::{Actor, Error, Id, Money, Permission, Result};
use store::{Event, Tx, params};

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
    let ended = tx.query(CANCEL_CONSIGNMENTS, params![id, now])?;
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
    due::give_up(tx, id)?;
    stop_asking(tx, id)?;
    // Nobody packs what is not paid.
    let unsent: Vec<i64> = match order.paid_at {
        Some(_) => ended.iter().map(|row| row.get(0)).collect::<Result<_>>()?,
        None => Vec::new(),
    };
    let body = serde_json::json!({
        "number": order.number, "reason": reason, "escrow": order.escrow().minor, "unsent": unsent,
    });
    tx.emit(&Event { kind: "order.cancelled", subject: id.raw(), body })?;
    Ok(Cancelled { to_refund: order.escrow(), again: false })
}

/// The buyer of an order, the operator and the house decide about it. A guest's token was checked by the edge. Errors: denied.
pub fn may_decide(actor: Actor, order: &Order) -> Result<()> {
    if is_own(actor, order) { Ok(()) } else { actor.may(Permission::OrdersWrite) }
}

/// Whether `actor` is the buyer of an order, or a guest of a guest's.
pub(crate) fn is_own(actor: Actor, order: &Order) -> bool {
    match order.buyer {
        Some(buyer) => actor.person() == Some(buyer.raw()),
        None => actor == Actor::Guest,
    }
}

/// The job `order.unpaid`: calls off an order that nobody has paid in time, or gives up what an amendment costs more. Says whether
/// it did.
pub fn lapse(tx: &mut Tx, id: Id<Order>) -> Result<bool> {
    let order = lock(tx, id)?;
    if order.is_payable() {
        cancel(tx, id, "unpaid")?;
        return Ok(true);
    }
    due::give_up(tx, id)
}

/// The last consignment of a paid order was called off: so is the order. Its state is derived already.
pub(crate) fn close_cancelled(tx: &mut Tx, order: &Order, reason: &str) -> Result<()> {
    let now = tx.now();
    tx.send(CANCEL, params![order.id, order.payment, now])?;
    due::give_up(tx, order.id)?;
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
    WHERE order_id = $1 AND state IN ('waiting', 'to_pack') RETURNING id";
const CALL_OFF_LINES: &str = "UPDATE order_line SET called_off = quantity WHERE order_id = $1 AND consignment IN
    (SELECT id FROM order_consignment WHERE order_id = $1 AND cancelled_at IS NOT NULL)";
const COUNT_LIVE: &str = "SELECT COUNT(*) FROM order_consignment WHERE order_id = $1 AND state <> 'cancelled'";
const CANCEL: &str = "UPDATE order_head SET fulfilment = 'cancelled', payment = $2, cancelled_at = $3 WHERE id = $1";
const WRITE_OFF: &str = "UPDATE order_consignment SET state = $2, written_off_at = $3 WHERE id = $1";
