//! Karrio's trackers: its statuses and reasons in the words of the house. Pure.

use base::Moment;
use logistics::{EventKind, Report};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// A tracker, with everything that its carrier reported, in whatever order.
#[derive(Deserialize, Default)]
pub(super) struct Tracker {
    #[serde(default)]
    pub(super) tracking_number: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    events: Option<Vec<Event>>,
}

#[derive(Deserialize, Default)]
struct Event {
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    time: Option<String>,
    #[serde(default)]
    timestamp: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    location: Option<String>,
}

/// Letters of a carrier's own words that are kept.
const MOST_WORDS: usize = 200;

/// What a tracker tells, oldest first. Told again, each report has the same source id. Nothing lies after `now`: carriers write
/// local times.
pub(super) fn reports(tracker: &Tracker, now: Moment) -> Vec<Report> {
    let mut events: Vec<(Moment, &Event)> =
        tracker.events.iter().flatten().filter_map(|event| Some((moment(event)?.min(now), event))).collect();
    events.sort_by_key(|(at, _)| *at);
    let mut held = false;
    let mut reports = Vec::new();
    for (at, event) in &events {
        let Some(kind) = kind(event.status.as_deref(), event.reason.as_deref(), &words(event), held) else { continue };
        held = match kind {
            EventKind::ImportHeld => true,
            EventKind::ImportReleased | EventKind::OutForDelivery | EventKind::Delivered => false,
            _ => held,
        };
        reports.push(report(kind, *at, event, source_id(event)));
    }
    // Some carriers tell a status of the whole only. Karrio itself says of every parcel that has an event that it is in transit:
    // that says nothing where the newest event has a status.
    let status = tracker.status.as_deref().filter(|status| !status.is_empty());
    let known = events.last().and_then(|(_, newest)| newest.status.as_deref()).is_some_and(|status| !status.is_empty());
    let told =
        known && status == Some("in_transit") || events.iter().any(|(_, event)| event.status.as_deref() == status);
    if let (Some(status), Some((at, newest)), false) = (status, events.last(), told)
        && let Some(kind) = kind(Some(status), newest.reason.as_deref(), &words(newest), held)
    {
        reports.push(report(kind, *at, newest, format!("status:{status}")));
    }
    reports
}

fn report(kind: EventKind, at: Moment, event: &Event, source_id: String) -> Report {
    let short = |text: &Option<String>| super::call::clean(text.as_deref().unwrap_or_default(), MOST_WORDS);
    Report { kind, at, place: short(&event.location), source_id, detail: short(&event.description) }
}

/// A status in the words of the house; none for those that say nothing about where the parcel is.
fn kind(status: Option<&str>, reason: Option<&str>, words: &str, held: bool) -> Option<EventKind> {
    let reason = reason.unwrap_or_default();
    let customs = reason.starts_with("customs_") || reason == "regulatory_hold";
    let says = |all: &[&str]| all.iter().any(|part| words.contains(part));
    match status? {
        _ if reason == "carrier_parcel_lost" => Some(EventKind::Lost),
        "picked_up" => Some(EventKind::Accepted),
        "on_hold" | "delivery_delayed" if customs => Some(EventKind::ImportHeld),
        "in_transit" if held => Some(EventKind::ImportReleased),
        "in_transit" if says(&["depart", "left ", "dispatch"]) => Some(EventKind::Departed),
        "in_transit" | "on_hold" => Some(EventKind::Arrived),
        "out_for_delivery" | "ready_for_pickup" => Some(EventKind::OutForDelivery),
        "delivery_failed" => Some(EventKind::Attempted),
        "delivered" => Some(EventKind::Delivered),
        "return_to_sender" => Some(EventKind::Returned),
        _ => None,
    }
}

fn words(event: &Event) -> String {
    event.description.as_deref().unwrap_or_default().to_lowercase()
}

/// Carriers give their events no ids: an event is what it says, where and when. The status is Karrio's reading of it and may
/// change with a newer version.
fn source_id(event: &Event) -> String {
    let mut hash = Sha256::new();
    let time = [&event.timestamp, &event.date, &event.time];
    for part in time.into_iter().chain([&event.code, &event.description, &event.location]) {
        hash.update(part.as_deref().unwrap_or_default().as_bytes());
        hash.update([0]);
    }
    base::hex::digits(&hash.finalize()[..16])
}

