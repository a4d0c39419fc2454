//! Coming to sell: an application on the public page, the operator's word, the invitation, and then the seller's own facts, by pages
//! and by keys: names, tax numbers, warehouses, where it is paid. And what others get out of it: nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use base::Role;
use desk_world::calls::{call_once, key};
use desk_world::{Desks, each, sign_in};
use frame::Config;
use notify::Kind;
use serde_json::{Value, json};
use world::{Browser, PASSWORD, between};

const APPLICATION: [(&str, &str); 8] = [
    ("name", "Kiln Osaka"),
    ("legal_name", "Kiln K.K."),
    ("email", "mei@kiln.example"),
    ("phone", "+81 6 5555 0148"),
    ("website", "https://kiln.example"),
    ("country", "JP"),
    ("currency", "JPY"),
    ("goods", "Cups and bowls of our own kiln."),
];

const WAREHOUSE: [(&str, &str); 9] = [
    ("do", "save"),
    ("country", "JP"),
    ("warehouse_name", "Osaka port"),
    ("name", "Mei Tanaka"),
    ("street", "1-1 Nanko"),
    ("city", "Osaka"),
    ("region", "27"),
    ("postcode", "5590034"),
    ("phone", "+81 6 5555 0148"),
];

const TERMS: [(&str, &str); 6] = [
    ("mode", "marketplace"),
    ("commission", "9.5"),
    ("handling", "48"),
    ("acceptance", "14"),
    ("payout", "7"),
    ("deed", "accept"),
];

async fn with_mail(desks: Desks) -> Desks {
    let store = desks.store.clone();
    let app = tokio::task::spawn_blocking(move || world::mailing(&store, Config::default())).await.unwrap();
    Desks { app, ..desks }
}

/// The newest letter of a kind to somebody: its link and its text.
async fn mailed(desks: &Desks, kind: Kind, to: &str) -> (String, String) {
    let all = desks.store.read(|db| notify::log(db, None, None, 100)).await.unwrap();
    let message = all.into_iter().find(|one| one.kind == kind && one.recipient == to).unwrap();
    let asked = message.clone();
    let link = desks.store.write(move |tx| letters::link(tx, &asked)).await.unwrap().unwrap();
    let (app, at) = (desks.app.clone(), link.clone());
    (link, desks.store.read(move |db| letters::letter(&app, db, &message, &at)).await.unwrap().text)
}

fn but<'a>(form: &[(&'a str, &'a str)], field: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, known)| (*name, if *name == field { value } else { known })).collect()
}

