//! What browsers and caches may keep: nothing of what is somebody's, whatever route answers.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Method, Request, header};
use desk_world::{each, sign_in};
use frame::{Keep, Route};
use world::{Answer, Browser};

fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "x1".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn ask(route: &Route) -> Request<Body> {
    let method = Method::from_bytes(route.verb.name().as_bytes()).unwrap();
    let request =
        Request::builder().method(method).uri(filled(route.path)).header(header::CONTENT_TYPE, "application/json");
    request.body(Body::from("{}")).unwrap()
}

fn said(answer: &Answer) -> String {
    answer.headers.get(header::CACHE_CONTROL).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[test]
fn nothing_that_is_somebodys_is_kept_by_anybody() {
    each(async |desks| {
        let mut faults = Vec::new();
        for email in ["", "owner@lantau.example", "operator@example.com"] {
            let mut browser = match email {
                "" => Browser::new(&desks.app, "en-DE"),
                _ => sign_in(&desks, email, "en-DE").await,
            };
            for route in web::routes().filter(|route| route.path != "/sign-out") {
                let answer = browser.send(ask(route)).await;
                let fits = match (route.keep, said(&answer).as_str()) {
                    (Keep::Nothing, "no-store") => true,
                    (Keep::Guests, "private, no-cache") => email.is_empty(),
                    (Keep::Guests, "no-store") => !email.is_empty(),
                    // Public ones say themselves how long; their refusals are kept by nobody.
                    (Keep::Public, kept) => kept.starts_with("public") || kept == "no-store",
                    _ => false,
                };
                if !fits {
                    faults.push(format!("{} {} for “{email}”: {:?}", route.verb.name(), route.path, said(&answer)));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        // What is the same for everybody is short: whoever adds to it has thought of it.
        let public: Vec<&str> =
            web::routes().filter(|route| route.keep == Keep::Public).map(|route| route.path).collect();
        assert_eq!(public.len(), 9, "{public:?}");
        for path in ["/no-such-page", "/api/no-such-thing", "/order/guessed"] {
            assert_eq!(said(&Browser::new(&desks.app, "en-DE").get(path).await), "no-store", "{path}");
        }
        let sheet = Browser::new(&desks.app, "en-DE").get("/static/entrepot.css").await;
        assert_eq!(said(&sheet), "public, max-age=300");
    });
}

#[test]
fn what_is_asked_for_by_name_says_what_is_so() {
    each(async |desks| {
        let mut guest = Browser::new(&desks.app, "en-DE");
        let robots = guest.get("/robots.txt").await.html;
        assert_eq!(robots, "User-agent: *\nDisallow: /\n", "a demonstration is not for search engines");
        let index = guest.get("/sitemap.xml").await.html;
        assert!(index.contains("/sitemaps/0.xml") && index.contains("/sitemaps/1.xml"), "{index}");
        assert!(!index.contains("/sitemaps/2.xml"), "{index}");
        let products = guest.get("/sitemaps/1.xml").await.html;
        assert_eq!(products.matches("<loc>").count(), desks.app.shelf.len());
        let one = world::between(&products, "<loc>http://localhost:8080", "</loc>").to_owned();
        assert_eq!(guest.get(&one).await.status, 200, "{one}");
        assert!(guest.get("/sitemaps/0.xml").await.html.contains("/c/"), "categories");
        assert_eq!(guest.get("/sitemaps/2.xml").await.status, 404);
        let icon = guest.get("/favicon.ico").await;
        assert_eq!(guest.get(&icon.location).await.status, 200, "{}", icon.location);
        assert!(guest.get("/site.webmanifest").await.html.contains("\"icons\""));
        assert_eq!(guest.get("/.well-known/security.txt").await.status, 404, "no contact is known");
    });
}

#[test]
fn every_code_of_an_error_has_a_page() {
    each(async |desks| {
        let mut guest = Browser::new(&desks.app, "en-DE");
        let list = guest.get("/docs/errors").await.html;
        let codes = api::docs::errors::codes(&desks.app.languages);
        assert!(codes.len() > 200);
        for code in &codes {
            assert!(list.contains(&format!("href=\"/docs/errors/{code}\"")), "{code}");
        }
        let page = guest.get("/docs/errors/out_of_stock").await;
        assert_eq!(page.status, 200);
        assert!(page.html.contains("Fewer pieces are left than were asked for.") && page.html.contains("What to do"));
        let chinese = Browser::new(&desks.app, "zh-CN").get("/docs/errors/out_of_stock").await.html;
        assert!(chinese.contains("处理办法"), "{chinese}");
        assert_eq!(guest.get("/docs/errors/no_such_code").await.status, 404);
        let problem = guest.get("/api/orders/x").await;
        let document: serde_json::Value = serde_json::from_str(&problem.html).unwrap();
        let place = document["type"].as_str().unwrap().strip_prefix("http://localhost:8080").unwrap();
        assert_eq!(guest.get(place).await.status, 200, "the type of a problem document can be opened: {place}");
        let reference = guest.get("/api/docs").await;
        assert_eq!(reference.status, 200);
        for words in ["curl -X POST", "id=\"get-api-products\"", "Authorization: Bearer $KEY", "order.paid"] {
            assert!(reference.html.contains(words), "{words}");
        }
    });
}
