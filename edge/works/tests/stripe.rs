//! A purchase through Stripe from end to end: pages and API, the way to its page and back, webhooks, refunds, and a switch from
//! the sandbox in the middle of trade.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../../connect/tests/fake_stripe/mod.rs"]
mod fake_stripe;
#[path = "../../web/tests/world/mod.rs"]
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::{Id, Money};
use connect::stripe::{Settings, Stripe};
use connect::{Peers, Secret};
use fake_stripe::{Fake, KEY, WEBHOOK_SECRET, event};
use orders::{Fulfilment, Order, Payment};
use payments::{RefundState, State};
use serde_json::{Value, json};
use settlement::{Bearer, What};
use store::{Store, testing};
use works::House;
use works::worker;
use world::{Answer, Browser, between};

struct Shop {
    fake: Fake,
    store: Store,
    house: House,
    app: frame::App,
}

async fn furnished() -> Store {
    let furnish = || {
        let (_, store) = testing::stores(works::schemas()).remove(0);
        world::furnish(&store);
        store
    };
    tokio::task::spawn_blocking(furnish).await.unwrap()
}

/// A shop whose money goes through the stand-in.
async fn over(store: Store) -> Shop {
    let (fake, address) = Fake::start().await;
    let secret = |text: &str| text.parse::<Secret>().unwrap();
    let settings = Settings { key: secret(KEY), webhook_secret: Some(secret(WEBHOOK_SECRET)), address };
    let stripe = Stripe::new(&Peers::new(true), settings).unwrap();
    let make = move || {
        let house = House::paid_through(store.clone(), std::sync::Arc::new(stripe)).unwrap();
        let app = house.pages(&web::SURFACES, frame::Config::default()).unwrap();
        Shop { fake, store, house, app }
    };
    tokio::task::spawn_blocking(make).await.unwrap()
}

impl Shop {
    fn seconds(&self) -> i64 {
        self.store.clock().now().micros() / 1_000_000
    }

    async fn webhook(&self, id: &str, kind: &str, object: &Value) -> StatusCode {
        let (headers, body) = event(id, kind, object, self.seconds());
        let mut request = Request::post("/webhooks/payments/stripe");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        Browser::new(&self.app, "en").send(request.body(Body::from(body)).unwrap()).await.status
    }

    async fn order(&self, id: Id<Order>) -> Order {
        self.store.read(move |db| orders::find(db, id)).await.unwrap()
    }

    async fn intents(&self, id: Id<Order>) -> Vec<payments::Intent> {
        self.store.read(move |db| payments::by_subject(db, id.raw())).await.unwrap()
    }
}

/// Fills a basket and presses “pay” on the checkout page.
async fn check_out(browser: &mut Browser) -> Answer {
    browser.post("/preferences", &[("to", "DE"), ("currency", "EUR")]).await;
    let page = browser.get("/p/reactive-glaze-mug").await;
    let offer = between(&page.html, "name=\"offer\" value=\"", "\"").to_owned();
    browser.post("/cart/lines", &[("offer", &offer)]).await;
    let page = browser.get("/checkout").await;
    assert!(page.html.contains("value=\"checkout\" checked"), "the choice is shown: {}", page.html);
    assert!(!page.html.contains("name=\"card\""), "no card number is asked for here");
    let seen = between(&page.html, "name=\"seen\" value=\"", "\"").to_owned();
    let form = [
        ("do", "pay"),
        ("method", "checkout"),
        ("name", "Jana Köhler"),
        ("street", "Torstraße 1"),
        ("postcode", "10119"),
        ("city", "Berlin"),
        ("phone", "+49 30 1234567"),
        ("email", "jana@example.de"),
        ("seen", &seen),
    ];
    browser.post("/checkout", &form).await
}

