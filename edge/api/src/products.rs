//! What is on sale, with the price at one buyer's door.

use crate::input::{Part, Query, field, id};
use crate::refusals::Reads;
use crate::view::{CostView, MoneyView, SupplyView, WhyView, WindowView};
use axum::extract::State;
use axum::response::IntoResponse;
use base::{Country, Currency, Error, Id, Result};
use catalog::{Category, Image, ProductPage, Status};
use door::{Ask, DoorPrice, Unsold};
use frame::App;
use frame::failure::Answer;
use offers::OfferFacts;
use search::{Hit, Page, Sort};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use store::Read;
use utoipa::{IntoParams, ToSchema};

/// For whom prices are made, and what is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Words.
    #[param(example = "travel adapter")]
    q: Option<String>,
    /// Name of a category in addresses; goods of any of several, with commas between them.
    #[param(example = "cups,teapots")]
    category: Option<String>,
    /// Id of a seller, or of several.
    seller: Option<String>,
    /// Country to deliver to.
    #[param(example = "DE")]
    destination: String,
    /// State or province where the law differs.
    region: Option<String>,
    /// Currency of the prices.
    #[param(example = "EUR")]
    currency: String,
    /// Language of the titles; English when not said.
    #[param(example = "en")]
    language: Option<String>,
    /// `relevance`, `door_price`, `arrival` or `newest`.
    #[param(example = "door_price")]
    sort: Option<String>,
    /// Lowest price at the door, in minor units.
    #[param(minimum = 0)]
    min_door_price: Option<i64>,
    /// Highest price at the door, in minor units.
    #[param(minimum = 0)]
    max_door_price: Option<i64>,
    /// Sent from this country, or one of these.
    #[param(example = "CN,PL")]
    ships_from: Option<String>,
    /// At the door on this day at the latest.
    #[param(format = Date)]
    arrives_by: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 24 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<usize>,
}

/// A page of products.
#[derive(Serialize, ToSchema)]
pub struct ProductList {
    /// In order.
    pub products: Vec<ProductHit>,
    /// Products on all pages.
    pub total: usize,
    /// Products found that cannot be sent to this buyer, or are sold out.
    pub unsold: usize,
    /// Ask with `after` for what follows; none at the end.
    pub next: Option<String>,
}

/// A product in a list, by its offer with the lowest price at the door.
#[derive(Serialize, ToSchema)]
pub struct ProductHit {
    /// Its id.
    #[schema(example = "prd_1f8k2m")]
    pub id: String,
    /// Its name in addresses.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Language of the title.
    pub language: String,
    /// Picture, or empty.
    pub image: String,
    /// The offer.
    #[schema(example = "ofr_1f8k2m")]
    pub offer: String,
    /// Who sells.
    pub seller: String,
    /// From which country.
    pub from: String,
    /// The seller's price, before delivery, duty and tax.
    pub price: MoneyView,
    /// What it is supplied from.
    pub supply: SupplyView,
    /// What one piece costs at the door.
    pub door: DoorView,
}

/// A price at the door.
#[derive(Serialize, ToSchema)]
pub struct DoorView {
    /// Its parts.
    #[serde(flatten)]
    pub cost: CostView,
    /// Days of arrival.
    pub arrives: WindowView,
    /// Code of the delivery service.
    pub service: String,
    /// `guaranteed` or `estimate`.
    pub certainty: String,
    /// `at_checkout`, `at_border` or `mixed`.
    pub collected: String,
}

impl From<&DoorPrice> for DoorView {
    fn from(door: &DoorPrice) -> DoorView {
        DoorView {
            cost: door.into(),
            arrives: door.arrives.into(),
            service: door.service.code.clone(),
            certainty: door.certainty.name().to_owned(),
            collected: door.collected.name().to_owned(),
        }
    }
}

fn hit(app: &App, hit: &Hit) -> ProductHit {
    ProductHit {
        id: hit.product.to_string(),
        slug: hit.slug.clone(),
        title: hit.title.clone(),
        language: hit.language.clone(),
        image: picture(app, &hit.image),
        offer: hit.offer.to_string(),
        seller: hit.organisation_name.clone(),
        from: hit.dispatch.to_string(),
        price: hit.price.into(),
        supply: hit.supply.into(),
        door: (&hit.door).into(),
    }
}

