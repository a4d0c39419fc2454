//! How a session begins, and where one lands.

use axum::response::Response;
use base::{Actor, Error, Id, Kind, Permission, Result};
use checkout::Reach;
use frame::App;
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{local, redirect};
use frame::visitor::Visitor;
use parties::{Person, Proof};

/// Where the visitor was going, if that was somewhere.
pub(super) fn back(form: &Form) -> Option<&str> {
    form.given("back").map(local)
}

/// Where somebody's work is: the desk of the organisation they act for, or a buyer's account.
pub(super) fn home_of(actor: Actor) -> &'static str {
    match actor {
        actor if actor.may(Permission::ConsoleRead).is_ok() => "/console",
        actor if actor.may(Permission::SellerRead).is_ok() => "/seller",
        _ => "/account",
    }
}

/// A session just begun.
pub(super) struct Begun {
    pub(super) token: String,
    /// By which the device is known from now on.
    device: String,
    /// Where one lands who was not going anywhere.
    home: &'static str,
    /// Pieces in the person's cart, when there is one.
    pieces: Option<i64>,
}

impl Begun {
    /// Goes on, signed in: to where the visitor was going, or to where their work is.
    pub(super) fn to(&self, visitor: &Visitor, back: Option<&str>) -> Response {
        let mut response = redirect(back.unwrap_or(self.home));
        set_cookies(&mut response, visitor.signed_in_cookies(&self.token, &self.device));
        if let Some(pieces) = self.pieces {
            set_cookies(&mut response, visitor.cart_cookies(visitor.cart.as_deref().unwrap_or(""), pieces));
        }
        response
    }
}

/// Begins a session for somebody who has shown who they are, and brings the cart along. The device is known from now on.
pub(super) async fn begin(app: &App, visitor: &Visitor, person: Id<Person>, proof: Proof) -> Result<Begun> {
    let guest = visitor.cart.clone().map(Reach::Token);
    let (old, device, entry) = (visitor.session_token.clone(), visitor.device.clone(), visitor.entry(proof));
    // The trail says who signed in.
    let actor = Actor::Person { person: person.raw(), organisation: 0, role: base::Role::Buyer };
    let begun = app.store.write_as(actor, move |tx| {
        if let Some(old) = &old {
            parties::sign_out(tx, old)?;
        }
        let token = parties::sign_in(tx, person, &entry)?.token;
        let session = parties::session(tx, &token)?.ok_or_else(Error::unauthenticated)?;
        let home = if parties::must_choose(tx, person)? { "/account/organisations" } else { home_of(session.actor) };
        Ok((token, parties::know_device(tx, person, device.as_deref())?, home))
    });
    let (token, device, home) = begun.await?;
    Ok(Begun { token, device, home, pieces: merged(app, actor, person, guest).await? })
}

async fn merged(app: &App, actor: Actor, person: Id<Person>, guest: Option<Reach>) -> Result<Option<i64>> {
    let done = app
        .store
        .write_as(actor, move |tx| {
            if let Some(guest) = &guest {
                checkout::merge(tx, guest, person)?;
            }
            checkout::pieces(tx, &Reach::Person(person))
        })
        .await;
    match done {
        Ok(pieces) => Ok(Some(pieces)),
        Err(error) if error.kind == Kind::NotFound || crate::cart::is_gone(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The password was right: on to the second step.
pub fn ask(visitor: &Visitor, token: &str, to: Option<&str>) -> Response {
    let mut path = "/sign-in/second".to_owned();
    if let Some(to) = to {
        path.push('?');
        path.push_str(&form_urlencoded::Serializer::new(String::new()).append_pair("back", to).finish());
    }
    let mut response = redirect(&path);
    set_cookies(&mut response, [visitor.step_cookie(token)]);
    response
}
