//! Carts: made, filled, sent elsewhere, priced at the door. A cart opens to whoever sends its `Cart-Token`.

use crate::input::{Json, Part, field, header, id, maybe, secret_missing};
use crate::refusals::{Changes, Limited, Reads};
use crate::view::{CostView, MoneyView, SupplyView, WhyView, WindowView};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use base::{Currency, Id, Language, Result};
use checkout::{
    Cart, CartLine, CartView, Change, ConsignmentView, Created, LineView, NewCart, Reach, SetDestination, UnsoldView,
};
use door::{ConsignmentOption, World};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use offers::Offer;
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use utoipa::ToSchema;

/// A cart to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "destination": "DE", "currency": "EUR", "language": "en", "lines": [{"offer": "ofr_1f8k2m", "quantity": 2}]
}))]
pub struct CartBody {
    /// Country it would go to: ISO 3166-1 alpha-2.
    pub destination: String,
    /// State or province where the law differs, as ISO 3166-2 without the country.
    #[serde(default)]
    pub region: String,
    /// What prices are shown and paid in: ISO 4217.
    pub currency: String,
    /// What lines are named in: a BCP 47 tag. English when not said.
    pub language: Option<String>,
    /// What is in it from the start: up to 200.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub lines: Vec<CartLineBody>,
}

/// Pieces of an offer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CartLineBody {
    /// The offer.
    #[schema(example = "ofr_1f8k2m")]
    pub offer: String,
    /// Pieces.
    #[schema(minimum = 1, maximum = 9999, example = 2)]
    pub quantity: i64,
}

/// Where a cart is to go. What is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"destination": "BR", "region": "SP", "currency": "BRL"}))]
pub struct CartChangeBody {
    /// Country.
    pub destination: Option<String>,
    /// State or province; empty when only a country is said.
    pub region: Option<String>,
    /// Currency.
    pub currency: Option<String>,
    /// Language.
    pub language: Option<String>,
}

/// How many pieces.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityBody {
    /// Pieces; 0 takes the offer out.
    #[schema(minimum = 0, maximum = 9999, example = 3)]
    pub quantity: i64,
}

/// A cart that was just made.
#[derive(Serialize, ToSchema)]
pub struct NewCartAnswer {
    /// Opens the cart: send it as `Cart-Token`. Shown only now.
    pub token: String,
    /// The cart.
    #[serde(flatten)]
    pub cart: CartAnswer,
}

/// A cart with its prices of this moment. Nothing is held until it is quoted.
#[derive(Serialize, ToSchema)]
pub struct CartAnswer {
    /// Its id.
    #[schema(example = "crt_1f8k2m")]
    pub id: String,
    /// Country.
    #[schema(example = "DE")]
    pub destination: String,
    /// State or province, or empty.
    pub region: String,
    /// Currency of every amount.
    #[schema(example = "EUR")]
    pub currency: String,
    /// Language of the titles.
    #[schema(example = "en")]
    pub language: String,
    /// `open`, `ordered` or `merged`.
    #[schema(example = "open")]
    pub state: String,
    /// Pieces in all.
    pub pieces: i64,
    /// Sum of the consignments, each by its lowest service.
    pub total: MoneyView,
    /// What can be sent, by seller and warehouse.
    pub consignments: Vec<ConsignmentAnswer>,
    /// What cannot, and why.
    pub unsold: Vec<UnsoldAnswer>,
}

/// What one seller sends from one warehouse.
#[derive(Serialize, ToSchema)]
pub struct ConsignmentAnswer {
    /// Name of the consignment when choosing its service.
    #[schema(example = "org_1f8k2m.whs_1f8k2n")]
    pub key: String,
    /// Who sends.
    pub seller: String,
    /// From which country.
    #[schema(example = "CN")]
    pub from: String,
    /// Its lines, with amounts by the first service.
    pub lines: Vec<LineAnswer>,
    /// Every service that takes it, lowest price at the door first.
    pub services: Vec<ServiceAnswer>,
}

/// A line of a cart.
#[derive(Serialize, ToSchema)]
pub struct LineAnswer {
    /// The offer.
    #[schema(example = "ofr_1f8k2m")]
    pub offer: String,
    /// Name of the product in addresses.
    pub product: String,
    /// Title in the cart's language.
    pub title: String,
    /// Option values, or empty.
    pub options: String,
    /// Stock keeping unit.
    pub sku: String,
    /// Pieces.
    pub quantity: i64,
    /// One piece, without tax of the destination.
    pub unit_price: MoneyView,
    /// What the buyer pays for the line at the door.
    pub total: MoneyView,
    /// More are wanted than can be sold now.
    pub short: bool,
    /// What it is supplied from.
    pub supply: SupplyView,
}

