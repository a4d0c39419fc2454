//! Pieces taken out of an order before it is packed: at both desks, by API, by who may and once; and a packed parcel called back.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::{Id, Role};
use desk_world::calls::call_once;
use desk_world::{Desks, each, sign_in};
use orders::{Consignment, Line, State};
use parties::{NewApiKey, Organisation};
use serde_json::{Value, json};
use world::{Browser, between};

impl Desks {
    async fn key(&self, organisation: Id<Organisation>, role: Role) -> String {
        let new = NewApiKey { organisation, role, label: "take out".into() };
        self.store.write(move |tx| parties::create_api_key(tx, &new)).await.unwrap().1
    }

    async fn platform(&self) -> Id<Organisation> {
        self.store.read(parties::platform).await.unwrap().unwrap().id
    }

    async fn post(&self, path: &str, key: &str, once: &str, body: &Value) -> (StatusCode, Value) {
        call_once(self, key, once, "POST", path, body.clone()).await
    }

    fn id(&self) -> Id<Consignment> {
        self.consignment.parse().unwrap()
    }

    async fn state(&self) -> State {
        let id = self.id();
        self.store.read(move |db| orders::consignment(db, id)).await.unwrap().state
    }

    /// The seller's line, and one of somebody else's.
    async fn lines(&self) -> (Line, Line) {
        let (order, id) = (self.order.parse().unwrap(), self.id());
        let lines = self.store.read(move |db| orders::lines(db, order)).await.unwrap();
        let own = lines.iter().find(|line| line.consignment == id).unwrap().clone();
        (own, lines.iter().find(|line| line.consignment != id).unwrap().clone())
    }
}

fn of(line: &Line, pieces: i64) -> Value {
    json!({ "pieces": [{ "line": line.id.to_string(), "pieces": pieces }], "reason": "out_of_stock" })
}

#[test]
fn a_sellers_program_takes_out_what_it_packs_once() {
    each(async |desks| {
        let key = desks.key(desks.seller, Role::SellerStaff).await;
        let path = format!("/api/seller/consignments/{}/take-out", desks.consignment);
        let (own, other) = desks.lines().await;
        let mut preview = of(&own, 1);
        preview["preview"] = json!(true);
        let (status, seen) = desks.post(&path, &key, "seen", &preview).await;
        assert_eq!((status, &seen["done"]), (StatusCode::OK, &json!(false)), "{seen}");
        assert_eq!(desks.lines().await.0.called_off, 0, "to look changes nothing");
        let (status, done) = desks.post(&path, &key, "a", &of(&own, 1)).await;
        assert_eq!((status, &done["done"], &done["amount"]), (StatusCode::OK, &json!(true), &seen["amount"]), "{done}");
        let minor = |part: &str| done[part]["minor"].as_i64().unwrap();
        assert_eq!(minor("goods"), own.sums.goods.minor / 2);
        assert_eq!(minor("amount"), ["goods", "delivery", "duty", "tax", "fees"].into_iter().map(minor).sum::<i64>());
        assert_eq!((minor("delivery"), &done["cancelled"]), (0, &json!([])), "the rest is still sent: {done}");
        assert_eq!(desks.post(&path, &key, "a", &of(&own, 1)).await, (StatusCode::OK, done), "the same again");
        assert_eq!(desks.lines().await.0.called_off, 1, "is done once");
        for (body, code) in [
            (of(&other, 1), "not_in_order"),
            (json!({ "pieces": [{ "line": own.id.to_string(), "pieces": 1 }] }), "required"),
            (
                json!({ "pieces": [{ "line": own.id.to_string(), "pieces": 1 }], "reason": "changed_mind" }),
                "unknown_choice",
            ),
        ] {
            let (status, answer) = desks.post(&path, &key, "b", &body).await;
            let told = (status, &answer["errors"][0]["code"]);
            assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, &json!(code)), "{answer}");
        }
        let (status, answer) = desks.post(&path, &key, "c", &of(&own, 2)).await;
        assert_eq!((status, &answer["code"]), (StatusCode::CONFLICT, &json!("too_many_pieces")), "{answer}");
        let id = desks.id();
        desks.store.write(move |tx| orders::pack(tx, id).map(drop)).await.unwrap();
        let (status, answer) = desks.post(&path, &key, "d", &of(&own, 1)).await;
        assert_eq!((status, &answer["code"]), (StatusCode::CONFLICT, &json!("already_packed")), "{answer}");
        assert_eq!(desks.lines().await.0.called_off, 1);
    });
}

