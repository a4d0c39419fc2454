//! Invitations: a role is offered to whoever owns an e-mail address, and nothing changes until they say yes. The one who invites
//! learns nothing about the address; the one who is invited sees who offers what, and accepts or declines.

use crate::attempt::attempt;
use crate::event::{InvitationDeclined, InvitationWithdrawn, Invited, LinkHandedOver};
use crate::member::{may_manage, put_member, role_fits, role_named};
use crate::organisation::{Organisation, organisation};
use crate::person::{NewPerson, Person, acting, insert_person, is_known, normal_email};
use crate::secret::digest;
use base::{Actor, Error, Id, Language, Moment, Permission, Result, Role, Tag};
use store::{Read, Row, Tx, params};

/// For how long an invitation stands, from its making or its being sent again.
const VALID_DAYS: i64 = 7;
const DAY_SECONDS: i64 = 86_400;
/// Invitations that one organisation writes in a day: a team moves in at once, a list of strangers does not.
const OF_ORGANISATION: i64 = 50;
/// Those of one organisation to one address in a day: a letter that was lost, and was lost again.
const TO_ADDRESS_OF_ONE: i64 = 5;
/// Those of all organisations to one address in a day.
const TO_ADDRESS: i64 = 20;

/// A role to offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// By whom.
    pub organisation: Id<Organisation>,
    /// To whom, in any case.
    pub email: String,
    /// As what.
    pub role: Role,
}

/// An offered role that was neither accepted nor declined yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id. Sent again it gets another one.
    pub id: Id<Invitation>,
    /// By whom.
    pub organisation: Id<Organisation>,
    /// Their name.
    pub organisation_name: String,
    /// What the organisation's people read; of the invited nothing is known.
    pub language: Language,
    /// To whom, in lower case.
    pub email: String,
    /// As what.
    pub role: Role,
    /// The name of the person who wrote it; empty when it was the house.
    pub invited_by: String,
    /// Whether its link may open an account: it went to the address itself, or the operator vouches for it.
    pub proves: bool,
    /// Since when.
    pub created_at: Moment,
    /// Until when.
    pub expires_at: Moment,
}

impl Tag for Invitation {
    const PREFIX: &'static str = "inv";
}

/// Offers a role to whoever owns an address; again to the same address replaces the first offer and voids its link. The answer does
/// not depend on whether there is such an account. No link is made yet: [`invitation_token`] does, when it is about to be mailed.
/// Emits `party.invited` without the address. Errors: denied; `role_does_not_fit`; what cannot be an e-mail address;
/// `already_member` (conflict) for one of the organisation's own; `too_many_attempts` above the day's limits.
pub fn invite(tx: &mut Tx, new: &Invite) -> Result<Invitation> {
    may_manage(tx, new.organisation)?;
    role_fits(organisation(tx, new.organisation)?.kind, new.role)?;
    let email = normal_email(&new.email)?;
    if tx.maybe(IS_MEMBER, params![new.organisation, email])?.is_some() {
        return Err(Error::conflict("already_member", "This person acts for the organisation already."));
    }
    if tx.actor() != Actor::System {
        count(tx, new.organisation, &email)?;
    }
    let (id, now) = (tx.id::<Invitation>(), tx.now());
    let by = tx.actor().person().unwrap_or(0);
    let expires_at = now.plus_days(VALID_DAYS);
    tx.send(PUT, params![id, new.organisation, email, new.role.name(), by, now, expires_at])?;
    tx.emit(new.organisation, &Invited { invitation: id, role: new.role.name().into() })?;
    invitation(tx, id)
}

/// The same for addresses with an account and without one, so that a refusal tells nothing either.
fn count(tx: &mut Tx, of: Id<Organisation>, email: &str) -> Result<()> {
    attempt(tx, &format!("invite:{of}"), OF_ORGANISATION, DAY_SECONDS)?;
    attempt(tx, &format!("invite:{of}:{email}"), TO_ADDRESS_OF_ONE, DAY_SECONDS)?;
    attempt(tx, &format!("invited:{email}"), TO_ADDRESS, DAY_SECONDS)
}

/// Offers the same again, for another week; counted as a new one. Errors: denied; `unknown_invitation`; those of [`invite`].
pub fn renew_invitation(tx: &mut Tx, id: Id<Invitation>) -> Result<Invitation> {
    let Invitation { organisation, email, role, .. } = managed(tx, id)?;
    invite(tx, &Invite { organisation, email, role })
}

