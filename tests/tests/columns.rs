//! A list of columns stands once, beside the function that reads it: what another list repeats is read wrongly one day, column for
//! column, and no type sees it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use workspace_tests::{Statement, statements};

/// Fewer columns than these are read where they are asked for.
const FEW: usize = 4;

/// What a statement selects, without the letters of tables; nothing when it selects nothing, or few columns.
fn selected(sql: &str) -> Option<Vec<String>> {
    let rest = sql.trim_start().strip_prefix("SELECT ")?;
    let (mut depth, mut quoted, mut columns, mut column) = (0, false, Vec::new(), String::new());
    for (at, letter) in rest.char_indices() {
        match letter {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        let outside = depth == 0 && !quoted;
        if outside && rest[at..].starts_with("FROM") && rest[..at].ends_with(char::is_whitespace) {
            columns.push(std::mem::take(&mut column));
            return (columns.len() >= FEW).then(|| columns.iter().map(|column| plain(column)).collect());
        }
        match letter {
            ',' if outside => columns.push(std::mem::take(&mut column)),
            _ => column.push(letter),
        }
    }
    None
}

/// `c.state` as `state`, and every space one.
fn plain(column: &str) -> String {
    let words = column.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::new();
    for (at, letter) in words.char_indices() {
        let table = |text: &str| {
            text.rfind(|letter: char| !letter.is_ascii_lowercase()).map_or(text.len(), |end| text.len() - end - 1)
        };
        if letter == '.' {
            plain.truncate(plain.len() - table(&words[..at]).min(plain.len()));
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// Where a statement stands whose list begins with all that another in its crate selects, and is a list of its own.
fn repeated(statements: &[Statement]) -> Vec<String> {
    let mut crates: BTreeMap<&str, Vec<(Vec<String>, &Statement)>> = BTreeMap::new();
    // What is sealed (`SEALED` in a lib.rs) is hashed column by column, and read by nobody.
    for statement in statements.iter().filter(|one| !one.path.ends_with("/src/lib.rs")) {
        if let Some(columns) = selected(&statement.sql) {
            let home = statement.path.split("/src/").next().unwrap_or_default();
            crates.entry(home).or_default().push((columns, statement));
        }
    }
    let mut found = BTreeSet::new();
    for own in crates.values() {
        for (place, (columns, one)) in own.iter().enumerate() {
            let others =
                own.iter().enumerate().filter(|(other, (longer, _))| *other != place && longer.starts_with(columns));
            for (_, (_, other)) in others.filter(|(_, (_, other))| one.list.is_none() || one.list != other.list) {
                found.extend([one, other].map(|one| format!("{}:{}", one.path, one.line)));
            }
        }
    }
    found.into_iter().collect()
}

#[test]
fn no_list_of_columns_is_repeated() {
    let found = repeated(&statements());
    assert!(
        found.is_empty(),
        "let the columns stand once, beside their reader (`macro_rules! select`, as in terms/src/agreement.rs):\n  {}",
        found.join("\n  ")
    );
}

#[test]
fn a_repeated_list_is_found() {
    let statement = |path: &str, sql: &str, list: Option<&str>| Statement {
        path: format!("contexts/{path}"),
        line: 1,
        sql: sql.into(),
        list: list.map(str::to_owned),
    };
    let one = "SELECT id, name, COALESCE(a, b), at FROM thing WHERE id = $1";
    let other = "SELECT t.id, t.name,\n  COALESCE(t.a, t.b), t.at\n FROM thing t";
    let twice = [statement("a/src/x.rs", one, None), statement("a/src/y.rs", other, None)];
    assert_eq!(repeated(&twice), ["contexts/a/src/x.rs:1", "contexts/a/src/y.rs:1"]);
    let half = [statement("a/src/x.rs", one, Some("select")), statement("a/src/y.rs", other, None)];
    assert_eq!(repeated(&half).len(), 2);
    let more = [
        statement("a/src/x.rs", one, None),
        statement("a/src/y.rs", &other.replace("\n FROM", ", t.note\n FROM"), None),
    ];
    assert_eq!(repeated(&more).len(), 2, "a longer list that begins so");
    let shared = [statement("a/src/x.rs", one, Some("select")), statement("a/src/x.rs", other, Some("select"))];
    assert!(repeated(&shared).is_empty());
    let elsewhere = [statement("a/src/x.rs", one, None), statement("b/src/x.rs", one, None)];
    assert!(repeated(&elsewhere).is_empty(), "another crate has another reader");
    let turned =
        [statement("a/src/x.rs", one, None), statement("a/src/y.rs", "SELECT name, id, a, at FROM thing", None)];
    assert!(repeated(&turned).is_empty());
}
