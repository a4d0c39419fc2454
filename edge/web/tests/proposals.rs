//! A seller or the operator proposes a change of an order; the buyer sees it and says yes or no: on pages and by API.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use base::{Id, Role};
use desk_world::{Desks, calls, each, sign_in};
use orders::{Consignment, Line, Order};
use serde_json::{Value, json};
use world::{Browser, between};

impl Desks {
    /// A link of its buyer to the order.
    async fn link(&self) -> String {
        let order: Id<Order> = self.order.parse().unwrap();
        let token = self.store.write(move |tx| orders::mail_access(tx, order)).await.unwrap();
        format!("/order/{token}")
    }

    /// The seller's line that is to be sent.
    async fn own(&self) -> Line {
        let (order, known) = (self.order.parse().unwrap(), self.consignment.parse::<Id<Consignment>>().unwrap());
        let lines = self.store.read(move |db| orders::lines(db, order)).await.unwrap();
        lines.into_iter().find(|line| line.consignment == known).unwrap()
    }

    async fn live(&self) -> usize {
        let order = self.order.parse().unwrap();
        let whole = self.store.read(move |db| orders::whole(db, order)).await.unwrap();
        whole.consignments.iter().filter(|one| one.replaced_by.is_some()).count()
    }
}

/// Proposes one piece less on the desk's page, as the page leads there.
async fn proposes(browser: &mut Browser, back: &str, line: &Line) {
    let (path, field) = (format!("{back}/change"), format!("pieces-{}", line.id));
    assert!(browser.get(back).await.html.contains(&path), "the order's page leads there");
    let same = browser.get(&format!("{path}?look=1&reason=out_of_stock&{field}=2")).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(same.html.contains("change something first"), "{}", same.html);
    let sku = browser.get(&format!("{path}?look=1&reason=out_of_stock&sku=no-such")).await;
    assert!(sku.html.contains("nothing on sale with this SKU"), "{}", sku.html);
    let seen = browser.get(&format!("{path}?look=1&reason=out_of_stock&words=Only+one.&{field}=1")).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.html);
    assert!(seen.html.contains("This is what the buyer is asked") && seen.html.contains("Goes back to the buyer"));
    let fields = [("reason", "out_of_stock"), ("words", "Only one."), (field.as_str(), "1")];
    let done = browser.post(&path, &fields).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, path.as_str()), "{}", done.html);
    assert!(browser.get(&path).await.html.contains("waits for the buyer’s answer"));
}

#[test]
fn a_buyer_says_no_and_then_yes_to_a_seller() {
    each(async |desks| {
        let (own, link) = (desks.own().await, desks.link().await);
        let mut seller = sign_in(&desks, "staff@lantau.example", "en-DE").await;
        let mut buyer = Browser::new(&desks.app, "en");
        let back = format!("/seller/orders/{}", desks.consignment);
        let change = format!("{link}/change");
        proposes(&mut seller, &back, &own).await;
        let order = buyer.get(&link).await.html;
        assert!(order.contains("proposes a change") && order.contains("See the proposal"), "{order}");
        let asked = buyer.get(&change).await.html;
        assert!(asked.contains("Only one.") && asked.contains("out of stock"), "{asked}");
        assert!(!asked.contains("See what it costs"), "first the answer: {asked}");
        assert_eq!(buyer.post(&change, &[("do", "leave")]).await.location, link);
        assert_eq!(desks.live().await, 0);
        assert!(seller.get(&format!("{back}/change")).await.html.contains("the buyer said no"));

        proposes(&mut seller, &back, &own).await;
        let asked = buyer.get(&change).await.html;
        let id = between(&asked, "name=\"amendment\" value=\"", "\"").to_owned();
        for _ in 0..2 {
            let yes = buyer.post(&change, &[("do", "agree"), ("amendment", &id)]).await;
            assert_eq!((yes.status, yes.location.as_str()), (StatusCode::SEE_OTHER, link.as_str()), "{}", yes.html);
        }
        assert_eq!(desks.live().await, 1, "one made way, once");
        assert!(!buyer.get(&link).await.html.contains("proposes a change"));
    });
}

