//! A parcel's way as a chart: the stops from shelf to door, how far it is, when each was reached.

use crate::time::moment;
use base::Country;
use frame::Visitor;
use logistics::{EventKind, Journey, JourneyEvent, TellBy};
use orders::{Consignment, Customs, Parcel, ParcelState, Sent, State};
use serde::Serialize;

/// A stop, as `parts/journey.html` draws it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StopView {
    zone: &'static str,
    state: &'static str,
    progress: &'static str,
    land: Option<String>,
    icon: &'static str,
    icon_class: &'static str,
    name: String,
    place: String,
    at: Option<String>,
    iso: String,
    note: Option<String>,
    late: bool,
}

/// Key of the name, zone, icon, class of the icon, the events that mean it is reached.
type Leg = (&'static str, &'static str, &'static str, &'static str, &'static [EventKind]);

const ABROAD: [Leg; 7] = [
    ("packed", "start", "warehouse", "", &[EventKind::Labelled]),
    ("handed-over", "start", "truck", "flip", &[EventKind::Accepted]),
    ("export", "out", "customs", "", &[EventKind::ExportReleased]),
    ("line", "water", "plane", "flip", &[EventKind::Arrived]),
    ("import", "in", "customs", "", &[EventKind::ImportReleased]),
    ("last-mile", "end", "parcel", "", &[EventKind::OutForDelivery, EventKind::Attempted]),
    ("door", "end", "door", "", &[EventKind::Delivered]),
];
const INLAND: [Leg; 4] = [
    ("packed", "end", "warehouse", "", &[EventKind::Labelled]),
    ("handed-over", "end", "truck", "flip", &[EventKind::Accepted]),
    ("last-mile", "end", "parcel", "", &[EventKind::OutForDelivery, EventKind::Attempted]),
    ("door", "end", "door", "", &[EventKind::Delivered]),
];

fn legs(from: Country, to: Country) -> &'static [Leg] {
    if from.same_customs_territory(to) { &INLAND } else { &ABROAD }
}

/// How many stops lie behind, of the way with its number of stops.
fn behind(legs: &[Leg], state: Option<ParcelState>, reached: EventKind) -> usize {
    match state {
        None | Some(ParcelState::Asked | ParcelState::Recalled) => 0,
        Some(ParcelState::Delivered) => legs.len(),
        Some(ParcelState::Packed) => 1,
        _ => {
            let passed = |leg: &Leg| leg.4.iter().all(|kind| reached.tier() > kind.tier() || leg.4.contains(&reached));
            let known = legs.iter().take_while(|leg| passed(leg)).count();
            // A parcel out for delivery is on that leg, not past it.
            let on_last_mile = matches!(reached, EventKind::OutForDelivery | EventKind::Attempted);
            if on_last_mile { legs.len() - 2 } else { known.max(2).min(legs.len() - 1) }
        }
    }
}

/// The way of a consignment's parcel to `to`, stop by stop; before there is one, the way that lies ahead.
pub fn stops(visitor: &Visitor, consignment: &Consignment, to: Country, sent: Option<&Sent>) -> Vec<StopView> {
    let locale = &visitor.locale;
    let (journey, parcel) = (sent.and_then(|sent| sent.journey.as_ref()), sent.map(|sent| &sent.parcel));
    let state = parcel.map(|parcel| parcel.state);
    let legs = legs(consignment.dispatch, to);
    let events: &[JourneyEvent] = journey.map_or(&[], |journey| &journey.events);
    let reached = journey.map_or(EventKind::Labelled, |journey| journey.parcel.state);
    let behind = behind(legs, state, reached);
    let moving =
        !matches!(consignment.state, State::Waiting | State::Cancelled) && state != Some(ParcelState::Recalled);
    let mut stops: Vec<StopView> = Vec::with_capacity(legs.len());
    for (index, (name, zone, icon, icon_class, kinds)) in legs.iter().enumerate() {
        let event = events.iter().rev().find(|event| kinds.contains(&event.kind)).filter(|_| index <= behind);
        let state = match index {
            _ if index < behind => "done",
            _ if index == behind && moving => "now",
            _ => "next",
        };
        stops.push(StopView {
            zone,
            state,
            progress: "0.5",
            icon,
            icon_class,
            name: locale.t(&format!("d-stop-{name}")).to_string(),
            place: event.map(|event| event.place.clone()).unwrap_or_default(),
            at: event.map(|event| moment(visitor, event.at)),
            iso: event.map(|event| event.at.to_string()).unwrap_or_default(),
            ..StopView::default()
        });
    }
    lands(visitor, &mut stops, consignment.dispatch, to);
    if let Some(parcel) = parcel {
        trouble(visitor, &mut stops, parcel, reached);
    }
    promise(visitor, &mut stops, consignment, parcel);
    stops
}

