//! A stand-in for Karrio on loopback: its shipments, papers and trackers in memory. It refuses what Karrio refuses: a wrong key,
//! fields that it does not know, addresses and parcels that are not whole, a label bought twice. It follows what it sold as
//! Karrio does: from the purchase on, under the number as its carrier writes it.

#![allow(dead_code, reason = "each test uses its own part of it")]

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

pub const KEY: &str = "key_test_entrepot";
pub const WEBHOOK_SECRET: &str = "whsec_karrio_entrepot";
/// “%PDF-1.4 label” and “%PDF-1.4 invoice”.
const LABEL: &str = "JVBERi0xLjQgbGFiZWw=";
const INVOICE: &str = "JVBERi0xLjQgaW52b2ljZQ==";

/// What the stand-in knows.
#[derive(Default)]
pub struct Books {
    pub shipments: Vec<Value>,
    /// Each with its events, newest first.
    pub trackers: Vec<Value>,
    /// What is sold from now on is not followed.
    pub untracked: bool,
    /// Every request that was let in: `POST shipments`.
    pub requests: Vec<String>,
    /// How many labels carriers were paid for.
    pub bought: usize,
    /// The next POST does its work, and its answer is lost.
    pub lose_answer: bool,
    /// The next purchase is refused with this.
    pub refuse: Option<(u16, Value)>,
    /// The next cancellation is refused with this.
    pub keep: Option<(u16, Value)>,
    /// Every request fails.
    pub down: bool,
}

#[derive(Clone, Default)]
pub struct Fake(Arc<Mutex<Books>>);

impl Fake {
    /// Listens on loopback; says where.
    pub async fn start() -> (Fake, String) {
        let fake = Fake::default();
        let router = Router::new()
            .route("/v1/shipments", get(list).post(create))
            .route("/v1/shipments/{id}", get(shipment))
            .route("/v1/shipments/{id}/{deed}", post(deed))
            .route("/v1/shipments/{id}/documents/{category}", post(document))
            .route("/v1/trackers", post(add_tracker))
            .route("/v1/trackers/{number}", get(tracker))
            .with_state(fake.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (fake, address)
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap()
    }

    /// How many shipments were prepared, and how many labels bought.
    pub fn counts(&self) -> (usize, usize) {
        let books = self.books();
        (books.shipments.len(), books.bought)
    }

    /// The carrier reports of the last label: newest first, as Karrio lists them. The body of the webhook that tells it.
    pub fn reports(&self, status: &str, events: Value) -> Value {
        let mut books = self.books();
        let number = books.shipments.last().unwrap()["tracking_number"].clone();
        if books.trackers.is_empty() {
            follow(&mut books, &number, "pending");
        }
        let tracker = books.trackers.last_mut().unwrap();
        let mut events = events.as_array().unwrap().clone();
        // Who reports no collection has it made up of the first that is on its way, which stays as it was beside it.
        let first = events.iter().rposition(|event| event["status"] == "in_transit");
        let collected = events.iter().any(|event| event["status"] == "picked_up");
        if let (Some(first), false) = (first, collected) {
            let mut collection = events[first].clone();
            collection["status"] = "picked_up".into();
            events.insert(first, collection);
        }
        events.push(LABELLED.clone());
        tracker["status"] = status.into();
        tracker["delivered"] = (status == "delivered").into();
        tracker["events"] = events.into();
        json!({ "event": "tracker_updated", "data": tracker })
    }
}

/// What Karrio writes itself when a label is made.
static LABELLED: LazyLock<Value> = LazyLock::new(
    || json!({ "date": "2026-11-20", "time": "09:00 AM", "status": "created", "code": "CREATED", "description": "Shipment label created" }),
);

fn follow(books: &mut Books, number: &Value, status: &str) -> Value {
    let tracker = json!({
        "id": format!("trk_{}", books.trackers.len()), "carrier_name": "dhl_express", "carrier_id": "dhl",
        "tracking_number": number, "test_mode": true, "status": status, "delivered": false, "events": [*LABELLED],
    });
    books.trackers.push(tracker.clone());
    tracker
}

fn refusal(status: u16, code: &str, message: &str) -> (u16, Value) {
    (status, json!({ "errors": [{ "code": code, "message": message }] }))
}

fn answer((status, body): (u16, Value)) -> Response {
    (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
}

/// Notes the request and lets it in, or not.
#[allow(clippy::result_large_err, reason = "an answer is what is refused with")]
fn enter<'a>(fake: &'a Fake, headers: &HeaderMap, request: String) -> Result<MutexGuard<'a, Books>, Response> {
    let given = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if given != format!("Token {KEY}") {
        return Err(answer(refusal(401, "authentication_required", "Authentication failed")));
    }
    let mut books = fake.books();
    books.requests.push(request);
    if books.down {
        return Err(answer(refusal(503, "down", "Service unavailable")));
    }
    Ok(books)
}

