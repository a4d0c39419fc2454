//! What is kept about a person, to be downloaded; and the erasure of an account.

use crate::security;

use axum::http::{HeaderValue, header};
use base::{Id, Moment, Money, Result};
use frame::App;
use frame::failure::Answer;
use frame::gate::set_cookies;
use frame::language::Locale;
use frame::page::{self, Head};
use frame::visitor::Visitor;
use orders::{Sent, Stop, Sums, Whole};
use parties::Person;
use serde_json::{Value, json};
use store::{Read, Tx};

/// What stays after an erasure; each has a sentence that says why and for how long.
const STAYS: [&str; 6] = ["orders", "papers", "ledger", "trail", "quotes", "backups"];
/// Orders and events read at once.
const BATCH: i64 = 200;

/// What stays, in words.
pub fn stays(locale: &Locale) -> Vec<String> {
    STAYS.iter().map(|what| locale.t(&format!("erase-stays-{what}")).to_string()).collect()
}

/// Everything that is kept about the signed-in person, as a JSON file.
pub async fn download(app: &App, visitor: &Visitor) -> Answer {
    let person = visitor.signed_in()?.person;
    let collect = move |tx: &mut Tx| {
        let all = collected(tx, person)?;
        parties::erase::exported(tx)?;
        Ok(all)
    };
    let all = app.store.write_as(visitor.actor, collect).await?;
    let mut response = page::json(serde_json::to_string_pretty(&all).map_err(base::Error::internal)?);
    let name = HeaderValue::from_static("attachment; filename=\"my-data.json\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

fn collected(db: &mut Read, person: Id<Person>) -> Result<Value> {
    let known = parties::person(db, person)?;
    let messages = notify::of_recipient(db, &known.email)?;
    let message = |one: &notify::Message| json!({ "about": one.kind.name(), "at": one.at.to_string(), "state": one.state.name() });
    Ok(json!({
        "account": {
            "id": known.id.to_string(),
            "email": known.email,
            "name": known.name,
            "language": known.language.tag(),
            "country": known.country.code(),
            "since": known.created_at.to_string(),
        },
        "addresses": addresses(db, person)?,
        "organisations": organisations(db, person)?,
        "sign_in": sign_in(db, person)?,
        "orders": orders_of(db, person)?,
        "basket": basket(db, person)?,
        "messages": messages.iter().map(message).collect::<Vec<_>>(),
        "events": events(db, person)?,
        // The shop asks for none: it sets no cookies but those that its pages need.
        "consents": [],
    }))
}

fn addresses(db: &mut Read, person: Id<Person>) -> Result<Vec<Value>> {
    let all = parties::addresses(db, person)?;
    all.iter().map(|one| serde_json::to_value(&one.address).map_err(base::Error::internal)).collect()
}

fn organisations(db: &mut Read, person: Id<Person>) -> Result<Vec<Value>> {
    let all = parties::memberships(db, person)?;
    Ok(all.iter().map(|one| json!({ "name": one.name, "role": one.role.name() })).collect())
}

/// How the account is opened: no secret of it.
fn sign_in(db: &mut Read, person: Id<Person>) -> Result<Value> {
    let (factors, sessions) = (parties::factors(db, person)?, parties::sessions(db, person)?);
    let session = |one: &parties::SessionView| {
        json!({
            "browser": one.agent,
            "address": one.address,
            "since": one.created_at.to_string(),
            "seen": one.seen_at.to_string(),
        })
    };
    let passkey = |one: &parties::PasskeyView| {
        json!({
            "name": one.name,
            "since": one.created_at.to_string(),
            "used": one.used_at.map(|at| at.to_string()),
        })
    };
    Ok(json!({
        "authenticator_app": factors.totp,
        "passkeys": factors.passkeys.iter().map(passkey).collect::<Vec<_>>(),
        "recovery_codes_left": factors.recovery_left,
        "sessions": sessions.iter().map(session).collect::<Vec<_>>(),
    }))
}

fn orders_of(db: &mut Read, person: Id<Person>) -> Result<Vec<Value>> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = orders::of_buyer(db, person, after, BATCH)?;
        for row in &page.rows {
            let (whole, stops) = (orders::whole(db, row.id)?, orders::stops(db, row.id)?);
            let said = orders::said(db, row.id)?;
            all.push(order_view(&whole, &stops, &said)?);
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(all),
        }
    }
}

