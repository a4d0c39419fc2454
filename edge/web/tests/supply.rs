//! The shop sells what a supplier supplies: agreed, priced and put on sale by API and on pages, bought under the shop's name, and
//! shown to the supplier as far as it is its own.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use base::{Id, Role};
use catalog::Variant;
use desk_world::calls::{call, key};
use desk_world::{Desks, each, sign_in};
use offers::Offer;
use serde_json::{Value, json};
use world::Browser;

/// Terms with the seller under which it supplies by `mode`, beside those of the marketplace.
async fn supplying(desks: &Desks, admin: &str, mode: &str) -> String {
    let terms = json!({ "organisation": desks.seller.to_string(), "mode": mode, "currency": "USD" });
    let (status, agreed) = call(desks, admin, "POST", "/api/agreements", terms).await;
    assert_eq!(status, StatusCode::CREATED, "{agreed}");
    agreed["id"].as_str().unwrap().to_owned()
}

/// The variant and the warehouse's code of the seller's own offer.
fn own(desks: &Desks) -> (Id<Variant>, String) {
    let offer: Id<Offer> = desks.offer.parse().unwrap();
    let read = move |db: &mut store::Read| {
        let offer = offers::offer(db, offer)?;
        Ok((offer.variant, stock::warehouse(db, offer.warehouse)?.code))
    };
    desks.store.read_blocking(read).unwrap()
}

