//! Everything in which the two engines differ: the types, and the few statements that have no common text.

use crate::event::select_event;
use crate::job::select_job;
use crate::{Engine, Read, Row, Sealed, Tx, Value, params};
use base::Result;

/// What every SQLite connection begins with. `case_sensitive_like` makes LIKE mean the same on both engines and lets
/// it use an index. The write-ahead log is taken into the file when it has 4000 pages, 16 MB: the pages that every order writes
/// to stand in it many times and are then taken in once.
pub(crate) const SQLITE_OPEN: &str = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
     PRAGMA cache_size = -32000; PRAGMA journal_size_limit = 67108864; PRAGMA case_sensitive_like = ON; \
     PRAGMA wal_autocheckpoint = 4000";

/// What a connection to a file begins with that is only looked at.
pub(crate) const SQLITE_LOOK: &str = "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000; \
     PRAGMA case_sensitive_like = ON";

/// What a connection that only reads goes on with: what it reads once, such as the whole catalogue at the start, would stay
/// in its memory; the system keeps pages of the file, too.
pub(crate) const SQLITE_OPEN_READER: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -8000";

/// The store's own tables.
pub(crate) const SCHEMA: &[&str] = &[
    "
CREATE TABLE store_node (
  node BIGINT PRIMARY KEY,
  held BIGINT NOT NULL,
  claimed_at BIGINT NOT NULL
);
CREATE TABLE store_setting (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
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
  party TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  locked_until BIGINT,
  again_at BIGINT,
  last_error TEXT,
  UNIQUE (kind, subject, party)
);
CREATE INDEX job_due ON job (kind, party, run_at, id);
CREATE INDEX job_failing ON job (run_at, id) WHERE last_error IS NOT NULL;
CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  input_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX idempotency_at ON idempotency (at);
CREATE TABLE request (
  key TEXT PRIMARY KEY,
  input TEXT NOT NULL,
  locked_until BIGINT NOT NULL,
  answer TEXT,
  at BIGINT NOT NULL
);
CREATE INDEX request_at ON request (at);
",
    // Guests and the house itself do nearly everything: of them the newest are found without an index.
    "CREATE INDEX event_actor ON event (actor, seq) WHERE actor <> 'guest' AND actor <> 'system';
",
    "
CREATE TABLE seal (
  number BIGINT PRIMARY KEY,
  series TEXT NOT NULL,
  after_id BIGINT NOT NULL,
  through_id BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  content TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX seal_series ON seal (series, number);
",
    "
CREATE TABLE vault (
  number BIGINT PRIMARY KEY,
  mark TEXT NOT NULL
);
",
];

/// The store's own rows that are sealed.
pub(crate) const SEALED: &[Sealed] =
    &[Sealed { table: "event", rows: select_event!("FROM event WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3") }];

/// A migration's text as `engine` wants it: INTEGER and STRICT tables for SQLite, byte order of TEXT for PostgreSQL
/// (so that both sort and page alike).
pub(crate) fn migration(engine: Engine, sql: &str) -> String {
    let translate = |statement: &String| match engine {
        Engine::Sqlite => sqlite_statement(statement),
        Engine::Postgres => format!("{};\n", replace_word(statement, "TEXT", "TEXT COLLATE \"C\"")),
    };
    statements(sql).iter().map(translate).collect()
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
fn statements(sql: &str) -> Vec<String> {
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

/// What every PostgreSQL connection begins with: nobody waits or idles longer than a transaction may last.
///
/// A statement is planned once, for any values, and never as a reading of the whole table because that is small just now:
/// planning anew took more time than most statements, and a plan made for a new shop must not stay with a grown one. The
/// tests look at these very plans. Long texts are packed by LZ4 where the server was built with it: on quotes it takes a third of
/// the time of PostgreSQL's own.
pub(crate) const POSTGRES_OPEN: &str = "SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '60s'; \
     SET client_min_messages = 'warning'; SET default_transaction_isolation = 'read committed'; \
     SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off; \
     SELECT set_config('default_toast_compression', 'lz4', false) FROM pg_settings \
     WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)";

/// Keeps other processes from migrating at the same time; ends with the transaction.
pub(crate) const POSTGRES_MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(7310314213245)";

/// Stores an event; parameters: at, actor, kind, subject, body.
///
/// PostgreSQL: numbers of a sequence are drawn in another order than transactions commit, and a follower that has seen
/// 6 would never see a late 5. So the place of an event is its *transaction's* number (and a count within): of those
/// the server knows the lowest that still runs, and everything below is settled.
#[track_caller]
pub(crate) fn emit(tx: &mut Tx, params: &[Value]) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => tx.send(SQLITE_EMIT, params),
        Engine::Postgres => {
            let mut params = params.to_vec();
            params.extend([Value::Int(tx.read.shared.event_base()), Value::Int(tx.emitted)]);
            tx.send(POSTGRES_EMIT, &params)
        }
    }
}

/// Events after `seq` that no running transaction can still get in between of.
pub(crate) fn events_after(db: &mut Read, seq: i64, limit: i64) -> Result<Vec<Row>> {
    match db.engine() {
        Engine::Sqlite => db.query(SQLITE_EVENTS_AFTER, params![seq, limit]),
        Engine::Postgres => {
            let base = db.shared.event_base();
            db.query(POSTGRES_EVENTS_AFTER, params![seq, limit, base])
        }
    }
}

/// The last event that no running transaction can still get in before; 0 when there is none.
pub(crate) fn newest_event(db: &mut Read) -> Result<Row> {
    match db.engine() {
        Engine::Sqlite => db.one(SQLITE_NEWEST_EVENT, params![]),
        Engine::Postgres => {
            let base = db.shared.event_base();
            db.one(POSTGRES_NEWEST_EVENT, params![base])
        }
    }
}

/// PostgreSQL: makes sure that new events come after the stored ones, also when these were imported or restored into a
/// server whose transaction numbers are lower. To be called in a transaction while nobody else emits.
pub(crate) fn settle_events(tx: &mut Tx) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    let highest: i64 = tx.one("SELECT COALESCE(MAX(seq), 0) FROM event", params![])?.get(0)?;
    // Read after the highest event, so that no running node's event can seem to come from the future.
    let next: i64 = tx.one(POSTGRES_NEXT_TRANSACTION, params![])?.get(0)?;
    let stored = tx.maybe(EVENT_BASE, params![])?;
    let mut base = stored.map_or(Ok(0), |row| row.get::<i64>(0))?;
    if highest >> EVENT_BITS >= base + next {
        base = (highest >> EVENT_BITS) + 1 - next;
        tx.send(SET_EVENT_BASE, params![base])?;
    }
    tx.read.shared.set_event_base(base);
    Ok(())
}

