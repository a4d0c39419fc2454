//! Settlement through its public functions, on every engine: whole orders from placing to the bank.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod exchange;
mod fixture;
mod life;
mod parcels;
mod parts;
mod payable;
mod refunds;
mod supply;
mod take_out;