/// The answer, or nothing of it.
fn out(books: &mut Books, done: (u16, Value)) -> Response {
    match std::mem::take(&mut books.lose_answer) {
        true => answer((504, Value::Null)),
        false => answer(done),
    }
}

async fn list(State(fake): State<Fake>, headers: HeaderMap, Query(query): Query<HashMap<String, String>>) -> Response {
    let books = match enter(&fake, &headers, "GET shipments".into()) {
        Ok(books) => books,
        Err(refused) => return refused,
    };
    let of = |one: &&Value| one["reference"] == query["reference"].as_str();
    let results: Vec<Value> = books.shipments.iter().rev().filter(of).cloned().collect();
    answer((200, json!({ "count": results.len(), "next": null, "previous": null, "results": results })))
}

const SHIPMENT: [&str; 11] = [
    "reference",
    "order_id",
    "label_type",
    "services",
    "shipper",
    "recipient",
    "parcels",
    "payment",
    "metadata",
    "customs",
    "options",
];
const ADDRESS: [&str; 12] = [
    "country_code",
    "residential",
    "person_name",
    "company_name",
    "address_line1",
    "address_line2",
    "city",
    "state_code",
    "postal_code",
    "phone_number",
    "email",
    "federal_tax_id",
];

/// What is wrong with a shipment, if something is.
fn fault(body: &Value) -> Option<String> {
    let unknown = |value: &Value, known: &[&str]| {
        let fields = value.as_object().into_iter().flatten();
        fields.map(|(name, _)| name.clone()).find(|name| !known.contains(&name.as_str()))
    };
    if let Some(name) = unknown(body, &SHIPMENT) {
        return Some(format!("{name} is unknown"));
    }
    for party in ["shipper", "recipient"] {
        if let Some(name) = unknown(&body[party], &ADDRESS) {
            return Some(format!("{party}.{name} is unknown"));
        }
        let missing = ["country_code", "person_name", "city"].into_iter().find(|name| !body[party][name].is_string());
        if let Some(name) = missing {
            return Some(format!("{party}.{name} is required"));
        }
    }
    let parcel = &body["parcels"][0];
    if !parcel["weight"].is_number() || parcel["weight_unit"] != "KG" {
        return Some("parcels[0].weight is required".into());
    }
    let abroad = body["shipper"]["country_code"] != body["recipient"]["country_code"];
    let goods = body["customs"]["commodities"].as_array().map_or(0, Vec::len);
    (abroad && goods == 0).then(|| "customs is required for an international shipment".into())
}

async fn create(State(fake): State<Fake>, headers: HeaderMap, body: Bytes) -> Response {
    let mut books = match enter(&fake, &headers, "POST shipments".into()) {
        Ok(books) => books,
        Err(refused) => return refused,
    };
    let mut shipment: Value = serde_json::from_slice(&body).unwrap();
    if let Some(fault) = fault(&shipment) {
        return answer(refusal(400, "validation", &fault));
    }
    let service = shipment["services"][0].clone();
    shipment["id"] = format!("shp_{}", books.shipments.len()).into();
    shipment["status"] = "draft".into();
    shipment["rates"] = json!([
        { "id": "rat_0", "service": "another_service", "carrier_name": "dhl_express", "total_charge": 9.5, "currency": "EUR" },
        { "id": "rat_1", "service": service, "carrier_name": "dhl_express", "total_charge": 31.2, "currency": "EUR" },
    ]);
    shipment["messages"] = json!([]);
    books.shipments.push(shipment.clone());
    out(&mut books, (201, shipment))
}

fn find(books: &mut Books, id: &str) -> Option<usize> {
    books.shipments.iter().position(|one| one["id"] == id)
}