fn picture(app: &App, source: &str) -> String {
    if source.is_empty() { String::new() } else { app.assets.picture(source) }
}

async fn asked(app: &App, query: ListQuery) -> Result<search::Query> {
    let destination: Country = field("destination", &query.destination)?;
    let currency: Currency = field("currency", &query.currency)?;
    let sort = query.sort.as_deref().filter(|text| !text.is_empty()).map(|name| {
        let say = "Sort by relevance, door_price, arrival or newest.";
        Sort::named(name).ok_or_else(|| Error::field("sort", "unknown_choice", say))
    });
    let limit = query.limit.unwrap_or(24);
    if !(1..=250).contains(&limit) {
        return Err(Error::field("limit", "out_of_range", "Ask for 1 to 250 at a time."));
    }
    let categories = match query.category.as_deref().map(named).unwrap_or_default() {
        slugs if slugs.is_empty() => Vec::new(),
        slugs => app.store.read(move |db| slugs.iter().map(|slug| category(db, slug)).collect()).await?,
    };
    Ok(search::Query {
        text: query.q.unwrap_or_default(),
        language: query.language.unwrap_or_else(|| "en".into()),
        categories,
        sellers: several("seller", query.seller.as_deref())?,
        region: query.region.unwrap_or_default(),
        min_door_price: query.min_door_price,
        max_door_price: query.max_door_price,
        ships_from: several("ships_from", query.ships_from.as_deref())?,
        arrives_by: query.arrives_by.as_deref().map(base::time::parse_date).transpose()?,
        sort: sort.transpose()?.unwrap_or(Sort::Relevance),
        after: query.after,
        limit,
        ..search::Query::to(destination, currency)
    })
}

/// What stands between commas.
fn named(list: &str) -> Vec<String> {
    list.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn several<T: FromStr<Err = Error>>(name: &str, list: Option<&str>) -> Result<Vec<T>> {
    named(list.unwrap_or_default()).iter().map(|text| field(name, text)).collect()
}

fn category(db: &mut Read, slug: &str) -> Result<Id<Category>> {
    let say = "There is no such category.";
    let found = catalog::category_by_slug(db, slug)?;
    found.map(|category| category.id).ok_or_else(|| Error::field("category", "unknown_category", say))
}

/// Find products by words, shelf and price at the door
#[utoipa::path(get, path = "/api/products", tag = "Products", params(ListQuery),
    responses((status = 200, description = "A page of products.", body = ProductList), Reads))]
pub async fn list(State(app): State<App>, Query(query): Query<ListQuery>) -> Answer {
    let query = asked(&app, query).await?;
    let page: Page = search::search(&app.shelf, &app.world(), &query)?;
    let answer = ProductList {
        products: page.hits.iter().map(|one| hit(&app, one)).collect(),
        total: page.total,
        unsold: page.unsold,
        next: page.next,
    };
    Ok(axum::Json(answer).into_response())
}

/// For whom prices are made.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DoorQuery {
    /// Country to deliver to.
    #[param(example = "DE")]
    destination: String,
    /// State or province where the law differs.
    region: Option<String>,
    /// Currency of the prices.
    #[param(example = "EUR")]
    currency: String,
    /// Language of the texts; English when not said.
    #[param(example = "en")]
    language: Option<String>,
    /// Pieces that prices are for; 1 when not said.
    #[param(minimum = 1, maximum = 9999)]
    quantity: Option<i64>,
}

/// A product with every offer of it.
#[derive(Serialize, ToSchema)]
pub struct ProductAnswer {
    /// Its id.
    #[schema(example = "prd_1f8k2m")]
    pub id: String,
    /// Its name in addresses.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Language of the texts.
    pub language: String,
    /// Description, as safe HTML.
    pub description_html: String,
    /// Brand or maker.
    pub vendor: String,
    /// Name of its category in addresses.
    pub category: Option<String>,
    /// Pictures, the cover first.
    pub images: Vec<ImageView>,
    /// Offers, by variant.
    pub offers: Vec<OfferAnswer>,
}

