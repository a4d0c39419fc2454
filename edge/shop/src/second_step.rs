//! The second step of a sign-in: a code of the authenticator app, a recovery code, or a passkey; and a passkey alone, which is both
//! steps in one.

use crate::session::{back, begin};
use axum::extract::State;
use base::{Error, Kind, Result};
use frame::App;
use frame::failure::{Answer, Failure};
use frame::form::Form;
use frame::page::{self, Head, json, redirect, unprocessable};
use frame::parts::address::Problem;
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::visitor::Visitor;
use parties::{Factors, Person, Proof};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    back: String,
    field: FieldView,
    /// The person has an authenticator app.
    app: bool,
    /// The person has a passkey, and browsers know them at this address.
    passkey: bool,
    problems: Vec<Problem>,
    problems_title: String,
}

/// Who waits for the second step here, and what they have.
async fn waiting(app: &App, visitor: &Visitor) -> Result<Option<(Person, Factors)>> {
    let Some(token) = visitor.step.clone() else { return Ok(None) };
    let read = move |db: &mut store::Read| {
        let Some(person) = parties::in_second_step(db, &token)? else { return Ok(None) };
        Ok(Some((parties::person(db, person)?, parties::factors(db, person)?)))
    };
    app.store.read(read).await
}

/// GET /sign-in/second
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    shown(&app, &visitor, &form, Vec::new()).await
}

async fn shown(app: &App, visitor: &Visitor, form: &Form, problems: Vec<Problem>) -> Answer {
    let Some((_, factors)) = waiting(app, visitor).await? else { return Ok(redirect("/sign-in")) };
    let (locale, wrong) = (&visitor.locale, !problems.is_empty());
    let view = View {
        back: back(form).unwrap_or_default().into(),
        field: FieldView::new(locale, ("code", "second-code", "text", "one-time-code"), &Form::default(), &problems),
        app: factors.totp,
        passkey: !factors.passkeys.is_empty() && app.passkey_site().is_some(),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let head = Head::titled(&*locale.t("second-title")).unlisted();
    let response = page::render(app, visitor, "shop/second_step.html", head, &view)?;
    Ok(if wrong { unprocessable(response) } else { response })
}

/// POST /sign-in/second: a code. Wrong ones are counted apart from wrong passwords.
pub async fn answer(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (Some(token), Some((person, _))) = (visitor.step.clone(), waiting(&app, &visitor).await?) else {
        return Ok(redirect("/sign-in"));
    };
    let (trial, code) = (visitor.trial(&person.email), form.text("code").to_owned());
    app.store.write(move |tx| parties::guard::try_code(tx, &trial)).await?;
    match app.store.write(move |tx| parties::finish_second_step(tx, &token, &code)).await {
        Ok((person, proof)) => Ok(begin(&app, &visitor, person, proof).await?.to(&visitor, back(&form))),
        Err(error) if error.kind == Kind::Gone => Ok(redirect("/sign-in")),
        Err(error) => {
            tracing::warn!(target: "security", request = visitor.request, address = visitor.address, "a wrong code");
            let problems = field_problems(&visitor.locale, error)?;
            shown(&app, &visitor, &form, problems).await
        }
    }
}

fn no_passkeys() -> Error {
    Error::conflict("no_passkeys", "Passkeys need a shop with a domain name behind TLS; sign in another way.")
}

/// POST /sign-in/passkey/options: what the browser asks its passkeys, as JSON.
pub async fn options(State(app): State<App>) -> Answer {
    let site = app.passkey_site().ok_or_else(|| Failure(no_passkeys()))?;
    Ok(json(app.store.write(move |tx| parties::ask_passkey(tx, &site)).await?))
}

/// POST /sign-in/passkey: a passkey's answer. It asked for a finger, a face or a PIN, and is both steps in one.
pub async fn passkey(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let site = app.passkey_site().ok_or_else(|| Failure(no_passkeys()))?;
    let answer = form.text("passkey").to_owned();
    match app.store.write(move |tx| parties::answer_passkey(tx, &site, &answer)).await {
        Ok(person) => Ok(begin(&app, &visitor, person, Proof::Passkey).await?.to(&visitor, back(&form))),
        Err(error) => {
            tracing::warn!(target: "security", request = visitor.request, address = visitor.address, "a wrong passkey");
            let problem = match error.kind {
                Kind::Gone => Problem::of("", &*visitor.locale.t("passkey-over")),
                Kind::Invalid => Problem::of("", &*visitor.locale.t("field-passkey-wrong")),
                _ => return Err(error.into()),
            };
            crate::sign::sign_in_form(&app, &visitor, &form, vec![problem])
        }
    }
}
