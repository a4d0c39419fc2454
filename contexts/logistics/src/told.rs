//! What people tell of a parcel of own shipping, where no carrier is asked: who carries it and under which number, that it left, what
//! happened to it, and that something of this was wrong.

use crate::event::{Numbered, Withdrawn};
use crate::event_kind::EventKind;
use crate::journey::{JourneyEvent, NewEvent, Recorded, TellBy, note};
use crate::number::compact;
use crate::parcel::{Label, Parcel, by_told_number, parcel};
use crate::service::OWN;
use base::{Error, Id, Moment, Permission, Result};
use store::{Tx, params};

const NUMBER_MOST: usize = 40;
const CARRIER_MOST: usize = 60;
const REASON_MOST: usize = 300;
const PLACE_MOST: usize = 80;
/// So many events of a parcel are told by hand at most, those that were taken back with them.
const EVENTS_MOST: i64 = 60;

/// A parcel of own shipping begins its way: whoever handed it over says so.
pub(crate) fn handed_over(tx: &mut Tx, parcel: &Parcel) -> Result<()> {
    let place = crate::plan::place(&parcel.from.city, parcel.from_country);
    let (kind, at, source_id) = (EventKind::Accepted, tx.now(), "handed_over".to_owned());
    let event = NewEvent { parcel: parcel.id, kind, at, place, source_id, detail: String::new() };
    note(tx, parcel, &event).map(drop)
}

/// Who carries a parcel of own shipping, under which number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberTold {
    /// Who carries.
    pub carrier: String,
    /// The number; empty when it has none.
    pub number: String,
    /// Why it is corrected; asked for once the parcel has left.
    pub reason: String,
}

/// Tells or corrects carrier and number of a parcel of own shipping; after it has left only with a reason. Again: nothing. Emits
/// `parcel.numbered`. Says whether anything changed.
/// Errors: denied, not found, `not_own` (conflict), `carrier`, `number` and `reason` (fields), `tracking_used` (conflict).
pub fn correct_number(tx: &mut Tx, id: Id<Parcel>, told: &NumberTold) -> Result<bool> {
    let known = parcel(tx, id)?;
    tx.actor().may_for(known.organisation, Permission::SellerWrite, Permission::OrdersWrite)?;
    if known.carrier != OWN {
        let say = "This parcel's carrier gave its number; only a parcel of own shipping has one that is told.";
        return Err(Error::conflict("not_own", say));
    }
    let (carrier, number) = (told.carrier.trim(), compact(&told.number));
    if carrier == known.told_carrier && number == known.tracking {
        return Ok(false);
    }
    let reason = told.reason.trim();
    if reason.chars().count() > REASON_MOST {
        return Err(Error::field("reason", "too_long", format!("Write up to {REASON_MOST} characters.")));
    }
    if known.handed_over_at.is_some() && reason.is_empty() {
        let say = "The parcel has left, and the buyer has seen the number: say why it is corrected.";
        return Err(Error::field("reason", "required", say));
    }
    check_told(carrier, &number)?;
    check_free(tx, id, known.organisation, known.order, carrier, &number)?;
    tx.send(NUMBER, params![id, carrier, &number])?;
    let (order, consignment) = (known.order, known.consignment);
    let told = Numbered { order, consignment, carrier: carrier.into(), number, reason: reason.into() };
    tx.emit(id, &told)?;
    Ok(true)
}

/// What is told of a new parcel. Errors: those of [`correct_number`].
pub(crate) fn check_number(tx: &mut Tx, new: &Label, id: Id<Parcel>) -> Result<()> {
    check_told(&new.told_carrier, &new.told_number)?;
    check_free(tx, id, new.organisation, new.order, &new.told_carrier, &new.told_number)
}

/// Says what a new parcel was told to have.
pub(crate) fn tell_number(tx: &mut Tx, id: Id<Parcel>, new: &Label, reason: &str) -> Result<()> {
    let (carrier, number) = (new.told_carrier.clone(), new.told_number.clone());
    let (order, consignment) = (new.order, new.consignment);
    tx.emit(id, &Numbered { order, consignment, carrier, number, reason: reason.into() })
}