/// A transaction may emit 2 to the power of this many events.
const EVENT_BITS: u32 = 20;
pub(crate) const MOST_EVENTS: i64 = 1 << EVENT_BITS;

const SQLITE_EMIT: &str = "INSERT INTO event (at, actor, kind, subject, body) VALUES ($1, $2, $3, $4, $5)";
const POSTGRES_EMIT: &str = "INSERT INTO event (seq, at, actor, kind, subject, body) \
     VALUES ((pg_current_xact_id()::TEXT::BIGINT + $6) * 1048576 + $7, $1, $2, $3, $4, $5)";
const SQLITE_EVENTS_AFTER: &str = select_event!("FROM event WHERE seq > $1 ORDER BY seq LIMIT $2");
const SQLITE_NEWEST_EVENT: &str = "SELECT COALESCE(MAX(seq), 0) FROM event";
const POSTGRES_NEWEST_EVENT: &str = "SELECT COALESCE(MAX(seq), 0) FROM event \
     WHERE seq < (pg_snapshot_xmin(pg_current_snapshot())::TEXT::BIGINT + $1) * 1048576";
const POSTGRES_EVENTS_AFTER: &str = select_event!(
    "FROM event \
     WHERE seq > $1 AND seq < (pg_snapshot_xmin(pg_current_snapshot())::TEXT::BIGINT + $3) * 1048576 \
     ORDER BY seq LIMIT $2"
);
const POSTGRES_NEXT_TRANSACTION: &str = "SELECT pg_snapshot_xmax(pg_current_snapshot())::TEXT::BIGINT";
const SET_EVENT_BASE: &str = "INSERT INTO store_setting (name, value) VALUES ('event_base', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value";

