//! Setting a connection up, trying it and ending it. Whatever is set up for money is asked first, outside of any transaction: whether
//! the key is taken, and whether it is of the account that took the money before, whose payments no other account knows.

use crate::app::App;
use crate::connections::kind::{Kind, karrio, smtp, stripe, stripe_with};
use base::{Actor, Error, Result};
use connect::stripe::{NAMES, Stripe};
use parties::{Connection, PutConnection, Words};
use payments::Intent;
use store::{Read, Tx};

/// Calls that one shop's admins may have made to the other side: so many at once, and as many again in a quarter of an hour.
const CALLS: i64 = 10;
const WINDOW_SECONDS: i64 = 900;

/// Counts a call to the other side. Errors: `too_many_attempts`.
async fn count(app: &App, actor: Actor, kind: Kind) -> Result<()> {
    let key = format!("connection:{}", kind.name());
    app.store.write_as(actor, move |tx| parties::attempt(tx, &key, CALLS, WINDOW_SECONDS)).await
}

/// Errors: `connection_given` (conflict).
fn free(app: &App, kind: Kind) -> Result<()> {
    if app.connections.is_given(kind) {
        let say = "This is set by the server's start; take the flag or environment variable away to set it here.";
        return Err(Error::conflict("connection_given", say));
    }
    Ok(())
}

/// What is known of a kind: every connection of it, and the secrets of the one that was used last.
fn known(db: &mut Read, kind: Kind) -> Result<(Vec<Connection>, Words)> {
    let all: Vec<Connection> = parties::connections(db)?.into_iter().filter(|one| one.kind == kind.name()).collect();
    let secrets = match all.first() {
        Some(one) => parties::connection_secrets(db, &one.name)?,
        None => Words::new(),
    };
    Ok((all, secrets))
}

/// Sets up what was `typed`; secrets that were not keep as they are. It serves at once. Errors: denied; fields; `connection_given`,
/// `connection_changed`; `too_many_attempts`; for payments, whatever Stripe has against the key.
pub async fn save(app: &App, actor: Actor, kind: Kind, typed: &Words) -> Result<()> {
    actor.may(base::Permission::SettingsWrite)?;
    free(app, kind)?;
    let (all, kept) = app.store.read(move |db| known(db, kind)).await?;
    let (settings, secrets) = kind.read(typed, &kept)?;
    let given = app.connections.given();
    let name = match kind {
        Kind::Payments => {
            let made = stripe_with(given, &secrets)?;
            count(app, actor, kind).await?;
            made.check().await.map_err(at_key)?;
            account(app, &made, &all).await.map_err(at_key)?
        }
        Kind::Carrier => {
            karrio(given, &settings, &secrets)?;
            kind.first_name()
        }
        Kind::Mail => {
            smtp(given, &settings, &secrets)?;
            kind.first_name()
        }
    };
    let seen = all.iter().find(|one| one.name == name).map(|one| one.changed_at);
    let moved =
        kind == Kind::Carrier && all.first().is_some_and(|one| one.settings.get("address") != settings.get("address"));
    let put = PutConnection { name: name.into(), kind: kind.name().into(), settings, secrets, seen };
    let deed = move |tx: &mut Tx| {
        // Another server knows nothing of the parcels that this one has under way.
        if moved && logistics::under_way(tx, kind.first_name())? {
            let say = "Parcels booked at the former address are still under way; change it when they have arrived.";
            return Err(Error::field("address", "parcels_under_way", say));
        }
        parties::put_connection(tx, &put)
    };
    app.store.write_as(actor, deed).await?;
    app.reconnect().await
}

/// What the other side has against a key, beside its field.
fn at_key(error: Error) -> Error {
    match error.kind {
        base::Kind::Unavailable => Error::field("key", error.code, error.message),
        _ => error,
    }
}

/// The name of the account that `made` reaches: that of the connection whose newest payment it knows, or a new one. Errors: unavailable
/// when Stripe does not answer; `too_many_accounts` (conflict).
async fn account(app: &App, made: &Stripe, all: &[Connection]) -> Result<&'static str> {
    let names = NAMES;
    let newest =
        move |db: &mut Read| names.iter().map(|name| payments::newest_of(db, name)).collect::<Result<Vec<_>>>();
    let newest: Vec<Option<Intent>> = app.store.read(newest).await?;
    let mut free = None;
    // The one in use first: two accounts without a payment are one name.
    let mut order: Vec<usize> = (0..NAMES.len()).collect();
    order.sort_by_key(|at| all.iter().position(|one| one.name == NAMES[*at]).unwrap_or(NAMES.len()));
    for at in order {
        match &newest[at] {
            Some(intent) if made.knows(intent).await? => return Ok(NAMES[at]),
            Some(_) => {}
            None => free = free.or(Some(NAMES[at])),
        }
    }
    let say = "Too many accounts at Stripe have taken money here; use one of them again.";
    free.ok_or_else(|| Error::conflict("too_many_accounts", say))
}

/// Tries the connection in use and keeps what came of it. Errors: denied; `no_connection` (conflict); `too_many_attempts`. What the
/// other side has against it is no error.
pub async fn test(app: &App, actor: Actor, kind: Kind) -> Result<Option<Error>> {
    actor.may(base::Permission::SettingsWrite)?;
    free(app, kind)?;
    let (all, secrets) = app.store.read(move |db| known(db, kind)).await?;
    let none = || Error::conflict("no_connection", "Set the connection up first.");
    let one = all.into_iter().next().filter(|one| one.active).ok_or_else(none)?;
    count(app, actor, kind).await?;
    let given = app.connections.given();
    let outcome = match kind {
        Kind::Payments => async { stripe(given, &one, &secrets)?.check().await }.await,
        Kind::Carrier => async { karrio(given, &one.settings, &secrets)?.check().await }.await,
        Kind::Mail => async { smtp(given, &one.settings, &secrets)?.check().await }.await,
    };
    let (fault, name, seen) = (outcome.err(), one.name, one.changed_at);
    let told = fault.clone();
    app.store.write_as(actor, move |tx| parties::record_test(tx, &name, seen, told.as_ref())).await?;
    Ok(fault)
}

/// Works with nobody of this kind from now on; who took money or parcels brings to an end what was begun. Errors: denied;
/// `connection_given` (conflict).
pub async fn end(app: &App, actor: Actor, kind: Kind) -> Result<()> {
    free(app, kind)?;
    let deed = move |tx: &mut Tx| {
        let all = parties::connections(tx)?;
        let ours = all.into_iter().filter(|one| one.kind == kind.name() && one.active);
        ours.map(|one| one.name)
            .collect::<Vec<_>>()
            .iter()
            .try_for_each(|name| parties::end_connection(tx, name, kind.stays()))
    };
    app.store.write_as(actor, deed).await?;
    app.reconnect().await
}
