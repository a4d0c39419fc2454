//! A consignment's parcels by API key of who ships it: packing, handing over, unpacking, receiving back, labels.

use crate::consignments::{PiecesAnswer, inside, waiting};
use crate::input::{Json, Maybe, Part, Query, id};
use crate::refunds::PiecesBody;
use crate::refusals::{Changes, KeyReads};
use crate::said::SaidAnswer;
use crate::seller::own;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::parts::paper::{self, reach, reach_to_ship};
use frame::visitor::Visitor;
use logistics::{BUILT_IN, LabelView, OWN, Size, label_svg};
use orders::{Consignment, Line, Parcel, ParcelState, Pick, Told};
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use utoipa::{IntoParams, ToSchema};

/// A consignment with its parcels and their labels.
#[derive(Serialize, ToSchema)]
pub struct PackedAnswer {
    /// The consignment.
    #[schema(example = "csg_1f8k2m")]
    pub consignment: String,
    /// How far it is: as far as its slowest parcel, `to_pack` while a piece waits.
    #[schema(example = "packed")]
    pub state: String,
    /// What waits to be packed.
    pub waiting: Vec<PiecesAnswer>,
    /// What the buyer said to the fields of the shop, as far as sellers are told it.
    pub fields: Vec<SaidAnswer>,
    /// Its parcels, one after another; those that were unpacked again too.
    pub parcels: Vec<SellerParcelAnswer>,
    /// Tracking number of the newest parcel.
    #[schema(example = "LX473124829CN")]
    pub tracking: Option<String>,
    /// Where the newest parcel's label is.
    pub label: Option<String>,
    /// Of a carrier outside that is asked for the newest parcel's label: `requested`, `booked` or `refused`. Ask for the packing
    /// again after a refusal.
    pub booking: Option<String>,
    /// Why the carrier has not made the label (yet), in its words.
    pub problem: Option<String>,
}

/// A parcel as who ships it sees it.
#[derive(Clone, Serialize, ToSchema)]
pub struct SellerParcelAnswer {
    /// Its id.
    #[schema(example = "opc_1f8k2m")]
    pub id: String,
    /// How far it is: `asked`, `packed`, `handed_over`, `in_transit`, `delivered`, `lost`, `returned`, `written_off`, or `recalled`
    /// when it was unpacked before it left.
    #[schema(example = "packed")]
    pub state: String,
    /// What is in it.
    pub lines: Vec<PiecesAnswer>,
    /// Tracking number, once it has one.
    #[schema(example = "LX473124829CN")]
    pub tracking: Option<String>,
    /// Who carries it; nothing of the built-in carrier.
    #[schema(example = "UPS")]
    pub carrier: Option<String>,
    /// The carrier's public page about it.
    pub tracking_page: Option<String>,
    /// What the whole parcel weighs.
    #[schema(example = 1250)]
    pub weight_grams: Option<i64>,
    /// How big it is, where that was measured.
    pub size: Option<SizeBody>,
    /// Where its label is, while that is good.
    pub label: Option<String>,
    /// Of a carrier outside: `requested`, `booked` or `refused`; once it is unpacked `void`, `voided` or `kept`.
    pub booking: Option<String>,
    /// Why the carrier has not made the label (yet), in its words.
    pub problem: Option<String>,
    /// When what came back was received.
    #[schema(format = DateTime)]
    pub received_at: Option<String>,
    /// What of it lies on the shelf again, once it was received back.
    pub received: Vec<PiecesAnswer>,
}

fn packed(db: &mut Read, id: Id<Consignment>) -> Result<PackedAnswer> {
    let consignment = orders::consignment(db, id)?;
    let lines = orders::lines(db, consignment.order)?;
    let mut said = orders::said(db, consignment.order)?;
    said.retain(|one| one.is_for(lines.iter().filter(|line| line.consignment == id)));
    let all = orders::parcels(db, consignment.order)?.into_iter().filter(|one| one.consignment == id);
    let parcels: Vec<SellerParcelAnswer> = all.map(|one| parcel(db, &one)).collect::<Result<_>>()?;
    let newest = parcels.iter().rfind(|one| one.state != ParcelState::Recalled.name()).cloned();
    let (tracking, label, booking, problem) =
        newest.map(|one| (one.tracking, one.label, one.booking, one.problem)).unwrap_or_default();
    Ok(PackedAnswer {
        consignment: id.to_string(),
        state: consignment.state.name().to_owned(),
        waiting: waiting(lines.iter().filter(|line| line.consignment == id)),
        fields: said.iter().map(SaidAnswer::from).collect(),
        parcels,
        tracking,
        label,
        booking,
        problem,
    })
}

