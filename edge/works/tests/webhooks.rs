//! Outgoing webhooks from an order to a receiver on loopback, on every engine: who is told of what, signatures, repetition.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../../web/tests/desk_world/mod.rs"]
mod desk_world;
#[path = "../../web/tests/world/mod.rs"]
mod world;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base::{Actor, Id, Role};
use connect::Peers;
use desk_world::{Desks, desks};
use hooks::{Endpoint, NewEndpoint};
use parties::{NewApiKey, Organisation, OrganisationKind};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use store::{Store, testing};
use works::House;
use works::{reactions, worker};
use world::Browser;

/// A message that came in.
#[derive(Clone, Debug)]
struct Received {
    to: String,
    id: String,
    seconds: i64,
    signature: String,
    body: String,
    told: Value,
}

/// Keeps what it gets; answers with the statuses it was given, then 204.
#[derive(Clone, Default)]
struct Receiver(Arc<Mutex<(Vec<Received>, Vec<u16>)>>);

impl Receiver {
    async fn start() -> (Receiver, String) {
        let receiver = Receiver::default();
        let router = Router::new().route("/{to}", post(receive)).with_state(receiver.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (receiver, address)
    }

    fn answers_next(&self, status: u16) {
        self.0.lock().unwrap().1.push(status);
    }

    fn all(&self) -> Vec<Received> {
        self.0.lock().unwrap().0.clone()
    }

    fn at(&self, to: &str) -> Vec<Received> {
        self.all().into_iter().filter(|one| one.to == to).collect()
    }

    fn kinds(&self, to: &str) -> Vec<String> {
        let mut kinds: Vec<String> =
            self.at(to).iter().map(|one| one.told["type"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds
    }
}

async fn receive(State(to): State<Receiver>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/json");
    let body = String::from_utf8(body.to_vec()).unwrap();
    let mut kept = to.0.lock().unwrap();
    kept.0.push(Received {
        to: name,
        id: header("webhook-id"),
        seconds: header("webhook-timestamp").parse().unwrap(),
        signature: header("webhook-signature"),
        told: serde_json::from_str(&body).unwrap(),
        body,
    });
    match kept.1.pop() {
        Some(302) => (StatusCode::FOUND, [("location", "/elsewhere")]).into_response(),
        Some(status) => (StatusCode::from_u16(status).unwrap(), "not now").into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

/// The signature header that the reference library makes of it.
fn reference(secret: &str, one: &Received) -> String {
    standardwebhooks::Webhook::new(secret).unwrap().sign(&one.id, one.seconds, one.body.as_bytes()).unwrap()
}

struct Shop {
    house: House,
    store: Store,
    app: frame::App,
    /// Operator, the seller of `Desks`, another seller.
    organisations: [Id<Organisation>; 3],
}

/// A furnished shop on each engine; in test mode it may speak to loopback.
fn shops(test_mode: bool) -> Vec<Shop> {
    let made = |(_, store): (_, Store)| {
        world::furnish(&store);
        let house = House::new(store.clone()).unwrap().speaking_to(Peers::new(test_mode)).unwrap();
        let app = house.pages(&web::SURFACES, frame::Config::default()).unwrap();
        let organisations = store.read_blocking(|db| {
            let sellers = parties::organisations(db, OrganisationKind::Seller, None, 10)?;
            let mut found = vec![parties::platform(db)?.unwrap().id];
            for seller in sellers {
                if !offers::offers_of_organisation(db, seller.id, &offers::OfferFilter::default(), None, 1)?.is_empty()
                {
                    found.push(seller.id);
                }
            }
            Ok([found[0], found[1], found[2]])
        });
        Shop { house, app, organisations: organisations.unwrap(), store }
    };
    testing::stores(works::schemas()).into_iter().map(made).collect()
}

impl Shop {
    fn owner(&self, at: usize) -> Actor {
        let role = if at == 0 { Role::Admin } else { Role::SellerOwner };
        Actor::Person { person: 1, organisation: self.organisations[at].raw(), role }
    }

    async fn endpoint(&self, at: usize, url: String, kinds: &[&str]) -> (Id<Endpoint>, String) {
        let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let new = NewEndpoint { organisation: self.organisations[at], url, kinds };
        self.store.write_as(self.owner(at), move |tx| hooks::create(tx, &new)).await.unwrap()
    }

    async fn traded(&self) -> Desks {
        let (store, app) = (self.store.clone(), self.app.clone());
        tokio::task::spawn_blocking(move || desks(store, app)).await.unwrap()
    }

    /// Follows the events and sends what is due; how many messages that were.
    async fn post(&self) -> usize {
        // On PostgreSQL a follower stops at the oldest running transaction, also of another test: then it goes on later.
        let behind = |db: &mut store::Read| {
            let newest: i64 = db.raw("SELECT COALESCE(MAX(seq), 0) FROM event", &[])?[0].get(0)?;
            Ok(store::cursor(db, "hooks")? < newest)
        };
        reactions::react(&self.house).await.unwrap();
        while self.store.read(behind).await.unwrap() {
            reactions::react(&self.house).await.unwrap();
        }
        worker::post_due(&self.house).await.unwrap()
    }

    async fn key(&self, at: usize) -> String {
        let role = if at == 0 { Role::Admin } else { Role::SellerOwner };
        let new = NewApiKey { organisation: self.organisations[at], role, label: "test".into() };
        self.store.write(move |tx| parties::create_api_key(tx, &new)).await.unwrap().1
    }

    async fn api(&self, key: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
        let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {key}"));
        let request = request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap();
        let answer = Browser::new(&self.app, "en").send(request).await;
        (answer.status, serde_json::from_str(&answer.html).unwrap_or_default())
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_is_told_of_their_own_and_of_nothing_else() {
    for shop in blocking(|| shops(true)).await {
        let (receiver, address) = Receiver::start().await;
        let orders = ["order.placed", "order.paid", "order.payment_failed", "consignment.packed"];
        let (_, secret) = shop.endpoint(0, format!("{address}/operator"), &orders).await;
        shop.endpoint(1, format!("{address}/seller"), &["order.paid", "consignment.packed"]).await;
        shop.endpoint(2, format!("{address}/other"), &["order.paid", "consignment.packed"]).await;
        shop.endpoint(2, format!("{address}/deaf"), &["payout.paid"]).await;
        let desks = shop.traded().await;
        assert_eq!(shop.post().await, 6 + 2 + 1);
        let placed =
            ["order.paid", "order.paid", "order.payment_failed", "order.placed", "order.placed", "order.placed"];
        assert_eq!(receiver.kinds("operator"), placed);
        assert_eq!(receiver.kinds("seller"), ["order.paid", "order.paid"]);
        let told = receiver.at("other");
        assert_eq!(
            (told.len(), &told[0].told["data"]["order"]),
            (1, &json!(desks.order)),
            "not the seller's own order"
        );
        let own = told[0].told["data"]["consignments"].as_array().unwrap();
        assert!(own.len() == 1 && !told[0].body.contains(&desks.consignment), "{}", told[0].body);
        assert_eq!(told[0].told["data"]["api"], "/api/seller/orders");
        let wide = receiver.at("operator");
        // Messages travel side by side: which of two arrives first is chance.
        let about = |one: &&Received| one.told["type"] == "order.paid" && one.told["data"]["order"] == desks.order;
        let paid = wide.iter().find(about).unwrap();
        assert_eq!(paid.told["data"]["api"], format!("/api/orders/{}", desks.order));
        assert_eq!(
            (&paid.told["data"]["payment"], &paid.told["data"]["number"]),
            (&json!("paid"), &json!(desks.number))
        );
        for one in &wide {
            assert_eq!(one.signature, reference(&secret, one));
        }
        let (owner, consignment) = (shop.owner(1), desks.consignment.parse().unwrap());
        shop.store.write_as(owner, move |tx| orders::pack(tx, consignment).map(drop)).await.unwrap();
        assert_eq!(shop.post().await, 2);
        let packed = receiver.at("seller").pop().unwrap();
        assert_eq!(packed.told["data"]["consignment"], desks.consignment);
        assert!(packed.told["data"]["tracking"].as_str().is_some_and(|number| number.len() == 13), "{}", packed.body);
        assert_eq!(receiver.at("other").len() + receiver.at("deaf").len(), 1);

        shop.store.write(|tx| tx.set_cursor("hooks", 0)).await.unwrap();
        assert_eq!(shop.post().await, 0, "reading every event again tells nobody twice");
        let report = shop.store.read(sim::audit).await.unwrap();
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_stumbles_gets_the_same_message_again() {
    for shop in blocking(|| shops(true)).await {
        let (receiver, address) = Receiver::start().await;
        let (id, old) = shop.endpoint(1, format!("{address}/in"), &["order.paid"]).await;
        let owner = shop.owner(1);
        shop.store.write_as(owner, move |tx| hooks::test(tx, id)).await.unwrap();
        receiver.answers_next(500);
        assert_eq!((shop.post().await, shop.post().await), (1, 0), "not before its time");
        let seen = move |db: &mut store::Read| hooks::deliveries(db, id, None, 9);
        let waits = shop.store.read(seen).await.unwrap().remove(0);
        assert_eq!((waits.state, waits.status, &*waits.answer), (hooks::State::Waiting, 500, "not now"));
        let new = shop.store.write_as(owner, move |tx| hooks::rotate(tx, id)).await.unwrap();
        shop.store.clock().advance_seconds(6);
        receiver.answers_next(302);
        assert_eq!(shop.post().await, 1);
        assert_eq!(shop.store.read(seen).await.unwrap()[0].status, 302, "nobody is led elsewhere");
        shop.store.clock().advance_seconds(400);
        assert_eq!(shop.post().await, 1);
        let came = receiver.all();
        assert!(came.len() == 3 && came.iter().all(|one| one.id == came[0].id && one.body == came[0].body));
        assert_eq!(came[0].signature, reference(&old, &came[0]));
        assert_eq!(came[2].signature, format!("{} {}", reference(&new, &came[2]), reference(&old, &came[2])));
        let done = shop.store.read(seen).await.unwrap().remove(0);
        assert_eq!((done.state, done.attempts, done.status), (hooks::State::Delivered, 3, 204));
        shop.store.write_as(owner, move |tx| hooks::test(tx, id)).await.unwrap();
        receiver.answers_next(410);
        shop.post().await;
        let known = shop.store.read(move |db| hooks::endpoint(db, id)).await.unwrap();
        assert_eq!(known.standing, hooks::Standing::Gone);
        shop.traded().await;
        assert_eq!(shop.post().await, 0, "nothing is written for an endpoint that is gone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_makes_the_house_speak_to_its_neighbours() {
    let shop = blocking(|| shops(false).remove(0)).await;
    let key = shop.key(1).await;
    for (url, code) in [
        ("http://hooks.example.com/", "url_not_https"),
        ("http://127.0.0.1:9/", "url_not_https"),
        ("https://127.0.0.1/", "url_not_public"),
        ("https://localhost/", "url_not_public"),
        ("https://10.1.2.3/", "url_not_public"),
        ("https://169.254.169.254/latest/meta-data", "url_not_public"),
        ("https://[::ffff:10.0.0.1]/", "url_not_public"),
        ("nonsense", "url_format"),
    ] {
        let (status, problem) = shop.api(&key, "POST", "/api/webhook-endpoints", json!({ "url": url })).await;
        assert_eq!((status.as_u16(), &problem["errors"][0]["code"]), (422, &json!(code)), "{url}");
    }
    // One that was let in by a laxer rule, and names that lead inside.
    for url in ["https://127.0.0.1:1/", "https://localhost:1/"] {
        let (id, _) = shop.endpoint(1, url.into(), &["payout.paid"]).await;
        shop.store.write_as(shop.owner(1), move |tx| hooks::test(tx, id)).await.unwrap();
        assert_eq!(shop.post().await, 1);
        let tried = shop.store.read(move |db| hooks::deliveries(db, id, None, 9)).await.unwrap().remove(0);
        assert_eq!((tried.status, &*tried.answer), (0, "Write the address of a public host."), "{url}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_keeps_endpoints() {
    let shop = blocking(|| shops(true).remove(0)).await;
    let (receiver, address) = Receiver::start().await;
    let (key, other) = (shop.key(1).await, shop.key(0).await);
    let body = json!({ "url": format!("{address}/in"), "events": ["order.paid"] });
    let (status, made) = shop.api(&key, "POST", "/api/webhook-endpoints", body).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let secret = made["secret"].as_str().unwrap();
    let path = format!("/api/webhook-endpoints/{}", made["endpoint"]["id"].as_str().unwrap());
    let (_, listed) = shop.api(&key, "GET", "/api/webhook-endpoints", Value::Null).await;
    assert!(listed["endpoints"][0]["id"] == made["endpoint"]["id"] && !listed.to_string().contains("whsec_"));
    assert_eq!(shop.api(&other, "GET", &path, Value::Null).await.0, StatusCode::NOT_FOUND, "not the operator's");
    let (status, sent) = shop.api(&key, "POST", &format!("{path}/test"), Value::Null).await;
    assert_eq!((status, &sent["state"]), (StatusCode::ACCEPTED, &json!("waiting")));
    assert_eq!(shop.post().await, 1);
    let came = receiver.all().remove(0);
    assert_eq!((&came.told["type"], &came.signature), (&json!("webhook.test"), &reference(secret, &came)));
    let (_, page) = shop.api(&key, "GET", &format!("{path}/deliveries?limit=1"), Value::Null).await;
    assert_eq!((&page["deliveries"][0]["state"], &page["deliveries"][0]["status"]), (&json!("delivered"), &json!(204)));
    let next = page["next"].as_str().unwrap();
    let (_, rest) = shop.api(&key, "GET", &format!("{path}/deliveries?after={next}"), Value::Null).await;
    assert_eq!(rest["deliveries"], json!([]));
    let again = format!("/api/webhook-deliveries/{}/send", sent["id"].as_str().unwrap());
    assert_eq!(shop.api(&other, "POST", &again, Value::Null).await.0, StatusCode::NOT_FOUND);
    assert_eq!(shop.api(&key, "POST", &again, Value::Null).await.0, StatusCode::ACCEPTED);
    assert_eq!((shop.post().await, &receiver.all()[1].id), (1, &came.id), "under the same id");
    let (_, rotated) = shop.api(&key, "POST", &format!("{path}/secret"), Value::Null).await;
    assert!(rotated["secret"] != made["secret"] && rotated["endpoint"]["old_secret_until"].is_string());
    let (_, paused) = shop.api(&key, "PATCH", &path, json!({ "active": false, "events": [] })).await;
    assert_eq!((&paused["state"], &paused["events"]), (&json!("paused"), &json!([])));
    let (status, problem) = shop.api(&key, "POST", &format!("{path}/test"), Value::Null).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("endpoint_disabled")));
    let (status, problem) = shop.api(&key, "PATCH", &path, json!({ "events": ["order.placed"] })).await;
    assert_eq!((status.as_u16(), &problem["errors"][0]["code"]), (422, &json!("unknown_event")));
    assert_eq!(shop.api(&key, "DELETE", &path, Value::Null).await.0, StatusCode::NO_CONTENT);
    assert_eq!(shop.api(&key, "GET", &path, Value::Null).await.0, StatusCode::NOT_FOUND);
}
