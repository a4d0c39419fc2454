//! An order is amended before it is packed: what makes way goes back like anything that is called off, but that what it cost counts as
//! paid for what comes in its place. Only what is more goes back to the buyer; only what costs more was asked for.

use crate::cancel::absorb;
use crate::draft::all_left;
use crate::left::Back;
use crate::refund::{Row, close_called_off, give_back};
use crate::take_out::parts;
use base::{Error, Id, Money, Result};
use orders::{Amend, Consignment, Order, Sums, Whole};
use payments::{RequestRefund, State};
use store::{Read, Tx, params};

/// The kind of such a refund, and why its money goes back, as stored and translated.
const AMENDED: &str = "amended";

/// What of consignments is left to be paid for: what an amendment that replaces them counts as paid. Who may see it was checked by
/// the caller. Errors: `given_back_before` (conflict) when something of them was given back that is not called off: a lower price
/// would be lost.
pub fn left_of(db: &mut Read, whole: &Whole, consignments: &[Id<Consignment>]) -> Result<Money> {
    let mut reduced = false;
    for one in consignments {
        reduced |= db.maybe(REDUCED, params![whole.order.id, one])?.is_some();
    }
    if reduced {
        let say = "Part of the price of this was given back before: it stays as it is, or is called off.";
        return Err(Error::conflict("given_back_before", say));
    }
    Ok(Money::new(replaced(db, whole, consignments)?.total(), whole.order.currency))
}

/// The parts of what [`left_of`] counts as paid, as they were sold. Who may see it was checked by the caller.
pub fn left_parts(db: &mut Read, whole: &Whole, consignments: &[Id<Consignment>]) -> Result<Sums> {
    Ok(parts(whole, &replaced(db, whole, consignments)?))
}

fn replaced(db: &mut Read, whole: &Whole, consignments: &[Id<Consignment>]) -> Result<Back> {
    let mut back = Back::default();
    for (id, mut left) in all_left(db, whole)? {
        if consignments.contains(&id) {
            back = back.and(left.everything());
        }
    }
    back.unsend();
    back.borne_by_suppliers(whole, false);
    Ok(back)
}

/// Carries an amendment out, whose new consignments come to `total`: what is left of the old ones is taken back, counts as paid for
/// the new ones, and what is more goes back to the buyer. Gives that. Emits `settlement.refund` and what `orders::amend` emits.
/// Errors: those of `orders::amend`.
pub fn amend(tx: &mut Tx, wish: &Amend, total: Money) -> Result<Money> {
    let order = wish.order;
    orders::lock(tx, order)?;
    let before = orders::whole(tx, order)?;
    let back = replaced(tx, &before, wish.replaces)?;
    let left = Money::new(back.total(), total.currency);
    let credited = Money::new(left.minor.min(total.minor), total.currency);
    let (owed, key) = (left.minus(credited)?, key_of(wish.amendment));
    let given = give_back(tx, order, owed, &format!("refund:{key}"), AMENDED)?;
    absorb(tx, order, owed.minus(given)?, &key)?;
    let row = Row {
        key: &key,
        order,
        kind: AMENDED,
        bearer: 0,
        amount: given,
        credited: credited.minor,
        amendment: wish.amendment,
        restocked: false,
        reason: AMENDED,
    };
    let bookings: Vec<(i64, &str)> = back.consignments().into_iter().map(|id| (id.raw(), "nothing")).collect();
    let id = row.insert(tx, &back, &bookings)?;
    orders::amend(tx, wish, credited)?;
    close_called_off(tx, &before)?;
    row.tell(tx, id)?;
    Ok(given)
}

/// Gives back what was paid for an amendment that cannot be carried out any more.
pub fn give_back_due(tx: &mut Tx, order: Id<Order>, due: i64) -> Result<()> {
    let paid = payments::by_subject(tx, order.raw())?;
    for intent in paid.iter().filter(|one| one.due == due && one.state == State::Captured) {
        let amount = Money::new(intent.amount.minor - intent.refunding_minor, intent.amount.currency);
        if amount.minor > 0 {
            let (key, reason) = (format!("due:{}", intent.id), "amendment_void".to_owned());
            payments::request_refund(tx, &RequestRefund { intent: intent.id, amount, reason, key })?;
        }
    }
    Ok(())
}

fn key_of(amendment: i64) -> String {
    format!("amendment:{amendment}")
}

const REDUCED: &str = "SELECT 1 FROM settlement_refund_line WHERE order_id = $1 AND consignment = $2
    AND (pieces = 0 OR pieces <> unsent) LIMIT 1";
