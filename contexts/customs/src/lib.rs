//! Customs: what a consignment costs at the door, and what may not cross a border.
//!
//! Owns: the effective-dated tables of duty, tax, low-value rules and fees, and the one computation of landed cost.
//! Promises: pure and deterministic; every charge names the dated row behind it; lines sum to totals, shares to lines;
//! what rests on a typical rate is called an estimate, or refused by name where the asker wants none. Never: reads a clock, a database or the network.

pub mod cost;
mod duty;
mod exchange;
mod fee;
mod land;
mod load;
pub mod reason;
pub mod reference;
pub mod refusal;
pub mod restrict;
mod rows;
pub mod shipment;
pub mod tables;
mod tax;
mod wire;
mod work;

pub use cost::{Certainty, Charge, ChargeKind, Collected, Confidence, ItemShare, LandedCost, Rule, RuleRef, Totals};
pub use land::{landed_cost, landed_cost_total};
pub use reason::{Basis, Parts, Reason, Unit};
pub use reference::ReferenceRates;
pub use refusal::{Refusal, Unconfirmed};
pub use restrict::{Missing, Restriction, bars, describes, readiness, restrictions};
pub use shipment::{Item, NoRates, Rates, Service, Shipment, TaxClass, TaxRoute, Typical};
pub use tables::{Files, TableRow, Tables};
