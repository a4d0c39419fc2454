//! Reading the books: accounts, balances, transfers, the trial balance.

use crate::account::{FAMILIES, MONEY_FAMILIES};
use crate::{Account, Posting, Side};
use base::{Error, Id, Moment, Result, Tag};
use store::{Read, Row, params};

/// An account with its balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Its id.
    pub id: Id<Account>,
    /// Code, unit, guard and owner.
    pub account: Account,
    /// In − out: positive for what the house owes, has earned or has on the shelf.
    pub balance: i64,
    /// What of it is held; 0 for open accounts.
    pub held: i64,
}

impl AccountRow {
    /// What is free to leave.
    pub fn available(&self) -> i64 {
        self.balance - self.held
    }
}

/// A leg as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferRow {
    /// Its id, ordered by time.
    pub id: Id<TransferRow>,
    /// The posting it belongs to.
    pub posting: Id<Posting>,
    /// What the posting is: `payment.captured`.
    pub kind: String,
    /// Code of the account it left.
    pub from: String,
    /// Code of the account it entered.
    pub to: String,
    /// Currency code or `sku:<variant>`.
    pub unit: String,
    /// Minor units or pieces.
    pub amount: i64,
    /// Raw id of what it is about.
    pub subject: i64,
    /// When.
    pub at: Moment,
}

impl Tag for TransferRow {
    const PREFIX: &'static str = "trf";
}

/// A posting's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingRow {
    /// Its id.
    pub id: Id<Posting>,
    /// Its idempotency key.
    pub key: String,
    /// What it is.
    pub kind: String,
    /// Raw id of what it is about.
    pub subject: i64,
    /// When.
    pub at: Moment,
}

/// One account's line in the trial balance; one of the two amounts is zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialRow {
    /// Code of the account.
    pub code: String,
    /// Its currency.
    pub unit: String,
    /// Normal side of its family.
    pub side: Side,
    /// Minor units on the debit side.
    pub debit: i64,
    /// Minor units on the credit side.
    pub credit: i64,
}

/// Which transfers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// All.
    Everything,
    /// Into or out of an account.
    Account(Id<Account>),
    /// About an order, a variant, a seller's payouts ….
    Subject(i64),
    /// About one of those, into or out of an account.
    SubjectOn(i64, Id<Account>),
    /// The legs of a posting.
    Posting(Id<Posting>),
}

/// The balance of an account, 0 if it was never used.
pub fn balance(db: &mut Read, account: &Account) -> Result<i64> {
    match db.maybe(SELECT_ACCOUNT, params![account.id()])? {
        Some(row) => row.get(6),
        None => Ok(0),
    }
}

/// One account. Errors: not found.
pub fn account(db: &mut Read, id: Id<Account>) -> Result<AccountRow> {
    match db.maybe(SELECT_ACCOUNT, params![id])? {
        Some(row) => account_row(&row),
        None => Err(Error::not_found("unknown_account", format!("There is no account {id}."))),
    }
}

/// The accounts of a family (`escrow`, `seller`, `tax` …) by code, after the code `after`.
pub fn accounts(db: &mut Read, family: &str, after: &str, limit: i64) -> Result<Vec<AccountRow>> {
    db.query(SELECT_FAMILY, params![family, after, limit])?.iter().map(account_row).collect()
}

/// The accounts of an organisation by code.
pub fn accounts_of(db: &mut Read, owner: i64) -> Result<Vec<AccountRow>> {
    db.query(SELECT_OWNER, params![owner])?.iter().map(account_row).collect()
}

/// Newest first; `before` is the last id of the page before, or none for the first page.
pub fn transfers(db: &mut Read, of: Of, before: Option<Id<TransferRow>>, limit: i64) -> Result<Vec<TransferRow>> {
    let before = before.map_or(i64::MAX, Id::raw);
    let rows = match of {
        Of::Everything => db.query(SELECT_TRANSFERS, params![before, limit])?,
        Of::Account(account) => db.query(SELECT_TRANSFERS_OF_ACCOUNT, params![account, before, limit])?,
        Of::Subject(subject) => db.query(SELECT_TRANSFERS_OF_SUBJECT, params![subject, before, limit])?,
        Of::SubjectOn(subject, account) => {
            db.query(SELECT_TRANSFERS_OF_BOTH, params![subject, before, limit, account])?
        }
        Of::Posting(posting) => db.query(SELECT_TRANSFERS_OF_POSTING, params![posting, before, limit])?,
    };
    rows.iter().map(transfer_row).collect()
}

/// One posting. Errors: not found.
pub fn posting(db: &mut Read, id: Id<Posting>) -> Result<PostingRow> {
    let row = db
        .maybe(SELECT_POSTING, params![id])?
        .ok_or_else(|| Error::not_found("unknown_posting", format!("There is no posting {id}.")))?;
    Ok(PostingRow { id: row.get(0)?, key: row.get(1)?, kind: row.get(2)?, subject: row.get(3)?, at: row.get(4)? })
}

/// In − out of an account about one subject: the escrow of an order.
pub fn sum(db: &mut Read, account: &Account, subject: i64) -> Result<i64> {
    db.one(SELECT_SUM, params![account.id(), subject])?.get(0)
}

/// What came into an account and what left it in a span of time, `(in, out)`: from `from`, before `until`.
pub fn moved(db: &mut Read, account: Id<Account>, from: Moment, until: Moment) -> Result<(i64, i64)> {
    let (first, last) = (store::first_id_at(from), store::first_id_at(until));
    let row = db.one(SELECT_MOVED, params![account, first, last])?;
    Ok((row.get(0)?, row.get(1)?))
}

