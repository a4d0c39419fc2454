//! What the shop asks buyers besides goods and address, and what they say to it.

use crate::input::{Json, Part, header};
use crate::orders::{OrderAnswer, decider, open, order};
use crate::refusals::{Changes, Limited, Reads};
use crate::said::{SayBody, says};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use orders::{Field, FieldKind, Order, PRESETS, Scope};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Tx;
use utoipa::ToSchema;

/// A field that the shop asks buyers to fill in.
#[derive(Serialize, ToSchema)]
pub struct FieldAnswer {
    /// What it is known by.
    #[schema(example = "gift_message")]
    pub key: String,
    /// `order`: once; `line`: for each line; `made`: for each line that is made to order.
    #[schema(example = "order")]
    pub scope: String,
    /// `line` or `text` of `most` characters at most; `choice`: one of `choices`; `tick`: `yes`, or nothing.
    #[schema(example = "text")]
    pub kind: String,
    /// What it is called, by language: the shop's words, or the platform's for the keys it has words for.
    #[schema(example = json!({"en": "Gift message", "zh-CN": "礼品留言"}))]
    pub labels: BTreeMap<String, String>,
    /// What may be chosen.
    pub choices: Vec<String>,
    /// Characters of a text at most.
    pub most: i64,
    /// Whether an order is refused without it.
    pub required: bool,
    /// Whether buyers are asked for it; what was said to a field before stays.
    pub asked: bool,
    /// Whether whoever sells or ships the goods sees it.
    pub to_seller: bool,
    /// Whether packing slips print it.
    pub printed: bool,
    /// Order among the fields, the lowest first.
    pub position: i64,
}

/// The fields of the shop.
#[derive(Serialize, ToSchema)]
pub struct FieldList {
    /// By their order.
    pub fields: Vec<FieldAnswer>,
}

/// A field to declare or to change. What is not said stays, or is as usual for a new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"scope": "line", "kind": "line", "labels": {"en": "Engraving"}, "most": 20, "printed": true}))]
pub struct FieldBody {
    /// What it is asked of; cannot be changed. `order` when not said.
    pub scope: Option<String>,
    /// What may stand in it; cannot be changed. `text` when not said.
    pub kind: Option<String>,
    /// What it is called, by language. Not needed for `gift_message`, `reference`, `delivery_note` and `personalisation`.
    pub labels: Option<BTreeMap<String, String>>,
    /// What may be chosen, of a choice.
    #[schema(max_items = 50)]
    pub choices: Option<Vec<String>>,
    /// Characters of a text at most.
    #[schema(minimum = 1, maximum = 1000)]
    pub most: Option<i64>,
    /// Whether an order is refused without it.
    pub required: Option<bool>,
    /// Whether buyers are asked for it.
    pub asked: Option<bool>,
    /// Whether whoever sells or ships the goods sees it.
    pub to_seller: Option<bool>,
    /// Whether packing slips print it.
    pub printed: Option<bool>,
    /// Order among the fields, the lowest first.
    #[schema(minimum = 0, maximum = 1000)]
    pub position: Option<i64>,
}

/// All that is said to the fields of an order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaysBody {
    /// What is left out is not said any more.
    #[schema(max_items = 500)]
    pub fields: Vec<SayBody>,
}

fn view(app: &App, field: &Field) -> FieldAnswer {
    let words =
        |locale: &frame::Locale| Some((locale.tag.to_owned(), frame::parts::asks::own_word(locale, &field.key)?));
    let labels = match field.labels.is_empty() {
        true => app.languages.all().iter().filter_map(|locale| words(locale)).collect(),
        false => field.labels.clone(),
    };
    FieldAnswer {
        key: field.key.clone(),
        scope: field.scope.name().to_owned(),
        kind: field.kind.name().to_owned(),
        labels,
        choices: field.choices.clone(),
        most: field.most,
        required: field.required,
        asked: field.asked,
        to_seller: field.to_seller,
        printed: field.printed,
        position: field.position,
    }
}

