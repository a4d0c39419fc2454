//! Every storefront page rendered in every language, and the way of a purchase through them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "guest/change.rs"]
mod change;
#[path = "guest/take_out.rs"]
mod take_out;
mod world;

use axum::http::StatusCode;
use world::buying::{JANA, XIAOYU};
use world::{Answer, Browser, between, each};

const PAGES: [&str; 25] = [
    "/",
    "/search",
    "/search?q=tea",
    "/search?q=%E8%8C%B6",
    "/search?q=nothinglikethis",
    "/search?sort=door_price&max=40",
    "/search?sort=arrival&days=14",
    "/search?sort=newest",
    "/c/home-kitchen",
    "/suggest?q=mug",
    "/p/reactive-glaze-stoneware-mug-350-ml",
    "/cart",
    "/orders/find",
    "/sign-in",
    "/forgot-password",
    "/register",
    "/door-price",
    "/duty-guarantee",
    "/returns",
    "/selling",
    "/about",
    "/tariffs",
    "/accessibility",
    "/privacy",
    "/nothing-here",
];

fn whole(page: &Answer, path: &str, language: &str) {
    assert!(!page.html.contains('⟦'), "{path} in {language} lacks a text: {}", between(&page.html, "⟦", "⟧"));
    assert!(page.status != StatusCode::INTERNAL_SERVER_ERROR, "{path} in {language} failed: {}", page.html);
    assert!(page.headers.contains_key("content-security-policy"), "{path}");
}

#[test]
fn every_page_is_whole_in_every_language() {
    each(async |_, app| {
        for (language, tag, direction) in [
            ("en-DE", "en", "ltr"),
            ("zh-CN", "zh-CN", "ltr"),
            ("ar-SA", "ar", "rtl"),
            ("sv-SE,en", "en", "ltr"),
            ("zh-TW", "zh-CN", "ltr"),
            ("de-AT", "de", "ltr"),
            ("fr-FR", "fr", "ltr"),
            ("es-MX", "es", "ltr"),
            ("pt-PT", "pt-BR", "ltr"),
            ("ja-JP", "ja", "ltr"),
            ("ru-RU", "ru", "ltr"),
        ] {
            let mut browser = Browser::new(&app, language);
            for path in PAGES {
                let slug = "/p/reactive-glaze-mug";
                let path = if path.starts_with("/p/") { slug } else { path };
                let page = browser.get(path).await;
                whole(&page, path, language);
                let expected = if path == "/nothing-here" { StatusCode::NOT_FOUND } else { StatusCode::OK };
                assert_eq!(page.status, expected, "{path} in {language}: {}", page.html);
                if !path.starts_with("/suggest") {
                    assert!(page.html.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\"")), "{path}");
                }
            }
        }
    });
}

#[test]
fn a_guest_buys_from_germany() {
    each(async |_, app| {
        let mut jana = Browser::new(&app, "en-DE");
        let mug = jana.finds("reactive-glaze-mug").await;
        let put = jana.takes(&mug, "2").await;
        assert_eq!((put.status, put.location.as_str()), (StatusCode::SEE_OTHER, "/cart"));
        let cart = jana.get("/cart").await;
        whole(&cart, "/cart", "en");
        assert!(cart.html.contains("2 pieces, priced to Germany"), "{}", cart.html);
        let (page, seen) = jana.looks_at_the_checkout().await;
        whole(&page, "/checkout", "en");

        let wrong = [("do", "pay"), ("postcode", "1011"), ("name", "Jana Köhler"), ("seen", &seen)];
        let refused = jana.post("/checkout", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        whole(&refused, "/checkout", "en");
        assert!(refused.html.contains("id=\"postcode-error\"") && refused.html.contains("href=\"#postcode\""));
        assert!(refused.html.contains("value=\"Jana Köhler\""), "what was typed is kept");

        let placed = jana.pays(&JANA, "4242 4242 4242 4242").await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.html);
        assert!(placed.location.starts_with("/order/ord_"), "{}", placed.location);
        let order = jana.get(&placed.location).await;
        whole(&order, "/order", "en");
        assert!(order.html.contains("Being packed"), "{}", order.html);
        assert!(order.html.contains("data-zone=\"water\""), "a parcel from China crosses water");
        assert!(Browser::new(&app, "en").get("/order/ord_1.guess").await.status == StatusCode::NOT_FOUND);

        goes_to_another_door(&mut jana, &placed.location).await;
        take_out::takes_a_piece_out(&mut jana, &placed.location).await;
        change::changes_the_order(&mut jana, &placed.location).await;
        let empty = jana.get("/checkout").await;
        assert_eq!(empty.location, "/cart", "the cart has become an order");
        let asked = jana.post(&format!("{}/cancel", placed.location), &[]).await;
        assert!(asked.html.contains("Cancel this order?"), "{}", asked.html);
        assert!(!jana.get(&placed.location).await.html.contains("This order was cancelled."), "asked first");
        let cancelled = jana.post(&format!("{}/cancel", placed.location), &[("sure", "yes")]).await;
        assert_eq!(cancelled.status, StatusCode::SEE_OTHER, "{}", cancelled.html);
        let order = jana.get(&placed.location).await;
        assert!(order.html.contains("This order was cancelled."));
        assert!(!order.html.contains("Change the address"), "it goes nowhere");
        assert!(!order.html.contains("Take something out"), "nothing is left");
        let elsewhere = [&DOOR[..1], &[("street", "Torstraße 1")], &DOOR[2..]].concat();
        let late = jana.post(&format!("{}/address", placed.location), &elsewhere).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.html);
    });
}

