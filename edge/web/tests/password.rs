//! A forgotten password in the browser: the same answer for everybody, a link that works once, and nobody stays signed in.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod world;

use axum::http::StatusCode;
use base::Id;
use frame::{App, Config};
use notify::{Kind, Message, State};
use store::Store;
use world::{Browser, PASSWORD, each};

const NEW: &str = "the harbour at midnight";

/// The shop with a mail server, or without.
fn shop(store: &Store, mail: bool) -> App {
    if mail { world::mailing(store, Config::default()) } else { world::app(store, Config::default()) }
}

fn messages(store: &Store) -> Vec<Message> {
    store.read_blocking(|db| notify::log(db, None, None, 10)).unwrap()
}

async fn log_in(app: &App, password: &str) -> (Browser, StatusCode) {
    let mut browser = Browser::new(app, "en-DE");
    let answer = browser.post("/sign-in", &[("email", "buyer@example.com"), ("password", password)]).await;
    (browser, answer.status)
}

#[test]
fn who_has_an_account_is_not_told() {
    each(async |store, _| {
        let app = shop(&store, true);
        let mut browser = Browser::new(&app, "en-DE");
        assert!(browser.get("/sign-in").await.html.contains("href=\"/forgot-password\""));
        let known = browser.post("/forgot-password", &[("email", " Buyer@Example.com ")]).await;
        let unknown = browser.post("/forgot-password", &[("email", "nobody@example.com")]).await;
        assert_eq!((known.status, unknown.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(known.html, unknown.html);
        assert!(known.html.contains("If there is an account with this email"), "{}", known.html);
        let told = messages(&store);
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].kind, told[0].recipient.as_str(), told[0].state),
            (Kind::PasswordReset, "buyer@example.com", State::Queued)
        );
        let wrong = browser.post("/forgot-password", &[("email", "no address")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.html.contains("id=\"email-error\""), "{}", wrong.html);
        for email in ["buyer@example.com", "nobody@example.com"] {
            let mut statuses = Vec::new();
            for _ in 0..5 {
                let answer = browser.post("/forgot-password", &[("email", email)]).await;
                assert_eq!(answer.headers.contains_key("retry-after"), answer.status == 429, "{email}");
                statuses.push(answer.status.as_u16());
            }
            assert_eq!(
                statuses,
                [200, 200, 200, 200, 429],
                "{email}: five in an hour from one place, with the first one"
            );
        }
        assert_eq!(messages(&store).len(), 5);
    });
}

#[test]
fn a_new_password_is_chosen_once_and_ends_every_session() {
    each(async |store, _| {
        let app = shop(&store, false);
        let (mut elsewhere, signed) = log_in(&app, PASSWORD).await;
        assert_eq!(signed, StatusCode::SEE_OTHER);
        let mut browser = Browser::new(&app, "en-DE");
        let asked = browser.post("/forgot-password", &[("email", "buyer@example.com")]).await;
        assert!(asked.html.contains("sends no mail at present"), "what will not come is not promised: {}", asked.html);
        let kept = messages(&store).remove(0);
        assert_eq!(kept.state, State::Skipped);
        let token =
            store.write_blocking(move |tx| parties::reset_token(tx, Id::from_raw(kept.subject))).unwrap().unwrap();
        let path = format!("/reset-password?token={token}");
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        let short = browser.post("/reset-password", &[("token", &token), ("password", "short")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(short.html.contains("id=\"password-error\"") && short.html.contains(&token), "{}", short.html);
        let guessed = browser.post("/reset-password", &[("token", "guessed"), ("password", NEW)]).await;
        assert_eq!(guessed.status, StatusCode::GONE);
        assert_eq!(elsewhere.get("/account").await.status, StatusCode::OK, "nothing has changed yet");

        let done = browser.post("/reset-password", &[("token", &token), ("password", NEW)]).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/sign-in"), "{}", done.html);
        assert!(browser.get("/sign-in").await.html.contains("Your password is changed"));
        assert_eq!(elsewhere.get("/account").await.status, StatusCode::UNAUTHORIZED, "every session has ended");
        assert_eq!(log_in(&app, PASSWORD).await.1, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(log_in(&app, NEW).await.1, StatusCode::SEE_OTHER);
        let again = browser.post("/reset-password", &[("token", &token), ("password", PASSWORD)]).await;
        assert_eq!(again.status, StatusCode::GONE, "good once");
        assert_eq!(browser.get(&path).await.status, StatusCode::GONE);
        assert_eq!(log_in(&app, NEW).await.1, StatusCode::SEE_OTHER);
        for language in ["zh-CN", "ar-SA"] {
            let mut reader = Browser::new(&app, language);
            for path in ["/forgot-password", "/reset-password?token=x"] {
                let page = reader.get(path).await;
                assert!(!page.html.contains('⟦'), "{path} in {language}");
            }
        }
    });
}
