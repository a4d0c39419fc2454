//! The whole journal as plain text for hledger, so that anyone can check the books with a program that is not ours.

use crate::account::MONEY_FAMILIES;
use crate::read::family_of;
use base::{Currency, Error, Id, Moment, Money, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use store::{Read, Row, params};

/// A journal on its way out: how far it is, and the posting it ends with, fixed when it began.
#[derive(Clone, Copy, Debug)]
pub struct Journal {
    /// The last account that was declared; none when all are.
    declared: Option<i64>,
    after: i64,
    through: i64,
    /// Postings written so far.
    pub postings: u64,
}

/// Postings in one page of a journal.
pub const JOURNAL_PAGE: i64 = 500;

/// Begins a journal: its first lines, which say how to read it and declare every currency in use.
pub fn begin_hledger(db: &mut Read) -> Result<(String, Journal)> {
    let mut head =
        String::from("; The journal of an Entrepot installation. Check it: hledger -f FILE check --strict\n");
    head.push_str("; Account names end in the unit; goods are counted in pieces of a SKU.\n\ndecimal-mark .\n\n");
    declare_money(db, &mut head)?;
    let through = db.maybe(SELECT_LAST, params![0_i64])?.map_or(Ok(0), |row| row.get(0))?;
    Ok((head, Journal { declared: Some(i64::MIN), after: 0, through, postings: 0 }))
}

/// The next piece: the declarations of up to `limit` accounts, and after the last of them up to `limit` postings, oldest first;
/// none at the end. Amounts of money stand in major units with all their decimals, goods as quoted commodities. Debits are
/// positive, as hledger has it.
pub fn next_hledger(db: &mut Read, journal: &mut Journal, limit: i64) -> Result<Option<String>> {
    if let Some(after) = journal.declared {
        let rows = db.query(SELECT_ACCOUNTS, params![after, limit])?;
        journal.declared = rows.last().map(|row| row.get(0)).transpose()?;
        if !rows.is_empty() {
            return declare(&rows).map(Some);
        }
    }
    let heads = db.query(SELECT_POSTINGS, params![journal.after, journal.through, limit])?;
    let Some(last) = heads.last() else { return Ok(None) };
    let through: i64 = last.get(0)?;
    let mut legs: BTreeMap<i64, Vec<Row>> = BTreeMap::new();
    for row in db.query(SELECT_LEGS, params![journal.after, through])? {
        legs.entry(row.get(0)?).or_default().push(row);
    }
    let mut text = String::new();
    for head in &heads {
        text.push_str(&entry(head, legs.get(&head.get(0)?).map_or(&[], Vec::as_slice))?);
    }
    journal.after = through;
    journal.postings += heads.len() as u64;
    Ok(Some(text))
}

/// Writes the whole journal, in constant memory. Says how many postings were written. Errors: the writer's.
pub fn export_hledger(db: &mut Read, out: &mut dyn Write) -> Result<u64> {
    let (head, mut journal) = begin_hledger(db)?;
    put(out, &head)?;
    while let Some(text) = next_hledger(db, &mut journal, JOURNAL_PAGE)? {
        put(out, &text)?;
    }
    Ok(journal.postings)
}

/// Declares the accounts' types and every currency in use with its decimals.
fn declare_money(db: &mut Read, head: &mut String) -> Result<()> {
    for (book, kind) in [("assets", 'A'), ("liabilities", 'L'), ("equity", 'E'), ("income", 'R'), ("expenses", 'X')] {
        let _ = writeln!(head, "account {book}  ; type: {kind}");
    }
    for unit in units(db)? {
        let _ = writeln!(head, "commodity {}", sample(&unit)?);
    }
    head.push('\n');
    Ok(())
}

/// Declares accounts, and the goods they count: hledger's strict check wants to know every name before it is used.
fn declare(rows: &[Row]) -> Result<String> {
    let mut text = String::new();
    for row in rows {
        let (code, unit): (String, String) = (row.get(1)?, row.get(2)?);
        let _ = writeln!(text, "account {}", name(&code)?);
        if is_goods(&unit) {
            let _ = writeln!(text, "commodity 1000. \"{unit}\"");
        }
    }
    Ok(text)
}

/// Accounts read at once.
const UNITS: i64 = 500;

/// The currencies in use, in the order of the accounts.
fn units(db: &mut Read) -> Result<Vec<String>> {
    let mut units: Vec<String> = Vec::new();
    for family in MONEY_FAMILIES {
        let mut after = String::new();
        loop {
            let rows = db.query(SELECT_UNITS, params![family.name, after, UNITS])?;
            let Some(last) = rows.last() else { break };
            after = last.get(1)?;
            for row in &rows {
                let unit: String = row.get(0)?;
                if !units.contains(&unit) {
                    units.push(unit);
                }
            }
        }
    }
    Ok(units)
}

/// One posting as a journal entry.
fn entry(head: &Row, legs: &[Row]) -> Result<String> {
    let (id, kind, subject): (i64, String, i64) = (head.get(0)?, head.get(1)?, head.get(2)?);
    let at: Moment = head.get(3)?;
    let mut text = format!("{} ({}) {kind}  ; subject:{subject}\n", at.date(), Id::<crate::Posting>::from_raw(id));
    for leg in legs {
        let (from, to, unit): (String, String, String) = (leg.get(1)?, leg.get(2)?, leg.get(3)?);
        let amount: i64 = leg.get(4)?;
        // Money leaves an account to the debit of what it leaves: the receivable grows as escrow is owed.
        let sign = if is_goods(&unit) { -1 } else { 1 };
        for (code, amount) in [(from, amount * sign), (to, -amount * sign)] {
            let _ = writeln!(text, "    {}  {}", name(&code)?, shown(amount, &unit)?);
        }
    }
    text.push('\n');
    Ok(text)
}

fn is_goods(unit: &str) -> bool {
    unit.starts_with("sku:")
}

/// The account's place in a book: `liabilities:escrow:EUR`.
fn name(code: &str) -> Result<String> {
    let family = family_of(code).ok_or_else(|| Error::internal(format!("{code} belongs to no family of accounts")))?;
    Ok(format!("{}:{code}", family.book))
}

/// `15.99 EUR`, `3 "sku:17"`.
fn shown(amount: i64, unit: &str) -> Result<String> {
    if is_goods(unit) {
        return Ok(format!("{amount} \"{unit}\""));
    }
    Ok(Money::new(amount, unit.parse()?).to_string())
}

/// A thousand of a currency, with all its decimals; a declaration needs the mark even where there are none.
fn sample(unit: &str) -> Result<String> {
    let currency: Currency = unit.parse()?;
    let text = Money::new(1000 * currency.scale(), currency).to_string();
    Ok(if currency.exponent() == 0 { text.replace(' ', ". ") } else { text })
}

fn put(out: &mut dyn Write, text: &str) -> Result<()> {
    out.write_all(text.as_bytes())
        .map_err(|error| Error::unavailable("write_failed", format!("The journal could not be written: {error}")))
}

const SELECT_POSTINGS: &str = "SELECT id, kind, subject, at FROM ledger_posting
    WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3";
const SELECT_ACCOUNTS: &str = "SELECT id, code, unit FROM ledger_account WHERE id > $1 ORDER BY id LIMIT $2";
const SELECT_LAST: &str = "SELECT id FROM ledger_posting WHERE id > $1 ORDER BY id DESC LIMIT 1";
const SELECT_LEGS: &str = "SELECT t.posting, giver.code, taker.code, t.unit, t.amount FROM ledger_transfer t
    JOIN ledger_account giver ON giver.id = t.from_account JOIN ledger_account taker ON taker.id = t.to_account
    WHERE t.posting > $1 AND t.posting <= $2 ORDER BY t.posting, t.id";
const SELECT_UNITS: &str =
    "SELECT unit, code FROM ledger_account WHERE family = $1 AND code > $2 ORDER BY code LIMIT $3";
