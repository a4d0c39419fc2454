//! Who an organisation is, where its goods come back to, where it is paid: a seller's own, by its key; and everybody's, by the
//! operator's.

use crate::input::{Json, Part, field};
use crate::orders::moment;
use crate::quotes::AddressBody;
use crate::refusals::{Changes, KeyReads};
use crate::seller::own;
use axum::extract::State;
use axum::response::IntoResponse;
use base::{Address, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use onboarding::{BankAccount, Profile, PutBankAccount, PutProfile, TaxNumber};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use utoipa::ToSchema;

/// A number of a country's tax authority.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"country": "DE", "number": "DE136695976"}))]
pub struct TaxNumberBody {
    /// Whose authority gave it.
    pub country: String,
    /// Checked as the country writes it; kept without signs between.
    pub number: String,
}

/// Who an organisation is.
#[derive(Serialize, ToSchema)]
pub struct ProfileAnswer {
    /// The organisation.
    #[schema(example = "org_1f8k2m")]
    pub organisation: String,
    /// As shown to buyers.
    pub name: String,
    /// As it stands in the register; empty until it is said.
    pub legal_name: String,
    /// Register and number.
    pub register: String,
    /// Its seat.
    pub address: Option<AddressBody>,
    /// Where goods come back to, when it is not the first warehouse.
    pub return_address: Option<AddressBody>,
    /// In the order in which they were given.
    pub tax_numbers: Vec<TaxNumberBody>,
}

/// Who an organisation is, whole: a tax number that is missing is forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileBody {
    /// As shown to buyers; unique.
    #[schema(example = "Lantau Power")]
    pub name: String,
    /// As it stands in the register.
    #[schema(example = "Lantau Power Technology Ltd.")]
    pub legal_name: String,
    /// Register and number.
    #[schema(example = "HRB 12345, Amtsgericht Berlin")]
    pub register: Option<String>,
    /// Its seat; its `name` becomes the legal name.
    pub address: AddressBody,
    /// Twelve at most.
    #[schema(max_items = 12)]
    pub tax_numbers: Vec<TaxNumberBody>,
}

/// Where goods come back to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnBody {
    /// Not said: to the first warehouse.
    pub address: Option<AddressBody>,
}

fn known_profile(db: &mut Read, of: Id<Organisation>) -> Result<ProfileAnswer> {
    let known: Profile = onboarding::profile(db, of)?;
    let organisation = parties::organisation(db, of)?;
    let number = |one: &TaxNumber| TaxNumberBody { country: one.country.code().into(), number: one.number.clone() };
    Ok(ProfileAnswer {
        organisation: of.to_string(),
        name: organisation.name,
        legal_name: known.legal_name,
        register: known.register,
        address: known.address.as_ref().map(Into::into),
        return_address: known.return_address.as_ref().map(Into::into),
        tax_numbers: known.tax_numbers.iter().map(number).collect(),
    })
}

async fn put_profile(app: &App, visitor: &Visitor, of: Id<Organisation>, body: ProfileBody) -> Answer {
    let number = |(at, one): (usize, TaxNumberBody)| {
        let country = field(&format!("tax_numbers[{at}].country"), &one.country)?;
        Ok(TaxNumber { country, number: one.number })
    };
    let put = PutProfile {
        name: body.name,
        legal_name: body.legal_name,
        register: body.register.unwrap_or_default(),
        address: body.address.into(),
        tax_numbers: body.tax_numbers.into_iter().enumerate().map(number).collect::<Result<_>>()?,
    };
    let write = move |tx: &mut Tx| {
        onboarding::put_profile(tx, of, &put)?;
        known_profile(tx, of)
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

async fn put_return(app: &App, visitor: &Visitor, of: Id<Organisation>, body: ReturnBody) -> Answer {
    let address: Option<Address> = body.address.map(Into::into);
    let write = move |tx: &mut Tx| {
        onboarding::put_return_address(tx, of, address.as_ref())?;
        known_profile(tx, of)
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// See who you are
#[utoipa::path(get, path = "/api/seller/profile", tag = "Seller", security(("key" = [])),
    responses((status = 200, description = "The profile.", body = ProfileAnswer), KeyReads))]
pub async fn own_profile(State(app): State<App>, visitor: Visitor) -> Answer {
    let own = own(&visitor)?;
    Ok(axum::Json(app.store.read_as(visitor.actor, move |db| known_profile(db, own)).await?).into_response())
}

/// Say who you are
///
/// An owner's key. The same again changes nothing.
#[utoipa::path(put, path = "/api/seller/profile", tag = "Seller", request_body = ProfileBody, security(("key" = [])),
    responses((status = 200, description = "The profile as it is now.", body = ProfileAnswer), Changes))]
