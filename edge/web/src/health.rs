//! For machines that watch: alive, ready, metrics.

use crate::App;
use crate::routes::routes;
use axum::extract::State;
use axum::http::{StatusCode, header};
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

/// GET /metrics: Prometheus' text form.
pub async fn metrics(State(app): State<App>) -> Response {
    let due = app.store.read(store::due_count).await.unwrap_or(-1);
    let gauges = [("entrepot_jobs_due", "Jobs whose time has come and that have not run.", due)];
    let text = app.metrics.text(routes(), &gauges);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
