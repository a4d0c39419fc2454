//! Claims: a buyer objects or gives back by the order's token, its seller answers, the operator decides. Pictures are sent on the
//! order's page.

use crate::input::{Json, Part, Query, header, id, limit, maybe};
use crate::orders::{decider, moment, open};
use crate::refusals::{Changes, KeyReads, Limited, Reads};
use crate::seller::own;
use crate::view::MoneyView;
use aftersales::{Claim, Decision, Kind, NewClaim, Wish};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use orders::{Consignment, Line, Order};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use utoipa::{IntoParams, ToSchema};

/// What a buyer objects to, or gives back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"consignment": "csg_1f8k2m", "pieces": [{"line": "oln_1f8k2m", "pieces": 1}], "kind": "damaged",
    "words": "It came in two halves."}))]
pub struct ClaimBody {
    /// The consignment.
    pub consignment: String,
    /// Which pieces.
    #[schema(min_items = 1, max_items = 200)]
    pub pieces: Vec<ClaimPieces>,
    /// What it is about; `withdrawal` gives back without a reason, where the market's law knows that right.
    pub kind: String,
    /// `money_back` when not said.
    pub wish: Option<String>,
    /// With `lower_price`: by how much, in the order's currency.
    pub amount: Option<MoneyView>,
    /// What happened; a withdrawal needs no words.
    pub words: Option<String>,
}

/// Pieces of a line.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimPieces {
    /// The line.
    pub line: String,
    /// How many.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub pieces: i64,
}

/// A claim.
#[derive(Serialize, ToSchema)]
pub struct ClaimAnswer {
    /// Its id.
    #[schema(example = "clm_1f8k2m")]
    pub id: String,
    /// The order.
    pub order: String,
    /// The consignment.
    pub consignment: String,
    /// Which pieces.
    pub pieces: Vec<ClaimPieces>,
    /// What it is about.
    #[schema(example = "damaged")]
    pub kind: String,
    /// `money_back` or `lower_price`.
    pub wish: String,
    /// By how much less, of a lower price.
    pub amount: MoneyView,
    /// Who has the next step: `open` the seller, `refused` the buyer, `escalated` the operator, `returning` the buyer, `sent` the
    /// seller, `settling` the house, `closed` nobody.
    #[schema(example = "open")]
    pub state: String,
    /// What became of it; empty while it is open.
    pub outcome: String,
    /// What went back for it.
    pub refunded: MoneyView,
    /// Id of the dated right that was used; empty when none was.
    pub rule: String,
    /// Who carries the pieces back, and their number there.
    pub carrier: String,
    /// Tracking number of the way back.
    pub tracking: String,
    /// When it was opened.
    #[schema(format = DateTime)]
    pub opened_at: String,
    /// When the next step is due.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// When it was over.
    #[schema(format = DateTime)]
    pub closed_at: Option<String>,
    /// Pictures that the buyer sent.
    pub pictures: Vec<ClaimPicture>,
    /// What was done and said, oldest first.
    pub story: Vec<ClaimWord>,
}

/// A picture of what a claim is about.
#[derive(Serialize, ToSchema)]
pub struct ClaimPicture {
    /// Where it is, for whoever may see the claim.
    #[schema(example = "/api/claims/clm_1f8k2m/pictures/cpi_1f8k2n")]
    pub url: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
}

