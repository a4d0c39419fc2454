//! What a seller is known as, under which terms it sells, who acts for it, from where it ships.

use crate::page::show;

use axum::extract::State;
use base::Permission;
use desk::terms::{AgreementView, MemberView, agreement_view, member_view};
use frame::{Answer, App, Visitor};
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    name: String,
    country: String,
    currency: String,
    since: String,
    members: Vec<MemberView>,
    agreements: Vec<AgreementView>,
    warehouses: Vec<WarehouseView>,
    owner: bool,
}

#[derive(Serialize)]
struct WarehouseView {
    code: String,
    name: String,
    city: String,
    country: String,
}

/// GET /seller/settings
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let own = desk::own(&visitor)?;
    let read = move |db: &mut Read| {
        let now = db.now();
        let organisation = parties::organisation(db, own)?;
        let members = parties::members(db, own)?;
        let agreements = terms::current(db, own, now)?;
        Ok((organisation, members, agreements, stock::warehouses(db, Some(own.raw()), "", 100)?))
    };
    let (organisation, members, agreements, warehouses) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let view = View {
        name: organisation.name,
        country: locale.country(organisation.country),
        currency: locale.currency(organisation.currency),
        since: locale.date(organisation.created_at.date()),
        members: members.iter().map(|member| member_view(&visitor, member)).collect(),
        agreements: agreements.iter().map(|one| agreement_view(&visitor, one)).collect(),
        warehouses: warehouses
            .iter()
            .map(|one| WarehouseView {
                code: one.code.clone(),
                name: one.name.clone(),
                city: one.address.city.clone(),
                country: locale.country(one.country),
            })
            .collect(),
        owner: visitor.may(Permission::DeveloperWrite),
    };
    let title = locale.t("d-menu-settings");
    show(&app, &visitor, "seller/settings.html", &title, &view).await
}
