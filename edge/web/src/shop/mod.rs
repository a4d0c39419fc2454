//! The storefront, a file a page.

use crate::routes::Route;

/// The storefront's rows of the table.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
