//! Claims: what a buyer objects to or gives back after the sale, the way back, and the clocks of each step.
//!
//! Owns: tables `claim*`, and the rights of buyers by market (`tables/rights.csv`).
//! Promises: a piece is in one open claim at most, and never in one after it was given back; while a claim is open the completion and
//! payout of its consignment wait; every open claim has a next step with a time and somebody who has to take it, and a clock that acts
//! when nobody does; twice is once.
//! Never: moves money itself (`settlement::refund` does), judges goods, makes labels for the way back.

mod answer;
mod claim;
mod clock;
mod decide;
pub mod event;
mod kind;
mod list;
mod open;
mod rights;
mod settle;
mod way_back;

pub use answer::{agree, contest, receive, refuse};
pub use claim::{Claim, ClaimLine, PictureRow, Word, claim, lines, pictures, reach_picture, words};
pub use clock::{CLOCK, tick};
pub use decide::{Decision, decide, foresee};
pub use event::{EVENTS, Event};
pub use kind::{Kind, Outcome, Remedy, State, Wish};
pub use list::{Due, Row, late, of_order, of_organisation, open_count, open_of_organisation, waiting, waiting_of};
pub use open::{NewClaim, PICTURES, Picture, WORDS, add_picture, check, claimable, escalate, may_show, open, withdraw};
pub use rights::{From, Right, RightKind, Windows, rights_in, windows};
pub use settle::{SETTLE, settle};
pub use way_back::{RETURN_DAYS, send_back};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[
    store::Sealed {
        table: "claim",
        rows: "SELECT id, order_id, consignment, organisation, kind, wish, amount, currency, rule, opened_at FROM claim \
            WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "claim_line",
        rows: "SELECT id, claim, line, pieces FROM claim_line WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "claim_word",
        rows: "SELECT id, claim, author, deed, words, at FROM claim_word WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "claim_picture",
        rows: "SELECT id, claim, file, width, height, mime FROM claim_picture WHERE id > $1 AND id <= $2 \
            ORDER BY id LIMIT $3",
    },
];

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "aftersales", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };
