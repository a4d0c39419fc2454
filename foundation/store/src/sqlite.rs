//! SQLite: one writer that commits in groups, a few readers, each on a connection of its own.

use crate::queue::Queue;
use crate::read::Link as AnyLink;
use crate::task::{Task, Work, note_long};
use crate::{Read, Row, Shared, Tx, Value, dialect};
use base::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement, ToSql};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// No more closures than this share a commit,
const GROUP: usize = 256;
/// and no closure joins a group that has been running for longer than this.
const GROUP_TIME: Duration = Duration::from_millis(100);
/// How long to wait for another process that is writing.
const BUSY: Duration = Duration::from_secs(10);
const STATEMENTS: usize = 1024;

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// To be changed, and what is committed stays.
    Durable,
    /// To be changed by a store that ends with the process.
    Passing,
    /// To be read only: neither the file nor its folder is changed.
    Look,
}

/// Opens a file that is not to be changed. While a server has it open, its write-ahead log lies beside it and is read too. Where
/// there is none nobody has it open, and then SQLite must be told that nobody will: else it would write such a log itself, or
/// fail where it cannot.
fn look_at(file: &Path) -> Answer<Connection> {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let served = std::fs::metadata(&log).is_ok_and(|log| log.len() > 0);
    let mode = if served { "mode=ro" } else { "immutable=1" };
    let path = file.to_str().ok_or("the name of the file is no text")?;
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let connection = Connection::open_with_flags(format!("file:{path}?{mode}"), flags).map_err(words)?;
    match connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Ok(_) => Ok(connection),
        Err(problem) if served => Err(format!(
            "{problem}. Beside it lies a write-ahead log that was not taken in, and the folder cannot be written to: copy the \
             whole folder to a place where it can"
        )),
        Err(problem) => Err(words(problem)),
    }
}

/// A connection and what it has prepared.
pub(crate) struct Link {
    pub(crate) connection: Connection,
}

type Answer<T> = std::result::Result<T, String>;

impl Link {
    /// Opens `file`.
    pub(crate) fn open(file: &Path, access: Access) -> Answer<Link> {
        let connection = match access {
            Access::Durable | Access::Passing => {
                Connection::open_with_flags(file, OpenFlags::default()).map_err(words)?
            }
            Access::Look => look_at(file)?,
        };
        connection.busy_timeout(BUSY).map_err(words)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Else a statement that could use a partial index is planned anew whenever a value is bound to it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(words)?;
        let begin = match access {
            Access::Durable => [dialect::SQLITE_OPEN, "PRAGMA synchronous = FULL"],
            Access::Passing => [dialect::SQLITE_OPEN, "PRAGMA synchronous = OFF"],
            Access::Look => [dialect::SQLITE_LOOK, ""],
        };
        for sql in begin {
            connection.execute_batch(sql).map_err(words)?;
        }
        Ok(Link { connection })
    }

    pub(crate) fn query(&mut self, sql: &str, params: &[Value]) -> Answer<Vec<Row>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(words)?;
        bind(&mut statement, params)?;
        let columns = statement.column_count();
        let mut cursor = statement.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = cursor.next().map_err(words)? {
            rows.push(take_row(row, columns)?);
        }
        Ok(rows)
    }

    pub(crate) fn run(&mut self, sql: &str, params: &[Value]) -> Answer<u64> {
        let mut statement = self.connection.prepare_cached(sql).map_err(words)?;
        bind(&mut statement, params)?;
        statement.raw_execute().map(|changed| changed as u64).map_err(words)
    }

    /// Calls `each` with every row of an answer that may not fit into memory.
    pub(crate) fn stream(&mut self, sql: &str, each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let mut statement = self.connection.prepare(sql).map_err(Error::internal)?;
        let columns = statement.column_count();
        let mut cursor = statement.raw_query();
        while let Some(row) = cursor.next().map_err(Error::internal)? {
            each(take_row(row, columns).map_err(Error::internal)?)?;
        }
        Ok(())
    }

    pub(crate) fn explain(&mut self, sql: &str) -> Answer<Vec<String>> {
        let mut statement = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).map_err(words)?;
        let mut cursor = statement.raw_query();
        let mut lines = Vec::new();
        while let Some(row) = cursor.next().map_err(words)? {
            lines.push(row.get::<_, String>(3).map_err(words)?);
        }
        Ok(lines)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Answer<()> {
        self.connection.execute_batch(sql).map_err(words)
    }
}

