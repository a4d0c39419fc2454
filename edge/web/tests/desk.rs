//! The seller centre and the console: every page in both languages over real orders, the forms, and who may see what.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use desk_world::{Desks, buy_in, each, sign_in};
use world::{Answer, Browser, between};

fn whole(page: &Answer, path: &str) {
    assert!(!page.html.contains('⟦'), "{path} lacks a text: {}", between(&page.html, "⟦", "⟧"));
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", &page.html[..page.html.len().min(3000)]);
    assert!(page.html.contains("class=\"desk-body\""), "{path} is no page of a desk");
}

#[test]
fn every_page_of_the_seller_centre_is_whole_in_both_languages() {
    each(async |desks| {
        let (consignment, offer) = (&desks.consignment, &desks.offer);
        let pages = [
            "/seller".to_owned(),
            "/seller/orders".into(),
            "/seller/orders?state=all".into(),
            "/seller/orders?state=in_transit".into(),
            "/seller/orders?state=cancelled".into(),
            format!("/seller/orders/{consignment}"),
            "/seller/stock".into(),
            "/seller/offers".into(),
            format!("/seller/offers/{offer}"),
            "/seller/products".into(),
            "/seller/products?status=draft".into(),
            "/seller/products/new".into(),
            "/seller/products/import".into(),
            "/seller/readiness".into(),
            "/seller/balance".into(),
            "/seller/statements".into(),
            "/seller/statements?month=2026-10".into(),
            "/seller/settings".into(),
            "/seller/settings/api".into(),
            "/seller/people".into(),
            "/seller/offers?status=active&q=tea".into(),
            "/seller/stock?q=tea".into(),
        ];
        for (language, tag) in [("en-DE", "en"), ("zh-CN", "zh-CN")] {
            let mut browser = sign_in(&desks, "owner@lantau.example", language).await;
            for path in &pages {
                let page = browser.get(path).await;
                whole(&page, path);
                assert!(page.html.contains(&format!("<html lang=\"{tag}\"")), "{path}");
            }
        }
    });
}

#[test]
fn a_seller_packs_prints_and_hands_over() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let path = format!("/seller/orders/{}", desks.consignment);
        let page = browser.get(&path).await;
        assert!(page.html.contains("To pack"), "{}", page.html);
        let early = browser.post(&format!("{path}/hand-over"), &[]).await;
        assert_eq!(early.status, StatusCode::SEE_OTHER);
        let page = browser.get(&path).await;
        assert!(page.html.contains("the parcel has moved on"), "what cannot be done is said");
        browser.post(&format!("{path}/pack"), &[]).await;
        let page = browser.get(&path).await;
        assert!(page.html.contains("Packed: 1"), "the flash says so");
        let papers = browser.get(&format!("/seller/papers?id={}", desks.consignment)).await;
        assert_eq!(papers.status, StatusCode::OK);
        let tracking = between(between(&papers.html, "viewBox=\"0 0 1000 1500\"", "<rect"), "<title>", "</title>");
        assert_eq!(tracking.len(), 13, "an S10 number: {tracking}");
        assert!(papers.html.contains("Packing slip") && papers.html.contains("Jana K"));
        let handed = browser.post("/seller/orders", &[("deed", "hand-over"), ("id", &desks.consignment)]).await;
        assert_eq!(handed.location, "/seller/orders?state=to_ship");
        let page = browser.get(&path).await;
        assert!(page.html.contains("Handed over: 1") && page.html.contains("Journey of the parcel"));
        let list = browser.get("/seller/orders?state=handed_over").await;
        whole(&list, "handed over");
    });
}

