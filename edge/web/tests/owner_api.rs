//! An owner's program: the shop's settings and the organisation's people, by the API.

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

async fn key(desks: &Desks, role: Role) -> String {
    let seller = desks.seller;
    let made = desks.store.write(move |tx| {
        let platform = parties::platform(tx)?.unwrap().id;
        let organisation = if role == Role::SellerOwner { seller } else { platform };
        Ok(parties::create_api_key(tx, &NewApiKey { organisation, role, label: "owner".into() })?.1)
    });
    made.await.unwrap()
}

async fn call(desks: &Desks, key: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    let answer = Browser::new(&desks.app, "en").send(request.body(Body::from(body.to_string())).unwrap()).await;
    (answer.status, serde_json::from_str(&answer.html).unwrap_or(Value::Null))
}

#[test]
fn the_shops_settings_are_changed_in_part_and_shown_at_once() {
    each(async |desks| {
        let admin = key(&desks, Role::Admin).await;
        let (status, before) = call(&desks, &admin, "GET", "/api/settings", json!({})).await;
        assert_eq!((status, &before["currency"], &before["markets"]), (StatusCode::OK, &json!("EUR"), &json!([])));
        let typical = !before["typical_rates"].as_bool().unwrap();
        let change = json!({ "name": "Harbour House", "email": "Help@Shop.example", "markets": ["FR", "DE"],
            "typical_rates": typical });
        let (status, after) = call(&desks, &admin, "PATCH", "/api/settings", change).await;
        assert_eq!(
            (status, &after["name"], &after["email"]),
            (StatusCode::OK, &json!("Harbour House"), &json!("help@shop.example"))
        );
        assert_eq!(
            (&after["markets"], &after["language"]),
            (&json!(["DE", "FR"]), &before["language"]),
            "the rest stays"
        );
        assert_eq!(after["typical_rates"], typical);
        assert!(Browser::new(&desks.app, "en-DE").get("/").await.html.contains("Harbour House"));
        for (change, field) in [
            (json!({ "phone": "call me" }), "phone"),
            (json!({ "language": "tlh" }), "language"),
            (json!({ "currency": "XXQ" }), "currency"),
            (json!({ "markets": ["Atlantis"] }), "markets"),
        ] {
            let (status, told) = call(&desks, &admin, "PATCH", "/api/settings", change).await;
            assert_eq!(
                (status, &told["errors"][0]["field"]),
                (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
                "{told}"
            );
        }
        let (_, kept) = call(&desks, &admin, "GET", "/api/settings", json!({})).await;
        assert_eq!(kept, after, "what is refused changes nothing");
        let seller = key(&desks, Role::SellerOwner).await;
        assert_eq!(call(&desks, &seller, "GET", "/api/settings", json!({})).await.0, StatusCode::FORBIDDEN);
    });
}

#[test]
fn an_owner_manages_the_people_of_its_own_organisation() {
    each(async |desks| {
        let owner = key(&desks, Role::SellerOwner).await;
        let (_, before) = call(&desks, &owner, "GET", "/api/people", json!({})).await;
        let count = before["people"].as_array().unwrap().len();
        let new = |role: &str, password: Value| json!({ "email": "mei@lantau.example", "name": "Mei", "password": password, "role": role });
        let good = json!("seven lanterns over the harbour");
        let (status, told) = call(&desks, &owner, "POST", "/api/people", new("seller_staff", Value::Null)).await;
        assert_eq!((status, &told["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("password")));
        let (status, _) = call(&desks, &owner, "POST", "/api/people", new("admin", good.clone())).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a seller makes no operator");
        let (status, mei) = call(&desks, &owner, "POST", "/api/people", new("seller_staff", good)).await;
        assert_eq!((status, &mei["role"]), (StatusCode::CREATED, &json!("seller_staff")), "{mei}");
        let path = format!("/api/people/{}", mei["id"].as_str().unwrap());
        let (status, mei) = call(&desks, &owner, "PATCH", &path, json!({ "role": "seller_owner" })).await;
        assert_eq!((status, &mei["role"]), (StatusCode::OK, &json!("seller_owner")));
        let admin = key(&desks, Role::Admin).await;
        for (method, body) in [("PATCH", json!({ "role": "admin" })), ("DELETE", json!({}))] {
            assert_eq!(call(&desks, &admin, method, &path, body).await.0, StatusCode::NOT_FOUND, "not the operator's");
        }
        assert_eq!(call(&desks, &owner, "DELETE", &path, json!({})).await.0, StatusCode::NO_CONTENT);
        let (_, after) = call(&desks, &owner, "GET", "/api/people", json!({})).await;
        assert_eq!(after["people"].as_array().unwrap().len(), count);
        let owners: Vec<&Value> =
            after["people"].as_array().unwrap().iter().filter(|one| one["role"] == "seller_owner").collect();
        let last = format!("/api/people/{}", owners[0]["id"].as_str().unwrap());
        assert_eq!(owners.len(), 1);
        assert_eq!(
            call(&desks, &owner, "DELETE", &last, json!({})).await.0,
            StatusCode::CONFLICT,
            "the last owner stays"
        );
    });
}

#[test]
fn a_newcomer_is_invited_by_mail_where_there_is_a_mail_server() {
    each(async |desks| {
        let store = desks.store.clone();
        let config = web::Config { mail: true, ..web::Config::default() };
        let app = tokio::task::spawn_blocking(move || world::app(&store, config)).await.unwrap();
        let desks = Desks { app, ..desks };
        let mut owner = desk_world::sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let page = owner.get("/seller/people").await.html;
        assert!(page.contains("gets a letter with a link") && !page.contains("name=\"password\""), "{page}");
        let form = [("person", "Mei"), ("email", "Mei@lantau.example"), ("role", "seller_staff")];
        assert_eq!(owner.post("/seller/people", &form).await.status, StatusCode::SEE_OTHER);
        let key = key(&desks, Role::SellerOwner).await;
        let body = json!({ "email": "bo@lantau.example", "name": "Bo", "role": "seller_staff" });
        assert_eq!(call(&desks, &key, "POST", "/api/people", body).await.0, StatusCode::CREATED);
        let log = desks.store.read(|db| notify::log(db, None, None, 20)).await.unwrap();
        let invited: Vec<&notify::Message> = log.iter().filter(|one| one.kind == notify::Kind::Invited).collect();
        let to: Vec<&str> = invited.iter().map(|one| one.recipient.as_str()).collect();
        assert_eq!((to, invited[1].state), (vec!["bo@lantau.example", "mei@lantau.example"], notify::State::Queued));
        let message = invited[1].clone();
        let link = |message: notify::Message| desks.store.write(move |tx| web::mail::link(tx, &message));
        let path = link(message.clone()).await.unwrap().unwrap();
        let (app, asked, at) = (desks.app.clone(), message.clone(), path.clone());
        let letter = desks.store.read(move |db| web::mail::letter(&app, db, &asked, &at)).await.unwrap();
        assert!(letter.text.contains("Lantau Power") && letter.text.contains(&path), "{}", letter.text);
        let stored = desks.store.read(|db| db.raw("SELECT token_hash FROM party_reset", &[])).await.unwrap();
        let token = path.split('=').nth(1).unwrap().to_owned();
        assert!(
            stored.iter().all(|row| row.get::<Option<String>>(0).unwrap().as_deref() != Some(&*token)),
            "only its hash"
        );
        desks.store.clock().advance_seconds(6 * 86_400);
        let mut mei = Browser::new(&desks.app, "en-DE");
        assert_eq!(mei.get(&path).await.status, StatusCode::OK, "good for a week");
        let form = [("token", token.as_str()), ("password", world::PASSWORD)];
        assert_eq!(mei.post("/reset-password", &form).await.location, "/sign-in");
        assert_eq!(mei.get(&path).await.status, StatusCode::GONE, "good once");
        let mut mei = desk_world::sign_in(&desks, "mei@lantau.example", "en-DE").await;
        assert_eq!(mei.get("/seller/orders").await.status, StatusCode::OK);
    });
}

/// Only what is settled here can be agreed; what is agreed ends, and an offer names the agreement that it is sold under.
#[test]
fn terms_are_agreed_named_and_ended() {
    each(async |desks| {
        let (admin, owner) = (key(&desks, Role::Admin).await, key(&desks, Role::SellerOwner).await);
        let seller = desks.seller.to_string();
        let terms =
            |mode: &str| json!({ "organisation": seller, "mode": mode, "currency": "EUR", "commission_bp": 700 });
        for mode in ["fully_managed", "dropship", "self_operated", "agency"] {
            let (status, told) = call(&desks, &admin, "POST", "/api/agreements", terms(mode)).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{mode}: {told}");
            assert_eq!(
                (&told["errors"][0]["field"], &told["errors"][0]["code"]),
                (&json!("mode"), &json!("mode_not_open"))
            );
        }
        desks.store.clock().advance_seconds(60);
        let (status, agreed) = call(&desks, &admin, "POST", "/api/agreements", terms("marketplace")).await;
        assert_eq!(status, StatusCode::CREATED, "{agreed}");
        let (_, listed) = call(&desks, &owner, "GET", "/api/seller/agreements", json!({})).await;
        let listed = listed["agreements"].as_array().unwrap().clone();
        assert!(listed.iter().all(|one| one["mode"] == "marketplace" && one["id"] == agreed["id"]), "{listed:?}");
        assert_eq!((&listed[0]["commission_bp"], &listed[0]["to"]), (&json!(700), &Value::Null));

        let (_, offers) = call(&desks, &owner, "GET", "/api/seller/offers", json!({})).await;
        let mut put = json!({ "variant": offers["offers"][0]["variant"], "warehouse": offers["offers"][0]["warehouse"],
            "price": { "amount": "12.00", "currency": "EUR" }, "agreement": agreed["id"] });
        put["price"] = offers["offers"][0]["price"].clone();
        let (status, told) = call(&desks, &owner, "PUT", "/api/seller/offers", put.clone()).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        put["agreement"] = json!("agr_1f8k2m");
        let (status, told) = call(&desks, &owner, "PUT", "/api/seller/offers", put.clone()).await;
        assert_eq!(
            (status, &told["errors"][0]["code"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("unknown_agreement"))
        );

        desks.store.clock().advance_seconds(60);
        let end = format!("/api/agreements/{}/end", agreed["id"].as_str().unwrap());
        assert_eq!(call(&desks, &owner, "POST", &end, json!({})).await.0, StatusCode::FORBIDDEN);
        assert_eq!(call(&desks, &admin, "POST", &end, json!({})).await.0, StatusCode::NO_CONTENT);
        let (status, told) = call(&desks, &admin, "POST", &end, json!({})).await;
        assert_eq!((status, &told["code"]), (StatusCode::CONFLICT, &json!("terms_ended")));
        put.as_object_mut().unwrap().remove("agreement");
        let (status, told) = call(&desks, &owner, "PUT", "/api/seller/offers", put).await;
        assert_eq!((status, &told["code"]), (StatusCode::CONFLICT, &json!("no_agreement")));
    });
}
