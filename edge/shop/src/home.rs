//! GET /: what arrives soonest, what is worth a wait, what is new, one price taken apart, one seller.

use crate::item::{self, ItemView};
use axum::extract::State;
use base::Result;
use door::Ask;
use frame::App;
use frame::failure::Answer;
use frame::page::{self, Head, redirect};
use frame::parts::cost::{self, CostView, Words};
use frame::parts::words;
use frame::visitor::Visitor;
use search::{Hit, Sort};
use serde::Serialize;

const RAIL: usize = 8;

#[derive(Serialize)]
struct View {
    hero: Option<ItemView>,
    rails: Vec<Rail>,
    example: Option<Example>,
    feature: Option<Feature>,
}

#[derive(Serialize)]
struct Rail {
    title: String,
    text: String,
    url: &'static str,
    goods: Vec<ItemView>,
}

#[derive(Serialize)]
struct Example {
    title: String,
    picture: String,
    price: String,
    arrives: String,
    cost: CostView,
}

#[derive(Serialize)]
struct Feature {
    id: String,
    name: String,
    from: String,
    goods: Vec<ItemView>,
}

/// The home page; before the installation is claimed, the page that says so.
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let Some(platform) = app.platform().await? else { return Ok(redirect("/claim")) };
    let sorted = |sort, limit| item::run(&app, &search::Query { sort, limit, ..item::query(&visitor) });
    let soon = sorted(Sort::Arrival, RAIL)?;
    let new = sorted(Sort::Newest, 3 * RAIL)?;
    let locale = &visitor.locale;
    let to = || ("country", locale.country(visitor.preferences.destination).into());
    let soonest: Vec<_> = soon.hits.iter().map(|hit| hit.product).collect();
    let later = new.hits.iter().filter(|hit| !soonest.contains(&hit.product));
    let (far, near): (Vec<&Hit>, Vec<&Hit>) =
        later.partition(|hit| !hit.dispatch.same_customs_territory(visitor.preferences.destination));
    let rail = |name: &str, url, hits: &mut dyn Iterator<Item = &Hit>| Rail {
        title: locale.t(&format!("rail-{name}")).to_string(),
        text: locale.fill(&format!("rail-{name}-text"), &[to()]),
        url,
        goods: hits.take(RAIL).map(|hit| item::view(&visitor, hit)).collect(),
    };
    let rails = vec![
        rail("soon", "/search?sort=arrival", &mut soon.hits.iter()),
        rail("far", "/search?sort=newest", &mut far.iter().copied()),
        rail("new", "/search?sort=newest", &mut near.iter().copied()),
    ];
    let example = far.first().copied().or(soon.hits.first());
    let view = View {
        hero: example.map(|hit| item::view(&visitor, hit)),
        example: match example {
            Some(hit) => taken_apart(&app, &visitor, hit).await?,
            None => None,
        },
        feature: feature(&app, &visitor, platform.id.raw(), soon.hits.iter().chain(&new.hits))?,
        rails,
    };
    let head = Head::titled(&*locale.t("home-title")).describing(&*locale.t("home-description"));
    page::render(&app, &visitor, "shop/home.html", head, &view)
}

/// One price with all its parts.
async fn taken_apart(app: &App, visitor: &Visitor, hit: &Hit) -> Result<Option<Example>> {
    let offer = hit.offer;
    let facts = app.store.read(move |db| offers::facts(db, &[offer])).await?;
    let (world, locale, wanted) = (app.world(), &visitor.locale, &visitor.preferences);
    let ask = Ask { destination: wanted.destination, region: &wanted.region, currency: wanted.currency, service: None };
    let Some(facts) = facts.first() else { return Ok(None) };
    let Ok(door) = door::explain(&world, facts, &ask, 1) else { return Ok(None) };
    let Some(landed) = &door.landed else { return Ok(None) };
    let words = Words {
        goods: locale.fill("cost-goods", &[("n", 1.into())]),
        goods_why: vec![cost::goods_why(locale, &facts.seller_name, facts.price, wanted.currency, &world)],
        delivery: locale.t("cost-delivery").to_string(),
        delivery_why: vec![locale.fill(
            "why-delivery-short",
            &[
                ("service", words::service(locale, door.service).into()),
                ("from", locale.country(facts.dispatch).into()),
            ],
        )],
    };
    Ok(Some(Example {
        title: hit.title.clone(),
        picture: hit.image.clone(),
        price: locale.money(door.total),
        arrives: locale.window(door.arrives.0, door.arrives.1, visitor.today()),
        cost: cost::breakdown(locale, &[landed], wanted.currency, words),
    }))
}

/// A seller other than the platform, and two of their things.
fn feature<'a>(
    app: &App,
    visitor: &Visitor,
    platform: i64,
    mut hits: impl Iterator<Item = &'a Hit>,
) -> Result<Option<Feature>> {
    let Some(found) = hits.find(|hit| hit.organisation.raw() != platform) else { return Ok(None) };
    let query = search::Query { sellers: vec![found.organisation], limit: 2, ..item::query(visitor) };
    let page = item::run(app, &query)?;
    Ok(Some(Feature {
        id: found.organisation.to_string(),
        name: found.organisation_name.clone(),
        from: visitor.locale.country(found.dispatch),
        goods: item::views(visitor, &page),
    }))
}
