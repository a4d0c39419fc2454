//! The first start: the claim link, the first warehouse, the first catalogue.

use super::address::{self, AddressView, Problem};
use super::sign::{FieldView, field_problems, problems_title};
use crate::App;
use crate::app::aside;
use crate::failure::{Answer, Failure};
use crate::form::Form;
use crate::gate::set_cookies;
use crate::page::{self, Head, redirect};
use crate::upload;
use crate::visitor::Visitor;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use base::{Address, Country, Currency, Error, Id, Result};
use offers::{ImportOptions, Report};
use parties::{Claim, Organisation};
use serde::Serialize;
use stock::{PutWarehouse, Warehouse};
use store::Read;
use terms::{Mode, NewAgreement};

#[derive(Serialize)]
struct ClaimView {
    token: String,
    fields: Vec<FieldView>,
    countries: Vec<CountryView>,
    chosen_currency: String,
    typical_rates: bool,
    problems: Vec<Problem>,
    problems_title: String,
}

#[derive(Serialize)]
struct CountryView {
    code: String,
    name: String,
    on: bool,
}

/// GET /claim?token=…: asks who the operator is; without a good token, says what to do.
pub async fn claim_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    if app.platform().await?.is_some() {
        return Ok(redirect("/"));
    }
    let token = form.text("token").to_owned();
    let good = app.store.read(move |db| parties::claim_valid(db, &token)).await?;
    if !good {
        let head = Head::titled(&*visitor.locale.t("waiting-title")).unlisted();
        return page::render(&app, &visitor, "shop/waiting.html", head, &serde_json::json!({}));
    }
    claim_form(&app, &visitor, &form, Vec::new())
}