/// Takes an offer back; its link is void. Emits `party.invitation_withdrawn`. Errors: denied; `unknown_invitation`.
pub fn withdraw_invitation(tx: &mut Tx, id: Id<Invitation>) -> Result<()> {
    let known = managed(tx, id)?;
    if end(tx, &known)? { withdrawn(tx, &known) } else { Ok(()) }
}

/// Takes back what somebody offered who acts for the organisation no more.
pub(crate) fn withdraw_those_of(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>) -> Result<()> {
    for known in invitations(tx, of)? {
        if tx.run(DELETE_OF, params![known.id, who])? == 1 {
            withdrawn(tx, &known)?;
        }
    }
    Ok(())
}

/// One invitation of an organisation that the actor manages. Errors: denied; not found.
fn managed(tx: &mut Tx, id: Id<Invitation>) -> Result<Invitation> {
    let known = invitation(tx, id)?;
    may_manage(tx, known.organisation)?;
    Ok(known)
}

/// The token of a link that is about to be mailed to the address: good while the invitation stands; an earlier one is void then.
/// None when it does not stand any more. Errors: denied (only the house itself).
pub fn invitation_token(tx: &mut Tx, id: Id<Invitation>) -> Result<Option<String>> {
    if tx.actor() != Actor::System {
        return Err(Error::denied("denied", "Links of invitations are mailed by the house."));
    }
    issue(tx, id, true)
}

/// The same for who invites, to be handed over where no mail is sent. Only the operator's vouches for the address: a seller's opens
/// the invitation to who has an account and signs in. Emits `party.link_handed_over`. Errors: denied; `unknown_invitation`.
pub fn hand_over_invitation(tx: &mut Tx, id: Id<Invitation>) -> Result<String> {
    managed(tx, id)?;
    let proves = tx.actor().may(Permission::SettingsWrite).is_ok();
    let token = issue(tx, id, proves)?.ok_or_else(unknown)?;
    tx.emit(id.raw(), &LinkHandedOver {})?;
    Ok(token)
}

fn issue(tx: &mut Tx, id: Id<Invitation>, proves: bool) -> Result<Option<String>> {
    let (token, now) = (tx.key(), tx.now());
    Ok((tx.run(ISSUE, params![id, digest(&token), proves, now])? == 1).then_some(token))
}

/// One that stands. Errors: not found.
pub fn invitation(db: &mut Read, id: Id<Invitation>) -> Result<Invitation> {
    let now = db.now();
    db.maybe(ONE, params![id, now])?.as_ref().map(read).transpose()?.ok_or_else(unknown)
}

/// What an organisation offers and nobody has answered, newest last.
pub fn invitations(db: &mut Read, of: Id<Organisation>) -> Result<Vec<Invitation>> {
    let now = db.now();
    db.query(OF, params![of, now])?.iter().map(read).collect()
}

/// What is offered to the acting person, whose address is proved, newest last. Errors: nobody signed in.
pub fn invitations_to_me(db: &mut Read) -> Result<Vec<Invitation>> {
    let (now, me) = (db.now(), acting(db)?);
    db.query(TO_PERSON, params![me, now])?.iter().map(read).collect()
}

/// The offer behind a link, if it stands.
pub fn invitation_by_token(db: &mut Read, token: &str) -> Result<Option<Invitation>> {
    let now = db.now();
    db.maybe(BY_TOKEN, params![digest(token), now])?.as_ref().map(read).transpose()
}

/// Opens an account for who holds a link that proves its address; the invitation stands, to be accepted by its holder.
/// Emits `party.registered`. Errors: `invitation_over` (gone) for a link that is void or proves nothing, and when the address has an
/// account by now (then its holder signs in); an empty or too long name.
pub fn register_invited(tx: &mut Tx, token: &str, new: &NewPerson) -> Result<Id<Person>> {
    let known = invitation_by_token(tx, token)?.filter(|known| known.proves).ok_or_else(over)?;
    if is_known(tx, &known.email)? {
        return Err(over());
    }
    insert_person(tx, &known.email, new)
}

/// The acting person says yes to what they saw, `role`: from now on they act for the organisation. Emits `party.member_added`.
/// Errors: nobody signed in; `invitation_over` (gone) when it does not stand, offers something else by now, or is another's.
pub fn accept_invitation(tx: &mut Tx, id: Id<Invitation>, role: Role) -> Result<Id<Organisation>> {
    let (me, known) = mine(tx, id)?;
    let is_in = tx.maybe(IS_MEMBER, params![known.organisation, known.email])?.is_some();
    if is_in || known.role != role || tx.run(DELETE, params![id])? == 0 {
        return Err(over());
    }
    put_member(tx, me, known.organisation, role)?;
    Ok(known.organisation)
}

