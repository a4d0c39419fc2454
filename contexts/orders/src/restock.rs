//! Goods that came back from a buyer, put on the shelf they left.

use crate::order::{Consignment, Line, lines};
use crate::pack::lock_both;
use base::{Error, Id, Result};
use stock::Move;
use store::Tx;

/// Puts pieces of a consignment that has left back on the shelf they came from. `key` makes the same deed again change nothing.
/// Emits `stock.changed`. Errors: denied, `consignment_unknown`, `not_handed_over` (conflict).
pub fn take_back(tx: &mut Tx, id: Id<Consignment>, pieces: &[(Id<Line>, i64)], key: &str, reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    if known.handed_over_at.is_none() {
        return Err(Error::conflict("not_handed_over", "Nothing has left yet that could come back."));
    }
    for line in lines(tx, order.id)?.iter().filter(|line| line.consignment == id) {
        let quantity: i64 = pieces.iter().filter(|(one, _)| *one == line.id).map(|(_, pieces)| pieces).sum();
        if quantity > 0 {
            let key = format!("{key}:{}", line.id);
            let command =
                Move { warehouse: known.warehouse, variant: line.variant, quantity, key, reason: reason.to_owned() };
            stock::take_back(tx, &command)?;
        }
    }
    Ok(())
}
