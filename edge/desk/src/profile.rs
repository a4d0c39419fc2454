//! Who an organisation is: its name to buyers, its name and seat in law, its tax numbers; and where its goods come back to.

use crate::form::{FormView, unaccepted};
use crate::page::{done, show};
use crate::whose::Whose;
use axum::extract::State;
use base::{Address, Country, Error, Result};
use frame::parts::address::{self, AddressView, Problem};
use frame::{Answer, App, Form, Visitor};
use onboarding::{Profile, PutProfile, TAX_NUMBERS_MOST, TaxNumber};
use parties::Organisation;
use parties::address_format::Part;
use serde::Serialize;
use store::{Read, Tx};

/// Empty lines for tax numbers below those that are there.
const FREE_LINES: usize = 2;

/// What a profile does not ask for: its names stand above the address, its tax numbers below.
const ASKED_ELSEWHERE: &[Part] = &[Part::Name, Part::Organisation, Part::TaxNumber];

#[derive(Serialize)]
struct View {
    action: String,
    back: String,
    form: FormView,
    country: String,
    address: AddressView,
    numbers: Vec<LineView>,
}

/// One line of the tax numbers; its fields are called by its place.
#[derive(Serialize)]
struct LineView {
    country_field: String,
    number_field: String,
    country: String,
}

fn country_field(line: usize) -> String {
    format!("tax_country_{line}")
}

fn number_field(line: usize) -> String {
    format!("tax_number_{line}")
}

/// What stands in the form, and what was wrong.
struct Shown {
    form: FormView,
    country: Country,
    address: Address,
    problems: Vec<Problem>,
    lines: usize,
}

/// GET …/profile
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let whose = Whose::of(&visitor)?;
    let (organisation, profile) = read(&app, &visitor, &whose).await?;
    let country = profile.address.as_ref().and_then(Address::country).unwrap_or(organisation.country);
    let mut form = FormView::of([
        ("shown_name", organisation.name.clone()),
        ("legal_name", profile.legal_name.clone()),
        ("register", profile.register.clone()),
    ]);
    for (line, TaxNumber { country, number }) in profile.tax_numbers.iter().enumerate() {
        form.values.insert(country_field(line), country.code().into());
        form.values.insert(number_field(line), number.clone());
    }
    let address = profile.address.unwrap_or_default();
    let lines = profile.tax_numbers.len();
    shown(&app, &visitor, &whose, &organisation, Shown { form, country, address, problems: Vec::new(), lines }).await
}

async fn read(app: &App, visitor: &Visitor, whose: &Whose) -> Result<(Organisation, Profile)> {
    let of = whose.clone();
    let read = move |db: &mut Read| Ok((of.organisation(db)?, onboarding::profile(db, of.organisation)?));
    app.store.read_as(visitor.actor, read).await
}

async fn shown(app: &App, visitor: &Visitor, whose: &Whose, of: &Organisation, shown: Shown) -> Answer {
    let locale = &visitor.locale;
    let lines = (shown.lines + FREE_LINES).min(TAX_NUMBERS_MOST);
    let line = |line: usize| LineView {
        country_field: country_field(line),
        number_field: number_field(line),
        country: shown.form.values.get(&country_field(line)).map_or(of.country.code(), String::as_str).to_owned(),
    };
    let view = View {
        action: format!("{}/profile", whose.home),
        back: whose.home.clone(),
        country: shown.country.code().into(),
        address: address::view_without(locale, shown.country, &shown.address, &shown.problems, ASKED_ELSEWHERE),
        numbers: (0..lines).map(line).collect(),
        form: shown.form,
    };
    let crumbs = whose.crumbs(visitor, &of.name);
    show(app, visitor, whose.desk, "desk/profile.html", crumbs, &locale.t("d-profile"), &view).await
}

/// The tax numbers of a form, each with its line.
fn numbers(form: &Form) -> Result<Vec<(usize, TaxNumber)>> {
    let given = (0..TAX_NUMBERS_MOST).filter(|line| form.given(&number_field(*line)).is_some());
    let read = |line: usize| {
        let number = form.text(&number_field(line)).to_owned();
        Ok((line, TaxNumber { country: form.read(&country_field(line))?, number }))
    };
    given.map(read).collect()
}

