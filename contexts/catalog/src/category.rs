//! Categories: the shop's shelves, named in every language, with the tariff code and tax class their goods usually have.

use crate::event::CategoryChanged;
use base::{Error, HsCode, Id, Permission, Result, Tag, Weight};
use std::collections::BTreeMap;
use store::{Read, Row, Tx, params};

/// A shelf of the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: Id<Category>,
    /// Its name in addresses.
    pub slug: String,
    /// The shelf it stands in; none at the top.
    pub parent: Option<Id<Category>>,
    /// Name by language tag.
    pub names: BTreeMap<String, String>,
    /// Taken for variants without a tariff code of their own.
    pub default_hs: Option<HsCode>,
    /// Taken for variants without a tax class of their own; may be empty.
    pub default_tax_class: String,
    /// Taken for variants without a weight of their own.
    pub default_weight: Option<Weight>,
    /// Order among its siblings.
    pub position: i64,
}

impl Tag for Category {
    const PREFIX: &'static str = "cat";
}

impl Category {
    /// Its name in `language`, else in the same primary language, else in English, else any, else its slug.
    pub fn name(&self, language: &str) -> &str {
        named(&self.names, language).unwrap_or(&self.slug)
    }
}

/// What something is called in `language`, else in the same primary language, else in English, else in any; none without a name.
pub fn named<'a>(names: &'a BTreeMap<String, String>, language: &str) -> Option<&'a str> {
    let found = pick(names.iter(), language).or_else(|| pick(names.iter(), "en"));
    found.or_else(|| names.values().next()).map(String::as_str)
}

/// The entry of exactly `language`, else of the one nearest to it.
pub(crate) fn pick<'a, T: 'a>(
    entries: impl Iterator<Item = (&'a String, &'a T)> + Clone,
    language: &str,
) -> Option<&'a T> {
    let shown = base::language::nearest(entries.clone().map(|(tag, _)| tag.as_str()), language)?;
    entries.clone().find(|(tag, _)| *tag == shown).map(|(_, value)| value)
}

/// What a category should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PutCategory {
    /// Its name in addresses; what makes it the same category. Made from the English name when empty.
    pub slug: String,
    /// The shelf it stands in.
    pub parent: Option<Id<Category>>,
    /// Name by language tag; at least one.
    pub names: BTreeMap<String, String>,
    /// Taken for variants without a tariff code of their own; its parent's when none.
    pub default_hs: Option<HsCode>,
    /// Taken for variants without a tax class of their own; its parent's when empty.
    pub default_tax_class: String,
    /// Taken for variants without a weight of their own, at least a gram; its parent's when none.
    pub default_weight: Option<Weight>,
    /// Order among its siblings.
    pub position: i64,
}

/// Categories that a shop may have; every page knows all of them.
pub const CATEGORIES_MOST: i64 = 2_000;

/// Makes or changes a category. A new default tariff code or weight makes the variants that lacked one ready, or unready again.
/// Emits `catalog.category_changed` if anything changed; its `tariff` says whether the default tariff code or weight did.
/// Errors: denied; no name, or a long one; no weight; an unknown parent; a category inside itself; `too_many_categories` (conflict).
pub fn put_category(tx: &mut Tx, put: &PutCategory) -> Result<Id<Category>> {
    let (id, is_new, slug) = insert(tx, put)?;
    if !is_new {
        update(tx, put, &slug)?;
    }
    Ok(id)
}

/// Makes a category. Errors: as [`put_category`]; `category_taken` (conflict) when there is one of its name in addresses.
pub fn make_category(tx: &mut Tx, put: &PutCategory) -> Result<Id<Category>> {
    let (id, is_new, slug) = insert(tx, put)?;
    if !is_new {
        let say = format!("There is a category “{slug}” already; change that one, or choose another slug.");
        return Err(Error::conflict("category_taken", say));
    }
    Ok(id)
}

/// A category as it is to be stored, with what it takes from its parent.
struct Next {
    names: String,
    hs: Option<HsCode>,
    weight: Option<Weight>,
    tax_class: String,
    parent: Option<Category>,
}

