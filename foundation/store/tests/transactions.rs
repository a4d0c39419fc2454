//! How transactions behave, on every engine there is.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use base::{Actor, Error, Id, Kind, Moment, Role, Tag};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;
use store::testing::{START, each};
use store::{Engine, Schema, Store, Tx, params};

struct Thing;
impl Tag for Thing {
    const PREFIX: &'static str = "thg";
}

const SCHEMAS: &[Schema] = &[Schema {
    name: "thing",
    sealed: &[],
    migrations: &["-- it's things; and semicolons
        CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL DEFAULT 'BIGINT; it''s', size BIGINT);
        CREATE INDEX thing_name ON thing (name, id);"],
}];

fn put(tx: &mut Tx, id: i64, name: &str) -> base::Result<u64> {
    tx.run("INSERT INTO thing (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", params![id, name])
}

fn count(store: &Store) -> i64 {
    store.read_blocking(|db| db.one("SELECT COUNT(*) FROM thing", params![])?.get(0)).unwrap()
}

#[test]
fn writes_and_reads_back() {
    each(SCHEMAS, |store| {
        assert_eq!(START, "2026-11-20T09:00:00Z".parse::<Moment>().unwrap());
        let id = store.write_blocking(|tx| {
            let id = tx.id::<Thing>();
            let sql = "INSERT INTO thing (id, name, size) VALUES ($1, $2, $3)";
            let changed = tx.run(sql, params![id, "a", None::<i64>])?;
            assert_eq!((changed, tx.now(), tx.actor()), (1, START, Actor::System));
            Ok(id)
        });
        let id = id.unwrap();
        let row = store.read_blocking(move |db| {
            db.one("SELECT id, name, size, $2, $3 FROM thing WHERE id = $1 AND id = $1", params![id, 7, "seven"])
        });
        let row = row.unwrap();
        assert_eq!(row.get::<Id<Thing>>(0).unwrap(), id);
        assert_eq!(row.get::<String>(1).unwrap(), "a");
        assert_eq!(row.get::<Option<i64>>(2).unwrap(), None);
        assert_eq!(row.get::<i64>(3).unwrap(), 7);
        assert_eq!(row.get::<String>(4).unwrap(), "seven");
        assert!(row.get::<i64>(1).is_err());
        assert!(row.get::<i64>(2).is_err());
        assert!(row.get::<i64>(5).is_err());
    });
}

#[test]
fn statements_happen_in_the_order_in_which_they_were_written_down() {
    each(SCHEMAS, |store| {
        let seen = store.write_blocking(|tx| {
            for id in 0..200 {
                tx.send("INSERT INTO thing (id, name, size) VALUES ($1, 'a', $2)", params![id, 0])?;
                tx.send("UPDATE thing SET size = $2 WHERE id = $1", params![id, id])?;
            }
            let changed = tx.run("UPDATE thing SET name = 'b' WHERE size = id", params![])?;
            tx.send("DELETE FROM thing WHERE id >= $1", params![150])?;
            let sum: i64 = tx.one("SELECT SUM(size) FROM thing WHERE name = 'b'", params![])?.get(0)?;
            tx.send("DELETE FROM thing WHERE id >= $1", params![100])?;
            Ok((changed, sum))
        });
        assert_eq!(seen.unwrap(), (200, 149 * 150 / 2));
        assert_eq!(count(store), 100, "what was sent last is there, too");
    });
}

#[test]
fn a_statement_that_was_only_sent_fails_its_transaction() {
    each(SCHEMAS, |store| {
        let insert = "INSERT INTO thing (id, name) VALUES ($1, 'a')";
        for asks_afterwards in [false, true] {
            let outcome = store.write_blocking(move |tx| {
                tx.send(insert, params![1])?;
                // An engine may say here what is wrong, or later.
                let _ = tx.send(insert, params![1]);
                tx.send(insert, params![2]).ok();
                if asks_afterwards {
                    let _ = tx.maybe("SELECT id FROM thing", params![]);
                }
                Ok(())
            });
            assert_eq!(outcome.unwrap_err().kind, Kind::Internal);
            assert_eq!(count(store), 0, "nothing of it is there");
            store.write_blocking(|tx| tx.send("DELETE FROM thing", params![])).unwrap();
        }
    });
}

