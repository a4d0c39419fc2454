//! GET /search and GET /c/{category}: lists sorted and filtered by the price at the door and the day of arrival.

use crate::item::{self, ItemView};
use axum::extract::{Path, State};
use base::amount::Amount;
use base::{Error, Money, Result};
use catalog::Category;
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::language::Locale;
use frame::page::{self, Head};
use frame::visitor::Visitor;
use search::{Page, Query, Sort, Suggestion};
use serde::Serialize;
use std::collections::HashMap;
use std::str::FromStr;

const DAYS: [i64; 4] = [3, 7, 14, 30];

/// Sellers that are listed as a filter.
const SELLERS: usize = 12;

#[derive(Serialize)]
struct View {
    query: String,
    sort: &'static str,
    new_in: bool,
    title: String,
    summary: String,
    action: String,
    kept: Vec<Pair>,
    sorts: Vec<Choice>,
    chips: Vec<Chip>,
    clear: String,
    min: String,
    max: String,
    prices: Option<Prices>,
    days: Vec<Choice>,
    facets: Vec<Facet>,
    goods: Vec<ItemView>,
    shown: String,
    first: Option<String>,
    next: Option<String>,
    empty_title: String,
}

#[derive(Serialize)]
struct Pair {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
    on: bool,
    count: Option<usize>,
}

#[derive(Serialize)]
struct Chip {
    label: String,
    url: String,
}

/// How the prices of all results spread.
#[derive(Serialize)]
struct Prices {
    bars: Vec<Bar>,
    least: String,
    most: String,
}

/// A bar of the chart, which is [`WIDE`] wide and [`TALL`] high.
#[derive(Serialize)]
struct Bar {
    x: usize,
    width: usize,
    height: usize,
    on: bool,
}

const WIDE: usize = 448;
const TALL: usize = 40;

#[derive(Serialize)]
struct Facet {
    title: String,
    name: &'static str,
    kind: &'static str,
    options: Vec<Choice>,
}

/// GET /search
pub async fn show(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    list(&app, &visitor, &form, None).await
}

/// GET /c/{category}
pub async fn category(State(app): State<App>, visitor: Visitor, form: Form, Path(slug): Path<String>) -> Answer {
    let found = app.store.read(move |db| catalog::category_by_slug(db, &slug)).await?;
    let found = found.ok_or_else(|| Error::not_found("unknown_category", "There is no such category."))?;
    list(&app, &visitor, &form, Some(found)).await
}

async fn list(app: &App, visitor: &Visitor, form: &Form, fixed: Option<Category>) -> Answer {
    let query = asked(visitor, form, fixed.as_ref());
    let found = item::run(app, &query)?;
    let names = app.category_names(visitor.locale.tag);
    let locale = &visitor.locale;
    let to = locale.country(visitor.preferences.destination);
    let action = fixed.as_ref().map_or("/search".into(), |category| format!("/c/{}", category.slug));
    let title = match &fixed {
        Some(category) => category.name(locale.tag).to_owned(),
        None if query.text.is_empty() => locale.fill("search-title", &[("country", to.as_str().into())]),
        None => locale.fill("search-for", &[("query", query.text.as_str().into())]),
    };
    let address = |encoded: String| if encoded.is_empty() { action.clone() } else { format!("{action}?{encoded}") };
    let cleared = Form::default().encode_but(&[], &[("q", query.text.as_str())]);
    let view = View {
        summary: locale.fill("search-results", &[("n", found.total.into()), ("country", to.as_str().into())]),
        sort: query.sort.name(),
        new_in: fixed.is_none() && query.sort == Sort::Newest && query.text.is_empty(),
        kept: kept(form),
        sorts: sorts(locale, query.sort),
        chips: chips(locale, visitor, form, &query, &names, &found, &action),
        clear: address(if query.text.is_empty() { String::new() } else { cleared }),
        min: form.text("min").to_owned(),
        max: form.text("max").to_owned(),
        prices: prices(locale, &found, &query),
        days: days(locale, form),
        facets: facets(locale, form, &found, &names, fixed.is_none()),
        goods: item::views(visitor, &found),
        shown: locale.fill("shown-of", &[("n", found.hits.len().into()), ("total", found.total.into())]),
        first: query.after.is_some().then(|| address(form.encode_but(&["after"], &[]))),
        next: found.next.as_deref().map(|next| address(form.encode_but(&["after"], &[("after", next)]))),
        empty_title: match query.text.is_empty() {
            true => locale.t("search-empty-title-filter").to_string(),
            false => locale.fill("search-empty-title", &[("query", query.text.as_str().into())]),
        },
        query: query.text,
        title,
        action,
    };
    let described = locale.fill("search-description", &[("title", view.title.as_str().into()), ("country", to.into())]);
    let mut head = Head::titled(view.title.clone()).describing(described);
    head.unlisted = !view.query.is_empty() || query.after.is_some();
    page::render(app, visitor, "shop/search.html", head, &view)
}

