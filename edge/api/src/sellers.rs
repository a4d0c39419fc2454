//! Sellers come: added by the operator, or by an application that is accepted.

use crate::agreements::mode;
use crate::input::{Json, Part, Query, field, limit, maybe};
use crate::orders::moment;
use crate::people::{InvitationAnswer, invited};
use crate::refusals::{Changes, Invites, KeyReads, Limited};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use onboarding::{Accept, Added, Application, ApplicationState, Apply, NewSeller, TermsWish};
use parties::{Organisation, Standing};
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use terms::Mode;
use utoipa::{IntoParams, ToSchema};

/// Terms to agree; what is not said is what is usual for the mode.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"mode": "marketplace", "commission_bp": 1200}))]
pub struct TermsBody {
    /// Operating mode; `marketplace` when not said.
    pub mode: Option<String>,
    /// Basis points of the goods' price.
    #[schema(minimum = 0, maximum = 10000)]
    pub commission_bp: Option<i64>,
    /// Basis points of the commission.
    #[schema(minimum = 0, maximum = 10000)]
    pub commission_tax_bp: Option<i64>,
    /// Country the tax on the commission is owed to.
    pub commission_tax_jurisdiction: Option<String>,
    /// Per order line, in minor units of the seller's currency.
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

fn wish(body: Option<TermsBody>) -> Result<TermsWish> {
    let usual = TermsWish::usual(Mode::Marketplace);
    let Some(body) = body else { return Ok(usual) };
    Ok(TermsWish {
        mode: body.mode.as_deref().map_or(Ok(usual.mode), mode)?,
        currency: None,
        commission_bp: body.commission_bp,
        commission_tax_bp: body.commission_tax_bp,
        commission_tax_jurisdiction: body.commission_tax_jurisdiction.unwrap_or_default(),
        fixed_fee_minor: body.fixed_fee_minor,
        acceptance_days: body.acceptance_days,
        payout_days: body.payout_days,
        handling_hours: body.handling_hours,
    })
}

/// A seller to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SellerBody {
    /// As shown to buyers; unique.
    #[schema(example = "Lantau Power")]
    pub name: String,
    /// Where it is established.
    #[schema(example = "CN")]
    pub country: String,
    /// What it keeps its books in and is paid in.
    #[schema(example = "CNY")]
    pub currency: String,
    /// What its people read.
    #[schema(example = "zh-CN")]
    pub language: String,
    /// Who is invited to own it. Whether the address has an account is told to nobody.
    #[schema(example = "lin.wei@lantau.example")]
    pub email: String,
    /// Under which terms it sells.
    pub terms: Option<TermsBody>,
}

/// A seller that was added.
#[derive(Serialize, ToSchema)]
pub struct SellerAnswer {
    /// The seller.
    #[schema(example = "org_1f8k2m")]
    pub organisation: String,
    /// Its terms.
    #[schema(example = "agr_1f8k2m")]
    pub agreement: String,
    /// The invitation of its owner.
    pub owner: InvitationAnswer,
}

fn added(app: &App, made: &Added) -> SellerAnswer {
    SellerAnswer {
        organisation: made.organisation.to_string(),
        agreement: made.agreement.to_string(),
        owner: invited(app, &made.owner),
    }
}

/// Add a seller
///
/// With its terms, and its owner invited: by mail, or by the link of the answer where no mail is sent.
#[utoipa::path(post, path = "/api/organisations", tag = "Operator", request_body = SellerBody, security(("key" = [])),
    params(("Idempotency-Key" = Option<String>, Header,
        description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 201, description = "The seller.", body = SellerAnswer), Changes, Invites))]
pub async fn add(State(app): State<App>, visitor: Visitor, Json(body): Json<SellerBody>) -> Answer {
    let new = NewSeller {
        name: body.name,
        country: field("country", &body.country)?,
        currency: field("currency", &body.currency)?,
        language: field("language", &body.language)?,
        terms: wish(body.terms)?,
        email: body.email,
    };
    let mail = app.mail();
    let made = app.store.write_as(visitor.actor, move |tx: &mut Tx| onboarding::add_seller(tx, &new, mail)).await?;
    Ok((StatusCode::CREATED, axum::Json(added(&app, &made))).into_response())
}

