//! Amendments: a paid order is changed before it is packed. Goods are added, more or fewer of them wanted, another service or address
//! of the same country; the consignments it touches are priced anew, what was bought keeps its price, and only the difference is
//! paid or goes back. The buyer wants it so, or a seller or the operator asks the buyer.
//!
//! Owns: `amendment`. Promises: what was shown is what is paid; nothing of the order changes before the difference is paid, and what
//! cannot be carried out any more gives it back; an order has one amendment at a time; nobody but the buyer
//! says yes to what a seller or the operator proposes, and a seller proposes of what it sells itself only; what the amendment does not touch stays as it
//! was sold. Never: prices by itself (`checkout` does), moves money (`settlement` does), touches what is packed.

mod agree;
mod amendment;
pub mod event;
mod propose;

pub use agree::{agree, expire, go_on, withdraw};
pub use amendment::{
    AGREED_MINUTES, Amendment, Changed, OFFERED_HOURS, PROPOSED_MINUTES, State, amendment, live, of_order, offered,
};
pub use event::{EVENTS, Event};
pub use propose::{AskAmendment, Foreseen, ToBuyer, WORDS, amendable, foresee, propose, services};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[store::Sealed {
    table: "amendment",
    rows: "SELECT id, order_id, left_of, total, currency, expires_at, proposed_at, side, organisation, reason, words \
            FROM amendment WHERE id > $1 AND id <= $2 \
            ORDER BY id LIMIT $3",
}];

/// The tables of amendments.
pub const SCHEMA: store::Schema =
    store::Schema { name: "amendments", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
