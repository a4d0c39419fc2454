//! One offer in the console: what it is supplied from.

use crate::page::under;
use axum::extract::{Path, State};
use base::{Error, Id, Permission};
use desk::form::{FormView, unaccepted};
use desk::supplied::{self, SuppliedView};
use desk::{Crumb, done};
use frame::{Answer, App, Form, Visitor};
use offers::Offer;
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    title: String,
    under: String,
    image: String,
    slug: String,
    form: FormView,
    supplied: SuppliedView,
}

/// GET /console/offers/{offer}
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    shown(&app, &visitor, desk::id::<Offer>(&id)?, FormView::default()).await
}

async fn shown(app: &App, visitor: &Visitor, id: Id<Offer>, mut form: FormView) -> Answer {
    let read = move |db: &mut Read| Ok((offers::facts(db, &[id])?, offers::supply_of(db, id)?));
    let (facts, now) = app.store.read_as(visitor.actor, read).await?;
    supplied::fill(&mut form, now);
    let facts = facts.into_iter().next().ok_or_else(|| Error::not_found("unknown_offer", "There is no such offer."))?;
    let product = format!("/console/products/{}", facts.product);
    let can_write = visitor.may(Permission::CatalogWrite);
    let view = View {
        under: desk::words::joined(&[facts.label.as_str(), facts.sku.as_str(), &facts.seller_name], " · "),
        title: facts.title.clone(),
        image: facts.image,
        slug: facts.slug,
        form,
        supplied: SuppliedView::new(&visitor.locale, format!("/console/offers/{id}"), can_write),
    };
    let above = vec![
        Crumb::new("/console/products", visitor.locale.t("d-menu-products").to_string()),
        Crumb::new(&product, facts.title),
    ];
    under(app, visitor, "console/offer.html", above, &visitor.locale.t("d-supplied"), &view).await
}

/// POST /console/offers/{offer}
pub async fn change(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let known = desk::id::<Offer>(&id)?;
    let (sent, mark) = (form.clone(), visitor.locale.mark());
    let write = move |tx: &mut Tx| supplied::set(tx, known, &sent, mark);
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(done(&visitor, &format!("/console/offers/{id}"), "d-said-saved")),
        Err(error) => {
            let view = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, known, view).await)
        }
    }
}
