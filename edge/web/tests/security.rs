//! Sign-in in the browser: who is let in while others try, which passwords are taken, the second factor, sessions, and what becomes of
//! one's data.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use base::{Actor, Id};
use desk_world::traces;
use frame::{App, Config};
use notify::Kind;
use store::Store;
use totp_rs::{Builder, Secret};
use world::{Answer, Browser, PASSWORD, between, each};

const NEW: &str = "the harbour at midnight";

fn behind_proxy(store: &Store) -> App {
    world::mailing(store, Config { behind_proxy: true, ..Config::default() })
}

async fn try_as(browser: &mut Browser, email: &str, password: &str) -> Answer {
    browser.post("/sign-in", &[("email", email), ("password", password)]).await
}

async fn signed_in(app: &App, email: &str) -> Browser {
    let mut browser = Browser::new(app, "en-DE");
    let answer = try_as(&mut browser, email, PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
    browser
}

/// What an app shows for this secret at this moment.
fn shown(secret: &str, store: &Store) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let seconds = u64::try_from(store.clock().now().micros() / 1_000_000).unwrap();
    Builder::new().with_secret(secret).with_account_name("x").build().unwrap().generate(seconds).to_string()
}

/// Sets an app up by its pages; its secret and the recovery codes.
async fn enrol(store: &Store, browser: &mut Browser) -> (String, Vec<String>) {
    let begun = browser.post("/account/security/app", &[("current_password", PASSWORD)]).await;
    assert_eq!(begun.location, "/account/authenticator", "{}", begun.html);
    let page = browser.get("/account/authenticator").await;
    assert!(
        page.html.contains("role=\"img\"") && page.html.contains("<path d=\"M4 4h1v1h-1z"),
        "a QR code: {}",
        page.html
    );
    let secret = between(&page.html, "<code dir=\"ltr\">", "</code>").to_owned();
    let wrong = browser.post("/account/authenticator", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains("id=\"code-error\"") && wrong.html.contains(&secret), "{}", wrong.html);
    let done = browser.post("/account/authenticator", &[("code", &shown(&secret, store))]).await;
    let codes: Vec<String> =
        done.html.split("<li><code>").skip(1).map(|rest| rest.split("</code>").next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10, "{}", done.html);
    store.clock().advance_seconds(30);
    (secret, codes)
}