fn order_of(path: &str) -> Id<Order> {
    between(&format!("{path}."), "/order/", ".").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_pays_on_stripes_page_and_the_webhook_tells() {
    let shop = over(furnished().await).await;
    let mut browser = Browser::new(&shop.app, "en-DE");
    let placed = check_out(&mut browser).await;
    assert!(placed.location.ends_with("/away"), "{} {}", placed.location, placed.html);
    let away = browser.get(&placed.location).await;
    let url = "https:&#x2f;&#x2f;checkout.stripe.example&#x2f;c&#x2f;pay&#x2f;cs_test_0";
    assert!(away.html.contains(&format!("content=\"0; url={url}\"")), "without scripts too: {}", away.html);
    let policy = away.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self'"), "the policy stays: {policy}");
    let path = placed.location.trim_end_matches("/away");
    let form = shop.fake.books().form.clone();
    assert_eq!(form["success_url"], format!("http://localhost:8080{path}/paid"));
    let id = order_of(path);
    let order = shop.order(id).await;
    assert_eq!(
        (order.payment, &form["line_items[0][price_data][product_data][name]"]),
        (Payment::Pending, &order.number)
    );
    let session = shop.fake.buyer_pays("succeeded");
    for _ in 0..2 {
        assert_eq!(shop.webhook("evt_1", "checkout.session.completed", &session).await, StatusCode::NO_CONTENT);
    }
    let order = shop.order(id).await;
    assert_eq!(
        (order.payment, order.captured, order.fulfilment),
        (Payment::Paid, order.sums.total().unwrap(), Fulfilment::ToPack)
    );
    assert_eq!(browser.get(&format!("{path}/paid")).await.location, path);
    assert!(!browser.get(path).await.html.contains("/pay\""), "nothing is left to pay");
    let escrow = ledger::Account::escrow(order.currency);
    let booked = shop.store.read(move |db| ledger::balance(db, &escrow)).await.unwrap();
    assert_eq!(booked, order.sums.total().unwrap().minor, "booked once");
    let report = shop.store.read(sim::audit).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_webhook_changes_nothing() {
    let shop = over(furnished().await).await;
    let placed = check_out(&mut Browser::new(&shop.app, "en-DE")).await;
    let session = shop.fake.buyer_pays("succeeded");
    let (_, body) = event("evt_1", "checkout.session.completed", &session, shop.seconds());
    let header = format!("t={},v1={}", shop.seconds(), fake_stripe::sign("whsec_guess", shop.seconds(), &body));
    let request = Request::post("/webhooks/payments/stripe").header("stripe-signature", header);
    let answer = Browser::new(&shop.app, "en").send(request.body(Body::from(body.clone())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.html.contains("\"code\":\"signature_mismatch\""), "{}", answer.html);
    let old = shop.seconds() - 301;
    let header = format!("t={old},v1={}", fake_stripe::sign(WEBHOOK_SECRET, old, &body));
    for (header, code) in [(header.as_str(), "timestamp_too_old"), ("", "header_missing"), ("v1=00", "header_missing")]
    {
        let mut request = Request::post("/webhooks/payments/stripe");
        if !header.is_empty() {
            request = request.header("stripe-signature", header);
        }
        let answer = Browser::new(&shop.app, "en").send(request.body(Body::from(body.clone())).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.html.contains(&format!("\"code\":\"{code}\"")), "{}", answer.html);
    }
    let told = shop.store.read(hooks::refusals).await.unwrap();
    assert_eq!((told.len(), told[0].source.as_str()), (1, "payments/stripe"));
    let id = order_of(placed.location.trim_end_matches("/away"));
    assert_eq!(shop.order(id).await.payment, Payment::Pending);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_finds_a_payment_whose_webhook_is_late() {
    let shop = over(furnished().await).await;
    let mut browser = Browser::new(&shop.app, "ar-SA");
    let placed = check_out(&mut browser).await;
    let path = placed.location.trim_end_matches("/away").to_owned();
    let back = browser.get(&format!("{path}/paid")).await;
    assert_eq!((back.status, &back.location), (StatusCode::SEE_OTHER, &path), "back without having paid");
    let again = browser.post(&format!("{path}/pay"), &[("key", "1")]).await;
    assert_eq!(
        (again.location, shop.intents(order_of(&path)).await.len()),
        (placed.location.clone(), 1),
        "gone on with"
    );
    shop.fake.buyer_pays("succeeded");
    browser.get(&format!("{path}/paid")).await;
    assert_eq!(shop.order(order_of(&path)).await.payment, Payment::Paid);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_payment_leaves_the_order_open_for_another() {
    let shop = over(furnished().await).await;
    let mut browser = Browser::new(&shop.app, "en-DE");
    let path = check_out(&mut browser).await.location.trim_end_matches("/away").to_owned();
    shop.fake.buyer_pays("requires_payment_method");
    browser.get(&format!("{path}/paid")).await;
    let id = order_of(&path);
    assert_eq!(
        (shop.order(id).await.payment, &*shop.intents(id).await[0].decline_code),
        (Payment::Failed, "insufficient_funds")
    );
    let again = browser.post(&format!("{path}/pay"), &[("key", "1")]).await;
    assert_eq!(again.location, format!("{path}/away"));
    assert_eq!(shop.fake.books().sessions.len(), 2);
    let session = shop.fake.buyer_pays("succeeded");
    shop.webhook("evt_2", "checkout.session.completed", &session).await;
    assert_eq!(shop.order(id).await.payment, Payment::Paid);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_and_what_nobody_pays_is_let_go() {
    let shop = over(furnished().await).await;
    shop.fake.books().lose_answer = true;
    let path = check_out(&mut Browser::new(&shop.app, "en-DE")).await.location;
    let id = order_of(&path);
    assert_eq!(shop.intents(id).await[0].state, State::Created);
    shop.store.clock().advance_seconds(60);
    worker::run_due(&shop.house).await.unwrap();
    let intent = shop.intents(id).await.remove(0);
    assert_eq!((intent.state, &*intent.reference), (State::ActionRequired, "cs_test_0"), "payment.check has found it");
    shop.store.clock().advance_seconds(40 * 60);
    worker::run_due(&shop.house).await.unwrap();
    assert_eq!(shop.order(id).await.fulfilment, Fulfilment::Cancelled);
    assert_eq!(shop.fake.books().sessions[0]["status"], "expired", "nobody can pay it any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_gives_the_address_to_pay_at_and_refunds_go_back() {
    let shop = over(furnished().await).await;
    let placed = api_order(&shop).await;
    assert_eq!(placed["payment"]["state"], "action_required", "{placed}");
    assert_eq!(placed["payment"]["action_url"], "https://checkout.stripe.example/c/pay/cs_test_0");
    let session = shop.fake.buyer_pays("succeeded");
    shop.webhook("evt_1", "checkout.session.completed", &session).await;
    let id: Id<Order> = placed["order"].as_str().unwrap().parse().unwrap();
    let order = shop.order(id).await;
    assert_eq!((order.payment, order.currency.code()), (Payment::Paid, "JPY"));
    assert_eq!(session["amount_total"], order.sums.total().unwrap().minor, "yen have no cents");
    let what = What::Goodwill { amount: Money::new(120, order.currency), bearer: Bearer::Platform };
    let refund = settlement::Refund { order: id, what, reason: "late".into(), key: "r1".into() };
    shop.fake.books().refund_state = Some("pending");
    shop.store.write(move |tx| settlement::refund(tx, &refund)).await.unwrap();
    worker::run_due(&shop.house).await.unwrap();
    let state = || async { shop.store.read(move |db| payments::refunds(db, id.raw())).await.unwrap()[0].state };
    assert_eq!(state().await, RefundState::Requested, "Stripe is still at it");
    let mut told = shop.fake.books().refunds[0].clone();
    assert_eq!((&told["amount"], &told["payment_intent"]), (&json!("120"), &json!("pi_0")));
    told["status"] = "succeeded".into();
    for _ in 0..2 {
        assert_eq!(shop.webhook("evt_2", "refund.updated", &told).await, StatusCode::NO_CONTENT);
    }
    assert_eq!((state().await, shop.order(id).await.refunded.minor), (RefundState::Succeeded, 120));
    shop.store.clock().advance_seconds(60);
    worker::run_due(&shop.house).await.unwrap();
    assert_eq!(shop.fake.books().refunds.len(), 1, "the job finds it done");
    comes_back(&shop, id, told).await;
}

/// A refund that Stripe called succeeded, and the buyer's bank sends back.
async fn comes_back(shop: &Shop, id: Id<Order>, mut told: Value) {
    let escrow = || async {
        let order = shop.order(id).await;
        let account = ledger::Account::escrow(order.currency);
        let lying = shop.store.read(move |db| ledger::sum(db, &account, id.raw())).await.unwrap();
        assert_eq!(lying, order.escrow().minor, "the order's sums are the ledger's");
        lying
    };
    let before = escrow().await;
    told["status"] = "failed".into();
    for (event, kind) in [("evt_3", "refund.failed"), ("evt_4", "charge.refund.updated")] {
        assert_eq!(shop.webhook(event, kind, &told).await, StatusCode::NO_CONTENT);
    }
    told["status"] = "succeeded".into();
    shop.webhook("evt_5", "refund.updated", &told).await;
    let refunds = || async { shop.store.read(move |db| payments::refunds(db, id.raw())).await.unwrap() };
    let failed = refunds().await.remove(0);
    assert_eq!(failed.state, RefundState::Failed, "a straggler does not make it succeed");
    let order = shop.order(id).await;
    assert_eq!((order.payment, order.refunded.minor), (Payment::Paid, 0));
    assert_eq!(escrow().await, before + 120, "once");
    let kinds =
        shop.store.read(move |db| ledger::transfers(db, ledger::Of::Subject(id.raw()), None, 99)).await.unwrap();
    assert_eq!(kinds.iter().filter(|row| row.kind == "payment.refund_returned").count(), 1, "a posting of its own");
    assert!(kinds.iter().any(|row| row.kind == "payment.refunded"), "nothing was rewritten");
    let again = move |tx: &mut store::Tx| settlement::refund_again(tx, id, failed.id);
    shop.fake.books().refund_state = Some("succeeded");
    for _ in 0..2 {
        assert_eq!(shop.store.write(again).await.unwrap().minor, 120);
    }
    worker::run_due(&shop.house).await.unwrap();
    let states: Vec<RefundState> = refunds().await.iter().map(|refund| refund.state).collect();
    assert_eq!(states, [RefundState::Failed, RefundState::Succeeded], "sent again once");
    assert_eq!(escrow().await, before);
    let report = shop.store.read(sim::audit).await;
    assert_eq!(report.unwrap().findings, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_what_is_not_ours_is_taken_in_and_left_aside() {
    let shop = over(furnished().await).await;
    let intent = Id::<payments::Intent>::from_raw(77).to_string();
    let session = json!({ "id": "cs_other", "object": "checkout.session", "status": "complete", "payment_status": "paid",
        "payment_intent": "pi_other", "amount_total": 500, "currency": "eur",
        "metadata": { "entrepot_intent": intent, "intent": intent } });
    assert_eq!(shop.webhook("evt_1", "checkout.session.completed", &session).await, StatusCode::NO_CONTENT);
    let refund = Id::<payments::Refund>::from_raw(78).to_string();
    let told = json!({ "id": "re_other", "object": "refund", "status": "succeeded", "amount": 5,
        "metadata": { "entrepot_refund": refund, "refund": refund } });
    assert_eq!(shop.webhook("evt_2", "refund.updated", &told).await, StatusCode::NO_CONTENT);
    let trial = shop.store.read(ledger::trial_balance).await.unwrap();
    assert!(
        trial.iter().all(|row| row.debit == row.credit || !row.code.starts_with("provider:stripe")),
        "nothing is booked"
    );
}

async fn api_order(shop: &Shop) -> Value {
    let mut api = Browser::new(&shop.app, "en");
    let page = api.get("/p/reactive-glaze-mug").await;
    let offer = between(&page.html, "name=\"offer\" value=\"", "\"").to_owned();
    let lines = json!([{ "offer": offer, "quantity": 1 }]);
    let body = json!({ "destination": "JP", "currency": "JPY", "language": "en", "lines": lines });
    let cart = post(&mut api, "/api/carts", "", &body).await;
    let token = cart["token"].as_str().unwrap();
    let address = json!({
        "country": "JP", "name": "Aoi Sato", "street": "1-2-3 Jingumae", "postcode": "150-0001", "city": "Shibuya-ku",
        "region": "Tokyo", "phone": "+81 3 1234 5678", "email": "aoi@example.jp",
    });
    let path = format!("/api/carts/{}", cart["id"].as_str().unwrap());
    let quote = post(&mut api, &format!("{path}/quote"), token, &json!({ "address": address })).await;
    let body = json!({ "quote": quote["id"], "email": "aoi@example.jp", "payment": { "method": "checkout" } });
    post(&mut api, &format!("{path}/order"), token, &body).await
}

async fn post(api: &mut Browser, path: &str, token: &str, body: &Value) -> Value {
    let request = Request::post(path).header("content-type", "application/json").header("cart-token", token);
    let answer = api.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.html);
    serde_json::from_str(&answer.html).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_sandbox_began_it_also_ends() {
    let store = furnished().await;
    let before = store.clone();
    let app = tokio::task::spawn_blocking(move || {
        House::new(before).unwrap().pages(&web::SURFACES, frame::Config::default()).unwrap()
    });
    let (mut browser, path) = sandbox_order(&app.await.unwrap()).await;
    let shop = over(store).await;
    let id = order_of(&path);
    browser.get(&path).await;
    let order = shop.order(id).await;
    assert_eq!((order.payment, &*shop.intents(id).await[0].provider), (Payment::Paid, "sandbox"));
    let what = What::Goodwill { amount: Money::new(100, order.currency), bearer: Bearer::Platform };
    let refund = settlement::Refund { order: id, what, reason: "late".into(), key: "r1".into() };
    shop.store.write(move |tx| settlement::refund(tx, &refund)).await.unwrap();
    shop.store.clock().advance_seconds(5);
    worker::run_due(&shop.house).await.unwrap();
    assert_eq!(shop.order(id).await.refunded.minor, 100);
    assert!(shop.fake.books().requests.is_empty(), "Stripe was not asked about another's money");
}

async fn sandbox_order(app: &frame::App) -> (Browser, String) {
    let mut browser = Browser::new(app, "en-DE");
    browser.post("/preferences", &[("to", "DE"), ("currency", "EUR")]).await;
    let page = browser.get("/p/reactive-glaze-mug").await;
    let offer = between(&page.html, "name=\"offer\" value=\"", "\"").to_owned();
    browser.post("/cart/lines", &[("offer", &offer)]).await;
    let page = browser.get("/checkout").await;
    let seen = between(&page.html, "name=\"seen\" value=\"", "\"").to_owned();
    let form = [
        ("do", "pay"),
        ("card", "4242424242424242"),
        ("name", "Jana Köhler"),
        ("street", "Torstraße 1"),
        ("postcode", "10119"),
        ("city", "Berlin"),
        ("phone", "+49 30 1234567"),
        ("email", "jana@example.de"),
        ("seen", &seen),
    ];
    let placed = browser.post("/checkout", &form).await;
    (browser, placed.location)
}
