//! Seals: the chain holds over what the product does, and shows whatever else was done.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::testing::{again, each, settle, stores};
use store::{SEAL_BATCH, Schema, Sealed, Store, Tx, params, seal, seal_hash, seal_head, verify_seals};

const PAGES: &[Schema] = &[Schema {
    name: "page",
    migrations: &["CREATE TABLE page (id BIGINT PRIMARY KEY, words TEXT NOT NULL, number BIGINT, stamp TEXT NOT NULL)"],
    sealed: &[Sealed {
        table: "page",
        rows: "SELECT id, words, number FROM page WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    }],
}];

store::events! {
    Private "page.written" Written: i64;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Written {
    pages: i64,
}

struct Page;
impl base::Tag for Page {
    const PREFIX: &'static str = "pag";
}

fn write(store: &Store, count: i64) {
    let insert = "INSERT INTO page (id, words, number, stamp) VALUES ($1, $2, $3, '')";
    let written = store.write_blocking(move |tx| {
        for number in 0..count {
            let id = tx.id::<Page>();
            tx.send(insert, params![id, format!("page {number}"), (number % 2 == 0).then_some(number)])?;
        }
        tx.emit(1, &Written { pages: count })
    });
    written.unwrap();
}

/// Lets two minutes go by and seals twice: what was written before is settled for the second run.
fn seal_all(store: &Store) -> i64 {
    store.clock().advance_seconds(120);
    settle(store);
    let first = store.write_blocking(seal).unwrap();
    store.clock().advance_seconds(120);
    let mut sealed = first;
    loop {
        let more = store.write_blocking(seal).unwrap();
        sealed += more;
        if more < SEAL_BATCH {
            return sealed;
        }
    }
}

fn verify(store: &Store) -> Vec<String> {
    store.read_blocking(verify_seals).unwrap()
}

fn run(store: &Store, sql: &'static str) {
    store.write_blocking(move |tx| tx.raw(sql, params![]).map(drop)).unwrap();
}

#[test]
fn what_has_settled_is_sealed_once() {
    each(PAGES, |store| {
        write(store, 3);
        // The pages are too young. The event is settled at once, unless another transaction runs on the server.
        let at_once = store.write_blocking(seal).unwrap();
        assert!(at_once <= 1, "{at_once}");
        assert_eq!(at_once + seal_all(store), 4, "three pages, one event");
        let head = store.read_blocking(seal_head).unwrap().unwrap();
        assert_eq!((head.number, head.hash.len()), (2, 64));
        assert_eq!(seal_all(store), 0);
        write(store, 2);
        assert_eq!(verify(store), Vec::<String>::new(), "the unsealed change nothing");
        seal_all(store);
        assert_eq!(verify(store), Vec::<String>::new());
        let kept = store.read_blocking(move |db| seal_hash(db, head.number)).unwrap();
        assert_eq!(kept.as_deref(), Some(head.hash.as_str()), "an old head stays in the chain");
        run(store, "UPDATE page SET stamp = 'seen'");
        assert_eq!(verify(store), Vec::<String>::new(), "what is not sealed may change");
    });
}

#[test]
fn more_than_a_batch_goes_in_bounded_blocks() {
    each(PAGES, |store| {
        write(store, SEAL_BATCH + 700);
        assert_eq!(seal_all(store), SEAL_BATCH + 701);
        assert_eq!(verify(store), Vec::<String>::new());
        let most = "SELECT MAX(row_count) FROM seal";
        let most: i64 = store.read_blocking(move |db| db.one(most, params![])?.get(0)).unwrap();
        assert!(most <= SEAL_BATCH);
    });
}

#[test]
fn every_change_behind_the_products_back_is_found() {
    const CHANGES: [(&str, &str); 11] = [
        ("a row is not as it was sealed", "UPDATE page SET words = words || '.' WHERE id = (SELECT MIN(id) FROM page)"),
        ("a row is not as it was sealed", "UPDATE page SET number = NULL WHERE id = (SELECT MIN(id) FROM page)"),
        ("a row is not as it was sealed", "UPDATE event SET actor = 'person:1'"),
        ("has 5 rows, 6 were sealed", "DELETE FROM page WHERE id = (SELECT MAX(id) FROM page)"),
        ("has 7 rows, 6 were sealed", "INSERT INTO page (id, words, stamp) VALUES (5, 'between', '')"),
        ("was changed itself", "UPDATE seal SET at = at + 1 WHERE number = 1"),
        ("was changed itself", "UPDATE seal SET content = 'x' WHERE number = 2"),
        ("does not follow block", "DELETE FROM seal WHERE number = 1"),
        ("the seal is gone", "DELETE FROM seal WHERE number = (SELECT MAX(number) FROM seal)"),
        ("the seal is gone", "DELETE FROM seal"),
        ("“pages”, which is not sealed", "UPDATE seal SET series = 'pages' WHERE number = 2"),
    ];
    each(PAGES, |store| {
        write(store, 6);
        seal_all(store);
        assert_eq!(verify(store), Vec::<String>::new());
        for (says, sql) in CHANGES {
            let found = store.write_blocking(move |tx| {
                tx.raw(sql, params![])?;
                let found = verify_seals(tx)?;
                Err::<(), _>(base::Error::invalid("undone", found.join("\n")))
            });
            let found = found.unwrap_err().message;
            assert!(found.contains(says), "{sql}: {found}");
        }
        assert_eq!(verify(store), Vec::<String>::new());
    });
}

/// Whoever writes a block anew can give it a hash that is right, and not the block behind it.
#[test]
fn a_block_that_was_written_anew_does_not_fit_the_next() {
    const FIRST: &str =
        "SELECT series, after_id, through_id, row_count, content, previous, at FROM seal WHERE number = 1";
    each(PAGES, |store| {
        write(store, 6);
        seal_all(store);
        let forge = |tx: &mut Tx| {
            let row = tx.one(FIRST, params![])?;
            let (table, content, previous): (String, String, String) = (row.get(0)?, row.get(4)?, row.get(5)?);
            let (after, through, rows, at): (i64, i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(6)?);
            let at = at + 1;
            let text =
                format!("entrepot seal 1\n1\n{table}\n{after}\n{through}\n{rows}\n{content}\n{at}\n{previous}\n");
            let hash = base::hex::digits(&Sha256::digest(text));
            tx.run("UPDATE seal SET at = $1, hash = $2 WHERE number = 1", params![at, hash])?;
            verify_seals(tx)
        };
        let found = store.write_blocking(forge).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("does not follow block 1"), "{found:?}");
    });
}

#[test]
fn two_nodes_write_one_chain() {
    each(PAGES, |store| {
        let other = again(store, PAGES).unwrap();
        for round in 0..6 {
            write(if round % 2 == 0 { store } else { &other }, 4);
            store.clock().advance_seconds(90);
            std::thread::scope(|scope| {
                for node in [store, &other] {
                    scope.spawn(move || node.write_blocking(seal).unwrap());
                }
            });
        }
        seal_all(store);
        assert_eq!(verify(&other), Vec::<String>::new());
        let rows = "SELECT COALESCE(SUM(row_count), 0) FROM seal";
        let rows: i64 = store.read_blocking(move |db| db.one(rows, params![])?.get(0)).unwrap();
        assert_eq!(rows, 24 + 6);
    });
}

#[test]
fn a_copy_keeps_the_chain_and_goes_on_with_it() {
    for (_, from) in stores(PAGES) {
        write(&from, 10);
        seal_all(&from);
        for (engine, to) in stores(PAGES) {
            from.copy_to(&to, |_, _| {}).unwrap();
            to.clock().set(from.clock().now());
            let head = |store: &Store| store.read_blocking(seal_head).unwrap().unwrap();
            assert_eq!(head(&from), head(&to), "to {engine}");
            write(&to, 5);
            assert_eq!(seal_all(&to), 6);
            assert_eq!(verify(&to), Vec::<String>::new(), "to {engine}");
        }
    }
}
