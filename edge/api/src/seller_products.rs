//! A seller's products and their pictures by API key.

use crate::input::{Json, Part, field, maybe, media_type, whole};
use crate::refusals::{Changes, KeyReads};
use crate::seller::own;
use crate::seller_goods::own_warehouse;
use crate::view::MoneyView;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use base::{Error, Id, Result, Weight};
use catalog::{Change, Image, PictureAddress, PutProduct, PutText, PutVariant, Status};
use frame::failure::Answer;
use frame::parts::catalogue_file::catalogue_file;
use frame::parts::csv::Reader;
use frame::visitor::Visitor;
use frame::{App, upload};
use offers::{Commerce, PutGoods};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Tx;
use utoipa::ToSchema;

/// A picture that is kept.
#[derive(Serialize, ToSchema)]
pub struct MediumAnswer {
    /// Its largest size; name it in `images` of a product.
    #[schema(example = "/media/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08/1600x1200.jpg")]
    pub url: String,
    /// In pixels.
    #[schema(example = 1600)]
    pub width: u32,
    /// In pixels.
    #[schema(example = 1200)]
    pub height: u32,
    /// Every size, smallest first.
    pub sizes: Vec<String>,
}

/// A JPEG, PNG, WebP or GIF.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct PictureFile(pub Vec<u8>);

/// Send a picture
///
/// Send a JPEG, PNG, WebP or GIF as the body, 20 MB and 60 million pixels at most; its own media type (`image/png`) does as
/// well. It is turned upright, freed of place and camera, and kept in several widths. The same file again is the same picture.
#[utoipa::path(post, path = "/api/seller/media", tag = "Seller", security(("key" = [])),
    request_body(content = PictureFile, content_type = "application/octet-stream"),
    responses((status = 200, description = "The picture.", body = MediumAnswer), Changes))]
pub async fn media(State(app): State<App>, visitor: Visitor, request: Request) -> Answer {
    let own = own(&visitor)?;
    is_picture(request.headers())?;
    let file = whole(request, &app).await?;
    let url = upload::keep(&app, &visitor, own.raw(), file).await.map_err(of_the_body)?;
    let address: PictureAddress = url.parse()?;
    let sizes = address.sizes().iter().map(PictureAddress::to_string).collect();
    Ok(axum::Json(MediumAnswer { url, width: address.width, height: address.height, sizes }).into_response())
}

/// Whether a body is said to be a picture. Errors: `media_type`.
pub fn is_picture(headers: &HeaderMap) -> Result<()> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media.starts_with("image/") || media.starts_with("application/octet-stream") {
        return Ok(());
    }
    Err(media_type("Send the picture as image/jpeg, image/png, image/webp, image/gif or application/octet-stream."))
}

/// The body is the picture itself: its fields have no names to point at.
pub fn of_the_body(mut error: Error) -> Error {
    error.fields.iter_mut().for_each(|field| field.name.clear());
    error
}

/// A product as it should be. What is not said stays; `handle` makes it the same product.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"handle": "red-tea", "title": "Red tea", "status": "active", "warehouse": "cn-ningbo",
    "variants": [{"sku": "RT-1", "grams": 250, "hs": "090240", "origin": "CN", "description": "Black tea in bags",
        "price": {"minor": 1250, "currency": "EUR"}, "quantity": 40}]}))]
