//! Opening, migrating, closing, backing up and copying whole databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use base::{Id, Kind, Tag};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Mutex;
use store::testing::{START, again, each, postgres, settle, stores};
use store::{Clock, Engine, Options, Schema, Store, Url, Work, events_after, params};

store::events! {
    Private "shelf.filled" Filled: i64;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filled {}

struct Thing;
impl Tag for Thing {
    const PREFIX: &'static str = "thg";
}

const FIRST: &str =
    "CREATE TABLE shelf (id BIGINT PRIMARY KEY, above BIGINT REFERENCES shelf (id), name TEXT NOT NULL)";
const SECOND: &str = "ALTER TABLE shelf ADD COLUMN note TEXT NOT NULL DEFAULT '';
    CREATE TABLE book (id BIGINT PRIMARY KEY, shelf BIGINT NOT NULL REFERENCES shelf (id), title TEXT);";
const OLD: &[Schema] = &[Schema { name: "shelf", sealed: &[], migrations: &[FIRST] }];
const NEW: &[Schema] = &[Schema { name: "shelf", sealed: &[], migrations: &[FIRST, SECOND] }];
const EDITED: &[Schema] =
    &[Schema { name: "shelf", sealed: &[], migrations: &["CREATE TABLE shelf (id BIGINT PRIMARY KEY)", SECOND] }];
const BROKEN: &[Schema] =
    &[Schema { name: "shelf", sealed: &[], migrations: &[FIRST, SECOND, "CREATE TABLE more (id BIGINT); NONSENSE"] }];

#[test]
fn migrations_run_once_forward_and_wholly() {
    each(OLD, |store| {
        store.write_blocking(|tx| tx.run("INSERT INTO shelf (id, name) VALUES (1, 'top')", params![])).unwrap();
        again(store, OLD).unwrap();
        let newer = again(store, NEW).unwrap();
        newer.write_blocking(|tx| tx.run("INSERT INTO book (id, shelf, title) VALUES (1, 1, 'x')", params![])).unwrap();
        let note = newer.read_blocking(|db| db.one("SELECT note FROM shelf", params![])?.get::<String>(0)).unwrap();
        assert_eq!(note, "");
        assert_eq!(again(store, OLD).err().unwrap().code, "database_newer");
        assert_eq!(again(store, EDITED).err().unwrap().code, "migration_edited");
        let error = again(store, BROKEN).err().unwrap();
        assert_eq!(error.kind, Kind::Internal);
        assert!(error.message.contains("migration 3 of shelf"), "{error}");
        let applied = "SELECT COUNT(*) FROM store_migration WHERE name = 'shelf'";
        assert_eq!(store.read_blocking(move |db| db.one(applied, params![])?.get::<i64>(0)).unwrap(), 2);
        assert!(store.read_blocking(|db| db.query("SELECT id FROM more", params![])).is_err());
        again(store, NEW).unwrap();
        let stranger = "INSERT INTO store_migration (name, number, hash) VALUES ('robots', 1, 'x')";
        store.write_blocking(move |tx| tx.run(stranger, params![])).unwrap();
        let unknown = again(store, NEW).err().unwrap();
        assert_eq!(unknown.code, "database_foreign");
        assert!(unknown.message.contains("robots"), "{unknown}");
    });
}

#[test]
fn foreign_keys_and_types_are_checked() {
    each(NEW, |store| {
        let orphan = store.write_blocking(|tx| tx.run("INSERT INTO book (id, shelf) VALUES (1, 99)", params![]));
        assert_eq!(orphan.unwrap_err().kind, Kind::Internal);
        let wrong = store.write_blocking(|tx| tx.run("INSERT INTO shelf (id, name) VALUES ($1, 'x')", params!["one"]));
        assert_eq!(wrong.unwrap_err().kind, Kind::Internal);
    });
}

#[test]
fn every_process_is_another_node() {
    each(NEW, |store| {
        let ids = Mutex::new(HashSet::new());
        let make = |store: &Store| {
            let made = store.write_blocking(|tx| Ok((0..50).map(|_| tx.id::<Thing>()).collect::<Vec<Id<Thing>>>()));
            ids.lock().unwrap().extend(made.unwrap());
        };
        let others: Vec<Store> = (0..3).map(|_| again(store, NEW).unwrap()).collect();
        others.iter().for_each(make);
        others.iter().for_each(Store::close);
        // Nodes given back are taken again, the longest free first; the clock has not moved meanwhile.
        store.clock().advance_seconds(1);
        make(&again(store, NEW).unwrap());
        assert_eq!(ids.lock().unwrap().len(), 200);
        let held = "SELECT COUNT(*) FROM store_node WHERE held = 1";
        let nodes = "SELECT COUNT(*) FROM store_node";
        let count = |sql: &'static str| store.read_blocking(move |db| db.one(sql, params![])?.get::<i64>(0)).unwrap();
        assert_eq!((count(held), count(nodes)), (1, 4));
    });
}

#[test]
fn a_folder_keeps_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let url: Url = folder.path().join("data").to_str().unwrap().parse().unwrap();
        Store::open(Options { clock: Clock::manual(START), ..Options::new(url, NEW) }).unwrap()
    };
    let first = open();
    first.write_blocking(|tx| tx.run("INSERT INTO shelf (id, name) VALUES (1, 'top')", params![])).unwrap();
    drop(first);
    let second = open();
    let name = second.read_blocking(|db| db.one("SELECT name FROM shelf", params![])?.get::<String>(0)).unwrap();
    assert_eq!(name, "top");
    let mode = second.read_blocking(|db| {
        Ok((
            db.raw("PRAGMA journal_mode", &[])?[0].get::<String>(0)?,
            db.raw("PRAGMA synchronous", &[])?[0].get::<i64>(0)?,
        ))
    });
    assert_eq!(mode.unwrap(), ("wal".to_owned(), 2));
}

