//! Completion: a consignment's escrow is split into what the frozen terms and the frozen landed cost say, in one posting.

use crate::event;
use crate::left::Back;
use crate::payout::PAY_OUT;
use crate::statement::{Entry, Kind, write_entry};
use crate::supply;
use crate::taken::{self, givers};
use base::{Currency, Error, Id, Moment, Money, Result};
use ledger::{Account, Leg, Posting};
use orders::{By, Completed, Consignment, Line, Order, Payee, Share, Whole};
use std::collections::BTreeMap;
use store::{Tx, params};

/// Completes a consignment and splits its escrow. Says what `orders::complete` said; done again, it changes nothing.
/// Emits `settlement.split`, schedules `payout.due` for every seller and supplier in it. Errors: those of `orders::complete`.
pub fn complete(tx: &mut Tx, consignment: Id<Consignment>, by: By) -> Result<Completed> {
    let done = orders::complete(tx, consignment, by)?;
    if done == Completed::Now {
        split_escrow(tx, consignment)?;
    }
    Ok(done)
}

/// The buyer has received all of an order that was delivered: completes each of its consignments that was.
/// Errors: those of [`complete`]; `not_delivered` (conflict) while there is none.
pub fn complete_delivered(tx: &mut Tx, order: Id<Order>) -> Result<Completed> {
    let mut done = Completed::Before;
    for consignment in orders::delivered(tx, order)? {
        if complete(tx, consignment, By::Buyer)? == Completed::Now {
            done = Completed::Now;
        }
    }
    Ok(done)
}

fn split_escrow(tx: &mut Tx, id: Id<Consignment>) -> Result<()> {
    let order = orders::consignment(tx, id)?.order;
    let whole = orders::whole(tx, order)?;
    let currency = whole.order.currency;
    let consignment = whole.consignment(id).ok_or_else(|| Error::internal(format!("{id} is not in its order")))?;
    let shares = orders::split_of(&whole, consignment)?;
    let refunded = tx.maybe(HAS_OPEN, params![order, id])?.is_some();
    let (back, goodwill) = match refunded {
        true => (taken::open(tx, id)?, goodwill(tx, order)?),
        false => Default::default(),
    };
    let legs = legs(&shares, givers(&whole, &back)?, &goodwill, currency);
    if !legs.is_empty() {
        let split = event::Split { consignment: id, currency, parts: parts(&legs) };
        let key = format!("complete:{}", id.raw());
        ledger::post(tx, &Posting { key, kind: "consignment.completed", subject: order.raw(), legs })?;
        tx.emit(order, &split)?;
    }
    let given: i64 = shares.iter().map(|share| share.amount.minor).sum();
    let borne: i64 = back.total() + goodwill.values().sum::<i64>();
    orders::released(tx, order, Money::new(given - borne, currency))?;
    for (organisation, run_at) in earn_all(tx, &whole, &shares, &back)? {
        tx.schedule(&PAY_OUT.job(organisation, run_at))?;
    }
    for (organisation, amount) in goodwill.iter().filter(|(organisation, _)| **organisation != 0) {
        write_entry(tx, &Entry::goodwill(*organisation, order, Money::new(*amount, currency)))?;
    }
    supply::pay(tx, &whole, id)?;
    if refunded {
        tx.send(CLOSE_REFUNDS, params![order, id])?;
    }
    paid_out_if_all_is(tx, order)
}

/// A complete order of which no seller waits for money is paid out.
pub(crate) fn paid_out_if_all_is(tx: &mut Tx, order: Id<Order>) -> Result<()> {
    if tx.maybe(SELECT_WAITING, params![order])?.is_none() {
        orders::paid_out(tx, order)?;
    }
    Ok(())
}

/// Writes what sellers earned with the shares of a consignment, and what refunds took back of it; gives the first day on which
/// each is paid.
fn earn_all(tx: &mut Tx, whole: &Whole, shares: &[Share], back: &Back) -> Result<BTreeMap<i64, Moment>> {
    let mut due: BTreeMap<i64, Moment> = BTreeMap::new();
    let mut by_line: BTreeMap<i64, Moment> = BTreeMap::new();
    for line in &whole.lines {
        let earned = |what| share_of(shares, what, line.id);
        if shares.iter().any(|share| share.line == Some(line.id) && matches!(share.payee, Payee::Seller(_))) {
            let due_at = earn(tx, whole, line, [earned("commission"), earned("commission_tax"), earned("goods")])?;
            let first = due.entry(line.organisation.raw()).or_insert(due_at);
            *first = due_at.min(*first);
            by_line.insert(line.id.raw(), due_at);
        }
    }
    for mut entry in Entry::backs(whole, back) {
        entry.due_at = by_line.get(&entry.line).copied();
        write_entry(tx, &entry)?;
    }
    Ok(due)
}

