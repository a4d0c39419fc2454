//! The operator's orders and sellers by API key.

use crate::input::{Part, Query, limit, maybe};
use crate::orders::{OrderAnswer, told};
use crate::refusals::KeyReads;
use crate::view::{LandedView, MoneyView};
use axum::extract::State;
use axum::response::IntoResponse;
use base::{Error, Id, Result, time::parse_date};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use orders::{Anatomy, Filter, Fulfilment, Order, Payee, Search, Share, Summary, Which};
use parties::{Organisation, OrganisationKind};
use serde::{Deserialize, Serialize};
use store::Read;
use utoipa::{IntoParams, ToSchema};

/// Which orders.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrdersQuery {
    /// `waiting`, `to_pack`, `packed`, `underway`, `exception`, `delivered`, `completed`, `cancelled`; all when not said.
    fulfilment: Option<String>,
    /// Only those with this e-mail, of guests too.
    #[param(example = "alex@example.com")]
    email: Option<String>,
    /// Placed on this day (UTC) or later.
    #[param(format = Date)]
    from: Option<String>,
    /// Placed on this day (UTC) or before.
    #[param(format = Date)]
    to: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of orders.
#[derive(Serialize, ToSchema)]
pub struct OrderList {
    /// Newest first.
    pub orders: Vec<OrderSummary>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// An order in a list.
#[derive(Serialize, ToSchema)]
pub struct OrderSummary {
    /// Its id.
    #[schema(example = "ord_1f8k2m")]
    pub id: String,
    /// Its number.
    #[schema(example = "EN-7Q4K-2219")]
    pub number: String,
    /// When it was placed.
    #[schema(format = DateTime)]
    pub placed_at: String,
    /// Where it goes.
    pub destination: String,
    /// Who bought.
    pub name: String,
    /// Where news go.
    pub email: String,
    /// What the buyer pays.
    pub total: MoneyView,
    /// Whether the money is here.
    pub payment: String,
    /// How far the goods are.
    pub fulfilment: String,
    /// Where they stand with customs.
    pub customs: String,
    /// Whether the buyer objects.
    pub dispute: String,
    /// Where the money stands.
    pub settlement: String,
    /// How many lines.
    pub lines: i64,
}

fn summary(row: &Summary) -> OrderSummary {
    OrderSummary {
        id: row.id.to_string(),
        number: row.number.clone(),
        placed_at: row.placed_at.to_string(),
        destination: row.destination.to_string(),
        name: row.name.clone(),
        email: row.email.clone(),
        total: row.total.into(),
        payment: row.payment.name().to_owned(),
        fulfilment: row.fulfilment.name().to_owned(),
        customs: row.customs.name().to_owned(),
        dispute: row.dispute.name().to_owned(),
        settlement: row.settlement.name().to_owned(),
        lines: row.lines,
    }
}

/// List orders
#[utoipa::path(get, path = "/api/orders", tag = "Operator", params(OrdersQuery), security(("key" = [])),
    responses((status = 200, description = "A page of orders.", body = OrderList), KeyReads))]
pub async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<OrdersQuery>) -> Answer {
    let limit = limit(query.limit)?;
    let state = |name: &str| {
        Fulfilment::named(name).ok_or_else(|| Error::field("fulfilment", "unknown_choice", "There is no such state."))
    };
    let state = query.fulfilment.as_deref().filter(|state| !state.is_empty()).map(state).transpose()?;
    let which = match query.email.filter(|email| !email.is_empty()) {
        Some(email) => Which::Email(email, state),
        None => Which::In(state.map_or(Filter::All, Filter::Fulfilment)),
    };
    let day = |name: &str, text: Option<&str>| {
        let wrong = |_| Error::field(name, "date_format", "Write a day, such as 2026-11-30.");
        text.filter(|text| !text.is_empty()).map(|text| parse_date(text).map_err(wrong)).transpose()
    };
    let search = Search { which, from: day("from", query.from.as_deref())?, to: day("to", query.to.as_deref())? };
    let after: Option<Id<Order>> = maybe("after", query.after.as_deref())?;
    let page = app.store.read_as(visitor.actor, move |db| orders::search(db, &search, after, limit)).await?;
    let next = page.next.map(|next| next.to_string());
    Ok(axum::Json(OrderList { orders: page.rows.iter().map(summary).collect(), next }).into_response())
}

/// Everything there is to know of an order.
#[derive(Serialize, ToSchema)]
pub struct AnatomyAnswer {
    /// The order.
    pub order: OrderAnswer,
    /// Who does what, by line.
    pub roles: Vec<RolesAnswer>,
    /// The landed cost of each consignment, as it was quoted.
    pub landed: Vec<LandedView>,
    /// Where the money goes by the terms.
    pub split: Vec<ShareAnswer>,
    /// The split is not posted yet.
    pub forecast: bool,
    /// What the ledger has about it, newest first.
    pub transfers: Vec<crate::ledger::TransferAnswer>,
    /// Everything that happened, oldest first.
    pub events: Vec<crate::ledger::EventAnswer>,
}

