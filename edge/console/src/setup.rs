//! The first start: the claim link, the first warehouse, the first catalogue.

use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use base::{Address, Country, Currency, Error, Id, Kind, Result};
use desk::import::sent_file;
use frame::App;
use frame::failure::{Answer, Failure};
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{self, Head, redirect};
use frame::parts::address::{self, AddressView, Problem};
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::parts::wrong_rows;
use frame::visitor::Visitor;
use offers::import::Ready;
use onboarding::NewWarehouse;
use parties::{Claim, Organisation};
use serde::Serialize;
use stock::Warehouse;
use store::Read;

/// Largest product file that the page takes: 200 MB, streamed.
pub const FILE_BYTES: usize = 200 * 1024 * 1024;

#[derive(Serialize)]
struct ClaimView {
    token: String,
    fields: Vec<FieldView>,
    countries: Vec<CountryView>,
    chosen_currency: String,
    chosen_language: String,
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
    let visitor = visitor.at_desk(&app.languages);
    if app.platform().await?.is_some() {
        return Ok(redirect("/"));
    }
    let token = form.text("token").to_owned();
    let good = app.store.read(move |db| parties::claim_valid(db, &token)).await?;
    if !good {
        let head = Head::titled(&*visitor.locale.t("waiting-title")).unlisted();
        return page::render(&app, &visitor, "console/waiting.html", head, &serde_json::json!({}));
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
    countries.sort_by_key(|one| locale.rank(&one.code));
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
        chosen_language: form.given("language").unwrap_or(visitor.preferences.language).into(),
        typical_rates: form.ticked("typical_rates"),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let wrong = !view.problems.is_empty();
    let head = Head::titled(&*locale.t("claim-title")).unlisted();
    let mut response = page::render(app, visitor, "console/claim.html", head, &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /claim: the operator, its first admin and its own terms; then the set-up page, signed in.
pub async fn claim(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let visitor = visitor.at_desk(&app.languages);
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
    let key = format!("claim:{}", visitor.network());
    app.store.write(move |tx| parties::attempt(tx, &key, 20, 900)).await?;
    let about = [form.text("email"), form.text("name")];
    let (password_hash, entry) =
        (app.hash_password(form.raw("password"), &about).await?, visitor.entry(parties::Proof::Password));
    let claim = Claim {
        token: form.text("token").into(),
        name: form.text("name").into(),
        country: form.read("country")?,
        currency: form.read("currency")?,
        language: app.languages.find(form.text("language")).unwrap_or(app.languages.english()).tag.parse()?,
        typical_rates: form.ticked("typical_rates"),
        email: form.text("email").into(),
        password_hash,
    };
    app.store
        .write(move |tx| {
            let claimed = onboarding::found(tx, &claim)?;
            Ok(parties::sign_in(tx, claimed.person, &entry)?.token)
        })
        .await
}

#[derive(Serialize)]
struct SetupView {
    name: String,
    warehouse: Option<String>,
    address: AddressView,
    file_problem: Option<String>,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /setup
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    setup(&app, &visitor, None, Vec::new()).await
}

/// The operator and its first warehouse.
fn place(db: &mut Read) -> Result<(Organisation, Option<Warehouse>)> {
    let platform =
        parties::platform(db)?.ok_or_else(|| Error::conflict("not_claimed", "Claim the installation first."))?;
    let warehouse = stock::warehouses(db, Some(platform.id.raw()), "", 1)?.into_iter().next();
    Ok((platform, warehouse))
}

async fn setup(app: &App, visitor: &Visitor, typed: Option<Address>, problems: Vec<Problem>) -> Answer {
    let (platform, warehouse) = app.store.read(place).await?;
    let locale = &visitor.locale;
    let typed = typed.unwrap_or_else(|| Address {
        country: platform.country.code().into(),
        name: platform.name.clone(),
        ..Address::default()
    });
    let view = SetupView {
        name: platform.name.clone(),
        warehouse: warehouse
            .map(|warehouse| format!("{}, {}", warehouse.address.city, locale.country(warehouse.country))),
        address: address::sender_view(locale, platform.country, &typed, &problems),
        file_problem: problems.iter().find(|one| one.field == "file").map(|one| one.text.clone()),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let head = Head::titled(locale.fill("setup-title", &[("shop", platform.name.as_str().into())])).unlisted();
    page::render(app, visitor, "console/setup.html", head, &view)
}

/// POST /setup/warehouse
pub async fn warehouse(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (platform, _) = app.store.read(place).await?;
    let typed = address::typed(&form, platform.country);
    let new =
        NewWarehouse { organisation: platform.id, code: String::new(), name: String::new(), address: typed.clone() };
    match app.store.write_as(visitor.actor, move |tx| onboarding::add_warehouse(tx, &new)).await {
        Ok(_) => Ok(redirect("/setup")),
        Err(error) if error.fields.is_empty() => Err(error.into()),
        Err(error) => {
            let problems = address::problems(&visitor.locale, platform.country, &error);
            again(&app, &visitor, Some(typed), problems).await
        }
    }
}

/// The page with what was wrong with its forms.
async fn again(app: &App, visitor: &Visitor, typed: Option<Address>, problems: Vec<Problem>) -> Answer {
    let mut response = setup(app, visitor, typed, problems).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// POST /setup/catalogue: hands a product file in and leads to the page that shows how far it is.
pub async fn catalogue(State(app): State<App>, visitor: Visitor, parts: Multipart) -> Answer {
    let (platform, warehouse) = app.store.read(place).await?;
    let warehouse: Id<Warehouse> = warehouse
        .map(|warehouse| warehouse.id)
        .ok_or_else(|| Failure(Error::conflict("no_warehouse", "Say first where your goods leave from.")))?;
    let sent = match sent_file(&app, &visitor, platform.id, parts).await {
        Ok(sent) => sent,
        Err(error) if error.kind == Kind::Invalid => {
            let text = wrong_rows::of_file(&visitor.locale, error.code, &error.message);
            return again(&app, &visitor, None, vec![Problem::of("file", text)]).await;
        }
        Err(error) => return Err(error.into()),
    };
    let new_status = sent.said.new_status();
    let file = sent.file;
    let bytes = i64::try_from(file.bytes).map_err(Error::internal)?;
    let id = file
        .ready(Ready {
            bytes,
            warehouse,
            currency: platform.currency,
            decimal: None,
            new_status,
            uncounted: None,
            encoding: None,
            dry: false,
        })
        .await?;
    Ok(redirect(&format!("/console/imports/{id}")))
}
