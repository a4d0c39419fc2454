//! Seals: what is never changed is hashed into a chain of blocks after the commit, so that a row that somebody changed,
//! removed or put in behind the product's back is found, and no posting waits for another.
//!
//! A block covers the rows of one table between two ids. Its content is the SHA-256 of its rows in canonical form: each value as
//! `-` (NULL), `i` and the decimal number and `;`, or `t`, the length in bytes, `:` and the text; a line feed after each row. Its
//! hash is the SHA-256 of the lines `entrepot seal 1`, number, table, id before the first row, id of the last, number of
//! rows, content, microseconds since 1970, and the hash of the block before (empty for the first).

use crate::{Engine, Read, Row, Sealed, Tx, Value, dialect, first_id_at, params};
use base::{Moment, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Rows sealed in one transaction at most.
pub const SEAL_BATCH: i64 = 5_000;

/// Rows read at once.
const PAGE: i64 = 500;

/// Rows younger than this wait: ids are ordered by time, and nothing can appear any more among what is older. On PostgreSQL a
/// transaction is rolled back long before it is this old; SQLite has one writer at a time, and only the clocks of two processes
/// may differ a little.
fn settled_after_seconds(engine: Engine) -> i64 {
    match engine {
        Engine::Sqlite => 5,
        Engine::Postgres => 60,
    }
}

/// Findings told at most; one change is enough to look into.
const TOLD: usize = 20;

/// A block of the chain, by which everything before it is known too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealHead {
    /// Its number, from 1.
    pub number: i64,
    /// Its hash, in hexadecimal.
    pub hash: String,
    /// When it was sealed.
    pub at: Moment,
}

struct Block {
    number: i64,
    table: String,
    after: i64,
    through: i64,
    rows: i64,
    content: String,
    previous: String,
    hash: String,
    at: Moment,
}

/// Seals up to [`SEAL_BATCH`] rows that were settled when it ran the last time; says how many. Run it again while it says
/// [`SEAL_BATCH`].
pub fn seal(tx: &mut Tx) -> Result<i64> {
    let now = tx.now();
    let marks = marks(tx)?;
    let seen = marks.get(SEEN).map_or(now, |seen| Moment(*seen));
    // Age is counted from the run before: a clock that somebody moved on does not age what runs just now.
    let ids = first_id_at(seen.min(now).plus_seconds(-settled_after_seconds(tx.engine()))) - 1;
    let events: i64 = dialect::newest_event(tx)?.get(0)?;
    let mut head = newest(tx)?.unwrap_or_default();
    let mut left = SEAL_BATCH;
    for sealed in series(tx) {
        let after = sealed_through(tx, sealed)?;
        let through = if is_event(sealed) { events } else { ids };
        let Some((rows, last, content)) = content(tx, sealed, after, through, left)? else { continue };
        let block = Block::new(&head, sealed, (after, last), rows, content, now);
        // Another node has sealed in between, and goes on.
        if !insert(tx, &block)? {
            return Ok(0);
        }
        left -= rows;
        head = block.head();
        if left == 0 {
            return Ok(SEAL_BATCH);
        }
    }
    for (name, value) in [(SEEN, now.micros()), (SEALED_IDS, ids), (SEALED_EVENTS, events)] {
        tx.send(PUT_MARK, params![name, value])?;
    }
    Ok(SEAL_BATCH - left)
}

/// The newest block, to be written down elsewhere; none before the first.
pub fn seal_head(db: &mut Read) -> Result<Option<SealHead>> {
    newest(db)
}

/// The hash of the block with this number, if there is one.
pub fn seal_hash(db: &mut Read, number: i64) -> Result<Option<String>> {
    db.maybe(HASH, params![number])?.map(|row| row.get(0)).transpose()
}

/// Computes every block again from the rows and tells what differs: the block, its table and its rows. Reads everything that is
/// sealed, a page at a time.
pub fn verify_seals(db: &mut Read) -> Result<Vec<String>> {
    verify(db, |_| true)
}

/// [`verify_seals`], with the rows of one table only; of the others the chain itself.
pub fn verify_seals_of(db: &mut Read, table: &str) -> Result<Vec<String>> {
    verify(db, |sealed| sealed.table == table || table == "seal")
}

