//! PostgreSQL: one connection, what it has prepared and what it has yet to send; its life on its own thread is in `pool`.
//!
//! What needs no answer (`BEGIN`, inserts) waits and travels together with the next statement that does, so that a
//! transaction makes as few round trips as it asks questions.

use crate::read::first_line;
use crate::server::Server;
use crate::{Row, Value};
use bytes::{BufMut, BytesMut};
use futures::future::maybe_done;
use std::collections::HashMap;
use std::error::Error as StdError;
use std::future::{Future, poll_fn};
use std::pin::pin;
use tokio::runtime::{self, Runtime};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Statement};

/// Prepared statements a connection keeps; the product has fewer, tools with texts of their own may have more.
const STATEMENTS: usize = 2000;
/// So many statements wait to be sent at most.
const WAITING: usize = 64;

/// A connection and what it has prepared.
pub(crate) struct Link {
    client: Client,
    /// The connection lives on it, and only while something is asked.
    runtime: Runtime,
    waiting: Vec<Unsent>,
    /// By text; then one for each combination of parameter types it was called with.
    statements: HashMap<String, Vec<(Vec<Type>, Statement)>>,
    trouble: Option<Trouble>,
}

/// A statement whose answer nobody waits for.
enum Unsent {
    Batch(&'static str),
    Run(&'static str, Statement, Vec<Value>),
}

/// Why a transaction has to be run again although its closure may be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Another transaction was in the way: serialization failure, deadlock.
    Collision,
    /// The connection is gone.
    Lost,
}

type Answer<T> = std::result::Result<T, String>;
type Cause = Box<dyn StdError + Sync + Send>;

impl Link {
    /// Connects. Must be called, and the link dropped, on a thread that runs no async code.
    pub(crate) fn open(server: &Server) -> Answer<Link> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let client = server.connect(&runtime)?;
        runtime.block_on(client.batch_execute(crate::dialect::POSTGRES_OPEN)).map_err(words)?;
        Ok(Link { client, runtime, waiting: Vec::new(), statements: HashMap::new(), trouble: None })
    }

    /// Has `sql` sent with whatever is asked next.
    pub(crate) fn send_batch(&mut self, sql: &'static str) {
        self.waiting.push(Unsent::Batch(sql));
    }

    /// Has a statement sent with whatever is asked next. What it answers is only looked at for errors, and then.
    pub(crate) fn send(&mut self, sql: &'static str, params: &[Value]) -> Answer<()> {
        let statement = self.prepared(sql, params)?;
        self.waiting.push(Unsent::Run(sql, statement, params.to_vec()));
        if self.waiting.len() < WAITING { Ok(()) } else { self.flush() }
    }

    /// Forgets what has not been sent: the transaction is given up.
    pub(crate) fn forget(&mut self) {
        self.waiting.clear();
    }

    fn flush(&mut self) -> Answer<()> {
        if self.waiting.is_empty() { Ok(()) } else { self.ask(async |_| Ok(())) }
    }

    /// Sends what waits and then asks `question`, all before the first answer is there. The first error counts: after it
    /// the server refuses the rest.
    fn ask<T>(&mut self, question: impl AsyncFnOnce(&Client) -> Told<T>) -> Answer<T> {
        let waiting = std::mem::take(&mut self.waiting);
        let (refused, told) = self.runtime.block_on(in_order(&self.client, &waiting, question(&self.client)));
        match refused {
            Some((sql, error)) => Err(format!("{} (sent before: {})", self.note(error), first_line(sql))),
            None => told.map_err(|error| self.note(error)),
        }
    }

    /// What went wrong since the last call, if running the transaction again can help.
    pub(crate) fn take_trouble(&mut self) -> Option<Trouble> {
        let lost = self.client.is_closed().then_some(Trouble::Lost);
        let noted = self.trouble.take();
        lost.or(noted)
    }

    pub(crate) fn query(&mut self, sql: &str, params: &[Value]) -> Answer<Vec<Row>> {
        let statement = self.prepared(sql, params)?;
        let bound = bind(params);
        let rows = self.ask(async |client| client.query(&statement, &bound).await)?;
        rows.iter().map(take_row).collect()
    }

