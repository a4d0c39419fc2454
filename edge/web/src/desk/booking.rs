//! What became of a label that was asked of a carrier outside, for people; and the papers that it made.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use frame::failure::Answer;
use frame::{App, Visitor};
use logistics::{Booking, BookingState, Document};
use orders::{Consignment, Packing, State as Stage};
use serde::Serialize;
use store::Read;

/// A sentence about a label that is not there (yet).
#[derive(Clone, Debug, Serialize)]
pub struct AskedView {
    tone: &'static str,
    text: String,
    /// The button says “ask again”.
    again: bool,
}

/// What to tell about the booking of a consignment in this state; nothing once all is well.
pub fn asked(visitor: &Visitor, stage: Stage, booking: Option<&Booking>) -> Option<AskedView> {
    let booking = booking?;
    let why = |key: &str| visitor.locale.fill(key, &[("reason", booking.problem.as_str().into())]);
    let say = |tone, text, again| Some(AskedView { tone, text, again });
    match (booking.state, stage) {
        (BookingState::Requested, Stage::ToPack) if booking.problem.is_empty() => {
            say("land", visitor.locale.t("d-label-requested").to_string(), false)
        }
        (BookingState::Requested, Stage::ToPack) => say("warn", why("d-label-waiting"), true),
        (BookingState::Refused, Stage::ToPack) => say("bad", why("d-label-refused"), true),
        (BookingState::Kept, _) => say("warn", why("d-label-kept"), false),
        _ => None,
    }
}

/// What the page says after packing: packed, or asked for.
pub fn said(packing: &Packing) -> &'static str {
    match packing {
        Packing::Packed(_) => "d-said-packed",
        Packing::Requested(_) => "d-said-label-asked",
    }
}

/// A link to a carrier's paper.
#[derive(Clone, Debug, Serialize)]
pub struct PaperLink {
    href: String,
    name: String,
}

/// The carrier's papers of a parcel, as links below `base`.
pub fn links(visitor: &Visitor, base: &str, categories: &[String]) -> Vec<PaperLink> {
    let link = |category: &String| PaperLink {
        href: format!("{base}/documents/{category}"),
        name: super::words::word(&visitor.locale, "d-paper", category),
    };
    categories.iter().map(link).collect()
}

/// A carrier's paper of a consignment. Who may see it was checked by the caller. Errors: not found.
pub fn paper(db: &mut Read, consignment: &Consignment, category: &str) -> Result<Document> {
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

/// GET /console/consignments/{consignment}/documents/{category}
pub async fn console(State(app): State<App>, visitor: Visitor, Path((id, category)): Path<(String, String)>) -> Answer {
    let id = super::id::<Consignment>(&id)?;
    let read = move |db: &mut Read| {
        let consignment = orders::consignment(db, id)?;
        paper(db, &consignment, &category)
    };
    Ok(file(&app.store.read_as(visitor.actor, read).await?)?)
}

/// GET /seller/orders/{consignment}/documents/{category}
pub async fn seller(State(app): State<App>, visitor: Visitor, Path((id, category)): Path<(String, String)>) -> Answer {
    let (own, id): (_, Id<Consignment>) = (super::own(&visitor)?, super::id(&id)?);
    let read = move |db: &mut Read| {
        let consignment = crate::seller::reach(db, own, id)?;
        paper(db, &consignment, &category)
    };
    Ok(file(&app.store.read_as(visitor.actor, read).await?)?)
}
