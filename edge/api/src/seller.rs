//! The seller's orders by API key.

use crate::input::{Query, limit, maybe};
use crate::refusals::KeyReads;
use crate::view::MoneyView;
use axum::extract::State;
use axum::response::IntoResponse;
use base::{Actor, Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use orders::{Consignment, SellerFilter, SellerRow, State as Stage};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use store::Read;
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
