//! What the carrier and customs report: it moves a parcel and its consignment, and the last delivery starts the acceptance window.

use crate::event;
use crate::order::{Consignment, Order, consignments};
use crate::pack::leave;
use crate::parcel::{Followed, Parcel, follow, lock_all, of_label, parcels};
use crate::state::{Customs, Deed, Fulfilment, ParcelState, State};
use base::{Id, Moment, Result};
use logistics::{EventKind, Journey, NewEvent, Recorded};
use store::{Read, Tx, Work, params};

/// What an event changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The consignment it concerned.
    pub consignment: Id<Consignment>,
    /// The event was not known before.
    pub new: bool,
    /// The parcel's state now.
    pub parcel: ParcelState,
    /// The consignment's state now.
    pub state: State,
    /// The order's state now.
    pub fulfilment: Fulfilment,
}

/// Records a parcel's event and moves the parcel, its consignment and order. Doubled, late and disordered events are harmless.
/// Emits `consignment.event`, and `consignment.delivered`, `.lost`, `.returned`, `.held` when that is news; when the last parcel is
/// delivered, schedules `consignment.accept`. Errors: denied, unknown parcel.
pub fn journey(tx: &mut Tx, event: &NewEvent) -> Result<Moved> {
    carry(tx, event, logistics::record, None)
}

/// Records an event by `record` and moves what it moves. `since` is when it counts from; none: since it happened.
pub(crate) fn carry(
    tx: &mut Tx,
    event: &NewEvent,
    record: fn(&mut Tx, &NewEvent) -> Result<Recorded>,
    since: Option<Moment>,
) -> Result<Moved> {
    let id = of_label(tx, event.parcel)?;
    let (order, known, mut parcel) = lock_all(tx, id)?;
    let recorded = record(tx, event)?;
    if !recorded.changed {
        let (state, fulfilment) = (known.state, order.fulfilment);
        return Ok(Moved { consignment: known.id, new: recorded.new, parcel: parcel.state, state, fulfilment });
    }
    if parcel.state == ParcelState::Packed && recorded.after > EventKind::Labelled {
        leave(tx, &order, &known, &parcel, true)?;
        parcel.state = ParcelState::HandedOver;
    }
    let at = logistics::parcel(tx, event.parcel)?.state_at;
    let before = (parcel.state, parcel.customs);
    parcel.state = deed_of(recorded.after).and_then(|deed| parcel.state.after(deed)).unwrap_or(parcel.state);
    if !parcel.state.is_over() {
        parcel.customs = customs_of(parcel.customs, recorded.after);
    }
    let arrived = |of: ParcelState| (parcel.state == of && before.0 != of).then_some(at);
    let moments = (arrived(ParcelState::Delivered), arrived(ParcelState::Returned));
    tx.send(MOVE, params![parcel.id, parcel.state, parcel.customs, moments.0, moments.1])?;
    let since = since.unwrap_or(at);
    let followed = follow(tx, &order, known.id, since)?;
    let moved = event::Moved {
        of: parcel.told(&known),
        kind: event.kind.name().into(),
        state: followed.state.name().into(),
        customs: parcel.customs.name().into(),
        at: event.at,
        place: event.place.clone(),
    };
    tx.emit(known.id, &moved)?;
    tell_news(tx, &known, &parcel, before, &followed, since)?;
    let Followed { state, fulfilment, .. } = followed;
    Ok(Moved { consignment: known.id, new: true, parcel: parcel.state, state, fulfilment })
}

/// `all`: with this parcel everything of the consignment that arrives is there.
fn tell_news(
    tx: &mut Tx,
    known: &Consignment,
    parcel: &Parcel,
    before: (ParcelState, Customs),
    followed: &Followed,
    at: Moment,
) -> Result<()> {
    let became = |state| parcel.state == state && before.0 != state;
    let news = event::News { of: parcel.told(known), at, all: followed.state == State::Delivered };
    if became(ParcelState::Delivered) {
        let event::OfParcel { order, organisation, one } = news.of.clone();
        tx.emit(known.id, &event::Delivered { order, organisation, at, all: news.all, one: Some(one) })?;
    }
    if became(ParcelState::Lost) {
        tx.emit(known.id, &event::Lost(news.clone()))?;
    }
    if became(ParcelState::Returned) {
        tx.emit(known.id, &event::Returned(news.clone()))?;
    }
    if parcel.customs == Customs::Held && before.1 != Customs::Held {
        tx.emit(known.id, &event::Held(news))?;
    }
    Ok(())
}

