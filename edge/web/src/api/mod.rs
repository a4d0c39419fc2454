//! The REST API: the same functions with another face.

use crate::routes::Route;

/// The API's rows of the table.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
