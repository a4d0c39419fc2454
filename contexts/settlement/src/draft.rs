//! A refund worked out before anything is done: what it takes back, what that comes to, and who gives it.

use crate::left::{Back, Left, Part};
use crate::refund::{Bearer, What};
use crate::supply;
use crate::taken::{self, givers};
use base::{Error, Id, Money, Permission, Result};
use ledger::Account;
use orders::{Consignment, Line, Order, Whole};
use parties::Organisation;
use std::collections::BTreeMap;
use store::Read;
use terms::Party;

/// A refund worked out.
pub(crate) struct Draft {
    pub(crate) amount: Money,
    pub(crate) back: Back,
    /// Of goodwill: who bears it, raw; 0 is the operator.
    pub(crate) bearer: i64,
}

impl Draft {
    fn complete(whole: &Whole) -> impl Fn(Id<Consignment>) -> bool + '_ {
        |id| whole.consignment(id).is_some_and(|one| one.completed_at.is_some())
    }

    /// The part that is brought back now, because its consignments are split already; goodwill as soon as one is.
    pub(crate) fn after_split(&self, whole: &Whole) -> Option<Draft> {
        if self.is_goodwill() {
            let split = whole.consignments.iter().any(|one| one.completed_at.is_some());
            return split.then(|| Draft { back: Back::default(), ..*self });
        }
        let (complete, mut back) = (Draft::complete(whole), self.back.clone());
        back.lines.retain(|line| complete(line.consignment));
        back.charges.retain(|charge| complete(charge.consignment));
        let amount = Money::new(back.total(), self.amount.currency);
        (!back.lines.is_empty()).then_some(Draft { amount, back, bearer: self.bearer })
    }

    /// How it is booked, by raw id of the consignment; goodwill under 0.
    pub(crate) fn bookings(&self, whole: &Whole) -> Vec<(i64, &'static str)> {
        if self.is_goodwill() {
            return vec![(0, if self.after_split(whole).is_some() { "own" } else { "open" })];
        }
        let complete = Draft::complete(whole);
        let booked = |id| if complete(id) { "own" } else { "open" };
        self.back.consignments().into_iter().map(|id| (id.raw(), booked(id))).collect()
    }

    fn is_goodwill(&self) -> bool {
        self.back.lines.is_empty()
    }
}

/// What a refund would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// What the buyer would get.
    pub amount: Money,
    /// Who gives it, by ledger account.
    pub givers: Vec<(Account, Money)>,
    /// What suppliers are not paid, or give back to the operator, by their account.
    pub supply: Vec<(Account, Money)>,
}

/// Says what a refund would do, and does nothing. Errors: those of [`refund`](crate::refund) about what is asked for.
pub fn foresee(db: &mut Read, order: Id<Order>, what: &What) -> Result<Foreseen> {
    db.actor().may(Permission::MoneyWrite)?;
    let whole = orders::whole(db, order)?;
    let draft = draft(db, &whole, what)?;
    let givers = all_givers(&whole, &draft)?.into_iter();
    let supply = supply::borne(&whole, &draft.back)?;
    let currency = whole.order.currency;
    Ok(Foreseen {
        amount: draft.amount,
        givers: givers.map(|(account, minor)| (account, Money::new(minor, currency))).collect(),
        supply: supply.into_iter().collect(),
    })
}

pub(crate) fn draft(tx: &mut Read, whole: &Whole, what: &What) -> Result<Draft> {
    let currency = whole.order.currency;
    let (back, amount, bearer) = match what {
        What::Goodwill { amount, bearer } => (Back::default(), checked(whole, *amount)?, bearer_id(whole, *bearer)?),
        _ => {
            let mut back = take(tx, whole, what)?;
            back.borne_by_suppliers(whole, matches!(what, What::Pieces { restock: true, .. }));
            let total = Money::new(back.total(), currency);
            (back, total, 0)
        }
    };
    if amount.minor == 0 {
        return Err(nothing_left());
    }
    Ok(Draft { amount, back, bearer })
}

fn checked(whole: &Whole, amount: Money) -> Result<Money> {
    if amount.currency == whole.order.currency && amount.minor > 0 {
        return Ok(amount);
    }
    let say = format!("Write an amount above zero in {}.", whole.order.currency);
    Err(Error::field("amount", "amount_format", say))
}

/// What is taken back by anything but goodwill.
fn take(tx: &mut Read, whole: &Whole, what: &What) -> Result<Back> {
    let mut left = all_left(tx, whole)?;
    match what {
        What::Pieces { lines, restock } => take_all_pieces(whole, &mut left, lines, *restock),
        What::Away { lines } => take_all_pieces(whole, &mut left, lines, true),
        What::Delivery(id) => Ok(one(whole, &mut left, *id)?.delivery()),
        What::Reduction { amount, line } => reduce(&mut left, checked(whole, *amount)?, *line),
        What::Consignment(id) => {
            whole.consignment(*id).ok_or_else(unknown_consignment)?;
            use orders::ParcelState::{HandedOver, InTransit, Lost, Returned};
            if whole.parcels_of(*id).any(|one| matches!(one.state, HandedOver | InTransit | Lost | Returned)) {
                let say = "A parcel on its way is given up when the carrier says that it is lost or sent back.";
                return Err(Error::conflict("on_its_way", say));
            }
            let back = one(whole, &mut left, *id)?.everything();
            Ok(not_left(whole, back))
        }
        What::Goodwill { .. } => Ok(Back::default()),
    }
}

/// What is left of every consignment that was not called off or given up.
pub(crate) fn all_left(tx: &mut Read, whole: &Whole) -> Result<BTreeMap<Id<Consignment>, Left>> {
    let earlier = taken::earlier(tx, whole.order.id)?;
    let live = whole.consignments.iter().filter(|one| one.state != orders::State::Cancelled);
    live.map(|one| Ok((one.id, Left::of(whole, one, &earlier)?))).collect()
}

