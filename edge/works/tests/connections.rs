//! Whom the shop works with, as its admins set it up in the console: what is asked first, what is never shown, what goes on after a
//! change, and that every node follows.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../../connect/tests/fake_stripe/mod.rs"]
mod fake_stripe;
#[path = "../../web/tests/world/mod.rs"]
mod world;

use axum::http::StatusCode;
use connect::Peers;
use fake_stripe::{Fake, KEY, WEBHOOK_SECRET};
use store::{Store, testing};
use works::{House, reactions};
use world::{Answer, Browser, PASSWORD, between};

const PAGE: &str = "/console/settings/connections/payments";
const OTHER: &str = "sk_test_another_account";

struct Shop {
    fake: Fake,
    address: String,
    store: Store,
    house: House,
    app: frame::App,
}

fn house(store: &Store, address: &str) -> (House, frame::App) {
    let house = House::new(store.clone()).unwrap().speaking_to(Peers::new(true)).unwrap().stripe_at(address);
    let app = house.pages(&web::SURFACES, frame::Config::default()).unwrap();
    (house, app)
}

async fn shop() -> Shop {
    let (fake, address) = Fake::start().await;
    let at = address.clone();
    let make = move || {
        let (_, store) = testing::stores(works::schemas()).remove(0);
        world::furnish(&store);
        let (house, app) = house(&store, &at);
        Shop { fake, address: at, store, house, app }
    };
    let mut shop = tokio::task::spawn_blocking(make).await.unwrap();
    shop.address = address;
    shop
}

impl Shop {
    async fn admin(&self) -> Browser {
        let mut browser = Browser::new(&self.app, "en-DE");
        let form = [("email", "operator@example.com"), ("password", PASSWORD)];
        assert_eq!(browser.post("/sign-in", &form).await.status, StatusCode::SEE_OTHER);
        browser
    }

    async fn connections(&self) -> Vec<parties::Connection> {
        self.store.read(parties::connections).await.unwrap()
    }

    fn taking(&self) -> &'static str {
        self.house.providers().taking().name()
    }

    /// A guest goes to Stripe's page to pay.
    async fn bought(&self) -> String {
        let mut browser = Browser::new(&self.app, "en-DE");
        browser.post("/preferences", &[("to", "DE"), ("currency", "EUR")]).await;
        let page = browser.get("/p/reactive-glaze-mug").await;
        let offer = between(&page.html, "name=\"offer\" value=\"", "\"").to_owned();
        browser.post("/cart/lines", &[("offer", &offer)]).await;
        let page = browser.get("/checkout").await;
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
        browser.post("/checkout", &form).await.location
    }
}

