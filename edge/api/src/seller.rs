//! The seller's orders by API key: what is to be packed, packing, handing over, labels.

use crate::input::{Part, Query, id, limit, maybe};
use crate::refusals::{Changes, KeyReads};
use crate::view::MoneyView;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use base::{Actor, Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::parts::paper::{self, reach, reach_to_ship};
use frame::visitor::Visitor;
use logistics::{BUILT_IN, LabelView, label_svg};
use orders::{Consignment, SellerFilter, SellerRow, State as Stage};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use utoipa::{IntoParams, ToSchema};

/// The organisation that the key acts for.
pub fn own(visitor: &Visitor) -> Result<Id<Organisation>> {
    match visitor.actor {
        Actor::Person { organisation, .. } if organisation != 0 => Ok(Id::from_raw(organisation)),
        _ => Err(Error::denied("denied", "This key acts for no organisation.")),
    }
}

/// Which consignments.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SellerOrdersQuery {
    /// `to_pack`, `packed`, `in_transit`, `delivered`, `completed` …; all when not said.
    state: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of a seller's consignments.
#[derive(Serialize, ToSchema)]
pub struct SellerOrders {
    /// Newest first.
    pub consignments: Vec<SellerConsignment>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// A consignment as its seller sees it.
#[derive(Serialize, ToSchema)]
pub struct SellerConsignment {
    /// Its id.
    #[schema(example = "csg_1f8k2m")]
    pub id: String,
    /// Number of the order.
    #[schema(example = "EN-7Q4K-2219")]
    pub number: String,
    /// When the order was placed.
    #[schema(format = DateTime)]
    pub placed_at: String,
    /// Whom it goes to.
    pub buyer: String,
    /// City.
    pub city: String,
    /// Country.
    pub destination: String,
    /// Code of the service.
    pub service: String,
    /// How far it is.
    #[schema(example = "to_pack")]
    pub state: String,
    /// Where it stands with customs.
    pub customs: String,
    /// When it must be with the carrier.
    #[schema(format = DateTime)]
    pub ship_by: Option<String>,
    /// Title of the first line of which something is sent.
    pub title: String,
    /// How many lines are sent, or were sold where nothing is.
    pub lines: i64,
    /// How many pieces of them.
    pub pieces: i64,
    /// What the seller gets, after what refunds took back.
    pub payout: MoneyView,
}

fn row(row: &SellerRow) -> SellerConsignment {
    SellerConsignment {
        id: row.id.to_string(),
        number: row.number.clone(),
        placed_at: row.placed_at.to_string(),
        buyer: row.buyer.clone(),
        city: row.city.clone(),
        destination: row.destination.to_string(),
        service: row.service.clone(),
        state: row.state.name().to_owned(),
        customs: row.customs.name().to_owned(),
        ship_by: crate::orders::moment(row.ship_by),
        title: row.title.clone(),
        lines: row.lines,
        pieces: row.pieces,
        payout: row.payout.into(),
    }
}

/// List own consignments
#[utoipa::path(get, path = "/api/seller/orders", tag = "Seller", params(SellerOrdersQuery), security(("key" = [])),
    responses((status = 200, description = "A page of consignments.", body = SellerOrders), KeyReads))]
pub async fn orders(State(app): State<App>, visitor: Visitor, Query(query): Query<SellerOrdersQuery>) -> Answer {
    let (own, limit) = (own(&visitor)?, limit(query.limit)?);
    let filter = match query.state.as_deref().filter(|state| !state.is_empty()) {
        None => SellerFilter::All,
        Some(name) => SellerFilter::State(
            Stage::named(name).ok_or_else(|| Error::field("state", "unknown_choice", "There is no such state."))?,
        ),
    };
    let after: Option<Id<Consignment>> = maybe("after", query.after.as_deref())?;
    let read = move |db: &mut Read| {
        let page = orders::of_organisation(db, own, filter, after, limit)?;
        Ok((settlement::after_refunds(db, page.rows)?, page.next))
    };
    let (rows, next) = app.store.read_as(visitor.actor, read).await?;
    let answer = SellerOrders { consignments: rows.iter().map(row).collect(), next: next.map(|next| next.to_string()) };
    Ok(axum::Json(answer).into_response())
}

