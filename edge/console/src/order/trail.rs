//! Everything that happened to an order, newest first: who did what, when.

use super::names::Names;
use base::{Currency, Money};
use desk::time::moment;
use desk::words::word;
use frame::Visitor;
use orders::Anatomy;
use serde::Serialize;
use serde_json::Value;

/// One event.
#[derive(Serialize)]
pub struct TrailView {
    at: String,
    iso: String,
    what: String,
    who: String,
    details: Vec<String>,
}

/// Builds the log.
pub fn view(visitor: &Visitor, anatomy: &Anatomy, names: &Names) -> Vec<TrailView> {
    let locale = &visitor.locale;
    // What comes with a consignment's event says the same once more.
    const TWICE: [&str; 5] =
        ["parcel.event", "consignment.held", "consignment.delivered", "consignment.lost", "consignment.returned"];
    let told = anatomy.events.iter().rev().filter(|event| !TWICE.contains(&event.kind.as_str()));
    told.map(|event| {
        let body: Value = serde_json::from_str(&event.body).unwrap_or_default();
        let kind = body["kind"].as_str().filter(|_| event.kind == "consignment.event");
        TrailView {
            at: moment(visitor, event.at),
            iso: event.at.to_string(),
            what: match kind {
                Some(kind) => word(locale, "d-event", kind),
                None => word(locale, "d-trail", &event.kind),
            },
            who: who(visitor, &event.actor, names),
            details: details(visitor, anatomy, &body),
        }
    })
    .collect()
}

fn who(visitor: &Visitor, actor: &str, names: &Names) -> String {
    let person = actor.strip_prefix("person:").and_then(|raw| raw.parse::<i64>().ok());
    match person.and_then(|raw| names.people.get(&raw)) {
        Some(name) => name.clone(),
        None => word(&visitor.locale, "d-actor", actor),
    }
}

/// What of the body says something to a reader.
fn details(visitor: &Visitor, anatomy: &Anatomy, body: &Value) -> Vec<String> {
    let locale = &visitor.locale;
    let currency = body["currency"].as_str().and_then(|code| code.parse::<Currency>().ok());
    let currency = currency.unwrap_or(anatomy.whole.order.currency);
    let mut details = Vec::new();
    for key in ["amount", "escrow", "total"] {
        if let Some(minor) = body[key].as_i64() {
            details.push(locale.money(Money::new(minor, currency)));
        }
    }
    details.extend(["place", "tracking"].iter().filter_map(|key| body[*key].as_str()).map(String::from));
    if let Some(reason) = body["reason"].as_str() {
        details.push(word(locale, "d-reason", reason));
    }
    if body["late"] == Value::Bool(true) {
        details.push(locale.t("d-was-late").to_string());
    }
    details.extend(body["words"].as_str().map(String::from));
    details.retain(|detail| !detail.is_empty());
    details
}
