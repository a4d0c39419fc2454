//! The shop's own shipping: its services, and one of them with where it goes, in how many days and for how much.

use crate::page::under;
use axum::extract::{Path, State};
use base::{Currency, Error, Money, Permission, Result};
use desk::form::{Choice, FormView, unaccepted};
use desk::{Crumb, words};
use frame::{Answer, App, Form, Locale, Visitor};
use logistics::{OWN_LANES_MOST, OwnLane, OwnService, ServiceKind};
use serde::Serialize;
use store::Tx;

const LIST: &str = "/console/settings/shipping";

#[derive(Serialize)]
struct View {
    rows: Vec<RowView>,
    /// The carrier that books besides, if one does.
    booking: Option<&'static str>,
    can_write: bool,
}

#[derive(Serialize)]
struct RowView {
    code: String,
    name: String,
    carrier: String,
    places: Vec<String>,
    offered: bool,
}

/// GET /console/settings/shipping
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let all = app.store.read_as(visitor.actor, logistics::own_services).await?;
    let locale = &visitor.locale;
    let row = |one: &OwnService| RowView {
        code: one.code.clone(),
        name: name_in(locale, one),
        carrier: one.carrier.clone(),
        places: one.lanes.iter().map(|lane| format!("{} → {}", lane.from.join(" "), lane.to.join(" "))).collect(),
        offered: one.offered,
    };
    let view = View {
        rows: all.iter().map(row).collect(),
        booking: app.carriers.booking(),
        can_write: visitor.may(Permission::SettingsWrite),
    };
    let above = vec![Crumb::new("/console/settings", locale.t("d-menu-settings").to_string())];
    under(&app, &visitor, "console/shipping.html", above, &locale.t("c-shipping"), &view).await
}

fn name_in(locale: &Locale, one: &OwnService) -> String {
    let found = one.names.get(locale.tag).or_else(|| one.names.get("en")).or_else(|| one.names.values().next());
    found.cloned().unwrap_or_default()
}

#[derive(Serialize)]
struct OneView {
    here: String,
    form: FormView,
    known: bool,
    names: Vec<(String, String)>,
    kinds: Vec<Choice>,
    carriers: Vec<&'static str>,
    lanes: Vec<String>,
    zones: String,
    can_write: bool,
}

/// GET /console/settings/shipping/{code}: one that is there, or `new`.
pub async fn one(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let known = found(&app, &visitor, &code).await?;
    let form = values(&app, &known.clone().unwrap_or_else(|| fresh(&visitor)));
    shown(&app, &visitor, known.as_ref(), form).await
}

async fn found(app: &App, visitor: &Visitor, code: &str) -> Result<Option<OwnService>> {
    let wanted = code.to_owned();
    let known = app.store.read_as(visitor.actor, move |db| logistics::own_service(db, &wanted)).await?;
    match known {
        None if code != "new" => Err(Error::not_found("unknown_service", "The shop has no such service.")),
        known => Ok(known),
    }
}

/// What a new service begins with.
fn fresh(visitor: &Visitor) -> OwnService {
    OwnService {
        code: String::new(),
        names: std::collections::BTreeMap::new(),
        carrier: String::new(),
        kind: ServiceKind::Domestic,
        currency: visitor.preferences.currency.code().to_owned(),
        step_grams: 1000,
        max_grams: 30_000,
        ddp: false,
        offered: true,
        lanes: Vec::new(),
    }
}

fn values(app: &App, one: &OwnService) -> FormView {
    let tick = |on: bool| if on { "1".to_owned() } else { String::new() };
    let mut form = FormView::of([
        ("code", one.code.clone()),
        ("carrier", one.carrier.clone()),
        ("kind", one.kind.name().to_owned()),
        ("currency", one.currency.clone()),
        ("step_grams", one.step_grams.to_string()),
        ("max_grams", one.max_grams.to_string()),
        ("ddp", tick(one.ddp)),
        ("offered", tick(one.offered)),
        ("business", tick(one.lanes.first().is_none_or(|lane| lane.business))),
        ("rows", (one.lanes.len() + 2).min(OWN_LANES_MOST).to_string()),
    ]);
    for language in app.languages.all() {
        let name = one.names.get(language.tag).cloned().unwrap_or_default();
        form.values.insert(name_field(language.tag), name);
    }
    // `12.50 EUR` without its currency.
    let decimal = |minor: i64| match one.currency.parse::<Currency>() {
        Ok(currency) => Money::new(minor, currency).to_string().split(' ').next().unwrap_or_default().to_owned(),
        Err(_) => minor.to_string(),
    };
    for (at, lane) in one.lanes.iter().enumerate() {
        for (name, value) in [
            ("from", lane.from.join(" ")),
            ("to", lane.to.join(" ")),
            ("days_min", lane.days_min.to_string()),
            ("days_max", lane.days_max.to_string()),
            ("first", decimal(lane.first_minor)),
            ("step", decimal(lane.step_minor)),
        ] {
            form.values.insert(format!("{name}-{at}"), value);
        }
    }
    form
}

fn name_field(tag: &str) -> String {
    format!("name_{tag}")
}

