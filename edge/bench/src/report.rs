//! What was measured, in figures.

use crate::load::Figures;
use base::{Error, Result};
use serde_json::{Value, json};

/// What was measured, to be printed.
#[derive(Debug)]
pub struct Report {
    /// The figures: one JSON object, or a line each.
    pub figures: String,
    /// What a reader must know besides.
    pub note: Option<String>,
}

/// What was measured: `rate` names the figure per second. Errors: `bench_failed` when nothing succeeded.
pub fn report(json: bool, rate: &str, figures: &Figures, extra: Value) -> Result<Report> {
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    let mut all = json!({
        rate: rounded(figures.per_second()),
        "p50_ms": rounded(figures.percentile_ms(0.50)),
        "p99_ms": rounded(figures.percentile_ms(0.99)),
        "rounds": figures.rounds,
        "failed": figures.failed,
        "seconds": rounded(figures.seconds),
    });
    if let (Value::Object(all), Value::Object(extra)) = (&mut all, extra) {
        all.extend(extra);
    }
    let text = match &all {
        Value::Object(all) if !json => {
            all.iter().map(|(name, value)| format!("{name:<20} {value}")).collect::<Vec<_>>().join("\n")
        }
        whole => whole.to_string(),
    };
    match &figures.first_failure {
        Some(problem) if figures.rounds == 0 => Err(Error::unavailable("bench_failed", problem.clone())),
        Some(problem) => {
            let note = format!("{} rounds failed, the first with: {problem}", figures.failed);
            Ok(Report { figures: text, note: Some(note) })
        }
        None => Ok(Report { figures: text, note: None }),
    }
}
