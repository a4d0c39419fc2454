//! People in the browser: an account by a proved address, invitations answered, an organisation chosen, a lost link found; and what a
//! hostile neighbour gets out of all that: nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::http::StatusCode;
use base::{Actor, Role};
use desk_world::{Desks, each, sign_in};
use frame::Config;
use notify::{Kind, Message};
use world::{Answer, Browser, PASSWORD, between};

/// The same people in a house with a mail server.
async fn with_mail(desks: Desks) -> Desks {
    let store = desks.store.clone();
    let app = tokio::task::spawn_blocking(move || world::mailing(&store, Config::default())).await.unwrap();
    Desks { app, ..desks }
}

async fn letters(desks: &Desks, kind: Kind) -> Vec<Message> {
    let all = desks.store.read(|db| notify::log(db, None, None, 100)).await.unwrap();
    all.into_iter().filter(|one| one.kind == kind).collect()
}

/// The newest letter of a kind as its reader gets it: its link, and its text.
async fn mailed(desks: &Desks, kind: Kind, to: &str) -> (String, String) {
    let message = letters(desks, kind).await.into_iter().find(|one| one.recipient == to).unwrap();
    let asked = message.clone();
    let link = desks.store.write(move |tx| letters::link(tx, &asked)).await.unwrap().unwrap();
    let (app, at) = (desks.app.clone(), link.clone());
    let letter = desks.store.read(move |db| letters::letter(&app, db, &message, &at)).await.unwrap();
    assert!(letter.text.contains(&at_host(&link)), "{}", letter.text);
    (link, letter.text)
}

fn at_host(path: &str) -> String {
    format!("http://localhost:8080{path}")
}

fn token(link: &str) -> &str {
    between(link, "token=", "&").split('&').next().unwrap()
}

fn token_of(link: &str) -> String {
    let whole = format!("{link}&");
    token(&whole).to_owned()
}

/// A page without what differs between visits: the token of its forms, the address that was typed.
fn plain(answer: &Answer, csrf: &str, email: &str) -> String {
    answer.html.replace(csrf, "").replace(email, "")
}

#[test]
fn registering_answers_the_same_for_everybody_and_opens_nothing_before_the_link() {
    each(async |desks| {
        let desks = with_mail(desks).await;
        let mut browser = Browser::new(&desks.app, "en-DE");
        let csrf = browser.csrf().await;
        let mut answers = Vec::new();
        for email in ["buyer@example.com", "nobody@example.com"] {
            let answer = browser.post("/register", &[("email", email), ("back", "/cart")]).await;
            assert_eq!(answer.status, StatusCode::OK);
            answers.push(plain(&answer, &csrf, email));
            assert_eq!(browser.get("/account").await.status, StatusCode::UNAUTHORIZED, "nobody is signed in");
        }
        assert_eq!(answers[0], answers[1]);
        let known = desks.store.read(|db| parties::credentials(db, "nobody@example.com")).await.unwrap();
        assert_eq!(known, None, "asked is not opened");
        assert_eq!(letters(&desks, Kind::Registration).await.len(), 2);

        let (link, text) = mailed(&desks, Kind::Registration, "buyer@example.com").await;
        assert_eq!(link, "/sign-in");
        assert!(text.contains("There is one already"), "{text}");
        let (link, text) = mailed(&desks, Kind::Registration, "nobody@example.com").await;
        assert!(link.starts_with("/register/confirm?token=") && !text.contains("already"), "{text}");
        // The link opens on another device too, and the address stands fast.
        let mut other = Browser::new(&desks.app, "en-DE");
        assert!(other.get(&link).await.html.contains("nobody@example.com"));
        let token = token_of(&link);
        let form = |password| [("token", token.as_str()), ("name", "Ada"), ("password", password), ("back", "/cart")];
        let short = other.post("/register/confirm", &form("short")).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(short.html.contains("id=\"password-error\"") && short.html.contains("value=\"Ada\""), "{}", short.html);
        let done = other.post("/register/confirm", &form(PASSWORD)).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/cart"), "{}", done.html);
        assert!(other.get("/account").await.html.contains("nobody@example.com"), "signed in at once");
        assert_eq!(other.post("/register/confirm", &form(PASSWORD)).await.status, StatusCode::GONE, "good once");
    });
}

