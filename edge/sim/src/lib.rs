//! A made-up world on fast-forward, and the auditor that looks at it after every step.
//!
//! Owns: the simulation and the audit. Promises: the same seed gives the same world and the same faults; the audit asks
//! the tables itself. Never: writes a table; is used to serve anybody.

mod audit;

pub use audit::{Report, audit};
