//! Reading products: one with everything, a page of rows, one variant.

use crate::category::{Category, category};
use crate::product::{Image, Page, Product, ProductOption, ProductPage, ProductRow, Status, Variant};
use crate::text::Terms;
use base::{Error, HsCode, Id, Result, Weight};
use std::collections::BTreeMap;
use store::{Read, Row, params};

/// Which products a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Raw id of the owner.
    pub organisation: Option<i64>,
    /// Where they stand in the shop.
    pub category: Option<Id<Category>>,
    /// Whether they are shown.
    pub status: Option<Status>,
}

/// Products that a text leads to, newest first: those that have every word of it, or a word that begins so, in a title, the maker,
/// the handle, a SKU or a barcode. `filter` narrows them by owner and status (a category is not asked for here). `limit` at a
/// time, after the product whose raw id is `after`.
pub fn find(
    db: &mut Read,
    terms: &Terms,
    filter: &Filter,
    language: &str,
    after: Option<i64>,
    limit: i64,
) -> Result<Page<ProductRow>> {
    let (before, limit) = (after.unwrap_or(i64::MAX), limit.clamp(1, 250));
    let (owner, status) = (filter.organisation.unwrap_or(0), filter.status.map_or("", Status::name));
    let [a, b, c] = [terms.range(0), terms.range(1), terms.range(2)];
    let rows = db.query(FIND, params![before, language, limit + 1, owner, status, a.0, a.1, b.0, b.1, c.0, c.1])?;
    let rows = rows.iter().map(product_row).collect::<Result<Vec<_>>>()?;
    Ok(Page::of(rows, limit, |row| row.id.raw()))
}

/// A product in `language` (else in its own). Errors: no such product.
pub fn product(db: &mut Read, id: Id<Product>, language: &str) -> Result<ProductPage> {
    let row = db.maybe(BY_ID, params![id])?;
    page(db, row, language)
}

/// A product in the words of its owner, as it is kept: for those who edit it. Errors: no such product.
pub fn product_as_written(db: &mut Read, id: Id<Product>) -> Result<ProductPage> {
    let row = db.maybe(BY_ID, params![id])?;
    let own = row.as_ref().map(|row| row.get::<String>(4)).transpose()?.unwrap_or_default();
    page(db, row, &own)
}

/// A product by its name in addresses. Errors: no such product.
pub fn product_by_slug(db: &mut Read, slug: &str, language: &str) -> Result<ProductPage> {
    let row = db.maybe(BY_SLUG, params![slug])?;
    page(db, row, language)
}

/// The id of an owner's product, if there is one with this handle.
pub fn product_by_handle(db: &mut Read, organisation: i64, handle: &str) -> Result<Option<Id<Product>>> {
    db.maybe(BY_HANDLE, params![organisation, handle])?.map(|row| row.get(0)).transpose()
}

