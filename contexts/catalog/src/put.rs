//! Putting a product: it is made, changed or found to be the same. What is left out of a put stays as it was.

use crate::category::Category;
use crate::event::ProductChanged;
use crate::fetch;
use crate::html;
use crate::media::{check_own, is_remote, with_kept};
use crate::plain::{HANDLE_LETTERS, TITLE_LETTERS, WORD_LETTERS};
use crate::product::{Product, Status, Variant};
use crate::put_variant::{Step, plan_variants, write_variants};
use crate::tidy::tidied;
use crate::uses::{self, names_any};
use crate::wanted::{PutProduct, PutText, PutVariant};
use base::{Error, Id, Permission, Result};
use std::collections::BTreeMap;
use store::{Row, Tx, params};

/// What a put did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new product.
    Created,
    /// Something differs now.
    Updated,
    /// It was so already.
    Unchanged,
}

/// The answer to a put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The product.
    pub id: Id<Product>,
    /// Its variants, in the order they were put.
    pub variants: Vec<Id<Variant>>,
    /// What happened.
    pub change: Change,
}

/// A product as its row holds it: two that are equal need no writing.
#[derive(Clone, PartialEq)]
struct Stored {
    language: String,
    title: String,
    description_html: String,
    vendor: String,
    product_type: String,
    category: Option<Id<Category>>,
    tags: String,
    status: Status,
    options: String,
    image: String,
    images: String,
}

impl Stored {
    fn names_pictures(&self) -> bool {
        names_any(&self.images) || names_any(&self.description_html)
    }

    /// Descriptions are clean, so that a source stands there in one way only.
    fn has_pictures_elsewhere(&self) -> bool {
        let elsewhere =
            |text: &str, before: &str| text.match_indices(before).any(|(at, _)| is_remote(&text[at + before.len()..]));
        elsewhere(&self.images, "[\"") || elsewhere(&self.description_html, " src=\"")
    }
}

/// Makes or changes a product with its variants, as its owner or the operator. Emits `catalog.product_changed` when anything
/// differs. Errors: denied; wrong fields; a new product without title or variants; two variants with the same options.
pub fn put_product(tx: &mut Tx, put: &PutProduct) -> Result<Put> {
    tx.actor().may_for(put.organisation, Permission::SellerWrite, Permission::CatalogWrite)?;
    let put = &tidied(put)?;
    check(put)?;
    let found = tx.maybe(FIND, params![put.organisation, &put.handle])?;
    let (id, old) = match &found {
        Some(row) => (row.get(0)?, Some(stored(row)?)),
        None => (tx.id::<Product>(), None),
    };
    let put = with_kept(tx, put, old.is_some())?;
    let put: &PutProduct = &put;
    let next = merged(put, old.as_ref())?;
    check_pictures(tx, put, old.as_ref())?;
    let steps = plan_variants(tx, id, put)?;
    let mut changed = old.as_ref() != Some(&next);
    match &old {
        None => insert(tx, id, put, &next)?,
        Some(_) if changed => update(tx, id, &next)?,
        Some(_) => {}
    }
    for text in &put.texts {
        changed |= put_text(tx, id, &next, text)?;
    }
    changed |= write_variants(tx, id, put.organisation, &steps)?;
    if changed {
        tx.send(REFRESH_READY, params![id])?;
        crate::text::refresh_words(tx, id)?;
        let stored = old.iter().chain([&next]);
        if put.sources().iter().any(|source| names_any(source)) || stored.into_iter().any(Stored::names_pictures) {
            uses::refresh(tx, id)?;
        }
        tx.send(TOUCH, params![id, tx.now()])?;
        tx.emit(id, &ProductChanged::default())?;
        if next.has_pictures_elsewhere() || put.sources().iter().any(|source| is_remote(source)) {
            fetch::want(tx, id)?;
        }
    }
    let change = match (old.is_none(), changed) {
        (true, _) => Change::Created,
        (false, true) => Change::Updated,
        (false, false) => Change::Unchanged,
    };
    Ok(Put { id, variants: steps.iter().map(Step::id).collect(), change })
}

fn check(put: &PutProduct) -> Result<()> {
    let mut error = Error::invalid("invalid", "Some fields need another look.");
    if put.handle.trim().is_empty() {
        error = error.and_field("handle", "required", "Give the product a handle.");
    }
    if put.title.as_ref().is_some_and(|title| title.trim().is_empty()) {
        error = error.and_field("title", "required", "Give the product a title.");
    }
    for (name, text, most) in lengths(put) {
        if text.chars().count() > most {
            error = error.and_field(name, "too_long", format!("Write {most} characters at most."));
        }
    }
    if put.options.len() > 3 {
        error = error.and_field("options", "too_many", "A product has three options at most.");
    }
    for (index, variant) in put.variants.iter().enumerate() {
        let whole = |variant: &PutVariant| variant.unsaid == [false; 3];
        if whole(variant) && put.variants[..index].iter().any(|other| whole(other) && other.options == variant.options)
        {
            let name = format!("variants[{index}].options");
            error = error.and_field(name, "variant_twice", "Two variants have the same option values.");
        }
        if variant.weight.is_some_and(|weight| weight.grams <= 0) {
            let name = format!("variants[{index}].weight");
            error = error.and_field(name, "weight_format", "A weight is at least one gram.");
        } else if let Some(Err(wrong)) = variant.weight.map(|weight| weight.within_reason("weight")) {
            error =
                error.and_field(format!("variants[{index}].weight"), "weight_range", wrong.fields[0].message.clone());
        }
    }
    if error.fields.is_empty() { Ok(()) } else { Err(error) }
}

