//! The operator's money, settings, trail and people through the pages and the API: what is done is seen, what may not be is not.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::{Currency, Role};
use desk_world::{Desks, each, sign_in};
use ledger::{Account, Leg, Posting};
use world::{Browser, between};

/// 50.00 EUR of tax that Germany is owed under IOSS.
fn owe(desks: &Desks) -> Account {
    let tax = Account::tax("DE", "IOSS", Currency::EUR);
    let leg = Leg::new(Account::escrow(Currency::EUR), tax.clone(), 5_000);
    let posting = Posting { key: "test:owed".into(), kind: "consignment.completed", subject: 1, legs: vec![leg] };
    desks.store.write_blocking(move |tx| ledger::post(tx, &posting).map(drop)).unwrap();
    tax
}

fn today(desks: &Desks) -> String {
    desks.store.clock().now().date().to_string()
}

#[test]
fn finance_pays_an_authority_once_and_never_too_much() {
    each(async |desks| {
        let (account, day) = (owe(&desks).id().to_string(), today(&desks));
        let mut finance = sign_in(&desks, "finance@example.com", "en-DE").await;
        let page = finance.get("/console/payables").await;
        assert!(
            page.html.contains("Germany") && page.html.contains("IOSS") && page.html.contains("€50.00"),
            "{}",
            page.html
        );
        assert!(page.html.contains("<svg class=\"chart\""), "what is owed has its picture");
        let fields = |amount: &'static str| {
            vec![
                ("account", account.clone()),
                ("amount", amount.into()),
                ("paid_on", day.clone()),
                ("reference", "B 1".into()),
            ]
        };
        async fn post(browser: &mut Browser, fields: Vec<(&str, String)>) -> world::Answer {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post("/console/payables", &fields).await
        }
        let refused = post(&mut finance, fields("50.01")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.html.contains("more than is owed") && refused.html.contains("value=\"50.01\""),
            "{}",
            refused.html
        );
        assert_eq!(post(&mut finance, fields("20")).await.status, StatusCode::SEE_OTHER);
        let page = finance.get("/console/payables").await;
        assert!(page.html.contains("Payment recorded") && page.html.contains("€30.00") && page.html.contains("B 1"));
        post(&mut finance, fields("20")).await;
        let page = finance.get("/console/payables").await;
        assert!(page.html.contains("nothing changed") && page.html.contains("€30.00"), "{}", page.html);
        let file = finance.get("/console/payables/return.csv?scheme=ioss").await;
        assert!(
            file.html
                .starts_with("\u{feff}from,to,scheme,jurisdiction,kind,entry,rate_percent,currency,taxable,amount")
        );
        let mut operations = sign_in(&desks, "operations@example.com", "en-DE").await;
        assert_eq!(post(&mut operations, fields("1")).await.status, StatusCode::FORBIDDEN);
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let trail = operator.get("/console/trail?kind=settlement.remitted").await;
        assert!(
            trail.html.contains("Authority or carrier paid") && trail.html.contains("tax:DE:ioss:EUR"),
            "{}",
            trail.html
        );
    });
}

