//! What of an order's money was released and refunded. The ledger has the entries; these are their guarded sums.

use crate::event;
use crate::order::{Order, unknown};
use crate::state::Settlement;
use base::{Error, Id, Money, Result};
use payments::{RecordRefund, RecordedRefund, RefundState};
use store::{Tx, params};

/// `amount` left escrow by terms; a negative one came back (a reversal is a new posting). Of a complete order the settlement is
/// split by it. Called by `settlement` in the transaction that posts it. Errors: `not_in_escrow` (conflict).
pub fn released(tx: &mut Tx, order: Id<Order>, amount: Money) -> Result<()> {
    let changed = tx.run(RELEASE, params![order, amount.minor, amount.currency])?;
    if changed == 1 { Ok(()) } else { Err(missing(tx, order, "released")) }
}

/// `amount` went back to the buyer out of escrow. The payment's state follows from what is left.
/// Emits `order.refunded`. Errors: `not_in_escrow` (conflict).
pub fn refunded(tx: &mut Tx, order: Id<Order>, amount: Money) -> Result<()> {
    if amount.minor <= 0 {
        return Err(Error::invalid("nothing_to_refund", "A refund is an amount above zero."));
    }
    if tx.run(REFUND, params![order, amount.minor, amount.currency])? != 1 {
        return Err(missing(tx, order, "refunded"));
    }
    tx.emit(order, &event::Refunded { amount: amount.minor, currency: amount.currency })
}

/// Everything that was to be paid out of a complete order is. Nothing while it is not complete. Emits `order.settlement`.
pub fn paid_out(tx: &mut Tx, order: Id<Order>) -> Result<()> {
    if tx.run(PAY_OUT, params![order])? == 1 {
        tx.emit(order, &event::Settled { state: Settlement::PaidOut.name().into() })?;
    }
    Ok(())
}

/// News of a refund from wherever it comes, a provider's answer or its webhook: recorded once by `payments`, and on success
/// taken out of the order's escrow; one that comes back after all is put into it again. Duplicates change nothing, and what was
/// never the order's money does not touch it.
/// Errors: unknown refund.
pub fn record_refund(tx: &mut Tx, news: &RecordRefund) -> Result<RecordedRefund> {
    let recorded = payments::record_refund(tx, news)?;
    if !recorded.of_order {
        return Ok(recorded);
    }
    if recorded.changed && recorded.state == RefundState::Succeeded {
        refunded(tx, Id::from_raw(recorded.subject), recorded.amount)?;
    }
    if recorded.came_back {
        refund_came_back(tx, Id::from_raw(recorded.subject), recorded.amount)?;
    }
    Ok(recorded)
}

/// The buyer's money lies in escrow again. Errors: `not_refunded` (conflict).
fn refund_came_back(tx: &mut Tx, order: Id<Order>, amount: Money) -> Result<()> {
    if tx.run(UNREFUND, params![order, amount.minor, amount.currency])? == 1 {
        return Ok(());
    }
    Err(Error::conflict("not_refunded", "So much was not refunded of this order."))
}

fn missing(tx: &mut Tx, order: Id<Order>, deed: &str) -> Error {
    match crate::order::find(tx, order) {
        Ok(known) => {
            let say = format!("Only {} of {} lies in escrow; more cannot be {deed}.", known.escrow(), known.number);
            Error::conflict("not_in_escrow", say)
        }
        Err(_) => unknown(),
    }
}

const RELEASE: &str = "UPDATE order_head SET released = released + $2,
    settlement = CASE WHEN settlement = 'returned' OR completed_at IS NULL THEN settlement ELSE 'split' END
    WHERE id = $1 AND currency = $3 AND captured >= released + refunded + $2";
const REFUND: &str = "UPDATE order_head SET refunded = refunded + $2,
    payment = CASE WHEN captured = refunded + $2 THEN 'refunded' WHEN captured - refunded - $2 >= total + added - credited THEN payment
    ELSE 'partly_refunded' END,
    settlement = CASE WHEN captured = refunded + $2 THEN 'returned' ELSE settlement END
    WHERE id = $1 AND currency = $3 AND captured >= released + refunded + $2";
const UNREFUND: &str = "UPDATE order_head SET refunded = refunded - $2,
    payment = CASE WHEN captured - refunded + $2 >= total + added - credited THEN 'paid' ELSE 'partly_refunded' END,
    settlement = CASE WHEN settlement <> 'returned' THEN settlement WHEN completed_at IS NOT NULL THEN 'split' ELSE 'escrow' END
    WHERE id = $1 AND currency = $3 AND refunded >= $2";
const PAY_OUT: &str =
    "UPDATE order_head SET settlement = 'paid_out' WHERE id = $1 AND settlement = 'split' AND completed_at IS NOT NULL";
