//! A closure on its way to a connection and its answer on the way back.

use crate::{Read, Tx};
use base::{Actor, Error, Result};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// What stands in a queue.
pub(crate) enum Task {
    /// Needs a connection that writes.
    Write(Box<dyn Work<Tx>>),
    /// Needs only a consistent snapshot.
    Read(Box<dyn Work<Read>>),
}

impl Task {
    pub(crate) fn finish(self, outcome: Result<()>) {
        match self {
            Task::Write(work) => work.finish(outcome),
            Task::Read(work) => work.finish(outcome),
        }
    }
}

/// A closure over a `C`, whatever it answers.
pub(crate) trait Work<C>: Send {
    fn actor(&self) -> Actor;
    /// Where the closure is written: `orders::pack::{{closure}}`.
    fn name(&self) -> &'static str;
    /// Runs the closure and keeps its answer. May be called again; the last answer counts.
    fn run(&mut self, connection: &mut C) -> Result<()>;
    /// Sends the kept answer, or the error of the transaction around it.
    fn finish(self: Box<Self>, outcome: Result<()>);
}

/// The one implementation of [`Work`].
pub(crate) struct Call<T, F, R> {
    pub(crate) actor: Actor,
    pub(crate) closure: F,
    pub(crate) answer: Option<T>,
    pub(crate) reply: R,
}

impl<C, T, F, R> Work<C> for Call<T, F, R>
where
    T: Send,
    F: FnMut(&mut C) -> Result<T> + Send,
    R: FnOnce(Result<T>) + Send,
{
    fn actor(&self) -> Actor {
        self.actor
    }

    fn name(&self) -> &'static str {
        std::any::type_name::<F>()
    }

    fn run(&mut self, connection: &mut C) -> Result<()> {
        self.answer = None;
        let closure = &mut self.closure;
        match catch_unwind(AssertUnwindSafe(|| closure(connection))) {
            Ok(answer) => {
                self.answer = Some(answer?);
                Ok(())
            }
            Err(payload) => Err(Error::internal(format!("panic in a transaction: {}", words(payload.as_ref())))),
        }
    }

    fn finish(self: Box<Self>, outcome: Result<()>) {
        let Call { answer, reply, closure, .. } = *self;
        // What the closure holds is let go before its caller goes on.
        drop(closure);
        reply(outcome.and_then(|()| answer.ok_or_else(|| Error::internal("a transaction ended without an answer"))));
    }
}

/// A closure that keeps others waiting for longer than this is named in the log, at the level `debug`.
const LONG: Duration = Duration::from_millis(10);

/// Tells the log of a closure that took long.
pub(crate) fn note_long(name: &'static str, taken: Duration) {
    if taken > LONG {
        tracing::debug!(closure = name, ms = taken.as_millis(), "a long transaction");
    }
}

fn words(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
