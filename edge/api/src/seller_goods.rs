//! A seller's offers, stock, product files and customs facts by API key.

use crate::input::{Json, Part, Query, field, id, idempotency_key, limit, maybe};
use crate::refusals::{Changes, KeyReads};
use crate::seller::own;
use crate::view::{MoneyView, SupplyView};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use base::{Error, Id, Result, Weight};
use catalog::{SetCustomsFacts, Terms, Unready, Variant};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use offers::{Offer, OfferFilter, OfferRow, PutOffer, SetPrice, SetSupply, Status};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use stock::{Move, Shelf, StockRow, Warehouse};
use store::{Read, Tx};
use terms::Agreement;
use utoipa::{IntoParams, ToSchema};

/// A page of a list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of offers.
#[derive(Serialize, ToSchema)]
pub struct OfferList {
    /// By id.
    pub offers: Vec<OwnOffer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// An own offer.
#[derive(Serialize, ToSchema)]
pub struct OwnOffer {
    /// Its id.
    #[schema(example = "ofr_1f8k2m")]
    pub id: String,
    /// What is sold.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Title of the product.
    pub title: String,
    /// Option values, or empty.
    pub options: String,
    /// Stock keeping unit.
    pub sku: String,
    /// Code of the warehouse.
    pub warehouse: String,
    /// Price, net of the destination's tax.
    pub price: MoneyView,
    /// A former price.
    pub compare_at: Option<MoneyView>,
    /// `active` or `paused`.
    #[schema(example = "active")]
    pub status: String,
    /// What it is supplied from.
    pub supply: SupplyView,
    /// Pieces that may be open at once, or are still to come, besides those that lie there.
    pub capacity: i64,
    /// Pieces that can be sold now.
    pub available: i64,
    /// Nothing that customs asks for is missing.
    pub customs_ready: bool,
}

fn offer_row(row: &OfferRow) -> OwnOffer {
    OwnOffer {
        id: row.offer.id.to_string(),
        variant: row.offer.variant.to_string(),
        title: row.title.clone(),
        options: row.label.clone(),
        sku: row.sku.clone(),
        warehouse: row.warehouse_code.clone(),
        price: row.offer.price.into(),
        compare_at: row.offer.compare_at.map(MoneyView::from),
        status: row.offer.status.name().to_owned(),
        supply: row.supply.into(),
        capacity: row.capacity,
        available: row.available,
        customs_ready: row.ready,
    }
}

/// Which offers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OffersQuery {
    /// Words of a title, a maker, a handle, a SKU or a barcode; the beginning of a word is enough.
    #[param(example = "tea cup")]
    q: Option<String>,
    /// `active` or `paused`; both when not said.
    status: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// List own offers
#[utoipa::path(get, path = "/api/seller/offers", tag = "Seller", params(OffersQuery), security(("key" = [])),
    responses((status = 200, description = "A page of offers.", body = OfferList), KeyReads))]
pub async fn offers(State(app): State<App>, visitor: Visitor, Query(query): Query<OffersQuery>) -> Answer {
    let (own, limit) = (own(&visitor)?, limit(query.limit)?);
    let after: Option<Id<Offer>> = maybe("after", query.after.as_deref())?;
    let unknown = || Error::field("status", "unknown_choice", "Ask for active or paused.");
    let named = query.status.filter(|name| !name.is_empty());
    let status = named.map(|name| offers::Status::named(&name).ok_or_else(unknown)).transpose()?;
    let filter = OfferFilter { text: Terms::of(query.q.as_deref().unwrap_or_default()), status };
    let read = move |db: &mut Read| offers::offers_of_organisation(db, own, &filter, after, limit);
    let rows = app.store.read_as(visitor.actor, read).await?;
    let next = rows.last().filter(|_| rows.len() as i64 >= limit).map(|row| row.offer.id.to_string());
    Ok(axum::Json(OfferList { offers: rows.iter().map(offer_row).collect(), next }).into_response())
}

/// An offer: a variant from a warehouse at a price. The same variant and warehouse again changes the offer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferBody {
    /// What is sold.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Code of an own warehouse.
    #[schema(example = "cn-ningbo")]
    pub warehouse: String,
    /// Price, net of the destination's tax.
    pub price: MoneyView,
    /// A former price in the same currency.
    pub compare_at: Option<MoneyView>,
    /// `active` or `paused`; as it is when not said.
    pub status: Option<String>,
    /// What it is supplied from; as it is when not said, and from stock at first.
    pub supply: Option<SupplyView>,
    /// With `supply`: pieces that may be open at once (made; 1,000 when never said), or are to come (preorder; needed at first).
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub capacity: Option<i64>,
    /// The agreement with the operator that it is sold under; the one in force when not said.
    #[schema(example = "agr_1f8k2m")]
    pub agreement: Option<String>,
}