/// Binds by name: `$2` is the second value wherever it stands and however often.
fn bind(statement: &mut Statement<'_>, params: &[Value]) -> Answer<()> {
    let mut highest = 0;
    for index in 1..=statement.parameter_count() {
        let name = statement.parameter_name(index).unwrap_or_default();
        let number: usize = name.trim_start_matches('$').parse().map_err(|_| format!("parameter {name} is no $1"))?;
        let value =
            number.checked_sub(1).and_then(|at| params.get(at)).ok_or_else(|| format!("no value for {name}"))?;
        highest = highest.max(number);
        statement.raw_bind_parameter(index, value).map_err(words)?;
    }
    if highest == params.len() { Ok(()) } else { Err(format!("{} values for {highest} parameters", params.len())) }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null | Value::NullInt | Value::NullText => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

fn take_row(row: &rusqlite::Row<'_>, columns: usize) -> Answer<Row> {
    let mut values = Vec::with_capacity(columns);
    for column in 0..columns {
        values.push(match row.get_ref(column).map_err(words)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Int(number),
            ValueRef::Text(text) => {
                Value::Text(std::str::from_utf8(text).map_err(|error| error.to_string())?.to_owned())
            }
            other => return Err(format!("column {column} is {}, only BIGINT and TEXT exist", other.data_type())),
        });
    }
    Ok(Row::new(values))
}

fn words(error: rusqlite::Error) -> String {
    error.to_string()
}

/// The writer's life: takes what waits, commits it as a group, answers.
pub(crate) fn write_loop(link: Link, shared: Arc<Shared>, queue: &Queue<Task>) {
    let mut tx = Tx::new(Read::new(AnyLink::Sqlite(link), shared));
    loop {
        let mut tasks = queue.take(GROUP).into_iter();
        if tasks.len() == 0 {
            return;
        }
        while tasks.len() > 0 {
            write_group(&mut tx, &mut tasks);
        }
    }
}

/// A closure and how it ended.
type Ended = (Box<dyn Work<Tx>>, Result<()>);

/// Runs closures into one commit until none is left or the group has lasted long enough. They run bare, one after the other: a
/// savepoint each costs as much as some of their statements. One that fails before it has changed anything changes nothing for
/// the others. After one that fails half way all of it is taken back, and the group runs again with savepoints.
fn write_group(tx: &mut Tx, tasks: &mut std::vec::IntoIter<Task>) {
    if let Err(problem) = command(tx, BEGIN) {
        tx.read.shared.noticed.failed(&problem);
        return tasks.for_each(|task| task.finish(Err(unavailable(&problem))));
    }
    let (began, before) = (Instant::now(), changes(tx));
    let mut ended: Vec<Ended> = Vec::with_capacity(tasks.len());
    let mut half_done = false;
    for task in tasks.by_ref() {
        let Task::Write(mut work) = task else { continue };
        let untouched = changes(tx);
        let outcome = run(tx, work.as_mut());
        half_done = outcome.is_err() && changes(tx) > untouched;
        ended.push((work, outcome));
        if half_done || lost(tx) || began.elapsed() > GROUP_TIME {
            break;
        }
    }
    let closing = match half_done && !lost(tx) {
        true => run_again(tx, &mut ended),
        false => command(tx, COMMIT),
    };
    if closing.is_err() && !lost(tx) {
        let _ = command(tx, ROLLBACK);
    }
    match &closing {
        Err(problem) => tx.read.shared.noticed.failed(problem),
        Ok(()) if changes(tx) > before => tx.read.shared.noticed.wrote(),
        Ok(()) => {}
    }
    for (work, outcome) in ended {
        match &closing {
            Err(problem) if outcome.is_ok() => work.finish(Err(unavailable(problem))),
            _ => work.finish(outcome),
        }
    }
}