fn share_of(shares: &[Share], what: &str, line: Id<Line>) -> i64 {
    shares.iter().filter(|share| share.what == what && share.line == Some(line)).map(|share| share.amount.minor).sum()
}

/// Writes a seller's entry for one line; gives the day it is due by its terms.
fn earn(tx: &mut Tx, whole: &Whole, line: &Line, [commission, commission_tax, net]: [i64; 3]) -> Result<Moment> {
    let due_at = tx.now().plus_days(line.terms.payout_days);
    let entry = Entry {
        organisation: line.organisation.raw(),
        order: whole.order.id,
        line: line.id.raw(),
        kind: Kind::Sale,
        currency: whole.order.currency,
        gross: net + commission + commission_tax,
        commission,
        commission_tax,
        due_at: Some(due_at),
        payout: None,
    };
    write_entry(tx, &entry)?;
    Ok(due_at)
}

/// Goodwill given before the split and not owed meanwhile, by who bears it (raw id; 0 is the operator).
fn goodwill(tx: &mut Tx, order: Id<Order>) -> Result<BTreeMap<i64, i64>> {
    let rows = tx.query(SELECT_GOODWILL, params![order])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Escrow to every account, less what refunds took back of it (`givers`), summed; and goodwill, from its bearers back to escrow.
/// A seller bears out of what it earns in this very posting, the rest is its debt.
pub(crate) fn legs(
    shares: &[Share],
    givers: BTreeMap<Account, i64>,
    goodwill: &BTreeMap<i64, i64>,
    currency: Currency,
) -> Vec<Leg> {
    let escrow = Account::escrow(currency);
    let mut sums: BTreeMap<Account, i64> = BTreeMap::new();
    for share in shares {
        *sums.entry(share.account.clone()).or_default() += share.amount.minor;
    }
    for (account, amount) in givers {
        *sums.entry(account).or_default() -= amount;
    }
    let mut legs = Vec::new();
    for (organisation, amount) in goodwill {
        let own = Account::seller(*organisation, currency);
        let earned = sums.get(&own).copied().unwrap_or_default().clamp(0, *amount);
        let rest = match *organisation {
            0 => Account::expense("goodwill", currency),
            seller => Account::debt(seller, currency),
        };
        legs.extend(
            [(own, earned), (rest, amount - earned)].map(|(from, amount)| Leg::new(from, escrow.clone(), amount)),
        );
    }
    for (account, amount) in sums {
        legs.push(match amount {
            0.. => Leg::new(escrow.clone(), account, amount),
            // The operator's cost of what came back; of a seller at most the cent that rounding took too much.
            _ if account.guarded => Leg::new(Account::debt(account.owner, currency), escrow.clone(), -amount),
            _ => Leg::new(account, escrow.clone(), -amount),
        });
    }
    legs.retain(|leg| leg.amount > 0);
    legs
}

fn parts(legs: &[Leg]) -> Vec<event::Part> {
    let part = |leg: &Leg| event::Part { from: leg.from.code.clone(), to: leg.to.code.clone(), minor: leg.amount };
    legs.iter().map(part).collect()
}

const HAS_OPEN: &str = "SELECT 1 FROM settlement_refund_booking
    WHERE order_id = $1 AND booked = 'open' AND consignment IN (0, $2) LIMIT 1";
const SELECT_GOODWILL: &str = "SELECT r.organisation, CAST(SUM(r.amount - r.absorbed) AS BIGINT)
    FROM settlement_refund_booking b JOIN settlement_refund r ON r.id = b.refund
    WHERE b.order_id = $1 AND b.booked = 'open' AND b.consignment = 0 GROUP BY r.organisation
    HAVING SUM(r.amount - r.absorbed) > 0 ORDER BY r.organisation";
const CLOSE_REFUNDS: &str = "UPDATE settlement_refund_booking SET booked = 'split'
    WHERE order_id = $1 AND booked = 'open' AND consignment IN (0, $2)";
const SELECT_WAITING: &str = "SELECT id FROM settlement_entry WHERE order_id = $1 AND payout IS NULL LIMIT 1";
