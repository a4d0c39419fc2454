//! The real program, as processes: killed, stopped, started again, backed up while it serves, and several of it on one database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod backup;
mod bench;
mod check;
mod gate;
mod kill;
mod nodes;
mod place;
mod restart;
mod secrets;
mod shop;
