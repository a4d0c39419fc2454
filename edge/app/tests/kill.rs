//! Killed with -9 in the middle of trade, the house loses no order that it had acknowledged, on both engines; a copy to the
//! other engine and back loses nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use base::Result;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use store::{Clock, Options, Store, Url, params};

/// Orders that are acknowledged before the kill.
const ORDERS: usize = 25;

fn open(url: &str) -> Store {
    let url: Url = url.parse().unwrap();
    // The clock of the simulated world's first moment: nothing is overdue by it.
    Store::open(Options { clock: Clock::manual(sim::START), ..Options::new(url, works::schemas()) }).unwrap()
}

/// Trades in a process of its own until enough orders are acknowledged, kills it, and gives their numbers.
fn trade_and_kill(place: [&str; 2]) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entrepot"))
        .args(["simulate", "--seed", "31", "--orders", "100000", "--steps-log"])
        .args(place)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut numbers = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(|line| line.ok()) {
        if let Some((_, number)) = line.split_once(" Place: EN-") {
            numbers.push(format!("EN-{}", number.split(' ').next().unwrap_or_default()));
        }
        if numbers.len() == ORDERS {
            break;
        }
    }
    // SIGKILL: nothing is flushed, nothing is said goodbye to.
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(numbers.len(), ORDERS, "the process ended by itself");
    numbers
}

fn nothing_is_lost(store: &Store, numbers: &[String]) {
    for number in numbers {
        let asked = number.clone();
        let known = store.read_blocking(move |db| orders::by_number(db, &asked)).unwrap();
        assert!(known.is_some(), "an acknowledged order is gone");
    }
    let report = store.read_blocking(sim::audit).unwrap();
    assert_eq!(report.findings, Vec::<String>::new());
}

/// Every row of every table of trade, in order. The nodes' own table changes with every opening.
fn content(store: &Store) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for table in store.tables()? {
        if table.name.starts_with("store_") {
            continue;
        }
        let mut rows = Vec::new();
        store.export(&table, |row| {
            rows.push(format!("{} {row:?}", table.name));
            Ok(())
        })?;
        rows.sort();
        all.extend(rows);
    }
    Ok(all)
}

#[test]
fn kill_9_loses_no_acknowledged_order_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let numbers = trade_and_kill(["--data", place]);
    let store = open(place);
    nothing_is_lost(&store, &numbers);
    // A backup made while the store is open passes the same checks.
    let backup = tempfile::tempdir().unwrap();
    store.backup(&backup.path().join("entrepot.db")).unwrap();
    nothing_is_lost(&open(backup.path().to_str().unwrap()), &numbers);
}

#[test]
fn kill_9_loses_no_acknowledged_order_on_postgres_and_copies_lose_nothing() {
    let Some(server) = std::env::var(store::testing::SERVER).ok().filter(|url| !url.is_empty()) else {
        println!("skipped: {} is not set", store::testing::SERVER);
        return;
    };
    let keeper = store::testing::postgres(works::schemas()).unwrap();
    let name: String =
        keeper.write_blocking(|tx| tx.raw("SELECT CAST(current_database() AS TEXT)", params![])?[0].get(0)).unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let url = format!("{base}/{name}");
    let numbers = trade_and_kill(["--db", &url]);
    let store = open(&url);
    nothing_is_lost(&store, &numbers);
    // To SQLite: the same rows.
    let folder = tempfile::tempdir().unwrap();
    let sqlite = open(folder.path().to_str().unwrap());
    store.copy_to(&sqlite, |_, _| {}).unwrap();
    assert_eq!(content(&sqlite).unwrap(), content(&store).unwrap());
    nothing_is_lost(&sqlite, &numbers);
    // And back into another PostgreSQL database.
    let other = store::testing::postgres(works::schemas()).unwrap();
    sqlite.copy_to(&other, |_, _| {}).unwrap();
    assert_eq!(content(&other).unwrap(), content(&store).unwrap());
}
