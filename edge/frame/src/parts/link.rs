//! Paths as they are reached from outside.

use crate::app::App;

/// A path of this house as it is reached from outside.
pub fn absolute(app: &App, path: &str) -> String {
    format!("{}{path}", app.config.base_url.trim_end_matches('/'))
}
