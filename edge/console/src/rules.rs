//! What prices rest on: tariff and tax tables with their sources, and a calculator that runs them.

use crate::order::customs::{ChargeView, charge_view};
use crate::page::show;

use axum::extract::State;
use base::{Country, Currency, Error, Money, Result, Weight, time::parse_date};
use customs::{Confidence, Item, Service, Shipment, TableRow, TaxClass, TaxRoute, Typical};
use desk::form::{FormView, amount, pieces, unaccepted};
use desk::words;
use frame::{Answer, App, Form, Visitor};
use serde::Serialize;

#[derive(Serialize)]
struct TariffsView {
    places: Vec<Choice>,
    tables: Vec<Choice>,
    country: String,
    table: String,
    ever: bool,
    typical: bool,
    rows: Vec<RowView>,
    summary: Vec<SummaryView>,
    all: usize,
    next: Option<String>,
}

/// What a destination asks for today, in short.
#[derive(Serialize)]
struct SummaryView {
    code: String,
    name: String,
    tax: String,
    rules: Vec<String>,
    rows: usize,
}

#[derive(Serialize)]
struct Choice {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct RowView {
    table: String,
    id: String,
    country: String,
    what: String,
    value: String,
    from: String,
    to: String,
    confidence: words::Badge,
    source: String,
    link: bool,
}

const ROWS: usize = 100;

/// GET /console/tariffs: what each destination asks for; the rows of a country, of a table, or of both.
pub async fn tariffs(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (country, table) = (form.text("country").to_owned(), form.text("table").to_owned());
    let ever = form.text("when") == "ever";
    let typical = form.text("confidence") == "low";
    let skip: usize = form.maybe("from").unwrap_or(0);
    let world = app.world();
    let all: Vec<TableRow> = world.tables.sources().filter(|row| ever || in_force(row, visitor.today())).collect();
    let here = |row: &&TableRow| {
        (country.is_empty() || is_of(row, &country))
            && (table.is_empty() || row.table == table)
            && (!typical || row.confidence == Confidence::Low)
    };
    let found: Vec<&TableRow> = all.iter().filter(here).collect();
    let chosen = typical || !(country.is_empty() && table.is_empty());
    let shown = if chosen { found.as_slice() } else { &[] };
    let locale = &visitor.locale;
    let places = places(&visitor);
    let next = shown.len() > skip + ROWS;
    let (when, confidence) = (if ever { "ever" } else { "" }, if typical { "low" } else { "" });
    let view = TariffsView {
        summary: if chosen { Vec::new() } else { places.iter().map(|place| summary(&visitor, place, &all)).collect() },
        places,
        tables: tables(locale, &all),
        all: found.len(),
        rows: shown.iter().skip(skip).take(ROWS).map(|row| row_view(&visitor, row)).collect(),
        next: next.then(|| {
            let from = skip + ROWS;
            format!("/console/tariffs?country={country}&table={table}&when={when}&confidence={confidence}&from={from}")
        }),
        country,
        table,
        ever,
        typical,
    };
    let title = locale.t("d-menu-tariffs");
    show(&app, &visitor, "console/tariffs.html", &title, &view).await
}

fn in_force(row: &TableRow, today: base::Date) -> bool {
    row.from.is_none_or(|from| from <= today) && row.to.is_none_or(|to| to >= today)
}

/// A row of the country itself, or of the customs union it belongs to.
fn is_of(row: &TableRow, country: &str) -> bool {
    row.country == country || (row.country == "EU" && country.parse::<Country>().is_ok_and(|own| own.is_eu()))
}

/// Where things can be sent, by name.
fn places(visitor: &Visitor) -> Vec<Choice> {
    let choice = |place: Country| Choice { code: place.code().to_owned(), name: visitor.locale.country(place) };
    let mut places: Vec<Choice> = frame::lists::destinations().map(choice).collect();
    places.sort_by_key(|one| visitor.locale.rank(&one.code));
    places
}

fn tables(locale: &frame::Locale, all: &[TableRow]) -> Vec<Choice> {
    let names: std::collections::BTreeSet<&str> = all.iter().map(|row| row.table).collect();
    let choice = |name: &str| Choice { code: name.to_owned(), name: words::word(locale, "c-table", name) };
    names.into_iter().map(choice).collect()
}

fn summary(visitor: &Visitor, place: &Choice, all: &[TableRow]) -> SummaryView {
    let locale = &visitor.locale;
    let own: Vec<&TableRow> = all.iter().filter(|row| is_of(row, &place.code)).collect();
    let of = |table: &'static str| own.iter().filter(move |row| row.table == table);
    let tax = of("tax_rates").find(|row| row.what.ends_with(", standard"));
    let mut rules: Vec<String> = of("low_value_rules").map(|row| locale.rules.translate(&row.what)).collect();
    rules.dedup();
    SummaryView {
        code: place.code.clone(),
        name: place.name.clone(),
        tax: tax.map(|row| row.value.clone()).unwrap_or_default(),
        rules,
        rows: own.len(),
    }
}

fn row_view(visitor: &Visitor, row: &TableRow) -> RowView {
    let locale = &visitor.locale;
    let (tone, key) = match row.confidence {
        Confidence::High => ("ok", "d-confidence-high"),
        Confidence::Medium => ("sea", "d-confidence-medium"),
        Confidence::Low => ("hollow", "d-confidence-low"),
    };
    let day = |date: Option<base::Date>| date.map(|date| locale.date(date)).unwrap_or_default();
    RowView {
        table: words::word(locale, "c-table", row.table),
        id: row.id.clone(),
        country: row.country.clone(),
        what: locale.rules.translate(&row.what),
        value: row.value.clone(),
        from: day(row.from),
        to: day(row.to),
        confidence: words::Badge { tone, text: locale.t(key).to_string() },
        link: row.source.starts_with("https://"),
        source: row.source.clone(),
    }
}

#[derive(Serialize)]
struct CalculatorView {
    form: FormView,
    places: Vec<Choice>,
    everywhere: Vec<Choice>,
    services: Vec<Choice>,
    classes: Vec<Choice>,
    one: Option<ResultView>,
}

#[derive(Serialize)]
struct ResultView {
    goods: String,
    shipping: String,
    duty: String,
    tax: String,
    fees: String,
    total: String,
    certainty: words::Badge,
    charges: Vec<ChargeView>,
}

/// GET /console/calculator
pub async fn calculator(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    if form.given("hs").is_none() {
        let begin = FormView::of([
            ("hs", String::new()),
            ("origin", "CN".into()),
            ("from", "CN".into()),
            ("to", visitor.preferences.destination.code().to_owned()),
            ("date", visitor.today().to_string()),
            ("quantity", "1".into()),
            ("price", "40.00".into()),
            ("weight", "500g".into()),
            ("shipping", "5.00".into()),
            ("currency", "EUR".into()),
            ("service", "line".into()),
            ("class", "standard".into()),
        ]);
        return calculator_page(&app, &visitor, begin, None).await;
    }
    match reckon(&app, &visitor, &form) {
        Ok(result) => {
            let values = form.fields().iter().cloned().collect();
            calculator_page(&app, &visitor, FormView { values, ..FormView::default() }, Some(result)).await
        }
        Err(error) => {
            let form = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(calculator_page(&app, &visitor, form, None).await)
        }
    }
}

async fn calculator_page(app: &App, visitor: &Visitor, form: FormView, one: Option<ResultView>) -> Answer {
    let locale = &visitor.locale;
    let named = |countries: &mut dyn Iterator<Item = Country>| {
        let mut list: Vec<Choice> =
            countries.map(|place| Choice { code: place.code().into(), name: locale.country(place) }).collect();
        list.sort_by_key(|one| locale.rank(&one.code));
        list
    };
    let word = |prefix: &str, code: &str| Choice { code: code.to_owned(), name: words::word(locale, prefix, code) };
    let view = CalculatorView {
        form,
        places: named(&mut frame::lists::destinations()),
        everywhere: named(&mut Country::all()),
        services: Service::ALL.iter().map(|service| word("d-service", service.name())).collect(),
        classes: TaxClass::ALL.iter().map(|class| word("class", class.name())).collect(),
        one,
    };
    let title = locale.t("c-calculator");
    let above = vec![desk::Crumb::new("/console/tariffs", locale.t("d-menu-tariffs").to_string())];
    crate::page::under(app, visitor, "console/calculator.html", above, &title, &view).await
}

fn named_in<T: Copy>(all: &[T], name: &str, field: &str, of: fn(T) -> &'static str) -> Result<T> {
    let found = all.iter().copied().find(|one| of(*one) == name);
    found.ok_or_else(|| Error::field(field, "format", "Choose one of the list."))
}

/// Runs the engine on what the form says.
fn reckon(app: &App, visitor: &Visitor, form: &Form) -> Result<ResultView> {
    let currency: Currency = form.read("currency")?;
    let mark = visitor.locale.mark();
    let item = Item {
        hs: form.text("hs").parse()?,
        origin: form.read("origin")?,
        quantity: pieces(form, "quantity", mark)?,
        unit_price: amount(form, "price", currency, mark)?,
        unit_weight: Weight::in_form(form.text("weight"), mark)?,
        tax_class: named_in(TaxClass::ALL, form.text("class"), "class", TaxClass::name)?,
    };
    let world = app.world();
    let shipment = Shipment {
        dispatch: form.read("from")?,
        destination: form.read("to")?,
        region: form.text("region"),
        date: parse_date(form.text("date"))?,
        service: named_in(Service::ALL, form.text("service"), "service", Service::name)?,
        // Whoever reckons here sees which row is typical.
        typical: Typical::Accept,
        tax_route: if form.ticked("border") { TaxRoute::Border } else { TaxRoute::Checkout },
        currency,
        items: std::slice::from_ref(&item),
        shipping: amount(form, "shipping", currency, mark)?,
        insurance: Money::zero(currency),
        rates: &*world,
    };
    let landed = customs::landed_cost(world.tables, &shipment)?;
    let locale = &visitor.locale;
    let sure = landed.certainty == customs::Certainty::Guaranteed;
    let (tone, key) = if sure { ("ok", "d-guaranteed") } else { ("warn", "d-estimate") };
    Ok(ResultView {
        goods: locale.money(landed.goods),
        shipping: locale.money(landed.shipping),
        duty: locale.money(landed.duty),
        tax: locale.money(landed.tax),
        fees: locale.money(landed.fees),
        total: locale.money(landed.total),
        certainty: words::Badge { tone, text: locale.t(key).to_string() },
        charges: landed.lines.iter().map(|charge| charge_view(visitor, charge)).collect(),
    })
}
