//! Who acts for an organisation, in which role, and to whom a role is offered: the operator's people, and a seller's, managed by its
//! owner. Nobody is let in: they are invited, and let themselves in.

use crate::developer::{SecretView, not_kept};
use crate::form::{FormView, unaccepted};
use crate::page::{done, refused, show};
use crate::place::{Desk, own};
use crate::words;
use axum::extract::State;
use base::{Error, Id, Kind as Fault, Result, Role};
use frame::failure::Answer;
use frame::parts::link::absolute;
use frame::{App, Form, Visitor};
use onboarding::{invite, invite_again};
use parties::{Invitation, Invite, Organisation, OrganisationKind};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    base: &'static str,
    lead: String,
    members: Vec<RowView>,
    roles: Vec<RoleView>,
    offers: OffersView,
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
pub struct RoleView {
    code: &'static str,
    name: String,
    text: String,
}

/// What an organisation offers to whom, and the form for one more.
#[derive(Serialize)]
pub struct OffersView {
    rows: Vec<OfferRow>,
    roles: Vec<RoleView>,
    form: FormView,
    /// Invitations go out by mail; else their link is shown to who invites.
    mail: bool,
    /// The link just made.
    link: Option<SecretView>,
}

#[derive(Serialize)]
struct OfferRow {
    id: String,
    email: String,
    role_name: String,
    by: String,
    until: String,
}

fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/people",
        Desk::Console => "/console/people",
    }
}

/// Roles that a kind of organisation has, the one for newcomers last.
fn roles(kind: OrganisationKind) -> &'static [Role] {
    match kind {
        OrganisationKind::Seller => &[Role::SellerOwner, Role::SellerStaff],
        OrganisationKind::Platform => &[Role::Admin, Role::Finance, Role::Service, Role::Operations],
    }
}

fn kind_of(desk: Desk) -> OrganisationKind {
    match desk {
        Desk::Seller => OrganisationKind::Seller,
        Desk::Console => OrganisationKind::Platform,
    }
}

fn role_views(visitor: &Visitor, kind: OrganisationKind) -> Vec<RoleView> {
    let view = |role: &Role| RoleView {
        code: role.name(),
        name: words::role(&visitor.locale, role.name()),
        text: words::word(&visitor.locale, "d-role-may", role.name()),
    };
    roles(kind).iter().map(view).collect()
}

/// The offers of an organisation of this kind, in the reader's words.
pub fn offers_view(
    app: &App,
    visitor: &Visitor,
    kind: OrganisationKind,
    offers: &[Invitation],
    form: Option<FormView>,
    link: Option<SecretView>,
) -> OffersView {
    let usual = roles(kind).last().map_or("", |role| role.name());
    let row = |offer: &Invitation| OfferRow {
        id: offer.id.to_string(),
        email: offer.email.clone(),
        role_name: words::role(&visitor.locale, offer.role.name()),
        by: offer.invited_by.clone(),
        until: visitor.locale.day(offer.expires_at.date(), visitor.today()),
    };
    OffersView {
        rows: offers.iter().map(row).collect(),
        roles: role_views(visitor, kind),
        form: form.unwrap_or_else(|| FormView::of([("role", usual.to_owned())])),
        mail: app.mail(),
        link,
    }
}

async fn page(app: &App, visitor: &Visitor, desk: Desk, form: Option<FormView>, link: Option<SecretView>) -> Answer {
    let own = own(visitor)?;
    let read = move |db: &mut Read| Ok((parties::members(db, own)?, parties::invitations(db, own)?));
    let (members, offers) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let me = visitor.signed_in()?.person;
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
        roles: role_views(visitor, kind_of(desk)),
        offers: offers_view(app, visitor, kind_of(desk), &offers, form, link),
    };
    let title = locale.t("d-menu-people");
    show(app, visitor, desk, "desk/people.html", Vec::new(), &title, &view).await
}

fn role_of(kind: OrganisationKind, form: &Form) -> Result<Role> {
    let role = Role::named(form.text("role")).filter(|role| roles(kind).contains(role));
    role.ok_or_else(|| Error::field("role", "format", "Choose a role."))
}

async fn change(app: &App, visitor: &Visitor, desk: Desk, form: &Form) -> Answer {
    let (own, base) = (own(visitor)?, base_of(desk));
    let (deed, person) = (form.text("deed").to_owned(), form.text("person"));
    if person.is_empty() {
        return match offer_deed(app, visitor, own, kind_of(desk), form).await {
            Ok(Outcome::Said(said)) => Ok(done(visitor, base, said)),
            Ok(Outcome::Link(link)) => not_kept(page(app, visitor, desk, None, Some(link)).await),
            Err(error) if error.kind == Fault::NotFound => {
                refused(visitor, base, Error::conflict(error.code, error.message))
            }
            Err(error) => {
                let again = FormView::again(&visitor.locale, form, error)?;
                unaccepted(page(app, visitor, desk, Some(again), None).await)
            }
        };
    }
    let person = crate::place::id(person)?;
    let role = if deed == "remove" { None } else { Some(role_of(kind_of(desk), form)?) };
    let write = move |tx: &mut Tx| match role {
        None => parties::remove_member(tx, person, own),
        Some(role) => parties::set_role(tx, person, own, role),
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(done(visitor, base, "d-said-saved")),
        Err(error) => refused(visitor, base, error),
    }
}

/// What became of a deed about an invitation.
pub enum Outcome {
    /// Done; the text that says so.
    Said(&'static str),
    /// A link to hand over, to be shown this once.
    Link(SecretView),
}

/// Invites somebody, sends an invitation again or takes it back, as the form's `deed` says. Errors: those of `parties`.
pub async fn offer_deed(
    app: &App,
    visitor: &Visitor,
    of: Id<Organisation>,
    kind: OrganisationKind,
    form: &Form,
) -> Result<Outcome> {
    let mail = app.mail();
    let link = match form.text("deed") {
        "withdraw" => {
            let id = form.read("invitation")?;
            app.store.write_as(visitor.actor, move |tx: &mut Tx| parties::withdraw_invitation(tx, id)).await?;
            return Ok(Outcome::Said("d-said-invitation-withdrawn"));
        }
        "again" => {
            let id = form.read("invitation")?;
            app.store.write_as(visitor.actor, move |tx: &mut Tx| invite_again(tx, id, mail)).await?.path
        }
        _ => {
            let new = Invite { organisation: of, email: form.text("email").to_owned(), role: role_of(kind, form)? };
            app.store.write_as(visitor.actor, move |tx: &mut Tx| invite(tx, &new, mail)).await?.path
        }
    };
    Ok(match link {
        None => Outcome::Said("d-said-invited"),
        Some(path) => Outcome::Link(link_view(app, visitor, &path)),
    })
}

/// A link to hand over, whole.
pub fn link_view(app: &App, visitor: &Visitor, path: &str) -> SecretView {
    let value = absolute(app, path);
    SecretView { title: visitor.locale.t("d-link-made").to_string(), value }
}

/// GET /seller/people
pub async fn seller(State(app): State<App>, visitor: Visitor) -> Answer {
    page(&app, &visitor, Desk::Seller, None, None).await
}

/// POST /seller/people: invites somebody, gives another role, or takes one away.
pub async fn seller_change(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    change(&app, &visitor, Desk::Seller, &form).await
}

/// GET /console/people
pub async fn console(State(app): State<App>, visitor: Visitor) -> Answer {
    page(&app, &visitor, Desk::Console, None, None).await
}

/// POST /console/people: invites somebody, gives another role, or takes one away.
pub async fn console_change(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    change(&app, &visitor, Desk::Console, &form).await
}