#[test]
fn the_operator_asks_too_and_changes_the_address() {
    each(async |desks| {
        let (own, link) = (desks.own().await, desks.link().await);
        let mut operator = sign_in(&desks, "operations@example.com", "en-DE").await;
        let back = format!("/console/orders/{}", desks.order);
        proposes(&mut operator, &back, &own).await;
        let mut buyer = Browser::new(&desks.app, "en");
        assert!(buyer.get(&link).await.html.contains("proposes a change"));
        let page = operator.get(&format!("{back}/change")).await.html;
        let id = between(&page, "name=\"amendment\" value=\"", "\"").to_owned();
        operator.post(&format!("{back}/change"), &[("do", "withdraw"), ("amendment", &id)]).await;
        assert!(!buyer.get(&link).await.html.contains("proposes a change"));
        let address = format!("{back}/address");
        assert!(operator.get(&back).await.html.contains(&address));
        let fields = [
            ("name", "Jana Köhler"),
            ("street", "Linienstraße 1"),
            ("postcode", "10119"),
            ("city", "Berlin"),
            ("phone", "+49 30 1234567"),
        ];
        let wrong = operator.post(&address, &[("name", "Jana Köhler"), ("street", "")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = operator.post(&address, &fields).await;
        assert_eq!(done.location, back, "{}", done.html);
        assert!(operator.get(&back).await.html.contains("Linienstraße 1"));
    });
}

#[test]
fn programs_of_sellers_and_the_operator_ask_and_only_the_buyer_answers() {
    each(async |desks| {
        let own = desks.own().await;
        let seller = calls::key(&desks, Role::SellerStaff).await;
        let admin = calls::key(&desks, Role::Admin).await;
        let path = format!("/api/seller/orders/{}/amendments", desks.order);
        let less = |reason: Value| json!({ "lines": [{ "line": own.id.to_string(), "pieces": 1 }], "reason": reason });
        let call =
            async |key: &str, method: &str, path: &str, body: Value| calls::call(&desks, key, method, path, body).await;
        let (status, told) = call(&seller, "POST", &path, json!({ "lines": [] })).await;
        assert_eq!((status, &told["errors"][0]["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("required")));
        let mut preview = less(json!("out_of_stock"));
        preview["preview"] = json!(true);
        let (status, seen) = call(&seller, "POST", &path, preview).await;
        assert_eq!((status, seen["replaces"][0].clone()), (StatusCode::OK, json!(desks.consignment)), "{seen}");
        let (status, known) = call(&seller, "POST", &path, less(json!("out_of_stock"))).await;
        assert_eq!((status, &known["by"]), (StatusCode::CREATED, &json!("seller")), "{known}");
        assert_eq!(known["total"], seen["total"]);
        let id = known["id"].as_str().unwrap().to_owned();
        let agree = format!("/api/orders/{}/amendments/{id}/agree", desks.order);
        let (status, told) = call(&admin, "POST", &agree, json!({})).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{told}");
        let (status, told) =
            call(&admin, "POST", &format!("/api/orders/{}/amendments", desks.order), less(json!("damaged"))).await;
        assert_eq!((status, &told["code"]), (StatusCode::CONFLICT, &json!("amendment_open")), "{told}");
        let (status, listed) = call(&seller, "GET", &path, Value::Null).await;
        assert_eq!((status, &listed["amendments"][0]["id"]), (StatusCode::OK, &json!(id)), "{listed}");
        let (status, gone) = call(&seller, "DELETE", &format!("{path}/{id}"), Value::Null).await;
        assert_eq!((status, &gone["why"]), (StatusCode::OK, &json!("withdrawn")), "{gone}");
        let (status, offered) =
            call(&admin, "POST", &format!("/api/orders/{}/amendments", desks.order), less(json!("damaged"))).await;
        assert_eq!((status, &offered["by"]), (StatusCode::CREATED, &json!("operator")), "{offered}");
        let its = offered["id"].as_str().unwrap();
        let (status, _) = call(&seller, "DELETE", &format!("{path}/{its}"), Value::Null).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "it is not the seller's");
        assert_eq!(desks.live().await, 0);
    });
}
