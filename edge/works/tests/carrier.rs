//! Parcels through Karrio from end to end: a label asked for, bought once, refused, taken back; news by webhook and by asking.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../../web/tests/desk_world/mod.rs"]
mod desk_world;
#[path = "../../connect/tests/fake_karrio/mod.rs"]
mod fake_karrio;
#[path = "../../web/tests/world/mod.rs"]
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::Id;
use connect::karrio::{Karrio, Settings};
use connect::{Peers, Secret};
use desk_world::{Desks, desks, sign_in};
use fake_karrio::{Fake, KEY, WEBHOOK_SECRET};
use logistics::{Booking, BookingState, EventKind};
use orders::{Consignment, State};
use serde_json::{Value, json};
use std::sync::Arc;
use store::testing;
use works::House;
use works::worker;
use world::{Answer, Browser, between};

struct Shop {
    fake: Fake,
    house: House,
    desks: Desks,
    consignment: Id<Consignment>,
}

/// Runs `test` on every engine, over a shop whose parcels go through the stand-in.
fn each(test: impl AsyncFn(Shop)) {
    for (engine, store) in testing::stores(works::schemas()) {
        println!("on {engine}");
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let (fake, address) = Fake::start().await;
            let secret = |text: &str| text.parse::<Secret>().unwrap();
            let settings = Settings { address, key: secret(KEY), webhook_secret: Some(secret(WEBHOOK_SECRET)) };
            let carrier = Arc::new(Karrio::new(&Peers::new(true), settings).unwrap());
            let make = move || {
                world::furnish(&store);
                let house = House::new(store.clone()).unwrap().booking_through(Some(carrier));
                let app = house.pages(&web::SURFACES, frame::Config::default()).unwrap();
                (house, desks(store, app))
            };
            let (house, desks) = tokio::task::spawn_blocking(make).await.unwrap();
            let consignment = desks.consignment.parse().unwrap();
            test(Shop { fake, house, desks, consignment }).await;
        });
    }
}

impl Shop {
    async fn seller(&self, language: &str) -> Browser {
        sign_in(&self.desks, "owner@lantau.example", language).await
    }

    fn path(&self) -> String {
        format!("/seller/orders/{}", self.consignment)
    }

