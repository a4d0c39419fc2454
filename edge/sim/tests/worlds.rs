//! Whole simulated worlds on both engines: nothing that must always hold breaks, and a seed replays exactly.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use app::house::House;
use sim::{Plan, START, Summary, simulate};
use std::cell::RefCell;
use store::{Clock, Options, Store, Url, testing};

/// Runs a world over whatever `open` opens.
fn run(seed: u64, orders: usize, open: &dyn Fn() -> base::Result<Store>) -> Summary {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let plan = Plan { seed, orders, open, log: &mut |_| {} };
    match runtime.block_on(simulate::<House>(plan)) {
        Ok(summary) => summary,
        Err(error) => panic!("{error}"),
    }
}

fn on_sqlite(seed: u64, orders: usize) -> Summary {
    // The first store keeps the file; every life of the process opens it again.
    let clock = Clock::manual(START);
    let options = Options { clock, ..Options::new(Url::Memory, app::schemas()) };
    let keeper = Store::open(options).unwrap();
    run(seed, orders, &|| testing::again(&keeper, app::schemas()))
}

#[test]
fn worlds_hold_on_sqlite() {
    for seed in [1, 2, 3] {
        let summary = on_sqlite(seed, 150);
        assert_eq!(summary.orders, 150, "seed {seed}");
        // A world without faults proves little.
        assert!(summary.deaths > 3 && summary.faults > 3, "seed {seed}: {summary:?}");
        for kind in [
            "job: refund.send",
            "job: payment.check",
            "job: order.accept",
            "job: payout.due",
            "job: provider.settle",
            "lost webhook",
        ] {
            assert!(summary.counts.get(kind).is_some_and(|times| *times > 0), "seed {seed}: no {kind}");
        }
    }
}

#[test]
fn a_world_holds_on_postgres() {
    let Some(keeper) = testing::postgres(app::schemas()) else {
        println!("skipped: {} is not set", testing::SERVER);
        return;
    };
    let summary = run(4, 40, &|| testing::again(&keeper, app::schemas()));
    assert_eq!(summary.orders, 40);
    assert!(summary.deaths > 0);
}

#[test]
fn a_seed_replays_exactly() {
    assert_eq!(on_sqlite(7, 40), on_sqlite(7, 40));
    assert_ne!(on_sqlite(7, 20).fingerprint, on_sqlite(8, 20).fingerprint);
}

#[test]
fn every_step_is_told() {
    let keeper =
        Store::open(Options { clock: Clock::manual(START), ..Options::new(Url::Memory, app::schemas()) }).unwrap();
    let told = RefCell::new(Vec::new());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut log = |step: &str| told.borrow_mut().push(step.to_owned());
    let open = || testing::again(&keeper, app::schemas());
    let plan = Plan { seed: 5, orders: 5, open: &open, log: &mut log };
    let summary = runtime.block_on(simulate::<House>(plan)).unwrap();
    assert_eq!(told.borrow().len() as u64, summary.steps);
    // A second world in the same database would not be the seed's.
    let again = runtime.block_on(simulate::<House>(Plan { seed: 5, orders: 5, open: &open, log: &mut |_| {} }));
    assert_eq!(again.unwrap_err().code, "not_empty");
}
