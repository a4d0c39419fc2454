//! API keys: a secret that acts for an organisation in one role, shown once.

use crate::event::{KeyCreated, KeyRevoked};
use crate::member::{may_manage, role_fits, role_named};
use crate::organisation::{Organisation, organisation};
use crate::person::Person;
use crate::secret::digest;
use base::{Actor, Error, Id, Moment, Result, Role, Tag};
use store::{Read, Tx, params};

/// Marks the ids of API keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiKey;

impl Tag for ApiKey {
    const PREFIX: &'static str = "key";
}

/// A key to make.
#[derive(Clone, Debug)]
pub struct NewApiKey {
    /// For which organisation it acts.
    pub organisation: Id<Organisation>,
    /// As what.
    pub role: Role,
    /// What it is for, so that someone dares to revoke it later.
    pub label: String,
}

/// A key as its owners see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    /// Its id.
    pub id: Id<ApiKey>,
    /// What it is for.
    pub label: String,
    /// The first letters of the secret.
    pub hint: String,
    /// As what it acts.
    pub role: Role,
    /// When it was made.
    pub created_at: Moment,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Moment>,
}

/// Makes a key and returns its secret, which is not kept. Emits `party.key_created`.
/// Errors: denied, an empty label, a role that the organisation does not have.
pub fn create_api_key(tx: &mut Tx, new: &NewApiKey) -> Result<(Id<ApiKey>, String)> {
    may_manage(tx, new.organisation)?;
    role_fits(organisation(tx, new.organisation)?.kind, new.role)?;
    let label = new.label.trim();
    if label.is_empty() || label.chars().count() > 80 {
        return Err(Error::field("label", "required", "Write what the key is for, in 80 characters or less."));
    }
    let (id, secret, now) = (tx.id::<ApiKey>(), format!("ek_{}", tx.key()), tx.now());
    let hint: String = secret.chars().take(8).collect();
    let by = tx.actor().person().unwrap_or(0);
    tx.send(INSERT, params![id, digest(&secret), new.organisation, by, new.role.name(), label, hint, now])?;
    tx.emit(id, &KeyCreated { organisation: new.organisation, role: new.role.name().into() })?;
    Ok((id, secret))
}

/// Ends a key for good. Emits `party.key_revoked`. Errors: denied, not found.
pub fn revoke_api_key(tx: &mut Tx, id: Id<ApiKey>) -> Result<()> {
    let owner = tx.maybe(OWNER, params![id])?.map(|row| row.get(0)).transpose()?;
    let owner = owner.ok_or_else(|| Error::not_found("unknown_key", "There is no such key."))?;
    may_manage(tx, owner)?;
    end_key(tx, id)
}

fn end_key(tx: &mut Tx, id: Id<ApiKey>) -> Result<()> {
    let now = tx.now();
    if tx.run(REVOKE, params![now, id])? == 1 {
        tx.emit(id, &KeyRevoked {})?;
    }
    Ok(())
}

/// Ends the keys that a person made for an organisation: nobody else can say who still has their secrets.
pub(crate) fn end_keys_of(tx: &mut Tx, who: Id<Person>, of: Id<Organisation>) -> Result<()> {
    for row in tx.query(MADE_BY, params![of, who])? {
        end_key(tx, row.get(0)?)?;
    }
    Ok(())
}

/// Whom this secret acts for; nobody if it is unknown or revoked, or the organisation suspended.
pub fn api_key(db: &mut Read, secret: &str) -> Result<Option<Actor>> {
    let Some(row) = db.maybe(FIND, params![digest(secret)])? else { return Ok(None) };
    let role = role_named(&row.get::<String>(2)?)?;
    Ok(Some(Actor::Person { person: row.get(0)?, organisation: row.get(1)?, role }))
}

/// Every key of an organisation, oldest first.
pub fn api_keys(db: &mut Read, of: Id<Organisation>) -> Result<Vec<KeyView>> {
    let read = |row: &store::Row| {
        Ok(KeyView {
            id: row.get(0)?,
            label: row.get(1)?,
            hint: row.get(2)?,
            role: role_named(&row.get::<String>(3)?)?,
            created_at: row.get(4)?,
            revoked_at: row.get(5)?,
        })
    };
    db.query(LIST, params![of])?.iter().map(read).collect()
}

const INSERT: &str = "INSERT INTO party_api_key (id, secret_hash, organisation, person, role, label, hint, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const OWNER: &str = "SELECT organisation FROM party_api_key WHERE id = $1";
const REVOKE: &str = "UPDATE party_api_key SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
const MADE_BY: &str = "SELECT id FROM party_api_key
    WHERE organisation = $1 AND person = $2 AND revoked_at IS NULL ORDER BY id";
const FIND: &str = "SELECT k.person, k.organisation, k.role
    FROM party_api_key k JOIN party_organisation o ON o.id = k.organisation
    WHERE k.secret_hash = $1 AND k.revoked_at IS NULL AND o.standing = 'active'";
const LIST: &str = "SELECT id, label, hint, role, created_at, revoked_at FROM party_api_key
    WHERE organisation = $1 ORDER BY id";