async fn shipment(State(fake): State<Fake>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let mut books = match enter(&fake, &headers, "GET shipment".into()) {
        Ok(books) => books,
        Err(refused) => return refused,
    };
    match find(&mut books, &id) {
        Some(at) => answer((200, books.shipments[at].clone())),
        None => answer(refusal(404, "not_found", "Shipment not found")),
    }
}

async fn deed(
    State(fake): State<Fake>,
    headers: HeaderMap,
    Path((id, deed)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let mut books = match enter(&fake, &headers, format!("POST {deed}")) {
        Ok(books) => books,
        Err(refused) => return refused,
    };
    let Some(at) = find(&mut books, &id) else { return answer(refusal(404, "not_found", "Shipment not found")) };
    let draft = books.shipments[at]["status"] == "draft";
    if deed == "cancel" {
        if books.shipments[at]["status"] == "cancelled" {
            return answer((202, books.shipments[at].clone()));
        }
        if let Some(kept) = books.keep.take() {
            return answer(kept);
        }
        books.shipments[at]["status"] = "cancelled".into();
    } else {
        if !draft {
            return answer(refusal(409, "state_error", "The shipment cannot be purchased again"));
        }
        let ask: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(ask["selected_rate_id"], "rat_1", "the rate of the service that the buyer chose: {ask}");
        if let Some(refused) = books.refuse.take() {
            return answer(refused);
        }
        books.bought += 1;
        // Some carriers take the parcel's reference for its number.
        let reference = books.shipments[at]["parcels"][0]["reference_number"].clone();
        let tracking = if reference.is_null() { format!("jd01 {:04}", books.bought).into() } else { reference };
        let tracker =
            if books.untracked { Value::Null } else { follow(&mut books, &tracking, "pending")["id"].clone() };
        let shipment = &mut books.shipments[at];
        shipment["status"] = "created".into();
        shipment["tracking_number"] = tracking;
        shipment["tracker_id"] = tracker;
        shipment["carrier_name"] = "dhl_express".into();
        shipment["invoice_url"] = "/v1/shipments/invoice.pdf".into();
    }
    let done = (200, books.shipments[at].clone());
    out(&mut books, done)
}

async fn document(
    State(fake): State<Fake>,
    headers: HeaderMap,
    Path((id, category)): Path<(String, String)>,
) -> Response {
    let mut books = match enter(&fake, &headers, format!("POST documents/{category}")) {
        Ok(books) => books,
        Err(refused) => return refused,
    };
    let bought = find(&mut books, &id).is_some_and(|at| books.shipments[at]["status"] != "draft");
    let file = if category == "label" { LABEL } else { INVOICE };
    match bought {
        true => answer((200, json!({ "category": category, "format": "PDF", "url": null, "base64": file }))),
        false => answer(refusal(404, "not_found", "No such document")),
    }
}

async fn tracker(State(fake): State<Fake>, headers: HeaderMap, Path(number): Path<String>) -> Response {
    let books = match enter(&fake, &headers, "GET tracker".into()) {
        Ok(books) => books,
        Err(refused) => return refused,
    };
    match books.trackers.iter().find(|one| one["id"] == number || one["tracking_number"] == number) {
        Some(tracker) => answer((200, tracker.clone())),
        None => answer(refusal(404, "not_found", "Tracking not found")),
    }
}

async fn add_tracker(
    State(fake): State<Fake>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
    body: Bytes,
) -> Response {
    let mut books = match enter(&fake, &headers, "POST trackers".into()) {
        Ok(books) => books,
        Err(refused) => return refused,
    };
    let ask: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(ask["carrier_name"], "dhl_express", "{ask}");
    let sold = books.shipments.iter().any(|one| one["tracking_number"] == ask["tracking_number"]);
    if !sold || query.get("pending_pickup").is_none_or(|wish| wish != "true") {
        let message = json!({ "message": "No record of this number", "carrier_name": "dhl_express" });
        return answer((404, json!({ "messages": [message] })));
    }
    let known = books.trackers.iter().find(|one| one["tracking_number"] == ask["tracking_number"]).cloned();
    let tracker = known.unwrap_or_else(|| follow(&mut books, &ask["tracking_number"], "pending"));
    answer((202, tracker))
}
