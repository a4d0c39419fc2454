//! Goods that came back: from a buyer, or with a parcel that was sent back. They are put on the shelf they left.

use crate::event;
use crate::order::{Consignment, Line, lines};
use crate::pack::lock_both;
use crate::parcel::{Parcel, lock_all};
use base::{Error, Id, Permission, Result};
use stock::Move;
use store::{Tx, params};

/// Puts pieces of a consignment that have left back on the shelf they came from. `key` makes the same deed again change nothing.
/// Called by `settlement` with a refund. Emits `stock.changed`. Errors: denied, `consignment_unknown`, `not_handed_over` (conflict)
/// when not so many have left, or they lie there already.
pub fn take_back(tx: &mut Tx, id: Id<Consignment>, pieces: &[(Id<Line>, i64)], key: &str, reason: &str) -> Result<()> {
    let (_, known) = lock_both(tx, id)?;
    for of in [known.shipped_by, known.organisation] {
        tx.actor().may_for(of.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    }
    put_back(tx, &known, pieces, key, reason)
}

/// What came back with a parcel that was sent back was looked through by who ships it: `fit` pieces lie on the shelf again, the others
/// are not fit for it; none named: all of it is. Money is another matter ([`crate::write_off`]). Again: nothing. Says whether anything
/// changed. Emits `consignment.received_back` and `stock.changed`. Errors: denied, `unknown_parcel`; `not_returned` (conflict);
/// `pieces` (a field) that are more than were in it, `lines` that were not.
pub fn receive_back(tx: &mut Tx, id: Id<Parcel>, fit: Option<&[(Id<Line>, i64)]>) -> Result<bool> {
    let (_, known, parcel) = lock_all(tx, id)?;
    tx.actor().may_for(known.shipped_by.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    if parcel.received_at.is_some() {
        return Ok(false);
    }
    if parcel.returned_at.is_none() {
        let say = "This parcel was not sent back to its sender; only what came back can be received back.";
        return Err(Error::conflict("not_returned", say));
    }
    let all: Vec<_> = parcel.lines.iter().map(|inside| (inside.line, inside.pieces)).collect();
    let fit = fit.unwrap_or(&all);
    for (line, pieces) in fit {
        if parcel.pieces_of(*line) == 0 {
            return Err(Error::field("lines", "not_in_parcel", "This line was not in this parcel."));
        }
        if *pieces < 0 || *pieces > parcel.pieces_of(*line) {
            let say =
                format!("Write a whole number from 0 to {}, the pieces that were in it.", parcel.pieces_of(*line));
            return Err(Error::field("pieces", "out_of_range", say));
        }
        tx.send(RECEIVE_LINE, params![id, line, *pieces])?;
    }
    let now = tx.now();
    tx.send(RECEIVE, params![id, now])?;
    put_back(tx, &known, fit, &format!("received:{id}"), "returned_to_sender")?;
    tx.emit(known.id, &event::ReceivedBack { of: parcel.told(&known), fit: event::Pieces::all(fit) })?;
    Ok(true)
}

/// The statement that counts pieces back asks that so many have left and do not lie here already.
fn put_back(tx: &mut Tx, known: &Consignment, pieces: &[(Id<Line>, i64)], key: &str, reason: &str) -> Result<()> {
    for line in lines(tx, known.order)?.iter().filter(|line| line.consignment == known.id) {
        let quantity: i64 = pieces.iter().filter(|(one, _)| *one == line.id).map(|(_, pieces)| pieces).sum();
        if quantity < 1 {
            continue;
        }
        if tx.run(PUT_BACK, params![line.id, quantity])? != 1 {
            let say =
                format!("So many pieces of “{}” have not left, or they lie on the shelf again already.", line.title);
            return Err(Error::conflict("not_handed_over", say));
        }
        let key = format!("{key}:{}", line.id);
        let command =
            Move { warehouse: known.warehouse, variant: line.variant, quantity, key, reason: reason.to_owned() };
        stock::take_back(tx, &command)?;
    }
    Ok(())
}

const RECEIVE: &str = "UPDATE order_parcel SET received_at = $2 WHERE id = $1 AND received_at IS NULL";
const RECEIVE_LINE: &str = "UPDATE order_parcel_line SET received = $3 WHERE parcel = $1 AND line = $2";
const PUT_BACK: &str = "UPDATE order_line SET put_back = put_back + $2 WHERE id = $1 AND put_back + $2 <=
    (SELECT COALESCE(SUM(i.pieces), 0) FROM order_parcel_line i JOIN order_parcel p ON p.id = i.parcel
        WHERE i.line = order_line.id AND p.handed_over_at IS NOT NULL)";