/// What no carrier's name has.
pub(crate) fn odd(letter: char) -> bool {
    letter.is_control() || ['"', '\\', '<', '>'].contains(&letter)
}

fn check_told(carrier: &str, number: &str) -> Result<()> {
    let count = carrier.chars().count();
    if count == 0 || count > CARRIER_MOST || carrier.chars().any(odd) {
        let say = format!("Say who carries the parcel, in up to {CARRIER_MOST} characters.");
        return Err(Error::field("carrier", "required", say));
    }
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-/._".contains(letter);
    if number.chars().count() > NUMBER_MOST || !number.chars().all(fits) {
        let say = format!("Write the number as the carrier has it: up to {NUMBER_MOST} letters and digits.");
        return Err(Error::field("number", "tracking_number", say));
    }
    Ok(())
}

/// A number that another order's parcel has, which is under way, is most likely mistyped. Several parcels of one order may go
/// under one number.
fn check_free(tx: &mut Tx, id: Id<Parcel>, organisation: i64, order: i64, carrier: &str, number: &str) -> Result<()> {
    let others = by_told_number(tx, Some(organisation), number)?;
    let taken = |other: &Parcel| {
        other.id != id && other.order != order && other.told_carrier == carrier && !other.state.is_final()
    };
    match others.iter().any(taken) {
        true => {
            let say = format!("A parcel of another order has the number {number} already; look at both.");
            Err(Error::conflict("tracking_used", say))
        }
        false => Ok(()),
    }
}

/// The kinds of events that people may tell, in the order of the way.
pub const TELLABLE: [EventKind; 12] = [
    EventKind::ExportReleased,
    EventKind::Departed,
    EventKind::Arrived,
    EventKind::ImportDeclared,
    EventKind::ImportHeld,
    EventKind::ImportReleased,
    EventKind::OutForDelivery,
    EventKind::Attempted,
    EventKind::Delivered,
    EventKind::Returned,
    EventKind::Lost,
    EventKind::Accepted,
];

/// What somebody tells of a parcel by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// What happened: one of [`TELLABLE`].
    pub kind: EventKind,
    /// When.
    pub at: Moment,
    /// Where; may be empty.
    pub place: String,
}

/// Who told of an event of own shipping, by its source.
pub(crate) fn teller(source_id: &str) -> TellBy {
    match source_id.split(':').next() {
        Some("operator") => TellBy::Operator,
        _ => TellBy::Seller,
    }
}

/// The event that somebody tells by hand, if they may: whoever ships the parcel, or the operator; told twice it is one event. It did
/// not happen before the parcel was handed over (to the minute), nor in the future.
/// Errors: denied, `not_own`, `parcel_not_handed_over`, `too_many_events` (conflicts), `kind`, `at`, `place` (fields).
pub fn told_event(tx: &mut Tx, id: Id<Parcel>, told: &Telling) -> Result<NewEvent> {
    let known = parcel(tx, id)?;
    let by = may_tell(tx, &known)?;
    let unsent = || {
        Error::conflict(
            "parcel_not_handed_over",
            "Say first that the parcel was handed over; then what happened to it.",
        )
    };
    let since = known.handed_over_at.ok_or_else(unsent)?;
    if !TELLABLE.contains(&told.kind) {
        return Err(Error::field("kind", "unknown_choice", "Choose one of the list."));
    }
    if told.at > tx.now() {
        return Err(Error::field("at", "event_in_the_future", "Write when it happened; that is not in the future."));
    }
    if told.at.plus_seconds(60) <= since {
        let say = "That is before the parcel was handed over; write when it happened.";
        return Err(Error::field("at", "before_handing_over", say));
    }
    let place = told.place.trim();
    if place.chars().count() > PLACE_MOST || place.chars().any(char::is_control) {
        return Err(Error::field("place", "too_long", format!("Write up to {PLACE_MOST} characters.")));
    }
    let at = told.at.max(since);
    // What was taken back is no hindrance to telling it again.
    let again: i64 = tx.one(TOLD, params![id])?.get(0)?;
    if again >= EVENTS_MOST {
        let say = format!("Of a parcel {EVENTS_MOST} events can be told by hand at most.");
        return Err(Error::conflict("too_many_events", say));
    }
    let taken_back: i64 = tx.one(TAKEN_BACK, params![id, told.kind.name(), at])?.get(0)?;
    let source_id = format!("{}:{}:{}:{taken_back}", by.name(), told.kind.name(), at.micros());
    Ok(NewEvent { parcel: id, kind: told.kind, at, place: place.into(), source_id, detail: String::new() })
}

