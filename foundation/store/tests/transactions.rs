//! How transactions behave, on every engine there is.

use base::{Actor, Error, Id, Moment, Tag};
use store::testing::{START, each};
use store::{Schema, params};

struct Thing;
impl Tag for Thing {
    const PREFIX: &'static str = "thg";
}

const SCHEMAS: &[Schema] = &[Schema {
    name: "thing",
    migrations: &["-- things; and semicolons
        CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL DEFAULT 'BIGINT; it''s', size BIGINT);
        CREATE INDEX thing_name ON thing (name, id);"],
}];

#[test]
fn writes_and_reads_back() {
    each(SCHEMAS, |store| {
        assert_eq!(START, "2026-11-20T09:00:00Z".parse::<Moment>().unwrap());
        let id = store
            .write_blocking(|tx| {
                let id = tx.id::<Thing>();
                let changed =
                    tx.run("INSERT INTO thing (id, name, size) VALUES ($1, $2, $3)", params![id, "a", None::<i64>])?;
                assert_eq!((changed, tx.now(), tx.actor()), (1, START, Actor::System));
                Ok(id)
            })
            .unwrap();
        let row = store
            .read_blocking(move |db| {
                db.one("SELECT id, name, size, $2 FROM thing WHERE id = $1 AND id = $1", params![id, 7])
            })
            .unwrap();
        assert_eq!(row.get::<Id<Thing>>(0).unwrap(), id);
        assert_eq!(row.get::<String>(1).unwrap(), "a");
        assert_eq!(row.get::<Option<i64>>(2).unwrap(), None);
        assert_eq!(row.get::<i64>(3).unwrap(), 7);
        assert!(row.get::<i64>(1).is_err());
        assert!(row.get::<i64>(4).is_err());
    });
}

#[test]
fn a_failed_closure_leaves_nothing() {
    each(SCHEMAS, |store| {
        let failed = store.write_blocking(|tx| {
            tx.run("INSERT INTO thing (id, name) VALUES ($1, 'x')", params![1])?;
            Err::<(), _>(Error::conflict("nope", "no"))
        });
        assert_eq!(failed.unwrap_err().code, "nope");
        let count = store.read_blocking(|db| db.one("SELECT COUNT(*) FROM thing", params![])?.get::<i64>(0)).unwrap();
        assert_eq!(count, 0);
    });
}
