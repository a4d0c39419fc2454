//! For whom somebody acts: choosing among one's organisations, answering what others offer, leaving.

use crate::invitation::{OfferView, accept_and_act, offer_view, seen_role};
use crate::session::{back, home_of};
use axum::extract::{Path, State};
use axum::response::Response;
use base::{Error, Id, Kind, Result};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{self, Head, redirect};
use frame::parts::acting::{OneView, rows};
use frame::visitor::Visitor;
use parties::{Invitation, Membership, Organisation};
use serde::Serialize;
use store::{Read, Tx};

/// Where one chooses.
const HERE: &str = "/account/organisations";

/// One's organisations and what is offered, as the account and the page of choice show them.
#[derive(Serialize)]
pub(crate) struct ActingView {
    /// Acts for nobody but themselves.
    myself: bool,
    organisations: Vec<OneView>,
    offers: Vec<OfferView>,
    said: Option<String>,
}

pub(super) type Acting = (Vec<Membership>, Vec<Invitation>);

/// What [`view`] is made of. Errors: nobody signed in.
pub(super) fn read(db: &mut Read, visitor: &Visitor) -> Result<Acting> {
    let person = visitor.signed_in()?.person;
    Ok((parties::memberships(db, person)?, parties::invitations_to_me(db)?))
}

pub(super) fn view(visitor: &Visitor, (all, offers): &Acting) -> ActingView {
    let organisations = rows(visitor, all);
    let said = visitor.flash.as_deref().filter(|said| said.starts_with("acting-"));
    ActingView {
        myself: organisations.iter().all(|one| !one.current),
        organisations,
        offers: offers.iter().map(|offer| offer_view(visitor, offer)).collect(),
        said: said.map(|key| visitor.locale.t(key).to_string()),
    }
}

#[derive(Serialize)]
struct View {
    acting: ActingView,
    back: String,
}

/// GET /account/organisations
pub async fn show(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let reader = visitor.clone();
    let acting = app.store.read_as(visitor.actor, move |db| read(db, &reader)).await?;
    let view = View { acting: view(&visitor, &acting), back: back(&form).unwrap_or_default().into() };
    let head = Head::titled(&*visitor.locale.t("acting-for")).unlisted();
    page::render(&app, &visitor, "shop/organisations.html", head, &view)
}

/// POST /account/organisations: acts for one of them, or for oneself.
pub async fn choose(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let wanted = form.given("organisation").map(str::parse::<Id<Organisation>>).transpose()?;
    let session = visitor.session_token.clone().unwrap_or_default();
    let chosen = app.store.write_as(visitor.actor, move |tx: &mut Tx| {
        parties::switch(tx, &session, wanted)?;
        let acting = parties::session(tx, &session)?.ok_or_else(Error::unauthenticated)?;
        // What the session may do has changed: whoever knew its token has nothing.
        Ok((home_of(acting.actor), parties::session::renew(tx, &session)?))
    });
    let (home, token) = chosen.await?;
    let mut response = redirect(back(&form).unwrap_or(home));
    set_cookies(&mut response, [visitor.session_cookie(&token)]);
    Ok(response)
}

fn said(visitor: &Visitor, to: &str, key: &str) -> Response {
    let mut response = redirect(to);
    set_cookies(&mut response, [visitor.flash_cookie(key)]);
    response
}

/// POST /account/invitations: accepts or declines what is offered to one's address.
pub async fn answer(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let id: Id<Invitation> = form.read("invitation")?;
    let session = visitor.session_token.clone().unwrap_or_default();
    let done = if form.text("deed") == "decline" {
        let declined = app.store.write_as(visitor.actor, move |tx| parties::decline_invitation(tx, id)).await;
        declined.map(|()| said(&visitor, HERE, "acting-declined"))
    } else {
        let role = seen_role(&form)?;
        let accepted = app.store.write_as(visitor.actor, move |tx| accept_and_act(tx, &session, id, role)).await;
        accepted.map(redirect)
    };
    match done {
        Err(error) if error.kind == Kind::Gone => Ok(said(&visitor, HERE, "acting-over")),
        done => Ok(done?),
    }
}

#[derive(Serialize)]
struct LeaveView {
    organisation: OneView,
    problem: Option<String>,
}

/// GET /account/organisations/{organisation}/leave: asks whether one means it.
pub async fn leave_page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    leave_form(&app, &visitor, &id, None).await
}

async fn leave_form(app: &App, visitor: &Visitor, id: &str, problem: Option<String>) -> Answer {
    let person = visitor.signed_in()?.person;
    let all = app.store.read_as(visitor.actor, move |db| parties::memberships(db, person)).await?;
    let one = rows(visitor, &all).into_iter().find(|one| one.id == id);
    let organisation = one.ok_or_else(|| Error::not_found("unknown_organisation", "You do not act for this one."))?;
    let head = Head::titled(&*visitor.locale.t("acting-leave")).unlisted();
    let refused = problem.is_some();
    let mut response = page::render(app, visitor, "shop/leave.html", head, &LeaveView { organisation, problem })?;
    if refused {
        *response.status_mut() = axum::http::StatusCode::CONFLICT;
    }
    Ok(response)
}

/// POST /account/organisations/{organisation}/leave
pub async fn leave(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let known: Id<Organisation> = id.parse()?;
    match app.store.write_as(visitor.actor, move |tx| parties::leave(tx, known)).await {
        Ok(()) => Ok(said(&visitor, HERE, "acting-left")),
        Err(error) if error.code == "last_owner" => {
            let why = visitor.locale.t("acting-last-owner").to_string();
            leave_form(&app, &visitor, &id, Some(why)).await
        }
        Err(error) => Err(error.into()),
    }
}
