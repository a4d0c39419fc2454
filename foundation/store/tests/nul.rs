//! What one engine cannot keep neither is given: texts with U+0000.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use base::{Actor, Kind};
use store::testing::{each, stores};
use store::{Options, Schema, Store, Tx, Url, params};

const NOTE: &str = "CREATE TABLE note (id BIGINT PRIMARY KEY, title TEXT NOT NULL, words TEXT NOT NULL)";
const SCHEMAS: &[Schema] = &[Schema { name: "note", sealed: &[], migrations: &[NOTE] }];
const PUT: &str = "INSERT INTO note (id, title, words) VALUES ($1, 'title', $2)";

fn count(store: &Store) -> i64 {
    store.read_blocking(|db| db.raw("SELECT COUNT(*) FROM note", &[])?[0].get(0)).unwrap()
}

#[test]
fn a_text_with_nul_is_refused_alike_and_the_rest_goes_on() {
    each(SCHEMAS, |store| {
        let refused = store
            .write_blocking(|tx: &mut Tx| {
                tx.run(PUT, params![1_i64, "fine"])?;
                tx.run(PUT, params![2_i64, "not\0fine"])
            })
            .unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::Invalid, "text_nul"));
        assert!(refused.message.contains("U+0000") && !refused.message.contains("INSERT"), "{}", refused.message);
        assert_eq!(count(store), 0, "all of a deed or nothing");
        // Whoever takes rows one by one tells the wrong one and goes on.
        let kept = store
            .write_blocking(|tx: &mut Tx| {
                let rows = [(1_i64, "one"), (2, "t\0wo"), (3, "three")];
                Ok(rows.iter().filter(|(id, words)| tx.run(PUT, params![*id, *words]).is_ok()).count())
            })
            .unwrap();
        assert_eq!((kept, count(store)), (2, 2));
        assert_eq!(
            store.write_blocking(|tx: &mut Tx| tx.send(PUT, params![4_i64, "\0"])).unwrap_err().code,
            "text_nul"
        );
        let asked = store.read_blocking(|db| db.query("SELECT id FROM note WHERE words = $1", params!["\0"]));
        assert_eq!(asked.unwrap_err().code, "text_nul", "nor is anything looked for by it");
    });
}

/// A folder from before the gate: the copy names table and row in one sentence, and nothing goes over.
#[test]
fn a_copy_names_the_row_that_cannot_go() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open(Options::new(Url::Folder(folder.path().to_owned()), SCHEMAS)).unwrap();
    let old = open();
    old.write_as_blocking(Actor::System, |tx: &mut Tx| {
        for id in 1..=300_i64 {
            tx.run(PUT, params![id, "fine"])?;
        }
        tx.raw("UPDATE note SET words = 'a' || char(0) || 'b' WHERE id = 217", &[]).map(drop)
    })
    .unwrap();
    for (engine, to) in stores(SCHEMAS) {
        let refused = old.copy_to(&to, |_, _| ()).unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::Conflict, "text_nul"), "{engine}");
        let said = &refused.message;
        assert!(said.contains("note") && said.contains("217") && said.contains("words") && said.len() < 300, "{said}");
        assert_eq!(count(&to), 0, "{engine}");
    }
    old.close();
}