async fn save(browser: &mut Browser, key: &str) -> Answer {
    browser.post(PAGE, &[("do", "save"), ("key", key), ("webhook_secret", WEBHOOK_SECRET)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_tried_before_it_is_kept_never_shown_again_and_serves_on_every_node() {
    let shop = shop().await;
    let (store, address) = (shop.store.clone(), shop.address.clone());
    let (node, _) = tokio::task::spawn_blocking(move || house(&store, &address)).await.unwrap();
    let mut admin = shop.admin().await;
    for wrong in ["nonsense", "sk_test_of_nobody_at_all"] {
        let refused = save(&mut admin, wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(!refused.html.contains(wrong) && !refused.html.contains(WEBHOOK_SECRET), "a secret is not shown again");
    }
    assert!(shop.connections().await.is_empty() && shop.taking() == "sandbox");

    assert_eq!(save(&mut admin, KEY).await.status, StatusCode::SEE_OTHER);
    assert_eq!(shop.taking(), "stripe", "at once");
    assert!(shop.bought().await.ends_with("/away"), "buyers pay there");
    assert_eq!(node.providers().taking().name(), "sandbox");
    reactions::react(&node).await.unwrap();
    assert_eq!(node.providers().taking().name(), "stripe", "the other node follows");

    let page = admin.get(PAGE).await.html;
    assert!(!page.contains(KEY) && page.contains(&format!("ends in {}", &KEY[KEY.len() - 4..])), "{page}");
    assert!(page.contains("/webhooks/payments/stripe"));
    let trail = admin.get("/console/trail").await.html;
    assert!(trail.contains("Connection changed") && !trail.contains(KEY));
    let told = shop.store.read(|db| notify::of_recipient(db, "operator@example.com")).await.unwrap();
    assert!(told.iter().any(|one| one.kind == notify::Kind::PaymentsChanged), "the admins hear of it");

    // Empty keeps the key; the other secret is another one now.
    let form = [("do", "save"), ("key", ""), ("webhook_secret", "whsec_another_one_altogether")];
    assert_eq!(admin.post(PAGE, &form).await.status, StatusCode::SEE_OTHER);
    let secrets = shop.store.read(|db| parties::connection_secrets(db, "stripe")).await.unwrap();
    assert_eq!((&*secrets["key"], &*secrets["webhook_secret"]), (KEY, "whsec_another_one_altogether"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_to_the_former_account_is_served_by_its_own_key() {
    let shop = shop().await;
    let mut admin = shop.admin().await;
    save(&mut admin, KEY).await;
    let order = shop.bought().await;
    // A new key of the same account, which knows the payment.
    shop.fake.books().key = Some("sk_test_rolled_of_the_same");
    assert_eq!(save(&mut admin, "sk_test_rolled_of_the_same").await.status, StatusCode::SEE_OTHER);
    assert_eq!(shop.connections().await.len(), 1, "the same account");

    let sessions = std::mem::take(&mut shop.fake.books().sessions);
    shop.fake.books().key = Some(OTHER);
    assert_eq!(save(&mut admin, OTHER).await.status, StatusCode::SEE_OTHER);
    let all = shop.connections().await;
    let names: Vec<_> = all.iter().map(|one| (one.name.as_str(), one.active)).collect();
    assert_eq!(names, [("stripe_2", true), ("stripe", false)]);
    assert!(admin.get(PAGE).await.html.contains("/webhooks/payments/stripe_2"));

    let mut books = shop.fake.books();
    (books.key, books.sessions) = (Some("sk_test_rolled_of_the_same"), sessions);
    drop(books);
    let order = order.trim_end_matches("/away").to_owned();
    shop.fake.buyer_pays("succeeded");
    let mut buyer = Browser::new(&shop.app, "en-DE");
    assert_eq!(buyer.get(&format!("{order}/paid")).await.location, order);
    let id: base::Id<orders::Order> = between(&format!("{order}."), "/order/", ".").parse().unwrap();
    let paid = shop.store.read(move |db| orders::find(db, id)).await.unwrap();
    assert_eq!(paid.payment, orders::Payment::Paid, "asked at the former account");

    admin.post(PAGE, &[("do", "end")]).await;
    assert_eq!(shop.taking(), "sandbox");
    assert!(["stripe", "stripe_2"].iter().all(|name| shop.house.providers().named(name).is_ok()), "refunds go on");
    // Back to the first account: its payments tell which it is.
    save(&mut admin, "sk_test_rolled_of_the_same").await;
    assert_eq!(shop.taking(), "stripe");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_asks_the_other_side_and_its_outcome_stays() {
    let shop = shop().await;
    let mut admin = shop.admin().await;
    assert_eq!(admin.post(PAGE, &[("do", "test")]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "there is none");
    save(&mut admin, KEY).await;
    admin.post(PAGE, &[("do", "test")]).await;
    assert!(admin.get(PAGE).await.html.contains("all is well"));
    shop.fake.books().key = Some(OTHER);
    admin.post(PAGE, &[("do", "test")]).await;
    for page in [PAGE, "/console/settings/connections", "/console/health"] {
        let html = admin.get(page).await.html;
        assert!(html.contains("it does not work") && html.contains("does not take this key"), "{page}: {html}");
    }
    let mut statuses = Vec::new();
    for _ in 0..10 {
        statuses.push(admin.post(PAGE, &[("do", "test")]).await.status);
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_servers_start_says_wins_and_is_not_changed() {
    let shop = shop().await;
    let (store, address) = (shop.store.clone(), shop.address.clone());
    let given = move || {
        let settings = connect::stripe::Settings { key: KEY.parse().unwrap(), webhook_secret: None, address };
        let stripe = connect::stripe::Stripe::new(&Peers::new(true), settings).unwrap();
        let house = House::paid_through(store, std::sync::Arc::new(stripe)).unwrap();
        house.pages(&web::SURFACES, frame::Config::default()).unwrap()
    };
    let app = tokio::task::spawn_blocking(given).await.unwrap();
    let shop = Shop { app, ..shop };
    let mut admin = shop.admin().await;
    let page = admin.get(PAGE).await.html;
    assert!(page.contains("Set by the server") && !page.contains("value=\"save\""), "{page}");
    assert!(save(&mut admin, KEY).await.status.is_client_error());
    assert!(shop.connections().await.is_empty());
}
