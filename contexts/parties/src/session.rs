//! Sessions: signed in for thirty days, known by a random token of which only the hash is kept.

use crate::member::{self, memberships, role_named};
use crate::organisation::Organisation;
use crate::person::{Person, acting};
use crate::secret::digest;
use base::{Actor, Country, Error, Id, Language, Moment, Result, Role};
use store::{Event, Read, Tx, params};

const DAYS: i64 = 30;

/// What the browser is given at sign-in; shown never again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionToken {
    /// For the cookie.
    pub token: String,
    /// For the forms.
    pub csrf: String,
    /// When the cookie should end.
    pub expires_at: Moment,
}

/// Who is behind a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub person: Id<Person>,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: String,
    /// What they read.
    pub language: Language,
    /// Where they usually receive.
    pub country: Country,
    /// Acting for which organisation; none for a buyer.
    pub organisation: Option<Id<Organisation>>,
    /// Its name, or empty.
    pub organisation_name: String,
    /// As what.
    pub role: Role,
    /// The same as the house's actor.
    pub actor: Actor,
    /// What every form must carry.
    pub csrf: String,
    /// When it ends.
    pub expires_at: Moment,
}

/// Begins a session for a person whose password (or mail link) has been checked, acting for the organisation they chose last, or
/// for their only one, or as a buyer. Every sign-in makes a new token. Emits `party.signed_in`.
pub fn sign_in(tx: &mut Tx, person: Id<Person>) -> Result<SessionToken> {
    crate::person::person(tx, person)?;
    let organisation = member::usual(tx, person)?.map_or(0, Id::raw);
    let (token, csrf, now) = (tx.key(), tx.key(), tx.now());
    let expires_at = now.plus_days(DAYS);
    tx.send(INSERT, params![digest(&token), person, organisation, csrf, now, expires_at])?;
    tx.emit(&Event { kind: "party.signed_in", subject: person.raw(), body: serde_json::json!({}) })?;
    Ok(SessionToken { token, csrf, expires_at })
}

/// Who holds this token, unless it is unknown or over. A role that was taken away, or whose organisation is suspended, is gone
/// at once: the session goes on as a buyer's.
pub fn session(db: &mut Read, token: &str) -> Result<Option<Session>> {
    let now = db.now();
    let Some(row) = db.maybe(FIND, params![digest(token), now])? else { return Ok(None) };
    let organisation: Option<Id<Organisation>> = row.get(7)?;
    let role = match row.get::<Option<String>>(9)? {
        Some(role) => role_named(&role)?,
        None => Role::Buyer,
    };
    let person: Id<Person> = row.get(0)?;
    let acting_for = organisation.map_or(0, Id::raw);
    Ok(Some(Session {
        person,
        name: row.get(1)?,
        email: row.get(2)?,
        language: row.get(3)?,
        country: row.get(4)?,
        csrf: row.get(5)?,
        expires_at: row.get(6)?,
        organisation,
        organisation_name: row.get::<Option<String>>(8)?.unwrap_or_default(),
        role,
        actor: Actor::Person { person: person.raw(), organisation: acting_for, role },
    }))
}

/// Acts for another of the person's organisations, or (`None`) as a buyer, from now on and after the next sign-in. Emits `party.switched`. Errors: no such session, not a member.
pub fn switch(tx: &mut Tx, token: &str, organisation: Option<Id<Organisation>>) -> Result<()> {
    let session = session(tx, token)?.ok_or_else(Error::unauthenticated)?;
    if let Some(wanted) = organisation {
        let member = memberships(tx, session.person)?.iter().any(|membership| membership.organisation == wanted);
        if !member {
            return Err(Error::denied("not_a_member", "You do not act for this organisation."));
        }
    }
    tx.send(SWITCH, params![organisation.map_or(0, Id::raw), digest(token)])?;
    member::remember(tx, session.person, organisation)?;
    let body = serde_json::json!({ "organisation": organisation.map(|id| id.to_string()) });
    tx.emit(&Event { kind: "party.switched", subject: session.person.raw(), body })
}

/// Ends the session of this token, if it is one.
pub fn sign_out(tx: &mut Tx, token: &str) -> Result<()> {
    tx.send(DELETE, params![digest(token)])?;
    Ok(())
}

/// Ends every session of the acting person. Emits `party.signed_out`. Errors: nobody signed in.
pub fn sign_out_everywhere(tx: &mut Tx) -> Result<u64> {
    let person = acting(tx)?;
    let ended = end_all(tx, person)?;
    tx.emit(&Event {
        kind: "party.signed_out",
        subject: person.raw(),
        body: serde_json::json!({ "sessions": ended }),
    })?;
    Ok(ended)
}

pub(crate) fn end_all(tx: &mut Tx, person: Id<Person>) -> Result<u64> {
    tx.run(DELETE_ALL, params![person])
}

const INSERT: &str = "INSERT INTO party_session (token_hash, person, organisation, csrf, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
const FIND: &str = "SELECT s.person, p.name, p.email, p.language, p.country, s.csrf, s.expires_at, o.id, o.name,
        CASE WHEN o.id IS NULL THEN NULL ELSE m.role END
    FROM party_session s JOIN party_person p ON p.id = s.person
    LEFT JOIN party_membership m ON m.person = s.person AND m.organisation = s.organisation
    LEFT JOIN party_organisation o ON o.id = m.organisation AND o.standing = 'active'
    WHERE s.token_hash = $1 AND s.expires_at > $2";
const SWITCH: &str = "UPDATE party_session SET organisation = $1 WHERE token_hash = $2";
const DELETE: &str = "DELETE FROM party_session WHERE token_hash = $1";
const DELETE_ALL: &str = "DELETE FROM party_session WHERE person = $1";
