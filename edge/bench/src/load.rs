//! Load from many clients at once, and the figures it gives: rate and latency percentiles.

use base::Result;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a run measured.
#[derive(Debug, Default)]
pub struct Figures {
    /// Finished rounds (orders, pages, searches).
    pub rounds: u64,
    /// Rounds that failed.
    pub failed: u64,
    /// The first failure, to be shown.
    pub first_failure: Option<String>,
    /// HTTP calls, all rounds together.
    pub calls: u64,
    /// Wall time, seconds.
    pub seconds: f64,
    /// Microseconds of every finished round, sorted.
    latencies: Vec<u32>,
}

impl Figures {
    /// Finished rounds per second.
    pub fn per_second(&self) -> f64 {
        self.rounds as f64 / self.seconds.max(0.001)
    }

    /// The `share` percentile in milliseconds: `0.99` is the time that 99 of 100 rounds stay below.
    pub fn percentile_ms(&self, share: f64) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        let at = ((self.latencies.len() as f64 * share) as usize).min(last);
        self.latencies.get(at).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    }

    /// Calls per finished round.
    pub fn calls_per_round(&self) -> f64 {
        self.calls as f64 / (self.rounds.max(1)) as f64
    }

    fn join(&mut self, other: Figures) {
        self.rounds += other.rounds;
        self.failed += other.failed;
        self.calls += other.calls;
        self.first_failure = self.first_failure.take().or(other.first_failure);
        self.latencies.extend(other.latencies);
    }
}

/// One client that does round after round.
pub trait Shopper: Send + 'static {
    /// One whole round; the calls it made.
    fn round(&mut self) -> impl Future<Output = Result<u64>> + Send;
}

/// Lets every shopper do rounds until `time` has gone by or all together have begun `rounds`. A shopper that fails five times
/// in a row stops.
pub async fn run<S: Shopper>(shoppers: Vec<S>, time: Duration, rounds: u64) -> Figures {
    let start = Instant::now();
    let end = start + time;
    let left = Arc::new(AtomicU64::new(rounds));
    let tasks: Vec<_> = shoppers.into_iter().map(|shopper| tokio::spawn(shop(shopper, end, left.clone()))).collect();
    let mut figures = Figures::default();
    for task in tasks {
        if let Ok(part) = task.await {
            figures.join(part);
        }
    }
    figures.seconds = start.elapsed().as_secs_f64();
    figures.latencies.sort_unstable();
    figures
}

async fn shop<S: Shopper>(mut shopper: S, end: Instant, left: Arc<AtomicU64>) -> Figures {
    let mut figures = Figures::default();
    let mut in_a_row = 0;
    let take = |left: u64| left.checked_sub(1);
    while Instant::now() < end && in_a_row < 5 && left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    {
        let begun = Instant::now();
        match shopper.round().await {
            Ok(calls) => {
                figures.rounds += 1;
                figures.calls += calls;
                figures.latencies.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
                in_a_row = 0;
            }
            Err(problem) => {
                figures.failed += 1;
                figures.first_failure.get_or_insert(problem.to_string());
                in_a_row += 1;
            }
        }
    }
    figures
}
