//! The ledger: double entry for any unit, a currency or a SKU. The same code keeps the money and the goods.
//!
//! Owns: accounts, postings, transfers, holds (`ledger_*`).
//! Promises: every transfer leaves one account and enters another of the same unit, so each unit sums to zero; a guarded
//! account never falls below what is held of it, nor below zero; the same key posts once; entries are never changed.
//! Never: decides who may post or why (the deeds that post do); knows what an order, a tax or a warehouse is.

mod account;
mod fold;
mod hledger;
mod hold;
mod post;
mod read;

pub use account::{Account, FAMILIES, Family, GOODS_FAMILIES, MONEY_FAMILIES, Side};
pub use fold::{FOLD_BATCH, fold};
pub use hledger::{JOURNAL_PAGE, Journal, begin_hledger, export_hledger, next_hledger};
pub use hold::{Hold, HoldRow, hold, holds, keep, lock, rekey_holds, reserve, void_holds, void_part};
pub use post::{Leg, Posted, Posting, post, posted};
pub use read::{
    AccountRow, Of, PostingRow, TransferRow, TrialRow, account, accounts, accounts_of, balance, moved, posting, sum,
    transfers, trial_balance,
};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[
    store::Sealed {
        table: "ledger_posting",
        rows: "SELECT id, key, kind, subject, at FROM ledger_posting WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "ledger_transfer",
        rows: "SELECT id, posting, from_account, to_account, unit, amount, subject, at FROM ledger_transfer WHERE id \
            > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
];

/// The ledger's tables.
pub const SCHEMA: store::Schema =
    store::Schema { name: "ledger", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
