//! Everything that the house reaches over the network: the only crate with an HTTP client.
//!
//! Owns: which peers may be spoken to, and how; the payment provider [`stripe`]; the [`Courier`] of webhooks. Promises: https to everybody, plain http to
//! loopback in test mode only; addresses that strangers wrote never lead into the operator's own network; no answer is never
//! taken for a refusal. Never: holds a business rule or a statement.

mod courier;
mod peers;
mod secret;
pub mod stripe;

pub use courier::{Answer, Courier};
pub use peers::{Address, Peers};
pub use secret::Secret;
