//! Calling off: the whole order before packing, or a parcel that will never arrive. Parts of it are `take_out`'s, money is
//! `settlement`'s.

use crate::due;
use crate::event;
use crate::journey::tell_all_there;
use crate::order::{Order, lock};
use crate::parcel::{Parcel, follow, lock_all, parcels};
use crate::pay::stop_asking;
use crate::state::{Deed, Fulfilment, ParcelState, Payment, State};
use crate::take_out::undo;
use base::{Actor, Error, Id, Money, Permission, Result};
use store::{Tx, params};

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
    unpack_asked(tx, id)?;
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
    let (number, reason, escrow) = (order.number.clone(), reason.into(), order.escrow().minor);
    tx.emit(id, &event::Cancelled { number, reason, escrow, unsent })?;
    Ok(Cancelled { to_refund: order.escrow(), again: false })
}

/// The buyer of an order, the operator and the house decide about it. A guest's token was checked by the edge. Errors: denied.
pub fn may_decide(actor: Actor, order: &Order) -> Result<()> {
    if is_own(actor, order) { Ok(()) } else { actor.may(Permission::OrdersWrite) }
}

/// Whether `actor` is the buyer of an order, or a guest of a guest's: whoever holds its link, as the edge has checked.
pub fn is_own(actor: Actor, order: &Order) -> bool {
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
    let (number, reason, escrow) = (order.number.clone(), reason.into(), order.escrow().minor);
    tx.emit(order.id, &event::Cancelled { number, reason, escrow, unsent: Vec::new() })
}

/// What carriers were asked for and have made no label for is taken back.
pub(crate) fn unpack_asked(tx: &mut Tx, order: Id<Order>) -> Result<()> {
    let asked = parcels(tx, order)?.into_iter().filter(|one| one.state == ParcelState::Asked);
    asked.into_iter().try_for_each(|one| undo(tx, &one))
}

/// What giving up a parcel led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenOff {
    /// The parcel as it was.
    pub parcel: Parcel,
    /// Nothing of its consignment arrives or is left to send.
    pub over: bool,
}

/// Gives up a parcel that was lost or sent back; what is in it has to be paid back. Its consignment goes on with what else there is,
/// or is over. Emits `consignment.written_off`. Errors: denied (operator and house), `unknown_parcel`, `wrong_state`.
pub fn write_off(tx: &mut Tx, id: Id<Parcel>) -> Result<WrittenOff> {
    tx.actor().may(Permission::OrdersWrite)?;
    let (order, known, parcel) = lock_all(tx, id)?;
    let (state, now) = (parcel.state.moved(Deed::WriteOff)?, tx.now());
    tx.send(WRITE_OFF, params![id, state, now])?;
    let followed = follow(tx, &order, known.id, now)?;
    let over = followed.state == State::Cancelled;
    let was = parcel.state.name().into();
    tx.emit(known.id, &event::WrittenOff { of: parcel.told(&known), was, over })?;
    tell_all_there(tx, &known, &followed)?;
    Ok(WrittenOff { parcel, over })
}

const CANCEL_CONSIGNMENTS: &str = "UPDATE order_consignment SET state = 'cancelled', cancelled_at = $2
    WHERE order_id = $1 AND state IN ('waiting', 'to_pack') AND NOT EXISTS (SELECT 1 FROM order_parcel p
        WHERE p.consignment = order_consignment.id AND p.state <> 'recalled') RETURNING id";
const CALL_OFF_LINES: &str = "UPDATE order_line SET called_off = quantity WHERE order_id = $1 AND consignment IN
    (SELECT id FROM order_consignment WHERE order_id = $1 AND cancelled_at IS NOT NULL)";
const COUNT_LIVE: &str = "SELECT COUNT(*) FROM order_consignment WHERE order_id = $1 AND state <> 'cancelled'";
const CANCEL: &str = "UPDATE order_head SET fulfilment = 'cancelled', payment = $2, cancelled_at = $3 WHERE id = $1";
const WRITE_OFF: &str = "UPDATE order_parcel SET state = $2, written_off_at = $3 WHERE id = $1";