/// When: the timestamp, or day and time of day. What has no zone is taken for UTC, what has no time for noon.
fn moment(event: &Event) -> Option<Moment> {
    let stamp = event.timestamp.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if let Some(at) = stamp.and_then(|text| text.parse().or_else(|_| format!("{text}Z").parse()).ok()) {
        return Some(at);
    }
    let (hour, minute) = event.time.as_deref().and_then(time_of_day).unwrap_or((12, 0));
    format!("{}T{hour:02}:{minute:02}:00Z", event.date.as_deref()?.trim()).parse().ok()
}

/// `14:05`, `14:05:33` or `02:05 PM`.
fn time_of_day(text: &str) -> Option<(u32, u32)> {
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches(['A', 'P', 'M', ' ', '.']);
    let mut parts = digits.split(':').map(|part| part.trim().parse::<u32>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let hour = match (upper.contains('P'), upper.contains('A')) {
        (true, _) => hour % 12 + 12,
        (_, true) => hour % 12,
        _ => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn told(status: &str, events: Value) -> Vec<(EventKind, String)> {
        let tracker: Tracker = serde_json::from_value(json!({ "status": status, "events": events })).unwrap();
        let now = "2026-11-26T12:00:00Z".parse().unwrap();
        reports(&tracker, now).into_iter().map(|report| (report.kind, report.at.to_string())).collect()
    }

    #[test]
    fn statuses_become_events_of_the_house_in_their_order() {
        use EventKind::*;
        let events = json!([
            { "date": "2026-11-25", "time": "09:10 AM", "status": "delivered", "description": "Signed by KOEHLER" },
            { "date": "2026-11-25", "time": "07:02", "status": "out_for_delivery", "description": "With courier" },
            { "timestamp": "2026-11-24T20:00:00Z", "status": "in_transit", "description": "Processed at Leipzig" },
            { "timestamp": "2026-11-24T08:00:00", "status": "on_hold", "reason": "customs_inspection" },
            { "date": "2026-11-22", "time": "22:15:40", "status": "in_transit", "description": "Departed Shenzhen" },
            { "date": "2026-11-22", "time": "06:00 PM", "status": "picked_up", "description": "Picked up" },
            { "date": "2026-11-22", "status": "pending", "description": "Shipment information received" },
        ]);
        let told = told("delivered", events);
        let kinds: Vec<EventKind> = told.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [Accepted, Departed, ImportHeld, ImportReleased, OutForDelivery, Delivered]);
        assert_eq!((&*told[0].1, &*told[5].1), ("2026-11-22T18:00:00Z", "2026-11-25T09:10:00Z"));
    }

    #[test]
    fn a_status_of_the_whole_counts_when_no_event_says_it_and_nothing_lies_ahead() {
        let one = |status: &str| told(status, json!([{ "date": "2026-11-27", "time": "01:00", "description": "?" }]));
        assert_eq!(one("delivered"), [(EventKind::Delivered, "2026-11-26T12:00:00Z".into())]);
        assert_eq!(one("delivery_failed")[0].0, EventKind::Attempted);
        assert_eq!(one("return_to_sender")[0].0, EventKind::Returned);
        let both = json!([
            { "date": "2026-11-20", "time": "01:10 PM", "status": "picked_up", "description": "Collected" },
            { "date": "2026-11-20", "time": "11:58 AM", "status": "created", "description": "Shipment label created" },
        ]);
        assert_eq!(told("in_transit", both.clone()), [(EventKind::Accepted, "2026-11-20T13:10:00Z".into())]);
        assert!(told("in_transit", json!([both[1]])).is_empty(), "a label is no stop on the way");
        let silent = json!([{ "date": "2026-11-21", "description": "Scanned" }, both[1]]);
        assert_eq!(told("in_transit", silent)[0].0, EventKind::Arrived);
        assert!(one("pending").is_empty() && one("unknown").is_empty() && told("in_transit", json!([])).is_empty());
        let lost = json!([{ "date": "2026-11-20", "status": "on_hold", "reason": "carrier_parcel_lost" }]);
        assert_eq!(told("on_hold", lost)[0].0, EventKind::Lost);
    }
}
