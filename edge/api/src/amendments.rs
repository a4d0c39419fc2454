//! Changes of a paid order before it is packed: proposed with what they cost, agreed, taken back; by the buyer, or to the buyer by a
//! seller or the operator.

use crate::carts::CartLineBody;
use crate::input::{Json, Part, header, id};
use crate::orders::{decider, open};
use crate::quotes::{AddressBody, QuotedConsignment, choices, consignment, placed};
use crate::refusals::{Changes, KeyReads, Limited, Reads};
use crate::seller::own;
use crate::view::MoneyView;
use amendments::{Amendment, AskAmendment, Foreseen, State, ToBuyer};
use axum::extract::{Path, State as Given};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use orders::{Line, Order};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use settlement::Why;
use std::collections::BTreeMap;
use store::{Read, Tx};
use utoipa::ToSchema;

/// A change of an order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"lines": [{"line": "oln_1f8k2m", "pieces": 3}], "add": [{"offer": "ofr_1f8k2m", "quantity": 1}]}))]
pub struct AmendmentBody {
    /// How many pieces of a line there shall be; 0 leaves it out. Lines that are not named stay as they are.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub lines: Vec<AmendedLineBody>,
    /// Offers that come in addition.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub add: Vec<CartLineBody>,
    /// Another service by consignment key, as in a quote.
    #[serde(default)]
    #[schema(example = json!({"org_1f8k2m.whs_1f8k2n": "cn-express"}))]
    pub services: BTreeMap<String, String>,
    /// Another address in the same country. Not for sellers.
    pub address: Option<AddressBody>,
    /// `out_of_stock`, `damaged`, `cannot_be_sent` or `buyer_asked`: the buyer is asked, who has 48 hours and is told why. A seller
    /// has to give one; without one an operator's key acts in the buyer's place. Not with an order's token.
    #[schema(max_length = 60, example = "out_of_stock")]
    pub reason: Option<String>,
    /// With `reason`: what else the buyer should know.
    #[schema(max_length = 500)]
    pub words: Option<String>,
    /// Only say what it would come to: nothing is held, and nobody is told.
    pub preview: Option<bool>,
}

/// How many pieces of a line there shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendedLineBody {
    /// The line.
    pub line: String,
    /// How many pieces there shall be; 0 leaves it out.
    #[schema(minimum = 0, maximum = 9_999)]
    pub pieces: i64,
}

/// A change of an order, and what it costs.
#[derive(Serialize, ToSchema)]
pub struct AmendmentAnswer {
    /// Its id: say it when agreeing.
    #[schema(example = "amd_1f8k2m")]
    pub id: String,
    /// `proposed`, `agreed` (waits for what it costs more), `done` or `void`.
    #[schema(example = "proposed")]
    pub state: String,
    /// Why it came to nothing: `expired`, `replaced`, `withdrawn`, `declined`, `unpaid`, `packed`, `changed`.
    pub why: Option<String>,
    /// Who proposed it: `buyer` for themselves, `seller` or `operator` to the buyer, whose answer it waits for.
    #[schema(example = "buyer")]
    pub by: String,
    /// Why it was proposed to the buyer.
    pub reason: Option<String>,
    /// And in words.
    pub words: String,
    /// What is left of the consignments that make way.
    pub left: MoneyView,
    /// What comes in their place.
    pub total: MoneyView,
    /// What the buyer pays more: by `POST /api/orders/{id}/pay` once it is agreed.
    pub more: MoneyView,
    /// What goes back to the buyer.
    pub back: MoneyView,
    /// Until when it is held without being agreed.
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// The consignments that make way; none when it is over.
    pub replaces: Vec<String>,
    /// What comes in their place; none when it is over.
    pub consignments: Vec<QuotedConsignment>,
}

fn answer(known: &Amendment) -> Result<AmendmentAnswer> {
    let (mut replaces, mut consignments) = (Vec::new(), Vec::new());
    if let Some(change) = &known.change {
        replaces = change.replaces().iter().map(ToString::to_string).collect();
        consignments = change.amended.consignments.iter().map(consignment).collect::<Result<_>>()?;
    }
    Ok(AmendmentAnswer {
        id: known.id.to_string(),
        state: known.state.name().to_owned(),
        why: Some(known.why.clone()).filter(|why| known.state == State::Void && !why.is_empty()),
        by: known.side.name().to_owned(),
        reason: known.reason.map(|why| why.name().to_owned()),
        words: known.words.clone(),
        left: known.left.into(),
        total: known.total.into(),
        more: known.more().into(),
        back: known.back().into(),
        expires_at: known.expires_at.to_string(),
        replaces,
        consignments,
    })
}

/// What a change would come to.
#[derive(Serialize, ToSchema)]
pub struct ForeseenAnswer {
    /// What is left of the consignments that would make way.
    pub left: MoneyView,
    /// What would come in their place.
    pub total: MoneyView,
    /// The consignments that would make way.
    pub replaces: Vec<String>,
    /// What would come in their place.
    pub consignments: Vec<QuotedConsignment>,
}

