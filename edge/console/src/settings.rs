//! The shop's own facts, as its owner changes them; the house's warehouses and terms.

use crate::page::show;
use axum::extract::State;
use base::{Country, Error, Result};
use desk::Desk;
use desk::company::{Company, CompanyView};
use desk::form::{FormView, unaccepted};
use desk::terms::{AgreementView, agreement_view};
use desk::whose::Whose;
use frame::{Answer, App, Form, Visitor, lists};
use parties::Shop;
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    country: String,
    since: String,
    base_url: String,
    demo: bool,
    form: FormView,
    everywhere: bool,
    typical_rates: bool,
    applications: bool,
    markets: Vec<MarketView>,
    languages: Vec<Choice>,
    currencies: Vec<Choice>,
    agreements: Vec<AgreementView>,
    company: CompanyView,
    /// Pages that the menu does not name yet.
    later: Vec<LaterView>,
}

#[derive(Serialize)]
struct LaterView {
    href: &'static str,
    name: String,
}

#[derive(Serialize)]
struct Choice {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct MarketView {
    code: String,
    name: String,
    on: bool,
}

/// GET /console/settings
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    shown(&app, &visitor, None).await
}

/// What was sent, its countries, and whether typical rates and applications were ticked.
struct Sent {
    form: FormView,
    markets: Vec<Country>,
    typical_rates: bool,
    applications: bool,
}

async fn shown(app: &App, visitor: &Visitor, sent: Option<Sent>) -> Answer {
    let own = desk::own(visitor)?;
    let whose = Whose { desk: Desk::Console, organisation: own, home: "/console/settings".into() };
    let of = whose.clone();
    let read = move |db: &mut Read| {
        let now = db.now();
        let shop = parties::shop(db)?.ok_or_else(|| Error::conflict("not_claimed", "Claim the installation first."))?;
        let agreements = terms::current(db, own, now)?;
        Ok((parties::organisation(db, own)?, shop, agreements, Company::read(db, &of)?))
    };
    let (platform, shop, agreements, company) = app.store.read_as(visitor.actor, read).await?;
    let later = desk::menu::later(app, visitor).await?;
    let locale = &visitor.locale;
    let Sent { form, markets, typical_rates, applications } = sent.unwrap_or_else(|| Sent {
        form: values(&shop),
        markets: shop.markets.clone(),
        typical_rates: shop.typical_rates,
        applications: shop.applications,
    });
    let mut places: Vec<MarketView> = lists::destinations()
        .map(|one| MarketView { code: one.code().into(), name: locale.country(one), on: markets.contains(&one) })
        .collect();
    places.sort_by_key(|one| locale.rank(&one.code));
    let view = View {
        country: locale.country(platform.country),
        since: locale.date(platform.created_at.date()),
        base_url: app.config.base_url.clone(),
        demo: app.config.demo,
        form,
        everywhere: markets.is_empty(),
        typical_rates,
        applications,
        markets: places,
        languages: app
            .languages
            .all()
            .iter()
            .map(|one| Choice { code: one.tag.into(), name: one.t("language-name").to_string() })
            .collect(),
        currencies: lists::currencies()
            .map(|one| Choice { code: one.to_string(), name: format!("{one} {}", locale.currency(one)) })
            .collect(),
        agreements: agreements.iter().map(|one| agreement_view(visitor, one)).collect(),
        company: company.view(visitor, &whose),
        later: later.into_iter().map(|(href, name)| LaterView { href, name: locale.t(name).to_string() }).collect(),
    };
    let title = locale.t("d-menu-settings");
    show(app, visitor, "console/settings.html", &title, &view).await
}

fn values(shop: &Shop) -> FormView {
    FormView::of([
        ("name", shop.name.clone()),
        ("language", shop.language.tag().to_owned()),
        ("currency", shop.currency.to_string()),
        ("email", shop.email.clone()),
        ("phone", shop.phone.clone()),
        ("legal", shop.legal.clone()),
        ("acceptance_days", shop.acceptance_days.map_or(String::new(), |days| days.to_string())),
    ])
}

/// The countries that were ticked; none means everywhere.
fn ticked(form: &Form) -> Vec<Country> {
    match form.text("sell") {
        "some" => form.all("market").filter_map(|code| code.parse().ok()).collect(),
        _ => Vec::new(),
    }
}

fn read_shop(app: &App, form: &Form) -> Result<Shop> {
    let markets = ticked(form);
    if form.text("sell") == "some" && markets.is_empty() {
        return Err(Error::field("markets", "no_market", "Choose at least one country to sell to."));
    }
    let language = app.languages.find(form.text("language"));
    let language = language.ok_or_else(|| Error::field("language", "format", "Choose a language of the list."))?;
    Ok(Shop {
        name: form.text("name").to_owned(),
        language: language.tag.parse()?,
        currency: form.read("currency")?,
        email: form.text("email").to_owned(),
        phone: form.text("phone").to_owned(),
        legal: form.text("legal").to_owned(),
        markets,
        acceptance_days: form.given("acceptance_days").map(|_| form.read("acceptance_days")).transpose()?,
        typical_rates: form.ticked("typical_rates"),
        applications: form.ticked("applications"),
    })
}

/// POST /console/settings
pub async fn save(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let outcome = async {
        let shop = read_shop(&app, &form)?;
        app.store.write_as(visitor.actor, move |tx| onboarding::set_shop(tx, &shop)).await?;
        app.refresh_shop().await
    };
    match outcome.await {
        Ok(()) => Ok(desk::done(&visitor, "/console/settings", "d-said-saved")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, &form, error)?;
            let sent = Sent {
                form: again,
                markets: ticked(&form),
                typical_rates: form.ticked("typical_rates"),
                applications: form.ticked("applications"),
            };
            unaccepted(shown(&app, &visitor, Some(sent)).await)
        }
    }
}