/// Each text of a put whose length is limited, by its field, with the most letters that it may have.
fn lengths(put: &PutProduct) -> Vec<(String, &str, usize)> {
    let own = [
        ("handle", Some(&put.handle), HANDLE_LETTERS),
        ("title", put.title.as_ref(), TITLE_LETTERS),
        ("vendor", put.vendor.as_ref(), WORD_LETTERS),
        ("product_type", put.product_type.as_ref(), WORD_LETTERS),
    ];
    let mut all: Vec<(String, &str, usize)> =
        own.into_iter().filter_map(|(name, text, most)| Some((name.to_owned(), text?.as_str(), most))).collect();
    all.extend(put.options.iter().map(|name| ("options".to_owned(), name.as_str(), WORD_LETTERS)));
    for (index, variant) in put.variants.iter().enumerate() {
        let texts = [("sku", variant.sku.as_deref()), ("barcode", variant.barcode.as_deref())].into_iter();
        let options = variant.options.iter().map(|value| ("options", Some(value.as_str())));
        all.extend(
            texts
                .chain(options)
                .filter_map(|(name, text)| Some((format!("variants[{index}].{name}"), text?, WORD_LETTERS))),
        );
    }
    all
}

fn merged(put: &PutProduct, old: Option<&Stored>) -> Result<Stored> {
    if old.is_none() && put.title.is_none() {
        return Err(Error::field("title", "required", "A new product needs a title."));
    }
    if old.is_none() && put.variants.is_empty() {
        return Err(Error::field("variants", "required", "A new product needs at least one variant."));
    }
    let keep = |new: &Option<String>, old: Option<&String>| new.as_ref().or(old).cloned().unwrap_or_default();
    let language = put.language.clone().or_else(|| old.map(|old| old.language.clone()));
    let images = images(put, old)?;
    let description = put.description_html.as_deref().map(html::clean);
    Ok(Stored {
        language: language.unwrap_or_else(|| "en".to_owned()),
        title: keep(&put.title, old.map(|old| &old.title)),
        description_html: keep(&description, old.map(|old| &old.description_html)),
        vendor: keep(&put.vendor, old.map(|old| &old.vendor)),
        product_type: keep(&put.product_type, old.map(|old| &old.product_type)),
        category: put.category.or_else(|| old.and_then(|old| old.category)).filter(|_| !put.uncategorised),
        tags: match &put.tags {
            Some(tags) => json(tags)?,
            None => old.map_or_else(|| "[]".to_owned(), |old| old.tags.clone()),
        },
        status: put.status.or(old.map(|old| old.status)).unwrap_or(Status::Draft),
        options: options(put, old)?,
        image: images.first().map(|(url, _)| url.clone()).unwrap_or_default(),
        images: json(&images)?,
    })
}

/// Names of the options: those that no variant of the put says anything of stay.
fn options(put: &PutProduct, old: Option<&Stored>) -> Result<String> {
    let Some(old) = old else { return json(&put.options) };
    if put.options.is_empty() {
        return Ok(old.options.clone());
    }
    let mut names = put.options.clone();
    let stored: Vec<String> = serde_json::from_str(&old.options).map_err(Error::internal)?;
    for (index, name) in stored.iter().enumerate().skip(names.len()) {
        if put.variants.iter().all(|variant| variant.unsaid.get(index) == Some(&true)) {
            names.push(name.clone());
        }
    }
    json(&names)
}

fn images(put: &PutProduct, old: Option<&Stored>) -> Result<Vec<(String, String)>> {
    let kept: Vec<(String, String)> = match old {
        Some(old) if put.images.is_empty() || put.more_images => {
            serde_json::from_str(&old.images).map_err(Error::internal)?
        }
        _ => Vec::new(),
    };
    let mut images = kept;
    for image in &put.images {
        match images.iter_mut().find(|(url, _)| *url == image.url) {
            Some(known) if !image.alt.is_empty() => known.1.clone_from(&image.alt),
            Some(_) => {}
            None => images.push((image.url.clone(), image.alt.clone())),
        }
    }
    Ok(images)
}