#[test]
fn a_seller_changes_prices_stock_and_customs_facts() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let path = format!("/seller/offers/{}", desks.offer);
        let wrong = browser.post(&path, &[("deed", "price"), ("price", "12.345")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.html.contains("value=\"12.345\"") && wrong.html.contains("id=\"price-error\""), "{}", wrong.html);
        for (typed, shown) in [
            ("1,500", "1500.00"),
            ("1,234.50", "1234.50"),
            ("1.500,00", "1500.00"),
            ("€1 500", "1500.00"),
            ("79,90", "79.90"),
        ] {
            browser.post(&path, &[("deed", "price"), ("price", typed)]).await;
            let page = browser.get(&path).await;
            assert!(page.html.contains(&format!("value=\"{shown}\"")), "{typed}: {}", page.html);
        }
        let asked = browser.post(&path, &[("deed", "price"), ("price", "1.500")]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "one and a half, or fifteen hundred");
        assert!(asked.html.contains("two numbers") && asked.html.contains("value=\"1.500\""), "{}", asked.html);
        assert!(browser.get(&path).await.html.contains("value=\"79.90\""), "nothing was guessed");
        browser.post(&path, &[("deed", "price"), ("price", "77.70")]).await;
        browser.post(&path, &[("deed", "in"), ("other_currency", "JPY"), ("other_price", "9900")]).await;
        browser.post(&path, &[("deed", "pause")]).await;
        let page = browser.get(&path).await;
        assert!(page.html.contains("value=\"77.70\"") && page.html.contains("¥9,900"), "{}", page.html);
        assert!(page.html.contains("Put on sale again"));
        let page = browser.get("/seller/stock").await;
        let variant = between(&page.html, "name=\"variant\" value=\"", "\"").to_owned();
        let warehouse = between(&page.html, "name=\"warehouse\" value=\"", "\"").to_owned();
        let fields =
            [("deed", "count"), ("quantity", "4321"), ("key", "k1"), ("variant", &variant), ("warehouse", &warehouse)];
        browser.post("/seller/stock", &fields).await;
        assert!(browser.get("/seller/stock").await.html.contains("4,321"));
        let fields = [
            ("deed", "count"),
            ("quantity", "a dozen"),
            ("key", "k2"),
            ("variant", &variant),
            ("warehouse", &warehouse),
        ];
        let wrong = browser.post("/seller/stock", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.html.contains("value=\"a dozen\"") && wrong.html.contains("aria-invalid"), "{}", wrong.html);
        assert!(wrong.html.contains(&format!("href=\"#{variant}-{warehouse}\"")), "the summary names the row");
        assert!(browser.get("/seller/stock").await.html.contains("4,321"));
    });
}

#[test]
fn desks_read_titles_in_their_own_language_and_the_buyer_in_the_frozen_one() {
    each(async |desks| {
        let offer = desks.offer.parse().unwrap();
        let (store, app) = (desks.store.clone(), desks.app.clone());
        let bought = tokio::task::spawn_blocking(move || buy_in(&store, &app, &[offer], "4242424242424242", "ar"));
        let (order, _) = bought.await.unwrap();
        let frozen = desks.store.read(move |db| orders::lines(db, order)).await.unwrap().remove(0);
        let (store, product) = (&desks.store, frozen.product);
        let title = |tag: &'static str| async move {
            store.read(move |db| Ok(catalog::product(db, product, tag)?.title)).await.unwrap()
        };
        let (english, chinese) = (title("en").await, title("zh-CN").await);
        assert!(frozen.title != english && english != chinese, "{} {english} {chinese}", frozen.title);
        for (language, present) in [("en-DE", &english), ("zh-CN", &chinese)] {
            let mut seller = sign_in(&desks, "owner@lantau.example", language).await;
            let mut operator = sign_in(&desks, "operator@example.com", language).await;
            let own = format!("/seller/orders/{}", frozen.consignment);
            for path in ["/seller", "/seller/orders", own.as_str()] {
                let page = seller.get(path).await.html;
                assert!(
                    page.contains(present.as_str()) && !page.contains(&frozen.title),
                    "{path} in {language}: {page}"
                );
            }
            for path in ["/console".to_owned(), "/console/orders".into(), format!("/console/orders/{order}")] {
                let page = operator.get(&path).await.html;
                assert!(
                    page.contains(present.as_str()) && !page.contains(&frozen.title),
                    "{path} in {language}: {page}"
                );
            }
        }
        let whole = desks.store.read(move |db| orders::whole(db, order)).await.unwrap();
        assert_eq!(whole.lines[0].title, frozen.title, "the order keeps what its buyer read");
    });
}

