//! `Tx`: a transaction that writes.

use crate::{Read, Row, Value};
use base::{Id, Result, Tag};
use std::ops::{Deref, DerefMut};

/// A write transaction; everything in it happens or nothing. Its closure may be run again, so nothing but its value
/// may escape it.
pub struct Tx {
    pub(crate) read: Read,
    /// Events this run has emitted.
    pub(crate) emitted: i64,
}

impl Tx {
    pub(crate) fn new(read: Read) -> Tx {
        Tx { read, emitted: 0 }
    }

    /// Runs a statement that changes rows and says how many it changed. A broken rule that the statement itself
    /// guards (`... WHERE available >= $1`) shows as 0. Errors (internal): a violated constraint, a wrong statement.
    #[track_caller]
    pub fn run(&mut self, sql: &'static str, params: &[Value]) -> Result<u64> {
        self.read.execute(sql, params)
    }

    /// Runs a statement of which nobody needs to know how many rows it changed. On PostgreSQL it travels with what is asked
    /// next, or with the commit: its error may come from there, and the transaction cannot be completed then.
    #[track_caller]
    pub fn send(&mut self, sql: &'static str, params: &[Value]) -> Result<()> {
        self.read.send(sql, params)
    }

    /// [`Tx::run`] for each row of values, in this order; says how many rows each changed. On PostgreSQL all are sent before the
    /// first answer is there, so whoever refuses for one of them must fail the transaction. Errors: as [`Tx::run`].
    #[track_caller]
    pub fn run_each(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<Vec<u64>> {
        self.read.execute_each(sql, rows)
    }

    /// A statement with one list of values, `FROM (VALUES ($1, $2)) AS given`, for all these rows of values at once; gives what it
    /// returns of all of them, in no order. No row may change what another looks at: whether it sees that is not said. Whoever
    /// misses a row in the answer must fail the transaction. Errors: as [`Tx::run`].
    #[track_caller]
    pub fn query_rows(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<Vec<Row>> {
        self.read.change_rows(sql, rows)
    }

    /// A new id, larger than every one before it in this process.
    pub fn id<T: Tag>(&self) -> Id<T> {
        Id::from_raw(self.new_id())
    }

    pub(crate) fn new_id(&self) -> i64 {
        self.read.shared.source.id(self.read.now)
    }

    /// A secret: 160 random bits as 32 url-safe letters and digits. Repeats from run to run under a manual clock.
    pub fn key(&self) -> String {
        self.read.shared.source.key()
    }
}

impl Deref for Tx {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}
