//! Applying to sell here: who somebody is and what they have. What is answered is the same for every address.

use crate::preferences;
use axum::extract::State;
use axum::http::StatusCode;
use base::{Kind, Result};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head};
use frame::parts::address::Problem;
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::visitor::Visitor;
use onboarding::Apply;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    /// The shop takes applications.
    open: bool,
    /// The form was sent: where its answer goes.
    sent: Option<String>,
    /// There is a mail server.
    mail: bool,
    fields: Vec<FieldView>,
    country: String,
    currency: String,
    goods: String,
    goods_error: Option<String>,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /selling/apply
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    shown(&app, &visitor, &form, false, Vec::new())
}

fn shown(app: &App, visitor: &Visitor, form: &Form, sent: bool, problems: Vec<Problem>) -> Answer {
    let (locale, wrong) = (&visitor.locale, !problems.is_empty());
    let field = |what| FieldView::new(locale, what, form, &problems);
    let chosen = preferences::chosen(app, &visitor.preferences, form);
    let view = View {
        open: (*app.shop()).as_ref().is_some_and(|shop| shop.applications),
        sent: sent.then(|| form.text("email").to_owned()),
        mail: app.mail(),
        fields: vec![
            field(("name", "apply-name", "text", "organization")).hinted(locale, "apply-name-hint"),
            field(("legal_name", "apply-legal-name", "text", "off")),
            field(("email", "email", "email", "email")),
            field(("phone", "apply-phone", "tel", "tel")),
            field(("website", "apply-website", "url", "url")),
        ],
        country: form.given("country").unwrap_or(chosen.destination.code()).to_owned(),
        currency: form.given("currency").unwrap_or(chosen.currency.code()).to_owned(),
        goods: form.text("goods").to_owned(),
        goods_error: problems.iter().find(|one| one.field == "goods").map(|one| one.text.clone()),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let title = locale.t(if sent { "apply-sent-title" } else { "apply-title" });
    let mut response = page::render(app, visitor, "shop/apply.html", Head::titled(&*title), &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /selling/apply
pub async fn send(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    match sent(&app, &visitor, &form).await {
        Ok(()) => shown(&app, &visitor, &form, true, Vec::new()),
        Err(error) if error.kind == Kind::Conflict && error.code == "applications_closed" => {
            app.refresh_shop().await?;
            let mut response = shown(&app, &visitor, &form, false, Vec::new())?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            shown(&app, &visitor, &form, false, problems)
        }
    }
}

async fn sent(app: &App, visitor: &Visitor, form: &Form) -> Result<()> {
    let text = |name: &str| form.text(name).to_owned();
    let new = Apply {
        name: text("name"),
        legal_name: text("legal_name"),
        email: text("email"),
        phone: text("phone"),
        country: form.read("country")?,
        currency: form.read("currency")?,
        language: visitor.locale.tag.parse()?,
        website: text("website"),
        goods: text("goods"),
    };
    let (network, mail) = (visitor.network(), app.mail());
    app.store.write_as(visitor.actor, move |tx| onboarding::apply(tx, &new, &network, mail)).await
}