const INSERT: &str = "INSERT INTO thing (id, name, size) VALUES ($1, $2, $3)";
const NAME_OF: &str = "SELECT name FROM thing WHERE id = $1";

#[test]
fn rows_that_were_only_sent_are_all_there_however_many() {
    for many in [1, 2, 7, 8, 9, 64, 150] {
        each(SCHEMAS, |store| {
            store
                .write_blocking(move |tx| {
                    for id in 0..many {
                        let size = (id % 3 == 0).then_some(id * 10);
                        tx.send(INSERT, params![id, format!("thing {id}"), size])?;
                    }
                    tx.send("UPDATE thing SET name = 'changed' WHERE id = $1", params![0])
                })
                .unwrap();
            let rows = store.read_blocking(|db| db.query("SELECT id, name, size FROM thing ORDER BY id", params![]));
            for (id, row) in rows.unwrap().iter().enumerate() {
                let name = if id == 0 { "changed".to_owned() } else { format!("thing {id}") };
                assert_eq!(row.get::<i64>(0).unwrap(), id as i64);
                assert_eq!(row.get::<String>(1).unwrap(), name);
                assert_eq!(row.get::<Option<i64>>(2).unwrap(), (id % 3 == 0).then_some(id as i64 * 10));
            }
            assert_eq!(count(store), many);
        });
    }
}

#[test]
fn one_wrong_row_of_many_that_were_sent_fails_all() {
    each(SCHEMAS, |store| {
        let error = store.write_blocking(|tx| {
            [1, 2, 3, 2, 4].into_iter().try_for_each(|id| tx.send(INSERT, params![id, "same", id]))
        });
        let error = error.unwrap_err();
        assert!(error.message.contains("INSERT INTO thing"), "{error:?}");
        assert_eq!(count(store), 0);
    });
}

#[test]
fn what_is_asked_ahead_is_answered_as_if_it_had_not_been() {
    each(SCHEMAS, |store| {
        store.write_blocking(|tx| Ok((put(tx, 1, "one")?, put(tx, 2, "two")?))).unwrap();
        let name = |tx: &mut Tx, id: i64| tx.one(NAME_OF, params![id])?.get::<String>(0);
        store
            .write_blocking(move |tx| {
                tx.ahead(NAME_OF, params![1])?;
                tx.ahead(NAME_OF, params![2])?;
                assert_eq!((name(tx, 2)?, name(tx, 2)?, name(tx, 1)?), ("two".into(), "two".into(), "one".into()));
                // Whatever is changed, nothing older than that is answered.
                tx.ahead(NAME_OF, params![1])?;
                tx.run("UPDATE thing SET name = 'run' WHERE id = $1", params![1])?;
                assert_eq!(name(tx, 1)?, "run");
                tx.ahead(NAME_OF, params![1])?;
                assert_eq!(name(tx, 2)?, "two");
                tx.send("UPDATE thing SET name = 'sent' WHERE id = $1", params![1])?;
                assert_eq!(name(tx, 1)?, "sent");
                // What was never asked is nobody's answer in another transaction.
                tx.ahead(NAME_OF, params![2])?;
                assert_eq!(name(tx, 1)?, "sent");
                Ok(())
            })
            .unwrap();
        store.write_blocking(|tx| tx.run("UPDATE thing SET name = 'later' WHERE id = $1", params![2])).unwrap();
        let later = store.read_blocking(|db| db.one(NAME_OF, params![2])?.get::<String>(0));
        assert_eq!(later.unwrap(), "later");
    });
}

#[test]
fn a_wrong_question_asked_ahead_fails_its_transaction() {
    each(SCHEMAS, |store| {
        let outcome = store.write_blocking(|tx| {
            put(tx, 1, "one")?;
            let ahead = tx.ahead("SELECT size / $1 FROM thing", params![0]);
            let asked = tx.query("SELECT size / $1 FROM thing", params![0]).map(drop);
            ahead.and(asked)
        });
        // SQLite finds nothing where PostgreSQL refuses; on neither is half of it there.
        assert_eq!(outcome.is_ok(), count(store) == 1, "{outcome:?}");
    });
}