/// Who does what for one line.
#[derive(Serialize, ToSchema)]
pub struct RolesAnswer {
    /// The line.
    pub line: String,
    /// Sells in law.
    #[schema(example = "seller")]
    pub merchant_of_record: String,
    /// Sets the price.
    pub price_set_by: String,
    /// Owned the stock.
    pub stock_owned_by: String,
    /// Packs and hands over.
    pub ships: String,
    /// Takes returns.
    pub returns_to: String,
    /// Declares the import.
    pub importer_of_record: Option<String>,
}

/// One part of an order's money.
#[derive(Serialize, ToSchema)]
pub struct ShareAnswer {
    /// `platform`, `seller`, `carrier` or `authority`.
    #[schema(example = "seller")]
    pub payee: String,
    /// Which one: an organisation, a carrier, a jurisdiction.
    pub who: Option<String>,
    /// For what.
    #[schema(example = "goods")]
    pub what: String,
    /// Ledger account.
    pub account: String,
    /// Collection scheme of a duty or tax; empty otherwise.
    pub scheme: String,
    /// How much.
    pub amount: MoneyView,
}

fn share(share: &Share) -> ShareAnswer {
    let (payee, who) = match &share.payee {
        Payee::Platform => ("platform", None),
        Payee::Seller(organisation) => ("seller", Some(organisation.to_string())),
        Payee::Carrier(code) => ("carrier", Some(code.clone())),
        Payee::Authority(code) => ("authority", Some(code.clone())),
    };
    ShareAnswer {
        payee: payee.to_owned(),
        who,
        what: share.what.to_owned(),
        account: share.account.code.clone(),
        scheme: share.scheme.clone(),
        amount: share.amount.into(),
    }
}

fn roles(roles: &orders::Roles) -> RolesAnswer {
    RolesAnswer {
        line: roles.line.to_string(),
        merchant_of_record: roles.merchant_of_record.name().to_owned(),
        price_set_by: roles.price_set_by.name().to_owned(),
        stock_owned_by: roles.stock_owned_by.name().to_owned(),
        ships: roles.ships.name().to_owned(),
        returns_to: roles.returns_to.name().to_owned(),
        importer_of_record: roles.importer_of_record.map(|party| party.name().to_owned()),
    }
}

fn opened(anatomy: &Anatomy, said: &[orders::Said]) -> Result<AnatomyAnswer> {
    Ok(AnatomyAnswer {
        order: told(&anatomy.whole, &anatomy.stops, anatomy.open_due(), said)?,
        roles: anatomy.roles.iter().map(roles).collect(),
        landed: anatomy.landed.iter().map(LandedView::from).collect(),
        split: anatomy.split.iter().map(share).collect(),
        forecast: anatomy.forecast,
        transfers: anatomy.transfers.iter().map(crate::ledger::TransferAnswer::from).collect(),
        events: anatomy.events.iter().map(crate::ledger::event).collect::<Result<_>>()?,
    })
}

/// Open an order up: roles, landed cost, money, history
#[utoipa::path(get, path = "/api/orders/{id}/anatomy", tag = "Operator", security(("key" = [])),
    params(("id" = String, Path, description = "The order.")),
    responses((status = 200, description = "Everything there is to know of it.", body = AnatomyAnswer), KeyReads))]
pub async fn anatomy(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let id: Id<Order> = text.parse()?;
    let answer =
        app.store.read_as(visitor.actor, move |db| opened(&orders::anatomy(db, id)?, &orders::said(db, id)?)).await?;
    Ok(axum::Json(answer).into_response())
}

/// Which organisations.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrganisationsQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of sellers.
#[derive(Serialize, ToSchema)]
pub struct OrganisationList {
    /// Oldest first.
    pub organisations: Vec<OrganisationAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// A seller.
#[derive(Serialize, ToSchema)]
pub struct OrganisationAnswer {
    /// Its id.
    #[schema(example = "org_1f8k2m")]
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is established.
    pub country: String,
    /// What it keeps its books in.
    pub currency: String,
    /// Whether it may act.
    #[schema(example = "active")]
    pub standing: String,
    /// Since when it is here.
    #[schema(format = DateTime)]
    pub created_at: String,
}

fn organisation(row: &Organisation) -> OrganisationAnswer {
    OrganisationAnswer {
        id: row.id.to_string(),
        name: row.name.clone(),
        country: row.country.to_string(),
        currency: row.currency.to_string(),
        standing: row.standing.name().to_owned(),
        created_at: row.created_at.to_string(),
    }
}

/// List sellers
#[utoipa::path(get, path = "/api/organisations", tag = "Operator", params(OrganisationsQuery), security(("key" = [])),
    responses((status = 200, description = "A page of sellers.", body = OrganisationList), KeyReads))]
pub async fn organisations(
    State(app): State<App>,
    visitor: Visitor,
    Query(query): Query<OrganisationsQuery>,
) -> Answer {
    let limit = limit(query.limit)?;
    let after: Option<Id<Organisation>> = maybe("after", query.after.as_deref())?;
    let read = move |db: &mut Read| parties::organisations(db, OrganisationKind::Seller, after, limit);
    let rows = app.store.read_as(visitor.actor, read).await?;
    let next = rows.last().filter(|_| rows.len() as i64 >= limit).map(|row| row.id.to_string());
    Ok(axum::Json(OrganisationList { organisations: rows.iter().map(organisation).collect(), next }).into_response())
}