fn one<'a>(whole: &Whole, left: &'a mut BTreeMap<Id<Consignment>, Left>, id: Id<Consignment>) -> Result<&'a mut Left> {
    left.get_mut(&id).ok_or_else(|| whole.consignment(id).map_or_else(unknown_consignment, |_| nothing_left()))
}

fn nothing_left() -> Error {
    Error::conflict("already_refunded", "All of this was given back before.")
}

fn unknown_consignment() -> Error {
    Error::not_found("unknown_consignment", "There is no such consignment in this order.")
}

/// Pieces of lines: first those that have not left, unless only those are meant that have (`away_only`); with the last ones of a consignment of which
/// nothing is away also its delivery and fees.
pub(crate) fn take_all_pieces(
    whole: &Whole,
    left: &mut BTreeMap<Id<Consignment>, Left>,
    lines: &[(Id<Line>, i64)],
    away_only: bool,
) -> Result<Back> {
    let mut back = Back::default();
    for (id, pieces) in lines {
        back = back.and(take_pieces(whole, left, *id, *pieces, away_only)?);
    }
    if !away_only {
        back = not_left(whole, back);
    }
    Ok(with_delivery(whole, left, back))
}

fn take_pieces(
    whole: &Whole,
    left: &mut BTreeMap<Id<Consignment>, Left>,
    id: Id<Line>,
    pieces: i64,
    away_only: bool,
) -> Result<Back> {
    let unknown = || Error::field("lines", "not_in_order", "This line is not in this order.");
    let line = whole.lines.iter().find(|line| line.id == id).ok_or_else(unknown)?;
    let own = left.get_mut(&line.consignment);
    let away = own.as_ref().map_or(0, |left| left.pieces_of(id) - whole.is_here(line));
    if away_only && pieces > away {
        let say = format!("Of “{}” {away} have left and could come back.", line.title);
        return Err(Error::conflict("not_handed_over", say));
    }
    own.and_then(|left| left.pieces(id, pieces)).ok_or_else(|| {
        Error::conflict("too_many_pieces", format!("So many pieces of “{}” are not left to give back.", line.title))
    })
}

/// Pieces that have not left are not sent; they are given back before others.
fn not_left(whole: &Whole, mut back: Back) -> Back {
    for taken in back.lines.iter_mut().filter(|taken| taken.pieces > 0) {
        let line = whole.lines.iter().find(|line| line.id == taken.line);
        taken.unsent = taken.pieces.min(line.map_or(0, |line| whole.is_here(line)));
    }
    back
}

/// A consignment of which nothing is left and nothing is away costs nothing: its delivery and fees go back too.
fn with_delivery(whole: &Whole, left: &mut BTreeMap<Id<Consignment>, Left>, mut back: Back) -> Back {
    for consignment in whole.consignments.iter().filter(|one| !whole.is_away(one.id)) {
        let touched = back.lines.iter().any(|line| line.consignment == consignment.id);
        if let Some(left) = left.get_mut(&consignment.id).filter(|left| touched && left.is_of_nothing()) {
            back = back.and(left.everything());
        }
    }
    back
}

/// Goods cost less first; only what is more than they cost is taken off the delivery, and of a single line nothing is.
fn reduce(left: &mut BTreeMap<Id<Consignment>, Left>, amount: Money, line: Option<Id<Line>>) -> Result<Back> {
    let most = |left: &BTreeMap<Id<Consignment>, Left>, part| -> Vec<i64> {
        left.values().map(|left| left.reducible(part, line)).collect()
    };
    let goods = most(left, Part::Goods);
    let delivery = if line.is_none() { most(left, Part::Delivery) } else { vec![0; goods.len()] };
    let [of_goods, of_delivery] = [&goods, &delivery].map(|all| all.iter().sum::<i64>());
    if of_goods + of_delivery < amount.minor {
        let most = Money::new(of_goods + of_delivery, amount.currency);
        return Err(Error::conflict("more_than_left", format!("At most {most} can be taken off the price.")));
    }
    let first = amount.minor.min(of_goods);
    let mut back = Back::default();
    for (part, minor, most) in [(Part::Goods, first, goods), (Part::Delivery, amount.minor - first, delivery)] {
        if minor > 0 {
            for (left, minor) in left.values_mut().zip(Money::new(minor, amount.currency).split(&most)?) {
                back = back.and(left.reduction(part, minor.minor, line)?);
            }
        }
    }
    Ok(back)
}

/// Sold to the buyer by a seller; a supplier only supplies.
fn sold_by(line: &Line, seller: Id<Organisation>) -> bool {
    line.organisation == seller && line.terms.merchant_of_record == Party::Seller
}

fn bearer_id(whole: &Whole, bearer: Bearer) -> Result<i64> {
    match bearer {
        Bearer::Platform => Ok(0),
        Bearer::Seller(seller) if whole.lines.iter().any(|line| sold_by(line, seller)) => Ok(seller.raw()),
        Bearer::Seller(_) => Err(Error::field("bearer", "not_in_order", "This seller has sold nothing in this order.")),
    }
}

/// Who gives back what a refund takes back, or bears goodwill, by account.
pub(crate) fn all_givers(whole: &Whole, draft: &Draft) -> Result<BTreeMap<Account, i64>> {
    let currency = draft.amount.currency;
    let mut givers = givers(whole, &draft.back)?;
    if draft.is_goodwill() {
        let bearer = match draft.bearer {
            0 => Account::expense("goodwill", currency),
            seller => Account::seller(seller, currency),
        };
        givers.insert(bearer, draft.amount.minor);
    }
    Ok(givers)
}
