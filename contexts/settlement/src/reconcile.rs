//! The provider pays what it captured to the bank and keeps its fee: the receivable shrinks, the fee becomes an expense.

use crate::event;
use base::{Currency, Error, Id, Moment, Money, Permission, Result, Tag};
use ledger::{Account, Leg, Posting};
use payments::{Provider, Settlement};
use store::{Read, Row, Store, Tx, Work, params};

/// Providers pay out once a month at the longest, so what moved longer ago has been told of.
const TELLS_WITHIN_DAYS: i64 = 32;

/// The job that asks a provider, the party it waits for, for its settlements; its subject is 0. What it has booked stays booked when it
/// is broken off.
pub const SETTLE: Work = Work { kind: "provider.settle", hands: 1, lease_seconds: 600, renews: false };

/// A settlement that was booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSettlement {
    /// Its id, ordered by time of booking.
    pub id: Id<ProviderSettlement>,
    /// Name of the provider, as stored with its payments.
    pub provider: String,
    /// What the provider reported.
    pub told: Settlement,
    /// When it was booked.
    pub at: Moment,
}

impl Tag for ProviderSettlement {
    const PREFIX: &'static str = "pvs";
}

/// Asks the provider what it has paid to the bank since the last time and books it: the job [`SETTLE`], which comes again
/// on the next day while the provider keeps something or something moved in the last month. Safe to repeat. Says how many settlements were new.
/// Errors: unavailable when the provider gave no answer.
pub async fn settle_provider(provider: &dyn Provider, store: &Store) -> Result<usize> {
    let name = provider.name();
    let mut after = store.read(move |db| newest_reference(db, name)).await?;
    let mut new = 0;
    loop {
        let page = provider.settlements(&after).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.reference);
        let book = move |tx: &mut Tx| {
            let mut booked = 0;
            for told in &page {
                booked += usize::from(provider_settled(tx, name, told)?);
            }
            Ok(booked)
        };
        new += store.write(book).await?;
    }
    let again = move |tx: &mut Tx| match has_more_to_tell(tx, name)? {
        true => schedule_settling(tx, name),
        false => Ok(()),
    };
    store.write(again).await?;
    Ok(new)
}

