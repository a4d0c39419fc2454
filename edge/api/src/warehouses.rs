//! Where goods lie and parcels set out from: a seller's own, by its key; and everybody's, by the operator's.

use crate::input::{Json, Part, Query, id};
use crate::quotes::AddressBody;
use crate::refusals::{Changes, KeyReads};
use crate::seller::own;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Address, Error, Id};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use onboarding::NewWarehouse;
use parties::Organisation;
use serde::{Deserialize, Serialize};
use stock::Warehouse;
use store::{Read, Tx};
use utoipa::{IntoParams, ToSchema};

/// A place with stock.
#[derive(Serialize, ToSchema)]
pub struct WarehouseAnswer {
    /// Its id.
    #[schema(example = "whs_1f8k2m")]
    pub id: String,
    /// Short and unique.
    #[schema(example = "CN-SZX")]
    pub code: String,
    /// As people call it.
    pub name: String,
    /// Who runs it.
    #[schema(example = "org_1f8k2m")]
    pub organisation: String,
    /// Where parcels set out from.
    pub address: AddressBody,
}

/// Warehouses.
#[derive(Serialize, ToSchema)]
pub struct WarehouseList {
    /// By code.
    pub warehouses: Vec<WarehouseAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// A warehouse of one's own to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnWarehouseBody {
    /// Short and unique; made of the country when not said.
    #[schema(example = "CN-SZX")]
    pub code: Option<String>,
    /// As people call it; its city when not said.
    #[schema(example = "Shenzhen, Bao'an")]
    pub name: Option<String>,
    /// Where parcels set out from.
    pub address: AddressBody,
}

/// A warehouse to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WarehouseBody {
    /// Who runs it; the operator when not said.
    #[schema(example = "org_1f8k2m")]
    pub organisation: Option<String>,
    /// Short and unique; made of the country when not said.
    #[schema(example = "CN-SZX")]
    pub code: Option<String>,
    /// As people call it; its city when not said.
    #[schema(example = "Shenzhen, Bao'an")]
    pub name: Option<String>,
    /// Where parcels set out from.
    pub address: AddressBody,
}

/// Another name or address of a warehouse; what is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WarehouseChange {
    /// As people call it.
    #[schema(example = "Shenzhen, Bao'an")]
    pub name: Option<String>,
    /// Where parcels set out from.
    pub address: Option<AddressBody>,
}

fn warehouse(one: &Warehouse) -> WarehouseAnswer {
    WarehouseAnswer {
        id: one.id.to_string(),
        code: one.code.clone(),
        name: one.name.clone(),
        organisation: Id::<Organisation>::from_raw(one.organisation).to_string(),
        address: (&one.address).into(),
    }
}

const PAGE: i64 = onboarding::WAREHOUSES_MOST;

async fn list(app: &App, visitor: &Visitor, of: Option<Id<Organisation>>, after: String) -> Answer {
    let read = move |db: &mut Read| stock::warehouses(db, of.map(Id::raw), &after, PAGE);
    let found = app.store.read_as(visitor.actor, read).await?;
    let next = found.last().filter(|_| found.len() as i64 >= PAGE).map(|last| last.code.clone());
    Ok(axum::Json(WarehouseList { warehouses: found.iter().map(warehouse).collect(), next }).into_response())
}

/// List your warehouses
#[utoipa::path(get, path = "/api/seller/warehouses", tag = "Seller", security(("key" = [])),
    responses((status = 200, description = "All of them.", body = WarehouseList), KeyReads))]
pub async fn own_list(State(app): State<App>, visitor: Visitor) -> Answer {
    list(&app, &visitor, Some(own(&visitor)?), String::new()).await
}

/// Which warehouses.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WarehousesQuery {
    /// Of this organisation; everybody's when not said.
    #[param(example = "org_1f8k2m")]
    organisation: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
}

/// List warehouses
#[utoipa::path(get, path = "/api/warehouses", tag = "Operator", params(WarehousesQuery), security(("key" = [])),
    responses((status = 200, description = "A page of them.", body = WarehouseList), KeyReads))]
pub async fn all(State(app): State<App>, visitor: Visitor, Query(query): Query<WarehousesQuery>) -> Answer {
    let of = query.organisation.map(|of| id("organisation", &of)).transpose()?;
    list(&app, &visitor, of, query.after.unwrap_or_default()).await
}

