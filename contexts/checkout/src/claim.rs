//! Scarce things before money: how much may be held unpaid by one visitor or from one network address, and for how long.
//!
//! The figures stand here, with their reasons. A hold of a quote, and of an order that nobody has paid yet, costs its holder
//! nothing; without a limit a handful of calls would empty a shop.

use crate::cart::Cart;
use crate::quote::QUOTE_MINUTES;
use base::{Error, Id, Moment, Result};
use std::collections::BTreeSet;
use stock::Taken;
use store::{Read, Tx, params};

/// What takes more than one in so many of the free pieces is scarce,
const SCARCE_IN: i64 = 10;
/// and is held for so many minutes only, by the quote and again by its unpaid order: enough to type a card or to confirm in
/// a bank's app, and a third of the time that others would wait for it otherwise.
pub const SCARCE_MINUTES: i64 = 10;

/// One address, and one person, holds at most one in so many of the free pieces: three buyers in four lose nothing by it.
const SHARE_IN: i64 = 4;
/// Where a quarter is less than so many pieces a half may be held, rounded up, up to so many: who buys four of eight mugs is no
/// hoarder. The last piece can be held by anybody, of two one stays free.
const FEW: i64 = 10;

/// When a hold is over its pieces count for so many minutes more: who has held the last pieces and not paid lets others go
/// first. With a scarce hold that is half an hour in all, of which two thirds belong to the others.
pub const REST_MINUTES: i64 = 20;

/// The time in which a cart may hold stock, and how long its order may stay unpaid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: Moment,
    pub(crate) until: Moment,
    pub(crate) pay_minutes: i64,
}

/// The window of a hold that begins or goes on now. One that is open keeps its end, however often the cart is changed or
/// quoted; scarce goods can only bring it nearer.
pub(crate) fn window(cart: &Cart, taken: &[Taken], now: Moment) -> Window {
    let scarce = taken.iter().any(|one| one.want.quantity * SCARCE_IN > one.free_before);
    let pay_minutes = if scarce { SCARCE_MINUTES } else { QUOTE_MINUTES };
    let until = now.plus_minutes(pay_minutes);
    match cart.held_until > now {
        true => Window { from: cart.held_from, until: until.min(cart.held_until), pay_minutes },
        false => Window { from: now, until, pay_minutes },
    }
}

/// Pieces that one holder may hold unpaid when so many are free, its own newest among them.
fn allowance(free: i64) -> i64 {
    (free / SHARE_IN).max(FEW.min((free + 1) / 2))
}

/// Counts what the cart holds to the address that it is `from`, and to its person. The stock rows are locked by then, so that no
/// other hold of them is counted at the same time. Who has paid an order before is known and is not counted.
/// Errors: `hold_limit` (conflict), its field named after the variant.
pub(crate) fn claim(tx: &mut Tx, cart: &Cart, from: &str, taken: &[Taken], window: &Window) -> Result<()> {
    let person = cart.person.map(|person| person.to_string());
    let holders = [Some(from), person.as_deref()];
    let counts: Vec<_> =
        taken.iter().flat_map(|one| holders.into_iter().flatten().map(move |who| (one, who))).collect();
    let rested = tx.now().plus_minutes(-REST_MINUTES);
    let Window { from, until, .. } = window;
    let row = |(one, holder): &(&Taken, &str)| {
        let (account, pieces, most) = (one.account.id(), one.want.quantity, allowance(one.free_before));
        params![account, *holder, cart.id, from, until, pieces, rested, most].to_vec()
    };
    let rows: Vec<_> = counts.iter().map(row).collect();
    let mut counted = BTreeSet::new();
    for row in tx.query_rows(CLAIM, &rows)? {
        counted.insert((row.get::<i64>(0)?, row.get::<String>(1)?));
    }
    let too_many = |(one, holder): &&(&Taken, &str)| !counted.contains(&(one.account.id().raw(), (*holder).to_owned()));
    match counts.iter().find(too_many) {
        Some((one, holder)) if !is_known(tx, cart)? => Err(refused(tx, cart, holder, one, window)?),
        _ => Ok(()),
    }
}