#[test]
fn from_an_application_to_a_shop_of_ones_own() {
    each(async |desks| {
        let desks = with_mail(desks).await;
        let mut guest = Browser::new(&desks.app, "en-DE");
        assert!(guest.get("/selling").await.html.contains("href=\"/selling/apply\""));
        let wrong = guest.post("/selling/apply", &but(&but(&APPLICATION, "email", "mei"), "goods", "")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.html.contains("id=\"email-error\"") || wrong.html.contains("id=\"goods-error\""),
            "{}",
            wrong.html
        );
        assert!(wrong.html.contains("value=\"Kiln Osaka\""), "what was typed stays");
        let sent = guest.post("/selling/apply", &APPLICATION).await;
        assert!(sent.status == StatusCode::OK && sent.html.contains("mei@kiln.example"), "{}", sent.html);
        assert!(mailed(&desks, Kind::Applied, "mei@kiln.example").await.1.contains("Kiln Osaka"));

        let mut service = sign_in(&desks, "service@example.com", "en-DE").await;
        let list = service.get("/console/applications").await.html;
        let path = format!("/console/applications/{}", between(&list, "/console/applications/", "\""));
        assert!(list.contains("Kiln Osaka") && !service.get(&path).await.html.contains("value=\"accept\""));
        assert_eq!(service.post(&path, &TERMS).await.status, StatusCode::FORBIDDEN);
        let mut admin = sign_in(&desks, "operator@example.com", "en-DE").await;
        assert!(admin.get("/console/sellers").await.html.contains("/console/applications"));
        let taken = admin.post(&path, &[&TERMS[..], &[("name", "Lantau Power")]].concat()).await;
        assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.html.contains("id=\"name-error\""));
        let accept = [&TERMS[..], &[("name", "Kiln Osaka")]].concat();
        let accepted = admin.post(&path, &accept).await;
        assert!(accepted.location.starts_with("/console/sellers/org_"), "{}", accepted.html);
        assert!(admin.get(&accepted.location).await.html.contains("9.5"), "the terms stand");
        assert_eq!(admin.post(&path, &accept).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once");

        let (link, text) = mailed(&desks, Kind::Invited, "mei@kiln.example").await;
        assert!(text.contains("Your application is accepted"), "{text}");
        let token = between(&format!("{link}&"), "token=", "&").to_owned();
        let mut owner = Browser::new(&desks.app, "en-JP");
        let page = owner.get(&link).await.html;
        assert!(page.contains("Kiln Osaka"), "{page}");
        let form = [
            ("token", &*token),
            ("name", "Mei Tanaka"),
            ("password", PASSWORD),
            ("role", "seller_owner"),
            ("deed", "register"),
        ];
        owner.post("/invitation", &form).await;
        let home = owner.get("/seller/settings").await;
        assert_eq!(home.status, StatusCode::OK, "{}", home.html);
        assert!(home.html.contains("No warehouse yet") && home.html.contains("Nobody knows yet where to pay you"));
        settle_in(&desks, &mut owner).await;
        let seller = admin.get(&accepted.location).await.html;
        assert!(seller.contains("Kiln K.K.") && seller.contains("JP-1") && seller.contains("…3000"), "{seller}");
        assert!(!seller.contains("DE89370400440532013000"));
        let bank = format!("{}/bank", accepted.location);
        assert_eq!(service.post(&bank, &[]).await.status, StatusCode::FORBIDDEN);
        let mut finance = sign_in(&desks, "finance@example.com", "en-DE").await;
        assert!(finance.post(&bank, &[]).await.html.contains("DE89370400440532013000"), "who pays reads it");
        assert!(admin.get("/console/trail?kind=onboarding.bank_revealed").await.html.contains("Account number read"));
    });
}

/// The seller says who it is, where its goods lie, where it is paid.
async fn settle_in(desks: &Desks, owner: &mut Browser) {
    let profile = [
        ("do", "save"),
        ("shown_name", "Kiln Osaka"),
        ("legal_name", "Kiln K.K."),
        ("register", ""),
        ("country", "JP"),
        ("street", "1-1 Nanko"),
        ("city", "Osaka"),
        ("region", "27"),
        ("postcode", "559-0034"),
        ("phone", "+81 6 5555 0148"),
        ("tax_country_0", "JP"),
        ("tax_number_0", "5-8356-7825-6246"),
        ("tax_country_1", "DE"),
        ("tax_number_1", "DE136695978"),
    ];
    let wrong = owner.post("/seller/settings/profile", &profile).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.html.contains("id=\"tax_number_1-error\"") && wrong.html.contains("value=\"Kiln K.K.\""),
        "{}",
        wrong.html
    );
    let saved = owner.post("/seller/settings/profile", &but(&profile, "tax_number_1", "DE136695976")).await;
    assert_eq!(saved.location, "/seller/settings", "{}", saved.html);
    let none = owner.post("/seller/settings/warehouses/new", &but(&WAREHOUSE, "postcode", "1")).await;
    assert!(
        none.status == StatusCode::UNPROCESSABLE_ENTITY && none.html.contains("id=\"postcode-error\""),
        "{}",
        none.html
    );
    let other =
        owner.post("/seller/settings/warehouses/new", &[("do", "country"), ("country", "US"), ("city", "Reno")]).await;
    assert!(other.status == StatusCode::OK && other.html.contains("Nevada") && other.html.contains("value=\"Reno\""));
    let saved = owner.post("/seller/settings/warehouses/new", &WAREHOUSE).await;
    assert_eq!(saved.location, "/seller/settings", "{}", saved.html);
    let back = but(&WAREHOUSE, "street", "Depot 9");
    assert_eq!(owner.post("/seller/settings/return-address", &back).await.location, "/seller/settings");
    let bank =
        [("holder", "Kiln K.K."), ("country", "DE"), ("number", "DE89 3704 0044 0532 0130 01"), ("bank_code", "")];
    let slip = owner.post("/seller/settings/bank", &bank).await;
    assert!(slip.status == StatusCode::UNPROCESSABLE_ENTITY && slip.html.contains("id=\"number-error\""));
    let given = owner.post("/seller/settings/bank", &but(&bank, "number", "DE89 3704 0044 0532 0130 00")).await;
    assert_eq!(given.location, "/seller/settings");
    let page = owner.get("/seller/settings").await.html;
    for shown in ["Kiln K.K.", "136695976", "JP-1", "Osaka port", "Depot 9", "…3000"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("37040044"), "masked");
    let whs = between(&page, "/warehouses/whs_", "\"").to_owned();
    let mut stranger = sign_in(desks, "owner@lantau.example", "en-DE").await;
    let path = format!("/seller/settings/warehouses/whs_{whs}");
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "another's warehouse is not there");
    assert_eq!(stranger.post(&path, &WAREHOUSE).await.status, StatusCode::NOT_FOUND);
    let mut staff = sign_in(desks, "staff@lantau.example", "en-DE").await;
    assert!(!staff.get("/seller/settings").await.html.contains("/seller/settings/bank"));
}

