//! What only a server can do to a transaction: collide, deadlock, go away.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use base::Kind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;
use store::testing::{postgres, set_patience};
use store::{Schema, params};

const SCHEMAS: &[Schema] = &[Schema {
    name: "box",
    sealed: &[],
    migrations: &["CREATE TABLE box (id BIGINT PRIMARY KEY, content BIGINT NOT NULL);
        INSERT INTO box (id, content) VALUES (1, 0);
        INSERT INTO box (id, content) VALUES (2, 0)"],
}];

const ADD: &str = "UPDATE box SET content = content + $2 WHERE id = $1";

fn contents(store: &store::Store) -> Vec<i64> {
    let rows = store.read_blocking(|db| db.query("SELECT content FROM box ORDER BY id", params![])).unwrap();
    rows.iter().map(|row| row.get(0).unwrap()).collect()
}

#[test]
fn deadlocked_closures_run_again() {
    let Some(store) = postgres(SCHEMAS) else { return println!("no PostgreSQL to test with") };
    let (runs, barrier) = (Arc::new(AtomicUsize::new(0)), Arc::new(Barrier::new(2)));
    let callers = [[1, 2], [2, 1]].map(|[first, second]| {
        let (store, runs, barrier) = (store.clone(), runs.clone(), barrier.clone());
        thread::spawn(move || {
            let mut met = false;
            store.write_blocking(move |tx| {
                runs.fetch_add(1, Ordering::SeqCst);
                tx.run(ADD, params![first, 1])?;
                if !std::mem::replace(&mut met, true) {
                    barrier.wait();
                }
                tx.run(ADD, params![second, 10])
            })
        })
    });
    for caller in callers {
        assert_eq!(caller.join().unwrap().unwrap(), 1);
    }
    assert_eq!(contents(&store), [11, 11]);
    // Whoever was run again may be as fast as to meet the other once more.
    let runs = runs.load(Ordering::SeqCst);
    assert!(runs >= 3, "one of the two was run again: {runs}");
}

#[test]
fn a_serialization_failure_runs_again_even_if_the_closure_hides_it() {
    let Some(store) = postgres(SCHEMAS) else { return println!("no PostgreSQL to test with") };
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let outcome = store.write_blocking(move |tx| {
        tx.run(ADD, params![1, 1])?;
        if counted.fetch_add(1, Ordering::SeqCst) < 2 {
            let _ = tx.raw("DO $$ BEGIN RAISE EXCEPTION 'collision' USING ERRCODE = '40001'; END $$", &[]);
        }
        Ok(())
    });
    outcome.unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 3);
    assert_eq!(contents(&store), [1, 0]);
}

#[test]
fn collisions_without_end_become_an_error() {
    let Some(store) = postgres(SCHEMAS) else { return println!("no PostgreSQL to test with") };
    let outcome = store.write_blocking(|tx| {
        tx.run(ADD, params![1, 1])?;
        tx.raw("DO $$ BEGIN RAISE EXCEPTION 'collision' USING ERRCODE = '40P01'; END $$", &[])
    });
    assert_eq!(outcome.unwrap_err().code, "collisions");
    assert_eq!(contents(&store), [0, 0]);
}

#[test]
fn a_lost_connection_is_replaced() {
    let Some(store) = postgres(SCHEMAS) else { return println!("no PostgreSQL to test with") };
    const KILL_OTHERS: &str = "SELECT pg_terminate_backend(pid)::TEXT FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for _ in 0..3 {
        // Idle connections die unseen, and the next closure finds out.
        store.read_blocking(|db| db.raw(KILL_OTHERS, &[])).unwrap();
        for _ in 0..6 {
            store.write_blocking(|tx| tx.run(ADD, params![1, 1])).unwrap();
        }
    }
    assert_eq!(contents(&store), [18, 0]);
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let outcome = store.write_blocking(move |tx| {
        tx.run(ADD, params![2, 1])?;
        if counted.fetch_add(1, Ordering::SeqCst) == 0 {
            tx.raw("SELECT pg_terminate_backend(pg_backend_pid())::TEXT", &[])?;
        }
        tx.run(ADD, params![2, 10])
    });
    assert_eq!(outcome.unwrap(), 1);
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(contents(&store), [18, 11]);
}

#[test]
fn a_connection_lost_in_the_commit_is_an_unknown_outcome() {
    let Some(store) = postgres(SCHEMAS) else { return println!("no PostgreSQL to test with") };
    let prepare = store.write_blocking(|tx| {
        tx.raw(
            "CREATE FUNCTION die() RETURNS TRIGGER LANGUAGE plpgsql AS \
             $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$",
            &[],
        )?;
        tx.raw(
            "CREATE CONSTRAINT TRIGGER die AFTER UPDATE ON box DEFERRABLE INITIALLY DEFERRED \
             FOR EACH ROW WHEN (new.id = 2) EXECUTE FUNCTION die()",
            &[],
        )
    });
    prepare.unwrap();
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let outcome = store.write_blocking(move |tx| {
        counted.fetch_add(1, Ordering::SeqCst);
        tx.run(ADD, params![2, 1])
    });
    let error = outcome.unwrap_err();
    assert_eq!((error.kind, error.code), (Kind::Unavailable, "outcome_unknown"));
    assert_eq!(runs.load(Ordering::SeqCst), 1, "what may have happened is not run again");
    store.write_blocking(|tx| tx.run(ADD, params![1, 5])).unwrap();
    assert_eq!(contents(&store), [5, 0]);
}

#[test]
fn an_unreachable_server_is_unavailable() {
    let url = "postgres://nobody@127.0.0.1:1/none?connect_timeout=2".parse().unwrap();
    let error = store::Store::open(store::Options::new(url, SCHEMAS)).err().unwrap();
    assert_eq!((error.kind, error.code), (Kind::Unavailable, "database_unavailable"));
}

#[test]
fn a_transaction_that_lasts_too_long_is_rolled_back() {
    let Some(store) = postgres(SCHEMAS) else { return println!("no PostgreSQL to test with") };
    set_patience(&store, Duration::from_millis(50));
    let outcome = store.write_blocking(|tx| {
        tx.run(ADD, params![1, 1])?;
        tx.raw("SELECT pg_sleep(0.06)::TEXT", &[])
    });
    assert_eq!(outcome.unwrap_err().code, "too_slow");
    assert_eq!(contents(&store), [0, 0]);
    set_patience(&store, Duration::from_secs(20));
    store.write_blocking(|tx| tx.run(ADD, params![1, 1])).unwrap();
    assert_eq!(contents(&store), [1, 0]);
}
