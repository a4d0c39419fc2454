//! Stock: warehouses, and the pieces in them as goods accounts of the ledger.
//!
//! Owns: warehouses and which variant lies where (`stock_*`); the number of pieces is the ledger's.
//! A piece may be promised before it lies there: made when it is ordered, or coming.
//! Promises: what is offered as available is exactly what a hold accepts; nothing held is sold twice, nothing that is not
//! there leaves; demand for one stock row is added up before it is asked for; every change is a posting with a key.
//! Never: knows prices, orders or routes; keeps a quantity of its own but how many pieces of a row are promised.

pub mod event;
mod hold;
mod level;
mod promise;
mod receive;
mod warehouse;

pub use event::{EVENTS, Event};
pub use hold::{Taken, Want, confirm, hold, keep, release, release_part, ship, ship_seen, take};
pub use level::{Level, Shelf, StockRow, levels, list};
pub use promise::{PROMISED_MOST, Promise, promise};
pub use receive::{Move, QUANTITY_MOST, adjust, receive, set_on_hand, take_back};
pub use warehouse::{PutWarehouse, Warehouse, add_warehouse, put_warehouse, warehouse, warehouse_by_code, warehouses};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[store::Sealed {
    table: "stock_warehouse",
    rows: "SELECT id, code, organisation, created_at FROM stock_warehouse WHERE id > $1 AND id <= $2 ORDER BY id \
            LIMIT $3",
}];

/// The tables of stock.
pub const SCHEMA: store::Schema =
    store::Schema { name: "stock", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
