//! What a seller is known as, under which terms it sells, who acts for it, from where it ships.

use super::show;
use crate::desk;
use crate::desk::words;
use axum::extract::State;
use base::{Money, Permission};
use frame::{Answer, App, Visitor};
use parties::Member;
use serde::Serialize;
use store::Read;
use terms::Agreement;

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

/// Someone who acts for an organisation.
#[derive(Serialize)]
pub(crate) struct MemberView {
    name: String,
    email: String,
    role: String,
}

/// Terms as both desks show them.
#[derive(Serialize)]
pub(crate) struct AgreementView {
    mode: String,
    version: i64,
    commission: String,
    commission_tax: String,
    fee: String,
    acceptance: i64,
    payout: i64,
    handling: i64,
    from: String,
    to: Option<String>,
}

#[derive(Serialize)]
struct WarehouseView {
    code: String,
    name: String,
    city: String,
    country: String,
}

/// A member as a row.
pub(crate) fn member_view(visitor: &Visitor, member: &Member) -> MemberView {
    MemberView {
        name: member.name.clone(),
        email: member.email.clone(),
        role: words::role(&visitor.locale, member.role.name()),
    }
}

/// An agreement as a row.
pub(crate) fn agreement_view(visitor: &Visitor, one: &Agreement) -> AgreementView {
    let locale = &visitor.locale;
    AgreementView {
        mode: words::mode(locale, one.mode),
        version: one.version,
        commission: locale.percent(base::Rate::basis_points(one.commission_bp)),
        commission_tax: match one.commission_tax_jurisdiction.as_str() {
            "" => String::new(),
            place => format!("{} {place}", locale.percent(base::Rate::basis_points(one.commission_tax_bp))),
        },
        fee: locale.money(Money::new(one.fixed_fee_minor, one.currency)),
        acceptance: one.acceptance_days,
        payout: one.payout_days,
        handling: one.handling_hours,
        from: locale.date(one.effective_from.date()),
        to: one.effective_to.map(|to| locale.date(to.date())),
    }
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
