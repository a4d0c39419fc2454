//! What goes from a buyer's orders when they erase their account, and what stays on them because the law asks for it.

use crate::order::Order;
use base::{Address, Error, Id, Result};
use parties::Person;
use store::{Tx, params};

/// Takes e-mail, telephone and what was said to the shop's fields from every order of the acting buyer, those they placed as a guest included. The name and address on
/// an order stay, as they do on its invoice and customs papers. Gives the orders. Errors: nobody signed in; `orders_open`
/// (conflict) while one is neither complete nor called off, or an objection is open.
pub fn forget_buyer(tx: &mut Tx) -> Result<Vec<Id<Order>>> {
    let person: Id<Person> = tx.actor().person().map(Id::from_raw).ok_or_else(Error::unauthenticated)?;
    let email = parties::person(tx, person)?.email;
    let mut orders = Vec::new();
    for row in tx.query(OF_BUYER, params![person, email])? {
        let (id, open): (Id<Order>, i64) = (row.get(0)?, row.get(2)?);
        if open != 0 {
            let say = "An order of yours is still under way; erase the account when it is complete or called off.";
            return Err(Error::conflict("orders_open", say));
        }
        let address: Address = serde_json::from_str(&row.get::<String>(1)?).map_err(Error::internal)?;
        let address = Address { phone: String::new(), ..address };
        tx.send(FORGET, params![id, serde_json::to_string(&address).map_err(Error::internal)?])?;
        tx.send(SHUT, params![id])?;
        tx.send(HUSH, params![id])?;
        orders.push(id);
    }
    Ok(orders)
}

const OF_BUYER: &str = "SELECT id, address,
        CASE WHEN (completed_at IS NULL AND cancelled_at IS NULL) OR dispute = 'open' THEN 1 ELSE 0 END
    FROM order_head WHERE buyer = $1 AND buyer <> 0
    UNION ALL SELECT id, address,
        CASE WHEN (completed_at IS NULL AND cancelled_at IS NULL) OR dispute = 'open' THEN 1 ELSE 0 END
    FROM order_head WHERE email_key = $2 AND buyer = 0 ORDER BY 1";
const FORGET: &str = "UPDATE order_head SET email = '', email_key = '', address = $2 WHERE id = $1";
const SHUT: &str = "DELETE FROM order_access WHERE order_id = $1";
const HUSH: &str = "DELETE FROM order_said WHERE order_id = $1";
