//! `Read`: statements over one consistent snapshot.

use crate::{Engine, Row, Shared, Value, postgres, rows, sqlite};
use base::{Actor, Error, Moment, Result};
use std::sync::Arc;

/// A connection inside a transaction. Every read function takes one; [`crate::Tx`] is one too.
pub struct Read {
    pub(crate) link: Link,
    pub(crate) shared: Arc<Shared>,
    pub(crate) now: Moment,
    pub(crate) actor: Actor,
    /// The first statement that failed: the transaction is lost then, whatever the closure makes of it.
    pub(crate) failed: Option<Error>,
}

/// The connection itself.
pub(crate) enum Link {
    Sqlite(sqlite::Link),
    Postgres(Box<postgres::Link>),
}

impl Read {
    pub(crate) fn new(link: Link, shared: Arc<Shared>) -> Read {
        Read { link, now: shared.clock.now(), shared, actor: Actor::System, failed: None }
    }

    /// Makes ready for the next closure.
    pub(crate) fn begin(&mut self, actor: Actor) {
        self.now = self.shared.clock.now();
        self.actor = actor;
        self.failed = None;
    }

    /// Every row of the answer. Errors (internal): the statement is wrong or the database refuses it; the
    /// transaction cannot be completed then.
    #[track_caller]
    pub fn query(&mut self, sql: &'static str, params: &[Value]) -> Result<Vec<Row>> {
        self.raw(sql, params)
    }

    /// The first row, which must be there. Errors (internal): no row.
    #[track_caller]
    pub fn one(&mut self, sql: &'static str, params: &[Value]) -> Result<Row> {
        match self.maybe(sql, params)? {
            Some(row) => Ok(row),
            None => Err(Error::internal(format!("no row: {}", first_line(sql)))),
        }
    }

    /// The first row, if there is one.
    #[track_caller]
    pub fn maybe(&mut self, sql: &'static str, params: &[Value]) -> Result<Option<Row>> {
        Ok(self.raw(sql, params)?.into_iter().next())
    }

    /// Says what will be asked soon by the very same statement and values, so that on PostgreSQL it travels with the next question
    /// instead of making a way of its own. What is changed by `run`, `send` or of `each` in between forgets it, so that nothing older
    /// is answered; a change that is itself asked (`UPDATE … RETURNING` by [`Read::maybe`]) does not. Errors: as [`Read::query`].
    #[track_caller]
    pub fn ahead(&mut self, sql: &'static str, params: &[Value]) -> Result<()> {
        storable(params)?;
        match &mut self.link {
            Link::Sqlite(_) => Ok(()),
            Link::Postgres(link) => link.ask_ahead(sql, params).map_err(|problem| self.fail(sql, &problem)),
        }
    }

    /// The same statement for each row of values, in this order; gives the rows of each answer. On PostgreSQL all are sent before
    /// the first answer is there. Errors: as [`Read::query`].
    #[track_caller]
    fn query_each(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<Vec<Vec<Row>>> {
        if let Link::Postgres(link) = &mut self.link {
            rows.iter().try_for_each(|row| storable(row))?;
            return link.query_each(sql, rows).map_err(|problem| self.fail(sql, &problem));
        }
        rows.iter().map(|row| self.query(sql, row)).collect()
    }

    /// The rows that a statement with `IN ($1, …, $8)` finds for any number of ids, in its own order for each eight of them. Errors: as
    /// [`Read::query`].
    #[track_caller]
    pub fn query_in(&mut self, sql: &'static str, ids: &[i64]) -> Result<Vec<Row>> {
        // Where there are fewer than eight the last one is named again.
        let named = |some: &[i64]| (0..rows::MOST).map(|at| Value::Int(some[at.min(some.len() - 1)])).collect();
        let rows: Vec<Vec<Value>> = ids.chunks(rows::MOST).map(named).collect();
        Ok(self.query_each(sql, &rows)?.into_iter().flatten().collect())
    }

    /// When this transaction began, by the store's clock. The same during the whole transaction.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Whether nothing that happens in this store is real; see [`crate::Clock::is_rehearsal`].
    pub fn is_rehearsal(&self) -> bool {
        self.shared.clock.is_rehearsal()
    }

    /// Who acts.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// Which database stands behind.
    pub fn engine(&self) -> Engine {
        self.shared.engine
    }

    /// A statement that was put together at run time. For tests and tools only: the product's statements are
    /// `&'static str` so that tests can find and try every one.
    #[track_caller]
    pub fn raw(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        storable(params)?;
        let answer = match &mut self.link {
            Link::Sqlite(link) => link.query(sql, params),
            Link::Postgres(link) => link.query(sql, params),
        };
        match answer {
            Ok(rows) => Ok(rows),
            Err(problem) => Err(self.fail(sql, &problem)),
        }
    }

    /// How the database would run `sql`, a line a step: EXPLAIN QUERY PLAN on SQLite, EXPLAIN on PostgreSQL. Also
    /// proves that the statement is well-formed. Errors (internal): it is not.
    #[track_caller]
    pub fn explain(&mut self, sql: &str) -> Result<Vec<String>> {
        let answer = match &mut self.link {
            Link::Sqlite(link) => link.explain(sql),
            Link::Postgres(link) => link.explain(sql),
        };
        match answer {
            Ok(lines) => Ok(lines),
            Err(problem) => Err(self.fail(sql, &problem)),
        }
    }

    #[track_caller]
    pub(crate) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        storable(params)?;
        let answer = match &mut self.link {
            Link::Sqlite(link) => link.run(sql, params),
            Link::Postgres(link) => link.run(sql, params),
        };
        match answer {
            Ok(changed) => Ok(changed),
            Err(problem) => Err(self.fail(sql, &problem)),
        }
    }

