//! People of the operator and their roles; the installation's own facts.

use super::sellers::{hash_of, join};
use super::show;
use crate::desk::form::{FormView, unaccepted};
use crate::desk::{self, words};
use crate::seller::settings::{AgreementView, MemberView, agreement_view, member_view};
use crate::{Answer, App, Form, Visitor};
use axum::extract::State;
use base::{Error, Role};
use parties::Member;
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    members: Vec<RowView>,
    roles: Vec<RoleView>,
    form: FormView,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    name: String,
    email: String,
    role: String,
    self_: bool,
}

#[derive(Serialize)]
struct RoleView {
    code: &'static str,
    name: String,
    text: String,
}

const ROLES: [Role; 4] = [Role::Admin, Role::Operations, Role::Finance, Role::Service];

/// GET /console/people
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    shown(&app, &visitor, FormView::of([("role", "operations".to_owned())])).await
}

async fn shown(app: &App, visitor: &Visitor, form: FormView) -> Answer {
    let own = desk::own(visitor)?;
    let members = app.store.read_as(visitor.actor, move |db: &mut Read| parties::members(db, own)).await?;
    let locale = &visitor.locale;
    let me = visitor.signed_in()?.person;
    let view = View {
        members: members
            .iter()
            .map(|member: &Member| RowView {
                id: member.person.to_string(),
                name: member.name.clone(),
                email: member.email.clone(),
                role: words::role(locale, member.role.name()),
                self_: member.person == me,
            })
            .collect(),
        roles: ROLES
            .iter()
            .map(|role| RoleView {
                code: role.name(),
                name: words::role(locale, role.name()),
                text: words::word(locale, "c-role-may", role.name()),
            })
            .collect(),
        form,
    };
    let title = locale.t("d-menu-people");
    show(app, visitor, "console/people.html", &title, &view).await
}

/// POST /console/people: adds somebody, or takes a role away.
pub async fn change(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let own = desk::own(&visitor)?;
    if form.text("deed") == "remove" {
        let person = desk::id(form.text("person"))?;
        let write = move |tx: &mut Tx| parties::remove_member(tx, person, own);
        return match app.store.write_as(visitor.actor, write).await {
            Ok(()) => Ok(desk::done(&visitor, "/console/people", "d-said-saved")),
            Err(error) => desk::refused(&visitor, "/console/people", error),
        };
    }
    let outcome = async {
        let hash = hash_of(&form).await?;
        let role = Role::named(form.text("role")).filter(|role| ROLES.contains(role));
        let role = role.ok_or_else(|| Error::field("role", "format", "Choose a role."))?;
        let sent = form.clone();
        app.store.write_as(visitor.actor, move |tx: &mut Tx| join(tx, &sent, &hash, own, role)).await
    };
    match outcome.await {
        Ok(()) => Ok(desk::done(&visitor, "/console/people", "c-said-person-added")),
        Err(error) => {
            let form = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, form).await)
        }
    }
}

#[derive(Serialize)]
struct SettingsView {
    name: String,
    country: String,
    currency: String,
    language: String,
    since: String,
    members: Vec<MemberView>,
    agreements: Vec<AgreementView>,
    languages: Vec<String>,
    warehouses: Vec<WarehouseView>,
    settings: Vec<SettingView>,
    base_url: String,
    demo: bool,
}

#[derive(Serialize)]
struct WarehouseView {
    code: String,
    name: String,
    place: String,
}

#[derive(Serialize)]
struct SettingView {
    key: String,
    value: String,
}

/// GET /console/settings
pub async fn settings(State(app): State<App>, visitor: Visitor) -> Answer {
    let own = desk::own(&visitor)?;
    let read = move |db: &mut Read| {
        let now = db.now();
        let platform = parties::organisation(db, own)?;
        let agreements = terms::current(db, own, now)?;
        let warehouses = stock::warehouses(db, None, "", 100)?;
        Ok((platform, agreements, warehouses, parties::members(db, own)?, parties::settings(db)?))
    };
    let (platform, agreements, warehouses, members, settings) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let place = |one: &stock::Warehouse| format!("{}, {}", one.address.city, locale.country(one.country));
    // A secret is a setting too; its value stays in the database.
    let shown = |key: &str| !["secret", "token", "key"].iter().any(|word| key.contains(word));
    let view = SettingsView {
        name: platform.name.clone(),
        country: locale.country(platform.country),
        currency: locale.currency(platform.currency),
        language: platform.language.tag().to_owned(),
        since: locale.date(platform.created_at.date()),
        members: members.iter().map(|member| member_view(&visitor, member)).collect(),
        agreements: agreements.iter().map(|one| agreement_view(&visitor, one)).collect(),
        languages: app.languages.all().iter().map(|one| one.t("language-name").to_string()).collect(),
        warehouses: warehouses
            .iter()
            .map(|one| WarehouseView { code: one.code.clone(), name: one.name.clone(), place: place(one) })
            .collect(),
        settings: settings
            .into_iter()
            .filter(|(key, _)| shown(key))
            .map(|(key, value)| SettingView { key, value })
            .collect(),
        base_url: app.config.base_url.clone(),
        demo: app.config.demo,
    };
    let title = locale.t("d-menu-settings");
    show(&app, &visitor, "console/settings.html", &title, &view).await
}
