//! Folding: the transfers of open accounts are added into their balances in the background, so that a balance stays one
//! row and a short tail to read, while no posting ever waits for a busy account.

use base::{Moment, Result};
use std::collections::BTreeMap;
use store::{Tx, first_id_at, params};

/// Transfers folded in one transaction at most.
pub const FOLD_BATCH: i64 = 5_000;

/// Transfers younger than this are left alone: ids are ordered by time, and a transaction is rolled back long before it
/// is this old, so everything older is committed and nothing can appear among it any more.
const SETTLED_AFTER_SECONDS: i64 = 60;

/// Folds up to [`FOLD_BATCH`] transfers that were a minute old when it ran the last time; says how many. Run it again while
/// it says [`FOLD_BATCH`].
pub fn fold(tx: &mut Tx) -> Result<i64> {
    let now = tx.now();
    let (from, seen): (i64, Moment) = match tx.maybe(SELECT_MARK, params![])? {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (0, now),
    };
    // Age is counted from the run before: a clock that somebody moved on does not age what runs just now.
    let youngest = first_id_at(seen.min(now).plus_seconds(-SETTLED_AFTER_SECONDS));
    let mut changes: BTreeMap<i64, i64> = BTreeMap::new();
    let (mut count, mut through) = (0_i64, from);
    for row in tx.query(SELECT_TRANSFERS, params![from, youngest, FOLD_BATCH])? {
        through = row.get(0)?;
        let amount: i64 = row.get(3)?;
        *changes.entry(row.get(1)?).or_default() -= amount;
        *changes.entry(row.get(2)?).or_default() += amount;
        count += 1;
    }
    // Whoever moves the mark has folded; another node that read the same mark finds it moved and leaves.
    if tx.run(MOVE_MARK, params![through, from, now])? == 0 {
        return Ok(0);
    }
    for (account, change) in changes {
        tx.send(FOLD, params![account, change])?;
    }
    Ok(count)
}

const SELECT_MARK: &str = "SELECT through, seen_at FROM ledger_fold WHERE id = 1";
const SELECT_TRANSFERS: &str = "SELECT id, from_account, to_account, amount FROM ledger_transfer
    WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3";
const MOVE_MARK: &str = "INSERT INTO ledger_fold (id, through, seen_at) VALUES (1, $1, $3)
    ON CONFLICT (id) DO UPDATE SET through = $1, seen_at = $3 WHERE ledger_fold.through = $2";
const FOLD: &str = "UPDATE ledger_account SET balance = balance + $2 WHERE id = $1 AND guarded = 0";
