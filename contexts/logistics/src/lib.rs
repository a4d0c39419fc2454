//! Carriers, services and their prices; when a parcel arrives; labels; parcels and their journey.
//!
//! Owns: tables `logistics_*`, the built-in services, zones and rate cards (`tables/`). Promises: choosing a service is pure and
//! fast; a parcel's state does not depend on the order in which its events come in, nor on how often; a tracking number is
//! used once. Never: knows an order's lines or money; calls a carrier from inside a transaction.

pub mod arrival;
pub mod carrier;
pub mod event;
pub mod journey;
pub mod label;
pub mod parcel;
pub mod plan;
pub mod s10;
pub mod service;

pub use carrier::{Carrier, begin, move_on};
pub use event::EventKind;
pub use journey::{Journey, JourneyEvent, NewEvent, Recorded, journey, record};
pub use label::{CustomsForm, LabelView, customs_form, label_svg};
pub use parcel::{Content, Label, Parcel, by_consignment, by_tracking, held, label, of_order, parcel, set_fate};
pub use plan::{Fate, Odds, Step, plan};
pub use service::{Ask, Lane, Service, ServiceKind, ServiceOption, lanes, options, service, services};

/// The tables of this context.
pub const SCHEMA: store::Schema = store::Schema { name: "logistics", migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
