//! Where an organisation is paid. Whoever could change that could take its money: its owners alone do, and every one of them hears
//! of it. Once it is stored an account shows its last four characters; its number is read again by who pays, and the trail says so.

use crate::bank_number::{BankKind, BankNumber};
use crate::event::{BankChanged, BankEnded, BankRevealed};
use crate::profile::words;
use base::{Actor, Country, Error, Id, Moment, Permission, Result, Tag};
use parties::Organisation;
use store::{Read, Row, Tx, params};

/// An account as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankAccount {
    /// Its id.
    pub id: Id<BankAccount>,
    /// Whose.
    pub organisation: Id<Organisation>,
    /// How it is numbered.
    pub kind: BankKind,
    /// In whose name.
    pub holder: String,
    /// Where.
    pub country: Country,
    /// Code of the bank; empty beside an IBAN, which has it.
    pub bank_code: String,
    /// Last four characters of its number.
    pub hint: String,
    /// Paid since.
    pub added_at: Moment,
    /// Paid until; none while it is.
    pub ended_at: Option<Moment>,
}

impl Tag for BankAccount {
    const PREFIX: &'static str = "bnk";
}

impl BankAccount {
    /// `…1234`
    pub fn masked(&self) -> String {
        format!("…{}", self.hint)
    }
}

/// Where an organisation wants to be paid from now on.
#[derive(Clone)]
pub struct PutBankAccount {
    /// In whose name.
    pub holder: String,
    /// Where.
    pub country: Country,
    /// IBAN, or the bank's own number.
    pub number: String,
    /// Code of the bank; needed beside a number that is no IBAN.
    pub bank_code: String,
}

/// Pays into another account from now on; the one before ends. The same account again changes nothing. Emits
/// `onboarding.bank_changed`. Errors: denied to everybody but the organisation's own owners; fields; unavailable `secrets_locked`.
pub fn put_bank_account(tx: &mut Tx, of: Id<Organisation>, put: &PutBankAccount) -> Result<Id<BankAccount>> {
    owners_only(tx.actor(), of)?;
    parties::organisation(tx, of)?;
    let holder = words("holder", &put.holder, 140)?;
    let number = BankNumber::read(&put.number, &put.bank_code, put.country)?;
    if let Some(id) = same(tx, of, holder, &number)? {
        return Ok(id);
    }
    let (id, now, by) = (tx.id::<BankAccount>(), tx.now(), tx.actor().label());
    let secret = tx.encrypt(&place(id), &number.number)?;
    let hint = number.hint();
    tx.send(END, params![of, now])?;
    let added = tx.run(
        INSERT,
        params![id, of, number.kind.name(), holder, number.country, &number.bank_code, &hint, secret, by, now],
    )?;
    if added == 0 {
        return Err(Error::conflict("bank_account_changed", "Another account was put in just now; look at it first."));
    }
    tx.emit(of, &BankChanged { account: id, hint, country: number.country })?;
    Ok(id)
}

/// The account that is paid, when this is it already.
fn same(tx: &mut Tx, of: Id<Organisation>, holder: &str, number: &BankNumber) -> Result<Option<Id<BankAccount>>> {
    let Some(row) = tx.maybe(NOW, params![of])? else { return Ok(None) };
    let (known, secret) = (read(&row)?, row.get::<String>(9)?);
    let alike = known.holder == holder
        && known.country == number.country
        && known.bank_code == number.bank_code
        && known.hint == number.hint();
    // One whose key was lost is another one.
    let is_same = alike && tx.decrypt(&place(known.id), &secret).is_ok_and(|kept| kept == number.number);
    Ok(is_same.then_some(known.id))
}

/// Ends every account, for when the key that their numbers were kept under is lost: nobody can be paid until its owners say again
/// where. Emits `onboarding.bank_ended` for each. Says how many. Errors: denied to everybody but the house itself.
pub fn end_bank_accounts(tx: &mut Tx) -> Result<usize> {
    if tx.actor() != Actor::System {
        return Err(Error::denied("denied", "The house itself ends accounts whose key is lost."));
    }
    let now = tx.now();
    let ended = tx.query(END_ALL, params![now])?;
    for row in &ended {
        tx.emit(row.get(1)?, &BankEnded { account: row.get(0)?, hint: row.get(2)? })?;
    }
    Ok(ended.len())
}