fn foreseen(known: &Foreseen) -> Result<ForeseenAnswer> {
    Ok(ForeseenAnswer {
        left: known.left.into(),
        total: known.total.into(),
        replaces: known.change.replaces().iter().map(ToString::to_string).collect(),
        consignments: known.change.amended.consignments.iter().map(consignment).collect::<Result<_>>()?,
    })
}

/// Changes that were proposed to a buyer.
#[derive(Serialize, ToSchema)]
pub struct AmendmentsAnswer {
    /// Newest first, at most twenty.
    pub amendments: Vec<AmendmentAnswer>,
}

fn listed(known: &[Amendment]) -> Result<AmendmentsAnswer> {
    Ok(AmendmentsAnswer { amendments: known.iter().map(answer).collect::<Result<_>>()? })
}

/// List what was proposed to the buyer of an order
#[utoipa::path(get, path = "/api/orders/{id}/amendments", tag = "Orders",
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key.")),
    responses((status = 200, description = "What sellers and the operator proposed.", body = AmendmentsAnswer), Reads),
    security((), ("key" = [])))]
pub async fn of_order(Given(app): Given<App>, visitor: Visitor, headers: HeaderMap, Part(text): Part) -> Answer {
    let (order, token) = (text.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let read = move |db: &mut Read| {
        open(db, order, token.as_deref())?;
        amendments::offered(db, order, None)
    };
    let known = app.store.read_as(visitor.actor, read).await?;
    Ok(axum::Json(listed(&known)?).into_response())
}

/// Asks for a change, or only says what it would come to.
async fn put(
    app: &App,
    actor: base::Actor,
    preview: bool,
    ask: AskAmendment,
    reach: impl Fn(&mut Read) -> Result<()> + Send + 'static,
) -> Answer {
    let world = app.world();
    if preview {
        let read = move |db: &mut Read| {
            reach(db)?;
            amendments::foresee(db, &world, &ask)
        };
        let known = app.store.read_as(actor, read).await.map_err(placed)?;
        return Ok(axum::Json(foreseen(&known)?).into_response());
    }
    let write = move |tx: &mut Tx| {
        reach(tx)?;
        amendments::propose(tx, &world, &ask)
    };
    let proposed = app.store.write_as(actor, write).await.map_err(placed)?;
    Ok((StatusCode::CREATED, axum::Json(answer(&proposed)?)).into_response())
}

/// Propose a change of a paid order, and see what it costs
///
/// What is not packed is priced anew where it changes: pieces that were bought keep their price, what comes in addition costs what it
/// costs now. Nothing changes yet; what it wants more is held for ten minutes. A proposal before makes way. With an operator's key and
/// a `reason` the buyer is asked instead, who has 48 hours to say yes or no.
#[utoipa::path(post, path = "/api/orders/{id}/amendments", tag = "Orders", request_body = AmendmentBody,
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key.")),
    responses((status = 201, description = "The change, and what it costs.", body = AmendmentAnswer),
        (status = 200, description = "With `preview`: what it would come to.", body = ForeseenAnswer), Changes, Limited),
    security((), ("key" = [])))]
pub async fn propose(
    Given(app): Given<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(text): Part,
    Json(body): Json<AmendmentBody>,
) -> Answer {
    let (order, token) = (text.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    if token.is_some() && body.reason.is_some() {
        return Err(
            Error::field("reason", "buyers_own", "Of a buyer's own wish no reason is asked: leave it out.").into()
        );
    }
    let (preview, ask) = (body.preview.unwrap_or_default(), asked(order, body)?);
    let actor = decider(&visitor, token.as_deref());
    put(&app, actor, preview, ask, move |db| open(db, order, token.as_deref()).map(drop)).await
}

fn asked(order: Id<Order>, body: AmendmentBody) -> Result<AskAmendment> {
    let lines = body.lines.iter().map(|one| Ok((id::<Line>("lines", &one.line)?, one.pieces)));
    let add = body.add.iter().map(|one| Ok((id::<offers::Offer>("add", &one.offer)?, one.quantity)));
    Ok(AskAmendment {
        order,
        lines: lines.collect::<Result<_>>()?,
        add: add.collect::<Result<_>>()?,
        services: choices(&body.services)?,
        address: body.address.map(Into::into),
        to_buyer: match body.reason {
            None => None,
            Some(reason) => {
                let say = "Give one of the reasons that the documentation names.";
                let unknown = || Error::field("reason", "unknown_choice", say);
                Some(ToBuyer {
                    reason: Why::named(&reason).ok_or_else(unknown)?,
                    words: body.words.unwrap_or_default(),
                })
            }
        },
    })
}

/// A deed with the amendment of this path, for whoever holds the order's token, or the operator; answers with it as it is then.
async fn change(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    (order, wanted): (String, String),
    deed: impl Fn(&mut Tx, Id<Amendment>) -> Result<()> + Send + 'static,
) -> Answer {
    let (order, wanted): (Id<Order>, Id<Amendment>) = (order.parse()?, wanted.parse()?);
    let token = header(headers, "order-token").map(String::from);
    let actor = decider(visitor, token.as_deref());
    let write = move |tx: &mut Tx| {
        open(tx, order, token.as_deref())?;
        let known = amendments::of_order(tx, order, wanted)?;
        deed(tx, known.id)?;
        amendments::amendment(tx, known.id)
    };
    let done = app.store.write_as(actor, write).await?;
    Ok(axum::Json(answer(&done)?).into_response())
}

/// Agree to a proposed change of an order
///
/// To what a seller or the operator proposed only the buyer says yes: with the order's token.
/// What costs more is then to be paid within half an hour, by `POST /api/orders/{id}/pay`, and is carried out when the money is there;
/// should it be packed meanwhile, the money goes back. Anything else is carried out at once, and what is cheaper goes back.
#[utoipa::path(post, path = "/api/orders/{id}/amendments/{amendment}/agree", tag = "Orders",
    params(("id" = String, Path, description = "The order."), ("amendment" = String, Path, description = "The change."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "The change as it is now.", body = AmendmentAnswer), Changes),
    security((), ("key" = [])))]
