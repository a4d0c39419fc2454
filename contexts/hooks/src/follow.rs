//! Following the events: which endpoints are to be told of which, and in which words.

use crate::Endpoint;
use crate::delivery;
use crate::kind::{KINDS, Kind, Subject};
use base::{Error, Id, Moment, Result};
use offers::Offer;
use orders::{Consignment, Line, Order, Parcel};
use serde_json::{Value, json};
use store::{EventRow, Tx, params};

/// An active endpoint, as far as it matters here.
struct Listener {
    id: Id<Endpoint>,
    organisation: i64,
    wide: bool,
    kinds: String,
    since: Moment,
}

impl Listener {
    fn asked_for(&self, kind: &Kind, at: Moment) -> bool {
        let named = self.kinds.is_empty() || self.kinds.split_whitespace().any(|name| name == kind.name);
        named && at >= self.since && (self.wide || kind.is_for_sellers())
    }
}

/// Writes a delivery for each endpoint that is to be told of these events; nothing when there is no endpoint. Reading the same
/// events again writes nothing. For a follower of the events.
pub fn take(tx: &mut Tx, events: &[EventRow]) -> Result<()> {
    let rows = tx.query(LISTENERS, params![])?;
    if rows.is_empty() {
        return Ok(());
    }
    let read = |row: &store::Row| {
        Ok(Listener {
            id: row.get(0)?,
            organisation: row.get(1)?,
            wide: row.get(2)?,
            kinds: row.get(3)?,
            since: row.get(4)?,
        })
    };
    let listeners: Vec<Listener> = rows.iter().map(read).collect::<Result<_>>()?;
    for event in events {
        let Some(kind) = KINDS.iter().find(|kind| kind.event == event.kind) else { continue };
        let asked: Vec<&Listener> = listeners.iter().filter(|one| one.asked_for(kind, event.at)).collect();
        if !asked.is_empty() {
            tell(tx, event, kind, &asked)?;
        }
    }
    Ok(())
}

fn tell(tx: &mut Tx, event: &EventRow, kind: &Kind, asked: &[&Listener]) -> Result<()> {
    let Some(facts) = facts(tx, event, kind)? else { return Ok(()) };
    for listener in asked {
        let Some(data) = facts.told_to(listener) else { continue };
        let body = json!({ "type": kind.name, "timestamp": event.at.to_string(), "data": data }).to_string();
        delivery::write(tx, listener.id, event.seq, kind.name, &body)?;
    }
    Ok(())
}

/// What an event is about, and whose it is.
enum Facts {
    /// An order with its consignments: each seller hears of its own.
    Order { order: Id<Order>, number: String, payment: String, fulfilment: String, parts: Vec<(Id<Consignment>, i64)> },
    /// One seller's.
    Own { organisation: i64, data: Value },
}

impl Facts {
    fn told_to(&self, listener: &Listener) -> Option<Value> {
        let is_own = |organisation: i64| listener.wide || organisation == listener.organisation;
        match self {
            Facts::Order { order, number, payment, fulfilment, parts } => {
                let own = parts.iter().filter(|(_, organisation)| is_own(*organisation));
                let consignments: Vec<String> = own.map(|(id, _)| id.to_string()).collect();
                let api = if listener.wide { format!("/api/orders/{order}") } else { "/api/seller/orders".into() };
                (!consignments.is_empty()).then(|| {
                    json!({
                        "order": order.to_string(), "number": number, "payment": payment, "fulfilment": fulfilment,
                        "consignments": consignments, "api": api,
                    })
                })
            }
            Facts::Own { organisation, data } => is_own(*organisation).then(|| {
                let mut data = data.clone();
                if !listener.wide && data.get("consignment").is_some() && data.get("claim").is_none() {
                    data["api"] = "/api/seller/orders".into();
                }
                data
            }),
        }
    }
}

fn facts(tx: &mut Tx, event: &EventRow, kind: &Kind) -> Result<Option<Facts>> {
    match kind.subject {
        Subject::Order | Subject::OperatorsOrder => order(tx, Id::from_raw(event.subject)),
        Subject::Consignment => consignment(tx, event),
        Subject::Claim => claim(event).map(Some),
        Subject::Amendment => amendment(event).map(Some),
        Subject::Offer => {
            let body = event.json()?;
            let id: Id<Offer> = body["offer"].as_str().unwrap_or_default().parse()?;
            let Some(row) = tx.maybe(OFFER, params![id])? else { return Ok(None) };
            let product: Id<catalog::Product> = Id::from_raw(event.subject);
            let data = json!({
                "offer": id.to_string(), "product": product.to_string(), "api": format!("/api/products/{product}"),
            });
            Ok(Some(Facts::Own { organisation: row.get(0)?, data }))
        }
        Subject::Member => member(event).map(Some),
        Subject::Application => {
            let id: Id<onboarding::Application> = Id::from_raw(event.subject);
            let data = json!({ "application": id.to_string(), "api": "/api/applications" });
            Ok(Some(Facts::Own { organisation: 0, data }))
        }
        Subject::BankAccount => bank_account(event).map(Some),
        Subject::Payout => {
            let mut data = event.json()?;
            data.as_object_mut()
                .ok_or_else(|| Error::internal("a payout without facts"))?
                .insert("api".into(), "/api/seller/balance".into());
            Ok(Some(Facts::Own { organisation: event.subject, data }))
        }
    }
}

