//! Claims through the context's public functions, on every engine: from the objection to the bank.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod clocks;
mod fixture;
mod parcels;
mod refusals;
mod settling;
