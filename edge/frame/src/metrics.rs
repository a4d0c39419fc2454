//! What `/metrics` says, in Prometheus' text form: requests and latencies by route, and what handlers counted.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Upper bounds of the latency buckets in microseconds.
const BOUNDS: [u64; 10] = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000];

#[derive(Default)]
struct Counts {
    /// By class of status: 1xx to 5xx.
    statuses: [AtomicU64; 5],
    buckets: [AtomicU64; BOUNDS.len()],
    micros: AtomicU64,
}

/// A route as the figures name it: its pattern and its method.
pub type Row = (&'static str, &'static str);

/// What no route answered.
const UNKNOWN: Row = ("unknown", "ANY");

/// Counters, one set for each route that has answered.
#[derive(Default)]
pub struct Metrics {
    rows: RwLock<BTreeMap<Row, Arc<Counts>>>,
    /// Orders placed through this process.
    pub orders_placed: AtomicU64,
    /// Payments captured through this process.
    pub payments_captured: AtomicU64,
}

impl Metrics {
    /// Counts one answer of a route (`None`: no such route).
    pub fn count(&self, row: Option<Row>, status: u16, took: Duration) {
        let counts = self.of(row.unwrap_or(UNKNOWN));
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        counts.statuses[class].fetch_add(1, Ordering::Relaxed);
        let micros = took.as_micros() as u64;
        counts.micros.fetch_add(micros, Ordering::Relaxed);
        if let Some(bucket) = BOUNDS.iter().position(|bound| micros <= *bound) {
            counts.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        }
    }

    fn of(&self, row: Row) -> Arc<Counts> {
        if let Some(known) = self.rows.read().unwrap_or_else(PoisonError::into_inner).get(&row) {
            return known.clone();
        }
        self.rows.write().unwrap_or_else(PoisonError::into_inner).entry(row).or_default().clone()
    }

    /// The text for Prometheus; `gauges` are figures read at this moment: name, help, value.
    pub fn text(&self, gauges: &[(&str, &str, i64)]) -> String {
        let mut out = String::from("# HELP entrepot_requests_total Answers by route and class of status.\n");
        out.push_str("# TYPE entrepot_requests_total counter\n");
        let all = self.rows.read().unwrap_or_else(PoisonError::into_inner).clone();
        for ((path, verb), counts) in &all {
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
        for ((path, verb), counts) in &all {
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
