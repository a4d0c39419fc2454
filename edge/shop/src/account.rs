//! The account: orders, addresses, organisations and what they offer, name and language.

use crate::order::{state, state_class};
use crate::organisations::{self, ActingView};
use axum::extract::State;
use axum::http::StatusCode;
use base::{Address, Country, Id};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{self, Head, redirect};
use frame::parts::address::{self, AddressView, Problem};
use frame::parts::field::{field_problems, problems_title};
use frame::preferences::Preferences;
use frame::visitor::Visitor;
use orders::{Order, Summary};
use parties::{SaveAddress, SavedAddress, UpdatePerson};
use serde::Serialize;
use store::Read;

const ORDERS: i64 = 20;

#[derive(Serialize)]
struct View {
    problems: Vec<Problem>,
    problems_title: String,
    orders: Vec<OrderRow>,
    next: Option<String>,
    addresses: Vec<AddressRow>,
    acting: ActingView,
}

#[derive(Serialize)]
struct OrderRow {
    url: String,
    number: String,
    placed: String,
    state: String,
    class: &'static str,
    total: String,
}

#[derive(Serialize)]
struct AddressRow {
    id: String,
    lines: Vec<String>,
}

/// GET /account
pub async fn show(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    account(&app, &visitor, &form, Vec::new()).await
}

async fn account(app: &App, visitor: &Visitor, form: &Form, problems: Vec<Problem>) -> Answer {
    let person = visitor.signed_in()?.person;
    let after = form.maybe::<Id<Order>>("after");
    let reader = visitor.clone();
    let read = move |db: &mut Read| {
        let orders = orders::of_buyer(db, person, after, ORDERS)?;
        Ok((orders, parties::addresses(db, person)?, organisations::read(db, &reader)?))
    };
    let (orders, addresses, acting) = app.store.read_as(visitor.actor, read).await?;
    let wrong = !problems.is_empty();
    let view = View {
        problems_title: problems_title(&visitor.locale, &problems),
        problems,
        orders: orders.rows.iter().map(|row| order_row(visitor, row)).collect(),
        next: orders.next.map(|next| format!("/account?after={next}")),
        addresses: addresses.iter().map(address_row).collect(),
        acting: organisations::view(visitor, &acting),
    };
    let head = Head::titled(&*visitor.locale.t("account")).unlisted();
    let mut response = page::render(app, visitor, "shop/account.html", head, &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn order_row(visitor: &Visitor, row: &Summary) -> OrderRow {
    let locale = &visitor.locale;
    OrderRow {
        url: format!("/order/{}", row.id),
        number: row.number.clone(),
        placed: locale.day(row.placed_at.date(), visitor.today()),
        state: state(locale, row.fulfilment),
        class: state_class(row.fulfilment),
        total: locale.money(row.total),
    }
}

fn address_row(one: &SavedAddress) -> AddressRow {
    AddressRow { id: one.id.to_string(), lines: parties::address_format::label_lines(&one.address) }
}

/// POST /account: name and language.
pub async fn save(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let locale = app.languages.find(form.text("language")).unwrap_or(app.languages.english());
    let change = UpdatePerson {
        name: form.text("name").into(),
        language: locale.tag.parse()?,
        country: visitor.preferences.destination,
    };
    match app.store.write_as(visitor.actor, move |tx| parties::update_person(tx, &change)).await {
        Ok(()) => {
            let after = Preferences { language: locale.tag, ..visitor.preferences.clone() };
            let mut response = redirect("/account");
            set_cookies(&mut response, [visitor.preferences_cookie(&after)]);
            Ok(response)
        }
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            account(&app, &visitor, &form, problems).await
        }
    }
}

#[derive(Serialize)]
struct AddressPage {
    country: String,
    address: AddressView,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /account/addresses/new
pub async fn address_page(State(app): State<App>, visitor: Visitor) -> Answer {
    let country = visitor.preferences.destination;
    let name = visitor.signed_in()?.name.clone();
    let address = Address { country: country.code().into(), name, ..Address::default() };
    address_form(&app, &visitor, country, &address, Vec::new())
}

fn address_form(app: &App, visitor: &Visitor, country: Country, typed: &Address, problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let wrong = !problems.is_empty();
    let view = AddressPage {
        country: country.code().into(),
        address: address::view(locale, country, typed, &problems),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let head = Head::titled(&*locale.t("add-address")).unlisted();
    let mut response = page::render(app, visitor, "shop/address_new.html", head, &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /account/addresses: keeps it, or shows the form of another country.
pub async fn save_address(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let country = form.maybe::<Country>("country").unwrap_or(visitor.preferences.destination);
    let typed = address::typed(&form, country);
    if form.text("do") != "save" {
        return address_form(&app, &visitor, country, &typed, Vec::new());
    }
    let save = SaveAddress { id: None, address: typed.clone(), preferred: false };
    match app.store.write_as(visitor.actor, move |tx| parties::save_address(tx, &save)).await {
        Ok(_) => Ok(redirect("/account")),
        Err(error) if !error.fields.is_empty() => {
            let problems = address::problems(&visitor.locale, country, &error);
            address_form(&app, &visitor, country, &typed, problems)
        }
        Err(error) => Err(error.into()),
    }
}

/// POST /account/addresses/forget
pub async fn forget_address(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let id: Id<SavedAddress> = form.read("address")?;
    app.store.write_as(visitor.actor, move |tx| parties::forget_address(tx, id)).await?;
    Ok(redirect("/account"))
}