/// Something that was done or said.
#[derive(Serialize, ToSchema)]
pub struct ClaimWord {
    /// `buyer`, `seller`, `operator` or `house`.
    pub author: String,
    /// What was done, as a code.
    pub deed: String,
    /// What was said.
    pub words: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// Claims of an order.
#[derive(Serialize, ToSchema)]
pub struct ClaimsAnswer {
    /// Oldest first of an order, newest first else.
    pub claims: Vec<ClaimAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

fn answer(db: &mut Read, claim: &Claim) -> Result<ClaimAnswer> {
    let pieces = aftersales::lines(db, claim.id)?;
    let story = aftersales::words(db, claim.id)?;
    let picture = |one: aftersales::PictureRow| {
        let url = format!("/api/claims/{}/pictures/{}", claim.id, one.id);
        ClaimPicture { url, width: one.width, height: one.height }
    };
    let pictures = aftersales::pictures(db, claim.id)?.into_iter().map(picture).collect();
    Ok(ClaimAnswer {
        id: claim.id.to_string(),
        order: claim.order.to_string(),
        consignment: claim.consignment.to_string(),
        pieces: pieces.into_iter().map(|one| ClaimPieces { line: one.line.to_string(), pieces: one.pieces }).collect(),
        kind: claim.kind.name().to_owned(),
        wish: claim.wish.name().to_owned(),
        amount: claim.amount.into(),
        state: claim.state.name().to_owned(),
        outcome: claim.outcome.name().to_owned(),
        refunded: claim.refunded.into(),
        rule: claim.rule.clone(),
        carrier: claim.carrier.clone(),
        tracking: claim.tracking.clone(),
        opened_at: claim.opened_at.to_string(),
        due_at: moment(claim.due_at),
        closed_at: moment(claim.closed_at),
        pictures,
        story: story
            .into_iter()
            .map(|one| ClaimWord { author: one.author, deed: one.deed, words: one.words, at: one.at.to_string() })
            .collect(),
    })
}

/// A claim as it is now.
pub fn fresh(db: &mut Read, id: Id<Claim>) -> Result<ClaimAnswer> {
    let claim = aftersales::claim(db, id)?;
    answer(db, &claim)
}

/// List the claims of an order
#[utoipa::path(get, path = "/api/orders/{id}/claims", tag = "Orders",
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key.")),
    responses((status = 200, description = "Its claims.", body = ClaimsAnswer), Reads), security((), ("key" = [])))]
pub async fn of_order(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Part(id): Part) -> Answer {
    let (order, token) = (id.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let read = move |db: &mut Read| {
        open(db, order, token.as_deref())?;
        let claims = aftersales::of_order(db, order)?;
        claims.iter().map(|claim| answer(db, claim)).collect::<Result<Vec<_>>>()
    };
    let claims = app.store.read_as(visitor.actor, read).await?;
    Ok(axum::Json(ClaimsAnswer { claims, next: None }).into_response())
}

/// Object to pieces of an order, or give them back
#[utoipa::path(post, path = "/api/orders/{id}/claims", tag = "Orders", request_body = ClaimBody,
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The claim.", body = ClaimAnswer), Changes, Limited), security((), ("key" = [])))]
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(text): Part,
    Json(body): Json<ClaimBody>,
) -> Answer {
    let (order, token) = (text.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let new = new(body)?;
    let deed = move |tx: &mut Tx| {
        open(tx, order, token.as_deref())?;
        if orders::consignment(tx, new.consignment)?.order != order {
            return Err(Error::field("consignment", "not_in_order", "This consignment is not in this order."));
        }
        let id = aftersales::open(tx, &new)?;
        fresh(tx, id)
    };
    let actor = decider(&visitor, header(&headers, "order-token"));
    let claim = app.store.write_as(actor, deed).await?;
    Ok(axum::Json(claim).into_response())
}

fn new(body: ClaimBody) -> Result<NewClaim> {
    let unknown = |field: &str| Error::field(field, "unknown_choice", "There is no such choice.");
    let lines = body.pieces.iter().map(|one| Ok((id::<Line>("line", &one.line)?, one.pieces)));
    Ok(NewClaim {
        consignment: id::<Consignment>("consignment", &body.consignment)?,
        lines: lines.collect::<Result<_>>()?,
        kind: Kind::named(&body.kind).ok_or_else(|| unknown("kind"))?,
        wish: Wish::named(body.wish.as_deref().unwrap_or("money_back")).ok_or_else(|| unknown("wish"))?,
        amount: body.amount.as_ref().map(|amount| amount.read("amount")).transpose()?,
        words: body.words.unwrap_or_default(),
        pictures: Vec::new(),
    })
}

/// What the buyer does with a claim.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"deed": "send_back", "carrier": "DHL", "tracking": "RR123456785DE"}))]
pub struct ClaimDeed {
    /// `withdraw`, `escalate` (ask the operator after a no) or `send_back`.
    pub deed: String,
    /// With `escalate`: what the operator should know.
    pub words: Option<String>,
    /// With `send_back`: who carries the pieces.
    pub carrier: Option<String>,
    /// With `send_back`: their number there.
    pub tracking: Option<String>,
}

/// Take a claim back, ask the operator, or say that the pieces are on their way
#[utoipa::path(post, path = "/api/claims/{id}", tag = "Orders", request_body = ClaimDeed,
    params(("id" = String, Path, description = "The claim."),
        ("Order-Token" = Option<String>, Header, description = "The order's token; not needed with an operator's key."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The claim as it is now.", body = ClaimAnswer), Changes), security((), ("key" = [])))]
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(text): Part,
    Json(body): Json<ClaimDeed>,
) -> Answer {
    let (claim, token) = (text.parse::<Id<Claim>>()?, header(&headers, "order-token").map(String::from));
    let deed = move |tx: &mut Tx| {
        let order = aftersales::claim(tx, claim)?.order;
        open(tx, order, token.as_deref())?;
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        match body.deed.as_str() {
            "withdraw" => aftersales::withdraw(tx, claim),
            "escalate" => aftersales::escalate(tx, claim, &text(&body.words)),
            _ => aftersales::send_back(tx, claim, &text(&body.carrier), &text(&body.tracking)),
        }?;
        fresh(tx, claim)
    };
    let claim = app.store.write_as(decider(&visitor, header(&headers, "order-token")), deed).await?;
    Ok(axum::Json(claim).into_response())
}

/// See a claim
#[utoipa::path(get, path = "/api/claims/{id}", tag = "Orders",
    params(("id" = String, Path, description = "The claim."),
        ("Order-Token" = Option<String>, Header, description = "The order's token; not needed with a key of its seller or the operator.")),
    responses((status = 200, description = "The claim and its story.", body = ClaimAnswer), Reads), security((), ("key" = [])))]
