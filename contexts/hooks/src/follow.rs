//! Following the events: which endpoints are to be told of which, and in which words.

use crate::Endpoint;
use crate::delivery;
use crate::happened::Happened;
use crate::kind::{KINDS, Kind};
use base::{Error, Id, Moment, Result};
use catalog::Product;
use offers::Offer;
use orders::event::{self, OfParcel, Pieces};
use orders::{Consignment, Order, Parcel};
use parties::{Organisation, Person};
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
    let Some(facts) = facts(tx, event)? else { return Ok(()) };
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

/// Every public event has an arm.
fn facts(tx: &mut Tx, row: &EventRow) -> Result<Option<Facts>> {
    use {offers::Event as Offers, onboarding::Event as Onboarding, parties::Event as Parties};
    Ok(match Happened::of(row)? {
        Some(Happened::Order(event)) => return of_order(tx, event),
        Some(Happened::Claim(event)) => Some(claim(event.told())),
        Some(Happened::Amendment(event)) => Some(amendment(event.told())),
        Some(Happened::Offer(Offers::Changed(product, changed))) => return offer(tx, product, changed.offer),
        Some(Happened::Party(Parties::MemberAdded(of, added))) => Some(member(row, of, added.person, &added.role)),
        Some(Happened::Party(Parties::MemberRemoved(of, gone))) => Some(member(row, of, gone.person, &gone.role)),
        Some(Happened::Onboarding(
            Onboarding::Applied(id, _) | Onboarding::Accepted(id, _) | Onboarding::Declined(id, _),
        )) => {
            let data = json!({ "application": id, "api": "/api/applications" });
            Some(Facts::Own { organisation: 0, data })
        }
        Some(Happened::Onboarding(Onboarding::BankChanged(of, changed))) => Some(bank_account(of, &changed)),
        Some(Happened::Settlement(settlement::Event::PaidOut(of, paid))) => {
            let mut data = serde_json::to_value(&paid).map_err(Error::internal)?;
            data["api"] = "/api/seller/balance".into();
            Some(Facts::Own { organisation: of.raw(), data })
        }
        _ => return Err(Error::internal(format!("{} is public, and nothing is told of it", row.kind))),
    })
}

fn of_order(tx: &mut Tx, event: orders::Event) -> Result<Option<Facts>> {
    use orders::Event::*;
    match event {
        Placed(id, _)
        | Paid(id, _)
        | DuePaid(id, _)
        | PaidExtra(id, _)
        | PaymentFailed(id, _)
        | Cancelled(id, _)
        | Readdressed(id, _)
        | FieldsChanged(id, _)
        | Amended(id, _)
        | Completed(id, _)
        | Refunded(id, _)
        | Settled(id, _) => order(tx, id),
        FieldChanged(..) => Ok(None),
        Packed(id, told) => consignment(tx, id, Part::of(told.of)),
        HandedOver(id, told) => consignment(tx, id, Part::of(told.of)),
        Moved(id, told) => consignment(tx, id, Part::of(told.of)),
        EventWithdrawn(id, told) => consignment(tx, id, Part::of(told.of)),
        WrittenOff(id, told) => consignment(tx, id, Part::of(told.of)),
        Recalled(id, told) => consignment(tx, id, Part::of(told.of)),
        Held(id, event::Held(news)) | Lost(id, event::Lost(news)) | Returned(id, event::Returned(news)) => {
            consignment(tx, id, Part { all: Some(news.all), ..Part::of(news.of) })
        }
        Delivered(id, told) => {
            let (parcel, lines) = told.one.map(|one| (Some(one.parcel), one.lines)).unwrap_or_default();
            consignment(tx, id, Part { parcel, lines, all: Some(told.all), ..Part::default() })
        }
        ReceivedBack(id, told) => consignment(tx, id, Part { fit: told.fit, ..Part::of(told.of) }),
        PiecesCalledOff(id, told) => consignment(tx, id, Part { lines: told.lines, ..Part::default() }),
        ConsignmentCancelled(id, _)
        | Replaced(id, _)
        | Added(id, _)
        | ConsignmentCompleted(id, _)
        | Disputed(id, _)
        | DisputeClosed(id, _) => consignment(tx, id, Part::default()),
    }
}

/// What a claim is about and how far it is; what was said is asked of the API by who may.
fn claim(told: &aftersales::event::Told) -> Facts {
    let data = json!({
        "claim": told.claim, "consignment": told.consignment, "order": told.order, "kind": told.kind, "state": told.state,
        "outcome": told.outcome, "due_at": told.due_at, "api": format!("/api/claims/{}", told.claim),
    });
    Facts::Own { organisation: told.organisation.raw(), data }
}