/// Every language a product has beside its own: tag, title, description.
pub fn texts(db: &mut Read, product: Id<Product>) -> Result<Vec<(String, String, String)>> {
    let rows = db.query(TEXTS, params![product])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// One variant, its words as its owner wrote them. Errors: no such variant.
pub fn variant(db: &mut Read, id: Id<Variant>) -> Result<Variant> {
    let row = db.maybe(VARIANT, params![id])?;
    let row = row.ok_or_else(|| Error::not_found("unknown_variant", format!("There is no variant {id}.")))?;
    read_variant(&row)
}

/// An owner's variant by SKU, the oldest if there are several.
pub fn variant_by_sku(db: &mut Read, organisation: i64, sku: &str) -> Result<Option<Variant>> {
    db.maybe(VARIANT_BY_SKU, params![organisation, sku])?.as_ref().map(read_variant).transpose()
}

/// Products newest first, `limit` at a time, after the product whose raw id is `after`.
pub fn products(
    db: &mut Read,
    filter: &Filter,
    language: &str,
    after: Option<i64>,
    limit: i64,
) -> Result<Page<ProductRow>> {
    let before = after.unwrap_or(i64::MAX);
    let limit = limit.clamp(1, 250);
    let status = filter.status.map(Status::name);
    let rows = match (filter.organisation, filter.category, status) {
        (Some(owner), None, None) => db.query(OF_OWNER, params![before, language, limit + 1, owner])?,
        (Some(owner), None, Some(status)) => {
            db.query(OF_OWNER_STATUS, params![before, language, limit + 1, owner, status])?
        }
        (Some(owner), Some(category), status) => {
            let status = status.unwrap_or("active");
            db.query(OF_OWNER_CATEGORY, params![before, language, limit + 1, owner, category, status])?
        }
        (None, Some(category), status) => {
            let status = status.unwrap_or("active");
            db.query(OF_CATEGORY, params![before, language, limit + 1, category, status])?
        }
        (None, None, Some(status)) => db.query(OF_STATUS, params![before, language, limit + 1, status])?,
        (None, None, None) => db.query(ALL, params![before, language, limit + 1])?,
    };
    let rows = rows.iter().map(product_row).collect::<Result<Vec<_>>>()?;
    Ok(Page::of(rows, limit, |row| row.id.raw()))
}

/// The list rows of these products, in their order; unknown ones are left out.
pub fn rows_of(db: &mut Read, products: &[Id<Product>], language: &str) -> Result<Vec<ProductRow>> {
    let mut rows = Vec::with_capacity(products.len());
    for product in products {
        rows.extend(db.maybe(ONE, params![product, language])?.as_ref().map(product_row).transpose()?);
    }
    Ok(rows)
}

struct Text {
    title: String,
    description_html: String,
    words: BTreeMap<String, String>,
}

// What `page` reads, in its order.
macro_rules! select_page {
    ($from:literal) => {
        concat!(
            "SELECT id, organisation, handle, slug, language, title, description_html, vendor, product_type, category,
                tags, status, options, images, created_at, updated_at ",
            $from
        )
    };
}

fn page(db: &mut Read, row: Option<Row>, language: &str) -> Result<ProductPage> {
    let row = row.ok_or_else(|| Error::not_found("unknown_product", "There is no such product."))?;
    let id: Id<Product> = row.get(0)?;
    let own: String = row.get(4)?;
    let status: String = row.get(11)?;
    let variants = db.query(VARIANTS, params![id])?.iter().map(read_variant).collect::<Result<Vec<_>>>()?;
    let names: Vec<String> = from_json(&row, 12)?;
    let images: Vec<(String, String)> = from_json(&row, 13)?;
    let place: Option<Id<Category>> = row.get(9)?;
    let mut page = ProductPage {
        id,
        organisation: row.get(1)?,
        handle: row.get(2)?,
        slug: row.get(3)?,
        language: own.clone(),
        title: row.get(5)?,
        description_html: row.get(6)?,
        vendor: row.get(7)?,
        product_type: row.get(8)?,
        category: place.map(|place| category(db, place)).transpose()?,
        tags: from_json(&row, 10)?,
        status: Status::stored(&status)?,
        images: images.into_iter().map(|(url, alt)| Image { url, alt }).collect(),
        options: options(names, &variants),
        variants,
        created_at: row.get(14)?,
        updated_at: row.get(15)?,
    };
    if own != language {
        translate(db, &mut page, language)?;
    }
    Ok(page)
}

fn translate(db: &mut Read, page: &mut ProductPage, language: &str) -> Result<()> {
    let mut texts = BTreeMap::new();
    for row in db.query(TEXTS, params![page.id])? {
        let text = Text { title: row.get(1)?, description_html: row.get(2)?, words: from_json(&row, 3)? };
        texts.insert(row.get::<String>(0)?, text);
    }
    let shown = crate::translation::shown(&page.language, texts.keys().map(String::as_str), language).to_owned();
    let Some(text) = texts.get(&shown) else { return Ok(()) };
    page.language = shown;
    page.title.clone_from(&text.title);
    if !text.description_html.is_empty() {
        page.description_html.clone_from(&text.description_html);
    }
    let say = |word: &mut String| {
        if let Some(translated) = text.words.get(word.as_str()) {
            word.clone_from(translated);
        }
    };
    for option in &mut page.options {
        say(&mut option.name);
        option.values.iter_mut().for_each(say);
    }
    page.variants.iter_mut().for_each(|variant| variant.options.iter_mut().for_each(say));
    Ok(())
}

/// The options with every value some variant has. A product in one form only has none.
fn options(names: Vec<String>, variants: &[Variant]) -> Vec<ProductOption> {
    let mut options = Vec::new();
    for (index, name) in names.into_iter().enumerate().take(3) {
        let mut values: Vec<String> = Vec::new();
        for value in variants.iter().map(|variant| &variant.options[index]) {
            if !value.is_empty() && !values.contains(value) {
                values.push(value.clone());
            }
        }
        if !values.is_empty() && values != ["Default Title"] {
            options.push(ProductOption { name, values });
        }
    }
    options
}

// What `product_row` reads, in its order.
macro_rules! select_row {
    ($from:literal) => {
        concat!(
            "SELECT p.id, p.organisation, p.handle, p.slug, COALESCE(t.title, p.title), p.vendor, p.image, p.category,
                p.status, p.updated_at, (SELECT COUNT(*) FROM catalog_variant v WHERE v.product = p.id),
                (SELECT COUNT(*) FROM catalog_variant v WHERE v.product = p.id AND v.ready = 0) ",
            $from
        )
    };
}

fn product_row(row: &Row) -> Result<ProductRow> {
    let status: String = row.get(8)?;
    Ok(ProductRow {
        id: row.get(0)?,
        organisation: row.get(1)?,
        handle: row.get(2)?,
        slug: row.get(3)?,
        title: row.get(4)?,
        vendor: row.get(5)?,
        image: row.get(6)?,
        category: row.get(7)?,
        status: Status::stored(&status)?,
        updated_at: row.get(9)?,
        variants: row.get(10)?,
        unready: row.get(11)?,
    })
}

// What `read_variant` reads, in its order; more may follow.
macro_rules! select_variant {
    ($($rest:literal),+) => {
        concat!(
            "SELECT v.id, v.product, v.sku, v.option1, v.option2, v.option3, v.weight_grams, v.hs, c.default_hs,
                v.origin, v.customs_description, v.barcode, v.image,
                CASE WHEN v.tax_class = '' THEN COALESCE(c.default_tax_class, '') ELSE v.tax_class END, v.position,
                v.ready, c.default_weight_grams ",
            $($rest),+
        )
    };
}
pub(crate) use select_variant;

pub(crate) fn read_variant(row: &Row) -> Result<Variant> {
    let own_hs: Option<HsCode> = row.get(7)?;
    let default_hs = row.get(8)?;
    let (own_weight, default_weight): (Option<Weight>, Option<Weight>) = (row.get(6)?, row.get(16)?);
    let tax_class: String = row.get(13)?;
    Ok(Variant {
        id: row.get(0)?,
        product: row.get(1)?,
        sku: row.get(2)?,
        options: [row.get(3)?, row.get(4)?, row.get(5)?],
        weight: own_weight.or(default_weight),
        weight_from_category: own_weight.is_none() && default_weight.is_some(),
        hs: own_hs.or(default_hs),
        hs_from_category: own_hs.is_none() && default_hs.is_some(),
        origin: row.get(9)?,
        customs_description: row.get(10)?,
        barcode: row.get(11)?,
        image: row.get(12)?,
        tax_class: if tax_class.is_empty() { "standard".to_owned() } else { tax_class },
        position: row.get(14)?,
        ready: row.get(15)?,
    })
}

fn from_json<T: serde::de::DeserializeOwned>(row: &Row, index: usize) -> Result<T> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text).map_err(Error::internal)
}

