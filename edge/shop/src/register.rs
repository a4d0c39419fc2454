//! Opening an account: an address is asked for, a link goes there, and the page behind the link asks for the rest. What is answered
//! is the same whether the address has an account or not; its mail alone says so.

use crate::preferences;
use crate::session::{self, back};
use crate::sign::{ATTEMPTS, WINDOW_SECONDS};
use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Id, Kind, Result};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head};
use frame::parts::address::Problem;
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::visitor::Visitor;
use notify::Tell;
use parties::{NewPerson, Person};
use serde::Serialize;
use store::Tx;

/// Letters about an account that one address gets in an hour; those that are there already stay good for a day.
const LETTERS: i64 = 5;
const HOUR_SECONDS: i64 = 3600;

#[derive(Serialize)]
struct RegisterView {
    back: String,
    /// The form was sent; whether there is such an account is not told.
    sent: Option<String>,
    /// There is a mail server.
    mail: bool,
    field: FieldView,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /register
pub async fn ask_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    ask_form(&app, &visitor, &form, false, Vec::new())
}

fn ask_form(app: &App, visitor: &Visitor, form: &Form, sent: bool, problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let wrong = !problems.is_empty();
    let view = RegisterView {
        back: back(form).unwrap_or_default().into(),
        sent: sent.then(|| form.text("email").to_owned()),
        mail: app.mail(),
        field: FieldView::new(locale, ("email", "email", "email", "username"), form, &problems),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let title = if sent { "forgot-sent-title" } else { "register" };
    let head = Head::titled(&*locale.t(title)).unlisted();
    let mut response = page::render(app, visitor, "shop/register.html", head, &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /register: also to send the link again.
pub async fn ask(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (email, from_here) = (form.text("email").to_owned(), format!("register:{}", visitor.network()));
    let facts = serde_json::json!({ "back": back(&form).unwrap_or_default() }).to_string();
    let (send, language) = (app.mail(), visitor.locale.tag);
    let asked = app.store.write(move |tx: &mut Tx| {
        parties::attempt(tx, &from_here, ATTEMPTS, WINDOW_SECONDS)?;
        let wish = parties::ask_registration(tx, &email)?;
        // Strangers cannot fill a mailbox, nor keep its owner out: the letters that came stay good.
        if parties::attempt(tx, &format!("register:{}", wish.email), LETTERS, HOUR_SECONDS).is_err() {
            return Ok(());
        }
        let (kind, subject) = (notify::Kind::Registration, wish.id.raw());
        notify::tell(tx, &Tell { kind, subject, recipient: &wish.email, language, facts: &facts, send }).map(drop)
    });
    match asked.await {
        Ok(()) => ask_form(&app, &visitor, &form, true, Vec::new()),
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            ask_form(&app, &visitor, &form, false, problems)
        }
    }
}

#[derive(Serialize)]
struct ConfirmView {
    token: String,
    back: String,
    /// The address that the link proves; none when the link is over.
    email: Option<String>,
    fields: Vec<FieldView>,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /register/confirm?token=…
pub async fn confirm_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    confirm_form(&app, &visitor, &form, Vec::new()).await
}

async fn confirm_form(app: &App, visitor: &Visitor, form: &Form, problems: Vec<Problem>) -> Answer {
    let (locale, token) = (&visitor.locale, form.text("token").to_owned());
    let email = app.store.read(move |db| parties::registration_email(db, &token)).await?;
    let status = match (&email, problems.is_empty()) {
        (None, _) => StatusCode::GONE,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let title = if email.is_some() { "register" } else { "reset-over-title" };
    let view = ConfirmView {
        token: form.text("token").into(),
        back: back(form).unwrap_or_default().into(),
        email,
        fields: fields(visitor, form, &problems),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let head = Head::titled(&*locale.t(title)).unlisted();
    let mut response = page::render(app, visitor, "shop/register_confirm.html", head, &view)?;
    *response.status_mut() = status;
    Ok(response)
}

/// What a new account asks for besides its address.
pub(super) fn fields(visitor: &Visitor, form: &Form, problems: &[Problem]) -> Vec<FieldView> {
    let field = |what| FieldView::new(&visitor.locale, what, form, problems);
    vec![field(("name", "your-name", "text", "name")), field(("password", "password", "password", "new-password"))]
}

/// POST /register/confirm: the link is the permission. Signed in at once.
pub async fn confirm(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    match confirmed(&app, &visitor, &form).await {
        Ok(person) => {
            Ok(session::begin(&app, &visitor, person, parties::Proof::Password).await?.to(&visitor, back(&form)))
        }
        Err(error) if error.kind == Kind::Gone => confirm_form(&app, &visitor, &form, Vec::new()).await,
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            confirm_form(&app, &visitor, &form, problems).await
        }
    }
}

async fn confirmed(app: &App, visitor: &Visitor, form: &Form) -> Result<Id<Person>> {
    let (token, key) = (form.text("token").to_owned(), format!("register_use:{}", visitor.network()));
    // A hash costs: only a link that is good, and not too many tries, are worth one.
    let asked = token.clone();
    let known = app.store.write(move |tx| {
        parties::attempt(tx, &key, ATTEMPTS, WINDOW_SECONDS)?;
        parties::registration_email(tx, &asked)
    });
    let over = || Error::gone("registration_over", "This link was used or is too old; ask for a new one.");
    let email = known.await?.ok_or_else(over)?;
    let new = new_person(app, visitor, form, &email).await?;
    app.store.write_as(base::Actor::Guest, move |tx| parties::confirm_registration(tx, &token, &new)).await
}

/// The person of a form with [`fields`]. Errors: fields that cannot be.
pub(super) async fn new_person(app: &App, visitor: &Visitor, form: &Form, email: &str) -> Result<NewPerson> {
    Ok(NewPerson {
        password_hash: app.hash_password(form.raw("password"), &[email, form.text("name")]).await?,
        name: form.text("name").into(),
        language: visitor.locale.tag.parse()?,
        country: preferences::chosen(app, &visitor.preferences, form).destination,
    })
}
