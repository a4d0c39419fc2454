//! Messages from payment providers and carriers that do not prove themselves: what a page tells the operator until one does.

use base::{Moment, Result};
use store::{Read, Row, Store, Tx, params};

/// What is known of the messages of one sender that were refused, since the last that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// `payments/stripe`, `carriers/karrio`.
    pub source: String,
    /// Why the last was: `header_missing`, `timestamp_too_old`, `signature_mismatch`.
    pub code: String,
    /// How many minutes had at least one: a flood of forgeries is not counted one by one.
    pub times: i64,
    /// The first.
    pub first_at: Moment,
    /// The last that was counted.
    pub last_at: Moment,
}

/// Takes note that a message of `source` was refused. At most one row a sender, written at most once a minute.
pub async fn refused(store: &Store, source: String, code: &'static str) -> Result<()> {
    let asked = source.clone();
    let told = move |db: &mut Read| {
        let minute_ago = db.now().micros() - 60_000_000;
        Ok(find(db, &asked)?.is_some_and(|known| known.code == code && known.last_at.micros() > minute_ago))
    };
    if store.read(told).await? {
        return Ok(());
    }
    store.write(move |tx: &mut Tx| tx.run(NOTE, params![&source, code, tx.now()]).map(drop)).await
}

/// Takes note that a message of `source` proved itself: what was refused before is mended.
pub async fn taken(store: &Store, source: String) -> Result<()> {
    let asked = source.clone();
    if store.read(move |db: &mut Read| find(db, &asked)).await?.is_none() {
        return Ok(());
    }
    store.write(move |tx: &mut Tx| tx.run(FORGET, params![&source]).map(drop)).await
}

/// Every sender whose messages are refused, by name.
pub fn refusals(db: &mut Read) -> Result<Vec<Refused>> {
    db.query(ALL, params![])?.iter().map(read).collect()
}

fn find(db: &mut Read, source: &str) -> Result<Option<Refused>> {
    db.maybe(ONE, params![source])?.as_ref().map(read).transpose()
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT source, code, times, first_at, last_at ", $from)
    };
}

fn read(row: &Row) -> Result<Refused> {
    Ok(Refused {
        source: row.get(0)?,
        code: row.get(1)?,
        times: row.get(2)?,
        first_at: row.get(3)?,
        last_at: row.get(4)?,
    })
}

const ALL: &str = select!("FROM hook_refused ORDER BY source");
const ONE: &str = select!("FROM hook_refused WHERE source = $1");
const NOTE: &str = "INSERT INTO hook_refused (source, code, times, first_at, last_at) VALUES ($1, $2, 1, $3, $3)
    ON CONFLICT (source) DO UPDATE SET code = excluded.code, times = hook_refused.times + 1, last_at = excluded.last_at";
const FORGET: &str = "DELETE FROM hook_refused WHERE source = $1";
