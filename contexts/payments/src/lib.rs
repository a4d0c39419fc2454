//! Payments: intents, captures and refunds, whoever the provider is.
//!
//! Owns: intents, refunds and what providers told us (`payment_*`); the trait [`Provider`]; the built-in [`sandbox`].
//! Promises: reply, webhook and retry are messages to one function, so money is captured and refunded once, in whatever
//! order and however often they come; an order has at most one attempt that can be paid; a capture is booked from the
//! provider's receivable to escrow, one of another amount than was asked for to suspense, a refund back.
//! Never: calls a provider inside a transaction; keeps a card number; knows what an order's state is.

pub mod event;
mod intent;
mod provider;
mod record;
mod refund;
pub mod sandbox;

pub use event::{EVENTS, Event};
pub use intent::{Intent, Open, State, by_subject, by_subject_ahead, check, intent, newest_of, open, pending};
pub use provider::{
    Authorise, BoxFuture, Notice, Outcome, Provider, Providers, RefundOutcome, Refunding, Settlement, Told, UNKNOWN,
};
pub use record::{Record, Recorded, note_known, record};
pub use refund::{
    AMOUNT_DIFFERS, NOT_OWED, RecordRefund, RecordedRefund, Refund, RefundState, RequestRefund, SEND_REFUND,
    ask_refund, record_refund, refund, refunds, request_again, request_refund, stranded, unowed,
};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[
    store::Sealed {
        table: "payment_intent",
        rows: "SELECT id, key, subject, provider, created_at FROM payment_intent WHERE id > $1 AND \
            id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "payment_refund",
        rows: "SELECT id, key, intent, subject, amount, reason, created_at FROM payment_refund WHERE id > $1 AND id \
            <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "payment_sandbox_payout",
        rows: "SELECT id, currency, gross, fee, at FROM payment_sandbox_payout WHERE id > $1 AND id <= $2 ORDER BY \
            id LIMIT $3",
    },
];

/// The tables of payments.
pub const SCHEMA: store::Schema =
    store::Schema { name: "payments", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