fn is_known(db: &mut Read, cart: &Cart) -> Result<bool> {
    cart.person.map_or(Ok(false), |person| orders::has_paid(db, person))
}

fn refused(db: &mut Read, cart: &Cart, holder: &str, one: &Taken, window: &Window) -> Result<Error> {
    let rested = db.now().plus_minutes(-REST_MINUTES);
    let others = db.one(OTHERS, params![one.account.id(), holder, rested, cart.id, window.from])?;
    let room = (allowance(one.free_before) - others.get::<i64>(0)?).max(0);
    let again: Option<Moment> = others.get(1)?;
    let again = again.map_or(String::new(), |until| format!(" More from {}.", until.plus_minutes(REST_MINUTES)));
    let say =
        format!("{} are left; at most {room} of them can be reserved for you unpaid now.{again}", one.free_before);
    let text = "Few are left, and nobody may reserve most of them without paying: take fewer, pay what is reserved, or come \
        back later.";
    Ok(Error::conflict("hold_limit", text).and_field(one.want.variant.to_string(), "hold_limit", say))
}

/// The order of a cart was placed: its pieces are claimed until it must be paid.
pub(crate) fn until_paid(tx: &mut Tx, cart: Id<Cart>, until: Moment) -> Result<()> {
    tx.send(EXTEND, params![cart, until, tx.now()])
}

/// The order is paid: its pieces are bought, not claimed.
pub(crate) fn settled(tx: &mut Tx, order: Id<orders::Order>) -> Result<()> {
    tx.send(SETTLE, params![order])
}

/// Forgets up to `limit` claims that do not count any more; says how many. Carts older than that rest are gone through: a younger
/// one has none.
pub fn forget(tx: &mut Tx, limit: i64) -> Result<u64> {
    let rested = tx.now().plus_minutes(-REST_MINUTES);
    tx.run(FORGET, params![rested, limit, store::first_id_at(rested)])
}

const CLAIM: &str = "INSERT INTO checkout_claim (account, holder, cart, since, until, pieces)
    SELECT given.column1, given.column2, given.column3, given.column4, given.column5, given.column6
    FROM (VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT),
        CAST($6 AS BIGINT), CAST($7 AS BIGINT), CAST($8 AS BIGINT))) AS given
    WHERE given.column6 + (SELECT CAST(COALESCE(SUM(c.pieces), 0) AS BIGINT) FROM checkout_claim c
        WHERE c.account = given.column1 AND c.holder = given.column2 AND c.until > given.column7
        AND NOT (c.cart = given.column3 AND c.since = given.column4)) <= given.column8
    ON CONFLICT (cart, account, holder, since) DO UPDATE SET until = excluded.until,
        pieces = CASE WHEN excluded.pieces > checkout_claim.pieces THEN excluded.pieces ELSE checkout_claim.pieces END
    RETURNING account, holder";
const OTHERS: &str = "SELECT CAST(COALESCE(SUM(pieces), 0) AS BIGINT), MIN(until) FROM checkout_claim
    WHERE account = $1 AND holder = $2 AND until > $3 AND NOT (cart = $4 AND since = $5)";
const EXTEND: &str = "UPDATE checkout_claim SET until = $2 WHERE cart = $1 AND until > $3";
const SETTLE: &str = "DELETE FROM checkout_claim WHERE cart = (SELECT source_key FROM order_head WHERE id = $1 AND source IN ('cart', 'test'))";
const FORGET: &str = "DELETE FROM checkout_claim WHERE (cart, account, holder, since) IN
    (SELECT cart, account, holder, since FROM checkout_claim WHERE cart < $3 AND until <= $1 ORDER BY cart LIMIT $2)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_may_be_held_and_the_last_piece_by_anybody() {
        let expected = [(1, 1), (2, 1), (3, 2), (4, 2), (8, 4), (20, 10), (39, 10), (44, 11), (208, 52)];
        for (free, most) in expected {
            assert_eq!(allowance(free), most, "of {free}");
        }
        assert!((2..500).all(|free| allowance(free) < free), "of two or more something stays free");
    }
}
