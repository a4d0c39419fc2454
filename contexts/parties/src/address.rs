//! A person's saved addresses.

use crate::address_format::validate;
use crate::person::{Person, acting};
use base::{Address, Error, Id, Result, Tag};
use store::{Read, Row, Tx, params};

/// More would be an abuse of the address book.
const MOST: usize = 50;

/// An address that a person keeps for the next order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedAddress {
    /// Its id.
    pub id: Id<SavedAddress>,
    /// The address.
    pub address: Address,
    /// Taken first at checkout; at most one per person.
    pub preferred: bool,
}

impl Tag for SavedAddress {
    const PREFIX: &'static str = "adr";
}

/// An address to keep.
#[derive(Clone, Debug)]
pub struct SaveAddress {
    /// Replaces this one, or none: a new one.
    pub id: Option<Id<SavedAddress>>,
    /// The address; it is validated by its country's format.
    pub address: Address,
    /// Take it first from now on.
    pub preferred: bool,
}

/// Keeps an address of the acting person. The same address twice is kept once.
/// Errors: nobody signed in; wrong fields; not one's own; more than fifty.
pub fn save_address(tx: &mut Tx, save: &SaveAddress) -> Result<Id<SavedAddress>> {
    let person = acting(tx)?;
    let address = validate(&save.address)?;
    let kept = addresses(tx, person)?;
    let same = kept.iter().find(|one| one.address == address).map(|one| one.id);
    let id = save.id.or(same).unwrap_or_else(|| tx.id());
    let known = kept.iter().any(|one| one.id == id);
    if save.id.is_some() && !known {
        return Err(Error::not_found("unknown_address", "There is no such address in your account."));
    }
    if !known && kept.len() >= MOST {
        return Err(Error::conflict("too_many_addresses", "Remove an address first; fifty are kept."));
    }
    if save.preferred {
        tx.send(PREFER_NONE, params![person])?;
    }
    let preferred = save.preferred || kept.is_empty();
    let (text, now) = (serde_json::to_string(&address).map_err(Error::internal)?, tx.now());
    tx.send(PUT, params![id, person, text, preferred, now])?;
    Ok(id)
}

/// Removes one of the acting person's addresses; none other. Errors: nobody signed in.
pub fn forget_address(tx: &mut Tx, id: Id<SavedAddress>) -> Result<()> {
    let person = acting(tx)?;
    tx.send(DELETE, params![id, person])?;
    Ok(())
}

/// A person's addresses, the preferred one first.
pub fn addresses(db: &mut Read, person: Id<Person>) -> Result<Vec<SavedAddress>> {
    let read = |row: &Row| {
        let text: String = row.get(1)?;
        let address = serde_json::from_str(&text).map_err(Error::internal)?;
        Ok(SavedAddress { id: row.get(0)?, address, preferred: row.get(2)? })
    };
    db.query(LIST, params![person])?.iter().map(read).collect()
}

const PUT: &str = "INSERT INTO party_address (id, person, address, preferred, saved_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (id) DO UPDATE SET address = excluded.address, saved_at = excluded.saved_at,
        preferred = CASE WHEN excluded.preferred = 1 THEN 1 ELSE party_address.preferred END
    WHERE party_address.person = excluded.person";
const PREFER_NONE: &str = "UPDATE party_address SET preferred = 0 WHERE person = $1 AND preferred = 1";
const DELETE: &str = "DELETE FROM party_address WHERE id = $1 AND person = $2";
const LIST: &str = "SELECT id, address, preferred FROM party_address WHERE person = $1 ORDER BY preferred DESC, id";
