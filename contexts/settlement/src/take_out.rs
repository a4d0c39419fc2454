//! An order made smaller as long as it is not packed, by its buyer, by who packs it or by the operator: what goes back for the pieces, and that
//! they are not sent. A refund like any other, but that those may ask for it who may move no other money.

use crate::cancel::absorb;
use crate::draft::{all_left, take_all_pieces};
use crate::left::{Back, Left, Part};
use crate::refund::{Row, What, call_off_unpaid, close_called_off, give_back, names_the_same};
use crate::taken;
use base::{Error, Id, Moment, Money, Result};
use orders::{Consignment, Line, Order, SellerRow, Side, State, Sums, Whole};
use std::collections::BTreeMap;
use store::{Read, Tx, params};

store::names!(
    /// Why pieces are taken out of an order; the other side is told.
    Why {
        /// The buyer wants less.
        ChangedMind => "changed_mind",
        /// There are not so many.
        OutOfStock => "out_of_stock",
        /// They cannot be sold as they are.
        Damaged => "damaged",
        /// They cannot be sent to this address.
        CannotBeSent => "cannot_be_sent",
        /// The buyer asked for it elsewhere.
        BuyerAsked => "buyer_asked",
    }
);

impl Why {
    /// Those that may be given on a side of the order.
    pub fn of(side: Side) -> &'static [Why] {
        match side {
            Side::Buyer => &Why::ALL[..1],
            Side::Seller | Side::Operator => &Why::ALL[1..],
        }
    }
}

/// Pieces to take out of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOut {
    /// The order.
    pub order: Id<Order>,
    /// Line and number of pieces, above zero, that wait to be packed.
    pub lines: Vec<(Id<Line>, i64)>,
    /// Why.
    pub why: Why,
    /// Unique; the same deed again changes nothing.
    pub key: String,
}

/// What taking pieces out gives back, or would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOut {
    /// What the pieces cost, by part; the delivery and fees of consignments of which nothing is left.
    pub parts: Sums,
    /// What of it the buyer had back before, as goodwill.
    pub before: Money,
    /// What goes back to the buyer.
    pub amount: Money,
    /// Consignments of which nothing is left: they are called off.
    pub ends: Vec<Id<Consignment>>,
}

/// The kind of such a refund, as stored and translated.
const KIND: &str = "taken_out";

/// Takes pieces that wait to be packed out of consignments, and asks for their money back: goods, duty and tax, and the delivery and
/// fees of a consignment of which nothing else is sent, which is called off. They are free again; commission follows. Emits
/// `settlement.refund` and what `orders::call_off_pieces` emits. The same key again gives the same.
/// Errors: denied (its buyer, who packs it, operator and house may); `not_paid`, `already_packed`, `too_many_pieces`,
/// `idempotency_key_reused` (conflicts); `lines` (a field) that are not in the order, none, or no pieces; `why` (a field) that is not
/// this side's.
pub fn take_out(tx: &mut Tx, wish: &TakeOut) -> Result<TakenOut> {
    orders::lock(tx, wish.order)?;
    let whole = orders::whole(tx, wish.order)?;
    let touched = touched(&whole, &wish.lines)?;
    let side = may(tx, &whole, &touched)?;
    if let Some(known) = repeated(tx, &whole, wish)? {
        return Ok(known);
    }
    if !Why::of(side).contains(&wish.why) {
        return Err(Error::field("reason", "unknown_choice", "This is no reason of yours: choose one from the list."));
    }
    let (back, ends) = worked_out(tx, &whole, &wish.lines, &touched)?;
    let (reason, owed) = (wish.why.name(), Money::new(back.total(), whole.order.currency));
    let given = give_back(tx, wish.order, owed, &format!("refund:{}", wish.key), reason)?;
    absorb(tx, wish.order, Money::new(owed.minor - given.minor, owed.currency), &wish.key)?;
    let row = Row {
        key: &wish.key,
        order: wish.order,
        kind: KIND,
        bearer: 0,
        amount: given,
        credited: 0,
        amendment: 0,
        restocked: false,
        reason,
    };
    let bookings: Vec<(i64, &str)> = touched.iter().map(|one| (one.id.raw(), "open")).collect();
    let id = row.insert(tx, &back, &bookings)?;
    for consignment in &touched {
        let own = back.lines.iter().filter(|line| line.consignment == consignment.id && line.pieces > 0);
        let pieces: Vec<(Id<Line>, i64)> = own.map(|line| (line.line, line.pieces)).collect();
        orders::call_off_pieces(tx, consignment.id, &pieces, reason)?;
    }
    close_called_off(tx, &whole)?;
    row.tell(tx, id)?;
    call_off_unpaid(tx, wish.order, reason)?;
    Ok(TakenOut { parts: parts(&whole, &back), before: owed.minus(given)?, amount: given, ends })
}

