//! What the carrier and customs report: it moves the consignment, and delivery starts the acceptance window.

use crate::order::{Consignment, Order, consignments};
use crate::pack::{leave, lock_both, refresh};
use crate::state::{Customs, Deed, Fulfilment, State};
use base::{Id, Moment, Result};
use logistics::{EventKind, Journey, NewEvent};
use store::{Event, Read, Tx, Work, params};

/// What an event changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The consignment it concerned.
    pub consignment: Id<Consignment>,
    /// The event was not known before.
    pub new: bool,
    /// The consignment's state now.
    pub state: State,
    /// The order's state now.
    pub fulfilment: Fulfilment,
}

/// Records a parcel's event and moves its consignment and order. Doubled, late and disordered events are harmless.
/// Emits `consignment.event`, and `consignment.delivered`, `.lost`, `.returned`, `.held` when that is news; delivery schedules
/// `consignment.accept`. Errors: denied, unknown parcel.
pub fn journey(tx: &mut Tx, event: &NewEvent) -> Result<Moved> {
    let parcel = logistics::parcel(tx, event.parcel)?;
    let id = Id::from_raw(parcel.consignment);
    let (order, mut known) = lock_both(tx, id)?;
    let recorded = logistics::record(tx, event)?;
    if !recorded.changed {
        return Ok(Moved { consignment: id, new: recorded.new, state: known.state, fulfilment: order.fulfilment });
    }
    if known.state == State::Packed && recorded.after > EventKind::Labelled {
        leave(tx, &order, &known, true)?;
        known.state = State::HandedOver;
    }
    let at = logistics::parcel(tx, event.parcel)?.state_at;
    let state = deed_of(recorded.after).and_then(|deed| known.state.after(deed)).unwrap_or(known.state);
    let customs = customs_of(known.customs, recorded.after);
    write(tx, &order, &known, state, customs, at)?;
    let body = serde_json::json!({
        "order": order.id.raw(), "kind": event.kind.name(), "state": state.name(), "customs": customs.name(),
        "at": event.at.to_string(), "place": event.place,
    });
    tx.emit(&Event { kind: "consignment.event", subject: id.raw(), body })?;
    let (fulfilment, _) = refresh(tx, &order)?;
    Ok(Moved { consignment: id, new: true, state, fulfilment })
}

fn write(tx: &mut Tx, order: &Order, known: &Consignment, state: State, customs: Customs, at: Moment) -> Result<()> {
    let delivered = (state == State::Delivered && known.state != state).then_some(at);
    let until = delivered.map(|at| at.plus_days(known.acceptance_days));
    tx.send(MOVE, params![known.id, state, customs, delivered.or(known.delivered_at), until.or(known.accept_until)])?;
    if until.is_some() {
        await_acceptance(tx, &Consignment { accept_until: until, ..known.clone() })?;
    }
    let news = [
        (state == State::Delivered && known.state != state, "consignment.delivered"),
        (state == State::Lost && known.state != state, "consignment.lost"),
        (state == State::Returned && known.state != state, "consignment.returned"),
        (customs == Customs::Held && known.customs != customs, "consignment.held"),
    ];
    for (_, kind) in news.into_iter().filter(|(is_news, _)| *is_news) {
        let body = serde_json::json!({
            "order": order.id.raw(), "organisation": known.organisation.raw(), "at": at.to_string(),
        });
        tx.emit(&Event { kind, subject: known.id.raw(), body })?;
    }
    Ok(())
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
fn customs_of(before: Customs, kind: EventKind) -> Customs {
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

/// A consignment with what its parcel has been through, as the order page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The consignment.
    pub consignment: Consignment,
    /// Its parcel and events, once it is packed.
    pub journey: Option<Journey>,
    /// How many steps of the way lie behind: see [`Stop::STEPS`].
    pub step: usize,
}

impl Stop {
    /// The way as buyers see it; codes, translated by pages. The fourth is left out where no border is crossed.
    pub const STEPS: [&'static str; 6] = ["paid", "packed", "handed_over", "customs", "out_for_delivery", "delivered"];
}

/// The consignments of an order with their journeys, by position.
pub fn stops(db: &mut Read, order: Id<Order>) -> Result<Vec<Stop>> {
    let mut stops = Vec::new();
    for consignment in consignments(db, order)? {
        let journey = consignment.parcel.map(|parcel| logistics::journey(db, parcel)).transpose()?;
        let step = steps_behind(&consignment, journey.as_ref());
        stops.push(Stop { consignment, journey, step });
    }
    Ok(stops)
}

fn steps_behind(consignment: &Consignment, journey: Option<&Journey>) -> usize {
    let kind = journey.map(|journey| journey.parcel.state);
    match consignment.state {
        State::Waiting | State::Cancelled => 0,
        State::ToPack => 1,
        State::Packed => 2,
        State::Delivered | State::Completed => 6,
        _ if kind.is_some_and(|kind| kind.tier() == EventKind::OutForDelivery.tier()) => 5,
        _ if consignment.customs == Customs::Released => 4,
        _ => 3,
    }
}

const MOVE: &str =
    "UPDATE order_consignment SET state = $2, customs = $3, delivered_at = $4, accept_until = $5 WHERE id = $1";
