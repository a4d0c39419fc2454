//! Memberships: who acts for which organisation, in which role.

use crate::event::{MemberAdded, MemberRemoved};
use crate::organisation::{Organisation, OrganisationKind, organisation};
use crate::person::{Person, acting};
use crate::{api_key, invitation};
use base::{Error, Id, Language, Permission, Result, Role};
use store::{Read, Tx, params};

/// What stands for no organisation, where one was chosen.
const MYSELF: i64 = 0;

/// One organisation that a person may act for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// For which.
    pub organisation: Id<Organisation>,
    /// Its name.
    pub name: String,
    /// Operator or seller.
    pub kind: OrganisationKind,
    /// As what.
    pub role: Role,
}

/// One person of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: Id<Person>,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: String,
    /// What they read.
    pub language: Language,
    /// As what.
    pub role: Role,
}

/// Gives one of an organisation's people another role. Who was an owner and is none any more loses the API keys they made.
/// Emits `party.member_added`, which says what they were. Errors: denied; `unknown_person` for everybody who is not in;
/// `role_does_not_fit` for a platform role at a seller's or a seller's role at the operator's; `last_owner` when nobody would
/// be left who could undo it.
pub fn set_role(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>, role: Role) -> Result<()> {
    may_manage(tx, of)?;
    role_fits(organisation(tx, of)?.kind, role)?;
    tx.send(TOUCH, params![of])?;
    if tx.maybe(ROLE, params![who, of])?.is_none() {
        return Err(stranger());
    }
    if !is_owner(role) {
        keep_an_owner(tx, who, of)?;
        api_key::end_keys_of(tx, who, of)?;
    }
    put_member(tx, who, of, role)
}

/// Somebody acts for an organisation from now on, or as something else. The word of the person is given before: they accept an
/// invitation, or claim the installation.
pub(crate) fn put_member(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>, role: Role) -> Result<()> {
    let now = tx.now();
    let was = tx.maybe(ROLE, params![who, of])?.map(|row| row.get::<String>(0)).transpose()?;
    tx.send(PUT, params![who, of, role.name(), now])?;
    tx.emit(of, &MemberAdded { person: who, role: role.name().into(), was })
}

/// Takes a person's role away, and with it all that it opened: their sessions act for the organisation no more, the API keys
/// they made for it are revoked, the invitations they wrote are withdrawn. Emits `party.member_removed`.
/// Errors: denied; `unknown_person`; `last_owner` for the last who could undo it.
pub fn remove_member(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>) -> Result<()> {
    may_manage(tx, of)?;
    part(tx, who, of)
}

/// The acting person leaves an organisation; the same ends as with [`remove_member`]. Errors: nobody signed in; `unknown_person`
/// for who is not in it; `last_owner`.
pub fn leave(tx: &mut Tx, of: Id<Organisation>) -> Result<()> {
    let who = acting(tx)?;
    part(tx, who, of)
}

pub(crate) fn part(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>) -> Result<()> {
    keep_an_owner(tx, who, of)?;
    let role: String = tx.maybe(DELETE, params![who, of])?.ok_or_else(stranger)?.get(0)?;
    tx.send(STOP_ACTING, params![who, of])?;
    api_key::end_keys_of(tx, who, of)?;
    invitation::withdraw_those_of(tx, who, of)?;
    tx.emit(of, &MemberRemoved { person: who, role })
}

fn stranger() -> Error {
    Error::not_found("unknown_person", "Nobody like this acts for this organisation.")
}

/// For which organisation a new session acts: the one chosen last, else the only one there is. None for a buyer, for who chose
/// to be one, and for who has several to choose from and has not yet.
pub(crate) fn usual(db: &mut Read, who: Id<Person>) -> Result<Option<Id<Organisation>>> {
    let of: Vec<Id<Organisation>> = memberships(db, who)?.iter().map(|one| one.organisation).collect();
    let chosen: Option<i64> = db.one(CHOSEN, params![who])?.get(0)?;
    if chosen == Some(MYSELF) {
        return Ok(None);
    }
    let last = of.iter().copied().find(|one| Some(one.raw()) == chosen);
    let only = if let [only] = of.as_slice() { Some(*only) } else { None };
    Ok(last.or(only))
}

/// Keeps what a person chose to act for; none for themselves.
pub(crate) fn remember(tx: &mut Tx, who: Id<Person>, organisation: Option<Id<Organisation>>) -> Result<()> {
    tx.send(REMEMBER, params![who, organisation.map_or(MYSELF, Id::raw)])
}

