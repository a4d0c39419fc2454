//! Whole databases on the move: backup while serving, and copies from one engine to the other in constant memory.

use crate::read::{Link, has_nul};
use crate::sqlite::Access;
use crate::store::{Place, Shared, on_own_thread, unavailable};
use crate::{Clock, Engine, Read, Row, Store, Tx, Value, dialect, postgres, sqlite};
use base::{Error, Result};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Rows that travel together; four such parcels are under way at most.
const PARCEL: usize = 1000;

/// One side of a copy ended because the other did, which knows why.
const STOPPED: &str = "copy_stopped";

/// A table and its columns, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns' names.
    pub columns: Vec<String>,
}

impl Table {
    /// Every row of it, in no particular order.
    pub fn rows(&self, db: &mut Read) -> Result<Vec<Row>> {
        let columns: Vec<String> = self.columns.iter().map(|column| quoted(column)).collect();
        db.raw(&format!("SELECT {} FROM {}", columns.join(", "), quoted(&self.name)), &[])
    }

    /// The statement that adds a row, its columns in order, kept as long as the process lives: for a tool that adds the same rows
    /// under other ids again and again.
    pub fn adding(&self) -> &'static str {
        let columns: Vec<String> = self.columns.iter().map(|column| quoted(column)).collect();
        let places: Vec<String> = (1..=columns.len()).map(|number| format!("${number}")).collect();
        let name = quoted(&self.name);
        format!("INSERT INTO {name} ({}) VALUES ({})", columns.join(", "), places.join(", ")).leak()
    }
}

impl Store {
    /// Every table that is copied: all but the store's own book-keeping of one database (`store_*`).
    pub fn tables(&self) -> Result<Vec<Table>> {
        self.read_blocking(tables)
    }

    /// Calls `each` with every row of `table` as it is now, in no particular order, in constant memory.
    pub fn export(&self, table: &Table, mut each: impl FnMut(Row) -> Result<()> + Send) -> Result<()> {
        on_own_thread(|| {
            let mut read = self.connect()?;
            begin_snapshot(&mut read)?;
            export_table(&mut read, table, &mut each)
        })
    }

    /// Adds rows to `table`, all or none. Foreign keys are checked at the end. Returns how many there were.
    pub fn import(&self, table: &Table, rows: impl Iterator<Item = Result<Row>> + Send) -> Result<u64> {
        on_own_thread(|| {
            let mut tx = Tx::new(self.connect()?);
            let keys = begin_import(&mut tx)?;
            let mut count = 0;
            for row in rows {
                insert(&mut tx, table, &[row?])?;
                count += 1;
            }
            end_import(&mut tx, &keys)?;
            Ok(count)
        })
    }

    /// Copies every table, as it is at one moment, into `to`, whose tables must be there and empty; in one transaction.
    /// `progress` hears each table's name and how many of its rows have arrived. Returns the number of rows.
    /// Errors: conflict `not_empty`; conflict `other_tables` when `to` has not the same tables; conflict `text_nul` with the table
    /// and the row of a text with U+0000, which only SQLite could keep.
    pub fn copy_to(&self, to: &Store, mut progress: impl FnMut(&str, u64) + Send) -> Result<u64> {
        let tables = self.tables()?;
        if to.tables()? != tables {
            return Err(Error::conflict("other_tables", "The two databases are of different versions."));
        }
        let (send, receive) = sync_channel::<(usize, Vec<Row>)>(4);
        thread::scope(|scope| {
            let sending = scope.spawn(|| self.send_tables(&tables, send));
            let receiving = scope.spawn(|| to.receive_tables(&tables, receive, &mut progress));
            let received = receiving.join().unwrap_or_else(|_| Err(Error::internal("panic while writing a copy")));
            let sent = sending.join().unwrap_or_else(|_| Err(Error::internal("panic while reading for a copy")));
            match sent {
                Err(error) if error.code != STOPPED => Err(error),
                _ => received,
            }
        })
    }