/// What a claim is about and how far it is; what was said is asked of the API by who may.
fn claim(event: &EventRow) -> Result<Facts> {
    let body = event.json()?;
    let raw = |name: &str| body[name].as_i64().unwrap_or_default();
    let claim = body["claim"].as_str().unwrap_or_default();
    let data = json!({
        "claim": claim, "consignment": Id::<Consignment>::from_raw(raw("consignment")).to_string(),
        "order": Id::<Order>::from_raw(raw("order")).to_string(), "kind": body["kind"], "state": body["state"],
        "outcome": body["outcome"], "due_at": body["due_at"], "api": format!("/api/claims/{claim}"),
    });
    Ok(Facts::Own { organisation: raw("organisation"), data })
}

/// Who proposed it, why, and why it came to nothing.
fn amendment(event: &EventRow) -> Result<Facts> {
    let body = event.json()?;
    let raw = |name: &str| body[name].as_i64().unwrap_or_default();
    let (organisation, order) = (raw("organisation"), Id::<Order>::from_raw(raw("order")));
    let desk = if organisation == 0 { "/api/orders" } else { "/api/seller/orders" };
    let data = json!({
        "amendment": body["amendment"], "order": order.to_string(), "by": body["side"], "reason": body["reason"],
        "why": body["why"], "expires_at": body["expires_at"], "api": format!("{desk}/{order}/amendments"),
    });
    Ok(Facts::Own { organisation, data })
}

/// Who it is, as what, and by whose deed; the person's name and address are asked of the API by who may.
fn member(event: &EventRow) -> Result<Facts> {
    let body = event.json()?;
    let organisation: Id<parties::Organisation> = Id::from_raw(event.subject);
    let by = event.actor.strip_prefix("person:").and_then(|raw| raw.parse().ok()).map(Id::<parties::Person>::from_raw);
    let data = json!({
        "organisation": organisation.to_string(), "person": body["person"], "role": body["role"],
        "by": by.map_or_else(|| event.actor.clone(), |person| person.to_string()), "api": "/api/people",
    });
    Ok(Facts::Own { organisation: event.subject, data })
}

/// Which account, masked; its number is told to nobody.
fn bank_account(event: &EventRow) -> Result<Facts> {
    let body = event.json()?;
    let organisation: Id<parties::Organisation> = Id::from_raw(event.subject);
    let number = format!("…{}", body["hint"].as_str().unwrap_or_default());
    let data = json!({
        "organisation": organisation.to_string(), "account": body["account"], "number": number,
        "api": "/api/seller/bank-account",
    });
    Ok(Facts::Own { organisation: event.subject, data })
}

fn order(tx: &mut Tx, order: Id<Order>) -> Result<Option<Facts>> {
    let Some(head) = tx.maybe(ORDER, params![order])? else { return Ok(None) };
    let parts = tx.query(PARTS, params![order])?;
    let parts = parts.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_>>()?;
    Ok(Some(Facts::Order { order, number: head.get(0)?, payment: head.get(1)?, fulfilment: head.get(2)?, parts }))
}

/// The consignment, and what of it the event is about: one parcel, or some pieces.
fn consignment(tx: &mut Tx, event: &EventRow) -> Result<Option<Facts>> {
    let id: Id<Consignment> = Id::from_raw(event.subject);
    let Some(row) = tx.maybe(CONSIGNMENT, params![id])? else { return Ok(None) };
    let (order, body): (Id<Order>, Value) = (row.get(0)?, event.json()?);
    let mut data = json!({
        "consignment": id.to_string(), "order": order.to_string(), "number": row.get::<String>(3)?,
        "state": row.get::<String>(2)?, "api": format!("/api/orders/{order}"),
    });
    if let Some(parcel) = body["parcel"].as_i64().map(Id::<Parcel>::from_raw) {
        data["parcel"] = parcel.to_string().into();
        let tracking = tx.maybe(TRACKING, params![parcel])?;
        data["tracking"] = tracking.map(|row| row.get::<String>(0)).transpose()?.into();
    }
    for name in ["lines", "fit"] {
        let lines = body[name].as_array().into_iter().flatten();
        let pieces: Vec<Value> = lines.filter_map(pieces).collect();
        if !pieces.is_empty() {
            data[name] = pieces.into();
        }
    }
    if let Some(all) = body["all"].as_bool() {
        data["all"] = all.into();
    }
    Ok(Some(Facts::Own { organisation: row.get(1)?, data }))
}

fn pieces(told: &Value) -> Option<Value> {
    let line = Id::<Line>::from_raw(told["line"].as_i64()?);
    Some(json!({ "line": line.to_string(), "pieces": told["pieces"] }))
}

const LISTENERS: &str = "SELECT e.id, e.organisation, e.wide, e.kinds, e.created_at
    FROM hook_endpoint e JOIN party_organisation o ON o.id = e.organisation
    WHERE e.state = 'active' AND o.standing = 'active' ORDER BY e.id";
const ORDER: &str = "SELECT number, payment, fulfilment FROM order_head WHERE id = $1";
const PARTS: &str = "SELECT id, organisation FROM order_consignment WHERE order_id = $1 ORDER BY position";
const CONSIGNMENT: &str = "SELECT c.order_id, c.organisation, c.state, o.number
    FROM order_consignment c JOIN order_head o ON o.id = c.order_id WHERE c.id = $1";
const TRACKING: &str =
    "SELECT p.tracking FROM order_parcel c JOIN logistics_parcel p ON p.id = c.label WHERE c.id = $1";
const OFFER: &str = "SELECT organisation FROM offer WHERE id = $1";
