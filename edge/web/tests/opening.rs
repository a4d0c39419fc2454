//! A real shop before it is open: its list, what buyers see, the operator's own test order, and that it opens with nothing missing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use base::Role;
use desk_world::calls::{call, key};
use desk_world::{Desks, each, sign_in};
use serde_json::json;
use world::buying::JANA;
use world::{Browser, between};

/// The desks' shop, taken for real from now on.
fn real(test: impl AsyncFn(Desks)) {
    each(async |desks| {
        desks.store.clock().take_for_real();
        test(desks).await;
    });
}

#[test]
fn buyers_read_that_it_opens_soon() {
    real(async |desks| {
        let mut guest = Browser::new(&desks.app, "en-DE");
        guest.takes(&desks.offer, "1").await;
        let basket = guest.get("/cart").await;
        assert!(basket.html.contains('€'), "prices are shown");
        let page = guest.get("/checkout").await;
        assert!(page.status == StatusCode::OK && page.html.contains("Opening soon"), "{}", page.html);
        assert!(!page.html.contains("4242"), "no card is asked for");
        let paid = guest.post("/checkout", &[&[("do", "pay"), ("card", "4242424242424242")], &JANA[..]].concat()).await;
        assert!(paid.html.contains("Opening soon"), "{}", paid.html);
    });
}

#[test]
fn the_operator_sees_the_list_and_tries_the_shop_out() {
    real(async |desks| {
        let mut admin = sign_in(&desks, "operator@example.com", "en-DE").await;
        let page = admin.get("/console").await;
        assert!(page.html.contains("id=\"go-live\"") && page.html.contains("Exchange rates"), "{}", page.html);
        assert!(!page.html.contains("value=\"open\""), "it cannot open yet");
        let refused = admin.post("/console/opening", &[("do", "open")]).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        assert!(admin.get("/console").await.html.contains("id=\"go-live\""), "it has not opened");
        admin.takes(&desks.offer, "1").await;
        assert!(admin.get("/checkout").await.html.contains("Test order"));
        let placed = admin.pays(&JANA, "4242424242424242").await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.html);
        let page = admin.get("/console/orders").await;
        let id = between(&page.html, "href=\"/console/orders/ord_", "\"").to_owned();
        assert!(admin.get(&format!("/console/orders/ord_{id}")).await.html.contains("Test order"));
        let health = admin.get("/console/health").await;
        assert!(!health.html.contains("value=\"close\""), "what is not open is not closed");
    });
}

#[test]
fn what_an_open_shop_lacks_stands_in_health() {
    real(async |desks| {
        desks.store.write(|tx| parties::set_open(tx, true)).await.unwrap();
        let mut admin = sign_in(&desks, "operator@example.com", "en-DE").await;
        assert!(!admin.get("/console").await.html.contains("id=\"go-live\""));
        let health = admin.get("/console/health").await;
        assert!(health.html.contains("No payment provider moves money"), "{}", health.html);
        let mut guest = Browser::new(&desks.app, "en-DE");
        guest.takes(&desks.offer, "1").await;
        assert!(guest.get("/checkout").await.html.contains("No orders at the moment"));
        assert_eq!(admin.post("/console/opening", &[("do", "close")]).await.status, StatusCode::SEE_OTHER);
        assert!(admin.get("/console").await.html.contains("id=\"go-live\""));
    });
}

#[test]
fn by_the_api_it_opens_with_nothing_missing_only() {
    real(async |desks| {
        let admin = key(&desks, Role::Admin).await;
        let (status, told) = call(&desks, &admin, "GET", "/api/opening", json!({})).await;
        assert_eq!((status, &told["open"]), (StatusCode::OK, &json!(false)));
        assert!(told["missing"].as_array().unwrap().contains(&json!("payments")), "{told}");
        let (status, told) = call(&desks, &admin, "PUT", "/api/opening", json!({ "open": true })).await;
        assert_eq!((status, &told["code"]), (StatusCode::CONFLICT, &json!("not_ready")));
        let operations = key(&desks, Role::Operations).await;
        let (status, _) = call(&desks, &operations, "PUT", "/api/opening", json!({ "open": false })).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
    });
}
