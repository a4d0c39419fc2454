//! What is agreed with sellers: listing, agreeing, ending.

use crate::input::{Json, Part, Query, id};
use crate::orders::moment;
use crate::refusals::{Changes, KeyReads};
use crate::seller::own;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use onboarding::TermsWish;
use parties::Organisation;
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use terms::{Agreement, Mode};
use utoipa::{IntoParams, ToSchema};

/// Terms to agree with a seller. What is not said is what is usual for the mode.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"organisation": "org_1f8k2m", "mode": "marketplace", "currency": "EUR", "commission_bp": 1200}))]
pub struct AgreementBody {
    /// With whom.
    pub organisation: String,
    /// Operating mode.
    pub mode: String,
    /// Currency of the fixed fee and of supply prices.
    pub currency: String,
    /// Basis points of the goods' price.
    #[schema(minimum = 0, maximum = 10000)]
    pub commission_bp: Option<i64>,
    /// Basis points of the commission.
    #[schema(minimum = 0, maximum = 10000)]
    pub commission_tax_bp: Option<i64>,
    /// Country the tax on the commission is owed to.
    pub commission_tax_jurisdiction: Option<String>,
    /// Per order line, in minor units.
    #[schema(minimum = 0, maximum = 1000000000)]
    pub fixed_fee_minor: Option<i64>,
    /// Days after delivery in which the buyer may object.
    #[schema(minimum = 0, maximum = 90)]
    pub acceptance_days: Option<i64>,
    /// Days from completion to payout.
    #[schema(minimum = 0, maximum = 120)]
    pub payout_days: Option<i64>,
    /// Hours from payment to handing over.
    #[schema(minimum = 1, maximum = 1440)]
    pub handling_hours: Option<i64>,
}

pub(crate) fn mode(name: &str) -> Result<Mode> {
    Mode::named(name).ok_or_else(|| {
        let known: Vec<&str> = Mode::all().map(Mode::name).collect();
        Error::field("mode", "unknown_choice", format!("Choose one of {}.", known.join(", ")))
    })
}

/// Terms that were agreed.
#[derive(Serialize, ToSchema)]
pub struct AgreementAnswer {
    /// The agreement.
    #[schema(example = "agr_1f8k2m")]
    pub id: String,
    /// Its version.
    pub version: i64,
    /// In force from.
    #[schema(format = DateTime)]
    pub from: Option<String>,
}

/// Agree terms with a seller, or the next version of them
///
/// Terms equal to the latest version change nothing. Only modes that are settled here can be agreed: `self_operated` with the
/// operator itself, `marketplace`, `dropship` and `fully_managed` with sellers; any other is refused as `mode_not_open`. The last two
/// pay a supply price (`PUT /api/supply-prices`): commission, its tax and the fee stay 0, and the currency that of the prices.
#[utoipa::path(post, path = "/api/agreements", tag = "Operator", request_body = AgreementBody, security(("key" = [])),
    responses((status = 201, description = "The terms.", body = AgreementAnswer), Changes))]
pub async fn agree(State(app): State<App>, visitor: Visitor, Json(body): Json<AgreementBody>) -> Answer {
    let mode = mode(&body.mode)?;
    let organisation = id("organisation", &body.organisation)?;
    let wish = TermsWish {
        currency: Some(crate::input::field("currency", &body.currency)?),
        commission_bp: body.commission_bp,
        commission_tax_bp: body.commission_tax_bp,
        commission_tax_jurisdiction: body.commission_tax_jurisdiction.unwrap_or_default(),
        fixed_fee_minor: body.fixed_fee_minor,
        acceptance_days: body.acceptance_days,
        payout_days: body.payout_days,
        handling_hours: body.handling_hours,
        ..TermsWish::usual(mode)
    };
    let write = move |tx: &mut Tx| {
        let id = onboarding::agree(tx, organisation, &wish)?;
        terms::agreement(tx, id)
    };
    let agreed = app.store.write_as(visitor.actor, write).await?;
    let answer = AgreementAnswer {
        id: agreed.id.to_string(),
        version: agreed.version,
        from: moment(Some(agreed.effective_from)),
    };
    Ok((StatusCode::CREATED, axum::Json(answer)).into_response())
}