fn lands(visitor: &Visitor, stops: &mut [StopView], from: Country, to: Country) {
    let locale = &visitor.locale;
    let abroad = !from.same_customs_territory(to);
    let last = if abroad { stops.len() - 2 } else { 0 };
    if abroad {
        stops[0].land = Some(locale.country(from));
        stops[3].land = Some(locale.t("d-stop-international").to_string());
    }
    stops[last].land = Some(locale.country(to));
}

fn trouble(visitor: &Visitor, stops: &mut [StopView], parcel: &Parcel, reached: EventKind) {
    let key = match (parcel.state, reached) {
        (ParcelState::Lost, _) => "d-state-lost",
        (ParcelState::Returned, _) => "d-state-returned",
        _ if parcel.customs == Customs::Held => "d-customs-held",
        (_, EventKind::Attempted) => "d-event-attempted",
        _ => return,
    };
    if let Some(stop) = stops.iter_mut().find(|stop| stop.state == "now") {
        stop.note = Some(visitor.locale.t(key).to_string());
        stop.late = true;
    }
}

/// The door says what was promised until it is reached.
fn promise(visitor: &Visitor, stops: &mut [StopView], consignment: &Consignment, parcel: Option<&Parcel>) {
    let (from, to) = consignment.arrives;
    if let Some(door) = stops.last_mut().filter(|door| door.at.is_none()) {
        let window = visitor.locale.window(from, to, visitor.today());
        door.note = Some(visitor.locale.fill("d-promised", &[("window", window.into())]));
        door.late = visitor.today() > to && parcel.is_none_or(|parcel| parcel.delivered_at.is_none());
    }
}

/// A stop of the small chart in lists.
#[derive(Clone, Debug, Serialize)]
pub struct MiniStop {
    zone: &'static str,
    state: &'static str,
    name: String,
}

/// The way in five or three knots, from states alone.
pub fn mini(visitor: &Visitor, from: Country, to: Country, state: State, customs: Customs) -> Vec<MiniStop> {
    const ABROAD: [(&str, &str); 5] =
        [("packed", "start"), ("export", "out"), ("line", "water"), ("import", "in"), ("door", "end")];
    const INLAND: [(&str, &str); 3] = [("packed", "end"), ("handed-over", "end"), ("door", "end")];
    let knots: &[(&str, &str)] = if from.same_customs_territory(to) { &INLAND } else { &ABROAD };
    let behind = match (state, customs) {
        (State::Waiting | State::ToPack | State::Packed | State::Cancelled, _) => 0,
        (State::Delivered | State::Completed, _) => knots.len(),
        (_, Customs::Exported) => 2,
        (_, Customs::Held) => 3,
        (_, Customs::Released) => 4,
        _ => 1,
    };
    let stop = |(index, (name, zone)): (usize, &(&str, &'static str))| MiniStop {
        zone,
        state: match index {
            _ if index < behind => "done",
            _ if index == behind && state != State::Cancelled => "now",
            _ => "next",
        },
        name: visitor.locale.t(&format!("d-stop-{name}")).to_string(),
    };
    knots.iter().enumerate().map(stop).collect()
}

/// An event of the carrier or customs, for a log.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    at: String,
    iso: String,
    what: String,
    place: String,
    detail: String,
    /// Who told it by hand.
    told_by: String,
    /// Its id, where it may be taken back.
    id: Option<String>,
}

/// What happened to a parcel, newest first.
pub fn log(visitor: &Visitor, journey: &Journey) -> Vec<EventView> {
    let is_own = journey.parcel.carrier == logistics::OWN;
    let view = |event: &JourneyEvent| EventView {
        at: moment(visitor, event.at),
        iso: event.at.to_string(),
        what: crate::words::word(&visitor.locale, "d-event", event.kind.name()),
        place: event.place.clone(),
        detail: match event.detail.as_str() {
            "" => String::new(),
            code => crate::words::word(&visitor.locale, "d-detail", code),
        },
        told_by: match event.told_by {
            _ if event.kind == EventKind::Labelled => String::new(),
            TellBy::Carrier => String::new(),
            by => crate::words::word(&visitor.locale, "d-told-by", by.name()),
        },
        id: (is_own && !matches!(event.kind, EventKind::Labelled | EventKind::Accepted)).then(|| event.id.to_string()),
    };
    journey.events.iter().rev().map(view).collect()
}
