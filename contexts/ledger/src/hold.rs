//! Holds: transfers that wait. Stock reserved for a quote is one.

use crate::Account;
use crate::post::insufficient;
use base::{Error, Id, Moment, Result, Tag};
use std::collections::BTreeMap;
use store::{Row, Tx, params};

/// Names the ids of holds.
pub struct Hold;

impl Tag for Hold {
    const PREFIX: &'static str = "hld";
}

/// A pending hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldRow {
    /// Its id.
    pub id: Id<Hold>,
    /// What it holds of.
    pub account: Id<Account>,
    /// What is still held.
    pub remaining: i64,
    /// Raw id of what it is held for.
    pub subject: i64,
    /// Whoever holds frees it after this, if ever.
    pub expires_at: Option<Moment>,
}

/// Holds `amount` of a guarded account for `subject`, so that nothing else can take it. Two statements.
/// Errors: `insufficient` (conflict) when less is free; internal for an open account or no amount.
pub fn hold(tx: &mut Tx, account: &Account, amount: i64, subject: i64, expires_at: Option<Moment>) -> Result<Id<Hold>> {
    match reserve(tx, &[(account, amount)])?[0] {
        Some(_) => keep(tx, account, amount, subject, expires_at),
        None => Err(insufficient(account)),
    }
}

/// The first half of [`hold`], of several accounts: takes each amount from what is free and says how much of it is left then, or
/// none where less was free; the transaction must fail then. The accounts' rows are locked in this order and stay locked, so that
/// what is asked about their holds afterwards cannot change. The same transaction must [`keep`] what it took.
/// Errors: internal for an open account or no amount.
pub fn reserve(tx: &mut Tx, wanted: &[(&Account, i64)]) -> Result<Vec<Option<i64>>> {
    if let Some((account, amount)) = wanted.iter().find(|(account, amount)| !account.guarded || *amount <= 0) {
        return Err(Error::internal(format!("cannot hold {amount} of {}", account.code)));
    }
    let rows: Vec<_> = wanted.iter().map(|(account, amount)| params![account.id(), *amount].to_vec()).collect();
    let mut left = BTreeMap::new();
    for row in tx.query_rows(HOLD, &rows)? {
        left.insert(row.get::<i64>(0)?, row.get::<i64>(1)?);
    }
    Ok(wanted.iter().map(|(account, _)| left.get(&account.id().raw()).copied()).collect())
}

/// The second half of [`hold`]: says for whom and until when.
pub fn keep(tx: &mut Tx, account: &Account, amount: i64, subject: i64, expires_at: Option<Moment>) -> Result<Id<Hold>> {
    let (id, now) = (tx.id::<Hold>(), tx.now());
    tx.send(INSERT_HOLD, params![id, account.id(), amount, subject, expires_at, now])?;
    Ok(id)
}

/// What is free of a guarded account. Its row stays locked until the end of the transaction: nobody else takes of it meanwhile. An
/// account that nobody has posted to is opened. Errors: the database's.
pub fn lock(tx: &mut Tx, account: &Account) -> Result<i64> {
    if let Some(row) = tx.query(LOCK, params![account.id()])?.first() {
        return row.get(0);
    }
    crate::account::ensure(tx, account)?;
    tx.query(LOCK, params![account.id()])?.first().map_or(Ok(0), |row| row.get(0))
}

/// Takes `amount` out of a hold; the account itself is changed by the posting that draws.
pub(crate) fn draw(tx: &mut Tx, hold: Id<Hold>, account: &Account, amount: i64) -> Result<()> {
    if tx.run(DRAW, params![hold, account.id(), amount])? == 1 {
        return Ok(());
    }
    Err(over(account))
}

fn over(account: &Account) -> Error {
    Error::conflict("hold_over", format!("What was held of {} is no longer held.", account.code))
}