pub struct ProductBody {
    /// The seller's own name for it.
    pub handle: String,
    /// Language tag of `title` and `description_html`; `en` for a new product when not said.
    pub language: Option<String>,
    /// Needed for a new product.
    pub title: Option<String>,
    /// Made safe on the way in.
    pub description_html: Option<String>,
    /// Brand or maker.
    pub vendor: Option<String>,
    /// Slug of a category.
    pub category: Option<String>,
    /// Words to find it by.
    pub tags: Option<Vec<String>>,
    /// `active`, `draft` or `archived`; a new product is a draft when not said.
    pub status: Option<String>,
    /// Names of the options, three at most.
    #[serde(default)]
    pub options: Vec<String>,
    /// The cover first: addresses of pictures that were sent, or https addresses, which are fetched once.
    #[serde(default)]
    pub images: Vec<ImageBody>,
    /// Further languages, by tag.
    #[serde(default)]
    pub texts: BTreeMap<String, TextBody>,
    /// Variants to add or change; needed for a new product.
    #[serde(default)]
    pub variants: Vec<VariantBody>,
    /// Code of the own warehouse where the goods lie; needed for a price or a quantity.
    pub warehouse: Option<String>,
}

/// A picture of a product.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImageBody {
    /// Where it is.
    pub url: String,
    /// What is to be seen.
    #[serde(default)]
    pub alt: String,
}

/// A product in a further language.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextBody {
    /// Title in it.
    pub title: Option<String>,
    /// Description in it.
    pub description_html: Option<String>,
}

/// One form of a product. It is found again by its option values, else by its SKU.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantBody {
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// Values of the product's options; none for a product in one form.
    #[serde(default)]
    pub options: Vec<String>,
    /// Weight of one piece with its packing.
    #[schema(minimum = 1, maximum = 1000000)]
    pub grams: Option<i64>,
    /// Tariff code: six digits or more.
    pub hs: Option<String>,
    /// Country of origin.
    pub origin: Option<String>,
    /// What it is, for customs; English.
    pub description: Option<String>,
    /// GTIN, EAN, UPC or ISBN.
    pub barcode: Option<String>,
    /// Picture of just this form.
    pub image: Option<String>,
    /// Price, net of the destination's tax.
    pub price: Option<MoneyView>,
    /// A former price in the same currency.
    pub compare_at: Option<MoneyView>,
    /// Pieces on hand.
    #[schema(minimum = 0, maximum = 100000000)]
    pub quantity: Option<i64>,
}

/// A product that was put.
#[derive(Serialize, ToSchema)]
pub struct ProductPutAnswer {
    /// The product.
    #[schema(example = "prd_1f8k2m")]
    pub id: String,
    /// `created`, `updated` or `unchanged`, of the product itself.
    #[schema(example = "created")]
    pub change: String,
    /// Its variants, in the order they were put.
    pub variants: Vec<String>,
}

/// Make or change a product, with its prices and its stock
///
/// All of it is done, or nothing.
#[utoipa::path(put, path = "/api/seller/products", tag = "Seller", request_body = ProductBody, security(("key" = [])),
    responses((status = 200, description = "The product.", body = ProductPutAnswer), Changes))]
pub async fn put(State(app): State<App>, visitor: Visitor, Json(body): Json<ProductBody>) -> Answer {
    let own = own(&visitor)?;
    let (commerce, warehouse, category) = (commerce(&body)?, body.warehouse.clone(), body.category.clone());
    let product = product(own.raw(), body)?;
    let write = move |tx: &mut Tx| {
        let mut product = product.clone();
        if let Some(slug) = &category {
            let known = catalog::category_by_slug(tx, slug)?;
            let unknown = || Error::field("category", "unknown_category", "There is no such category.");
            product.category = Some(known.ok_or_else(unknown)?.id);
        }
        let warehouse = warehouse.as_ref().map(|code| own_warehouse(tx, own, code)).transpose()?;
        let goods = PutGoods { product, warehouse, commerce: commerce.clone(), key: tx.key() };
        offers::put_goods(tx, &goods)
    };
    let put = app.store.write_as(visitor.actor, write).await?;
    let change = match put.change {
        Change::Created => "created",
        Change::Updated => "updated",
        Change::Unchanged => "unchanged",
    };
    let variants = put.variants.iter().map(Id::to_string).collect();
    Ok(axum::Json(ProductPutAnswer { id: put.id.to_string(), change: change.into(), variants }).into_response())
}

