//! Where a consignment's money went when it completed, computed from its lines, its frozen terms and landed cost, and compared with
//! every leg that was posted: so that a tax cannot become income, nor one country's tax another's.

use super::rule::{Walk, pages};
use base::{Currency, Error, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Read, Row, params};

pub(super) const SPLIT: Walk = Walk {
    says: "a completed consignment's escrow went to each account what its lines, terms and landed cost say",
    reads: &[
        "order_head",
        "order_consignment",
        "order_line",
        "settlement_refund_booking",
        "settlement_refund_line",
        "settlement_refund_charge",
        "ledger_posting",
        "ledger_transfer",
        "ledger_account",
    ],
    breaches: |db, found| {
        pages(db, COMPLETED, |db, row| {
            let (id, number, currency): (i64, String, Currency) = (row.get(0)?, row.get(4)?, row.get(5)?);
            let mut expected = Shares::new();
            add_consignment(db, row, currency, &mut expected)?;
            for (code, amount) in taken_back(db, SPLIT_LINES, SPLIT_CHARGES, id, currency)? {
                *expected.entry(code).or_default() -= amount;
            }
            let mut posted = Shares::new();
            for leg in db.query(POSTED, params![format!("complete:{id}")])? {
                let (from, to): (String, String) = (leg.get(0)?, leg.get(1)?);
                if from == format!("escrow:{currency}") {
                    *posted.entry(to).or_default() += leg.get::<i64>(2)?;
                } else if from == format!("expense:returns:{currency}") {
                    *posted.entry(from).or_default() -= leg.get::<i64>(2)?;
                } else if to != format!("escrow:{currency}") || !bears(&from) {
                    found.push(format!("{number}: {from} to {to}"));
                }
            }
            compare(&format!("{number}, consignment {id}"), expected, posted, found);
            Ok(())
        })
    },
};

