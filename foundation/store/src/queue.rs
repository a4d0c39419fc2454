//! The queue in front of every thread that owns a connection.

use base::{Error, Result};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// So much may wait; more is answered `unavailable` at once instead of late.
const CAPACITY: usize = 20_000;

/// Many senders, one or more takers, first in, first out.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    filled: Condvar,
}

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

impl<T> Queue<T> {
    pub(crate) fn new() -> Queue<T> {
        Queue { state: Mutex::new(State { waiting: VecDeque::new(), closed: false }), filled: Condvar::new() }
    }

    /// Puts `item` last. Errors (unavailable): closed, or far too much is waiting.
    pub(crate) fn push(&self, item: T) -> Result<()> {
        let mut state = self.state();
        if state.closed {
            return Err(Error::unavailable("closing", "The shop is closing down; try again in a moment."));
        }
        if state.waiting.len() >= CAPACITY {
            return Err(Error::unavailable("overloaded", "Too much is going on; try again in a moment."));
        }
        state.waiting.push_back(item);
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for at least one item and takes up to `most`; nothing once closed and drained.
    pub(crate) fn take(&self, most: usize) -> Vec<T> {
        let mut state = self.state();
        while state.waiting.is_empty() && !state.closed {
            state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let count = state.waiting.len().min(most);
        state.waiting.drain(..count).collect()
    }

    /// One item, if one waits.
    pub(crate) fn take_waiting(&self) -> Option<T> {
        self.state().waiting.pop_front()
    }

    /// Takes nothing new; what waits is still handed out.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.filled.notify_all();
    }

    /// Takes `item` as the very last, unless already closed.
    pub(crate) fn close_with(&self, item: T) {
        let mut state = self.state();
        if !state.closed {
            state.waiting.push_back(item);
        }
        state.closed = true;
        self.filled.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
