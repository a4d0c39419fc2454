//! What became of a label that was asked of a carrier outside, for people; and the papers that it made.

use axum::extract::{Path, State};
use base::Id;
use frame::failure::Answer;
use frame::parts::paper::{self, file};
use frame::{App, Form, Visitor};
use logistics::{Booking, BookingState};
use orders::{Consignment, Packing, Parcel, ParcelState};
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

/// What to tell about the booking of a parcel in this state; nothing once all is well.
pub fn asked(visitor: &Visitor, stage: ParcelState, booking: Option<&Booking>) -> Option<AskedView> {
    let booking = booking?;
    let why = |key: &str| visitor.locale.fill(key, &[("reason", booking.problem.as_str().into())]);
    let say = |tone, text, again| Some(AskedView { tone, text, again });
    match (booking.state, stage) {
        (BookingState::Requested, ParcelState::Asked) if booking.problem.is_empty() => {
            say("land", visitor.locale.t("d-label-requested").to_string(), false)
        }
        (BookingState::Requested, ParcelState::Asked) => say("warn", why("d-label-waiting"), true),
        (BookingState::Refused, ParcelState::Asked) => say("bad", why("d-label-refused"), true),
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
pub fn links(visitor: &Visitor, base: &str, parcel: Id<Parcel>, categories: &[String]) -> Vec<PaperLink> {
    let link = |category: &String| PaperLink {
        href: format!("{base}/documents/{category}?parcel={parcel}"),
        name: crate::words::word(&visitor.locale, "d-paper", category),
    };
    categories.iter().map(link).collect()
}

/// GET /console/consignments/{consignment}/documents/{category}
pub async fn console(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, category)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id = crate::place::id::<Consignment>(&id)?;
    let read = move |db: &mut Read| {
        let consignment = orders::consignment(db, id)?;
        paper::paper(db, &consignment, form.given("parcel"), &category)
    };
    Ok(file(&app.store.read_as(visitor.actor, read).await?)?)
}

/// GET /seller/orders/{consignment}/documents/{category}
pub async fn seller(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, category)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (own, id): (_, Id<Consignment>) = (crate::place::own(&visitor)?, crate::place::id(&id)?);
    let read = move |db: &mut Read| {
        let consignment = frame::parts::paper::reach_to_ship(db, own, id)?;
        paper::paper(db, &consignment, form.given("parcel"), &category)
    };
    Ok(file(&app.store.read_as(visitor.actor, read).await?)?)
}