pub async fn agree(
    Given(app): Given<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(place): Path<(String, String)>,
) -> Answer {
    let provider = app.providers().taking().name();
    change(&app, &visitor, &headers, place, move |tx, id| amendments::agree(tx, id, provider).map(drop)).await
}

/// Take a change of an order back that is not paid, or say no to what was proposed
#[utoipa::path(delete, path = "/api/orders/{id}/amendments/{amendment}", tag = "Orders",
    params(("id" = String, Path, description = "The order."), ("amendment" = String, Path, description = "The change."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key.")),
    responses((status = 200, description = "The change as it is now.", body = AmendmentAnswer), Changes),
    security((), ("key" = [])))]
pub async fn withdraw(
    Given(app): Given<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(place): Path<(String, String)>,
) -> Answer {
    change(&app, &visitor, &headers, place, amendments::withdraw).await
}

/// A seller's own of an order: what it proposed.
fn proposed_by(db: &mut Read, own: Id<Organisation>, order: Id<Order>, id: Id<Amendment>) -> Result<Amendment> {
    let known = amendments::of_order(db, order, id)?;
    match known.organisation == Some(own) {
        true => Ok(known),
        false => Err(Error::not_found("amendment_unknown", "There is no such change of this order.")),
    }
}

/// List what you proposed to the buyer of an order
#[utoipa::path(get, path = "/api/seller/orders/{order}/amendments", tag = "Seller", security(("key" = [])),
    params(("order" = String, Path, description = "The order, as your consignments name it.")),
    responses((status = 200, description = "What you proposed.", body = AmendmentsAnswer), KeyReads))]
pub async fn of_seller(Given(app): Given<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let (own, order) = (own(&visitor)?, text.parse::<Id<Order>>()?);
    let known = app.store.read_as(visitor.actor, move |db| amendments::offered(db, order, Some(own))).await?;
    Ok(axum::Json(listed(&known)?).into_response())
}

/// Propose a change of what you sell of an order to its buyer
///
/// Other goods of yours, more or fewer pieces, another service, for consignments that wait to be packed. The buyer is told why by mail
/// and on the order's page, and has 48 hours; what comes in addition is held until then. Nothing changes without a yes; packing it
/// ends the proposal.
#[utoipa::path(post, path = "/api/seller/orders/{order}/amendments", tag = "Seller", request_body = AmendmentBody,
    security(("key" = [])), params(("order" = String, Path, description = "The order, as your consignments name it."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 201, description = "The change, and what it costs.", body = AmendmentAnswer),
        (status = 200, description = "With `preview`: what it would come to.", body = ForeseenAnswer), Changes))]
pub async fn propose_to_buyer(
    Given(app): Given<App>,
    visitor: Visitor,
    Part(text): Part,
    Json(body): Json<AmendmentBody>,
) -> Answer {
    let (_, order) = (own(&visitor)?, text.parse::<Id<Order>>()?);
    let (preview, ask) = (body.preview.unwrap_or_default(), asked(order, body)?);
    if ask.to_buyer.is_none() {
        return Err(Error::field("reason", "required", "Say why: the buyer is told.").into());
    }
    put(&app, visitor.actor, preview, ask, |_| Ok(())).await
}

/// Take back what you proposed, before the buyer says yes
#[utoipa::path(delete, path = "/api/seller/orders/{order}/amendments/{amendment}", tag = "Seller", security(("key" = [])),
    params(("order" = String, Path, description = "The order."), ("amendment" = String, Path, description = "The change.")),
    responses((status = 200, description = "The change as it is now.", body = AmendmentAnswer), Changes))]
pub async fn take_back(Given(app): Given<App>, visitor: Visitor, Path(place): Path<(String, String)>) -> Answer {
    let (own, order, wanted): (_, Id<Order>, Id<Amendment>) = (own(&visitor)?, place.0.parse()?, place.1.parse()?);
    let write = move |tx: &mut Tx| {
        let known = proposed_by(tx, own, order, wanted)?;
        amendments::withdraw(tx, known.id)?;
        amendments::amendment(tx, known.id)
    };
    let done = app.store.write_as(visitor.actor, write).await?;
    Ok(axum::Json(answer(&done)?).into_response())
}
