//! Signing in, up and out. The cart of the visit becomes the person's.

use super::address::Problem;
use super::preferences;
use crate::App;
use crate::app::aside;
use crate::failure::Answer;
use crate::form::Form;
use crate::gate::set_cookies;
use crate::language::Locale;
use crate::page::{self, Head, local, redirect};
use crate::visitor::Visitor;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Actor, Error, Id, Kind, Result};
use checkout::Reach;
use parties::{Person, Register, SessionToken};
use serde::Serialize;

/// Attempts per address and per e-mail in a quarter of an hour.
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
    /// The password was just changed.
    changed: bool,
}

#[derive(Serialize)]
struct DemoPerson {
    what: String,
    email: String,
}

/// One field of a short form.
#[derive(Serialize)]
pub struct FieldView {
    name: &'static str,
    label: String,
    kind: &'static str,
    autocomplete: &'static str,
    value: String,
    hint: Option<String>,
    error: Option<String>,
}

impl FieldView {
    /// A field with what was typed and what was wrong with it.
    pub fn new(
        locale: &Locale,
        (name, label, kind, autocomplete): (&'static str, &str, &'static str, &'static str),
        form: &Form,
        problems: &[Problem],
    ) -> FieldView {
        let value = if kind == "password" { String::new() } else { form.text(name).to_owned() };
        let error = problems.iter().find(|problem| problem.field == name).map(|problem| problem.text.clone());
        let hint = (kind == "password").then(|| locale.t("password-hint").to_string());
        FieldView { name, label: locale.t(label).to_string(), kind, autocomplete, value, hint, error }
    }
}

/// How many things there are to put right.
pub fn problems_title(locale: &Locale, problems: &[Problem]) -> String {
    locale.fill("problems-form", &[("n", problems.len().into())])
}

/// GET /sign-in
pub async fn sign_in_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    if visitor.session.is_some() {
        return Ok(redirect(back(&form)));
    }
    sign_in_form(&app, &visitor, &form, Vec::new())
}

fn back(form: &Form) -> &str {
    form.given("back").map_or("/account", local)
}

