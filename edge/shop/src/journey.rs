//! The journey of a parcel as a chart: land, border, water, border, land; what happened, and what is still to come.

use base::{Country, Moment};
use frame::language::Locale;
use frame::parts::words;
use frame::visitor::Visitor;
use logistics::{EventKind, TellBy};
use orders::{Consignment, Order, Sent, State};
use serde::Serialize;

/// One station of the way.
#[derive(Clone, Debug, Serialize)]
pub struct StopView {
    zone: &'static str,
    state: &'static str,
    progress: &'static str,
    land: String,
    icon: &'static str,
    icon_class: &'static str,
    name: String,
    place: String,
    at: String,
    iso: String,
    note: String,
    late: bool,
}

/// One line of what happened.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    iso: String,
    at: String,
    name: String,
    text: String,
}

/// A station as it is planned: code, zone, icon, and the events that belong to it.
struct Station {
    code: &'static str,
    zone: &'static str,
    icon: &'static str,
    flips: bool,
}

const fn station(code: &'static str, zone: &'static str, icon: &'static str, flips: bool) -> Station {
    Station { code, zone, icon, flips }
}

const ABROAD: [Station; 7] = [
    station("packed", "start", "warehouse", false),
    station("handed-over", "start", "truck", true),
    station("export", "out", "customs", false),
    station("underway", "water", "plane", true),
    station("import", "in", "customs", false),
    station("last-mile", "end", "parcel", false),
    station("door", "end", "door", false),
];

const INSIDE: [Station; 4] = [
    station("packed", "end", "warehouse", false),
    station("underway-land", "end", "truck", true),
    station("last-mile", "end", "parcel", false),
    station("door", "end", "door", false),
];

/// At which station an event leaves the parcel.
fn place_of(kind: EventKind, abroad: bool) -> usize {
    match (kind, abroad) {
        (EventKind::Labelled, _) => 0,
        (EventKind::Accepted, _) => 1,
        (EventKind::ExportDeclared, true) => 2,
        (EventKind::ExportReleased | EventKind::Departed | EventKind::Arrived, true) => 3,
        (EventKind::ImportDeclared | EventKind::ImportHeld, true) => 4,
        (EventKind::ImportReleased | EventKind::OutForDelivery | EventKind::Attempted, true) => 5,
        (EventKind::OutForDelivery | EventKind::Attempted, false) => 2,
        (EventKind::Delivered, true) => 6,
        (EventKind::Delivered, false) => 3,
        (EventKind::Lost | EventKind::Returned, true) => 3,
        _ => 1,
    }
}

/// The stations of the way of a consignment's parcel; of the way ahead before there is one.
pub fn stops(visitor: &Visitor, order: &Order, consignment: &Consignment, sent: Option<&Sent>) -> Vec<StopView> {
    let abroad = !consignment.dispatch.same_customs_territory(order.destination);
    let plan: &[Station] = if abroad { &ABROAD } else { &INSIDE };
    let journey = sent.and_then(|sent| sent.journey.as_ref());
    let events = journey.map(|journey| journey.events.as_slice()).unwrap_or_default();
    let reached = events.iter().map(|event| place_of(event.kind, abroad)).max();
    let over = sent.is_some_and(|sent| sent.parcel.delivered_at.is_some());
    let view = |(at, station): (usize, &Station)| {
        let state = match reached {
            _ if over => "done",
            Some(now) if at < now => "done",
            Some(now) if at == now => "now",
            None if at == 0 && consignment.state == State::ToPack => "now",
            _ => "next",
        };
        let last = events.iter().rfind(|event| place_of(event.kind, abroad) == at);
        let mut shown = StopView {
            zone: station.zone,
            state,
            progress: "0.5",
            land: land(&visitor.locale, consignment, order.destination, plan, at),
            icon: icon(station, consignment),
            icon_class: if station.flips { "flip" } else { "" },
            name: name(&visitor.locale, station, last.map(|event| event.kind), state),
            place: last.map(|event| event.place.clone()).unwrap_or_default(),
            at: String::new(),
            iso: String::new(),
            note: String::new(),
            late: false,
        };
        match last {
            Some(event) if state != "next" => {
                (shown.at, shown.iso) = moment(visitor, event.at, order.destination);
            }
            _ => expect(visitor, order, consignment, station, &mut shown),
        }
        shown
    };
    plan.iter().enumerate().map(view).collect()
}