/// A delivery service for a consignment.
#[derive(Serialize, ToSchema)]
pub struct ServiceAnswer {
    /// Its code: say it when asking for the quote.
    #[schema(example = "cn-line")]
    pub service: String,
    /// Its name in English.
    pub name: String,
    /// `express`, `line`, `postal` or `domestic`.
    #[schema(example = "line")]
    pub kind: String,
    /// Days of arrival.
    pub arrives: WindowView,
    /// What the whole consignment costs at the door.
    #[serde(flatten)]
    pub cost: CostView,
    /// `guaranteed` or `estimate`.
    #[schema(example = "guaranteed")]
    pub certainty: String,
    /// `at_checkout`, `at_border` or `mixed`.
    #[schema(example = "at_checkout")]
    pub collected: String,
}

/// A line that cannot be sent there.
#[derive(Serialize, ToSchema)]
pub struct UnsoldAnswer {
    /// The offer.
    pub offer: String,
    /// Title in the cart's language.
    pub title: String,
    /// Pieces.
    pub quantity: i64,
    /// Why; empty when it is not on sale at all.
    pub reasons: Vec<WhyView>,
}

/// A cart that was changed, and what its prices did.
#[derive(Serialize, ToSchema)]
pub struct CartChangeAnswer {
    /// The cart now.
    pub cart: CartAnswer,
    /// Lines whose price changed, or that can or cannot be sent now.
    pub changes: Vec<ChangeAnswer>,
}

/// What changed for one line.
#[derive(Serialize, ToSchema)]
pub struct ChangeAnswer {
    /// The offer.
    pub offer: String,
    /// Title in the cart's language.
    pub title: String,
    /// Price of the line at the door before; none if it could not be sent.
    pub before: Option<MoneyView>,
    /// And now.
    pub after: Option<MoneyView>,
    /// Why it cannot be sent now.
    pub reasons: Vec<WhyView>,
}

impl From<CartView> for CartAnswer {
    fn from(view: CartView) -> CartAnswer {
        CartAnswer {
            id: view.cart.id.to_string(),
            destination: view.cart.destination.to_string(),
            region: view.cart.region,
            currency: view.cart.currency.to_string(),
            language: view.cart.language,
            state: view.cart.state.name().to_owned(),
            pieces: view.pieces,
            total: view.total.into(),
            consignments: view.consignments.into_iter().map(consignment).collect(),
            unsold: view.unsold.into_iter().map(unsold).collect(),
        }
    }
}

fn consignment(view: ConsignmentView) -> ConsignmentAnswer {
    ConsignmentAnswer {
        key: format!("{}.{}", view.organisation, view.warehouse),
        seller: view.seller_name,
        from: view.dispatch.to_string(),
        lines: view.lines.into_iter().map(line).collect(),
        services: view.options.iter().map(service).collect(),
    }
}

fn line(view: LineView) -> LineAnswer {
    LineAnswer {
        offer: view.facts.offer.to_string(),
        product: view.facts.slug,
        title: view.title,
        options: view.facts.label,
        sku: view.facts.sku,
        quantity: view.quantity,
        unit_price: view.share.unit_price.into(),
        total: view.share.total.into(),
        short: view.short,
        supply: view.facts.supply.into(),
    }
}

fn service(option: &ConsignmentOption) -> ServiceAnswer {
    ServiceAnswer {
        service: option.service.code.clone(),
        name: option.service.name.clone(),
        kind: option.service.kind.name().to_owned(),
        arrives: option.arrives.into(),
        cost: CostView::from(&option.landed),
        certainty: option.landed.certainty.name().to_owned(),
        collected: option.landed.collected.name().to_owned(),
    }
}

fn unsold(view: UnsoldView) -> UnsoldAnswer {
    UnsoldAnswer {
        offer: view.facts.offer.to_string(),
        title: view.title,
        quantity: view.quantity,
        reasons: view.reasons.iter().map(WhyView::from).collect(),
    }
}

fn change(change: Change) -> ChangeAnswer {
    ChangeAnswer {
        offer: change.offer.to_string(),
        title: change.title,
        before: change.before.map(MoneyView::from),
        after: change.after.map(MoneyView::from),
        reasons: change.reasons.iter().map(WhyView::from).collect(),
    }
}

/// The cart of the path, opened by its token. Errors: 401 without a token; `cart_unknown` for a token of another cart.
pub fn reach(headers: &HeaderMap, path: &str) -> Result<Reach> {
    let token = header(headers, "cart-token").ok_or_else(|| secret_missing("Cart-Token"))?;
    let own = token.split_once('.').is_some_and(|(id, _)| id == path);
    match own {
        true => Ok(Reach::Token(token.to_owned())),
        false => Err(base::Error::not_found("cart_unknown", "There is no such cart.")),
    }
}

fn view(db: &mut Read, world: &World, reach: &Reach) -> Result<CartAnswer> {
    Ok(checkout::view(db, world, reach)?.into())
}

