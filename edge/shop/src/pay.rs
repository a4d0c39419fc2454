//! Paying: asking the provider, the way to its page and back, the sandbox's 3-D Secure page, and another attempt for an order
//! that is still open.

use crate::order::open;
use axum::extract::{Path, State};
use axum::response::Response;
use base::{Actor, Error, Id, Result};
use checkout::{Placed, Settle, Visit};
use frame::App;
use frame::failure::{Answer, Failure};
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{self, Head, redirect};
use frame::visitor::Visitor;
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
    let mut response = asked(app, placed.intent, &placed.number, &path).await?;
    set_cookies(&mut response, visitor.no_cart());
    Ok(response)
}

/// The provider's answer as a redirect: towards its own page when the buyer must act there, else to the order.
async fn asked(app: &App, intent: Id<Intent>, number: &str, path: &str) -> Result<Response> {
    let visit = visit(app, number, path);
    let outcome = checkout::pay(&app.store, &app.providers(), intent, &visit).await?;
    Ok(led(app, outcome, path))
}

fn visit(app: &App, number: &str, path: &str) -> Visit {
    let return_url = format!("{}{path}/paid", app.config.base_url.trim_end_matches('/'));
    Visit { label: number.to_owned(), return_url }
}

fn led(app: &App, outcome: Outcome, path: &str) -> Response {
    match outcome {
        Outcome::Captured { .. } => {
            app.metrics.payments_captured.fetch_add(1, Ordering::Relaxed);
            redirect(path)
        }
        Outcome::ActionRequired { url, .. } if url.starts_with('/') => {
            let query = Form::default().encode_but(&[], &[("to", path)]);
            redirect(&format!("{url}?{query}"))
        }
        Outcome::ActionRequired { .. } => redirect(&format!("{path}/away")),
        _ => redirect(path),
    }
}

#[derive(Serialize)]
struct Away {
    url: String,
    amount: String,
}

/// GET /order/{token}/away: on to the provider's own page, over TLS only. A page, not a redirect: browsers hold the answer to a
/// form to `form-action 'self'`, redirects included.
pub async fn away(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let intents = app.store.read(move |db| payments::by_subject(db, order.id.raw())).await?;
    let waits = |one: &&Intent| one.state == payments::State::ActionRequired && one.action_url.starts_with("https://");
    let Some(intent) = intents.iter().rev().find(waits) else {
        return Ok(redirect(&format!("/order/{token}")));
    };
    let view = Away { url: intent.action_url.clone(), amount: visitor.locale.money(intent.amount) };
    let head = Head::titled(&*visitor.locale.t("to-provider")).unlisted();
    page::render(&app, &visitor, "shop/away.html", head, &view)
}

/// GET /order/{token}/paid: back from the provider's page. What became of it is asked at once; its webhook may be slower.
pub async fn back(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    checkout::returned(&app.store, &app.providers(), order.id).await?;
    Ok(redirect(&format!("/order/{token}")))
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
    if app.sandbox().is_none() {
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
    let Some(sandbox) = &app.sandbox() else { return Err(unknown()) };
    let outcome = sandbox.authenticate(id, form.text("answer") == "approve").await?;
    let news = Settle { intent: id, outcome, notice: None };
    app.store.write(move |tx| checkout::settle(tx, &news)).await?;
    Ok(redirect(form.text("to")))
}

/// POST /order/{token}/pay: another attempt. A double click is one.
pub async fn again(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let path = format!("/order/{token}");
    let method = match app.providers().taking().tokenise(form.text("card")) {
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
        provider: app.providers().taking().name().into(),
        // Two tabs with a card each are two wishes.
        key: format!("{}:{method}", form.text("key").chars().take(64).collect::<String>()),
        method,
    };
    let actor = if order.buyer.is_some() { visitor.actor } else { Actor::Guest };
    let visit = visit(&app, &order.number, &path);
    match checkout::pay_again(&app.store, &app.providers(), actor, &retry, &visit).await {
        Ok(outcome) => Ok(led(&app, outcome, &path)),
        // Another tab was faster, or the provider is slow: the order's page says how it stands.
        Err(error) if matches!(error.code, "payment_pending" | "not_payable") => {
            let mut response = redirect(&path);
            let key = format!("error-{}", error.code.replace('_', "-"));
            set_cookies(&mut response, [visitor.flash_cookie(&visitor.locale.t(&key))]);
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}
