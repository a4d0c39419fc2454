//! Data that are only looked at stay as they are, and damage is found.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use std::collections::BTreeMap;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::SystemTime;
use store::testing::{START, again, each, postgres};
use store::{Clock, Options, Schema, Store, Url, params};

const SHELF: &[Schema] = &[Schema {
    name: "shelf",
    migrations: &[
        "CREATE TABLE shelf (id BIGINT PRIMARY KEY, words TEXT NOT NULL); CREATE INDEX shelf_words ON shelf (words)",
    ],
    sealed: &[],
}];
const OTHER: &[Schema] =
    &[Schema { name: "other", migrations: &["CREATE TABLE other (id BIGINT PRIMARY KEY)"], sealed: &[] }, SHELF[0]];

fn options(folder: &Path, schemas: &'static [Schema]) -> Options {
    Options { clock: Clock::manual(START), ..Options::new(Url::Folder(folder.to_owned()), schemas) }
}

/// A folder with a filled database that nobody has open.
fn filled(folder: &Path) {
    let store = Store::open(options(folder, SHELF)).unwrap();
    let insert = "INSERT INTO shelf (id, words) VALUES ($1, $2)";
    let words = |number: i64| format!("{number} {}", "word ".repeat(40));
    store
        .write_blocking(move |tx| (0..3000).try_for_each(|number: i64| tx.send(insert, params![number, words(number)])))
        .unwrap();
}

/// Every file with its length and when it was changed.
fn files(folder: &Path) -> BTreeMap<String, (u64, SystemTime)> {
    let entry = |entry: std::fs::DirEntry| {
        let told = entry.metadata().unwrap();
        (entry.file_name().into_string().unwrap(), (told.len(), told.modified().unwrap()))
    };
    std::fs::read_dir(folder).unwrap().map(|found| entry(found.unwrap())).collect()
}

fn count(store: &Store) -> i64 {
    store.read_blocking(|db| db.one("SELECT COUNT(*) FROM shelf", params![])?.get(0)).unwrap()
}

#[test]
fn what_is_only_looked_at_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let before = files(folder.path());
    assert_eq!(before.len(), 1, "{before:?}");
    let store = Store::open_to_read(options(folder.path(), SHELF)).unwrap();
    assert_eq!(count(&store), 3000);
    assert_eq!(store.integrity().unwrap().findings, Vec::<String>::new());
    let refused = store.write_blocking(|tx| tx.run("DELETE FROM shelf", params![])).unwrap_err();
    assert!(refused.message.contains("opened to be read"), "{refused}");
    let refused = store.read_blocking(|db| db.raw("DELETE FROM shelf", params![])).unwrap_err();
    assert!(refused.message.contains("readonly"), "{refused}");
    drop(store);
    assert_eq!(files(folder.path()), before);
}

#[test]
fn what_a_server_has_open_is_read_with_its_log() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let server = Store::open(options(folder.path(), SHELF)).unwrap();
    server.write_blocking(|tx| tx.run("INSERT INTO shelf (id, words) VALUES (9000, 'x')", params![])).unwrap();
    let store = Store::open_to_read(options(folder.path(), SHELF)).unwrap();
    assert_eq!(count(&store), 3001, "what still lies in the write-ahead log is read too");
    server.write_blocking(|tx| tx.run("INSERT INTO shelf (id, words) VALUES (9001, 'x')", params![])).unwrap();
    assert_eq!(count(&store), 3002);
}

#[test]
fn postgres_is_looked_at_in_transactions_that_cannot_write() {
    let Some(server) = postgres(SHELF) else { return };
    server.write_blocking(|tx| tx.run("INSERT INTO shelf (id, words) VALUES (1, 'x')", params![])).unwrap();
    let looked = again_to_read(&server);
    assert_eq!(count(&looked), 1);
    assert!(looked.write_blocking(|tx| tx.run("DELETE FROM shelf", params![])).is_err());
    let told = looked.integrity().unwrap();
    assert_eq!(told.findings, Vec::<String>::new());
    assert!(told.looked.contains("amcheck"), "{told:?}");
}

fn again_to_read(store: &Store) -> Store {
    store::testing::again_to_read(store, SHELF).unwrap()
}

#[test]
fn tables_of_another_program_are_refused() {
    each(SHELF, |store| {
        assert!(again(store, OTHER).is_ok(), "a context more is a migration");
        for refused in [again(store, SHELF).err().unwrap(), store::testing::again_to_read(store, SHELF).err().unwrap()]
        {
            assert_eq!(refused.code, "database_foreign");
            assert!(refused.message.contains("“other”"), "{refused}");
        }
    });
    each(SHELF, |store| {
        let refused = store::testing::again_to_read(store, OTHER).err().unwrap();
        assert_eq!(refused.code, "database_older", "who only looks does not migrate");
    });
}

#[tokio::test]
async fn a_page_of_noise_is_found_wherever_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let file = folder.path().join("entrepot.db");
    let sound = std::fs::read(&file).unwrap();
    let pages = sound.len() as u64 / 4096;
    assert!(pages > 100, "{pages}");
    for turn in 0..20_u64 {
        std::fs::write(&file, &sound).unwrap();
        overwrite(&file, 1 + turn * (pages - 1) / 20);
        let problem = match Store::open_to_read(options(folder.path(), SHELF)) {
            Ok(store) => store.integrity().unwrap().findings.join("; "),
            Err(problem) => problem.message,
        };
        assert!(!problem.is_empty(), "page {}", 1 + turn * (pages - 1) / 20);
    }
    // The last one stays: a server that opens it is not ready, and says why.
    let Ok(server) = Store::open(options(folder.path(), SHELF)) else { return };
    server.look_in_background();
    let mut told = server.ailments().await;
    while told.iter().any(|ailment| ailment.part == "checking") {
        tokio::task::yield_now().await;
        told = server.ailments().await;
    }
    assert_eq!(told.iter().map(|ailment| ailment.part).collect::<Vec<_>>(), ["damaged"], "{told:?}");
}

/// Noise that repeats from run to run.
fn overwrite(file: &Path, page: u64) {
    let mut state = page.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let noise: Vec<u8> = (0..4096)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        })
        .collect();
    let mut file = std::fs::OpenOptions::new().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(page * 4096)).unwrap();
    file.write_all(&noise).unwrap();
}

#[tokio::test]
async fn a_sound_database_has_no_ailment() {
    for (_, store) in store::testing::stores(SHELF) {
        store.look_in_background();
        let mut told = store.ailments().await;
        while told.iter().any(|ailment| ailment.part == "checking") {
            tokio::task::yield_now().await;
            told = store.ailments().await;
        }
        assert_eq!(told, Vec::new());
        // A newer program has been here since.
        store
            .write_blocking(|tx| {
                tx.run("INSERT INTO store_migration (name, number, hash) VALUES ('shelf', 2, '')", params![])
            })
            .unwrap();
        let told = store.ailments().await;
        assert_eq!(told.iter().map(|ailment| ailment.part).collect::<Vec<_>>(), ["schema"], "{told:?}");
    }
}
