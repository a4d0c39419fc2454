//! Sessions: who is signed in where, known by a random token of which only the hash is kept. How long one lives depends on the role
//! in which it is used.

use crate::event::{SessionEnded, SignedIn, Switched};
use crate::factor::{Proof, REQUIRED, Required};
use crate::member::{self, memberships, role_named};
use crate::organisation::Organisation;
use crate::person::{Person, acting};
use crate::secret::digest;
use base::{Actor, Country, Error, Id, Language, Moment, Result, Role, Tag};
use store::{Read, Tx, params};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// `seen_at` is written at most so often, in seconds: a page costs no write.
const SEEN_SECONDS: i64 = 300;

/// For how many seconds a session may lie idle, and how old it may become, in this role: a desk opens other people's things and
/// money, a buyer's account its own (ASVS 7.3.1, 7.3.2; NIST SP 800-63B-4 gives an hour and a day at its second level).
pub fn life(role: Role) -> (i64, i64) {
    match role {
        Role::Admin | Role::Operations | Role::Finance | Role::Service => (HOUR, 12 * HOUR),
        Role::SellerOwner | Role::SellerStaff => (12 * HOUR, 7 * DAY),
        _ => (14 * DAY, LONGEST_SECONDS),
    }
}

/// The oldest that any session becomes.
const LONGEST_SECONDS: i64 = 30 * DAY;

/// How a session begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// How the person showed who they are.
    pub proof: Proof,
    /// Browser and system, as the list of sessions names them.
    pub agent: String,
    /// The client's network address.
    pub address: String,
}

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
    /// When it ends at the latest.
    pub expires_at: Moment,
    /// Which of the person's sessions.
    pub id: Id<Session>,
    /// How the person showed who they are.
    pub proof: Proof,
    /// The desk stays shut until the person has a second factor.
    pub must_enrol: bool,
    /// It is time to call [`seen`].
    pub unseen: bool,
}

impl Tag for Session {
    const PREFIX: &'static str = "ses";
}

/// One of a person's sessions, as they see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// To end it by.
    pub id: Id<Session>,
    /// Browser and system; empty when they said nothing.
    pub agent: String,
    /// The client's network address at sign-in.
    pub address: String,
    /// How the person showed who they are.
    pub proof: Proof,
    /// When they signed in.
    pub created_at: Moment,
    /// When it was used, to within five minutes.
    pub seen_at: Moment,
}

/// Begins a session for a person who has shown who they are, acting for the organisation they chose last, or for
/// their only one, or as a buyer. Every sign-in makes a new token. Emits `party.signed_in`.
pub fn sign_in(tx: &mut Tx, person: Id<Person>, entry: &Entry) -> Result<SessionToken> {
    crate::person::person(tx, person)?;
    let organisation = member::usual(tx, person)?.map_or(0, Id::raw);
    let (id, token, csrf, now) = (tx.id::<Session>(), tx.key(), tx.key(), tx.now());
    let expires_at = now.plus_seconds(LONGEST_SECONDS);
    let values = params![
        digest(&token),
        id,
        person,
        organisation,
        csrf,
        entry.proof,
        entry.agent,
        entry.address,
        now,
        expires_at
    ];
    tx.send(INSERT, values)?;
    tx.emit(person, &SignedIn { proof: entry.proof.name().into() })?;
    Ok(SessionToken { token, csrf, expires_at })
}

/// Who holds this token, unless it is unknown or over. A role that was taken away, or whose organisation is suspended, is gone
/// at once: the session goes on as a buyer's.
pub fn session(db: &mut Read, token: &str) -> Result<Option<Session>> {
    let now = db.now();
    let Some(row) = db.maybe(FIND, params![digest(token), now, REQUIRED])? else { return Ok(None) };
    let organisation: Option<Id<Organisation>> = row.get(7)?;
    let role = match row.get::<Option<String>>(9)? {
        Some(role) => role_named(&role)?,
        None => Role::Buyer,
    };
    let (created_at, seen_at): (Moment, Moment) = (row.get(12)?, row.get(13)?);
    let (idle, oldest) = life(role);
    if now.seconds_since(seen_at) >= idle + SEEN_SECONDS || now.seconds_since(created_at) >= oldest {
        return Ok(None);
    }
    let (person, proof): (Id<Person>, Proof) = (row.get(0)?, row.get(11)?);
    let required = row.get::<Option<String>>(14)?.and_then(|name| Required::named(&name)).unwrap_or_default();
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
        id: row.get(10)?,
        proof,
        must_enrol: required.of(role) && !proof.is_second(),
        unseen: now.seconds_since(seen_at) >= SEEN_SECONDS,
    }))
}

/// Notes that the session of this token is in use.
pub fn seen(tx: &mut Tx, token: &str) -> Result<()> {
    let now = tx.now();
    tx.send(SEEN, params![now, digest(token)])
}