#[test]
fn a_mailbox_is_not_filled_by_strangers_and_its_owner_not_kept_out() {
    each(async |desks| {
        let desks = with_mail(desks).await;
        let mut browser = Browser::new(&desks.app, "en-DE");
        let statuses = async |browser: &mut Browser| {
            browser.post("/register", &[("email", "nobody@example.com")]).await.status.as_u16()
        };
        for _ in 0..9 {
            assert_eq!(statuses(&mut browser).await, 200, "the same answer, whether a letter goes out or not");
        }
        assert_eq!(letters(&desks, Kind::Registration).await.len(), 5, "five in an hour");
        let (link, _) = mailed(&desks, Kind::Registration, "nobody@example.com").await;
        assert_eq!(browser.get(&link).await.status, StatusCode::OK, "and what came stays good");
    });
}

#[test]
fn without_a_mail_server_an_admin_hands_the_link_over() {
    each(async |desks| {
        let mut browser = Browser::new(&desks.app, "en-DE");
        let answer = browser.post("/register", &[("email", "nobody@example.com")]).await;
        assert!(answer.html.contains("sends no mail") && !answer.html.contains("on its way"), "{}", answer.html);
        let message = letters(&desks, Kind::Registration).await.remove(0);
        let path = format!("/console/messages/{}", message.id);
        let mut service = sign_in(&desks, "service@example.com", "en-DE").await;
        assert!(!service.get(&path).await.html.contains("hand_over"));
        let refused = service.post(&path, &[("deed", "hand_over")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "the operator's admin alone vouches");
        let mut admin = sign_in(&desks, "operator@example.com", "en-DE").await;
        assert!(!admin.get(&path).await.html.contains("token="), "a message holds no secret");
        let made = admin.post(&path, &[("deed", "hand_over")]).await;
        let link = format!("/register/confirm?token={}", between(&made.html, "confirm?token=", "<"));
        let form = [("token", &*token_of(&link)), ("name", "Ada"), ("password", PASSWORD)];
        assert_eq!(browser.post("/register/confirm", &form).await.location, "/account");
        let trail = admin.get("/console/trail?kind=party.link_handed_over").await;
        assert!(trail.html.contains("Link handed over") && !trail.html.contains(&token_of(&link)));
    });
}

/// A1: an invitation of another organisation changes nothing for who is invited, whatever its role.
#[test]
fn a_sellers_owner_is_not_taken_out_of_her_shop() {
    each(async |desks| {
        let mut victim = sign_in(&desks, "owner@other.example", "en-DE").await;
        let before = victim.get("/seller/balance").await;
        assert_eq!(before.status, StatusCode::OK);
        let shop = between(&before.html, "Owner, ", "<").to_owned();
        let mut attacker = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let form = [("email", "owner@other.example"), ("role", "seller_staff"), ("deed", "invite")];
        assert_eq!(attacker.post("/seller/people", &form).await.status, StatusCode::OK);
        let mut again = sign_in(&desks, "owner@other.example", "en-DE").await;
        for browser in [&mut victim, &mut again] {
            let page = browser.get("/seller/balance").await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(between(&page.html, "Owner, ", "<"), shop, "she acts for her own shop as before");
        }
        assert!(
            !attacker
                .get("/seller/people")
                .await
                .html
                .contains("Lin Wei</th><td data-l=\"E-mail\"><bdi style=\"overflow-wrap:anywhere\">owner@other")
        );
        let account = victim.get("/account").await;
        assert!(account.html.contains("Lantau Power invites you"), "she sees the offer, and may decline it");
        let id = between(&account.html, "name=\"invitation\" value=\"", "\"").to_owned();
        victim.post("/account/invitations", &[("invitation", &id), ("deed", "decline")]).await;
        assert!(!victim.get("/account").await.html.contains("Lantau Power"));
        assert!(!attacker.get("/seller/people").await.html.contains("owner@other.example"));
    });
}

#[test]
fn an_invitation_is_accepted_the_desk_opens_and_one_switches_and_leaves() {
    each(async |desks| {
        let desks = with_mail(desks).await;
        let mut owner = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let form = [("email", "Owner@Other.example"), ("role", "seller_staff"), ("deed", "invite")];
        let invited = owner.post("/seller/people", &form).await;
        assert_eq!(invited.location, "/seller/people", "by mail, and without a link for who invites");
        let (link, text) = mailed(&desks, Kind::Invited, "owner@other.example").await;
        assert!(text.contains("Lin Wei") && text.contains("Lantau Power") && text.contains("店员"), "{text}");

        let mut visitor = Browser::new(&desks.app, "en-DE");
        let page = visitor.get(&link).await;
        assert!(page.html.contains("Lantau Power invites you") && page.html.contains("Staff"), "{}", page.html);
        let (token, role) = (token_of(&link), "seller_staff");
        let known = [("token", &*token), ("role", role), ("name", "X"), ("password", PASSWORD), ("deed", "register")];
        let refused = visitor.post("/invitation", &known).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "she has an account; its password is hers");
        let form = [("token", &*token), ("role", role), ("deed", "accept")];
        let sent = visitor.post("/invitation", &form).await;
        assert!(sent.location.starts_with("/sign-in?back="), "{}", sent.location);
        let mut buyer = sign_in(&desks, "buyer@example.com", "en-DE").await;
        assert!(buyer.get(&link).await.html.contains("signed in as"), "another person's");
        assert_eq!(buyer.post("/invitation", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let back = [("email", "owner@other.example"), ("password", PASSWORD), ("back", link.as_str())];
        assert_eq!(visitor.post("/sign-in", &back).await.location, link);
        let more = [("token", &*token), ("role", "seller_owner"), ("deed", "accept")];
        let more = visitor.post("/invitation", &more).await;
        assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY, "not what was offered");
        assert_eq!(visitor.post("/invitation", &form).await.location, "/seller");
        let desk = visitor.get("/seller").await;
        assert!(desk.html.contains("Staff, Lantau Power"), "{}", desk.html);
        assert_eq!(visitor.get("/seller/balance").await.status, StatusCode::FORBIDDEN);
        assert_eq!(visitor.get(&link).await.status, StatusCode::GONE, "answered");

        // The switcher stands in the desk's header and leads back to her own shop.
        let own = between(&desk.html, "name=\"organisation\" value=\"", "\"").to_owned();
        assert_eq!(visitor.post("/account/organisations", &[("organisation", &own)]).await.location, "/seller");
        assert_eq!(visitor.get("/seller/balance").await.status, StatusCode::OK);
        let mut later = sign_in(&desks, "owner@other.example", "en-DE").await;
        assert_eq!(later.get("/seller/balance").await.status, StatusCode::OK, "the one chosen last");
        let foreign = format!("{}", desks.seller);
        let mut stranger = sign_in(&desks, "buyer@example.com", "en-DE").await;
        let refused = stranger.post("/account/organisations", &[("organisation", &foreign)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);

        let leave = format!("/account/organisations/{}/leave", desks.seller);
        assert!(later.get(&leave).await.html.contains("Leave Lantau Power?"));
        assert_eq!(later.post(&leave, &[]).await.location, "/account/organisations");
        assert!(!later.get("/account").await.html.contains("Lantau Power"));
        let alone = later.post(&format!("/account/organisations/{own}/leave"), &[]).await;
        assert_eq!(alone.status, StatusCode::CONFLICT);
        assert!(alone.html.contains("the only owner"), "{}", alone.html);
        assert_eq!(later.get("/seller/balance").await.status, StatusCode::OK, "and stays it");
    });
}

#[test]
fn one_lands_where_ones_work_is_unless_one_was_going_somewhere() {
    each(async |desks| {
        let land = async |email: &str, back: &str| {
            let mut browser = Browser::new(&desks.app, "en-DE");
            let form = [("email", email), ("password", PASSWORD), ("back", back)];
            browser.post("/sign-in", &form).await.location
        };
        for (email, home) in [
            ("owner@lantau.example", "/seller"),
            ("staff@lantau.example", "/seller"),
            ("operator@example.com", "/console"),
            ("service@example.com", "/console"),
            ("buyer@example.com", "/account"),
        ] {
            assert_eq!(land(email, "").await, home, "{email}");
            assert_eq!(land(email, "/cart").await, "/cart", "{email}");
            assert_eq!(land(email, "https://elsewhere.example/").await, "/", "{email}");
        }
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let shop = operator.get("/").await.html;
        let foot = between(&shop, "shop-foot", "</footer>");
        assert!(foot.contains("href=\"/console\"") && !foot.contains("href=\"/seller\""), "only what opens is offered");
        // Who has several and never chose is asked.
        let seller = desks.seller;
        let offer = desks
            .store
            .write(move |tx| {
                let other = parties::organisations(tx, parties::OrganisationKind::Seller, None, 10)?;
                let other = other.iter().find(|one| one.id != seller).unwrap().id;
                let mut made = Vec::new();
                for organisation in [seller, other] {
                    let new =
                        parties::Invite { organisation, email: "buyer@example.com".into(), role: Role::SellerStaff };
                    made.push(parties::invite(tx, &new)?.id);
                }
                Ok((parties::credentials(tx, "buyer@example.com")?.unwrap().0, made))
            })
            .await
            .unwrap();
        let actor = Actor::Person { person: offer.0.raw(), organisation: 0, role: Role::Buyer };
        for id in offer.1 {
            let accept = move |tx: &mut store::Tx| parties::accept_invitation(tx, id, Role::SellerStaff);
            desks.store.write_as(actor, accept).await.unwrap();
        }
        assert_eq!(land("buyer@example.com", "").await, "/account/organisations");
    });
}

#[test]
fn a_lost_link_is_mailed_to_who_bought_and_told_to_nobody() {
    each(async |desks| {
        let desks = with_mail(desks).await;
        let mut browser = Browser::new(&desks.app, "en-DE");
        let csrf = browser.csrf().await;
        let mut answers = Vec::new();
        for (number, email) in [
            (desks.number.as_str(), "JANA@example.com"),
            (desks.number.as_str(), "nobody@example.com"),
            ("EN-0000-0000", "jana@example.com"),
        ] {
            let answer = browser.post("/orders/find", &[("number", number), ("email", email)]).await;
            assert_eq!(answer.status, StatusCode::OK, "{number} {email}");
            answers.push(plain(&answer, &csrf, email));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{}", answers[0]);
        let sent = letters(&desks, Kind::OrderLink).await;
        assert_eq!(sent.iter().map(|one| one.recipient.as_str()).collect::<Vec<_>>(), ["jana@example.com"]);
        let (link, text) = mailed(&desks, Kind::OrderLink, "jana@example.com").await;
        assert!(text.contains(&desks.number));
        let page = Browser::new(&desks.app, "en-DE").get(&link).await;
        assert!(page.status == StatusCode::OK && page.html.contains(&desks.number), "{}", page.html);
        for (fields, wrong) in [
            ([("number", ""), ("email", "jana@example.com")], "number-error"),
            ([("number", desks.number.as_str()), ("email", "jana")], "email-error"),
        ] {
            let answer = browser.post("/orders/find", &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.html.contains(&format!("id=\"{wrong}\"")), "{}", answer.html);
        }
        for _ in 0..8 {
            let form = [("number", desks.number.as_str()), ("email", "jana@example.com")];
            assert_eq!(browser.post("/orders/find", &form).await.status, StatusCode::OK);
        }
        assert_eq!(letters(&desks, Kind::OrderLink).await.len(), 1, "one row, sent again");
    });
}

#[test]
fn a_proved_address_shows_what_was_bought_with_it_as_a_guest() {
    each(async |desks| {
        let register = |email: &'static str| {
            let hash = world::password_hash();
            move |tx: &mut store::Tx| {
                let new = parties::Register {
                    email: email.into(),
                    password_hash: hash.clone(),
                    name: "Jana".into(),
                    language: "en".parse()?,
                    country: "DE".parse()?,
                };
                parties::register(tx, &new)
            }
        };
        desks.store.write(register("Jana@Example.com")).await.unwrap();
        desks.store.write(register("jan@example.com")).await.unwrap();
        let mut jana = sign_in(&desks, "jana@example.com", "en-DE").await;
        let account = jana.get("/account").await;
        assert!(account.html.contains(&desks.number), "{}", account.html);
        assert_eq!(jana.get(&format!("/order/{}", desks.order)).await.status, StatusCode::OK);
        let found = jana.post("/orders/find", &[("number", &desks.number)]).await;
        assert_eq!(found.location, format!("/order/{}", desks.order), "her own opens at once");
        let mut jan = sign_in(&desks, "jan@example.com", "en-DE").await;
        assert!(!jan.get("/account").await.html.contains(&desks.number));
        assert_eq!(jan.get(&format!("/order/{}", desks.order)).await.status, StatusCode::NOT_FOUND);
        let found = jan.post("/orders/find", &[("number", &desks.number), ("email", "jan@example.com")]).await;
        assert_eq!(found.status, StatusCode::OK, "{}", found.location);
    });
}
