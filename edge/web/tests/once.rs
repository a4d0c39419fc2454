//! Calls with an `Idempotency-Key` happen once: the first answer is given again, also to fifty at once; and scarce goods are not
//! held for nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::Role;
use desk_world::calls::key;
use desk_world::{Desks, each};
use frame::route::Once;
use futures::future::join_all;
use serde_json::{Value, json};
use world::Browser;

/// Status, the answer's text, and whether it is said to be an old one.
async fn post(desks: &Desks, path: &str, headers: &[(&str, &str)], body: &Value) -> (StatusCode, String) {
    let mut request = Request::builder().method("POST").uri(path).header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = Browser::new(&desks.app, "en").send(request.body(Body::from(body.to_string())).unwrap()).await;
    (answer.status, answer.html)
}

fn code(answer: &str) -> String {
    let read: Value = serde_json::from_str(answer).unwrap();
    read["code"].as_str().unwrap_or_default().to_owned()
}

async fn count(desks: &Desks, statement: &'static str) -> i64 {
    desks.store.read(move |db| db.raw(statement, &[])?[0].get(0)).await.unwrap()
}

fn address() -> Value {
    json!({
        "country": "DE", "name": "Jana Köhler", "street": "Torstraße 90", "postcode": "10119", "city": "Berlin",
        "phone": "+49 30 1234567", "email": "jana@example.com",
    })
}

/// A guest's cart with so many pieces of the desks' offer: its id and its token.
async fn cart(desks: &Desks, quantity: i64) -> (String, String) {
    let lines = json!([{ "offer": desks.offer, "quantity": quantity }]);
    let body = json!({ "destination": "DE", "currency": "EUR", "lines": lines });
    let (status, answer) = post(desks, "/api/carts", &[], &body).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let made: Value = serde_json::from_str(&answer).unwrap();
    (made["id"].as_str().unwrap().into(), made["token"].as_str().unwrap().into())
}

async fn quote(desks: &Desks, cart: &(String, String), headers: &[(&str, &str)]) -> (StatusCode, String) {
    let headers = [&[("cart-token", cart.1.as_str())], headers].concat();
    post(desks, &format!("/api/carts/{}/quote", cart.0), &headers, &json!({ "address": address() })).await
}

/// An order whose first card was refused: its id and its token.
async fn refused_order(desks: &Desks) -> (String, String) {
    let cart = cart(desks, 1).await;
    let (status, answer) = quote(desks, &cart, &[]).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let body = json!({ "email": "jana@example.com", "payment": { "method": "sandbox:decline" } });
    let headers = [("cart-token", cart.1.as_str()), ("idempotency-key", "first")];
    let path = format!("/api/carts/{}/order", cart.0);
    let answers = join_all((0..10).map(|_| post(desks, &path, &headers, &body))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "ten at once get the first answer");
    assert_eq!(answers[0].0, StatusCode::CREATED, "{}", answers[0].1);
    let made: Value = serde_json::from_str(&answers[0].1).unwrap();
    let secret = made["token"].as_str().unwrap();
    let kept = desks.store.read(|db| db.raw("SELECT COALESCE(answer, '') || key || input FROM request", &[])).await;
    let kept: Vec<String> = kept.unwrap().iter().map(|row| row.get(0).unwrap()).collect();
    assert!(kept.iter().all(|text| !text.contains(secret) && !text.contains("EN-")), "answers are sealed");
    (made["order"].as_str().unwrap().into(), secret.into())
}

#[test]
fn fifty_at_once_with_one_key_pay_once_and_all_hear_the_first_answer() {
    each(async |desks| {
        let (order, token) = refused_order(&desks).await;
        let path = format!("/api/orders/{order}/pay");
        let headers = [("order-token", token.as_str()), ("idempotency-key", "attempt-1")];
        let body = json!({ "method": "sandbox:ok" });
        let before = count(&desks, "SELECT COUNT(*) FROM payment_sandbox_charge WHERE state = 'captured'").await;
        let answers = join_all((0..50).map(|_| post(&desks, &path, &headers, &body))).await;
        assert!(answers.iter().all(|answer| answer.0 == StatusCode::OK && answer.1 == answers[0].1), "{answers:?}");
        assert!(answers[0].1.contains("captured"), "{}", answers[0].1);
        let after = count(&desks, "SELECT COUNT(*) FROM payment_sandbox_charge WHERE state = 'captured'").await;
        assert_eq!(after, before + 1);
        // Long after the order is paid the key still says what it said; in other words, too.
        let spaced = Request::builder().method("POST").uri(&path).header(header::CONTENT_TYPE, "application/json");
        let spaced = spaced.header("order-token", &token).header("idempotency-key", "attempt-1");
        let spaced = spaced.body(Body::from("{ \"method\" : \"sandbox:ok\" }")).unwrap();
        assert_eq!(Browser::new(&desks.app, "en").send(spaced).await.html, answers[0].1);
        let other = post(&desks, &path, &headers, &json!({ "method": "sandbox:decline" })).await;
        assert_eq!((other.0, code(&other.1)), (StatusCode::CONFLICT, "idempotency_key_reused".into()));
        let fresh = [("order-token", token.as_str()), ("idempotency-key", "attempt-2")];
        let refused = post(&desks, &path, &fresh, &body).await;
        assert_eq!((refused.0, code(&refused.1)), (StatusCode::CONFLICT, "not_payable".into()));
        let without = post(&desks, &path, &[("order-token", token.as_str())], &body).await;
        assert_eq!(without.0, StatusCode::UNPROCESSABLE_ENTITY);
        let stranger = [("order-token", "ord_1.nobody"), ("idempotency-key", "attempt-1")];
        assert_eq!(post(&desks, &path, &stranger, &body).await.0, StatusCode::NOT_FOUND, "a key is its caller's");
    });
}