    /// Writes a consistent copy of the SQLite database to `file`, while the store goes on serving. The file appears
    /// only when it is complete. Errors: not SQLite (use `pg_dump`); the disk.
    pub fn backup(&self, file: &Path) -> Result<()> {
        let Place::File(source) = self.place() else {
            return Err(Error::invalid("not_sqlite", "A PostgreSQL database is backed up with pg_dump."));
        };
        let failed = |problem: String| unavailable(format!("cannot write the backup: {problem}"));
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = file.with_file_name(name);
        let _ = std::fs::remove_file(&part);
        let link = sqlite::Link::open(source, Access::Durable).map_err(failed)?;
        let mut copy = rusqlite::Connection::open(&part).map_err(|error| failed(error.to_string()))?;
        // All pages in one step are one snapshot; with a write-ahead log that holds nobody up.
        rusqlite::backup::Backup::new(&link.connection, &mut copy)
            .and_then(|backup| backup.step(-1))
            .map_err(|error| failed(error.to_string()))?;
        copy.close().map_err(|(_, error)| failed(error.to_string()))?;
        std::fs::rename(&part, file).map_err(|error| failed(error.to_string()))
    }

    /// A connection besides the store's threads.
    fn connect(&self) -> Result<Read> {
        let shared = Arc::new(Shared::new(self.engine(), Clock::clone(self.clock()), self.shared().schemas));
        let link = match self.place() {
            Place::File(file) => Link::Sqlite(sqlite::Link::open(file, self.access()).map_err(unavailable)?),
            Place::Server(config) => Link::Postgres(Box::new(postgres::Link::open(config).map_err(unavailable)?)),
        };
        Ok(Read::new(link, shared))
    }

    fn send_tables(&self, tables: &[Table], send: SyncSender<(usize, Vec<Row>)>) -> Result<()> {
        let gone = || Error::unavailable(STOPPED, "The copy was given up.");
        let mut read = self.connect()?;
        begin_snapshot(&mut read)?;
        for (number, table) in tables.iter().enumerate() {
            let mut parcel = Vec::with_capacity(PARCEL);
            export_table(&mut read, table, &mut |row| {
                parcel.push(row);
                if parcel.len() == PARCEL {
                    send.send((number, std::mem::take(&mut parcel))).map_err(|_| gone())?;
                }
                Ok(())
            })?;
            send.send((number, parcel)).map_err(|_| gone())?;
        }
        // An empty parcel for a table that does not exist says that all has been sent.
        send.send((tables.len(), Vec::new())).map_err(|_| gone())
    }

    fn receive_tables(
        &self,
        tables: &[Table],
        receive: Receiver<(usize, Vec<Row>)>,
        progress: &mut impl FnMut(&str, u64),
    ) -> Result<u64> {
        let mut tx = Tx::new(self.connect()?);
        let keys = begin_import(&mut tx)?;
        for table in tables {
            if !tx.raw(&format!("SELECT 1 FROM {} LIMIT 1", quoted(&table.name)), &[])?.is_empty() {
                return Err(Error::conflict("not_empty", format!("The table {} is not empty.", table.name)));
            }
        }
        let (mut total, mut of_table, mut current) = (0, 0, 0);
        for (number, rows) in receive {
            let Some(table) = tables.get(number) else {
                end_import(&mut tx, &keys)?;
                return Ok(total);
            };
            if number != current {
                (current, of_table) = (number, 0);
            }
            insert(&mut tx, table, &rows)?;
            (total, of_table) = (total + rows.len() as u64, of_table + rows.len() as u64);
            progress(&table.name, of_table);
        }
        Err(Error::unavailable(STOPPED, "The copy ended before everything had arrived."))
    }
}

