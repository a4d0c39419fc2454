//! Who acts for an organisation, in which role: the operator's people, and a seller's, managed by its owner.

use super::form::{FormView, unaccepted};
use super::{Desk, done, own, refused, show, words};
use crate::failure::Answer;
use crate::{App, Form, Visitor};
use axum::extract::State;
use base::{Error, Id, Result, Role};
use notify::{Kind, Tell};
use parties::{Organisation, Person, Register};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    base: &'static str,
    lead: String,
    members: Vec<RowView>,
    roles: Vec<RoleView>,
    form: FormView,
    /// Newcomers are invited by mail.
    mail: bool,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    name: String,
    email: String,
    role: &'static str,
    role_name: String,
    self_: bool,
}

#[derive(Serialize)]
struct RoleView {
    code: &'static str,
    name: String,
    text: String,
}

fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/people",
        Desk::Console => "/console/people",
    }
}

/// Roles that a desk's organisation has, the one for newcomers last.
fn roles(desk: Desk) -> &'static [Role] {
    match desk {
        Desk::Seller => &[Role::SellerOwner, Role::SellerStaff],
        Desk::Console => &[Role::Admin, Role::Finance, Role::Service, Role::Operations],
    }
}

async fn page(app: &App, visitor: &Visitor, desk: Desk, form: Option<FormView>) -> Answer {
    let own = own(visitor)?;
    let members = app.store.read_as(visitor.actor, move |db: &mut Read| parties::members(db, own)).await?;
    let locale = &visitor.locale;
    let me = visitor.signed_in()?.person;
    let roles = roles(desk);
    let usual = roles.last().map_or("", |role| role.name());
    let view = View {
        base: base_of(desk),
        lead: locale.t(if desk == Desk::Seller { "s-people-lead" } else { "c-people-lead" }).to_string(),
        members: members
            .iter()
            .map(|member| RowView {
                id: member.person.to_string(),
                name: member.name.clone(),
                email: member.email.clone(),
                role: member.role.name(),
                role_name: words::role(locale, member.role.name()),
                self_: member.person == me,
            })
            .collect(),
        roles: roles
            .iter()
            .map(|role| RoleView {
                code: role.name(),
                name: words::role(locale, role.name()),
                text: words::word(locale, "d-role-may", role.name()),
            })
            .collect(),
        mail: app.config.mail,
        form: form.unwrap_or_else(|| FormView::of([("role", usual.to_owned())])),
    };
    let title = locale.t("d-menu-people");
    show(app, visitor, desk, "desk/people.html", Vec::new(), &title, &view).await
}

fn role_of(desk: Desk, form: &Form) -> Result<Role> {
    let role = Role::named(form.text("role")).filter(|role| roles(desk).contains(role));
    role.ok_or_else(|| Error::field("role", "format", "Choose a role."))
}

async fn change(app: &App, visitor: &Visitor, desk: Desk, form: &Form) -> Answer {
    let (own, base) = (own(visitor)?, base_of(desk));
    match form.text("deed") {
        "" => add(app, visitor, desk, form, own).await,
        deed => {
            let person = super::id(form.text("person"))?;
            let role = if deed == "remove" { None } else { Some(role_of(desk, form)?) };
            let write = move |tx: &mut Tx| match role {
                None => parties::remove_member(tx, person, own),
                // Only those who are in may get another role this way: others are added by their e-mail.
                Some(role) if parties::members(tx, own)?.iter().any(|member| member.person == person) => {
                    parties::add_member(tx, person, own, role)
                }
                Some(_) => Err(Error::not_found("unknown_person", "Nobody like this acts for you.")),
            };
            match app.store.write_as(visitor.actor, write).await {
                Ok(()) => Ok(done(visitor, base, "d-said-saved")),
                Err(error) => refused(visitor, base, error),
            }
        }
    }
}

