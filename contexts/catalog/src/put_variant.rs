//! The variants of a put: found by option values, else by SKU; added or changed.

use crate::product::{Product, Variant};
use crate::wanted::{PutProduct, PutVariant};
use base::{Country, Error, HsCode, Id, Result, Weight};
use store::{Read, Row, Tx, params};

/// The option value of a product's only variant.
pub(crate) const ONLY: &str = "Default Title";

/// A variant as its row holds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredVariant {
    pub id: Id<Variant>,
    pub sku: String,
    pub options: [String; 3],
    pub weight: Option<Weight>,
    pub hs: Option<HsCode>,
    pub origin: Option<Country>,
    pub customs_description: String,
    pub barcode: String,
    pub image: String,
    pub tax_class: String,
}

/// What becomes of one variant of a put.
pub(crate) enum Step {
    /// It is as it should be.
    Keep(Id<Variant>),
    /// It is changed to this.
    Change(StoredVariant),
    /// It is new, at this position.
    Add(StoredVariant, usize),
}

impl Step {
    /// The variant.
    pub(crate) fn id(&self) -> Id<Variant> {
        match self {
            Step::Keep(id) => *id,
            Step::Change(variant) | Step::Add(variant, _) => variant.id,
        }
    }
}

/// What becomes of the variants of `put`, in its order; nothing is written yet. Errors: an id of no variant of the product; option
/// values that another variant has.
pub(crate) fn plan_variants(tx: &mut Tx, product: Id<Product>, put: &PutProduct) -> Result<Vec<Step>> {
    let mut stored = stored_variants(tx, product)?;
    let mut taken: Vec<Id<Variant>> = Vec::new();
    let mut steps = Vec::with_capacity(put.variants.len());
    for (index, variant) in put.variants.iter().enumerate() {
        let known = found(&stored, &taken, put, index)?.cloned();
        let next = merged_variant(variant, known.clone().unwrap_or_else(|| fresh_variant(tx.id::<Variant>())));
        let nameless = known.is_none() && variant.unsaid[0] && !stored.is_empty();
        if nameless || stored.iter().any(|other| other.id != next.id && other.options == next.options) {
            return Err(same_options(variant, index));
        }
        taken.push(next.id);
        steps.push(match known {
            Some(old) if old == next => Step::Keep(old.id),
            Some(_) => {
                stored.iter_mut().filter(|one| one.id == next.id).for_each(|one| one.clone_from(&next));
                Step::Change(next)
            }
            None => {
                stored.push(next.clone());
                Step::Add(next, stored.len())
            }
        });
    }
    Ok(steps)
}

/// The variants of a product by their position, just as their rows hold them.
pub(crate) fn stored_variants(db: &mut Read, product: Id<Product>) -> Result<Vec<StoredVariant>> {
    db.query(VARIANTS, params![product])?.iter().map(stored_variant).collect()
}

fn same_options(variant: &PutVariant, index: usize) -> Error {
    let name = format!("variants[{index}].options");
    match variant.unsaid[0] {
        true => Error::field(name, "variant_unknown", "Name the options of this variant, or the SKU of a known one."),
        false => Error::field(name, "variant_twice", "Another variant has these option values."),
    }
}

/// Writes what was planned; says whether anything differs now.
pub(crate) fn write_variants(tx: &mut Tx, product: Id<Product>, organisation: i64, steps: &[Step]) -> Result<bool> {
    for step in steps {
        match step {
            Step::Keep(_) => {}
            Step::Change(next) => update_variant(tx, next)?,
            Step::Add(new, position) => insert_variant(tx, product, organisation, *position, new)?,
        }
    }
    Ok(steps.iter().any(|step| !matches!(step, Step::Keep(_))))
}

/// The stored variant that `put.variants[index]` is: by its id, else by its option values, else by its SKU, else the product's
/// only one. Errors: an id of no variant of the product.
fn found<'s>(
    stored: &'s [StoredVariant],
    taken: &[Id<Variant>],
    put: &PutProduct,
    index: usize,
) -> Result<Option<&'s StoredVariant>> {
    let variant = &put.variants[index];
    if let Some(id) = variant.id {
        return known(stored, id, index).map(Some);
    }
    let sku = variant.sku.as_deref().unwrap_or_default();
    let said = |other: &PutVariant, old: &StoredVariant| other.unsaid == [false; 3] && other.options == old.options;
    let free = |old: &&StoredVariant| !taken.contains(&old.id) && !put.variants.iter().any(|other| said(other, old));
    let by_options = stored.iter().find(|old| said(variant, old));
    let by_sku = || stored.iter().find(|old| !sku.is_empty() && old.sku == sku && free(old));
    let by_part = || {
        let fits = |old: &&StoredVariant| {
            variant.unsaid != [false; 3] && (sku.is_empty() || old.sku.is_empty()) && agrees(variant, old) && free(old)
        };
        let mut fitting = stored.iter().filter(fits);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    Ok(by_options.or_else(by_sku).or_else(by_part))
}

/// Whether the option values that are said are those of the stored variant.
fn agrees(variant: &PutVariant, old: &StoredVariant) -> bool {
    let mut pairs = variant.options.iter().zip(&old.options).zip(variant.unsaid);
    pairs.all(|((said, old), unsaid)| unsaid || said == old)
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
    let keep = |new: &Option<String>, old: String| new.clone().unwrap_or(old);
    let mut options = old.options;
    for (index, option) in options.iter_mut().enumerate().filter(|(index, _)| !put.unsaid[*index]) {
        option.clone_from(&put.options[index]);
    }
    if put.unsaid[0] && options[0].is_empty() {
        options[0] = ONLY.to_owned();
    }
    StoredVariant {
        id: old.id,
        sku: keep(&put.sku, old.sku),
        options,
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