/// Whether a seller may act.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingBody {
    /// `active`, or `suspended`: its people and keys have no role, and nothing of it is on sale.
    #[schema(example = "suspended")]
    pub standing: String,
}

/// Suspend a seller, or let it act again
#[utoipa::path(patch, path = "/api/organisations/{id}", tag = "Operator", request_body = StandingBody,
    security(("key" = [])), params(("id" = String, Path, description = "The seller.")),
    responses((status = 204, description = "So it is."), Changes))]
pub async fn stand(State(app): State<App>, visitor: Visitor, Part(of): Part, Json(body): Json<StandingBody>) -> Answer {
    let of: Id<Organisation> = of.parse()?;
    let unknown = || Error::field("standing", "unknown_choice", "Choose active or suspended.");
    let standing = Standing::named(&body.standing).ok_or_else(unknown)?;
    app.store.write_as(visitor.actor, move |tx: &mut Tx| parties::set_standing(tx, of, standing)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Who wants to sell here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationBody {
    /// What the shop is to be called.
    #[schema(example = "Lantau Power")]
    pub name: String,
    /// As it stands in the register.
    #[schema(example = "Lantau Power Technology Ltd.")]
    pub legal_name: String,
    /// Where the answer goes.
    #[schema(example = "lin.wei@lantau.example")]
    pub email: String,
    /// May be empty.
    #[schema(example = "+86 755 5555 0121")]
    pub phone: Option<String>,
    /// Where it is established.
    #[schema(example = "CN")]
    pub country: String,
    /// What it keeps its books in.
    #[schema(example = "CNY")]
    pub currency: String,
    /// What its people read; letters are written in it.
    #[schema(example = "zh-CN")]
    pub language: String,
    /// May be empty.
    #[schema(example = "https://lantau.example")]
    pub website: Option<String>,
    /// What it has to sell.
    #[schema(example = "Power banks and chargers of our own making.")]
    pub goods: String,
}

/// Apply to sell here
///
/// The answer is the same for every address. A receipt goes to it, then the operator's word.
#[utoipa::path(post, path = "/api/applications", tag = "Seller", request_body = ApplicationBody,
    responses((status = 202, description = "It is in."), Changes, Limited))]
pub async fn apply(State(app): State<App>, visitor: Visitor, Json(body): Json<ApplicationBody>) -> Answer {
    let new = Apply {
        name: body.name,
        legal_name: body.legal_name,
        email: body.email,
        phone: body.phone.unwrap_or_default(),
        country: field("country", &body.country)?,
        currency: field("currency", &body.currency)?,
        language: field("language", &body.language)?,
        website: body.website.unwrap_or_default(),
        goods: body.goods,
    };
    let (network, mail) = (visitor.network(), app.mail());
    app.store.write_as(visitor.actor, move |tx: &mut Tx| onboarding::apply(tx, &new, &network, mail)).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// Which applications.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ApplicationsQuery {
    /// `open`, `accepted`, `declined`; `open` when not said.
    state: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of applications.
#[derive(Serialize, ToSchema)]
pub struct ApplicationList {
    /// The newest first.
    pub applications: Vec<ApplicationAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// Somebody who wants to sell here.
#[derive(Serialize, ToSchema)]
pub struct ApplicationAnswer {
    /// Its id.
    #[schema(example = "apl_1f8k2m")]
    pub id: String,
    /// `open`, `accepted` or `declined`.
    #[schema(example = "open")]
    pub state: String,
    /// What the shop is to be called.
    pub name: String,
    /// As it stands in the register.
    pub legal_name: String,
    /// Where the answer goes; nobody has proved it.
    pub email: String,
    /// May be empty.
    pub phone: String,
    /// Where it is established.
    pub country: String,
    /// What it keeps its books in.
    pub currency: String,
    /// What its people read.
    pub language: String,
    /// May be empty.
    pub website: String,
    /// What it has to sell.
    pub goods: String,
    /// Why it was declined.
    pub reason: String,
    /// The seller that came of it.
    pub organisation: Option<String>,
    /// When it came.
    #[schema(format = DateTime)]
    pub created_at: Option<String>,
    /// When it was decided.
    #[schema(format = DateTime)]
    pub decided_at: Option<String>,
}

fn view(one: &Application) -> ApplicationAnswer {
    ApplicationAnswer {
        id: one.id.to_string(),
        state: one.state.name().into(),
        name: one.name.clone(),
        legal_name: one.legal_name.clone(),
        email: one.email.clone(),
        phone: one.phone.clone(),
        country: one.country.code().into(),
        currency: one.currency.code().into(),
        language: one.language.tag().into(),
        website: one.website.clone(),
        goods: one.goods.clone(),
        reason: one.reason.clone(),
        organisation: one.organisation.map(|of| of.to_string()),
        created_at: moment(Some(one.created_at)),
        decided_at: moment(one.decided_at),
    }
}

/// List applications
#[utoipa::path(get, path = "/api/applications", tag = "Operator", params(ApplicationsQuery), security(("key" = [])),
    responses((status = 200, description = "A page of applications.", body = ApplicationList), KeyReads))]
