//! Whom the shop works with outside, by key of its admins: secrets go in, and never out.

use crate::input::{Json, Part};
use crate::refusals::{Changes, KeyReads};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Error, Moment};
use frame::App;
use frame::connection_deed;
use frame::connections::Kind;
use frame::failure::Answer;
use frame::visitor::Visitor;
use parties::{Connection, Words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A connection, without its secrets.
#[derive(Serialize, ToSchema)]
pub struct ConnectionAnswer {
    /// `payments`, `carrier` or `mail`.
    #[schema(example = "payments")]
    pub kind: String,
    /// `given` by the server's start, which cannot be changed here; `on`; `ended`: it brings to an end what it began; or `none`.
    #[schema(example = "on")]
    pub state: String,
    /// What is no secret, by field.
    #[schema(example = json!({}))]
    pub settings: Words,
    /// The secrets that are kept, by field: `…` and the last letters of a long one.
    #[schema(example = json!({"key": "…Xy7z", "webhook_secret": "…"}))]
    pub secrets: Words,
    /// The path of this server that the other side sends its news to; none where it sends none.
    #[schema(example = "/webhooks/payments/stripe")]
    pub webhook: Option<String>,
    /// When it was tested last as it is now.
    #[schema(example = "2026-11-25T09:30:00Z")]
    pub tested_at: Option<String>,
    /// What was wrong then, as a code; none when all was well.
    #[schema(example = "provider_key")]
    pub fault: Option<String>,
}

/// Every connection.
#[derive(Serialize, ToSchema)]
pub struct ConnectionList {
    /// One for each kind.
    pub connections: Vec<ConnectionAnswer>,
}

/// A connection as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionBody {
    /// By field. `payments`: `key`, `webhook_secret`. `carrier`: `address`, `key`, `webhook_secret`. `mail`: `host`, `security`
    /// (`starttls`, `tls`), `port`, `user`, `password`, `from`. A secret that is left out stays.
    #[schema(example = json!({"key": "sk_test_…", "webhook_secret": "whsec_…"}))]
    pub fields: Words,
}

fn view(app: &App, kind: Kind, all: &[Connection]) -> ConnectionAnswer {
    let known = all.iter().find(|one| one.kind == kind.name());
    let state = match known {
        _ if app.connections.is_given(kind) => "given",
        Some(one) if one.active => "on",
        Some(_) => "ended",
        None => "none",
    };
    let tried = known.and_then(|one| one.tried.as_ref());
    ConnectionAnswer {
        kind: kind.name().to_owned(),
        state: state.to_owned(),
        settings: known.map(|one| one.settings.clone()).unwrap_or_default(),
        secrets: known.map(|one| hints(&one.hints)).unwrap_or_default(),
        webhook: kind.webhook(known.map_or(kind.first_name(), |one| &one.name)),
        tested_at: tried.map(|tried| tried.at).as_ref().map(Moment::to_string),
        fault: tried.map(|tried| tried.fault.clone()).filter(|fault| !fault.is_empty()),
    }
}

fn hints(known: &Words) -> Words {
    known.iter().map(|(name, end)| (name.clone(), format!("…{end}"))).collect()
}

async fn shown(app: &App, visitor: &Visitor, kind: Kind) -> Answer {
    let all = app.store.read_as(visitor.actor, parties::connections).await?;
    Ok(axum::Json(view(app, kind, &all)).into_response())
}

/// See whom the shop works with
#[utoipa::path(get, path = "/api/settings/connections", tag = "Operator", security(("key" = [])),
    responses((status = 200, description = "The connections.", body = ConnectionList), KeyReads))]
pub async fn list(State(app): State<App>, visitor: Visitor) -> Answer {
    let all = app.store.read_as(visitor.actor, parties::connections).await?;
    let connections = Kind::ALL.into_iter().map(|kind| view(&app, kind, &all)).collect();
    Ok(axum::Json(ConnectionList { connections }).into_response())
}

/// Set a connection up
///
/// It serves at once. For payments Stripe is asked first whether it takes the key; what was paid to another account goes on being
/// served by that account's own key.
#[utoipa::path(put, path = "/api/settings/connections/{kind}", tag = "Operator", request_body = ConnectionBody,
    security(("key" = [])), params(("kind" = String, Path, description = "What it is for.", example = "payments")),
    responses((status = 200, description = "The connection.", body = ConnectionAnswer), Changes))]
pub async fn put(
    State(app): State<App>,
    visitor: Visitor,
    Part(kind): Part,
    Json(body): Json<ConnectionBody>,
) -> Answer {
    let kind = Kind::named(&kind)?;
    if let Some(name) = body.fields.keys().find(|name| kind.fields().iter().all(|field| field.name != **name)) {
        let say = "This connection has no such field.";
        return Err(Error::field(format!("fields.{name}"), "unknown_field", say).into());
    }
    connection_deed::save(&app, visitor.actor, kind, &body.fields).await.map_err(|error| error.at("fields"))?;
    shown(&app, &visitor, kind).await
}

/// Test a connection
///
/// A real call to the other side; what comes of it is kept. Ten in a quarter of an hour.
#[utoipa::path(post, path = "/api/settings/connections/{kind}/test", tag = "Operator", security(("key" = [])),
    params(("kind" = String, Path, description = "What it is for.", example = "payments"),
        ("Idempotency-Key" = Option<String>, Header,
            description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The connection, with what came of it.", body = ConnectionAnswer), Changes))]
pub async fn test(State(app): State<App>, visitor: Visitor, Part(kind): Part) -> Answer {
    let kind = Kind::named(&kind)?;
    connection_deed::test(&app, visitor.actor, kind).await?;
    shown(&app, &visitor, kind).await
}

/// Take a connection out of use
///
/// It brings to an end what it began: payments and their refunds, parcels under way.
#[utoipa::path(delete, path = "/api/settings/connections/{kind}", tag = "Operator", security(("key" = [])),
    params(("kind" = String, Path, description = "What it is for.", example = "payments")),
    responses((status = 204, description = "It is out of use."), Changes))]
pub async fn end(State(app): State<App>, visitor: Visitor, Part(kind): Part) -> Answer {
    connection_deed::end(&app, visitor.actor, Kind::named(&kind)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
