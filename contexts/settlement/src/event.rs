//! What happens to money between buyers, sellers, providers and authorities.

use crate::payable::Remittance;
use crate::reconcile::ProviderSettlement;
use crate::{Payout, Refund};
use base::{Currency, Id};
use orders::{Consignment, Order};
use parties::Organisation;
use serde::{Deserialize, Serialize};

store::events! {
    Private "settlement.split" Split: Id<Order>;
    Private "settlement.refund" Refunded: Id<Order>;
    Public "settlement.paid_out" PaidOut: Id<Organisation>;
    Private "settlement.provider_settled" ProviderSettled: Id<ProviderSettlement>;
    Private "settlement.remitted" Remitted: Id<Remittance>;
}

/// A part of a consignment's money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Out of which account.
    pub from: String,
    /// Into which account.
    pub to: String,
    /// In minor units.
    pub minor: i64,
}

/// What a payout in another currency took of the balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfBalance {
    /// In minor units.
    pub balance_minor: i64,
    /// The balance's currency.
    pub balance_currency: Currency,
}

/// The money of a complete consignment went to those who earned it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Of which consignment.
    #[serde(with = "base::written::raw")]
    pub consignment: Id<Consignment>,
    /// Of all parts.
    pub currency: Currency,
    /// Who got what.
    pub parts: Vec<Part>,
}

/// Money is given back to the buyer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refunded {
    /// Which refund.
    #[serde(with = "base::written::raw")]
    pub refund: Id<Refund>,
    /// For what: `pieces`.
    pub kind: String,
    /// How much, in minor units.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
    /// Why: `buyer_request`.
    pub reason: String,
    /// Raw id of the seller who gives goodwill; 0: everybody bears their part.
    pub bearer: i64,
}

/// A seller was paid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaidOut {
    /// Which payout.
    pub payout: Id<Payout>,
    /// What arrives, in minor units.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
    /// What it took of the balance, when that is in another currency.
    #[serde(flatten)]
    pub balance: Option<OfBalance>,
}

/// A provider paid to the bank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProviderSettled {
    /// Which provider.
    pub provider: String,
    /// Its word for the payment.
    pub reference: String,
    /// Before its fee, in minor units.
    pub gross: i64,
    /// Its fee, in minor units.
    pub fee: i64,
    /// Of both.
    pub currency: Currency,
}

/// An authority or a carrier was paid what it is owed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remitted {
    /// From which account: `tax:DE:vat:EUR`.
    pub account: String,
    /// How much, in minor units.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
    /// The bank's word.
    pub reference: String,
    /// The day.
    pub paid_on: String,
}
