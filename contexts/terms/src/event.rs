//! What is agreed with organisations, and when that ends.

use crate::Agreement;
use base::{Currency, Id};
use parties::Organisation;
use serde::{Deserialize, Serialize};

store::events! {
    Private "terms.agreed" Agreed: Id<Agreement>;
    Private "terms.ended" Ended: Id<Agreement>;
}

/// A version of an agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// Who sells to the buyer.
    pub merchant_of_record: String,
    /// Who sets the price.
    pub price_set_by: String,
    /// Whose the goods are.
    pub stock_owned_by: String,
    /// Who packs them.
    pub ships: String,
    /// To whom they come back.
    pub returns_to: String,
    /// What the organisation is paid.
    pub paid: String,
    /// Of the goods, in hundredths of a per cent.
    pub commission_bp: i64,
    /// Tax on the commission, in hundredths of a per cent.
    pub commission_tax_bp: i64,
    /// Whose tax that is.
    pub commission_tax_jurisdiction: String,
    /// A consignment, in minor units.
    pub fixed_fee_minor: i64,
    /// Of the fee, and of what is agreed beside it.
    pub currency: Currency,
    /// After delivery, for the buyer to object.
    pub acceptance_days: i64,
    /// After that, until it can be paid out.
    pub payout_days: i64,
    /// To hand over to the carrier.
    pub handling_hours: i64,
    /// Since when, in microseconds.
    pub effective_from: i64,
    /// Who agreed for the operator: `person:7`.
    pub agreed_by: String,
}

/// An agreement was made, or another version of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreed {
    /// With whom.
    pub organisation: Id<Organisation>,
    /// Its operating mode.
    pub mode: String,
    /// Counts from 1.
    pub version: i64,
    /// What was agreed, column by column: what the auditor compares the row with.
    pub terms: Answers,
}

/// An agreement ended, versions that have not begun included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// With whom it was.
    pub organisation: Id<Organisation>,
    /// Its operating mode.
    pub mode: String,
}