/// Up to $2 jobs of kind $3 and party $4 due at $1, earliest first; on PostgreSQL those that nobody else is taking.
pub(crate) fn due_jobs(tx: &mut Tx, params: &[Value]) -> Result<Vec<Row>> {
    match tx.engine() {
        Engine::Sqlite => tx.query(SQLITE_DUE_JOBS, params),
        Engine::Postgres => tx.query(POSTGRES_DUE_JOBS, params),
    }
}

const SQLITE_DUE_JOBS: &str =
    select_job!("FROM job WHERE kind = $3 AND party = $4 AND run_at <= $1 ORDER BY run_at, id LIMIT $2");
const POSTGRES_DUE_JOBS: &str = select_job!(
    "FROM job \
     WHERE kind = $3 AND party = $4 AND run_at <= $1 ORDER BY run_at, id LIMIT $2 FOR UPDATE SKIP LOCKED"
);

/// Id and subject of up to $2 jobs of kind $3 and party $4 due at $1 that were never claimed, earliest first; locked like the above.
pub(crate) fn untried_jobs(tx: &mut Tx, params: &[Value]) -> Result<Vec<Row>> {
    match tx.engine() {
        Engine::Sqlite => tx.query(SQLITE_UNTRIED_JOBS, params),
        Engine::Postgres => tx.query(POSTGRES_UNTRIED_JOBS, params),
    }
}

const SQLITE_UNTRIED_JOBS: &str = "SELECT id, subject FROM job
     WHERE kind = $3 AND party = $4 AND run_at <= $1 AND attempts = 0 ORDER BY run_at, id LIMIT $2";
const POSTGRES_UNTRIED_JOBS: &str = "SELECT id, subject FROM job
     WHERE kind = $3 AND party = $4 AND run_at <= $1 AND attempts = 0 ORDER BY run_at, id LIMIT $2 FOR UPDATE SKIP LOCKED";

/// Table and column names of everything that is copied, in order.
pub(crate) fn columns(db: &mut Read) -> Result<Vec<Row>> {
    match db.engine() {
        Engine::Sqlite => db.query(SQLITE_COLUMNS, params![]),
        Engine::Postgres => db.query(POSTGRES_COLUMNS, params![]),
    }
}

/// Bytes that the database takes on its disk.
pub(crate) fn size(db: &mut Read) -> Result<Row> {
    match db.engine() {
        Engine::Sqlite => db.one(SQLITE_SIZE, params![]),
        Engine::Postgres => db.one(POSTGRES_SIZE, params![]),
    }
}

/// SQLite: rows whose foreign key leads nowhere, in words, at most `$1`.
pub(crate) const SQLITE_ORPHANS: &str =
    "SELECT 'row ' || COALESCE(\"rowid\", '?') || ' of ' || \"table\" || ' names no row of ' || parent
     FROM pragma_foreign_key_check() LIMIT $1";
/// PostgreSQL: whether its own checker is installed; the tables and indexes it looks at, and the looks.
pub(crate) const POSTGRES_AMCHECK: &str = "SELECT extname::TEXT FROM pg_extension WHERE extname = 'amcheck'";
pub(crate) const POSTGRES_INDEXES: &str = "SELECT pg_index.indexrelid::regclass::TEXT FROM pg_index
     JOIN pg_class ON pg_class.oid = pg_index.indexrelid JOIN pg_am ON pg_am.oid = pg_class.relam
     WHERE pg_am.amname = 'btree' AND pg_class.relnamespace = current_schema()::regnamespace
     AND pg_index.indisready AND pg_index.indisvalid ORDER BY 1";
