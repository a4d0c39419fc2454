//! The order of the house: a context may depend only on contexts of a lower rank, and writes only its own tables.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use workspace_tests::{members, root, statements};

/// Rank of every context; the same picture stands in ARCHITECTURE.md.
const RANKS: [(&str, u8); 19] = [
    ("parties", 1),
    ("catalog", 1),
    ("ledger", 1),
    ("terms", 2),
    ("stock", 2),
    ("payments", 2),
    ("notify", 2),
    ("offers", 3),
    ("customs", 3),
    ("logistics", 3),
    ("onboarding", 3),
    ("door", 4),
    ("orders", 4),
    ("checkout", 5),
    ("settlement", 5),
    ("search", 5),
    ("aftersales", 6),
    ("amendments", 6),
    ("hooks", 7),
];

/// The prefix of a context's tables.
const PREFIXES: [(&str, &[&str]); 20] = [
    ("store", &["store_", "event", "job", "follower", "idempotency", "request", "seal", "vault"]),
    ("parties", &["party_"]),
    ("catalog", &["catalog_"]),
    ("ledger", &["ledger_"]),
    ("terms", &["terms_"]),
    ("stock", &["stock_"]),
    ("payments", &["payment_"]),
    ("notify", &["notify_"]),
    ("offers", &["offer_", "offer"]),
    ("customs", &["customs_"]),
    ("logistics", &["logistics_"]),
    ("onboarding", &["onboarding_"]),
    ("door", &["door_"]),
    ("orders", &["order_"]),
    ("checkout", &["cart", "checkout_"]),
    ("settlement", &["settlement_"]),
    ("search", &["search_"]),
    ("hooks", &["hook_"]),
    ("aftersales", &["claim"]),
    ("amendments", &["amendment"]),
];

fn dependencies(manifest: &str) -> Vec<String> {
    let section = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    section
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn contexts_depend_on_lower_ranks_only() {
    let ranks: BTreeMap<&str, u8> = RANKS.into();
    for name in members("contexts") {
        let rank =
            *ranks.get(name.as_str()).unwrap_or_else(|| panic!("give {name} a rank here and in ARCHITECTURE.md"));
        let manifest = fs::read_to_string(root().join("contexts").join(&name).join("Cargo.toml")).unwrap();
        for dependency in dependencies(&manifest) {
            assert!(!members("edge").contains(&dependency), "{name} must not know {dependency}");
            if let Some(below) = ranks.get(dependency.as_str()) {
                assert!(
                    *below < rank,
                    "{name} ({rank}) must not depend on {dependency} ({below}): lift the flow higher"
                );
            }
        }
    }
}

/// The shop for tests has every context up to settlement: whoever needs it for a test names it under `[dev-dependencies]`, and a
/// context below settlement then has its tests in `tests/`, over its public face, because within `src` it would be there twice.
#[test]
fn only_tests_have_the_shop_of_tests() {
    let shop = fs::read_to_string(root().join("tests/world/Cargo.toml")).unwrap();
    let within = dependencies(&shop);
    for folder in ["foundation", "contexts", "edge"] {
        for name in members(folder) {
            let manifest = fs::read_to_string(root().join(folder).join(&name).join("Cargo.toml")).unwrap();
            assert!(
                !dependencies(&manifest).contains(&"shop-world".to_owned()),
                "{name} must not have a shop of tests"
            );
            let tests = manifest.split_once("[dev-dependencies]").is_some_and(|(_, dev)| dev.contains("shop-world"));
            if tests && within.contains(&name) {
                assert!(
                    root().join(folder).join(&name).join("tests/it/main.rs").exists(),
                    "{name} is a part of the shop of tests: move the tests that use it to {folder}/{name}/tests/it"
                );
            }
        }
    }
}

#[test]
fn the_foundation_knows_no_business() {
    for name in members("foundation") {
        let manifest = fs::read_to_string(root().join("foundation").join(&name).join("Cargo.toml")).unwrap();
        for dependency in dependencies(&manifest) {
            assert!(!RANKS.iter().any(|(context, _)| *context == dependency), "{name} must not know {dependency}");
        }
    }
}

fn written_table(sql: &str) -> Vec<&str> {
    let words: Vec<&str> =
        sql.split(|letter: char| letter.is_whitespace() || letter == '(').filter(|word| !word.is_empty()).collect();
    let mut tables = Vec::new();
    for pair in words.windows(3) {
        match pair {
            ["INSERT", "INTO", table] | ["DELETE", "FROM", table] => tables.push(*table),
            // Neither `DO UPDATE SET` nor `FOR UPDATE SKIP LOCKED` names a table.
            ["UPDATE", table, "SET" | "AS"] => tables.push(*table),
            _ => {}
        }
    }
    tables
}

#[test]
fn contexts_write_their_own_tables_only() {
    let prefixes: BTreeMap<&str, &[&str]> = PREFIXES.into();
    let mut broken = Vec::new();
    // A copy of a whole database names its tables at run time.
    let copies = |path: &str| path.ends_with("store/src/transfer.rs");
    for statement in statements().into_iter().filter(|statement| !copies(&statement.path)) {
        let owner = statement.path.split('/').nth(1).unwrap_or_default();
        let own = prefixes.get(owner).copied().unwrap_or_default();
        for table in written_table(&statement.sql) {
            if !own.iter().any(|prefix| table.starts_with(prefix)) {
                broken.push(format!("{}:{} writes {table}", statement.path, statement.line));
            }
        }
    }
    assert!(broken.is_empty(), "ask the owning context to write:\n  {}", broken.join("\n  "));
}

/// The tables that a statement reads, as far as its words tell.
fn read_tables(sql: &str) -> Vec<&str> {
    let apart = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | ',');
    let words: Vec<&str> = sql.split(apart).filter(|word| !word.is_empty()).collect();
    words.windows(2).filter(|pair| matches!(pair[0], "FROM" | "JOIN")).map(|pair| pair[1]).collect()
}

