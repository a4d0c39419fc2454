//! Quotes: a cart's prices, rates, rules and stock held for half an hour at most. What a quote says is what is charged.

use crate::carts::reach;
use crate::input::{Json, Part, field, header, maybe};
use crate::refusals::{Changes, Limited};
use crate::view::{CostView, LandedView, WindowView};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use base::{Actor, Address, Error, Result};
use checkout::{AskQuote, Choice, Quote};
use customs::LandedCost;
use frame::App;
use frame::failure::Answer;
use frame::limit::neighbourhood;
use frame::visitor::Visitor;
use orders::{PlaceConsignment, Sums};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::IpAddr;
use utoipa::ToSchema;

/// A postal address. Which fields a country needs: `GET /api/countries/{code}/address-format`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "country": "DE", "name": "Hanna Vogel", "street": "Torstraße 140", "city": "Berlin", "postcode": "10119",
    "email": "hanna.vogel@example.com"
}))]
pub struct AddressBody {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The person who opens the door.
    pub name: String,
    /// Company.
    #[serde(default)]
    pub organisation: String,
    /// Street and number.
    pub street: String,
    /// Flat, floor, building.
    #[serde(default)]
    pub street2: String,
    /// City or town.
    #[serde(default)]
    pub city: String,
    /// Suburb or district.
    #[serde(default)]
    pub district: String,
    /// State, province, prefecture: ISO 3166-2 without the country, or its name.
    #[serde(default)]
    pub region: String,
    /// Postcode.
    #[serde(default)]
    pub postcode: String,
    /// For the courier.
    #[serde(default)]
    pub phone: String,
    /// For news.
    #[serde(default)]
    pub email: String,
    /// Personal tax or customs number where the destination asks for one.
    #[serde(default)]
    pub tax_number: String,
}

impl From<AddressBody> for Address {
    fn from(body: AddressBody) -> Address {
        Address {
            country: body.country,
            name: body.name,
            organisation: body.organisation,
            street: body.street,
            street2: body.street2,
            city: body.city,
            district: body.district,
            region: body.region,
            postcode: body.postcode,
            phone: body.phone,
            email: body.email,
            tax_number: body.tax_number,
        }
    }
}

impl From<&Address> for AddressBody {
    fn from(address: &Address) -> AddressBody {
        let address = address.clone();
        AddressBody {
            country: address.country,
            name: address.name,
            organisation: address.organisation,
            street: address.street,
            street2: address.street2,
            city: address.city,
            district: address.district,
            region: address.region,
            postcode: address.postcode,
            phone: address.phone,
            email: address.email,
            tax_number: address.tax_number,
        }
    }
}

/// What is to be quoted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteBody {
    /// Where everything goes.
    pub address: AddressBody,
    /// Service by consignment key; the lowest price at the door where none is said.
    #[serde(default)]
    #[schema(example = json!({"org_1f8k2m.whs_1f8k2n": "cn-line"}))]
    pub services: BTreeMap<String, String>,
    /// Currency to pay in; the cart's when not said.
    pub currency: Option<String>,
}

/// A quote.
#[derive(Serialize, ToSchema)]
pub struct QuoteAnswer {
    /// Its id: say it when ordering.
    #[schema(example = "quo_1f8k2m")]
    pub id: String,
    /// The cart.
    pub cart: String,
    /// Until when prices and stock are held.
    #[schema(format = DateTime, example = "2026-07-15T10:00:00Z")]
    pub expires_at: String,
    /// What will be charged.
    #[serde(flatten)]
    pub cost: CostView,
    /// Exchange rates used.
    pub exchange: Vec<ExchangeView>,
    /// Consignments with their landed cost.
    pub consignments: Vec<QuotedConsignment>,
}

/// An exchange rate that was used.
#[derive(Serialize, ToSchema)]
pub struct ExchangeView {
    /// Currency of the offer.
    #[schema(example = "CNY")]
    pub from: String,
    /// Currency paid in.
    #[schema(example = "EUR")]
    pub to: String,
    /// Units of `to` for one of `from`: an exact decimal.
    #[schema(example = "0.1203")]
    pub rate: String,
    /// Day of the rate.
    #[schema(format = Date, example = "2026-07-15")]
    pub date: String,
}

impl From<&orders::Exchange> for ExchangeView {
    fn from(one: &orders::Exchange) -> ExchangeView {
        let one = one.clone();
        ExchangeView { from: one.from, to: one.to, rate: one.rate, date: one.date }
    }
}

/// A consignment as quoted.
#[derive(Serialize, ToSchema)]
pub struct QuotedConsignment {
    /// Its key.
    #[schema(example = "org_1f8k2m.whs_1f8k2n")]
    pub key: String,
    /// From which country.
    #[schema(example = "CN")]
    pub from: String,
    /// Code of the service.
    #[schema(example = "cn-line")]
    pub service: String,
    /// Days of arrival.
    pub arrives: WindowView,
    /// Its lines.
    pub lines: Vec<QuotedLine>,
    /// What it costs at the door, with the dated rule behind each charge.
    pub landed: LandedView,
}

