//! The variants of a put: found by option values, else by SKU; added or changed.

use crate::product::{Product, Variant};
use crate::put::{PutProduct, PutVariant};
use base::{Country, Error, HsCode, Id, Result, Weight};
use store::{Row, Tx, params};

/// A variant as its row holds it.
#[derive(Clone, PartialEq)]
struct StoredVariant {
    id: Id<Variant>,
    sku: String,
    options: [String; 3],
    weight: Option<Weight>,
    hs: Option<HsCode>,
    origin: Option<Country>,
    customs_description: String,
    barcode: String,
    image: String,
    tax_class: String,
}

/// Adds or changes the variants of `put`; says which they are, in its order, and whether anything differs now.
pub(crate) fn put_variants(tx: &mut Tx, product: Id<Product>, put: &PutProduct) -> Result<(Vec<Id<Variant>>, bool)> {
    let rows = tx.query(VARIANTS, params![product])?;
    let mut stored = rows.iter().map(stored_variant).collect::<Result<Vec<StoredVariant>>>()?;
    let mut taken: Vec<Id<Variant>> = Vec::new();
    let mut ids = Vec::with_capacity(put.variants.len());
    let mut changed = false;
    for (index, variant) in put.variants.iter().enumerate() {
        let by_id = variant.id.map(|id| known(&stored, id, index)).transpose()?;
        let by_options = || stored.iter().find(|old| old.options == variant.options);
        let by_sku = || {
            let sku = variant.sku.as_deref().unwrap_or_default();
            let wanted = |old: &&StoredVariant| {
                !sku.is_empty()
                    && old.sku == sku
                    && !taken.contains(&old.id)
                    && !put.variants.iter().any(|other| other.options == old.options)
            };
            stored.iter().find(wanted)
        };
        let id = match by_id.or_else(by_options).or_else(by_sku).cloned() {
            Some(old) => {
                let next = merged_variant(variant, old.clone());
                if stored.iter().any(|other| other.id != old.id && other.options == next.options) {
                    let (name, say) =
                        (format!("variants[{index}].options"), "Another variant has these option values.");
                    return Err(Error::field(name, "variant_twice", say));
                }
                if next != old {
                    update_variant(tx, &next)?;
                    stored.iter_mut().filter(|one| one.id == old.id).for_each(|one| one.clone_from(&next));
                    changed = true;
                }
                old.id
            }
            None => {
                let new = merged_variant(variant, fresh_variant(tx.id::<Variant>()));
                insert_variant(tx, product, put.organisation, stored.len() + 1, &new)?;
                changed = true;
                stored.push(new.clone());
                new.id
            }
        };
        taken.push(id);
        ids.push(id);
    }
    Ok((ids, changed))
}

/// Errors: `unknown_variant`, naming the field, for one that is no variant of the product.
fn known(stored: &[StoredVariant], id: Id<Variant>, index: usize) -> Result<&StoredVariant> {
    let unknown =
        || Error::field(format!("variants[{index}].id"), "unknown_variant", "The product has no such variant.");
    stored.iter().find(|old| old.id == id).ok_or_else(unknown)
}

fn fresh_variant(id: Id<Variant>) -> StoredVariant {
    let nothing = String::new;
    StoredVariant {
        id,
        sku: nothing(),
        options: Default::default(),
        weight: None,
        hs: None,
        origin: None,
        customs_description: nothing(),
        barcode: nothing(),
        image: nothing(),
        tax_class: nothing(),
    }
}

fn merged_variant(put: &PutVariant, old: StoredVariant) -> StoredVariant {
    let keep = |new: &Option<String>, old: String| new.as_ref().map_or(old, |text| text.trim().to_owned());
    StoredVariant {
        id: old.id,
        sku: keep(&put.sku, old.sku),
        options: put.options.clone(),
        weight: put.weight.or(old.weight),
        hs: put.hs.or(old.hs),
        origin: put.origin.or(old.origin),
        customs_description: keep(&put.customs_description, old.customs_description),
        barcode: keep(&put.barcode, old.barcode),
        image: keep(&put.image, old.image),
        tax_class: keep(&put.tax_class, old.tax_class),
    }
}

fn update_variant(tx: &mut Tx, next: &StoredVariant) -> Result<()> {
    let [option1, option2, option3] = &next.options;
    let values = params![
        next.id,
        &next.sku,
        option1,
        option2,
        option3,
        next.weight,
        next.hs,
        next.origin,
        &next.customs_description,
        &next.barcode,
        &next.image,
        &next.tax_class,
    ];
    tx.send(UPDATE, values)?;
    Ok(())
}

fn insert_variant(
    tx: &mut Tx,
    product: Id<Product>,
    organisation: i64,
    position: usize,
    new: &StoredVariant,
) -> Result<()> {
    let [option1, option2, option3] = &new.options;
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let values = params![
        new.id,
        product,
        organisation,
        position,
        &new.sku,
        option1,
        option2,
        option3,
        new.weight,
        new.hs,
        new.origin,
        &new.customs_description,
        &new.barcode,
        &new.image,
        &new.tax_class,
    ];
    tx.send(INSERT, values)?;
    Ok(())
}

fn stored_variant(row: &Row) -> Result<StoredVariant> {
    Ok(StoredVariant {
        id: row.get(0)?,
        sku: row.get(1)?,
        options: [row.get(2)?, row.get(3)?, row.get(4)?],
        weight: row.get(5)?,
        hs: row.get(6)?,
        origin: row.get(7)?,
        customs_description: row.get(8)?,
        barcode: row.get(9)?,
        image: row.get(10)?,
        tax_class: row.get(11)?,
    })
}

const VARIANTS: &str =
    "SELECT id, sku, option1, option2, option3, weight_grams, hs, origin, customs_description, barcode, image,
    tax_class FROM catalog_variant WHERE product = $1 ORDER BY position, id";
const INSERT: &str = "INSERT INTO catalog_variant (id, product, organisation, position, sku, option1, option2, option3,
    weight_grams, hs, origin, customs_description, barcode, image, tax_class, ready)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)";
const UPDATE: &str =
    "UPDATE catalog_variant SET sku = $2, option1 = $3, option2 = $4, option3 = $5, weight_grams = $6, hs = $7,
    origin = $8, customs_description = $9, barcode = $10, image = $11, tax_class = $12 WHERE id = $1";
