//! Organisations: the operator of this installation and the sellers on it.

use crate::event::StandingChanged;
use crate::event::{OrganisationChanged, OrganisationCreated};
use base::{Country, Currency, Error, Id, Language, Moment, Permission, Result, Tag};
use store::{Read, Row, Tx, params};

/// What an organisation is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganisationKind {
    /// Runs the installation; there is one.
    Platform,
    /// Sells on it.
    Seller,
}

impl OrganisationKind {
    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            OrganisationKind::Platform => "platform",
            OrganisationKind::Seller => "seller",
        }
    }

    /// The kind with this stored name.
    pub fn named(name: &str) -> Option<OrganisationKind> {
        [OrganisationKind::Platform, OrganisationKind::Seller].into_iter().find(|kind| kind.name() == name)
    }
}

/// Whether an organisation may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It may.
    Active,
    /// Its people and keys have no role until it is active again.
    Suspended,
}

impl Standing {
    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Active => "active",
            Standing::Suspended => "suspended",
        }
    }

    /// The standing with this stored name.
    pub fn named(name: &str) -> Option<Standing> {
        [Standing::Active, Standing::Suspended].into_iter().find(|standing| standing.name() == name)
    }
}

/// The operator or a seller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: Id<Organisation>,
    /// As shown to buyers; unique.
    pub name: String,
    /// Operator or seller.
    pub kind: OrganisationKind,
    /// Where it is established.
    pub country: Country,
    /// What it keeps its books in.
    pub currency: Currency,
    /// What its people read.
    pub language: Language,
    /// Whether it may act.
    pub standing: Standing,
    /// Since when it is here.
    pub created_at: Moment,
}

impl Tag for Organisation {
    const PREFIX: &'static str = "org";
}

/// What a new organisation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrganisation {
    /// As shown to buyers; unique.
    pub name: String,
    /// Operator or seller.
    pub kind: OrganisationKind,
    /// Where it is established.
    pub country: Country,
    /// What it keeps its books in.
    pub currency: Currency,
    /// What its people read.
    pub language: Language,
}

/// Adds an organisation. Emits `party.organisation_created`.
/// Errors: denied; a name that is empty, too long or taken; a second operator.
pub fn create_organisation(tx: &mut Tx, new: &NewOrganisation) -> Result<Id<Organisation>> {
    tx.actor().may(Permission::SettingsWrite)?;
    insert_organisation(tx, new)
}

pub(crate) fn insert_organisation(tx: &mut Tx, new: &NewOrganisation) -> Result<Id<Organisation>> {
    let name = checked_name(&new.name)?;
    let (id, now) = (tx.id::<Organisation>(), tx.now());
    let inserted = tx.run(
        INSERT,
        params![id, name, new.kind.name(), new.country, new.currency, new.language, Standing::Active.name(), now],
    )?;
    if inserted == 0 {
        return Err(match new.kind {
            OrganisationKind::Platform if platform(tx)?.is_some() => {
                Error::conflict("platform_exists", "This installation already has its operator.")
            }
            _ => Error::field("name", "name_taken", "Another organisation has this name; choose another."),
        });
    }
    let created = OrganisationCreated { kind: new.kind.name().into(), country: new.country, currency: new.currency };
    tx.emit(id, &created)?;
    Ok(id)
}

/// Suspends an organisation or lets it act again. Emits `party.standing_changed`. Errors: denied, not found; the operator.
pub fn set_standing(tx: &mut Tx, id: Id<Organisation>, standing: Standing) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    if organisation(tx, id)?.kind == OrganisationKind::Platform {
        return Err(Error::conflict("platform_standing", "The operator cannot be suspended."));
    }
    if tx.run(SET_STANDING, params![standing.name(), id])? == 1 {
        tx.emit(id, &StandingChanged { standing: standing.name().into() })?;
    }
    Ok(())
}

