//! PostgreSQL: one connection, what it has prepared and what it has yet to send; its life on its own thread is in `pool`.
//!
//! What needs no answer (`BEGIN`, inserts) waits and travels together with the next statement that does, rows of a kind as one
//! statement; what will be asked soon can be asked ahead, and what does not hang on each other's answer at once. So a transaction
//! makes as few round trips as it must: one costs more than what most statements do.

use crate::read::first_line;
use crate::rows;
use crate::server::Server;
use crate::{Row, Value};
use bytes::{BufMut, BytesMut};
use futures::future::{join, maybe_done};
use std::collections::HashMap;
use std::error::Error as StdError;
use std::future::{Future, poll_fn};
use std::task::Poll;
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
    /// What was asked ahead, and the answers that have come with those of others.
    ahead: Vec<Ahead>,
    /// By text; then one for each combination of parameter types it was called with.
    statements: HashMap<String, Vec<(Vec<Type>, Statement)>>,
    trouble: Option<Trouble>,
}

/// A statement whose answer nobody waits for yet.
enum Unsent {
    Batch(&'static str),
    /// One row or several of it: `Link::gathered` makes one statement of them.
    Run(&'static str, Statement, Vec<Value>),
    Ask(&'static str, Statement, Vec<Value>),
}

/// A question that was sent before it is asked.
struct Ahead {
    sql: &'static str,
    params: Vec<Value>,
    rows: Vec<tokio_postgres::Row>,
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
        Ok(Link { client, runtime, waiting: Vec::new(), ahead: Vec::new(), statements: HashMap::new(), trouble: None })
    }

    /// Has `sql` sent with whatever is asked next.
    pub(crate) fn send_batch(&mut self, sql: &'static str) {
        self.waiting.push(Unsent::Batch(sql));
    }

    /// Has a statement sent with whatever is asked next. What it answers is only looked at for errors, and then.
    pub(crate) fn send(&mut self, sql: &'static str, params: &[Value]) -> Answer<()> {
        self.forget_ahead();
        let statement = self.prepared(sql, params)?;
        self.waiting.push(Unsent::Run(sql, statement, params.to_vec()));
        if self.waiting.len() < WAITING { Ok(()) } else { self.flush() }
    }

    /// Has a question sent with whatever is asked next. Its answer is there when it is asked itself, unless something was
    /// changed meanwhile.
    pub(crate) fn ask_ahead(&mut self, sql: &'static str, params: &[Value]) -> Answer<()> {
        let statement = self.prepared(sql, params)?;
        self.waiting.push(Unsent::Ask(sql, statement, params.to_vec()));
        if self.waiting.len() < WAITING { Ok(()) } else { self.flush() }
    }

    /// Something is changed: what was asked ahead would be answered as it was before.
    fn forget_ahead(&mut self) {
        self.ahead.clear();
        self.waiting.retain(|unsent| !matches!(unsent, Unsent::Ask(..)));
    }

    /// Forgets what has not been sent, and what was asked ahead: the transaction is over.
    pub(crate) fn forget(&mut self) {
        self.waiting.clear();
        self.ahead.clear();
    }

    /// Sends what waits.
    pub(crate) fn flush(&mut self) -> Answer<()> {
        if self.waiting.is_empty() { Ok(()) } else { self.ask(async |_| Ok(())) }
    }

    /// Sends what waits and then asks `question`, all before the first answer is there. The first error counts: after it
    /// the server refuses the rest.
    fn ask<T>(&mut self, question: impl AsyncFnOnce(&Client) -> Told<T>) -> Answer<T> {
        let waiting = self.gathered()?;
        let (answers, told) = self.runtime.block_on(async {
            let sent = in_order(waiting.iter().map(|unsent| unsent.send(&self.client)));
            join(sent, question(&self.client)).await
        });
        for (unsent, answer) in waiting.into_iter().zip(answers) {
            match (answer, unsent) {
                (Err(error), unsent) => {
                    return Err(format!("{} (sent before: {})", self.note(error), first_line(unsent.sql())));
                }
                (Ok(rows), Unsent::Ask(sql, _, params)) => self.ahead.push(Ahead { sql, params, rows }),
                (Ok(_), _) => {}
            }
        }
        told.map_err(|error| self.note(error))
    }

    /// What waits, rows that follow each other in one table as one statement.
    fn gathered(&mut self) -> Answer<Vec<Unsent>> {
        let mut gathered = Vec::with_capacity(self.waiting.len());
        let mut waiting = std::mem::take(&mut self.waiting).into_iter().peekable();
        while let Some(unsent) = waiting.next() {
            let Unsent::Run(sql, statement, mut values) = unsent else {
                gathered.push(unsent);
                continue;
            };
            let mut count = 1;
            while count < rows::MOST
                && let Some(Unsent::Run(_, _, more)) = waiting.next_if(|next| next.is_row_of(sql, &values, count))
            {
                values.extend(more);
                count += 1;
            }
            let statement = match count {
                1 => statement,
                _ => self.prepared(&rows::repeated(sql, count).ok_or("not a row")?, &values)?,
            };
            gathered.push(Unsent::Run(sql, statement, values));
        }
        Ok(gathered)
    }

    /// What went wrong since the last call, if running the transaction again can help.
    pub(crate) fn take_trouble(&mut self) -> Option<Trouble> {
        let lost = self.client.is_closed().then_some(Trouble::Lost);
        let noted = self.trouble.take();
        lost.or(noted)
    }

    pub(crate) fn query(&mut self, sql: &str, params: &[Value]) -> Answer<Vec<Row>> {
        if self.waiting.iter().any(|unsent| unsent.asks(sql, params)) {
            self.flush()?;
        }
        if let Some(at) = self.ahead.iter().position(|one| one.sql == sql && one.params == params) {
            return self.ahead.swap_remove(at).rows.iter().map(take_row).collect();
        }
        let statement = self.prepared(sql, params)?;
        let bound = bind(params);
        let rows = self.ask(async |client| client.query(&statement, &bound).await)?;
        rows.iter().map(take_row).collect()
    }

    pub(crate) fn run(&mut self, sql: &str, params: &[Value]) -> Answer<u64> {
        self.forget_ahead();
        let statement = self.prepared(sql, params)?;
        let bound = bind(params);
        self.ask(async |client| client.execute(&statement, &bound).await)
    }

    /// One statement for each of several rows of values, all sent before the first answer is there.
    pub(crate) fn query_each(&mut self, sql: &str, rows: &[Vec<Value>]) -> Answer<Vec<Vec<Row>>> {
        let statements = self.prepared_each(sql, rows)?;
        let bound: Vec<_> = rows.iter().map(|row| bind(row)).collect();
        let answers = self.ask(async |client| {
            let sent = statements.iter().zip(&bound).map(|(statement, bound)| client.query(statement, bound));
            in_order(sent).await.into_iter().collect::<Told<Vec<_>>>()
        })?;
        answers.iter().map(|rows| rows.iter().map(take_row).collect()).collect()
    }

    /// One statement for all rows of values, or one for each [`rows::MOST`] of them; gives what all return.
    pub(crate) fn query_rows(&mut self, sql: &str, rows: &[Vec<Value>]) -> Answer<Vec<Row>> {
        self.forget_ahead();
        let mut statements = Vec::with_capacity(rows.len().div_ceil(rows::MOST));
        for some in rows.chunks(rows::MOST) {
            let text = rows::repeated(sql, some.len()).ok_or("it has no list of values, or several")?;
            let values = some.concat();
            statements.push((self.prepared(&text, &values)?, values));
        }
        let bound: Vec<_> = statements.iter().map(|(_, values)| bind(values)).collect();
        let answers = self.ask(async |client| {
            let sent = statements.iter().zip(&bound).map(|((statement, _), bound)| client.query(statement, bound));
            in_order(sent).await.into_iter().collect::<Told<Vec<_>>>()
        })?;
        answers.iter().flatten().map(take_row).collect()
    }

    /// [`Link::query_each`], of which only the number of changed rows counts.
    pub(crate) fn run_each(&mut self, sql: &str, rows: &[Vec<Value>]) -> Answer<Vec<u64>> {
        self.forget_ahead();
        let statements = self.prepared_each(sql, rows)?;
        let bound: Vec<_> = rows.iter().map(|row| bind(row)).collect();
        self.ask(async |client| {
            let sent = statements.iter().zip(&bound).map(|(statement, bound)| client.execute(statement, bound));
            in_order(sent).await.into_iter().collect()
        })
    }

    fn prepared_each(&mut self, sql: &str, rows: &[Vec<Value>]) -> Answer<Vec<Statement>> {
        rows.iter().map(|row| self.prepared(sql, row)).collect()
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Answer<()> {
        self.forget_ahead();
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

/// Runs all at once; the first poll of each sends it, in this order, and so the answers come.
async fn in_order<F: Future>(messages: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut messages: Vec<_> = messages.map(|message| Box::pin(maybe_done(message))).collect();
    poll_fn(|context| {
        messages.iter_mut().fold(Poll::Ready(()), |all, message| match message.as_mut().poll(context) {
            Poll::Ready(()) => all,
            Poll::Pending => Poll::Pending,
        })
    })
    .await;
    messages.iter_mut().filter_map(|message| message.as_mut().take_output()).collect()
}

impl Unsent {
    fn sql(&self) -> &'static str {
        match self {
            Unsent::Batch(sql) | Unsent::Run(sql, ..) | Unsent::Ask(sql, ..) => sql,
        }
    }

    fn asks(&self, sql: &str, params: &[Value]) -> bool {
        matches!(self, Unsent::Ask(text, _, values) if *text == sql && values == params)
    }

    /// Whether it is one more row of what `sql` inserts, of which `count` rows with `values` are there.
    fn is_row_of(&self, sql: &str, values: &[Value], count: usize) -> bool {
        let fits =
            |more: &[Value]| more.iter().map(type_of).eq(values[values.len() - more.len()..].iter().map(type_of));
        matches!(self, Unsent::Run(text, _, more) if *text == sql && more.len() * count == values.len() && fits(more))
            && rows::is_row(sql)
    }

    async fn send(&self, client: &Client) -> Told<Vec<tokio_postgres::Row>> {
        match self {
            Unsent::Batch(sql) => client.batch_execute(sql).await.map(|()| Vec::new()),
            Unsent::Run(_, statement, params) => client.execute(statement, &bind(params)).await.map(|_| Vec::new()),
            Unsent::Ask(_, statement, params) => client.query(statement, &bind(params)).await,
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
