//! Posting: the one way an amount moves. A statement for the key, one a leg, one a guarded account.

use crate::account::ensure;
use crate::{Account, Hold, hold};
use base::{Error, Id, Result, Tag};
use std::collections::BTreeMap;
use store::{Read, Tx, Value, params};

/// Amounts that move together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Unique for ever; the same key posts once.
    pub key: String,
    /// What it is, stable: `payment.captured`.
    pub kind: &'static str,
    /// Raw id of what it is about: the order, the consignment ….
    pub subject: i64,
    /// At least one.
    pub legs: Vec<Leg>,
}

impl Tag for Posting {
    const PREFIX: &'static str = "pst";
}

/// An amount from one account to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Leaves here.
    pub from: Account,
    /// Arrives here.
    pub to: Account,
    /// Minor units or pieces, above zero.
    pub amount: i64,
    /// The hold it draws on: what was held leaves.
    pub hold: Option<Id<Hold>>,
    /// Only as much as the account holds may leave. Guarded accounts are always so; an open one is locked for it.
    pub covered: bool,
}

impl Leg {
    /// `amount` from one account to another.
    pub fn new(from: Account, to: Account, amount: i64) -> Leg {
        Leg { from, to, amount, hold: None, covered: false }
    }

    /// The same, out of a hold.
    pub fn drawing(self, hold: Id<Hold>) -> Leg {
        Leg { hold: Some(hold), ..self }
    }

    /// The same, refused when the account holds less. For what seldom happens, such as paying a debt: postings of covered
    /// legs out of one open account stand in line.
    pub fn covered(self) -> Leg {
        Leg { covered: true, ..self }
    }
}

/// What posting came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The posting with this key.
    pub id: Id<Posting>,
    /// False if it had been posted before.
    pub new: bool,
}

/// What a posting does to one guarded account.
#[derive(Default)]
struct Change {
    balance: i64,
    held: i64,
}

/// Moves every leg or none. The same posting again changes nothing.
/// Errors: `insufficient` (conflict) when a guarded account, or one with a covered leg, has not enough that is free; `hold_over` (conflict) when a
/// hold is settled, voided, expired or too small; `idempotency_key_reused` (conflict) for other legs under an old key;
/// internal for legs that cannot be (no amount, two units, nothing to post).
pub fn post(tx: &mut Tx, posting: &Posting) -> Result<Posted> {
    check(posting)?;
    let id: Id<Posting> = tx.id();
    let now = tx.now();
    if tx.run(INSERT_POSTING, params![id, posting.key, posting.kind, posting.subject, now])? == 0 {
        return repeated(tx, posting);
    }
    for leg in &posting.legs {
        if let Some(hold) = leg.hold {
            hold::draw(tx, hold, &leg.from, leg.amount)?;
        }
    }
    change_guarded(tx, posting)?;
    insert_transfers(tx, id, posting)?;
    Ok(Posted { id, new: true })
}

fn check(posting: &Posting) -> Result<()> {
    if posting.legs.is_empty() {
        return Err(Error::internal(format!("posting {} has no legs", posting.key)));
    }
    for Leg { from, to, amount, hold, .. } in &posting.legs {
        let wrong = if *amount <= 0 {
            "moves nothing"
        } else if from.unit != to.unit {
            "mixes units"
        } else if from.code == to.code {
            "goes nowhere"
        } else if hold.is_some() && !from.guarded {
            "draws a hold on an open account"
        } else {
            continue;
        };
        return Err(Error::internal(format!("posting {}: {} → {} {amount} {wrong}", posting.key, from.code, to.code)));
    }
    Ok(())
}

/// Guarded accounts, each once and in id order, so that two postings never wait for each other crosswise.
fn change_guarded(tx: &mut Tx, posting: &Posting) -> Result<()> {
    let mut changes: BTreeMap<Id<Account>, (&Account, Change)> = BTreeMap::new();
    for leg in &posting.legs {
        for (account, amount) in [(&leg.from, -leg.amount), (&leg.to, leg.amount)] {
            if account.guarded {
                let (_, change) = changes.entry(account.id()).or_insert((account, Change::default()));
                change.balance += amount;
                if amount < 0 && leg.hold.is_some() {
                    change.held += amount;
                }
            }
        }
    }
    for (id, (account, change)) in changes {
        if tx.run(CHANGE, params![id, change.balance, change.held])? == 1 {
            continue;
        }
        ensure(tx, account)?;
        if tx.run(CHANGE, params![id, change.balance, change.held])? == 0 {
            return Err(insufficient(account));
        }
    }
    Ok(())
}

pub(crate) fn insufficient(account: &Account) -> Error {
    Error::conflict("insufficient", format!("Not enough is free on {}.", account.code))
}