/// A picture of this house must be known as the owner's; those that stand there already were asked for once.
fn check_pictures(tx: &mut Tx, put: &PutProduct, old: Option<&Stored>) -> Result<()> {
    let new = |source: &String| old.is_none_or(|old| !old.images.contains(source.as_str()));
    for image in put.images.iter().filter(|image| new(&image.url)) {
        check_own(tx, put.organisation, &image.url, "images")?;
    }
    for (index, variant) in put.variants.iter().enumerate() {
        if let Some(image) = variant.image.as_ref().filter(|image| new(image)) {
            check_own(tx, put.organisation, image, &format!("variants[{index}].image"))?;
        }
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

fn insert(tx: &mut Tx, id: Id<Product>, put: &PutProduct, next: &Stored) -> Result<()> {
    let name = match html::slug_in(&put.handle, &next.language) {
        slug if slug.is_empty() => html::slug_in(&next.title, &next.language),
        slug => slug,
    };
    let suffix = id.to_string().replace("prd_", "");
    let second = if name.is_empty() { suffix.clone() } else { format!("{name}-{suffix}") };
    for slug in [&name, &second].into_iter().filter(|slug| !slug.is_empty()) {
        let values = params![
            id,
            put.organisation,
            &put.handle,
            slug,
            &next.language,
            &next.title,
            &next.description_html,
            &next.vendor,
            &next.product_type,
            next.category,
            &next.tags,
            next.status.name(),
            &next.options,
            &next.image,
            &next.images,
            tx.now(),
        ];
        if tx.run(INSERT, values)? == 1 {
            return Ok(());
        }
    }
    Err(Error::conflict("product_put_twice", format!("“{}” is being put by someone else; try again.", put.handle)))
}

fn update(tx: &mut Tx, id: Id<Product>, next: &Stored) -> Result<()> {
    let values = params![
        id,
        &next.language,
        &next.title,
        &next.description_html,
        &next.vendor,
        &next.product_type,
        next.category,
        &next.tags,
        next.status.name(),
        &next.options,
        &next.image,
        &next.images,
    ];
    tx.send(UPDATE, values)?;
    Ok(())
}

fn put_text(tx: &mut Tx, id: Id<Product>, product: &Stored, text: &PutText) -> Result<bool> {
    let old = tx.maybe(TEXT, params![id, &text.language])?;
    let old: (String, String, String) = match &old {
        Some(row) => (row.get(0)?, row.get(1)?, row.get(2)?),
        None => Default::default(),
    };
    let mut words: BTreeMap<String, String> = match old.2.as_str() {
        "" => BTreeMap::new(),
        words => serde_json::from_str(words).map_err(Error::internal)?,
    };
    words.extend(text.words.clone());
    let title = text.title.clone().filter(|title| !title.is_empty());
    let kept_title = if old.0.is_empty() { product.title.clone() } else { old.0.clone() };
    let next = (
        title.unwrap_or(kept_title),
        text.description_html.as_deref().map_or_else(|| old.1.clone(), html::clean),
        serde_json::to_string(&words).map_err(Error::internal)?,
    );
    if next == old {
        return Ok(false);
    }
    tx.send(PUT_TEXT, params![id, &text.language, &next.0, &next.1, &next.2])?;
    Ok(true)
}

fn stored(row: &Row) -> Result<Stored> {
    let status: String = row.get(8)?;
    Ok(Stored {
        language: row.get(1)?,
        title: row.get(2)?,
        description_html: row.get(3)?,
        vendor: row.get(4)?,
        product_type: row.get(5)?,
        category: row.get(6)?,
        tags: row.get(7)?,
        status: Status::stored(&status)?,
        options: row.get(9)?,
        image: row.get(10)?,
        images: row.get(11)?,
    })
}

const FIND: &str =
    "SELECT id, language, title, description_html, vendor, product_type, category, tags, status, options, image, images
    FROM catalog_product WHERE organisation = $1 AND handle = $2";
const INSERT: &str =
    "INSERT INTO catalog_product (id, organisation, handle, slug, language, title, description_html, vendor,
    product_type, category, tags, status, options, image, images, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16) ON CONFLICT DO NOTHING";
const UPDATE: &str =
    "UPDATE catalog_product SET language = $2, title = $3, description_html = $4, vendor = $5, product_type = $6,
    category = $7, tags = $8, status = $9, options = $10, image = $11, images = $12 WHERE id = $1";
const TOUCH: &str = "UPDATE catalog_product SET updated_at = $2 WHERE id = $1";
const TEXT: &str = "SELECT title, description_html, words FROM catalog_text WHERE product = $1 AND language = $2";
const PUT_TEXT: &str =
    "INSERT INTO catalog_text (product, language, title, description_html, words) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (product, language) DO UPDATE SET title = excluded.title, description_html = excluded.description_html,
    words = excluded.words";
/// A variant is ready when nothing that customs asks for is missing. Whether a
/// description will do is asked at the door.
pub(crate) const REFRESH_READY: &str = "UPDATE catalog_variant SET ready = CASE WHEN origin IS NOT NULL
      AND (weight_grams IS NOT NULL OR EXISTS (SELECT 1 FROM catalog_product p
        JOIN catalog_category c ON c.id = p.category
        WHERE p.id = catalog_variant.product AND c.default_weight_grams IS NOT NULL))
      AND customs_description <> '' AND (hs IS NOT NULL OR EXISTS (SELECT 1 FROM catalog_product p
        JOIN catalog_category c ON c.id = p.category WHERE p.id = catalog_variant.product AND c.default_hs IS NOT NULL))
      THEN 1 ELSE 0 END
    WHERE product = $1";
