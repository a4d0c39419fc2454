//! Customs readiness: variants that lack what customs asks for, and filling it in line by line.

use super::unconfirmed::{self, UnconfirmedView};
use super::{Desk, PAGE, done, form::reason, own, show};
use crate::failure::Answer;
use crate::gate::set_cookies;
use crate::{App, Form, Visitor, redirect};
use axum::extract::{Path, State};
use base::{Error, Kind, Permission, Result};
use catalog::{Missing, SetCustomsFacts, Unready, Variant};
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    base: &'static str,
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    can_write: bool,
    unconfirmed: UnconfirmedView,
    /// Where the list of goods without a confirmed rate goes on.
    more: Option<String>,
    countries: Vec<Country>,
}

#[derive(Serialize)]
struct Country {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    title: String,
    under: String,
    image: String,
    missing: Vec<String>,
    hs: String,
    inherited: bool,
    origin: String,
    description: String,
    grams: String,
    lacks_hs: bool,
    lacks_origin: bool,
    lacks_description: bool,
    lacks_weight: bool,
}

fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/readiness",
        Desk::Console => "/console/readiness",
    }
}

/// The list of a seller, or of everybody.
pub async fn page(app: &App, visitor: &Visitor, desk: Desk, form: &Form) -> Answer {
    let owner = match desk {
        Desk::Seller => Some(own(visitor)?),
        Desk::Console => None,
    };
    let after = form.maybe::<i64>("after");
    let read = move |db: &mut Read| catalog::readiness_list(db, owner.map(base::Id::raw), after, PAGE);
    let page = app.store.read_as(visitor.actor, read).await?;
    let rates_after = form.given("rates").map(super::id).transpose()?;
    let unconfirmed = unconfirmed::list(app, visitor, owner, rates_after).await?;
    let locale = &visitor.locale;
    let mut countries: Vec<Country> = base::Country::all()
        .map(|country| Country { code: country.code().to_owned(), name: locale.country(country) })
        .collect();
    countries.sort_by(|one, other| one.name.cmp(&other.name));
    let view = View {
        base: base_of(desk),
        rows: page.rows.iter().map(|row| row_view(visitor, row)).collect(),
        next: page.next.map(|next| format!("{}?after={next}", base_of(desk))),
        later: after.map(|_| base_of(desk).to_owned()),
        can_write: match desk {
            Desk::Seller => visitor.may(Permission::SellerWrite),
            Desk::Console => visitor.may(Permission::CatalogWrite),
        },
        more: unconfirmed.next.as_ref().map(|offer| format!("{}?rates={offer}", base_of(desk))),
        unconfirmed,
        countries,
    };
    let title = locale.t("d-menu-readiness");
    show(app, visitor, desk, "desk/readiness.html", Vec::new(), &title, &view).await
}

fn row_view(visitor: &Visitor, row: &Unready) -> RowView {
    let (variant, lacks) = (&row.variant, |missing| row.missing.contains(&missing));
    let label = variant.label();
    RowView {
        id: variant.id.to_string(),
        title: row.title.clone(),
        under: super::words::joined(&[label.as_str(), variant.sku.as_str()], " · "),
        image: row.image.clone(),
        missing: row.missing.iter().map(|missing| super::words::word(&visitor.locale, "d", missing.code())).collect(),
        hs: variant.hs.map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        inherited: variant.hs_from_category,
        origin: variant.origin.map(|origin| origin.code().to_owned()).unwrap_or_default(),
        description: variant.customs_description.clone(),
        grams: variant.weight.map(|weight| weight.grams.to_string()).unwrap_or_default(),
        lacks_hs: lacks(Missing::Hs),
        lacks_origin: lacks(Missing::Origin),
        lacks_description: lacks(Missing::Description),
        lacks_weight: lacks(Missing::Weight),
    }
}

/// Customs facts as a form has them; what is blank stays as it was. Errors: a field that cannot be read.
pub fn facts_of(form: &Form) -> Result<SetCustomsFacts> {
    Ok(SetCustomsFacts {
        hs: form.given("hs").map(str::parse).transpose()?,
        origin: form.given("origin").map(str::parse).transpose()?,
        description: form.given("description").map(str::to_owned),
        weight: form.given("weight").map(str::parse).transpose()?,
        fill_siblings: form.ticked("siblings"),
    })
}

async fn set(app: &App, visitor: &Visitor, desk: Desk, id: &str, form: &Form) -> Answer {
    let variant = super::id::<Variant>(id)?;
    let owner = match desk {
        Desk::Seller => Some(own(visitor)?.raw()),
        Desk::Console => None,
    };
    let back = base_of(desk);
    let facts = match facts_of(form) {
        Ok(facts) => facts,
        Err(error) => return wrong(visitor, back, error),
    };
    let write = move |tx: &mut store::Tx| {
        let foreign =
            catalog::facts(tx, &[variant])?.iter().any(|known| owner.is_some_and(|own| own != known.organisation));
        if foreign {
            return Err(Error::not_found("unknown_variant", "There is no such variant."));
        }
        catalog::set_customs_facts(tx, variant, &facts)
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(done(visitor, back, "d-said-saved")),
        Err(error) => wrong(visitor, back, error),
    }
}

fn wrong(visitor: &Visitor, back: &str, error: Error) -> Answer {
    if error.kind != Kind::Invalid {
        return Err(error.into());
    }
    let mut response = redirect(back);
    let why = reason(&visitor.locale, &error);
    set_cookies(&mut response, [visitor.flash_cookie(&format!("no:{why}"))]);
    Ok(response)
}

/// GET /seller/readiness
pub async fn seller(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    page(&app, &visitor, Desk::Seller, &form).await
}

/// POST /seller/readiness/{variant}
pub async fn seller_set(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    set(&app, &visitor, Desk::Seller, &id, &form).await
}

/// GET /console/readiness
pub async fn console(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    page(&app, &visitor, Desk::Console, &form).await
}

/// POST /console/readiness/{variant}
pub async fn console_set(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    set(&app, &visitor, Desk::Console, &id, &form).await
}
