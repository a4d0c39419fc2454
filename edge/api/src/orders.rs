//! Orders as buyers reach them: placed from a quote, paid, seen by their `Order-Token`, called off, confirmed.

use crate::carts::reach;
use crate::consignments::{OrderConsignmentAnswer, stop};
use crate::input::{Json, Part, header, id, idempotency_key, secret_missing};
use crate::quotes::{AddressBody, ExchangeView};
use crate::refusals::{Changes, Limited, Reads};
use crate::said::{SaidAnswer, SayBody, says};
pub(super) use crate::view::moment;
use crate::view::{CostView, DueAnswer, MoneyView, SupplyView};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use base::{Actor, Address, Error, Id, Result};
use checkout::{Place, Retry, Visit};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use orders::{By, Consignment, Due, Order, Said, Stop, Whole};
use payments::Outcome;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use store::Read;
use utoipa::ToSchema;

/// An order to be placed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderBody {
    /// The quote the buyer saw; the cart's open one when not said.
    #[schema(example = "quo_1f8k2m")]
    pub quote: Option<String>,
    /// Where news go.
    #[schema(format = Email, example = "hanna.vogel@example.com")]
    pub email: String,
    /// How it is paid.
    pub payment: PaymentBody,
    /// What is said to the fields of the shop, which `GET /api/fields` lists.
    #[serde(default)]
    pub fields: Vec<SayBody>,
}

/// How an order is paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentBody {
    /// What the payment provider takes: with the built-in sandbox a test card number or `sandbox:ok`, `sandbox:decline`,
    /// `sandbox:3ds`, `sandbox:late`; with Stripe `checkout`, after which the buyer goes to `action_url`.
    #[schema(example = "sandbox:ok")]
    pub method: String,
}

/// An order just placed.
#[derive(Serialize, ToSchema)]
pub struct PlacedAnswer {
    /// Its id.
    #[schema(example = "ord_1f8k2m")]
    pub order: String,
    /// Its number, for people.
    #[schema(example = "EN-7Q4K-2219")]
    pub number: String,
    /// Opens the order: send it as `Order-Token`.
    pub token: Option<String>,
    /// What is charged.
    pub total: MoneyView,
    /// How the payment stands.
    pub payment: PaymentAnswer,
}

/// How a payment stands.
#[derive(Serialize, ToSchema)]
pub struct PaymentAnswer {
    /// `captured`, `action_required`, `declined`, `pending`, `authorised` or `voided`.
    #[schema(example = "captured")]
    pub state: String,
    /// Where the buyer must go when an action is required.
    pub action_url: Option<String>,
    /// Why it was declined.
    pub code: Option<String>,
}

/// An order.
#[derive(Serialize, ToSchema)]
pub struct OrderAnswer {
    /// Its id.
    #[schema(example = "ord_1f8k2m")]
    pub id: String,
    /// Its number.
    #[schema(example = "EN-7Q4K-2219")]
    pub number: String,
    /// Where news go.
    pub email: String,
    /// Where the parcels go.
    pub address: AddressBody,
    /// What the buyer pays for what was ordered, as it was changed last.
    #[serde(flatten)]
    pub cost: CostView,
    /// What was paid.
    pub paid: MoneyView,
    /// What went back.
    pub refunded: MoneyView,
    /// What is to be paid now, by `POST /api/orders/{id}/pay`: for the order, or for a change of it.
    pub due: Option<DueAnswer>,
    /// Exchange rates used.
    pub exchange: Vec<ExchangeView>,
    /// How the payment stands.
    #[schema(example = "paid")]
    pub payment: String,
    /// How far the goods are.
    #[schema(example = "underway")]
    pub fulfilment: String,
    /// Where the goods stand with customs.
    #[schema(example = "none")]
    pub customs: String,
    /// When it was placed.
    #[schema(format = DateTime)]
    pub placed_at: String,
    /// When the money came.
    #[schema(format = DateTime)]
    pub paid_at: Option<String>,
    /// When the last of its consignments was accepted or called off.
    #[schema(format = DateTime)]
    pub completed_at: Option<String>,
    /// When it was called off.
    #[schema(format = DateTime)]
    pub cancelled_at: Option<String>,
    /// Its lines.
    pub lines: Vec<OrderLineAnswer>,
    /// Its consignments and their journeys.
    pub consignments: Vec<OrderConsignmentAnswer>,
    /// What the buyer said to the fields of the shop.
    pub fields: Vec<SaidAnswer>,
}