#[test]
fn a_statement_for_each_of_several_rows_answers_in_their_order() {
    each(SCHEMAS, |store| {
        let rows = |ids: &[i64]| ids.iter().map(|id| params![*id, "same"].to_vec()).collect::<Vec<_>>();
        let put = "INSERT INTO thing (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
        store
            .write_blocking(move |tx| {
                assert_eq!(tx.run_each(put, &rows(&[1, 2, 1, 3]))?, [1, 1, 0, 1]);
                assert!(tx.run_each(put, &[])?.is_empty());
                Ok(())
            })
            .unwrap();
        assert_eq!(count(store), 3);
        let broken =
            store.write_blocking(|tx| tx.run_each(INSERT, &[params![7, "a", 1].to_vec(), params![7, "b", 1].to_vec()]));
        assert!(broken.is_err());
        assert_eq!(count(store), 3);
    });
}

#[test]
fn a_failed_closure_leaves_nothing() {
    each(SCHEMAS, |store| {
        let failed = store.write_blocking(|tx| {
            put(tx, 1, "x")?;
            Err::<(), _>(Error::conflict("nope", "no"))
        });
        assert_eq!(failed.unwrap_err().code, "nope");
        let panicked = store.write_blocking(|tx| {
            put(tx, 1, "x")?;
            if count_in(tx)? == 1 {
                panic!("on purpose");
            }
            Ok(())
        });
        let error = panicked.unwrap_err();
        assert_eq!(error.kind, Kind::Internal);
        assert!(error.message.contains("on purpose"), "{error}");
        assert_eq!(count(store), 0);
    });
}

fn count_in(tx: &mut Tx) -> base::Result<i64> {
    tx.one("SELECT COUNT(*) FROM thing", params![])?.get(0)
}

#[test]
fn failures_in_a_group_do_not_touch_the_others() {
    each(SCHEMAS, |store| {
        // The first closure holds the writer up until all others wait, so that they share one commit.
        let (go, wait) = sync_channel::<()>(0);
        let mut callers = vec![];
        let first = store.clone();
        let (started, running) = sync_channel::<()>(1);
        callers.push(thread::spawn(move || {
            first.write_blocking(move |tx| {
                let _ = started.try_send(());
                let _ = wait.recv();
                put(tx, 1_000_000, "first")
            })
        }));
        running.recv().unwrap();
        for number in 0..40_i64 {
            let store = store.clone();
            callers.push(thread::spawn(move || {
                store.write_blocking(move |tx| {
                    let changed = put(tx, number, "n")?;
                    match number % 4 {
                        0 => Ok(changed),
                        1 => Err(Error::conflict("odd", "odd")),
                        2 => tx.run("INSERT INTO thing (id, name) VALUES ($1, 'twice')", params![number]),
                        _ => panic!("on purpose"),
                    }
                })
            }));
        }
        drop(go);
        let outcomes: Vec<_> = callers.into_iter().map(|caller| caller.join().unwrap()).collect();
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Ok(1))).count(), 11);
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Err(error) if error.code == "odd")).count(), 10);
        assert_eq!(count(store), 11);
    });
}

#[test]
fn only_a_failure_half_way_makes_a_group_run_again() {
    each(SCHEMAS, |store| {
        let ran = Arc::new(AtomicUsize::new(0));
        for half_way in [false, true] {
            ran.store(0, Ordering::SeqCst);
            let (go, wait) = sync_channel::<()>(0);
            let (started, running) = sync_channel::<()>(1);
            let first = store.clone();
            let held = thread::spawn(move || {
                first.write_blocking(move |_| {
                    let _ = started.try_send(());
                    let _ = wait.recv();
                    Ok(())
                })
            });
            running.recv().unwrap();
            let base = if half_way { 100 } else { 0 };
            let (one, other) = (store.clone(), store.clone());
            let ran_one = ran.clone();
            let good = thread::spawn(move || {
                one.write_blocking(move |tx| {
                    ran_one.fetch_add(1, Ordering::SeqCst);
                    put(tx, base, "good")?;
                    tx.one("SELECT COUNT(*) FROM thing WHERE name = 'good'", params![])?.get::<i64>(0)
                })
            });
            let bad = thread::spawn(move || {
                other.write_blocking(move |tx| {
                    if half_way {
                        put(tx, base + 1, "bad")?;
                    }
                    Err::<(), _>(Error::conflict("no", "no"))
                })
            });
            drop(go);
            held.join().unwrap().unwrap();
            assert_eq!(good.join().unwrap().unwrap(), 1 + i64::from(half_way));
            assert_eq!(bad.join().unwrap().unwrap_err().code, "no");
            assert_eq!(count(store), 1 + i64::from(half_way), "what failed has left nothing");
            let runs = ran.load(Ordering::SeqCst);
            assert!(if half_way { (1..=2).contains(&runs) } else { runs == 1 }, "{runs}");
        }
    });
}

