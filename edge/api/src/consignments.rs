//! A consignment of an order as its buyer sees it: its parcels with what is in each, and what happened to them.

use crate::view::{WindowView, moment};
use orders::{Sent, Stop, Whole};
use serde::Serialize;
use utoipa::ToSchema;

/// A consignment of an order.
#[derive(Serialize, ToSchema)]
pub struct OrderConsignmentAnswer {
    /// Its id.
    #[schema(example = "csg_1f8k2m")]
    pub id: String,
    /// It made way for another when the order was changed.
    pub replaced: bool,
    /// From which country.
    pub from: String,
    /// Code of the service.
    pub service: String,
    /// How far it is.
    #[schema(example = "handed_over")]
    pub state: String,
    /// Days of arrival promised.
    pub arrives: WindowView,
    /// Its parcels that left or will, one after another.
    pub parcels: Vec<OrderParcelAnswer>,
    /// What waits to be packed.
    pub waiting: Vec<PiecesAnswer>,
    /// Tracking number of its newest parcel, once labelled.
    pub tracking: Option<String>,
    /// Until when the buyer may object; then it is complete by itself.
    #[schema(format = DateTime)]
    pub accept_until: Option<String>,
    /// When it was accepted: its seller is paid after it.
    #[schema(format = DateTime)]
    pub completed_at: Option<String>,
    /// What happened to its parcels, oldest first.
    pub journey: Vec<JourneyAnswer>,
}

/// A parcel of a consignment.
#[derive(Serialize, ToSchema)]
pub struct OrderParcelAnswer {
    /// Its id.
    #[schema(example = "opc_1f8k2m")]
    pub id: String,
    /// How far it is: `asked` while its carrier makes the label, `packed`, `handed_over`, `in_transit`, `delivered`, `lost`,
    /// `returned`, `written_off`.
    #[schema(example = "in_transit")]
    pub state: String,
    /// Where it stands with customs.
    #[schema(example = "exported")]
    pub customs: String,
    /// Tracking number, once labelled.
    pub tracking: Option<String>,
    /// What is in it.
    pub lines: Vec<PiecesAnswer>,
    /// When the carrier took it.
    #[schema(format = DateTime)]
    pub handed_over_at: Option<String>,
    /// When it reached the buyer.
    #[schema(format = DateTime)]
    pub delivered_at: Option<String>,
}

/// Pieces of a line.
#[derive(Clone, Serialize, ToSchema)]
pub struct PiecesAnswer {
    /// The line.
    #[schema(example = "oln_1f8k2m")]
    pub line: String,
    /// How many.
    pub pieces: i64,
}

/// What is in a parcel.
pub(super) fn inside(parcel: &orders::Parcel) -> Vec<PiecesAnswer> {
    let pieces = |inside: &orders::Inside| PiecesAnswer { line: inside.line.to_string(), pieces: inside.pieces };
    parcel.lines.iter().map(pieces).collect()
}

/// What of a consignment's lines waits to be packed.
pub(super) fn waiting<'a>(lines: impl Iterator<Item = &'a orders::Line>) -> Vec<PiecesAnswer> {
    let open = lines.filter(|line| line.to_pack() > 0);
    open.map(|line| PiecesAnswer { line: line.id.to_string(), pieces: line.to_pack() }).collect()
}

/// One event of a parcel's journey.
#[derive(Serialize, ToSchema)]
pub struct JourneyAnswer {
    /// To which parcel.
    #[schema(example = "opc_1f8k2m")]
    pub parcel: String,
    /// What happened.
    #[schema(example = "import_released")]
    pub kind: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Where, as told.
    pub place: String,
}

/// The consignment at this stop of its order's way.
pub(super) fn stop(whole: &Whole, stop: &Stop) -> OrderConsignmentAnswer {
    let one = &stop.consignment;
    let mut journey: Vec<JourneyAnswer> = Vec::new();
    for sent in &stop.parcels {
        let parcel = sent.parcel.id.to_string();
        let event = |event: &logistics::journey::JourneyEvent| JourneyAnswer {
            parcel: parcel.clone(),
            kind: event.kind.name().to_owned(),
            at: event.at.to_string(),
            place: event.place.clone(),
        };
        journey.extend(sent.journey.iter().flat_map(|journey| &journey.events).map(event));
    }
    journey.sort_by(|one, other| one.at.cmp(&other.at));
    OrderConsignmentAnswer {
        id: one.id.to_string(),
        replaced: one.replaced_by.is_some(),
        from: one.dispatch.to_string(),
        service: one.service.clone(),
        state: one.state.name().to_owned(),
        arrives: one.arrives.into(),
        parcels: stop.sent().map(parcel).collect(),
        waiting: waiting(whole.lines_of(one.id)),
        tracking: stop.sent().filter_map(Sent::tracking).last().map(str::to_owned),
        accept_until: moment(one.accept_until),
        completed_at: moment(one.completed_at),
        journey,
    }
}

fn parcel(sent: &Sent) -> OrderParcelAnswer {
    let one = &sent.parcel;
    OrderParcelAnswer {
        id: one.id.to_string(),
        state: one.state.name().to_owned(),
        customs: one.customs.name().to_owned(),
        tracking: sent.tracking().map(str::to_owned),
        lines: inside(one),
        handed_over_at: moment(one.handed_over_at),
        delivered_at: moment(one.delivered_at),
    }
}