#[test]
fn whether_an_address_is_known_is_told_to_nobody() {
    each(async |desks| {
        let desks = with_mail(desks).await;
        let mut guest = Browser::new(&desks.app, "en-DE");
        let csrf = guest.csrf().await;
        let mut answers = Vec::new();
        for email in ["owner@lantau.example", "nobody@example.com", "nobody@example.com"] {
            let answer = guest.post("/selling/apply", &but(&APPLICATION, "email", email)).await;
            answers.push((answer.status, answer.html.replace(&csrf, "").replace(email, "")));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    });
}

async fn call(desks: &Desks, key: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let once = if path.ends_with("/accept") || path == "/api/seller/warehouses" { "once" } else { "" };
    call_once(desks, key, once, method, path, body).await
}

#[test]
fn the_same_deeds_by_key() {
    each(async |desks| {
        let application = json!({ "name": "Kiln Osaka", "legal_name": "Kiln K.K.", "email": "mei@kiln.example",
            "country": "JP", "currency": "JPY", "language": "en", "goods": "Cups." });
        let (status, _) = call(&desks, "", "POST", "/api/applications", application).await;
        assert_eq!(status, StatusCode::ACCEPTED);
        let admin = key(&desks, Role::Admin).await;
        let (_, list) = call(&desks, &admin, "GET", "/api/applications", json!({})).await;
        let id = list["applications"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/applications/{id}/accept");
        let body = json!({ "terms": { "commission_bp": 950 } });
        let owner = key(&desks, Role::SellerOwner).await;
        assert_eq!(call(&desks, &owner, "POST", &path, body.clone()).await.0, StatusCode::FORBIDDEN);
        let (status, seller) = call(&desks, &admin, "POST", &path, body.clone()).await;
        assert_eq!(status, StatusCode::CREATED, "{seller}");
        assert!(seller["owner"]["link"].as_str().is_some_and(|link| link.contains("/invitation?token=")), "{seller}");
        assert_eq!(call(&desks, &admin, "POST", &path, body).await, (StatusCode::CREATED, seller.clone()), "once");
        let agreements = format!("/api/agreements?organisation={}", seller["organisation"].as_str().unwrap());
        let (_, agreed) = call(&desks, &admin, "GET", &agreements, json!({})).await;
        assert_eq!(
            (&agreed["agreements"][0]["commission_bp"], &agreed["agreements"][0]["currency"]),
            (&json!(950), &json!("JPY"))
        );

        let address = json!({ "country": "JP", "name": "Mei", "street": "1-1 Nanko", "city": "Osaka", "region": "27",
            "postcode": "559-0034", "phone": "+81 6 5555 0148" });
        let new = json!({ "code": "JP-OSA", "address": address });
        let (status, made) = call(&desks, &owner, "POST", "/api/seller/warehouses", new.clone()).await;
        assert_eq!((status, &made["code"], &made["name"]), (StatusCode::CREATED, &json!("JP-OSA"), &json!("Osaka")));
        assert_eq!(call(&desks, &owner, "POST", "/api/seller/warehouses", new).await.1, made, "once");
        let change = format!("/api/seller/warehouses/{}", made["id"].as_str().unwrap());
        let (_, changed) = call(&desks, &owner, "PATCH", &change, json!({ "name": "Port" })).await;
        assert_eq!((&changed["name"], &changed["address"]), (&json!("Port"), &made["address"]));
        let own = key(&desks, Role::SellerStaff).await;
        let profile = json!({ "name": "Lantau Power", "legal_name": "Lantau Power Ltd.", "address": address,
            "tax_numbers": [{ "country": "DE", "number": "DE136695976" }, { "country": "DE", "number": "1" }] });
        let (status, told) = call(&desks, &owner, "PUT", "/api/seller/profile", profile.clone()).await;
        assert_eq!(
            (status, &told["errors"][0]["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("tax_numbers[1].number"))
        );
        assert_eq!(call(&desks, &own, "PUT", "/api/seller/profile", profile).await.0, StatusCode::FORBIDDEN);
        let bank = json!({ "holder": "Lantau Power Ltd.", "country": "DE", "number": "DE89370400440532013000" });
        let (status, state) = call(&desks, &owner, "PUT", "/api/seller/bank-account", bank).await;
        assert_eq!((status, &state["account"]["number"]), (StatusCode::OK, &json!("…3000")));
        let reveal = format!("/api/organisations/{}/bank-account/reveal", desks.seller);
        assert_eq!(call(&desks, &owner, "POST", &reveal, json!({})).await.0, StatusCode::FORBIDDEN);
        let finance = key(&desks, Role::Finance).await;
        assert_eq!(call(&desks, &finance, "POST", &reveal, json!({})).await.1["number"], "DE89370400440532013000");
    });
}

#[test]
fn a_category_is_made_on_a_page_and_a_shop_can_close_its_door() {
    each(async |desks| {
        let mut admin = sign_in(&desks, "operator@example.com", "en-DE").await;
        let form =
            [("name_en", "Teaware"), ("name_zh-CN", "茶具"), ("hs", "6911.10"), ("weight", "400"), ("tax_class", "")];
        let made = admin.post("/console/categories/new", &form).await;
        assert_eq!(made.location, "/console/categories", "{}", made.html);
        let page = admin.get("/console/categories").await.html;
        assert!(page.contains("Teaware") && page.contains("691110") && page.contains("value=\"400\""));
        let nameless = admin.post("/console/categories/new", &[("hs", "6911.10")]).await;
        assert!(nameless.status == StatusCode::UNPROCESSABLE_ENTITY && nameless.html.contains("id=\"name_en-error\""));

        let shop = desks.store.read(parties::shop).await.unwrap().unwrap();
        let closed = parties::Shop { applications: false, ..shop };
        desks.store.write(move |tx| onboarding::set_shop(tx, &closed)).await.unwrap();
        let mut guest = Browser::new(&desks.app, "en-DE");
        let refused = guest.post("/selling/apply", &APPLICATION).await;
        assert!(
            refused.status == StatusCode::CONFLICT && refused.html.contains("takes no applications"),
            "{}",
            refused.html
        );
        assert!(!guest.get("/selling").await.html.contains("href=\"/selling/apply\""));
    });
}
