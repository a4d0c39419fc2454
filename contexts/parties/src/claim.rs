//! The first start: whoever holds the one-time link makes the operator and its first admin.

use crate::member::put_member;
use crate::organisation::{NewOrganisation, Organisation, OrganisationKind, insert_organisation, platform};
use crate::person::{NewPerson, Person, insert_person};
use crate::secret::digest;
use crate::shop;
use base::{Country, Currency, Error, Id, Language, Permission, Result, Role};
use store::{Read, Tx, params};

const HOURS: i64 = 72;

/// What the first page asks for.
#[derive(Clone, Debug)]
pub struct Claim {
    /// From the link.
    pub token: String,
    /// Of the shop.
    pub name: String,
    /// Where the operator is established.
    pub country: Country,
    /// What it keeps its books in.
    pub currency: Currency,
    /// What its people read.
    pub language: Language,
    /// Whether the shop sells by typical rates, see [`crate::Shop::typical_rates`].
    pub typical_rates: bool,
    /// Of the first admin.
    pub email: String,
    /// From [`crate::hash_password`].
    pub password_hash: String,
}

/// What a claim made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The operator.
    pub organisation: Id<Organisation>,
    /// Its first admin.
    pub person: Id<Person>,
}

/// A fresh token for the claim link, or none when the installation has its operator. Good once and for three days; every node
/// and every start prints its own. Errors: denied (only the house itself and an admin).
pub fn claim_token(tx: &mut Tx) -> Result<Option<String>> {
    tx.actor().may(Permission::SettingsWrite)?;
    if platform(tx)?.is_some() {
        return Ok(None);
    }
    let (token, now) = (tx.key(), tx.now());
    tx.send(FORGET_OLD, params![now.plus_hours(-HOURS)])?;
    tx.send(INSERT, params![digest(&token), now])?;
    Ok(Some(token))
}

/// Whether this token would be accepted now; for the page that asks the questions.
pub fn claim_valid(db: &mut Read, token: &str) -> Result<bool> {
    let oldest = db.now().plus_hours(-HOURS);
    Ok(db.maybe(FIND, params![digest(token), oldest])?.is_some() && platform(db)?.is_none())
}

/// Makes the operator and its first admin; the token is the permission. Errors: gone when the token was used, is too old or
/// unknown; the fields of [`crate::create_organisation`] and [`crate::register`].
pub fn claim(tx: &mut Tx, claim: &Claim) -> Result<Claimed> {
    let over = || Error::gone("claim_over", "This link was used or is too old; start the server again for a new one.");
    let oldest = tx.now().plus_hours(-HOURS);
    if tx.run(USE, params![digest(&claim.token), oldest])? == 0 || platform(tx)?.is_some() {
        return Err(over());
    }
    tx.send(FORGET_ALL, params![])?;
    // Whoever holds the link of the first start is the house, and vouches for the address.
    let first = NewPerson {
        password_hash: claim.password_hash.clone(),
        name: claim.email.split('@').next().unwrap_or(&claim.email).to_string(),
        language: claim.language.clone(),
        country: claim.country,
    };
    let person = insert_person(tx, &claim.email, &first)?;
    let new = NewOrganisation {
        name: claim.name.clone(),
        kind: OrganisationKind::Platform,
        country: claim.country,
        currency: claim.currency,
        language: claim.language.clone(),
    };
    // The holder of the link has no role yet, so these are the deeds without their permission.
    let organisation = insert_organisation(tx, &new)?;
    put_member(tx, person, organisation, Role::Admin)?;
    shop::begin(tx, claim.typical_rates)?;
    Ok(Claimed { organisation, person })
}

const INSERT: &str = "INSERT INTO party_claim (token_hash, created_at) VALUES ($1, $2)";
const FIND: &str = "SELECT created_at FROM party_claim WHERE token_hash = $1 AND created_at > $2";
const USE: &str = "DELETE FROM party_claim WHERE token_hash = $1 AND created_at > $2";
const FORGET_OLD: &str = "DELETE FROM party_claim WHERE created_at <= $1";
const FORGET_ALL: &str = "DELETE FROM party_claim";