/// Every account that holds money and is not empty, by family and code. Debits equal credits in every currency.
pub fn trial_balance(db: &mut Read) -> Result<Vec<TrialRow>> {
    let mut rows = Vec::new();
    for family in MONEY_FAMILIES {
        let mut after = String::new();
        loop {
            let page = accounts(db, family.name, &after, PAGE)?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.account.code);
            rows.extend(page.into_iter().filter(|row| row.balance != 0).map(|row| TrialRow {
                code: row.account.code,
                unit: row.account.unit,
                side: family.side,
                debit: (-row.balance).max(0),
                credit: row.balance.max(0),
            }));
        }
    }
    Ok(rows)
}

/// Accounts read at once.
pub(crate) const PAGE: i64 = 500;

// What `account_row` reads, in its order.
macro_rules! select_account {
    ($from:literal) => {
        concat!(
            "SELECT a.id, a.code, a.family, a.unit, a.guarded, a.owner,
        CASE WHEN a.guarded = 1 THEN a.balance ELSE a.balance
            + (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM ledger_transfer t
               WHERE t.to_account = a.id AND t.id > COALESCE((SELECT through FROM ledger_fold WHERE id = 1), 0))
            - (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM ledger_transfer t
               WHERE t.from_account = a.id AND t.id > COALESCE((SELECT through FROM ledger_fold WHERE id = 1), 0))
        END, a.held ",
            $from
        )
    };
}

fn account_row(row: &Row) -> Result<AccountRow> {
    Ok(AccountRow {
        id: row.get(0)?,
        account: Account { code: row.get(1)?, unit: row.get(3)?, guarded: row.get(4)?, owner: row.get(5)? },
        balance: row.get(6)?,
        held: row.get(7)?,
    })
}

// What `transfer_row` reads, in its order.
macro_rules! select_transfer {
    ($from:literal) => {
        concat!("SELECT t.id, t.posting, p.kind, giver.code, taker.code, t.unit, t.amount, t.subject, t.at ", $from)
    };
}

fn transfer_row(row: &Row) -> Result<TransferRow> {
    Ok(TransferRow {
        id: row.get(0)?,
        posting: row.get(1)?,
        kind: row.get(2)?,
        from: row.get(3)?,
        to: row.get(4)?,
        unit: row.get(5)?,
        amount: row.get(6)?,
        subject: row.get(7)?,
        at: row.get(8)?,
    })
}

/// The family of a code, if it is a known one.
pub(crate) fn family_of(code: &str) -> Option<crate::Family> {
    let name = code.split(':').next().unwrap_or_default();
    FAMILIES.into_iter().find(|family| family.name == name)
}

// A guarded balance stands in the row; an open one is the row plus the transfers that are not yet folded.
const SELECT_ACCOUNT: &str = select_account!("FROM ledger_account a WHERE a.id = $1");
const SELECT_FAMILY: &str =
    select_account!("FROM ledger_account a WHERE a.family = $1 AND a.code > $2 ORDER BY a.code LIMIT $3");
const SELECT_OWNER: &str = select_account!("FROM ledger_account a WHERE a.owner = $1 AND a.owner <> 0 ORDER BY a.code");
const SELECT_TRANSFERS: &str = select_transfer!(
    "FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting
    JOIN ledger_account giver ON giver.id = t.from_account JOIN ledger_account taker ON taker.id = t.to_account
    WHERE t.id < $1 ORDER BY t.id DESC LIMIT $2"
);
const SELECT_TRANSFERS_OF_ACCOUNT: &str = select_transfer!("FROM (SELECT id FROM (SELECT id FROM ledger_transfer WHERE from_account = $1 AND id < $2 ORDER BY id DESC LIMIT $3) went
          UNION ALL
          SELECT id FROM (SELECT id FROM ledger_transfer WHERE to_account = $1 AND id < $2 ORDER BY id DESC LIMIT $3) came
         ) touched
    JOIN ledger_transfer t ON t.id = touched.id JOIN ledger_posting p ON p.id = t.posting
    JOIN ledger_account giver ON giver.id = t.from_account JOIN ledger_account taker ON taker.id = t.to_account
    ORDER BY t.id DESC LIMIT $3");
const SELECT_TRANSFERS_OF_SUBJECT: &str = select_transfer!(
    "FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting
    JOIN ledger_account giver ON giver.id = t.from_account JOIN ledger_account taker ON taker.id = t.to_account
    WHERE t.subject = $1 AND t.id < $2 ORDER BY t.id DESC LIMIT $3"
);
const SELECT_TRANSFERS_OF_BOTH: &str = select_transfer!(
    "FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting
    JOIN ledger_account giver ON giver.id = t.from_account JOIN ledger_account taker ON taker.id = t.to_account
    WHERE t.subject = $1 AND t.id < $2 AND (t.from_account = $4 OR t.to_account = $4) ORDER BY t.id DESC LIMIT $3"
);
const SELECT_TRANSFERS_OF_POSTING: &str = select_transfer!(
    "FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting
    JOIN ledger_account giver ON giver.id = t.from_account JOIN ledger_account taker ON taker.id = t.to_account
    WHERE t.posting = $1 AND t.id < $2 ORDER BY t.id DESC LIMIT $3"
);
const SELECT_POSTING: &str = "SELECT id, key, kind, subject, at FROM ledger_posting WHERE id = $1";
const SELECT_MOVED: &str = "SELECT (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger_transfer
             WHERE to_account = $1 AND id >= $2 AND id < $3),
        (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger_transfer
             WHERE from_account = $1 AND id >= $2 AND id < $3)";
const SELECT_SUM: &str =
    "SELECT CAST(COALESCE(SUM(CASE WHEN to_account = $1 THEN amount ELSE -amount END), 0) AS BIGINT)
    FROM ledger_transfer WHERE subject = $2 AND (to_account = $1 OR from_account = $1)";
