//! Pages that explain: how door prices are made, the duty guarantee, returns, selling, tariffs, privacy.

use axum::extract::State;
use base::{Error, HsCode, Money, Result, Weight};
use customs::{Item, Service, Shipment, TaxClass};
use frame::App;
use frame::failure::{Answer, Failure};
use frame::language::Locale;
use frame::page::{self, Head};
use frame::parts::cost::{self, CostView, Words};
use frame::parts::words;
use frame::visitor::Visitor;
use logistics::ServiceKind;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: String,
    lead: String,
    sections: Vec<Section>,
    cost: Option<CostView>,
    example: String,
    /// Leads to the form for who wants to sell here.
    apply: bool,
}

#[derive(Serialize)]
struct Section {
    id: String,
    title: String,
    texts: Vec<String>,
}

/// The pages by path, with the names of their sections; texts are `info-<page>-<section>` and `…-text`, one paragraph a line.
const PAGES: [(&str, &[&str]); 7] = [
    ("door-price", &["parts", "exchange", "estimate", "featured"]),
    ("duty-guarantee", &["what", "who", "border"]),
    ("returns", &["before", "after", "refund"]),
    ("selling", &["start", "fees", "customs"]),
    ("about", &["what", "open"]),
    ("accessibility", &["what", "tell"]),
    ("privacy", &["cookies", "data", "delete"]),
];

/// GET /door-price and the others of its kind.
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let name = visitor.uri.path().trim_matches('/').to_owned();
    let found = PAGES.iter().find(|(page, _)| *page == name);
    let (name, sections) = found.ok_or_else(|| Failure(Error::not_found("no_such_page", "There is no such page.")))?;
    let locale = &visitor.locale;
    let shop = app.name();
    let text = |key: &str| locale.fill(key, &[("shop", shop.as_str().into())]);
    let with_example = *name == "door-price";
    let view = View {
        title: text(&format!("info-{name}-title")),
        lead: text(&format!("info-{name}-lead")),
        sections: sections
            .iter()
            .map(|section| Section {
                id: (*section).into(),
                title: text(&format!("info-{name}-{section}")),
                texts: text(&format!("info-{name}-{section}-text")).lines().map(String::from).collect(),
            })
            .collect(),
        cost: if with_example { example(&app, &visitor)? } else { None },
        example: locale
            .fill("door-price-example-text", &[("country", locale.country(visitor.preferences.destination).into())]),
        apply: *name == "selling" && (*app.shop()).as_ref().is_some_and(|shop| shop.applications),
    };
    let head = Head::titled(view.title.clone()).describing(view.lead.clone());
    page::render(&app, &visitor, "shop/info.html", head, &view)
}

/// GET /imprint: who answers for the shop, and how to reach it.
pub async fn imprint(State(app): State<App>, visitor: Visitor) -> Answer {
    let (locale, known) = (&visitor.locale, app.shop());
    let (email, phone, legal) = (*known)
        .as_ref()
        .map_or(Default::default(), |shop| (shop.email.clone(), shop.phone.clone(), shop.legal.clone()));
    let section = |id: &str, texts: Vec<String>| Section {
        id: id.into(),
        title: locale.t(&format!("imprint-{id}")).to_string(),
        texts,
    };
    let contact: Vec<String> = [email, phone].into_iter().filter(|text| !text.is_empty()).collect();
    let mut sections = Vec::new();
    if !legal.is_empty() {
        sections.push(section("legal", legal.lines().map(String::from).collect()));
    }
    if !contact.is_empty() {
        sections.push(section("contact", contact));
    }
    if sections.is_empty() {
        sections.push(section("legal", vec![locale.t("imprint-none").to_string()]));
    }
    let title = locale.t("imprint").to_string();
    let lead = locale.fill("imprint-lead", &[("shop", app.name().as_str().into())]);
    let view = View { title: title.clone(), lead, sections, cost: None, example: String::new(), apply: false };
    page::render(&app, &visitor, "shop/info.html", Head::titled(title), &view)
}

/// A stoneware mug from China to where this visitor is, by today's rules.
fn example(app: &App, visitor: &Visitor) -> Result<Option<CostView>> {
    let (world, locale, wanted) = (app.world(), &visitor.locale, &visitor.preferences);
    let china = "CN".parse()?;
    let ask = logistics::Ask {
        from: china,
        to: wanted.destination,
        grams: 620,
        date: world.date,
        barred: &[],
        offered: &world.offered,
    };
    let options = logistics::options(&ask);
    let line = options.iter().find(|option| option.kind == ServiceKind::Line).or(options.first());
    let price: Money = "142CNY".parse()?;
    let (Some(option), Some(goods)) = (line, world.convert(price, wanted.currency)) else { return Ok(None) };
    let Some(shipping) = world.convert(option.price, wanted.currency) else { return Ok(None) };
    let item = Item {
        hs: "691200".parse::<HsCode>()?,
        origin: china,
        quantity: 1,
        unit_price: goods,
        unit_weight: Weight::grams(620),
        tax_class: TaxClass::Standard,
    };
    let shipment = Shipment {
        dispatch: china,
        destination: wanted.destination,
        region: &wanted.region,
        date: world.date,
        service: Service::Line,
        tax_route: world.tax_route,
        typical: world.typical,
        currency: wanted.currency,
        items: &[item],
        shipping,
        insurance: Money::zero(wanted.currency),
        rates: &*world,
    };
    let Ok(landed) = customs::landed_cost(world.tables, &shipment) else { return Ok(None) };
    let words = Words {
        goods: locale.t("door-price-example-goods").to_string(),
        goods_why: vec![cost::goods_why(locale, "Kiln No. 9", price, wanted.currency, &world)],
        delivery: locale.t("cost-delivery").to_string(),
        delivery_why: vec![words::service(locale, option.service)],
    };
    Ok(Some(cost::breakdown(locale, &[&landed], wanted.currency, words)))
}

#[derive(Serialize)]
struct TariffsView {
    date: String,
    rules: Vec<RuleView>,
}

#[derive(Serialize)]
struct RuleView {
    id: String,
    name: String,
    from: String,
    source: String,
    confidence: &'static str,
}

/// GET /tariffs: the dated rows behind prices to this visitor's destination.
pub async fn tariffs(State(app): State<App>, visitor: Visitor) -> Answer {
    let (world, locale) = (app.world(), &visitor.locale);
    let to = visitor.preferences.destination;
    let concerns = |area: &str| area == to.code() || (area == "EU" && to.is_eu());
    let in_force = |row: &customs::TableRow| {
        row.from.is_none_or(|from| from <= world.date) && row.to.is_none_or(|until| world.date <= until)
    };
    let rows = world.tables.sources().filter(|row| concerns(&row.country) && in_force(row)).take(400);
    let view = TariffsView { date: locale.date(world.date), rules: rows.map(|row| rule(locale, row)).collect() };
    let title = locale.t("tariffs-and-taxes");
    let lead = locale.fill("tariffs-lead", &[("date", view.date.as_str().into())]);
    page::render(&app, &visitor, "shop/tariffs.html", Head::titled(&*title).describing(lead), &view)
}

fn rule(locale: &Locale, row: customs::TableRow) -> RuleView {
    RuleView {
        name: if row.value.is_empty() { row.what } else { format!("{}, {}", row.what, row.value) },
        from: row.from.map_or_else(|| locale.t("always").to_string(), |date| locale.date(date)),
        source: row.source,
        confidence: row.confidence.name(),
        id: row.id,
    }
}
