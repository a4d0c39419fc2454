//! Objections: while one to a consignment is open it does not complete by itself, and its money waits.

use crate::cancel::may_decide;
use crate::event;
use crate::journey::await_acceptance;
use crate::order::{Consignment, Order};
use crate::pack::lock_both;
use crate::state::{Dispute, Payment, State};
use base::{Error, Id, Result};
use store::{Tx, params};

/// The buyer objects to a consignment, also to one that is complete; `reason` is a code. Open already: nothing.
/// Emits `consignment.disputed`. Errors: denied (its buyer, the operator and the house may), `consignment_unknown`,
/// `not_disputable` (conflict) when it is not paid or was called off.
pub fn open_dispute(tx: &mut Tx, id: Id<Consignment>, reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    may_decide(tx.actor(), &order)?;
    if known.dispute == Dispute::Open {
        return Ok(());
    }
    let paid = matches!(order.payment, Payment::Paid | Payment::PartlyRefunded);
    if !paid || matches!(known.state, State::Waiting | State::Cancelled) {
        let say = "Only what is paid and not called off can be objected to.";
        return Err(Error::conflict("not_disputable", say));
    }
    set(tx, &order, id, Dispute::Open)?;
    let (organisation, reason) = (known.organisation, reason.into());
    tx.emit(id, &event::Disputed { order: order.id, organisation, reason })
}

/// The objection to a consignment is over; its acceptance window goes on where it stood. `outcome` is a code. Not open: nothing.
/// Emits `consignment.dispute_closed`. Errors: denied (its buyer, the operator and the house may), `consignment_unknown`.
pub fn close_dispute(tx: &mut Tx, id: Id<Consignment>, outcome: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    may_decide(tx.actor(), &order)?;
    if known.dispute != Dispute::Open {
        return Ok(());
    }
    set(tx, &order, id, Dispute::Closed)?;
    let (organisation, outcome) = (known.organisation, outcome.into());
    tx.emit(id, &event::DisputeClosed { order: order.id, organisation, outcome })?;
    match known.state {
        State::Delivered => await_acceptance(tx, &known),
        _ => Ok(()),
    }
}

/// Marks the consignment, and derives the order's mark from its consignments'. The order is locked.
fn set(tx: &mut Tx, order: &Order, id: Id<Consignment>, dispute: Dispute) -> Result<()> {
    tx.run(SET, params![id, dispute])?;
    let rows = tx.query(ALL, params![order.id])?;
    let all: Vec<Dispute> = rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    tx.send(SET_HEAD, params![order.id, Dispute::of(&all)])
}

const SET: &str = "UPDATE order_consignment SET dispute = $2 WHERE id = $1";
const ALL: &str = "SELECT dispute FROM order_consignment WHERE order_id = $1";
const SET_HEAD: &str = "UPDATE order_head SET dispute = $2 WHERE id = $1";