/// Writes down what [`told_event`] made.
pub fn record_told(tx: &mut Tx, event: &NewEvent) -> Result<Recorded> {
    let known = parcel(tx, event.parcel)?;
    may_tell(tx, &known)?;
    note(tx, &known, event)
}

fn may_tell(tx: &Tx, known: &Parcel) -> Result<TellBy> {
    tx.actor().may_for(known.organisation, Permission::SellerWrite, Permission::OrdersWrite)?;
    if known.carrier != OWN {
        let say = "This parcel's carrier tells what happens to it; only of own shipping people do.";
        return Err(Error::conflict("not_own", say));
    }
    Ok(if tx.actor().may(Permission::OrdersWrite).is_ok() { TellBy::Operator } else { TellBy::Seller })
}

/// Takes back what was told by hand: the parcel is where its other events have brought it. A seller takes back what sellers told,
/// the operator anything. Again: nothing. Gives the event, if it was not taken back before.
/// Errors: denied, `not_own`, `told_event_unknown`, `told_by_operator` (conflicts), `reason` (field).
pub fn withdraw(tx: &mut Tx, id: Id<Parcel>, event: Id<JourneyEvent>, reason: &str) -> Result<Option<JourneyEvent>> {
    let known = parcel(tx, id)?;
    let by = may_tell(tx, &known)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_MOST {
        let say = format!("Say in up to {REASON_MOST} characters what was wrong.");
        return Err(Error::field("reason", "required", say));
    }
    let row = tx.maybe(WAS_WITHDRAWN, params![event, id])?;
    let unknown = || Error::not_found("told_event_unknown", "Nobody told such an event of this parcel by hand.");
    if row.ok_or_else(unknown)?.get::<Option<Moment>>(0)?.is_some() {
        return Ok(None);
    }
    let all = crate::journey::events(tx, id)?;
    let wrong = all.iter().find(|one| one.id == event).ok_or_else(unknown)?.clone();
    if wrong.told_by == TellBy::Operator && by != TellBy::Operator {
        let say = "The operator told this; ask them to correct it.";
        return Err(Error::conflict("told_by_operator", say));
    }
    let now = tx.now();
    tx.send(WITHDRAW, params![event, now])?;
    let rest = all.iter().filter(|one| one.id != event);
    let furthest = rest.max_by_key(|one| (one.kind.tier(), one.at, one.kind as i64)).ok_or_else(unknown)?;
    let (kind, at) = (furthest.kind, furthest.at);
    tx.send(BACK, params![id, kind.name(), kind.tier(), at, kind as i64])?;
    tx.emit(
        id,
        &Withdrawn { order: known.order, consignment: known.consignment, event: event.raw(), reason: reason.into() },
    )?;
    Ok(Some(wrong))
}

// What a parcel begins with was told by nobody.
const TOLD: &str =
    "SELECT COUNT(*) FROM logistics_event WHERE parcel = $1 AND source_id NOT IN ('label', 'handed_over')";
const TAKEN_BACK: &str = "SELECT COUNT(*) FROM logistics_event WHERE parcel = $1 AND kind = $2 AND at = $3
    AND withdrawn_at IS NOT NULL";
const WAS_WITHDRAWN: &str = "SELECT withdrawn_at FROM logistics_event WHERE id = $1 AND parcel = $2
    AND source_id NOT IN ('label', 'handed_over')";
const WITHDRAW: &str = "UPDATE logistics_event SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL";
const BACK: &str =
    "UPDATE logistics_parcel SET state = $2, state_tier = $3, state_at = $4, state_rank = $5 WHERE id = $1";
const NUMBER: &str = "UPDATE logistics_parcel SET told_carrier = $2, told_number = $3 WHERE id = $1";
