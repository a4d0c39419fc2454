//! Calling off: the goods' side is `orders`', the money goes back here, in the same transaction. What goes back is all that is left
//! of what was called off, as a refund like any other, so that tax returns and statements know of it.

use crate::draft::all_left;
use crate::left::Back;
use crate::payout::PAY_OUT;
use crate::refund::{Row, close_called_off, give_back};
use crate::statement::{Entry, write_entry};
use base::{Id, Money, Result};
use ledger::{Account, Leg, Posting};
use orders::{Consignment, Line, Order, Parcel, ParcelState, State, Whole};
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
    let all: Vec<_> = before.lines.iter().map(|line| (line.id, line.to_send())).collect();
    take_back(tx, &before, &all, &Called { key: format!("cancel:{order}"), kind: Kind::Here, reason })
}

/// Keeps what of a consignment has not left, because nobody pays for any of the order any more.
pub(crate) fn keep(tx: &mut Tx, consignment: Id<Consignment>, reason: &str) -> Result<Money> {
    let before = whole_of(tx, consignment)?;
    let here = those(&before, consignment, |line| before.is_here(line));
    orders::keep(tx, consignment, &here, reason)?;
    take_back(tx, &before, &here, &Called { key: key_of(&before, consignment), kind: Kind::Here, reason })
}

/// Calls off what of one consignment has no label yet, and asks for its money back. Says how much that is.
/// Errors: those of `orders::cancel_consignment`.
pub fn cancel_consignment(tx: &mut Tx, consignment: Id<Consignment>, reason: &str) -> Result<Money> {
    let before = whole_of(tx, consignment)?;
    orders::cancel_consignment(tx, consignment, reason)?;
    let waiting = those(&before, consignment, |line| before.unlabelled(line));
    take_back(tx, &before, &waiting, &Called { key: key_of(&before, consignment), kind: Kind::Here, reason })
}

/// Lines of a consignment with so many pieces, those with none left out.
fn those(whole: &Whole, consignment: Id<Consignment>, pieces: impl Fn(&Line) -> i64) -> Vec<(Id<Line>, i64)> {
    let own = whole.lines_of(consignment).map(|line| (line.id, pieces(line)));
    own.filter(|(_, pieces)| *pieces > 0).collect()
}

/// Each time something is called off, more is.
fn key_of(before: &Whole, consignment: Id<Consignment>) -> String {
    let called_off: i64 = before.lines_of(consignment).map(|line| line.called_off).sum();
    format!("cancel:{consignment}:{called_off}")
}

/// The job that gives up a parcel nobody has any more ([`write_off`]).
pub const WRITE_OFF: Work = Work { kind: "parcel.write_off", hands: 4, lease_seconds: 120, renews: false };

/// Gives up a parcel that was lost or sent back, and asks for the money of what is in it back; when nothing else of its consignment
/// arrives, of all that is left of it, the delivery too. Of the payment if that is less. Says how much that is.
/// Errors: those of `orders::write_off`.
pub fn write_off(tx: &mut Tx, parcel: Id<Parcel>) -> Result<Money> {
    let consignment = orders::parcel(tx, parcel)?.consignment;
    let before = whole_of(tx, consignment)?;
    let done = orders::write_off(tx, parcel)?;
    let inside: Vec<_> = done.parcel.lines.iter().map(|inside| (inside.line, inside.pieces)).collect();
    let kind = if done.parcel.state == ParcelState::Returned { Kind::CameBack } else { Kind::Lost };
    let key = format!("write_off:{}", parcel.raw());
    take_back(tx, &before, &inside, &Called { key, kind, reason: "not_delivered" })
}

fn whole_of(tx: &mut Tx, consignment: Id<Consignment>) -> Result<Whole> {
    let order = orders::consignment(tx, consignment)?.order;
    orders::lock(tx, order)?;
    orders::whole(tx, order)
}

/// How something was called off.
struct Called<'a> {
    key: String,
    kind: Kind,
    reason: &'a str,
}

/// What became of the pieces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// They have not left.
    Here,
    /// The carrier has lost them.
    Lost,
    /// They were sent back to their sender.
    CameBack,
}

/// Takes pieces back, as they stood `before`, of consignments that went on or ended by it; of those that ended all that is left. Asks
/// for the money: what of it the buyer has got as goodwill already is not paid twice, its bearer gives so much less.
fn take_back(tx: &mut Tx, before: &Whole, pieces: &[(Id<Line>, i64)], called: &Called<'_>) -> Result<Money> {
    let (order, currency) = (before.order.id, before.order.currency);
    let mut back = of_pieces(tx, before, pieces, called.kind)?;
    back.borne_by_suppliers(before, called.kind == Kind::CameBack);
    let owed = Money::new(back.total(), currency);
    let given = give_back(tx, order, owed, &called.key, called.reason)?;
    absorb(tx, order, Money::new(owed.minor - given.minor, currency), &called.key)?;
    let row = Row {
        key: &called.key,
        order,
        kind: if called.kind == Kind::Here { "cancelled" } else { "written_off" },
        bearer: 0,
        amount: given,
        credited: 0,
        amendment: 0,
        restocked: false,
        reason: called.reason,
    };
    let bookings: Vec<(i64, &str)> = back.consignments().into_iter().map(|id| (id.raw(), "open")).collect();
    let id = row.insert(tx, &back, &bookings)?;
    row.tell(tx, id)?;
    close_called_off(tx, before)?;
    Ok(given)
}

/// So many pieces, as far as they were not given back before.
fn of_pieces(tx: &mut Tx, before: &Whole, pieces: &[(Id<Line>, i64)], kind: Kind) -> Result<Back> {
    let (mut left, mut back) = (all_left(tx, before)?, Back::default());
    let mut touched: Vec<Id<Consignment>> = Vec::new();
    for line in &before.lines {
        let wanted: i64 = pieces.iter().filter(|(id, _)| *id == line.id).map(|(_, pieces)| pieces).sum();
        let Some(left) = left.get_mut(&line.consignment).filter(|_| wanted > 0) else { continue };
        touched.push(line.consignment);
        let here = before.is_here(line);
        let most = if kind == Kind::Here { here } else { left.pieces_of(line.id) - here };
        back = back.and(left.pieces(line.id, wanted.min(most)).unwrap_or_default());
    }
    if kind == Kind::Here {
        back.unsend();
    }
    for consignment in touched {
        let over = orders::consignment(tx, consignment)?.state == State::Cancelled;
        if let Some(left) = left.get_mut(&consignment).filter(|_| over) {
            back = back.and(left.everything());
        }
    }
    Ok(back)
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
