//! Which products name a kept picture; and letting go of files that none has named for long.
//!
//! The row of a picture decides: whoever names it writes to the row first, whoever clears it away does so too, so that of two
//! at once one finds what the other did. The files go when the row says `going_at`, and while it does nobody can name it.

use crate::product::Product;
use base::{Error, Id, Result};
use std::collections::BTreeMap;
use store::{Tx, params};

/// A picture that no product names stays for so many days, be it sent and never used or taken off its product.
pub const UNUSED_DAYS: i64 = 30;
/// After its files went a picture is remembered as gone for so long: no upload that found them takes longer.
const GONE_HOURS: i64 = 1;
/// Whoever began to remove files and did not end is taken to be dead after so long.
const REMOVING_MINUTES: i64 = 30;

const MEDIA: &str = "/media/";
const HASH_LETTERS: usize = 64;

/// Whether a text names kept pictures.
pub(crate) fn names_any(text: &str) -> bool {
    text.contains(MEDIA)
}

/// Notes a picture that has come, or come again. Errors: `picture_going`, while its files are being removed.
pub(crate) fn came(tx: &mut Tx, hash: &str) -> Result<()> {
    let now = tx.now();
    if tx.run(CAME, params![hash, now])? == 0 { Err(going()) } else { Ok(()) }
}

fn going() -> Error {
    Error::field("pictures", "picture_going", "This picture is just being cleared away; send it again in an hour.")
}

/// Brings what is noted of a product's pictures up to date with its rows. Errors: `picture_going`.
pub(crate) fn refresh(tx: &mut Tx, product: Id<Product>) -> Result<()> {
    let named = named(tx, product)?;
    let mut noted: Vec<String> = Vec::new();
    for row in tx.query(NOTED, params![product])? {
        noted.push(row.get(0)?);
    }
    // In order, so that two products with the same pictures do not wait for each other.
    let mut all: Vec<&String> = named.keys().chain(&noted).collect();
    all.sort();
    all.dedup();
    for hash in all {
        match named.get(hash) {
            Some(on_sale) => name(tx, product, hash, *on_sale)?,
            None => let_go(tx, product, hash)?,
        }
    }
    Ok(())
}

fn name(tx: &mut Tx, product: Id<Product>, hash: &str, on_sale: bool) -> Result<()> {
    if tx.run(NAMED, params![hash, on_sale])? == 0 {
        // A description may name what is not kept here.
        return if tx.maybe(KNOWN, params![hash])?.is_some() { Err(going()) } else { Ok(()) };
    }
    tx.send(NOTE, params![hash, product])?;
    Ok(())
}

fn let_go(tx: &mut Tx, product: Id<Product>, hash: &str) -> Result<()> {
    let now = tx.now();
    tx.send(LOCK, params![hash])?;
    tx.send(UNNOTE, params![hash, product])?;
    tx.send(UNUSED, params![hash, now])?;
    Ok(())
}

/// The kept pictures that a product names, and whether one stands for goods on sale: as a cover or a variant's.
fn named(tx: &mut Tx, product: Id<Product>) -> Result<BTreeMap<String, bool>> {
    let mut found = BTreeMap::new();
    let mut add = |text: &str, on_sale: bool| {
        for hash in hashes(text) {
            *found.entry(hash.to_owned()).or_insert(false) |= on_sale;
        }
    };
    let row = tx.one(PRODUCT, params![product])?;
    for (index, on_sale) in [(0, true), (1, false), (2, false)] {
        add(&row.get::<String>(index)?, on_sale);
    }
    for row in tx.query(VARIANTS, params![product])? {
        add(&row.get::<String>(0)?, true);
    }
    for row in tx.query(TEXTS, params![product])? {
        add(&row.get::<String>(0)?, false);
    }
    Ok(found)
}

fn hashes(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(MEDIA).filter_map(|(at, _)| {
        let hash = text.get(at + MEDIA.len()..at + MEDIA.len() + HASH_LETTERS)?;
        hash.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(hash)
    })
}

