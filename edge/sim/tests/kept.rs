//! A filled database of the last release, kept small beside this test (`kept/*.jsonl`), is made as that release made it, on both
//! engines, and opened by the program of today: it is migrated, nothing is lost, and the auditor finds nothing.
//!
//! A migration that a kept database has is not edited any more; what changes is appended to it (`SCHEMA.migrations`). Until a release is
//! out its file is written anew with `UPDATE=1`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod filled;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use sim::audit;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use store::{Row, Schema, Store, Table, Value, testing};

/// The release whose schema is today's, until it is out.
const TODAY: &str = env!("CARGO_PKG_VERSION");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept")
}

fn hash(text: &str) -> String {
    base::hex::digits(&Sha256::digest(text.as_bytes()))
}

/// What is copied: keys of secrets are a database's own.
fn is_kept(table: &Table) -> bool {
    table.name != "vault"
}

/// The schemas as a release had them, and the rows of each table.
struct Kept {
    schemas: &'static [Schema],
    tables: Vec<(Table, Vec<Row>)>,
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Int(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Null | Value::NullInt | Value::NullText => Json::Null,
    }
}

fn value_of(json: &Json) -> Value {
    match json {
        Json::String(text) => Value::Text(text.clone()),
        Json::Number(number) => Value::Int(number.as_i64().unwrap()),
        _ => Value::Null,
    }
}

/// The first line says which migrations there were; then each table with its columns, and its rows.
fn write_down(store: &Store, file: &Path) {
    let schemas: Vec<Json> = works::schemas()
        .iter()
        .map(|schema| json!({ "name": schema.name, "migrations": schema.migrations.iter().map(|sql| hash(sql)).collect::<Vec<_>>() }))
        .collect();
    let mut text = format!("{}\n", json!({ "release": TODAY, "schemas": schemas }));
    for table in store.tables().unwrap().iter().filter(|table| is_kept(table)) {
        let own = table.clone();
        let rows = store.read_blocking(move |db| own.rows(db)).unwrap();
        writeln!(text, "{}", json!({ "table": table.name, "columns": table.columns, "rows": rows.len() })).unwrap();
        for row in rows {
            let values: Vec<Json> = row.values().iter().map(json_of).collect();
            writeln!(text, "{}", Json::Array(values)).unwrap();
        }
    }
    fs::write(file, text).unwrap();
}

fn read_back(file: &Path) -> Kept {
    let text = fs::read_to_string(file).unwrap();
    let mut lines = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let head = lines.next().unwrap();
    let schemas: Vec<Schema> =
        head["schemas"].as_array().unwrap().iter().map(|schema| as_it_was(file, schema)).collect();
    let mut tables = Vec::new();
    while let Some(head) = lines.next() {
        let columns =
            head["columns"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        let table = Table { name: head["table"].as_str().unwrap().to_owned(), columns };
        let count = usize::try_from(head["rows"].as_u64().unwrap()).unwrap();
        let rows = lines.by_ref().take(count);
        let rows = rows.map(|row| Row::new(row.as_array().unwrap().iter().map(value_of).collect())).collect();
        tables.push((table, rows));
    }
    Kept { schemas: schemas.leak(), tables }
}

/// A context's schema with those of its migrations that the release had, which must read as they did then.
fn as_it_was(file: &Path, kept: &Json) -> Schema {
    let name = kept["name"].as_str().unwrap();
    let today = works::schemas().iter().find(|schema| schema.name == name).unwrap_or_else(|| panic!("{name} is gone"));
    let then = kept["migrations"].as_array().unwrap();
    for (number, (sql, known)) in today.migrations.iter().zip(then).enumerate() {
        assert!(
            hash(sql) == known.as_str().unwrap(),
            "migration {} of {name} was edited, and {} has it: append a migration instead (before the release: UPDATE=1)",
            number + 1,
            file.display()
        );
    }
    assert!(today.migrations.len() >= then.len(), "a migration of {name} is gone");
    Schema { migrations: &today.migrations[..then.len()], ..*today }
}

/// Adds the rows of every table, those first that others name.
fn fill(store: &Store, tables: &[(Table, Vec<Row>)]) {
    let mut left: Vec<&(Table, Vec<Row>)> = tables.iter().collect();
    while !left.is_empty() {
        let before = left.len();
        left.retain(|(table, rows)| store.import(table, rows.iter().cloned().map(Ok)).is_err());
        assert!(
            left.len() < before,
            "{:?} cannot be filled",
            left.iter().map(|(table, _)| &table.name).collect::<Vec<_>>()
        );
    }
}

fn releases() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "jsonl"));
    files.sort();
    files
}

#[test]
fn databases_of_earlier_releases_are_migrated_and_whole() {
    if std::env::var_os("UPDATE").is_some() {
        write_down(&filled::world(5, 8), &folder().join(format!("{TODAY}.jsonl")));
    }
    let files = releases();
    assert!(files.iter().any(|file| file.ends_with(format!("{TODAY}.jsonl"))), "write today's down with UPDATE=1");
    for file in files {
        let Kept { schemas, tables } = read_back(&file);
        for (engine, store) in testing::stores(schemas) {
            println!("{} on {engine}", file.display());
            fill(&store, &tables);
            let migrated = testing::again(&store, works::schemas()).unwrap();
            for (table, rows) in &tables {
                let (name, count) = (table.name.clone(), rows.len() as i64);
                let sql = format!("SELECT COUNT(*) FROM \"{name}\"");
                let found: i64 = migrated.read_blocking(move |db| db.raw(&sql, &[])?[0].get(0)).unwrap();
                assert_eq!(found, count, "{name}");
            }
            // What happened then is still understood.
            let events = migrated.read_blocking(|db| store::events_after(db, 0, i64::from(i32::MAX))).unwrap();
            assert!(!events.is_empty());
            for event in &events {
                let known = hooks::Happened::of(event).unwrap();
                assert!(known.is_some(), "{} means nothing any more", event.kind);
            }
            let findings = migrated.read_blocking(|db| Ok(audit(db)?.findings)).unwrap();
            assert!(findings.is_empty(), "{}", findings.join("\n"));
        }
    }
}
