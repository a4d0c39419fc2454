//! Pictures that still lie on other machines: which products have some, when they are fetched, what came of it.
//!
//! Putting a product only notes that there is something to fetch, once for the whole product. Whoever fetches claims
//! products, asks the other machines outside of any transaction, and records what came.

use crate::event::ProductChanged;
use crate::html;
use crate::media::{PutMedium, is_fetchable, is_remote, put_medium};
use crate::product::Product;
use base::{Error, Id, Kind, Moment, Permission, Result};
use std::collections::{BTreeMap, BTreeSet};
use store::{Read, Tx, params};

/// Pictures of one product that are fetched.
pub const PICTURES: usize = 30;
/// How often a product is tried before it is given up.
pub const ATTEMPTS: i64 = 5;
/// Whoever claimed a product has this long; then another may.
const LEASE_SECONDS: i64 = 900;
/// The pause after the first failure, four times as long after each further one: 2, 8, 32, 128 minutes.
const PAUSE_SECONDS: i64 = 120;
/// Longest address that is shown of a picture that cannot be fetched.
const SHOWN_BYTES: usize = 300;

/// A product whose pictures are to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The product.
    pub product: Id<Product>,
    /// Raw id of its owner.
    pub organisation: i64,
    /// Where the pictures lie, each once, 30 at most.
    pub sources: Vec<String>,
    /// Which attempt this is, from 1.
    attempt: i64,
    lease: Moment,
}

/// What came of one picture: the kept one, or why there is none.
pub type Fetched = (String, Result<PutMedium>);

/// A picture that could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchFault {
    /// Its address, cut at 300 bytes.
    pub source: String,
    /// Stable name of the reason.
    pub code: String,
    /// What to do, in English.
    pub message: String,
    /// When it was tried last.
    pub at: Moment,
}

/// How far the pictures of a product are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchState {
    /// When the rest is tried; none when there is no rest, or it was given up.
    pub due_at: Option<Moment>,
    /// Something is still to be fetched, or was given up.
    pub open: bool,
    /// What went wrong.
    pub faults: Vec<FetchFault>,
}

/// Notes that a product has pictures elsewhere; counts from the beginning again.
pub(crate) fn want(tx: &mut Tx, product: Id<Product>) -> Result<()> {
    tx.send(WANT, params![product, tx.now()])?;
    Ok(())
}

/// The organisations, by raw id, of which pictures are due; found by one step in the index for each that waits for some.
pub fn due_fetches(db: &mut Read) -> Result<Vec<i64>> {
    let (now, mut last, mut due) = (db.now(), i64::MIN, Vec::new());
    while let Some(row) = db.maybe(NEXT_ORGANISATION, params![last])? {
        last = row.get(0)?;
        if row.get::<Moment>(1)? <= now {
            due.push(last);
        }
    }
    Ok(due)
}

/// Takes up to `limit` products of an organisation whose pictures are due. Each is given out once; whoever took it records what
/// came.
pub fn claim_fetches(tx: &mut Tx, organisation: i64, limit: i64) -> Result<Vec<Fetch>> {
    let (now, lease) = (tx.now(), tx.now().plus_seconds(LEASE_SECONDS));
    let mut claimed = Vec::new();
    for row in tx.query(DUE, params![now, organisation, limit])? {
        let (product, due_at): (Id<Product>, Moment) = (row.get(0)?, row.get(1)?);
        if tx.run(CLAIM, params![product, due_at, lease])? == 0 {
            continue;
        }
        let attempt = row.get::<i64>(2)? + 1;
        let mut sources = remote_sources(tx, product)?;
        sources.retain(|source| is_fetchable(source));
        sources.truncate(PICTURES);
        claimed.push(Fetch { product, organisation, sources, attempt, lease });
    }
    Ok(claimed)
}