    pub(crate) fn run(&mut self, sql: &str, params: &[Value]) -> Answer<u64> {
        let statement = self.prepared(sql, params)?;
        let bound = bind(params);
        self.ask(async |client| client.execute(&statement, &bound).await)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Answer<()> {
        self.ask(async |client| client.batch_execute(sql).await)
    }

    /// The plan the server would use whatever the values are, in tables that have grown: of small ones it reads all, so a
    /// scan only shows here where no index would do.
    pub(crate) fn explain(&mut self, sql: &str) -> Answer<Vec<String>> {
        self.batch("SAVEPOINT explained")?;
        let types = self.infer(sql, &mut Vec::new())?;
        let list = |words: Vec<&str>| if words.is_empty() { String::new() } else { format!("({})", words.join(", ")) };
        let (names, nulls) = (list(types.iter().map(Type::name).collect()), list(vec!["NULL"; types.len()]));
        self.batch(&format!("PREPARE explained{names} AS {sql}"))?;
        let explain = format!("EXPLAIN EXECUTE explained{nulls}");
        let rows = self.ask(async |client| client.query(&explain, &[]).await)?;
        self.batch("DEALLOCATE explained; ROLLBACK TO explained; RELEASE explained")?;
        rows.iter().map(|row| row.try_get(0).map_err(words)).collect()
    }

    /// The types of the parameters. The server finds most by itself; of `$1 IS NULL OR name = $1` it says that it cannot
    /// tell `$1`, and is offered both types there are.
    fn infer(&mut self, sql: &str, known: &mut Vec<Type>) -> Answer<Vec<Type>> {
        let error = match self.runtime.block_on(self.client.prepare_typed(sql, known)) {
            Ok(statement) => return Ok(statement.params().to_vec()),
            Err(error) => error,
        };
        let unclear = error.as_db_error().filter(|told| {
            *told.code() == SqlState::AMBIGUOUS_PARAMETER || *told.code() == SqlState::INDETERMINATE_DATATYPE
        });
        let number = unclear.and_then(|told| told.message().rsplit('$').next()?.parse::<usize>().ok());
        let mut problem = self.note(error);
        let Some(at) = number.and_then(|number| number.checked_sub(1)) else { return Err(problem) };
        known.resize(known.len().max(at + 1), Type::UNKNOWN);
        if known[at] != Type::UNKNOWN {
            return Err(problem);
        }
        for kind in [Type::INT8, Type::TEXT] {
            self.batch("ROLLBACK TO explained")?;
            let mut tried = known.clone();
            tried[at] = kind;
            match self.infer(sql, &mut tried) {
                Ok(types) => return Ok(types),
                Err(other) => problem = other,
            }
        }
        Err(problem)
    }

    fn prepared(&mut self, sql: &str, params: &[Value]) -> Answer<Statement> {
        let known = self.statements.get(sql).into_iter().flatten();
        let fits = |types: &[Type]| types.iter().eq(params.iter().map(type_of));
        if let Some((_, statement)) = known.into_iter().find(|(types, _)| fits(types)) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        let types: Vec<Type> = params.iter().map(|value| type_of(value).clone()).collect();
        let statement = self.ask(async |client| client.prepare_typed(sql, &types).await)?;
        if statement.params().len() != params.len() {
            return Err(format!("{} values for {} parameters", params.len(), statement.params().len()));
        }
        self.statements.entry(sql.to_owned()).or_default().push((types, statement.clone()));
        Ok(statement)
    }

    /// Remembers whether running again can help, and says in words what went wrong.
    fn note(&mut self, error: tokio_postgres::Error) -> String {
        let code = error.code();
        if error.is_closed() || self.client.is_closed() || code.is_some_and(is_shutdown) {
            self.trouble = Some(Trouble::Lost);
        } else if code == Some(&SqlState::T_R_SERIALIZATION_FAILURE) || code == Some(&SqlState::T_R_DEADLOCK_DETECTED) {
            self.trouble = Some(Trouble::Collision);
        } else if code == Some(&SqlState::FEATURE_NOT_SUPPORTED) && error.to_string().contains("cached plan") {
            // A newer program has changed a table under a prepared statement.
            self.statements.clear();
            self.trouble = Some(Trouble::Collision);
        }
        words(error)
    }
}

fn bind(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as _).collect()
}

/// What the driver says.
type Told<T> = std::result::Result<T, tokio_postgres::Error>;

/// Sends `waiting` and what `last` sends in this order, without waiting in between; says what was refused of `waiting`.
async fn in_order<'a, T>(
    client: &'a Client,
    waiting: &'a [Unsent],
    last: impl Future<Output = Told<T>>,
) -> (Option<(&'static str, tokio_postgres::Error)>, Told<T>) {
    let mut messages: Vec<_> = waiting.iter().map(|unsent| Box::pin(maybe_done(unsent.send(client)))).collect();
    let mut last = pin!(last);
    // The first poll of each sends it; the answers come in the same order, so with the last all are there.
    let told = poll_fn(|context| {
        for message in &mut messages {
            let _ = message.as_mut().poll(context);
        }
        last.as_mut().poll(context)
    });
    let told = told.await;
    let answers = messages.iter_mut().map(|message| message.as_mut().take_output());
    let refused = waiting.iter().zip(answers).find_map(|(unsent, answer)| Some((unsent.sql(), answer?.err()?)));
    (refused, told)
}

impl Unsent {
    fn sql(&self) -> &'static str {
        match self {
            Unsent::Batch(sql) | Unsent::Run(sql, ..) => sql,
        }
    }

    async fn send(&self, client: &Client) -> Told<()> {
        match self {
            Unsent::Batch(sql) => client.batch_execute(sql).await,
            Unsent::Run(_, statement, params) => client.execute(statement, &bind(params)).await.map(drop),
        }
    }
}