#[test]
fn sellers_see_only_their_own_and_staff_no_money() {
    each(async |desks| {
        let path = format!("/seller/orders/{}", desks.consignment);
        let mut other = sign_in(&desks, "owner@other.example", "en-DE").await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&format!("/seller/papers?id={}", desks.consignment)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&format!("/seller/offers/{}", desks.offer)).await.status, StatusCode::NOT_FOUND);
        let packed = other.post(&format!("{path}/pack"), &[]).await;
        assert_eq!(packed.status, StatusCode::NOT_FOUND, "nobody packs a stranger's order");
        assert_eq!(other.get("/console/orders").await.status, StatusCode::FORBIDDEN);
        let mut staff = sign_in(&desks, "staff@lantau.example", "en-DE").await;
        assert_eq!(staff.get(&path).await.status, StatusCode::OK);
        for money in ["/seller/balance", "/seller/statements", "/seller/statements/2026-11.csv"] {
            assert_eq!(staff.get(money).await.status, StatusCode::FORBIDDEN, "{money}");
        }
        let today = staff.get("/seller").await;
        assert!(!today.html.contains("/seller/balance"), "staff are not shown the balance");
        let mut guest = Browser::new(&desks.app, "en-DE");
        assert_eq!(guest.get("/seller").await.status, StatusCode::UNAUTHORIZED);
        let mut buyer = sign_in(&desks, "buyer@example.com", "en-DE").await;
        assert_eq!(buyer.get("/seller").await.status, StatusCode::FORBIDDEN);
        assert_eq!(buyer.get("/console").await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn every_page_of_the_console_is_whole_in_both_languages() {
    each(async |desks| {
        let seller = desks.seller.to_string();
        let mut pages: Vec<String> = [
        "/console",
        "/console/orders",
        "/console/orders?state=fulfilment.to_pack",
        "/console/orders?state=payment.failed",
        "/console/orders?state=customs.held",
        "/console/orders?state=dispute.open",
        "/console/orders?state=settlement.escrow",
        "/console/orders?q=nobody@example.com",
        "/console/orders?state=payment.paid&from=2026-01-01&to=2026-12-31",
        "/console/products?q=tea&status=active",
        "/console/payables",
        "/console/payables?from=2026-10-01&to=2026-12-31",
        "/console/settlements",
        "/console/trail",
        "/console/trail?actor=system&kind=order.placed",
        "/console/products",
        "/console/products?status=archived",
        "/console/products/new",
        "/console/products/import",
        "/console/categories",
        "/console/readiness",
        "/console/tariffs",
        "/console/tariffs?country=DE&table=tax_rates",
        "/console/tariffs?country=XX",
        "/console/calculator",
        "/console/calculator?hs=6109.10&origin=CN&from=CN&to=DE&date=2026-11-20&quantity=2&price=15.00&weight=200g&shipping=5&currency=EUR&service=postal&class=standard",
        "/console/rates",
        "/console/ledger",
        "/console/ledger?family=escrow",
        "/console/ledger?family=stock",
        "/console/ledger?family=fx",
        "/console/sellers",
        "/console/sellers/new",
        "/console/people",
        "/console/settings",
        "/console/settings/api",
        "/console/health",
        "/console/messages",
        "/console/messages?state=failed",
        "/console/messages?q=EN-0000-0000",
    ]
    .map(String::from)
    .to_vec();
        pages.extend([format!("/console/orders/{}", desks.order), format!("/console/orders/{}", desks.unpaid)]);
        pages.push(format!("/console/sellers/{seller}"));
        for (language, tag) in [("en-DE", "en"), ("zh-CN", "zh-CN")] {
            let mut browser = sign_in(&desks, "operator@example.com", language).await;
            for path in &pages {
                let page = browser.get(path).await;
                whole(&page, path);
                assert!(page.html.contains(&format!("<html lang=\"{tag}\"")), "{path}");
            }
            let order = browser.get(&format!("/console/orders/{}", desks.order)).await;
            let posting =
                format!("/console/ledger/postings/pst_{}", between(&order.html, "/console/ledger/postings/pst_", "\""));
            let page = browser.get(&posting).await;
            whole(&page, &posting);
            let account =
                format!("/console/ledger/accounts/acc_{}", between(&page.html, "/console/ledger/accounts/acc_", "\""));
            whole(&browser.get(&account).await, &account);
        }
    });
}

#[test]
fn an_order_is_found_opened_up_and_moved_along() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "operator@example.com", "en-DE").await;
        let path = format!("/console/orders/{}", desks.order);
        let found = browser.get(&format!("/console/orders?q={}", desks.number)).await;
        assert_eq!(found.location, path, "a number opens its order");
        let page = browser.get(&path).await;
        assert!(page.html.contains("Sum, equals the charge to the cent"), "the parties' shares are the charge");
        assert_eq!(page.html.matches("<svg class=\"chart\" viewBox=\"0 0 900").count(), 1, "the money has its picture");
        assert!(page.html.contains("In force") && page.html.contains("Audit trail"));
        browser.post(&format!("/console/consignments/{}", desks.consignment), &[("deed", "pack")]).await;
        let page = browser.get(&path).await;
        assert!(page.html.contains("Packed: 1"), "{}", page.html);
        assert!(browser.post(&format!("{path}/cancel"), &[]).await.html.contains("Call off order"), "asked first");
        let cancelled = browser.post(&format!("{path}/cancel"), &[("sure", "yes")]).await;
        assert_eq!(cancelled.status, StatusCode::SEE_OTHER);
        assert!(browser.get(&path).await.html.contains("can be returned, not called off"));
        let refund =
            [("what", "goodwill"), ("amount", "5.00"), ("bearer", "platform"), ("reason", "goodwill"), ("key", "k")];
        let shown = browser.get(&format!("{path}/refund?what=goodwill&amount=5.00&bearer=platform")).await;
        assert!(
            shown.html.contains("€5.00 goes back to the buyer") && shown.html.contains("The platform"),
            "{}",
            shown.html
        );
        browser.post(&format!("{path}/refund"), &refund).await;
        let page = browser.get(&path).await;
        assert!(page.html.contains("The refund is on its way") && page.html.contains("€5.00"), "{}", page.html);
        let mut finance = sign_in(&desks, "finance@example.com", "en-DE").await;
        let denied = finance.post(&format!("{path}/cancel"), &[]).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN, "finance moves no orders");
        let mut operations = sign_in(&desks, "operations@example.com", "en-DE").await;
        assert_eq!(operations.get("/console/ledger").await.status, StatusCode::FORBIDDEN);
        assert_eq!(operations.post(&format!("{path}/refund"), &refund).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn the_operator_adds_sellers_terms_people_and_rates() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "operator@example.com", "en-DE").await;
        let terms = [
            ("mode", "marketplace"),
            ("commission", "12.5"),
            ("fee", "0"),
            ("handling", "40"),
            ("acceptance", "7"),
            ("payout", "3"),
        ];
        let mut fields = vec![("name", "Nordlys"), ("country", "NO"), ("currency", "EUR"), ("language", "en")];
        fields.extend(terms);
        fields.push(("email", "kari"));
        let wrong = browser.post("/console/sellers", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.html.contains("value=\"Nordlys\"") && wrong.html.contains("email-error"), "{}", wrong.html);
        fields.pop();
        fields.push(("email", "kari@nordlys.example"));
        let page = browser.post("/console/sellers", &fields).await;
        let token = between(&page.html, "invitation?token=", "<");
        let here = format!("/console/sellers/{}", between(&page.html, "action=\"/console/sellers/", "\""));
        assert!(page.html.contains("12.5%") && page.html.contains("kari@nordlys.example"), "{}", page.html);
        desks.store.clock().advance_seconds(60);
        browser.post(&here, &[&terms[..1], &[("commission", "10")], &terms[2..]].concat()).await;
        assert!(browser.get(&here).await.html.contains("10%"), "a new version of the terms");
        let mut kari = Browser::new(&desks.app, "en-DE");
        let form = [("token", token), ("role", "seller_owner"), ("name", "Kari"), ("password", world::PASSWORD)];
        let done = kari.post("/invitation", &[&form[..], &[("deed", "register")]].concat()).await;
        assert_eq!(done.location, "/seller", "{}", done.html);
        whole(&kari.get("/seller").await, "/seller of a new seller");
        let invited = browser.post("/console/people", &[("email", "ana@example.com"), ("role", "service")]).await;
        assert!(invited.html.contains("ana@example.com") && invited.html.contains("invitation?token="));
        assert_eq!(invited.headers["cache-control"], "no-store", "a secret is kept by nobody");
        let later = browser.get("/console/people").await;
        assert!(later.html.contains("ana@example.com") && !later.html.contains("invitation?token="), "shown once");
        let rate =
            [("base", "EUR"), ("quote", "USD"), ("rate", "1.2345"), ("date", "2026-11-20"), ("source", "Test bank")];
        browser.post("/console/rates", &rate).await;
        let rates = browser.get("/console/rates").await;
        assert!(rates.html.contains("1.2345") && rates.html.contains("Test bank"));
        let journal = browser.get("/console/ledger/journal").await;
        assert!(journal.html.contains("liabilities:escrow:EUR"), "the journal is plain text");
    });
}

