//! The whole journal as plain text for hledger, so that anyone can check the books with a program that is not ours.

use crate::account::{GOODS_FAMILIES, MONEY_FAMILIES};
use crate::read::family_of;
use base::{Currency, Error, Id, Moment, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use store::{Read, Row, params};

/// Writes every posting, oldest first, in constant memory; amounts of money in major units with all their decimals,
/// goods as quoted commodities. Debits are positive, as hledger has it. Says how many postings were written.
/// Errors: the writer's.
pub fn export_hledger(db: &mut Read, out: &mut dyn Write) -> Result<u64> {
    put(out, "; The journal of an Entrepot installation. Check it: hledger -f FILE check\n")?;
    put(out, "; Account names end in the unit; goods are counted in pieces of a SKU.\n\ndecimal-mark .\n\n")?;
    declare_money(db, out)?;
    let (mut after, mut postings) = (0_i64, 0_u64);
    loop {
        let heads = db.query(SELECT_POSTINGS, params![after, PAGE])?;
        let Some(last) = heads.last() else { return Ok(postings) };
        let through: i64 = last.get(0)?;
        let mut legs: BTreeMap<i64, Vec<Row>> = BTreeMap::new();
        for row in db.query(SELECT_LEGS, params![after, through])? {
            legs.entry(row.get(0)?).or_default().push(row);
        }
        for head in &heads {
            put(out, &entry(head, legs.get(&head.get(0)?).map_or(&[], Vec::as_slice))?)?;
            postings += 1;
        }
        after = through;
    }
}

const PAGE: i64 = 500;

/// Declares the accounts' types and every currency in use with its decimals.
fn declare_money(db: &mut Read, out: &mut dyn Write) -> Result<()> {
    for (book, kind) in [("assets", 'A'), ("liabilities", 'L'), ("equity", 'E'), ("income", 'R'), ("expenses", 'X')] {
        put(out, &format!("account {book}  ; type: {kind}\n"))?;
    }
    let mut units: Vec<String> = Vec::new();
    for family in MONEY_FAMILIES {
        let mut after = String::new();
        while let Some(row) = db.maybe(SELECT_NEXT_UNIT, params![family.name, after])? {
            let (unit, code): (String, String) = (row.get(0)?, row.get(1)?);
            if !units.contains(&unit) {
                put(out, &format!("commodity {}\n", shown(1000, &unit, 1000)?))?;
                units.push(unit);
            }
            after = code;
        }
    }
    put(out, "\n")
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
            let _ = writeln!(text, "    {}  {}", name(&code)?, shown(amount, &unit, 1)?);
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

/// `15.99 EUR`, `3 "sku:17"`; `scale` shows a sample of that many major units instead of minor ones.
fn shown(amount: i64, unit: &str, scale: i64) -> Result<String> {
    if is_goods(unit) {
        return Ok(format!("{amount} \"{unit}\""));
    }
    let currency: Currency = unit.parse()?;
    let minor = if scale == 1 { amount } else { scale * currency.scale() };
    let shown = base::Money::new(minor, currency).to_string();
    // A declaration needs a decimal mark even where there are no decimals.
    Ok(if scale != 1 && currency.exponent() == 0 { shown.replace(' ', ". ") } else { shown })
}

fn put(out: &mut dyn Write, text: &str) -> Result<()> {
    out.write_all(text.as_bytes())
        .map_err(|error| Error::unavailable("write_failed", format!("The journal could not be written: {error}")))
}

const _: () = assert!(GOODS_FAMILIES.len() + MONEY_FAMILIES.len() == crate::FAMILIES.len());

const SELECT_POSTINGS: &str = "SELECT id, kind, subject, at FROM ledger_posting WHERE id > $1 ORDER BY id LIMIT $2";
const SELECT_LEGS: &str = "SELECT t.posting, giver.code, taker.code, t.unit, t.amount FROM ledger_transfer t
    JOIN ledger_account giver ON giver.id = t.from_account JOIN ledger_account taker ON taker.id = t.to_account
    WHERE t.posting > $1 AND t.posting <= $2 ORDER BY t.posting, t.id";
const SELECT_NEXT_UNIT: &str =
    "SELECT unit, code FROM ledger_account WHERE family = $1 AND code > $2 ORDER BY code LIMIT 1";