/// Whose table this is: the context with the longest prefix that fits.
fn owner_of(table: &str) -> Option<&'static str> {
    let mut found: Option<(usize, &'static str)> = None;
    for (name, prefixes) in PREFIXES {
        for prefix in prefixes {
            let fits = table == *prefix || (prefix.ends_with('_') && table.starts_with(prefix));
            if fits && found.is_none_or(|(length, _)| length < prefix.len()) {
                found = Some((prefix.len(), name));
            }
        }
    }
    found.map(|(_, name)| name)
}

#[test]
fn contexts_read_the_tables_of_their_dependencies_only() {
    let mut broken = Vec::new();
    for statement in statements().into_iter().filter(|statement| statement.path.starts_with("contexts/")) {
        let reader = statement.path.split('/').nth(1).unwrap_or_default();
        let manifest = fs::read_to_string(root().join("contexts").join(reader).join("Cargo.toml")).unwrap();
        let known = dependencies(&manifest);
        for table in read_tables(&statement.sql) {
            let Some(owner) = owner_of(table) else { continue };
            if owner != reader && !known.iter().any(|name| name == owner) {
                broken.push(format!("{}:{} reads {table} of {owner}", statement.path, statement.line));
            }
        }
    }
    assert!(broken.is_empty(), "name the owner in Cargo.toml, or ask it:\n  {}", broken.join("\n  "));
}

#[test]
fn the_edge_holds_no_sql() {
    let allowed = ["edge/sim/"];
    let broken: Vec<String> = statements()
        .into_iter()
        .filter(|statement| {
            statement.path.starts_with("edge/") && !allowed.iter().any(|path| statement.path.starts_with(path))
        })
        .map(|statement| format!("{}:{}", statement.path, statement.line))
        .collect();
    assert!(broken.is_empty(), "handlers translate; move the statement into its context:\n  {}", broken.join("\n  "));
}
