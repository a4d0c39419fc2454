//! What happens to claims: each event tells the claim as it is then.

use crate::Claim;
use base::{Currency, Id, Moment};
use orders::{Consignment, Order};
use parties::Organisation;
use serde::{Deserialize, Serialize};

store::events! {
    Public "claim.opened" Opened: Id<Claim>;
    Public "claim.agreed" Agreed: Id<Claim>;
    Public "claim.refused" Refused: Id<Claim>;
    Public "claim.escalated" Escalated: Id<Claim>;
    Public "claim.decided" Decided: Id<Claim>;
    Public "claim.sent" Sent: Id<Claim>;
    Public "claim.received" Received: Id<Claim>;
    Private "claim.return_due" ReturnDue: Id<Claim>;
    Public "claim.closed" Closed: Id<Claim>;
}

/// A claim as an event tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Which.
    pub claim: Id<Claim>,
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Of which consignment.
    #[serde(with = "base::written::raw")]
    pub consignment: Id<Consignment>,
    /// Which seller answers.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// What is wrong: `damaged`.
    pub kind: String,
    /// How far it is: `open`.
    pub state: String,
    /// How it ended; empty until then.
    pub outcome: String,
    /// What was given back for it, in minor units.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
    /// Until when the next step is due, if one is.
    pub due_at: Option<Moment>,
}

impl Event {
    /// The claim as it was then.
    pub fn told(&self) -> &Told {
        match self {
            Event::Opened(_, Opened(told))
            | Event::Agreed(_, Agreed(told))
            | Event::Refused(_, Refused(told))
            | Event::Escalated(_, Escalated(told))
            | Event::Decided(_, Decided(told))
            | Event::Sent(_, Sent(told))
            | Event::Received(_, Received(told))
            | Event::ReturnDue(_, ReturnDue(told))
            | Event::Closed(_, Closed(told)) => told,
        }
    }
}

/// A buyer objects to something of a consignment, or gives it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened(pub Told);

/// What a claim asks for is carried out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreed(pub Told);

/// The seller of a claim said no; the buyer may ask the operator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused(pub Told);

/// The operator has to decide a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Escalated(pub Told);

/// The operator has decided a claim in the buyer's favour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decided(pub Told);

/// The pieces of a claim are on their way back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sent(pub Told);

/// The pieces of a claim came back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Received(pub Told);

/// The pieces of a claim have to be on their way back soon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReturnDue(pub Told);

/// A claim is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closed(pub Told);
