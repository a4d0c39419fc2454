//! Promised pieces: they may be sold though they do not lie there, because they are made when they are ordered, or are coming.
//!
//! A promised piece is one of its stock row like any other, held, confirmed, released and shipped by the same statements: so
//! capacity is never sold twice, and a limit on holds counts it. Beside the row stands how many of its pieces are promised. A
//! promise is kept by the pieces that come in, or by the piece that is made as it leaves; what nobody holds can be withdrawn.

use crate::Warehouse;
use crate::event::{Changed, Moved};
use crate::receive::open_item;
use base::{Error, Id, Result};
use catalog::Variant;
use ledger::{Account, Leg, Posting};
use store::{Tx, params};

/// What of a stock row may be sold besides the pieces that lie there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// Nothing more. What is open already stays promised, and is made, or waited for, as it was.
    None,
    /// So many pieces may be open at once; each is made as it leaves, and frees its place.
    Made(i64),
    /// So many pieces are still to come. What comes in keeps the promise first.
    Coming(i64),
}

/// Most pieces that can be promised of one stock row.
pub const PROMISED_MOST: i64 = 1_000_000;

/// Says what may be sold of a variant besides what lies in a warehouse; says whether that is new. Fewer than are open takes back
/// what is free now, and the rest as it leaves or is freed. Emits `stock.changed` (subject: the variant).
/// Errors: denied; unknown warehouse or variant; `out_of_range` (field `capacity`).
pub fn promise(tx: &mut Tx, warehouse: Id<Warehouse>, variant: Id<Variant>, promise: Promise) -> Result<bool> {
    let (capacity, renews) = match promise {
        Promise::None => (0, None),
        Promise::Made(most) => (most, Some(1)),
        Promise::Coming(most) => (most, Some(0)),
    };
    if promise != Promise::None && !(1..=PROMISED_MOST).contains(&capacity) {
        let say = format!("Write a whole number from 1 to {PROMISED_MOST}.");
        return Err(Error::field("capacity", "out_of_range", say));
    }
    let account = open_item(tx, warehouse, variant)?;
    ledger::lock(tx, &account)?;
    let changed = tx.run(PUT, params![account.id(), capacity, renews])? == 1;
    let difference = settle(tx, &account, variant)?;
    if changed {
        tell(tx, warehouse, variant, difference)?;
    }
    Ok(changed)
}

/// Tells of a row what may be sold of it now: the trail is what the auditor compares it with.
fn tell(tx: &mut Tx, warehouse: Id<Warehouse>, variant: Id<Variant>, difference: i64) -> Result<()> {
    let row = tx.one(TOLD, params![warehouse, variant])?;
    let (capacity, made) = (Some(row.get(0)?), Some(row.get(1)?));
    let (kind, reason) = ("stock.promised".into(), String::new());
    tx.emit(variant, &Changed::Moved(Moved { warehouse, difference, kind, reason, capacity, made }))
}

/// Brings what is promised to the row's capacity, as far as it is not held; says by how much that changed.
fn settle(tx: &mut Tx, account: &Account, variant: Id<Variant>) -> Result<i64> {
    let free = ledger::lock(tx, account)?;
    let row = tx.one(STANDING, params![account.id()])?;
    let (promised, capacity): (i64, i64) = (row.get(0)?, row.get(1)?);
    let change = (capacity - promised).max(-free);
    if change == 0 {
        return Ok(0);
    }
    let (promises, own) = (Account::goods("promised", variant.raw()), account.clone());
    let (from, to) = if change > 0 { (promises, own) } else { (own, promises) };
    move_promise(tx, variant.raw(), vec![Leg::new(from, to, change.abs())])?;
    tx.send(ADD, params![account.id(), change])?;
    Ok(change)
}

fn move_promise(tx: &mut Tx, subject: i64, legs: Vec<Leg>) -> Result<()> {
    let key = format!("promise:{}", tx.id::<Posting>());
    ledger::post(tx, &Posting { key, kind: "stock.promised", subject, legs }).map(drop)
}

/// Withdraws what `subject` no longer holds of rows that have more promised than they may.
pub(crate) fn withdraw_freed(tx: &mut Tx, subject: i64) -> Result<()> {
    for row in tx.query(FREED, params![subject])? {
        let (warehouse, variant): (Id<Warehouse>, Id<Variant>) = (row.get(0)?, row.get(1)?);
        let account = Account::stock(warehouse.raw(), variant.raw());
        let difference = settle(tx, &account, variant)?;
        tell(tx, warehouse, variant, difference)?;
    }
    Ok(())
}