fn sign_in_form(app: &App, visitor: &Visitor, form: &Form, problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let demo = |key: &str, email: &str| DemoPerson { what: locale.t(key).to_string(), email: email.into() };
    let mut demo_people = Vec::new();
    if app.config.demo {
        for (role, email) in &app.config.demo_people {
            demo_people.push(demo(&format!("demo-{role}"), email));
        }
    }
    let view = SignInView {
        back: back(form).into(),
        email: form.text("email").into(),
        problems_title: problems_title(locale, &problems),
        problems,
        demo_people,
        demo_password: app.config.demo_password.clone(),
        changed: visitor.flash.as_deref() == Some("reset-done"),
    };
    let wrong = !view.problems.is_empty();
    let head = Head::titled(&*locale.t("sign-in")).unlisted();
    let mut response = page::render(app, visitor, "shop/sign_in.html", head, &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /sign-in. An unknown e-mail takes as long as a wrong password.
pub async fn sign_in(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (email, password) = (form.text("email").to_lowercase(), form.text("password").to_owned());
    let keys = [format!("sign_in:{}", visitor.address), format!("sign_in:{email}")];
    let known = app
        .store
        .write(move |tx| {
            for key in &keys {
                parties::attempt(tx, key, ATTEMPTS, WINDOW_SECONDS)?;
            }
            parties::credentials(tx, &email)
        })
        .await?;
    let (person, hash) = known.map_or((None, None), |(person, hash)| (Some(person), Some(hash)));
    let right = aside(move || parties::check_password(hash.as_deref(), &password)).await?;
    match person.filter(|_| right) {
        Some(person) => begin(&app, &visitor, person, back(&form)).await,
        None => {
            let problem = Problem::of("email", &*visitor.locale.t("sign-in-wrong"));
            sign_in_form(&app, &visitor, &form, vec![problem])
        }
    }
}

/// Begins a session, brings the cart along and goes on.
async fn begin(app: &App, visitor: &Visitor, person: Id<Person>, to: &str) -> Answer {
    let guest = visitor.cart.clone().map(Reach::Token);
    let old = visitor.session_token.clone();
    // The trail says who signed in.
    let actor = Actor::Person { person: person.raw(), organisation: 0, role: base::Role::Buyer };
    let session: SessionToken = app
        .store
        .write_as(actor, move |tx| {
            if let Some(old) = &old {
                parties::sign_out(tx, old)?;
            }
            parties::sign_in(tx, person)
        })
        .await?;
    let pieces = merged(app, actor, person, guest).await?;
    let mut response = redirect(to);
    set_cookies(&mut response, [visitor.session_cookie(&session.token)]);
    if let Some(pieces) = pieces {
        set_cookies(&mut response, visitor.cart_cookies(visitor.cart.as_deref().unwrap_or(""), pieces));
    }
    Ok(response)
}

async fn merged(app: &App, actor: Actor, person: Id<Person>, guest: Option<Reach>) -> Result<Option<i64>> {
    let done = app
        .store
        .write_as(actor, move |tx| {
            if let Some(guest) = &guest {
                checkout::merge(tx, guest, person)?;
            }
            checkout::pieces(tx, &Reach::Person(person))
        })
        .await;
    match done {
        Ok(pieces) => Ok(Some(pieces)),
        Err(error) if error.kind == Kind::NotFound || super::cart::is_gone(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// POST /sign-out
pub async fn sign_out(State(app): State<App>, visitor: Visitor) -> Answer {
    if let Some(token) = visitor.session_token.clone() {
        app.store.write(move |tx| parties::sign_out(tx, &token)).await?;
    }
    let mut response = redirect("/");
    set_cookies(&mut response, [visitor.cookie(crate::visitor::SESSION, "", 0)]);
    set_cookies(&mut response, visitor.no_cart());
    Ok(response)
}

#[derive(Serialize)]
struct RegisterView {
    back: String,
    fields: Vec<FieldView>,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /register
pub async fn register_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    register_form(&app, &visitor, &form, Vec::new())
}

fn register_form(app: &App, visitor: &Visitor, form: &Form, problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let field = |what| FieldView::new(locale, what, form, &problems);
    let view = RegisterView {
        back: back(form).into(),
        fields: vec![
            field(("name", "your-name", "text", "name")),
            field(("email", "email", "email", "username")),
            field(("password", "password", "password", "new-password")),
        ],
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let wrong = !view.problems.is_empty();
    let head = Head::titled(&*locale.t("register")).unlisted();
    let mut response: Response = page::render(app, visitor, "shop/register.html", head, &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The wrong fields of an error in the reader's language. Errors: those that are not about fields.
pub fn field_problems(locale: &Locale, error: Error) -> Result<Vec<Problem>> {
    if error.kind != Kind::Invalid || error.fields.is_empty() {
        return Err(error);
    }
    let text = |field: &base::Field| {
        let key = match (field.name.as_str(), field.code) {
            (_, "email_taken") => "email-taken",
            ("email", _) => "email-format",
            ("password", _) => "password-short",
            (_, "required") => "field-required",
            _ => return field.message.clone(),
        };
        locale.t(key).to_string()
    };
    Ok(error.fields.iter().map(|field| Problem::of(&field.name, text(field))).collect())
}

/// POST /register
pub async fn register(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    match registered(&app, &visitor, &form).await {
        Ok(person) => begin(&app, &visitor, person, back(&form)).await,
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            register_form(&app, &visitor, &form, problems)
        }
    }
}

async fn registered(app: &App, visitor: &Visitor, form: &Form) -> Result<Id<Person>> {
    let key = format!("register:{}", visitor.address);
    app.store.write(move |tx| parties::attempt(tx, &key, ATTEMPTS, WINDOW_SECONDS)).await?;
    let password = form.text("password").to_owned();
    let password_hash = aside(move || parties::hash_password(&password)).await??;
    let new = Register {
        email: form.text("email").into(),
        password_hash,
        name: form.text("name").into(),
        language: visitor.locale.tag.parse()?,
        country: preferences::chosen(app, &visitor.preferences, form).destination,
    };
    app.store.write(move |tx| parties::register(tx, &new)).await
}