#[test]
fn twenty_wrong_passwords_from_twenty_addresses_leave_the_owner_in() {
    each(async |store, _| {
        let app = behind_proxy(&store);
        for number in 0..20 {
            let mut stranger = Browser::new(&app, "en-DE");
            stranger.address = format!("203.0.113.{number}");
            let wrong = try_as(&mut stranger, "operator@example.com", "wrong").await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let mut owner = Browser::new(&app, "en-DE");
        owner.address = "198.51.100.7".into();
        assert_eq!(try_as(&mut owner, "operator@example.com", PASSWORD).await.status, StatusCode::SEE_OTHER);
        owner.post("/sign-out", &[]).await;
        // From a thousand networks: strangers are slowed down and told until when, the owner's own browser passes.
        let mut refused = None;
        for number in 0..100 {
            let mut stranger = Browser::new(&app, "en-DE");
            stranger.address = format!("2001:db8:{number:x}::1");
            let wrong = try_as(&mut stranger, "operator@example.com", "wrong").await;
            if wrong.status == StatusCode::TOO_MANY_REQUESTS {
                refused = Some(wrong);
                break;
            }
        }
        let refused = refused.expect("guessing from everywhere is slowed down");
        assert_eq!(refused.headers["retry-after"], "60");
        assert!(refused.html.contains("Try again in a minute"), "{}", refused.html);
        owner.address = "192.0.2.200".into();
        assert_eq!(try_as(&mut owner, "operator@example.com", PASSWORD).await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn one_ipv6_network_is_one_place() {
    each(async |store, _| {
        let app = behind_proxy(&store);
        let mut statuses = Vec::new();
        for number in 0..12 {
            let mut stranger = Browser::new(&app, "en-DE");
            stranger.address = format!("2001:db8:1:2::{number:x}");
            statuses.push(try_as(&mut stranger, "buyer@example.com", "wrong").await.status.as_u16());
        }
        assert_eq!(statuses, [[422; 10].as_slice(), &[429; 2]].concat());
    });
}

/// Whatever a form counts by place it counts by network: of an IPv6 client's 2^64 addresses, told with and without a port, none is
/// fresh, and the network beside it is.
#[test]
fn every_form_that_counts_by_place_counts_networks() {
    each(async |store, _| {
        let app = behind_proxy(&store);
        let forms: [(&str, &[(&str, &str)]); 7] = [
            ("/orders/find", &[("number", "EN-0000-0000"), ("email", "jana@example.com")]),
            ("/register", &[("email", "somebody@example.com")]),
            ("/register/confirm", &[("token", "none"), ("name", "Li"), ("password", "a harbour at dusk")]),
            ("/invitation", &[("token", "none"), ("deed", "register"), ("role", "admin")]),
            ("/forgot-password", &[("email", "nobody@example.com")]),
            ("/reset-password", &[("token", "none"), ("password", "a harbour at dusk")]),
            ("/confirm-email", &[("token", "none")]),
        ];
        for (index, (path, fields)) in forms.into_iter().enumerate() {
            let mut stranger = Browser::new(&app, "en-DE");
            stranger.address = "192.0.2.1".into();
            let csrf = stranger.csrf().await;
            let mut taken = 0;
            let refused = loop {
                stranger.address = match taken % 2 {
                    0 => format!("2001:db8:{index:x}:2::{taken:x}"),
                    _ => format!("[2001:db8:{index:x}:2:{taken:x}::1]:{}", 4000 + taken),
                };
                let answer = stranger.post_as(path, fields, &csrf, "same-origin").await;
                if answer.status == StatusCode::TOO_MANY_REQUESTS {
                    break answer;
                }
                taken += 1;
                assert!(taken < 60, "{path}: a network is never refused");
            };
            assert!(taken >= 5 && refused.headers.contains_key("retry-after"), "{path} after {taken}");
            stranger.address = format!("2001:db8:{index:x}:3::1");
            let beside = stranger.post_as(path, fields, &csrf, "same-origin").await;
            assert_ne!(beside.status, StatusCode::TOO_MANY_REQUESTS, "{path}: another network");
        }
    });
}

/// The token of a link that opens an account for `li@harbour.example`.
fn opened(store: &Store) -> String {
    let link = store.write_blocking(|tx| {
        let wish = parties::ask_registration(tx, "li@harbour.example")?;
        parties::registration_link(tx, wish.id)
    });
    match link.unwrap() {
        parties::RegistrationLink::Open(token) => token,
        other => panic!("no link to open an account: {other:?}"),
    }
}

#[test]
fn bad_passwords_are_refused_wherever_one_is_set_and_the_page_says_why() {
    each(async |store, _| {
        let app = world::app(&store, Config::default());
        let reset = store.write_blocking(|tx| {
            let wish = parties::ask_reset(tx, "buyer@example.com")?.unwrap();
            parties::reset_token(tx, wish.id)
        });
        let token = reset.unwrap().unwrap();
        let link = opened(&store);
        let mut buyer = signed_in(&app, "buyer@example.com").await;
        for (bad, why) in [
            ("1234567890", "first that anybody tries"),
            ("password123", "first that anybody tries"),
            ("short12", "Choose 8 to 200 characters"),
            ("Entrepot2026", "Leave out"),
        ] {
            let mut guest = Browser::new(&app, "en-DE");
            let form = [("token", link.as_str()), ("name", "Li Ming"), ("password", bad)];
            let registered = guest.post("/register/confirm", &form).await;
            let reset = guest.post("/reset-password", &[("token", &token), ("password", bad)]).await;
            let form = [("password", bad), ("current_password", PASSWORD)];
            let changed = buyer.post("/account/security/password", &form).await;
            for (page, answer) in [("register", registered), ("reset", reset), ("change", changed)] {
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}: {bad}");
                assert!(answer.html.contains(why) && answer.html.contains("password-error"), "{page}: {}", answer.html);
            }
        }
        let own = [("password", "jana.kohler.buyer"), ("current_password", PASSWORD)];
        assert_eq!(buyer.post("/account/security/password", &own).await.status, StatusCode::SEE_OTHER);
        let spaces = "   sails and masts   ";
        let form = [("token", link.as_str()), ("name", "Li Ming"), ("password", spaces)];
        assert_eq!(Browser::new(&app, "en-DE").post("/register/confirm", &form).await.status, StatusCode::SEE_OTHER);
        let trimmed = try_as(&mut Browser::new(&app, "en-DE"), "li@harbour.example", spaces.trim()).await;
        assert_eq!(trimmed.status, StatusCode::UNPROCESSABLE_ENTITY, "exactly as it was typed");
        assert_eq!(
            try_as(&mut Browser::new(&app, "en-DE"), "li@harbour.example", spaces).await.status,
            StatusCode::SEE_OTHER
        );
    });
}

#[test]
fn an_authenticator_app_is_set_up_asked_for_and_replaced_by_a_recovery_code() {
    each(async |store, _| {
        let app = world::app(&store, Config::default());
        let mut browser = signed_in(&app, "buyer@example.com").await;
        let refused = browser.post("/account/security/app", &[("current_password", "wrong")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("id=\"current_password-error\""), "{}", refused.html);
        let (secret, codes) = enrol(&store, &mut browser).await;
        browser.post("/sign-out", &[]).await;

        let step = try_as(&mut browser, "buyer@example.com", PASSWORD).await;
        assert_eq!(step.location, "/sign-in/second");
        assert_eq!(browser.get("/account").await.status, StatusCode::UNAUTHORIZED, "half signed in is not signed in");
        let wrong = browser.post("/sign-in/second", &[("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let right = browser.post("/sign-in/second", &[("code", &shown(&secret, &store)), ("back", "/cart")]).await;
        assert_eq!(right.location, "/cart", "{}", right.html);
        assert_eq!(browser.get("/account").await.status, StatusCode::OK);

        let mut elsewhere = Browser::new(&app, "en-DE");
        try_as(&mut elsewhere, "buyer@example.com", PASSWORD).await;
        let replayed = elsewhere.post("/sign-in/second", &[("code", &shown(&secret, &store))]).await;
        assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "a code is good once");
        let recovered = elsewhere.post("/sign-in/second", &[("code", &codes[0])]).await;
        assert_eq!(recovered.status, StatusCode::SEE_OTHER);
        assert!(elsewhere.get("/account/security").await.html.contains("9 codes are left"));

        let mut guesser = Browser::new(&app, "en-DE");
        try_as(&mut guesser, "buyer@example.com", PASSWORD).await;
        let mut statuses = Vec::new();
        for number in 0..6 {
            let code = format!("11111{number}");
            statuses.push(guesser.post("/sign-in/second", &[("code", &code)]).await.status.as_u16());
        }
        assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
        assert_eq!(guesser.get("/account").await.status, StatusCode::UNAUTHORIZED);

        store.clock().advance_seconds(30);
        let code = shown(&secret, &store);
        let without = browser.post("/account/security/app-remove", &[("current_password", PASSWORD)]).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "the factor is asked for too");
        let removed =
            browser.post("/account/security/app-remove", &[("current_password", PASSWORD), ("code", &code)]).await;
        assert_eq!(removed.location, "/account/security", "{}", removed.html);
        browser.post("/sign-out", &[]).await;
        assert_eq!(try_as(&mut browser, "buyer@example.com", PASSWORD).await.location, "/account");
    });
}

#[test]
fn a_desk_stays_shut_until_there_is_a_factor_if_the_shop_says_so() {
    each(async |store, _| {
        let app = world::app(&store, Config::default());
        let mut admin = signed_in(&app, "operator@example.com").await;
        assert_eq!(admin.get("/console").await.status, StatusCode::OK);
        let said = admin.post("/console/settings/sign-in", &[("required", "operators")]).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER);
        for path in ["/console", "/console/orders", "/console/settings/sign-in"] {
            let led = admin.get(path).await;
            assert_eq!((led.status, led.location.as_str()), (StatusCode::SEE_OTHER, "/account/security"), "{path}");
        }
        let undone = admin.post("/console/settings/sign-in", &[("required", "nobody")]).await;
        assert_eq!(undone.location, "/account/security");
        assert_eq!(store.read_blocking(parties::required).unwrap(), parties::Required::Operators, "nothing happened");
        assert!(admin.get("/account/security").await.html.contains("asks everybody who works here"));
        assert_eq!(signed_in(&app, "buyer@example.com").await.get("/account").await.status, StatusCode::OK);
        enrol(&store, &mut admin).await;
        assert_eq!(admin.get("/console").await.status, StatusCode::OK);

        let mut buyer = signed_in(&app, "buyer@example.com").await;
        enrol(&store, &mut buyer).await;
        let unknown = admin.post("/console/settings/sign-in/help", &[("email", "nobody@example.com")]).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        let own = admin.post("/console/settings/sign-in/help", &[("email", "operator@example.com")]).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
        let helped = admin.post("/console/settings/sign-in/help", &[("email", "buyer@example.com")]).await;
        assert_eq!(helped.status, StatusCode::SEE_OTHER, "{}", helped.html);
        assert_eq!(buyer.get("/account").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(try_as(&mut buyer, "buyer@example.com", PASSWORD).await.location, "/account");
    });
}

#[test]
fn sessions_are_listed_and_end_and_a_new_password_ends_the_others() {
    each(async |store, _| {
        let app = world::app(&store, Config::default());
        let (mut here, mut there) =
            (signed_in(&app, "buyer@example.com").await, signed_in(&app, "buyer@example.com").await);
        let page = here.get("/account/security").await;
        assert_eq!(page.html.matches("action=\"/account/sessions\"").count(), 3, "two, and all others: {}", page.html);
        assert_eq!(page.html.matches("this one").count(), 1);
        let other = page.html.split("<tr><th scope=\"row\">").skip(1).find(|row| !row.contains("this one")).unwrap();
        let id = between(other, "name=\"session\" value=\"", "\"").to_owned();
        let mut stranger = signed_in(&app, "operator@example.com").await;
        assert_eq!(stranger.post("/account/sessions", &[("session", &id)]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(there.get("/account").await.status, StatusCode::OK);
        here.post("/account/sessions", &[("session", &id)]).await;
        assert_eq!(there.get("/account").await.status, StatusCode::UNAUTHORIZED);

        let mut third = signed_in(&app, "buyer@example.com").await;
        let form = [("password", NEW), ("current_password", "guessed")];
        assert_eq!(here.post("/account/security/password", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(third.get("/account").await.status, StatusCode::OK, "nothing happened");
        let form = [("password", NEW), ("current_password", PASSWORD)];
        assert_eq!(here.post("/account/security/password", &form).await.location, "/account/security");
        assert_eq!(third.get("/account").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(here.get("/account").await.status, StatusCode::OK);
        let again = try_as(&mut Browser::new(&app, "en-DE"), "buyer@example.com", PASSWORD).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn the_current_password_cannot_be_guessed_from_a_stolen_session() {
    each(async |store, _| {
        let app = world::app(&store, Config::default());
        let mut thief = signed_in(&app, "buyer@example.com").await;
        let mut statuses = Vec::new();
        for number in 0..12 {
            let guess = format!("guess number {number}");
            let form = [("password", NEW), ("current_password", guess.as_str())];
            statuses.push(thief.post("/account/security/password", &form).await.status.as_u16());
        }
        assert_eq!(statuses, [[422; 10].as_slice(), &[429; 2]].concat());
    });
}

#[test]
fn another_email_needs_the_password_its_mailbox_and_is_told_to_the_old_one() {
    each(async |store, _| {
        let app = world::mailing(&store, Config::default());
        let mut browser = signed_in(&app, "buyer@example.com").await;
        let ask = async |browser: &mut Browser, email: &str| {
            browser.post("/account/security/email", &[("email", email), ("current_password", PASSWORD)]).await
        };
        let taken = ask(&mut browser, "operator@example.com").await;
        let free = ask(&mut browser, "jana@harbour.example").await;
        assert_eq!((taken.status, &taken.location), (free.status, &free.location), "whose it is is not told");
        let told = store.read_blocking(|db| notify::log(db, None, None, 10)).unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].kind, told[0].recipient.as_str()), (Kind::EmailChange, "jana@harbour.example"));
        let message = told[0].clone();
        let path = store.write_blocking(move |tx| letters::link(tx, &message)).unwrap().unwrap();
        let token = path.split_once("token=").unwrap().1.to_owned();
        let page = Browser::new(&app, "en-DE").get(&path).await;
        assert!(page.html.contains("jana@harbour.example"), "{}", page.html);
        assert_eq!(browser.get("/account").await.status, StatusCode::OK, "opening the link changes nothing");
        let done = Browser::new(&app, "en-DE").post("/confirm-email", &[("token", &token)]).await;
        assert_eq!(done.location, "/sign-in", "{}", done.html);
        assert_eq!(browser.get("/account").await.status, StatusCode::UNAUTHORIZED);
        let old = store.read_blocking(|db| notify::of_recipient(db, "buyer@example.com")).unwrap();
        assert_eq!(old.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::SecurityChanged]);
        let letter = {
            let app = app.clone();
            let message = old[0].clone();
            store.read_blocking(move |db| letters::letter(&app, db, &message, "/account/security")).unwrap()
        };
        assert!(letter.subject.contains("the email was changed"), "{}", letter.subject);
        assert_eq!(try_as(&mut browser, "jana@harbour.example", PASSWORD).await.status, StatusCode::SEE_OTHER);
        assert_eq!(Browser::new(&app, "en-DE").get(&path).await.status, StatusCode::GONE);
    });
}

#[test]
fn ones_data_are_downloaded_and_an_erased_account_leaves_only_what_the_page_says() {
    desk_world::each(async |desks| {
        let store = desks.store.clone();
        let app = world::mailing(&store, Config::default());
        let mut browser = signed_in(&app, "buyer@example.com").await;
        let person = store.read_blocking(|db| parties::credentials(db, "buyer@example.com")).unwrap().unwrap().0;
        let order = bought(&desks, person).await;
        traces::leave(&desks, &mut browser).await;
        let wrong = browser.post("/account/security/export", &[("current_password", "wrong")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let file = browser.post("/account/security/export", &[("current_password", PASSWORD)]).await;
        assert_eq!(file.headers["content-type"], "application/json");
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let all: serde_json::Value = serde_json::from_str(&file.html).unwrap();
        assert_eq!(all["account"]["email"], "buyer@example.com");
        assert_eq!(all["orders"][0]["address"]["phone"], "+49 30 7654321");
        let bought = &all["orders"][0];
        let sum =
            |parts: &[&str]| parts.iter().map(|part| bought["cost"][*part]["minor"].as_i64().unwrap()).sum::<i64>();
        assert_eq!(
            sum(&["goods", "shipping", "duty", "tax", "fees"]),
            sum(&["total"]),
            "every part of the price: {bought}"
        );
        assert_eq!(bought["lines"][0]["consignment"], bought["consignments"][0]["id"]);
        assert_eq!(all["sign_in"]["sessions"].as_array().unwrap().len(), 1);
        assert!(all["events"].as_array().unwrap().iter().any(|event| event["what"] == "party.signed_in"));
        assert!(!file.html.contains("argon2") && !file.html.contains("hash"), "no secret is in it");

        let page = browser.get("/account/security/erase").await;
        assert!(page.html.contains("What stays, and why") && page.html.contains("ten years"), "{}", page.html);
        let early = browser.post("/account/security/erase", &[("current_password", PASSWORD)]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.html.contains("still under way"), "{}", early.html);
        assert_eq!(browser.get("/account").await.status, StatusCode::OK, "nothing happened");
        store.write_blocking(move |tx| orders::cancel(tx, order, "buyer").map(drop)).unwrap();
        let done = browser.post("/account/security/erase", &[("current_password", PASSWORD)]).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.html);
        assert!(done.html.contains("Your account is erased"), "{}", done.html);
        assert_eq!(browser.get("/account").await.status, StatusCode::UNAUTHORIZED);

        for (table, text) in traces::everything(&store) {
            for secret in ["buyer@example.com", "jana.new@example.com", "7654321", "jana buyer"] {
                // An order's own papers keep the name, as the page says.
                let stays = secret == "jana buyer" && ["order_head", "logistics_parcel"].contains(&table.as_str());
                assert!(stays || !text.to_lowercase().contains(secret), "{table}: {text}");
            }
        }
        let again = try_as(&mut Browser::new(&app, "en-DE"), "buyer@example.com", PASSWORD).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

/// An order of the person, paid, and something in their basket.
async fn bought(desks: &desk_world::Desks, person: Id<parties::Person>) -> Id<orders::Order> {
    let (store, app, offer) = (desks.store.clone(), desks.app.clone(), desks.offer.parse().unwrap());
    let who = ("Jana Buyer", "+49 30 7654321", "buyer@example.com");
    tokio::task::spawn_blocking(move || desk_world::buy_as(&store, &app, (person, offer), who)).await.unwrap()
}

#[test]
fn passkeys_are_offered_only_where_browsers_know_them() {
    each(async |store, _| {
        let without = world::app(&store, Config { base_url: "http://192.0.2.1:8080".into(), ..Config::default() });
        let mut browser = Browser::new(&without, "en-DE");
        assert!(!browser.get("/sign-in").await.html.contains("passkey"));
        assert_eq!(browser.post("/sign-in/passkey/options", &[]).await.status, StatusCode::CONFLICT);
        let with = world::app(&store, Config { base_url: "http://localhost:8080".into(), ..Config::default() });
        let mut browser = Browser::new(&with, "en-DE");
        let page = browser.get("/sign-in").await;
        assert!(page.html.contains("data-passkey=\"get\"") && page.html.contains("passkey.js"), "{}", page.html);
        let options = browser.post("/sign-in/passkey/options", &[]).await;
        let options: serde_json::Value = serde_json::from_str(&options.html).unwrap();
        assert_eq!(
            (options["rpId"].as_str(), options["userVerification"].as_str()),
            (Some("localhost"), Some("required"))
        );
        let wrong = browser.post("/sign-in/passkey", &[("passkey", "{}")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut buyer = signed_in(&with, "buyer@example.com").await;
        let refused = buyer.post("/account/passkey-options", &[("current_password", "wrong")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("problem"), "{}", refused.html);
        let options = buyer.post("/account/passkey-options", &[("current_password", PASSWORD)]).await;
        let options: serde_json::Value = serde_json::from_str(&options.html).unwrap();
        assert_eq!(options["user"]["name"], "buyer@example.com");
    });
}

#[test]
fn every_page_of_ones_security_speaks_every_language() {
    each(async |store, _| {
        let app = world::app(&store, Config { base_url: "http://localhost:8080".into(), ..Config::default() });
        for language in ["en-DE", "zh-CN", "ar-SA"] {
            let mut browser = Browser::new(&app, language);
            try_as(&mut browser, "buyer@example.com", PASSWORD).await;
            let deeds =
                ["password", "email", "app", "app-remove", "recovery", "passkey", "passkey-remove", "export", "erase"];
            let paths = deeds.map(|deed| format!("/account/security/{deed}"));
            for path in
                paths.iter().map(String::as_str).chain(["/account/security", "/confirm-email?token=x", "/sign-in"])
            {
                let page = browser.get(path).await;
                assert!(!page.html.contains('⟦'), "{path} in {language}");
            }
            assert_eq!(browser.get("/account/security/nonsense").await.status, StatusCode::NOT_FOUND);
        }
        let system = Actor::System;
        store.write_as_blocking(system, |tx| parties::set_required(tx, parties::Required::Nobody)).unwrap();
    });
}