/// A line of an order.
#[derive(Serialize, ToSchema)]
pub struct OrderLineAnswer {
    /// Its id.
    #[schema(example = "oln_1f8k2m")]
    pub id: String,
    /// Its consignment.
    pub consignment: String,
    /// The offer.
    pub offer: String,
    /// Title at sale.
    pub title: String,
    /// Option values, or empty.
    pub options: String,
    /// Stock keeping unit.
    pub sku: String,
    /// Who sold it.
    pub seller: String,
    /// Pieces that were ordered.
    pub quantity: i64,
    /// Pieces of them that were taken out or called off before they were packed: they are not sent.
    pub taken_out: i64,
    /// What it was supplied from, at sale.
    pub supply: SupplyView,
    /// What the buyer paid for those that were ordered.
    #[serde(flatten)]
    pub cost: CostView,
}

fn payment(outcome: Outcome) -> PaymentAnswer {
    let (state, action_url, code) = match outcome {
        Outcome::Captured { .. } => ("captured", None, None),
        Outcome::Authorised { .. } => ("authorised", None, None),
        Outcome::ActionRequired { url, .. } => ("action_required", Some(url), None),
        Outcome::Declined { code } => ("declined", None, Some(code)),
        Outcome::Voided => ("voided", None, None),
        Outcome::Pending => ("pending", None, None),
    };
    PaymentAnswer { state: state.to_owned(), action_url, code }
}

/// Everything a buyer may see of an order: as it is after its changes.
pub fn order(db: &mut Read, id: Id<Order>) -> Result<OrderAnswer> {
    let mut stops = orders::stops(db, id)?;
    stops.retain(|stop| stop.consignment.replaced_by.is_none());
    let said = orders::said(db, id)?;
    told(&orders::whole(db, id)?.as_amended(), &stops, orders::open_due(db, id)?, &said)
}

/// An order with these lines and consignments, what is to be paid of it now, and what was said to it. Errors: overflow.
pub fn told(whole: &Whole, stops: &[Stop], due: Option<Due>, said: &[Said]) -> Result<OrderAnswer> {
    let order = &whole.order;
    let line = |line: &orders::Line| {
        Ok(OrderLineAnswer {
            id: line.id.to_string(),
            consignment: line.consignment.to_string(),
            offer: line.offer.to_string(),
            title: line.title.clone(),
            options: line.options.clone(),
            sku: line.sku.clone(),
            seller: line.seller_name.clone(),
            quantity: line.quantity,
            taken_out: line.called_off,
            supply: line.supplied.into(),
            cost: CostView::of(&line.sums)?,
        })
    };
    Ok(OrderAnswer {
        id: order.id.to_string(),
        number: order.number.clone(),
        email: order.email.clone(),
        address: (&order.address).into(),
        cost: CostView::of(&whole.clone().as_amended().sums()?)?,
        paid: order.captured.into(),
        refunded: order.refunded.into(),
        due: due.map(|due| DueAnswer { amount: due.amount.into(), pay_until: due.pay_until.to_string() }),
        exchange: order.exchange.iter().map(ExchangeView::from).collect(),
        payment: order.payment.name().to_owned(),
        fulfilment: order.fulfilment.name().to_owned(),
        customs: order.customs.name().to_owned(),
        placed_at: order.placed_at.to_string(),
        paid_at: moment(order.paid_at),
        completed_at: moment(order.completed_at),
        cancelled_at: moment(order.cancelled_at),
        lines: whole.lines.iter().map(line).collect::<Result<_>>()?,
        consignments: stops.iter().map(|one| stop(whole, one)).collect(),
        fields: said.iter().map(SaidAnswer::from).collect(),
    })
}

/// Whether the caller holds the order's token, or may see it by key. Errors: 401 with neither; `order_unknown`.
pub fn open(db: &mut Read, id: Id<Order>, token: Option<&str>) -> Result<Order> {
    let Some(token) = token else {
        if db.actor() == Actor::Guest {
            return Err(secret_missing("Order-Token"));
        }
        return orders::reach(db, id);
    };
    let order = orders::by_access_token(db, token)?;
    if order.id == id { Ok(order) } else { Err(Error::not_found("order_unknown", "There is no such order.")) }
}