/// `pieces` have come onto a shelf: they keep what was promised of it, where it is not made as it leaves. Says what its capacity
/// is then, if that changed.
pub(crate) fn arrived(tx: &mut Tx, account: &Account, variant: Id<Variant>, pieces: i64) -> Result<Option<i64>> {
    let row = tx.one(STANDING, params![account.id()])?;
    let (promised, capacity, renews): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let awaited = if renews == 1 { (promised - capacity).max(0) } else { promised };
    let kept = awaited.min(pieces);
    if kept == 0 {
        return Ok(None);
    }
    let legs = vec![Leg::new(account.clone(), Account::goods("promised", variant.raw()), kept)];
    move_promise(tx, variant.raw(), legs)?;
    let now = keep(tx, account, kept)?;
    Ok(Some(now).filter(|now| *now != capacity))
}

/// A promise of so many pieces is kept: of goods to come so many fewer are to come. Gives the capacity.
fn keep(tx: &mut Tx, account: &Account, pieces: i64) -> Result<i64> {
    tx.one(KEEP, params![account.id(), pieces])?.get(0)
}

/// Pieces of these stock rows have left: what did not lie there was made for it, and its place is free again. The rows are locked. What
/// the carrier has (`seen`) has come, though nobody said so here.
/// Errors: `not_arrived` (conflict), its field named after the variant, for what is not made and has not come.
pub(crate) fn make_good(tx: &mut Tx, accounts: &[Account], subject: i64, seen: bool) -> Result<()> {
    let ids: Vec<i64> = accounts.iter().map(|account| account.id().raw()).collect();
    for row in tx.query_in(SHORT, &ids)? {
        let (warehouse, variant): (Id<Warehouse>, Id<Variant>) = (row.get(0)?, row.get(1)?);
        let missing: i64 = row.get(2)?;
        let from = match row.get::<i64>(3)? {
            1 => "made",
            _ if seen => "received",
            _ => return Err(not_arrived(variant, missing)),
        };
        let account = Account::stock(warehouse.raw(), variant.raw());
        let goods = |what: &str| Account::goods(what, variant.raw());
        let legs = vec![
            Leg::new(goods(from), account.clone(), missing),
            Leg::new(account.clone(), goods("promised"), missing),
        ];
        move_promise(tx, subject, legs)?;
        keep(tx, &account, missing)?;
        let difference = settle(tx, &account, variant)?;
        tell(tx, warehouse, variant, difference)?;
    }
    Ok(())
}

fn not_arrived(variant: Id<Variant>, missing: i64) -> Error {
    let say = format!("{missing} of them have not come yet; put them into stock when they have.");
    Error::conflict("not_arrived", "What was ordered before it came can leave when it is here.").and_field(
        variant.to_string(),
        "not_arrived",
        say,
    )
}

/// Whether fewer pieces are left on a shelf than are promised of it: some are gone that never lay there.
pub(crate) fn is_short(tx: &mut Tx, account: &Account) -> Result<bool> {
    Ok(!tx.query_in(SHORT, &[account.id().raw()])?.is_empty())
}

const PUT: &str = "UPDATE stock_item SET capacity = $2, renews = COALESCE($3, renews)
    WHERE account = $1 AND (capacity <> $2 OR renews <> COALESCE($3, renews))";
const TOLD: &str = "SELECT capacity, renews FROM stock_item WHERE warehouse = $1 AND variant = $2";
const STANDING: &str = "SELECT promised, capacity, renews FROM stock_item WHERE account = $1";
const ADD: &str = "UPDATE stock_item SET promised = promised + $2 WHERE account = $1";
const KEEP: &str = "UPDATE stock_item SET promised = promised - $2,
    capacity = CASE WHEN renews = 1 OR capacity <= promised - $2 THEN capacity ELSE promised - $2 END
    WHERE account = $1 RETURNING capacity";
const FREED: &str =
    "SELECT DISTINCT i.warehouse, i.variant FROM ledger_hold h JOIN stock_item i ON i.account = h.account
    JOIN ledger_account a ON a.id = i.account
    WHERE h.subject = $1 AND i.promised > i.capacity AND a.balance > a.held";
const SHORT: &str = "SELECT i.warehouse, i.variant, i.promised - a.balance, i.renews
    FROM stock_item i JOIN ledger_account a ON a.id = i.account
    WHERE i.account IN ($1, $2, $3, $4, $5, $6, $7, $8) AND i.promised > a.balance";
