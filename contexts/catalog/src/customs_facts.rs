//! What customs asks of a variant: tariff code, origin, description, weight. Who lacks which, and setting them.

use crate::event::ProductChanged;
use crate::product::{Page, Product, Variant};
use crate::put::REFRESH_READY;
use crate::read::{self, select_variant};
use base::{Country, Error, HsCode, Id, Permission, Result, Weight};
use store::{Read, Row, Tx, params};

/// Something customs asks for that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// No tariff code, own or by category.
    Hs,
    /// No country of origin.
    Origin,
    /// No description for customs.
    Description,
    /// No weight.
    Weight,
}

impl Missing {
    /// Stable and translatable.
    pub fn code(self) -> &'static str {
        match self {
            Missing::Hs => "hs_missing",
            Missing::Origin => "origin_missing",
            Missing::Description => "description_missing",
            Missing::Weight => "weight_missing",
        }
    }
}

/// What papers and prices need to know of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantFacts {
    /// The variant with its effective tariff code and tax class.
    pub variant: Variant,
    /// Raw id of the owner in parties.
    pub organisation: i64,
    /// Title of its product, in the product's own language.
    pub title: String,
    /// Its own picture, else the product's cover.
    pub image: String,
}

/// A variant that lacks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unready {
    /// The variant.
    pub variant: Variant,
    /// Raw id of the owner in parties.
    pub organisation: i64,
    /// Title of its product.
    pub title: String,
    /// Its own picture, else the product's cover.
    pub image: String,
    /// What it lacks; never empty.
    pub missing: Vec<Missing>,
}

/// Facts to set; `None` keeps what is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetCustomsFacts {
    /// Tariff code.
    pub hs: Option<HsCode>,
    /// Where it was made.
    pub origin: Option<Country>,
    /// What it is, for customs; English.
    pub description: Option<String>,
    /// Of one piece with its packing.
    pub weight: Option<Weight>,
    /// Set them for every variant of the same product that lacks them, too.
    pub fill_siblings: bool,
}

/// What this variant lacks. The same rule is in the statements that keep `ready` true.
pub fn readiness_of(variant: &Variant) -> Vec<Missing> {
    let lacks = [
        (variant.hs.is_none(), Missing::Hs),
        (variant.origin.is_none(), Missing::Origin),
        (variant.customs_description.is_empty(), Missing::Description),
        (variant.weight.is_none(), Missing::Weight),
    ];
    lacks.into_iter().filter_map(|(lacks, missing)| lacks.then_some(missing)).collect()
}

/// The facts of these variants, in their order. Errors: an unknown variant.
pub fn facts(db: &mut Read, variants: &[Id<Variant>]) -> Result<Vec<VariantFacts>> {
    let mut facts = Vec::with_capacity(variants.len());
    for id in variants {
        let variant = read::variant(db, *id)?;
        let row = db.one(OF_PRODUCT, params![variant.product])?;
        let image = if variant.image.is_empty() { row.get(2)? } else { variant.image.clone() };
        facts.push(VariantFacts { variant, organisation: row.get(0)?, title: row.get(1)?, image });
    }
    Ok(facts)
}

/// The variants of an owner (of everybody, if none) that lack something customs asks for, oldest first, `limit` at a time
/// after the variant whose raw id is `after`.
pub fn readiness_list(
    db: &mut Read,
    organisation: Option<i64>,
    after: Option<i64>,
    limit: i64,
) -> Result<Page<Unready>> {
    let (after, limit) = (after.unwrap_or(0), limit.clamp(1, 250));
    let rows = match organisation {
        Some(owner) => db.query(UNREADY, params![after, limit + 1, owner])?,
        None => db.query(UNREADY_ALL, params![after, limit + 1])?,
    };
    let rows = rows.iter().map(unready).collect::<Result<Vec<_>>>()?;
    Ok(Page::of(rows, limit, |row| row.variant.id.raw()))
}

/// How many variants of an owner lack something, counted up to 1000.
pub fn unready_count(db: &mut Read, organisation: i64) -> Result<i64> {
    db.one(COUNT_UNREADY, params![organisation])?.get(0)
}

// What `unready` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        select_variant!(", v.organisation, p.title, p.image ", $from)
    };
}

fn unready(row: &Row) -> Result<Unready> {
    let variant = read::read_variant(row)?;
    let own: String = variant.image.clone();
    Ok(Unready {
        missing: readiness_of(&variant),
        organisation: row.get(17)?,
        title: row.get(18)?,
        image: if own.is_empty() { row.get(19)? } else { own },
        variant,
    })
}

/// Sets what customs asks for, as the owner or the operator. Emits `catalog.product_changed`.
/// Errors: denied; no such variant; a weight that is none.
pub fn set_customs_facts(tx: &mut Tx, variant: Id<Variant>, set: &SetCustomsFacts) -> Result<()> {
    let row = tx.maybe(OWNER, params![variant])?;
    let row = row.ok_or_else(|| Error::not_found("unknown_variant", format!("There is no variant {variant}.")))?;
    let product: Id<Product> = row.get(1)?;
    tx.actor().may_for(row.get(0)?, Permission::SellerWrite, Permission::CatalogWrite)?;
    if set.weight.is_some_and(|weight| weight.grams <= 0) {
        return Err(Error::field("weight", "weight_format", "A weight is at least one gram."));
    }
    set.weight.map(|weight| weight.within_reason("weight")).transpose()?;
    let description = set.description.as_deref().map(crate::plain::text);
    if description.as_ref().is_some_and(|text| text.chars().count() > 300) {
        return Err(Error::field("description", "too_long", "Write 300 characters at most."));
    }
    tx.send(SET, params![variant, set.hs, set.origin, &description, set.weight])?;
    if set.fill_siblings {
        tx.send(FILL, params![product, set.hs, set.origin, &description, set.weight])?;
    }
    tx.send(REFRESH_READY, params![product])?;
    tx.emit(product, &ProductChanged { status: None, variant: Some(variant) })
}

const OF_PRODUCT: &str = "SELECT organisation, title, image FROM catalog_product WHERE id = $1";
const OWNER: &str = "SELECT organisation, product FROM catalog_variant WHERE id = $1";
const SET: &str = "UPDATE catalog_variant SET hs = COALESCE($2, hs), origin = COALESCE($3, origin),
    customs_description = COALESCE($4, customs_description), weight_grams = COALESCE($5, weight_grams) WHERE id = $1";
const FILL: &str = "UPDATE catalog_variant SET hs = COALESCE(hs, $2), origin = COALESCE(origin, $3),
    customs_description = CASE WHEN customs_description = '' THEN COALESCE($4, '') ELSE customs_description END,
    weight_grams = COALESCE(weight_grams, $5) WHERE product = $1";
const COUNT_UNREADY: &str =
    "SELECT COUNT(*) FROM (SELECT id FROM catalog_variant WHERE organisation = $1 AND ready = 0 LIMIT 1000) AS few";
const UNREADY: &str = select!("FROM catalog_variant v JOIN catalog_product p ON p.id = v.product LEFT JOIN catalog_category c ON c.id = p.category
    WHERE v.organisation = $3 AND v.ready = 0 AND v.id > $1 ORDER BY v.id LIMIT $2");
const UNREADY_ALL: &str = select!("FROM catalog_variant v JOIN catalog_product p ON p.id = v.product LEFT JOIN catalog_category c ON c.id = p.category
    WHERE v.ready = 0 AND v.id > $1 ORDER BY v.id LIMIT $2");
