//! What happens to money at providers. Its subject is what is paid for; orders, to who knows them.

use crate::{Intent, Refund};
use base::{Currency, Id};
use serde::{Deserialize, Serialize};

store::events! {
    Private "payment.amount_differs" AmountDiffers: i64;
    Private "payment.refunded" Refunded: i64;
    Private "payment.refund_failed" RefundFailed: i64;
    Private "payment.refund_returned" RefundReturned: i64;
}

/// Money that goes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Back {
    /// Which refund.
    pub refund: Id<Refund>,
    /// On which payment.
    pub intent: Id<Intent>,
    /// The amount, in minor units.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
    /// Why: `order_cancelled`.
    pub reason: String,
}

/// Money went back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refunded(pub Back);

/// Money could not be given back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefundFailed(pub Back);

/// Money that had gone back came back to the provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefundReturned {
    /// What had gone back.
    #[serde(flatten)]
    pub back: Back,
    /// The provider's word.
    pub code: String,
}

/// Other money came than was asked for; it goes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AmountDiffers {
    /// By which attempt.
    pub intent: Id<Intent>,
    /// From whom it came.
    pub provider: String,
    /// What was asked for, in minor units.
    pub asked: i64,
    /// Its currency.
    pub asked_currency: Currency,
    /// What came, in minor units.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
}
