//! What goes from a buyer's baskets and quotes when they erase their account.

use crate::quote::Frozen;
use base::{Address, Error, Id, Result};
use parties::Person;
use store::{Tx, params};

/// Empties the acting person's open basket, which is nobody's then, and takes the address out of the quotes of that basket and of
/// their orders, but for country and region, by which they were priced. Errors: nobody signed in.
pub fn forget_person(tx: &mut Tx) -> Result<()> {
    let person: Id<Person> = tx.actor().person().map(Id::from_raw).ok_or_else(Error::unauthenticated)?;
    let mut quotes = tx.query(QUOTES_OF_ORDERS, params![person])?;
    quotes.extend(tx.query(QUOTES_OF_BASKETS, params![person])?);
    for row in quotes {
        let (id, body): (i64, String) = (row.get(0)?, row.get(1)?);
        let frozen: Frozen = serde_json::from_str(&body).map_err(Error::internal)?;
        let Address { country, region, .. } = frozen.address;
        let frozen = Frozen { address: Address { country, region, ..Address::default() }, ..frozen };
        tx.send(READDRESS, params![id, serde_json::to_string(&frozen).map_err(Error::internal)?])?;
    }
    tx.send(EMPTY, params![person])?;
    tx.send(LEAVE, params![person])
}

const QUOTES_OF_ORDERS: &str = "SELECT q.id, q.body FROM order_head o JOIN checkout_quote q ON q.id = o.quote
    WHERE o.buyer = $1 AND o.buyer <> 0";
const QUOTES_OF_BASKETS: &str = "SELECT q.id, q.body FROM cart c JOIN checkout_quote q ON q.id = c.quote
    WHERE c.person = $1 AND c.person <> 0 AND c.state = 'open'";
const READDRESS: &str = "UPDATE checkout_quote SET body = $2 WHERE id = $1";
const EMPTY: &str = "DELETE FROM cart_line WHERE cart IN
    (SELECT id FROM cart WHERE person = $1 AND person <> 0 AND state = 'open')";
const LEAVE: &str =
    "UPDATE cart SET person = 0, revision = revision + 1 WHERE person = $1 AND person <> 0 AND state = 'open'";
