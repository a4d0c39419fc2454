//! A parcel's journey: events come late, twice and out of order, and the state is the same.

use crate::event::Moved;
use crate::event_kind::EventKind;
use crate::parcel::{Parcel, parcel};
use crate::plan::Fate;
use crate::service::OWN;
use base::{Country, Error, Id, Moment, Permission, Result};
use store::{Read, Row, Tx, params};

/// Something that happened to a parcel, as its carrier or customs reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// To which parcel.
    pub parcel: Id<Parcel>,
    /// What.
    pub kind: EventKind,
    /// When it happened there, not when it was told.
    pub at: Moment,
    /// Where: a town, a hub, and its country.
    pub place: String,
    /// The reporter's own id of the event; told twice, it counts once.
    pub source_id: String,
    /// A code or a few words: `signed`, `documents_wanted`.
    pub detail: String,
}

/// What recording an event changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The event was not known before.
    pub new: bool,
    /// The parcel's state is another now.
    pub changed: bool,
    /// Its state before.
    pub before: EventKind,
    /// Its state after.
    pub after: EventKind,
}

/// Who told of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TellBy {
    /// The carrier, or customs.
    Carrier,
    /// Whoever ships the parcel, by hand.
    Seller,
    /// The operator, by hand.
    Operator,
}

impl TellBy {
    /// Stable name, as stored and translated.
    pub fn name(self) -> &'static str {
        match self {
            TellBy::Carrier => "carrier",
            TellBy::Seller => "seller",
            TellBy::Operator => "operator",
        }
    }
}

/// One event as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyEvent {
    /// Its id.
    pub id: Id<JourneyEvent>,
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Moment,
    /// Where.
    pub place: String,
    /// A code or a few words; may be empty.
    pub detail: String,
    /// Who said so.
    pub told_by: TellBy,
}

impl base::Tag for JourneyEvent {
    const PREFIX: &'static str = "evt";
}

/// A parcel and everything that happened to it, first things first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// The parcel.
    pub parcel: Parcel,
    /// Its events by time.
    pub events: Vec<JourneyEvent>,
}

/// Records an event. Known events change nothing; an event that comes late takes its place in the journey without turning the
/// state back. Emits `parcel.event` for a new one. Errors: denied (a seller must not declare its own parcel delivered);
/// parcel not found; an empty source id.
pub fn record(tx: &mut Tx, new: &NewEvent) -> Result<Recorded> {
    tx.actor().may(Permission::OrdersWrite)?;
    let parcel = parcel(tx, new.parcel)?;
    if new.source_id.is_empty() {
        return Err(Error::field("source_id", "required", "Give the event an id of its own."));
    }
    note(tx, &parcel, new)
}

/// Writes an event down, whoever may say it having been asked.
pub(crate) fn note(tx: &mut Tx, parcel: &Parcel, new: &NewEvent) -> Result<Recorded> {
    let (before, now) = (parcel.state, tx.now());
    if !insert(tx, new, now)? {
        return Ok(Recorded { new: false, changed: false, before, after: before });
    }
    let kind = new.kind;
    let moved = tx.run(MOVE, params![kind.name(), kind.tier(), new.at, kind as i64, new.parcel])?;
    let after = if moved == 1 { kind } else { before };
    if kind == EventKind::ImportReleased && parcel.fate == Fate::HeldForAction {
        // The built-in carrier waited for this.
        tx.schedule(&crate::carrier::MOVE.job(new.parcel.raw(), now))?;
    }
    let moved = Moved {
        kind: kind.name().into(),
        at: new.at,
        place: new.place.clone(),
        order: parcel.order,
        consignment: parcel.consignment,
        state: after.name().into(),
    };
    tx.emit(new.parcel, &moved)?;
    Ok(Recorded { new: true, changed: before != after, before, after })
}

fn insert(tx: &mut Tx, new: &NewEvent, now: Moment) -> Result<bool> {
    let id = tx.id::<JourneyEvent>();
    let rows =
        tx.run(INSERT, params![id, new.parcel, new.source_id, new.kind.name(), new.at, new.place, new.detail, now])?;
    Ok(rows == 1)
}

/// The event that every parcel begins with.
pub(crate) fn insert_first(tx: &mut Tx, id: Id<Parcel>, city: &str, country: Country) -> Result<()> {
    let now = tx.now();
    let place = crate::plan::place(city, country);
    let source_id = "label".to_string();
    let first = NewEvent { parcel: id, kind: EventKind::Labelled, at: now, place, source_id, detail: String::new() };
    insert(tx, &first, now).map(|_| ())
}

/// The whole journey of a parcel. Errors: not found.
pub fn journey(db: &mut Read, id: Id<Parcel>) -> Result<Journey> {
    let parcel = parcel(db, id)?;
    let mut events = events(db, id)?;
    if parcel.carrier != OWN {
        events.iter_mut().for_each(|event| event.told_by = TellBy::Carrier);
    }
    Ok(Journey { parcel, events })
}

/// What happened, as far as it was not taken back.
pub(crate) fn events(db: &mut Read, id: Id<Parcel>) -> Result<Vec<JourneyEvent>> {
    let read = |row: &Row| {
        let source_id: String = row.get(5)?;
        let kind: String = row.get(0)?;
        let kind = EventKind::named(&kind).ok_or_else(|| Error::internal(format!("unknown event {kind}")))?;
        let told_by = crate::told::teller(&source_id);
        Ok(JourneyEvent { id: row.get(4)?, kind, at: row.get(1)?, place: row.get(2)?, detail: row.get(3)?, told_by })
    };
    let mut events: Vec<JourneyEvent> = db.query(EVENTS, params![id])?.iter().map(read).collect::<Result<_>>()?;
    events.sort_by_key(|event| (event.at, event.kind));
    Ok(events)
}

/// The ids of the events that are known from one reporter.
pub(crate) fn source_ids(db: &mut Read, id: Id<Parcel>) -> Result<Vec<String>> {
    db.query(SOURCE_IDS, params![id])?.iter().map(|row| row.get(0)).collect()
}

const INSERT: &str = "INSERT INTO logistics_event (id, parcel, source_id, kind, at, place, detail, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (parcel, source_id) DO NOTHING";
// The greatest (tier, time, rank) wins, whatever the order of arrival: the statement is a maximum. Delivered and returned are
// the end (tier 9): whichever came first was acted on.
const MOVE: &str = "UPDATE logistics_parcel SET state = $1, state_tier = $2, state_at = $3, state_rank = $4
    WHERE id = $5 AND state_tier < 9 AND (state_tier < $2 OR (state_tier = $2 AND (state_at < $3 OR (state_at = $3 AND state_rank < $4))))";
const EVENTS: &str = "SELECT kind, at, place, detail, id, source_id FROM logistics_event WHERE parcel = $1
    AND withdrawn_at IS NULL ORDER BY at";
const SOURCE_IDS: &str = "SELECT source_id FROM logistics_event WHERE parcel = $1";