fn is_shutdown(code: &SqlState) -> bool {
    [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].contains(code)
}

/// The type a value is declared as; a bare NULL leaves it to the server.
fn type_of(value: &Value) -> &'static Type {
    match value {
        Value::Null => &Type::UNKNOWN,
        Value::Int(_) | Value::NullInt => &Type::INT8,
        Value::Text(_) | Value::NullText => &Type::TEXT,
    }
}

fn take_row(row: &tokio_postgres::Row) -> Answer<Row> {
    let mut values = Vec::with_capacity(row.len());
    for column in 0..row.len() {
        values.push(row.try_get::<_, Option<Value>>(column).map_err(words)?.unwrap_or(Value::Null));
    }
    Ok(Row::new(values))
}

impl ToSql for Value {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        match self {
            Value::Null | Value::NullInt | Value::NullText => return Ok(IsNull::Yes),
            Value::Int(number) => out.put_i64(*number),
            Value::Text(text) => out.put_slice(text.as_bytes()),
        }
        Ok(IsNull::No)
    }

    /// Statements are prepared with the types of their values, so whatever arrives here fits.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Value, Cause> {
        Ok(match *kind {
            Type::BOOL => Value::Int(i64::from(bool::from_sql(kind, raw)?)),
            Type::INT2 => Value::Int(i64::from(i16::from_sql(kind, raw)?)),
            Type::INT4 => Value::Int(i64::from(i32::from_sql(kind, raw)?)),
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::NUMERIC => Value::Int(whole_number(raw).ok_or("a sum that is no 64-bit whole number")?),
            _ => Value::Text(std::str::from_utf8(raw)?.to_owned()),
        })
    }

    fn accepts(kind: &Type) -> bool {
        let numbers = [Type::BOOL, Type::INT2, Type::INT4, Type::INT8, Type::NUMERIC];
        let texts = [Type::TEXT, Type::VARCHAR, Type::NAME, Type::BPCHAR, Type::UNKNOWN];
        numbers.contains(kind) || texts.contains(kind)
    }
}

/// A NUMERIC as sent: number of digits, weight of the first, sign, scale, then digits to the base of 10000. Sums of
/// BIGINT arrive like this.
fn whole_number(raw: &[u8]) -> Option<i64> {
    let word = |at: usize| raw.get(at * 2..at * 2 + 2).map(|pair| i16::from_be_bytes([pair[0], pair[1]]));
    let (digits, weight, sign) = (word(0)?, word(1)?, word(2)?);
    if weight > 5 {
        return None;
    }
    let mut total: i128 = 0;
    for place in 0..=weight.max(digits - 1) {
        let digit = if place < digits { word(4 + place as usize)? } else { 0 };
        if place <= weight {
            total = total * 10_000 + i128::from(digit);
        } else if digit != 0 {
            return None;
        }
    }
    match sign {
        0 => total.try_into().ok(),
        0x4000 => (-total).try_into().ok(),
        _ => None,
    }
}

/// The whole story: the server's message with its code and constraint, or the chain of causes.
pub(crate) fn words(error: tokio_postgres::Error) -> String {
    if let Some(told) = error.as_db_error() {
        let constraint = told.constraint().map(|name| format!(", constraint {name}")).unwrap_or_default();
        return format!("{} ({}{constraint})", told.message(), told.code().code());
    }
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numeric(weight: i16, sign: i16, digits: &[i16]) -> Vec<u8> {
        let mut words = vec![digits.len() as i16, weight, sign, 0];
        words.extend(digits);
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    #[test]
    fn sums_are_whole_numbers_or_nothing() {
        assert_eq!(whole_number(&numeric(0, 0, &[])), Some(0));
        assert_eq!(whole_number(&numeric(1, 0, &[12])), Some(120_000));
        assert_eq!(whole_number(&numeric(1, 0x4000, &[12, 34])), Some(-120_034));
        assert_eq!(whole_number(&numeric(4, 0, &[922, 3372, 368, 5477, 5807])), Some(i64::MAX));
        assert_eq!(whole_number(&numeric(4, 0x4000, &[922, 3372, 368, 5477, 5808])), Some(i64::MIN));
        assert_eq!(whole_number(&numeric(4, 0, &[922, 3372, 368, 5477, 5808])), None, "too large");
        assert_eq!(whole_number(&numeric(-1, 0, &[5000])), None, "a half");
        assert_eq!(whole_number(&numeric(0, -0x4000, &[])), None, "not a number");
        assert_eq!(whole_number(&[0, 1]), None, "cut off");
    }
}
