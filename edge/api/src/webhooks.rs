//! Webhook endpoints of the key's own organisation: where it wants to be told, of what, and how that went.

use crate::input::{Json, Part, Query, id, limit};
use crate::refusals::{Changes, KeyReads};
use crate::seller::own;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use hooks::{Change, Delivery, Endpoint, NewEndpoint};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An endpoint to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointBody {
    /// Where messages go: https, a public host.
    #[schema(example = "https://example.com/hooks")]
    pub url: String,
    /// Names of events; all of them when empty.
    #[serde(default)]
    #[schema(example = json!(["order.paid", "consignment.delivered"]))]
    pub events: Vec<String>,
}

/// What to change; what is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointChange {
    /// Where messages go.
    pub url: Option<String>,
    /// Names of events; all of them when empty.
    pub events: Option<Vec<String>>,
    /// Whether messages are sent.
    #[schema(example = true)]
    pub active: Option<bool>,
}

/// An endpoint, without its secret.
#[derive(Serialize, ToSchema)]
pub struct EndpointAnswer {
    /// Its id.
    #[schema(example = "whe_1f8k2m")]
    pub id: String,
    /// Where messages go.
    #[schema(example = "https://example.com/hooks")]
    pub url: String,
    /// Names of events; all of them when empty.
    pub events: Vec<String>,
    /// `active`; or why nothing is sent: `paused`, `gone` (it answered 410), `failing` (for three days).
    #[schema(example = "active")]
    pub state: String,
    /// Since when every attempt has failed.
    #[schema(format = DateTime)]
    pub failing_since: Option<String>,
    /// Until when the secret before the last rotation signs too.
    #[schema(format = DateTime)]
    pub old_secret_until: Option<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// Endpoints.
#[derive(Serialize, ToSchema)]
pub struct EndpointList {
    /// Oldest first.
    pub endpoints: Vec<EndpointAnswer>,
}

/// A new endpoint or secret.
#[derive(Serialize, ToSchema)]
pub struct SecretAnswer {
    /// The endpoint.
    pub endpoint: EndpointAnswer,
    /// What its messages are signed with. It is not shown again.
    #[schema(example = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")]
    pub secret: String,
}

/// A message to an endpoint, and how it went.
#[derive(Serialize, ToSchema)]
pub struct DeliveryAnswer {
    /// Its id: the `webhook-id` of every attempt.
    #[schema(example = "msg_1f8k2m")]
    pub id: String,
    /// Name of the event.
    #[schema(example = "order.paid")]
    pub event: String,
    /// `waiting`, `delivered` or `failed`.
    #[schema(example = "delivered")]
    pub state: String,
    /// Attempts so far.
    pub attempts: i64,
    /// HTTP status of the last answer; none before the first, or when nobody answered.
    #[schema(example = 204)]
    pub status: Option<i64>,
    /// How the last answer began, or why there was none.
    pub answer: String,
    /// When the next attempt is due.
    #[schema(format = DateTime)]
    pub next_at: Option<String>,
    /// When the event was taken up.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// What is sent, as it is signed.
    pub body: String,
}

/// A page of messages.
#[derive(Serialize, ToSchema)]
pub struct DeliveryList {
    /// Newest first.
    pub deliveries: Vec<DeliveryAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// Which messages.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

fn view(one: &Endpoint) -> EndpointAnswer {
    EndpointAnswer {
        id: one.id.to_string(),
        url: one.url.clone(),
        events: one.kinds.clone(),
        state: one.standing.name().to_owned(),
        failing_since: crate::orders::moment(one.failing_since),
        old_secret_until: crate::orders::moment(one.old_until),
        created_at: one.created_at.to_string(),
    }
}

fn message(one: &Delivery) -> DeliveryAnswer {
    let waits = one.state == hooks::State::Waiting;
    DeliveryAnswer {
        id: one.id.to_string(),
        event: one.kind.clone(),
        state: one.state.name().to_owned(),
        attempts: one.attempts,
        status: (one.status > 0).then_some(one.status),
        answer: one.answer.clone(),
        next_at: crate::orders::moment(Some(one.next_at).filter(|_| waits)),
        created_at: one.created_at.to_string(),
        body: one.body.clone(),
    }
}

/// List own webhook endpoints
#[utoipa::path(get, path = "/api/webhook-endpoints", tag = "Developers", security(("key" = [])),
    responses((status = 200, description = "At most ten.", body = EndpointList), KeyReads))]
pub async fn list(State(app): State<App>, visitor: Visitor) -> Answer {
    let own = own(&visitor)?;
    let found = app.store.read_as(visitor.actor, move |db| hooks::endpoints(db, own)).await?;
    Ok(axum::Json(EndpointList { endpoints: found.iter().map(view).collect() }).into_response())
}

/// Make a webhook endpoint; its secret is shown once
#[utoipa::path(post, path = "/api/webhook-endpoints", tag = "Developers", request_body = EndpointBody,
    security(("key" = [])),
    responses((status = 201, description = "The endpoint and its secret.", body = SecretAnswer), Changes))]
pub async fn create(State(app): State<App>, visitor: Visitor, Json(body): Json<EndpointBody>) -> Answer {
    let url = app.peers.public("url", &body.url)?.to_string();
    let new = NewEndpoint { organisation: own(&visitor)?, url, kinds: body.events };
    let (endpoint, secret) = app
        .store
        .write_as(visitor.actor, move |tx| {
            let (id, secret) = hooks::create(tx, &new)?;
            Ok((hooks::endpoint(tx, id)?, secret))
        })
        .await?;
    Ok((StatusCode::CREATED, axum::Json(SecretAnswer { endpoint: view(&endpoint), secret })).into_response())
}

