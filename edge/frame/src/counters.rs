//! `/metrics`: who may read it, and what is read at that moment.

use crate::app::App;
use crate::secrets::same_token;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;

/// GET /metrics: Prometheus' text form, for whoever has the token; without a token in the configuration, for this machine.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    if let Some(refused) = refusal(&app, request.headers(), peer) {
        return refused;
    }
    let due = app.store.read(store::due_count).await.unwrap_or(-1);
    let (jobs, events) =
        app.store.read(|db| Ok((store::jobs_behind(db)?, store::events_behind(db)?))).await.unwrap_or((-1, -1));
    let gauges = [
        ("entrepot_jobs_due", "Jobs whose time has come and that have not run.", due),
        ("entrepot_jobs_behind_milliseconds", "For how long the job waits that is due for longest.", jobs / 1000),
        (
            "entrepot_events_behind_milliseconds",
            "For how long the oldest event waits for what follows from it.",
            events / 1000,
        ),
    ];
    let text = app.metrics.text(&gauges);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// What a proxy adds when it passes a request on.
const PASSED_ON: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/// What to answer whoever may not read the metrics.
fn refusal(app: &App, headers: &HeaderMap, peer: Option<SocketAddr>) -> Option<Response> {
    if let Some(token) = &app.config.metrics_token {
        let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        return match sent.is_some_and(|sent| same_token(sent.trim(), token)) {
            true => None,
            false => {
                let asks = [(header::WWW_AUTHENTICATE, "Bearer realm=\"metrics\"")];
                let say = "Send the metrics token: Authorization: Bearer …\n";
                Some((StatusCode::UNAUTHORIZED, asks, say).into_response())
            }
        };
    }
    // Without a peer the caller is in this process.
    let here = peer.is_none_or(|peer| peer.ip().to_canonical().is_loopback());
    let passed_on = app.config.behind_proxy || PASSED_ON.iter().any(|name| headers.contains_key(*name));
    match here && !passed_on {
        true => None,
        false => {
            let say = "Only this machine itself reads the metrics, or whoever has the token of --metrics-token.\n";
            Some((StatusCode::FORBIDDEN, say).into_response())
        }
    }
}
