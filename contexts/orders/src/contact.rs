//! Who is to hear of an order: its buyer, and those who have to ship something of it. Read for every order that is paid, so
//! nothing else is.

use crate::order::{Consignment, Order, unknown};
use base::{Id, Result};
use parties::Organisation;
use std::collections::BTreeMap;
use store::{Read, params};

/// Where news of an order go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// E-mail address, as written at checkout.
    pub email: String,
    /// Tag of the language it was placed in.
    pub language: String,
}

/// The buyer of an order. Errors: `order_unknown`.
pub fn contact(db: &mut Read, order: Id<Order>) -> Result<Contact> {
    let row = db.maybe(CONTACT, params![order])?.ok_or_else(unknown)?;
    Ok(Contact { email: row.get(0)?, language: row.get(1)? })
}

/// The consignments of an order and who packs each, by position.
pub fn shippers(db: &mut Read, order: Id<Order>) -> Result<Vec<(Id<Consignment>, Id<Organisation>)>> {
    db.query(SHIPPERS, params![order])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The buyer of an order, and who packs which of its consignments.
pub type Concerned = (Contact, Vec<(Id<Consignment>, Id<Organisation>)>);

/// [`contact`] and [`shippers`] of several orders (raw ids), asked at once.
pub fn concerned(db: &mut Read, orders: &[i64]) -> Result<BTreeMap<i64, Concerned>> {
    let mut found: BTreeMap<i64, Concerned> = BTreeMap::new();
    for row in db.query_in(CONTACTS, orders)? {
        let contact = Contact { email: row.get(1)?, language: row.get(2)? };
        found.insert(row.get(0)?, (contact, Vec::new()));
    }
    for row in db.query_in(SHIPPERS_OF, orders)? {
        let Some((_, shippers)) = found.get_mut(&row.get(0)?) else { continue };
        shippers.push((row.get(1)?, row.get(2)?));
    }
    Ok(found)
}

const CONTACT: &str = "SELECT email, language FROM order_head WHERE id = $1";
const CONTACTS: &str = "SELECT id, email, language FROM order_head WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8)";
const SHIPPERS_OF: &str = "SELECT order_id, id, shipped_by FROM order_consignment
    WHERE order_id IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY order_id, position";
const SHIPPERS: &str = "SELECT id, shipped_by FROM order_consignment WHERE order_id = $1 ORDER BY position";
