//! Where an order's money went when it completed, computed from its lines, its frozen terms and landed cost, and compared with
//! every leg that was posted: so that a tax cannot become income, nor one country's tax another's.

use super::rule::{Walk, pages};
use base::{Currency, Error, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Read, Row, params};

pub(super) const SPLIT: Walk = Walk {
    says: "a completed order's escrow went to each account what its lines, terms and landed cost say",
    reads: &["order_head", "order_consignment", "order_line", "ledger_posting", "ledger_transfer", "ledger_account"],
    breaches: |db, found| {
        pages(db, COMPLETED, |db, row| {
            let (order, number, currency): (i64, String, Currency) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let mut expected = Shares::new();
            for consignment in db.query(CONSIGNMENTS, params![order])? {
                add_consignment(db, &consignment, currency, &mut expected)?;
            }
            let mut posted = Shares::new();
            for leg in db.query(SPLIT_LEGS, params![order])? {
                let (from, to): (String, String) = (leg.get(0)?, leg.get(1)?);
                if from == format!("escrow:{currency}") {
                    *posted.entry(to).or_default() += leg.get::<i64>(2)?;
                } else if to != format!("escrow:{currency}") || !bears(&from) {
                    found.push(format!("{number}: {from} to {to}"));
                }
            }
            compare(&number, expected, posted, found);
            Ok(())
        })
    },
};