/// Put a variant on sale, or change its price
#[utoipa::path(put, path = "/api/seller/offers", tag = "Seller", request_body = OfferBody, security(("key" = [])),
    responses((status = 200, description = "The offer.", body = PutOfferAnswer), Changes))]
pub async fn put_offer(State(app): State<App>, visitor: Visitor, Json(body): Json<OfferBody>) -> Answer {
    let own = own(&visitor)?;
    let variant: Id<Variant> = id("variant", &body.variant)?;
    let price = body.price.read("price")?;
    let compare_at = body.compare_at.as_ref().map(|view| view.read("compare_at")).transpose()?;
    let status = match body.status.as_deref() {
        None => None,
        Some(name) => Some(
            Status::named(name).ok_or_else(|| Error::field("status", "unknown_choice", "Write active or paused."))?,
        ),
    };
    let supply = body.supply.as_ref().map(SupplyView::read).transpose()?;
    let capacity = body.capacity;
    let named: Option<Id<Agreement>> = maybe("agreement", body.agreement.as_deref())?;
    let code = body.warehouse;
    let write = move |tx: &mut Tx| {
        reach(tx, own, variant)?;
        let warehouse = own_warehouse(tx, own, &code)?;
        let agreement = terms::choose(tx, own, named)?;
        let put = PutOffer { variant, organisation: own, agreement, warehouse, price, compare_at };
        let (offer, mut changed) = offers::put_offer(tx, &put)?;
        if let Some(supply) = supply {
            changed |= offers::set_supply(tx, &SetSupply { offer, supply, capacity }).map_err(SupplyView::within)?;
        }
        offers::set_price(tx, &SetPrice { offer, price, compare_at })?;
        if let Some(status) = status {
            offers::set_status(tx, offer, status)?;
        }
        Ok(PutOfferAnswer { id: offer.to_string(), changed })
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// An offer that was put.
#[derive(Serialize, ToSchema)]
pub struct PutOfferAnswer {
    /// The offer.
    #[schema(example = "ofr_1f8k2m")]
    pub id: String,
    /// Something of it is new.
    pub changed: bool,
}

/// Errors: `unknown_variant` for another seller's.
fn reach(db: &mut Read, own: Id<Organisation>, variant: Id<Variant>) -> Result<()> {
    let known = catalog::facts(db, &[variant])?;
    if known.iter().all(|facts| facts.organisation == own.raw()) {
        return Ok(());
    }
    Err(Error::not_found("unknown_variant", "There is no such variant."))
}

/// An own warehouse by its code. Errors: invalid, naming the field.
pub fn own_warehouse(db: &mut Read, own: Id<Organisation>, code: &str) -> Result<Id<Warehouse>> {
    let found = stock::warehouse_by_code(db, code)?.filter(|warehouse| warehouse.organisation == own.raw());
    let say = "There is no such warehouse of yours.";
    found.map(|warehouse| warehouse.id).ok_or_else(|| Error::field("warehouse", "unknown_warehouse", say))
}

/// A page of stock.
#[derive(Serialize, ToSchema)]
pub struct StockList {
    /// By variant and warehouse.
    pub stock: Vec<StockAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// What lies of a variant in a warehouse.
#[derive(Serialize, ToSchema)]
pub struct StockAnswer {
    /// The variant.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Code of the warehouse.
    pub warehouse: String,
    /// Title of the product.
    pub title: String,
    /// Stock keeping unit.
    pub sku: String,
    /// Lying there.
    pub on_hand: i64,
    /// Sold though they do not lie there: made when they are ordered, or coming.
    pub promised: i64,
    /// Reserved, of both.
    pub held: i64,
    /// What can be sold.
    pub available: i64,
}

fn stock_row(row: &StockRow) -> StockAnswer {
    StockAnswer {
        variant: row.level.variant.to_string(),
        warehouse: row.warehouse_code.clone(),
        title: row.title.clone(),
        sku: row.sku.clone(),
        on_hand: row.level.on_hand,
        promised: row.level.promised,
        held: row.level.held,
        available: row.level.available,
    }
}

/// A cursor of two ids: `var_….whs_…`.
fn stock_cursor(text: Option<&str>) -> Result<Option<(Id<Variant>, Id<Warehouse>)>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let wrong = || Error::field("after", "unknown_cursor", "Send the `next` of the page before.");
    let (variant, warehouse) = text.split_once('.').ok_or_else(wrong)?;
    Ok(Some((variant.parse().map_err(|_| wrong())?, warehouse.parse().map_err(|_| wrong())?)))
}

/// Which stock.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StockQuery {
    /// Words of a title, a maker, a handle, a SKU or a barcode; the beginning of a word is enough.
    #[param(example = "tea cup")]
    q: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// List own stock
#[utoipa::path(get, path = "/api/seller/stock", tag = "Seller", params(StockQuery), security(("key" = [])),
    responses((status = 200, description = "A page of stock.", body = StockList), KeyReads))]