/// Takes up to `limit` pictures that no product has named for [`UNUSED_DAYS`], to have their files removed and then
/// [`record_gone`]; what somebody took and never recorded is given out again. Pictures that stood for goods on sale stay: orders
/// show them.
pub fn claim_unused(tx: &mut Tx, limit: i64) -> Result<Vec<String>> {
    let now = tx.now();
    let (unused, dead) = (now.plus_days(-UNUSED_DAYS), now.plus_seconds(-REMOVING_MINUTES * 60));
    let mut claimed = Vec::new();
    for row in tx.query(BROKEN_OFF, params![dead, limit])? {
        claimed.push(row.get::<String>(0)?);
    }
    for row in tx.query(LONG_UNUSED, params![unused, limit])? {
        let hash: String = row.get(0)?;
        if tx.run(CLAIM, params![hash, now, unused])? == 1 {
            tx.send(FORGET_MEDIA, params![hash])?;
            claimed.push(hash);
        }
    }
    for hash in &claimed {
        tx.send(REMOVING, params![hash, now])?;
    }
    Ok(claimed)
}

/// The files of these pictures are removed.
pub fn record_gone(tx: &mut Tx, hashes: &[String]) -> Result<()> {
    let now = tx.now();
    for hash in hashes {
        tx.send(GONE, params![hash, now])?;
    }
    Ok(())
}

/// Forgets up to `limit` pictures whose files went more than an hour ago; says how many.
pub fn forget_gone(tx: &mut Tx, limit: i64) -> Result<u64> {
    let before = tx.now().plus_hours(-GONE_HOURS);
    tx.run(FORGET, params![before, limit])
}

const CAME: &str = "INSERT INTO catalog_picture (hash, on_sale, unused_since) VALUES ($1, 0, $2)
    ON CONFLICT (hash) DO UPDATE SET unused_since = CASE WHEN catalog_picture.unused_since IS NULL THEN NULL
      ELSE excluded.unused_since END WHERE catalog_picture.going_at IS NULL";
const NOTED: &str = "SELECT hash FROM catalog_picture_use WHERE product = $1";
const NAMED: &str =
    "UPDATE catalog_picture SET unused_since = NULL, on_sale = CASE WHEN CAST($2 AS BIGINT) = 1 THEN 1 ELSE on_sale END
    WHERE hash = $1 AND going_at IS NULL";
const KNOWN: &str = "SELECT hash FROM catalog_picture WHERE hash = $1";
const NOTE: &str = "INSERT INTO catalog_picture_use (hash, product) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const LOCK: &str = "UPDATE catalog_picture SET on_sale = on_sale WHERE hash = $1";
const UNNOTE: &str = "DELETE FROM catalog_picture_use WHERE hash = $1 AND product = $2";
const UNUSED: &str = "UPDATE catalog_picture SET unused_since = $2 WHERE hash = $1 AND unused_since IS NULL
    AND NOT EXISTS (SELECT 1 FROM catalog_picture_use u WHERE u.hash = $1)";
const PRODUCT: &str = "SELECT image, images, description_html FROM catalog_product WHERE id = $1";
const VARIANTS: &str = "SELECT image FROM catalog_variant WHERE product = $1";
const TEXTS: &str = "SELECT description_html FROM catalog_text WHERE product = $1";
const BROKEN_OFF: &str = "SELECT hash FROM catalog_picture WHERE going_at <= $1 AND gone_at IS NULL
    ORDER BY going_at LIMIT $2";
const LONG_UNUSED: &str = "SELECT hash FROM catalog_picture
    WHERE unused_since <= $1 AND on_sale = 0 AND going_at IS NULL ORDER BY unused_since LIMIT $2";
const CLAIM: &str = "UPDATE catalog_picture SET going_at = $2
    WHERE hash = $1 AND unused_since <= $3 AND on_sale = 0 AND going_at IS NULL";
const REMOVING: &str = "UPDATE catalog_picture SET going_at = $2 WHERE hash = $1";
const FORGET_MEDIA: &str = "DELETE FROM catalog_media WHERE hash = $1";
const GONE: &str = "UPDATE catalog_picture SET gone_at = $2 WHERE hash = $1 AND going_at IS NOT NULL";
const FORGET: &str = "DELETE FROM catalog_picture WHERE hash IN
    (SELECT hash FROM catalog_picture WHERE gone_at <= $1 ORDER BY gone_at LIMIT $2)";
