//! Who may open an order without signing in: whoever holds an unguessable token of it. Only hashes are stored.

use crate::order::{Order, by_number, find, unknown};
use crate::place::key_of;
use base::{Actor, Error, Id, Permission, Result};
use sha2::{Digest, Sha256};
use store::{Read, Tx, params};

/// SHA-256 in hexadecimal.
pub(crate) fn hash(secret: &str) -> String {
    base::hex::digits(&Sha256::digest(secret.as_bytes()))
}

/// What goes into a guest's link: the order and its secret.
pub fn access_token(order: Id<Order>, secret: &str) -> String {
    format!("{order}.{secret}")
}

/// The order this token opens. Errors: `order_unknown`, whatever is wrong with the token.
pub fn by_access_token(db: &mut Read, token: &str) -> Result<Order> {
    let (id, secret) = token.split_once('.').ok_or_else(unknown)?;
    let id: Id<Order> = id.parse().map_err(|_| unknown())?;
    let hashed = hash(secret);
    let row = db.maybe(TOKEN_HASH, params![id])?.ok_or_else(unknown)?;
    if row.get::<String>(0)? != hashed && db.maybe(MAILED, params![id, hashed])?.is_none() {
        return Err(unknown());
    }
    find(db, id)
}

/// Another token that opens the order, for a mail to its buyer: the first one is known to nobody but whoever placed the order.
/// Errors: denied (only the house itself).
pub fn mail_access(tx: &mut Tx, order: Id<Order>) -> Result<String> {
    if tx.actor() != Actor::System {
        return Err(Error::denied("denied", "Links to orders are made by the house."));
    }
    let secret = tx.key();
    tx.send(GRANT, params![order, hash(&secret)])?;
    Ok(access_token(order, &secret))
}

/// The order, if the actor may see it: its buyer, the operator, the house. A seller sees consignments, not orders.
/// Errors: `order_unknown` for everybody else, so that nobody learns which orders exist.
pub fn reach(db: &mut Read, id: Id<Order>) -> Result<Order> {
    let order = find(db, id)?;
    let actor = db.actor();
    let own = order.buyer.is_some_and(|buyer| actor.person() == Some(buyer.raw()));
    if own || actor == Actor::System || actor.may(Permission::ConsoleRead).is_ok() {
        return Ok(order);
    }
    Err(unknown())
}

/// The order as a signed-in person reaches it on its page: as [`reach`] does, and what was bought as a guest with the person's own
/// address, which is proved. Not for API keys: a key is not its maker. Errors: `order_unknown`.
pub fn reach_own(db: &mut Read, id: Id<Order>) -> Result<Order> {
    let order = find(db, id)?;
    if order.buyer.is_none()
        && let Some(person) = db.actor().person()
        && db.maybe(OWN_ADDRESS, params![person, key_of(&order.email)])?.is_some()
    {
        return Ok(order);
    }
    reach(db, id)
}

/// The order with this number that was placed with this e-mail address, in any case; for a link that was lost. Whether there is one
/// is told to nobody but the address.
pub fn by_number_and_email(db: &mut Read, number: &str, email: &str) -> Result<Option<Order>> {
    Ok(by_number(db, number)?.filter(|order| key_of(&order.email) == key_of(email)))
}

const OWN_ADDRESS: &str = "SELECT id FROM party_person WHERE id = $1 AND email = $2";
const TOKEN_HASH: &str = "SELECT token_hash FROM order_head WHERE id = $1";
const MAILED: &str = "SELECT order_id FROM order_access WHERE order_id = $1 AND token_hash = $2";
const GRANT: &str = "INSERT INTO order_access (order_id, token_hash) VALUES ($1, $2)";
