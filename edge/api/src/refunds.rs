//! Money back to the buyer by API key: what a refund takes back, what it would do, and consignments called off.

use crate::input::{Json, Part, id, idempotency_key, maybe};
use crate::refusals::Changes;
use crate::seller::own;
use crate::view::MoneyView;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use base::{Error, Id, Money, Result};
use frame::App;
use frame::failure::Answer;
use frame::parts::paper::reach;
use frame::visitor::Visitor;
use orders::{Consignment, Line, Order};
use serde::{Deserialize, Serialize};
use settlement::{Bearer, Foreseen, Refund, What};
use store::Tx;
use utoipa::ToSchema;

/// What goes back: exactly one of `pieces`, `delivery`, `consignment` and `amount`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"pieces": [{"line": "oln_1f8k2m", "pieces": 1}], "restock": true, "reason": "damaged"}))]
pub struct RefundBody {
    /// Pieces with their goods, duty and tax. Not packed yet, they are not sent.
    #[schema(min_items = 1, max_items = 200)]
    pub pieces: Option<Vec<PiecesBody>>,
    /// With `pieces`: they came back and lie on the shelf again.
    pub restock: Option<bool>,
    /// The delivery of this consignment, with its tax.
    pub delivery: Option<String>,
    /// Everything that is left of this consignment; one that is not packed is called off by it.
    pub consignment: Option<String>,
    /// An amount in the order's currency, tax in it: the price of `line`, or of the whole order (goods first), is reduced by
    /// so much.
    pub amount: Option<MoneyView>,
    /// With `amount`: the line whose price is reduced.
    pub line: Option<String>,
    /// With `amount`: not a lower price but goodwill. Nothing is taken back, no tax is corrected.
    pub goodwill: Option<bool>,
    /// With `goodwill`: the seller who bears it; the operator when not said.
    pub seller: Option<String>,
    /// Why, as a code.
    #[schema(max_length = 60, example = "arrived_damaged")]
    pub reason: String,
    /// Only say what it would do.
    pub preview: Option<bool>,
}

/// Pieces of a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PiecesBody {
    /// The line.
    pub line: String,
    /// How many.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub pieces: i64,
}

/// Money on its way back, or with `preview` what would go.
#[derive(Serialize, ToSchema)]
pub struct RefundAnswer {
    /// How much.
    pub amount: MoneyView,
    /// `pieces`, `delivery`, `reduction`, `consignment` or `goodwill`.
    pub kind: String,
    /// Who gives it, by ledger account; told with `preview`.
    pub givers: Vec<GiverAnswer>,
    /// What suppliers are not paid for it, or give back to the operator, by ledger account; told with `preview`.
    pub suppliers: Vec<GiverAnswer>,
    /// Whether anything was done.
    pub done: bool,
}

/// Who gives a part of a refund.
#[derive(Serialize, ToSchema)]
pub struct GiverAnswer {
    /// The ledger account's code.
    #[schema(example = "income:commission:EUR")]
    pub account: String,
    /// How much; below zero for the cent that rounding gave too much.
    pub amount: MoneyView,
}

/// Give money back to the buyer
#[utoipa::path(post, path = "/api/orders/{id}/refund", tag = "Operator", request_body = RefundBody, security(("key" = [])),
    params(("id" = String, Path, description = "The order."),
        ("Idempotency-Key" = String, Header, description = "The same key and body get the first answer again, for 24 hours; another body is refused.")),
    responses((status = 200, description = "What is on its way.", body = RefundAnswer), Changes))]
pub async fn refund(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(text): Part,
    Json(body): Json<RefundBody>,
) -> Answer {
    let (order, key) = (text.parse::<Id<Order>>()?, idempotency_key(&headers)?);
    has_reason(&body.reason)?;
    let preview = body.preview.unwrap_or_default();
    let (what, reason) = (what(&body)?, body.reason);
    let kind = what.name();
    if preview {
        let seen = app.store.read_as(visitor.actor, move |db| settlement::foresee(db, order, &what)).await?;
        return Ok(axum::Json(foreseen(&seen, kind)).into_response());
    }
    let refund = Refund { order, what, reason, key: format!("api:{order}:{key}") };
    let amount = app.store.write_as(visitor.actor, move |tx: &mut Tx| settlement::refund(tx, &refund)).await?;
    Ok(axum::Json(given(amount, kind)).into_response())
}