pub async fn put_own_profile(State(app): State<App>, visitor: Visitor, Json(body): Json<ProfileBody>) -> Answer {
    put_profile(&app, &visitor, own(&visitor)?, body).await
}

/// Say where your goods come back to
#[utoipa::path(put, path = "/api/seller/return-address", tag = "Seller", request_body = ReturnBody, security(("key" = [])),
    responses((status = 200, description = "The profile as it is now.", body = ProfileAnswer), Changes))]
pub async fn put_own_return(State(app): State<App>, visitor: Visitor, Json(body): Json<ReturnBody>) -> Answer {
    put_return(&app, &visitor, own(&visitor)?, body).await
}

/// See who an organisation is
#[utoipa::path(get, path = "/api/organisations/{id}/profile", tag = "Operator", security(("key" = [])),
    params(("id" = String, Path, description = "The seller, or the operator itself.")),
    responses((status = 200, description = "The profile.", body = ProfileAnswer), KeyReads))]
pub async fn show_profile(State(app): State<App>, visitor: Visitor, Part(of): Part) -> Answer {
    let of: Id<Organisation> = of.parse()?;
    Ok(axum::Json(app.store.read_as(visitor.actor, move |db| known_profile(db, of)).await?).into_response())
}

/// Say who an organisation is
#[utoipa::path(put, path = "/api/organisations/{id}/profile", tag = "Operator", request_body = ProfileBody,
    security(("key" = [])), params(("id" = String, Path, description = "The seller, or the operator itself.")),
    responses((status = 200, description = "The profile as it is now.", body = ProfileAnswer), Changes))]
pub async fn set_profile(
    State(app): State<App>,
    visitor: Visitor,
    Part(of): Part,
    Json(body): Json<ProfileBody>,
) -> Answer {
    put_profile(&app, &visitor, of.parse()?, body).await
}

/// Say where an organisation's goods come back to
#[utoipa::path(put, path = "/api/organisations/{id}/return-address", tag = "Operator", request_body = ReturnBody,
    security(("key" = [])), params(("id" = String, Path, description = "The seller, or the operator itself.")),
    responses((status = 200, description = "The profile as it is now.", body = ProfileAnswer), Changes))]
pub async fn set_return(
    State(app): State<App>,
    visitor: Visitor,
    Part(of): Part,
    Json(body): Json<ReturnBody>,
) -> Answer {
    put_return(&app, &visitor, of.parse()?, body).await
}

/// An account as it may be shown.
#[derive(Serialize, ToSchema)]
pub struct BankAnswer {
    /// Its id.
    #[schema(example = "bnk_1f8k2m")]
    pub id: String,
    /// `iban` or `account`.
    #[schema(example = "iban")]
    pub kind: String,
    /// In whose name.
    pub holder: String,
    /// Where.
    #[schema(example = "DE")]
    pub country: String,
    /// Code of the bank; empty beside an IBAN.
    pub bank_code: String,
    /// The last characters of its number.
    #[schema(example = "…3000")]
    pub number: String,
    /// Paid since.
    #[schema(format = DateTime)]
    pub since: Option<String>,
}

