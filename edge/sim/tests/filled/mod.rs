//! Databases that the product itself has filled, sealed and at peace with the audit.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use base::Error;
use sim::{Plan, START, simulate};
use std::cell::Cell;
use store::{Clock, Options, Store, Url, testing};
use works::House;
use works::worker;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// A store in memory with a manual clock.
fn fresh() -> Store {
    Store::open(Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) }).unwrap()
}

/// A simulated world that has come to rest: everything was sold, shipped, refunded and paid out.
pub fn world(seed: u64, orders: usize) -> Store {
    let keeper = fresh();
    fill(&keeper, seed, orders);
    keeper
}

/// A simulated world in the middle of its trade: after so many steps its process dies, and does not begin again.
pub fn midway(seed: u64, steps: u32) -> Store {
    let keeper = fresh();
    let taken = Cell::new(0);
    let open = || match taken.get() < steps {
        true => testing::again(&keeper, works::schemas()),
        false => Err(Error::unavailable("over", "The world ends here.")),
    };
    let mut count = |_: &str| taken.set(taken.get() + 1);
    let ended = runtime().block_on(simulate::<House>(Plan { seed, orders: 1000, open: &open, log: &mut count }));
    assert!(ended.unwrap_err().message.contains("The world ends here"));
    seal(&House::new(keeper.clone()).unwrap());
    keeper
}

/// Fills an empty store with a simulated world.
pub fn fill(keeper: &Store, seed: u64, orders: usize) {
    let open = || testing::again(keeper, works::schemas());
    runtime().block_on(simulate::<House>(Plan { seed, orders, open: &open, log: &mut |_| {} })).unwrap();
    seal(&House::new(keeper.clone()).unwrap());
}

/// The demonstration's month of trade, with orders in every state.
pub fn demonstration() -> Store {
    let keeper = fresh();
    let house = House::new(keeper.clone()).unwrap();
    runtime().block_on(demo::load(&house)).unwrap();
    seal(&house);
    keeper
}

/// Two sweeps some minutes apart: what was written before has settled, and is sealed.
fn seal(house: &House) {
    for _ in 0..2 {
        house.store.clock().advance_seconds(90);
        testing::settle(&house.store);
        runtime().block_on(worker::sweep(house)).unwrap();
    }
}
