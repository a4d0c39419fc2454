//! Payables: what the operator owes to authorities, by jurisdiction and collection scheme, and to carriers; and paying it.

use crate::event;
use base::{Currency, Date, Error, Id, Moment, Money, Permission, Result, Tag};
use ledger::{Account, AccountRow, Leg, Posting};
use store::{Read, Row, Tx, params};

/// To whom something is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
    /// VAT, GST or sales tax.
    Tax,
    /// Customs duty and an authority's fees.
    Duty,
    /// Delivery, and what a carrier took at a border.
    Carrier,
}

impl Payee {
    /// Every kind.
    pub const ALL: [Payee; 3] = [Payee::Tax, Payee::Duty, Payee::Carrier];

    /// The first word of its accounts' codes.
    pub fn name(self) -> &'static str {
        match self {
            Payee::Tax => "tax",
            Payee::Duty => "duty",
            Payee::Carrier => "carrier",
        }
    }
}

/// What is owed on one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payable {
    /// The ledger account.
    pub account: Id<Account>,
    /// Its code.
    pub code: String,
    /// Tax, duty or carrier.
    pub payee: Payee,
    /// The jurisdiction (`DE`, `US-CA`) or the carrier's code.
    pub to: String,
    /// The collection scheme, as in the account's code; empty for carriers.
    pub scheme: String,
    /// What is owed now; below zero when it was paid and came back since, by a refund.
    pub owed: Money,
    /// What was added in the period.
    pub added: Money,
    /// What was paid or taken back in the period.
    pub taken: Money,
}

/// A payment to an authority or a carrier that was made at the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remit {
    /// Out of which account.
    pub account: Id<Account>,
    /// In the account's currency, above zero and no more than is owed.
    pub amount: Money,
    /// The day on the bank's statement; not after today.
    pub paid_on: Date,
    /// The bank's reference; the same one again for the same account changes nothing.
    pub reference: String,
}

/// A payment that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remittance {
    /// Its id.
    pub id: Id<Remittance>,
    /// Code of the account it was owed on.
    pub code: String,
    /// How much.
    pub amount: Money,
    /// The day on the bank's statement.
    pub paid_on: Date,
    /// The bank's reference.
    pub reference: String,
    /// When it was recorded.
    pub at: Moment,
}

impl Tag for Remittance {
    const PREFIX: &'static str = "rmt";
}

/// Accounts read at once.
const PAGE: i64 = 500;

/// What is owed to whom, by account code, with what happened from the first to the last day (UTC, both included). Accounts
/// on which nothing is owed and nothing happened are left out. Errors: denied.
pub fn payables(db: &mut Read, (from, to): (Date, Date)) -> Result<Vec<Payable>> {
    db.actor().may(Permission::LedgerRead)?;
    let (from, until) = (Moment::at_midnight(from), Moment::at_midnight(to).plus_days(1));
    let mut found = Vec::new();
    for payee in Payee::ALL {
        let mut after = String::new();
        loop {
            let page = ledger::accounts(db, payee.name(), &after, PAGE)?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.account.code);
            for row in &page {
                let moved = ledger::moved(db, row.id, from, until)?;
                if row.balance != 0 || moved != (0, 0) {
                    found.push(payable(payee, row, moved)?);
                }
            }
        }
    }
    Ok(found)
}

fn payable(payee: Payee, row: &AccountRow, (added, taken): (i64, i64)) -> Result<Payable> {
    let currency: Currency = row.account.unit.parse()?;
    let part = |at: usize| row.account.code.split(':').nth(at).unwrap_or_default().to_owned();
    Ok(Payable {
        account: row.id,
        code: row.account.code.clone(),
        payee,
        to: part(1),
        scheme: if payee == Payee::Carrier { String::new() } else { part(2) },
        owed: Money::new(row.balance, currency),
        added: Money::new(added, currency),
        taken: Money::new(taken, currency),
    })
}

