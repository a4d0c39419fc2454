//! Payouts: what is due by the terms goes from a seller's balance to the bank, less what the seller owes.

use crate::statement::{Entry, Kind, write_entry};
use base::{Currency, Error, Id, Moment, Money, Permission, Result, Tag};
use ledger::{Account, Leg, Posting};
use orders::{Order, Settlement};
use parties::Organisation;
use std::collections::BTreeSet;
use store::{Event, Job, Read, Tx, params};

/// Money that was sent to a seller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// Its id.
    pub id: Id<Payout>,
    /// To whom.
    pub organisation: Id<Organisation>,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Moment,
}

impl Tag for Payout {
    const PREFIX: &'static str = "pot";
}

/// The job `payout.due`: pays a seller everything that is due, in every currency, and schedules itself for the next day on
/// which something is. Errors: denied.
pub fn pay_out_due(tx: &mut Tx, organisation: Id<Organisation>) -> Result<Vec<Money>> {
    tx.actor().may(Permission::MoneyWrite)?;
    let now = tx.now();
    let mut paid = Vec::new();
    for row in tx.query(SELECT_DUE_CURRENCIES, params![organisation, now])? {
        paid.extend(payout(tx, organisation, row.get(0)?)?);
    }
    if let Some(run_at) = tx.one(SELECT_NEXT_DUE, params![organisation, now])?.get::<Option<Moment>>(0)? {
        tx.schedule(&Job { kind: "payout.due", subject: organisation.raw(), run_at, unique: true })?;
    }
    Ok(paid)
}

/// Pays a seller what is due in one currency; nothing when nothing is left of it. Emits `settlement.paid_out` (subject: the
/// organisation). Errors: denied.
pub fn payout(tx: &mut Tx, organisation: Id<Organisation>, currency: Currency) -> Result<Option<Money>> {
    tx.actor().may(Permission::MoneyWrite)?;
    let (id, now) = (tx.id::<Payout>(), tx.now());
    // Where refunds outweigh the sales that are due, both wait for the next sales.
    if tx.one(SELECT_DUE, params![organisation, currency, now])?.get::<i64>(0)? <= 0 {
        return Ok(None);
    }
    let mut amount = 0;
    let mut settled: BTreeSet<i64> = BTreeSet::new();
    for row in tx.query(TAKE_DUE, params![organisation, currency, now, id])? {
        amount += row.get::<i64>(0)?;
        settled.insert(row.get(1)?);
    }
    if amount <= 0 {
        return Err(Error::conflict("payout_changed", "A refund came in between; try again."));
    }
    let amount = Money::new(amount, currency);
    move_money(tx, id, organisation, amount)?;
    tx.run(INSERT, params![id, organisation, currency, amount.minor, now])?;
    let entry = Entry {
        organisation: organisation.raw(),
        order: Id::from_raw(0),
        line: 0,
        kind: Kind::Payout,
        currency,
        gross: -amount.minor,
        commission: 0,
        commission_tax: 0,
        due_at: None,
        payout: Some(id.raw()),
    };
    write_entry(tx, &entry)?;
    for order in settled {
        let order: Id<Order> = Id::from_raw(order);
        if tx.maybe(SELECT_WAITING, params![order])?.is_none() {
            orders::settled(tx, order, Settlement::PaidOut)?;
        }
    }
    let body = serde_json::json!({ "payout": id.to_string(), "minor": amount.minor, "currency": currency.code() });
    tx.emit(&Event { kind: "settlement.paid_out", subject: organisation.raw(), body })?;
    Ok(Some(amount))
}

fn move_money(tx: &mut Tx, id: Id<Payout>, organisation: Id<Organisation>, amount: Money) -> Result<()> {
    let seller = Account::seller(organisation.raw(), amount.currency);
    let debt = Account::debt(organisation.raw(), amount.currency);
    let owed = -ledger::balance(tx, &debt)?;
    let mut legs = vec![Leg::new(seller.clone(), Account::bank(amount.currency), amount.minor)];
    if owed > 0 {
        legs.push(Leg::new(seller, debt, owed));
    }
    let posting = Posting { key: format!("payout:{id}"), kind: "seller.paid_out", subject: organisation.raw(), legs };
    ledger::post(tx, &posting)?;
    Ok(())
}

/// An organisation's payouts, newest first, before the id `before`.
/// Errors: denied unless it is the seller's owner or the operator's finance who asks.
pub fn payouts(
    db: &mut Read,
    organisation: Id<Organisation>,
    before: Option<Id<Payout>>,
    limit: i64,
) -> Result<Vec<Payout>> {
    db.actor().may_for(organisation.raw(), Permission::SellerMoney, Permission::LedgerRead)?;
    let before = before.map_or(i64::MAX, Id::raw);
    let mut found = Vec::new();
    for currency in crate::balance::currencies(db, organisation)? {
        for row in db.query(SELECT_PAYOUTS, params![organisation, currency, before, limit])? {
            let amount = Money::new(row.get(1)?, currency);
            found.push(Payout { id: row.get(0)?, organisation, amount, at: row.get(2)? });
        }
    }
    found.sort_by_key(|payout| std::cmp::Reverse(payout.id));
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

const SELECT_DUE_CURRENCIES: &str = "SELECT DISTINCT currency FROM settlement_entry
    WHERE organisation = $1 AND payout IS NULL AND due_at <= $2 ORDER BY currency";
const SELECT_NEXT_DUE: &str =
    "SELECT MIN(due_at) FROM settlement_entry WHERE organisation = $1 AND payout IS NULL AND due_at > $2";
const TAKE_DUE: &str = "UPDATE settlement_entry SET payout = $4
    WHERE organisation = $1 AND currency = $2 AND payout IS NULL AND due_at <= $3 RETURNING net, order_id";
const SELECT_DUE: &str = "SELECT CAST(COALESCE(SUM(net), 0) AS BIGINT) FROM settlement_entry
    WHERE organisation = $1 AND currency = $2 AND payout IS NULL AND due_at <= $3";
const INSERT: &str =
    "INSERT INTO settlement_payout (id, organisation, currency, amount, at) VALUES ($1, $2, $3, $4, $5)";
const SELECT_WAITING: &str = "SELECT id FROM settlement_entry WHERE order_id = $1 AND payout IS NULL LIMIT 1";
const SELECT_PAYOUTS: &str = "SELECT id, amount, at FROM settlement_payout
    WHERE organisation = $1 AND currency = $2 AND id < $3 ORDER BY id DESC LIMIT $4";