#[test]
fn refunds_and_stock_move_once_a_key() {
    each(async |desks| {
        let operator = format!("Bearer {}", key(&desks, Role::Admin).await);
        let path = format!("/api/orders/{}/refund", desks.order);
        let body = |minor: i64| json!({ "amount": { "minor": minor, "currency": "EUR" }, "reason": "late" });
        let headers = [("authorization", operator.as_str()), ("idempotency-key", "a")];
        let hundred = body(100);
        let answers = join_all((0..50).map(|_| post(&desks, &path, &headers, &hundred))).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(answers[0].0, StatusCode::OK, "{}", answers[0].1);
        assert_eq!(count(&desks, "SELECT COUNT(*) FROM payment_refund").await, 1);
        assert_eq!(code(&post(&desks, &path, &headers, &body(101)).await.1), "idempotency_key_reused");
        // What was refused changed nothing, so its key is still good.
        let much = [("authorization", operator.as_str()), ("idempotency-key", "b")];
        assert!(post(&desks, &path, &much, &body(9_000_000)).await.0.is_client_error());
        assert_eq!(post(&desks, &path, &much, &body(50)).await.0, StatusCode::OK);
        assert_eq!(count(&desks, "SELECT CAST(SUM(amount) AS BIGINT) FROM payment_refund").await, 150);
    });
}

#[test]
fn a_crash_does_not_block_a_key_and_an_answer_is_kept_for_a_day() {
    each(async |desks| {
        let operator = format!("Bearer {}", key(&desks, Role::Admin).await);
        let path = format!("/api/orders/{}/refund", desks.order);
        let body = json!({ "amount": { "minor": 100, "currency": "EUR" }, "reason": "late" });
        let headers = [("authorization", operator.as_str()), ("idempotency-key", "a")];
        let first = post(&desks, &path, &headers, &body).await;
        // The process died after the deed and before its answer was kept.
        desks.store.write(|tx| tx.raw("UPDATE request SET answer = NULL", &[]).map(drop)).await.unwrap();
        desks.store.clock().advance_seconds(60);
        assert_eq!(post(&desks, &path, &headers, &body).await, first, "the deed's own key finds what was done");
        assert_eq!(count(&desks, "SELECT COUNT(*) FROM payment_refund").await, 1);
        desks.store.clock().advance_seconds(24 * 3600);
        assert_eq!(desks.store.write(|tx| store::request::forget(tx, 10)).await.unwrap(), 1);
        assert_eq!(count(&desks, "SELECT COUNT(*) FROM request").await, 0);
        assert_eq!(post(&desks, &path, &headers, &body).await, first);
        assert_eq!(count(&desks, "SELECT COUNT(*) FROM payment_refund").await, 1);
    });
}

#[test]
fn every_route_that_takes_a_key_says_so_in_the_document() {
    let document: Value = serde_json::from_str(&api::openapi::TEXT).unwrap();
    let keyed: Vec<_> = web::routes().filter(|route| route.once != Once::Never).collect();
    for route in &keyed {
        let verb = route.verb.name().to_lowercase();
        let told = &document["paths"][route.path][verb]["parameters"];
        let header = told.as_array().unwrap().iter().find(|one| one["name"] == "Idempotency-Key");
        let header = header.unwrap_or_else(|| panic!("{} takes a key and does not say so", route.path));
        assert_eq!(header["required"].as_bool().unwrap_or(false), route.once == Once::Must, "{}", route.path);
    }
    let moving = [
        "/pay",
        "/order",
        "/quote",
        "/refund",
        "/cancel",
        "/take-out",
        "/confirm",
        "/pack",
        "/hand-over",
        "/stock",
        "/payments",
    ];
    let forgotten: Vec<_> = web::routes()
        .filter(|route| route.path.starts_with("/api/") && route.verb == frame::Verb::Post && route.once == Once::Never)
        .filter(|route| moving.iter().any(|end| route.path.ends_with(end)))
        .map(|route| route.path)
        .collect();
    assert_eq!(forgotten, Vec::<&str>::new());
}

#[test]
fn quotes_without_money_leave_most_of_the_stock_to_others() {
    each(async |desks| {
        let offer = desks.offer.parse().unwrap();
        let count_to = move |tx: &mut store::Tx| {
            let facts = offers::facts(tx, &[offer])?.remove(0);
            let (warehouse, variant) = (facts.warehouse, facts.variant);
            let count =
                stock::Move { warehouse, variant, quantity: 208 + 6, key: "count".into(), reason: "count".into() };
            stock::set_on_hand(tx, &count).map(drop)
        };
        desks.store.write(count_to).await.unwrap();
        let mut refused = 0;
        for _ in 0..42 {
            let (status, answer) = quote(&desks, &cart(&desks, 5).await, &[]).await;
            if status != StatusCode::CREATED {
                assert_eq!((status, code(&answer)), (StatusCode::CONFLICT, "hold_limit".into()), "{answer}");
                refused += 1;
            }
        }
        assert!(refused >= 42 - 11, "only {refused} of 42 were refused");
        // A storefront that speaks for many buyers, with a key: each by an address of their own.
        let operator = format!("Bearer {}", key(&desks, Role::Admin).await);
        for number in 0..20 {
            let buyer = format!("198.51.100.{number}");
            let headers = [("authorization", operator.as_str()), ("buyer-address", buyer.as_str())];
            let (status, answer) = quote(&desks, &cart(&desks, 5).await, &headers).await;
            assert_eq!(status, StatusCode::CREATED, "{answer}");
        }
        let wrong = [("authorization", operator.as_str()), ("buyer-address", "somewhere")];
        assert_eq!(quote(&desks, &cart(&desks, 1).await, &wrong).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
