//! Signing in and out, and where one lands. The cart of the visit becomes the person's.

use crate::session::{ask, back, begin, home_of};
use axum::extract::State;
use axum::http::StatusCode;
use frame::App;
use frame::app::aside;
use frame::failure::Answer;
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{self, Head, redirect};
use frame::parts::address::Problem;
use frame::parts::field::problems_title;
use frame::visitor::Visitor;
use parties::Proof;
use serde::Serialize;

/// Uses of links from one network in a quarter of an hour: a hash costs.
pub(super) const ATTEMPTS: i64 = 20;
pub(super) const WINDOW_SECONDS: i64 = 900;

#[derive(Serialize)]
struct SignInView {
    back: String,
    email: String,
    problems: Vec<Problem>,
    problems_title: String,
    demo_people: Vec<DemoPerson>,
    demo_password: String,
    /// What was done on the page before.
    said: Option<String>,
    /// Browsers know passkeys at this address.
    passkeys: bool,
}

#[derive(Serialize)]
struct DemoPerson {
    what: String,
    email: String,
}

/// GET /sign-in
pub async fn sign_in_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    if visitor.session.is_some() {
        return Ok(redirect(back(&form).unwrap_or_else(|| home_of(visitor.actor))));
    }
    sign_in_form(&app, &visitor, &form, Vec::new())
}

pub(super) fn sign_in_form(app: &App, visitor: &Visitor, form: &Form, problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let demo = |key: &str, email: &str| DemoPerson { what: locale.t(key).to_string(), email: email.into() };
    let mut demo_people = Vec::new();
    if app.config.demo {
        for (role, email) in &app.config.demo_people {
            demo_people.push(demo(&format!("demo-{role}"), email));
        }
    }
    let view = SignInView {
        back: back(form).unwrap_or_default().into(),
        email: form.text("email").into(),
        problems_title: problems_title(locale, &problems),
        problems,
        demo_people,
        demo_password: app.config.demo_password.clone(),
        said: visitor.flash.as_deref().and_then(|code| locale.maybe(&format!("sign-in-said-{code}"), &[])),
        passkeys: app.passkey_site().is_some(),
    };
    let wrong = !view.problems.is_empty();
    let head = Head::titled(&*locale.t("sign-in")).unlisted();
    let mut response = page::render(app, visitor, "shop/sign_in.html", head, &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /sign-in. An unknown e-mail takes as long as a wrong password. Whoever has a second factor goes on to it.
pub async fn sign_in(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (trial, password) = (visitor.trial(form.text("email")), form.raw("password").to_owned());
    let counted = trial.clone();
    let known = app.store.write(move |tx| {
        parties::guard::try_password(tx, &counted)?;
        parties::credentials(tx, &counted.email)
    });
    let (person, hash) = known.await?.map_or((None, None), |(person, hash)| (Some(person), Some(hash)));
    let right = aside(move || parties::check_password(hash.as_deref(), &password)).await?;
    let Some(person) = person.filter(|_| right) else {
        tracing::warn!(target: "security", request = visitor.request, address = visitor.address, "a wrong password");
        let problem = Problem::of("email", &*visitor.locale.t("sign-in-wrong"));
        return sign_in_form(&app, &visitor, &form, vec![problem]);
    };
    let second = app.store.write(move |tx| {
        parties::guard::was_right(tx, &trial)?;
        parties::second_step(tx, person)
    });
    match second.await? {
        None => Ok(begin(&app, &visitor, person, Proof::Password).await?.to(&visitor, back(&form))),
        Some(token) => Ok(ask(&visitor, &token, back(&form))),
    }
}

/// POST /sign-out
pub async fn sign_out(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    if let Some(token) = visitor.session_token.clone() {
        app.store.write(move |tx| parties::sign_out(tx, &token)).await?;
    }
    let mut response = redirect(back(&form).unwrap_or("/"));
    set_cookies(&mut response, [visitor.cookie(frame::visitor::SESSION, "", 0)]);
    set_cookies(&mut response, visitor.no_cart());
    Ok(response)
}