/// Everything of a consignment that arrives is there, because what was still missing is not sent any more or was given up.
pub(crate) fn tell_all_there(tx: &mut Tx, known: &Consignment, followed: &Followed) -> Result<()> {
    if !followed.changed || followed.state != State::Delivered {
        return Ok(());
    }
    let (at, order, organisation) = (tx.now(), known.order, known.organisation);
    tx.emit(known.id, &event::Delivered { order, organisation, at, all: true, one: None })
}

/// The job that completes a consignment nobody objected to (`settlement::complete`).
pub const ACCEPT: Work = Work { kind: "consignment.accept", hands: 8, lease_seconds: 120, renews: false };

/// Puts [`ACCEPT`] on the list for when the window is over.
pub(crate) fn await_acceptance(tx: &mut Tx, delivered: &Consignment) -> Result<()> {
    let run_at = delivered.accept_until.unwrap_or(tx.now()).max(tx.now());
    tx.schedule(&ACCEPT.job(delivered.id.raw(), run_at))
}

fn deed_of(kind: EventKind) -> Option<Deed> {
    match kind {
        EventKind::Labelled | EventKind::Accepted => None,
        EventKind::Delivered => Some(Deed::Deliver),
        EventKind::Lost => Some(Deed::Lose),
        EventKind::Returned => Some(Deed::Return),
        _ => Some(Deed::Move),
    }
}

/// Where the parcel's furthest event leaves it with customs. Goods that cross no border stay out of it.
pub(crate) fn customs_of(before: Customs, kind: EventKind) -> Customs {
    match kind {
        _ if before == Customs::None => Customs::None,
        EventKind::Labelled | EventKind::Accepted | EventKind::ExportDeclared => Customs::Pending,
        EventKind::ExportReleased | EventKind::Departed | EventKind::Arrived | EventKind::ImportDeclared => {
            Customs::Exported
        }
        EventKind::ImportHeld => Customs::Held,
        EventKind::ImportReleased | EventKind::OutForDelivery | EventKind::Attempted | EventKind::Delivered => {
            Customs::Released
        }
        EventKind::Lost | EventKind::Returned => before,
    }
}

/// A consignment with what its parcels have been through, as the order page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The consignment.
    pub consignment: Consignment,
    /// Its parcels, by position; those that were unpacked again too.
    pub parcels: Vec<Sent>,
}

/// A parcel with its journey.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The parcel.
    pub parcel: Parcel,
    /// Its label and events, once it has one.
    pub journey: Option<Journey>,
}

impl Sent {
    /// The number that it is tracked by, once it has one.
    pub fn tracking(&self) -> Option<&str> {
        let number = self.journey.as_ref().map(|journey| journey.parcel.tracking.as_str());
        number.filter(|number| !number.is_empty())
    }
}

impl Stop {
    /// Parcels that left or will: without those that were unpacked again.
    pub fn sent(&self) -> impl Iterator<Item = &Sent> {
        self.parcels.iter().filter(|sent| sent.parcel.recalled_at.is_none())
    }
}

/// The consignments of an order with their parcels' journeys, by position.
pub fn stops(db: &mut Read, order: Id<Order>) -> Result<Vec<Stop>> {
    let mut sent = Vec::new();
    for parcel in parcels(db, order)? {
        let journey = parcel.label.map(|label| logistics::journey(db, label)).transpose()?;
        sent.push(Sent { parcel, journey });
    }
    let mut stops = Vec::new();
    for consignment in consignments(db, order)? {
        let own = sent.iter().filter(|one| one.parcel.consignment == consignment.id);
        let parcels = own.cloned().collect();
        stops.push(Stop { consignment, parcels });
    }
    Ok(stops)
}

const MOVE: &str = "UPDATE order_parcel SET state = $2, customs = $3, delivered_at = COALESCE($4, delivered_at),
    returned_at = COALESCE($5, returned_at) WHERE id = $1";
