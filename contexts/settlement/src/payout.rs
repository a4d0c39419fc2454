//! Payouts: what is due by the terms goes from a seller's balance to the bank, less what the seller owes, in the seller's own
//! currency: the one its organisation keeps its books in.

use crate::complete::paid_out_if_all_is;
use crate::event;
use crate::exchange::{self, Exchange};
use crate::statement::{Entry, Kind, write_entry};
use base::{Currency, Error, Id, Moment, Money, Permission, Result, Tag};
use ledger::{Account, Leg, Posting};
use parties::Organisation;
use std::collections::BTreeSet;
use store::{Read, Row, Tx, Work, params};

/// Money that was sent to a seller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// Its id.
    pub id: Id<Payout>,
    /// To whom.
    pub organisation: Id<Organisation>,
    /// How much of its balance, in the currency of the balance.
    pub amount: Money,
    /// What was sent to the bank, in the seller's own currency.
    pub paid: Money,
    /// The rate between the two; none where they are one currency.
    pub exchange: Option<Exchange>,
    /// When.
    pub at: Moment,
}

impl Tag for Payout {
    const PREFIX: &'static str = "pot";
}

/// The job that pays a seller ([`pay_out_due`]).
pub const PAY_OUT: Work = Work { kind: "payout.due", hands: 4, lease_seconds: 120, renews: false };

/// The job [`PAY_OUT`]: pays a seller everything that is due, out of its balance in every currency, and schedules itself for
/// the next day on which something is, or tomorrow while something waits for an exchange rate or for the end of an objection. Says what was sent.
/// Errors: denied.
pub fn pay_out_due(tx: &mut Tx, organisation: Id<Organisation>) -> Result<Vec<Money>> {
    tx.actor().may(Permission::MoneyWrite)?;
    let now = tx.now();
    let mut paid = Vec::new();
    for row in tx.query(SELECT_DUE_CURRENCIES, params![organisation, now])? {
        paid.extend(payout(tx, organisation, row.get(0)?)?);
    }
    let next = tx.one(SELECT_NEXT_DUE, params![organisation, now])?.get::<Option<Moment>>(0)?;
    let held = tx.maybe(SELECT_HELD, params![organisation, now])?;
    let waits = tx.maybe(SELECT_WAITS, params![organisation])?.or(held).map(|_| now.plus_days(1));
    if let Some(run_at) = next.into_iter().chain(waits).min() {
        tx.schedule(&PAY_OUT.job(organisation.raw(), run_at))?;
    }
    Ok(paid)
}

/// Pays a seller what is due of its balance in one currency, exchanged into its own; says what was sent. Nothing when nothing is
/// left of it, or while no exchange rate is known: it waits, see
/// [`crate::waiting`]. Emits `settlement.paid_out` (subject: the organisation). Errors: denied.
pub fn payout(tx: &mut Tx, organisation: Id<Organisation>, currency: Currency) -> Result<Option<Money>> {
    tx.actor().may(Permission::MoneyWrite)?;
    let (id, now) = (tx.id::<Payout>(), tx.now());
    // Where refunds outweigh the sales that are due, both wait for the next sales.
    let due = tx.one(SELECT_DUE, params![organisation, currency, now])?.get::<i64>(0)?;
    if due <= 0 {
        exchange::waits_no_more(tx, organisation, currency)?;
        return Ok(None);
    }
    let Some(terms) = exchanged(tx, organisation, Money::new(due, currency))? else { return Ok(None) };
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
    // Entries that came in between are exchanged at the same rate.
    let paid = terms.as_ref().map_or(Ok(amount), |(rate, own)| rate.of(amount, *own))?;
    let posting = move_money(tx, id, organisation, amount, paid)?;
    write(tx, id, organisation, amount, paid, terms.map(|(rate, _)| (rate, posting)))?;
    exchange::waits_no_more(tx, organisation, currency)?;
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
        paid_out_if_all_is(tx, Id::from_raw(order))?;
    }
    let other = paid.currency != currency;
    let balance = other.then_some(event::OfBalance { balance_minor: amount.minor, balance_currency: currency });
    let told = event::PaidOut { payout: id, minor: paid.minor, currency: paid.currency, balance };
    tx.emit(organisation, &told)?;
    Ok(Some(paid))
}

/// The rate at which `due` is exchanged and into what; `Some(None)` when it is in the seller's own currency, `None` when it has
/// to wait.
fn exchanged(tx: &mut Tx, organisation: Id<Organisation>, due: Money) -> Result<Option<Option<(Exchange, Currency)>>> {
    let own = parties::organisation(tx, organisation)?.currency;
    if own == due.currency {
        return Ok(Some(None));
    }
    let today = tx.now().date();
    let rate = Exchange::at(tx, due.currency, own, today)?;
    if rate.is_none() {
        exchange::wait(tx, organisation, due.currency, own)?;
    }
    Ok(rate.map(|rate| Some((rate, own))))
}

