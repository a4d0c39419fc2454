//! Everything that the house reaches over the network: the only crate with an HTTP client or an SMTP client.
//!
//! Owns: which peers may be spoken to, and how; the payment provider [`stripe`]; the carrier [`karrio`]; the [`Courier`] of webhooks; mail. Promises:
//! https to everybody, plain http to loopback in test mode only; mail over TLS by the same rule; addresses that strangers wrote
//! never lead into the operator's own network; no answer is never taken for a refusal. Never: holds a business rule or a
//! statement.

mod courier;
mod fetch;
pub mod karrio;
mod mail;
mod media;
mod peers;
mod secret;
pub mod stripe;

pub use courier::{Answer, Courier};
pub use fetch::Fetcher;
pub use mail::Smtp;
pub use media::{Media, S3};
pub use peers::{Address, Peers};
pub use secret::Secret;