/// See a webhook endpoint
#[utoipa::path(get, path = "/api/webhook-endpoints/{id}", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The endpoint.")),
    responses((status = 200, description = "The endpoint.", body = EndpointAnswer), KeyReads))]
pub async fn show(State(app): State<App>, visitor: Visitor, Part(endpoint): Part) -> Answer {
    let endpoint = endpoint.parse()?;
    let found = app.store.read_as(visitor.actor, move |db| hooks::endpoint(db, endpoint)).await?;
    Ok(axum::Json(view(&found)).into_response())
}

/// Change, pause or switch on a webhook endpoint
#[utoipa::path(patch, path = "/api/webhook-endpoints/{id}", tag = "Developers", request_body = EndpointChange,
    security(("key" = [])), params(("id" = String, Path, description = "The endpoint.")),
    responses((status = 200, description = "The endpoint as it is now.", body = EndpointAnswer), Changes))]
pub async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Part(endpoint): Part,
    Json(body): Json<EndpointChange>,
) -> Answer {
    let endpoint: Id<Endpoint> = endpoint.parse()?;
    let url = body.url.map(|url| app.peers.public("url", &url).map(|url| url.to_string())).transpose()?;
    let change = Change { url, kinds: body.events, active: body.active };
    let changed = app
        .store
        .write_as(visitor.actor, move |tx| {
            hooks::change(tx, endpoint, &change)?;
            hooks::endpoint(tx, endpoint)
        })
        .await?;
    Ok(axum::Json(view(&changed)).into_response())
}

/// Remove a webhook endpoint and what was sent to it
#[utoipa::path(delete, path = "/api/webhook-endpoints/{id}", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The endpoint.")),
    responses((status = 204, description = "It is gone."), Changes))]
pub async fn remove(State(app): State<App>, visitor: Visitor, Part(endpoint): Part) -> Answer {
    let endpoint = endpoint.parse()?;
    app.store.write_as(visitor.actor, move |tx| hooks::remove(tx, endpoint)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Give a webhook endpoint a new secret; the old one still signs for a day
#[utoipa::path(post, path = "/api/webhook-endpoints/{id}/secret", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The endpoint.")),
    responses((status = 200, description = "The endpoint and its new secret.", body = SecretAnswer), Changes))]
pub async fn rotate(State(app): State<App>, visitor: Visitor, Part(endpoint): Part) -> Answer {
    let endpoint = endpoint.parse()?;
    let (known, secret) = app
        .store
        .write_as(visitor.actor, move |tx| {
            let secret = hooks::rotate(tx, endpoint)?;
            Ok((hooks::endpoint(tx, endpoint)?, secret))
        })
        .await?;
    Ok(axum::Json(SecretAnswer { endpoint: view(&known), secret }).into_response())
}

/// Send an event of no meaning, to try a webhook endpoint
#[utoipa::path(post, path = "/api/webhook-endpoints/{id}/test", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The endpoint.")),
    responses((status = 202, description = "It is on its way.", body = DeliveryAnswer), Changes))]
pub async fn test(State(app): State<App>, visitor: Visitor, Part(endpoint): Part) -> Answer {
    let endpoint = endpoint.parse()?;
    let sent = app
        .store
        .write_as(visitor.actor, move |tx| {
            let id = hooks::test(tx, endpoint)?;
            hooks::delivery(tx, id)
        })
        .await?;
    Ok((StatusCode::ACCEPTED, axum::Json(message(&sent))).into_response())
}

/// List the messages to a webhook endpoint
#[utoipa::path(get, path = "/api/webhook-endpoints/{id}/deliveries", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The endpoint."), DeliveryQuery),
    responses((status = 200, description = "A page of messages of the last 30 days.", body = DeliveryList), KeyReads))]
pub async fn deliveries(
    State(app): State<App>,
    visitor: Visitor,
    Part(endpoint): Part,
    Query(query): Query<DeliveryQuery>,
) -> Answer {
    let (endpoint, limit) = (endpoint.parse()?, limit(query.limit)?);
    let after = query.after.as_deref().map(|after| id("after", after)).transpose()?;
    let found = app.store.read_as(visitor.actor, move |db| hooks::deliveries(db, endpoint, after, limit)).await?;
    let next = found.last().filter(|_| found.len() as i64 == limit).map(|last| last.id.to_string());
    Ok(axum::Json(DeliveryList { deliveries: found.iter().map(message).collect(), next }).into_response())
}

/// Send a message once more, under the same id
#[utoipa::path(post, path = "/api/webhook-deliveries/{id}/send", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The message.")),
    responses((status = 202, description = "It is on its way.", body = DeliveryAnswer), Changes))]
pub async fn again(State(app): State<App>, visitor: Visitor, Part(delivery): Part) -> Answer {
    let sent = resend(&app, &visitor, delivery.parse()?).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(message(&sent))).into_response())
}

async fn resend(app: &App, visitor: &Visitor, delivery: Id<Delivery>) -> Result<Delivery> {
    app.store
        .write_as(visitor.actor, move |tx| {
            hooks::again(tx, delivery)?;
            hooks::delivery(tx, delivery)
        })
        .await
}