#[test]
fn the_api_lists_payables_and_records_a_payment() {
    each(async |desks| {
        let (account, day) = (owe(&desks).id().to_string(), today(&desks));
        let key = desks.store.write_blocking(|tx| {
            let organisation = parties::platform(tx)?.unwrap().id;
            let new = parties::NewApiKey { organisation, role: Role::Finance, label: "books".into() };
            Ok(parties::create_api_key(tx, &new)?.1)
        });
        let key = key.unwrap();
        let mut browser = Browser::new(&desks.app, "en-DE");
        let call = |request: axum::http::request::Builder, body: String| {
            let request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
            request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap()
        };
        let path = format!("/api/ledger/payables?from={day}&to={day}");
        let listed = browser.send(call(Request::get(&path), String::new())).await;
        let json: serde_json::Value = serde_json::from_str(&listed.html).unwrap();
        let row = json["payables"].as_array().unwrap().iter().find(|row| row["scheme"] == "ioss").unwrap();
        assert_eq!((row["account"].as_str(), row["owed"]["minor"].as_i64()), (Some(account.as_str()), Some(5_000)));
        let pay = |minor: i64| {
            let body = serde_json::json!({
                "account": account, "amount": { "minor": minor, "currency": "EUR" }, "paid_on": day, "reference": "B 2",
            });
            call(Request::post("/api/ledger/payables/payments"), body.to_string())
        };
        let refused = browser.send(pay(5_001)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("more_than_owed"), "{}", refused.html);
        for new in [true, false] {
            let paid = browser.send(pay(5_000)).await;
            let json: serde_json::Value = serde_json::from_str(&paid.html).unwrap();
            assert_eq!((paid.status, json["new"].as_bool()), (StatusCode::OK, Some(new)), "{}", paid.html);
        }
        for path in ["/api/ledger/settlements".to_owned(), format!("/api/ledger/returns?from={day}&to={day}")] {
            assert_eq!(browser.send(call(Request::get(&path), String::new())).await.status, StatusCode::OK, "{path}");
        }
        let wrong = browser.send(call(Request::get("/api/ledger/payables?from=x&to=y"), String::new())).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn what_the_owner_sets_the_shop_shows() {
    each(async |desks| {
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let base = [("name", "Harbour & Co"), ("language", "zh-CN"), ("currency", "HKD"), ("acceptance_days", "14")];
        let contact =
            [("email", "help@harbour.example"), ("phone", "+852 1234 5678"), ("legal", "Harbour Ltd\n1 Pier Road")];
        let none = operator.post("/console/settings", &[&base[..], &contact, &[("sell", "some")]].concat()).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.html.contains("at least one country"), "{}", none.html);
        let markets = [("sell", "some"), ("market", "FR"), ("market", "AT")];
        desks.store.clock().advance_seconds(60);
        let saved = operator.post("/console/settings", &[&base[..], &contact, &markets].concat()).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
        let settings = operator.get("/console/settings").await;
        assert!(
            settings.html.contains("value=\"Harbour &amp; Co\"") && settings.html.contains("14 days"),
            "own terms follow"
        );
        let mut german = Browser::new(&desks.app, "nl-DE");
        let home = german.get("/").await;
        assert!(home.html.contains("help@harbour.example") && home.html.contains("Harbour &amp; Co"), "{}", home.html);
        assert!(home.html.contains("<html lang=\"zh-CN\""), "nothing is known of the language: the shop's own");
        assert!(!home.html.contains("<option value=\"DE\""), "Germany is not sold to");
        assert!(home.html.contains("<option value=\"AT\" selected"), "the first market instead");
        german.post("/preferences", &[("to", "DE"), ("back", "/")]).await;
        assert!(!german.get("/").await.html.contains("<option value=\"DE\""));
        let imprint = Browser::new(&desks.app, "en-FR").get("/imprint").await;
        assert!(imprint.html.contains("1 Pier Road") && imprint.html.contains("+852 1234 5678"), "{}", imprint.html);
        let trail = operator.get("/console/trail?kind=party.setting_changed").await;
        assert!(trail.html.contains("shop.email") && trail.html.contains("help@harbour.example"), "{}", trail.html);
    });
}

#[test]
fn a_seller_sees_what_its_balance_comes_to_in_its_own_currency() {
    each(async |desks| {
        let organisation = desks.seller;
        let own = desks.store.read_blocking(move |db| parties::organisation(db, organisation)).unwrap().currency;
        let other = if own == Currency::EUR { Currency::USD } else { Currency::EUR };
        let leg = Leg::new(Account::escrow(other), Account::seller(organisation.raw(), other), 8_000);
        let posting = Posting { key: "test:earned".into(), kind: "consignment.completed", subject: 1, legs: vec![leg] };
        desks.store.write_blocking(move |tx| ledger::post(tx, &posting).map(drop)).unwrap();
        let mut seller = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let page = seller.get("/seller/balance").await.html;
        assert!(page.contains("Payouts are made in your own currency"), "{page}");
        assert!(page.contains("about ") && page.contains(&format!("1 {other} = ")), "{page}");
        let mut finance = sign_in(&desks, "finance@example.com", "en-DE").await;
        assert!(!finance.get("/console/payables").await.html.contains("wait for an exchange rate"));
        // What the payout job writes down where no rate is known.
        let write = move |tx: &mut store::Tx| {
            let sql =
                "INSERT INTO settlement_waiting (organisation, currency, wanted, since) VALUES ($1, 'KWD', $2, $3)";
            let now = tx.now();
            tx.raw(sql, store::params![organisation, own, now]).map(drop)
        };
        desks.store.write_blocking(write).unwrap();
        let page = finance.get("/console/payables").await.html;
        assert!(page.contains("Payouts wait for an exchange rate") && page.contains("its balance in KWD"), "{page}");
    });
}

/// Where one piece of an offer is not sold for want of a confirmed rate.
fn without_a_rate(desks: &Desks, facts: &offers::OfferFacts) -> base::Country {
    let strict = desks.app.world().with_typical(customs::Typical::Refuse);
    let in_the_way = |destination: &base::Country| {
        let ask = door::Ask { destination: *destination, region: "", currency: Currency::EUR, service: None };
        let unsold = door::price(&strict, facts, &ask, 1).err();
        unsold.is_some_and(|unsold| unsold.reasons.iter().any(|why| matches!(why, door::Why::Unconfirmed(_))))
    };
    customs::Tables::builtin().destinations().find(in_the_way).expect("a country with typical rates alone")
}

#[test]
fn without_typical_rates_goods_are_not_sold_and_everybody_is_told_why() {
    each(async |desks| {
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let base = [("name", "Harbour"), ("language", "en"), ("currency", "EUR"), ("sell", "some")];
        let offer = desks.offer.parse().unwrap();
        let facts = desks.store.read_blocking(move |db| offers::facts(db, &[offer])).unwrap().remove(0);
        let place = without_a_rate(&desks, &facts);
        let markets = [("market", place.code()), ("market", "DE")];
        let tick = [("typical_rates", "1")];
        let typical = async |operator: &mut Browser, on: bool| {
            let tick: &[_] = if on { &tick } else { &[] };
            let saved = operator.post("/console/settings", &[&base[..], &markets, tick].concat()).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
            let page = operator.get("/console/settings").await.html;
            let box_of = between(&page, "id=\"typical_rates\"", ">");
            assert_eq!(box_of.contains("checked"), on, "{box_of}");
            assert!(page.contains("the shop bears the difference"), "one sentence says what it means");
        };
        typical(&mut operator, true).await;
        let mut seller = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let ready = seller.get("/seller/readiness").await.html;
        assert!(!ready.contains("Without a confirmed duty rate"), "{ready}");
        let mut abroad = Browser::new(&desks.app, &format!("en-{place}"));
        abroad.get("/").await;
        let product = format!("/p/{}", facts.slug);
        assert!(!abroad.get(&product).await.html.contains("no confirmed duty rate"), "sold, as an estimate");
        typical(&mut operator, false).await;
        let hs = facts.hs.unwrap();
        let page = abroad.get(&product).await.html;
        assert!(page.contains(&format!("no confirmed duty rate for HS {} in ", hs.digits())), "{page}");
        let page = Browser::new(&desks.app, "en-DE").get(&product).await.html;
        assert!(!page.contains("no confirmed duty rate"), "the flat duty asks no tariff");
        let ready = seller.get("/seller/readiness").await.html;
        let row = between(&ready, "Without a confirmed duty rate", "</section>");
        assert!(row.contains(&format!("No confirmed duty rate for HS {} in:", hs.digits())), "{row}");
        assert!(!row.contains("Germany"), "{row}");
        assert!(operator.get("/console/readiness").await.html.contains("Without a confirmed duty rate"));
        let mut chinese = sign_in(&desks, "owner@lantau.example", "zh-CN").await;
        assert!(chinese.get("/seller/readiness").await.html.contains("在以下地区没有已确认的关税税率"));
        let rows = operator.get("/console/tariffs?confidence=low&country=US").await.html;
        assert!(rows.contains("us-301-typical-4a") && !rows.contains("us-301-line-0"), "{rows}");
        let body = |only: bool| {
            serde_json::json!({ "from": "CN", "to": "IL", "service": "express", "tax": "border", "currency": "USD",
                "shipping": { "minor": 500, "currency": "USD" }, "confirmed_only": only, "items": [{ "hs": "610910",
                "origin": "CN", "quantity": 1, "unit_price": { "minor": 90000, "currency": "USD" }, "grams": 200 }] })
        };
        for (only, status) in [(false, StatusCode::OK), (true, StatusCode::UNPROCESSABLE_ENTITY)] {
            let call = Request::post("/api/landed-cost").header(header::CONTENT_TYPE, "application/json");
            let answer = abroad.send(call.body(Body::from(body(only).to_string())).unwrap()).await;
            assert_eq!(answer.status, status, "{}", answer.html);
            assert_eq!(answer.html.contains("rate_unconfirmed"), only);
        }
    });
}

/// Opens an account where it takes one, and says yes.
async fn register_and_accept(desks: &Desks, email: &str, link: &str, of_a_seller: bool) {
    let mut newcomer = Browser::new(&desks.app, "en-DE");
    let page = newcomer.get(link).await;
    let token = link.split('=').nth(1).unwrap();
    if of_a_seller {
        // A link that a seller hands over opens no account: the address is proved elsewhere.
        assert!(!page.html.contains("name=\"password\""), "{}", page.html);
        let hash = world::password_hash();
        let new = parties::Register {
            email: email.into(),
            password_hash: hash,
            name: "Mina".into(),
            language: "en".parse().unwrap(),
            country: "DE".parse().unwrap(),
        };
        desks.store.write(move |tx| parties::register(tx, &new)).await.unwrap();
        let mut newcomer = sign_in(desks, email, "en-DE").await;
        let role = between(&newcomer.get(link).await.html, "name=\"role\" value=\"", "\"").to_owned();
        let done = newcomer.post("/invitation", &[("token", token), ("role", &role), ("deed", "accept")]).await;
        assert_eq!(done.location, "/seller", "{}", done.html);
        return;
    }
    let role = between(&page.html, "name=\"role\" value=\"", "\"");
    let form =
        [("token", token), ("role", role), ("name", "Mina"), ("password", world::PASSWORD), ("deed", "register")];
    let done = newcomer.post("/invitation", &form).await;
    assert_eq!(done.location, "/console", "{}", done.html);
}

#[test]
fn owners_invite_people_change_their_roles_and_take_them_away() {
    each(async |desks| {
        for (owner, base, email, roles) in [
            ("operator@example.com", "/console/people", "mina@example.com", ["service", "finance"]),
            ("owner@lantau.example", "/seller/people", "mo@lantau.example", ["seller_staff", "seller_owner"]),
        ] {
            let mut browser = sign_in(&desks, owner, "en-DE").await;
            let answer = browser.post(base, &[("email", email), ("role", roles[0]), ("deed", "invite")]).await;
            let link = between(&answer.html, "invitation?token=", "<").to_owned();
            let link = format!("/invitation?token={link}");
            register_and_accept(&desks, email, &link, base.starts_with("/seller")).await;
            let page = browser.get(base).await;
            let at = page.html.find(email).unwrap();
            let id = format!("usr_{}", between(&page.html[at..], "value=\"usr_", "\""));
            browser.post(base, &[("deed", "change"), ("person", &id), ("role", roles[1])]).await;
            let page = browser.get(base).await;
            let row = between(&page.html, email, "</tr>");
            assert!(row.contains(&format!("value=\"{}\" selected", roles[1])), "{row}");
            let foreign = if base.starts_with("/seller") { "admin" } else { "seller_owner" };
            browser.post(base, &[("deed", "change"), ("person", &id), ("role", foreign)]).await;
            assert!(browser.get(base).await.html.contains(&format!("value=\"{}\" selected", roles[1])));
            browser.post(base, &[("deed", "remove"), ("person", &id)]).await;
            assert!(!browser.get(base).await.html.contains(email));
        }
        let mut staff = sign_in(&desks, "staff@lantau.example", "en-DE").await;
        assert_eq!(staff.get("/seller/people").await.status, StatusCode::FORBIDDEN);
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let trail = operator.get("/console/trail?kind=party.member_added").await;
        assert!(trail.html.contains("Role given") && trail.html.contains("seller_owner"), "{}", trail.html);
        let trail = operator.get("/console/trail?kind=party.signed_in").await;
        let own = between(&trail.html, "<time", "</tr>");
        assert!(own.contains("person%3A"), "whoever signs in is named as the one who did: {own}");
    });
}

#[test]
fn orders_are_found_filtered_and_written_out() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "operator@example.com", "en-DE").await;
        for query in ["JANA@example.com", "jana köhler"] {
            let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
            let found = browser.get(&format!("/console/orders?q={encoded}")).await;
            assert!(found.html.contains(&desks.number), "{query}: a guest's order is found");
        }
        let file = browser.get("/console/orders.csv?q=jana%40example.com").await;
        assert!(
            file.html.starts_with("\u{feff}number,placed,name,email") && file.html.contains(&desks.number),
            "{}",
            file.html
        );
        let before = browser.get("/console/orders.csv?to=2020-01-01").await;
        assert_eq!(before.html.lines().count(), 1, "{}", before.html);
        assert!(!browser.get("/console/orders?to=2020-01-01").await.html.contains(&desks.number));
        let mut buyer = sign_in(&desks, "buyer@example.com", "en-DE").await;
        assert_eq!(buyer.get("/console/orders.csv").await.status, StatusCode::FORBIDDEN);
    });
}

fn rates_file(csrf: &str, csv: &str) -> Request<Body> {
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ecb.csv\"\r\nContent-Type: text/csv\r\n\r\n{csv}\r\n--B--\r\n"
    );
    Request::post(format!("/console/rates/import?csrf={csrf}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap()
}

#[test]
fn rates_come_in_by_file() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "operator@example.com", "en-DE").await;
        let csrf = between(&browser.get("/console/rates").await.html, "name=\"csrf\" value=\"", "\"").to_owned();
        let wrong = browser.send(rates_file(&csrf, "Date,USD\n2026-11-01,much")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.html.contains("Line 2"), "{}", wrong.html);
        let good = browser.send(rates_file(&csrf, "Date,USD,JPY\n2026-11-02,1.3579,170.5\n2026-11-01,1.3,170")).await;
        assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.html);
        let page = browser.get("/console/rates").await;
        assert!(page.html.contains("4 rates of 2 days") && page.html.contains("1.3579"), "{}", page.html);
        browser.send(rates_file(&csrf, "Date,USD,ZZZ\n2026-11-03,1.3579,2")).await;
        let page = browser.get("/console/rates").await;
        assert!(page.html.contains("not known here: ZZZ"), "{}", page.html);
    });
}