fn parcel(db: &mut Read, one: &Parcel) -> Result<SellerParcelAnswer> {
    let booking = logistics::booking_of(db, one.id.raw())?;
    let carried = one.label.map(|label| logistics::parcel(db, label)).transpose()?;
    let (base, id) = (format!("/api/seller/consignments/{}", one.consignment), one.id);
    let label = carried.as_ref().filter(|_| one.has_label()).map(|carried| match carried.carrier.as_str() {
        BUILT_IN | OWN => format!("{base}/label.svg?parcel={id}"),
        _ => format!("{base}/documents/label?parcel={id}"),
    });
    let back = one.lines.iter().filter(|inside| inside.received > 0);
    Ok(SellerParcelAnswer {
        id: id.to_string(),
        state: one.state.name().to_owned(),
        lines: inside(one),
        carrier: carried.as_ref().map(|one| one.carried_by().to_owned()).filter(|name| !name.is_empty()),
        tracking_page: carried.as_ref().and_then(logistics::Parcel::page),
        weight_grams: carried.as_ref().map(|one| one.grams),
        size: carried
            .as_ref()
            .map(|one| one.size)
            .filter(|size| size.is_known())
            .map(|Size { length_mm, width_mm, height_mm }| SizeBody { length_mm, width_mm, height_mm }),
        tracking: carried.map(|carried| carried.tracking).filter(|number| !number.is_empty()),
        label,
        booking: booking.as_ref().map(|booking| booking.state.name().to_owned()),
        problem: booking.map(|booking| booking.problem).filter(|problem| !problem.is_empty()),
        received_at: crate::view::moment(one.received_at),
        received: back.map(|inside| PiecesAnswer { line: inside.line.to_string(), pieces: inside.received }).collect(),
    })
}

/// See a consignment with its parcels
#[utoipa::path(get, path = "/api/seller/consignments/{id}", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The consignment.")),
    responses((status = 200, description = "The consignment and its parcels.", body = PackedAnswer), KeyReads))]
pub async fn show(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let (own, consignment) = (own(&visitor)?, text.parse::<Id<Consignment>>()?);
    let read = move |db: &mut Read| {
        reach(db, own, consignment)?;
        packed(db, consignment)
    };
    Ok(axum::Json(app.store.read_as(visitor.actor, read).await?).into_response())
}

/// What goes into one parcel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"lines": [{"line": "oln_1f8k2m", "pieces": 2}]}))]
pub struct PackBody {
    /// Of which lines how many; everything that waits when not said.
    #[schema(min_items = 1, max_items = 200)]
    pub lines: Option<Vec<PiecesBody>>,
    /// What the whole parcel weighs; the weight of its goods when not said.
    #[schema(minimum = 1, maximum = 1000000)]
    pub weight_grams: Option<i64>,
    /// How big it is: all three sides.
    pub size: Option<SizeBody>,
    /// Of own shipping: who carries. When not said the carrier whose number it is, or the service's usual one.
    #[schema(max_length = 60)]
    pub carrier: Option<String>,
    /// Of own shipping: the carrier's number; can be told later.
    #[schema(max_length = 60)]
    pub tracking: Option<String>,
}

/// Length, width and height in millimetres.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SizeBody {
    /// The longest side.
    #[schema(minimum = 1, maximum = 5000)]
    pub length_mm: i64,
    /// The second.
    #[schema(minimum = 1, maximum = 5000)]
    pub width_mm: i64,
    /// The third.
    #[schema(minimum = 1, maximum = 5000)]
    pub height_mm: i64,
}

