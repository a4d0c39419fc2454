//! The seller centre: orders with clocks, offers, stock, readiness, balance.

use crate::routes::Route;

/// The seller centre's rows of the table.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