fn next(tx: &mut Tx, put: &PutCategory) -> Result<Next> {
    let parent = put.parent.map(|parent| category(tx, parent)).transpose()?;
    let weight = put.default_weight.or(parent.as_ref().and_then(|parent| parent.default_weight));
    if weight.is_some_and(|weight| weight.grams <= 0) {
        return Err(Error::field("weight", "weight_format", "A weight is at least one gram."));
    }
    let of_parent = parent.as_ref().map(|parent| parent.default_tax_class.clone());
    let own = Some(put.default_tax_class.clone()).filter(|class| !class.is_empty());
    Ok(Next {
        names: serde_json::to_string(&put.names).map_err(Error::internal)?,
        hs: put.default_hs.or(parent.as_ref().and_then(|parent| parent.default_hs)),
        weight,
        tax_class: own.or(of_parent).unwrap_or_default(),
        parent,
    })
}

/// Its name in addresses, as it is wished. Errors: no name, or a long one.
fn wished_slug(tx: &mut Tx, put: &PutCategory, fresh: Id<Category>) -> Result<String> {
    let named = put.names.get_key_value("en").or_else(|| put.names.iter().next());
    let named = named.filter(|(_, name)| !name.trim().is_empty());
    let (language, name) = named.ok_or_else(|| Error::field("names", "required", "Give the category a name."))?;
    if put.names.values().any(|name| name.chars().count() > crate::plain::WORD_LETTERS) {
        let say = format!("Write {} characters at most.", crate::plain::WORD_LETTERS);
        return Err(Error::field("names", "too_long", say));
    }
    let wished = match put.slug.as_str() {
        "" => slug_for(tx, name, language)?,
        known if category_by_slug(tx, known)?.is_some() => known.to_owned(),
        new => crate::html::slug_in(new, language),
    };
    Ok(if wished.is_empty() { format!("c-{}", fresh.raw()) } else { wished })
}

/// Makes it, if there is none of its name in addresses: which it is, whether it is new, and that name.
fn insert(tx: &mut Tx, put: &PutCategory) -> Result<(Id<Category>, bool, String)> {
    tx.actor().may(Permission::CatalogWrite)?;
    let fresh = tx.id::<Category>();
    let slug = wished_slug(tx, put, fresh)?;
    let Next { names, hs, weight, tax_class, .. } = next(tx, put)?;
    let row = params![fresh, &slug, put.parent, &names, hs, &tax_class, weight, put.position, CATEGORIES_MOST];
    if tx.run(INSERT, row)? == 1 {
        tell(tx, fresh, false)?;
        return Ok((fresh, true, slug));
    }
    let Some(known) = category_by_slug(tx, &slug)? else {
        let say = format!("A shop has {CATEGORIES_MOST} categories at most; use one that is there.");
        return Err(Error::conflict("too_many_categories", say));
    };
    Ok((known.id, false, slug))
}

fn update(tx: &mut Tx, put: &PutCategory, slug: &str) -> Result<()> {
    let old = from_row(&tx.one(BY_SLUG, params![slug])?)?;
    let Next { names, hs, weight, tax_class, parent } = next(tx, put)?;
    refuse_circle(tx, old.id, parent)?;
    if tx.run(UPDATE, params![old.id, put.parent, &names, hs, &tax_class, weight, put.position])? == 0 {
        return Ok(());
    }
    let tariff = old.default_hs != hs || old.default_weight != weight;
    if tariff {
        tx.send(READY_AGAIN, params![old.id, i64::from(hs.is_some()), i64::from(weight.is_some())])?;
    }
    tell(tx, old.id, tariff)
}

fn tell(tx: &mut Tx, id: Id<Category>, tariff: bool) -> Result<()> {
    tx.emit(id, &CategoryChanged { tariff })
}

fn refuse_circle(tx: &mut Tx, id: Id<Category>, parent: Option<Category>) -> Result<()> {
    let mut above = parent;
    while let Some(category_above) = above {
        if category_above.id == id {
            return Err(Error::field("parent", "circle", "A category cannot stand inside itself."));
        }
        above = category_above.parent.map(|parent| category(tx, parent)).transpose()?;
    }
    Ok(())
}

/// Every category, parents' order first. Errors: none but internal ones.
pub fn categories(db: &mut Read) -> Result<Vec<Category>> {
    db.query(ALL, params![])?.iter().map(from_row).collect()
}

/// One category. Errors: no such.
pub fn category(db: &mut Read, id: Id<Category>) -> Result<Category> {
    let row = db.maybe(BY_ID, params![id])?;
    from_row(&row.ok_or_else(|| Error::not_found("unknown_category", format!("There is no category {id}.")))?)
}