fn tables(db: &mut Read) -> Result<Vec<Table>> {
    let mut found: Vec<Table> = Vec::new();
    for row in dialect::columns(db)? {
        let (name, column): (String, String) = (row.get(0)?, row.get(1)?);
        match found.last_mut() {
            Some(table) if table.name == name => table.columns.push(column),
            _ => found.push(Table { name, columns: vec![column] }),
        }
    }
    Ok(found)
}

fn begin_snapshot(read: &mut Read) -> Result<()> {
    read.batch(match read.engine() {
        Engine::Sqlite => "BEGIN",
        Engine::Postgres => "START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    })
}

fn export_table(read: &mut Read, table: &Table, each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(column)).collect();
    let select = format!("SELECT {} FROM {}", columns.join(", "), quoted(&table.name));
    if let Link::Sqlite(link) = &mut read.link {
        return link.stream(&select, each);
    }
    // A cursor of its own for each table, because the statement that fetches is prepared for its columns.
    let cursor = quoted(&format!("leaving {}", table.name));
    read.batch(&format!("DECLARE {cursor} NO SCROLL CURSOR FOR {select}"))?;
    let fetch = format!("FETCH 1000 FROM {cursor}");
    loop {
        let rows = read.raw(&fetch, &[])?;
        if rows.is_empty() {
            return read.batch(&format!("CLOSE {cursor}"));
        }
        rows.into_iter().try_for_each(&mut *each)?;
    }
}

/// Begins a transaction in which rows may come in any order; returns the statements that bring the foreign keys back.
fn begin_import(tx: &mut Tx) -> Result<Vec<String>> {
    if tx.engine() == Engine::Sqlite {
        tx.read.batch("BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON")?;
        return Ok(Vec::new());
    }
    tx.read.batch("BEGIN")?;
    let mut again = Vec::new();
    for row in dialect::foreign_keys(tx)? {
        let (table, key, rule): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (table, key) = (quoted(&table), quoted(&key));
        tx.read.batch(&format!("ALTER TABLE {table} DROP CONSTRAINT {key}"))?;
        again.push(format!("ALTER TABLE {table} ADD CONSTRAINT {key} {rule}"));
    }
    Ok(again)
}

fn end_import(tx: &mut Tx, keys: &[String]) -> Result<()> {
    for key in keys {
        tx.read.batch(key)?;
    }
    dialect::settle_events(tx)?;
    tx.read.batch("COMMIT")
}

/// Many rows in one statement, as many as its parameters allow.
fn insert(tx: &mut Tx, table: &Table, rows: &[Row]) -> Result<()> {
    if let Some(row) = rows.iter().find(|row| row.values().iter().any(has_nul)) {
        return Err(unkept(table, row));
    }
    let width = table.columns.len();
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(column)).collect();
    for rows in rows.chunks((30_000 / width.max(1)).clamp(1, 200)) {
        let places = (0..rows.len()).map(|row| {
            let marks: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
            format!("({})", marks.join(", "))
        });
        let places: Vec<String> = places.collect();
        let sql = format!("INSERT INTO {} ({}) VALUES {}", quoted(&table.name), columns.join(", "), places.join(", "));
        let values: Vec<Value> = rows.iter().flat_map(|row| row.values().iter().cloned()).collect();
        tx.read.execute(&sql, &values)?;
    }
    Ok(())
}

/// The sentence about a row that cannot go over: its table, its column, and the first column's value to find it by.
fn unkept(table: &Table, row: &Row) -> Error {
    let column = table.columns.iter().zip(row.values()).find(|(_, value)| has_nul(value)).map_or("?", |(name, _)| name);
    let key = table.columns.first().map_or("", String::as_str);
    let value = match row.values().first() {
        Some(Value::Int(number)) => number.to_string(),
        Some(Value::Text(text)) => text.replace('\0', "\u{fffd}").chars().take(60).collect(),
        _ => String::new(),
    };
    let say = format!(
        "{}: the row with {key} {value} has the character U+0000 in its {column}, which cannot be kept: correct that text and copy \
         again. Nothing was copied.",
        table.name
    );
    Error::conflict("text_nul", say)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
