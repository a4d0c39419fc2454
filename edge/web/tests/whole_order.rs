//! One order from the basket to the bank, over everybody's pages: Jana buys, Lin Wei packs, the carrier brings it, Jana says that she
//! has it, Ilse Brandt sees what the tax office is owed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod picture;
mod world;

use axum::body::Body;
use axum::http::{Method, Request, header};
use base::{Currency, Id, Money};
use desk_world::calls::key;
use desk_world::{Desks, each, sign_in};
use logistics::{EventKind, NewEvent};
use orders::{Fulfilment, Order, Settlement, Whole};
use picture::png;
use world::buying::JANA;
use world::{Answer, Browser, between};

/// Everything of the order that this page shows.
async fn behind(desks: &Desks, page: &str) -> Whole {
    let order: Id<Order> = between(&format!("{page}."), "/order/", ".").parse().unwrap();
    desks.store.read(move |db| orders::whole(db, order)).await.unwrap()
}

/// What lies on all accounts in euro whose names begin so, in cents.
async fn lies(desks: &Desks, family: &'static str) -> i64 {
    let rows = desks.store.read(ledger::trial_balance).await.unwrap();
    let own = rows.iter().filter(|row| row.unit == "EUR" && row.code.starts_with(family));
    own.map(|row| row.credit - row.debit).sum()
}

/// Where the money of the order lies: with the seller, the operator, the carrier, customs and the tax office.
async fn shares(desks: &Desks) -> [i64; 5] {
    let mut found = [0; 5];
    for (at, family) in ["seller:", "income:commission", "carrier:", "duty:", "tax:"].into_iter().enumerate() {
        found[at] = lies(desks, family).await;
    }
    found
}

/// What the built-in carrier tells of a parcel at its end.
async fn the_carrier_brings_it(desks: &Desks, order: &Whole) {
    let order = order.order.id;
    let told = move |tx: &mut store::Tx| {
        for parcel in orders::parcels(tx, order)?.into_iter().filter_map(|one| one.label) {
            let (at, source_id) = (tx.now(), format!("{parcel}:delivered"));
            let kind = EventKind::Delivered;
            orders::journey(
                tx,
                &NewEvent { parcel, kind, at, place: "Berlin, DE".into(), source_id, detail: String::new() },
            )?;
        }
        Ok(())
    };
    desks.store.write(told).await.unwrap();
}

/// What the worker pays the seller.
async fn the_payout_comes(desks: &Desks) -> Vec<base::Money> {
    let seller = desks.seller;
    desks.store.write(move |tx| settlement::pay_out_due(tx, seller)).await.unwrap()
}

/// Two power banks at 25.43: goods 50.86, delivery 6.08, the Union's flat duty 3.00 and German tax 10.82 make 70.76. Lantau Power
/// keeps 46.79 after its commission of 8 %, which is 347.77 yuan on the day it is paid.
#[test]
fn jana_buys_two_and_everybody_has_what_is_theirs() {
    each(async |desks| {
        let mut jana = Browser::new(&desks.app, "en-DE");
        let mut lin = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let others = lies(&desks, "escrow:").await;

        jana.takes(&desks.offer, "2").await;
        assert!(jana.looks_at_the_checkout().await.0.html.contains("€70.76"), "what it costs at her door");
        let page = jana.pays(&JANA, "4242 4242 4242 4242").await.location;
        assert!(jana.get(&page).await.html.contains("Being packed"));
        assert_eq!(lies(&desks, "escrow:").await - others, 7_076);

        let sold = behind(&desks, &page).await;
        let consignment = sold.consignments[0].id.to_string();
        let packing = format!("/seller/orders/{consignment}");
        lin.post(&format!("{packing}/pack"), &[]).await;
        assert!(lin.get(&packing).await.html.contains("Packed: 1"));
        lin.post("/seller/orders", &[("deed", "hand-over"), ("id", &consignment)]).await;
        assert!(lin.get(&packing).await.html.contains("Journey of the parcel"));

        let confirm = format!("{page}/confirm");
        assert_eq!(jana.get(&confirm).await.location, page, "there is nothing to confirm before it is there");
        the_carrier_brings_it(&desks, &sold).await;
        assert!(jana.get(&confirm).await.html.contains("The €70.76 that we hold is then passed on"));
        assert_eq!(shares(&desks).await, [0; 5], "to ask gives nothing to anybody");
        jana.post(&confirm, &[]).await;
        assert_eq!(behind(&desks, &page).await.order.fulfilment, Fulfilment::Completed);

        assert_eq!(shares(&desks).await, [4_679, 407, 608, 300, 1_082]);
        assert_eq!(lies(&desks, "escrow:").await, others, "nothing of it is left, and nothing of others is touched");
        let balance = lin.get("/seller/balance").await.html;
        assert!(balance.contains("€46.79") && balance.contains("CN¥347.77"), "{balance}");
        assert_eq!(the_payout_comes(&desks).await, [], "not before its day");
        desks.store.clock().advance_seconds(7 * 86_400);
        assert_eq!(the_payout_comes(&desks).await, [Money::new(34_777, Currency::CNY)]);
        assert_eq!(the_payout_comes(&desks).await, [], "once");
        assert_eq!(behind(&desks, &page).await.order.settlement, Settlement::PaidOut);
        assert_eq!(shares(&desks).await, [0, 407, 608, 300, 1_082]);
        let mut lin = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let balance = lin.get("/seller/balance").await.html;
        assert!(balance.contains("CN¥347.77"), "paid so far: {balance}");
        let mut ilse = sign_in(&desks, "finance@example.com", "en-DE").await;
        assert!(ilse.get("/console/payables").await.html.contains("€10.82"), "the tax waits to be paid");
    });
}