pub(super) const BROUGHT_BACK: Walk = Walk {
    says: "what a refund after the split brought back came from who had got it, or from who bears it",
    reads: &[
        "order_head",
        "order_consignment",
        "order_line",
        "settlement_refund",
        "settlement_refund_booking",
        "settlement_refund_line",
        "settlement_refund_charge",
        "ledger_posting",
        "ledger_transfer",
        "ledger_account",
    ],
    breaches: |db, found| {
        pages(db, REFUNDS, |db, row| {
            let (id, key, currency): (i64, String, Currency) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (amount, kind, bearer): (i64, String, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
            let mut expected = Shares::new();
            match (kind.as_str(), bearer) {
                ("goodwill", 0) => drop(expected.insert(format!("expense:goodwill:{currency}"), amount)),
                ("goodwill", seller) => drop(expected.insert(format!("seller:{seller}"), amount)),
                _ => {
                    for (code, amount) in taken_back(db, OWN_LINES, OWN_CHARGES, id, currency)? {
                        *expected.entry(giver(&code, currency)).or_default() += amount;
                    }
                }
            }
            let mut posted = Shares::new();
            for leg in db.query(POSTED, params![format!("bring_back:{key}")])? {
                let (from, to): (String, String) = (leg.get(0)?, leg.get(1)?);
                match (from == format!("escrow:{currency}"), to == format!("escrow:{currency}")) {
                    (false, true) => *posted.entry(giver(&from, currency)).or_default() += leg.get::<i64>(2)?,
                    // The cent that rounding took too much.
                    (true, false) => *posted.entry(giver(&to, currency)).or_default() -= leg.get::<i64>(2)?,
                    _ => found.push(format!("{key}: {from} to {to}")),
                }
            }
            compare(&key, expected, posted, found);
            Ok(())
        })
    },
};

pub(super) const TAKEN_BACK: Walk = Walk {
    says: "what refunds took back of a consignment's charges is what they took back of its lines, and no more than was charged",
    reads: &["order_consignment", "order_line", "settlement_refund_line", "settlement_refund_charge"],
    breaches: |db, found| {
        pages(db, CORRECTED, |db, row| {
            let (id, landed): (i64, String) = (row.get(0)?, row.get(1)?);
            let landed: Value = parse(&landed)?;
            let mut sums: BTreeMap<String, i64> = BTreeMap::new();
            for back in db.query(CHARGES_BACK, params![id])? {
                let (at, base, amount): (i64, i64, i64) = (back.get(0)?, back.get(1)?, back.get(2)?);
                let charge = &landed["lines"][usize::try_from(at).unwrap_or(usize::MAX)];
                let most = |name: &str| charge[name]["minor"].as_i64().unwrap_or_default();
                if amount > most("amount") || base != share(most("base"), amount, most("amount")) {
                    found.push(format!("charge {at} of consignment {id}: {amount} on {base}"));
                }
                *sums.entry(charge["kind"].as_str().unwrap_or_default().to_owned()).or_default() += amount;
            }
            let lines = db.one(LINES_BACK, params![id])?;
            for (at, kind) in ["duty", "tax", "fee"].into_iter().enumerate() {
                let (of_lines, of_charges) = (lines.get::<i64>(at)?, sums.get(kind).copied().unwrap_or_default());
                if of_lines != of_charges {
                    found.push(format!("consignment {id}: {kind} {of_lines} of lines, {of_charges} of charges"));
                }
            }
            for line in db.query(COMMISSION_BACK, params![id])? {
                let (line, net, goods): (i64, i64, i64) = (line.get(0)?, line.get(1)?, line.get(2)?);
                for (whole, back) in commissions(db, line)? {
                    if back != share(whole, net, goods) {
                        found
                            .push(format!("line {line}: {back} of {whole} commission went back with {net} of {goods}"));
                    }
                }
            }
            Ok(())
        })
    },
};

/// Commission and its tax of a line: as sold, and what of it went back.
fn commissions(db: &mut Read, line: i64) -> Result<[(i64, i64); 2]> {
    let row = db.one(COMMISSIONS, params![line])?;
    Ok([(row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?)])
}

/// `part` / `whole` of a figure, half up.
fn share(figure: i64, part: i64, whole: i64) -> i64 {
    let (figure, part, whole) = (i128::from(figure), i128::from(part), i128::from(whole));
    if whole == 0 { 0 } else { ((2 * figure * part + whole) / (2 * whole)) as i64 }
}

/// What refunds took back, by the account that had got it; of carriers, the operator's cost of returns.
fn taken_back(
    db: &mut Read,
    lines: &'static str,
    charges: &'static str,
    subject: i64,
    currency: Currency,
) -> Result<Shares> {
    let mut shares = Shares::new();
    for row in db.query(lines, params![subject])? {
        match row.get::<String>(5)?.as_str() {
            "delivery" => *shares.entry(format!("expense:returns:{currency}")).or_default() += row.get::<i64>(1)?,
            _ => add_line(&row, currency, &mut shares)?,
        }
    }
    for row in db.query(charges, params![subject])? {
        let (carrier, landed, at): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let landed: Value = parse(&landed)?;
        let charge = &landed["lines"][usize::try_from(at).unwrap_or(usize::MAX)];
        let account = match receiver(charge, &carrier, currency) {
            code if code.starts_with("carrier:") => format!("expense:returns:{currency}"),
            code => code,
        };
        *shares.entry(account).or_default() += row.get::<i64>(3)?;
    }
    Ok(shares)
}

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

// What `add_consignment` reads, in its order.
macro_rules! select_charges {
    ($from:literal) => {
        concat!("SELECT c.carrier, c.landed_cost, b.charge, b.amount ", $from)
    };
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
        let account = receiver(charge, row.get::<String>(1)?.as_str(), currency);
        *shares.entry(account).or_default() += charge["amount"]["minor"].as_i64().unwrap_or_default();
    }
    Ok(())
}

