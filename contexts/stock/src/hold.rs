//! Reserving pieces for a quote, keeping them for the order, shipping them. Two statements a stock row.

use crate::event::Changed;
use crate::{Warehouse, promise};
use base::{Error, Id, Moment, Result};
use catalog::Variant;
use ledger::{Account, Leg, Posting};
use std::collections::BTreeMap;
use store::{Read, Tx, params};

/// Pieces that are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// From here.
    pub warehouse: Id<Warehouse>,
    /// What.
    pub variant: Id<Variant>,
    /// Pieces, above zero.
    pub quantity: i64,
}

/// Demand by stock row: two lines of one SKU are one demand. In account order, so that two buyers never wait for each
/// other crosswise.
fn add_up(wants: &[Want]) -> Result<Vec<(Account, Want)>> {
    let mut demand: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for want in wants {
        if want.quantity <= 0 {
            return Err(Error::field("quantity", "out_of_range", "Write a quantity of at least 1."));
        }
        let sum = demand.entry((want.warehouse.raw(), want.variant.raw())).or_default();
        *sum = sum.checked_add(want.quantity).ok_or_else(|| Error::internal("quantity overflow"))?;
    }
    let mut rows: Vec<(Account, Want)> = demand
        .into_iter()
        .map(|((warehouse, variant), quantity)| {
            let want = Want { warehouse: Id::from_raw(warehouse), variant: Id::from_raw(variant), quantity };
            (Account::stock(warehouse, variant), want)
        })
        .collect();
    rows.sort_by_key(|(account, _)| account.id());
    Ok(rows)
}

/// Pieces that were taken from what is free, and are not yet kept for anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The stock row.
    pub account: Account,
    /// What of it.
    pub want: Want,
    /// Pieces that were free before.
    pub free_before: i64,
}

/// Reserves every piece or none for `subject` (a quote, an order), until `expires_at` if it ends. The caller's
/// transaction must fail with it. Emits `stock.changed` for what is sold out by it. Errors: `out_of_stock` (conflict), its field named after the variant.
pub fn hold(tx: &mut Tx, wants: &[Want], subject: i64, expires_at: Option<Moment>) -> Result<()> {
    let taken = take(tx, wants)?;
    keep(tx, &taken, subject, expires_at)
}

/// The first half of [`hold`], for whoever must know how much was left before it is said for how long: takes every piece or
/// none. The stock rows stay locked; the same transaction must [`keep`] what it took, or fail. Errors: as [`hold`].
pub fn take(tx: &mut Tx, wants: &[Want]) -> Result<Vec<Taken>> {
    let demand = add_up(wants)?;
    let amounts: Vec<_> = demand.iter().map(|(account, want)| (account, want.quantity)).collect();
    let left = ledger::reserve(tx, &amounts)?;
    let mut taken = Vec::with_capacity(demand.len());
    for ((account, want), left) in demand.into_iter().zip(left) {
        match left {
            Some(left) => taken.push(Taken { account, want, free_before: left + want.quantity }),
            None => return Err(out_of_stock(tx, &account, &want)?),
        }
    }
    Ok(taken)
}

/// The second half of [`hold`]: one write a stock row.
pub fn keep(tx: &mut Tx, taken: &[Taken], subject: i64, expires_at: Option<Moment>) -> Result<()> {
    for Taken { account, want, free_before } in taken {
        ledger::keep(tx, account, want.quantity, subject, expires_at)?;
        if *free_before == want.quantity {
            tell_sold_out(tx, want.variant)?;
        }
    }
    Ok(())
}

/// Lists stop and start showing a variant when its last piece is held.
fn tell_sold_out(tx: &mut Tx, variant: Id<Variant>) -> Result<()> {
    tx.emit(variant, &Changed::SoldOut { available: 0 })
}

fn out_of_stock(db: &mut Read, account: &Account, want: &Want) -> Result<Error> {
    let left = match ledger::account(db, account.id()) {
        Ok(row) => row.available(),
        Err(error) if error.code == "unknown_account" => 0,
        Err(error) => return Err(error),
    };
    let say = if left == 0 { "Sold out.".to_owned() } else { format!("Only {left} left.") };
    Ok(Error::conflict("out_of_stock", "Something in the cart is no longer there in this quantity.").and_field(
        want.variant.to_string(),
        "out_of_stock",
        say,
    ))
}

