//! Changes of a paid order before it is packed: proposed with what they cost, agreed, taken back.

use crate::carts::CartLineBody;
use crate::input::{Json, Part, header, id};
use crate::orders::{decider, open};
use crate::quotes::{AddressBody, QuotedConsignment, choices, consignment, placed};
use crate::refusals::{Changes, Limited};
use crate::view::MoneyView;
use amendments::{Amendment, AskAmendment, State};
use axum::extract::{Path, State as Given};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use base::{Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use orders::{Line, Order};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Tx;
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
    /// Another address in the same country.
    pub address: Option<AddressBody>,
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
    /// Why it came to nothing: `expired`, `replaced`, `withdrawn`, `unpaid`, `packed`, `changed`.
    pub why: Option<String>,
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
        left: known.left.into(),
        total: known.total.into(),
        more: known.more().into(),
        back: known.back().into(),
        expires_at: known.expires_at.to_string(),
        replaces,
        consignments,
    })
}

/// Propose a change of a paid order, and see what it costs
///
/// What is not packed is priced anew where it changes: pieces that were bought keep their price, what comes in addition costs what it
/// costs now. Nothing changes yet; what it wants more is held for ten minutes. A proposal before makes way.
#[utoipa::path(post, path = "/api/orders/{id}/amendments", tag = "Orders", request_body = AmendmentBody,
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key.")),
    responses((status = 201, description = "The change, and what it costs.", body = AmendmentAnswer), Changes, Limited),
    security((), ("key" = [])))]
pub async fn propose(
    Given(app): Given<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(text): Part,
    Json(body): Json<AmendmentBody>,
) -> Answer {
    let (order, token) = (text.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let (ask, world) = (asked(order, body)?, app.world());
    let write = move |tx: &mut Tx| {
        open(tx, order, token.as_deref())?;
        amendments::propose(tx, &world, &ask)
    };
    let token = header(&headers, "order-token");
    let proposed = app.store.write_as(decider(&visitor, token), write).await.map_err(placed)?;
    Ok((StatusCode::CREATED, axum::Json(answer(&proposed)?)).into_response())
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
    let provider = app.providers.taking().name();
    change(&app, &visitor, &headers, place, move |tx, id| amendments::agree(tx, id, provider).map(drop)).await
}

/// Take a change of an order back that is not paid
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
