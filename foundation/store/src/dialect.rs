//! Everything in which the two engines differ: the types, and the few statements that have no common text.

use crate::{Engine, Read, Row, Tx, Value, params};
use base::Result;

/// What every SQLite connection begins with. `case_sensitive_like` makes LIKE mean the same on both engines and lets
/// it use an index.
pub(crate) const SQLITE_OPEN: &str = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
     PRAGMA cache_size = -32000; PRAGMA journal_size_limit = 67108864; PRAGMA case_sensitive_like = ON";

/// The store's own tables on SQLite.
pub(crate) const SQLITE_SCHEMA: &[&str] = &["
CREATE TABLE store_node (
  node BIGINT PRIMARY KEY,
  held BIGINT NOT NULL,
  claimed_at BIGINT NOT NULL
);
CREATE TABLE event (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX event_subject ON event (subject, seq);
CREATE INDEX event_kind ON event (kind, seq);
CREATE TABLE follower (
  name TEXT PRIMARY KEY,
  seq BIGINT NOT NULL
);
CREATE TABLE job (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  unique_key TEXT UNIQUE,
  locked_until BIGINT,
  again_at BIGINT,
  last_error TEXT
);
CREATE INDEX job_due ON job (run_at, id);
CREATE INDEX job_subject ON job (kind, subject);
CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  input_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX idempotency_at ON idempotency (at);
"];

/// A migration's text as `engine` wants it: INTEGER and STRICT tables for SQLite, byte order of TEXT for PostgreSQL
/// (so that both sort and page alike).
pub(crate) fn migration(engine: Engine, sql: &str) -> String {
    match engine {
        Engine::Sqlite => statements(sql).iter().map(|statement| sqlite_statement(statement)).collect(),
        Engine::Postgres => replace_word(sql, "TEXT", "TEXT COLLATE \"C\""),
    }
}

fn sqlite_statement(statement: &str) -> String {
    let strict = if is_create_table(statement) { " STRICT" } else { "" };
    format!("{}{strict};\n", replace_word(statement, "BIGINT", "INTEGER").trim_end())
}

fn is_create_table(statement: &str) -> bool {
    let code = statement.lines().map(|line| line.split("--").next().unwrap_or_default());
    let mut words = code.flat_map(str::split_whitespace);
    let is = |word: Option<&str>, wanted: &str| word.is_some_and(|word| word.eq_ignore_ascii_case(wanted));
    is(words.next(), "CREATE") && is(words.next(), "TABLE")
}

/// The statements of a text, without their semicolons and without `--` comments.
pub(crate) fn statements(sql: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let (mut quoted, mut comment) = (false, false);
    let mut rest = sql.chars().peekable();
    while let Some(letter) = rest.next() {
        if comment {
            comment = letter != '\n';
            continue;
        }
        match letter {
            '\'' => quoted = !quoted,
            '-' if !quoted && rest.peek() == Some(&'-') => {
                comment = true;
                continue;
            }
            ';' if !quoted => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = found.last_mut() {
            last.push(letter);
        }
    }
    found.retain(|statement| !statement.trim().is_empty());
    found
}

/// Replaces a keyword outside of quotes, in any case of its letters.
fn replace_word(sql: &str, word: &str, by: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 64);
    let (mut token, mut quoted) = (String::new(), false);
    for letter in sql.chars().chain(['\0']) {
        if letter.is_alphanumeric() || letter == '_' {
            token.push(letter);
            continue;
        }
        out.push_str(if !quoted && token.eq_ignore_ascii_case(word) { by } else { &token });
        token.clear();
        quoted ^= letter == '\'';
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

/// Stores an event; parameters: at, actor, kind, subject, body.
#[track_caller]
pub(crate) fn emit(tx: &mut Tx, params: &[Value]) -> Result<u64> {
    tx.run(SQLITE_EMIT, params)
}

/// Events after `seq` that no running transaction can still get in between of.
pub(crate) fn events_after(db: &mut Read, seq: i64, limit: i64) -> Result<Vec<Row>> {
    db.query(SQLITE_EVENTS_AFTER, params![seq, limit])
}

const SQLITE_EMIT: &str = "INSERT INTO event (at, actor, kind, subject, body) VALUES ($1, $2, $3, $4, $5)";
const SQLITE_EVENTS_AFTER: &str =
    "SELECT seq, at, actor, kind, subject, body FROM event WHERE seq > $1 ORDER BY seq LIMIT $2";

/// Due jobs in order of their time, locked where the engine has many writers; parameters: now, limit.
pub(crate) fn due_jobs(tx: &mut Tx, params: &[Value]) -> Result<Vec<Row>> {
    match tx.engine() {
        Engine::Sqlite => tx.query(SQLITE_DUE_JOBS, params),
        Engine::Postgres => tx.query(POSTGRES_DUE_JOBS, params),
    }
}

const SQLITE_DUE_JOBS: &str =
    "SELECT id, kind, subject, attempts FROM job WHERE run_at <= $1 ORDER BY run_at, id LIMIT $2";
const POSTGRES_DUE_JOBS: &str = "SELECT id, kind, subject, attempts FROM job WHERE run_at <= $1 \
     ORDER BY run_at, id LIMIT $2 FOR UPDATE SKIP LOCKED";
