//! Goods in and out by hand: received, counted, adjusted, taken back.

use crate::event::{Changed, Moved};
use crate::{Warehouse, promise};
use base::{Error, Id, Permission, Result};
use catalog::Variant;
use ledger::{Account, Leg, Posting};
use store::{Tx, params};

/// A change of stock that no sale makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where.
    pub warehouse: Id<Warehouse>,
    /// What.
    pub variant: Id<Variant>,
    /// Pieces; what they mean is said by the function.
    pub quantity: i64,
    /// Idempotency key: the same move again changes nothing.
    pub key: String,
    /// Why, for the history.
    pub reason: String,
}

/// Most pieces a single move may name.
pub const QUANTITY_MOST: i64 = 100_000_000;

/// Puts `quantity` pieces that arrived on the shelf. Emits `stock.changed` (subject: the variant).
/// Errors: denied; unknown warehouse or variant; a quantity below 1.
pub fn receive(tx: &mut Tx, command: &Move) -> Result<()> {
    let account = open_item(tx, command.warehouse, command.variant)?;
    at_least(command, 1)?;
    change(tx, command, &account, "received", command.quantity)
}

/// Puts `quantity` pieces back that had left. Who may was asked by the caller (`orders`). Emits `stock.changed`.
/// Errors: unknown warehouse or variant; a quantity below 1.
pub fn take_back(tx: &mut Tx, command: &Move) -> Result<()> {
    at_least(command, 1)?;
    let account = Account::stock(command.warehouse.raw(), command.variant.raw());
    change(tx, command, &account, "returned", command.quantity)
}

/// Adds `quantity` pieces, or takes them away if it is below zero: found, broken, lost. Emits `stock.changed`.
/// Errors: denied; unknown warehouse or variant; `stock_held` (conflict) when pieces would go that are reserved or not there.
pub fn adjust(tx: &mut Tx, command: &Move) -> Result<()> {
    let account = open_item(tx, command.warehouse, command.variant)?;
    at_least(command, -QUANTITY_MOST)?;
    change(tx, command, &account, "adjusted", command.quantity)
}

/// A count: afterwards `quantity` pieces lie there, whatever is promised besides. Says by how many pieces that differed. Emits `stock.changed`.
/// Errors: denied; unknown warehouse or variant; a quantity below 0; `stock_held` (conflict) when fewer than are reserved.
pub fn set_on_hand(tx: &mut Tx, command: &Move) -> Result<i64> {
    let account = open_item(tx, command.warehouse, command.variant)?;
    at_least(command, 0)?;
    if ledger::posted(tx, &posting_key(command))? {
        return Ok(0);
    }
    let lying: i64 = tx.one(LYING, params![account.id()])?.get(0)?;
    let difference = command.quantity - lying;
    change(tx, command, &account, "adjusted", difference)?;
    Ok(difference)
}

fn at_least(command: &Move, least: i64) -> Result<()> {
    if (least..=QUANTITY_MOST).contains(&command.quantity) {
        return Ok(());
    }
    let say = format!("Write a whole number from {least} to {QUANTITY_MOST}.");
    Err(Error::field("quantity", "out_of_range", say))
}

/// Checks who may touch this stock, and makes the stock row if this is its first move.
pub(crate) fn open_item(tx: &mut Tx, warehouse: Id<Warehouse>, variant: Id<Variant>) -> Result<Account> {
    let row = tx
        .maybe(SELECT_OWNERS, params![warehouse, variant])?
        .ok_or_else(|| Error::not_found("unknown_stock", "There is no such warehouse or variant."))?;
    for organisation in [row.get(0)?, row.get(1)?] {
        tx.actor().may_for(organisation, Permission::SellerWrite, Permission::OrdersWrite)?;
    }
    let account = Account::stock(warehouse.raw(), variant.raw());
    if row.get::<Option<i64>>(2)?.is_none() {
        let organisation: i64 = row.get(1)?;
        tx.send(INSERT_ITEM, params![warehouse, variant, account.id(), organisation])?;
    }
    Ok(account)
}

fn change(tx: &mut Tx, command: &Move, account: &Account, what: &str, difference: i64) -> Result<()> {
    if difference == 0 {
        return Ok(());
    }
    let world = Account::goods(what, command.variant.raw());
    let (from, to) = if difference > 0 { (world, account.clone()) } else { (account.clone(), world) };
    let kind = match what {
        "received" => "stock.received",
        "returned" => "stock.returned",
        _ => "stock.adjusted",
    };
    let posting = Posting {
        key: posting_key(command),
        kind,
        subject: command.variant.raw(),
        legs: vec![Leg::new(from, to, difference.abs())],
    };
    let held = || Error::conflict("stock_held", "Pieces that are reserved for orders, or not there, cannot go.");
    let posted =
        ledger::post(tx, &posting).map_err(|error| if error.code == "insufficient" { held() } else { error })?;
    if posted.new {
        let mut capacity = None;
        if difference > 0 {
            capacity = promise::arrived(tx, account, command.variant, difference)?;
        } else if promise::is_short(tx, account)? {
            return Err(held());
        }
        let (warehouse, kind, reason) = (command.warehouse, kind.into(), command.reason.clone());
        let moved = Moved { warehouse, difference, kind, reason, capacity, made: None };
        tx.emit(command.variant, &Changed::Moved(moved))?;
    }
    Ok(())
}

fn posting_key(command: &Move) -> String {
    format!("stock:{}", command.key)
}

const SELECT_OWNERS: &str = "SELECT w.organisation, v.organisation, i.account
    FROM stock_warehouse w JOIN catalog_variant v ON v.id = $2
    LEFT JOIN stock_item i ON i.warehouse = w.id AND i.variant = v.id WHERE w.id = $1";
const LYING: &str =
    "SELECT COALESCE(a.balance, 0) - i.promised FROM stock_item i LEFT JOIN ledger_account a ON a.id = i.account
    WHERE i.account = $1";
const INSERT_ITEM: &str = "INSERT INTO stock_item (warehouse, variant, account, organisation) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING";
