//! Everything that the house reaches over the network: the only crate with an HTTP client.
//!
//! Owns: which peers may be spoken to, and how. Promises: https to everybody, plain http to loopback in test mode only;
//! addresses that strangers wrote never lead into the operator's own network. Never: holds a business rule or a statement.

mod fetch;
mod media;
mod peers;

pub use fetch::Fetcher;
pub use media::{Media, S3};
pub use peers::{Address, Peers};