/// The quote's reservation becomes the order's, without end. Two statements.
/// Errors: `hold_expired` (gone) when it is over, wholly or in part.
pub fn confirm(tx: &mut Tx, old_subject: i64, new_subject: i64) -> Result<()> {
    match ledger::rekey_holds(tx, old_subject, new_subject, None)? {
        0 => Err(Error::gone("hold_expired", "What was reserved is reserved no longer.")),
        _ => Ok(()),
    }
}

/// Frees what `subject` still holds; says how many reservations that were. Again changes nothing. Emits `stock.changed` for
/// what had been sold out.
pub fn release(tx: &mut Tx, subject: i64) -> Result<usize> {
    for row in tx.query(SELECT_SOLD_OUT, params![subject])? {
        tell_sold_out(tx, row.get(0)?)?;
    }
    let freed = ledger::void_holds(tx, subject)?;
    if freed > 0 {
        promise::withdraw_freed(tx, subject)?;
    }
    Ok(freed)
}

/// Frees pieces of what `subject` holds; the rest stays held. Emits `stock.changed` for what had been sold out.
/// Errors: `not_held` (conflict) when they are not reserved for it.
pub fn release_part(tx: &mut Tx, subject: i64, wants: &[Want]) -> Result<()> {
    for row in tx.query(SELECT_SOLD_OUT, params![subject])? {
        tell_sold_out(tx, row.get(0)?)?;
    }
    let held = ledger::holds(tx, subject)?;
    for (account, want) in add_up(wants)? {
        let mut missing = want.quantity;
        for hold in held.iter().filter(|hold| hold.account == account.id()) {
            let amount = hold.remaining.min(missing);
            if amount > 0 {
                ledger::void_part(tx, hold, &account, amount)?;
                missing -= amount;
            }
        }
        if missing > 0 {
            return Err(not_held(&want, missing));
        }
    }
    promise::withdraw_freed(tx, subject)
}

/// Pieces leave the house out of what `subject` holds; in one posting. What is promised and made is made as it leaves.
/// The same key again changes nothing.
/// Errors: `not_held` (conflict) when they are not reserved for it, `not_arrived` (conflict) when they have not come yet.
pub fn ship(tx: &mut Tx, subject: i64, wants: &[Want], key: &str) -> Result<()> {
    leave(tx, subject, wants, key, false)
}

/// [`ship`] of what the carrier has already: what was still to come has come. Errors: `not_held` (conflict).
pub fn ship_seen(tx: &mut Tx, subject: i64, wants: &[Want], key: &str) -> Result<()> {
    leave(tx, subject, wants, key, true)
}

fn leave(tx: &mut Tx, subject: i64, wants: &[Want], key: &str, seen: bool) -> Result<()> {
    let (mut legs, mut shelves) = (Vec::new(), Vec::new());
    let held = ledger::holds(tx, subject)?;
    for (account, want) in add_up(wants)? {
        let mut missing = want.quantity;
        for hold in held.iter().filter(|hold| hold.account == account.id()) {
            let amount = hold.remaining.min(missing);
            if amount > 0 {
                let shipped = Account::goods("shipped", want.variant.raw());
                legs.push(Leg::new(account.clone(), shipped, amount).drawing(hold.id));
                missing -= amount;
            }
        }
        if missing > 0 {
            // Shipped before: the key tells. Otherwise nothing may leave that is not reserved.
            return if ledger::posted(tx, &ship_key(key))? { Ok(()) } else { Err(not_held(&want, missing)) };
        }
        shelves.push(account);
    }
    let posting = Posting { key: ship_key(key), kind: "stock.shipped", subject, legs };
    match ledger::post(tx, &posting)?.new {
        true => promise::make_good(tx, &shelves, subject, seen),
        false => Ok(()),
    }
}

fn ship_key(key: &str) -> String {
    format!("ship:{key}")
}

fn not_held(want: &Want, missing: i64) -> Error {
    let say = format!("{missing} of them are not reserved for this order.");
    Error::conflict("not_held", "Only what is reserved can be shipped.").and_field(
        want.variant.to_string(),
        "not_held",
        say,
    )
}

const SELECT_SOLD_OUT: &str = "SELECT DISTINCT i.variant FROM ledger_hold h JOIN ledger_account a ON a.id = h.account
    JOIN stock_item i ON i.account = a.id WHERE h.subject = $1 AND h.state = 'pending' AND a.balance - a.held = 0";