/// The account of a charge.
fn receiver(charge: &Value, carrier: &str, currency: Currency) -> String {
    let word = |name: &str| charge[name].as_str().unwrap_or_default();
    let scheme = charge["scheme"].as_str().unwrap_or("import");
    match word("kind") {
        "fee" if word("collected_at") == "at_border" => format!("carrier:{}:{currency}", segment(carrier)),
        "fee" | "duty" => format!("duty:{}:{}:{currency}", word("jurisdiction"), segment(scheme)),
        _ => format!("tax:{}:{}:{currency}", word("jurisdiction"), segment(scheme)),
    }
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

const COMPLETED: &str = "SELECT c.id, c.carrier, c.shipping, c.landed_cost, o.number, o.currency
    FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    WHERE c.id > $1 AND c.completed_at IS NOT NULL ORDER BY c.id LIMIT $2";
const LINES: &str = "SELECT l.organisation, l.goods, l.commission, l.commission_tax, l.terms
    FROM order_consignment c JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id WHERE c.id = $1";
const REFUNDS: &str = "SELECT r.id, r.key, o.currency, r.amount, r.kind, r.organisation FROM settlement_refund r
    JOIN order_head o ON o.id = r.order_id WHERE r.id > $1 AND EXISTS (SELECT 1 FROM settlement_refund_booking k
        WHERE k.refund = r.id AND k.booked = 'own') ORDER BY r.id LIMIT $2";
// What is read of each, in this order.
macro_rules! select_lines {
    ($from:literal) => {
        concat!("SELECT l.organisation, b.net, b.commission, b.commission_tax, l.terms, b.part ", $from)
    };
}

const SPLIT_LINES: &str = select_lines!(
    "FROM order_consignment c JOIN settlement_refund_booking k ON k.order_id = c.order_id AND k.booked = 'split'
        AND k.consignment = c.id
    JOIN settlement_refund_line b ON b.refund = k.refund AND b.consignment = c.id JOIN order_line l ON l.id = b.line
    WHERE c.id = $1"
);
const SPLIT_CHARGES: &str = select_charges!(
    "FROM order_consignment c JOIN settlement_refund_booking k ON k.order_id = c.order_id AND k.booked = 'split'
        AND k.consignment = c.id
    JOIN settlement_refund_charge b ON b.refund = k.refund AND b.consignment = c.id WHERE c.id = $1"
);
const OWN_LINES: &str = select_lines!(
    "FROM settlement_refund_booking k JOIN settlement_refund_line b ON b.refund = k.refund
        AND b.consignment = k.consignment JOIN order_line l ON l.id = b.line WHERE k.refund = $1 AND k.booked = 'own'"
);
const OWN_CHARGES: &str = select_charges!(
    "FROM settlement_refund_booking k
    JOIN settlement_refund_charge b ON b.refund = k.refund AND b.consignment = k.consignment
    JOIN order_consignment c ON c.id = b.consignment WHERE k.refund = $1 AND k.booked = 'own'"
);
const CORRECTED: &str = "SELECT c.id, c.landed_cost FROM order_consignment c WHERE c.id > $1 AND
    (EXISTS (SELECT 1 FROM settlement_refund_line b WHERE b.order_id = c.order_id AND b.consignment = c.id)
    OR EXISTS (SELECT 1 FROM settlement_refund_charge b WHERE b.order_id = c.order_id AND b.consignment = c.id))
    ORDER BY c.id LIMIT $2";
const CHARGES_BACK: &str = "SELECT b.charge, CAST(SUM(b.base) AS BIGINT), CAST(SUM(b.amount) AS BIGINT)
    FROM order_consignment c JOIN settlement_refund_charge b ON b.order_id = c.order_id AND b.consignment = c.id
    WHERE c.id = $1 GROUP BY b.charge ORDER BY b.charge";
const LINES_BACK: &str = "SELECT CAST(COALESCE(SUM(b.duty), 0) AS BIGINT), CAST(COALESCE(SUM(b.tax), 0) AS BIGINT),
    CAST(COALESCE(SUM(b.fees), 0) AS BIGINT) FROM order_consignment c
    JOIN settlement_refund_line b ON b.order_id = c.order_id AND b.consignment = c.id WHERE c.id = $1";
const COMMISSION_BACK: &str = "SELECT l.id, CAST(SUM(b.net) AS BIGINT), l.goods FROM order_consignment c
    JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id
    JOIN settlement_refund_line b ON b.order_id = c.order_id AND b.line = l.id AND b.part = 'goods'
    WHERE c.id = $1 GROUP BY l.id, l.goods ORDER BY l.id";
const COMMISSIONS: &str = "SELECT l.commission, CAST(COALESCE(SUM(b.commission), 0) AS BIGINT), l.commission_tax,
    CAST(COALESCE(SUM(b.commission_tax), 0) AS BIGINT) FROM order_line l
    LEFT JOIN settlement_refund_line b ON b.order_id = l.order_id AND b.line = l.id WHERE l.id = $1
    GROUP BY l.id, l.commission, l.commission_tax";
const POSTED: &str = "SELECT f.code, o.code, t.amount FROM ledger_posting p JOIN ledger_transfer t ON t.posting = p.id
    JOIN ledger_account f ON f.id = t.from_account JOIN ledger_account o ON o.id = t.to_account WHERE p.key = $1";
