//! Calling off: the goods' side is `orders`', the money goes back here, in the same transaction.

use crate::refund::give_back;
use base::{Id, Money, Result};
use orders::{Consignment, Order};
use store::{Tx, Work};

/// Calls off an order of which nothing is packed and asks for its money back. Says how much that is.
/// Errors: those of `orders::cancel`.
pub fn cancel(tx: &mut Tx, order: Id<Order>, reason: &str) -> Result<Money> {
    let cancelled = orders::cancel(tx, order, reason)?;
    if cancelled.again {
        return Ok(Money::zero(cancelled.to_refund.currency));
    }
    give_back(tx, order, cancelled.to_refund, &format!("cancel:{order}"), reason)
}

/// The job that gives up a consignment nobody has any more ([`write_off`]).
pub const WRITE_OFF: Work = Work { kind: "consignment.write_off", hands: 4, lease_seconds: 120, renews: false };

/// Gives up a consignment that was lost or sent back, and asks for its money back: its total, or what is left of the
/// payment if less. Says how much that is. Errors: those of `orders::write_off`.
pub fn write_off(tx: &mut Tx, consignment: Id<Consignment>) -> Result<Money> {
    let total = orders::write_off(tx, consignment)?;
    let order = orders::consignment(tx, consignment)?.order;
    give_back(tx, order, total, &format!("write_off:{consignment}"), "not_delivered")
}