/// Whether a provider keeps something, or may have yet to tell of what moved: a payment that went back on the same day leaves
/// nothing to be paid, and still costs a fee.
fn has_more_to_tell(tx: &mut Tx, provider: &str) -> Result<bool> {
    let silent_since = tx.now().plus_days(-TELLS_WITHIN_DAYS);
    for row in ledger::accounts(tx, "provider", "", ACCOUNTS)? {
        if row.account.code.split(':').nth(1) != Some(provider) {
            continue;
        }
        let newest = ledger::transfers(tx, ledger::Of::Account(row.account.id()), None, 1)?;
        if row.balance != 0 || newest.iter().any(|one| one.at > silent_since) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Puts [`SETTLE`] of this provider on the list for the coming midnight (UTC).
pub fn schedule_settling(tx: &mut Tx, provider: &str) -> Result<()> {
    let run_at = Moment::at_midnight(tx.now().date()).plus_days(1);
    tx.schedule(&SETTLE.job(0, run_at).with(provider))
}

/// Books a provider's settlement: receivable → bank and fee. What reached the bank is booked although the house may not have
/// heard yet of a capture in it. Emits `settlement.provider_settled`. Says whether it was new.
/// Errors: denied; amounts that cannot be; `idempotency_key_reused` (conflict) for other amounts under an old reference.
pub fn provider_settled(tx: &mut Tx, provider: &str, told: &Settlement) -> Result<bool> {
    tx.actor().may(Permission::MoneyWrite)?;
    let Settlement { reference, gross, fee, at } = told;
    let (currency, net) = (gross.currency, told.net()?);
    if fee.minor < 0 || reference.trim().is_empty() {
        let say = "A settlement has a reference, and a fee that is not below zero.";
        return Err(Error::field("fee", "amount_format", say));
    }
    let (id, now) = (tx.id::<ProviderSettlement>(), tx.now());
    let row = params![id, provider, reference, currency, gross.minor, fee.minor, at, now];
    if tx.run(INSERT, row)? == 0 {
        return repeated(tx, provider, told);
    }
    let receivable = Account::provider(provider, currency);
    let mut legs = Vec::new();
    for (account, amount) in [(Account::bank(currency), net), (Account::expense("provider_fees", currency), *fee)] {
        match amount.minor {
            1.. => legs.push(Leg::new(account, receivable.clone(), amount.minor)),
            0 => {}
            _ => legs.push(Leg::new(receivable.clone(), account, -amount.minor)),
        }
    }
    if !legs.is_empty() {
        let key = format!("provider:{provider}:{reference}");
        ledger::post(tx, &Posting { key, kind: SETTLED, subject: id.raw(), legs })?;
    }
    let (provider, reference) = (provider.into(), reference.into());
    let (gross, fee) = (gross.minor, fee.minor);
    tx.emit(id, &event::ProviderSettled { provider, reference, gross, fee, currency })?;
    Ok(true)
}

/// The reference is taken: fine if by the very same settlement.
fn repeated(tx: &mut Tx, provider: &str, told: &Settlement) -> Result<bool> {
    let row = tx.one(SELECT_BY_REFERENCE, params![provider, told.reference])?;
    let known = (Money::new(row.get(1)?, row.get(0)?), row.get::<i64>(2)?);
    if known == (told.gross, told.fee.minor) {
        return Ok(false);
    }
    let say = format!("“{}” was reported before with other amounts.", told.reference);
    Err(Error::conflict("idempotency_key_reused", say))
}

fn newest_reference(db: &mut Read, provider: &str) -> Result<String> {
    db.maybe(SELECT_NEWEST, params![provider])?.map_or(Ok(String::new()), |row| row.get(0))
}

/// What providers owe the house, by provider and currency; below zero where the house owes. Errors: denied.
pub fn receivables(db: &mut Read) -> Result<Vec<(String, Money)>> {
    db.actor().may(Permission::LedgerRead)?;
    let mut found = Vec::new();
    for row in ledger::accounts(db, "provider", "", ACCOUNTS)? {
        let name = row.account.code.split(':').nth(1).unwrap_or_default().to_owned();
        found.push((name, Money::new(-row.balance, row.account.unit.parse()?)));
    }
    Ok(found)
}

/// The kind of postings of what a provider has settled.
const SETTLED: &str = "provider.settled";

/// Providers times currencies, at most.
const ACCOUNTS: i64 = 2_000;

/// Settlements that were booked, newest first, before the id `before`. Errors: denied.
pub fn provider_settlements(
    db: &mut Read,
    before: Option<Id<ProviderSettlement>>,
    limit: i64,
) -> Result<Vec<ProviderSettlement>> {
    db.actor().may(Permission::LedgerRead)?;
    let before = before.map_or(i64::MAX, Id::raw);
    db.query(SELECT, params![before, limit])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<ProviderSettlement> {
    let currency: Currency = row.get(3)?;
    let told = Settlement {
        reference: row.get(2)?,
        gross: Money::new(row.get(4)?, currency),
        fee: Money::new(row.get(5)?, currency),
        at: row.get(6)?,
    };
    Ok(ProviderSettlement { id: row.get(0)?, provider: row.get(1)?, told, at: row.get(7)? })
}

const INSERT: &str = "INSERT INTO settlement_provider (id, provider, reference, currency, gross, fee, settled_at, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (provider, reference) DO NOTHING";
const SELECT_BY_REFERENCE: &str =
    "SELECT currency, gross, fee FROM settlement_provider WHERE provider = $1 AND reference = $2";
const SELECT_NEWEST: &str = "SELECT reference FROM settlement_provider WHERE provider = $1 ORDER BY id DESC LIMIT 1";
const SELECT: &str = "SELECT id, provider, reference, currency, gross, fee, settled_at, at FROM settlement_provider
    WHERE id < $1 ORDER BY id DESC LIMIT $2";
