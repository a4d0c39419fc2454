//! A provider that fails as real ones do: it gives no answer before or after the work is done, answers hours later, is asked twice,
//! or the process that asked it dies on the way. The line to it is also the carrier's.

use crate::chance::Chance;
use base::{Currency, Error, Moment, Result};
use payments::sandbox::Sandbox;
use payments::{Authorise, BoxFuture, Intent, Notice, Outcome, Provider, RefundOutcome, Refunding, Settlement};
use std::future::{Future, pending, poll_fn};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

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
    /// The call hangs until the caller gives up, and nothing was done.
    HangsBefore,
    /// The call hangs until the caller gives up, though it was done.
    HangsAfter,
    /// It was done, and the answer comes when the caller has waited for hours or days.
    Late,
    /// The process dies before the question leaves.
    DeathBefore,
    /// The process dies with the answer in its hands.
    DeathAfter,
}

/// How often each fault comes, in thousandths.
const FAULTS: [(usize, Fault); 9] = [
    (845, Fault::None),
    (30, Fault::SilentBefore),
    (30, Fault::SilentAfter),
    (35, Fault::Twice),
    (10, Fault::HangsBefore),
    (10, Fault::HangsAfter),
    (12, Fault::Late),
    (14, Fault::DeathBefore),
    (14, Fault::DeathAfter),
];

/// What happened to whoever made a call just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The process died.
    Died,
    /// No answer comes until [`Line::answer`].
    Hangs,
}

/// The sandbox behind a bad line.
pub struct Faulty {
    sandbox: Arc<Sandbox>,
    line: Arc<Line>,
}

/// The line's luck, which outlives the process.
pub struct Line {
    chance: Mutex<Chance>,
    calm: AtomicBool,
    mark: Mutex<Option<Mark>>,
    /// How often waiting callers were answered.
    answers: AtomicU64,
    /// Faults so far.
    pub faults: AtomicU64,
}

impl Line {
    /// A line whose luck is the seed's.
    pub fn new(seed: u64) -> Arc<Line> {
        Arc::new(Line {
            chance: Mutex::new(Chance::new(seed ^ 0x00fa_0175)),
            calm: AtomicBool::new(false),
            mark: Mutex::new(None),
            answers: AtomicU64::new(0),
            faults: AtomicU64::new(0),
        })
    }

    /// From now on nothing goes wrong.
    pub fn calm(&self) {
        self.calm.store(true, Ordering::SeqCst);
    }

    /// What happened since the last time this was asked.
    pub(crate) fn take_mark(&self) -> Option<Mark> {
        self.mark.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn set_mark(&self, mark: Mark) {
        *self.mark.lock().unwrap_or_else(PoisonError::into_inner) = Some(mark);
    }

    /// Whoever waits is answered now, or gives up: let them go on to see.
    pub(crate) fn answer(&self) {
        self.answers.fetch_add(1, Ordering::SeqCst);
    }

    fn draw(&self) -> Fault {
        if self.calm.load(Ordering::SeqCst) {
            return Fault::None;
        }
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = chance.weighted(&FAULTS, Fault::None);
        self.faults.fetch_add(u64::from(fault != Fault::None), Ordering::SeqCst);
        fault
    }

    /// The caller is never heard of again: whoever awaits this is dropped.
    pub(crate) async fn die<T>(&self) -> T {
        self.set_mark(Mark::Died);
        pending().await
    }

    /// Nothing comes for a long time.
    pub(crate) async fn wait(&self) {
        let before = self.answers.load(Ordering::SeqCst);
        poll_fn(|_| {
            if self.answers.load(Ordering::SeqCst) > before {
                return Poll::Ready(());
            }
            self.set_mark(Mark::Hangs);
            Poll::Pending
        })
        .await;
    }

    /// Makes a call over this line.
    pub(crate) async fn call<T, F: Future<Output = Result<T>>>(&self, work: impl Fn() -> F) -> Result<T> {
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
            Fault::HangsBefore => {
                self.wait().await;
                Err(silent())
            }
            Fault::HangsAfter => {
                work().await?;
                self.wait().await;
                Err(silent())
            }
            Fault::Late => {
                let answer = work().await?;
                self.wait().await;
                Ok(answer)
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
    Error::unavailable("no_answer", "There is no answer.")
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
