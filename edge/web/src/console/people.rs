//! People of the operator and their roles.

use super::sellers::{hash_of, join};
use super::show;
use crate::desk::form::{FormView, unaccepted};
use crate::desk::{self, words};
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