fn moment(visitor: &Visitor, at: Moment, place: Country) -> (String, String) {
    (visitor.locale.moment(at, place, visitor.today()), at.to_string())
}

/// What is still to come: the promised window at the door, duty that is paid already at the border.
fn expect(visitor: &Visitor, order: &Order, consignment: &Consignment, station: &Station, shown: &mut StopView) {
    let (from, to) = consignment.arrives;
    match station.code {
        "door" => {
            shown.at = visitor.locale.window(from, to, visitor.today());
            shown.iso = to.to_string();
            shown.place.clone_from(&order.address.city);
        }
        "import" => {
            let paid = consignment.landed_cost().is_ok_and(|cost| cost.collected == customs::Collected::AtCheckout);
            if paid && shown.state == "next" {
                shown.note = visitor.locale.t("way-duty-paid").to_string();
            }
        }
        "packed" => {
            if let Some(until) = consignment.ship_by {
                (shown.at, shown.iso) = moment(visitor, until, order.destination);
                shown.at = visitor.locale.fill("way-until", &[("time", shown.at.as_str().into())]);
            }
        }
        _ => {}
    }
}

fn icon(station: &Station, consignment: &Consignment) -> &'static str {
    match station.code {
        "underway" if consignment.service == "tr-road" => "truck",
        _ => station.icon,
    }
}

fn name(locale: &Locale, station: &Station, event: Option<EventKind>, state: &str) -> String {
    let key = match event {
        Some(EventKind::ImportHeld) if state == "now" => "way-import-held",
        Some(EventKind::Lost) => "way-lost",
        Some(EventKind::Returned) => "way-returned",
        _ => return locale.t(&format!("way-{}", station.code)).to_string(),
    };
    locale.t(key).to_string()
}

/// The name of a stretch of land or water, on its first station.
fn land(locale: &Locale, consignment: &Consignment, to: Country, plan: &[Station], at: usize) -> String {
    let zone = plan[at].zone;
    if at > 0 && plan[at - 1].zone == zone {
        return String::new();
    }
    match zone {
        "start" => locale.country(consignment.dispatch),
        "water" => locale.t("way-international").to_string(),
        "end" if plan.len() == INSIDE.len() => {
            let place = match consignment.dispatch == to {
                true => locale.country(to),
                false => locale.t("way-union-eu").to_string(),
            };
            locale.fill("way-inside", &[("place", place.into())])
        }
        "end" => locale.country(to),
        _ => String::new(),
    }
}

/// What happened, the newest first.
pub fn events(visitor: &Visitor, order: &Order, sent: Option<&Sent>) -> Vec<EventView> {
    let locale = &visitor.locale;
    let mut shown = Vec::new();
    for event in sent.and_then(|sent| sent.journey.as_ref()).iter().flat_map(|journey| &journey.events).rev() {
        let (at, iso) = moment(visitor, event.at, order.destination);
        let detail = words::detail(locale, &event.detail);
        let by = match event.told_by {
            TellBy::Carrier => String::new(),
            _ if event.kind == EventKind::Labelled => String::new(),
            by => locale.t(&format!("told-by-{}", by.name())).to_string(),
        };
        let text = [event.place.clone(), detail, by].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        let name = locale.t(&format!("event-{}", event.kind.name().replace('_', "-"))).to_string();
        shown.push(EventView { iso, at, name, text: text.join(". ") });
    }
    let mut known = |key: &str, at: Option<Moment>| {
        if let Some(moment_) = at {
            let (at, iso) = moment(visitor, moment_, order.destination);
            shown.push(EventView { iso, at, name: locale.t(key).to_string(), text: String::new() });
        }
    };
    known("event-paid", order.paid_at);
    known("event-placed", Some(order.placed_at));
    shown
}