async fn add(app: &App, visitor: &Visitor, new: NewWarehouse) -> Answer {
    let write = move |tx: &mut Tx| {
        let id = onboarding::add_warehouse(tx, &new)?;
        stock::warehouse(tx, id)
    };
    let added = app.store.write_as(visitor.actor, write).await?;
    Ok((StatusCode::CREATED, axum::Json(warehouse(&added))).into_response())
}

/// Changes a warehouse; another's is not found when it has to be `of` one's own.
async fn change(
    app: &App,
    visitor: &Visitor,
    id: Id<Warehouse>,
    of: Option<Id<Organisation>>,
    body: WarehouseChange,
) -> Answer {
    let (name, address): (_, Option<Address>) = (body.name, body.address.map(Into::into));
    let write = move |tx: &mut Tx| {
        let known = stock::warehouse(tx, id)?;
        if of.is_some_and(|of| of.raw() != known.organisation) {
            return Err(Error::not_found("unknown_warehouse", format!("There is no warehouse {id}.")));
        }
        let address = address.clone().unwrap_or(known.address);
        onboarding::change_warehouse(tx, id, name.as_deref().unwrap_or(&known.name), &address)?;
        stock::warehouse(tx, id)
    };
    Ok(axum::Json(warehouse(&app.store.write_as(visitor.actor, write).await?)).into_response())
}

/// Add a warehouse of yours
#[utoipa::path(post, path = "/api/seller/warehouses", tag = "Seller", request_body = OwnWarehouseBody,
    security(("key" = [])), params(("Idempotency-Key" = Option<String>, Header,
        description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 201, description = "The warehouse.", body = WarehouseAnswer), Changes))]
pub async fn add_own(State(app): State<App>, visitor: Visitor, Json(body): Json<OwnWarehouseBody>) -> Answer {
    let OwnWarehouseBody { code, name, address } = body;
    let (code, name, address) = (code.unwrap_or_default(), name.unwrap_or_default(), address.into());
    add(&app, &visitor, NewWarehouse { organisation: own(&visitor)?, code, name, address }).await
}

/// Change a warehouse of yours
///
/// Its code stays. Parcels that are packed keep the address they have.
#[utoipa::path(patch, path = "/api/seller/warehouses/{id}", tag = "Seller", request_body = WarehouseChange,
    security(("key" = [])), params(("id" = String, Path, description = "The warehouse.")),
    responses((status = 200, description = "The warehouse as it is now.", body = WarehouseAnswer), Changes))]
pub async fn change_own(
    State(app): State<App>,
    visitor: Visitor,
    Part(id): Part,
    Json(body): Json<WarehouseChange>,
) -> Answer {
    let own = own(&visitor)?;
    change(&app, &visitor, id.parse()?, Some(own), body).await
}

/// Add a warehouse
///
/// Of the operator, when no organisation is said.
#[utoipa::path(post, path = "/api/warehouses", tag = "Operator", request_body = WarehouseBody, security(("key" = [])),
    params(("Idempotency-Key" = Option<String>, Header,
        description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 201, description = "The warehouse.", body = WarehouseAnswer), Changes))]
pub async fn add_any(State(app): State<App>, visitor: Visitor, Json(body): Json<WarehouseBody>) -> Answer {
    let organisation = match &body.organisation {
        Some(of) => id("organisation", of)?,
        None => own(&visitor)?,
    };
    let (code, name) = (body.code.unwrap_or_default(), body.name.unwrap_or_default());
    add(&app, &visitor, NewWarehouse { organisation, code, name, address: body.address.into() }).await
}

/// Change a warehouse
///
/// Its code stays. Parcels that are packed keep the address they have.
#[utoipa::path(patch, path = "/api/warehouses/{id}", tag = "Operator", request_body = WarehouseChange,
    security(("key" = [])), params(("id" = String, Path, description = "The warehouse.")),
    responses((status = 200, description = "The warehouse as it is now.", body = WarehouseAnswer), Changes))]
pub async fn change_any(
    State(app): State<App>,
    visitor: Visitor,
    Part(id): Part,
    Json(body): Json<WarehouseChange>,
) -> Answer {
    change(&app, &visitor, id.parse()?, None, body).await
}