fn owners_only(actor: Actor, of: Id<Organisation>) -> Result<()> {
    match actor {
        Actor::System => Ok(()),
        Actor::Person { organisation, .. } if organisation == of.raw() => actor.may(Permission::SellerMoney),
        Actor::Guest => Err(Error::unauthenticated()),
        Actor::Person { .. } => Err(Error::denied("denied", "Its owners alone say where an organisation is paid.")),
    }
}

/// Where a number stands, for its encryption.
fn place(id: Id<BankAccount>) -> String {
    format!("onboarding_bank_account.secret:{id}")
}

/// The account that an organisation is paid into now. Errors: denied, but to its owners and to the operator's people.
pub fn bank_account(db: &mut Read, of: Id<Organisation>) -> Result<Option<BankAccount>> {
    may_see(db, of)?;
    db.maybe(NOW, params![of])?.as_ref().map(read).transpose()
}

/// The account that it was paid into at `at`: where a payout went. Errors: denied, as [`bank_account`].
pub fn bank_account_at(db: &mut Read, of: Id<Organisation>, at: Moment) -> Result<Option<BankAccount>> {
    may_see(db, of)?;
    db.maybe(AT, params![of, at])?.as_ref().map(read).transpose()
}

fn may_see(db: &Read, of: Id<Organisation>) -> Result<()> {
    db.actor().may_for(of.raw(), Permission::SellerMoney, Permission::ConsoleRead)
}

/// The whole number of the account that is paid now, for who makes the transfer. Emits `onboarding.bank_revealed`. Errors: denied to
/// everybody but the operator's finance; `no_bank_account` (conflict); unavailable `secrets_locked`.
pub fn reveal_bank_account(tx: &mut Tx, of: Id<Organisation>) -> Result<String> {
    tx.actor().may(Permission::MoneyWrite)?;
    let none = || Error::conflict("no_bank_account", "This seller has not said yet where it is paid.");
    let row = tx.maybe(NOW, params![of])?.ok_or_else(none)?;
    let (known, secret) = (read(&row)?, row.get::<String>(9)?);
    let number = tx.decrypt(&place(known.id), &secret)?;
    tx.emit(of, &BankRevealed { account: known.id, hint: known.hint })?;
    Ok(number)
}

// What `read` reads, in its order; more may follow.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT id, organisation, kind, holder, country, bank_code, hint, added_at, ended_at ", $from)
    };
}

fn read(row: &Row) -> Result<BankAccount> {
    let kind: String = row.get(2)?;
    Ok(BankAccount {
        id: row.get(0)?,
        organisation: row.get(1)?,
        kind: BankKind::named(&kind).ok_or_else(|| Error::internal(format!("no kind of account {kind}")))?,
        holder: row.get(3)?,
        country: row.get(4)?,
        bank_code: row.get(5)?,
        hint: row.get(6)?,
        added_at: row.get(7)?,
        ended_at: row.get(8)?,
    })
}

const END: &str = "UPDATE onboarding_bank_account SET ended_at = $2 WHERE organisation = $1 AND ended_at IS NULL";
const END_ALL: &str = "UPDATE onboarding_bank_account SET ended_at = $1 WHERE organisation > 0 AND ended_at IS NULL
    RETURNING id, organisation, hint";
const INSERT: &str =
    "INSERT INTO onboarding_bank_account (id, organisation, kind, holder, country, bank_code, hint, secret,
    added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
const NOW: &str = select!(", secret FROM onboarding_bank_account WHERE organisation = $1 AND ended_at IS NULL");
const AT: &str = select!(
    "FROM onboarding_bank_account WHERE organisation = $1 AND added_at <= $2 ORDER BY added_at DESC, id DESC LIMIT 1"
);