/// A picture.
#[derive(Serialize, ToSchema)]
pub struct ImageView {
    /// Where it is.
    pub url: String,
    /// What is to be seen.
    pub alt: String,
}

/// An offer of a product.
#[derive(Serialize, ToSchema)]
pub struct OfferAnswer {
    /// Its id: put it into a cart.
    #[schema(example = "ofr_1f8k2m")]
    pub offer: String,
    /// What is sold.
    #[schema(example = "var_1f8k2m")]
    pub variant: String,
    /// Option values, or empty.
    pub options: String,
    /// Stock keeping unit.
    pub sku: String,
    /// Who sells.
    pub seller: String,
    /// From which country.
    pub from: String,
    /// The seller's price, before delivery, duty and tax.
    pub price: MoneyView,
    /// A former price.
    pub compare_at: Option<MoneyView>,
    /// What it is supplied from.
    pub supply: SupplyView,
    /// Pieces that can be sold now, with those that do not lie there yet.
    pub available: i64,
    /// What the pieces cost at the door; none if they cannot be sent there.
    pub door: Option<DoorView>,
    /// Why they cannot be sent there.
    pub reasons: Vec<WhyView>,
}

fn product(app: &App, page: ProductPage, offers: Vec<OfferAnswer>) -> ProductAnswer {
    let image = |image: &Image| ImageView { url: picture(app, &image.url), alt: image.alt.clone() };
    ProductAnswer {
        id: page.id.to_string(),
        images: page.images.iter().map(image).collect(),
        slug: page.slug,
        title: page.title,
        language: page.language,
        description_html: page.description_html,
        vendor: page.vendor,
        category: page.category.map(|category| category.slug),
        offers,
    }
}

fn offer(facts: &OfferFacts, price: &Result<DoorPrice, Unsold>) -> OfferAnswer {
    OfferAnswer {
        offer: facts.offer.to_string(),
        variant: facts.variant.to_string(),
        options: facts.label.clone(),
        sku: facts.sku.clone(),
        seller: facts.seller_name.to_string(),
        from: facts.dispatch.to_string(),
        price: facts.price.into(),
        compare_at: facts.compare_at.map(MoneyView::from),
        supply: facts.supply.into(),
        available: facts.available.max(0),
        door: price.as_ref().ok().map(DoorView::from),
        reasons: price
            .as_ref()
            .err()
            .map(|unsold| unsold.reasons.iter().map(WhyView::from).collect())
            .unwrap_or_default(),
    }
}

/// See a product and every offer of it, priced at the door
#[utoipa::path(get, path = "/api/products/{product}", tag = "Products",
    params(("product" = String, Path, description = "Its name in addresses, or its id."), DoorQuery),
    responses((status = 200, description = "The product.", body = ProductAnswer), Reads))]
pub async fn show(State(app): State<App>, Part(name): Part, Query(query): Query<DoorQuery>) -> Answer {
    let destination: Country = field("destination", &query.destination)?;
    let currency: Currency = field("currency", &query.currency)?;
    let quantity = query.quantity.unwrap_or(1);
    if !(1..=checkout::QUANTITY_MAX).contains(&quantity) {
        return Err(Error::field("quantity", "out_of_range", "Ask for 1 to 9999 pieces.").into());
    }
    let language = query.language.unwrap_or_else(|| "en".into());
    let (page, facts) = app
        .store
        .read(move |db| {
            let page = match name.starts_with("prd_") {
                true => catalog::product(db, id("product", &name).map_err(|_| unknown())?, &language)?,
                false => catalog::product_by_slug(db, &name, &language)?,
            };
            if page.status != Status::Active {
                return Err(unknown());
            }
            let facts = offers::facts_of_product(db, page.id)?;
            Ok((page, facts))
        })
        .await?;
    let (world, region) = (app.world(), query.region.unwrap_or_default());
    let mut desk = door::Desk::new(&world, Ask { destination, region: &region, currency, service: None });
    let on_sale = facts.iter().filter(|facts| facts.on_sale);
    let offers = on_sale.map(|facts| offer(facts, &desk.price(facts, quantity))).collect();
    Ok(axum::Json(product(&app, page, offers)).into_response())
}

fn unknown() -> Error {
    Error::not_found("unknown_product", "There is no such product.")
}