/// Every version of what was agreed.
#[derive(Serialize, ToSchema)]
pub struct AgreementList {
    /// By agreement, the newest version first.
    pub agreements: Vec<AgreementRow>,
}

/// One version of an agreement.
#[derive(Serialize, ToSchema)]
pub struct AgreementRow {
    /// The agreement; the same for each of its versions.
    #[schema(example = "agr_1f8k2m")]
    pub id: String,
    /// Operating mode.
    #[schema(example = "marketplace")]
    pub mode: String,
    /// How the other side is paid: `price_less_commission`, `supply_price`, `purchase_order`.
    #[schema(example = "price_less_commission")]
    pub paid: String,
    /// Its version, from 1.
    pub version: i64,
    /// In force from.
    #[schema(format = DateTime)]
    pub from: Option<String>,
    /// In force until; none while neither a successor nor an end is agreed.
    #[schema(format = DateTime)]
    pub to: Option<String>,
    /// Basis points of the goods' price.
    pub commission_bp: i64,
    /// Basis points of the commission: the tax on it.
    pub commission_tax_bp: i64,
    /// Country that this tax is owed to, or empty.
    pub commission_tax_jurisdiction: String,
    /// Per order line, in minor units of `currency`.
    pub fixed_fee_minor: i64,
    /// Currency of the fixed fee.
    #[schema(example = "EUR")]
    pub currency: String,
    /// Days after delivery in which the buyer may object.
    pub acceptance_days: i64,
    /// Days from completion to payout.
    pub payout_days: i64,
    /// Hours from payment to handing over.
    pub handling_hours: i64,
}

fn row(one: &Agreement) -> AgreementRow {
    AgreementRow {
        id: one.id.to_string(),
        mode: one.mode.name().to_owned(),
        paid: one.paid.name().to_owned(),
        version: one.version,
        from: moment(Some(one.effective_from)),
        to: moment(one.effective_to),
        commission_bp: one.commission_bp,
        commission_tax_bp: one.commission_tax_bp,
        commission_tax_jurisdiction: one.commission_tax_jurisdiction.clone(),
        fixed_fee_minor: one.fixed_fee_minor,
        currency: one.currency.code().to_owned(),
        acceptance_days: one.acceptance_days,
        payout_days: one.payout_days,
        handling_hours: one.handling_hours,
    }
}

async fn all(app: &App, visitor: &Visitor, organisation: Id<Organisation>) -> Answer {
    let read = move |db: &mut Read| {
        parties::organisation(db, organisation)?;
        terms::with(db, organisation)
    };
    let found = app.store.read_as(visitor.actor, read).await?;
    Ok(axum::Json(AgreementList { agreements: found.iter().map(row).collect() }).into_response())
}

/// List what is agreed with the operator
///
/// Every version; an offer may name the agreement that it is sold under.
#[utoipa::path(get, path = "/api/seller/agreements", tag = "Seller", security(("key" = [])),
    responses((status = 200, description = "What is agreed.", body = AgreementList), KeyReads))]
pub async fn own_agreements(State(app): State<App>, visitor: Visitor) -> Answer {
    all(&app, &visitor, own(&visitor)?).await
}

/// With whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AgreementsQuery {
    /// The seller, or the operator itself.
    #[param(example = "org_1f8k2m")]
    organisation: String,
}

/// List what is agreed with a seller
#[utoipa::path(get, path = "/api/agreements", tag = "Operator", params(AgreementsQuery), security(("key" = [])),
    responses((status = 200, description = "What is agreed.", body = AgreementList), KeyReads))]
pub async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<AgreementsQuery>) -> Answer {
    all(&app, &visitor, id("organisation", &query.organisation)?).await
}

/// End an agreement
///
/// At once. What was sold under it goes on as it was agreed; its offers are not on sale any more.
#[utoipa::path(post, path = "/api/agreements/{id}/end", tag = "Operator", security(("key" = [])),
    params(("id" = String, Path, description = "The agreement.")),
    responses((status = 204, description = "It has ended."), Changes))]
pub async fn end(State(app): State<App>, visitor: Visitor, Part(agreement): Part) -> Answer {
    let agreement: Id<Agreement> = agreement.parse()?;
    app.store.write_as(visitor.actor, move |tx| terms::end(tx, agreement)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