#[test]
fn a_swallowed_database_error_still_fails_the_transaction() {
    each(SCHEMAS, |store| {
        let outcome = store.write_blocking(|tx| {
            put(tx, 1, "x")?;
            let _ = tx.run("INSERT INTO thing (id, name) VALUES ($1, $2)", params![1, "again"]);
            Ok(())
        });
        let error = outcome.unwrap_err();
        assert_eq!(error.kind, Kind::Internal);
        assert!(error.message.contains("INSERT INTO thing"), "{error}");
        assert!(error.place.file().ends_with("transactions.rs"), "{}", error.place);
        assert_eq!(count(store), 0);
    });
}

#[test]
fn wrong_statements_say_so() {
    each(SCHEMAS, |store| {
        for (sql, values) in [("SELECT nonsense", 0), ("SELECT $1 + $2", 1), ("SELECT id FROM none", 0)] {
            let error = store.write_blocking(move |tx| tx.query(sql, &params![1, 2][..values])).unwrap_err();
            assert_eq!(error.kind, Kind::Internal);
            assert!(error.message.contains(sql), "{error}");
        }
        if store.engine() == Engine::Sqlite {
            let error = store.read_blocking(|db| db.query("SELECT $1", params![1, 2])).unwrap_err();
            assert!(error.message.starts_with("2 values for 1 parameters"), "{error}");
        }
        let error = store.read_blocking(|db| db.one("SELECT id FROM thing", params![])).unwrap_err();
        assert_eq!(error.message, "no row: SELECT id FROM thing");
    });
}

#[test]
fn a_read_cannot_write() {
    each(SCHEMAS, |store| {
        let outcome =
            store.read_blocking(|db| db.query("INSERT INTO thing (id, name) VALUES (1, 'x') RETURNING id", params![]));
        assert_eq!(outcome.unwrap_err().kind, Kind::Internal);
        assert_eq!(count(store), 0);
    });
}

#[test]
fn a_read_sees_one_moment() {
    each(SCHEMAS, |store| {
        let (other, reader) = (store.clone(), store.clone());
        let counts = reader.read_blocking(move |db| {
            let before: i64 = db.one("SELECT COUNT(*) FROM thing", params![])?.get(0)?;
            // The write is committed while this snapshot is open.
            other.write_blocking(|tx| put(tx, 1, "x"))?;
            Ok((before, db.one("SELECT COUNT(*) FROM thing", params![])?.get::<i64>(0)?))
        });
        assert_eq!(counts.unwrap(), (0, 0));
        assert_eq!(count(store), 1);
    });
}

#[test]
fn every_caller_has_an_actor() {
    each(SCHEMAS, |store| {
        let buyer = Actor::Person { person: 5, organisation: 0, role: Role::Buyer };
        assert_eq!(store.write_as_blocking(buyer, |tx| Ok(tx.actor())).unwrap(), buyer);
        assert_eq!(store.read_as_blocking(Actor::Guest, |db| Ok(db.actor())).unwrap(), Actor::Guest);
        assert_eq!(store.read_blocking(|db| Ok(db.actor())).unwrap(), Actor::System);
    });
}

