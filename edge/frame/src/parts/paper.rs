//! The papers that a carrier made for a parcel, for whoever may see them.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use logistics::Document;
use orders::Consignment;
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

/// A parcel that was called back has no papers any more: its label is void. Errors: `recalled` (conflict).
pub fn must_leave(consignment: &Consignment) -> Result<()> {
    let say = "This parcel was refunded and called back: its label is void.";
    if consignment.is_recalled() { Err(Error::conflict("recalled", say)) } else { Ok(()) }
}

/// A carrier's paper of a consignment. Who may see it was checked by the caller. Errors: not found, `recalled`.
pub fn paper(db: &mut Read, consignment: &Consignment, category: &str) -> Result<Document> {
    must_leave(consignment)?;
    let none = || Error::not_found("no_such_paper", "The carrier made no such paper for this parcel.");
    logistics::document(db, consignment.parcel.ok_or_else(none)?, category)?.ok_or_else(none)
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
