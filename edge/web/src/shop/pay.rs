//! Paying: asking the provider, the sandbox's 3-D Secure page, and another attempt for an order that is still open.

use super::order::open;
use crate::App;
use crate::failure::{Answer, Failure};
use crate::form::Form;
use crate::gate::set_cookies;
use crate::page::{self, Head, redirect};
use crate::visitor::Visitor;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::LOCATION;
use axum::response::Response;
use base::{Actor, Error, Id, Result};
use checkout::{Placed, Settle};
use payments::{Intent, Outcome};
use serde::Serialize;
use std::sync::atomic::Ordering;

/// The address of an order's page: by its secret for a guest, by its id for its signed-in buyer.
fn order_path(placed: &Placed) -> String {
    format!("/order/{}", placed.access.clone().unwrap_or_else(|| placed.order.to_string()))
}

/// Asks for the money of an order just placed and goes where the answer leads.
pub async fn take(app: &App, visitor: &Visitor, placed: &Placed) -> Answer {
    let path = order_path(placed);
    let mut response = asked(app, placed.intent, &path).await?;
    set_cookies(&mut response, visitor.no_cart());
    Ok(response)
}

/// The provider's answer as a redirect: to its own page when the buyer must act there, else to the order.
async fn asked(app: &App, intent: Id<Intent>, path: &str) -> Result<Response> {
    let back = format!("{}{path}", app.config.base_url.trim_end_matches('/'));
    let outcome = checkout::pay(&app.store, &*app.provider, intent, &back).await?;
    match outcome {
        Outcome::Captured { .. } => {
            app.metrics.payments_captured.fetch_add(1, Ordering::Relaxed);
            Ok(redirect(path))
        }
        Outcome::ActionRequired { url } if url.starts_with('/') => {
            let query = Form::default().encode_but(&[], &[("to", path)]);
            Ok(redirect(&format!("{url}?{query}")))
        }
        Outcome::ActionRequired { url } => elsewhere(&url),
        _ => Ok(redirect(path)),
    }
}

/// To the provider's own site, over TLS only.
fn elsewhere(url: &str) -> Result<Response> {
    let location = HeaderValue::from_str(url).ok().filter(|_| url.starts_with("https://"));
    let location = location.ok_or_else(|| Error::internal("a provider sent the buyer to no https address"))?;
    let mut response = redirect("/");
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

#[derive(Serialize)]
struct View {
    intent: String,
    amount: String,
    to: String,
}

fn unknown() -> Failure {
    Failure(Error::not_found("no_such_page", "There is no such page."))
}

/// GET /pay/sandbox/{intent}: the bank asks back. Only while it waits for an answer.
pub async fn ask(State(app): State<App>, visitor: Visitor, Path(intent): Path<String>, form: Form) -> Answer {
    let id: Id<Intent> = intent.parse()?;
    if app.sandbox.is_none() {
        return Err(unknown());
    }
    let known = app.store.read(move |db| payments::intent(db, id)).await?;
    if known.state != payments::State::ActionRequired {
        return Ok(redirect(form.text("to")));
    }
    let view = View { intent, amount: visitor.locale.money(known.amount), to: page::local(form.text("to")).into() };
    let head = Head::titled(&*visitor.locale.t("bank-asks")).unlisted();
    page::render(&app, &visitor, "shop/three_d_secure.html", head, &view)
}

/// POST /pay/sandbox/{intent}: approved or refused. Pressing twice changes nothing.
pub async fn answer(State(app): State<App>, Path(intent): Path<String>, form: Form) -> Answer {
    let id: Id<Intent> = intent.parse()?;
    let Some(sandbox) = &app.sandbox else { return Err(unknown()) };
    let outcome = sandbox.authenticate(id, form.text("answer") == "approve").await?;
    let news = Settle { intent: id, outcome, notice: None };
    app.store.write(move |tx| checkout::settle(tx, &news)).await?;
    Ok(redirect(form.text("to")))
}

/// POST /order/{token}/pay: another attempt. A double click is one.
pub async fn again(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let path = format!("/order/{token}");
    let method = match app.provider.tokenise(form.text("card")) {
        Ok(method) => method,
        Err(_) => {
            let key = if form.given("card").is_none() { "payment-card-needed" } else { "payment-card-unknown" };
            let mut response = redirect(&path);
            set_cookies(&mut response, [visitor.flash_cookie(&visitor.locale.t(key))]);
            return Ok(response);
        }
    };
    let retry = checkout::Retry {
        order: order.id,
        provider: app.provider.name().into(),
        method,
        key: form.text("key").chars().take(64).collect(),
    };
    let actor = if order.buyer.is_some() { visitor.actor } else { Actor::Guest };
    let intent = app.store.write_as(actor, move |tx| checkout::retry(tx, &retry)).await?;
    Ok(asked(&app, intent, &path).await?)
}
