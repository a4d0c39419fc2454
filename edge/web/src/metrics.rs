//! What `/metrics` says, in Prometheus' text form: requests and latencies by route, and what handlers counted.

use crate::App;
use crate::gate::same_token;
use crate::routes::{Route, routes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the latency buckets in microseconds.
const BOUNDS: [u64; 10] = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000];

/// GET /metrics: Prometheus' text form, for whoever has the token; without a token in the configuration, for this machine.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    if let Some(refused) = refusal(&app, request.headers(), peer) {
        return refused;
    }
    let due = app.store.read(store::due_count).await.unwrap_or(-1);
    let gauges = [("entrepot_jobs_due", "Jobs whose time has come and that have not run.", due)];
    let text = app.metrics.text(routes(), &gauges);
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

#[derive(Default)]
struct Counts {
    /// By class of status: 1xx to 5xx.
    statuses: [AtomicU64; 5],
    buckets: [AtomicU64; BOUNDS.len()],
    micros: AtomicU64,
}

/// Counters, one set per route.
pub struct Metrics {
    routes: Vec<Counts>,
    unknown: Counts,
    /// Orders placed through this process.
    pub orders_placed: AtomicU64,
    /// Payments captured through this process.
    pub payments_captured: AtomicU64,
}

impl Metrics {
    /// Zeros for `routes` routes.
    pub fn new(routes: usize) -> Metrics {
        let routes = (0..routes).map(|_| Counts::default()).collect();
        Metrics {
            routes,
            unknown: Counts::default(),
            orders_placed: AtomicU64::new(0),
            payments_captured: AtomicU64::new(0),
        }
    }

    /// Counts one answer of the route at `index` in the table (`None`: no such route).
    pub fn count(&self, index: Option<usize>, status: u16, took: Duration) {
        let counts = index.and_then(|index| self.routes.get(index)).unwrap_or(&self.unknown);
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        counts.statuses[class].fetch_add(1, Ordering::Relaxed);
        let micros = took.as_micros() as u64;
        counts.micros.fetch_add(micros, Ordering::Relaxed);
        if let Some(bucket) = BOUNDS.iter().position(|bound| micros <= *bound) {
            counts.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The text for Prometheus; `gauges` are figures read at this moment: name, help, value.
    pub fn text(&self, routes: &[Route], gauges: &[(&str, &str, i64)]) -> String {
        let mut out = String::from("# HELP entrepot_requests_total Answers by route and class of status.\n");
        out.push_str("# TYPE entrepot_requests_total counter\n");
        let named = routes.iter().map(|route| (route.verb.name(), route.path)).zip(&self.routes);
        let all: Vec<_> = named.chain(std::iter::once((("ANY", "unknown"), &self.unknown))).collect();
        for ((verb, path), counts) in &all {
            for (class, count) in counts.statuses.iter().enumerate() {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    let class = class + 1;
                    let _ = writeln!(
                        out,
                        "entrepot_requests_total{{method=\"{verb}\",route=\"{path}\",status=\"{class}xx\"}} {count}"
                    );
                }
            }
        }
        out.push_str("# HELP entrepot_request_seconds Time to answer by route.\n");
        out.push_str("# TYPE entrepot_request_seconds histogram\n");
        for ((verb, path), counts) in &all {
            histogram(&mut out, &format!("method=\"{verb}\",route=\"{path}\""), counts);
        }
        let counters = [
            ("entrepot_orders_placed_total", "Orders placed through this process.", &self.orders_placed),
            ("entrepot_payments_captured_total", "Payments captured through this process.", &self.payments_captured),
        ];
        for (name, help, value) in counters {
            let value = value.load(Ordering::Relaxed);
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
        }
        for (name, help, value) in gauges {
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
        }
        out
    }
}

fn histogram(out: &mut String, labels: &str, counts: &Counts) {
    let total: u64 = counts.statuses.iter().map(|count| count.load(Ordering::Relaxed)).sum();
    if total == 0 {
        return;
    }
    let mut below = 0;
    for (bound, bucket) in BOUNDS.iter().zip(&counts.buckets) {
        below += bucket.load(Ordering::Relaxed);
        let seconds = seconds(*bound);
        let _ = writeln!(out, "entrepot_request_seconds_bucket{{{labels},le=\"{seconds}\"}} {below}");
    }
    let sum = seconds(counts.micros.load(Ordering::Relaxed));
    let _ = writeln!(out, "entrepot_request_seconds_bucket{{{labels},le=\"+Inf\"}} {total}");
    let _ = writeln!(out, "entrepot_request_seconds_sum{{{labels}}} {sum}");
    let _ = writeln!(out, "entrepot_request_seconds_count{{{labels}}} {total}");
}

/// Microseconds as decimal seconds.
fn seconds(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}
