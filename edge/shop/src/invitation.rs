//! The page behind an invitation's link: who offers what, and the answer. Whoever has no account yet opens one here when the link
//! proves the address; nothing else is ever done in the name of somebody who did not say yes.

use crate::register::{fields, new_person};
use crate::session::{self, home_of};
use crate::sign::{ATTEMPTS, WINDOW_SECONDS};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Actor, Error, Id, Kind, Result, Role};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head, redirect};
use frame::parts::acting::role_name;
use frame::parts::address::Problem;
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::visitor::Visitor;
use parties::{Invitation, Person};
use serde::Serialize;
use store::Tx;

#[derive(Serialize)]
struct View {
    offer: Option<OfferView>,
    token: String,
    /// Where to come back to after signing in.
    back: String,
    declined: bool,
    /// Signed in as the one who is invited.
    mine: bool,
    /// The link proves the address, so that an account may be opened here.
    opens: bool,
    fields: Vec<FieldView>,
    problems: Vec<Problem>,
    problems_title: String,
}

/// An offered role, as whoever is invited sees it.
#[derive(Serialize)]
pub(super) struct OfferView {
    pub(super) id: String,
    pub(super) organisation: String,
    pub(super) role: &'static str,
    pub(super) role_name: String,
    /// The person who wrote it, or empty.
    pub(super) by: String,
    pub(super) email: String,
    pub(super) until: String,
}

/// An offer in the reader's words.
pub(super) fn offer_view(visitor: &Visitor, offer: &Invitation) -> OfferView {
    let locale = &visitor.locale;
    OfferView {
        id: offer.id.to_string(),
        organisation: offer.organisation_name.clone(),
        role: offer.role.name(),
        role_name: role_name(visitor, offer.role),
        by: offer.invited_by.clone(),
        email: offer.email.clone(),
        until: locale.day(offer.expires_at.date(), visitor.today()),
    }
}

/// This page, to come back to.
fn here(form: &Form) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("token", form.text("token")).finish();
    format!("/invitation?{query}")
}

/// GET /invitation?token=…
pub async fn show(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    shown(&app, &visitor, &form, false, Vec::new()).await
}

async fn shown(app: &App, visitor: &Visitor, form: &Form, declined: bool, problems: Vec<Problem>) -> Answer {
    let token = form.text("token").to_owned();
    let asked = token.clone();
    let offer = app.store.read(move |db| parties::invitation_by_token(db, &asked)).await?;
    let status = match (&offer, declined, problems.is_empty()) {
        (None, false, _) => StatusCode::GONE,
        (_, _, false) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let view = View {
        back: here(form),
        token,
        declined,
        mine: offer.as_ref().zip(visitor.session.as_ref()).is_some_and(|(offer, me)| offer.email == me.email),
        opens: offer.as_ref().is_some_and(|offer| offer.proves),
        offer: offer.as_ref().map(|offer| offer_view(visitor, offer)),
        fields: fields(visitor, form, &problems),
        problems_title: problems_title(&visitor.locale, &problems),
        problems,
    };
    let title = if declined { "invitation-declined" } else { "invitation" };
    let head = Head::titled(&*visitor.locale.t(title)).unlisted();
    let mut response = page::render(app, visitor, "shop/invitation.html", head, &view)?;
    *response.status_mut() = status;
    Ok(response)
}

/// POST /invitation: accepts, declines, or opens the account that accepts.
pub async fn answer(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let done = match form.text("deed") {
        "decline" => return decline(&app, &visitor, &form).await,
        "register" => register(&app, &visitor, &form).await,
        _ => accept(&app, &visitor, &form).await,
    };
    match done {
        Ok(response) => Ok(response),
        // It is over, or another stands in its place, or it is another's: the page shows which.
        Err(error) if error.kind == Kind::Gone => {
            let problem = Problem::general(&*visitor.locale.t("acting-over"));
            shown(&app, &visitor, &form, false, vec![problem]).await
        }
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            shown(&app, &visitor, &form, false, problems).await
        }
    }
}

async fn decline(app: &App, visitor: &Visitor, form: &Form) -> Answer {
    let token = form.text("token").to_owned();
    match app.store.write_as(visitor.actor, move |tx| parties::decline_by_token(tx, &token)).await {
        Ok(()) => shown(app, visitor, form, true, Vec::new()).await,
        Err(error) if error.kind == Kind::Gone => shown(app, visitor, form, false, Vec::new()).await,
        Err(error) => Err(error.into()),
    }
}

/// The role that the form showed. Errors: none such.
pub(super) fn seen_role(form: &Form) -> Result<Role> {
    Role::named(form.text("role")).ok_or_else(|| Error::field("role", "unknown_choice", "There is no such role."))
}

async fn accept(app: &App, visitor: &Visitor, form: &Form) -> Result<Response> {
    let Some(session) = visitor.session_token.clone() else {
        let back = form_urlencoded::Serializer::new(String::new()).append_pair("back", &here(form)).finish();
        return Ok(redirect(&format!("/sign-in?{back}")));
    };
    let (token, role) = (form.text("token").to_owned(), seen_role(form)?);
    let offer = app.store.read(move |db| parties::invitation_by_token(db, &token)).await?;
    let id = offer.ok_or_else(over)?.id;
    let home = app.store.write_as(visitor.actor, move |tx| accept_and_act(tx, &session, id, role)).await?;
    Ok(redirect(home))
}

/// Accepts, and acts for the organisation from now on; gives where its work is.
pub(super) fn accept_and_act(tx: &mut Tx, session: &str, id: Id<Invitation>, role: Role) -> Result<&'static str> {
    let organisation = parties::accept_invitation(tx, id, role)?;
    parties::switch(tx, session, Some(organisation))?;
    let acting = parties::session(tx, session)?.ok_or_else(Error::unauthenticated)?;
    Ok(home_of(acting.actor))
}

/// Opens the account by the link, signs in, and accepts: three deeds, of which each leaves what can be gone on with.
async fn register(app: &App, visitor: &Visitor, form: &Form) -> Result<Response> {
    let (token, role, key) =
        (form.text("token").to_owned(), seen_role(form)?, format!("invitation:{}", visitor.network()));
    // A hash costs: only a link that is good, and not too many tries, are worth one.
    let asked = token.clone();
    let offer = app.store.write(move |tx| {
        parties::attempt(tx, &key, ATTEMPTS, WINDOW_SECONDS)?;
        parties::invitation_by_token(tx, &asked)
    });
    let offer = offer.await?.filter(|offer| offer.proves).ok_or_else(over)?;
    let new = new_person(app, visitor, form, &offer.email).await?;
    let opened = app.store.write_as(Actor::Guest, move |tx| parties::register_invited(tx, &token, &new)).await;
    let person: Id<Person> = match opened {
        Ok(person) => person,
        // The holder of the link owns the address: they may know that it has an account.
        Err(error) if error.kind == Kind::Gone => {
            return Err(Error::field("email", "email_known", "This address has an account: sign in to answer."));
        }
        Err(error) => return Err(error),
    };
    let begun = session::begin(app, visitor, person, parties::Proof::Password).await?;
    let actor = Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer };
    let session = begun.token.clone();
    let home = app.store.write_as(actor, move |tx| accept_and_act(tx, &session, offer.id, role)).await?;
    Ok(begun.to(visitor, Some(home)))
}

fn over() -> Error {
    Error::gone(
        "invitation_over",
        "This invitation was answered, withdrawn or changed, or is too old; ask for a new one.",
    )
}