/// POST …/profile: writes it down, or shows the form of another country.
pub async fn save(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let whose = Whose::of(&visitor)?;
    let (organisation, _) = read(&app, &visitor, &whose).await?;
    let country = form.maybe::<Country>("country").unwrap_or(organisation.country);
    let typed = address::typed(&form, country);
    let lines = (0..TAX_NUMBERS_MOST).rev().find(|line| form.given(&number_field(*line)).is_some());
    let lines = lines.map_or(0, |last| last + 1);
    if form.text("do") != "save" {
        let again = FormView::typed(&form);
        let sent = Shown { form: again, country, address: typed, problems: Vec::new(), lines };
        return shown(&app, &visitor, &whose, &organisation, sent).await;
    }
    let (written, address, of) = (form.clone(), typed.clone(), whose.organisation);
    let outcome = async {
        let given = numbers(&form)?;
        let put = PutProfile {
            name: written.text("shown_name").into(),
            legal_name: written.text("legal_name").into(),
            register: written.text("register").into(),
            address,
            tax_numbers: given.iter().map(|(_, number)| number.clone()).collect(),
        };
        let write = move |tx: &mut Tx| onboarding::put_profile(tx, of, &put);
        app.store.write_as(visitor.actor, write).await.map_err(|error| on_page(error, &given))
    };
    match outcome.await {
        Ok(()) => Ok(done(&visitor, &whose.home, "d-said-saved")),
        Err(error) => {
            let problems = address::problems(&visitor.locale, country, &error);
            let again = FormView::address(&visitor.locale, &form, error, &problems)?;
            let sent = Shown { form: again, country, address: typed, problems, lines };
            unaccepted(shown(&app, &visitor, &whose, &organisation, sent).await)
        }
    }
}

/// The fields of an error as this page calls them.
fn on_page(mut error: Error, given: &[(usize, TaxNumber)]) -> Error {
    for field in &mut error.fields {
        if field.name == "name" {
            field.name = "shown_name".into();
        }
        let within = field.name.strip_prefix("tax_numbers[").and_then(|rest| rest.split(']').next());
        if let Some((line, _)) = within.and_then(|at| at.parse::<usize>().ok()).and_then(|at| given.get(at)) {
            field.name = number_field(*line);
        }
    }
    error
}

#[derive(Serialize)]
struct ReturnView {
    action: String,
    back: String,
    form: FormView,
    country: String,
    address: AddressView,
    /// One is written down; without it goods come back to the first warehouse.
    own: bool,
}

/// GET …/return-address
pub async fn return_page(State(app): State<App>, visitor: Visitor) -> Answer {
    let whose = Whose::of(&visitor)?;
    let (organisation, profile) = read(&app, &visitor, &whose).await?;
    let name = profile.legal_name.clone();
    let address = profile.return_address.clone().unwrap_or_else(|| Address { name, ..Address::default() });
    let country = address.country().unwrap_or(organisation.country);
    let own = profile.return_address.is_some();
    return_shown(&app, &visitor, &whose, &organisation, (FormView::default(), country, address, Vec::new()), own).await
}

async fn return_shown(
    app: &App,
    visitor: &Visitor,
    whose: &Whose,
    of: &Organisation,
    (form, country, typed, problems): (FormView, Country, Address, Vec<Problem>),
    own: bool,
) -> Answer {
    let view = ReturnView {
        action: format!("{}/return-address", whose.home),
        back: whose.home.clone(),
        country: country.code().into(),
        address: address::sender_view(&visitor.locale, country, &typed, &problems),
        form,
        own,
    };
    let (crumbs, title) = (whose.crumbs(visitor, &of.name), visitor.locale.t("d-return-address"));
    show(app, visitor, whose.desk, "desk/return_address.html", crumbs, &title, &view).await
}

/// POST …/return-address: writes it down, forgets it, or shows the form of another country.
pub async fn return_save(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let whose = Whose::of(&visitor)?;
    let (organisation, profile) = read(&app, &visitor, &whose).await?;
    let country = form.maybe::<Country>("country").unwrap_or(organisation.country);
    let (typed, own) = (address::typed(&form, country), profile.return_address.is_some());
    let next = match form.text("do") {
        "save" => Some(typed.clone()),
        "forget" => None,
        _ => {
            let sent = (FormView::default(), country, typed, Vec::new());
            return return_shown(&app, &visitor, &whose, &organisation, sent, own).await;
        }
    };
    let of = whose.organisation;
    let write = move |tx: &mut Tx| onboarding::put_return_address(tx, of, next.as_ref());
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(done(&visitor, &whose.home, "d-said-saved")),
        Err(error) => {
            let problems = address::problems(&visitor.locale, country, &error);
            let again = FormView::address(&visitor.locale, &form, error, &problems)?;
            let sent = (again, country, typed, problems);
            unaccepted(return_shown(&app, &visitor, &whose, &organisation, sent, own).await)
        }
    }
}