#[test]
fn a_supply_price_comes_first_and_the_shop_puts_it_on_sale() {
    each(async |desks| {
        let (admin, owner) = (key(&desks, Role::Admin).await, key(&desks, Role::SellerOwner).await);
        let agreement = supplying(&desks, &admin, "dropship").await;
        let (variant, warehouse) = own(&desks);
        let kept = json!({ "organisation": desks.seller.to_string(), "mode": "fully_managed", "currency": "USD", "commission_bp": 5 });
        let (status, told) = call(&desks, &admin, "POST", "/api/agreements", kept).await;
        assert_eq!((status, &told["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("commission_bp")));

        let sale = json!({ "agreement": agreement, "variant": variant.to_string(), "warehouse": warehouse,
            "price": { "minor": 4900, "currency": "EUR" } });
        let (status, told) = call(&desks, &admin, "PUT", "/api/supply-offers", sale.clone()).await;
        assert_eq!((status, &told["code"]), (StatusCode::CONFLICT, &json!("no_supply_price")));
        let price = |minor: i64, currency: &str| {
            json!({ "agreement": agreement, "variant": variant.to_string(),
            "price": { "minor": minor, "currency": currency } })
        };
        for by in [&owner, "ek_nobodys"] {
            let (status, _) = call(&desks, by, "PUT", "/api/supply-prices", price(100, "USD")).await;
            assert!([StatusCode::FORBIDDEN, StatusCode::UNAUTHORIZED].contains(&status));
        }
        let (status, told) = call(&desks, &admin, "PUT", "/api/supply-prices", price(1200, "EUR")).await;
        assert_eq!((status, &told["errors"][0]["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("supply_currency")));
        let (status, told) = call(&desks, &admin, "PUT", "/api/supply-prices", price(1200, "USD")).await;
        assert_eq!((status, &told["changed"]), (StatusCode::OK, &json!(true)), "{told}");
        let list = format!("/api/seller/supply-prices?agreement={agreement}");
        let (status, told) = call(&desks, &owner, "GET", &list, json!({})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let prices: Vec<&Value> =
            told["goods"].as_array().unwrap().iter().filter(|one| !one["price"].is_null()).collect();
        assert_eq!((prices.len(), &prices[0]["price"]["minor"]), (1, &json!(1200)));

        // The seller sells the very variant on the marketplace from there: under the new terms the shop does.
        let (status, told) = call(&desks, &admin, "PUT", "/api/supply-offers", sale).await;
        assert_eq!((status, &told["changed"]), (StatusCode::OK, &json!(true)), "{told}");
        let own = json!({ "variant": variant.to_string(), "warehouse": warehouse, "agreement": agreement,
            "price": { "minor": 1, "currency": "EUR" } });
        let (status, told) = call(&desks, &owner, "PUT", "/api/seller/offers", own).await;
        assert_eq!((status, &told["code"]), (StatusCode::FORBIDDEN, &json!("price_set_by_shop")));

        let mut supplier = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let page = supplier.get("/seller/settings/supply").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        assert!(page.html.contains("$12.00") && !page.html.contains("name=\"supply\""), "{}", page.html);
        let one = supplier.get(&format!("/seller/settings/supply/{variant}")).await;
        assert!(one.html.contains("$12.00") && !one.html.contains("name=\"deed\""), "{}", one.html);
        let offer = supplier.get(&format!("/seller/offers/{}", desks.offer)).await;
        assert!(offer.html.contains("The shop sells this") && !offer.html.contains("name=\"price\""), "{}", offer.html);
        assert!(supplier.get("/seller/settings").await.html.contains("/seller/settings/supply"));
    });
}

#[test]
fn the_console_agrees_a_price_and_sells_on_one_page() {
    each(async |desks| {
        let admin = key(&desks, Role::Admin).await;
        let agreement = supplying(&desks, &admin, "fully_managed").await;
        let (variant, theirs) = own(&desks);
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let seller = format!("/console/sellers/{}", desks.seller);
        assert!(operator.get(&seller).await.html.contains(&format!("{seller}/supply")));
        let list = operator.get(&format!("{seller}/supply")).await;
        assert!(list.html.contains("Not agreed yet") && list.html.contains(&variant.to_string()), "{}", list.html);
        let page = format!("{seller}/supply/{variant}");
        let shown = operator.get(&format!("{page}?agreement={agreement}")).await;
        assert!(shown.html.contains("name=\"supply\"") && !shown.html.contains("name=\"warehouse\""), "{}", shown.html);
        let wrong = operator.post(&page, &[("deed", "agree"), ("agreement", &agreement), ("supply", "0")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.html.contains("id=\"supply-error\""), "{}", wrong.html);
        let past = [("deed", "agree"), ("agreement", &agreement), ("supply", "9.50"), ("valid_from", "2020-01-01")];
        assert!(operator.post(&page, &past).await.html.contains("id=\"valid_from-error\""));
        let good = [("deed", "agree"), ("agreement", agreement.as_str()), ("supply", "9.50")];
        assert_eq!(operator.post(&page, &good).await.status, StatusCode::SEE_OTHER);
        let shown = operator.get(&format!("{page}?agreement={agreement}")).await;
        assert!(shown.html.contains("$9.50") && shown.html.contains("name=\"warehouse\""), "{}", shown.html);

        let house = desks
            .store
            .read(|db| {
                let platform = parties::platform(db)?.unwrap().id;
                Ok(stock::warehouses(db, Some(platform.raw()), "", 5)?.remove(0).code)
            })
            .await
            .unwrap();
        let sell = |at: &str| {
            vec![
                ("deed", "sell".to_owned()),
                ("agreement", agreement.clone()),
                ("price", "39".into()),
                ("currency", "EUR".into()),
                ("warehouse", at.to_owned()),
                ("quantity", "4".into()),
            ]
        };
        let post = async |browser: &mut Browser, fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post(&page, &fields).await
        };
        let elsewhere = post(&mut operator, sell(&theirs)).await;
        assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "the supplier's own warehouse is not offered");
        assert_eq!(post(&mut operator, sell(&house)).await.status, StatusCode::SEE_OTHER);
        let offers = desks
            .store
            .read(move |db| {
                let product = catalog::variant(db, variant)?.product;
                offers::facts_of_product(db, product)
            })
            .await
            .unwrap();
        let sold = offers.iter().find(|one| one.terms.is_supplied()).unwrap();
        assert_eq!((sold.price.minor, sold.available, sold.on_sale), (3_900, 4, true));
        assert_ne!(sold.sold_by, sold.organisation);
        let shown = operator.get(&format!("{page}?agreement={agreement}")).await;
        assert!(shown.html.contains("€39.00") && shown.html.contains(&house), "{}", shown.html);
        let mut clerk = sign_in(&desks, "finance@example.com", "en-DE").await;
        assert_eq!(clerk.post(&page, &good).await.status, StatusCode::FORBIDDEN);
    });
}