/// The pending holds of a subject, oldest first.
pub fn holds(db: &mut store::Read, subject: i64) -> Result<Vec<HoldRow>> {
    db.query(SELECT_HOLDS, params![subject])?.iter().map(hold_row).collect()
}

fn hold_row(row: &Row) -> Result<HoldRow> {
    Ok(HoldRow {
        id: row.get(0)?,
        account: row.get(1)?,
        remaining: row.get(2)?,
        subject: row.get(3)?,
        expires_at: row.get(4)?,
    })
}

/// Frees everything a subject still holds; says how many holds that were. Again changes nothing.
pub fn void_holds(tx: &mut Tx, subject: i64) -> Result<usize> {
    let ended = tx.query(VOID, params![subject])?;
    free(tx, &ended)
}

/// Frees `amount` of a pending hold of `account`: it ends, and another keeps the rest for the same subject.
/// Errors: `hold_over` (conflict) when less is still held.
pub fn void_part(tx: &mut Tx, known: &HoldRow, account: &Account, amount: i64) -> Result<()> {
    let ended = tx.query(VOID_ONE, params![known.id, account.id(), amount])?;
    if ended.is_empty() {
        return Err(over(account));
    }
    let rest = ended[0].get::<i64>(1)? - amount;
    free(tx, &ended)?;
    if rest > 0 {
        hold(tx, account, rest, known.subject, known.expires_at)?;
    }
    Ok(())
}

/// Gives ended holds (account, remaining) back to their accounts, in id order.
fn free(tx: &mut Tx, ended: &[Row]) -> Result<usize> {
    let mut by_account: BTreeMap<i64, i64> = BTreeMap::new();
    for row in ended {
        *by_account.entry(row.get(0)?).or_default() += row.get::<i64>(1)?;
    }
    for (account, amount) in by_account {
        if tx.run(FREE, params![account, amount])? == 0 {
            return Err(Error::internal(format!("account {account} holds less than its holds")));
        }
    }
    Ok(ended.len())
}

/// Turns every pending hold of one subject into a hold of another, with another end: the quote's becomes the order's.
/// Says how many.
pub fn rekey_holds(tx: &mut Tx, old: i64, new: i64, expires_at: Option<Moment>) -> Result<u64> {
    tx.run(REKEY, params![old, new, expires_at])
}

const LOCK: &str = "UPDATE ledger_account SET held = held WHERE id = $1 RETURNING balance - held";
const HOLD: &str = "UPDATE ledger_account SET held = held + given.column2
    FROM (VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT))) AS given
    WHERE id = given.column1 AND balance - held >= given.column2 RETURNING id, balance - held";
const INSERT_HOLD: &str =
    "INSERT INTO ledger_hold (id, account, amount, remaining, subject, expires_at, state, held_at)
    VALUES ($1, $2, $3, $3, $4, $5, 'pending', $6)";
const DRAW: &str = "UPDATE ledger_hold SET remaining = remaining - $3,
        state = CASE WHEN remaining = $3 THEN 'settled' ELSE state END
    WHERE id = $1 AND account = $2 AND state = 'pending' AND remaining >= $3";
const SELECT_HOLDS: &str = "SELECT id, account, remaining, subject, expires_at FROM ledger_hold
    WHERE subject = $1 AND state = 'pending' ORDER BY id";
const VOID: &str = "UPDATE ledger_hold SET state = 'voided' WHERE subject = $1 AND state = 'pending'
    RETURNING account, remaining";
const VOID_ONE: &str = "UPDATE ledger_hold SET state = 'voided'
    WHERE id = $1 AND account = $2 AND state = 'pending' AND remaining >= $3 RETURNING account, remaining";
const FREE: &str = "UPDATE ledger_account SET held = held - $2 WHERE id = $1 AND held >= $2";
const REKEY: &str = "UPDATE ledger_hold SET subject = $2, expires_at = $3 WHERE subject = $1 AND state = 'pending'";
