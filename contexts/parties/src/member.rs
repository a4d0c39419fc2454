//! Memberships: who acts for which organisation, in which role.

use crate::organisation::{Organisation, OrganisationKind, organisation};
use crate::person::{Person, person};
use base::{Error, Id, Language, Permission, Result, Role};
use store::{Event, Read, Tx, params};

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

/// Lets a person act for an organisation, or gives them another role in it. Emits `party.member_added`.
/// Errors: denied; not found; `role_does_not_fit` for a platform role at a seller's or a seller's role at the operator's;
/// `last_owner` when nobody would be left who could undo it.
pub fn add_member(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>, role: Role) -> Result<()> {
    may_manage(tx, of)?;
    person(tx, who)?;
    role_fits(organisation(tx, of)?.kind, role)?;
    if !is_owner(role) {
        keep_an_owner(tx, who, of)?;
    }
    put_member(tx, who, of, role)
}

pub(crate) fn put_member(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>, role: Role) -> Result<()> {
    let now = tx.now();
    let was = tx.maybe(ROLE, params![who, of])?.map(|row| row.get::<String>(0)).transpose()?;
    tx.send(PUT, params![who, of, role.name(), now])?;
    let body = serde_json::json!({ "person": who.to_string(), "role": role.name(), "was": was });
    tx.emit(&Event { kind: "party.member_added", subject: of.raw(), body })
}

/// Takes a person's role away. Emits `party.member_removed`. Errors: denied; `last_owner` for the last who could undo it.
pub fn remove_member(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>) -> Result<()> {
    may_manage(tx, of)?;
    keep_an_owner(tx, who, of)?;
    if tx.run(DELETE, params![who, of])? == 1 {
        let body = serde_json::json!({ "person": who.to_string() });
        tx.emit(&Event { kind: "party.member_removed", subject: of.raw(), body })?;
    }
    Ok(())
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
const DELETE: &str = "DELETE FROM party_membership WHERE person = $1 AND organisation = $2";
const OF_PERSON: &str = "SELECT m.organisation, o.name, o.kind, m.role
    FROM party_membership m JOIN party_organisation o ON o.id = m.organisation
    WHERE m.person = $1 AND o.standing = 'active' ORDER BY m.organisation";
const OF_ORGANISATION: &str = "SELECT m.person, p.name, p.email, m.role, p.language
    FROM party_membership m JOIN party_person p ON p.id = m.person
    WHERE m.organisation = $1 ORDER BY m.person";
