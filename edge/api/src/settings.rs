//! The shop's own facts, by key of its owner.

use crate::input::{Json, field, maybe};
use crate::refusals::{Changes, KeyReads};
use axum::extract::State;
use axum::response::IntoResponse;
use base::{Country, Error, Result};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use parties::Shop;
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use utoipa::ToSchema;

/// What the shop says of itself.
#[derive(Serialize, ToSchema)]
pub struct SettingsAnswer {
    /// As shown to buyers.
    #[schema(example = "Entrepot")]
    pub name: String,
    /// For first visitors of whom nothing is known.
    #[schema(example = "en")]
    pub language: String,
    /// The books', and what is shown where a market's own currency is not on offer.
    #[schema(example = "EUR")]
    pub currency: String,
    /// Where buyers write to; may be empty.
    #[schema(example = "help@shop.example")]
    pub email: String,
    /// Where buyers call; may be empty.
    #[schema(example = "+49 30 1234567")]
    pub phone: String,
    /// Name, address and register of whoever answers for the shop in law, as lines; may be empty.
    #[schema(example = "Entrepot GmbH\nTorstraße 90, 10119 Berlin")]
    pub legal: String,
    /// Countries that are sold to; empty for every country whose landed cost is known.
    #[schema(example = json!(["DE", "FR", "SA"]))]
    pub markets: Vec<String>,
    /// Days after delivery in which a buyer may object, in new terms; none for each mode's usual ones.
    #[schema(example = 14)]
    pub acceptance_days: Option<i64>,
    /// Whether the shop sells where only a typical rate of duty or tax is known, and bears the difference to what is due.
    #[schema(example = false)]
    pub typical_rates: bool,
    /// Whether anybody may apply to sell here.
    #[schema(example = true)]
    pub applications: bool,
}

/// What to change; what is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsBody {
    /// As shown to buyers; unique among organisations.
    #[schema(example = "Harbour House")]
    pub name: Option<String>,
    /// One of the shop's languages.
    #[schema(example = "zh-CN")]
    pub language: Option<String>,
    /// Of the books.
    #[schema(example = "EUR")]
    pub currency: Option<String>,
    /// Where buyers write to; empty for none.
    #[schema(example = "help@shop.example")]
    pub email: Option<String>,
    /// Where buyers call; empty for none.
    #[schema(example = "+49 30 1234567")]
    pub phone: Option<String>,
    /// The imprint, as lines.
    #[schema(example = "Harbour House Ltd\n1 Quay Street, Dublin")]
    pub legal: Option<String>,
    /// Countries that are sold to; an empty list for everywhere.
    #[schema(example = json!(["DE", "FR"]))]
    pub markets: Option<Vec<String>>,
    /// 0 to 90; the house's own terms follow.
    #[schema(example = 14, minimum = 0, maximum = 90)]
    pub acceptance_days: Option<i64>,
    /// Whether to sell where only a typical rate of duty or tax is known, and bear the difference to what is due.
    #[schema(example = true)]
    pub typical_rates: Option<bool>,
    /// Whether to take applications of those who want to sell here.
    #[schema(example = true)]
    pub applications: Option<bool>,
}

fn view(shop: &Shop) -> SettingsAnswer {
    SettingsAnswer {
        name: shop.name.clone(),
        language: shop.language.tag().to_owned(),
        currency: shop.currency.to_string(),
        email: shop.email.clone(),
        phone: shop.phone.clone(),
        legal: shop.legal.clone(),
        markets: shop.markets.iter().map(|country| country.code().to_owned()).collect(),
        acceptance_days: shop.acceptance_days,
        typical_rates: shop.typical_rates,
        applications: shop.applications,
    }
}

fn known(db: &mut Read) -> Result<Shop> {
    parties::shop(db)?.ok_or_else(|| Error::conflict("not_claimed", "Claim the installation first."))
}

/// See the shop's settings
#[utoipa::path(get, path = "/api/settings", tag = "Operator", security(("key" = [])),
    responses((status = 200, description = "The settings.", body = SettingsAnswer), KeyReads))]
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let shop = app.store.read_as(visitor.actor, known).await?;
    Ok(axum::Json(view(&shop)).into_response())
}

/// Change the shop's settings
#[utoipa::path(patch, path = "/api/settings", tag = "Operator", request_body = SettingsBody, security(("key" = [])),
    responses((status = 200, description = "The settings as they are now.", body = SettingsAnswer), Changes))]
pub async fn change(State(app): State<App>, visitor: Visitor, Json(body): Json<SettingsBody>) -> Answer {
    if body.language.as_deref().is_some_and(|tag| app.languages.find(tag).is_none()) {
        return Err(Error::field("language", "unknown_choice", "The shop does not speak this language.").into());
    }
    let change = move |tx: &mut Tx| {
        let changed = merged(known(tx)?, &body)?;
        onboarding::set_shop(tx, &changed)?;
        known(tx)
    };
    let changed = app.store.write_as(visitor.actor, change).await?;
    app.refresh_shop().await?;
    Ok(axum::Json(view(&changed)).into_response())
}

/// The shop with what was said in the place of what was.
fn merged(shop: Shop, body: &SettingsBody) -> Result<Shop> {
    let said = |given: &Option<String>, known: String| given.clone().unwrap_or(known);
    let country = |code: &String| field::<Country>("markets", code);
    Ok(Shop {
        language: maybe("language", body.language.as_deref())?.unwrap_or(shop.language),
        currency: maybe("currency", body.currency.as_deref())?.unwrap_or(shop.currency),
        markets: match &body.markets {
            Some(codes) => codes.iter().map(country).collect::<Result<_>>()?,
            None => shop.markets,
        },
        acceptance_days: body.acceptance_days.or(shop.acceptance_days),
        typical_rates: body.typical_rates.unwrap_or(shop.typical_rates),
        applications: body.applications.unwrap_or(shop.applications),
        name: said(&body.name, shop.name),
        email: said(&body.email, shop.email),
        phone: said(&body.phone, shop.phone),
        legal: said(&body.legal, shop.legal),
    })
}
