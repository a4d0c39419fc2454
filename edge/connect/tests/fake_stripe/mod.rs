//! A stand-in for Stripe on loopback: its sessions, payments and refunds in memory. It refuses what Stripe refuses: a wrong key,
//! a body that is no form, fields it does not know, a POST without an idempotency key, a key used for something else.

#![allow(dead_code, reason = "each test uses its own part of it")]

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

pub const KEY: &str = "sk_test_entrepot";
pub const WEBHOOK_SECRET: &str = "whsec_test_entrepot";
/// Every object is made at this second.
pub const CREATED: i64 = 1_795_165_200;

type Form = BTreeMap<String, String>;

/// What the stand-in knows.
#[derive(Default)]
pub struct Books {
    pub sessions: Vec<Value>,
    pub payments: Vec<Value>,
    pub refunds: Vec<Value>,
    /// Every request that was let in: `POST /v1/refunds`.
    pub requests: Vec<String>,
    /// The form of the newest POST.
    pub form: Form,
    answers: HashMap<String, (String, Form, u16, Value)>,
    /// The next POST does its work, and its answer is lost.
    pub lose_answer: bool,
    /// The next POST is refused with this.
    pub refuse: Option<(u16, Value)>,
    /// The key that is let in, where it is not [`KEY`].
    pub key: Option<&'static str>,
    /// New refunds stay in this state.
    pub refund_state: Option<&'static str>,
}

#[derive(Clone, Default)]
pub struct Fake(Arc<Mutex<Books>>);

