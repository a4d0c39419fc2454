//! Calling off: the goods' side is `orders`', the money goes back here, in the same transaction. What goes back is all that is left
//! of what was called off, as a refund like any other, so that tax returns and statements know of it.

use crate::draft::all_left;
use crate::left::Back;
use crate::payout::PAY_OUT;
use crate::refund::{Row, close_called_off, give_back};
use crate::statement::{Entry, write_entry};
use crate::{supply, taken};
use base::{Id, Money, Result};
use ledger::{Account, Leg, Posting};
use orders::{Consignment, Order, State, Whole};
use store::{Tx, Work, params};

/// Calls off an order of which nothing is packed and asks for its money back. Says how much that is.
/// Errors: those of `orders::cancel`.
pub fn cancel(tx: &mut Tx, order: Id<Order>, reason: &str) -> Result<Money> {
    orders::lock(tx, order)?;
    let before = orders::whole(tx, order)?;
    let cancelled = orders::cancel(tx, order, reason)?;
    if cancelled.again {
        return Ok(Money::zero(cancelled.to_refund.currency));
    }
    if before.order.paid_at.is_none() {
        return give_back(tx, order, cancelled.to_refund, &format!("cancel:{order}"), reason);
    }
    let all: Vec<Id<Consignment>> = before.consignments.iter().map(|one| one.id).collect();
    take_back(tx, &before, &all, &Called { key: format!("cancel:{order}"), kind: "cancelled", reason })
}

/// Keeps a consignment that has not left, because nobody pays for any of the order any more.
pub(crate) fn keep(tx: &mut Tx, consignment: Id<Consignment>, reason: &str) -> Result<Money> {
    let before = whole_of(tx, consignment)?;
    if let Some(known) = before.consignment(consignment) {
        keep_here(tx, known, reason)?;
    }
    take_back(tx, &before, &[consignment], &Called { key: format!("cancel:{consignment}"), kind: "cancelled", reason })
}

/// A consignment does not leave; nor have the pieces of it that were refunded while it was packed.
pub(crate) fn keep_here(tx: &mut Tx, known: &Consignment, reason: &str) -> Result<()> {
    orders::keep(tx, known.id, reason)?;
    taken::unsend(tx, known.order, known.id)
}

/// Calls off one consignment that is not packed and asks for its money back. Says how much that is.
/// Errors: those of `orders::cancel_consignment`.
pub fn cancel_consignment(tx: &mut Tx, consignment: Id<Consignment>, reason: &str) -> Result<Money> {
    let before = whole_of(tx, consignment)?;
    orders::cancel_consignment(tx, consignment, reason)?;
    let called = Called { key: format!("cancel:{consignment}"), kind: "cancelled", reason };
    take_back(tx, &before, &[consignment], &called)
}

/// The job that gives up a consignment nobody has any more ([`write_off`]).
pub const WRITE_OFF: Work = Work { kind: "consignment.write_off", hands: 4, lease_seconds: 120, renews: false };

/// Gives up a consignment that was lost or sent back, and asks for its money back: all that is left of it, or of the payment if
/// that is less. Says how much that is. Errors: those of `orders::write_off`.
pub fn write_off(tx: &mut Tx, consignment: Id<Consignment>) -> Result<Money> {
    let before = whole_of(tx, consignment)?;
    orders::write_off(tx, consignment)?;
    let called = Called { key: format!("write_off:{consignment}"), kind: "written_off", reason: "not_delivered" };
    take_back(tx, &before, &[consignment], &called)
}

fn whole_of(tx: &mut Tx, consignment: Id<Consignment>) -> Result<Whole> {
    let order = orders::consignment(tx, consignment)?.order;
    orders::lock(tx, order)?;
    orders::whole(tx, order)
}

/// How something was called off.
struct Called<'a> {
    key: String,
    kind: &'static str,
    reason: &'a str,
}

/// Takes back all that is left of consignments as they stood `before`, and asks for the money. What of it the buyer has got as
/// goodwill already is not paid twice: its bearer gives so much less.
fn take_back(tx: &mut Tx, before: &Whole, consignments: &[Id<Consignment>], called: &Called<'_>) -> Result<Money> {
    let (order, currency) = (before.order.id, before.order.currency);
    let mut back = Back::default();
    for (id, mut left) in all_left(tx, before)? {
        if consignments.contains(&id) {
            back = back.and(left.everything());
        }
    }
    if called.kind == "cancelled" {
        back.unsend();
    }
    let returned = |id: &Id<Consignment>| before.consignment(*id).is_some_and(|one| one.state == State::Returned);
    back.borne_by_suppliers(before, consignments.iter().any(returned));
    let owed = Money::new(back.total(), currency);
    let given = give_back(tx, order, owed, &called.key, called.reason)?;
    absorb(tx, order, Money::new(owed.minor - given.minor, currency), &called.key)?;
    let row = Row {
        key: &called.key,
        order,
        kind: called.kind,
        bearer: 0,
        amount: given,
        credited: 0,
        amendment: 0,
        restocked: false,
        reason: called.reason,
    };
    let bookings: Vec<(i64, &str)> = back.consignments().into_iter().map(|id| (id.raw(), "nothing")).collect();
    let id = row.insert(tx, &back, &bookings)?;
    row.tell(tx, id)?;
    if called.kind == "written_off" {
        consignments.iter().try_for_each(|one| supply::pay(tx, before, *one))?;
    }
    close_called_off(tx, order)?;
    Ok(given)
}

/// Lets goodwill become part of what was owed anyway, oldest first, what is not booked yet before what was borne: that its bearer
/// gets back.
pub(crate) fn absorb(tx: &mut Tx, order: Id<Order>, owed: Money, key: &str) -> Result<()> {
    let mut left = owed.minor;
    for row in tx.query(SELECT_GOODWILL, params![order])? {
        let (refund, part): (i64, i64) = (row.get(0)?, left.min(row.get(1)?));
        if part > 0 {
            tx.send(ABSORB, params![refund, part])?;
            left -= part;
            if row.get::<String>(3)? != "open" {
                let key = format!("absorb:{refund}:{key}");
                unbear(tx, order, row.get(2)?, Money::new(part, owed.currency), key)?;
            }
        }
    }
    Ok(())
}

/// Gives a bearer of goodwill (raw; 0 is the operator) back what it paid into escrow.
fn unbear(tx: &mut Tx, order: Id<Order>, bearer: i64, amount: Money, key: String) -> Result<()> {
    let currency = amount.currency;
    let to = match bearer {
        0 => Account::expense("goodwill", currency),
        seller => Account::seller(seller, currency),
    };
    let legs = vec![Leg::new(Account::escrow(currency), to, amount.minor)];
    ledger::post(tx, &Posting { key, kind: "order.refund", subject: order.raw(), legs })?;
    orders::released(tx, order, amount)?;
    if bearer != 0 {
        write_entry(tx, &Entry::goodwill(bearer, order, Money::new(-amount.minor, currency)))?;
        let now = tx.now();
        tx.schedule(&PAY_OUT.job(bearer, now))?;
    }
    Ok(())
}

const SELECT_GOODWILL: &str =
    "SELECT r.id, r.amount - r.absorbed, r.organisation, b.booked FROM settlement_refund_booking b
    JOIN settlement_refund r ON r.id = b.refund
    WHERE b.order_id = $1 AND b.consignment = 0 AND r.amount > r.absorbed
    ORDER BY CASE b.booked WHEN 'open' THEN 0 ELSE 1 END, r.id";
const ABSORB: &str = "UPDATE settlement_refund SET absorbed = absorbed + $2 WHERE id = $1";
