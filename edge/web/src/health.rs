//! For machines that watch: alive, ready.

use crate::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// GET /healthz: the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// GET /readyz: the database answers too.
pub async fn ready(State(app): State<App>) -> Response {
    match app.store.read(store::due_count).await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}
