//! A made-up world on fast-forward, and the auditor that looks at it after every step.
//!
//! Owns: the simulation and the audit. Promises: the same seed gives the same world, the same faults and the same end, also where
//! several call at once, as long as they take turns ([`simulate`]); the audit asks the tables itself. Never: writes a table; is used to serve anybody.

mod audit;
mod callers;
mod chance;
mod faulty;
mod hands;
mod outside;
mod population;
mod process;
mod run;
mod steps;
mod watch;

pub use audit::{Report, audit, audit_of};
pub use chance::Chance;
pub use faulty::{Fault, Faulty};
pub use hands::Hands;
pub use run::{Plan, START, Summary, simulate, simulate_at_once};