/// A parcel with its label.
#[derive(Serialize, ToSchema)]
pub struct PackedAnswer {
    /// The consignment.
    #[schema(example = "csg_1f8k2m")]
    pub consignment: String,
    /// How far it is.
    #[schema(example = "packed")]
    pub state: String,
    /// Tracking number.
    #[schema(example = "LX473124829CN")]
    pub tracking: Option<String>,
    /// Where its label is.
    pub label: Option<String>,
    /// Of a carrier outside that is asked for the label: `requested`, `booked` or `refused`. Ask for the packing again after
    /// a refusal.
    pub booking: Option<String>,
    /// Why the carrier has not made the label (yet), in its words.
    pub problem: Option<String>,
}

fn packed(db: &mut Read, id: Id<Consignment>) -> Result<PackedAnswer> {
    let consignment = orders::consignment(db, id)?;
    let parcel = logistics::by_consignment(db, id.raw())?;
    let booking = logistics::booking_of(db, id.raw())?;
    Ok(PackedAnswer {
        booking: booking.as_ref().map(|booking| booking.state.name().to_owned()),
        problem: booking.map(|booking| booking.problem).filter(|problem| !problem.is_empty()),
        consignment: id.to_string(),
        state: consignment.state.name().to_owned(),
        label: parcel.as_ref().map(|parcel| match parcel.carrier.as_str() {
            BUILT_IN => format!("/api/seller/consignments/{id}/label.svg"),
            _ => format!("/api/seller/consignments/{id}/documents/label"),
        }),
        tracking: parcel.map(|parcel| parcel.tracking),
    })
}

/// Pack a consignment: it gets its parcel and label
///
/// Asked again, the parcel is the same. A carrier outside is only asked for the label here: it is packed when `booking` says
/// `booked`, soon after, and the webhook `consignment.packed` tells.
#[utoipa::path(post, path = "/api/seller/consignments/{id}/pack", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The consignment."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The parcel.", body = PackedAnswer), Changes))]
pub async fn pack(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let (own, consignment) = (own(&visitor)?, text.parse::<Id<Consignment>>()?);
    let write = move |tx: &mut Tx| {
        reach(tx, own, consignment)?;
        orders::pack(tx, consignment)?;
        packed(tx, consignment)
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// Say that the carrier took a parcel
///
/// Asked again, nothing changes.
#[utoipa::path(post, path = "/api/seller/consignments/{id}/hand-over", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The consignment."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The parcel.", body = PackedAnswer), Changes))]
pub async fn hand_over(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let (own, consignment) = (own(&visitor)?, text.parse::<Id<Consignment>>()?);
    let write = move |tx: &mut Tx| {
        reach(tx, own, consignment)?;
        orders::hand_over(tx, consignment)?;
        packed(tx, consignment)
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// The label of a packed consignment
#[utoipa::path(get, path = "/api/seller/consignments/{id}/label.svg", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The consignment.")),
    responses((status = 200, description = "The label, 100 × 150 mm.", content_type = "image/svg+xml", body = String), KeyReads))]
pub async fn label(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let (own, consignment) = (own(&visitor)?, id::<Consignment>("id", &text).map_err(|_| no_label())?);
    let svg = app
        .store
        .read_as(visitor.actor, move |db| {
            let known = reach_to_ship(db, own, consignment)?;
            paper::must_leave(&known)?;
            let parcel = logistics::by_consignment(db, consignment.raw())?.ok_or_else(no_label)?;
            if logistics::document(db, parcel.id, "label")?.is_some() {
                return Err(Error::not_found("label_apart", "The carrier made this label; get documents/label."));
            }
            let order = orders::find(db, known.order)?;
            label_svg(&LabelView::of(&parcel, &order.number, |country| country.code().to_owned())?)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// A paper that a carrier outside made for a parcel: `label` or `invoice`
#[utoipa::path(get, path = "/api/seller/consignments/{id}/documents/{category}", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The consignment."),
        ("category" = String, Path, description = "Which paper.", example = "label")),
    responses((status = 200, description = "The file, mostly PDF.", content_type = "application/pdf", body = String), KeyReads))]
pub async fn document(
    State(app): State<App>,
    visitor: Visitor,
    Path((text, category)): Path<(String, String)>,
) -> Answer {
    let (own, consignment) = (own(&visitor)?, id::<Consignment>("id", &text).map_err(|_| no_label())?);
    let read = move |db: &mut Read| {
        let known = reach_to_ship(db, own, consignment)?;
        paper::paper(db, &known, &category)
    };
    Ok(paper::file(&app.store.read_as(visitor.actor, read).await?)?)
}

fn no_label() -> Error {
    Error::not_found("not_packed", "There is no label before the parcel is packed.")
}