/// The question in the address; what cannot be read is left out.
fn asked(visitor: &Visitor, form: &Form, fixed: Option<&Category>) -> Query {
    let days = form.maybe::<i64>("days").filter(|days| (1..=365).contains(days));
    Query {
        text: form.text("q").chars().take(200).collect(),
        categories: fixed.map_or_else(|| several(form, "category"), |category| vec![category.id]),
        sellers: several(form, "seller"),
        ships_from: several(form, "from"),
        min_door_price: amount(visitor, form, "min"),
        max_door_price: amount(visitor, form, "max"),
        arrives_by: days.map(|days| visitor.now.plus_days(days).date()),
        sort: Sort::named(form.text("sort")).unwrap_or(Sort::Relevance),
        after: form.given("after").map(String::from),
        ..item::query(visitor)
    }
}

/// Every value of a filter that can be read.
fn several<T: FromStr>(form: &Form, name: &str) -> Vec<T> {
    form.all(name).filter_map(|value| value.parse().ok()).collect()
}

/// A price as a reader of this language writes it, in minor units; none that is not above zero.
fn amount(visitor: &Visitor, form: &Form, name: &str) -> Option<i64> {
    let read = Amount::in_form(form.text(name), visitor.locale.mark(), visitor.preferences.currency);
    read.ok().map(|money| money.minor).filter(|minor| *minor > 0)
}

/// What the sort form carries along.
fn kept(form: &Form) -> Vec<Pair> {
    let kept = form
        .fields()
        .iter()
        .filter(|(name, value)| !matches!(name.as_str(), "sort" | "after" | "hl") && !value.is_empty());
    kept.map(|(name, value)| Pair { name: name.clone(), value: value.clone() }).collect()
}

fn sorts(locale: &Locale, chosen: Sort) -> Vec<Choice> {
    let label = |sort: Sort| locale.t(&format!("sort-{}", sort.name().replace('_', "-"))).to_string();
    let choice =
        |sort: &Sort| Choice { value: sort.name().into(), label: label(*sort), on: *sort == chosen, count: None };
    Sort::ALL.iter().map(choice).collect()
}

fn days(locale: &Locale, form: &Form) -> Vec<Choice> {
    let chosen = form.text("days");
    let any =
        Choice { value: String::new(), label: locale.t("any-time").to_string(), on: chosen.is_empty(), count: None };
    let within = DAYS.iter().map(|days| Choice {
        value: days.to_string(),
        label: locale.fill("within-days", &[("n", (*days).into())]),
        on: chosen == days.to_string(),
        count: None,
    });
    std::iter::once(any).chain(within).collect()
}

fn facets(
    locale: &Locale,
    form: &Form,
    found: &Page,
    names: &HashMap<i64, String>,
    with_categories: bool,
) -> Vec<Facet> {
    let option = |name: &str, value: String, label: String, count: usize| Choice {
        on: form.all(name).any(|chosen| chosen == value),
        value,
        label,
        count: Some(count),
    };
    let categories = found
        .facets
        .categories
        .iter()
        .filter_map(|(id, count)| Some(option("category", id.to_string(), names.get(&id.raw())?.clone(), *count)));
    let from = found.facets.ships_from.iter();
    let from = from.map(|(country, count)| option("from", country.to_string(), locale.country(*country), *count));
    let sellers = found.facets.sellers.iter();
    let sellers = sellers.map(|(id, name, count)| option("seller", id.to_string(), name.clone(), *count));
    let mut place = 0;
    // The fullest, and what is chosen.
    let sellers = sellers.filter(|seller| {
        place += 1;
        place <= SELLERS || seller.on
    });
    let facet = |key: &str, name, options: Vec<Choice>| Facet {
        title: locale.t(&format!("facet-{key}")).to_string(),
        name,
        kind: "checkbox",
        options,
    };
    let mut all = Vec::new();
    if with_categories {
        all.push(facet("category", "category", categories.collect()));
    }
    all.push(facet("from", "from", from.collect()));
    all.push(facet("seller", "seller", sellers.collect()));
    all
}