pub async fn applications(State(app): State<App>, visitor: Visitor, Query(query): Query<ApplicationsQuery>) -> Answer {
    let limit = limit(query.limit)?;
    let unknown = || Error::field("state", "unknown_choice", "There is no such state.");
    let state = query.state.as_deref().filter(|state| !state.is_empty()).unwrap_or("open");
    let state = ApplicationState::named(state).ok_or_else(unknown)?;
    let before: Option<Id<Application>> = maybe("after", query.after.as_deref())?;
    let read = move |db: &mut Read| onboarding::applications(db, state, before, limit);
    let found = app.store.read_as(visitor.actor, read).await?;
    let next = found.last().filter(|_| found.len() as i64 >= limit).map(|last| last.id.to_string());
    Ok(axum::Json(ApplicationList { applications: found.iter().map(view).collect(), next }).into_response())
}

/// How an application is accepted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptBody {
    /// Another name than was applied for.
    #[schema(example = "Lantau Power")]
    pub name: Option<String>,
    /// Under which terms.
    pub terms: Option<TermsBody>,
}

/// Accept an application
///
/// A seller with terms comes of it, and the applicant is invited to own it. Once.
#[utoipa::path(post, path = "/api/applications/{id}/accept", tag = "Operator", request_body = AcceptBody,
    security(("key" = [])), params(("id" = String, Path, description = "The application."),
        ("Idempotency-Key" = Option<String>, Header,
            description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 201, description = "The seller.", body = SellerAnswer), Changes, Invites))]
pub async fn accept(State(app): State<App>, visitor: Visitor, Part(id): Part, Json(body): Json<AcceptBody>) -> Answer {
    let (id, mail): (Id<Application>, bool) = (id.parse()?, app.mail());
    let how = Accept { name: body.name.unwrap_or_default(), terms: wish(body.terms)? };
    let write = move |tx: &mut Tx| onboarding::accept(tx, id, &how, mail);
    let made = app.store.write_as(visitor.actor, write).await?;
    Ok((StatusCode::CREATED, axum::Json(added(&app, &made))).into_response())
}

/// Why an application is declined.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineBody {
    /// The applicant reads it.
    #[schema(example = "We have enough chargers at present.")]
    pub reason: String,
}

/// Decline an application
///
/// The applicant hears why. Once.
#[utoipa::path(post, path = "/api/applications/{id}/decline", tag = "Operator", request_body = DeclineBody,
    security(("key" = [])), params(("id" = String, Path, description = "The application."),
        ("Idempotency-Key" = Option<String>, Header,
            description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 204, description = "It is declined."), Changes))]
pub async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Part(id): Part,
    Json(body): Json<DeclineBody>,
) -> Answer {
    let (id, mail): (Id<Application>, bool) = (id.parse()?, app.mail());
    let write = move |tx: &mut Tx| onboarding::decline(tx, id, &body.reason, mail);
    app.store.write_as(visitor.actor, write).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
