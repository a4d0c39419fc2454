//! What can happen to a parcel, in the words every carrier's events are brought to.

use serde::{Deserialize, Serialize};

/// One kind of event; a parcel's state is the kind of its furthest event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The label exists.
    Labelled,
    /// The carrier has it.
    Accepted,
    /// Declared for export.
    ExportDeclared,
    /// Released by the customs of the sender's country.
    ExportReleased,
    /// Left a hub.
    Departed,
    /// Reached a hub.
    Arrived,
    /// Declared for import.
    ImportDeclared,
    /// Customs wants something.
    ImportHeld,
    /// Released by the customs of the destination.
    ImportReleased,
    /// With the courier.
    OutForDelivery,
    /// Nobody opened.
    Attempted,
    /// Nobody knows where it is.
    Lost,
    /// Handed to the buyer.
    Delivered,
    /// Back at the sender's.
    Returned,
}

impl EventKind {
    /// Every kind, in the order of the way.
    pub const ALL: [EventKind; 14] = [
        EventKind::Labelled,
        EventKind::Accepted,
        EventKind::ExportDeclared,
        EventKind::ExportReleased,
        EventKind::Departed,
        EventKind::Arrived,
        EventKind::ImportDeclared,
        EventKind::ImportHeld,
        EventKind::ImportReleased,
        EventKind::OutForDelivery,
        EventKind::Attempted,
        EventKind::Lost,
        EventKind::Delivered,
        EventKind::Returned,
    ];

    /// Stable name, as stored and translated.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::Labelled => "labelled",
            EventKind::Accepted => "accepted",
            EventKind::ExportDeclared => "export_declared",
            EventKind::ExportReleased => "export_released",
            EventKind::Departed => "departed",
            EventKind::Arrived => "arrived",
            EventKind::ImportDeclared => "import_declared",
            EventKind::ImportHeld => "import_held",
            EventKind::ImportReleased => "import_released",
            EventKind::OutForDelivery => "out_for_delivery",
            EventKind::Attempted => "attempted",
            EventKind::Lost => "lost",
            EventKind::Delivered => "delivered",
            EventKind::Returned => "returned",
        }
    }

    /// The kind with this stored name.
    pub fn named(name: &str) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How far on the way: an event of a higher tier wins over every one of a lower; within a tier, where things happen
    /// several times (hub to hub, held and released, attempted and out again), the later one wins.
    pub fn tier(self) -> i64 {
        match self {
            EventKind::Labelled => 0,
            EventKind::Accepted => 1,
            EventKind::ExportDeclared => 2,
            EventKind::ExportReleased => 3,
            EventKind::Departed | EventKind::Arrived => 4,
            EventKind::ImportDeclared => 5,
            EventKind::ImportHeld | EventKind::ImportReleased => 6,
            EventKind::OutForDelivery | EventKind::Attempted => 7,
            EventKind::Lost => 8,
            EventKind::Delivered | EventKind::Returned => 9,
        }
    }

    /// Nothing more will happen. A lost parcel may still turn up.
    pub fn is_final(self) -> bool {
        matches!(self, EventKind::Delivered | EventKind::Returned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_order() {
        for pair in EventKind::ALL.windows(2) {
            assert!(pair[0].tier() <= pair[1].tier(), "{pair:?}");
            assert!(pair[0] < pair[1]);
        }
        for kind in EventKind::ALL {
            assert_eq!(EventKind::named(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