#[test]
fn an_order_is_made_smaller_by_its_sides_only() {
    each(async |desks| {
        let (own, _) = desks.lines().await;
        let path = format!("/api/orders/{}/take-out", desks.order);
        let (status, _) = desks.post(&path, "", "a", &of(&own, 1)).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        let seller = desks.key(desks.seller, Role::SellerOwner).await;
        let (status, _) = desks.post(&path, &seller, "a", &of(&own, 1)).await;
        assert_ne!(status, StatusCode::OK, "a seller has an address of its own");
        let platform = desks.platform().await;
        let service = desks.key(platform, Role::Service).await;
        let (status, answer) = desks.post(&path, &service, "a", &of(&own, 1)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{answer}");
        assert_eq!(desks.lines().await.0.called_off, 0);
        let operations = desks.key(platform, Role::Operations).await;
        let (status, answer) = desks.post(&path, &operations, "a", &of(&own, 2)).await;
        assert_eq!((status, &answer["cancelled"]), (StatusCode::OK, &json!([desks.consignment])), "{answer}");
        assert!(answer["delivery"]["minor"].as_i64().unwrap() > 0, "nobody carries it: {answer}");
        assert_eq!(desks.state().await, State::Cancelled);
        let unpaid = desks.unpaid.parse().unwrap();
        let line = desks.store.read(move |db| orders::lines(db, unpaid)).await.unwrap().remove(0);
        let path = format!("/api/orders/{}/take-out", desks.unpaid);
        let (status, answer) = desks.post(&path, &operations, "b", &of(&line, 1)).await;
        assert_eq!((status, &answer["code"]), (StatusCode::CONFLICT, &json!("not_paid")), "{answer}");
    });
}

/// Looks at what would go back, takes a piece out, and is at the order again.
async fn takes_one(browser: &mut Browser, back: &str, line: &Line) {
    let (path, field) = (format!("{back}/take-out"), format!("pieces-{}", line.id));
    assert!(browser.get(back).await.html.contains(&path), "the order's page leads there");
    let nothing = browser.get(&format!("{path}?look=1&reason=out_of_stock")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.html.contains("Choose at least one piece."), "{}", nothing.html);
    let seen = browser.get(&format!("{path}?look=1&reason=out_of_stock&{field}=1")).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(seen.html.contains("Delivery is paid back only when a whole parcel"), "{}", seen.html);
    assert!(seen.html.contains("The buyer is told why: out of stock."), "{}", seen.html);
    let key = between(&seen.html, "name=\"key\" value=\"", "\"").to_owned();
    let fields = [("key", key.as_str()), ("reason", "out_of_stock"), (field.as_str(), "1")];
    for _ in 0..2 {
        let done = browser.post(&path, &fields).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, back), "{}", done.html);
    }
    let again = [("key", "another"), ("reason", "out_of_stock"), (field.as_str(), "2")];
    let much = browser.post(&path, &again).await;
    assert_eq!(much.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(much.html.contains("So many pieces are not left in the order."), "{}", much.html);
    assert!(much.html.contains("value=\"2\""), "what was typed is kept");
}

#[test]
fn a_seller_takes_pieces_out_on_its_page() {
    each(async |desks| {
        let (own, _) = desks.lines().await;
        let mut seller = sign_in(&desks, "staff@lantau.example", "en-DE").await;
        let back = format!("/seller/orders/{}", desks.consignment);
        takes_one(&mut seller, &back, &own).await;
        assert_eq!(desks.lines().await.0.called_off, 1, "sent twice, done once");
        let page = seller.get(&back).await.html;
        assert!(page.contains("one taken out"), "{page}");
        let id = desks.id();
        desks.store.write(move |tx| orders::pack(tx, id).map(drop)).await.unwrap();
        let slip = seller.get(&format!("/seller/papers?id={}", desks.consignment)).await.html;
        assert_eq!(slip.matches("<td class=\"r\">1</td>").count(), 2, "the slip has what is in the parcel: {slip}");
        let late = seller.get(&format!("{back}/take-out")).await.html;
        assert!(late.contains("Nothing can be taken out any more"), "{late}");
    });
}

#[test]
fn the_operator_takes_pieces_out_on_its_page() {
    each(async |desks| {
        let (_, other) = desks.lines().await;
        let mut operator = sign_in(&desks, "operations@example.com", "en-DE").await;
        let back = format!("/console/orders/{}", desks.order);
        takes_one(&mut operator, &back, &other).await;
        let page = operator.get(&back).await.html;
        assert!(page.contains("What goes back") && page.contains("out of stock"), "{page}");
        assert_eq!(desks.lines().await.1.called_off, 1);
    });
}

#[test]
fn a_parcel_that_was_refunded_is_not_handed_over() {
    each(async |desks| {
        let id = desks.id();
        desks.store.write(move |tx| orders::pack(tx, id).map(drop)).await.unwrap();
        let key = desks.key(desks.platform().await, Role::Admin).await;
        let path = format!("/api/orders/{}/refund", desks.order);
        let all = json!({ "consignment": desks.consignment, "reason": "damaged" });
        let (status, answer) = desks.post(&path, &key, "all", &all).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        assert_eq!(desks.state().await, State::Cancelled);
        let mut seller = sign_in(&desks, "staff@lantau.example", "en-DE").await;
        let back = format!("/seller/orders/{}", desks.consignment);
        let page = seller.get(&back).await.html;
        assert!(page.contains("do not hand it over") && !page.contains("/seller/papers"), "{page}");
        seller.post(&format!("{back}/hand-over"), &[]).await;
        let said = seller.get(&back).await.html;
        assert!(said.contains("its label is void, put its goods back on the shelf"), "{said}");
        let key = desks.key(desks.seller, Role::SellerOwner).await;
        let path = format!("/api/seller/consignments/{}", desks.consignment);
        let (status, answer) = desks.post(&format!("{path}/hand-over"), &key, "go", &json!({})).await;
        assert_eq!((status, &answer["code"]), (StatusCode::CONFLICT, &json!("recalled")), "{answer}");
        let label = Request::get(format!("{path}/label.svg")).header(header::AUTHORIZATION, format!("Bearer {key}"));
        let label = Browser::new(&desks.app, "en").send(label.body(Body::empty()).unwrap()).await;
        assert_eq!(label.status, StatusCode::CONFLICT, "{}", label.html);
    });
}