impl Fake {
    /// Listens on loopback; says where.
    pub async fn start() -> (Fake, String) {
        let fake = Fake::default();
        let router = Router::new()
            .route("/v1/checkout/sessions", post(change).get(list_sessions))
            .route("/v1/checkout/sessions/{id}", get(session))
            .route("/v1/checkout/sessions/{id}/expire", post(change))
            .route("/v1/payment_intents/{id}", get(payment))
            .route("/v1/payment_intents/{id}/{deed}", post(change))
            .route("/v1/refunds", post(change).get(list_refunds))
            .with_state(fake.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (fake, address)
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap()
    }

    /// A day has passed.
    pub fn forget_keys(&self) {
        self.books().answers.clear();
    }

    /// The buyer acts on the hosted page: the newest session is complete, its payment in this state.
    pub fn buyer_pays(&self, payment: &str) -> Value {
        let mut books = self.books();
        let at = books.sessions.len() - 1;
        let intent = format!("pi_{at}");
        let error = json!({ "code": "card_declined", "decline_code": "insufficient_funds", "type": "card_error" });
        let error = if payment == "requires_payment_method" { error } else { Value::Null };
        let (amount, currency) = (books.sessions[at]["amount_total"].clone(), books.sessions[at]["currency"].clone());
        let received = if payment == "succeeded" { amount } else { 0.into() };
        books.payments.push(json!({
            "id": intent, "object": "payment_intent", "status": payment, "last_payment_error": error,
            "amount_received": received, "currency": currency,
        }));
        let paid = if payment == "succeeded" { "paid" } else { "unpaid" };
        let session = &mut books.sessions[at];
        session["status"] = "complete".into();
        session["payment_status"] = paid.into();
        session["payment_intent"] = intent.into();
        session["url"] = Value::Null;
        session.clone()
    }
}

/// Body and headers of a webhook, signed at `seconds`.
pub fn event(id: &str, kind: &str, object: &Value, seconds: i64) -> (Vec<(String, String)>, Vec<u8>) {
    let body =
        json!({ "id": id, "object": "event", "type": kind, "data": { "object": object } }).to_string().into_bytes();
    let header = format!("t={seconds},v1={},v0=0000", sign(WEBHOOK_SECRET, seconds, &body));
    (vec![("stripe-signature".into(), header)], body)
}

pub fn sign(secret: &str, seconds: i64, body: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn refusal(status: u16, kind: &str, code: &str, message: &str) -> (u16, Value) {
    (status, json!({ "error": { "type": kind, "code": code, "message": message } }))
}

fn answer((status, body): (u16, Value)) -> Response {
    (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
}

fn let_in(fake: &Fake, headers: &HeaderMap) -> Result<(), (u16, Value)> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = fake.books().key.unwrap_or(KEY);
    if header("authorization") != format!("Bearer {key}") {
        return Err(refusal(401, "invalid_request_error", "", "Invalid API Key provided"));
    }
    if header("stripe-version").is_empty() {
        return Err(refusal(400, "invalid_request_error", "", "no version is pinned"));
    }
    Ok(())
}

async fn change(State(fake): State<Fake>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(refused) = let_in(&fake, &headers) {
        return answer(refused);
    }
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let key = header("idempotency-key");
    if key.is_empty() || header("content-type") != "application/x-www-form-urlencoded" {
        return answer(refusal(400, "invalid_request_error", "", "no form, or no idempotency key"));
    }
    let form: Form = form_urlencoded::parse(&body).into_owned().collect();
    let mut books = fake.books();
    books.requests.push(format!("{method} {}", uri.path()));
    books.form = form.clone();
    if let Some(refused) = books.refuse.take() {
        return answer(refused);
    }
    if let Some((path, before, status, body)) = books.answers.get(&key) {
        return match path == uri.path() && *before == form {
            true => answer((*status, body.clone())),
            false => answer(refusal(400, "idempotency_error", "", "Keys can only be used with the same parameters")),
        };
    }
    let (status, body) = done(&mut books, uri.path(), &form);
    books.answers.insert(key, (uri.path().to_owned(), form, status, body.clone()));
    match std::mem::take(&mut books.lose_answer) {
        true => answer((502, Value::Null)),
        false => answer((status, body)),
    }
}

fn done(books: &mut Books, path: &str, form: &Form) -> (u16, Value) {
    let parts: Vec<&str> = path.split('/').skip(2).collect();
    match parts[..] {
        ["checkout", "sessions"] => new_session(books, form),
        ["checkout", "sessions", id, "expire"] => {
            let Some(session) = books.sessions.iter_mut().find(|one| one["id"] == id) else {
                return refusal(404, "invalid_request_error", "resource_missing", "No such session");
            };
            if session["status"] != "open" {
                return refusal(
                    400,
                    "invalid_request_error",
                    "",
                    "Only Sessions with a status in [open] can be expired",
                );
            }
            session["status"] = "expired".into();
            session["url"] = Value::Null;
            (200, session.clone())
        }
        ["payment_intents", id, deed] => {
            let Some(paid) = books.payments.iter_mut().find(|one| one["id"] == id) else {
                return refusal(404, "invalid_request_error", "resource_missing", "No such payment_intent");
            };
            if paid["status"] != "requires_capture" {
                return refusal(400, "invalid_request_error", "payment_intent_unexpected_state", "not capturable");
            }
            paid["status"] = if deed == "capture" { "succeeded" } else { "canceled" }.into();
            let session = books.sessions.iter().find(|one| one["payment_intent"] == paid["id"]);
            if deed == "capture" {
                paid["amount_received"] = session.map(|one| one["amount_total"].clone()).unwrap_or_default();
            }
            (200, paid.clone())
        }
        _ => new_refund(books, form),
    }
}

/// The fields of POST /v1/checkout/sessions that are sent; Stripe refuses those it does not know.
const SESSION_FIELDS: [&str; 12] = [
    "mode",
    "client_reference_id",
    "metadata[intent]",
    "payment_intent_data[metadata][intent]",
    "payment_intent_data[capture_method]",
    "payment_intent_data[description]",
    "line_items[0][quantity]",
    "line_items[0][price_data][currency]",
    "line_items[0][price_data][unit_amount]",
    "line_items[0][price_data][product_data][name]",
    "success_url",
    "cancel_url",
];

fn new_session(books: &mut Books, form: &Form) -> (u16, Value) {
    let unknown = form.keys().find(|name| !SESSION_FIELDS.contains(&name.as_str()));
    let missing = SESSION_FIELDS.iter().find(|name| form.get(**name).is_none_or(String::is_empty));
    if let Some(name) = unknown.map(String::as_str).or(missing.copied()) {
        return refusal(400, "invalid_request_error", "parameter_unknown", name);
    }
    let currency = form["line_items[0][price_data][currency]"].clone();
    let amount: i64 = match form["line_items[0][price_data][unit_amount]"].parse() {
        Ok(amount) if currency.len() == 3 && currency == currency.to_lowercase() => amount,
        _ => return refusal(400, "invalid_request_error", "parameter_invalid_integer", "Invalid integer or currency"),
    };
    if amount < 30 {
        return refusal(400, "invalid_request_error", "amount_too_small", "The total must be at least 50 cents");
    }
    let id = format!("cs_test_{}", books.sessions.len());
    let session = json!({
        "id": id, "object": "checkout.session", "created": CREATED, "status": "open", "payment_status": "unpaid",
        "url": format!("https://checkout.stripe.example/c/pay/{id}"), "payment_intent": null, "mode": form["mode"],
        "client_reference_id": form["client_reference_id"], "metadata": { "intent": form["metadata[intent]"] },
        "amount_total": amount, "currency": currency, "success_url": form["success_url"],
    });
    books.sessions.push(session.clone());
    (200, session)
}

fn new_refund(books: &mut Books, form: &Form) -> (u16, Value) {
    let known = ["payment_intent", "amount", "reason", "metadata[refund]", "metadata[intent]"];
    if let Some(name) = form.keys().find(|name| !known.contains(&name.as_str())) {
        return refusal(400, "invalid_request_error", "parameter_unknown", name);
    }
    let refund = json!({
        "id": format!("re_{}", books.refunds.len()), "object": "refund", "amount": form["amount"],
        "payment_intent": form["payment_intent"], "status": books.refund_state.unwrap_or("succeeded"),
        "metadata": { "refund": form["metadata[refund]"], "intent": form["metadata[intent]"] },
    });
    books.refunds.push(refund.clone());
    (200, refund)
}

/// With the payment in the place of its id, as `expand` asks for.
fn expanded(books: &Books, session: &Value) -> Value {
    let mut session = session.clone();
    if let Some(paid) = books.payments.iter().find(|one| one["id"] == session["payment_intent"]) {
        session["payment_intent"] = paid.clone();
    }
    session
}

async fn session(State(fake): State<Fake>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if let Err(refused) = let_in(&fake, &headers) {
        return answer(refused);
    }
    let mut books = fake.books();
    books.requests.push("GET session".into());
    match books.sessions.iter().find(|one| one["id"] == id.as_str()) {
        Some(session) => answer((200, expanded(&books, session))),
        None => answer(refusal(404, "invalid_request_error", "resource_missing", "No such checkout.session")),
    }
}

async fn payment(State(fake): State<Fake>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if let Err(refused) = let_in(&fake, &headers) {
        return answer(refused);
    }
    match fake.books().payments.iter().find(|one| one["id"] == id.as_str()) {
        Some(payment) => answer((200, payment.clone())),
        None => answer(refusal(404, "invalid_request_error", "resource_missing", "No such payment_intent")),
    }
}

/// Newest first, two a page, so that pages are turned.
fn page(all: &[Value], query: &HashMap<String, String>) -> (u16, Value) {
    if !["100", "1"].contains(&query.get("limit").map_or("", String::as_str)) {
        return refusal(400, "invalid_request_error", "", "the largest pages are a hundred");
    }
    let newest: Vec<&Value> = all.iter().rev().collect();
    let after = query.get("starting_after");
    let from = after.map_or(0, |id| newest.iter().position(|one| one["id"] == id.as_str()).unwrap() + 1);
    let data: Vec<&Value> = newest.iter().skip(from).take(2).copied().collect();
    (200, json!({ "object": "list", "has_more": from + data.len() < newest.len(), "data": data }))
}

async fn list_sessions(
    State(fake): State<Fake>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if let Err(refused) = let_in(&fake, &headers) {
        return answer(refused);
    }
    let mut books = fake.books();
    books.requests.push("GET sessions".into());
    let since: i64 = query["created[gte]"].parse().unwrap();
    let all: Vec<Value> = books.sessions.iter().map(|one| expanded(&books, one)).collect();
    let recent: Vec<Value> = all.into_iter().filter(|one| one["created"].as_i64().unwrap() >= since).collect();
    answer(page(&recent, &query))
}

async fn list_refunds(
    State(fake): State<Fake>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if let Err(refused) = let_in(&fake, &headers) {
        return answer(refused);
    }
    let books = fake.books();
    let of: Vec<Value> =
        books.refunds.iter().filter(|one| one["payment_intent"] == query["payment_intent"].as_str()).cloned().collect();
    answer(page(&of, &query))
}