pub async fn stock(State(app): State<App>, visitor: Visitor, Query(query): Query<StockQuery>) -> Answer {
    let (own, limit) = (own(&visitor)?, limit(query.limit)?);
    let after = stock_cursor(query.after.as_deref())?;
    let terms = Terms::of(query.q.as_deref().unwrap_or_default());
    let read = move |db: &mut Read| {
        let shelf = terms.as_ref().map_or(Shelf::Organisation(own.raw()), |terms| Shelf::Found(own.raw(), terms));
        stock::list(db, shelf, after, limit)
    };
    let rows = app.store.read_as(visitor.actor, read).await?;
    let last = rows.last().filter(|_| rows.len() as i64 >= limit);
    let next = last.map(|row| format!("{}.{}", row.level.variant, row.level.warehouse));
    Ok(axum::Json(StockList { stock: rows.iter().map(stock_row).collect(), next }).into_response())
}

/// A change of stock that no sale makes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StockBody {
    /// The variant.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Code of an own warehouse.
    #[schema(example = "cn-ningbo")]
    pub warehouse: String,
    /// `receive` adds, `adjust` adds or takes away, `count` says how many there are.
    #[schema(example = "receive")]
    pub deed: String,
    /// Pieces.
    #[schema(minimum = -100000000, maximum = 100000000, example = 40)]
    pub quantity: i64,
    /// Why, for the history.
    pub reason: Option<String>,
}

/// Receive, count or adjust stock
#[utoipa::path(post, path = "/api/seller/stock", tag = "Seller", request_body = StockBody, security(("key" = [])),
    params(("Idempotency-Key" = String, Header, description = "The same key and body get the first answer again, for 24 hours; another body is refused.")),
    responses((status = 200, description = "What lies there now.", body = LevelAnswer), Changes))]
