//! A forgotten password: asking for a link, and choosing another password with it. The answer is the same whether there is an
//! account or not.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Kind};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::gate::set_cookies;
use frame::limit::alike;
use frame::page::{self, Head, redirect};
use frame::parts::address::Problem;
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::visitor::Visitor;
use notify::Tell;
use serde::Serialize;

/// Uses of links from one network: a hash costs.
const USES: i64 = 20;
const QUARTER_SECONDS: i64 = 900;

#[derive(Serialize)]
struct ForgotView {
    /// The form was sent; whether there is such an account is not told.
    sent: bool,
    /// There is a mail server.
    mail: bool,
    field: FieldView,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /forgot-password
pub async fn forgot_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    forgot_form(&app, &visitor, &form, false, Vec::new())
}

fn forgot_form(app: &App, visitor: &Visitor, form: &Form, sent: bool, problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let wrong = !problems.is_empty();
    let view = ForgotView {
        sent,
        mail: app.mail(),
        field: FieldView::new(locale, ("email", "email", "email", "username"), form, &problems),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let title = if sent { "forgot-sent-title" } else { "forgot-password" };
    let head = Head::titled(&*locale.t(title)).unlisted();
    unaccepted_if(wrong, page::render(app, visitor, "shop/forgot_password.html", head, &view)?)
}

fn unaccepted_if(wrong: bool, mut response: Response) -> Answer {
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /forgot-password. When letters went out often enough the answer is the same and no further one goes: the last is still good.
pub async fn forgot(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (trial, send) = (visitor.trial(form.text("email")), app.mail());
    let asked = app.store.write(move |tx| {
        let mailed = parties::guard::try_reset(tx, &trial)?;
        let email = &trial.email;
        if !mailed {
            return Ok(());
        }
        let Some(reset) = parties::ask_reset(tx, email)? else { return Ok(()) };
        let tell = Tell {
            kind: notify::Kind::PasswordReset,
            subject: reset.id.raw(),
            recipient: &reset.email,
            language: reset.language.tag(),
            facts: "{}",
            send,
        };
        notify::tell(tx, &tell).map(drop)
    });
    match alike(asked).await {
        Ok(()) => forgot_form(&app, &visitor, &form, true, Vec::new()),
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            forgot_form(&app, &visitor, &form, false, problems)
        }
    }
}

#[derive(Serialize)]
struct ResetView {
    token: String,
    over: bool,
    field: FieldView,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /reset-password
pub async fn reset_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let token = form.text("token").to_owned();
    let whose = app.store.read(move |db| parties::reset_of(db, &token)).await?;
    reset_form(&app, &visitor, &form, whose.is_none(), Vec::new())
}

fn reset_form(app: &App, visitor: &Visitor, form: &Form, over: bool, problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let wrong = !problems.is_empty();
    let view = ResetView {
        token: form.text("token").into(),
        over,
        field: FieldView::new(locale, ("password", "password", "password", "new-password"), form, &problems),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let title = if over { "reset-over-title" } else { "reset-password" };
    let mut response =
        page::render(app, visitor, "shop/reset_password.html", Head::titled(&*locale.t(title)).unlisted(), &view)?;
    if over {
        *response.status_mut() = StatusCode::GONE;
    }
    unaccepted_if(wrong, response)
}

/// POST /reset-password: the link is the permission. Everybody who was signed in as this person is signed out.
pub async fn reset(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    match set(&app, &visitor, &form).await {
        Ok(device) => {
            let mut response = redirect("/sign-in");
            set_cookies(&mut response, [visitor.flash_cookie("reset-done"), visitor.device_cookie(&device)]);
            set_cookies(&mut response, [visitor.cookie(frame::visitor::SESSION, "", 0)]);
            Ok(response)
        }
        Err(error) if error.kind == Kind::Gone => reset_form(&app, &visitor, &form, true, Vec::new()),
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            reset_form(&app, &visitor, &form, false, problems)
        }
    }
}

/// Gives the device's token: whoever has the mailbox is not shut out of the account by others who try passwords.
async fn set(app: &App, visitor: &Visitor, form: &Form) -> Result<String, Error> {
    let (token, key) = (form.text("token").to_owned(), format!("reset_use:{}", visitor.network()));
    // Only a link that is good, and not too many tries, are worth a hash.
    let asked = token.clone();
    let whose = app.store.write(move |tx| {
        parties::attempt(tx, &key, USES, QUARTER_SECONDS)?;
        parties::reset_of(tx, &asked)
    });
    let over = || Error::gone("reset_over", "This link was used or is too old; ask for a new one.");
    let person = whose.await?.ok_or_else(over)?;
    let hash = app.hash_password(form.raw("password"), &[&person.email, &person.name]).await?;
    let device = visitor.device.clone();
    let reset = move |tx: &mut store::Tx| {
        let person = parties::reset_password(tx, &token, &hash)?;
        parties::know_device(tx, person, device.as_deref())
    };
    app.store.write(reset).await
}