#[test]
fn a_memory_store_leaves_nothing_and_shares_nothing() {
    let open = || Store::open(Options::new(Url::Memory, NEW)).unwrap();
    let (one, other) = (open(), open());
    one.write_blocking(|tx| tx.run("INSERT INTO shelf (id, name) VALUES (1, 'top')", params![])).unwrap();
    assert!(other.read_blocking(|db| db.maybe("SELECT id FROM shelf", params![])).unwrap().is_none());
    let file = one.read_blocking(|db| db.raw("PRAGMA database_list", &[])?[0].get::<String>(2)).unwrap();
    assert!(std::path::Path::new(&file).exists());
    drop(one);
    assert!(!std::path::Path::new(&file).exists());
}

#[test]
fn urls_are_read_and_shown_without_secrets() {
    let url = |text: &str| text.parse::<Url>().unwrap();
    assert_eq!(url("memory"), Url::Memory);
    assert_eq!(url("./data"), Url::Folder("./data".into()));
    let secret = url("postgres://shop:hunter2@db.example:5432/shop?sslmode=disable");
    assert_eq!(secret.to_string(), "postgres://db.example:5432/shop");
    assert_eq!(url("postgresql:///shop?host=/run/postgresql&password=hunter2").to_string(), "postgresql:///shop");
}

#[test]
fn a_backup_is_one_moment_while_the_store_serves() {
    for (_, store) in stores(NEW) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data").join("entrepot.db");
        std::fs::create_dir(folder.path().join("data")).unwrap();
        if store.engine() == Engine::Postgres {
            assert_eq!(store.backup(&file).unwrap_err().code, "not_sqlite");
            continue;
        }
        // Each transaction writes a shelf and a book: a copy never has one without the other.
        let pair = |number: i64| {
            move |tx: &mut store::Tx| {
                tx.run("INSERT INTO shelf (id, name) VALUES ($1, 's')", params![number])?;
                tx.run("INSERT INTO book (id, shelf) VALUES ($1, $1)", params![number])
            }
        };
        (0..500).for_each(|number| assert_eq!(store.write_blocking(pair(number)).unwrap(), 1));
        let busy = store.clone();
        let writer = std::thread::spawn(move || {
            (500..1500).for_each(|number| assert_eq!(busy.write_blocking(pair(number)).unwrap(), 1));
        });
        store.backup(&file).unwrap();
        writer.join().unwrap();
        let copy = Store::open(Options::new(Url::Folder(folder.path().join("data")), NEW)).unwrap();
        let counts = copy.read_blocking(|db| {
            let row = db.one("SELECT (SELECT COUNT(*) FROM shelf), (SELECT COUNT(*) FROM book)", params![])?;
            Ok((row.get::<i64>(0)?, row.get::<i64>(1)?))
        });
        let (shelves, books) = counts.unwrap();
        assert_eq!(shelves, books);
        assert!((500..=1500).contains(&shelves));
        let check = copy.read_blocking(|db| db.raw("PRAGMA integrity_check", &[])?[0].get::<String>(0)).unwrap();
        assert_eq!(check, "ok");
    }
}