fn write(
    tx: &mut Tx,
    id: Id<Payout>,
    organisation: Id<Organisation>,
    amount: Money,
    paid: Money,
    exchange: Option<(Exchange, Id<Posting>)>,
) -> Result<()> {
    let now = tx.now();
    tx.send(INSERT, params![id, organisation, amount.currency, amount.minor, now])?;
    if let Some((Exchange { rate, date, source }, posting)) = exchange {
        tx.send(SET_EXCHANGE, params![id, paid.currency, paid.minor, rate, date, source, posting])?;
    }
    Ok(())
}

fn move_money(
    tx: &mut Tx,
    id: Id<Payout>,
    organisation: Id<Organisation>,
    amount: Money,
    paid: Money,
) -> Result<Id<Posting>> {
    let seller = Account::seller(organisation.raw(), amount.currency);
    let debt = Account::debt(organisation.raw(), amount.currency);
    let owed = -ledger::balance(tx, &debt)?;
    let mut legs = exchange::legs(&seller, amount, paid);
    if owed > 0 {
        legs.push(Leg::new(seller, debt, owed));
    }
    let posting = Posting { key: format!("payout:{id}"), kind: "seller.paid_out", subject: organisation.raw(), legs };
    Ok(ledger::post(tx, &posting)?.id)
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
            found.push(read(&row, organisation, currency)?);
        }
    }
    found.sort_by_key(|payout| std::cmp::Reverse(payout.id));
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

fn read(row: &Row, organisation: Id<Organisation>, currency: Currency) -> Result<Payout> {
    let amount = Money::new(row.get(1)?, currency);
    let exchange = Exchange::read(row, 5)?;
    let paid = if exchange.is_some() { Money::new(row.get(4)?, row.get(3)?) } else { amount };
    Ok(Payout { id: row.get(0)?, organisation, amount, paid, exchange, at: row.get(2)? })
}

// What a buyer objects to is not paid out meanwhile.
// What is objected to waits; what was given back of it has left the balance and is settled at once.
const SELECT_DUE_CURRENCIES: &str = "SELECT DISTINCT currency FROM settlement_entry
    WHERE organisation = $1 AND payout IS NULL AND due_at <= $2 AND (net < 0 OR NOT EXISTS (SELECT 1 FROM order_line l
        JOIN order_consignment c ON c.id = l.consignment WHERE l.id = settlement_entry.line AND c.dispute = 'open')) ORDER BY currency";
const SELECT_HELD: &str = "SELECT e.id FROM settlement_entry e JOIN order_line l ON l.id = e.line
    JOIN order_consignment c ON c.id = l.consignment
    WHERE e.organisation = $1 AND e.payout IS NULL AND e.due_at <= $2 AND e.net >= 0 AND c.dispute = 'open' LIMIT 1";
const SELECT_NEXT_DUE: &str =
    "SELECT MIN(due_at) FROM settlement_entry WHERE organisation = $1 AND payout IS NULL AND due_at > $2";
const TAKE_DUE: &str = "UPDATE settlement_entry SET payout = $4
    WHERE organisation = $1 AND currency = $2 AND payout IS NULL AND due_at <= $3
    AND (net < 0 OR NOT EXISTS (SELECT 1 FROM order_line l JOIN order_consignment c ON c.id = l.consignment
        WHERE l.id = settlement_entry.line AND c.dispute = 'open')) RETURNING net, order_id";
const SELECT_DUE: &str = "SELECT CAST(COALESCE(SUM(net), 0) AS BIGINT) FROM settlement_entry
    WHERE organisation = $1 AND currency = $2 AND payout IS NULL AND due_at <= $3
    AND (net < 0 OR NOT EXISTS (SELECT 1 FROM order_line l JOIN order_consignment c ON c.id = l.consignment
        WHERE l.id = settlement_entry.line AND c.dispute = 'open'))";
const INSERT: &str =
    "INSERT INTO settlement_payout (id, organisation, currency, amount, at) VALUES ($1, $2, $3, $4, $5)";
const SET_EXCHANGE: &str =
    "UPDATE settlement_payout SET paid_currency = $2, paid_amount = $3, rate = $4, rate_date = $5,
    rate_source = $6, posting = $7 WHERE id = $1";
const SELECT_WAITS: &str = "SELECT currency FROM settlement_waiting WHERE organisation = $1 LIMIT 1";
const SELECT_PAYOUTS: &str =
    "SELECT id, amount, at, paid_currency, paid_amount, rate, rate_date, rate_source FROM settlement_payout
    WHERE organisation = $1 AND currency = $2 AND id < $3 ORDER BY id DESC LIMIT $4";
