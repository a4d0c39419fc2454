//! What happens to parcels at their carriers.

use crate::{Booking, Parcel};
use base::{Id, Moment};
use serde::{Deserialize, Serialize};

store::events! {
    Private "parcel.requested" Requested: Id<Booking>;
    Private "parcel.booked" Booked: Id<Booking>;
    Private "parcel.refused" Refused: Id<Booking>;
    Private "parcel.voided" Voided: Id<Booking>;
    Private "parcel.kept" Kept: Id<Booking>;
    Private "parcel.event" Moved: Id<Parcel>;
    Private "parcel.numbered" Numbered: Id<Parcel>;
    Private "parcel.event_withdrawn" Withdrawn: Id<Parcel>;
    Private "service.changed" ServiceChanged: ();
}

/// What is asked of a carrier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Raw id of the order.
    pub order: i64,
    /// Raw id of the consignment.
    pub consignment: i64,
    /// Raw id of the parcel that is to be sent.
    pub parcel: i64,
    /// What the carrier objects, if it does.
    pub problem: String,
}

/// A label is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Requested(pub Asked);

/// The carrier made the label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Booked(pub Asked);

/// The carrier makes no label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused(pub Asked);

/// The carrier took a label back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voided(pub Asked);

/// The carrier does not take a label back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept(pub Asked);

/// A carrier's news of a parcel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// What happened: `handed_over`.
    pub kind: String,
    /// When it happened, by the carrier's word.
    pub at: Moment,
    /// Where.
    pub place: String,
    /// Raw id of the order.
    pub order: i64,
    /// Raw id of the consignment.
    pub consignment: i64,
    /// The kind of its furthest event now.
    pub state: String,
}

/// Who carries a parcel of own shipping, under which number, was told or corrected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numbered {
    /// Raw id of the order.
    pub order: i64,
    /// Raw id of the consignment.
    pub consignment: i64,
    /// Who carries.
    pub carrier: String,
    /// The number; empty when it is not known.
    pub number: String,
    /// Why it was corrected after the parcel had left; empty before.
    pub reason: String,
}

/// The shop declared or changed a service of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceChanged {
    /// Its code.
    pub service: String,
    /// What it is now, as JSON.
    pub body: String,
}

/// An event that somebody told by hand was wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Raw id of the order.
    pub order: i64,
    /// Raw id of the consignment.
    pub consignment: i64,
    /// Raw id of the event.
    pub event: i64,
    /// What was wrong.
    pub reason: String,
}
