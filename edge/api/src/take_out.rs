//! Pieces taken out of an order before it is packed: by whoever holds its token, by who packs them, by the operator.

use crate::input::{Json, Part, header, id, idempotency_key};
use crate::orders::{decider, open};
use crate::refunds::PiecesBody;
use crate::refusals::{Changes, Limited};
use crate::seller::own;
use crate::view::MoneyView;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::parts::paper::reach_to_ship;
use frame::visitor::Visitor;
use orders::{Consignment, Line, Order};
use serde::{Deserialize, Serialize};
use settlement::{TakeOut, TakenOut, Why};
use store::{Read, Tx};
use utoipa::ToSchema;

/// Pieces to take out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"pieces": [{"line": "oln_1f8k2m", "pieces": 1}], "reason": "out_of_stock"}))]
pub struct TakeOutBody {
    /// Of which lines how many; of consignments that wait to be packed.
    #[schema(min_items = 1, max_items = 200)]
    pub pieces: Vec<PiecesBody>,
    /// `out_of_stock`, `damaged`, `cannot_be_sent` or `buyer_asked`: the buyer is told. With the order's token `changed_mind`,
    /// which may be left out.
    #[schema(max_length = 60, example = "out_of_stock")]
    pub reason: Option<String>,
    /// Only say what it would give back.
    pub preview: Option<bool>,
}

/// What goes back for the pieces, or with `preview` what would.
#[derive(Serialize, ToSchema)]
pub struct TakenOutAnswer {
    /// What goes back to the buyer.
    pub amount: MoneyView,
    /// Of it: goods, without tax.
    pub goods: MoneyView,
    /// Delivery, without tax: only of consignments of which nothing is left.
    pub delivery: MoneyView,
    /// Duty.
    pub duty: MoneyView,
    /// Tax.
    pub tax: MoneyView,
    /// Fees: only of consignments of which nothing is left.
    pub fees: MoneyView,
    /// What of it had been given as goodwill before, and is not given again.
    pub given_before: MoneyView,
    /// Consignments of which nothing is left: they are called off.
    pub cancelled: Vec<String>,
    /// Whether anything was done.
    pub done: bool,
}

fn answer(taken: &TakenOut, done: bool) -> TakenOutAnswer {
    TakenOutAnswer {
        amount: taken.amount.into(),
        goods: taken.parts.goods.into(),
        delivery: taken.parts.shipping.into(),
        duty: taken.parts.duty.into(),
        tax: taken.parts.tax.into(),
        fees: taken.parts.fees.into(),
        given_before: taken.before.into(),
        cancelled: taken.ends.iter().map(ToString::to_string).collect(),
        done,
    }
}

/// Take pieces out of an order before it is packed; their money goes back
///
/// They are not sent. Delivery goes back only with the last piece of a consignment, which is called off by it. Nothing that is packed
/// can be taken out, and an order that is not paid is called off instead.
#[utoipa::path(post, path = "/api/orders/{id}/take-out", tag = "Orders", request_body = TakeOutBody,
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key."),
        ("Idempotency-Key" = String, Header, description = "The same key and body get the first answer again, for 24 hours; another body is refused.")),
    responses((status = 200, description = "What is on its way to the buyer.", body = TakenOutAnswer), Changes, Limited),
    security((), ("key" = [])))]
pub async fn of_order(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(text): Part,
    Json(body): Json<TakeOutBody>,
) -> Answer {
    let (order, token) = (text.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let by = if token.is_some() { "buyer" } else { "operator" };
    let wish = wish(order, &body, by, &idempotency_key(&headers)?)?;
    let actor = decider(&visitor, token.as_deref());
    let reach = move |db: &mut Read| open(db, order, token.as_deref()).map(|order| order.id);
    carry_out(&app, actor, &body, wish, reach).await
}

/// Take pieces out of a consignment that cannot be sent; their money goes back
///
/// They are not sent, and the buyer is told why. With its last piece the consignment is called off.
#[utoipa::path(post, path = "/api/seller/consignments/{id}/take-out", tag = "Seller", request_body = TakeOutBody,
    security(("key" = [])), params(("id" = String, Path, description = "The consignment."),
        ("Idempotency-Key" = String, Header, description = "The same key and body get the first answer again, for 24 hours; another body is refused.")),
    responses((status = 200, description = "What is on its way to the buyer.", body = TakenOutAnswer), Changes))]
pub async fn of_consignment(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(text): Part,
    Json(body): Json<TakeOutBody>,
) -> Answer {
    let (own, consignment) = (own(&visitor)?, text.parse::<Id<Consignment>>()?);
    let order = app.store.read_as(visitor.actor, move |db| Ok(reach_to_ship(db, own, consignment)?.order)).await?;
    let wish = wish(order, &body, "seller", &idempotency_key(&headers)?)?;
    let lines = wish.lines.clone();
    let reach = move |db: &mut Read| {
        let own: Vec<Line> = orders::lines(db, order)?;
        let is_own = |id: &Id<Line>| own.iter().any(|line| line.id == *id && line.consignment == consignment);
        match lines.iter().all(|(id, _)| is_own(id)) {
            true => Ok(order),
            false => Err(Error::field("pieces", "not_in_order", "This line is not in this consignment.")),
        }
    };
    carry_out(&app, visitor.actor, &body, wish, reach).await
}

/// What is asked for. Errors: a line's id, a reason that is none.
fn wish(order: Id<Order>, body: &TakeOutBody, by: &str, key: &str) -> Result<TakeOut> {
    let lines = body.pieces.iter().map(|one| Ok((id::<Line>("pieces", &one.line)?, one.pieces)));
    let unknown = || Error::field("reason", "unknown_choice", "Give one of the reasons that the documentation names.");
    let why = match &body.reason {
        Some(reason) => Why::named(reason).ok_or_else(unknown)?,
        None if by == "buyer" => Why::ChangedMind,
        None => return Err(Error::field("reason", "required", "Say why: the buyer is told.")),
    };
    let key = format!("take-out:api:{by}:{}:{key}", order.raw());
    Ok(TakeOut { order, lines: lines.collect::<Result<_>>()?, why, key })
}

async fn carry_out(
    app: &App,
    actor: base::Actor,
    body: &TakeOutBody,
    wish: TakeOut,
    reach: impl Fn(&mut Read) -> Result<Id<Order>> + Send + 'static,
) -> Answer {
    let preview = body.preview.unwrap_or_default();
    let taken = match preview {
        true => {
            let read = move |db: &mut Read| {
                let order = reach(db)?;
                settlement::foresee_take_out(db, order, &wish.lines)
            };
            app.store.read_as(actor, read).await?
        }
        false => {
            let write = move |tx: &mut Tx| {
                reach(tx)?;
                settlement::take_out(tx, &wish)
            };
            app.store.write_as(actor, write).await?
        }
    };
    Ok(axum::Json(answer(&taken, !preview)).into_response())
}