fn claim_form(app: &App, visitor: &Visitor, form: &Form, problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let country = form.maybe::<Country>("country").unwrap_or(visitor.preferences.destination);
    let currency = form.maybe::<Currency>("currency").unwrap_or(visitor.preferences.currency);
    let mut countries: Vec<CountryView> = Country::all()
        .map(|one| CountryView { code: one.code().into(), name: locale.country(one), on: one == country })
        .collect();
    countries.sort_by(|a, b| a.name.cmp(&b.name));
    let field = |what| FieldView::new(locale, what, form, &problems);
    let view = ClaimView {
        token: form.text("token").into(),
        fields: vec![
            field(("name", "shop-name", "text", "organization")),
            field(("email", "email", "email", "username")),
            field(("password", "password", "password", "new-password")),
        ],
        countries,
        chosen_currency: currency.code().into(),
        typical_rates: form.ticked("typical_rates"),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let wrong = !view.problems.is_empty();
    let head = Head::titled(&*locale.t("claim-title")).unlisted();
    let mut response = page::render(app, visitor, "shop/claim.html", head, &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /claim: the operator, its first admin and its own terms; then the set-up page, signed in.
pub async fn claim(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    match claimed(&app, &visitor, &form).await {
        Ok(session) => {
            app.platform().await?;
            app.refresh_categories().await?;
            let mut response = redirect("/setup");
            set_cookies(&mut response, [visitor.session_cookie(&session)]);
            Ok(response)
        }
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            claim_form(&app, &visitor, &form, problems)
        }
    }
}

/// Gives the session's token.
async fn claimed(app: &App, visitor: &Visitor, form: &Form) -> Result<String> {
    let key = format!("claim:{}", visitor.address);
    app.store.write(move |tx| parties::attempt(tx, &key, 20, 900)).await?;
    let password = form.text("password").to_owned();
    let claim = Claim {
        token: form.text("token").into(),
        name: form.text("name").into(),
        country: form.read("country")?,
        currency: form.read("currency")?,
        language: app.languages.find(form.text("language")).unwrap_or(app.languages.english()).tag.parse()?,
        typical_rates: form.ticked("typical_rates"),
        email: form.text("email").into(),
        password_hash: aside(move || parties::hash_password(&password)).await??,
    };
    app.store
        .write(move |tx| {
            let claimed = parties::claim(tx, &claim)?;
            terms::agree(tx, &NewAgreement::of(claimed.organisation, Mode::SelfOperated, claim.currency))?;
            Ok(parties::sign_in(tx, claimed.person)?.token)
        })
        .await
}

#[derive(Serialize)]
struct SetupView {
    name: String,
    warehouse: Option<String>,
    address: AddressView,
    problems: Vec<Problem>,
    problems_title: String,
    report: Vec<Fact>,
    row_errors: Vec<RowView>,
}

#[derive(Serialize)]
struct Fact {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct RowView {
    line: u64,
    column: String,
    message: String,
}

/// GET /setup
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    setup(&app, &visitor, None, Vec::new(), None).await
}

/// The operator and its first warehouse.
fn place(db: &mut Read) -> Result<(Organisation, Option<Warehouse>)> {
    let platform =
        parties::platform(db)?.ok_or_else(|| Error::conflict("not_claimed", "Claim the installation first."))?;
    let warehouse = stock::warehouses(db, Some(platform.id.raw()), "", 1)?.into_iter().next();
    Ok((platform, warehouse))
}

async fn setup(
    app: &App,
    visitor: &Visitor,
    typed: Option<Address>,
    problems: Vec<Problem>,
    report: Option<Report>,
) -> Answer {
    let (platform, warehouse) = app.store.read(place).await?;
    let locale = &visitor.locale;
    let typed = typed.unwrap_or_else(|| Address {
        country: platform.country.code().into(),
        name: platform.name.clone(),
        ..Address::default()
    });
    let fact = |key: &str, number: u64| Fact {
        label: locale.t(key).to_string(),
        value: locale.count(i64::try_from(number).unwrap_or(i64::MAX)),
    };
    let facts = |report: &Report| {
        vec![
            fact("import-products", report.products),
            fact("import-variants", report.variants),
            fact("import-created", report.created),
            fact("import-updated", report.updated),
            fact("import-unchanged", report.unchanged),
        ]
    };
    let errors = report.iter().flat_map(|report| report.errors.iter().take(50));
    let view = SetupView {
        name: platform.name.clone(),
        warehouse: warehouse
            .map(|warehouse| format!("{}, {}", warehouse.address.city, locale.country(warehouse.country))),
        address: address::view(locale, platform.country, &typed, &problems),
        problems_title: problems_title(locale, &problems),
        problems,
        report: report.as_ref().map(facts).unwrap_or_default(),
        row_errors: errors
            .map(|row| RowView { line: row.line, column: row.column.to_string(), message: row.message.clone() })
            .collect(),
    };
    let head = Head::titled(locale.fill("setup-title", &[("shop", platform.name.as_str().into())])).unlisted();
    page::render(app, visitor, "shop/setup.html", head, &view)
}

/// POST /setup/warehouse
pub async fn warehouse(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (platform, _) = app.store.read(place).await?;
    let typed = address::typed(&form, platform.country);
    let checked = parties::address_format::validate(&typed);
    let clean = match checked {
        Ok(clean) => clean,
        Err(error) => {
            let problems = address::problems(&visitor.locale, platform.country, &error);
            let mut response = setup(&app, &visitor, Some(typed), problems, None).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
    };
    let put = PutWarehouse {
        code: format!("{}-1", platform.country),
        name: if clean.city.is_empty() { platform.name.clone() } else { clean.city.clone() },
        organisation: platform.id.raw(),
        address: clean,
    };
    app.store.write_as(visitor.actor, move |tx| stock::put_warehouse(tx, &put)).await?;
    Ok(redirect("/setup"))
}

/// POST /setup/catalogue: a product file, streamed to disk and imported.
pub async fn catalogue(State(app): State<App>, visitor: Visitor, parts: Multipart) -> Answer {
    let file = upload::first_file(parts).await?;
    let (platform, warehouse) = app.store.read(place).await?;
    let warehouse: Id<Warehouse> = warehouse
        .map(|warehouse| warehouse.id)
        .ok_or_else(|| Failure(Error::conflict("no_warehouse", "Say first where your goods leave from.")))?;
    let options = ImportOptions {
        actor: visitor.actor,
        organisation: platform.id,
        agreement: None,
        warehouse,
        currency: platform.currency,
        dry_run: false,
    };
    let store = app.store.clone();
    let report = aside(move || offers::import(&store, file, &options, |_| true)).await??;
    app.refresh_categories().await?;
    let shelf = app.shelf.clone();
    app.store.read(move |db| shelf.reload(db)).await?;
    setup(&app, &visitor, None, Vec::new(), Some(report)).await
}
