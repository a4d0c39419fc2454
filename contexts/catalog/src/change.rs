//! Changing one thing of a product that is there: its status, its pictures, a further language; and naming a new one.

use crate::event::ProductChanged;
use crate::html;
use crate::media::check_own;
use crate::plain::text;
use crate::product::{Image, Product, Status};
use crate::uses;
use base::{Error, Id, Permission, Result};
use store::{Tx, params};

/// Shows, hides or archives a product, as its owner or the operator. Errors: denied; no such product.
pub fn set_status(tx: &mut Tx, product: Id<Product>, status: Status) -> Result<()> {
    let row = tx.maybe(OWNER, params![product])?;
    let row = row.ok_or_else(|| Error::not_found("unknown_product", format!("There is no product {product}.")))?;
    tx.actor().may_for(row.get(0)?, Permission::SellerWrite, Permission::CatalogWrite)?;
    if tx.run(SET_STATUS, params![product, status.name(), tx.now()])? == 1 {
        tx.emit(product, &ProductChanged { status: Some(status.name().into()), variant: None })?;
    }
    Ok(())
}

/// Says which pictures a product has, the cover first, as its owner or the operator. Emits `catalog.product_changed` when
/// they differ. Errors: denied; no such product; a kept picture that is not the owner's.
pub fn set_images(tx: &mut Tx, product: Id<Product>, images: &[Image]) -> Result<()> {
    let row = tx.maybe(OWN_IMAGES, params![product])?;
    let row = row.ok_or_else(|| Error::not_found("unknown_product", format!("There is no product {product}.")))?;
    let (organisation, old): (i64, String) = (row.get(0)?, row.get(1)?);
    tx.actor().may_for(organisation, Permission::SellerWrite, Permission::CatalogWrite)?;
    for image in images.iter().filter(|image| !old.contains(&image.url)) {
        check_own(tx, organisation, &image.url, "pictures")?;
    }
    let pairs: Vec<(String, String)> = images.iter().map(|image| (image.url.clone(), text(&image.alt))).collect();
    let next = serde_json::to_string(&pairs).map_err(Error::internal)?;
    if next != old {
        let cover = images.first().map_or("", |image| image.url.as_str());
        tx.send(SET_IMAGES, params![product, cover, next, tx.now()])?;
        uses::refresh(tx, product)?;
        tx.emit(product, &ProductChanged::default())?;
    }
    Ok(())
}

/// Takes a further language off a product, as its owner or the operator. Says whether there was one.
pub fn remove_text(tx: &mut Tx, product: Id<Product>, language: &str) -> Result<bool> {
    let row = tx.maybe(OWNER, params![product])?;
    let row = row.ok_or_else(|| Error::not_found("unknown_product", format!("There is no product {product}.")))?;
    tx.actor().may_for(row.get(0)?, Permission::SellerWrite, Permission::CatalogWrite)?;
    let removed = tx.run(REMOVE_TEXT, params![product, language])? == 1;
    if removed {
        crate::text::refresh_words(tx, product)?;
        uses::refresh(tx, product)?;
        tx.emit(product, &ProductChanged::default())?;
    }
    Ok(removed)
}

/// A handle that no product of this owner has, made of a title.
pub fn free_handle(tx: &mut Tx, organisation: i64, title: &str) -> Result<String> {
    let handle = html::slug(title);
    let taken = tx.maybe(TAKEN, params![organisation, &handle])?.is_some();
    if !taken && !handle.is_empty() {
        return Ok(handle);
    }
    let suffix = tx.id::<Product>().to_string().replace("prd_", "");
    Ok(if handle.is_empty() { suffix } else { format!("{handle}-{suffix}") })
}

const OWN_IMAGES: &str = "SELECT organisation, images FROM catalog_product WHERE id = $1";
const SET_IMAGES: &str = "UPDATE catalog_product SET image = $2, images = $3, updated_at = $4 WHERE id = $1";
const REMOVE_TEXT: &str = "DELETE FROM catalog_text WHERE product = $1 AND language = $2";
const SET_STATUS: &str = "UPDATE catalog_product SET status = $2, updated_at = $3 WHERE id = $1 AND status <> $2";
const OWNER: &str = "SELECT organisation FROM catalog_product WHERE id = $1";
const TAKEN: &str = "SELECT id FROM catalog_product WHERE organisation = $1 AND handle = $2";