/// Lets every session live on when the clock of a demonstration or a test was moved ahead: nobody was away.
pub fn carry_over(tx: &mut Tx, seconds: i64) -> Result<()> {
    let before = tx.now().plus_seconds(-seconds);
    tx.send(CARRY, params![seconds.saturating_mul(1_000_000), before])
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
    tx.emit(session.person, &Switched { organisation })
}

/// Ends the session of this token, if it is one.
pub fn sign_out(tx: &mut Tx, token: &str) -> Result<()> {
    tx.send(DELETE, params![digest(token)])?;
    Ok(())
}

/// A person's sessions that may still be used, newest first.
pub fn sessions(db: &mut Read, person: Id<Person>) -> Result<Vec<SessionView>> {
    let now = db.now();
    let rows = db.query(LIST, params![person, now])?;
    let read = |row: &store::Row| {
        Ok(SessionView {
            id: row.get(0)?,
            agent: row.get(1)?,
            address: row.get(2)?,
            proof: row.get(3)?,
            created_at: row.get(4)?,
            seen_at: row.get(5)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Ends one session of the acting person. Emits `party.session_ended`. Errors: nobody signed in; `unknown_session`.
pub fn end_session(tx: &mut Tx, id: Id<Session>) -> Result<()> {
    let person = acting(tx)?;
    if tx.run(DELETE_ONE, params![id, person])? == 0 {
        return Err(Error::not_found("unknown_session", "This session has ended already."));
    }
    ended(tx, person, 1)
}

/// Ends every session of the acting person but the one of `token`. Emits `party.session_ended`. Errors: nobody signed in.
pub fn sign_out_others(tx: &mut Tx, token: &str) -> Result<u64> {
    let person = acting(tx)?;
    let count = end_others(tx, person, token)?;
    ended(tx, person, count)?;
    Ok(count)
}

fn ended(tx: &mut Tx, person: Id<Person>, sessions: u64) -> Result<()> {
    tx.emit(person, &SessionEnded { sessions })
}

pub(crate) fn end_others(tx: &mut Tx, person: Id<Person>, token: &str) -> Result<u64> {
    tx.run(DELETE_OTHERS, params![person, digest(token)])
}

/// The session of this token has shown more than it had at sign-in.
pub(crate) fn prove(tx: &mut Tx, token: &str, proof: Proof) -> Result<()> {
    tx.send(PROVE, params![proof, digest(token)])
}

/// Gives the acting person's session another token: after a change of what it may do, whoever knew the old one has nothing.
/// Errors: no such session.
pub fn renew(tx: &mut Tx, token: &str) -> Result<String> {
    let fresh = tx.key();
    if tx.run(RENEW, params![digest(token), digest(&fresh)])? == 0 {
        return Err(Error::unauthenticated());
    }
    Ok(fresh)
}

pub(crate) fn end_all(tx: &mut Tx, person: Id<Person>) -> Result<u64> {
    tx.run(DELETE_ALL, params![person])
}

const INSERT: &str = "INSERT INTO party_session
    (token_hash, id, person, organisation, csrf, proof, agent, address, created_at, seen_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)";
const FIND: &str = "SELECT s.person, p.name, p.email, p.language, p.country, s.csrf, s.expires_at, o.id, o.name,
        CASE WHEN o.id IS NULL THEN NULL ELSE m.role END, s.id, s.proof, s.created_at, s.seen_at,
        (SELECT value FROM party_setting WHERE key = $3)
    FROM party_session s JOIN party_person p ON p.id = s.person
    LEFT JOIN party_membership m ON m.person = s.person AND m.organisation = s.organisation
    LEFT JOIN party_organisation o ON o.id = m.organisation AND o.standing = 'active'
    WHERE s.token_hash = $1 AND s.expires_at > $2";
const LIST: &str = "SELECT id, agent, address, proof, created_at, seen_at FROM party_session
    WHERE person = $1 AND expires_at > $2 ORDER BY id DESC";
const SEEN: &str = "UPDATE party_session SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1";
const CARRY: &str =
    "UPDATE party_session SET created_at = created_at + $1, seen_at = seen_at + $1, expires_at = expires_at + $1
    WHERE expires_at > $2";
const PROVE: &str = "UPDATE party_session SET proof = $1 WHERE token_hash = $2";
const RENEW: &str = "UPDATE party_session SET token_hash = $2 WHERE token_hash = $1";
const DELETE_ONE: &str = "DELETE FROM party_session WHERE id = $1 AND person = $2";
const DELETE_OTHERS: &str = "DELETE FROM party_session WHERE person = $1 AND token_hash <> $2";
const SWITCH: &str = "UPDATE party_session SET organisation = $1 WHERE token_hash = $2";
const DELETE: &str = "DELETE FROM party_session WHERE token_hash = $1";
const DELETE_ALL: &str = "DELETE FROM party_session WHERE person = $1";