async fn add(app: &App, visitor: &Visitor, desk: Desk, form: &Form, own: Id<Organisation>) -> Answer {
    let outcome = async {
        let (newcomer, role) = (newcomer(app, form).await?, role_of(desk, form)?);
        app.store.write_as(visitor.actor, move |tx: &mut Tx| join(tx, &newcomer, own, role).map(drop)).await
    };
    match outcome.await {
        Ok(()) => Ok(done(visitor, base_of(desk), "d-said-person-added")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, form, error)?;
            unaccepted(page(app, visitor, desk, Some(again)).await)
        }
    }
}

impl Newcomer {
    /// Somebody with this first password; without one they are invited by mail when there is a mail server, and the account's
    /// password is one that nobody knows until they choose theirs. Errors: a password that is too short or too long.
    pub async fn new(app: &App, email: &str, name: &str, password: Option<String>) -> Result<Newcomer> {
        let invited = password.is_none() && app.config.mail;
        let password = if invited { Some(app.secrets.next()) } else { password };
        let hash = match password {
            Some(password) => Some(hash_of(password).await?),
            None => None,
        };
        Ok(Newcomer { email: email.to_owned(), name: name.to_owned(), hash, invited })
    }
}

/// Somebody, as a form describes them. Errors: a password that is too short or too long.
pub async fn newcomer(app: &App, form: &Form) -> Result<Newcomer> {
    let password = form.text("password").to_owned();
    let password = (!app.config.mail || !password.is_empty()).then_some(password);
    Newcomer::new(app, form.text("email"), form.text("person"), password).await
}

/// The hash of a password, made outside of any transaction. Errors: too short or too long.
pub async fn hash_of(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || parties::hash_password(&password)).await.map_err(Error::internal)?
}

/// Somebody to let in.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// What they sign in with.
    pub email: String,
    /// Their name; for a new account.
    pub name: String,
    /// Of their first password; for a new account.
    pub hash: Option<String>,
    /// They choose their first password themselves, by the link of a letter.
    pub invited: bool,
}

fn invite(tx: &mut Tx, register: &Register, of: Id<Organisation>) -> Result<Id<Person>> {
    let (person, reset) = parties::invite(tx, register)?;
    let facts = serde_json::json!({ "organisation": of.raw() }).to_string();
    let tell = Tell {
        kind: Kind::Invited,
        subject: reset.id.raw(),
        recipient: &reset.email,
        language: reset.language.tag(),
        facts: &facts,
        send: true,
    };
    notify::tell(tx, &tell)?;
    Ok(person)
}

/// Lets somebody act for an organisation: with a new account, or the one that has this e-mail already.
/// Errors: a new account without a password, and those of `parties`.
pub fn join(tx: &mut Tx, newcomer: &Newcomer, of: Id<Organisation>, role: Role) -> Result<Id<Person>> {
    let known = parties::credentials(tx, &newcomer.email)?.map(|(person, _)| person);
    let person = match known {
        Some(person) => person,
        None => {
            let needed = || Error::field("password", "required", "Give the new account a first password.");
            let organisation = parties::organisation(tx, of)?;
            let register = Register {
                email: newcomer.email.clone(),
                password_hash: newcomer.hash.clone().ok_or_else(needed)?,
                name: newcomer.name.clone(),
                language: organisation.language,
                country: organisation.country,
            };
            match newcomer.invited {
                true => invite(tx, &register, of)?,
                false => parties::register(tx, &register)?,
            }
        }
    };
    parties::add_member(tx, person, of, role)?;
    Ok(person)
}

/// GET /seller/people
pub async fn seller(State(app): State<App>, visitor: Visitor) -> Answer {
    page(&app, &visitor, Desk::Seller, None).await
}

/// POST /seller/people: adds somebody, gives another role, or takes one away.
pub async fn seller_change(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    change(&app, &visitor, Desk::Seller, &form).await
}

/// GET /console/people
pub async fn console(State(app): State<App>, visitor: Visitor) -> Answer {
    page(&app, &visitor, Desk::Console, None).await
}

/// POST /console/people: adds somebody, gives another role, or takes one away.
pub async fn console_change(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    change(&app, &visitor, Desk::Console, &form).await
}
