//! For machines that watch: alive, ready.

use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// GET /healthz: the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// So long the database may take to say how it is.
const PATIENCE: Duration = Duration::from_secs(5);

/// GET /readyz: the database answers, is sound, has room to write into and the tables of this program. Otherwise 503, with a
/// line for each part that is wrong.
pub async fn ready(State(app): State<App>) -> Response {
    let Ok(ailments) = tokio::time::timeout(PATIENCE, app.store.ailments()).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "database: it does not answer\n").into_response();
    };
    if ailments.is_empty() {
        return "ready\n".into_response();
    }
    let lines: String = ailments.iter().map(|ailment| format!("{}: {}\n", ailment.part, ailment.says)).collect();
    (StatusCode::SERVICE_UNAVAILABLE, lines).into_response()
}
