//! Who is to hear of an order: its buyer, and those who have to ship something of it. Read for every order that is paid, so
//! nothing else is.

use crate::order::{Consignment, Order, unknown};
use base::{Id, Result};
use parties::Organisation;
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

const CONTACT: &str = "SELECT email, language FROM order_head WHERE id = $1";
const SHIPPERS: &str = "SELECT id, shipped_by FROM order_consignment WHERE order_id = $1 ORDER BY position";
