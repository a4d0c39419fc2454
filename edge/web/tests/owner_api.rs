//! An owner's program: the shop's settings and the organisation's people, by the API.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use base::Role;
use desk_world::calls::{call, key};
use desk_world::each;
use serde_json::{Value, json};
use world::Browser;

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
            (json!({ "markets": ["Atlantis"] }), "markets[0]"),
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
        let before = before["people"].as_array().unwrap().clone();
        let id_of =
            |role: &str| before.iter().find(|one| one["role"] == role).unwrap()["id"].as_str().unwrap().to_owned();
        let path = format!("/api/people/{}", id_of("seller_staff"));
        let (status, staff) = call(&desks, &owner, "PATCH", &path, json!({ "role": "seller_owner" })).await;
        assert_eq!((status, &staff["role"]), (StatusCode::OK, &json!("seller_owner")));
        let admin = key(&desks, Role::Admin).await;
        for (method, body) in [("PATCH", json!({ "role": "admin" })), ("DELETE", json!({}))] {
            assert_eq!(call(&desks, &admin, method, &path, body).await.0, StatusCode::NOT_FOUND, "not the operator's");
        }
        assert_eq!(call(&desks, &owner, "DELETE", &path, json!({})).await.0, StatusCode::NO_CONTENT);
        let (_, after) = call(&desks, &owner, "GET", "/api/people", json!({})).await;
        assert_eq!(after["people"].as_array().unwrap().len(), before.len() - 1);
        let last = format!("/api/people/{}", id_of("seller_owner"));
        let (status, _) = call(&desks, &owner, "DELETE", &last, json!({})).await;
        assert_eq!(status, StatusCode::CONFLICT, "the last owner stays");
    });
}

#[test]
fn invitations_are_made_listed_sent_again_and_withdrawn_by_key() {
    each(async |desks| {
        let owner = key(&desks, Role::SellerOwner).await;
        let new = |role: &str| json!({ "email": "Mei@lantau.example", "role": role });
        let (status, told) = call(&desks, &owner, "POST", "/api/people", new("admin")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a seller makes no operator: {told}");
        let known = json!({ "email": "mei@lantau.example", "role": "seller_staff", "name": "Mei", "password": "x" });
        let (status, told) = call(&desks, &owner, "POST", "/api/people", known).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nobody else chooses a name or a password: {told}");
        let (status, made) = call(&desks, &owner, "POST", "/api/people", new("seller_staff")).await;
        assert_eq!((status, &made["email"]), (StatusCode::ACCEPTED, &json!("mei@lantau.example")), "{made}");
        assert!(made["link"].as_str().unwrap().contains("/invitation?token="), "no mail is sent here: {made}");
        let list = async || call(&desks, &owner, "GET", "/api/invitations", json!({})).await.1;
        let open = list().await;
        assert_eq!(
            (open["invitations"][0]["id"].clone(), open["invitations"][0].get("link")),
            (made["id"].clone(), None)
        );
        let path = |made: &Value| format!("/api/invitations/{}", made["id"].as_str().unwrap());
        let other = key(&desks, Role::Admin).await;
        for (method, path) in [("DELETE", path(&made)), ("POST", format!("{}/send", path(&made)))] {
            let (status, _) = call(&desks, &other, method, &path, json!({})).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "another organisation's");
        }
        let (status, again) = call(&desks, &owner, "POST", &format!("{}/send", path(&made)), json!({})).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{again}");
        assert_ne!(again["link"], made["link"], "the first link is void");
        let opened = Browser::new(&desks.app, "en")
            .get(made["link"].as_str().unwrap().trim_start_matches("http://localhost:8080"))
            .await;
        assert_eq!(opened.status, StatusCode::GONE);
        assert_eq!(call(&desks, &owner, "DELETE", &path(&again), json!({})).await.0, StatusCode::NO_CONTENT);
        assert_eq!(list().await, json!({ "invitations": [] }));
        let (_, people) = call(&desks, &owner, "GET", "/api/people", json!({})).await;
        assert!(!people.to_string().contains("mei@"), "an offer is no membership: {people}");
    });
}

