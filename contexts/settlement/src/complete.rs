//! Completion: escrow is split into what the frozen terms and the frozen landed cost say, in one posting.

use crate::payout::PAY_OUT;
use crate::statement::{Entry, Kind, write_entry};
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
    let shares = orders::split(&whole)?;
    let given: i64 = shares.iter().map(|share| share.amount.minor).sum();
    let lying = whole.order.escrow().minor - on_its_way_back(tx, id)?;
    let borne = bear(borne_refunds(tx, id)?, given - lying, whole.order.currency)?;
    let legs = legs(&shares, &borne, whole.order.currency);
    if !legs.is_empty() {
        let body = body(&legs, whole.order.currency);
        ledger::post(tx, &Posting { key: format!("complete:{id}"), kind: "order.completed", subject: id.raw(), legs })?;
        tx.emit(&Event { kind: "settlement.split", subject: id.raw(), body })?;
    }
    let back: i64 = borne.values().sum();
    orders::released(tx, id, Money::new(given - back, whole.order.currency))?;
    let mut due: BTreeMap<i64, Moment> = BTreeMap::new();
    for line in &whole.lines {
        let earned = |what| share_of(&shares, what, line.id);
        if shares.iter().any(|share| share.line == Some(line.id) && matches!(share.payee, Payee::Seller(_))) {
            let due_at = earn(tx, &whole, line, [earned("commission"), earned("commission_tax"), earned("goods")])?;
            let first = due.entry(line.organisation.raw()).or_insert(due_at);
            *first = due_at.min(*first);
        }
    }
    for (organisation, run_at) in due {
        tx.schedule(&PAY_OUT.job(organisation, run_at))?;
    }
    for (organisation, amount) in borne.iter().filter(|(organisation, _)| **organisation != 0) {
        let entry = Entry::refund(*organisation, id, Money::new(*amount, whole.order.currency));
        write_entry(tx, &entry)?;
    }
    tx.send(CLOSE_REFUNDS, params![id])?;
    if !shares.iter().any(|share| matches!(share.payee, Payee::Seller(_))) {
        orders::settled(tx, id, Settlement::PaidOut)?;
    }
    Ok(())
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

/// Refunds given before completion, by who bears them (raw id; 0 is the operator).
fn borne_refunds(tx: &mut Tx, order: Id<Order>) -> Result<BTreeMap<i64, i64>> {
    let rows = tx.query(SELECT_BORNE, params![order])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// What was asked back on the order's payments and has not left escrow yet.
fn on_its_way_back(tx: &mut Tx, order: Id<Order>) -> Result<i64> {
    let paid = payments::by_subject(tx, order.raw())?;
    Ok(paid.iter().map(|intent| intent.refunding_minor - intent.refunded_minor).sum())
}

/// Shares `missing`, what escrow lacks of the shares, among those who bear refunds. What nobody agreed to bear is the
/// operator's; what escrow does not lack (a consignment was written off meanwhile) nobody bears.
pub(crate) fn bear(mut borne: BTreeMap<i64, i64>, missing: i64, currency: Currency) -> Result<BTreeMap<i64, i64>> {
    let (missing, agreed) = (missing.max(0), borne.values().sum::<i64>());
    if missing > agreed {
        *borne.entry(0).or_default() += missing - agreed;
    } else if missing < agreed {
        let weights: Vec<i64> = borne.values().copied().collect();
        let parts = Money::new(missing, currency).split(&weights)?;
        borne = borne.into_keys().zip(parts.into_iter().map(|part| part.minor)).collect();
    }
    borne.retain(|_, amount| *amount > 0);
    Ok(borne)
}

/// Escrow to every account, summed; and what was refunded before, from its bearers back to escrow. A seller bears out of
/// what it earns in this very posting, the rest is its debt.
pub(crate) fn legs(shares: &[Share], borne: &BTreeMap<i64, i64>, currency: Currency) -> Vec<Leg> {
    let escrow = Account::escrow(currency);
    let mut sums: BTreeMap<Account, i64> = BTreeMap::new();
    for share in shares {
        *sums.entry(share.account.clone()).or_default() += share.amount.minor;
    }
    let mut legs = Vec::new();
    for (organisation, amount) in borne {
        let own = Account::seller(*organisation, currency);
        let earned = sums.get(&own).copied().unwrap_or_default().min(*amount);
        let rest = match *organisation {
            0 => Account::expense("goodwill", currency),
            seller => Account::debt(seller, currency),
        };
        legs.extend(
            [(own, earned), (rest, amount - earned)].map(|(from, amount)| Leg::new(from, escrow.clone(), amount)),
        );
    }
    legs.extend(sums.into_iter().map(|(account, amount)| Leg::new(escrow.clone(), account, amount)));
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

const SELECT_BORNE: &str = "SELECT organisation, CAST(SUM(amount) AS BIGINT) FROM settlement_refund
    WHERE order_id = $1 AND open = 1 GROUP BY organisation ORDER BY organisation";
const CLOSE_REFUNDS: &str = "UPDATE settlement_refund SET open = 0 WHERE order_id = $1 AND open = 1";
