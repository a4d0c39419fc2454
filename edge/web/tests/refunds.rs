//! What goes back to a buyer by API: the tax return follows, what it does is said before, and goodwill is called so.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::Role;
use desk_world::{Desks, each};
use parties::NewApiKey;
use serde_json::{Value, json};
use world::Browser;

struct Caller<'a> {
    desks: &'a Desks,
    key: String,
}

impl Caller<'_> {
    async fn call(&self, method: &str, path: &str, once: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.key));
        if !once.is_empty() {
            request = request.header("idempotency-key", once);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let answer = Browser::new(&self.desks.app, "en").send(request.body(body).unwrap()).await;
        (answer.status, serde_json::from_str(&answer.html).unwrap_or(Value::Null))
    }

    async fn refund(&self, once: &str, body: Value) -> (StatusCode, Value) {
        self.call("POST", &format!("/api/orders/{}/refund", self.desks.order), once, Some(&body)).await
    }

    /// Sum of the tax that all returns correct, in cents.
    async fn corrected(&self) -> i64 {
        let path = "/api/ledger/returns?from=2026-01-01&to=2027-12-31";
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {}", self.key));
        let answer = Browser::new(&self.desks.app, "en").send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.html);
        let rows = answer.html.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
        let corrections = rows.filter(|row| row[2] != "commission" && row[4] == "tax" && row[5] == "correction");
        corrections.map(|row| row[9].replace('.', "").parse::<i64>().unwrap()).sum()
    }
}

async fn caller(desks: &Desks) -> Caller<'_> {
    let made = desks.store.write(|tx| {
        let platform = parties::platform(tx)?.unwrap().id;
        let new = NewApiKey { organisation: platform, role: Role::Admin, label: "refunds".into() };
        Ok(parties::create_api_key(tx, &new)?.1)
    });
    Caller { desks, key: made.await.unwrap() }
}

fn giver(answer: &Value, family: &str) -> i64 {
    let givers = answer["givers"].as_array().unwrap().iter();
    let own = givers.filter(|giver| giver["account"].as_str().unwrap().starts_with(family));
    own.map(|giver| giver["amount"]["minor"].as_i64().unwrap()).sum()
}

#[test]
fn a_lower_price_corrects_the_return_and_goodwill_does_not() {
    each(async |desks| {
        let caller = caller(&desks).await;
        let third = json!({ "amount": { "minor": 500, "currency": "EUR" }, "reason": "one_piece_back" });
        let mut preview = third.clone();
        preview["preview"] = json!(true);
        let (status, seen) = caller.refund("seen", preview).await;
        assert_eq!(
            (status, &seen["done"], &seen["kind"]),
            (StatusCode::OK, &json!(false), &json!("reduction")),
            "{seen}"
        );
        assert_eq!(giver(&seen, ""), 500, "who gives it is told to the cent: {seen}");
        let tax = giver(&seen, "tax:");
        assert!(tax > 0, "{seen}");
        assert_eq!(caller.corrected().await, 0, "a preview does nothing");
        let (status, answer) = caller.refund("real", third).await;
        assert_eq!((status, &answer["done"]), (StatusCode::OK, &json!(true)), "{answer}");
        assert_eq!(caller.corrected().await, -tax);
        let goodwill = json!({ "amount": { "minor": 100, "currency": "EUR" }, "goodwill": true, "reason": "late" });
        let (status, answer) = caller.refund("kind", goodwill).await;
        assert_eq!((status, &answer["kind"]), (StatusCode::OK, &json!("goodwill")), "{answer}");
        assert_eq!(caller.corrected().await, -tax);
    });
}

#[test]
fn a_refund_is_of_one_thing_and_of_this_order() {
    each(async |desks| {
        let caller = caller(&desks).await;
        let amount = json!({ "minor": 500, "currency": "EUR" });
        for (body, code) in [
            (json!({ "reason": "late" }), "refund_of_what"),
            (json!({ "amount": amount, "delivery": desks.consignment, "reason": "late" }), "refund_of_what"),
            (json!({ "delivery": desks.consignment, "restock": true, "reason": "late" }), "refund_of_what"),
            (json!({ "amount": amount, "seller": desks.seller.to_string(), "reason": "late" }), "refund_of_what"),
        ] {
            let (status, answer) = caller.refund("a", body).await;
            assert_eq!(
                (status, &answer["errors"][0]["code"]),
                (StatusCode::UNPROCESSABLE_ENTITY, &json!(code)),
                "{answer}"
            );
        }
        let (status, answer) = caller.refund("b", json!({ "consignment": "csg_1", "reason": "late" })).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{answer}");
        let (status, answer) = caller.refund("c", json!({ "delivery": desks.consignment, "reason": "late" })).await;
        assert_eq!((status, &answer["kind"]), (StatusCode::OK, &json!("delivery")), "{answer}");
    });
}

#[test]
fn a_seller_calls_its_own_consignment_off_once() {
    each(async |desks| {
        let seller = desks.seller;
        let key = desks.store.write(move |tx| {
            let new = NewApiKey { organisation: seller, role: Role::SellerOwner, label: "seller".into() };
            Ok(parties::create_api_key(tx, &new)?.1)
        });
        let caller = Caller { desks: &desks, key: key.await.unwrap() };
        let path = format!("/api/seller/consignments/{}/cancel", desks.consignment);
        let body = json!({ "reason": "out_of_stock" });
        let (status, answer) = caller.call("POST", &path, "a", Some(&body)).await;
        assert_eq!((status, &answer["kind"]), (StatusCode::OK, &json!("cancelled")), "{answer}");
        assert!(answer["amount"]["minor"].as_i64().unwrap() > 0, "{answer}");
        let (status, answer) = caller.call("POST", &path, "b", Some(&body)).await;
        assert_eq!((status, &answer["code"]), (StatusCode::CONFLICT, &json!("wrong_state")), "{answer}");
    });
}
