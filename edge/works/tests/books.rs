//! The books of a whole simulated world: hledger accepts the journal and comes to the same balances as the ledger.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use sim::{Plan, START, simulate};
use std::process::Command;
use store::{Clock, Options, Store, Url, testing};
use works::House;

fn hledger(journal: &std::path::Path, args: &[&str]) -> String {
    let output = Command::new("hledger").arg("-f").arg(journal).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn hledger_accepts_the_journal_of_a_world() {
    if Command::new("hledger").arg("--version").output().is_err() {
        println!("skipped: hledger is not installed");
        return;
    }
    let options = Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) };
    let keeper = Store::open(options).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let open = || testing::again(&keeper, works::schemas());
    runtime.block_on(simulate::<House>(Plan { seed: 9, orders: 60, open: &open, log: &mut |_| {} })).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("world.journal");
    let mut file = std::fs::File::create(&journal).unwrap();
    let postings = keeper.read_blocking(move |db| ledger::export_hledger(db, &mut file)).unwrap();
    assert!(postings > 100, "{postings}");
    hledger(&journal, &["check"]);
    hledger(&journal, &["check", "--strict"]);
    let report = hledger(&journal, &["balance", "--flat", "--no-total", "-O", "csv", "--layout", "bare"]);
    let mut theirs: Vec<(String, String)> = Vec::new();
    for line in report.lines().skip(1) {
        let cells: Vec<&str> = line.trim_matches('"').split("\",\"").collect();
        if !cells[1].contains("sku:") {
            let code = cells[0].split_once(':').unwrap().1;
            theirs.push((code.to_owned(), format!("{} {}", cells[2], cells[1])));
        }
    }
    let rows = keeper.read_blocking(ledger::trial_balance).unwrap();
    let amount =
        |row: &ledger::TrialRow| base::Money::new(row.debit - row.credit, row.unit.parse().unwrap()).to_string();
    let mut ours: Vec<(String, String)> = rows.iter().map(|row| (row.code.clone(), amount(row))).collect();
    theirs.sort();
    ours.sort();
    assert!(ours.len() > 30, "{ours:?}");
    assert_eq!(ours, theirs);
}
