//! Everything that happened to an order, newest first: who did what, when.

use super::names::Names;
use base::{Currency, Money, Result};
use desk::time::moment;
use desk::words::word;
use frame::Visitor;
use hooks::Happened;
use logistics::Event as Parcel;
use orders::{Anatomy, Event as Order};
use payments::Event as Payment;
use payments::event::{RefundFailed, Refunded};
use serde::Serialize;
use settlement::Event as Settlement;

/// One event.
#[derive(Serialize)]
pub struct TrailView {
    at: String,
    iso: String,
    what: String,
    who: String,
    details: Vec<String>,
}

/// Builds the log. Errors (internal): an event was written with other fields.
pub fn view(visitor: &Visitor, anatomy: &Anatomy, names: &Names) -> Result<Vec<TrailView>> {
    let locale = &visitor.locale;
    let mut log = Vec::new();
    for row in anatomy.events.iter().rev() {
        let event = Happened::of(row)?;
        // What comes with a consignment's event says the same once more.
        let twice = matches!(
            event,
            Some(Happened::Parcel(Parcel::Moved(..)))
                | Some(Happened::Order(Order::Held(..) | Order::Delivered(..) | Order::Lost(..) | Order::Returned(..)))
        );
        if twice {
            continue;
        }
        log.push(TrailView {
            at: moment(visitor, row.at),
            iso: row.at.to_string(),
            what: match &event {
                Some(Happened::Order(Order::Moved(_, moved))) => word(locale, "d-event", &moved.kind),
                _ => word(locale, "d-trail", &row.kind),
            },
            who: who(visitor, &row.actor, names),
            details: event.map(|event| details(visitor, anatomy, event)).unwrap_or_default(),
        });
    }
    Ok(log)
}

fn who(visitor: &Visitor, actor: &str, names: &Names) -> String {
    let person = actor.strip_prefix("person:").and_then(|raw| raw.parse::<i64>().ok());
    match person.and_then(|raw| names.people.get(&raw)) {
        Some(name) => name.clone(),
        None => word(&visitor.locale, "d-actor", actor),
    }
}

/// What of an event says something to a reader.
fn details(visitor: &Visitor, anatomy: &Anatomy, event: Happened) -> Vec<String> {
    let locale = &visitor.locale;
    let money = |minor: i64, currency: Currency| locale.money(Money::new(minor, currency));
    let own = |minor: i64| money(minor, anatomy.whole.order.currency);
    let why = |reason: &str| word(locale, "d-reason", reason);
    let mut details = match event {
        Happened::Order(event) => match event {
            Order::Placed(_, told) => vec![money(told.total, told.currency)],
            Order::Paid(_, told) => vec![money(told.amount, told.currency)],
            Order::DuePaid(_, told) => vec![money(told.amount, told.currency)],
            Order::PaidExtra(_, told) => vec![money(told.amount, told.currency)],
            Order::Refunded(_, told) => vec![money(told.amount, told.currency)],
            Order::Cancelled(_, told) => vec![own(told.escrow), why(&told.reason)],
            Order::ConsignmentCancelled(_, told) => vec![own(told.total), why(&told.reason)],
            Order::Added(_, told) => vec![own(told.total)],
            Order::PiecesCalledOff(_, told) => vec![why(&told.reason)],
            Order::Recalled(_, told) => vec![why(&told.reason)],
            Order::Disputed(_, told) => vec![why(&told.reason)],
            Order::Packed(_, told) => vec![told.tracking],
            Order::HandedOver(_, told) if told.late => vec![locale.t("d-was-late").to_string()],
            Order::Moved(_, told) => vec![told.place],
            _ => Vec::new(),
        },
        Happened::Payment(Payment::Refunded(_, Refunded(back)) | Payment::RefundFailed(_, RefundFailed(back))) => {
            vec![why(&back.reason)]
        }
        Happened::Payment(Payment::RefundReturned(_, told)) => vec![why(&told.back.reason)],
        Happened::Settlement(Settlement::Refunded(_, told)) => vec![why(&told.reason)],
        _ => Vec::new(),
    };
    details.retain(|detail| !detail.is_empty());
    details
}