/// The inserts read both accounts, so they write nothing unless both exist and hold the same unit.
fn insert_transfers(tx: &mut Tx, id: Id<Posting>, posting: &Posting) -> Result<()> {
    let now = tx.now();
    let row = |tx: &Tx, leg: &Leg| {
        let transfer: Id<crate::TransferRow> = tx.id();
        params![transfer, id, leg.from.id(), leg.to.id(), leg.amount, posting.subject, now].to_vec()
    };
    let rows: Vec<_> = posting.legs.iter().map(|leg| row(tx, leg)).collect();
    if !posting.legs.iter().any(is_locked) {
        let written = tx.run_each(INSERT_TRANSFER, &rows)?;
        let missing = posting.legs.iter().zip(&rows).zip(written).filter(|(_, written)| *written == 0);
        return missing.map(|(leg, _)| leg).try_for_each(|(leg, row)| insert_with_accounts(tx, leg, row));
    }
    posting.legs.iter().zip(&rows).try_for_each(|(leg, row)| insert_transfer(tx, leg, row))
}

/// Whoever else pays out of it at this time waits for it.
fn is_locked(leg: &Leg) -> bool {
    leg.covered && !leg.from.guarded
}

fn insert_transfer(tx: &mut Tx, leg: &Leg, row: &[Value]) -> Result<()> {
    if is_locked(leg) {
        // Whoever waits here sees this payment in its own insert.
        tx.send(LOCK, params![leg.from.id()])?;
    }
    if tx.run(insert(leg), row)? == 1 { Ok(()) } else { insert_with_accounts(tx, leg, row) }
}

fn insert(leg: &Leg) -> &'static str {
    if is_locked(leg) { INSERT_COVERED } else { INSERT_TRANSFER }
}

/// The first transfer of an account opens it.
fn insert_with_accounts(tx: &mut Tx, leg: &Leg, row: &[Value]) -> Result<()> {
    ensure(tx, &leg.from)?;
    ensure(tx, &leg.to)?;
    if tx.run(insert(leg), row)? == 1 {
        return Ok(());
    }
    if is_locked(leg) {
        return Err(insufficient(&leg.from));
    }
    Err(Error::internal(format!("cannot move from {} to {}", leg.from.code, leg.to.code)))
}

/// Whether something was posted under this key.
pub fn posted(db: &mut Read, key: &str) -> Result<bool> {
    Ok(db.maybe(SELECT_POSTING, params![key])?.is_some())
}

/// The key is taken: fine if by the very same posting.
fn repeated(tx: &mut Tx, posting: &Posting) -> Result<Posted> {
    let row = tx.one(SELECT_POSTING, params![posting.key])?;
    let id: Id<Posting> = row.get(0)?;
    let mut stored = Vec::new();
    for row in tx.query(SELECT_LEGS, params![id])? {
        stored.push((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?));
    }
    let legs: Vec<_> = posting.legs.iter().map(|leg| (leg.from.id().raw(), leg.to.id().raw(), leg.amount)).collect();
    if stored == legs && row.get::<String>(1)? == posting.kind && row.get::<i64>(2)? == posting.subject {
        return Ok(Posted { id, new: false });
    }
    Err(Error::conflict("idempotency_key_reused", format!("“{}” was posted before with other legs.", posting.key)))
}

const INSERT_POSTING: &str = "INSERT INTO ledger_posting (id, key, kind, subject, at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO NOTHING";
const CHANGE: &str = "UPDATE ledger_account SET balance = balance + $2, held = held + $3
    WHERE id = $1 AND held + $3 >= 0 AND balance + $2 >= held + $3";
const INSERT_TRANSFER: &str = "INSERT INTO ledger_transfer
        (id, posting, from_account, to_account, unit, amount, subject, at)
    SELECT $1, $2, giver.id, taker.id, giver.unit, $5, $6, $7
    FROM ledger_account giver, ledger_account taker
    WHERE giver.id = $3 AND taker.id = $4 AND giver.unit = taker.unit";
const LOCK: &str = "UPDATE ledger_account SET held = held WHERE id = $1";
const INSERT_COVERED: &str = "INSERT INTO ledger_transfer
        (id, posting, from_account, to_account, unit, amount, subject, at)
    SELECT $1, $2, giver.id, taker.id, giver.unit, $5, $6, $7
    FROM ledger_account giver, ledger_account taker
    WHERE giver.id = $3 AND taker.id = $4 AND giver.unit = taker.unit AND giver.balance
        + (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM ledger_transfer t
           WHERE t.to_account = giver.id AND t.id > COALESCE((SELECT through FROM ledger_fold WHERE id = 1), 0))
        - (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM ledger_transfer t
           WHERE t.from_account = giver.id AND t.id > COALESCE((SELECT through FROM ledger_fold WHERE id = 1), 0)) >= $5";
const SELECT_POSTING: &str = "SELECT id, kind, subject FROM ledger_posting WHERE key = $1";
const SELECT_LEGS: &str = "SELECT from_account, to_account, amount FROM ledger_transfer WHERE posting = $1 ORDER BY id";
