//! For machines that watch: alive, ready, metrics.

use crate::App;
use crate::routes::routes;
use axum::extract::State;
use axum::http::{StatusCode, header};
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

/// GET /metrics: Prometheus' text form.
pub async fn metrics(State(app): State<App>) -> Response {
    let due = app.store.read(store::due_count).await.unwrap_or(-1);
    let gauges = [("entrepot_jobs_due", "Jobs whose time has come and that have not run.", due)];
    let text = app.metrics.text(routes(), &gauges);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
