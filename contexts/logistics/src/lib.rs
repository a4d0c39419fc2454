//! Carriers, services and their prices; when a parcel arrives; labels; parcels and their journey.
//!
//! Owns: tables `logistics_*`, the built-in services, zones and rate cards (`tables/`). Promises: choosing a service is pure and
//! fast; a parcel's state does not depend on the order in which its events come in, nor on how often; a tracking number is
//! used once. Never: knows an order's lines or money; calls a carrier from inside a transaction.

pub mod arrival;
pub mod booking;
pub mod carrier;
pub mod event;
pub mod event_kind;
pub mod journey;
pub mod label;
pub mod parcel;
pub mod plan;
pub mod s10;
pub mod service;
mod table;

pub use booking::{
    Booking, BookingState, Document, booking, booking_counts, booking_of, document, documents, request, under_way,
};
pub use carrier::{Answer, Bought, Carrier, Carriers, News, Report, Said, begin, move_on};
pub use event::{EVENTS, Event};
pub use event_kind::EventKind;
pub use journey::{Journey, JourneyEvent, NewEvent, Recorded, journey, record};
pub use label::{CustomsForm, LabelView, customs_form, label_svg};
pub use parcel::{Content, Label, Parcel, by_tracking, forget_phone, held, label, of_order, parcel, set_fate};
pub use plan::{Fate, Odds, Step, plan};
pub use service::{Ask, BUILT_IN, Lane, Service, ServiceKind, ServiceOption, lanes, options, service, services};
pub use table::{OwnTables, install};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[
    store::Sealed {
        table: "logistics_parcel",
        rows: "SELECT id, subject, tracking, order_subject, consignment, organisation, service, from_country, to_country, \
            grams, contents, carrier, shipment, labelled_at FROM logistics_parcel WHERE id > $1 AND id <= $2 \
            ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "logistics_event",
        rows: "SELECT id, parcel, source_id, kind, at, place, recorded_at FROM logistics_event WHERE id > $1 \
            AND id <= $2 ORDER BY id LIMIT $3",
    },
];

/// The tables of this context.
pub const SCHEMA: store::Schema = store::Schema {
    name: "logistics",
    sealed: SEALED,
    migrations: &[include_str!("../schema.sql"), include_str!("../schema_booking.sql")],
};

#[cfg(test)]
mod tests;