/// What is filtered by, each to be taken out by itself.
fn chips(
    locale: &Locale,
    visitor: &Visitor,
    form: &Form,
    query: &Query,
    names: &HashMap<i64, String>,
    found: &Page,
    action: &str,
) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut chip = |name: &str, value: &str, label: String| {
        let rest = form.encode_without(name, value);
        let url = if rest.is_empty() { action.to_owned() } else { format!("{action}?{rest}") };
        chips.push(Chip { label, url });
    };
    for (name, least) in [("min", query.min_door_price), ("max", query.max_door_price)] {
        if let Some(minor) = least {
            let amount = locale.money(Money::new(minor, visitor.preferences.currency));
            chip(name, form.text(name), locale.fill(&format!("chip-{name}"), &[("amount", amount.into())]));
        }
    }
    if let Some(days) = query.arrives_by.and(form.maybe::<i64>("days")) {
        chip("days", form.text("days"), locale.fill("chip-days", &[("n", days.into())]));
    }
    for category in query.categories.iter().filter(|_| form.given("category").is_some()) {
        if let Some(name) = names.get(&category.raw()) {
            chip("category", &category.to_string(), name.clone());
        }
    }
    for country in &query.ships_from {
        let name = locale.country(*country);
        chip("from", country.code(), locale.fill("ships-from", &[("country", name.into())]));
    }
    for (id, name, _) in found.facets.sellers.iter().filter(|(id, _, _)| query.sellers.contains(id)) {
        chip("seller", &id.to_string(), name.clone());
    }
    chips
}

/// Nothing where all cost the same, or nearly.
fn prices(locale: &Locale, found: &Page, query: &Query) -> Option<Prices> {
    let steps = &found.facets.prices;
    let ((least, _), (most, _)) = (steps.first()?, steps.last()?);
    if steps.len() < 3 {
        return None;
    }
    let (tallest, width) = (steps.iter().map(|(_, seen)| *seen).max()?, WIDE / steps.len());
    let within = |from: i64| {
        query.max_door_price.is_none_or(|most| from <= most) && query.min_door_price.is_none_or(|least| from >= least)
    };
    let bar = |(place, (from, seen)): (usize, &(i64, usize))| Bar {
        x: place * width,
        width: width.saturating_sub(2).max(1),
        height: if *seen == 0 { 0 } else { 3 + (TALL - 3) * seen / tallest },
        on: within(*from),
    };
    let money = |minor: i64| locale.money(Money::new(minor, query.currency));
    Some(Prices { bars: steps.iter().enumerate().map(bar).collect(), least: money(*least), most: money(*most) })
}

#[derive(Serialize)]
struct SuggestView {
    categories: Vec<Pair>,
    goods: Vec<ItemView>,
}

/// GET /suggest: what the words begun in the search box may become; a piece of a page.
pub async fn suggest(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let text: String = form.text("q").chars().take(60).collect();
    let found = search::suggest(&app.shelf, &text, visitor.locale.tag, 8);
    let mut categories = Vec::new();
    for suggestion in &found {
        if let Suggestion::Category { slug, name, .. } = suggestion {
            categories.push(Pair { name: name.clone(), value: slug.clone() });
        }
    }
    let goods = match text.is_empty() {
        true => Vec::new(),
        false => hits(&app, &visitor, text)?,
    };
    let html = app.templates.render(
        visitor.locale.tag,
        "parts/suggest.html",
        minijinja::context! {
            to_name => visitor.locale.country(visitor.preferences.destination),
            ..minijinja::Value::from(minijinja::value::Serde(SuggestView { categories, goods })),
        },
    )?;
    Ok(page::html_response(html))
}

fn hits(app: &App, visitor: &Visitor, text: String) -> Result<Vec<ItemView>> {
    let page = item::run(app, &Query { text, limit: 4, ..item::query(visitor) })?;
    Ok(item::views(visitor, &page))
}
