//! The independent auditor: what must always hold, asked of the tables by statements of its own. It calls none of the
//! product's functions, so that it cannot share their mistakes. Every number, state and reference that is stored has an equation
//! here, or is sealed; a test changes each of them and sees that it is found.

mod claims;
mod clocks;
mod frozen;
mod goods;
mod jobs;
mod ledger;
mod moments;
mod money;
mod names;
mod orders;
mod rule;
mod settlement;
mod split;
mod supply;
mod trail;

use base::{Moment, Result};
use rule::{Rule, Walk};
use store::{Read, Row, SealHead, params};

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every rule that was checked, as a sentence.
    pub checked: Vec<&'static str>,
    /// Every breach: the rule and the row.
    pub findings: Vec<String>,
    /// The newest block of the seals, if anything was sealed yet.
    pub head: Option<SealHead>,
}

const RULES: [&[Rule]; 9] = [
    ledger::RULES,
    money::RULES,
    orders::RULES,
    goods::RULES,
    settlement::RULES,
    supply::RULES,
    jobs::RULES,
    moments::RULES,
    claims::RULES,
];

const WALKS: [Walk; 11] = [
    split::SPLIT,
    split::BROUGHT_BACK,
    split::TAKEN_BACK,
    supply::AGREED,
    frozen::QUOTED,
    frozen::OPEN,
    clocks::WAITS,
    frozen::LANDED,
    names::NAMES,
    trail::TRAIL,
    SEALS,
];

/// The one walk that is the store's own: a hash has no second way to be computed.
const SEALS: Walk = Walk {
    says: "what was sealed is as it was sealed",
    reads: &[],
    breaches: |db, found| {
        found.extend(store::verify_seals(db)?);
        Ok(())
    },
};

/// Seconds by which a sweep may be late.
const SWEEP_SECONDS: i64 = 120;

/// Checks every rule on one snapshot. Reads whole tables: for the simulation and `entrepot check`, not for a page.
pub fn audit(db: &mut Read) -> Result<Report> {
    let now = db.now();
    let mut report = Report::default();
    for rule in RULES.into_iter().flatten() {
        note(&mut report, rule.says, db.query(rule.breaches, params![])?)?;
    }
    for walk in WALKS {
        let mut found = Vec::new();
        (walk.breaches)(db, &mut found)?;
        report.checked.push(walk.says);
        report.findings.extend(found.into_iter().take(TOLD).map(|breach| format!("{}: {breach}", walk.says)));
    }
    let late = overdue(now);
    note(&mut report, "no hold outlives its time", db.query(OVERDUE_HOLDS, params![late])?)?;
    note(&mut report, "no quote outlives its time", db.query(OVERDUE_QUOTES, params![late])?)?;
    report.head = store::seal_head(db)?;
    Ok(report)
}

/// The rules that read `table`, and the seals of its rows: a part of [`audit`], for a test that changes one value after another.
/// Says every breach.
pub fn audit_of(db: &mut Read, table: &str) -> Result<Vec<String>> {
    let mut report = Report::default();
    for rule in RULES.into_iter().flatten().filter(|rule| names(rule.breaches, table)) {
        note(&mut report, rule.says, db.query(rule.breaches, params![])?)?;
    }
    for walk in WALKS.iter().filter(|walk| walk.reads.contains(&table)) {
        let mut found = Vec::new();
        (walk.breaches)(db, &mut found)?;
        report.findings.extend(found.into_iter().map(|breach| format!("{}: {breach}", walk.says)));
    }
    let late = overdue(db.now());
    for (says, sql) in [("no hold outlives its time", OVERDUE_HOLDS), ("no quote outlives its time", OVERDUE_QUOTES)] {
        if names(sql, table) {
            note(&mut report, says, db.query(sql, params![late])?)?;
        }
    }
    let unsealed = store::verify_seals_of(db, table)?;
    report.findings.extend(unsealed.into_iter().map(|breach| format!("{}: {breach}", SEALS.says)));
    Ok(report.findings)
}

/// Whether a statement reads a table.
fn names(sql: &str, table: &str) -> bool {
    sql.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == table)
}

/// Breaches of one walk told at most.
const TOLD: usize = 20;

fn overdue(now: Moment) -> Moment {
    now.plus_seconds(-SWEEP_SECONDS)
}

fn note(report: &mut Report, says: &'static str, breaches: Vec<Row>) -> Result<()> {
    report.checked.push(says);
    for row in breaches {
        report.findings.push(format!("{says}: {}", row.get::<String>(0)?));
    }
    Ok(())
}

const OVERDUE_HOLDS: &str =
    "SELECT 'hold ' || id FROM ledger_hold WHERE state = 'pending' AND expires_at < $1 LIMIT 20";
const OVERDUE_QUOTES: &str =
    "SELECT 'quote ' || id FROM checkout_quote WHERE state = 'open' AND expires_at < $1 LIMIT 20";
