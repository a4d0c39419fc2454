//! The binary `entrepot`, as a library: configuration, wiring, workers and commands, so that tests can run them too.
//!
//! Owns: what is put together and when it runs. Promises: every kind of job has its line in [`jobs`], every event in
//! [`reactions`]; a start that fails says what to do. Never: holds a business rule or a statement.

pub mod bench;
pub mod command;
pub mod config;
mod crew;
pub mod data;
pub mod demo;
pub mod house;
pub mod import;
pub mod jobs;
pub mod listen;
pub mod mail;
pub mod out;
pub mod pictures;
pub mod post;
pub mod quote;
pub mod rates;
pub mod reactions;
pub mod serve;
pub mod simulate;
pub mod tidy;
pub mod worker;

use store::Schema;

/// The tables of every context, lower ranks first.
pub fn schemas() -> &'static [Schema] {
    const ALL: &[Schema] = &[
        parties::SCHEMA,
        catalog::SCHEMA,
        ledger::SCHEMA,
        terms::SCHEMA,
        stock::SCHEMA,
        payments::SCHEMA,
        notify::SCHEMA,
        offers::SCHEMA,
        logistics::SCHEMA,
        orders::SCHEMA,
        checkout::SCHEMA,
        settlement::SCHEMA,
        hooks::SCHEMA,
    ];
    ALL
}