/// Where you want to be paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"holder": "Lantau Power Ltd.", "country": "DE", "number": "DE89 3704 0044 0532 0130 00"}))]
pub struct BankBody {
    /// In whose name.
    pub holder: String,
    /// Where.
    pub country: String,
    /// IBAN, or the bank's own number.
    pub number: String,
    /// BIC, routing number or sort code; needed beside a number that is no IBAN.
    pub bank_code: Option<String>,
}

/// Where an organisation is paid, if it has said so.
#[derive(Serialize, ToSchema)]
pub struct BankState {
    /// None until it is said.
    pub account: Option<BankAnswer>,
}

fn bank(account: &BankAccount) -> BankAnswer {
    BankAnswer {
        id: account.id.to_string(),
        kind: account.kind.name().into(),
        holder: account.holder.clone(),
        country: account.country.code().into(),
        bank_code: account.bank_code.clone(),
        number: account.masked(),
        since: moment(Some(account.added_at)),
    }
}

fn bank_state(db: &mut Read, of: Id<Organisation>) -> Result<BankState> {
    parties::organisation(db, of)?;
    Ok(BankState { account: onboarding::bank_account(db, of)?.as_ref().map(bank) })
}

/// See where you are paid
#[utoipa::path(get, path = "/api/seller/bank-account", tag = "Seller", security(("key" = [])),
    responses((status = 200, description = "The account, masked.", body = BankState), KeyReads))]
pub async fn own_bank(State(app): State<App>, visitor: Visitor) -> Answer {
    let own = own(&visitor)?;
    Ok(axum::Json(app.store.read_as(visitor.actor, move |db| bank_state(db, own)).await?).into_response())
}

/// Say where you are paid
///
/// From now on. Every owner is told by mail; the number is kept encrypted and shown by its last characters only. The same account
/// again changes nothing.
#[utoipa::path(put, path = "/api/seller/bank-account", tag = "Seller", request_body = BankBody, security(("key" = [])),
    responses((status = 200, description = "The account, masked.", body = BankState), Changes))]
pub async fn put_own_bank(State(app): State<App>, visitor: Visitor, Json(body): Json<BankBody>) -> Answer {
    let own = own(&visitor)?;
    let put = PutBankAccount {
        holder: body.holder,
        country: field("country", &body.country)?,
        number: body.number,
        bank_code: body.bank_code.unwrap_or_default(),
    };
    let write = move |tx: &mut Tx| {
        onboarding::put_bank_account(tx, own, &put)?;
        bank_state(tx, own)
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// See where an organisation is paid
#[utoipa::path(get, path = "/api/organisations/{id}/bank-account", tag = "Operator", security(("key" = [])),
    params(("id" = String, Path, description = "The seller.")),
    responses((status = 200, description = "The account, masked.", body = BankState), KeyReads))]
pub async fn show_bank(State(app): State<App>, visitor: Visitor, Part(of): Part) -> Answer {
    let of: Id<Organisation> = of.parse()?;
    Ok(axum::Json(app.store.read_as(visitor.actor, move |db| bank_state(db, of)).await?).into_response())
}

/// The whole number of an account.
#[derive(Serialize, ToSchema)]
pub struct BankNumberAnswer {
    /// IBAN, or the bank's own number.
    #[schema(example = "DE89370400440532013000")]
    pub number: String,
}

/// Read the whole number of an account, to pay into it
///
/// A finance key. The trail says who has read it.
#[utoipa::path(post, path = "/api/organisations/{id}/bank-account/reveal", tag = "Operator", security(("key" = [])),
    params(("id" = String, Path, description = "The seller.")),
    responses((status = 200, description = "The number.", body = BankNumberAnswer), Changes))]
pub async fn reveal_bank(State(app): State<App>, visitor: Visitor, Part(of): Part) -> Answer {
    let of: Id<Organisation> = of.parse()?;
    let read = move |tx: &mut Tx| onboarding::reveal_bank_account(tx, of);
    let number = app.store.write_as(visitor.actor, read).await?;
    Ok(axum::Json(BankNumberAnswer { number }).into_response())
}