/// What the API answers to a call with a token or a key.
async fn call(desks: &Desks, verb: Method, path: &str, (name, secret): (&str, &str), body: Vec<u8>) -> Answer {
    let media = if body.starts_with(b"{") { "application/json" } else { "image/png" };
    let request = Request::builder().method(verb).uri(path).header(name, secret).header(header::CONTENT_TYPE, media);
    Browser::new(&desks.app, "en").send(request.body(Body::from(body)).unwrap()).await
}

/// A lamp came in two halves: Jana's shop-app sends a picture of it, which she, the seller and nobody else may see.
#[test]
fn jana_shows_what_came_broken_to_whom_it_concerns() {
    each(async |desks| {
        let mut jana = Browser::new(&desks.app, "en-DE");
        jana.takes(&desks.offer, "2").await;
        jana.looks_at_the_checkout().await;
        let page = jana.pays(&JANA, "4242 4242 4242 4242").await.location;
        let sold = behind(&desks, &page).await;
        let (order, consignment, line) = (sold.order.id, sold.consignments[0].id, sold.lines[0].id);
        let sent =
            move |tx: &mut store::Tx| orders::pack(tx, consignment).and_then(|_| orders::hand_over(tx, consignment));
        desks.store.write(move |tx| sent(tx).map(drop)).await.unwrap();
        the_carrier_brings_it(&desks, &sold).await;

        let token = ("order-token", page.trim_start_matches("/order/"));
        let wish = serde_json::json!({ "consignment": consignment, "pieces": [{ "line": line, "pieces": 1 }],
            "kind": "damaged", "wish": "money_back", "words": "It came in two halves." });
        let made =
            call(&desks, Method::POST, &format!("/api/orders/{order}/claims"), token, wish.to_string().into()).await;
        assert_eq!(made.status, 200, "{}", made.html);
        let claim = between(&made.html, "\"id\":\"clm_", "\"").to_owned();
        let pictures = format!("/api/claims/clm_{claim}/pictures");
        let stranger = ("order-token", "ord_1.nobody");
        assert_eq!(call(&desks, Method::POST, &pictures, stranger, png(64, 48, 7)).await.status, 404);
        let no_picture = call(&desks, Method::POST, &pictures, token, b"<svg/>".to_vec()).await;
        assert_eq!(no_picture.status, 422, "{}", no_picture.html);
        let shown = call(&desks, Method::POST, &pictures, token, png(64, 48, 7)).await;
        assert_eq!(shown.status, 200, "{}", shown.html);
        let url = format!("{pictures}/{}", between(&shown.html, "/pictures/", "\""));
        assert_eq!(call(&desks, Method::GET, &url, token, Vec::new()).await.status, 200);
        let key = format!("Bearer {}", key(&desks, base::Role::SellerOwner).await);
        assert_eq!(call(&desks, Method::GET, &url, ("authorization", &key), Vec::new()).await.status, 200, "Lin's key");
        assert_eq!(call(&desks, Method::GET, &url, stranger, Vec::new()).await.status, 404);
    });
}
