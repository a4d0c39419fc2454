//! What a payment's outcome does to the order. Called by `checkout::settle` only when the outcome is news.

use crate::cancel::may_decide;
use crate::clock;
use crate::due::{self, Due};
use crate::event;
use crate::order::{Order, lock};
use crate::place::UNPAID;
use crate::state::{Customs, Fulfilment, Payment};
use base::{Error, Id, Money, Result};
use parties::Person;
use store::{Read, Tx, params};

/// What a capture meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    /// The order goes on: its clocks run.
    Paid,
    /// The order was paid already or called off: this much has to go back to the buyer.
    Extra(Money),
}

/// The provider captured `amount` for a due of `order`. Emits `order.paid` for the first, `order.due_paid` for a later one, and
/// `order.paid_extra` for what is not owed any more. Errors: `order_unknown`, `amount_differs` (conflict).
pub fn paid(tx: &mut Tx, order: Id<Order>, due: i64, amount: Money) -> Result<Capture> {
    if due != due::FIRST {
        return later(tx, order, due, amount);
    }
    let now = tx.now();
    // Nothing of the attempts is changed by what marks the order as paid.
    payments::by_subject_ahead(tx, order.raw())?;
    let first = tx.maybe(PAID, params![order, amount.minor, amount.currency, now])?;
    let Some(row) = first else { return extra(tx, order, amount) };
    stop_asking(tx, order)?;
    due::first_paid(tx, order)?;
    clock::start(tx, order)?;
    if row.get::<i64>(1)? > 0 {
        clock::put_off(tx, order, 0)?;
    }
    tx.emit(order, &event::Paid { number: row.get(0)?, amount: amount.minor, currency: amount.currency })?;
    Ok(Capture::Paid)
}

/// What an amendment costs more is paid; the job `order.due` carries it out.
fn later(tx: &mut Tx, order: Id<Order>, due: i64, amount: Money) -> Result<Capture> {
    let known = lock(tx, order)?;
    if !due::paid(tx, order, due, amount)? {
        return extra(tx, order, amount);
    }
    tx.send(PAID_MORE, params![order, amount.minor])?;
    stop_asking(tx, order)?;
    let now = tx.now();
    tx.schedule(&due::DUE.job(order.raw(), now))?;
    let Money { minor: amount, currency } = amount;
    tx.emit(order, &event::DuePaid { number: known.number, due, amount, currency })?;
    Ok(Capture::Paid)
}

/// Takes `order.unpaid` off the list, unless an attempt to pay is still open: then the job is due at once. It asks about the
/// attempt a last time and lets go of what waits for the buyer, so that no money comes that nobody hears of.
pub(crate) fn stop_asking(tx: &mut Tx, order: Id<Order>) -> Result<()> {
    let attempts = payments::by_subject(tx, order.raw())?;
    match attempts.iter().find(|attempt| !attempt.state.is_final()) {
        None => tx.unschedule(UNPAID, order.raw()),
        Some(open) => {
            let now = tx.now();
            tx.schedule(&UNPAID.job(order.raw(), now).with(&open.provider))
        }
    }
}

fn extra(tx: &mut Tx, order: Id<Order>, amount: Money) -> Result<Capture> {
    let known = lock(tx, order)?;
    if known.currency != amount.currency {
        return Err(differs(&known, amount));
    }
    if known.fulfilment == Fulfilment::Waiting && matches!(known.payment, Payment::Pending | Payment::Failed) {
        return Err(differs(&known, amount));
    }
    tx.send(PAID_EXTRA, params![order, amount.minor])?;
    tx.emit(order, &event::PaidExtra { number: known.number, amount: amount.minor, currency: amount.currency })?;
    Ok(Capture::Extra(amount))
}

fn differs(order: &Order, amount: Money) -> Error {
    Error::conflict("amount_differs", format!("{amount} was captured for {}, which is something else.", order.number))
}

/// The provider refused, with a stable code. The order stays open for another attempt until it lapses.
/// Emits `order.payment_failed`. Says whether anything changed.
pub fn payment_failed(tx: &mut Tx, order: Id<Order>, code: &str) -> Result<bool> {
    let changed = tx.run(FAILED, params![order])? == 1;
    if changed {
        tx.emit(order, &event::PaymentFailed { code: code.into() })?;
    }
    Ok(changed)
}

/// Whether another attempt to pay may begin, and what it pays. The order's row is locked: until the end of the transaction nobody
/// else begins one. Errors: denied, `not_payable` (conflict) when nothing is to be paid.
pub fn may_be_paid(tx: &mut Tx, order: Id<Order>) -> Result<Due> {
    let known = lock(tx, order)?;
    may_decide(tx.actor(), &known)?;
    let owed = due::open_due(tx, order)?;
    owed.filter(|due| known.is_payable() || due.position != due::FIRST).ok_or_else(not_payable)
}

/// Another attempt to pay this has begun, and can be paid. Errors: `not_payable` (conflict) when the order is paid or over.
pub fn payment_reopened(tx: &mut Tx, due: &Due) -> Result<()> {
    if due.position != due::FIRST || tx.run(REOPEN, params![due.order])? == 1 { Ok(()) } else { Err(not_payable()) }
}

fn not_payable() -> Error {
    Error::conflict("not_payable", "This order is paid or was called off.")
}

/// Whether a person has ever paid an order.
pub fn has_paid(db: &mut Read, buyer: Id<Person>) -> Result<bool> {
    Ok(db.maybe(HAS_PAID, params![buyer])?.is_some())
}

impl Order {
    /// Whether another attempt to pay makes sense.
    pub fn is_payable(&self) -> bool {
        self.fulfilment == Fulfilment::Waiting && matches!(self.payment, Payment::Pending | Payment::Failed)
    }

    /// Whether a customs border lies on the way of any consignment.
    pub fn crosses_border(&self) -> bool {
        self.customs != Customs::None
    }
}

const PAID: &str =
    "UPDATE order_head SET payment = 'paid', fulfilment = 'to_pack', settlement = 'escrow', paid_at = $4,
    captured = captured + $2, revision = revision + 1
    WHERE id = $1 AND payment IN ('pending', 'failed') AND fulfilment = 'waiting' AND total = $2 AND currency = $3
    RETURNING number,
    (SELECT COUNT(*) FROM order_line l WHERE l.order_id = order_head.id AND l.supplied <> 'stock')";
const PAID_MORE: &str = "UPDATE order_head SET captured = captured + $2,
    payment = CASE WHEN captured + $2 - refunded >= total + added - credited THEN 'paid' ELSE 'partly_refunded' END
    WHERE id = $1";
const PAID_EXTRA: &str = "UPDATE order_head SET captured = captured + $2,
    settlement = CASE WHEN settlement = 'none' THEN 'escrow' ELSE settlement END,
    payment = CASE WHEN payment = 'void' THEN 'paid' ELSE payment END WHERE id = $1";
const HAS_PAID: &str =
    "SELECT 1 FROM order_head WHERE buyer = $1 AND buyer <> 0 AND paid_at IS NOT NULL ORDER BY id LIMIT 1";
const FAILED: &str = "UPDATE order_head SET payment = 'failed' WHERE id = $1 AND payment = 'pending'";
const REOPEN: &str = "UPDATE order_head SET payment = 'pending'
    WHERE id = $1 AND payment IN ('pending', 'failed') AND fulfilment = 'waiting'";