/// Puts what was fetched in the place of what lay elsewhere, remembers what failed and when it is tried again. Emits
/// `catalog.product_changed` when a picture came.
pub fn record_fetches(tx: &mut Tx, fetch: &Fetch, came: &[Fetched]) -> Result<()> {
    tx.actor().may_for(fetch.organisation, Permission::SellerWrite, Permission::CatalogWrite)?;
    let mut known = BTreeMap::new();
    tx.send(FORGET_FAULTS, params![fetch.product])?;
    for (source, outcome) in came {
        match outcome {
            Ok(medium) => {
                put_medium(tx, medium)?;
                known.insert(source.clone(), medium.address.to_string());
            }
            Err(error) => note_fault(tx, fetch.product, source, error)?,
        }
    }
    if !known.is_empty() {
        replace(tx, fetch.product, &known)?;
    }
    let rest = remote_sources(tx, fetch.product)?;
    for source in rest.iter().filter(|source| !fetch.sources.contains(source)) {
        let error = match is_fetchable(source) {
            true => Error::invalid("too_many_pictures", "Only thirty pictures of a product are fetched."),
            false => Error::invalid("url_too_long", "The address of this picture is too long."),
        };
        note_fault(tx, fetch.product, source, &error)?;
    }
    // What is wrong with a picture itself does not pass; a machine that does not answer may answer later.
    let passing = |error: &Error| error.kind != Kind::Invalid;
    let again = came.iter().any(|(_, outcome)| outcome.as_ref().is_err_and(passing));
    if rest.is_empty() {
        tx.send(DONE, params![fetch.product, fetch.lease])?;
    } else {
        let pause = PAUSE_SECONDS << (2 * (fetch.attempt - 1).clamp(0, ATTEMPTS));
        let due_at = (again && fetch.attempt < ATTEMPTS).then(|| tx.now().plus_seconds(pause));
        tx.send(LATER, params![fetch.product, fetch.lease, due_at])?;
    }
    Ok(())
}

/// How far the pictures of a product are.
pub fn fetch_state(db: &mut Read, product: Id<Product>) -> Result<FetchState> {
    let row = db.maybe(STATE, params![product])?;
    let due_at = row.as_ref().map(|row| row.get(0)).transpose()?.flatten();
    let rows = db.query(FAULTS, params![product])?;
    let faults = rows
        .iter()
        .map(|row| Ok(FetchFault { source: row.get(0)?, code: row.get(1)?, message: row.get(2)?, at: row.get(3)? }))
        .collect::<Result<_>>()?;
    Ok(FetchState { due_at, open: row.is_some(), faults })
}

/// Tries the pictures of a product again at once, as its owner or the operator. Errors: denied; no such product.
pub fn fetch_again(tx: &mut Tx, product: Id<Product>) -> Result<()> {
    let row = tx.maybe(OWNER, params![product])?;
    let row = row.ok_or_else(|| Error::not_found("unknown_product", format!("There is no product {product}.")))?;
    tx.actor().may_for(row.get(0)?, Permission::SellerWrite, Permission::CatalogWrite)?;
    if remote_sources(tx, product)?.is_empty() { Ok(()) } else { want(tx, product) }
}

fn note_fault(tx: &mut Tx, product: Id<Product>, source: &str, error: &Error) -> Result<()> {
    let shown = &source[..source.floor_char_boundary(SHOWN_BYTES)];
    let (code, message) = match error.fields.first() {
        Some(field) => (field.code, &field.message),
        None => (error.code, &error.message),
    };
    tx.send(PUT_FAULT, params![product, shown, code, message, tx.now()])?;
    Ok(())
}

/// Every picture of a product that lies elsewhere, each once: the product's, its variants', those in its descriptions.
fn remote_sources(db: &mut Read, product: Id<Product>) -> Result<Vec<String>> {
    let row = db.one(PRODUCT, params![product])?;
    let images: Vec<(String, String)> = serde_json::from_str(&row.get::<String>(0)?).map_err(Error::internal)?;
    let mut found: Vec<String> = images.into_iter().map(|(source, _)| source).collect();
    for row in db.query(VARIANTS, params![product])? {
        found.push(row.get(1)?);
    }
    found.extend(html::sources(&row.get::<String>(1)?));
    for row in db.query(TEXTS, params![product])? {
        found.extend(html::sources(&row.get::<String>(1)?));
    }
    let mut seen = BTreeSet::new();
    found.retain(|source| is_remote(source) && seen.insert(source.clone()));
    Ok(found)
}

