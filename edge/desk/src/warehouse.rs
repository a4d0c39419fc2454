//! Adding a warehouse, and changing one: where an organisation's goods lie and parcels set out from.

use crate::form::{FormView, unaccepted};
use crate::page::{done, show};
use crate::place::id;
use crate::whose::{Whose, last_part};
use axum::extract::State;
use base::{Address, Country, Error, Id, Result};
use frame::parts::address::{self, AddressView, Problem};
use frame::{Answer, App, Form, Visitor};
use onboarding::NewWarehouse;
use parties::Organisation;
use serde::Serialize;
use stock::Warehouse;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    action: String,
    back: String,
    /// Of the warehouse that is changed; none for a new one.
    code: Option<String>,
    form: FormView,
    country: String,
    address: AddressView,
}

/// What stands in the form, and what was wrong.
struct Shown {
    form: FormView,
    country: Country,
    address: Address,
    problems: Vec<Problem>,
}

/// Whose, and the warehouse of the address, unless it is a new one. Errors: not found, also when it is another's.
async fn read(app: &App, visitor: &Visitor, whose: &Whose) -> Result<(Organisation, Option<Warehouse>)> {
    let wanted: Option<Id<Warehouse>> = match last_part(visitor) {
        "new" => None,
        text => Some(id(text)?),
    };
    let of = whose.clone();
    let read = move |db: &mut Read| {
        let organisation = of.organisation(db)?;
        let known = wanted.map(|wanted| stock::warehouse(db, wanted)).transpose()?;
        match known {
            Some(other) if other.organisation != organisation.id.raw() => {
                Err(Error::not_found("unknown_warehouse", "There is no such warehouse."))
            }
            known => Ok((organisation, known)),
        }
    };
    app.store.read_as(visitor.actor, read).await
}

/// GET …/warehouses/new and …/warehouses/{warehouse}
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let whose = Whose::of(&visitor)?;
    let (organisation, known) = read(&app, &visitor, &whose).await?;
    let address = match &known {
        Some(known) => known.address.clone(),
        None => Address { name: organisation.name.clone(), ..Address::default() },
    };
    let country = known.as_ref().map_or(organisation.country, |known| known.country);
    let form = FormView::of([("warehouse_name", known.as_ref().map_or(String::new(), |known| known.name.clone()))]);
    let sent = Shown { form, country, address, problems: Vec::new() };
    shown(&app, &visitor, &whose, (&organisation, known.as_ref()), sent).await
}

async fn shown(
    app: &App,
    visitor: &Visitor,
    whose: &Whose,
    (of, known): (&Organisation, Option<&Warehouse>),
    shown: Shown,
) -> Answer {
    let (locale, place) = (&visitor.locale, known.map_or("new".into(), |known| known.id.to_string()));
    let view = View {
        action: format!("{}/warehouses/{place}", whose.home),
        back: whose.home.clone(),
        code: known.map(|known| known.code.clone()),
        country: shown.country.code().into(),
        address: address::sender_view(locale, shown.country, &shown.address, &shown.problems),
        form: shown.form,
    };
    let title = known.map_or_else(|| locale.t("d-new-warehouse").to_string(), |known| known.name.clone());
    show(app, visitor, whose.desk, "desk/warehouse.html", whose.crumbs(visitor, &of.name), &title, &view).await
}

/// POST …/warehouses/new and …/warehouses/{warehouse}: adds or changes it, or shows the form of another country.
pub async fn save(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let whose = Whose::of(&visitor)?;
    let (organisation, known) = read(&app, &visitor, &whose).await?;
    let country = form.maybe::<Country>("country").unwrap_or(organisation.country);
    let typed = address::typed(&form, country);
    if form.text("do") != "save" {
        let sent = Shown { form: FormView::typed(&form), country, address: typed, problems: Vec::new() };
        return shown(&app, &visitor, &whose, (&organisation, known.as_ref()), sent).await;
    }
    let (name, code) = (form.text("warehouse_name").to_owned(), form.text("code").to_owned());
    let changed = known.as_ref().map(|known| known.id);
    let new = NewWarehouse { organisation: organisation.id, code, name, address: typed.clone() };
    let write = move |tx: &mut Tx| match changed {
        Some(id) => onboarding::change_warehouse(tx, id, &new.name, &new.address),
        None => onboarding::add_warehouse(tx, &new).map(drop),
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(done(&visitor, &whose.home, "d-said-saved")),
        Err(error) => {
            let problems = address::problems(&visitor.locale, country, &error);
            let again = FormView::address(&visitor.locale, &form, error, &problems)?;
            let sent = Shown { form: again, country, address: typed, problems };
            unaccepted(shown(&app, &visitor, &whose, (&organisation, known.as_ref()), sent).await)
        }
    }
}
