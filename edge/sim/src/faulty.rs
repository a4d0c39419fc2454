//! A provider that fails as real ones do: it gives no answer before or after the work is done, is asked twice, or the
//! process that asked it dies on the way.

use crate::chance::Chance;
use base::{Currency, Error, Moment, Result};
use payments::sandbox::Sandbox;
use payments::{Authorise, BoxFuture, Intent, Notice, Outcome, Provider, RefundOutcome, Refunding, Settlement};
use std::future::Future;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// No answer, and nothing was done.
    SilentBefore,
    /// No answer, though it was done.
    SilentAfter,
    /// It was asked twice.
    Twice,
    /// The process dies before the question leaves.
    DeathBefore,
    /// The process dies with the answer in its hands.
    DeathAfter,
}

/// How often each fault comes, in thousandths.
const FAULTS: [(usize, Fault); 6] = [
    (860, Fault::None),
    (35, Fault::SilentBefore),
    (35, Fault::SilentAfter),
    (40, Fault::Twice),
    (15, Fault::DeathBefore),
    (15, Fault::DeathAfter),
];

/// The sandbox behind a bad line.
pub struct Faulty {
    sandbox: Arc<Sandbox>,
    line: Arc<Line>,
}

/// The line's luck, which outlives the process.
pub struct Line {
    chance: Mutex<Chance>,
    death: Notify,
    calm: AtomicUsize,
    /// Faults so far.
    pub faults: AtomicU64,
}

impl Line {
    /// A line whose luck is the seed's.
    pub fn new(seed: u64) -> Arc<Line> {
        let chance = Mutex::new(Chance::new(seed ^ 0x00fa_0175));
        Arc::new(Line { chance, death: Notify::new(), calm: AtomicUsize::new(0), faults: AtomicU64::new(0) })
    }

    /// From now on nothing goes wrong.
    pub fn calm(&self) {
        self.calm.store(1, Ordering::SeqCst);
    }

    /// Comes when the process has died in a call.
    pub async fn death(&self) {
        self.death.notified().await;
    }

    fn draw(&self) -> Fault {
        if self.calm.load(Ordering::SeqCst) == 1 {
            return Fault::None;
        }
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = chance.weighted(&FAULTS, Fault::None);
        self.faults.fetch_add(u64::from(fault != Fault::None), Ordering::SeqCst);
        fault
    }

    /// The caller is never heard of again: whoever awaits this is dropped.
    async fn die<T>(&self) -> T {
        self.death.notify_one();
        std::future::pending().await
    }

    async fn call<T, F: Future<Output = Result<T>>>(&self, work: impl Fn() -> F) -> Result<T> {
        match self.draw() {
            Fault::None => work().await,
            Fault::SilentBefore => Err(silent()),
            Fault::SilentAfter => {
                work().await?;
                Err(silent())
            }
            Fault::Twice => {
                work().await?;
                work().await
            }
            Fault::DeathBefore => self.die().await,
            Fault::DeathAfter => {
                work().await?;
                self.die().await
            }
        }
    }
}

fn silent() -> Error {
    Error::unavailable("provider_silent", "The provider does not answer.")
}

impl Faulty {
    /// The sandbox at the end of `line`.
    pub fn new(sandbox: Arc<Sandbox>, line: Arc<Line>) -> Faulty {
        Faulty { sandbox, line }
    }
}

impl Provider for Faulty {
    fn name(&self) -> &'static str {
        self.sandbox.name()
    }

    fn supports(&self, currency: Currency) -> bool {
        self.sandbox.supports(currency)
    }

    fn tokenise(&self, input: &str) -> Result<String> {
        self.sandbox.tokenise(input)
    }

    fn authorise<'a>(&'a self, ask: &'a Authorise) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(self.line.call(|| self.sandbox.authorise(ask)))
    }

    fn capture<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(self.line.call(move || self.sandbox.capture(intent)))
    }

    fn void<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(self.line.call(move || self.sandbox.void(intent)))
    }

    fn status<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(self.line.call(move || self.sandbox.status(intent)))
    }

    fn refund<'a>(&'a self, ask: &'a Refunding) -> BoxFuture<'a, Result<RefundOutcome>> {
        Box::pin(self.line.call(|| self.sandbox.refund(ask)))
    }

    fn webhook(&self, headers: &[(String, String)], body: &[u8], now: Moment) -> Result<Vec<Notice>> {
        self.sandbox.webhook(headers, body, now)
    }

    fn settlements<'a>(&'a self, after: &'a str) -> BoxFuture<'a, Result<Vec<Settlement>>> {
        Box::pin(self.line.call(move || self.sandbox.settlements(after)))
    }
}
