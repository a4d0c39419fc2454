//! What a seller is known as, under which terms it sells, who acts for it, from where it ships.

use crate::page::show;

use axum::extract::State;
use base::Permission;
use desk::company::{Company, CompanyView};
use desk::terms::{AgreementView, MemberView, agreement_view, member_view};
use desk::whose::Whose;
use frame::{Answer, App, Visitor};
use serde::Serialize;
use store::Read;
use terms::Paid;

#[derive(Serialize)]
struct View {
    name: String,
    country: String,
    currency: String,
    since: String,
    members: Vec<MemberView>,
    agreements: Vec<AgreementView>,
    company: CompanyView,
    owner: bool,
    /// Under some of them it supplies what the shop sells.
    supplies: bool,
}

/// GET /seller/settings
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let (own, whose) = (desk::own(&visitor)?, Whose::of(&visitor)?);
    let of = whose.clone();
    let read = move |db: &mut Read| {
        let now = db.now();
        let organisation = parties::organisation(db, own)?;
        let members = parties::members(db, own)?;
        let agreements = terms::current(db, own, now)?;
        Ok((organisation, members, agreements, Company::read(db, &of)?))
    };
    let (organisation, members, agreements, company) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let view = View {
        name: organisation.name,
        country: locale.country(organisation.country),
        currency: locale.currency(organisation.currency),
        since: locale.date(organisation.created_at.date()),
        members: members.iter().map(|member| member_view(&visitor, member)).collect(),
        agreements: agreements.iter().map(|one| agreement_view(&visitor, one)).collect(),
        company: company.view(&visitor, &whose),
        owner: visitor.may(Permission::DeveloperWrite),
        supplies: agreements.iter().any(|one| one.paid == Paid::SupplyPrice),
    };
    let title = locale.t("d-menu-settings");
    show(&app, &visitor, "seller/settings.html", &title, &view).await
}