/// The acting person says no. Emits `party.invitation_declined`. Errors: as [`accept_invitation`].
pub fn decline_invitation(tx: &mut Tx, id: Id<Invitation>) -> Result<()> {
    let (_, known) = mine(tx, id)?;
    decline(tx, &known)
}

/// Whoever holds the link says no, with or without an account. Errors: `invitation_over` (gone).
pub fn decline_by_token(tx: &mut Tx, token: &str) -> Result<()> {
    let known = invitation_by_token(tx, token)?.ok_or_else(over)?;
    decline(tx, &known)
}

/// The acting person, and an invitation to their address.
fn mine(tx: &mut Tx, id: Id<Invitation>) -> Result<(Id<Person>, Invitation)> {
    let me = acting(tx)?;
    let known = invitations_to_me(tx)?.into_iter().find(|known| known.id == id).ok_or_else(over)?;
    Ok((me, known))
}

fn decline(tx: &mut Tx, known: &Invitation) -> Result<()> {
    if !end(tx, known)? {
        return Ok(());
    }
    tx.emit(known.organisation, &InvitationDeclined { invitation: known.id, role: known.role.name().into() })
}

fn withdrawn(tx: &mut Tx, known: &Invitation) -> Result<()> {
    tx.emit(known.organisation, &InvitationWithdrawn { invitation: known.id, role: known.role.name().into() })
}

fn end(tx: &mut Tx, known: &Invitation) -> Result<bool> {
    Ok(tx.run(DELETE, params![known.id])? == 1)
}

fn unknown() -> Error {
    Error::not_found("unknown_invitation", "There is no such invitation; it was answered, withdrawn or lapsed.")
}

fn over() -> Error {
    Error::gone(
        "invitation_over",
        "This invitation was answered, withdrawn or changed, or is too old; ask for a new one.",
    )
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT i.id, i.organisation, o.name, o.language, i.email, i.role, p.name, i.proves, i.created_at,
                i.expires_at ",
            $from
        )
    };
}

fn read(row: &Row) -> Result<Invitation> {
    Ok(Invitation {
        id: row.get(0)?,
        organisation: row.get(1)?,
        organisation_name: row.get(2)?,
        language: row.get(3)?,
        email: row.get(4)?,
        role: role_named(&row.get::<String>(5)?)?,
        invited_by: row.get::<Option<String>>(6)?.unwrap_or_default(),
        proves: row.get(7)?,
        created_at: row.get(8)?,
        expires_at: row.get(9)?,
    })
}

const IS_MEMBER: &str = "SELECT m.person FROM party_person p JOIN party_membership m ON m.person = p.id
    WHERE m.organisation = $1 AND p.email = $2";
const PUT: &str = "INSERT INTO party_invitation
    (id, organisation, email, role, invited_by, proves, token_hash, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, 0, NULL, $6, $7)
    ON CONFLICT (organisation, email) DO UPDATE SET id = excluded.id, role = excluded.role, invited_by = excluded.invited_by,
        proves = 0, token_hash = NULL, created_at = excluded.created_at, expires_at = excluded.expires_at";
const ISSUE: &str = "UPDATE party_invitation SET token_hash = $2, proves = $3 WHERE id = $1 AND expires_at > $4";
const ONE: &str = select!(
    "FROM party_invitation i JOIN party_organisation o ON o.id = i.organisation
    LEFT JOIN party_person p ON p.id = i.invited_by WHERE i.id = $1 AND i.expires_at > $2"
);
const OF: &str = select!(
    "FROM party_invitation i JOIN party_organisation o ON o.id = i.organisation
    LEFT JOIN party_person p ON p.id = i.invited_by WHERE i.organisation = $1 AND i.expires_at > $2 ORDER BY i.id"
);
const TO_PERSON: &str = select!(
    "FROM party_person me JOIN party_invitation i ON i.email = me.email
    JOIN party_organisation o ON o.id = i.organisation AND o.standing = 'active'
    LEFT JOIN party_person p ON p.id = i.invited_by WHERE me.id = $1 AND i.expires_at > $2 ORDER BY i.id"
);
const BY_TOKEN: &str = select!(
    "FROM party_invitation i JOIN party_organisation o ON o.id = i.organisation AND o.standing = 'active'
    LEFT JOIN party_person p ON p.id = i.invited_by WHERE i.token_hash = $1 AND i.expires_at > $2"
);
const DELETE: &str = "DELETE FROM party_invitation WHERE id = $1";
const DELETE_OF: &str = "DELETE FROM party_invitation WHERE id = $1 AND invited_by = $2";