pub(crate) const POSTGRES_CHECK_INDEX: &str = "SELECT bt_index_check($1::TEXT::regclass, true)::TEXT";
pub(crate) const POSTGRES_HEAPS: &str = "SELECT oid::regclass::TEXT FROM pg_class
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY 1";
pub(crate) const POSTGRES_CHECK_HEAP: &str = "SELECT $1::TEXT || ', block ' || blkno || ': ' || msg
     FROM verify_heapam($1::TEXT::regclass) LIMIT 20";

/// PostgreSQL: what later events are raised by, as [`settle_events`] has left it; for who changes nothing.
pub(crate) fn read_event_base(db: &mut Read) -> Result<()> {
    if db.engine() == Engine::Postgres {
        let stored = db.maybe(EVENT_BASE, params![])?;
        let base = stored.map_or(Ok(0), |row| row.get::<i64>(0))?;
        db.shared.set_event_base(base);
    }
    Ok(())
}

const EVENT_BASE: &str = "SELECT value FROM store_setting WHERE name = 'event_base'";

/// PostgreSQL: table, name and rule of every foreign key.
pub(crate) fn foreign_keys(db: &mut Read) -> Result<Vec<Row>> {
    db.query(POSTGRES_FOREIGN_KEYS, params![])
}

const SQLITE_SIZE: &str = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
const POSTGRES_SIZE: &str = "SELECT pg_database_size(current_database())";
const SQLITE_COLUMNS: &str = "SELECT tables.name, columns.name
     FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
     WHERE tables.type = 'table' AND substr(tables.name, 1, 6) <> 'store_' AND substr(tables.name, 1, 7) <> 'sqlite_'
     ORDER BY tables.name, columns.cid";
const POSTGRES_COLUMNS: &str = "SELECT table_name::TEXT COLLATE \"C\", column_name::TEXT
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND substr(table_name, 1, 6) <> 'store_'
     ORDER BY 1, ordinal_position";
const POSTGRES_FOREIGN_KEYS: &str = "SELECT relname::TEXT, conname::TEXT, pg_get_constraintdef(pg_constraint.oid)
     FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2";

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-- it's; a comment
        CREATE TABLE a (id BIGINT PRIMARY KEY, word TEXT DEFAULT 'BIGINT; it''s TEXT');
        create index a_word ON a (word);
        INSERT INTO a (id, word) VALUES (1, 'CREATE TABLE;')";

    #[test]
    fn sqlite_gets_strict_integers_and_postgres_byte_order() {
        let sqlite = migration(Engine::Sqlite, TEXT);
        assert!(
            sqlite.contains("(id INTEGER PRIMARY KEY, word TEXT DEFAULT 'BIGINT; it''s TEXT') STRICT;"),
            "{sqlite}"
        );
        assert_eq!(sqlite.matches("STRICT").count(), 1);
        assert!(sqlite.contains("VALUES (1, 'CREATE TABLE;');"), "{sqlite}");
        assert!(!sqlite.contains("comment"), "{sqlite}");
        let postgres = migration(Engine::Postgres, TEXT);
        let column = "id BIGINT PRIMARY KEY, word TEXT COLLATE \"C\" DEFAULT 'BIGINT; it''s TEXT'";
        assert!(postgres.contains(column), "{postgres}");
        assert_eq!(postgres.matches("COLLATE").count(), 1);
    }

    #[test]
    fn events_of_one_transaction_fit_between_two() {
        assert_eq!(MOST_EVENTS, 1_048_576);
        assert!(POSTGRES_EMIT.contains("* 1048576") && POSTGRES_EVENTS_AFTER.contains("* 1048576"));
    }
}