fn verify(db: &mut Read, wanted: impl Fn(&Sealed) -> bool) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut through: BTreeMap<String, i64> = BTreeMap::new();
    let (mut head, mut table_of) = (SealHead::default(), BTreeMap::new());
    table_of.extend(series(db).map(|sealed| (sealed.table, sealed)));
    loop {
        let blocks = db.query(BLOCKS, params![head.number, PAGE])?;
        if blocks.is_empty() || found.len() >= TOLD {
            break;
        }
        for row in &blocks {
            let block = read(row)?;
            let after = through.insert(block.table.clone(), block.through).unwrap_or(FIRST);
            match table_of.get(block.table.as_str()) {
                None => found.push(format!("block {} seals “{}”, which is not sealed", block.number, block.table)),
                Some(sealed) => {
                    check_chain(&block, &head, after, &mut found);
                    if wanted(sealed) {
                        check_rows(db, sealed, &block, &mut found)?;
                    }
                }
            }
            head = block.head();
        }
    }
    if found.len() < TOLD {
        check_ends(db, &through, &mut found)?;
    }
    Ok(found)
}

/// A block's link to the one before, and its own hash.
fn check_chain(block: &Block, before: &SealHead, after: i64, found: &mut Vec<String>) {
    if block.number != before.number + 1 || block.previous != before.hash || block.after != after {
        found.push(format!("{block} does not follow block {}: a block is missing or was put in", before.number));
    }
    if block.hash != block.hashed() {
        found.push(format!("{block} was changed itself"));
    }
}

/// A block's rows.
fn check_rows(db: &mut Read, sealed: &Sealed, block: &Block, found: &mut Vec<String>) -> Result<()> {
    let (rows, content) = match content(db, sealed, block.after, block.through, i64::MAX)? {
        Some((rows, _, content)) => (rows, content),
        None => (0, hex(Sha256::new())),
    };
    if rows != block.rows {
        found.push(format!("{block} has {rows} rows, {} were sealed", block.rows));
    } else if content != block.content {
        found.push(format!("{block}: a row is not as it was sealed"));
    }
    Ok(())
}

/// Rows that the last whole run left behind it stand in some block.
fn check_ends(db: &mut Read, through: &BTreeMap<String, i64>, found: &mut Vec<String>) -> Result<()> {
    let marks = marks(db)?;
    let all: Vec<&'static Sealed> = series(db).collect();
    for sealed in all {
        let mark = if is_event(sealed) { SEALED_EVENTS } else { SEALED_IDS };
        let Some(until) = marks.get(mark).copied() else { continue };
        let after = through.get(sealed.table).copied().unwrap_or(FIRST);
        if let Some(row) = db.query(sealed.rows, params![after, until, 1_i64])?.first() {
            let id: i64 = row.get(0)?;
            found.push(format!("{} from row {id} on was sealed, and the seal is gone", sealed.table));
        }
    }
    Ok(())
}

/// Below every id.
const FIRST: i64 = i64::MIN;

fn is_event(sealed: &Sealed) -> bool {
    sealed.table == "event"
}

fn series(db: &Read) -> impl Iterator<Item = &'static Sealed> + use<> {
    dialect::SEALED.iter().chain(db.shared.schemas.iter().flat_map(|schema| schema.sealed))
}

fn sealed_through(db: &mut Read, sealed: &Sealed) -> Result<i64> {
    db.maybe(THROUGH, params![sealed.table])?.map_or(Ok(FIRST), |row| row.get(0))
}

/// Number, last id and hash of up to `limit` rows after one id, up to another; nothing when there is none.
fn content(db: &mut Read, sealed: &Sealed, after: i64, through: i64, limit: i64) -> Result<Option<(i64, i64, String)>> {
    let (mut hash, mut count, mut last) = (Sha256::new(), 0, after);
    while count < limit {
        let page = PAGE.min(limit - count);
        let rows = db.query(sealed.rows, params![last, through, page])?;
        for row in &rows {
            hash.update(canonical(row));
            last = row.get(0)?;
        }
        count += rows.len() as i64;
        if (rows.len() as i64) < page {
            break;
        }
    }
    Ok((count > 0).then(|| (count, last, hex(hash))))
}

