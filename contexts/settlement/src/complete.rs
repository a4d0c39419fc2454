//! Completion: escrow is split into what the frozen terms and the frozen landed cost say, in one posting.

use crate::left::Back;
use crate::payout::PAY_OUT;
use crate::statement::{Entry, Kind, write_entry};
use crate::taken::{self, givers};
use base::{Currency, Id, Moment, Money, Result};
use ledger::{Account, Leg, Posting};
use orders::{By, Completed, Line, Order, Payee, Settlement, Share, Whole};
use std::collections::BTreeMap;
use store::{Event, Tx, params};

/// Completes an order and splits its escrow. Says what `orders::complete` said; done again, it changes nothing.
/// Emits `settlement.split`, schedules `payout.due` for every seller in it. Errors: those of `orders::complete`.
pub fn complete(tx: &mut Tx, order: Id<Order>, by: By) -> Result<Completed> {
    let done = orders::complete(tx, order, by)?;
    if done == Completed::Now {
        split_escrow(tx, order)?;
    }
    Ok(done)
}

fn split_escrow(tx: &mut Tx, id: Id<Order>) -> Result<()> {
    let whole = orders::whole(tx, id)?;
    let currency = whole.order.currency;
    let shares = orders::split(&whole)?;
    let refunded = tx.maybe(HAS_OPEN, params![id])?.is_some();
    let (back, goodwill) = match refunded {
        true => (taken_back(tx, &whole)?, goodwill(tx, id)?),
        false => Default::default(),
    };
    let legs = legs(&shares, givers(&whole, &back)?, &goodwill, currency);
    if !legs.is_empty() {
        let body = body(&legs, currency);
        ledger::post(tx, &Posting { key: format!("complete:{id}"), kind: "order.completed", subject: id.raw(), legs })?;
        tx.emit(&Event { kind: "settlement.split", subject: id.raw(), body })?;
    }
    let given: i64 = shares.iter().map(|share| share.amount.minor).sum();
    let borne: i64 = back.total() + goodwill.values().sum::<i64>();
    orders::released(tx, id, Money::new(given - borne, currency))?;
    for (organisation, run_at) in earn_all(tx, &whole, &shares, &back)? {
        tx.schedule(&PAY_OUT.job(organisation, run_at))?;
    }
    for (organisation, amount) in goodwill.iter().filter(|(organisation, _)| **organisation != 0) {
        write_entry(tx, &Entry::goodwill(*organisation, id, Money::new(*amount, currency)))?;
    }
    if refunded {
        tx.send(CLOSE_REFUNDS, params![id])?;
    }
    if !shares.iter().any(|share| matches!(share.payee, Payee::Seller(_))) {
        orders::settled(tx, id, Settlement::PaidOut)?;
    }
    Ok(())
}

/// What refunds took back of what is split now. What was called off or given up is not split.
fn taken_back(tx: &mut Tx, whole: &Whole) -> Result<Back> {
    let mut back = taken::open(tx, whole.order.id)?;
    let live = |id| whole.consignments.iter().any(|one| one.id == id && one.state != orders::State::Cancelled);
    back.lines.retain(|line| live(line.consignment));
    back.charges.retain(|charge| live(charge.consignment));
    Ok(back)
}

/// Writes what sellers earned, and what refunds took back of it; gives the first day on which each is paid.
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

fn body(legs: &[Leg], currency: Currency) -> serde_json::Value {
    let parts: Vec<serde_json::Value> = legs
        .iter()
        .map(|leg| serde_json::json!({ "from": leg.from.code, "to": leg.to.code, "minor": leg.amount }))
        .collect();
    serde_json::json!({ "currency": currency.code(), "parts": parts })
}

const HAS_OPEN: &str = "SELECT 1 FROM settlement_refund WHERE order_id = $1 AND booked = 'open' LIMIT 1";
const SELECT_GOODWILL: &str = "SELECT organisation, CAST(SUM(amount - absorbed) AS BIGINT) FROM settlement_refund
    WHERE order_id = $1 AND booked = 'open' AND kind = 'goodwill' GROUP BY organisation
    HAVING SUM(amount - absorbed) > 0 ORDER BY organisation";
const CLOSE_REFUNDS: &str = "UPDATE settlement_refund SET booked = 'split' WHERE order_id = $1 AND booked = 'open'";
