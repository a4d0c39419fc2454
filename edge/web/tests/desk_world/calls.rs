//! Calls of the API as a program makes them.

use super::{Browser, Desks};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::Role;
use parties::NewApiKey;
use serde_json::Value;

/// A key of the seller's, or of the operator's for its roles.
pub async fn key(desks: &Desks, role: Role) -> String {
    let seller = desks.seller;
    let made = desks.store.write(move |tx| {
        let platform = parties::platform(tx)?.unwrap().id;
        let of_seller = matches!(role, Role::SellerOwner | Role::SellerStaff);
        let organisation = if of_seller { seller } else { platform };
        Ok(parties::create_api_key(tx, &NewApiKey { organisation, role, label: "test".into() })?.1)
    });
    made.await.unwrap()
}

/// A call with a key, or with none where that is empty.
pub async fn call(desks: &Desks, key: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    call_once(desks, key, "", method, path, body).await
}

/// The same with an `Idempotency-Key`, unless that is empty.
pub async fn call_once(
    desks: &Desks,
    key: &str,
    once: &str,
    method: &str,
    path: &str,
    body: Value,
) -> (StatusCode, Value) {
    let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
    if !key.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    if !once.is_empty() {
        request = request.header("idempotency-key", once);
    }
    let answer = Browser::new(&desks.app, "en").send(request.body(Body::from(body.to_string())).unwrap()).await;
    (answer.status, serde_json::from_str(&answer.html).unwrap_or(Value::Null))
}
