//! Every SQL statement of the product, on both engines: it prepares, and its plan does not read a growing table whole.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use store::testing;
use workspace_tests::statements;

/// Tables that stay small however much is sold: reading them whole is fine.
const SMALL: [&str; 19] = [
    "order_field",
    "catalog_category",
    "follower",
    "hook_endpoint",
    "hook_refused",
    "offer_rate",
    "party_organisation",
    "party_connection",
    "party_setting",
    "party_claim",
    "stock_warehouse",
    "store_migration",
    "store_node",
    "terms_agreement",
    "logistics_counter",
    "catalog_category_name",
    "catalog_category_text",
    "party_membership",
    "settlement_bank_account",
];

/// Statements that read a growing table whole on purpose: export, backup, audit, the start of a process.
const WHOLE_ON_PURPOSE: [&str; 3] = ["contexts/ledger/src/export", "edge/sim/", "foundation/store/src/"];

#[test]
fn there_are_statements_to_try() {
    assert!(statements().len() > 100, "the collector finds the house's SQL: {}", statements().len());
}

#[test]
fn every_statement_prepares_on_both_engines() {
    // The store alone has statements that only one engine understands, or that name their table at run time.
    let one_engine = |path: &str| {
        ["dialect.rs", "sqlite.rs", "testing.rs", "transfer.rs"]
            .iter()
            .any(|file| path == format!("foundation/store/src/{file}"))
    };
    let statements: Vec<_> = statements().into_iter().filter(|statement| !one_engine(&statement.path)).collect();
    testing::each(works::schemas(), |store| {
        let mut broken = Vec::new();
        for statement in &statements {
            let sql = statement.sql.clone();
            if let Err(problem) = store.read_blocking(move |db| db.explain(&sql).map(|_| ())) {
                broken.push(format!("{}:{} {problem}", statement.path, statement.line));
            }
        }
        assert!(broken.is_empty(), "{:?}:\n  {}", store.engine(), broken.join("\n  "));
    });
}

/// Names of tables that a plan reads whole, be it by walking a whole index. A statement with a LIMIT may: it stops.
fn scanned(plan: &[String]) -> Vec<String> {
    let mut tables = Vec::new();
    for line in plan {
        let words: Vec<&str> = line.split_whitespace().collect();
        for (index, word) in words.iter().enumerate() {
            let whole_on_sqlite = *word == "SCAN" && !line.contains("CONSTANT ROW");
            let whole_on_postgres = *word == "Scan" && index > 0 && words[index - 1] == "Seq";
            let name = if whole_on_postgres { words.get(index + 2) } else { words.get(index + 1) };
            if let Some(name) = name.filter(|_| whole_on_sqlite || whole_on_postgres) {
                tables.push((*name).to_owned());
            }
        }
    }
    tables
}

#[test]
fn no_statement_reads_a_growing_table_whole() {
    let statements = statements();
    testing::each(works::schemas(), |store| {
        let tables: Vec<String> = store.tables().unwrap().into_iter().map(|table| table.name).collect();
        let mut broken = Vec::new();
        for statement in &statements {
            if WHOLE_ON_PURPOSE.iter().any(|path| statement.path.starts_with(path)) {
                continue;
            }
            let sql = statement.sql.clone();
            let plan = store.read_blocking(move |db| db.explain(&sql)).unwrap_or_default();
            let stops = statement.sql.contains("LIMIT ");
            for table in scanned(&plan).into_iter().filter(|_| !stops) {
                if tables.contains(&table) && !SMALL.contains(&table.as_str()) {
                    broken.push(format!("{}:{} reads {table} whole", statement.path, statement.line));
                }
            }
        }
        assert!(broken.is_empty(), "{:?}: add an index or a keyset:\n  {}", store.engine(), broken.join("\n  "));
    });
}