/// The last of the group failed half way. Alone it is taken back; with others before it everything runs again, each so that its
/// failure leaves the rest as it was.
fn run_again(tx: &mut Tx, ended: &mut [Ended]) -> Answer<()> {
    command(tx, ROLLBACK)?;
    if ended.len() == 1 {
        return Ok(());
    }
    command(tx, BEGIN)?;
    for (work, outcome) in ended {
        *outcome = run_saved(tx, work.as_mut());
        if lost(tx) {
            break;
        }
    }
    command(tx, COMMIT)
}

fn run(tx: &mut Tx, work: &mut dyn Work<Tx>) -> Result<()> {
    tx.read.begin(work.actor());
    tx.emitted = 0;
    let began = Instant::now();
    let outcome = work.run(tx);
    note_long(work.name(), began.elapsed());
    tx.read.verdict(outcome)
}

/// Runs a closure so that its failure leaves the rest of the group as it was.
fn run_saved(tx: &mut Tx, work: &mut dyn Work<Tx>) -> Result<()> {
    command(tx, "SAVEPOINT closure").map_err(|problem| unavailable(&problem))?;
    let outcome = run(tx, work);
    if outcome.is_err() && !lost(tx) {
        command(tx, "ROLLBACK TO closure").map_err(|problem| unavailable(&problem))?;
    }
    command(tx, "RELEASE closure").map_err(|problem| unavailable(&problem))?;
    outcome
}

/// Rows that this connection has changed so far.
fn changes(tx: &Tx) -> u64 {
    match &tx.read.link {
        AnyLink::Sqlite(link) => link.connection.total_changes(),
        AnyLink::Postgres(_) => 0,
    }
}

/// SQLite gave the whole transaction up by itself (disk full, I/O error).
fn lost(tx: &Tx) -> bool {
    matches!(&tx.read.link, AnyLink::Sqlite(link) if link.connection.is_autocommit())
}

const BEGIN: &str = "BEGIN IMMEDIATE";
const COMMIT: &str = "COMMIT";
const ROLLBACK: &str = "ROLLBACK";

/// One of the words around closures, prepared once.
fn command(tx: &mut Tx, sql: &'static str) -> Answer<()> {
    match &mut tx.read.link {
        AnyLink::Sqlite(link) => link.run(sql, &[]).map(drop),
        AnyLink::Postgres(_) => Err("not a SQLite connection".into()),
    }
}

fn unavailable(problem: &str) -> Error {
    Error::unavailable("database_unavailable", format!("The database could not do it: {problem}"))
}

/// A reader's life: one closure, one snapshot. Opens its connection when first needed.
pub(crate) fn read_loop(file: &Path, access: Access, shared: &Arc<Shared>, queue: &Queue<Task>) {
    let mut opened: Option<Read> = None;
    while let Some(task) = queue.take(1).pop() {
        let Task::Read(mut work) = task else { continue };
        let read = match opened.take() {
            Some(read) => Ok(read),
            None => open_reader(file, access, shared),
        };
        match read {
            Ok(mut read) => {
                let outcome = read_once(&mut read, work.as_mut());
                opened = Some(read);
                work.finish(outcome);
            }
            Err(problem) => work.finish(Err(unavailable(&problem))),
        }
    }
}

fn open_reader(file: &Path, access: Access, shared: &Arc<Shared>) -> Answer<Read> {
    let mut link = Link::open(file, access)?;
    link.batch(dialect::SQLITE_OPEN_READER)?;
    Ok(Read::new(AnyLink::Sqlite(link), shared.clone()))
}

fn read_once(read: &mut Read, work: &mut dyn Work<Read>) -> Result<()> {
    read.begin(work.actor());
    read.execute("BEGIN", &[])?;
    let outcome = work.run(read);
    let outcome = read.verdict(outcome);
    read.execute("ROLLBACK", &[])?;
    outcome
}
