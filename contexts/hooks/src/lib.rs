//! Outgoing webhooks: developers of sellers and of the operator are told what happened, by the rules of Standard Webhooks. And of
//! those that come in, which did not prove themselves.
//!
//! Owns: tables `hook_*`, the names and words of public events, the enum of everything that happens. Promises: every public event reaches every endpoint that asked for it at
//! least once, under one id; a seller is told of its own things only; nothing is written for an event that nobody asked for.
//! Never: calls anybody (`edge/works` sends what [`claim`] gives out and reports with [`record`]), shows a secret twice.

mod delivery;
mod endpoint;
mod follow;
mod happened;
mod inbound;
mod kind;
mod send;
mod sign;

pub use delivery::{Delivery, State, again, deliveries, delivery, sweep, test};
pub use endpoint::{
    Change, Endpoint, NewEndpoint, Standing, change, create, endpoint, endpoints, remove, renew_secrets, rotate,
};
pub use follow::take;
pub use happened::{Happened, events};
pub use inbound::{Refused, refusals, refused, taken};
pub use kind::{KINDS, Kind, Subject, TEST, example};
pub use send::{Outgoing, Sent, claim, due, record};

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "hooks", sealed: &[], migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