/// An order with all that is known of it, as the API tells it to its buyer.
fn order_view(whole: &Whole, stops: &[Stop], said: &[orders::Said]) -> Result<Value> {
    let order = &whole.order;
    let moment = |at: Option<Moment>| at.map(|at| at.to_string());
    let line = |line: &orders::Line| {
        Ok(json!({
            "id": line.id.to_string(),
            "consignment": line.consignment.to_string(),
            "offer": line.offer.to_string(),
            "title": line.title,
            "options": line.options,
            "sku": line.sku,
            "seller": line.seller_name,
            "quantity": line.quantity,
            "cost": cost(&line.sums)?,
        }))
    };
    let exchange =
        |one: &orders::Exchange| json!({ "from": one.from, "to": one.to, "rate": one.rate, "date": one.date });
    Ok(json!({
        "id": order.id.to_string(),
        "number": order.number,
        "email": order.email,
        "address": serde_json::to_value(&order.address).map_err(base::Error::internal)?,
        "cost": cost(&order.sums)?,
        "refunded": money(order.refunded),
        "exchange": order.exchange.iter().map(exchange).collect::<Vec<_>>(),
        "payment": order.payment.name(),
        "fulfilment": order.fulfilment.name(),
        "customs": order.customs.name(),
        "placed_at": order.placed_at.to_string(),
        "paid_at": moment(order.paid_at),
        "completed_at": moment(order.completed_at),
        "cancelled_at": moment(order.cancelled_at),
        "lines": whole.lines.iter().map(line).collect::<Result<Vec<_>>>()?,
        "fields": said.iter().map(said_view).collect::<Vec<_>>(),
        "consignments": stops.iter().map(consignment).collect::<Vec<_>>(),
    }))
}

fn said_view(said: &orders::Said) -> Value {
    let offer = said.offer.map(|offer| offer.to_string());
    json!({ "field": said.field.key, "offer": offer, "text": said.text })
}

fn consignment(stop: &Stop) -> Value {
    let one = &stop.consignment;
    json!({
        "id": one.id.to_string(),
        "from": one.dispatch.to_string(),
        "service": one.service,
        "state": one.state.name(),
        "arrives": { "from": one.arrives.0.to_string(), "to": one.arrives.1.to_string() },
        "parcels": stop.parcels.iter().map(parcel).collect::<Vec<_>>(),
    })
}

fn parcel(sent: &Sent) -> Value {
    let event = |event: &logistics::journey::JourneyEvent| json!({ "kind": event.kind.name(), "at": event.at.to_string(), "place": event.place });
    let inside = |inside: &orders::Inside| json!({ "line": inside.line.to_string(), "pieces": inside.pieces });
    let journey = sent.journey.iter().flat_map(|journey| &journey.events);
    json!({
        "id": sent.parcel.id.to_string(),
        "state": sent.parcel.state.name(),
        "tracking": sent.tracking(),
        "lines": sent.parcel.lines.iter().map(inside).collect::<Vec<_>>(),
        "journey": journey.map(event).collect::<Vec<_>>(),
    })
}

fn cost(sums: &Sums) -> Result<Value> {
    Ok(json!({
        "goods": money(sums.goods),
        "shipping": money(sums.shipping),
        "duty": money(sums.duty),
        "tax": money(sums.tax),
        "fees": money(sums.fees),
        "total": money(sums.total()?),
    }))
}

fn money(money: Money) -> Value {
    json!({ "minor": money.minor, "currency": money.currency.code() })
}

fn basket(db: &mut Read, person: Id<Person>) -> Result<Vec<Value>> {
    let cart = match checkout::find(db, &checkout::Reach::Person(person)) {
        Ok(cart) => cart,
        Err(error) if error.kind == base::Kind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let lines = checkout::lines(db, cart.id)?;
    Ok(lines.iter().map(|line| json!({ "offer": line.offer.to_string(), "quantity": line.quantity })).collect())
}

fn events(db: &mut Read, person: Id<Person>) -> Result<Vec<Value>> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let rows = store::events_of(db, person.raw(), after, BATCH)?;
        all.extend(rows.iter().map(|row| json!({ "what": row.kind, "at": row.at.to_string() })));
        match rows.last().filter(|_| rows.len() as i64 == BATCH) {
            Some(last) => after = last.seq,
            None => return Ok(all),
        }
    }
}

/// Erases the account, and says so on a last page.
pub async fn erase(app: &App, visitor: &Visitor) -> Answer {
    let erase = |tx: &mut Tx| {
        for order in orders::forget_buyer(tx)? {
            logistics::forget_phone(tx, order.raw())?;
        }
        checkout::forget_person(tx)?;
        let emails = parties::erase(tx)?;
        emails.iter().try_for_each(|email| notify::forget_recipient(tx, email).map(drop))
    };
    app.store.write_as(visitor.actor, erase).await?;
    let head = Head::titled(&*visitor.locale.t("erased-title")).unlisted();
    let stranger = visitor.signed_out();
    let mut response = page::render(app, &stranger, "shop/erased.html", head, &json!({ "back": security::PATH }))?;
    set_cookies(&mut response, visitor.forgotten());
    Ok(response)
}