const BY_ID: &str = select_page!("FROM catalog_product WHERE id = $1");
const BY_SLUG: &str = select_page!("FROM catalog_product WHERE slug = $1");
const BY_HANDLE: &str = "SELECT id FROM catalog_product WHERE organisation = $1 AND handle = $2";
pub(crate) const TEXTS: &str =
    "SELECT language, title, description_html, words FROM catalog_text WHERE product = $1 ORDER BY language";
const VARIANTS: &str = select_variant!("FROM catalog_variant v JOIN catalog_product p ON p.id = v.product LEFT JOIN catalog_category c ON c.id = p.category
    WHERE v.product = $1 ORDER BY v.position, v.id");
const VARIANT: &str = select_variant!("FROM catalog_variant v JOIN catalog_product p ON p.id = v.product LEFT JOIN catalog_category c ON c.id = p.category
    WHERE v.id = $1");
const VARIANT_BY_SKU: &str = select_variant!("FROM catalog_variant v JOIN catalog_product p ON p.id = v.product LEFT JOIN catalog_category c ON c.id = p.category
    WHERE v.organisation = $1 AND v.sku = $2 ORDER BY v.id LIMIT 1");
const ONE: &str = select_row!(
    "FROM catalog_product p LEFT JOIN catalog_text t ON t.product = p.id AND t.language = $2
    WHERE p.id = $1"
);
const ALL: &str = select_row!(
    "FROM catalog_product p LEFT JOIN catalog_text t ON t.product = p.id AND t.language = $2
    WHERE p.id < $1 ORDER BY p.id DESC LIMIT $3"
);
const OF_OWNER: &str = select_row!(
    "FROM catalog_product p LEFT JOIN catalog_text t ON t.product = p.id AND t.language = $2
    WHERE p.organisation = $4 AND p.id < $1 ORDER BY p.id DESC LIMIT $3"
);
const OF_OWNER_STATUS: &str = select_row!(
    "FROM catalog_product p LEFT JOIN catalog_text t ON t.product = p.id AND t.language = $2
    WHERE p.organisation = $4 AND p.status = $5 AND p.id < $1 ORDER BY p.id DESC LIMIT $3"
);
const OF_OWNER_CATEGORY: &str = select_row!(
    "FROM catalog_product p LEFT JOIN catalog_text t ON t.product = p.id AND t.language = $2
    WHERE p.organisation = $4 AND p.category = $5 AND p.status = $6 AND p.id < $1 ORDER BY p.id DESC LIMIT $3"
);
const OF_CATEGORY: &str = select_row!(
    "FROM catalog_product p LEFT JOIN catalog_text t ON t.product = p.id AND t.language = $2
    WHERE p.category = $4 AND p.status = $5 AND p.id < $1 ORDER BY p.id DESC LIMIT $3"
);
const OF_STATUS: &str = select_row!(
    "FROM catalog_product p LEFT JOIN catalog_text t ON t.product = p.id AND t.language = $2
    WHERE p.status = $4 AND p.id < $1 ORDER BY p.id DESC LIMIT $3"
);
const FIND: &str = select_row!(
    "FROM catalog_product p LEFT JOIN catalog_text t ON t.product = p.id AND t.language = $2
    WHERE p.id IN (SELECT w.product FROM catalog_word w WHERE w.word >= $6 AND w.word < $7)
    AND EXISTS (SELECT 1 FROM catalog_word w WHERE w.product = p.id AND w.word >= $8 AND w.word < $9)
    AND EXISTS (SELECT 1 FROM catalog_word w WHERE w.product = p.id AND w.word >= $10 AND w.word < $11)
    AND p.id < $1 AND ($4 = 0 OR p.organisation = $4) AND ($5 = '' OR p.status = $5) ORDER BY p.id DESC LIMIT $3"
);
