//! What the API says when it is asked wrongly: a problem document with every wrong field, in words for everybody.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Method, Request, header};
use base::Role;
use desk_world::calls::key;
use desk_world::each;
use frame::{Verb, Who};
use serde_json::{Value, json};
use world::Browser;

async fn call(browser: &mut Browser, method: &str, path: &str, key: &str, body: &str) -> (u16, Value) {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {key}")).header("idempotency-key", "contract");
    let answer = browser.send(request.body(Body::from(body.to_owned())).unwrap()).await;
    (answer.status.as_u16(), serde_json::from_str(&answer.html).unwrap_or(Value::Null))
}

/// Words of the program's own language, which say nothing to a caller.
const FOREIGN: [&str; 9] =
    ["struct", "Body", "missing field", "invalid type", "unknown field `", "variant", "serde", "deserialize", "i64"];

fn in_plain_words(name: &str, document: &Value) {
    let mut said = vec![document["detail"].as_str().unwrap_or_default()];
    said.extend(document["errors"].as_array().into_iter().flatten().filter_map(|field| field["message"].as_str()));
    for text in said {
        assert!(!text.is_empty() && !FOREIGN.iter().any(|word| text.contains(word)), "{name}: {text}");
    }
    assert!(document["type"].as_str().is_some_and(|place| place.contains("/docs/errors/")), "{name}: {document}");
    assert!(document["request_id"].as_str().is_some_and(|id| !id.is_empty()), "{name}");
}

#[test]
fn wrong_bodies_are_answered_in_plain_words_by_every_call() {
    each(async |desks| {
        let (seller, operator) = (key(&desks, Role::SellerOwner).await, key(&desks, Role::Admin).await);
        let document = &*api::openapi::DOCUMENT;
        let mut browser = Browser::new(&desks.app, "en-DE");
        let mut asked = 0;
        for route in web::routes().filter(|route| route.who.is_api() && route.verb != Verb::Get) {
            let call_of = &document["paths"][route.path][route.verb.name().to_lowercase()];
            let schema = &call_of["requestBody"]["content"]["application/json"]["schema"];
            if schema["$ref"].is_null() || route.who == Who::Signed {
                continue;
            }
            asked += 1;
            let path = route.path.replace("{id}", "x").replace("{offer}", "x");
            let key = if route.path.starts_with("/api/seller") { &seller } else { &operator };
            let deep = "[".repeat(300);
            for body in
                ["", "{", "[]", "5", "null", "{\"no_such_field\": 1}", "{\"a\": 1, \"a\": 2}", "\"\\u0000\"", &deep]
            {
                let name = format!("{} {} {body:.20}", route.verb.name(), route.path);
                let (status, said) = call(&mut browser, route.verb.name(), &path, key, body).await;
                assert_eq!(status, 422, "{name}: {said}");
                in_plain_words(&name, &said);
                let wrong_fields = ["[]", "5", "null", "{\"no_such_field\": 1}"].contains(&body);
                assert_eq!(
                    said["errors"].as_array().is_some_and(|all| !all.is_empty()),
                    wrong_fields,
                    "{name}: {said}"
                );
            }
        }
        assert!(asked > 15, "{asked}");
    });
}

#[test]
fn every_wrong_field_is_told_at_once_with_its_pointer() {
    each(async |desks| {
        let mut browser = Browser::new(&desks.app, "en-DE");
        let seller = key(&desks, Role::SellerOwner).await;
        let body = json!({ "variant": "ofr_1", "price": { "minor": "12", "currency": "ABC" }, "colour": "red" });
        let (status, said) = call(&mut browser, "PUT", "/api/seller/offers", &seller, &body.to_string()).await;
        let mut told: Vec<(&str, &str)> = said["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| (field["pointer"].as_str().unwrap(), field["code"].as_str().unwrap()))
            .collect();
        told.sort_unstable();
        let wanted = [
            ("/colour", "unknown_field"),
            ("/price/currency", "unknown_currency"),
            ("/price/minor", "type"),
            ("/variant", "unknown_id"),
            ("/warehouse", "required"),
        ];
        assert_eq!((status, told.as_slice()), (422, &wanted[..]), "{said}");
        let operator = key(&desks, Role::Admin).await;
        let (status, said) = call(&mut browser, "GET", "/api/orders?to=&limit=0&stat=paid", &operator, "").await;
        assert_eq!((status, said["errors"].as_array().map(Vec::len)), (422, Some(3)), "{said}");
        let (status, said) = call(&mut browser, "GET", "/api/no-such-thing", &operator, "").await;
        assert_eq!((status, &said["code"]), (404, &json!("no_such_page")), "{said}");
        in_plain_words("an unknown path", &said);
        let (status, said) = call(&mut browser, "DELETE", "/api/carts", &operator, "").await;
        assert_eq!((status, &said["code"]), (405, &json!("wrong_method")), "{said}");
        let unread =
            Request::post("/api/carts").header(header::CONTENT_TYPE, "text/plain").body(Body::from("{}")).unwrap();
        assert_eq!(browser.send(unread).await.status, 415);
        let large = format!("{{\"destination\": \"{}\"}}", "D".repeat(300_000));
        assert_eq!(call(&mut browser, "POST", "/api/carts", &operator, &large).await.0, 413);
    });
}