/// Says what taking pieces out would give back, and does nothing. Errors: those of [`take_out`] about what is asked for.
pub fn foresee_take_out(db: &mut Read, order: Id<Order>, lines: &[(Id<Line>, i64)]) -> Result<TakenOut> {
    let whole = orders::whole(db, order)?;
    let touched = touched(&whole, lines)?;
    may(db, &whole, &touched)?;
    let (back, ends) = worked_out(db, &whole, lines, &touched)?;
    let paid = payments::by_subject(db, order.raw())?;
    let captured = paid.iter().filter(|intent| intent.state == payments::State::Captured);
    let left: i64 = captured.map(|intent| intent.amount.minor - intent.refunding_minor).sum();
    let owed = Money::new(back.total(), whole.order.currency);
    let amount = Money::new(owed.minor.min(left), owed.currency);
    Ok(TakenOut { parts: parts(&whole, &back), before: owed.minus(amount)?, amount, ends })
}

/// The consignments that these lines are of. Errors: see [`take_out`].
fn touched<'a>(whole: &'a Whole, lines: &[(Id<Line>, i64)]) -> Result<Vec<&'a Consignment>> {
    if lines.is_empty() {
        return Err(Error::field("pieces", "required", "Write of which line how many pieces are taken out."));
    }
    if lines.iter().any(|(_, pieces)| *pieces < 1) {
        return Err(Error::field("pieces", "out_of_range", "Write a whole number of pieces, at least 1."));
    }
    let unknown = || Error::field("lines", "not_in_order", "This line is not in this order.");
    let mut found: BTreeMap<i64, &Consignment> = BTreeMap::new();
    for (id, _) in lines {
        let line = whole.lines.iter().find(|line| line.id == *id).ok_or_else(unknown)?;
        let consignment = whole.consignment(line.consignment).ok_or_else(unknown)?;
        found.insert(consignment.position, consignment);
    }
    Ok(found.into_values().collect())
}

/// On which side whoever acts takes something out of all of these. Errors: denied.
fn may(db: &Read, whole: &Whole, touched: &[&Consignment]) -> Result<Side> {
    let mut side = Side::Buyer;
    for consignment in touched {
        side = orders::may_take_out(db.actor(), &whole.order, consignment)?;
    }
    Ok(side)
}

/// What goes back, and what nothing is left of. Errors: `not_paid`, `already_packed`, `too_many_pieces` (conflicts).
fn worked_out(
    db: &mut Read,
    whole: &Whole,
    lines: &[(Id<Line>, i64)],
    touched: &[&Consignment],
) -> Result<(Back, Vec<Id<Consignment>>)> {
    if whole.order.paid_at.is_none() {
        let say = "This order is not paid yet: call it off and order again what you want.";
        return Err(Error::conflict("not_paid", say));
    }
    if touched.iter().any(|one| !matches!(one.state, State::ToPack | State::Cancelled)) {
        return Err(already_packed());
    }
    for line in &whole.lines {
        let wanted: i64 = lines.iter().filter(|(id, _)| *id == line.id).map(|(_, pieces)| pieces).sum();
        match whole.unlabelled(line) {
            0 if wanted > 0 && line.packed > 0 => return Err(already_packed()),
            open if wanted > open => {
                let say = format!("Of “{}” at most {open} can be taken out.", line.title);
                return Err(Error::conflict("too_many_pieces", say));
            }
            _ => {}
        }
    }
    let mut left = all_left(db, whole)?;
    let mut back = take_all_pieces(whole, &mut left, lines, false)?;
    back.borne_by_suppliers(whole, false);
    let is_over = |id: &Id<Consignment>| !whole.is_away(*id) && left.get(id).is_some_and(Left::is_of_nothing);
    Ok((back, touched.iter().map(|one| one.id).filter(is_over).collect()))
}

fn already_packed() -> Error {
    let say = "This is packed already: nothing can be taken out any more. It can be given back when it has arrived.";
    Error::conflict("already_packed", say)
}

pub(crate) fn parts(whole: &Whole, back: &Back) -> Sums {
    let money = |minor| Money::new(minor, whole.order.currency);
    let sum = |of: fn(&crate::left::LineBack) -> i64| money(back.lines.iter().map(of).sum());
    Sums {
        goods: sum(|line| if line.part == Part::Goods { line.sum.net } else { 0 }),
        shipping: sum(|line| if line.part == Part::Delivery { line.sum.net } else { 0 }),
        duty: sum(|line| line.sum.duty),
        tax: sum(|line| line.sum.tax),
        fees: sum(|line| line.sum.fees),
    }
}

