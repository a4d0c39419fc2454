//! What a measurement prints: one JSON object, or a table for people.

use super::load::Figures;
use super::server::Server;
use serde_json::{Map, Value, json};

/// A measurement's figures by name, in order.
pub struct Report {
    rows: Vec<(&'static str, Value)>,
}

impl Report {
    /// Of a load on a server: `rate` names the rounds per second.
    pub fn of(rate: &'static str, figures: &Figures, server: &Server, cpu_seconds: f64) -> Report {
        let mut report = Report { rows: Vec::new() };
        report.add(rate, json!(rounded(figures.per_second())));
        report.add("p50_ms", json!(rounded(figures.percentile_ms(0.50))));
        report.add("p99_ms", json!(rounded(figures.percentile_ms(0.99))));
        report.add("rounds", json!(figures.rounds));
        report.add("failures", json!(figures.failed));
        report.add("first_failure", json!(figures.first_failure));
        report.add("seconds", json!(rounded(figures.seconds)));
        report.add("server_cpu_seconds", json!(rounded(cpu_seconds)));
        report.add("rss_mb", json!(server.resident_mb()));
        report.add("idle_mb", json!(server.idle_mb));
        report.add("start_ms", json!(server.start_ms as u64));
        report
    }

    /// Of nothing yet.
    pub fn empty() -> Report {
        Report { rows: Vec::new() }
    }

    /// One more figure.
    pub fn add(&mut self, name: &'static str, value: Value) {
        self.rows.push((name, value));
    }

    /// To standard output.
    pub fn print(&self, as_json: bool) {
        if as_json {
            let object: Map<String, Value> =
                self.rows.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            println!("{}", Value::Object(object));
            return;
        }
        for (name, value) in self.rows.iter().filter(|(_, value)| !value.is_null()) {
            println!(
                "{:<22}{}",
                name.replace('_', " "),
                value.as_str().map_or_else(|| value.to_string(), String::from)
            );
        }
    }
}

/// To one decimal, for people.
pub fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