    async fn pack(&self, seller: &mut Browser) -> Answer {
        let answer = seller.post(&format!("{}/pack", self.path()), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
        seller.get(&self.path()).await
    }

    /// What the worker does now, and after the pause that follows a failure.
    async fn work(&self) {
        worker::run_due(&self.house).await.unwrap();
    }

    async fn work_later(&self) {
        self.desks.store.clock().advance_seconds(60);
        self.work().await;
    }

    async fn consignment(&self) -> Consignment {
        let id = self.consignment;
        self.desks.store.read(move |db| orders::consignment(db, id)).await.unwrap()
    }

    async fn booking(&self) -> Booking {
        let of = self.parcel().await.id.raw();
        self.desks.store.read(move |db| logistics::booking_of(db, of)).await.unwrap().unwrap()
    }

    async fn parcel(&self) -> orders::Parcel {
        let order = self.consignment().await.order;
        self.desks.store.read(move |db| orders::parcels(db, order)).await.unwrap().pop().unwrap()
    }

    async fn kinds(&self) -> Vec<EventKind> {
        let parcel = self.parcel().await.label.unwrap();
        let journey = self.desks.store.read(move |db| logistics::journey(db, parcel)).await.unwrap();
        journey.events.iter().map(|event| event.kind).collect()
    }

    async fn webhook(&self, secret: Option<&str>, body: &str) -> StatusCode {
        let mut request = Request::post("/webhooks/carriers/karrio").header("content-type", "application/json");
        if let Some(secret) = secret {
            request = request.header("X-Event-Id", secret);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        Browser::new(&self.desks.app, "en").send(request).await.status
    }

    async fn booked(&self) -> String {
        self.pack(&mut self.seller("en-DE").await).await;
        self.work().await;
        let parcel = self.parcel().await.label.expect("booked");
        self.desks.store.read(move |db| logistics::parcel(db, parcel)).await.unwrap().tracking
    }

    async fn audit(&self) {
        let report = self.desks.store.read(sim::audit).await.unwrap();
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}

fn way() -> Value {
    json!([
        { "date": "2026-11-22", "time": "10:20", "status": "delivered", "description": "Delivered", "location": "Berlin, DE" },
        { "date": "2026-11-22", "time": "07:30", "status": "out_for_delivery", "description": "With courier" },
        { "date": "2026-11-21", "time": "06:00", "status": "in_transit", "description": "Arrived at hub", "location": "Leipzig, DE" },
        { "date": "2026-11-20", "time": "18:00", "status": "picked_up", "description": "Picked up", "location": "Shenzhen, CN" },
    ])
}

#[test]
fn a_label_is_asked_for_bought_and_given_to_the_seller() {
    each(async |shop| {
        let mut seller = shop.seller("en-DE").await;
        let page = shop.pack(&mut seller).await;
        assert!(page.html.contains("The carrier is making the label"), "{}", page.html);
        assert!(!page.html.contains("/pack\""), "not asked twice");
        assert_eq!(shop.consignment().await.state, State::ToPack, "packed when the label is there");
        shop.work().await;
        let packed = shop.consignment().await;
        assert_eq!(packed.state, State::Packed);
        let draft = shop.fake.books().shipments[0].clone();
        let goods = &draft["customs"]["commodities"][0];
        assert_eq!(
            (draft["services"][0].as_str(), draft["recipient"]["city"].as_str()),
            (Some("dhl_express_worldwide_nondoc"), Some("Berlin"))
        );
        assert!(
            goods["hs_code"].is_string() && goods["value_amount"].is_number() && goods["origin_country"] == "CN",
            "{draft}"
        );
        assert_eq!((&goods["quantity"], &draft["customs"]["incoterm"]), (&json!(2), &json!("DDP")));
        assert_eq!(draft["order_id"], shop.desks.number.as_str());
        assert_eq!(draft["options"]["currency"], goods["value_currency"], "or it is declared in yuan");
        let page = seller.get(&shop.path()).await;
        assert!(
            page.html.contains("JD010001") && page.html.contains("Carrier's label")
                || page.html.contains("Carrier&#x27;s label"),
            "{}",
            page.html
        );
        let label = seller.get(&format!("{}/documents/label", shop.path())).await;
        assert_eq!(
            (label.status, label.headers["content-type"].to_str().unwrap()),
            (StatusCode::OK, "application/pdf")
        );
        assert!(label.html.starts_with("%PDF-1.4 label"));
        assert!(seller.get(&format!("{}/documents/invoice", shop.path())).await.html.starts_with("%PDF-1.4 invoice"));
        let papers = seller.get(&format!("/seller/papers?id={}", shop.consignment)).await;
        assert!(papers.html.contains("The carrier made this label"), "{}", papers.html);
        assert!(!papers.html.contains("width=\"100mm\""), "no label of our own");
        let mut other = sign_in(&shop.desks, "owner@other.example", "en-DE").await;
        assert_eq!(other.get(&format!("{}/documents/label", shop.path())).await.status, StatusCode::NOT_FOUND);
        seller.post(&format!("{}/hand-over", shop.path()), &[]).await;
        assert_eq!(shop.consignment().await.state, State::HandedOver);
        let mut operator = sign_in(&shop.desks, "operator@example.com", "zh-CN").await;
        let health = operator.get("/console/health").await;
        assert!(health.html.contains("karrio") && health.html.contains("127.0.0.1"), "{}", health.html);
        assert_eq!(operator.get(&format!("/console/orders/{}", shop.desks.order)).await.status, StatusCode::OK);
        assert_eq!(operator.get("/console/trail").await.status, StatusCode::OK);
        shop.audit().await;
    });
}

#[test]
fn lost_answers_and_a_silent_carrier_never_buy_twice() {
    each(async |shop| {
        let mut seller = shop.seller("en-DE").await;
        shop.fake.books().down = true;
        shop.pack(&mut seller).await;
        shop.work().await;
        let page = seller.get(&shop.path()).await;
        assert!(page.html.contains("has not answered yet and is asked again"), "{}", page.html);
        shop.fake.books().down = false;
        shop.fake.books().lose_answer = true;
        shop.work_later().await;
        assert_eq!(shop.fake.counts(), (1, 0), "prepared; nobody heard");
        shop.desks.store.clock().advance_seconds(60);
        let known = shop.booking().await;
        // Found by its reference, and then the answer to the purchase is lost.
        let found = shop.house.carriers().outside().unwrap().prepare(&known).await.unwrap();
        assert_eq!(found, logistics::Said::Done("shp_0".into()));
        shop.fake.books().lose_answer = true;
        shop.work().await;
        assert_eq!((shop.fake.counts().1, shop.consignment().await.state), (1, State::ToPack));
        assert_eq!(shop.booking().await.shipment, "shp_0", "kept before anything was bought");
        shop.work_later().await;
        shop.work_later().await;
        assert_eq!(shop.fake.counts(), (1, 1), "bought once");
        assert_eq!(shop.consignment().await.state, State::Packed);
        shop.pack(&mut seller).await;
        shop.work_later().await;
        assert_eq!(shop.fake.books().bought, 1, "packing again gives the same parcel");
        shop.audit().await;
    });
}

#[test]
fn a_refusal_is_told_in_the_sellers_language_and_can_be_asked_anew() {
    each(async |shop| {
        let mut seller = shop.seller("zh-CN").await;
        let says =
            json!({ "messages": [{ "carrier_name": "dhl_express", "message": "Recipient postal code is invalid" }] });
        shop.fake.books().refuse = Some((424, says));
        shop.pack(&mut seller).await;
        shop.work().await;
        assert_eq!(shop.booking().await.state, BookingState::Refused);
        let page = seller.get(&shop.path()).await;
        assert!(
            page.html.contains("承运商未能制作面单") && page.html.contains("Recipient postal code is invalid"),
            "{}",
            page.html
        );
        assert!(page.html.contains("再次请求承运商"));
        shop.work_later().await;
        assert_eq!(shop.fake.books().bought, 0, "nobody asks anew but the seller");
        shop.pack(&mut seller).await;
        shop.work().await;
        assert_eq!((shop.booking().await.state, shop.consignment().await.state), (BookingState::Booked, State::Packed));
        assert_eq!(shop.fake.counts(), (2, 1), "a booking of its own");
        shop.audit().await;
    });
}

#[test]
fn news_come_by_webhook_and_by_asking_in_any_order_and_as_often_as_they_like() {
    each(async |shop| {
        shop.booked().await;
        shop.desks.store.clock().advance_seconds(3 * 86_400);
        let first = shop.fake.reports("in_transit", json!([way()[2].clone(), way()[3].clone()])).to_string();
        let last = shop.fake.reports("delivered", way()).to_string();
        for (secret, body) in [(None, &last), (Some("whsec_guess"), &last), (Some(""), &last)] {
            assert_eq!(shop.webhook(secret, body).await, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(shop.kinds().await, [EventKind::Labelled], "a forged webhook changes nothing");
        for body in [&last, &first, &last] {
            assert_eq!(shop.webhook(Some(WEBHOOK_SECRET), body).await, StatusCode::NO_CONTENT);
        }
        use EventKind::*;
        assert_eq!(shop.kinds().await, [Labelled, Accepted, Arrived, OutForDelivery, Delivered]);
        let delivered = shop.consignment().await;
        assert_eq!(
            (delivered.state, delivered.delivered_at.unwrap().to_string()),
            (State::Delivered, "2026-11-22T10:20:00Z".into())
        );
        assert!(delivered.handed_over_at.is_some(), "the carrier had it before anybody said so here");
        shop.work().await;
        assert!(shop.fake.books().requests.contains(&"GET tracker".to_owned()), "asked, too");
        assert_eq!(shop.kinds().await.len(), 5, "the same news");
        let strangers = last.replace("jd01 0001", "jd99 9999");
        assert_eq!(shop.webhook(Some(WEBHOOK_SECRET), &strangers).await, StatusCode::NO_CONTENT, "not ours");
        let other = json!({ "event": "shipment_purchased", "data": { "id": "shp_9" } }).to_string();
        assert_eq!(shop.webhook(Some(WEBHOOK_SECRET), &other).await, StatusCode::NO_CONTENT);
        for junk in ["", "[]", "{\"event\":\"tracker_updated\",\"data\":{}}"] {
            assert_eq!(shop.webhook(Some(WEBHOOK_SECRET), junk).await, StatusCode::UNPROCESSABLE_ENTITY, "{junk}");
        }
        shop.audit().await;
    });
}

#[test]
fn asking_alone_brings_a_parcel_to_its_door() {
    each(async |shop| {
        shop.booked().await;
        let asked = || shop.fake.books().requests.iter().filter(|one| *one == "GET tracker").count();
        assert_eq!(asked(), 0, "not before two hours are over");
        shop.desks.store.clock().advance_seconds(2 * 3600);
        shop.work().await;
        assert_eq!((asked(), shop.kinds().await), (1, vec![EventKind::Labelled]), "nobody has scanned it");
        shop.fake.reports("delivered", way());
        shop.desks.store.clock().advance_seconds(3 * 86_400);
        shop.work().await;
        assert_eq!((asked(), shop.consignment().await.state), (2, State::Delivered));
        shop.desks.store.clock().advance_seconds(86_400);
        shop.work().await;
        assert_eq!(asked(), 2, "it has arrived");
    });
}

#[test]
fn what_karrio_makes_up_is_no_stop_on_the_way() {
    each(async |shop| {
        assert_eq!(shop.booked().await, "JD010001", "the carrier's number, not ours");
        shop.desks.store.clock().advance_seconds(3 * 86_400);
        let collected =
            json!([{ "date": "2026-11-20", "time": "06:00 PM", "status": "in_transit", "description": "Collected" }]);
        let body = shop.fake.reports("in_transit", collected).to_string();
        assert_eq!(shop.webhook(Some(WEBHOOK_SECRET), &body).await, StatusCode::NO_CONTENT);
        assert_eq!(shop.kinds().await, [EventKind::Labelled, EventKind::Accepted]);
        shop.work().await;
        assert_eq!(shop.kinds().await.len(), 2, "the same by asking");
        shop.audit().await;
    });
}

#[test]
fn a_parcel_that_nobody_follows_is_followed_under_the_carriers_number() {
    each(async |shop| {
        shop.fake.books().untracked = true;
        shop.booked().await;
        shop.desks.store.clock().advance_seconds(2 * 3600);
        shop.work().await;
        assert_eq!(shop.kinds().await, [EventKind::Labelled]);
        assert_eq!(shop.fake.books().trackers[0]["tracking_number"], "jd01 0001");
        shop.fake.reports("delivered", way());
        shop.desks.store.clock().advance_seconds(3 * 86_400);
        shop.work().await;
        assert_eq!(shop.consignment().await.state, State::Delivered);
        assert_eq!(shop.fake.books().trackers.len(), 1);
        shop.audit().await;
    });
}

impl Shop {
    /// A label is bought, nobody hears of it, and the order is called off.
    async fn call_off_unheard(&self) {
        self.pack(&mut self.seller("en-DE").await).await;
        self.fake.books().down = true;
        self.work().await;
        self.fake.books().down = false;
        let known = self.booking().await;
        let carriers = self.house.carriers();
        let carrier = carriers.outside().unwrap();
        let logistics::Said::Done(shipment) = carrier.prepare(&known).await.unwrap() else { panic!("refused") };
        let known = Booking { shipment, ..known };
        carrier.buy(&known).await.unwrap();
        let id = self.consignment().await.order;
        self.desks.store.write(move |tx| settlement::cancel(tx, id, "changed_mind").map(drop)).await.unwrap();
    }
}

fn says(code: &str, message: &str) -> Value {
    json!({ "messages": [{ "carrier_name": "dhl_express", "code": code, "message": message }] })
}

#[test]
fn a_carrier_that_is_lost_while_it_makes_a_label_is_not_asked_twice() {
    each(async |shop| {
        shop.fake.books().refuse = Some((424, says("SHIPPING_SDK_INTERNAL_ERROR", "timed out")));
        shop.pack(&mut shop.seller("en-DE").await).await;
        shop.work().await;
        let refused = shop.booking().await;
        assert_eq!(refused.state, BookingState::Refused);
        let says = "dhl_express: timed out. Nobody knows whether the carrier made a label";
        assert!(refused.problem.starts_with(says), "{}", refused.problem);
        shop.work_later().await;
        assert_eq!(shop.fake.counts(), (1, 0));
    });
}

#[test]
fn a_carrier_that_is_not_reached_is_asked_again_to_take_a_label_back() {
    each(async |shop| {
        shop.call_off_unheard().await;
        shop.fake.books().keep = Some((424, says("SHIPPING_SDK_INTERNAL_ERROR", "timed out")));
        shop.work().await;
        assert_eq!(shop.booking().await.state, BookingState::Void, "not kept: nobody was asked");
        shop.work_later().await;
        assert_eq!(shop.booking().await.state, BookingState::Voided);
        assert_eq!(shop.fake.books().shipments[0]["status"], "cancelled");
    });
}

#[test]
fn a_label_is_kept_when_the_carrier_says_so_or_its_account_is_gone() {
    each(async |shop| {
        shop.call_off_unheard().await;
        let gone = json!({ "errors": [{ "code": "not_found", "message": "No active carrier connection found" }] });
        shop.fake.books().keep = Some((404, gone));
        shop.work().await;
        let kept = shop.booking().await;
        assert_eq!((kept.state, &*kept.problem), (BookingState::Kept, "No active carrier connection found"));
        assert_eq!(shop.fake.books().shipments[0]["status"], "created");
    });
}

#[test]
fn an_order_called_off_takes_its_label_back() {
    each(async |shop| {
        let mut seller = shop.seller("en-DE").await;
        shop.fake.books().refuse = Some((504, Value::Null));
        shop.pack(&mut seller).await;
        shop.work().await;
        assert_eq!(shop.fake.books().shipments[0]["status"], "draft");
        let id = shop.consignment().await.order;
        shop.desks.store.write(move |tx| settlement::cancel(tx, id, "changed_mind").map(drop)).await.unwrap();
        shop.work().await;
        assert_eq!(shop.fake.books().shipments[0]["status"], "cancelled");
        assert_eq!(
            (shop.booking().await.state, shop.consignment().await.state),
            (BookingState::Voided, State::Cancelled)
        );
        assert_eq!(shop.fake.books().bought, 0);
        shop.work_later().await;
        assert_eq!(shop.fake.books().shipments.len(), 1);
        shop.audit().await;
    });
}

#[test]
fn a_parcel_that_is_refunded_before_it_leaves_takes_its_label_back() {
    each(async |shop| {
        shop.booked().await;
        assert_eq!(shop.fake.books().shipments[0]["status"], "created");
        let (order, id) = (shop.consignment().await.order, shop.consignment);
        let what = settlement::What::Consignment(id);
        let refund = settlement::Refund { order, what, reason: "damaged".into(), key: "all".into() };
        shop.desks.store.write(move |tx| settlement::refund(tx, &refund).map(drop)).await.unwrap();
        assert_eq!(
            (shop.booking().await.state, shop.consignment().await.state),
            (BookingState::Void, State::Cancelled)
        );
        shop.work().await;
        assert_eq!(shop.booking().await.state, BookingState::Voided);
        assert_eq!(shop.fake.books().shipments[0]["status"], "cancelled");
        let mut seller = shop.seller("en-DE").await;
        let page = seller.get(&shop.path()).await;
        assert!(page.html.contains("do not hand it over") && !page.html.contains("/documents/"), "{}", page.html);
        let paper = seller.get(&format!("{}/documents/label", shop.path())).await;
        assert_eq!(paper.status, StatusCode::CONFLICT, "{}", paper.html);
        seller.post(&format!("{}/hand-over", shop.path()), &[]).await;
        assert!(shop.consignment().await.handed_over_at.is_none());
        // Where it is is asked once more, and then not again.
        shop.desks.store.clock().advance_seconds(3 * 3600);
        shop.work().await;
        let track = "SELECT COUNT(*) FROM job WHERE kind = 'carrier.track'";
        let left = shop.desks.store.read(move |db| db.raw(track, &[])).await.unwrap()[0].get::<i64>(0).unwrap();
        assert_eq!(left, 0);
        shop.audit().await;
    });
}

#[test]
fn a_label_that_cannot_be_taken_back_is_told_and_the_parcel_stays_all_the_same() {
    each(async |shop| {
        shop.booked().await;
        shop.fake.books().keep = Some((409, json!({ "errors": [{ "message": "The label was scanned already." }] })));
        let (order, id) = (shop.consignment().await.order, shop.consignment);
        let what = settlement::What::Consignment(id);
        let refund = settlement::Refund { order, what, reason: "damaged".into(), key: "all".into() };
        shop.desks.store.write(move |tx| settlement::refund(tx, &refund).map(drop)).await.unwrap();
        shop.work().await;
        assert_eq!(shop.booking().await.state, BookingState::Kept);
        let page = shop.seller("en-DE").await.get(&shop.path()).await;
        assert!(page.html.contains("The label was scanned already."), "{}", page.html);
        shop.audit().await;
    });
}

#[test]
fn a_sellers_program_asks_and_gets_the_file() {
    each(async |shop| {
        let seller = shop.desks.seller;
        let new = parties::NewApiKey { organisation: seller, role: base::Role::SellerOwner, label: "labels".into() };
        let key = shop.desks.store.write(move |tx| parties::create_api_key(tx, &new)).await.unwrap().1;
        let mut api = Browser::new(&shop.desks.app, "en");
        let path = format!("/api/seller/consignments/{}", shop.consignment);
        let call = |method: &str, path: String| {
            let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {key}"));
            request.body(Body::empty()).unwrap()
        };
        let asked = api.send(call("POST", format!("{path}/pack"))).await;
        assert!(
            asked.html.contains("\"booking\":\"requested\"") && asked.html.contains("\"label\":null"),
            "{}",
            asked.html
        );
        shop.work().await;
        let packed = api.send(call("POST", format!("{path}/pack"))).await;
        assert!(packed.html.contains("\"booking\":\"booked\"") && packed.html.contains("JD010001"), "{}", packed.html);
        let label = between(&packed.html, "\"label\":\"", "\"").to_owned();
        assert!(api.send(call("GET", label)).await.html.starts_with("%PDF-1.4 label"));
        assert_eq!(api.send(call("GET", format!("{path}/label.svg"))).await.status, StatusCode::NOT_FOUND);
    });
}
