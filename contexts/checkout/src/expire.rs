//! What lapses: quotes whose half hour is over, orders that nobody paid.

use crate::attempt::let_go;
use crate::pay::still_pending;
use base::{Id, Moment, Result};
use orders::Order;
use payments::{Outcome, Providers};
use store::{Store, Tx, params};

/// Ends up to `limit` quotes whose time is over at `now` and frees their stock; says how many. Run it again while it says `limit`.
pub fn expire(tx: &mut Tx, now: Moment, limit: i64) -> Result<usize> {
    let due = tx.query(DUE, params![now, limit])?;
    let mut ended = 0;
    for row in due {
        let id: i64 = row.get(0)?;
        if tx.run(EXPIRE, params![id])? == 1 {
            stock::release(tx, id)?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Days after which a cart that nobody bought is forgotten,
pub const CART_DAYS: i64 = 90;
/// and a quote that nobody placed.
pub const QUOTE_DAYS: i64 = 7;

/// Forgets up to `limit` carts and quotes that were left behind long ago; says how many. What became an order stays.
pub fn forget(tx: &mut Tx, limit: i64) -> Result<u64> {
    let now = tx.now();
    let quotes_before = store::first_id_at(now.plus_days(-QUOTE_DAYS));
    let carts_before = store::first_id_at(now.plus_days(-CART_DAYS));
    let mut forgotten = tx.run(FORGET_QUOTES, params![quotes_before, limit])?;
    for row in tx.query(LEFT_CARTS, params![carts_before, limit])? {
        let cart: Id<crate::Cart> = row.get(0)?;
        tx.send(FORGET_LINES, params![cart])?;
        forgotten += tx.run(FORGET_CART, params![cart])?;
    }
    Ok(forgotten)
}

/// The job `order.unpaid`: asks the provider a last time about every open attempt, lets go of what waits for the buyer, then calls
/// the order off if it is still not paid. Says whether it was called off.
/// Errors: unavailable when the provider does not answer, or is still working on a payment (`payment_pending`).
pub async fn lapse(store: &Store, providers: &Providers, order: Id<Order>) -> Result<bool> {
    let intents = store.read(move |db| payments::by_subject(db, order.raw())).await?;
    for intent in intents.iter().filter(|intent| !intent.state.is_final()) {
        if let Outcome::Pending | Outcome::ActionRequired { .. } = let_go(store, providers, intent.id).await? {
            return Err(still_pending());
        }
    }
    store.write(move |tx| orders::lapse(tx, order)).await
}

const DUE: &str =
    "SELECT id FROM checkout_quote WHERE state = 'open' AND expires_at <= $1 ORDER BY expires_at LIMIT $2";
const EXPIRE: &str = "UPDATE checkout_quote SET state = 'expired' WHERE id = $1 AND state = 'open'";
const FORGET_QUOTES: &str = "DELETE FROM checkout_quote WHERE id IN (SELECT id FROM checkout_quote
    WHERE state IN ('expired', 'replaced') AND id < $1 ORDER BY id LIMIT $2)";
const LEFT_CARTS: &str = "SELECT id FROM cart WHERE state <> 'ordered' AND id < $1 ORDER BY id LIMIT $2";
const FORGET_LINES: &str = "DELETE FROM cart_line WHERE cart = $1";
const FORGET_CART: &str = "DELETE FROM cart WHERE id = $1";
