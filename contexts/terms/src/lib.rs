//! Agreements between the platform and a seller or supplier: operating modes as data, commissions, payment terms.
//!
//! Owns: tables `terms_*`. Promises: an agreement's past versions are never rewritten, at most one version is in force at any
//! moment, and what an order line froze stays true whatever is agreed later. Never: decides the flow of an order; it only answers.

pub mod agree;
pub mod agreement;
pub mod event;
pub mod mode;

pub use agree::{NewAgreement, agree, end};
pub use agreement::{Agreement, Frozen, agreement, agreements, choose, current, frozen, history, standing, with};
pub use event::{EVENTS, Event};
pub use mode::{Mode, Paid, Party, Template};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[store::Sealed {
    table: "terms_agreement",
    rows: "SELECT id, organisation, mode, created_at FROM terms_agreement WHERE id > $1 AND id <= $2 ORDER BY id \
            LIMIT $3",
}];

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "terms", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