/// Pack a consignment, or some pieces of it, into a parcel with a label
///
/// Without a body everything that waits goes into one parcel; asked again, the parcel is the same. With `lines` those pieces do, and
/// the rest waits to be packed into another: the time to hand over runs on. A carrier outside is only asked for the label here: it
/// is packed when `booking` says `booked`, soon after, and the webhook `consignment.packed` tells.
#[utoipa::path(post, path = "/api/seller/consignments/{id}/pack", tag = "Seller", security(("key" = [])), request_body = Option<PackBody>,
    params(("id" = String, Path, description = "The consignment."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The consignment and its parcels.", body = PackedAnswer), Changes))]
pub async fn pack(State(app): State<App>, visitor: Visitor, Part(text): Part, Maybe(body): Maybe<PackBody>) -> Answer {
    let told = body.as_ref().map(told).unwrap_or_default();
    let lines = body.and_then(|body| body.lines).map(|lines| pieces(&lines)).transpose()?;
    change(&app, &visitor, &text, move |tx, id| match &lines {
        None => orders::pack_told(tx, id, &told).map(drop),
        Some(lines) => {
            let pick = Pick { lines: lines.clone(), parcels: None };
            orders::pack_some_told(tx, id, &pick, &told).map(drop)
        }
    })
    .await
}

fn told(body: &PackBody) -> Told {
    let size = body.size.map(|SizeBody { length_mm, width_mm, height_mm }| Size { length_mm, width_mm, height_mm });
    Told {
        grams: body.weight_grams,
        size: size.unwrap_or_default(),
        carrier: body.carrier.clone().unwrap_or_default(),
        number: body.tracking.clone().unwrap_or_default(),
    }
}

fn pieces(lines: &[PiecesBody]) -> Result<Vec<(Id<Line>, i64)>> {
    lines.iter().map(|one| Ok((id("line", &one.line)?, one.pieces))).collect()
}

/// A deed of who ships a consignment; answers with it and its parcels.
async fn change(
    app: &App,
    visitor: &Visitor,
    text: &str,
    deed: impl Fn(&mut Tx, Id<Consignment>) -> Result<()> + Send + Sync + 'static,
) -> Answer {
    let (own, consignment) = (own(visitor)?, text.parse::<Id<Consignment>>()?);
    let write = move |tx: &mut Tx| {
        reach(tx, own, consignment)?;
        deed(tx, consignment)?;
        packed(tx, consignment)
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// Which parcel of a consignment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParcelBody {
    /// The parcel.
    pub parcel: String,
}

/// What the carrier took.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverBody {
    /// The parcel; every one that is packed when not said.
    pub parcel: Option<String>,
}

/// Say that the carrier took a parcel, or every one that is packed
///
/// Without a parcel every packed one of the consignment. Asked again, nothing changes.
#[utoipa::path(post, path = "/api/seller/consignments/{id}/hand-over", tag = "Seller", security(("key" = [])), request_body = Option<HandOverBody>,
    params(("id" = String, Path, description = "The consignment."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The consignment and its parcels.", body = PackedAnswer), Changes))]
pub async fn hand_over(
    State(app): State<App>,
    visitor: Visitor,
    Part(text): Part,
    Maybe(body): Maybe<HandOverBody>,
) -> Answer {
    let named = body.and_then(|body| body.parcel).map(|text| id::<Parcel>("parcel", &text)).transpose()?;
    change(&app, &visitor, &text, move |tx, id| match named {
        None => orders::hand_over(tx, id).map(drop),
        Some(named) => {
            let parcel = orders::parcel_of(tx, id, named)?.id;
            orders::hand_over_parcel(tx, parcel).map(drop)
        }
    })
    .await
}

/// Unpack a parcel that has not left
///
/// What is in it waits to be packed again, and its label is void. Asked again, nothing changes.
#[utoipa::path(post, path = "/api/seller/consignments/{id}/unpack", tag = "Seller", security(("key" = [])), request_body = ParcelBody,
    params(("id" = String, Path, description = "The consignment."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The consignment and its parcels.", body = PackedAnswer), Changes))]
pub async fn unpack(
    State(app): State<App>,
    visitor: Visitor,
    Part(text): Part,
    Json(body): Json<ParcelBody>,
) -> Answer {
    let named: Id<Parcel> = id("parcel", &body.parcel)?;
    change(&app, &visitor, &text, move |tx, id| {
        let parcel = orders::parcel_of(tx, id, named)?.id;
        orders::unpack(tx, parcel).map(drop)
    })
    .await
}

/// What came back with a parcel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"parcel": "opc_1f8k2m", "fit": [{"line": "oln_1f8k2m", "pieces": 1}]}))]
pub struct ReceivedBody {
    /// The parcel.
    pub parcel: String,
    /// The pieces that can be sold again; all that was in it when not said, none when it is an empty list.
    #[schema(max_items = 200)]
    pub fit: Option<Vec<PiecesBody>>,
}

/// Receive a parcel back that was sent back to its sender
///
/// The pieces that can be sold again lie on the shelf then. The buyer's money does not depend on it. Asked again, nothing changes.
#[utoipa::path(post, path = "/api/seller/consignments/{id}/receive-back", tag = "Seller", security(("key" = [])), request_body = ReceivedBody,
    params(("id" = String, Path, description = "The consignment."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The consignment and its parcels.", body = PackedAnswer), Changes))]
pub async fn receive_back(
    State(app): State<App>,
    visitor: Visitor,
    Part(text): Part,
    Json(body): Json<ReceivedBody>,
) -> Answer {
    let named: Id<Parcel> = id("parcel", &body.parcel)?;
    let fit = body.fit.map(|fit| pieces(&fit)).transpose()?;
    change(&app, &visitor, &text, move |tx, id| {
        let parcel = orders::parcel_of(tx, id, named)?.id;
        orders::receive_back(tx, parcel, fit.as_deref()).map(drop)
    })
    .await
}

/// Which parcel's papers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaperQuery {
    /// The parcel; the newest when not said.
    parcel: Option<String>,
}

/// The label of a packed parcel
#[utoipa::path(get, path = "/api/seller/consignments/{id}/label.svg", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The consignment."), PaperQuery),
    responses((status = 200, description = "The label, 100 × 150 mm.", content_type = "image/svg+xml", body = String), KeyReads))]
pub async fn label(
    State(app): State<App>,
    visitor: Visitor,
    Part(text): Part,
    Query(query): Query<PaperQuery>,
) -> Answer {
    let (own, consignment) = (own(&visitor)?, id::<Consignment>("id", &text).map_err(|_| no_label())?);
    let svg = app
        .store
        .read_as(visitor.actor, move |db| {
            let known = reach_to_ship(db, own, consignment)?;
            let label = paper::parcel(db, &known, query.parcel.as_deref(), no_label)?.label.ok_or_else(no_label)?;
            if logistics::document(db, label, "label")?.is_some() {
                return Err(Error::not_found("label_apart", "The carrier made this label; get documents/label."));
            }
            let (order, parcel) = (orders::find(db, known.order)?, logistics::parcel(db, label)?);
            label_svg(&LabelView::of(db, &parcel, &order.number, |country| country.code().to_owned())?)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// A paper that a carrier outside made for a parcel: `label` or `invoice`
#[utoipa::path(get, path = "/api/seller/consignments/{id}/documents/{category}", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The consignment."),
        ("category" = String, Path, description = "Which paper.", example = "label"), PaperQuery),
    responses((status = 200, description = "The file, mostly PDF.", content_type = "application/pdf", body = String), KeyReads))]
pub async fn document(
    State(app): State<App>,
    visitor: Visitor,
    Path((text, category)): Path<(String, String)>,
    Query(query): Query<PaperQuery>,
) -> Answer {
    let (own, consignment) = (own(&visitor)?, id::<Consignment>("id", &text).map_err(|_| no_label())?);
    let read = move |db: &mut Read| {
        let known = reach_to_ship(db, own, consignment)?;
        paper::paper(db, &known, query.parcel.as_deref(), &category)
    };
    Ok(paper::file(&app.store.read_as(visitor.actor, read).await?)?)
}

fn no_label() -> Error {
    Error::not_found("not_packed", "There is no label before the parcel is packed.")
}
