//! Checkout through its public functions, on a fresh store, on every engine.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod carts;
mod confirmed;
mod exclusion;
mod fixture;
mod flash;
mod holding;
mod late;
mod opening;
mod paying;
mod placing;
mod quotes;
mod random;
mod supplied;