pub(super) const BROUGHT_BACK: Walk = Walk {
    says: "what a refund after completion brought back came from who had got it, or from who bears it",
    reads: &[
        "order_head",
        "order_consignment",
        "order_line",
        "settlement_refund",
        "ledger_posting",
        "ledger_transfer",
        "ledger_account",
    ],
    breaches: |db, found| {
        pages(db, REFUNDS, |db, row| {
            let (key, currency): (String, Currency) = (row.get(1)?, row.get(2)?);
            let (amount, consignment, bearer): (i64, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
            let mut expected = Shares::new();
            match (consignment, bearer) {
                (0, 0) => drop(expected.insert(format!("expense:goodwill:{currency}"), amount)),
                (0, seller) => drop(expected.insert(format!("seller:{seller}"), amount)),
                (consignment, _) => {
                    for row in db.query(CONSIGNMENT, params![consignment])? {
                        add_consignment(db, &row, currency, &mut expected)?;
                    }
                    expected = expected.into_iter().map(|(code, amount)| (giver(&code, currency), amount)).fold(
                        Shares::new(),
                        |mut sums, (code, amount)| {
                            *sums.entry(code).or_default() += amount;
                            sums
                        },
                    );
                }
            }
            let mut posted = Shares::new();
            for leg in db.query(POSTED_BACK, params![format!("bring_back:{key}")])? {
                let (from, to): (String, String) = (leg.get(0)?, leg.get(1)?);
                if to != format!("escrow:{currency}") {
                    found.push(format!("{key}: {from} to {to}"));
                }
                *posted.entry(giver(&from, currency)).or_default() += leg.get::<i64>(2)?;
            }
            compare(&key, expected, posted, found);
            Ok(())
        })
    },
};

/// Minor units by account.
type Shares = BTreeMap<String, i64>;

fn compare(name: &str, mut expected: Shares, mut posted: Shares, found: &mut Vec<String>) {
    expected.retain(|_, amount| *amount != 0);
    posted.retain(|_, amount| *amount != 0);
    for (code, amount) in &expected {
        let got = posted.get(code).copied().unwrap_or_default();
        if got != *amount {
            found.push(format!("{name}: {code} is to get {amount}, got {got}"));
        }
    }
    for (code, amount) in posted.iter().filter(|(code, _)| !expected.contains_key(*code)) {
        found.push(format!("{name}: {code} got {amount}"));
    }
}

/// Accounts that give back to escrow what was refunded before: a seller's, and the operator's goodwill.
fn bears(code: &str) -> bool {
    ["seller:", "debt:", "expense:goodwill:"].iter().any(|family| code.starts_with(family))
}

/// Who gives back what an account got: a seller out of its balance or as a debt, the operator for a carrier.
fn giver(code: &str, currency: Currency) -> String {
    let mut parts = code.split(':');
    match (parts.next(), parts.next()) {
        (Some("seller" | "debt"), Some(seller)) => format!("seller:{seller}"),
        (Some("carrier"), _) => format!("expense:returns:{currency}"),
        _ => code.to_owned(),
    }
}

/// The shares of one consignment: of its goods, its delivery, and every charge of its landed cost.
fn add_consignment(db: &mut Read, row: &Row, currency: Currency, shares: &mut Shares) -> Result<()> {
    let (id, carrier, landed): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
    let carrier = format!("carrier:{}:{currency}", segment(&carrier));
    *shares.entry(carrier.clone()).or_default() += row.get::<i64>(2)?;
    for line in db.query(LINES, params![id])? {
        add_line(&line, currency, shares)?;
    }
    let landed: Value = parse(&landed)?;
    for charge in landed["lines"].as_array().into_iter().flatten() {
        let word = |name: &str| charge[name].as_str().unwrap_or_default();
        let scheme = charge["scheme"].as_str().unwrap_or("import");
        let account = match word("kind") {
            "fee" if word("collected_at") == "at_border" => carrier.clone(),
            "fee" | "duty" => format!("duty:{}:{}:{currency}", word("jurisdiction"), segment(scheme)),
            _ => format!("tax:{}:{}:{currency}", word("jurisdiction"), segment(scheme)),
        };
        *shares.entry(account).or_default() += charge["amount"]["minor"].as_i64().unwrap_or_default();
    }
    Ok(())
}

fn add_line(line: &Row, currency: Currency, shares: &mut Shares) -> Result<()> {
    let (seller, goods): (i64, i64) = (line.get(0)?, line.get(1)?);
    let (commission, tax): (i64, i64) = (line.get(2)?, line.get(3)?);
    let terms: Value = parse(&line.get::<String>(4)?)?;
    if terms["merchant_of_record"] != "seller" {
        *shares.entry(format!("income:sales:{currency}")).or_default() += goods;
        return Ok(());
    }
    let jurisdiction = terms["commission_tax_jurisdiction"].as_str().unwrap_or_default();
    for (code, amount) in [
        (format!("seller:{seller}:available:{currency}"), goods - commission - tax),
        (format!("income:commission:{currency}"), commission),
        (format!("tax:{jurisdiction}:commission:{currency}"), tax),
    ] {
        *shares.entry(code).or_default() += amount;
    }
    Ok(())
}

/// A name as it stands in an account's code.
fn segment(name: &str) -> String {
    let plain = name.trim().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    plain.collect::<String>().to_lowercase()
}

pub(super) fn parse(text: &str) -> Result<Value> {
    serde_json::from_str(text).or(Ok::<_, Error>(Value::Null))
}

const COMPLETED: &str = "SELECT id, number, currency FROM order_head WHERE id > $1 AND completed_at IS NOT NULL
    ORDER BY id LIMIT $2";
const CONSIGNMENTS: &str = "SELECT id, carrier, shipping, landed_cost FROM order_consignment
    WHERE order_id = $1 AND state = 'completed' ORDER BY id";
const CONSIGNMENT: &str = "SELECT id, carrier, shipping, landed_cost FROM order_consignment WHERE id = $1";
const LINES: &str = "SELECT l.organisation, l.goods, l.commission, l.commission_tax, l.terms
    FROM order_consignment c JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id WHERE c.id = $1";
const SPLIT_LEGS: &str =
    "SELECT f.code, o.code, t.amount FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting
    JOIN ledger_account f ON f.id = t.from_account JOIN ledger_account o ON o.id = t.to_account
    WHERE t.subject = $1 AND p.kind = 'order.completed'";
const REFUNDS: &str = "SELECT r.id, r.key, o.currency, r.amount, r.consignment, r.organisation FROM settlement_refund r
    JOIN order_head o ON o.id = r.order_id WHERE r.id > $1 AND o.completed_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM ledger_posting p WHERE p.key = 'bring_back:' || r.key) ORDER BY r.id LIMIT $2";
const POSTED_BACK: &str =
    "SELECT f.code, o.code, t.amount FROM ledger_posting p JOIN ledger_transfer t ON t.posting = p.id
    JOIN ledger_account f ON f.id = t.from_account JOIN ledger_account o ON o.id = t.to_account WHERE p.key = $1";
