//! Whether the shop is open, what it needs before, and the deed that opens it.

use crate::input::Json;
use crate::refusals::{Changes, KeyReads};
use axum::extract::State;
use axum::response::IntoResponse;
use base::Result;
use checkout::{Need, Opening};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use utoipa::ToSchema;

/// Whether the shop takes orders, and what it lacks.
#[derive(Serialize, ToSchema)]
pub struct OpeningAnswer {
    /// Whether it takes orders. In the demonstration and in test mode it does by itself.
    #[schema(example = false)]
    pub open: bool,
    /// What is missing: `payments`, `shipping`, `mail`, `imprint`, `contact`, `rates`, `test_order`. Of a shop that is open, what it
    /// has come to lack.
    #[schema(example = json!(["payments", "test_order"]))]
    pub missing: Vec<String>,
    /// Currencies without a rate of these days.
    #[schema(example = json!(["USD"]))]
    pub old_rates: Vec<String>,
    /// Number of a test order that is not cancelled or refunded yet.
    #[schema(example = "EN-7Q4K-2219")]
    pub test_order: Option<String>,
}

/// Open, or close for now.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningBody {
    /// Whether the shop takes orders from now on.
    #[schema(example = true)]
    pub open: bool,
}

fn view(opening: &Opening) -> OpeningAnswer {
    OpeningAnswer {
        open: opening.is_open,
        missing: opening.missing.iter().copied().map(Need::name).map(str::to_owned).collect(),
        old_rates: opening.old_rates.iter().map(ToString::to_string).collect(),
        test_order: opening.tests.unended.as_ref().map(|(_, number)| number.clone()),
    }
}

/// See whether the shop is open
///
/// And what it lacks. Until a real shop is open it can be looked at and baskets can be filled; orders are refused with
/// `opening_soon`, except those of the operator's own people, which are test orders.
#[utoipa::path(get, path = "/api/opening", tag = "Operator", security(("key" = [])),
    responses((status = 200, description = "Whether it is open, and what is missing.", body = OpeningAnswer), KeyReads))]
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let connected = app.connected();
    let read = move |db: &mut Read| checkout::opening(db, &connected);
    let opening = app.store.read_as(visitor.actor, read).await?;
    Ok(axum::Json(view(&opening)).into_response())
}

/// Open the shop, or close it for now
///
/// It opens when nothing is missing (`not_ready` names what is). Closed, it takes no orders; those that were placed go on.
#[utoipa::path(put, path = "/api/opening", tag = "Operator", request_body = OpeningBody, security(("key" = [])),
    responses((status = 200, description = "How it stands now.", body = OpeningAnswer), Changes))]
pub async fn change(State(app): State<App>, visitor: Visitor, Json(body): Json<OpeningBody>) -> Answer {
    let connected = app.connected();
    let deed = move |tx: &mut Tx| -> Result<Opening> {
        match body.open {
            true => checkout::open(tx, &connected)?,
            false => checkout::close(tx)?,
        }
        checkout::opening(tx, &connected)
    };
    let opening = app.store.write_as(visitor.actor, deed).await?;
    Ok(axum::Json(view(&opening)).into_response())
}