/// The answers of the API to who asks for people with an account and without one differ in nothing but the address.
#[test]
fn an_invitation_tells_nothing_about_its_address() {
    each(async |desks| {
        let owner = key(&desks, Role::SellerOwner).await;
        let mut answers = Vec::new();
        for email in ["owner@other.example", "buyer@example.com", "nobody@example.com"] {
            let (status, mut told) =
                call(&desks, &owner, "POST", "/api/people", json!({ "email": email, "role": "seller_staff" })).await;
            assert_eq!(told["email"], email);
            for part in ["id", "email", "link"] {
                assert!(told[part].is_string());
                told[part] = Value::Null;
            }
            answers.push((status, told));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert!(!format!("{answers:?}").contains("Lin Wei"), "nor anybody's name");
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
        for mode in ["semi_managed", "consignment", "self_operated", "agency"] {
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

/// Shelves are made and changed by the operator's key: named in languages, one inside another, with what their goods usually have.
#[test]
fn categories_are_made_and_changed_by_key() {
    each(async |desks| {
        let (clerk, owner) = (key(&desks, Role::Operations).await, key(&desks, Role::SellerOwner).await);
        let body = json!({ "names": { "en": "Tea things", "zh-CN": "茶具" }, "hs": "6911.10", "grams": 400 });
        for wrong in [&owner, "ek_nobodys"] {
            let (status, _) = call(&desks, wrong, "POST", "/api/categories", body.clone()).await;
            assert!([StatusCode::FORBIDDEN, StatusCode::UNAUTHORIZED].contains(&status));
        }
        let before = call(&desks, &clerk, "GET", "/api/categories", json!({})).await.1["categories"].clone();
        let (status, made) = call(&desks, &clerk, "POST", "/api/categories", body.clone()).await;
        assert_eq!((status, &made["slug"], &made["parent"]), (StatusCode::CREATED, &json!("tea-things"), &Value::Null));
        assert_eq!((&made["hs"], &made["grams"]), (&json!("691110"), &json!(400)));
        let (status, told) = call(&desks, &clerk, "POST", "/api/categories", body).await;
        assert_eq!((status, &told["code"]), (StatusCode::CONFLICT, &json!("category_taken")));

        let inner = json!({ "names": { "ar": "أباريق" }, "parent": "tea-things", "slug": "pots", "position": 3 });
        let (status, pots) = call(&desks, &clerk, "POST", "/api/categories", inner).await;
        assert_eq!(
            (status, &pots["parent"], &pots["hs"]),
            (StatusCode::CREATED, &json!("tea-things"), &json!("691110"))
        );

        let change = json!({ "names": { "de": "Kannen", "ar": "" }, "hs": "", "grams": 900 });
        let (status, told) = call(&desks, &clerk, "PATCH", "/api/categories/pots", change).await;
        assert_eq!((status, &told["names"], &told["grams"]), (StatusCode::OK, &json!({ "de": "Kannen" }), &json!(900)));
        assert_eq!((&told["position"], &told["hs"], &told["id"]), (&json!(3), &json!("691110"), &pots["id"]));
        let by_id = format!("/api/categories/{}", pots["id"].as_str().unwrap());
        let (_, top) = call(&desks, &clerk, "PATCH", &by_id, json!({ "parent": "" })).await;
        assert_eq!((&top["parent"], &top["names"]["de"]), (&Value::Null, &json!("Kannen")));
        assert!(Browser::new(&desks.app, "en-DE").get("/c/pots").await.html.contains("Kannen"), "shown at once");

        for (path, change, field, code) in [
            ("/api/categories/tea-things", json!({ "parent": "tea-things" }), "parent", "circle"),
            ("/api/categories/pots", json!({ "parent": "nowhere" }), "parent", "unknown_category"),
            ("/api/categories/pots", json!({ "names": { "de": " " } }), "names", "required"),
            ("/api/categories/pots", json!({ "names": { "klingon": "x" } }), "names", "unknown_language"),
            ("/api/categories/pots", json!({ "hs": "9021000" }), "hs", "hs_format"),
            ("/api/categories/pots", json!({ "grams": -1 }), "grams", "out_of_range"),
            ("/api/categories/pots", json!({ "tax_class": "free" }), "tax_class", "unknown_choice"),
        ] {
            let (status, told) = call(&desks, &clerk, "PATCH", path, change.clone()).await;
            let first = &told["errors"][0];
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{change}: {told}");
            assert_eq!((&first["field"], &first["code"]), (&json!(field), &json!(code)), "{change}: {told}");
        }
        let (status, _) = call(&desks, &clerk, "PATCH", "/api/categories/nowhere", json!({})).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let all = call(&desks, &clerk, "GET", "/api/categories", json!({})).await.1["categories"].clone();
        assert_eq!(all.as_array().unwrap().len(), before.as_array().unwrap().len() + 2);
    });
}
