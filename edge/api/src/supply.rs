//! Supply prices, and putting on sale what suppliers supply: the operator's part; a supplier reads its own.

use crate::input::{Json, Query, id, limit, maybe};
use crate::orders::moment;
use crate::refusals::{Changes, KeyReads};
use crate::seller_goods::PutOfferAnswer;
use crate::view::MoneyView;
use axum::extract::State;
use axum::response::IntoResponse;
use base::{Date, Error, Id, Moment, Result};
use catalog::Variant;
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use offers::{AgreeSupply, PutOffer, SupplyPrice, SupplyRow};
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use terms::Agreement;
use utoipa::{IntoParams, ToSchema};

/// Which goods.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SupplyQuery {
    /// Terms that pay a supply price.
    #[param(example = "agr_1f8k2m")]
    agreement: String,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of a supplier's goods.
#[derive(Serialize, ToSchema)]
pub struct SupplyList {
    /// By variant.
    pub goods: Vec<SupplyAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// What the shop pays for a piece of a variant.
#[derive(Serialize, ToSchema)]
pub struct SupplyAnswer {
    /// The variant.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Title of its product.
    pub title: String,
    /// Option values, or empty.
    pub options: String,
    /// Stock keeping unit.
    pub sku: String,
    /// The supply price; none while none is agreed.
    pub price: Option<MoneyView>,
    /// Since when.
    #[schema(format = DateTime)]
    pub valid_from: Option<String>,
    /// What comes after it.
    pub next_price: Option<MoneyView>,
    /// From when.
    #[schema(format = DateTime)]
    pub next_from: Option<String>,
}

fn answer(row: &SupplyRow) -> SupplyAnswer {
    let price = |one: &Option<SupplyPrice>| one.as_ref().map(|one| one.price.into());
    let from = |one: &Option<SupplyPrice>| moment(one.as_ref().map(|one| one.valid_from));
    SupplyAnswer {
        variant: row.variant.to_string(),
        title: row.title.clone(),
        options: row.label.clone(),
        sku: row.sku.clone(),
        price: price(&row.price),
        valid_from: from(&row.price),
        next_price: price(&row.next),
        next_from: from(&row.next),
    }
}

async fn page(app: &App, visitor: &Visitor, query: SupplyQuery) -> Answer {
    let agreement: Id<Agreement> = id("agreement", &query.agreement)?;
    let (after, limit): (Option<Id<Variant>>, i64) = (maybe("after", query.after.as_deref())?, limit(query.limit)?);
    let read = move |db: &mut Read| offers::supply_prices(db, agreement, after, limit);
    let rows = app.store.read_as(visitor.actor, read).await?;
    let next = rows.last().filter(|_| rows.len() as i64 >= limit).map(|row| row.variant.to_string());
    Ok(axum::Json(SupplyList { goods: rows.iter().map(answer).collect(), next }).into_response())
}

/// List what the shop pays for own goods
///
/// Every variant, with the supply price under these terms, if one is agreed.
#[utoipa::path(get, path = "/api/seller/supply-prices", tag = "Seller", params(SupplyQuery), security(("key" = [])),
    responses((status = 200, description = "A page of goods.", body = SupplyList), KeyReads))]
pub async fn own(State(app): State<App>, visitor: Visitor, Query(query): Query<SupplyQuery>) -> Answer {
    page(&app, &visitor, query).await
}

/// List a supplier's goods with their supply prices
#[utoipa::path(get, path = "/api/supply-prices", tag = "Operator", params(SupplyQuery), security(("key" = [])),
    responses((status = 200, description = "A page of goods.", body = SupplyList), KeyReads))]
pub async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<SupplyQuery>) -> Answer {
    page(&app, &visitor, query).await
}

/// A supply price to agree.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplyBody {
    /// Terms that pay a supply price.
    #[schema(example = "agr_1f8k2m")]
    pub agreement: String,
    /// A variant of the supplier.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// For a piece, in the currency of the terms.
    pub price: MoneyView,
    /// First day, UTC; at once when not said.
    #[schema(format = Date, example = "2026-12-01")]
    pub valid_from: Option<String>,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub struct SupplyAgreed {
    /// It is a new price; else it was agreed already.
    pub changed: bool,
}

/// Agree what a supplier is paid for a piece
///
/// Orders and open quotes keep the price that they were made with.
#[utoipa::path(put, path = "/api/supply-prices", tag = "Operator", request_body = SupplyBody, security(("key" = [])),
    responses((status = 200, description = "It stands.", body = SupplyAgreed), Changes))]
pub async fn agree(State(app): State<App>, visitor: Visitor, Json(body): Json<SupplyBody>) -> Answer {
    let (agreement, variant) = (id("agreement", &body.agreement)?, id("variant", &body.variant)?);
    let (price, day) = (body.price.read("price")?, body.valid_from.as_deref().map(first_day).transpose()?);
    let write = move |tx: &mut Tx| {
        let today = tx.now().date();
        // Of today: at once.
        let valid_from = day.filter(|day| *day != today).map(Moment::at_midnight);
        let changed = offers::agree_supply(tx, &AgreeSupply { agreement, variant, price, valid_from })?;
        Ok(SupplyAgreed { changed })
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

fn first_day(text: &str) -> Result<Date> {
    let wrong = |_| Error::field("valid_from", "date_format", "Write a day, such as 2026-12-01.");
    base::time::parse_date(text).map_err(wrong)
}

/// What a supplier supplies, on sale by the shop. The same variant and warehouse again changes the price.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplyOfferBody {
    /// Terms that pay a supply price.
    #[schema(example = "agr_1f8k2m")]
    pub agreement: String,
    /// A variant of the supplier with a supply price.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Code of a warehouse of whoever ships by the terms.
    #[schema(example = "cn-ningbo")]
    pub warehouse: String,
    /// What the shop asks for it, net of the destination's tax.
    pub price: MoneyView,
    /// A former price in the same currency.
    pub compare_at: Option<MoneyView>,
}

/// Put on sale what a supplier supplies
///
/// Refused as `no_supply_price` while nothing is agreed that the supplier is paid.
#[utoipa::path(put, path = "/api/supply-offers", tag = "Operator", request_body = SupplyOfferBody, security(("key" = [])),
    responses((status = 200, description = "The offer.", body = PutOfferAnswer), Changes))]
pub async fn sell(State(app): State<App>, visitor: Visitor, Json(body): Json<SupplyOfferBody>) -> Answer {
    let (agreement, variant) = (id("agreement", &body.agreement)?, id("variant", &body.variant)?);
    let price = body.price.read("price")?;
    let compare_at = body.compare_at.as_ref().map(|view| view.read("compare_at")).transpose()?;
    let code = body.warehouse;
    let write = move |tx: &mut Tx| {
        let organisation = terms::agreement(tx, agreement)?.organisation;
        let unknown = || Error::field("warehouse", "unknown_warehouse", "There is no such warehouse.");
        let warehouse = stock::warehouse_by_code(tx, &code)?.ok_or_else(unknown)?.id;
        let put = PutOffer { variant, organisation, agreement, warehouse, price, compare_at };
        let (offer, changed) = offers::put_offer(tx, &put)?;
        Ok(PutOfferAnswer { id: offer.to_string(), changed })
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}
