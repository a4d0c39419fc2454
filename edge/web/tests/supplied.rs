//! What an offer is supplied from: said at the desks and by the API, shown to the buyer wherever the offer is.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use desk_world::calls::{call, key};
use desk_world::{Desks, each, sign_in};
use offers::{OfferFacts, Supply};
use serde_json::json;
use world::{Answer, Browser};

async fn facts(desks: &Desks) -> OfferFacts {
    let offer = desks.offer.parse().unwrap();
    desks.store.read(move |db| Ok(offers::facts(db, &[offer])?.remove(0))).await.unwrap()
}

fn whole(page: &Answer) -> &str {
    assert!(page.status == StatusCode::OK && !page.html.contains('⟦'), "{}", page.html);
    &page.html
}

#[test]
fn a_seller_says_what_an_offer_is_supplied_from_and_buyers_read_it() {
    each(async |desks| {
        let mut seller = sign_in(&desks, "staff@lantau.example", "en").await;
        let path = format!("/seller/offers/{}", desks.offer);
        let made = [("deed", "supply"), ("supply", "made"), ("lead_days", "5"), ("capacity", "4"), ("ships_on", "")];
        let wrong = [("deed", "supply"), ("supply", "made"), ("lead_days", "900"), ("capacity", "4")];
        let refused = seller.post(&path, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.html);
        assert!(refused.html.contains("value=\"900\"") && refused.html.contains("id=\"lead_days-error\""));
        assert_eq!(facts(&desks).await.supply, Supply::Stock, "nothing was done");
        assert_eq!(seller.post(&path, &made).await.status, StatusCode::SEE_OTHER);
        let now = facts(&desks).await;
        assert_eq!(now.supply, Supply::Made { lead_days: 5 });
        assert!(whole(&seller.get(&path).await).contains("value=\"made\" selected"));
        assert!(whole(&seller.get("/seller/offers").await).contains("Made to order"));
        assert!(whole(&seller.get("/seller/stock").await).contains("To come or be made"));

        for (language, said) in
            [("en-DE", "Made to order in 5 working days"), ("zh-CN", "5 个工作日"), ("ar-SA", "يُصنع حسب الطلب")]
        {
            let mut buyer = Browser::new(&desks.app, language);
            buyer.post("/preferences", &[("to", "DE"), ("currency", "EUR")]).await;
            let page = buyer.get(&format!("/p/{}?offer={}", now.slug, desks.offer)).await;
            assert!(whole(&page).contains(said), "{}", page.html);
            assert!(page.html.contains("https://schema.org/MadeToOrder") || page.html.contains("MadeToOrder"));
            buyer.post("/cart/lines", &[("offer", desks.offer.as_str()), ("quantity", "1")]).await;
            assert!(whole(&buyer.get("/cart").await).contains(said));
            assert!(whole(&buyer.get("/checkout").await).contains(said));
        }

        // In the console the operator says otherwise; another seller says nothing.
        let mut operator = sign_in(&desks, "operations@example.com", "zh-CN").await;
        let console = format!("/console/offers/{}", desks.offer);
        assert!(whole(&operator.get(&console).await).contains("接单制作"));
        let ships_on = desks.store.read(|db| Ok(db.now())).await.unwrap().plus_days(40).date();
        let day = ships_on.to_string();
        let early = [("deed", "supply"), ("supply", "preorder"), ("ships_on", day.as_str()), ("capacity", "6")];
        let answer = operator.post(&console, &early).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
        assert_eq!(facts(&desks).await.supply, Supply::Preorder { ships_on });
        let mut other = sign_in(&desks, "owner@other.example", "en").await;
        assert_eq!(other.post(&path, &made).await.status, StatusCode::NOT_FOUND);
        assert_eq!(facts(&desks).await.supply, Supply::Preorder { ships_on });
    });
}

#[test]
fn programs_say_and_read_it_and_a_call_that_does_not_leaves_it() {
    each(async |desks| {
        let key = key(&desks, base::Role::SellerOwner).await;
        let now = facts(&desks).await;
        let warehouse = now.warehouse;
        let code = desks.store.read(move |db| Ok(stock::warehouse(db, warehouse)?.code)).await.unwrap();
        let body = |supply: serde_json::Value| {
            let price = json!({ "minor": now.price.minor, "currency": now.price.currency.code() });
            let mut body = json!({ "variant": now.variant.to_string(), "warehouse": code, "price": price });
            body.as_object_mut().unwrap().extend(supply.as_object().unwrap().clone());
            body
        };
        let put = async |supply| call(&desks, &key, "PUT", "/api/seller/offers", body(supply)).await;
        let (status, answer) = put(json!({ "supply": { "kind": "made", "lead_days": 3 }, "capacity": 5 })).await;
        assert_eq!((status, &answer["changed"]), (StatusCode::OK, &json!(true)), "{answer}");
        let (_, answer) = put(json!({})).await;
        assert_eq!(answer["changed"], json!(false));
        assert_eq!(facts(&desks).await.supply, Supply::Made { lead_days: 3 });
        let wrongs = [
            json!({ "kind": "made" }),
            json!({ "kind": "made", "lead_days": 0 }),
            json!({ "kind": "preorder", "ships_on": "2020-01-01" }),
            json!({ "kind": "supplier" }),
        ];
        for supply in wrongs {
            let (status, answer) = put(json!({ "supply": supply, "capacity": 5 })).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{supply}: {answer}");
        }
        let (_, own) = call(&desks, &key, "GET", "/api/seller/offers", json!(null)).await;
        let offer = own["offers"].as_array().unwrap().iter().find(|one| one["id"] == desks.offer.as_str()).unwrap();
        assert_eq!(offer["supply"], json!({ "kind": "made", "lead_days": 3, "ships_on": null }));
        assert_eq!(offer["capacity"], json!(5));
        let path = format!("/api/products/{}?destination=DE&currency=EUR", now.slug);
        let (_, seen) = call(&desks, "", "GET", &path, json!(null)).await;
        let offer = seen["offers"].as_array().unwrap().iter().find(|one| one["offer"] == desks.offer.as_str()).unwrap();
        assert_eq!(offer["supply"]["kind"], "made");
    });
}
