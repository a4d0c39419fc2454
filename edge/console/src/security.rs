//! How the shop's people sign in: who must have a second factor, and help for somebody who lost theirs.

use crate::page::show;

use axum::extract::State;
use base::{Error, Result};
use desk::form::{FormView, unaccepted};
use frame::{Answer, App, Form, Visitor};
use parties::Required;
use serde::Serialize;
use store::Tx;

const PATH: &str = "/console/settings/sign-in";

#[derive(Serialize)]
struct View {
    form: FormView,
    choices: Vec<Choice>,
    /// Whoever chooses has a second factor.
    own: bool,
}

#[derive(Serialize)]
struct Choice {
    code: &'static str,
    name: String,
    text: String,
    on: bool,
}

/// GET /console/settings/sign-in
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    shown(&app, &visitor, FormView::default()).await
}

async fn shown(app: &App, visitor: &Visitor, form: FormView) -> Answer {
    let required = app.store.read_as(visitor.actor, parties::required).await?;
    let locale = &visitor.locale;
    let choice = |one: &Required| Choice {
        code: one.name(),
        name: locale.t(&format!("c-factor-{}", one.name())).to_string(),
        text: locale.t(&format!("c-factor-{}-text", one.name())).to_string(),
        on: *one == required,
    };
    let own = visitor.signed_in()?.proof.is_second();
    let view = View { form, choices: Required::ALL.iter().map(choice).collect(), own };
    show(app, visitor, "console/security.html", &locale.t("c-security"), &view).await
}

/// POST /console/settings/sign-in: who must have a second factor.
pub async fn save(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let wrong = || Error::field("required", "format", "Choose one of the three.");
    let required = Required::named(form.text("required")).ok_or_else(wrong)?;
    app.store.write_as(visitor.actor, move |tx| parties::set_required(tx, required)).await?;
    Ok(desk::done(&visitor, PATH, "d-said-saved"))
}

/// POST /console/settings/sign-in/help: takes the second factor of somebody who lost it away. They are mailed; the trail says who did it.
pub async fn help(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let email = form.text("email").to_owned();
    match app.store.write_as(visitor.actor, move |tx| helped(tx, &email)).await {
        Ok(()) => Ok(desk::done(&visitor, PATH, "c-said-factors-reset")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, again).await)
        }
    }
}

fn helped(tx: &mut Tx, email: &str) -> Result<()> {
    let nobody = || Error::field("email", "no_account", "There is no account with this e-mail.");
    let (person, _) = parties::credentials(tx, email)?.ok_or_else(nobody)?;
    parties::reset_factors(tx, person)
}