/// Who proposed it, why, and why it came to nothing.
fn amendment(told: &amendments::event::Told) -> Facts {
    let desk = if told.organisation == 0 { "/api/orders" } else { "/api/seller/orders" };
    let data = json!({
        "amendment": told.amendment, "order": told.order, "by": told.side, "reason": told.reason, "why": told.why,
        "expires_at": told.expires_at, "api": format!("{desk}/{}/amendments", told.order),
    });
    Facts::Own { organisation: told.organisation, data }
}

fn offer(tx: &mut Tx, product: Id<Product>, id: Id<Offer>) -> Result<Option<Facts>> {
    let Some(row) = tx.maybe(OFFER, params![id])? else { return Ok(None) };
    let data = json!({ "offer": id, "product": product, "api": format!("/api/products/{product}") });
    Ok(Some(Facts::Own { organisation: row.get(0)?, data }))
}

/// Who it is, as what, and by whose deed; the person's name and address are asked of the API by who may.
fn member(row: &EventRow, of: Id<Organisation>, person: Id<Person>, role: &str) -> Facts {
    let by = row.actor.strip_prefix("person:").and_then(|raw| raw.parse().ok()).map(Id::<Person>::from_raw);
    let data = json!({
        "organisation": of, "person": person, "role": role,
        "by": by.map_or_else(|| row.actor.clone(), |person| person.to_string()), "api": "/api/people",
    });
    Facts::Own { organisation: of.raw(), data }
}

/// Which account, masked; its number is told to nobody.
fn bank_account(of: Id<Organisation>, changed: &onboarding::event::BankChanged) -> Facts {
    let data = json!({
        "organisation": of, "account": changed.account, "number": format!("…{}", changed.hint),
        "api": "/api/seller/bank-account",
    });
    Facts::Own { organisation: of.raw(), data }
}

fn order(tx: &mut Tx, order: Id<Order>) -> Result<Option<Facts>> {
    let Some(head) = tx.maybe(ORDER, params![order])? else { return Ok(None) };
    let parts = tx.query(PARTS, params![order])?;
    let parts = parts.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_>>()?;
    Ok(Some(Facts::Order { order, number: head.get(0)?, payment: head.get(1)?, fulfilment: head.get(2)?, parts }))
}

/// What of a consignment an event is about: one parcel, some pieces, or all of it.
#[derive(Default)]
struct Part {
    parcel: Option<Id<Parcel>>,
    lines: Vec<Pieces>,
    fit: Vec<Pieces>,
    all: Option<bool>,
}

impl Part {
    fn of(told: OfParcel) -> Part {
        Part { parcel: Some(told.one.parcel), lines: told.one.lines, ..Part::default() }
    }
}

fn consignment(tx: &mut Tx, id: Id<Consignment>, part: Part) -> Result<Option<Facts>> {
    let Some(row) = tx.maybe(CONSIGNMENT, params![id])? else { return Ok(None) };
    let order: Id<Order> = row.get(0)?;
    let mut data = json!({
        "consignment": id, "order": order, "number": row.get::<String>(3)?, "state": row.get::<String>(2)?,
        "api": format!("/api/orders/{order}"),
    });
    if let Some(parcel) = part.parcel {
        let tracking = tx.maybe(TRACKING, params![parcel])?;
        data["parcel"] = json!(parcel);
        let (number, carrier) = match tracking {
            Some(row) => (row.get(0)?, row.get::<String>(1)?),
            None => (None, String::new()),
        };
        data["tracking"] = number.filter(|number: &String| !number.is_empty()).into();
        if !carrier.is_empty() {
            data["carrier"] = carrier.into();
        }
    }
    for (name, lines) in [("lines", part.lines), ("fit", part.fit)] {
        if !lines.is_empty() {
            let told = |one: &Pieces| json!({ "line": one.line, "pieces": one.pieces });
            data[name] = lines.iter().map(told).collect();
        }
    }
    if let Some(all) = part.all {
        data["all"] = all.into();
    }
    Ok(Some(Facts::Own { organisation: row.get(1)?, data }))
}

const LISTENERS: &str = "SELECT e.id, e.organisation, e.wide, e.kinds, e.created_at
    FROM hook_endpoint e JOIN party_organisation o ON o.id = e.organisation
    WHERE e.state = 'active' AND o.standing = 'active' ORDER BY e.id";
const ORDER: &str = "SELECT number, payment, fulfilment FROM order_head WHERE id = $1";
const PARTS: &str = "SELECT id, organisation FROM order_consignment WHERE order_id = $1 ORDER BY position";
const CONSIGNMENT: &str = "SELECT c.order_id, c.organisation, c.state, o.number
    FROM order_consignment c JOIN order_head o ON o.id = c.order_id WHERE c.id = $1";
const TRACKING: &str = "SELECT CASE WHEN p.carrier = 'own' THEN p.told_number ELSE p.tracking END, p.told_carrier FROM order_parcel c JOIN logistics_parcel p ON p.id = c.label WHERE c.id = $1";
const OFFER: &str = "SELECT organisation FROM offer WHERE id = $1";
