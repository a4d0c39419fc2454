//! Everything that the house reaches over the network: the only crate with an HTTP client or an SMTP client.
//!
//! Owns: which peers may be spoken to, and how. Promises: https to everybody, plain http to loopback in test mode only; mail over
//! TLS by the same rule; addresses that strangers wrote never lead into the operator's own network. Never: holds a business rule
//! or a statement.

mod mail;
mod peers;

pub use mail::Smtp;
pub use peers::{Address, Peers};
