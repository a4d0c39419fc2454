//! What the house says of itself: webhooks that do not prove themselves, exchange rates that are old, missing or not believed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::{Currency, Rate};
use desk_world::{each, sign_in};
use offers::RateRow;
use world::Browser;

fn news(id: &str, seconds: i64, secret: &str) -> Request<Body> {
    let body = "{}";
    let signature = payments::sandbox::sign(secret, id, seconds, body.as_bytes()).unwrap();
    Request::post("/webhooks/payments/sandbox")
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds.to_string())
        .header("webhook-signature", signature)
        .body(Body::from(body))
        .unwrap()
}

#[test]
fn a_webhook_that_does_not_prove_itself_is_told_in_three_ways() {
    each(async |desks| {
        let mut outside = Browser::new(&desks.app, "en-DE");
        let now = desks.store.clock().now().micros() / 1_000_000;
        let bare = Request::post("/webhooks/payments/sandbox").body(Body::from("{}")).unwrap();
        for (request, code) in [(bare, "header_missing"), (news("a", now, "another secret"), "signature_mismatch")] {
            let answer = outside.send(request).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.html);
            assert!(answer.html.contains(&format!("\"code\":\"{code}\"")), "{}", answer.html);
            assert!(!answer.html.contains("Sign in"), "{}", answer.html);
        }
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let page = operator.get("/console/health").await.html.replace("&#x2f;", "/");
        assert!(page.contains("Messages of payments/sandbox are refused") && page.contains("money waits"), "{page}");
        assert!(page.contains("signed with another secret"), "{page}");
        let mut chinese = sign_in(&desks, "operator@example.com", "zh-CN").await;
        assert!(
            chinese.get("/console/health").await.html.replace("&#x2f;", "/").contains("payments/sandbox 的消息被拒绝")
        );
    });
}

fn row(quote: &str, rate: &str, date: base::Date) -> RateRow {
    RateRow {
        base: Currency::EUR,
        quote: quote.parse().unwrap(),
        date,
        rate: rate.parse::<Rate>().unwrap(),
        source: "test".into(),
    }
}

#[test]
fn old_rates_are_told_at_every_page_of_the_console_and_at_the_price() {
    each(async |desks| {
        let today = desks.store.clock().now().date();
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        // The built-in rates are of 30 October; the world's day is weeks later.
        for path in ["/console", "/console/health", "/console/readiness", "/console/rates"] {
            let page = operator.get(path).await.html;
            assert!(page.contains("The newest exchange rates are of 30 Oct 2026"), "{path}: {page}");
        }
        desks.store.write(move |tx| offers::put_rates(tx, &[row("USD", "1.1", today)])).await.unwrap();
        let fresh = |db: &mut store::Read| {
            let rates = offers::Rates::load(db, db.now().date())?;
            door::World::new(customs::Tables::builtin(), &rates, customs::Typical::Accept, db.now())
        };
        let world = desks.store.read(fresh).await.unwrap();
        desks.app.set_world(std::sync::Arc::new(world));
        let page = operator.get("/console").await.html;
        assert!(!page.contains("The newest exchange rates are of"), "{page}");
    });
}

#[test]
fn a_rate_that_is_not_believed_waits_on_the_page() {
    each(async |desks| {
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let today = desks.store.clock().now().date().to_string();
        let by_hand = |rate: &'static str, day: String| {
            vec![
                ("base".to_owned(), "EUR".to_owned()),
                ("quote".into(), "USD".into()),
                ("rate".into(), rate.into()),
                ("date".into(), day),
                ("source".into(), "the bank".into()),
            ]
        };
        let send = async |operator: &mut Browser, fields: Vec<(String, String)>| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            operator.post("/console/rates", &fields).await
        };
        operator.get("/console/rates").await;
        assert_eq!(send(&mut operator, by_hand("111.72", today.clone())).await.status, StatusCode::SEE_OTHER);
        let page = operator.get("/console/rates").await.html;
        assert!(page.contains("Rates to confirm") && page.contains("111.72") && page.contains("1.1172"), "{page}");
        let word = [("base", "EUR"), ("quote", "USD"), ("date", today.as_str())];
        let dropped = operator.post("/console/rates/held", &[&word[..], &[("word", "drop")]].concat()).await;
        assert_eq!(dropped.status, StatusCode::SEE_OTHER);
        let page = operator.get("/console/rates").await.html;
        assert!(!page.contains("111.72") && page.contains("The rate is dropped"), "{page}");
        send(&mut operator, by_hand("2.5", today.clone())).await;
        let confirmed = operator.post("/console/rates/held", &[&word[..], &[("word", "confirm")]].concat()).await;
        assert_eq!(confirmed.status, StatusCode::SEE_OTHER);
        let page = operator.get("/console/rates").await.html;
        assert!(page.contains("2.5") && !page.contains("Rates to confirm"), "{page}");
    });
}
