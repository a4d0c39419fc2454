//! Onboarding: a shop is founded, sellers come to it, and everybody says who they are, where their goods lie and where they are paid.
//!
//! Owns: applications, profiles with tax numbers, bank accounts (`onboarding_*`). Promises: a shop has its own terms from its first
//! moment, a seller its terms and an invited owner; an application is decided once; what is answered never tells whether an address
//! is known; an account's number is kept encrypted and read again only by who pays, which the trail tells.
//! Never: opens an account for somebody, decides what is agreed (`terms`) or who may act (`parties`), moves money.

mod apply;
mod bank;
mod bank_number;
mod decide;
pub mod event;
mod found;
mod invite;
mod profile;
mod seller;
mod tax_number;
mod terms_wish;
mod warehouse;

pub use apply::{Application, ApplicationState, Apply, application, applications, apply, open_applications, sweep};
pub use bank::{
    BankAccount, PutBankAccount, bank_account, bank_account_at, end_bank_accounts, put_bank_account,
    reveal_bank_account,
};
pub use bank_number::BankKind;
pub use decide::{Accept, accept, decline};
pub use event::{EVENTS, Event};
pub use found::{found, set_shop};
pub use invite::{Invited, invite, invite_again};
pub use profile::{Profile, PutProfile, profile, put_profile, put_return_address, return_address};
pub use seller::{Added, NewSeller, add_seller};
pub use tax_number::{MOST as TAX_NUMBERS_MOST, TaxNumber};
pub use terms_wish::{TermsWish, agree};
pub use warehouse::{NewWarehouse, WAREHOUSES_MOST, add_warehouse, change_warehouse};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[store::Sealed {
    table: "onboarding_bank_account",
    rows: "SELECT id, organisation, kind, holder, country, bank_code, hint, secret, added_by, added_at
        FROM onboarding_bank_account WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
}];

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "onboarding", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