/// Errors: a reason that is blank or too long.
fn has_reason(reason: &str) -> Result<()> {
    if reason.trim().is_empty() || reason.len() > 60 {
        return Err(Error::field("reason", "required", "Write why, in 60 characters or less."));
    }
    Ok(())
}

fn given(amount: Money, kind: &str) -> RefundAnswer {
    RefundAnswer { amount: amount.into(), kind: kind.to_owned(), givers: Vec::new(), suppliers: Vec::new(), done: true }
}

fn foreseen(seen: &Foreseen, kind: &str) -> RefundAnswer {
    let giver = |(account, amount): &(ledger::Account, Money)| GiverAnswer {
        account: account.code.clone(),
        amount: (*amount).into(),
    };
    RefundAnswer {
        amount: seen.amount.into(),
        kind: kind.to_owned(),
        givers: seen.givers.iter().map(giver).collect(),
        suppliers: seen.supply.iter().map(giver).collect(),
        done: false,
    }
}

/// The one thing that is asked for. Errors: none or several of them, a field that does not belong to it.
fn what(body: &RefundBody) -> Result<What> {
    let named = [body.pieces.is_some(), body.delivery.is_some(), body.consignment.is_some(), body.amount.is_some()];
    if named.iter().filter(|named| **named).count() != 1 {
        let say = "Say exactly one of “pieces”, “delivery”, “consignment” and “amount”.";
        return Err(Error::field("amount", "refund_of_what", say));
    }
    let with = |field: &'static str, said: bool, fits: bool, to: &str| match said && !fits {
        true => Err(Error::field(field, "refund_of_what", format!("“{field}” goes with “{to}” only."))),
        false => Ok(()),
    };
    let goodwill = body.goodwill.unwrap_or_default();
    with("restock", body.restock.is_some(), body.pieces.is_some(), "pieces")?;
    with("line", body.line.is_some(), body.amount.is_some() && !goodwill, "amount")?;
    with("goodwill", body.goodwill.is_some(), body.amount.is_some(), "amount")?;
    with("seller", body.seller.is_some(), goodwill, "goodwill")?;
    if let Some(pieces) = &body.pieces {
        let lines = pieces.iter().map(|one| Ok((id::<Line>("line", &one.line)?, one.pieces)));
        let lines: Vec<(Id<Line>, i64)> = lines.collect::<Result<_>>()?;
        return Ok(What::Pieces { lines, restock: body.restock.unwrap_or_default() });
    }
    if let Some(consignment) = maybe::<Id<Consignment>>("delivery", body.delivery.as_deref())? {
        return Ok(What::Delivery(consignment));
    }
    if let Some(consignment) = maybe::<Id<Consignment>>("consignment", body.consignment.as_deref())? {
        return Ok(What::Consignment(consignment));
    }
    let amount = body.amount.as_ref().map(|amount| amount.read("amount")).transpose()?;
    let amount = amount.ok_or_else(|| Error::field("amount", "required", "Write how much."))?;
    if !goodwill {
        return Ok(What::Reduction { amount, line: maybe("line", body.line.as_deref())? });
    }
    let bearer = maybe("seller", body.seller.as_deref())?.map_or(Bearer::Platform, Bearer::Seller);
    Ok(What::Goodwill { amount, bearer })
}

/// Why a consignment is called off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallOffBody {
    /// Why, as a code.
    #[schema(max_length = 60, example = "out_of_stock")]
    pub reason: String,
}

/// Call off a consignment that is not packed; its money goes back
#[utoipa::path(post, path = "/api/seller/consignments/{id}/cancel", tag = "Seller", request_body = CallOffBody,
    security(("key" = [])), params(("id" = String, Path, description = "The consignment."),
        ("Idempotency-Key" = String, Header, description = "The same key and body get the first answer again, for 24 hours; another body is refused.")),
    responses((status = 200, description = "What is on its way to the buyer.", body = RefundAnswer), Changes))]
pub async fn call_off(
    State(app): State<App>,
    visitor: Visitor,
    Part(text): Part,
    Json(body): Json<CallOffBody>,
) -> Answer {
    let (own, id) = (own(&visitor)?, text.parse::<Id<Consignment>>()?);
    has_reason(&body.reason)?;
    let deed = move |tx: &mut Tx| {
        reach(tx, own, id)?;
        settlement::cancel_consignment(tx, id, &body.reason)
    };
    let amount = app.store.write_as(visitor.actor, deed).await?;
    Ok(axum::Json(given(amount, "cancelled")).into_response())
}
