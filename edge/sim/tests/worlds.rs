//! Whole simulated worlds on both engines: nothing that must always hold breaks, and a seed replays exactly.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use sim::{Plan, START, Summary, simulate, simulate_at_once};
use std::cell::RefCell;
use store::{Clock, Options, Store, Url, testing};
use works::House;

/// Runs a world in the database of `keeper`, which every life of the process opens again.
fn run(seed: u64, orders: usize, keeper: &Store, at_once: bool) -> Summary {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let open = || testing::again(keeper, works::schemas());
    let plan = Plan { seed, orders, open: &open, log: &mut |_| {} };
    let ended = match at_once {
        true => runtime.block_on(simulate_at_once::<House>(plan)),
        false => runtime.block_on(simulate::<House>(plan)),
    };
    ended.unwrap_or_else(|error| panic!("{error}"))
}

fn sqlite() -> Store {
    let options = Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) };
    Store::open(options).unwrap()
}

fn on_sqlite(seed: u64, orders: usize) -> Summary {
    run(seed, orders, &sqlite(), false)
}

/// What several people do to the same thing at the same moment.
const MEETINGS: [&str; 8] = [
    "at once: place",
    "at once: pay",
    "at once: pack, hand over, call off",
    "at once: take out",
    "at once: accept, object",
    "at once: two nodes",
    "at once: pay out",
    "at once: import",
];

/// The kinds that none of these worlds has seen.
fn never(kinds: &[&'static str], worlds: &[Summary]) -> Vec<&'static str> {
    let seen = |kind: &&str| worlds.iter().any(|world| world.counts.get(*kind).is_some_and(|times| *times > 0));
    kinds.iter().copied().filter(|kind| !seen(kind)).collect()
}

#[test]
fn worlds_hold_on_sqlite() {
    let mut worlds = Vec::new();
    for seed in [1, 2, 3] {
        let summary = on_sqlite(seed, 150);
        assert_eq!(summary.orders, 150, "seed {seed}");
        // A world without faults proves little.
        assert!(summary.deaths > 3 && summary.faults > 3, "seed {seed}: {summary:?}");
        for kind in [
            "job: refund.send",
            "job: payment.check",
            "job: consignment.accept",
            "job: payout.due",
            "job: provider.settle",
            "lost webhook",
        ] {
            assert!(summary.counts.get(kind).is_some_and(|times| *times > 0), "seed {seed}: no {kind}");
        }
        worlds.push(summary);
    }
    assert_eq!(never(&MEETINGS, &worlds), Vec::<&str>::new());
    assert_eq!(never(&LATE, &worlds), Vec::<&str>::new());
    assert_eq!(never(&["taken out: buyer", "taken out: seller"], &worlds), Vec::<&str>::new());
}

/// What the carrier outside and bad lines bring about.
const LATE: [&str; 4] = ["job: carrier.book", "job: carrier.track", "a call hangs", "a late answer"];

#[test]
fn a_world_holds_on_postgres_with_callers_at_once() {
    let Some(keeper) = testing::postgres(works::schemas()) else {
        println!("skipped: {} is not set", testing::SERVER);
        return;
    };
    let summary = run(4, 40, &keeper, true);
    assert_eq!(summary.orders, 40);
    assert!(summary.deaths > 0);
    assert!(summary.counts.keys().any(|kind| kind.starts_with("at once: ")), "{:?}", summary.counts);
}

#[test]
fn a_world_holds_on_sqlite_with_callers_at_once() {
    let summary = run(5, 150, &sqlite(), true);
    assert_eq!(summary.orders, 150);
    assert!(summary.deaths > 3 && summary.faults > 3, "{summary:?}");
    assert!(never(&MEETINGS, &[summary]).len() < MEETINGS.len(), "nobody met");
}

#[test]
fn a_seed_replays_exactly() {
    assert_eq!(on_sqlite(7, 40), on_sqlite(7, 40));
    assert_ne!(on_sqlite(7, 20).fingerprint, on_sqlite(8, 20).fingerprint);
}

#[test]
fn every_step_is_told() {
    let keeper =
        Store::open(Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) }).unwrap();
    let told = RefCell::new(Vec::new());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut log = |step: &str| told.borrow_mut().push(step.to_owned());
    let open = || testing::again(&keeper, works::schemas());
    let plan = Plan { seed: 5, orders: 5, open: &open, log: &mut log };
    let summary = runtime.block_on(simulate::<House>(plan)).unwrap();
    assert_eq!(told.borrow().len() as u64, summary.steps);
    // A second world in the same database would not be the seed's.
    let again = runtime.block_on(simulate::<House>(Plan { seed: 5, orders: 5, open: &open, log: &mut |_| {} }));
    assert_eq!(again.unwrap_err().code, "not_empty");
}