fn new_cart(body: &CartBody) -> Result<NewCart> {
    let line = |(at, line): (usize, &CartLineBody)| {
        let offer: Id<Offer> = id(&format!("lines[{at}].offer"), &line.offer)?;
        Ok(CartLine { offer, quantity: line.quantity })
    };
    let destination: base::Country = field("destination", &body.destination)?;
    Ok(NewCart {
        destination,
        region: region(&destination, &body.region)?,
        currency: field("currency", &body.currency)?,
        language: maybe("language", body.language.as_deref())?.unwrap_or(field::<Language>("language", "en")?),
        lines: body.lines.iter().enumerate().map(line).collect::<Result<_>>()?,
    })
}

/// The code of a region by any of its names; where the country has no list of them, one to three letters or digits.
fn region(destination: &base::Country, text: &str) -> Result<String> {
    let format = parties::address_format::address_format(*destination);
    if !format.regions.is_empty() {
        return format.region_code(text);
    }
    let text = text.trim();
    if text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(text.to_ascii_uppercase());
    }
    Err(base::Error::field("region", "region_format", "Write one to three letters or digits, such as SP."))
}

/// Make a cart
#[utoipa::path(post, path = "/api/carts", tag = "Checkout", request_body = CartBody,
    responses((status = 201, description = "The cart, with prices at the door.", body = NewCartAnswer), Changes, Limited))]
pub async fn create(State(app): State<App>, visitor: Visitor, Json(body): Json<CartBody>) -> Answer {
    let (new, world) = (new_cart(&body)?, app.world());
    let created = app.store.write_as(visitor.actor, move |tx: &mut Tx| checkout::create(tx, &new)).await?;
    let Created { cart, lines, token } = created;
    let look = move |db: &mut Read| Ok(checkout::view_of(db, &world, cart.clone(), &lines)?.into());
    let cart = app.store.read_as(visitor.actor, look).await?;
    Ok((StatusCode::CREATED, axum::Json(NewCartAnswer { token, cart })).into_response())
}

/// See a cart
#[utoipa::path(get, path = "/api/carts/{id}", tag = "Checkout",
    params(("id" = String, Path, description = "The cart."), ("Cart-Token" = String, Header, description = "Its token.")),
    responses((status = 200, description = "The cart with prices of this moment.", body = CartAnswer), Reads))]
pub async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Part(id): Part) -> Answer {
    let (reach, world) = (reach(&headers, &id)?, app.world());
    let cart = app.store.read_as(visitor.actor, move |db| view(db, &world, &reach)).await?;
    Ok(axum::Json(cart).into_response())
}

/// Send a cart elsewhere, or price it in another currency
#[utoipa::path(patch, path = "/api/carts/{id}", tag = "Checkout", request_body = CartChangeBody,
    params(("id" = String, Path, description = "The cart."), ("Cart-Token" = String, Header, description = "Its token.")),
    responses((status = 200, description = "The cart, and what its prices did.", body = CartChangeAnswer), Changes))]
pub async fn change_cart(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(id): Part,
    Json(body): Json<CartChangeBody>,
) -> Answer {
    let (cart, world) = (reach(&headers, &id)?, app.world());
    let destination = maybe("destination", body.destination.as_deref())?;
    let currency: Option<Currency> = maybe("currency", body.currency.as_deref())?;
    let language: Option<Language> = maybe("language", body.language.as_deref())?;
    let wished = body.region;
    let answer = app
        .store
        .write_as(visitor.actor, move |tx| {
            let before: Cart = checkout::find(tx, &cart)?;
            let kept = if destination.is_some() { String::new() } else { before.region };
            let destination = destination.unwrap_or(before.destination);
            let set = SetDestination {
                cart: cart.clone(),
                destination,
                region: wished.as_deref().map_or(Ok(kept), |wished| region(&destination, wished))?,
                currency,
                language: language.clone(),
            };
            let (_, changes) = checkout::set_destination(tx, &world, &set)?;
            let changes = changes.into_iter().map(change).collect();
            Ok(CartChangeAnswer { cart: view(tx, &world, &cart)?, changes })
        })
        .await?;
    Ok(axum::Json(answer).into_response())
}

/// Say how many pieces of an offer are in a cart
#[utoipa::path(put, path = "/api/carts/{id}/lines/{offer}", tag = "Checkout", request_body = QuantityBody,
    params(("id" = String, Path, description = "The cart."), ("offer" = String, Path, description = "The offer."),
        ("Cart-Token" = String, Header, description = "Its token.")),
    responses((status = 200, description = "The cart.", body = CartAnswer), Changes))]
pub async fn put_line(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    axum::extract::Path((id, offer)): axum::extract::Path<(String, String)>,
    Json(body): Json<QuantityBody>,
) -> Answer {
    let (cart, world) = (reach(&headers, &id)?, app.world());
    let offer: Id<Offer> = offer.parse()?;
    let put = cart.clone();
    app.store.write_as(visitor.actor, move |tx| checkout::put_line(tx, &put, offer, body.quantity)).await?;
    let answer = app.store.read_as(visitor.actor, move |db| view(db, &world, &cart)).await?;
    Ok(axum::Json(answer).into_response())
}
