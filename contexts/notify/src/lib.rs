//! Messages to people: what is to be told to whom, once, and what became of it.
//!
//! Owns: table `notify_message`; the trait [`Mailer`]. Promises: a fact told twice is one message; a message is sent outside of any
//! transaction, tried again while the mail server asks for patience, and ends as sent or failed; no secret is ever stored with
//! one: a link that opens something is made when the message is sent.
//! Never: writes a sentence (`letters` does), knows who must hear of what (`works::reactions` does), speaks SMTP.

pub mod kind;
pub mod log;
pub mod mailer;
pub mod send;
pub mod tell;

pub use kind::{Kind, State};
pub use log::{KEPT_DAYS, Message, about, forget_recipient, log, message, of_recipient, sweep};
pub use mailer::{BoxFuture, Letter, Mailer, Outcome};
pub use send::{SEND, begin, record};
pub use tell::{Tell, again, tell, tell_anew};

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "notify", sealed: &[], migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