/// List what the shop asks buyers to fill in
#[utoipa::path(get, path = "/api/fields", tag = "Checkout",
    responses((status = 200, description = "Every field, also those that are not asked any more.", body = FieldList), Reads))]
pub async fn list(State(app): State<App>) -> Answer {
    let all = app.store.read(orders::fields).await?;
    let fields = all.iter().map(|field| view(&app, field)).collect();
    Ok(axum::Json(FieldList { fields }).into_response())
}

/// Declare a field, or change it
///
/// Buyers are asked for it at the checkout, and an order takes what they say in `fields`. A field that was used stays: set `asked` to
/// false to ask for it no more.
#[utoipa::path(put, path = "/api/fields/{key}", tag = "Operator", request_body = FieldBody, security(("key" = [])),
    params(("key" = String, Path, description = "Small letters, digits and _: `gift_message`.")),
    responses((status = 200, description = "The field as it is now.", body = FieldAnswer), Changes))]
pub async fn declare(State(app): State<App>, visitor: Visitor, Part(key): Part, Json(body): Json<FieldBody>) -> Answer {
    let change = move |tx: &mut Tx| {
        let field = merged(known(tx, &key)?, &body)?;
        orders::put_field(tx, &field)?;
        Ok(field)
    };
    let field = app.store.write_as(visitor.actor, change).await?;
    Ok(axum::Json(view(&app, &field)).into_response())
}

/// The field as it is, or as one of this key usually begins.
fn known(tx: &mut Tx, key: &str) -> Result<Field> {
    let preset = || PRESETS.iter().find(|preset| preset.key == key).map(orders::Preset::field);
    Ok(orders::field(tx, key)?.or_else(preset).unwrap_or_else(|| Field::new(key)))
}

fn merged(was: Field, body: &FieldBody) -> Result<Field> {
    let none =
        |name: &str| Error::field(name, "unknown_choice", "There is no such choice; the documentation lists them.");
    let scope = body.scope.as_deref().map(|name| Scope::named(name).ok_or_else(|| none("scope"))).transpose()?;
    let kind = body.kind.as_deref().map(|name| FieldKind::named(name).ok_or_else(|| none("kind"))).transpose()?;
    Ok(Field {
        scope: scope.unwrap_or(was.scope),
        kind: kind.unwrap_or(was.kind),
        labels: body.labels.clone().unwrap_or(was.labels),
        choices: body.choices.clone().unwrap_or(was.choices),
        most: body.most.unwrap_or(was.most),
        required: body.required.unwrap_or(was.required),
        asked: body.asked.unwrap_or(was.asked),
        to_seller: body.to_seller.unwrap_or(was.to_seller),
        printed: body.printed.unwrap_or(was.printed),
        position: body.position.unwrap_or(was.position),
        key: was.key,
    })
}

/// Say what an order's fields hold, anew, while nothing of it is packed
#[utoipa::path(put, path = "/api/orders/{id}/fields", tag = "Orders", request_body = SaysBody,
    params(("id" = String, Path, description = "The order."),
        ("Order-Token" = Option<String>, Header, description = "Its token; not needed with an operator's key.")),
    responses((status = 200, description = "The order as it is now.", body = OrderAnswer), Changes, Limited),
    security((), ("key" = [])))]
pub async fn say(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Part(id): Part,
    Json(body): Json<SaysBody>,
) -> Answer {
    let (id, token) = (id.parse::<Id<Order>>()?, header(&headers, "order-token").map(String::from));
    let says = says(body.fields)?;
    let answer = app
        .store
        .write_as(decider(&visitor, token.as_deref()), move |tx| {
            open(tx, id, token.as_deref())?;
            orders::say(tx, id, &says)?;
            order(tx, id)
        })
        .await?;
    Ok(axum::Json(answer).into_response())
}