/// Records a payment: payable → bank. Emits `settlement.remitted`. Says which payment it is, and whether it was new.
/// Errors: denied; not found; `more_than_owed`, an amount, day or reference that cannot be; `idempotency_key_reused`
/// (conflict) for another payment under an old reference.
pub fn remit(tx: &mut Tx, remit: &Remit) -> Result<(Id<Remittance>, bool)> {
    tx.actor().may(Permission::MoneyWrite)?;
    let row = ledger::account(tx, remit.account)?;
    let reference = remit.reference.trim();
    check(tx, remit, &row, reference)?;
    let (id, now, amount) = (tx.id::<Remittance>(), tx.now(), remit.amount);
    let day = remit.paid_on.to_string();
    let values = params![id, remit.account, row.account.code, reference, amount.currency, amount.minor, day, now];
    if tx.run(INSERT, values)? == 0 {
        let known = tx.one(SELECT_BY_REFERENCE, params![remit.account, reference])?;
        let same = known.get::<i64>(1)? == amount.minor && known.get::<String>(2)? == day;
        let say = format!("“{reference}” was recorded before with another amount or day.");
        return if same { Ok((known.get(0)?, false)) } else { Err(Error::conflict("idempotency_key_reused", say)) };
    }
    let leg = Leg::new(row.account.clone(), Account::bank(amount.currency), amount.minor).covered();
    let key = format!("remit:{}", id.raw());
    let posting = Posting { key, kind: "payable.remitted", subject: id.raw(), legs: vec![leg] };
    ledger::post(tx, &posting).map_err(|error| if error.code == "insufficient" { too_much(&row) } else { error })?;
    let (account, reference) = (row.account.code, reference.into());
    let Money { minor, currency } = amount;
    tx.emit(id, &event::Remitted { account, minor, currency, reference, paid_on: day })?;
    Ok((id, true))
}

fn check(tx: &Tx, remit: &Remit, row: &AccountRow, reference: &str) -> Result<()> {
    if !Payee::ALL.iter().any(|payee| payee.name() == row.account.family()) {
        let say = "Choose an account on which something is owed to an authority or a carrier.";
        return Err(Error::field("account", "no_payable", say));
    }
    if remit.amount.minor <= 0 || remit.amount.currency.code() != row.account.unit {
        let say = format!("Write an amount above zero in {}.", row.account.unit);
        return Err(Error::field("amount", "amount_format", say));
    }
    if reference.is_empty() || reference.chars().count() > 80 {
        return Err(Error::field("reference", "required", "Write the bank's reference, in 80 characters or less."));
    }
    if remit.paid_on > tx.now().date() {
        return Err(Error::field("paid_on", "in_the_future", "Write the day it was paid, not a day to come."));
    }
    Ok(())
}

fn too_much(row: &AccountRow) -> Error {
    let say = match row.account.unit.parse::<Currency>() {
        Ok(currency) => format!("At most {} is owed there.", Money::new(row.balance.max(0), currency)),
        Err(_) => "More than is owed there.".to_owned(),
    };
    Error::field("amount", "more_than_owed", say)
}

/// Payments that were recorded, newest first, before the id `before`. Errors: denied.
pub fn remittances(db: &mut Read, before: Option<Id<Remittance>>, limit: i64) -> Result<Vec<Remittance>> {
    db.actor().may(Permission::LedgerRead)?;
    let before = before.map_or(i64::MAX, Id::raw);
    db.query(SELECT, params![before, limit])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Remittance> {
    Ok(Remittance {
        id: row.get(0)?,
        code: row.get(1)?,
        amount: Money::new(row.get(4)?, row.get(3)?),
        paid_on: base::time::parse_date(&row.get::<String>(5)?)?,
        reference: row.get(2)?,
        at: row.get(6)?,
    })
}

const INSERT: &str = "INSERT INTO settlement_remittance (id, account, code, reference, currency, amount, paid_on, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, reference) DO NOTHING";
const SELECT_BY_REFERENCE: &str =
    "SELECT id, amount, paid_on FROM settlement_remittance WHERE account = $1 AND reference = $2";
const SELECT: &str = "SELECT id, code, reference, currency, amount, paid_on, at FROM settlement_remittance
    WHERE id < $1 ORDER BY id DESC LIMIT $2";