pub async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Part(text): Part) -> Answer {
    let (claim, token) = (text.parse::<Id<Claim>>()?, header(&headers, "order-token").map(String::from));
    let actor = visitor.actor;
    let read = move |db: &mut Read| {
        let known = may_see(db, &visitor, claim, token.as_deref())?;
        answer(db, &known)
    };
    let claim = app.store.read_as(actor, read).await?;
    Ok(axum::Json(claim).into_response())
}

/// The claim, if it is the caller's: its seller's by key, or of an order that opens to it. Errors: those of [`open`], `claim_unknown`.
pub fn may_see(db: &mut Read, visitor: &Visitor, claim: Id<Claim>, token: Option<&str>) -> Result<Claim> {
    let known = aftersales::claim(db, claim)?;
    if own(visitor).ok() != Some(known.organisation) || token.is_some() {
        open(db, known.order, token)?;
    }
    Ok(known)
}

/// Which claims.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClaimsQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

async fn listed(app: &App, visitor: &Visitor, own: Option<Id<Organisation>>, query: ClaimsQuery) -> Answer {
    let (after, limit) = (maybe("after", query.after.as_deref())?, limit(query.limit)?);
    let read = move |db: &mut Read| {
        let rows = aftersales::of_organisation(db, own, after, limit)?;
        let next = rows.last().filter(|_| rows.len() as i64 == limit).map(|last| last.claim.id.to_string());
        let claims = rows.iter().map(|row| answer(db, &row.claim)).collect::<Result<_>>()?;
        Ok(ClaimsAnswer { claims, next })
    };
    Ok(axum::Json(app.store.read_as(visitor.actor, read).await?).into_response())
}

/// List own claims
#[utoipa::path(get, path = "/api/seller/claims", tag = "Seller", params(ClaimsQuery), security(("key" = [])),
    responses((status = 200, description = "A page of claims, newest first.", body = ClaimsAnswer), KeyReads))]
pub async fn of_seller(State(app): State<App>, visitor: Visitor, Query(query): Query<ClaimsQuery>) -> Answer {
    let own = own(&visitor)?;
    listed(&app, &visitor, Some(own), query).await
}