/// Whether a person has several organisations and acts for none of them without having chosen that: they are to be asked.
pub fn must_choose(db: &mut Read, who: Id<Person>) -> Result<bool> {
    let chosen: Option<i64> = db.one(CHOSEN, params![who])?.get(0)?;
    Ok(chosen != Some(MYSELF) && memberships(db, who)?.len() > 1 && usual(db, who)?.is_none())
}

/// Fails when `who` is the only owner left. The organisation's row is touched first, so that two owners who remove each other at
/// the same time stand in line.
fn keep_an_owner(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>) -> Result<()> {
    tx.send(TOUCH, params![of])?;
    let owners: Vec<Member> = members(tx, of)?.into_iter().filter(|member| is_owner(member.role)).collect();
    match owners.as_slice() {
        [only] if only.person == who => Err(Error::conflict("last_owner", "Name another owner first.")),
        _ => Ok(()),
    }
}

fn is_owner(role: Role) -> bool {
    matches!(role, Role::Admin | Role::SellerOwner)
}

/// Every organisation a person acts for, oldest first.
pub fn memberships(db: &mut Read, who: Id<Person>) -> Result<Vec<Membership>> {
    let rows = db.query(OF_PERSON, params![who])?;
    let read = |row: &store::Row| {
        let kind: String = row.get(2)?;
        Ok(Membership {
            organisation: row.get(0)?,
            name: row.get(1)?,
            kind: OrganisationKind::named(&kind).ok_or_else(|| Error::internal(format!("unknown kind {kind}")))?,
            role: role_named(&row.get::<String>(3)?)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Everyone who acts for an organisation.
pub fn members(db: &mut Read, of: Id<Organisation>) -> Result<Vec<Member>> {
    let rows = db.query(OF_ORGANISATION, params![of])?;
    let read = |row: &store::Row| {
        let role = role_named(&row.get::<String>(3)?)?;
        Ok(Member { person: row.get(0)?, name: row.get(1)?, email: row.get(2)?, language: row.get(4)?, role })
    };
    rows.iter().map(read).collect()
}

/// An organisation's people and keys are managed by the operator's owner and by a seller's own owner: the only seller's role
/// that may see its money.
pub(crate) fn may_manage(tx: &Tx, of: Id<Organisation>) -> Result<()> {
    tx.actor().may_for(of.raw(), Permission::SellerMoney, Permission::SettingsWrite)
}

/// A seller's owner must never be able to make an operator.
pub(crate) fn role_fits(kind: OrganisationKind, role: Role) -> Result<()> {
    let fits = match kind {
        OrganisationKind::Platform => matches!(role, Role::Admin | Role::Operations | Role::Finance | Role::Service),
        OrganisationKind::Seller => matches!(role, Role::SellerOwner | Role::SellerStaff),
    };
    if fits {
        return Ok(());
    }
    Err(Error::field("role", "role_does_not_fit", "Choose a role that this kind of organisation has."))
}

pub(crate) fn role_named(name: &str) -> Result<Role> {
    Role::named(name).ok_or_else(|| Error::internal(format!("unknown role {name}")))
}

const PUT: &str = "INSERT INTO party_membership (person, organisation, role, since) VALUES ($1, $2, $3, $4)
    ON CONFLICT (person, organisation) DO UPDATE SET role = excluded.role";
const ROLE: &str = "SELECT role FROM party_membership WHERE person = $1 AND organisation = $2";
const TOUCH: &str = "UPDATE party_organisation SET standing = standing WHERE id = $1";
const DELETE: &str = "DELETE FROM party_membership WHERE person = $1 AND organisation = $2 RETURNING role";
const STOP_ACTING: &str = "UPDATE party_session SET organisation = 0 WHERE person = $1 AND organisation = $2";
const CHOSEN: &str = "SELECT acting_for FROM party_person WHERE id = $1";
const REMEMBER: &str = "UPDATE party_person SET acting_for = $2 WHERE id = $1";
const OF_PERSON: &str = "SELECT m.organisation, o.name, o.kind, m.role
    FROM party_membership m JOIN party_organisation o ON o.id = m.organisation
    WHERE m.person = $1 AND o.standing = 'active' ORDER BY m.organisation";
const OF_ORGANISATION: &str = "SELECT m.person, p.name, p.email, m.role, p.language
    FROM party_membership m JOIN party_person p ON p.id = m.person
    WHERE m.organisation = $1 ORDER BY m.person";