fn replace(tx: &mut Tx, product: Id<Product>, known: &BTreeMap<String, String>) -> Result<()> {
    let row = tx.one(PRODUCT, params![product])?;
    let (old_images, old_html): (String, String) = (row.get(0)?, row.get(1)?);
    let mut images: Vec<(String, String)> = Vec::new();
    for (source, alt) in serde_json::from_str::<Vec<(String, String)>>(&old_images).map_err(Error::internal)? {
        let source = known.get(&source).cloned().unwrap_or(source);
        if !images.iter().any(|(other, _)| *other == source) {
            images.push((source, alt));
        }
    }
    let cover = images.first().map(|(source, _)| source.clone()).unwrap_or_default();
    let images = serde_json::to_string(&images).map_err(Error::internal)?;
    let text = html::with_known_sources(&old_html, known);
    tx.send(SET_PRODUCT, params![product, cover, images, text, tx.now()])?;
    for row in tx.query(VARIANTS, params![product])? {
        if let Some(source) = known.get(&row.get::<String>(1)?) {
            tx.send(SET_VARIANT, params![row.get::<i64>(0)?, source])?;
        }
    }
    for row in tx.query(TEXTS, params![product])? {
        let (language, old): (String, String) = (row.get(0)?, row.get(1)?);
        let text = html::with_known_sources(&old, known);
        if text != old {
            tx.send(SET_TEXT, params![product, language, text])?;
        }
    }
    crate::uses::refresh(tx, product)?;
    tx.emit(product, &ProductChanged::default())
}

const WANT: &str = "INSERT INTO catalog_fetch (product, organisation, due_at, attempts)
    SELECT id, organisation, CAST($2 AS BIGINT), 0 FROM catalog_product WHERE id = $1 ON CONFLICT (product) DO UPDATE SET due_at = excluded.due_at, attempts = 0";
const NEXT_ORGANISATION: &str = "SELECT organisation, due_at FROM catalog_fetch
    WHERE organisation > $1 AND due_at IS NOT NULL ORDER BY organisation, due_at LIMIT 1";
const DUE: &str = "SELECT product, due_at, attempts FROM catalog_fetch
    WHERE organisation = $2 AND due_at <= $1 ORDER BY due_at, product LIMIT $3";
const CLAIM: &str = "UPDATE catalog_fetch SET due_at = $3, attempts = attempts + 1 WHERE product = $1 AND due_at = $2";
const DONE: &str = "DELETE FROM catalog_fetch WHERE product = $1 AND due_at = $2";
const LATER: &str = "UPDATE catalog_fetch SET due_at = $3 WHERE product = $1 AND due_at = $2";
const STATE: &str = "SELECT due_at FROM catalog_fetch WHERE product = $1";
const OWNER: &str = "SELECT organisation FROM catalog_product WHERE id = $1";
const FORGET_FAULTS: &str = "DELETE FROM catalog_fetch_fault WHERE product = $1";
const FAULTS: &str =
    "SELECT source, code, message, at FROM catalog_fetch_fault WHERE product = $1 ORDER BY source LIMIT 50";
const PUT_FAULT: &str = "INSERT INTO catalog_fetch_fault (product, source, code, message, at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (product, source) DO UPDATE SET code = excluded.code,
    message = excluded.message, at = excluded.at";
const PRODUCT: &str = "SELECT images, description_html FROM catalog_product WHERE id = $1";
const VARIANTS: &str = "SELECT id, image FROM catalog_variant WHERE product = $1 ORDER BY position, id";
const TEXTS: &str = "SELECT language, description_html FROM catalog_text WHERE product = $1 ORDER BY language";
const SET_PRODUCT: &str = "UPDATE catalog_product SET image = $2, images = $3, description_html = $4, updated_at = $5
    WHERE id = $1";
const SET_VARIANT: &str = "UPDATE catalog_variant SET image = $2 WHERE id = $1";
const SET_TEXT: &str = "UPDATE catalog_text SET description_html = $3 WHERE product = $1 AND language = $2";
