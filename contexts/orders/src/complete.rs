//! Completion: the buyer has said yes, or has said nothing until the window was over.

use crate::cancel::may_decide;
use crate::journey::ACCEPT;
use crate::order::{Order, consignments, lock};
use crate::pack::refresh;
use crate::state::{Dispute, Fulfilment};
use base::{Error, Id, Result};
use store::{Event, Tx, params};

/// Who says that the order is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The buyer confirms.
    Buyer,
    /// The acceptance window is over.
    Window,
}

/// What completing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completed {
    /// The order is complete now: its escrow can be split.
    Now,
    /// It had been completed before.
    Before,
    /// Not yet: by the window, while it runs or the buyer objects.
    NotYet,
}

/// Completes a delivered order. Emits `order.completed`. Called by `settlement::complete`, which moves the money.
/// Errors: denied, `order_unknown`, `not_delivered`, `disputed` (both conflicts; by the buyer only).
pub fn complete(tx: &mut Tx, id: Id<Order>, by: By) -> Result<Completed> {
    let order = lock(tx, id)?;
    may_decide(tx.actor(), &order)?;
    if order.fulfilment == Fulfilment::Completed {
        return Ok(Completed::Before);
    }
    if let Some(obstacle) = obstacle(&order) {
        return if by == By::Window { Ok(Completed::NotYet) } else { Err(obstacle) };
    }
    let now = tx.now();
    let until = consignments(tx, id)?.iter().filter_map(|one| one.accept_until).max();
    if by == By::Window && until.is_some_and(|until| now < until) {
        crate::journey::await_acceptance(tx, &order)?;
        return Ok(Completed::NotYet);
    }
    tx.send(COMPLETE_CONSIGNMENTS, params![id])?;
    tx.send(COMPLETE, params![id, now])?;
    refresh(tx, &order)?;
    tx.unschedule(ACCEPT, id.raw())?;
    let by = if by == By::Buyer { "buyer" } else { "window" };
    let body = serde_json::json!({ "number": order.number, "by": by });
    tx.emit(&Event { kind: "order.completed", subject: id.raw(), body })?;
    Ok(Completed::Now)
}

fn obstacle(order: &Order) -> Option<Error> {
    if order.dispute == Dispute::Open {
        return Some(Error::conflict("disputed", "An objection is open; close it first."));
    }
    if order.fulfilment != Fulfilment::Delivered {
        return Some(Error::conflict("not_delivered", "Not everything is delivered yet."));
    }
    None
}

const COMPLETE_CONSIGNMENTS: &str =
    "UPDATE order_consignment SET state = 'completed' WHERE order_id = $1 AND state = 'delivered'";
const COMPLETE: &str = "UPDATE order_head SET completed_at = $2 WHERE id = $1";