/// Gives an organisation another name, as buyers see it. Emits `party.organisation_changed` when it differs. Errors: denied to all but
/// its owners and the operator's admins; not found; a name that is empty, too long or taken.
pub fn rename(tx: &mut Tx, id: Id<Organisation>, name: &str) -> Result<()> {
    tx.actor().may_for(id.raw(), Permission::SellerMoney, Permission::SettingsWrite)?;
    let known = organisation(tx, id)?;
    change(tx, &known, checked_name(name)?, known.currency, &known.language)
}

/// Changes the operator's own facts. Emits `party.organisation_changed` when one differs.
/// Errors: `not_claimed` (conflict); a name that is empty, too long or taken.
pub(crate) fn change_platform(tx: &mut Tx, name: &str, currency: Currency, language: &Language) -> Result<()> {
    let name = checked_name(name)?;
    let known = platform(tx)?.ok_or_else(|| Error::conflict("not_claimed", "Claim the installation first."))?;
    change(tx, &known, name, currency, language)
}

fn change(tx: &mut Tx, known: &Organisation, name: &str, currency: Currency, language: &Language) -> Result<()> {
    if organisation_named(tx, name)?.is_some_and(|other| other.id != known.id) {
        return Err(Error::field("name", "name_taken", "Another organisation has this name; choose another."));
    }
    if tx.run(CHANGE, params![known.id, name, currency, language])? == 1 {
        let changed = OrganisationChanged { name: name.into(), currency, language: language.tag().into() };
        tx.emit(known.id, &changed)?;
    }
    Ok(())
}

fn checked_name(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::field("name", "required", "Write the name that buyers will see."));
    }
    if name.chars().count() > 80 {
        return Err(Error::field("name", "too_long", "Write 80 characters or less."));
    }
    Ok(name)
}

/// The operator, once the installation was claimed.
pub fn platform(db: &mut Read) -> Result<Option<Organisation>> {
    db.maybe(PLATFORM, params![])?.map(|row| read(&row)).transpose()
}

/// One organisation. Errors: not found.
pub fn organisation(db: &mut Read, id: Id<Organisation>) -> Result<Organisation> {
    let row = db.maybe(ONE, params![id])?;
    read(&row.ok_or_else(|| Error::not_found("unknown_organisation", "There is no such organisation."))?)
}

/// The organisation of this name, if there is one.
pub fn organisation_named(db: &mut Read, name: &str) -> Result<Option<Organisation>> {
    db.maybe(NAMED, params![name.trim()])?.map(|row| read(&row)).transpose()
}

/// A page of the organisations of a kind, oldest first, after `after`.
pub fn organisations(
    db: &mut Read,
    kind: OrganisationKind,
    after: Option<Id<Organisation>>,
    limit: i64,
) -> Result<Vec<Organisation>> {
    let rows = db.query(PAGE, params![kind.name(), after.map_or(0, Id::raw), limit])?;
    rows.iter().map(read).collect()
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT id, name, kind, country, currency, language, standing, created_at ", $from)
    };
}

fn read(row: &Row) -> Result<Organisation> {
    let (kind, standing): (String, String) = (row.get(2)?, row.get(6)?);
    Ok(Organisation {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: OrganisationKind::named(&kind).ok_or_else(|| Error::internal(format!("unknown kind {kind}")))?,
        country: row.get(3)?,
        currency: row.get(4)?,
        language: row.get(5)?,
        standing: Standing::named(&standing).ok_or_else(|| Error::internal(format!("unknown standing {standing}")))?,
        created_at: row.get(7)?,
    })
}

const INSERT: &str =
    "INSERT INTO party_organisation (id, name, kind, country, currency, language, standing, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
const SET_STANDING: &str = "UPDATE party_organisation SET standing = $1 WHERE id = $2 AND standing <> $1";
const CHANGE: &str = "UPDATE party_organisation SET name = $2, currency = $3, language = $4
    WHERE id = $1 AND (name <> $2 OR currency <> $3 OR language <> $4)";
const PLATFORM: &str = select!("FROM party_organisation WHERE kind = 'platform'");
const ONE: &str = select!("FROM party_organisation WHERE id = $1");
const NAMED: &str = select!("FROM party_organisation WHERE name = $1");
const PAGE: &str = select!("FROM party_organisation WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3");
