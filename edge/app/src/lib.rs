//! The binary `entrepot`, as a library: configuration, commands and listening, so that tests can run them too.
//!
//! Owns: what is put together, and the settings. Promises: a start that fails says what to do. Never: holds a business rule or a
//! statement.

pub mod command;
pub mod config;
pub mod data;
pub mod export;
pub mod import;
pub mod listen;
pub mod out;
pub mod quote;
pub mod rates;
pub mod secret_key;
pub mod serve;
pub mod simulate;
