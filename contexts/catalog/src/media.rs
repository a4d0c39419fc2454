//! Pictures that are kept: whose they are, and where one was fetched.

use crate::picture::{Coding, Picture, PictureAddress};
use crate::wanted::PutProduct;
use base::{Error, Permission, Result};
use std::borrow::Cow;
use std::collections::BTreeMap;
use store::{Read, Tx, params};

/// Longest address that is fetched: an index holds it.
const SOURCE_BYTES: usize = 1500;

/// A picture whose files are in the storage already, to be known as an organisation's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutMedium {
    /// Raw id of the owner in parties.
    pub organisation: i64,
    /// Its largest size.
    pub address: PictureAddress,
    /// Of all its files.
    pub bytes: i64,
    /// Where it was fetched; empty for one that was sent.
    pub source: String,
}

impl PutMedium {
    /// Of a picture that was read.
    pub fn of(organisation: i64, picture: &Picture, source: &str) -> PutMedium {
        let (address, source) = (picture.address.clone(), source.to_owned());
        PutMedium { organisation, address, bytes: picture.bytes(), source }
    }
}

/// Notes a picture as its owner's, as its owner or the operator. Twice is once. Errors: denied; `picture_going`.
pub fn put_medium(tx: &mut Tx, put: &PutMedium) -> Result<()> {
    tx.actor().may_for(put.organisation, Permission::SellerWrite, Permission::CatalogWrite)?;
    let PictureAddress { hash, width, height, coding } = &put.address;
    let (width, height, now) = (i64::from(*width), i64::from(*height), tx.now());
    crate::uses::came(tx, hash)?;
    tx.send(PUT, params![put.organisation, hash, &put.source, width, height, coding.mime(), put.bytes, now])?;
    Ok(())
}

/// Whether a source of a picture lies on another machine.
pub(crate) fn is_remote(source: &str) -> bool {
    source.starts_with("https://") || source.starts_with("http://")
}

/// Whether such an address can be fetched at all.
pub(crate) fn is_fetchable(source: &str) -> bool {
    source.len() <= SOURCE_BYTES
}

/// The kept picture that was fetched from `source` for this owner.
pub(crate) fn fetched(db: &mut Read, organisation: i64, source: &str) -> Result<Option<PictureAddress>> {
    if !is_fetchable(source) {
        return Ok(None);
    }
    let Some(row) = db.maybe(FETCHED, params![organisation, source])? else { return Ok(None) };
    let (width, height, mime): (i64, i64, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let coding = if mime == Coding::Png.mime() { Coding::Png } else { Coding::Jpeg };
    let whole = |size: i64| u32::try_from(size).map_err(Error::internal);
    Ok(Some(PictureAddress { hash: row.get(0)?, width: whole(width)?, height: whole(height)?, coding }))
}

/// The kept picture of this owner that an address on any machine names by its content, as our own files out do.
fn named_by_content(db: &mut Read, organisation: i64, source: &str) -> Result<Option<PictureAddress>> {
    let path = source.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let Some(address) = path.and_then(|path| path.parse::<PictureAddress>().ok()) else { return Ok(None) };
    Ok(db.maybe(OWN, params![organisation, &address.hash])?.map(|_| address))
}

/// Where a picture that a product names can be had from outside: where it was fetched, if that still leads to it here; else its address
/// at `base`, the shop's own (without a slash at its end).
pub(crate) fn outside(db: &mut Read, organisation: i64, source: &str, base: &str) -> Result<String> {
    let Ok(address) = source.parse::<PictureAddress>() else { return Ok(source.to_owned()) };
    for row in db.query(SOURCES, params![organisation, &address.hash])? {
        let from: String = row.get(0)?;
        if fetched(db, organisation, &from)?.as_ref() == Some(&address) {
            return Ok(from);
        }
    }
    Ok(format!("{base}{source}"))
}

/// The same put, its remote pictures by the kept ones: those that our own addresses name, and, of a product that `is_known`, those that
/// were fetched for an earlier put, so that the same file again changes nothing.
pub(crate) fn with_kept<'a>(tx: &mut Tx, put: &'a PutProduct, is_known: bool) -> Result<Cow<'a, PutProduct>> {
    if !put.sources().iter().any(|source| is_remote(source)) {
        return Ok(Cow::Borrowed(put));
    }
    let mut known = BTreeMap::new();
    for source in put.sources().into_iter().filter(|source| is_remote(source)) {
        let before = if is_known { fetched(tx, put.organisation, &source)? } else { None };
        let kept = match before {
            Some(address) => Some(address),
            None => named_by_content(tx, put.organisation, &source)?,
        };
        if let Some(address) = kept {
            known.insert(source, address.to_string());
        }
    }
    if known.is_empty() {
        return Ok(Cow::Borrowed(put));
    }
    let mut put = put.clone();
    put.replace_sources(&known);
    Ok(Cow::Owned(put))
}

/// Errors: `unknown_picture`, naming the field, for a kept picture that is not the owner's.
pub(crate) fn check_own(db: &mut Read, organisation: i64, source: &str, field: &str) -> Result<()> {
    if !source.starts_with("/media/") {
        return Ok(());
    }
    let unknown = || Error::field(field, "unknown_picture", "Send the picture first; this one is not known.");
    let address: PictureAddress = source.parse().map_err(|_| unknown())?;
    db.maybe(OWN, params![organisation, &address.hash])?.map(drop).ok_or_else(unknown)
}

const PUT: &str = "INSERT INTO catalog_media (organisation, hash, source, width, height, mime, bytes, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
const FETCHED: &str = "SELECT hash, width, height, mime FROM catalog_media WHERE organisation = $1 AND source = $2 ORDER BY at DESC LIMIT 1";
const SOURCES: &str = "SELECT source FROM catalog_media WHERE organisation = $1 AND hash = $2 AND source <> ''
    ORDER BY at DESC, source LIMIT 8";
const OWN: &str = "SELECT width FROM catalog_media WHERE organisation = $1 AND hash = $2 LIMIT 1";
