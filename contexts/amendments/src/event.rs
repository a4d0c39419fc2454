//! What happens to a change of an order that a seller or the operator proposes to its buyer. What the buyer wishes is told by `orders`,
//! when it is carried out.

use crate::Amendment;
use base::{Currency, Id, Moment};
use orders::Order;
use serde::{Deserialize, Serialize};

store::events! {
    Public "amendment.offered" Offered: Id<Amendment>;
    Public "amendment.over" Over: Id<Amendment>;
}

/// A proposal as an event tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Which.
    pub amendment: Id<Amendment>,
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Which side proposed it: `seller` or `operator`.
    pub side: String,
    /// Raw id of the seller who did; 0: the operator.
    pub organisation: i64,
    /// Why it is proposed: `out_of_stock`.
    pub reason: String,
    /// Why it came to nothing: `declined`; empty while it stands.
    pub why: String,
    /// What is left of what it touches, in minor units.
    pub left: i64,
    /// What that costs after it, in minor units.
    pub total: i64,
    /// Of both.
    pub currency: Currency,
    /// Until when the buyer can say yes.
    pub expires_at: Moment,
}

impl Event {
    /// The proposal as it was then.
    pub fn told(&self) -> &Told {
        match self {
            Event::Offered(_, Offered(told)) | Event::Over(_, Over(told)) => told,
        }
    }
}

/// A seller or the operator proposes a change to the buyer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offered(pub Told);

/// A proposed change came to nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Over(pub Told);
