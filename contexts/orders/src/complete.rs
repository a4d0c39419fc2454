//! Completion, a consignment at a time: the buyer has said yes, or has said nothing until the window was over. The fast seller
//! does not wait for the slowest parcel; the order is complete with its last consignment.

use crate::cancel::may_decide;
use crate::event;
use crate::journey::{ACCEPT, await_acceptance};
use crate::order::{Consignment, Order, consignments, lock};
use crate::pack::lock_both;
use crate::parcel::refresh;
use crate::state::{Dispute, State};
use base::{Error, Id, Result};
use store::{Tx, params};

/// Who says that a consignment is complete.
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
    /// It is complete now: its escrow can be split.
    Now,
    /// It had been completed before.
    Before,
    /// Not yet: by the window, while it runs or the buyer objects.
    NotYet,
}

/// Completes a delivered consignment. Emits `consignment.completed`, and `order.completed` when it was the last.
/// Called by `settlement::complete`, which moves the money.
/// Errors: denied, `consignment_unknown`, `not_delivered`, `disputed` (both conflicts; by the buyer only).
pub fn complete(tx: &mut Tx, id: Id<Consignment>, by: By) -> Result<Completed> {
    let (order, known) = lock_both(tx, id)?;
    may_decide(tx.actor(), &order)?;
    if known.state == State::Completed {
        return Ok(Completed::Before);
    }
    if let Some(obstacle) = obstacle(&known) {
        return if by == By::Window { Ok(Completed::NotYet) } else { Err(obstacle) };
    }
    let now = tx.now();
    if by == By::Window && known.accept_until.is_some_and(|until| now < until) {
        await_acceptance(tx, &known)?;
        return Ok(Completed::NotYet);
    }
    tx.send(COMPLETE, params![id, State::Completed, now])?;
    tx.unschedule(ACCEPT, id.raw())?;
    let by = if by == By::Buyer { "buyer" } else { "window" };
    let (organisation, by) = (known.organisation, by.into());
    tx.emit(id, &event::ConsignmentCompleted { order: order.id, organisation, by })?;
    refresh(tx, &order)?;
    Ok(Completed::Now)
}

fn obstacle(known: &Consignment) -> Option<Error> {
    if known.dispute == Dispute::Open {
        return Some(disputed());
    }
    (known.state != State::Delivered).then(not_delivered)
}

fn disputed() -> Error {
    Error::conflict("disputed", "An objection is open; close it first.")
}

fn not_delivered() -> Error {
    Error::conflict("not_delivered", "Not everything is delivered yet.")
}

/// The consignments of an order whose arrival its buyer can confirm, or has confirmed: not those that are objected to. Locks the order.
/// Errors: denied, `order_unknown`; `disputed`, `not_delivered` (conflicts) while there is none.
pub fn delivered(tx: &mut Tx, id: Id<Order>) -> Result<Vec<Id<Consignment>>> {
    let order = lock(tx, id)?;
    may_decide(tx.actor(), &order)?;
    let arrived = |one: &Consignment| matches!(one.state, State::Delivered | State::Completed);
    let all = consignments(tx, id)?;
    let fits = |one: &&Consignment| arrived(one) && (one.dispute != Dispute::Open || one.state == State::Completed);
    let found: Vec<_> = all.iter().filter(fits).map(|one| one.id).collect();
    match (found.is_empty(), all.iter().any(arrived)) {
        (false, _) => Ok(found),
        (true, true) => Err(disputed()),
        (true, false) => Err(not_delivered()),
    }
}

/// The last consignment is over, and one of them arrived for good. Emits `order.completed`. Called by `refresh`.
pub(crate) fn finish(tx: &mut Tx, order: &Order) -> Result<()> {
    let now = tx.now();
    tx.send(FINISH, params![order.id, now])?;
    tx.emit(order.id, &event::Completed { number: order.number.clone() })
}

const COMPLETE: &str = "UPDATE order_consignment SET state = $2, completed_at = $3 WHERE id = $1";
const FINISH: &str = "UPDATE order_head SET completed_at = $2,
    settlement = CASE WHEN settlement = 'escrow' THEN 'split' ELSE settlement END WHERE id = $1";