/// The whole catalogue as a product file
///
/// What `POST /api/seller/imports` reads: sent there again it changes nothing, in an empty shop it makes the same catalogue. Written
/// while it is read, whatever its length. What stands in it is told in `docs/product-file.md`.
#[utoipa::path(get, path = "/api/seller/products.csv", tag = "Seller", security(("key" = [])),
    responses((status = 200, description = "All products of the key's organisation.", body = String,
        content_type = "text/csv"), KeyReads))]
pub async fn own_file(State(app): State<App>, visitor: Visitor) -> Answer {
    Ok(catalogue_file(&app, visitor.actor, own(&visitor)?, Reader::Machine).await?)
}

/// The whole catalogue of a seller as a product file
///
/// As `GET /api/seller/products.csv`, for any seller or for the operator's own shop.
#[utoipa::path(get, path = "/api/organisations/{id}/products.csv", tag = "Operator", security(("key" = [])),
    params(("id" = String, Path, description = "The organisation.")),
    responses((status = 200, description = "All products of the organisation.", body = String,
        content_type = "text/csv"), KeyReads))]
pub async fn any_file(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    Ok(catalogue_file(&app, visitor.actor, text.parse()?, Reader::Machine).await?)
}

fn commerce(body: &ProductBody) -> Result<Vec<Commerce>> {
    let of = |(index, variant): (usize, &VariantBody)| {
        let name = |field: &str| format!("variants[{index}].{field}");
        let read = |view: &Option<MoneyView>, field| view.as_ref().map(|view| view.read(&name(field))).transpose();
        Ok(Commerce {
            price: read(&variant.price, "price")?,
            compare_at: read(&variant.compare_at, "compare_at")?,
            quantity: variant.quantity,
        })
    };
    body.variants.iter().enumerate().map(of).collect()
}

fn product(organisation: i64, body: ProductBody) -> Result<PutProduct> {
    let unknown = || Error::field("status", "unknown_choice", "Write active, draft or archived.");
    let status = body.status.as_deref().map(|name| Status::named(name).ok_or_else(unknown)).transpose()?;
    let text = |(language, text): (String, TextBody)| PutText {
        language,
        title: text.title,
        description_html: text.description_html,
        ..PutText::default()
    };
    let variants = body.variants.into_iter().enumerate().map(|(index, one)| variant(index, one));
    Ok(PutProduct {
        organisation,
        handle: body.handle,
        language: body.language,
        title: body.title,
        description_html: body.description_html,
        vendor: body.vendor,
        tags: body.tags,
        status,
        options: body.options,
        images: body.images.into_iter().map(|image| Image { url: image.url, alt: image.alt }).collect(),
        texts: body.texts.into_iter().map(text).collect(),
        variants: variants.collect::<Result<_>>()?,
        ..PutProduct::default()
    })
}

fn variant(index: usize, body: VariantBody) -> Result<PutVariant> {
    let name = |of: &str| format!("variants[{index}].{of}");
    if body.grams.is_some_and(|grams| !(1..=base::Weight::MOST_GRAMS).contains(&grams)) {
        return Err(Error::field(name("grams"), "out_of_range", "Write a number from 1 to 1,000,000."));
    }
    if body.options.len() > 3 {
        return Err(Error::field(name("options"), "too_many", "A product has three options at most."));
    }
    let mut values = body.options.into_iter();
    let mut options: [String; 3] = std::array::from_fn(|_| values.next().unwrap_or_default());
    if options.iter().all(String::is_empty) {
        options[0] = "Default Title".to_owned();
    }
    Ok(PutVariant {
        id: None,
        sku: body.sku,
        options,
        weight: body.grams.map(Weight::grams),
        hs: maybe(&name("hs"), body.hs.as_deref())?,
        origin: body.origin.as_deref().map(|origin| field(&name("origin"), origin)).transpose()?,
        customs_description: body.description,
        barcode: body.barcode,
        image: body.image,
        tax_class: None,
        unsaid: [false; 3],
    })
}
