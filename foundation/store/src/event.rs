//! Events: history, audit and outbox in one table, read forward by followers with a cursor.

use crate::fact::{self, Fact, Subject};
use crate::{Read, Tx, dialect, params};
use base::{Error, Moment, Result};

/// A fact as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Its place in the order of the world; grows, with gaps.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who: `system`, `guest`, `person:<id>`.
    pub actor: String,
    /// What happened.
    pub kind: String,
    /// Raw id of what it happened to.
    pub subject: i64,
    /// JSON text.
    pub body: String,
}

// What [`EventRow::from_row`] reads, in its order.
macro_rules! select_event {
    ($from:literal) => {
        concat!("SELECT seq, at, actor, kind, subject, body ", $from)
    };
}
pub(crate) use select_event;

impl EventRow {
    /// Reads the columns of `select_event`, in its order.
    pub fn from_row(row: &crate::Row) -> Result<EventRow> {
        Ok(EventRow {
            seq: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            kind: row.get(3)?,
            subject: row.get(4)?,
            body: row.get(5)?,
        })
    }

    /// Whether this is an `F`.
    pub fn is<F: Fact>(&self) -> bool {
        self.kind == F::KIND
    }

    /// What it happened to. Only of an `F`.
    pub fn about<F: Fact>(&self) -> F::Subject {
        F::Subject::from_raw(self.subject)
    }

    /// The body as it was emitted. Errors (internal): this is no `F`, or was written with other fields.
    pub fn read<F: Fact>(&self) -> Result<F> {
        if !self.is::<F>() {
            return Err(Error::internal(format!("event {} is {}, not {}", self.seq, self.kind, F::KIND)));
        }
        fact::read(&self.body).map_err(|error| Error::internal(format!("event {}: {error}", self.seq)))
    }

    /// The body as JSON, for who shows or passes on what is in it, whatever it is. Errors (internal): it is none.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_str(&self.body)
            .map_err(|error| Error::internal(format!("the body of event {} is no JSON: {error}", self.seq)))
    }
}

impl Tx {
    /// Remembers a fact about `subject`, with this transaction's time and actor. Its fields are written in the order of their names.
    #[track_caller]
    pub fn emit<F: Fact>(&mut self, subject: F::Subject, fact: &F) -> Result<()> {
        if self.emitted >= dialect::MOST_EVENTS {
            return Err(Error::internal("too many events in one transaction"));
        }
        let (at, actor, body) = (self.now(), self.actor().label(), fact::written(fact)?);
        dialect::emit(self, params![at, actor, F::KIND, subject.raw(), body])?;
        self.emitted += 1;
        Ok(())
    }

    /// Moves the cursor of follower `name` to `seq`: everything up to it has been handled.
    pub fn set_cursor(&mut self, name: &str, seq: i64) -> Result<()> {
        self.send(SET_CURSOR, params![name, seq])
    }
}

/// Up to `limit` events after `seq`, oldest first. An event never appears before one that was returned earlier.
pub fn events_after(db: &mut Read, seq: i64, limit: i64) -> Result<Vec<EventRow>> {
    dialect::events_after(db, seq, limit)?.iter().map(EventRow::from_row).collect()
}

/// Where a follower begins that needs only what comes from now on: no event at or below it can still appear.
pub fn newest_event(db: &mut Read) -> Result<i64> {
    dialect::newest_event(db)?.get(0)
}

/// For how long the oldest event waits that some follower has not come to, in microseconds; 0 when none does.
pub fn events_behind(db: &mut Read) -> Result<i64> {
    let oldest: Option<Moment> = db.maybe(WAITING, params![])?.map(|row| row.get(0)).transpose()?;
    Ok(oldest.map_or(0, |at| (db.now().micros() - at.micros()).max(0)))
}

/// When the newest event happened; none before the first.
pub fn newest_moment(db: &mut Read) -> Result<Option<Moment>> {
    db.maybe(NEWEST_MOMENT, params![])?.map(|row| row.get(0)).transpose()
}

/// Bytes that the database takes on its disk.
pub fn size(db: &mut Read) -> Result<i64> {
    dialect::size(db)?.get(0)
}

/// Up to `limit` events of one subject after `seq`, oldest first.
pub fn events_of(db: &mut Read, subject: i64, seq: i64, limit: i64) -> Result<Vec<EventRow>> {
    db.query(EVENTS_OF, params![subject, seq, limit])?.iter().map(EventRow::from_row).collect()
}

/// Which events an audit looks at; nothing given is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// Who: `system`, `guest`, `person:<id>`.
    pub actor: Option<String>,
    /// What happened: `party.signed_in`.
    pub kind: Option<String>,
    /// Raw id of what it happened to.
    pub subject: Option<i64>,
}

/// Up to `limit` events before `seq` (the newest if none), newest first.
pub fn trail(db: &mut Read, asked: &Trail, before: Option<i64>, limit: i64) -> Result<Vec<EventRow>> {
    let before = before.unwrap_or(i64::MAX);
    let (actor, kind) = (asked.actor.as_deref().unwrap_or_default(), asked.kind.as_deref().unwrap_or_default());
    let rows = match (asked.subject, actor, kind) {
        (Some(subject), actor, kind) => db.query(TRAIL_OF_SUBJECT, params![before, limit, subject, actor, kind]),
        (None, "", "") => db.query(TRAIL, params![before, limit]),
        (None, "guest" | "system", "") => db.query(TRAIL_OF_MANY, params![before, limit, actor]),
        (None, "" | "guest" | "system", kind) => db.query(TRAIL_OF_KIND, params![before, limit, kind, actor]),
        (None, actor, kind) => db.query(TRAIL_OF_ACTOR, params![before, limit, actor, kind]),
    }?;
    rows.iter().map(EventRow::from_row).collect()
}

/// How far follower `name` has come; 0 before its first event.
pub fn cursor(db: &mut Read, name: &str) -> Result<i64> {
    db.maybe(CURSOR, params![name])?.map_or(Ok(0), |row| row.get(0))
}

const SET_CURSOR: &str =
    "INSERT INTO follower (name, seq) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq";
const CURSOR: &str = "SELECT seq FROM follower WHERE name = $1";
const WAITING: &str =
    "SELECT at FROM event WHERE seq > (SELECT COALESCE(MIN(seq), 0) FROM follower) ORDER BY seq LIMIT 1";
const NEWEST_MOMENT: &str = "SELECT at FROM event ORDER BY seq DESC LIMIT 1";
const EVENTS_OF: &str = select_event!("FROM event WHERE subject = $1 AND seq > $2 ORDER BY seq LIMIT $3");
const TRAIL: &str = select_event!("FROM event WHERE seq < $1 ORDER BY seq DESC LIMIT $2");
const TRAIL_OF_MANY: &str = select_event!("FROM event WHERE seq < $1 AND actor = $3 ORDER BY seq DESC LIMIT $2");
const TRAIL_OF_KIND: &str =
    select_event!("FROM event WHERE kind = $3 AND seq < $1 AND ($4 = '' OR actor = $4) ORDER BY seq DESC LIMIT $2");
const TRAIL_OF_ACTOR: &str = select_event!(
    "FROM event WHERE actor = $3 \
     AND actor <> 'guest' AND actor <> 'system' AND ($4 = '' OR kind = $4) AND seq < $1 ORDER BY seq DESC LIMIT $2"
);
const TRAIL_OF_SUBJECT: &str = select_event!(
    "FROM event WHERE subject = $3 \
     AND ($4 = '' OR actor = $4) AND ($5 = '' OR kind = $5) AND seq < $1 ORDER BY seq DESC LIMIT $2"
);
