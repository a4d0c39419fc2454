//! The shop's shelves, by key: listing, making, changing.

use crate::input::{Json, Part, field, maybe};
use crate::refusals::{Changes, Reads};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Error, Id, Result, Weight};
use catalog::{Category, PutCategory};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Read, Tx};
use utoipa::ToSchema;

/// A shelf of the shop.
#[derive(Serialize, ToSchema)]
pub struct CategoryAnswer {
    /// Its id.
    #[schema(example = "cat_1f8k2m")]
    pub id: String,
    /// Its name in addresses.
    #[schema(example = "teaware")]
    pub slug: String,
    /// Slug of the shelf it stands in; none at the top.
    pub parent: Option<String>,
    /// Name by language.
    #[schema(example = json!({"en": "Teaware", "zh-CN": "茶具"}))]
    pub names: BTreeMap<String, String>,
    /// The tariff code of variants without one of their own.
    #[schema(example = "691110")]
    pub hs: Option<String>,
    /// The weight of variants without one of their own, in grams.
    pub grams: Option<i64>,
    /// The tax class of variants without one of their own; empty for the usual rate.
    pub tax_class: String,
    /// Order among the shelves beside it.
    pub position: i64,
}

/// All shelves.
#[derive(Serialize, ToSchema)]
pub struct CategoryList {
    /// By their order.
    pub categories: Vec<CategoryAnswer>,
}

/// A shelf to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"names": {"en": "Teaware", "zh-CN": "茶具"}, "parent": "home", "hs": "691110"}))]
pub struct CategoryBody {
    /// Its name in addresses; made from the English name, or the first, when not said.
    pub slug: Option<String>,
    /// Slug of the shelf it stands in; at the top when not said.
    pub parent: Option<String>,
    /// Name by language; at least one.
    pub names: BTreeMap<String, String>,
    /// The tariff code of variants without one of their own; its parent's when not said.
    pub hs: Option<String>,
    /// The weight of variants without one of their own, in grams; its parent's when not said.
    #[schema(minimum = 1, maximum = 1000000)]
    pub grams: Option<i64>,
    /// The tax class of variants without one of their own; its parent's when not said.
    pub tax_class: Option<String>,
    /// Order among the shelves beside it, the lowest first.
    #[schema(minimum = 0, maximum = 1000000)]
    pub position: Option<i64>,
}

/// What to change of a shelf; what is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"names": {"de": "Teegeschirr"}, "grams": 400}))]
pub struct CategoryChange {
    /// Slug of the shelf it is to stand in; empty for the top.
    pub parent: Option<String>,
    /// Names by language, added to those it has; an empty one is taken away. One always stays.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// The tariff code of variants without one of their own; empty for its parent's.
    pub hs: Option<String>,
    /// The weight of variants without one of their own, in grams; 0 for its parent's.
    #[schema(minimum = 0, maximum = 1000000)]
    pub grams: Option<i64>,
    /// The tax class of variants without one of their own; empty for its parent's.
    pub tax_class: Option<String>,
    /// Order among the shelves beside it, the lowest first.
    #[schema(minimum = 0, maximum = 1000000)]
    pub position: Option<i64>,
}

fn view(one: &Category, all: &[Category]) -> CategoryAnswer {
    let slug = |wanted| all.iter().find(|other| other.id == wanted).map(|other| other.slug.clone());
    CategoryAnswer {
        id: one.id.to_string(),
        slug: one.slug.clone(),
        parent: one.parent.and_then(slug),
        names: one.names.clone(),
        hs: one.default_hs.map(|hs| hs.digits().to_owned()),
        grams: one.default_weight.map(|weight| weight.grams),
        tax_class: one.default_tax_class.clone(),
        position: one.position,
    }
}

/// List the shop's categories
#[utoipa::path(get, path = "/api/categories", tag = "Products",
    responses((status = 200, description = "Every category.", body = CategoryList), Reads))]
pub async fn list(State(app): State<App>) -> Answer {
    let all = app.store.read(catalog::categories).await?;
    let answer = CategoryList { categories: all.iter().map(|one| view(one, &all)).collect() };
    Ok(axum::Json(answer).into_response())
}