fn fill(store: &Store) {
    let filled = store.write_blocking(|tx| {
        // A shelf that hangs below one that comes later: order does not matter to a copy.
        tx.run("INSERT INTO shelf (id, name) VALUES (9, 'it''s “ünicode” \\ \t')", params![])?;
        tx.run("INSERT INTO shelf (id, name, above) VALUES (1, 'below', 9)", params![])?;
        for number in 0..2500 {
            tx.run(
                "INSERT INTO book (id, shelf, title) VALUES ($1, 1, $2)",
                params![number, (number % 2 == 0).then_some("t")],
            )?;
        }
        tx.emit(1, &Filled {})?;
        tx.schedule(&Work { kind: "a", hands: 1, lease_seconds: 60, renews: false }.job(1, START))?;
        tx.once("key", "input", |_| Ok("answer".into()))?;
        tx.set_cursor("search", 1)
    });
    filled.unwrap();
}

#[test]
fn a_copy_is_equal_and_goes_on() {
    for (_, from) in stores(NEW) {
        fill(&from);
        for (engine, to) in stores(NEW) {
            let mut heard = vec![];
            let copied = from.copy_to(&to, |table, rows| heard.push((table.to_owned(), rows))).unwrap();
            assert_eq!(copied, 2500 + 2 + 1 + 1 + 1 + 1, "to {engine}");
            assert!(heard.contains(&("book".into(), 2500)));
            for table in from.tables().unwrap() {
                let rows = |store: &Store| {
                    let mut rows = vec![];
                    store
                        .export(&table, |row| {
                            rows.push(row.into_values());
                            Ok(())
                        })
                        .unwrap();
                    rows.sort();
                    rows
                };
                assert_eq!(rows(&from), rows(&to), "{}", table.name);
            }
            assert_eq!(from.copy_to(&to, |_, _| ()).unwrap_err().code, "not_empty");
            to.write_blocking(|tx| tx.emit(2, &Filled {})).unwrap();
            settle(&to);
            let events = to.read_blocking(|db| events_after(db, 0, 10)).unwrap();
            assert_eq!(events.iter().map(|event| event.subject).collect::<Vec<_>>(), [1, 2]);
            let orphan = to.write_blocking(|tx| tx.run("INSERT INTO book (id, shelf) VALUES (-1, 99)", params![]));
            assert!(orphan.is_err(), "foreign keys are back");
        }
    }
}

#[test]
fn a_copy_between_versions_is_refused() {
    let Some(to) = postgres(OLD) else { return println!("no PostgreSQL to test with") };
    let from = Store::open(Options::new(Url::Memory, NEW)).unwrap();
    assert_eq!(from.copy_to(&to, |_, _| ()).unwrap_err().code, "other_tables");
}

#[test]
fn an_import_is_all_or_nothing() {
    each(NEW, |store| {
        let table = store.tables().unwrap().into_iter().find(|table| table.name == "shelf").unwrap();
        let mut rows = vec![];
        fill(store);
        store
            .export(&table, |row| {
                rows.push(row);
                Ok(())
            })
            .unwrap();
        store
            .write_blocking(|tx| {
                tx.run("DELETE FROM book", params![])?;
                tx.run("UPDATE shelf SET above = NULL", params![])?;
                tx.run("DELETE FROM shelf", params![])
            })
            .unwrap();
        let broken = rows.clone().into_iter().map(Ok).chain([Err(base::Error::invalid("broken", "broken"))]);
        assert_eq!(store.import(&table, broken).unwrap_err().code, "broken");
        let count =
            || store.read_blocking(|db| db.one("SELECT COUNT(*) FROM shelf", params![])?.get::<i64>(0)).unwrap();
        assert_eq!(count(), 0);
        assert_eq!(store.import(&table, rows.clone().into_iter().map(Ok)).unwrap(), 2);
        assert_eq!(count(), 2);
    });
}