const DOOR: [(&str, &str); 5] = [
    ("name", "Jana Köhler"),
    ("street", "Linienstraße 7"),
    ("postcode", "10178"),
    ("city", "Berlin"),
    ("phone", "+49 151 2345 6789"),
];

/// Until it is packed, the buyer sends it elsewhere in the same place, or reads what is wrong beside the field.
async fn goes_to_another_door(browser: &mut Browser, order: &str) {
    let path = format!("{order}/address");
    assert!(browser.get(order).await.html.contains("Change the address"));
    let page = browser.get(&path).await;
    whole(&page, &path, "en");
    assert!(page.html.contains("value=\"Invalidenstraße 48\""), "it begins with what is known: {}", page.html);
    let wrong = browser.post(&path, &[&DOOR[..2], &[("postcode", "1017"), DOOR[3], DOOR[4]]].concat()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains("id=\"postcode-error\"") && wrong.html.contains("value=\"Linienstraße 7\""));
    let moved = browser.post(&path, &DOOR).await;
    assert_eq!((moved.status, moved.location.as_str()), (StatusCode::SEE_OTHER, order), "{}", moved.html);
    let shown = browser.get(order).await;
    assert!(shown.html.contains("Linienstraße 7") && !shown.html.contains("Invalidenstraße 48"), "{}", shown.html);
}

#[test]
fn the_bank_asks_back_and_refuses() {
    each(async |_, app| {
        let mut browser = Browser::new(&app, "zh-CN,zh;q=0.9");
        browser.post("/preferences", &[("to", "DE"), ("currency", "EUR")]).await;
        let mug = browser.finds("reactive-glaze-mug").await;
        browser.takes(&mug, "1").await;
        let asked = browser.pays(&XIAOYU, "4000000000003220").await;
        assert!(asked.location.starts_with("/pay/sandbox/pay_"), "{} {}", asked.location, asked.html);
        let bank = browser.get(&asked.location).await;
        whole(&bank, "/pay/sandbox", "zh-CN");
        let to = between(&bank.html, "name=\"to\" value=\"", "\"").replace("&#x2f;", "/");
        let path = asked.location.split('?').next().unwrap().to_owned();
        let back = browser.post(&path, &[("answer", "refuse"), ("to", &to)]).await;
        assert_eq!(back.location, to);
        let order = browser.get(&to).await;
        whole(&order, "/order", "zh-CN");
        let again = [("card", "4242424242424242"), ("key", "1")];
        let paid = browser.post(&format!("{to}/pay"), &again).await;
        assert_eq!(paid.location, to, "{}", paid.html);
        let order = browser.get(&to).await;
        assert!(!order.html.contains("/pay\""), "nothing is left to pay");
    });
}