/// Order what was quoted, and pay
///
/// A cart becomes an order once: asked again, whatever the body says, the answer is the same order and how its payment stands
/// then, so that a request whose answer was lost can safely be repeated. With a key the answer is the first one, word by word.
#[utoipa::path(post, path = "/api/carts/{id}/order", tag = "Checkout", request_body = OrderBody,
    params(("id" = String, Path, description = "The cart; it is the deed's own key."),
        ("Cart-Token" = String, Header, description = "Its token."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 201, description = "The order, and how its payment stands.", body = PlacedAnswer),
        (status = 200, description = "It had been placed before: the same order.", body = PlacedAnswer), Changes, Limited))]
pub async fn place(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(cart): Part,
    Json(body): Json<OrderBody>,
) -> Answer {
    let place = Place {
        cart: reach(&headers, &cart)?,
        quote: body.quote.as_deref().map(|text| id("quote", text)).transpose()?,
        email: body.email,
        provider: app.providers().taking().name().to_owned(),
        method: method(&app, &body.payment.method).map_err(|error| error.at("payment"))?,
        said: says(body.fields)?,
    };
    let (placed, intent) = checkout::place_beside(&app.store, visitor.actor, place).await?;
    app.metrics.orders_placed.fetch_add(u64::from(!placed.again), Ordering::Relaxed);
    let path = placed.access.clone().unwrap_or_else(|| placed.order.to_string());
    let visit = visit(&app, &placed.number, &path);
    let payment = paid(&app, checkout::pay_known(&app.store, &app.providers(), intent, &visit).await?);
    let status = if placed.again { StatusCode::OK } else { StatusCode::CREATED };
    let answer = PlacedAnswer {
        order: placed.order.to_string(),
        number: placed.number,
        token: placed.access,
        total: placed.total.into(),
        payment,
    };
    Ok((status, axum::Json(answer)).into_response())
}

fn method(app: &App, text: &str) -> Result<String> {
    app.providers()
        .taking()
        .tokenise(text)
        .map_err(|_| Error::field("method", "unknown_method", "The payment provider does not know this method."))
}

fn visit(app: &App, number: &str, path: &str) -> Visit {
    let base = app.config.base_url.trim_end_matches('/');
    Visit { label: number.to_owned(), return_url: format!("{base}/order/{path}/paid") }
}

fn paid(app: &App, outcome: Outcome) -> PaymentAnswer {
    if matches!(outcome, Outcome::Captured { .. }) {
        app.metrics.payments_captured.fetch_add(1, Ordering::Relaxed);
    }
    let base = app.config.base_url.trim_end_matches('/');
    let mut answer = payment(outcome);
    answer.action_url = answer.action_url.map(|url| if url.starts_with('/') { format!("{base}{url}") } else { url });
    answer
}

/// See an order
#[utoipa::path(get, path = "/api/orders/{id}", tag = "Orders",
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key.")),
    responses((status = 200, description = "The order and the journeys of its parcels.", body = OrderAnswer), Reads),
    security((), ("key" = [])))]
pub async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Part(id): Part) -> Answer {
    let (id, token) = (id.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let answer = app
        .store
        .read_as(visitor.actor, move |db| {
            open(db, id, token.as_deref())?;
            order(db, id)
        })
        .await?;
    Ok(axum::Json(answer).into_response())
}

/// Pay an order whose payment failed
#[utoipa::path(post, path = "/api/orders/{id}/pay", tag = "Orders", request_body = PaymentBody,
    params(("id" = String, Path, description = "The order."), ("Order-Token" = String, Header, description = "Its token."),
        ("Idempotency-Key" = String, Header, description = "The same key and body get the first answer again, for 24 hours; another body is refused.")),
    responses((status = 200, description = "How the payment stands.", body = PaymentAnswer), Changes, Limited))]
