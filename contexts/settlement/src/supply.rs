//! Suppliers: the operator sells what they supply, and owes them the agreed price of every piece that left and was not given back to
//! them. The order's money is the operator's; this is its cost, in the currency of the supply price.

use crate::left::{Back, LineBack};
use crate::payout::PAY_OUT;
use crate::statement::{Entry, write_entry};
use crate::taken;
use base::{Error, Id, Money, Result};
use ledger::{Account, Leg, Posting};
use orders::{Consignment, Line, State, Whole};
use parties::Organisation;
use std::collections::BTreeMap;
use store::{Read, Tx, params};

/// What a supplier is paid, or is to be paid, for a line of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supplied {
    /// To whom.
    pub organisation: Id<Organisation>,
    /// The line.
    pub line: Id<Line>,
    /// For so many pieces.
    pub pieces: i64,
    /// For one.
    pub price: Money,
    /// For all of them.
    pub amount: Money,
    /// It is booked; else it will be when the consignment completes.
    pub booked: bool,
}

/// What an order's suppliers are paid, line by line; what will not be sent or paid is left out. Who may see it was checked by the
/// caller. Errors: the database's.
pub fn supplied(db: &mut Read, whole: &Whole) -> Result<Vec<Supplied>> {
    if whole.lines.iter().all(|line| line.supply.is_none()) {
        return Ok(Vec::new());
    }
    let earlier = taken::earlier(db, whole.order.id)?;
    let rows = db.query(SELECT_BOOKED, params![whole.order.id])?;
    let booked: BTreeMap<i64, i64> = rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_>>()?;
    let mut found = Vec::new();
    for line in &whole.lines {
        let Some(price) = line.supply else { continue };
        let over = whole
            .consignment(line.consignment)
            .is_none_or(|one| one.completed_at.is_some() || one.state == State::Cancelled);
        let pieces = match (booked.get(&line.id.raw()), over) {
            (Some(minor), _) => minor / price.minor,
            (None, true) => 0,
            (None, false) => owed(line, &earlier),
        };
        if pieces > 0 {
            let amount = price.times(pieces)?;
            found.push(Supplied {
                organisation: line.organisation,
                line: line.id,
                pieces,
                price,
                amount,
                booked: over,
            });
        }
    }
    Ok(found)
}

/// Pieces that were or will be sent and that their supplier is paid for.
fn owed(line: &Line, earlier: &Back) -> i64 {
    let borne = |taken: &&LineBack| taken.line == line.id;
    line.to_send() - earlier.lines.iter().filter(borne).map(|taken| taken.supply_pieces).sum::<i64>()
}

/// Owes suppliers what left with a consignment that is complete, or was given up; schedules `payout.due` for them. Of lines that
/// nobody supplies: nothing.
pub(crate) fn pay(tx: &mut Tx, whole: &Whole, id: Id<Consignment>) -> Result<()> {
    let lines: Vec<&Line> = whole.lines_of(id).filter(|line| line.supply.is_some()).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let (earlier, now) = (taken::earlier(tx, whole.order.id)?, tx.now());
    let mut sums: BTreeMap<Account, Money> = BTreeMap::new();
    for line in lines {
        let Some(amount) = line.supplied(owed(line, &earlier))?.filter(|amount| amount.minor > 0) else { continue };
        let due_at = now.plus_days(line.terms.payout_days);
        write_entry(tx, &Entry::supply(line, whole.order.id, amount, Some(due_at)))?;
        tx.schedule(&PAY_OUT.job(line.organisation.raw(), due_at))?;
        add(&mut sums, line, amount)?;
    }
    let legs = sums.into_iter().map(|(supplier, amount)| Leg::new(cost(amount), supplier, amount.minor)).collect();
    post(tx, whole, format!("supply:{}", id.raw()), "consignment.supplied", legs)
}

/// What suppliers bear of pieces that are given back, by their account.
pub(crate) fn borne(whole: &Whole, back: &Back) -> Result<BTreeMap<Account, Money>> {
    let mut sums = BTreeMap::new();
    for (line, amount) in borne_by_line(whole, back)? {
        add(&mut sums, line, amount)?;
    }
    Ok(sums)
}

fn borne_by_line<'a>(whole: &'a Whole, back: &Back) -> Result<Vec<(&'a Line, Money)>> {
    let mut found = Vec::new();
    for taken in back.lines.iter().filter(|taken| taken.supply_pieces > 0) {
        let gone = || Error::internal(format!("{} was taken back and is not in its order", taken.line));
        let line = whole.lines.iter().find(|line| line.id == taken.line).ok_or_else(gone)?;
        if let Some(amount) = line.supplied(taken.supply_pieces)? {
            found.push((line, amount));
        }
    }
    Ok(found)
}

/// After the split: suppliers give back the price of the pieces that they bear, out of what is free on their balance, the rest as a
/// debt that the next payout pays first. `key` is the refund's.
pub(crate) fn take_back(tx: &mut Tx, whole: &Whole, back: &Back, key: &str) -> Result<()> {
    for (line, amount) in borne_by_line(whole, back)? {
        write_entry(tx, &Entry::supply(line, whole.order.id, Money::new(-amount.minor, amount.currency), None))?;
    }
    let mut legs = Vec::new();
    for (supplier, amount) in borne(whole, back)? {
        let free = ledger::balance(tx, &supplier)?.clamp(0, amount.minor);
        let debt = Account::debt(supplier.owner, amount.currency);
        legs.push(Leg::new(supplier, cost(amount), free));
        legs.push(Leg::new(debt, cost(amount), amount.minor - free));
    }
    post(tx, whole, format!("supply_back:{key}"), "order.supply_returned", legs)
}

fn post(tx: &mut Tx, whole: &Whole, key: String, kind: &'static str, mut legs: Vec<Leg>) -> Result<()> {
    legs.retain(|leg| leg.amount > 0);
    if legs.is_empty() {
        return Ok(());
    }
    ledger::post(tx, &Posting { key, kind, subject: whole.order.id.raw(), legs }).map(drop)
}

fn add(sums: &mut BTreeMap<Account, Money>, line: &Line, amount: Money) -> Result<()> {
    let account = Account::seller(line.organisation.raw(), amount.currency);
    let sum = sums.entry(account).or_insert(Money::zero(amount.currency));
    *sum = sum.plus(amount)?;
    Ok(())
}

/// The operator's cost of what it sold and others supplied.
fn cost(amount: Money) -> Account {
    Account::expense("supply", amount.currency)
}

const SELECT_BOOKED: &str = "SELECT line, CAST(SUM(net) AS BIGINT) FROM settlement_entry
    WHERE order_id = $1 AND kind IN ('supply', 'supply_returned') GROUP BY line";
