//! Followers: they read events forward from a cursor, at least once, and none is skipped.

use crate::{EventRow, Store, Tx, cursor, events_after, params};
use base::Result;

impl Store {
    /// Gives follower `name` the next events, up to `batch`, and moves its cursor behind them in the same transaction.
    /// Says how many there were; 0 means there is nothing new. Of two processes one waits for the other. A follower
    /// that touches the world outside reads with [`events_after`] and keeps its place with [`Tx::set_cursor`] instead.
    pub async fn follow<F>(&self, name: &str, batch: i64, handle: F) -> Result<usize>
    where
        F: FnMut(&mut Tx, &[EventRow]) -> Result<()> + Send + 'static,
    {
        let asked = name.to_owned();
        if !self.read(move |db| Ok(!after_cursor(db, &asked, 1)?.is_empty())).await? {
            return Ok(0);
        }
        let (name, mut handle) = (name.to_owned(), handle);
        self.write(move |tx| step(tx, &name, batch, &mut handle)).await
    }

    /// [`Store::follow`] for callers outside of an async runtime.
    pub fn follow_blocking<F>(&self, name: &str, batch: i64, handle: F) -> Result<usize>
    where
        F: FnMut(&mut Tx, &[EventRow]) -> Result<()> + Send + 'static,
    {
        let asked = name.to_owned();
        if !self.read_blocking(move |db| Ok(!after_cursor(db, &asked, 1)?.is_empty()))? {
            return Ok(0);
        }
        let (name, mut handle) = (name.to_owned(), handle);
        self.write_blocking(move |tx| step(tx, &name, batch, &mut handle))
    }
}

fn after_cursor(db: &mut crate::Read, name: &str, limit: i64) -> Result<Vec<EventRow>> {
    let seq = cursor(db, name)?;
    events_after(db, seq, limit)
}

fn step(
    tx: &mut Tx,
    name: &str,
    batch: i64,
    handle: &mut impl FnMut(&mut Tx, &[EventRow]) -> Result<()>,
) -> Result<usize> {
    let seq: i64 = tx.one(LOCK_CURSOR, params![name])?.get(0)?;
    let events = events_after(tx, seq, batch)?;
    if let Some(last) = events.last() {
        handle(tx, &events)?;
        tx.set_cursor(name, last.seq)?;
    }
    Ok(events.len())
}

const LOCK_CURSOR: &str = "INSERT INTO follower (name, seq) VALUES ($1, 0)
     ON CONFLICT (name) DO UPDATE SET seq = follower.seq RETURNING seq";