pub async fn pay_again(
    State(app): State<App>,
    headers: HeaderMap,
    Part(id): Part,
    Json(body): Json<PaymentBody>,
) -> Answer {
    let (order, token) = token_of(&headers, &id)?;
    let path = token.clone();
    let (key, provider) = (idempotency_key(&headers)?, app.providers().taking().name().to_owned());
    let retry = Retry { order, provider, method: method(&app, &body.method)?, key };
    let number = app.store.read(move |db| open(db, order, Some(&token))).await?.number;
    let visit = visit(&app, &number, &path);
    let outcome = checkout::pay_again(&app.store, &app.providers(), Actor::Guest, &retry, &visit).await?;
    Ok(axum::Json(paid(&app, outcome)).into_response())
}

fn token_of(headers: &HeaderMap, id: &str) -> Result<(Id<Order>, String)> {
    let token = header(headers, "order-token").ok_or_else(|| secret_missing("Order-Token"))?;
    Ok((id.parse()?, token.to_owned()))
}

/// Who decides about an order: whoever holds its token, or the operator by key.
pub fn decider(visitor: &Visitor, token: Option<&str>) -> Actor {
    if token.is_some() { Actor::Guest } else { visitor.actor }
}

/// Call an order off before it is packed; the money goes back
#[utoipa::path(post, path = "/api/orders/{id}/cancel", tag = "Orders",
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The order as it is now.", body = OrderAnswer), Changes),
    security((), ("key" = [])))]
pub async fn cancel(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Part(id): Part) -> Answer {
    let (id, token) = (id.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let answer = app
        .store
        .write_as(decider(&visitor, token.as_deref()), move |tx| {
            open(tx, id, token.as_deref())?;
            settlement::cancel(tx, id, "buyer_changed_mind")?;
            order(tx, id)
        })
        .await?;
    Ok(axum::Json(answer).into_response())
}

/// Send an order to another door of the same country and region, while nothing of it is packed
#[utoipa::path(put, path = "/api/orders/{id}/address", tag = "Orders", request_body = AddressBody,
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key.")),
    responses((status = 200, description = "The order as it is now.", body = OrderAnswer), Changes, Limited),
    security((), ("key" = [])))]
pub async fn readdress(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(id): Part,
    Json(body): Json<AddressBody>,
) -> Answer {
    let (id, token) = (id.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let address = Address::from(body);
    let answer = app
        .store
        .write_as(decider(&visitor, token.as_deref()), move |tx| {
            open(tx, id, token.as_deref())?;
            orders::readdress(tx, id, &address)?;
            order(tx, id)
        })
        .await?;
    Ok(axum::Json(answer).into_response())
}

/// Say that all that was delivered has arrived; its sellers get their money
#[utoipa::path(post, path = "/api/orders/{id}/confirm", tag = "Orders",
    params(("id" = String, Path, description = "The order."), ("Order-Token" = String, Header, description = "Its token."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The order as it is now.", body = OrderAnswer), Changes))]
pub async fn confirm(State(app): State<App>, headers: HeaderMap, Part(id): Part) -> Answer {
    let (id, token) = token_of(&headers, &id)?;
    let answer = app
        .store
        .write_as(Actor::Guest, move |tx| {
            open(tx, id, Some(&token))?;
            settlement::complete_delivered(tx, id)?;
            order(tx, id)
        })
        .await?;
    Ok(axum::Json(answer).into_response())
}

/// Say that one consignment has arrived; its seller gets its money
#[utoipa::path(post, path = "/api/orders/{id}/consignments/{consignment}/confirm", tag = "Orders",
    params(("id" = String, Path, description = "The order."), ("consignment" = String, Path, description = "The consignment."),
        ("Order-Token" = String, Header, description = "Its token."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The order as it is now.", body = OrderAnswer), Changes))]
pub async fn confirm_one(
    State(app): State<App>,
    headers: HeaderMap,
    axum::extract::Path((id, consignment)): axum::extract::Path<(String, String)>,
) -> Answer {
    let (id, token) = token_of(&headers, &id)?;
    let consignment: Id<Consignment> = consignment.parse()?;
    let answer = app
        .store
        .write_as(Actor::Guest, move |tx| {
            open(tx, id, Some(&token))?;
            if orders::consignment(tx, consignment)?.order != id {
                return Err(Error::not_found("consignment_unknown", "There is no such consignment in this order."));
            }
            settlement::complete(tx, consignment, By::Buyer)?;
            order(tx, id)
        })
        .await?;
    Ok(axum::Json(answer).into_response())
}