/// The name in addresses of the category called `name`, whether or not there is one. Names of other scripts sound alike: a second one
/// gets a number, as 查距 does beside 茶具 (`cha-ju-2`). Empty where nothing of the name can be written in an address.
/// The name is in `language`, as far as that is known.
pub(crate) fn slug_for(db: &mut Read, name: &str, language: &str) -> Result<String> {
    let slug = crate::html::slug_in(name, language);
    let mut free = slug.clone();
    for number in 2_i64.. {
        let known = category_by_slug(db, &free)?;
        if !known.is_some_and(|known| known.names.values().any(|other| sounds_alike(other, name, language))) {
            break;
        }
        free = format!("{slug}-{number}");
    }
    Ok(free)
}

/// The category that a file means by `name`, in `language` as far as that is known: one of this name in addresses, else the one that
/// would be made of this name.
pub(crate) fn called(db: &mut Read, name: &str, language: &str) -> Result<Option<Category>> {
    if let Some(known) = category_by_slug(db, name)? {
        return Ok(Some(known));
    }
    match slug_for(db, name, language)?.as_str() {
        // Nothing of the name can be written in an address.
        "" => Ok(categories(db)?.into_iter().find(|one| one.names.values().any(|own| own.trim() == name.trim()))),
        slug => category_by_slug(db, slug),
    }
}

/// Two names in other scripts than the Latin that are not the same, large and small letters and signs aside, and have the same Latin
/// letters.
fn sounds_alike(one: &str, other: &str, language: &str) -> bool {
    let letters = crate::import::column_key;
    let is_foreign = |name: &str| name.chars().any(|letter| letter.is_alphabetic() && !is_latin(letter));
    letters(one) != letters(other)
        && is_foreign(one)
        && is_foreign(other)
        && crate::html::slug_in(one, language) == crate::html::slug_in(other, language)
}

/// A letter of the Latin script, with or without marks.
fn is_latin(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The category with this name in addresses, if there is one.
pub fn category_by_slug(db: &mut Read, slug: &str) -> Result<Option<Category>> {
    db.maybe(BY_SLUG, params![slug])?.as_ref().map(from_row).transpose()
}

// What `from_row` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT id, slug, parent, names, default_hs, default_tax_class, default_weight_grams, position ", $from)
    };
}

fn from_row(row: &Row) -> Result<Category> {
    let names: String = row.get(3)?;
    Ok(Category {
        id: row.get(0)?,
        slug: row.get(1)?,
        parent: row.get(2)?,
        names: serde_json::from_str(&names).map_err(Error::internal)?,
        default_hs: row.get(4)?,
        default_tax_class: row.get(5)?,
        default_weight: row.get(6)?,
        position: row.get(7)?,
    })
}

const ALL: &str = select!("FROM catalog_category ORDER BY position, id");
const BY_ID: &str = select!("FROM catalog_category WHERE id = $1");
const BY_SLUG: &str = select!("FROM catalog_category WHERE slug = $1");
const INSERT: &str = "INSERT INTO catalog_category (id, slug, parent, names, default_hs, default_tax_class,
    default_weight_grams, position) SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS TEXT),
    CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS BIGINT), CAST($8 AS BIGINT)
    WHERE (SELECT COUNT(*) FROM catalog_category) < $9 ON CONFLICT (slug) DO NOTHING";
const UPDATE: &str =
    "UPDATE catalog_category SET parent = $2, names = $3, default_hs = $4, default_tax_class = $5, default_weight_grams = $6,
      position = $7
    WHERE id = $1 AND (COALESCE(parent, 0) <> COALESCE($2, 0) OR names <> $3 OR COALESCE(default_hs, '') <> COALESCE($4, '')
      OR default_tax_class <> $5 OR COALESCE(default_weight_grams, 0) <> COALESCE($6, 0) OR position <> $7)";
const READY_AGAIN: &str =
    "UPDATE catalog_variant SET ready = CASE WHEN (hs IS NOT NULL OR $2 = 1) AND origin IS NOT NULL
      AND customs_description <> '' AND (weight_grams IS NOT NULL OR $3 = 1) THEN 1 ELSE 0 END
    WHERE product IN (SELECT id FROM catalog_product WHERE category = $1)";
