//! What people tell of a parcel of own shipping, and take back. What somebody tells who is paid for it counts from when it was told:
//! nobody ends a buyer's time to object by writing an earlier day.

use crate::event;
use crate::journey::{Moved, carry, customs_of};
use crate::parcel::{Parcel, follow, lock_all};
use crate::state::{Customs, Dispute, ParcelState, State};
use base::{Error, Id, Result};
use logistics::{EventKind, JourneyEvent, NumberTold, Telling};
use store::{Tx, params};

/// Tells by hand what happened to a parcel of own shipping; told twice it changes nothing. Emits and schedules what
/// [`crate::journey`] does; the acceptance window begins now. Errors: those of `logistics::told_event`, `not_packed` (conflict).
pub fn tell_event(tx: &mut Tx, id: Id<Parcel>, told: &Telling) -> Result<Moved> {
    let (_, _, parcel) = lock_all(tx, id)?;
    let event = logistics::told_event(tx, label(&parcel)?, told)?;
    let now = tx.now();
    carry(tx, &event, logistics::record_told, Some(now))
}

/// Takes back what was told by hand and was wrong: parcel, consignment and order are where the rest has brought them, and a window
/// that began with it is over. Again: nothing. Emits `consignment.event_withdrawn`.
/// Errors: those of `logistics::withdraw`; `too_late` (conflict) once something rests on it.
pub fn withdraw_event(tx: &mut Tx, id: Id<Parcel>, wrong: Id<JourneyEvent>, reason: &str) -> Result<bool> {
    let (order, known, mut parcel) = lock_all(tx, id)?;
    let label = label(&parcel)?;
    let over = matches!(known.state, State::Completed | State::Cancelled) || known.dispute == Dispute::Open;
    if over || parcel.state.is_over() || parcel.received_at.is_some() {
        let say = "Something rests on this already: the parcel was accepted, objected to, given up or received back.";
        return Err(Error::conflict("too_late", say));
    }
    let Some(event) = logistics::withdraw(tx, label, wrong, reason)? else { return Ok(false) };
    let carried = logistics::parcel(tx, label)?;
    parcel.state = stands(carried.state);
    if parcel.customs != Customs::None {
        // A parcel that is lost or went back stays where its events before had brought it with customs.
        let events = logistics::journey(tx, label)?.events;
        let furthest = events.iter().filter(|one| !matches!(one.kind, EventKind::Lost | EventKind::Returned));
        let furthest = furthest.max_by_key(|one| (one.kind.tier(), one.at, one.kind)).map(|one| one.kind);
        parcel.customs = customs_of(Customs::Pending, furthest.unwrap_or(EventKind::Accepted));
    }
    let at = |of: ParcelState| (parcel.state == of).then_some(carried.state_at);
    let moments = (at(ParcelState::Delivered), at(ParcelState::Returned));
    tx.send(STANDS, params![parcel.id, parcel.state, parcel.customs, moments.0, moments.1])?;
    let now = tx.now();
    let followed = follow(tx, &order, known.id, now)?;
    if known.state == State::Delivered && followed.state != State::Delivered {
        tx.send(NOT_THERE, params![known.id])?;
    }
    let told = event::EventWithdrawn {
        of: parcel.told(&known),
        kind: event.kind.name().into(),
        at: event.at,
        reason: reason.trim().into(),
        state: followed.state.name().into(),
        customs: parcel.customs.name().into(),
    };
    tx.emit(known.id, &told)?;
    Ok(true)
}

/// Tells or corrects carrier and number of a parcel of own shipping. Says whether anything changed.
/// Errors: those of `logistics::correct_number`, `not_packed` (conflict).
pub fn correct_number(tx: &mut Tx, id: Id<Parcel>, told: &NumberTold) -> Result<bool> {
    let (_, _, parcel) = lock_all(tx, id)?;
    logistics::correct_number(tx, label(&parcel)?, told)
}

fn label(parcel: &Parcel) -> Result<Id<logistics::Parcel>> {
    let say = || Error::conflict("not_packed", "This parcel has no label yet.");
    parcel.label.filter(|_| parcel.has_label()).ok_or_else(say)
}

/// Where a parcel is that has left, by the furthest of its events.
fn stands(kind: EventKind) -> ParcelState {
    match kind {
        EventKind::Labelled | EventKind::Accepted => ParcelState::HandedOver,
        EventKind::Delivered => ParcelState::Delivered,
        EventKind::Lost => ParcelState::Lost,
        EventKind::Returned => ParcelState::Returned,
        _ => ParcelState::InTransit,
    }
}

const STANDS: &str =
    "UPDATE order_parcel SET state = $2, customs = $3, delivered_at = $4, returned_at = $5 WHERE id = $1";
const NOT_THERE: &str = "UPDATE order_consignment SET delivered_at = NULL, accept_until = NULL WHERE id = $1";