#[test]
fn both_engines_answer_alike() {
    each(SCHEMAS, |store| {
        let row = store.write_blocking(|tx| {
            for (id, name) in [(1, "b"), (2, "B"), (3, "a"), (4, "ä"), (5, "Z")] {
                put(tx, id, name)?;
            }
            tx.run("UPDATE thing SET size = $1 WHERE id <= 2", params![1_i64 << 40])?;
            let names = tx.query("SELECT name FROM thing ORDER BY name", params![])?;
            let names: base::Result<Vec<String>> = names.iter().map(|row| row.get(0)).collect();
            assert_eq!(names?, ["B", "Z", "a", "b", "ä"], "TEXT is in byte order");
            let like = tx.query("SELECT id FROM thing WHERE name LIKE $1", params!["b%"])?;
            assert_eq!(like.len(), 1, "LIKE minds the case");
            let none: Option<&str> = None;
            let all = tx.query("SELECT id FROM thing WHERE $1 IS NULL OR name = $1", params![none])?;
            assert_eq!(all.len(), 5);
            let no_size: Option<i64> = None;
            let all = tx.query("SELECT id FROM thing WHERE $1 IS NULL OR size = $1", params![no_size])?;
            assert_eq!(all.len(), 5);
            let page = tx.query("SELECT id FROM thing WHERE id > $1 ORDER BY id LIMIT $2", params![1, 2])?;
            assert_eq!(page.len(), 2);
            let sql = "SELECT SUM(size), COUNT(*), 1, id = 2, EXISTS (SELECT 1 FROM thing), LENGTH(name), SUM(id) \
                 FROM thing WHERE id = 2 GROUP BY id, name";
            tx.one(sql, params![])
        });
        let row = row.unwrap();
        let numbers: Vec<i64> = (0..7).map(|column| row.get(column).unwrap()).collect();
        assert_eq!(numbers, [1 << 40, 1, 1, 1, 1, 1, 2]);
        assert!(row.get::<bool>(3).unwrap());
        assert!(row.get::<bool>(0).is_err(), "only 0 and 1 are truth values");
    });
}

#[test]
fn floats_do_not_come_out() {
    each(SCHEMAS, |store| {
        let outcome = store.read_blocking(|db| db.query("SELECT 1.5", params![]));
        assert_eq!(outcome.unwrap_err().kind, Kind::Internal);
    });
}

#[test]
fn explains_and_refuses() {
    each(SCHEMAS, |store| {
        let plan =
            store.read_blocking(|db| db.explain("SELECT id FROM thing WHERE name = $1 AND id > $2 LIMIT $3")).unwrap();
        assert!(!plan.is_empty());
        if store.engine() == Engine::Sqlite {
            assert!(plan[0].contains("USING COVERING INDEX thing_name"), "{plan:?}");
        }
        assert!(store.read_blocking(|db| db.explain("SELECT wrong FROM thing")).is_err());
        let optional = "SELECT id FROM thing WHERE ($1 IS NULL OR name = $1) AND ($2 IS NULL OR size = $2)";
        store.read_blocking(move |db| db.explain(optional)).unwrap();
        let writes = ["INSERT INTO thing (id, name) VALUES ($1, $2) RETURNING id", "DELETE FROM thing WHERE id = $1"];
        for sql in writes {
            store.write_blocking(move |tx| tx.explain(sql)).unwrap();
        }
        assert_eq!(count(store), 0);
    });
}

#[test]
fn async_callers_and_closing() {
    each(SCHEMAS, |store| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let runs = Arc::new(AtomicUsize::new(0));
        runtime.block_on(async {
            let mut waiting = vec![];
            for number in 0..100 {
                let (store, runs) = (store.clone(), runs.clone());
                waiting.push(tokio::spawn(async move {
                    let added = store.write(move |tx| {
                        runs.fetch_add(1, Ordering::Relaxed);
                        put(tx, number, "n")
                    });
                    let added = added.await?;
                    let seen = store.read(move |db| db.maybe("SELECT id FROM thing WHERE id = $1", params![number]));
                    assert!(seen.await?.is_some(), "a caller sees what it has written");
                    Ok::<u64, Error>(added)
                }));
            }
            for task in waiting {
                assert_eq!(task.await.unwrap().unwrap(), 1);
            }
            assert_eq!(store.write_as(Actor::Guest, |tx| Ok(tx.actor())).await.unwrap(), Actor::Guest);
            assert_eq!(store.read_as(Actor::Guest, |db| Ok(db.actor())).await.unwrap(), Actor::Guest);
        });
        assert_eq!(runs.load(Ordering::Relaxed), 100);
        store.close();
        let error = store.write_blocking(|tx| put(tx, 1, "late")).unwrap_err();
        assert_eq!((error.kind, error.code), (Kind::Unavailable, "closing"));
        store.close();
    });
}