    /// Several statements without parameters at once.
    #[track_caller]
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        let answer = match &mut self.link {
            Link::Sqlite(link) => link.batch(sql),
            Link::Postgres(link) => link.batch(sql),
        };
        match answer {
            Ok(()) => Ok(()),
            Err(problem) => Err(self.fail(sql, &problem)),
        }
    }

    /// [`Read::execute`], of which nobody wants to know how many rows changed.
    #[track_caller]
    pub(crate) fn send(&mut self, sql: &'static str, params: &[Value]) -> Result<()> {
        storable(params)?;
        let answer = match &mut self.link {
            Link::Sqlite(link) => link.run(sql, params).map(drop),
            Link::Postgres(link) => link.send(sql, params),
        };
        answer.map_err(|problem| self.fail(sql, &problem))
    }

    /// PostgreSQL: has a text sent with whatever is asked next.
    pub(crate) fn send_batch(&mut self, sql: &'static str) {
        if let Link::Postgres(link) = &mut self.link {
            link.send_batch(sql);
        }
    }

    /// Runs a statement for each row of values; see [`crate::Tx::run_each`].
    #[track_caller]
    pub(crate) fn execute_each(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<Vec<u64>> {
        if let Link::Postgres(link) = &mut self.link {
            rows.iter().try_for_each(|row| storable(row))?;
            return link.run_each(sql, rows).map_err(|problem| self.fail(sql, &problem));
        }
        rows.iter().map(|row| self.execute(sql, row)).collect()
    }

    /// One statement for many rows of values; see [`crate::Tx::query_rows`].
    #[track_caller]
    pub(crate) fn change_rows(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<Vec<Row>> {
        if let Link::Postgres(link) = &mut self.link {
            rows.iter().try_for_each(|row| storable(row))?;
            return link.query_rows(sql, rows).map_err(|problem| self.fail(sql, &problem));
        }
        let mut returned = Vec::with_capacity(rows.len());
        for row in rows {
            returned.extend(self.query(sql, row)?);
        }
        Ok(returned)
    }

    /// PostgreSQL: sends what waits.
    pub(crate) fn flush(&mut self) -> Result<()> {
        match &mut self.link {
            Link::Sqlite(_) => Ok(()),
            Link::Postgres(link) => link.flush().map_err(Error::internal),
        }
    }

    /// PostgreSQL: forgets what has not been sent.
    pub(crate) fn forget(&mut self) {
        if let Link::Postgres(link) = &mut self.link {
            link.forget();
        }
    }

    #[track_caller]
    fn fail(&mut self, sql: &str, problem: &str) -> Error {
        self.shared.noticed.failed(problem);
        let error = Error::internal(format!("{problem}: {}", first_line(sql)));
        self.failed.get_or_insert_with(|| error.clone());
        error
    }

    /// Whether this transaction has to be run again, whatever its closure says.
    pub(crate) fn trouble(&mut self) -> Option<postgres::Trouble> {
        match &mut self.link {
            Link::Sqlite(_) => None,
            Link::Postgres(link) => link.take_trouble(),
        }
    }

    /// What the transaction around a closure must answer: a failed statement wins over the closure's own opinion.
    pub(crate) fn verdict(&mut self, outcome: Result<()>) -> Result<()> {
        match self.failed.take() {
            Some(error) => Err(outcome.err().unwrap_or(error)),
            None => outcome,
        }
    }
}

/// PostgreSQL keeps no text with U+0000 in it, so neither engine is given one: the statement is not run, and whoever sent the text
/// is told. Errors: invalid `text_nul`.
fn storable(params: &[Value]) -> Result<()> {
    if params.iter().any(has_nul) {
        let say = "A text has the character U+0000 in it, which cannot be kept: take it out and send it again.";
        return Err(Error::invalid("text_nul", say));
    }
    Ok(())
}

pub(crate) fn has_nul(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.as_bytes().contains(&0))
}

/// Enough of a statement to find it again.
pub(crate) fn first_line(sql: &str) -> &str {
    let line = sql.trim().lines().next().unwrap_or_default();
    line.get(..line.floor_char_boundary(LINE)).unwrap_or(line)
}

/// Longest part of a statement in a message, in bytes: one that was put together may have thousands of parameters.
const LINE: usize = 240;
