//! Settlement: a consignment's escrow is split by the terms it was sold under; sellers are paid out; money goes back.
//!
//! Owns: sellers' entries, payouts, what refunds take back and who bears them, what providers settled, what authorities and carriers were paid
//! (`settlement_*`).
//! Promises: what leaves escrow is exactly what came in; commission, its tax and the landed cost are those frozen at sale;
//! a supplier is owed its agreed price for every piece that left and did not come back to it; a seller is paid in its own currency at a dated rate that the payout keeps; a reversal is a new posting of today; a seller's entries sum to what the ledger says is theirs; nothing is paid twice.
//! Never: computes a price, a duty or a commission; asks a payment provider inside a transaction.

mod amend;
mod balance;
mod cancel;
mod complete;
mod draft;
pub mod event;
mod exchange;
mod filing;
mod left;
mod payable;
mod payout;
mod reconcile;
mod refund;
mod returns;
mod statement;
mod supply;
mod take_out;
mod taken;
mod tally;

pub use amend::{amend, give_back_due, left_of, left_parts};
pub use balance::{Balance, balance, expected};
pub use cancel::{WRITE_OFF, cancel, cancel_consignment, write_off};
pub use complete::{complete, complete_delivered};
pub use draft::{Foreseen, foresee};
pub use event::{EVENTS, Event};
pub use exchange::{Exchange, Waiting, waiting};
pub use filing::Filed;
pub use payable::{Payable, Payee, Remit, Remittance, payables, remit, remittances};
pub use payout::{PAY_OUT, Payout, pay_out_due, payout, payouts};
pub use reconcile::{
    ProviderSettlement, SETTLE, provider_settled, provider_settlements, receivables, schedule_settling, settle_provider,
};
pub use refund::{Bearer, Refund, What, refund, refund_again, send_refund};
pub use returns::{ReturnRow, returns, returns_csv, schemes};
pub use statement::{Kind, Row, STATEMENT_HEAD, opening, statement, statement_line};
pub use supply::{Supplied, supplied};
pub use take_out::{Given, Kept, TakeOut, TakenOut, Why, after_refunds, foresee_take_out, given_back, kept, take_out};
pub use tally::tally;

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[
    store::Sealed {
        table: "settlement_entry",
        rows: "SELECT id, organisation, order_id, line, kind, currency, gross, commission, commission_tax, net, \
            due_at, at FROM settlement_entry WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "settlement_payout",
        rows: "SELECT id, organisation, currency, amount, at, paid_currency, paid_amount, rate, rate_date, \
            rate_source, posting FROM settlement_payout WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "settlement_refund",
        rows: "SELECT id, key, order_id, kind, organisation, amount, credited, amendment, pieces, restocked, reason, at FROM settlement_refund WHERE \
            id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "settlement_provider",
        rows: "SELECT id, provider, reference, currency, gross, fee, settled_at, at FROM settlement_provider WHERE \
            id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "settlement_remittance",
        rows: "SELECT id, account, code, reference, currency, amount, paid_on, at FROM settlement_remittance WHERE \
            id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
];

/// The tables of settlement.
pub const SCHEMA: store::Schema = store::Schema {
    name: "settlement",
    sealed: SEALED,
    migrations: &[include_str!("../schema.sql"), include_str!("../schema_2.sql")],
};

#[cfg(test)]
mod tests;