async fn shown(app: &App, visitor: &Visitor, known: Option<&OwnService>, form: FormView) -> Answer {
    let locale = &visitor.locale;
    let title = known.map_or_else(|| locale.t("c-shipping-new").to_string(), |one| name_in(locale, one));
    let kind =
        |one: &ServiceKind| Choice { code: one.name().to_owned(), name: words::word(locale, "d-service", one.name()) };
    let rows = form.values.get("rows").and_then(|text| text.parse::<usize>().ok()).unwrap_or(3);
    let view = OneView {
        here: format!("{LIST}/{}", known.map_or("new", |one| one.code.as_str())),
        form,
        known: known.is_some(),
        names: app
            .languages
            .all()
            .iter()
            .map(|one| (name_field(one.tag), one.t("language-name").to_string()))
            .collect(),
        kinds: ServiceKind::ALL.iter().map(kind).collect(),
        carriers: logistics::known_carriers().iter().map(|one| one.name.as_str()).collect(),
        lanes: (0..rows.clamp(1, OWN_LANES_MOST)).map(|at| at.to_string()).collect(),
        zones: logistics::zones().join(", "),
        can_write: visitor.may(Permission::SettingsWrite),
    };
    let above = vec![
        Crumb::new("/console/settings", locale.t("d-menu-settings").to_string()),
        Crumb::new(LIST, locale.t("c-shipping").to_string()),
    ];
    under(app, visitor, "console/shipping_one.html", above, &title, &view).await
}

/// POST /console/settings/shipping/{code}
pub async fn save(State(app): State<App>, visitor: Visitor, Path(code): Path<String>, form: Form) -> Answer {
    let known = found(&app, &visitor, &code).await?;
    let outcome = async {
        let (wished, is_new) = (wished(&app, &visitor, &form, known.as_ref())?, known.is_none());
        let write = move |tx: &mut Tx| {
            if is_new && logistics::own_service(tx, &wished.code)?.is_some() {
                let say = "There is such a service already; write another code.";
                return Err(Error::field("code", "service_taken", say));
            }
            logistics::put_own_service(tx, &wished)
        };
        app.store.write_as(visitor.actor, write).await.map_err(at_fields)
    };
    match outcome.await {
        Ok(()) => Ok(desk::done(&visitor, LIST, "d-said-saved")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, known.as_ref(), again).await)
        }
    }
}

/// The service as the form wishes it; code and currency of one that is there stay.
fn wished(app: &App, visitor: &Visitor, form: &Form, known: Option<&OwnService>) -> Result<OwnService> {
    let unknown = || Error::field("kind", "unknown_choice", "Choose one of the list.");
    let kept = |of: fn(&OwnService) -> &String, name: &str| known.map_or(form.text(name), |one| of(one)).to_owned();
    let (code, currency) = (kept(|one| &one.code, "code"), kept(|one| &one.currency, "currency").to_ascii_uppercase());
    let money: Currency = currency.parse().map_err(|_| Error::field("currency", "currency", "Choose a currency."))?;
    let name = |tag: &str| Some((tag.to_owned(), form.given(&name_field(tag))?.to_owned()));
    let rows = 0..form.maybe::<usize>("rows").unwrap_or(0).min(OWN_LANES_MOST);
    let lanes =
        rows.filter(|at| form.given(&format!("from-{at}")).is_some() || form.given(&format!("to-{at}")).is_some());
    Ok(OwnService {
        code,
        names: app.languages.all().iter().filter_map(|one| name(one.tag)).collect(),
        carrier: form.text("carrier").to_owned(),
        kind: ServiceKind::named(form.text("kind")).ok_or_else(unknown)?,
        currency,
        step_grams: form.read("step_grams")?,
        max_grams: form.read("max_grams")?,
        ddp: form.ticked("ddp"),
        offered: form.ticked("offered"),
        lanes: lanes.map(|at| lane(visitor, form, money, at)).collect::<Result<_>>()?,
    })
}

fn lane(visitor: &Visitor, form: &Form, currency: Currency, at: usize) -> Result<OwnLane> {
    let places = |name: &str| -> Vec<String> {
        let text = form.text(&format!("{name}-{at}")).to_ascii_uppercase();
        let parts = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let price = |name: &str| -> Result<i64> {
        let field = format!("{name}-{at}");
        match form.given(&field) {
            Some(_) => desk::form::amount(form, &field, currency, visitor.locale.mark()).map(|money| money.minor),
            None => Ok(0),
        }
    };
    Ok(OwnLane {
        from: places("from"),
        to: places("to"),
        days_min: form.read(&format!("days_min-{at}"))?,
        days_max: form.read(&format!("days_max-{at}"))?,
        business: form.ticked("business"),
        first_minor: price("first")?,
        step_minor: price("step")?,
    })
}

/// Where the form has what is wrong: `lanes.1.to` is its field `to-1`.
fn at_fields(mut error: Error) -> Error {
    for field in &mut error.fields {
        let parts: Vec<&str> = field.name.split('.').collect();
        field.name = match parts.as_slice() {
            ["names"] => name_field("en"),
            ["lanes"] => "from-0".into(),
            ["lanes", at, name] => format!("{}-{at}", name.trim_end_matches("_minor")),
            _ => continue,
        };
    }
    error
}
