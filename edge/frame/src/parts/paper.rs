//! The papers that a carrier made for a parcel, for whoever may see them.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use logistics::Document;
use orders::{Consignment, Parcel};
use parties::Organisation;
use store::Read;

/// A consignment, if it is this organisation's, or it ships it. Errors: not found for anybody else's, as if it did not exist.
pub fn reach(db: &mut Read, own: Id<Organisation>, id: Id<Consignment>) -> Result<Consignment> {
    let consignment = orders::consignment(db, id)?;
    if consignment.organisation != own && consignment.shipped_by != own {
        return Err(Error::not_found("consignment_unknown", "There is no such consignment."));
    }
    Ok(consignment)
}

/// A consignment, if this organisation ships it. Errors: not found for anybody else's, as if it did not exist.
pub fn reach_to_ship(db: &mut Read, own: Id<Organisation>, id: Id<Consignment>) -> Result<Consignment> {
    let consignment = orders::consignment(db, id)?;
    if consignment.shipped_by != own {
        return Err(Error::not_found("consignment_unknown", "There is no such consignment."));
    }
    Ok(consignment)
}

/// The parcel of a consignment that papers are asked of: the one that is named, else the newest. Errors: `unknown_parcel`;
/// `recalled` (conflict): one that was unpacked again has no papers any more; not found while nothing is packed (`none`).
pub fn parcel(db: &mut Read, consignment: &Consignment, named: Option<&str>, none: fn() -> Error) -> Result<Parcel> {
    let own = orders::parcels(db, consignment.order)?.into_iter().filter(|one| one.consignment == consignment.id);
    let own: Vec<Parcel> = own.filter(|one| one.packed_at.is_some()).collect();
    let unknown = || Error::not_found("unknown_parcel", "There is no such parcel with a label.");
    let found = match named.filter(|name| !name.is_empty()) {
        Some(name) => own.into_iter().find(|one| one.id.to_string() == name).ok_or_else(unknown)?,
        None => own.into_iter().max_by_key(|one| (one.has_label(), one.position)).ok_or_else(none)?,
    };
    let say = "This parcel was called back: its label is void.";
    if found.has_label() { Ok(found) } else { Err(Error::conflict("recalled", say)) }
}

/// A carrier's paper of a parcel of a consignment. Who may see it was checked by the caller. Errors: not found, those of [`parcel`].
pub fn paper(db: &mut Read, consignment: &Consignment, named: Option<&str>, category: &str) -> Result<Document> {
    let found = parcel(db, consignment, named, none)?;
    logistics::document(db, found.label.ok_or_else(none)?, category)?.ok_or_else(none)
}

fn none() -> Error {
    Error::not_found("no_such_paper", "The carrier made no such paper for this parcel.")
}

/// The file itself, to be shown by the browser.
pub fn file(paper: &Document) -> Result<Response> {
    let bytes = BASE64_STANDARD.decode(&paper.base64).map_err(Error::internal)?;
    let (kind, ending) = match paper.format.as_str() {
        "PDF" => ("application/pdf", "pdf"),
        "PNG" => ("image/png", "png"),
        _ => ("application/octet-stream", "zpl"),
    };
    let named = format!("inline; filename=\"{}.{ending}\"", paper.category);
    let named = HeaderValue::from_str(&named).map_err(Error::internal)?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, named)];
    Ok((headers, bytes).into_response())
}