/// What the same key gave back before. Errors: `idempotency_key_reused` (conflict).
fn repeated(tx: &mut Tx, whole: &Whole, wish: &TakeOut) -> Result<Option<TakenOut>> {
    let Some(row) = tx.maybe(SELECT_BY_KEY, params![wish.key])? else { return Ok(None) };
    let (id, amount): (i64, Money) = (row.get(0)?, Money::new(row.get(3)?, whole.order.currency));
    let same = row.get::<Id<Order>>(1)? == wish.order && row.get::<String>(2)? == KIND;
    let what = What::Pieces { lines: wish.lines.clone(), restock: false };
    if !same || !names_the_same(tx, id, &what)? {
        return Err(Error::conflict("idempotency_key_reused", "This key was used for another refund."));
    }
    let back = taken::of(tx, id)?;
    let owed = Money::new(back.total(), amount.currency);
    let mut ends = Vec::new();
    for one in back.consignments() {
        let is_over = whole.consignment(one).is_some_and(|one| one.state == State::Cancelled);
        if is_over && tx.maybe(SELECT_LATER, params![wish.order, id, one])?.is_none() {
            ends.push(one);
        }
    }
    Ok(Some(TakenOut { parts: parts(whole, &back), before: owed.minus(amount)?, amount, ends }))
}

/// A refund as its order's page tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// When.
    pub at: Moment,
    /// `taken_out`, `cancelled`, `pieces` …
    pub kind: String,
    /// Why, as a code.
    pub reason: String,
    /// What it takes back, by part; nothing for goodwill.
    pub parts: Sums,
    /// Line and pieces that it takes back.
    pub pieces: Vec<(Id<Line>, i64)>,
    /// What goes back to the buyer.
    pub amount: Money,
    /// Of an amendment: what counts as paid for what came in its place.
    pub credited: Money,
}

/// Every refund of an order, oldest first. Who may see it was checked by the caller.
pub fn given_back(db: &mut Read, whole: &Whole) -> Result<Vec<Given>> {
    let mut found = Vec::new();
    for row in db.query(SELECT_GIVEN, params![whole.order.id])? {
        let back = taken::of(db, row.get(0)?)?;
        let pieces = back.lines.iter().filter(|line| line.pieces > 0).map(|line| (line.line, line.pieces)).collect();
        found.push(Given {
            kind: row.get(1)?,
            reason: row.get(2)?,
            amount: Money::new(row.get(3)?, whole.order.currency),
            at: row.get(4)?,
            credited: Money::new(row.get(5)?, whole.order.currency),
            parts: parts(whole, &back),
            pieces,
        });
    }
    Ok(found)
}

/// What stays of a line after all refunds, in minor units of the order's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its goods, without tax.
    pub goods: i64,
    /// Duty on goods and delivery.
    pub duty: i64,
    /// Tax on goods and delivery.
    pub tax: i64,
    /// The commission on it.
    pub commission: i64,
    /// And its tax.
    pub commission_tax: i64,
}

/// What stays of each line of an order after what refunds took back. Who may see it was checked by the caller.
pub fn kept(db: &mut Read, whole: &Whole) -> Result<BTreeMap<Id<Line>, Kept>> {
    let earlier = taken::earlier(db, whole.order.id)?;
    let of = |line: &Line| {
        let mut kept = Kept {
            goods: line.sums.goods.minor,
            duty: line.sums.duty.minor,
            tax: line.sums.tax.minor,
            commission: line.commission.minor,
            commission_tax: line.commission_tax.minor,
        };
        for back in earlier.lines.iter().filter(|back| back.line == line.id) {
            kept.goods -= if back.part == Part::Goods { back.sum.net } else { 0 };
            kept.duty -= back.sum.duty;
            kept.tax -= back.sum.tax;
            kept.commission -= back.commission;
            kept.commission_tax -= back.commission_tax;
        }
        (line.id, kept)
    };
    Ok(whole.lines.iter().map(of).collect())
}

/// A seller's consignments with what each brings after what refunds took back of it. Who may see them was checked by the caller.
pub fn after_refunds(db: &mut Read, mut rows: Vec<SellerRow>) -> Result<Vec<SellerRow>> {
    for row in &mut rows {
        let back: i64 = db.one(SELECT_LESS, params![row.order, row.id])?.get(0)?;
        row.payout.minor -= back;
    }
    Ok(rows)
}

const SELECT_LESS: &str = "SELECT COALESCE(CAST(SUM(COALESCE(l.supply_minor * (b.unsent + b.supply_pieces),
        b.net - b.commission - b.commission_tax)) AS BIGINT), 0)
    FROM settlement_refund_line b JOIN order_line l ON l.id = b.line
    WHERE b.order_id = $1 AND b.consignment = $2 AND b.part = 'goods'";
// What ended a consignment is the last that took pieces of it.
const SELECT_LATER: &str = "SELECT 1 FROM settlement_refund_line
    WHERE order_id = $1 AND refund > $2 AND consignment = $3 AND pieces > 0 LIMIT 1";
const SELECT_BY_KEY: &str = "SELECT id, order_id, kind, amount FROM settlement_refund WHERE key = $1";
const SELECT_GIVEN: &str =
    "SELECT id, kind, reason, amount, at, credited FROM settlement_refund WHERE order_id = $1 ORDER BY at, id";