pub async fn move_stock(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Json(body): Json<StockBody>,
) -> Answer {
    let (own, key) = (own(&visitor)?, idempotency_key(&headers)?);
    let variant: Id<Variant> = id("variant", &body.variant)?;
    let write = move |tx: &mut Tx| {
        reach(tx, own, variant)?;
        let warehouse = own_warehouse(tx, own, &body.warehouse)?;
        let command = Move {
            warehouse,
            variant,
            quantity: body.quantity,
            key: format!("api:{}:{key}", own.raw()),
            reason: body.reason.clone().unwrap_or_else(|| "by_api".into()),
        };
        match body.deed.as_str() {
            "receive" => stock::receive(tx, &command)?,
            "adjust" => stock::adjust(tx, &command)?,
            "count" => drop(stock::set_on_hand(tx, &command)?),
            _ => return Err(Error::field("deed", "unknown_choice", "Write receive, adjust or count.")),
        }
        let levels = stock::levels(tx, &[variant])?;
        let level = levels.into_iter().find(|level| level.warehouse == warehouse);
        let level = level.ok_or_else(|| Error::internal("stock that was moved has no level"))?;
        let stock::Level { on_hand, promised, held, available, .. } = level;
        Ok(LevelAnswer { on_hand, promised, held, available })
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// Pieces of one variant in one warehouse.
#[derive(Serialize, ToSchema)]
pub struct LevelAnswer {
    /// Lying there.
    pub on_hand: i64,
    /// Sold though they do not lie there: made when they are ordered, or coming.
    pub promised: i64,
    /// Reserved, of both.
    pub held: i64,
    /// What can be sold.
    pub available: i64,
}

/// A page of variants that lack something.
#[derive(Serialize, ToSchema)]
pub struct ReadinessList {
    /// Oldest first.
    pub variants: Vec<UnreadyAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// A variant that cannot cross a border yet.
#[derive(Serialize, ToSchema)]
pub struct UnreadyAnswer {
    /// The variant.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Title of its product.
    pub title: String,
    /// Stock keeping unit.
    pub sku: String,
    /// What it lacks: `hs_missing`, `origin_missing`, `description_missing`, `weight_missing`.
    pub missing: Vec<String>,
}

fn unready(row: &Unready) -> UnreadyAnswer {
    UnreadyAnswer {
        variant: row.variant.id.to_string(),
        title: row.title.clone(),
        sku: row.variant.sku.clone(),
        missing: row.missing.iter().map(|missing| missing.code().to_owned()).collect(),
    }
}

/// List own variants that lack something customs asks for
#[utoipa::path(get, path = "/api/seller/readiness", tag = "Seller", params(PageQuery), security(("key" = [])),
    responses((status = 200, description = "A page of variants.", body = ReadinessList), KeyReads))]
pub async fn readiness(State(app): State<App>, visitor: Visitor, Query(query): Query<PageQuery>) -> Answer {
    let (own, limit) = (own(&visitor)?, limit(query.limit)?);
    let after: Option<Id<Variant>> = maybe("after", query.after.as_deref())?;
    let read = move |db: &mut Read| catalog::readiness_list(db, Some(own.raw()), after.map(Id::raw), limit);
    let page = app.store.read_as(visitor.actor, read).await?;
    let next = page.next.map(|raw| Id::<Variant>::from_raw(raw).to_string());
    Ok(axum::Json(ReadinessList { variants: page.rows.iter().map(unready).collect(), next }).into_response())
}

/// What customs asks for. What is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"hs": "610910", "origin": "CN", "description": "Cotton T-shirt", "grams": 180}))]
pub struct CustomsBody {
    /// Tariff code: six digits or more.
    pub hs: Option<String>,
    /// Country of origin.
    pub origin: Option<String>,
    /// What it is, in English.
    pub description: Option<String>,
    /// Weight of one piece with its packing.
    #[schema(minimum = 1, maximum = 1000000)]
    pub grams: Option<i64>,
    /// Fill the product's other variants that lack it, too.
    #[serde(default)]
    pub fill_siblings: bool,
}

/// A variant's customs facts as they are now.
#[derive(Serialize, ToSchema)]
pub struct CustomsAnswer {
    /// The variant.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Tariff code.
    pub hs: Option<String>,
    /// Country of origin.
    pub origin: Option<String>,
    /// What it is.
    pub description: String,
    /// Weight of one piece.
    pub grams: Option<i64>,
    /// Nothing is missing.
    pub ready: bool,
}

/// Say what customs asks about a variant
#[utoipa::path(put, path = "/api/seller/variants/{id}/customs", tag = "Seller", request_body = CustomsBody,
    params(("id" = String, Path, description = "The variant.")), security(("key" = [])),
    responses((status = 200, description = "The facts now.", body = CustomsAnswer), Changes))]
pub async fn customs(
    State(app): State<App>,
    visitor: Visitor,
    Part(text): Part,
    Json(body): Json<CustomsBody>,
) -> Answer {
    let (own, variant) = (own(&visitor)?, text.parse::<Id<Variant>>()?);
    if body.grams.is_some_and(|grams| !(1..=Weight::MOST_GRAMS).contains(&grams)) {
        return Err(Error::field("grams", "out_of_range", "Write a number from 1 to 1,000,000.").into());
    }
    let set = SetCustomsFacts {
        hs: body.hs.as_deref().map(|hs| field("hs", hs)).transpose()?,
        origin: body.origin.as_deref().map(|origin| field("origin", origin)).transpose()?,
        description: body.description,
        weight: body.grams.map(Weight::grams),
        fill_siblings: body.fill_siblings,
    };
    let write = move |tx: &mut Tx| {
        reach(tx, own, variant)?;
        catalog::set_customs_facts(tx, variant, &set)?;
        let now = catalog::variant(tx, variant)?;
        Ok(CustomsAnswer {
            variant: variant.to_string(),
            hs: now.hs.map(|hs| hs.to_string()),
            origin: now.origin.map(|origin| origin.to_string()),
            description: now.customs_description,
            grams: now.weight.map(|weight| weight.grams),
            ready: now.ready,
        })
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}
