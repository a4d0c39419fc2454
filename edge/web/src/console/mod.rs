//! The operator's console: orders, sellers, products, rules, ledger, health.

use crate::routes::Route;

/// The console's rows of the table.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
