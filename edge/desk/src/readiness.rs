//! Customs readiness: variants that lack what customs asks for, and filling it in line by line.

use crate::form::{FormView, WrongRow, unaccepted};
use crate::goods::read::Reading;
use crate::page::{done, show};
use crate::place::{Desk, PAGE, own};
use crate::unconfirmed::{self, UnconfirmedView};
use axum::extract::{Path, State};
use base::{Error, Mark, Permission, Result};
use catalog::{Missing, SetCustomsFacts, Unready, Variant};
use frame::failure::Answer;
use frame::{App, Form, Visitor};
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    base: &'static str,
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    can_write: bool,
    /// Where this page of the list begins.
    after: String,
    wrong: Option<WrongRow>,
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
    /// As it was sent, when it was not accepted.
    form: Option<FormView>,
}

fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/readiness",
        Desk::Console => "/console/readiness",
    }
}

/// The list of a seller, or of everybody.
pub async fn page(app: &App, visitor: &Visitor, desk: Desk, form: &Form) -> Answer {
    shown(app, visitor, desk, form, None).await
}

/// The same; `typed` is a line that was not accepted.
async fn shown(app: &App, visitor: &Visitor, desk: Desk, form: &Form, typed: Option<(String, FormView)>) -> Answer {
    let owner = match desk {
        Desk::Seller => Some(own(visitor)?),
        Desk::Console => None,
    };
    let after = form.maybe::<i64>("after");
    let read = move |db: &mut Read| catalog::readiness_list(db, owner.map(base::Id::raw), after, PAGE);
    let page = app.store.read_as(visitor.actor, read).await?;
    let rates_after = form.given("rates").map(crate::place::id).transpose()?;
    let unconfirmed = unconfirmed::list(app, visitor, owner, rates_after).await?;
    let locale = &visitor.locale;
    let mut countries: Vec<Country> = base::Country::all()
        .map(|country| Country { code: country.code().to_owned(), name: locale.country(country) })
        .collect();
    countries.sort_by_key(|one| locale.rank(&one.code));
    let mut rows: Vec<RowView> = page.rows.iter().map(|row| row_view(visitor, row)).collect();
    let wrong = typed.and_then(|(id, form)| {
        let row = rows.iter_mut().find(|row| row.id == id)?;
        row.form = Some(form.clone());
        let name = crate::words::joined(&[row.title.as_str(), row.under.as_str()], " · ");
        Some(WrongRow { name, anchor: id, form })
    });
    let view = View {
        base: base_of(desk),
        rows,
        after: after.map(|after| after.to_string()).unwrap_or_default(),
        wrong,
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
        under: crate::words::joined(&[label.as_str(), variant.sku.as_str()], " · "),
        image: row.image.clone(),
        missing: row.missing.iter().map(|missing| crate::words::word(&visitor.locale, "d", missing.code())).collect(),
        hs: variant.hs.map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        inherited: variant.hs_from_category,
        origin: variant.origin.map(|origin| origin.code().to_owned()).unwrap_or_default(),
        description: variant.customs_description.clone(),
        grams: variant
            .weight
            .filter(|_| !variant.weight_from_category)
            .map(|weight| weight.grams.to_string())
            .unwrap_or_default(),
        lacks_hs: lacks(Missing::Hs),
        lacks_origin: lacks(Missing::Origin),
        lacks_description: lacks(Missing::Description),
        lacks_weight: lacks(Missing::Weight),
        form: None,
    }
}

/// Customs facts as a form has them; what is blank stays as it was. Errors: every field that cannot be read.
pub fn facts_of(form: &Form, mark: Mark) -> Result<SetCustomsFacts> {
    let mut read = Reading::of(form, mark);
    let facts = SetCustomsFacts {
        hs: read.parsed("hs"),
        origin: read.parsed("origin"),
        description: form.given("description").map(str::to_owned),
        weight: read.weight("weight"),
        fill_siblings: form.ticked("siblings"),
    };
    read.done(facts)
}

async fn set(app: &App, visitor: &Visitor, desk: Desk, id: &str, form: &Form) -> Answer {
    let variant = crate::place::id::<Variant>(id)?;
    let owner = match desk {
        Desk::Seller => Some(own(visitor)?.raw()),
        Desk::Console => None,
    };
    let outcome = async {
        let facts = facts_of(form, visitor.locale.mark())?;
        app.store.write_as(visitor.actor, move |tx| write(tx, owner, variant, &facts)).await
    };
    match outcome.await {
        Ok(()) => Ok(done(visitor, base_of(desk), "d-said-saved")),
        Err(error) => {
            let typed = FormView::again(&visitor.locale, form, error)?;
            unaccepted(shown(app, visitor, desk, form, Some((variant.to_string(), typed))).await)
        }
    }
}

/// Errors: not found, unless the variant is the owner's.
fn write(tx: &mut store::Tx, owner: Option<i64>, variant: base::Id<Variant>, facts: &SetCustomsFacts) -> Result<()> {
    let foreign =
        catalog::facts(tx, &[variant])?.iter().any(|known| owner.is_some_and(|own| own != known.organisation));
    if foreign {
        return Err(Error::not_found("unknown_variant", "There is no such variant."));
    }
    catalog::set_customs_facts(tx, variant, facts)
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