#[test]
fn forms_are_guarded_and_sign_in_brings_the_cart_along() {
    each(async |_, app| {
        let mut browser = Browser::new(&app, "en-DE");
        let csrf = browser.csrf().await;
        let theme = [("theme", "dark"), ("back", "/about")];
        assert_eq!(browser.post_as("/preferences", &theme, "", "same-origin").await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.post_as("/preferences", &theme, &csrf, "cross-site").await.status, StatusCode::FORBIDDEN);
        let kept = browser.post_as("/preferences", &theme, &csrf, "same-origin").await;
        assert_eq!(kept.location, "/about");
        assert!(browser.get("/about").await.html.contains("data-theme=\"dark\""));
        let out = browser.post_as("/preferences", &[("back", "//evil.example")], &csrf, "same-origin").await;
        assert_eq!(out.location, "/", "redirects stay here");

        let mug = browser.finds("reactive-glaze-mug").await;
        browser.takes(&mug, "3").await;
        let refused = browser.post("/sign-in", &[("email", "buyer@example.com"), ("password", "wrong")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let signed = browser.post("/sign-in", &[("email", "buyer@example.com"), ("password", world::PASSWORD)]).await;
        assert_eq!(signed.location, "/account", "{}", signed.html);
        let account = browser.get("/account").await;
        whole(&account, "/account", "en");
        assert!(account.html.contains("Jana Köhler"));
        assert!(browser.get("/cart").await.html.contains("3 pieces"));
        whole(&browser.get("/account/addresses/new").await, "/account/addresses/new", "en");
        assert_eq!(browser.get("/setup").await.status, StatusCode::FORBIDDEN);
        let mut stranger = Browser::new(&app, "en");
        assert_eq!(stranger.get("/account").await.status, StatusCode::UNAUTHORIZED);

        let moved = browser.post("/preferences", &[("to", "JP"), ("back", "/about")]).await;
        assert_eq!(moved.location, "/cart", "the cart says what changed");
        let cart = browser.get("/cart").await;
        whole(&cart, "/cart", "en");
        assert!(cart.html.contains("Re-priced for Japan") && cart.html.contains('¥'), "{}", cart.html);
    });
}

#[test]
fn no_route_opens_to_those_it_is_not_for() {
    each(async |_, app| {
        let mut guest = Browser::new(&app, "en-DE");
        let mut buyer = Browser::new(&app, "en-DE");
        buyer.post("/sign-in", &[("email", "buyer@example.com"), ("password", world::PASSWORD)]).await;
        let (guest_token, buyer_token) = (guest.csrf().await, buyer.csrf().await);
        for route in web::routes() {
            let path = route.path.replace(['{', '}', '*'], "");
            let expected = match route.who {
                frame::Who::Buyer => [StatusCode::UNAUTHORIZED, StatusCode::OK],
                frame::Who::Seller(_) | frame::Who::Console(_) => [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN],
                _ => continue,
            };
            let fields = [("do", "none")];
            let (as_guest, as_buyer) = match route.verb {
                frame::Verb::Get => (guest.get(&path).await, buyer.get(&path).await),
                frame::Verb::Post => (
                    guest.post_as(&path, &fields, &guest_token, "same-origin").await,
                    buyer.post_as(&path, &fields, &buyer_token, "same-origin").await,
                ),
                other => panic!("a page with {other:?}"),
            };
            assert_eq!(as_guest.status, expected[0], "{} {path} for a guest", route.verb.name());
            if route.who != frame::Who::Buyer {
                assert_eq!(as_buyer.status, expected[1], "{} {path} for a buyer", route.verb.name());
            }
        }
    });
}

#[test]
fn static_files_are_kept_for_ever_under_their_own_name() {
    each(async |_, app| {
        let mut browser = Browser::new(&app, "en");
        let home = browser.get("/?hl=zh-CN").await;
        assert!(home.html.contains("<html lang=\"zh-CN\""), "a link may name the language");
        assert!(browser.get("/about").await.html.contains("<html lang=\"zh-CN\""), "and it is kept");
        let sheet = between(&home.html, "rel=\"stylesheet\" href=\"", "\"").replace("&#x2f;", "/");
        assert!(sheet.starts_with("/static/~"), "{sheet}");
        let file = browser.get(&sheet).await;
        let caching = file.headers["cache-control"].to_str().unwrap();
        assert!(caching.contains("immutable") && file.html.contains("@layer"), "{caching}");
        let plain = browser.get("/static/entrepot.css").await;
        assert!(!plain.headers["cache-control"].to_str().unwrap().contains("immutable"));
        for wrong in ["/static/../Cargo.toml", "/static/none.css", "/static/~0/..%2f..%2fCargo.toml"] {
            assert_eq!(browser.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        assert_eq!(browser.get("/healthz").await.html, "ok\n");
        assert_eq!(browser.get("/readyz").await.html, "ready\n");
        let metrics = browser.get("/metrics").await;
        assert!(metrics.html.contains("entrepot_requests_total{method=\"GET\",route=\"/\",status=\"2xx\"} 1"));
        assert!(!home.html.contains("<script>") && !home.html.contains(" onclick="), "no script stands in a page");
        let policy = home.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe-eval"));
    });
}

#[test]
fn carts_are_counted_by_address_until_a_key_says_who_calls() {
    each(async |store, _| {
        let app = world::app(&store, frame::Config { rate_limit: 3, ..frame::Config::default() });
        let mut browser = Browser::new(&app, "en-DE");
        let cart = |key: Option<&str>| {
            let body = "{\"destination\":\"DE\",\"currency\":\"EUR\"}";
            let mut request = axum::http::Request::post("/api/carts").header("content-type", "application/json");
            if let Some(key) = key {
                request = request.header("authorization", format!("Bearer {key}"));
            }
            request.body(axum::body::Body::from(body)).unwrap()
        };
        for _ in 0..3 {
            let made = browser.send(cart(None)).await;
            assert_eq!(made.status, StatusCode::CREATED, "{}", made.html);
        }
        let refused = browser.send(cart(None)).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers["retry-after"], "20");
        assert!(refused.html.contains("\"rate_limited\"") && refused.html.contains("in 20 s"), "{}", refused.html);
        let order = axum::http::Request::post("/api/carts/x1/order").body(axum::body::Body::empty()).unwrap();
        assert_eq!(browser.send(order).await.status, StatusCode::TOO_MANY_REQUESTS, "orders are counted with them");
        assert_eq!(browser.get("/api/products?destination=DE&currency=EUR").await.status, StatusCode::OK);
        let key = store.write(|tx| {
            let organisation = parties::platform(tx)?.unwrap().id;
            let new = parties::NewApiKey { organisation, role: base::Role::Admin, label: "own frontend".into() };
            Ok(parties::create_api_key(tx, &new)?.1)
        });
        let key = key.await.unwrap();
        for _ in 0..5 {
            assert_eq!(browser.send(cart(Some(&key))).await.status, StatusCode::CREATED, "a known caller");
        }
        store.clock().advance_seconds(20);
        assert_eq!(browser.send(cart(None)).await.status, StatusCode::CREATED, "after the told wait");
        assert_eq!(browser.send(cart(None)).await.status, StatusCode::TOO_MANY_REQUESTS);
    });
}

#[test]
fn costly_forms_are_counted_by_address_whoever_is_signed_in() {
    each(async |store, _| {
        let app = world::app(&store, frame::Config { rate_limit: 3, ..frame::Config::default() });
        let said = ["within a minute", "请稍候", "انتظر لحظة"];
        for (language, said) in ["en-DE", "zh-CN", "ar-SA"].into_iter().zip(said) {
            let mut browser = Browser::new(&app, language);
            browser.get("/sign-in").await;
            let who = [("email", "jana@example.com"), ("password", "wrong")];
            for path in ["/sign-in", "/forgot-password", "/orders/find"] {
                let answer = browser.post(path, &who).await;
                assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path} in {language}");
            }
            for path in ["/sign-in", "/register", "/cart/lines", "/checkout", "/order/x/pay", "/pay/sandbox/x"] {
                let refused = browser.post(path, &who).await;
                whole(&refused, path, language);
                assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{path} in {language}");
                assert_eq!(refused.headers["retry-after"], "20");
                assert!(refused.html.contains(said), "{path} in {language}: {}", refused.html);
            }
            assert_eq!(browser.get("/search").await.status, StatusCode::OK, "reading is not counted");
            store.clock().advance_seconds(60);
        }
    });
}

#[test]
fn the_first_start_asks_who_runs_the_shop() {
    for (engine, store) in store::testing::stores(world::SCHEMAS) {
        println!("on {engine}");
        let token = store.write_blocking(parties::claim_token).unwrap().unwrap();
        let app = world::app(&store, frame::Config::default());
        world::wait(first_start(&app, &token));
    }
}

async fn first_start(app: &frame::App, token: &str) {
    let store = app.store.clone();
    let mut browser = Browser::new(app, "en-DE");
    assert_eq!(browser.get("/").await.location, "/claim");
    let waiting = browser.get("/claim").await;
    assert!(waiting.html.contains("not open yet"));
    let path = format!("/claim?token={token}");
    whole(&browser.get(&path).await, "/claim", "en");
    let mut form = vec![
        ("token", token),
        ("name", "Harbour goods"),
        ("email", "owner@example.com"),
        ("password", "short"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("language", "en"),
    ];
    let asked = browser.get(&path).await.html;
    let box_of = world::between(&asked, "id=\"typical_rates\"", ">").to_owned();
    assert!(
        !box_of.contains("checked") && asked.contains("the shop bears the difference"),
        "offered, not taken for granted"
    );
    let refused = browser.post("/claim", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("id=\"password-error\""), "{}", refused.html);
    form[3].1 = "a long enough password";
    let claimed = browser.post("/claim", &form).await;
    assert_eq!(claimed.location, "/setup", "{}", claimed.html);
    let strict = app.store.read_blocking(|db| Ok(!parties::typical_rates(db)?)).unwrap();
    assert!(strict && app.world().typical == customs::Typical::Refuse, "what was not ticked is not so");
    let setup = browser.get("/setup").await;
    whole(&setup, "/setup", "en");
    assert!(setup.html.contains("Harbour goods is yours"));
    let address = [
        ("name", "Harbour goods"),
        ("street", "Am Kai 1"),
        ("postcode", "20457"),
        ("city", "Hamburg"),
        ("phone", "+49 40 1234567"),
    ];
    assert_eq!(browser.post("/setup/warehouse", &address).await.location, "/setup");
    let csrf = browser.csrf().await;
    let none = browser.send(catalogue(&csrf, "")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    whole(&none, "/setup", "en");
    assert!(none.html.contains("id=\"file-error\"") && none.html.contains("Choose a file first."), "{}", none.html);
    let file = "Handle,Title,Variant Price,Variant Grams,Variant Inventory Qty,Status\nrope,Rope,12.00,300,9,active\n";
    let sent = browser.send(catalogue(&csrf, file)).await;
    assert!(sent.location.starts_with("/console/imports/imp_"), "{} {}", sent.status, sent.html);
    let waits = browser.get(&sent.location).await;
    assert_eq!(waits.headers["refresh"], "5");
    world::take_files_in(&store).await;
    let done = browser.get(&sent.location).await;
    whole(&done, &sent.location, "en");
    assert!(!done.headers.contains_key("refresh") && done.html.contains("1 new, 0 changed"), "{}", done.html);
    let shelf = app.shelf.clone();
    store.read(move |db| shelf.reload(db)).await.unwrap();
    let shop = browser.get("/search").await;
    assert!(shop.html.contains("Rope"), "on sale at home: {}", shop.html);
    assert_eq!(browser.get(&path).await.location, "/", "the link is good once");
}

/// The form of the first start with a product file.
fn catalogue(csrf: &str, file: &str) -> axum::http::Request<axum::body::Body> {
    let boundary = "harbour";
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"goods.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--{boundary}--\r\n"
    );
    axum::http::Request::post(format!("/setup/catalogue?csrf={csrf}"))
        .header("content-type", format!("multipart/form-data; boundary={boundary}"))
        .body(axum::body::Body::from(body))
        .unwrap()
}

#[test]
fn of_few_pieces_one_visitor_holds_a_part_and_hears_what_to_do() {
    each(async |store, app| {
        let said = ["Few pieces are left", "所剩不多", "لم يبقَ"];
        for (language, said) in ["en-DE", "zh-CN", "ar-SA"].into_iter().zip(said) {
            let mut browser = Browser::new(&app, language);
            browser.post("/preferences", &[("to", "DE"), ("currency", "EUR")]).await;
            let page = browser.get("/p/reactive-glaze-mug").await;
            let offer = between(&page.html, "name=\"offer\" value=\"", "\"").to_owned();
            let (id, key) = (offer.parse().unwrap(), format!("two:{language}"));
            let two = move |tx: &mut store::Tx| {
                let facts = offers::facts(tx, &[id])?.remove(0);
                let (warehouse, variant, key) = (facts.warehouse, facts.variant, key.clone());
                stock::set_on_hand(tx, &stock::Move { warehouse, variant, quantity: 2, key, reason: "count".into() })
            };
            store.write(two).await.unwrap();
            browser.post("/cart/lines", &[("offer", &offer), ("quantity", "2")]).await;
            let form = [
                ("do", "pay"),
                ("name", "Jana Köhler"),
                ("street", "Torstraße 1"),
                ("postcode", "10119"),
                ("city", "Berlin"),
                ("phone", "+49 30 1234567"),
                ("email", "jana@example.de"),
                ("card", "4242424242424242"),
            ];
            let refused = browser.post("/checkout", &form).await;
            whole(&refused, "/checkout", &language[..2].replace("zh", "zh-CN"));
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.html.contains(said), "{language}: {}", refused.html);
        }
        let held =
            store.read(|db| db.raw("SELECT COUNT(*) FROM ledger_hold WHERE state = 'pending'", &[])?[0].get::<i64>(0));
        assert_eq!(held.await.unwrap(), 0, "a refusal holds nothing");
    });
}