fn canonical(row: &Row) -> String {
    let mut text = String::new();
    for value in row.values() {
        match value {
            Value::Null | Value::NullInt | Value::NullText => text.push('-'),
            Value::Int(number) => text.push_str(&format!("i{number};")),
            Value::Text(words) => text.push_str(&format!("t{}:{words}", words.len())),
        }
    }
    text.push('\n');
    text
}

fn hex(hash: Sha256) -> String {
    base::hex::digits(&hash.finalize())
}

impl Default for SealHead {
    fn default() -> SealHead {
        SealHead { number: 0, hash: String::new(), at: Moment(0) }
    }
}

/// `block 17 (order_line, after row 120 up to 480)`
impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Block { number, table, after, through, .. } = self;
        match *after {
            FIRST => write!(f, "block {number} ({table}, from the first row up to {through})"),
            _ => write!(f, "block {number} ({table}, after row {after} up to {through})"),
        }
    }
}

impl Block {
    fn new(head: &SealHead, sealed: &Sealed, ids: (i64, i64), rows: i64, content: String, at: Moment) -> Block {
        let mut block = Block {
            number: head.number + 1,
            table: sealed.table.to_owned(),
            after: ids.0,
            through: ids.1,
            rows,
            content,
            previous: head.hash.clone(),
            hash: String::new(),
            at,
        };
        block.hash = block.hashed();
        block
    }

    fn hashed(&self) -> String {
        let Block { number, table, after, through, rows, content, previous, at, .. } = self;
        let at = at.micros();
        hex(Sha256::new_with_prefix(format!(
            "entrepot seal 1\n{number}\n{table}\n{after}\n{through}\n{rows}\n{content}\n{at}\n{previous}\n"
        )))
    }

    fn head(&self) -> SealHead {
        SealHead { number: self.number, hash: self.hash.clone(), at: self.at }
    }
}

fn insert(tx: &mut Tx, block: &Block) -> Result<bool> {
    let Block { number, table, after, through, rows, content, previous, hash, at } = block;
    Ok(tx.run(INSERT, params![number, table, after, through, rows, content, previous, hash, at])? == 1)
}

fn read(row: &Row) -> Result<Block> {
    Ok(Block {
        number: row.get(0)?,
        table: row.get(1)?,
        after: row.get(2)?,
        through: row.get(3)?,
        rows: row.get(4)?,
        content: row.get(5)?,
        previous: row.get(6)?,
        hash: row.get(7)?,
        at: row.get(8)?,
    })
}

fn newest(db: &mut Read) -> Result<Option<SealHead>> {
    let read = |row: Row| Ok(SealHead { number: row.get(0)?, hash: row.get(1)?, at: row.get(2)? });
    db.maybe(NEWEST, params![])?.map(read).transpose()
}

/// When sealing ran, and up to where it had sealed everything then: about this one database, so they stay with it.
fn marks(db: &mut Read) -> Result<BTreeMap<String, i64>> {
    db.query(MARKS, params![])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

const SEEN: &str = "seal_seen";
const SEALED_IDS: &str = "sealed_ids";
const SEALED_EVENTS: &str = "sealed_events";

const MARKS: &str = "SELECT name, value FROM store_setting ORDER BY name";
const PUT_MARK: &str = "INSERT INTO store_setting (name, value) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const NEWEST: &str = "SELECT number, hash, at FROM seal ORDER BY number DESC LIMIT 1";
const HASH: &str = "SELECT hash FROM seal WHERE number = $1";
const THROUGH: &str = "SELECT through_id FROM seal WHERE series = $1 ORDER BY number DESC LIMIT 1";
const BLOCKS: &str = "SELECT number, series, after_id, through_id, row_count, content, previous, hash, at FROM seal
     WHERE number > $1 ORDER BY number LIMIT $2";
const INSERT: &str = "INSERT INTO seal (number, series, after_id, through_id, row_count, content, previous, hash, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (number) DO NOTHING";