/// What reactions would tell the buyer of the order.
fn tell(desks: &Desks, kind: notify::Kind, send: bool) -> String {
    let id: base::Id<orders::Order> = desks.order.parse().unwrap();
    let told = desks.store.write_blocking(move |tx| {
        let contact = orders::contact(tx, id)?;
        let (recipient, language) = (contact.email.as_str(), contact.language.as_str());
        let facts = r#"{"minor": 500, "currency": "EUR", "organisation": 1}"#;
        notify::tell(tx, &notify::Tell { kind, subject: id.raw(), recipient, language, facts, send })?;
        Ok(notify::about(tx, &[id.raw()])?.into_iter().find(|one| one.kind == kind).unwrap().id)
    });
    format!("/console/messages/{}", told.unwrap())
}

#[test]
fn a_message_is_looked_at_and_sent_again() {
    each(async |desks| {
        let path = tell(&desks, notify::Kind::OrderPaid, false);
        let mut browser = sign_in(&desks, "service@example.com", "en-DE").await;
        for list in ["/console/messages".to_owned(), format!("/console/messages?q={}", desks.number)] {
            let page = browser.get(&list).await;
            whole(&page, &list);
            assert!(page.html.contains("jana@example.com") && page.html.contains("Not sent: no mail server"), "{list}");
        }
        let page = browser.get(&path).await;
        whole(&page, &path);
        assert!(page.html.contains(&format!("Order {} is confirmed", desks.number)), "{}", page.html);
        assert!(page.html.contains("sandbox=\"\" srcdoc=\"&lt;!doctype html&gt;"), "in a frame that can do nothing");
        assert!(
            page.html.contains(&format!("order&#x2f;{}", desks.order))
                && !page.html.contains(&format!("{}.", desks.order))
        );
        assert!(!page.html.contains("Send it again"), "service reads");
        assert_eq!(browser.post(&path, &[]).await.status, StatusCode::FORBIDDEN);
        let mut operations = sign_in(&desks, "operations@example.com", "en-DE").await;
        assert!(!operations.get(&path).await.html.contains("Send it again"), "there is no mail server");
        operations.post(&path, &[]).await;
        assert!(operations.get(&path).await.html.contains("No mail server is configured, so nothing can be sent."));

        let app = world::mailing(&desks.store, frame::Config::default());
        let with_mail = Desks { app, ..desks };
        let mut operations = sign_in(&with_mail, "operations@example.com", "en-DE").await;
        assert!(operations.get(&path).await.html.contains("Send it again"));
        operations.post(&path, &[]).await;
        let page = operations.get(&path).await;
        assert!(page.html.contains("on its way again") && page.html.contains("Waiting"), "{}", page.html);
        let payout = tell(&with_mail, notify::Kind::PaidOut, true);
        assert_eq!(
            operations.get(&payout).await.status,
            StatusCode::FORBIDDEN,
            "what was paid out is finance's to see"
        );
    });
}

#[test]
fn both_languages_have_the_same_texts() {
    let languages = web::languages().unwrap();
    let (english, chinese) = (languages.english(), languages.find("zh-CN").unwrap());
    for file in ["desk.ftl", "seller.ftl", "console.ftl"] {
        assert_eq!(english.keys()[file], chinese.keys()[file], "{file}");
        assert!(!english.keys()[file].is_empty());
    }
}

/// Arabic is no language of the desks: who reads the shop in it has them in English, or as chosen there, and the shop stays as it is.
#[test]
fn a_desk_is_read_in_a_language_that_is_whole_there() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "ar-AE").await;
        let desk = browser.get("/seller").await;
        assert!(desk.html.contains("<html lang=\"en\" dir=\"ltr\""), "{}", desk.html);
        let offered = between(&desk.html, "name=\"desk_language\"", "</select>");
        assert!(offered.contains("English") && offered.contains("简体中文") && !offered.contains("value=\"ar\""));
        browser.post("/preferences", &[("desk_language", "zh-CN")]).await;
        assert!(browser.get("/seller").await.html.contains("<html lang=\"zh-CN\""));
        assert!(browser.get("/about").await.html.contains("<html lang=\"ar\" dir=\"rtl\""));
    });
}
