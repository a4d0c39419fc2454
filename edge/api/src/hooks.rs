//! News from outside: payment providers and carriers prove themselves by their signature or secret.

use crate::input::{Part, whole};
use crate::refusals::Changes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Kind, Result};
use frame::App;
use frame::failure::Answer;

/// News of a payment or a refund, from its provider
///
/// Signed: the sandbox's by the rules of Standard Webhooks, Stripe's by its own header. A message that does not prove itself is
/// answered 401 with `header_missing`, `timestamp_too_old` or `signature_mismatch`, and told on the console's health page. The
/// same news again changes nothing, and news of what this shop does not have is taken in and left aside.
#[utoipa::path(post, path = "/webhooks/payments/{provider}", tag = "Webhooks",
    params(("provider" = String, Path, description = "Name of the provider.", example = "sandbox"),
        ("webhook-id" = Option<String>, Header, description = "Id of the news (sandbox)."),
        ("webhook-timestamp" = Option<String>, Header, description = "When it was sent, in seconds since 1970 (sandbox)."),
        ("webhook-signature" = Option<String>, Header, description = "Signature of id, time and body (sandbox)."),
        ("stripe-signature" = Option<String>, Header, description = "Time and signatures of time and body (stripe).")),
    request_body(content = String, content_type = "application/json"),
    responses((status = 204, description = "Taken in."), Changes))]
pub async fn payment(State(app): State<App>, Part(provider): Part, request: Request) -> Answer {
    let (name, all) = (&provider, app.providers());
    let provider = all.named(name)?;
    let headers = headers(&request);
    let body = whole(request, &app).await?;
    let taken = checkout::notice(&app.store, provider, &headers, &body).await;
    for news in proven(&app, format!("payments/{name}"), taken).await? {
        tracing::warn!(
            provider = name,
            news,
            "news of a payment or refund that this shop does not have was left aside"
        );
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The largest news of a carrier: a tracker with everything that ever happened to a parcel.
pub const NEWS_BYTES: usize = 1024 * 1024;

/// News of a parcel, from its carrier
///
/// Karrio proves itself by the webhook's secret, which it sends as `x-event-id`. The same news again, or in another order, changes
/// nothing; news of parcels that are not of this house are taken in and do nothing.
#[utoipa::path(post, path = "/webhooks/carriers/{carrier}", tag = "Webhooks",
    params(("carrier" = String, Path, description = "Name of the carrier connection.", example = "karrio"),
        ("x-event-id" = Option<String>, Header, description = "Secret of the webhook (karrio).")),
    request_body(content = String, content_type = "application/json"),
    responses((status = 204, description = "Taken in."), Changes))]
pub async fn carrier(State(app): State<App>, Part(carrier): Part, request: Request) -> Answer {
    let (name, all) = (&carrier, app.carriers());
    let carrier = all.named(name)?;
    let headers = headers(&request);
    let body = whole(request, &app).await?;
    let taken = orders::told(&app.store, carrier, &headers, &body).await;
    proven(&app, format!("carriers/{name}"), taken).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Tells the log and the operator's page of a message that did not prove itself, and that one did again.
async fn proven<T>(app: &App, source: String, outcome: Result<T>) -> Result<T> {
    match &outcome {
        Err(error) if error.kind == Kind::Unauthenticated => {
            tracing::warn!(source, code = error.code, "a webhook was refused: {}", error.message);
            hooks::refused(&app.store, source, error.code).await?;
        }
        Err(_) => {}
        Ok(_) => hooks::taken(&app.store, source).await?,
    }
    outcome
}

fn headers(request: &Request) -> Vec<(String, String)> {
    let text = |value: &axum::http::HeaderValue| value.to_str().map(String::from).unwrap_or_default();
    request.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}
