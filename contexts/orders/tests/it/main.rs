//! Orders through their public functions, on a fresh store, on every engine.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod address;
mod fixture;
mod life;
mod lists;
mod own;
mod parcels;
mod races;
mod random;
mod refusals;
mod said;
mod smaller;
mod sold;
mod supplied;