/// List the claims of all sellers
#[utoipa::path(get, path = "/api/claims", tag = "Operator", params(ClaimsQuery), security(("key" = [])),
    responses((status = 200, description = "A page of claims, newest first.", body = ClaimsAnswer), KeyReads))]
pub async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ClaimsQuery>) -> Answer {
    listed(&app, &visitor, None, query).await
}

/// A seller's answer to a claim.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"answer": "agree", "send_back": true, "words": "Sorry."}))]
pub struct ClaimReply {
    /// `agree`, `refuse`, `received` (all pieces came back) or `contest` (they did not, or should not be paid back).
    pub answer: String,
    /// With `agree`: the money goes back when the pieces have come back.
    pub send_back: Option<bool>,
    /// With `received`: which of them lie on the shelf again.
    #[schema(max_items = 200)]
    pub restock: Option<Vec<ClaimPieces>>,
    /// Told to the buyer; needed with `refuse` and `contest`.
    pub words: Option<String>,
}

/// Answer a claim, or confirm what came back
#[utoipa::path(post, path = "/api/seller/claims/{id}", tag = "Seller", request_body = ClaimReply, security(("key" = [])),
    params(("id" = String, Path, description = "The claim."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The claim as it is now.", body = ClaimAnswer), Changes))]
pub async fn reply(State(app): State<App>, visitor: Visitor, Part(text): Part, Json(body): Json<ClaimReply>) -> Answer {
    let (own, claim) = (own(&visitor)?, text.parse::<Id<Claim>>()?);
    let restock = body.restock.iter().flatten().map(|one| Ok((id::<Line>("line", &one.line)?, one.pieces)));
    let restock: Vec<(Id<Line>, i64)> = restock.collect::<Result<_>>()?;
    let deed = move |tx: &mut Tx| {
        if aftersales::claim(tx, claim)?.organisation != own {
            return Err(Error::not_found("claim_unknown", "There is no such claim."));
        }
        let words = body.words.as_deref().unwrap_or_default();
        match body.answer.as_str() {
            "agree" => aftersales::agree(tx, claim, body.send_back.unwrap_or_default(), words),
            "refuse" => aftersales::refuse(tx, claim, words),
            "received" => aftersales::receive(tx, claim, &restock, words),
            _ => aftersales::contest(tx, claim, words),
        }?;
        fresh(tx, claim)
    };
    let claim = app.store.write_as(visitor.actor, deed).await?;
    Ok(axum::Json(claim).into_response())
}

/// What the operator decides.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"decision": "money_back", "words": "The picture shows it."}))]
pub struct DecisionBody {
    /// `money_back`, `return` (money back when the pieces have come back), `lower_price` or `nothing`.
    pub decision: String,
    /// With `lower_price`: how much goes back, in the order's currency.
    pub amount: Option<MoneyView>,
    /// Why; both sides read it.
    pub words: String,
}

/// Decide a claim
#[utoipa::path(post, path = "/api/claims/{id}/decision", tag = "Operator", request_body = DecisionBody, security(("key" = [])),
    params(("id" = String, Path, description = "The claim."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The claim as it is now.", body = ClaimAnswer), Changes))]
pub async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Part(text): Part,
    Json(body): Json<DecisionBody>,
) -> Answer {
    let claim = text.parse::<Id<Claim>>()?;
    let decision = match body.decision.as_str() {
        "money_back" => Decision::MoneyBack { send_back: false },
        "return" => Decision::MoneyBack { send_back: true },
        "lower_price" => {
            let amount = body.amount.as_ref().ok_or_else(|| Error::field("amount", "required", "Write how much."))?;
            Decision::LowerPrice(amount.read("amount")?)
        }
        _ => Decision::Nothing,
    };
    let deed = move |tx: &mut Tx| {
        aftersales::decide(tx, claim, decision, &body.words)?;
        fresh(tx, claim)
    };
    let claim = app.store.write_as(visitor.actor, deed).await?;
    Ok(axum::Json(claim).into_response())
}