/// A line as quoted.
#[derive(Serialize, ToSchema)]
pub struct QuotedLine {
    /// The offer.
    pub offer: String,
    /// Title.
    pub title: String,
    /// Stock keeping unit.
    pub sku: String,
    /// Pieces.
    pub quantity: i64,
    /// What the buyer pays for it.
    #[serde(flatten)]
    pub cost: CostView,
}

/// The services by key. Errors: a key that is none.
pub(crate) fn choices(services: &BTreeMap<String, String>) -> Result<Vec<Choice>> {
    let choice = |(key, service): (&String, &String)| {
        let wrong = || Error::field("services", "key_format", "Keys are those of the cart's consignments.");
        let (organisation, warehouse) = key.split_once('.').ok_or_else(wrong)?;
        Ok(Choice {
            organisation: organisation.parse().map_err(|_| wrong())?,
            warehouse: warehouse.parse().map_err(|_| wrong())?,
            service: service.clone(),
        })
    };
    services.iter().map(choice).collect()
}

fn answer(quote: &Quote) -> Result<QuoteAnswer> {
    Ok(QuoteAnswer {
        id: quote.id.to_string(),
        cart: quote.cart.to_string(),
        expires_at: quote.expires_at.to_string(),
        cost: CostView::of(&quote.sums()?)?,
        exchange: quote.frozen.exchange.iter().map(ExchangeView::from).collect(),
        consignments: quote.frozen.consignments.iter().map(consignment).collect::<Result<_>>()?,
    })
}

/// A consignment as it was priced. Errors: the stored form is damaged.
pub(crate) fn consignment(one: &PlaceConsignment) -> Result<QuotedConsignment> {
    let landed: LandedCost = serde_json::from_str(&one.landed).map_err(Error::internal)?;
    let line = |line: &orders::PlaceLine| {
        let sums: &Sums = &line.sums;
        Ok(QuotedLine {
            offer: line.offer.to_string(),
            title: line.title.clone(),
            sku: line.sku.clone(),
            quantity: line.quantity,
            cost: CostView::of(sums)?,
        })
    };
    Ok(QuotedConsignment {
        key: format!("{}.{}", one.organisation, one.warehouse),
        from: one.dispatch.to_string(),
        service: one.service.clone(),
        arrives: one.arrives.into(),
        lines: one.lines.iter().map(line).collect::<Result<_>>()?,
        landed: LandedView::from(&landed),
    })
}

/// Whose unpaid holds this one is counted with: the caller's network. A caller with a key stands for many buyers and may name
/// the one it speaks for; without that nothing is counted, and the key's holder answers for what is held.
/// Errors: an address that is none.
fn buyer(visitor: &Visitor, headers: &HeaderMap) -> Result<Option<String>> {
    if visitor.actor == Actor::Guest {
        return Ok(Some(neighbourhood(&visitor.address)));
    }
    let Some(told) = header(headers, "buyer-address") else { return Ok(None) };
    let address: IpAddr = told.parse().map_err(|_| {
        Error::field("Buyer-Address", "address_format", "Write the buyer's IP address, such as 203.0.113.7.")
    })?;
    Ok(Some(neighbourhood(&address.to_string())))
}

/// Wrong parts of the address are told where they stand in the body.
pub(crate) fn placed(mut error: Error) -> Error {
    let of_address = |name: &str| name == "email" || parties::address_format::Part::named(name).is_some();
    for field in error.fields.iter_mut().filter(|field| of_address(&field.name)) {
        field.name = format!("address.{}", field.name);
    }
    error
}

/// Hold a cart's prices and stock for half an hour at most
///
/// The time is shorter (10 minutes) when more than a tenth of what is left of something is wanted, and a cart that was quoted
/// before keeps its first end. Without a key, one network address may hold about a quarter of what is left unpaid, of a few
/// pieces up to half: `hold_limit`.
#[utoipa::path(post, path = "/api/carts/{id}/quote", tag = "Checkout", request_body = QuoteBody,
    params(("id" = String, Path, description = "The cart."), ("Cart-Token" = String, Header, description = "Its token."),
        ("Buyer-Address" = Option<String>, Header, description = "With a key: the IP address of the buyer you speak for. \
            Unpaid holds are then counted by it, as they are for buyers without a key."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 201, description = "The quote: what will be charged.", body = QuoteAnswer), Changes, Limited),
    security((), ("key" = [])))]
pub async fn quote(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(id): Part,
    Json(body): Json<QuoteBody>,
) -> Answer {
    let ask = AskQuote {
        cart: reach(&headers, &id)?,
        address: body.address.into(),
        currency: maybe("currency", body.currency.as_deref())?,
        choices: choices(&body.services)?,
        from: buyer(&visitor, &headers)?,
    };
    field::<base::Country>("address.country", &ask.address.country)?;
    let quote = checkout::quote_beside(&app.store, visitor.actor, &app.world(), ask).await.map_err(placed)?;
    Ok((StatusCode::CREATED, axum::Json(answer(&quote)?)).into_response())
}
