//! Imports in the database: dry then real, dead nodes, pausing and stopping, wrong files, sweeping.

use super::{World, schemas, seller_of, world};
use crate::import::{
    Import, LEASE_SECONDS, NewImport, Ready, Stage, Wish, abandon, add_piece, ask, begin, find, latest, pack, ready,
    run, sweep, wrong_rows,
};
use base::{Actor, Currency, Id, Mark, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use store::testing::each;
use store::{JobRow, Store, claim};

/// 250 products, three batches; every hundredth has no price.
fn file() -> String {
    let row = |number: usize| {
        let price = if number % 100 == 50 { "" } else { "12.50" };
        format!("h{number},Thing {number},T-{number},300,5,{price}\n")
    };
    let head = "Handle,Title,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price\n".to_owned();
    (0..250).map(row).fold(head, |all, row| all + &row)
}

/// The file in the database, in pieces that end in the middle of rows.
fn sent(store: &Store, world: World, text: &str, dry: bool) -> Id<Import> {
    send(store, world, text, dry, None)
}

/// A file to be checked first.
pub(super) fn sent_with(store: &Store, world: World, text: &str, decimal: Option<Mark>) -> Id<Import> {
    send(store, world, text, true, decimal)
}

fn send(store: &Store, world: World, text: &str, dry: bool, decimal: Option<Mark>) -> Id<Import> {
    let new = NewImport { organisation: world.seller, name: "things.csv".into() };
    let actor = seller_of(world.seller);
    let id = store.write_as_blocking(actor, move |tx| begin(tx, &new)).unwrap();
    for (number, piece) in text.as_bytes().chunks(4099).enumerate() {
        let packed = pack(piece).unwrap();
        store.write_as_blocking(actor, move |tx| add_piece(tx, id, number as i64, &packed)).unwrap();
    }
    let complete = Ready {
        bytes: text.len() as i64,
        warehouse: world.warehouse,
        currency: Currency::EUR,
        decimal,
        new_status: catalog::Status::Active,
        uncounted: None,
        encoding: None,
        dry,
    };
    store.write_as_blocking(actor, move |tx| ready(tx, id, &complete)).unwrap();
    id
}

fn claimed(store: &Store) -> Option<JobRow> {
    store.write_blocking(|tx| claim(tx, tx.now(), 1, LEASE_SECONDS)).unwrap().pop()
}

pub(super) fn run_all(store: &Store) {
    while let Some(job) = claimed(store) {
        run(store, &job, || false).unwrap();
    }
}

pub(super) fn look(store: &Store, world: World, id: Id<Import>) -> Import {
    store.read_blocking(move |db| find(db, world.seller, id)).unwrap()
}

fn wish(store: &Store, world: World, id: Id<Import>, wish: Wish) -> Result<()> {
    store.write_as_blocking(seller_of(world.seller), move |tx| ask(tx, world.seller, id, wish, true))
}

fn count(store: &Store, sql: &'static str) -> i64 {
    store.read_blocking(move |db| db.raw(sql, &[])).unwrap()[0].get(0).unwrap()
}

const PIECES: &str = "SELECT COUNT(*) FROM offer_import_piece";
const PRODUCTS: &str = "SELECT COUNT(*) FROM catalog_product WHERE handle LIKE 'h%'";

#[test]
fn a_file_is_tried_out_then_taken_in_and_let_go() {
    each(schemas(), |store| {
        let world = world(store);
        let id = sent(store, world, &file(), true);
        assert_eq!(look(store, world, id).stage, Stage::Waiting);
        run_all(store);
        let checked = look(store, world, id);
        assert_eq!((checked.stage, checked.rows, checked.products, checked.created), (Stage::Checked, 250, 250, 250));
        assert_eq!((checked.wrong, checked.bytes_read), (2, checked.bytes));
        assert_eq!(count(store, PRODUCTS), 0, "nothing was written");
        assert!(count(store, PIECES) > 1, "the file is kept until it is taken in");
        assert_eq!(wish(store, world, id, Wish::GoOn).unwrap_err().code, "import_moved_on");
        wish(store, world, id, Wish::Import).unwrap();
        assert_eq!(wish(store, world, id, Wish::Import).unwrap_err().code, "import_moved_on", "once");
        run_all(store);
        let done = look(store, world, id);
        assert_eq!((done.stage, done.dry, done.products, done.created), (Stage::Done, false, 250, 250));
        assert_eq!((count(store, PRODUCTS), count(store, PIECES)), (250, 0));
        let errors = store.read_blocking(move |db| wrong_rows(db, id, 10)).unwrap();
        let told: Vec<_> =
            errors.iter().map(|error| (error.line, error.reason.code(), error.row[0].as_str())).collect();
        let expected = [(52, "price_missing", "h50"), (152, "price_missing", "h150")];
        assert_eq!(told, expected);
        assert_eq!(done.columns[0], "Handle");
    });
}

#[test]
fn when_a_node_dies_the_next_goes_on_behind_the_last_batch() {
    each(schemas(), |store| {
        let world = world(store);
        let id = sent(store, world, &file(), false);
        let first = claimed(store).unwrap();
        let mut batches = 0;
        let dies = catch_unwind(AssertUnwindSafe(|| {
            run(store, &first, || {
                batches += 1;
                assert!(batches < 2, "the node is gone");
                false
            })
        }));
        assert!(dies.is_err());
        let half = look(store, world, id);
        assert_eq!((half.stage, half.products), (Stage::Running, 100));
        assert!(claimed(store).is_none(), "its lease runs");
        store.clock().advance_seconds(LEASE_SECONDS);
        let second = claimed(store).unwrap();
        assert_eq!(run(store, &first, || false).unwrap_err().code, "job_lost", "the first was not dead, only slow");
        run(store, &second, || false).unwrap();
        let done = look(store, world, id);
        assert_eq!((done.stage, done.products, done.created, done.rows), (Stage::Done, 250, 250, 250));
        assert_eq!((done.wrong, count(store, PRODUCTS)), (2, 250));
        assert_eq!(count(store, "SELECT COUNT(*) FROM offer_import_error"), 2);
        run(store, &second, || false).unwrap_err();
    });
}

#[test]
fn a_node_that_stops_gives_the_job_back_at_once() {
    each(schemas(), |store| {
        let world = world(store);
        let id = sent(store, world, &file(), false);
        let mut batches = 0;
        let stopping = || {
            batches += 1;
            batches > 2
        };
        run(store, &claimed(store).unwrap(), stopping).unwrap();
        assert_eq!((look(store, world, id).stage, look(store, world, id).products), (Stage::Running, 200));
        run(store, &claimed(store).unwrap(), || false).unwrap();
        assert_eq!((look(store, world, id).stage, look(store, world, id).created), (Stage::Done, 250));
    });
}

#[test]
fn pausing_and_stopping_keep_what_is_done() {
    each(schemas(), |store| {
        let world = world(store);
        let id = sent(store, world, &file(), false);
        let run_and_ask = |wished: Wish| {
            let job = claimed(store).unwrap();
            let mut asked = false;
            let ask = || {
                if !std::mem::replace(&mut asked, true) {
                    wish(store, world, id, wished).unwrap();
                }
                false
            };
            run(store, &job, ask).unwrap();
        };
        run_and_ask(Wish::Pause);
        let paused = look(store, world, id);
        assert_eq!((paused.stage, paused.products, paused.wish), (Stage::Paused, 100, None));
        assert!(claimed(store).is_none(), "nobody works on it");
        wish(store, world, id, Wish::GoOn).unwrap();
        run_and_ask(Wish::Stop);
        let stopped = look(store, world, id);
        assert_eq!((stopped.stage, stopped.products, stopped.created), (Stage::Stopped, 200, 200));
        assert_eq!((count(store, PRODUCTS), count(store, PIECES)), (200, 0));
        assert_eq!(wish(store, world, id, Wish::GoOn).unwrap_err().code, "import_moved_on");

        let paused = sent(store, world, &file(), false);
        wish(store, world, paused, Wish::Pause).unwrap();
        assert_eq!(look(store, world, paused).wish, Some(Wish::Pause));
        wish(store, world, paused, Wish::GoOn).unwrap();
        assert_eq!(look(store, world, paused).wish, None, "taken back before it happened");
        wish(store, world, paused, Wish::Pause).unwrap();
        run_all(store);
        wish(store, world, paused, Wish::Stop).unwrap();
        assert_eq!((look(store, world, paused).stage, count(store, PIECES)), (Stage::Stopped, 0));
    });
}

#[test]
fn what_is_no_product_file_fails_and_says_why() {
    each(schemas(), |store| {
        let world = world(store);
        let id = sent(store, world, "<!DOCTYPE html><html><body>Sign in</body></html>", true);
        run_all(store);
        let failed = look(store, world, id);
        assert_eq!((failed.stage, failed.problem.unwrap().0.as_str()), (Stage::Failed, "file_web_page"));
        assert_eq!((count(store, PIECES), count(store, "SELECT COUNT(*) FROM job")), (0, 0));
    });
}

#[test]
fn what_lies_about_is_bounded() {
    each(schemas(), |store| {
        let world = world(store);
        let checked: Vec<_> = (0..12)
            .map(|_| {
                let id = sent(store, world, "Handle,Title,Variant Price\ncup,Cup,3\n", true);
                run_all(store);
                id
            })
            .collect();
        let stages: Vec<_> = checked.iter().map(|id| look(store, world, *id).stage).collect();
        assert_eq!(stages, [vec![Stage::Stopped], vec![Stage::Checked; 11]].concat(), "ten and the one just tried out");
        assert_eq!(count(store, PIECES), 11);
        wish(store, world, checked[11], Wish::Stop).unwrap();
        assert_eq!((look(store, world, checked[11]).stage, count(store, PIECES)), (Stage::Stopped, 10));
        let begun = |_| {
            let new = NewImport { organisation: world.seller, name: "again.csv".into() };
            store.write_as_blocking(seller_of(world.seller), move |tx| begin(tx, &new))
        };
        let begun: Vec<_> = (0..21).map(begun).collect();
        assert!(begun[..20].iter().all(Result::is_ok));
        assert_eq!(begun[20].as_ref().unwrap_err().code, "too_many_imports");
    });
}

#[test]
fn strangers_reach_no_import_and_old_ones_are_forgotten() {
    each(schemas(), |store| {
        let world = world(store);
        let id = sent(store, world, &file(), true);
        let other = Id::from_raw(world.seller.raw() + 1);
        assert_eq!(store.read_blocking(move |db| find(db, other, id)).unwrap_err().code, "unknown_import");
        let stranger = store.write_as_blocking(Actor::Guest, move |tx| ask(tx, world.seller, id, Wish::Stop, false));
        assert_eq!(stranger.unwrap_err().kind, base::Kind::Unauthenticated);
        let late = store.write_as_blocking(seller_of(world.seller), move |tx| add_piece(tx, id, 99, ""));
        assert_eq!(late.unwrap_err().code, "import_moved_on", "a file that is complete stays as it is");
        let new = NewImport { organisation: world.seller, name: "broken\u{7}.csv".into() };
        let broken = |store: &Store| {
            let new = new.clone();
            store.write_as_blocking(seller_of(world.seller), move |tx| begin(tx, &new)).unwrap()
        };
        let given_up = broken(store);
        store.write_blocking(move |tx| abandon(tx, given_up)).unwrap();
        let never = broken(store);
        run_all(store);
        let shown = store.read_blocking(move |db| latest(db, world.seller, 10)).unwrap();
        assert_eq!(shown.iter().map(|import| import.id).collect::<Vec<_>>(), [id]);
        let sweep = || store.write_blocking(|tx| sweep(tx, 5)).unwrap();
        assert_eq!(sweep(), 0);
        store.clock().advance_seconds(2 * 86_400);
        assert_eq!(sweep(), 1, "the file that never arrived whole");
        assert_eq!(store.read_blocking(move |db| find(db, world.seller, never)).unwrap_err().code, "unknown_import");
        store.clock().advance_seconds(29 * 86_400);
        assert_eq!((sweep(), count(store, "SELECT COUNT(*) FROM offer_import"), count(store, PIECES)), (1, 0, 0));
    });
}
