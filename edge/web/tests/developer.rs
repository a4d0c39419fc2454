//! “API & webhooks” on both desks: keys and endpoints are made, shown once, changed and taken away, by their owners alone.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use desk_world::{Desks, each, sign_in};
use world::{Answer, Browser, between};

fn whole(page: &Answer) {
    assert!(!page.html.contains('⟦'), "a text is lacking: {}", between(&page.html, "⟦", "⟧"));
    assert!(page.html.contains("class=\"desk-body\""), "{}", page.status);
}

async fn asked(desks: &Desks, key: &str) -> StatusCode {
    let request = Request::get("/api/webhook-endpoints").header("authorization", format!("Bearer {key}"));
    Browser::new(&desks.app, "en").send(request.body(Body::empty()).unwrap()).await.status
}

#[test]
fn a_key_is_shown_once_opens_the_api_and_is_revoked() {
    each(async |desks| {
        for (email, base, role) in [
            ("owner@lantau.example", "/seller/settings/api", "seller_owner"),
            ("operator@example.com", "/console/settings/api", "admin"),
        ] {
            let mut browser = sign_in(&desks, email, "zh-CN").await;
            let form = [("deed", "key"), ("label", "stock program"), ("role", role)];
            let made = browser.post(base, &form).await;
            whole(&made);
            assert_eq!(made.headers["cache-control"], "no-store");
            let key = format!("ek_{}", between(&made.html, ">ek_", "<"));
            assert_eq!(asked(&desks, &key).await, StatusCode::OK);
            let page = browser.get(base).await;
            assert!(page.html.contains("stock program") && !page.html.contains(&key), "its first letters only");
            let id = between(&page.html, "name=\"id\" value=\"", "\"").to_owned();
            let question = browser.post(base, &[("deed", "revoke"), ("id", &id)]).await;
            whole(&question);
            assert!(question.html.contains(&format!("name=\"id\" value=\"{id}\"")), "what was sent is kept");
            assert_eq!(asked(&desks, &key).await, StatusCode::OK, "asked first");
            assert_eq!(browser.post(base, &[("deed", "revoke"), ("id", &id), ("sure", "yes")]).await.location, base);
            assert_eq!(asked(&desks, &key).await, StatusCode::UNAUTHORIZED);
            let wrong = browser.post(base, &[("deed", "key"), ("label", "x"), ("role", "finance_of_others")]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let mut seller = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let page = seller.post("/seller/settings/api", &[("deed", "key"), ("label", "x"), ("role", "admin")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "no seller makes an operator");
        let mut staff = sign_in(&desks, "staff@lantau.example", "en-DE").await;
        assert_eq!(staff.get("/seller/settings/api").await.status, StatusCode::FORBIDDEN);
        assert!(!staff.get("/seller/settings").await.html.contains("/seller/settings/api"));
    });
}

#[test]
fn an_endpoint_lives_on_its_page() {
    each(async |desks| {
        let base = "/seller/settings/api";
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        for url in ["", "ftp://example.com", "http://example.com", "https://10.0.0.7/hooks", "https://169.254.169.254/"]
        {
            let wrong = browser.post(base, &[("deed", "endpoint"), ("url", url)]).await;
            whole(&wrong);
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
            assert!(wrong.html.contains("id=\"url-error\""), "{url}");
        }
        let form = [("deed", "endpoint"), ("url", "https://hooks.example.com/in"), ("event-order.paid", "1")];
        let made = browser.post(base, &form).await;
        whole(&made);
        let secret = between(&made.html, ">whsec_", "<").to_owned();
        assert_eq!((made.status, made.headers["cache-control"].to_str().unwrap()), (StatusCode::OK, "no-store"));
        let path = format!("{base}/whe_{}", between(&made.html, "/whe_", "\""));
        let page = browser.get(&path).await;
        whole(&page);
        assert!(page.html.contains("name=\"event-order.paid\" value=\"1\" checked") && !page.html.contains(&secret));
        assert!(!page.html.contains("event-order.placed"), "that is the operator's");
        let rotated = browser.post(&path, &[("deed", "rotate")]).await;
        whole(&rotated);
        assert!(rotated.html.contains("whsec_") && !rotated.html.contains(&secret));
        assert!(rotated.html.contains("The old secret signs too until"));
        assert_eq!(browser.post(&path, &[("deed", "test")]).await.location, path);
        let page = browser.get(&path).await;
        assert!(page.html.contains("webhook.test") && page.html.contains("Waiting"), "{}", page.html);
        let message = format!("msg_{}", between(&page.html, "value=\"msg_", "\""));
        assert_eq!(browser.post(&path, &[("deed", "again"), ("id", &message)]).await.location, path);
        let form = [("deed", "change"), ("url", "https://hooks.example.com/other")];
        assert_eq!(browser.post(&path, &form).await.location, path);
        browser.post(&path, &[("deed", "off")]).await;
        let page = browser.get(&path).await;
        assert!(page.html.contains("hooks.example.com&#x2f;other") && page.html.contains("Paused"), "{}", page.html);
        browser.post(&path, &[("deed", "test")]).await;
        assert!(
            browser.get(&path).await.html.contains("switched off; switch it on first"),
            "what cannot be done is said"
        );
        for email in ["owner@other.example", "operator@example.com"] {
            let mut other = sign_in(&desks, email, "zh-CN").await;
            let there = path.replace("/seller/", if email.starts_with("operator") { "/console/" } else { "/seller/" });
            assert_eq!(other.get(&there).await.status, StatusCode::NOT_FOUND, "{email}");
            assert_eq!(other.post(&there, &[("deed", "rotate")]).await.status, StatusCode::NOT_FOUND, "{email}");
        }
        assert!(browser.post(&path, &[("deed", "remove")]).await.html.contains("name=\"sure\""), "asked first");
        assert_eq!(browser.post(&path, &[("deed", "remove"), ("sure", "yes")]).await.location, base);
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
    });
}
