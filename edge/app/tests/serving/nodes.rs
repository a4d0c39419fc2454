//! Two servers on one PostgreSQL: whatever is begun on one is gone on with on the other, and each sees what the other changed.

use super::place::{Node, Place};
use super::shop::{PASSWORD, Shop, WAREHOUSE, cart, furnish, order, quote, seen, text};
use bench::client::{Client, Reply};
use bytes::Bytes;
use hyper::Method;
use payments::sandbox::Sandbox;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Asks until the answer is as wanted: a node follows the other's events several times a second.
async fn until(client: &mut Client, path: &str, key: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let reply = client.send(Method::GET, path, &[("authorization", key)], Bytes::new()).await.unwrap();
        let answer = reply.json().unwrap();
        if wanted(&answer) {
            return answer;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{path} never came to show it: {answer}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn put(client: &mut Client, path: &str, key: &str, body: &Value) {
    let body = Bytes::from(body.to_string());
    let reply = client.send(Method::PUT, path, &[("authorization", key)], body).await.unwrap();
    assert!(reply.status < 300, "{path}: {}", String::from_utf8_lossy(&reply.body));
}

async fn post(client: &mut Client, path: &str, key: &str, body: &Value) -> Value {
    let headers = [("authorization", key), ("idempotency-key", "once")];
    client.post(path, &headers, body).await.unwrap().json().unwrap()
}

/// Made on A, quoted on B, ordered on A, paid by a webhook to B, seen on both.
async fn an_order(place: &Place, shop: &Shop, a: &mut Client, b: &mut Client) {
    let begun = cart(a, shop).await.unwrap();
    let quoted = quote(b, &begun).await.unwrap();
    let placed = order(a, &begun, &quoted, "4000000000003220").await.unwrap();
    assert_eq!(placed["payment"]["state"], "action_required", "{placed}");
    let again = order(b, &begun, &quoted, "4000000000003220").await.unwrap();
    assert_eq!(again["order"], placed["order"], "asked again of the other node it is the same order");
    let url = text(&placed["payment"], "action_url");
    let (_, intent) = url.rsplit_once('/').unwrap();
    let intent = intent.split('?').next().unwrap().parse().unwrap();
    let store = place.open();
    let bank = Sandbox::new(&store).unwrap();
    bank.authenticate(intent, true).await.unwrap();
    let news = bank.deliver(intent.raw()).await.unwrap();
    for delivery in &news {
        let headers: Vec<(&str, &str)> =
            delivery.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let body = Bytes::from(delivery.body.clone());
        let taken = b.send(Method::POST, "/webhooks/payments/sandbox", &headers, body).await.unwrap();
        assert_eq!(taken.status, 204, "{}", String::from_utf8_lossy(&taken.body));
    }
    assert!(!news.is_empty());
    drop(bank);
    store.close();
    for client in [a, b] {
        assert_eq!(seen(client, &placed).await.unwrap()["payment"], "paid");
    }
}

const LIST: &str = "/api/products?destination=DE&currency=USD&language=en";

/// Price, stock, rate and terms changed on one show in the list of the other, which comes from its memory.
async fn changes(shop: &Shop, a: &mut Client, b: &mut Client) {
    let first = until(b, LIST, &shop.seller_key, |list| list["total"] == 1).await;
    let minor = |list: &Value| list["products"][0]["door"]["total"]["minor"].as_i64().unwrap_or(0);
    let price =
        json!({ "variant": shop.variant, "warehouse": WAREHOUSE, "price": { "minor": 3000, "currency": "EUR" } });
    put(a, "/api/seller/offers", &shop.seller_key, &price).await;
    let dearer = until(b, LIST, &shop.seller_key, |list| minor(list) > minor(&first)).await;
    let day = text(&first["products"][0]["door"]["arrives"], "from");
    let terms = json!({ "organisation": shop.seller, "mode": "marketplace", "currency": "EUR", "handling_hours": 480 });
    post(b, "/api/agreements", &shop.operator_key, &terms).await;
    until(a, LIST, &shop.seller_key, |list| list["products"][0]["door"]["arrives"]["from"].as_str() > Some(&day)).await;
    let today = &store::Clock::system().now().to_string()[..10];
    let rate = json!({ "base": "EUR", "quote": "USD", "date": today, "rate": "2.5", "source": "Test bank" });
    put(b, "/api/rates", &shop.operator_key, &json!({ "rates": [rate], "confirm": true })).await;
    until(a, LIST, &shop.seller_key, |list| minor(list) > minor(&dearer) * 3 / 2).await;
    // The one piece that is left is reserved for the order.
    let last = json!({ "variant": shop.variant, "warehouse": WAREHOUSE, "deed": "count", "quantity": 1 });
    post(a, "/api/seller/stock", &shop.seller_key, &last).await;
    until(b, LIST, &shop.seller_key, |list| list["total"] == 0 && list["unsold"] == 1).await;
}

/// A new category stands above the pages of both, which keep their choices in memory.
async fn categories(place: &Place, a: &mut Client, b: &mut Client) {
    let store = place.open();
    let names = std::collections::BTreeMap::from([("en".to_owned(), "Harbour lanterns".to_owned())]);
    let new = catalog::PutCategory { slug: "lanterns".into(), names, ..catalog::PutCategory::default() };
    store.write_blocking(move |tx| catalog::put_category(tx, &new)).unwrap();
    store.close();
    for client in [a, b] {
        let begun = Instant::now();
        while !String::from_utf8_lossy(&client.get("/about").await.unwrap().body).contains("Harbour lanterns") {
            assert!(begun.elapsed() < Duration::from_secs(30), "a page never came to show the category");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Files sent to either are taken in by whichever node comes first, each once; both show how far they are.
async fn files(shop: &Shop, a: &mut Client, b: &mut Client) {
    let file = |name: &str| {
        let row = |number: usize| format!("{name}-{number},Lamp {number},{name}-{number},300,5,12.50\n");
        let head = "Handle,Title,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price\n".to_owned();
        Bytes::from((0..120).map(row).fold(head, |all, row| all + &row))
    };
    let headers = [("authorization", shop.seller_key.as_str()), ("content-type", "text/csv")];
    let path = format!("/api/seller/imports?warehouse={WAREHOUSE}");
    let mut runs = Vec::new();
    for (number, name) in ["one", "two", "three", "four"].into_iter().enumerate() {
        let client = if number % 2 == 0 { &mut *a } else { &mut *b };
        let sent = client.send(Method::POST, &path, &headers, file(name)).await.unwrap();
        assert_eq!(sent.status, 202, "{}", String::from_utf8_lossy(&sent.body));
        assert_eq!(sent.headers["location"], format!("/api/seller/imports/{}", text(&sent.json().unwrap(), "id")));
        runs.push(text(&sent.json().unwrap(), "id"));
    }
    for run in runs {
        for client in [&mut *a, &mut *b] {
            let path = format!("/api/seller/imports/{run}");
            let done = until(client, &path, &shop.seller_key, |run| run["state"] == "done").await;
            assert_eq!((&done["rows"], &done["created"], &done["updated"]), (&json!(120), &json!(120), &json!(0)));
        }
    }
}

/// Keeps one browser's cookies over both nodes.
struct Cookies(Vec<(String, String)>);

impl Cookies {
    async fn send(&mut self, client: &mut Client, method: Method, path: &str, form: &str) -> Reply {
        let jar: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let jar = jar.join("; ");
        let headers = [("cookie", jar.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        let reply = client.send(method, path, &headers, Bytes::from(form.to_owned())).await.unwrap();
        for cookie in reply.headers.get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.0.retain(|(known, _)| known != name);
            self.0.push((name.to_owned(), rest.split(';').next().unwrap().to_owned()));
        }
        reply
    }

    /// The token of a form on this page.
    async fn token(&mut self, client: &mut Client, path: &str) -> String {
        let page = self.send(client, Method::GET, path, "").await;
        let page = String::from_utf8_lossy(&page.body).into_owned();
        let (_, rest) = page.split_once("name=\"csrf\" value=\"").expect("a form");
        rest.split('"').next().unwrap().to_owned()
    }
}

/// Signed in on A by a form that B had shown, at home on B; signed out on B, gone on A.
async fn sessions(a: &mut Client, b: &mut Client) {
    let mut browser = Cookies(Vec::new());
    let token = browser.token(b, "/sign-in").await;
    let password = PASSWORD.replace(' ', "+");
    let form = format!("csrf={token}&email=operator%40example.com&password={password}");
    let signed = browser.send(a, Method::POST, "/sign-in", &form).await;
    assert_eq!(signed.status, 303, "{}", String::from_utf8_lossy(&signed.body));
    assert_eq!(browser.send(b, Method::GET, "/console", "").await.status, 200);
    let token = browser.token(a, "/console/settings").await;
    let kept = browser.0.clone();
    assert_eq!(browser.send(b, Method::POST, "/sign-out", &format!("csrf={token}")).await.status, 303);
    assert_eq!(Cookies(kept).send(a, Method::GET, "/console", "").await.status, 401, "over everywhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_on_one_database_are_one_shop() {
    let Some(place) = Place::database() else { return };
    let shop = furnish(&place);
    let (one, two) = (Node::start(&place).await, Node::start(&place).await);
    let (mut a, mut b) = (one.client().await, two.client().await);
    an_order(&place, &shop, &mut a, &mut b).await;
    sessions(&mut a, &mut b).await;
    changes(&shop, &mut a, &mut b).await;
    categories(&place, &mut a, &mut b).await;
    files(&shop, &mut a, &mut b).await;
    one.terminate();
    two.terminate();
    assert!(one.ended().success() && two.ended().success());
    place.check();
    let store = place.open();
    let count =
        |sql: &'static str| -> i64 { store.read_blocking(move |db| db.raw(sql, &[])).unwrap()[0].get(0).unwrap() };
    assert_eq!(count("SELECT COUNT(*) FROM event WHERE kind = 'order.paid'"), 1);
    assert_eq!(count("SELECT COUNT(*) FROM job WHERE locked_until IS NOT NULL OR last_error IS NOT NULL"), 0);
    store.close();
}