/// Make a category
///
/// A name in addresses that is taken is refused; so are more than 2,000 categories.
#[utoipa::path(post, path = "/api/categories", tag = "Operator", request_body = CategoryBody, security(("key" = [])),
    responses((status = 201, description = "The category.", body = CategoryAnswer), Changes))]
pub async fn create(State(app): State<App>, visitor: Visitor, Json(body): Json<CategoryBody>) -> Answer {
    let (hs, names) = (maybe("hs", body.hs.as_deref())?, spoken(body.names)?);
    let (slug, parent) = (body.slug.filter(|slug| !slug.is_empty()), body.parent);
    let (weight, tax_class) = (body.grams.map(Weight::grams), body.tax_class.unwrap_or_default());
    let position = body.position.unwrap_or_default();
    let made = app.store.write_as(visitor.actor, move |tx| {
        let put = PutCategory {
            slug: slug.clone().unwrap_or_default(),
            parent: parent.as_deref().map(|slug| by_slug(tx, slug)).transpose()?,
            names: names.clone(),
            default_hs: hs,
            default_tax_class: tax_class.clone(),
            default_weight: weight,
            position,
        };
        let id = catalog::make_category(tx, &put)?;
        shown(tx, id)
    });
    let made = made.await?;
    app.refresh_categories().await?;
    Ok((StatusCode::CREATED, axum::Json(made)).into_response())
}

/// Change a category
///
/// What is not said stays. Its name in addresses stays, too: people have kept it.
#[utoipa::path(patch, path = "/api/categories/{category}", tag = "Operator", request_body = CategoryChange,
    params(("category" = String, Path, description = "Its name in addresses, or its id.")), security(("key" = [])),
    responses((status = 200, description = "The category as it is now.", body = CategoryAnswer), Changes))]
pub async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Part(name): Part,
    Json(body): Json<CategoryChange>,
) -> Answer {
    let said = body.hs.as_deref().map(|hs| maybe("hs", Some(hs))).transpose()?;
    let changed = app.store.write_as(visitor.actor, move |tx| {
        let known = named(tx, &name)?;
        let mut names = known.names;
        names.extend(body.names.clone());
        names.retain(|_, name| !name.trim().is_empty());
        let put = PutCategory {
            slug: known.slug,
            parent: match body.parent.as_deref() {
                None => known.parent,
                Some("") => None,
                Some(slug) => Some(by_slug(tx, slug)?),
            },
            names: spoken(names)?,
            default_hs: said.unwrap_or(known.default_hs),
            default_tax_class: body.tax_class.clone().unwrap_or(known.default_tax_class),
            default_weight: match body.grams {
                None => known.default_weight,
                Some(grams) => Some(Weight::grams(grams)).filter(|weight| weight.grams > 0),
            },
            position: body.position.unwrap_or(known.position),
        };
        catalog::put_category(tx, &put)?;
        shown(tx, known.id)
    });
    let changed = changed.await?;
    app.refresh_categories().await?;
    Ok(axum::Json(changed).into_response())
}

/// Names by languages that are written as one writes them.
fn spoken(names: BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let one = |(tag, name): (String, String)| Ok((field::<base::Language>("names", &tag)?.tag().to_owned(), name));
    names.into_iter().filter(|(_, name)| !name.trim().is_empty()).map(one).collect()
}

fn shown(db: &mut Read, id: Id<Category>) -> Result<CategoryAnswer> {
    let all = catalog::categories(db)?;
    let one = catalog::category(db, id)?;
    Ok(view(&one, &all))
}

/// By its id, or its name in addresses.
fn named(tx: &mut Tx, name: &str) -> Result<Category> {
    let unknown = || Error::not_found("unknown_category", "There is no such category.");
    match name.parse::<Id<Category>>() {
        Ok(id) => catalog::category(tx, id).map_err(|_| unknown()),
        Err(_) => catalog::category_by_slug(tx, name)?.ok_or_else(unknown),
    }
}

fn by_slug(tx: &mut Tx, slug: &str) -> Result<Id<Category>> {
    let unknown = || Error::field("parent", "unknown_category", "There is no such category.");
    Ok(catalog::category_by_slug(tx, slug)?.ok_or_else(unknown)?.id)
}
