//! Objections: while one is open the order does not complete by itself.

use crate::cancel::may_decide;
use crate::order::{Order, lock};
use crate::state::{Dispute, Fulfilment, Payment};
use base::{Error, Id, Permission, Result};
use store::{Event, Tx, params};

/// The buyer objects, with a code for the reason and own words. Emits `order.disputed`.
/// Errors: denied, `order_unknown`, `not_disputable` (conflict) when nothing is paid or the order is over.
pub fn open_dispute(tx: &mut Tx, id: Id<Order>, reason: &str, words: &str) -> Result<()> {
    let order = lock(tx, id)?;
    may_decide(tx.actor(), &order)?;
    if order.dispute == Dispute::Open {
        return Ok(());
    }
    let paid = matches!(order.payment, Payment::Paid | Payment::PartlyRefunded);
    if !paid || order.fulfilment.is_over() {
        return Err(Error::conflict("not_disputable", "Only a paid order that is not over can be objected to."));
    }
    tx.send(SET, params![id, Dispute::Open])?;
    let body = serde_json::json!({ "number": order.number, "reason": reason, "words": words });
    tx.emit(&Event { kind: "order.disputed", subject: id.raw(), body })
}

/// The operator closes the objection; the acceptance window goes on where it stood. Emits `order.dispute_closed`.
/// Errors: denied, `order_unknown`.
pub fn close_dispute(tx: &mut Tx, id: Id<Order>, outcome: &str) -> Result<()> {
    tx.actor().may(Permission::OrdersWrite)?;
    let order = lock(tx, id)?;
    if order.dispute != Dispute::Open {
        return Ok(());
    }
    tx.send(SET, params![id, Dispute::Closed])?;
    let body = serde_json::json!({ "number": order.number, "outcome": outcome });
    tx.emit(&Event { kind: "order.dispute_closed", subject: id.raw(), body })?;
    if order.fulfilment == Fulfilment::Delivered {
        crate::journey::await_acceptance(tx, &order)?;
    }
    Ok(())
}

const SET: &str = "UPDATE order_head SET dispute = $2 WHERE id = $1";
