//! What happens to stock and warehouses.

use crate::Warehouse;
use base::{Country, Id};
use catalog::Variant;
use serde::{Deserialize, Serialize};

store::events! {
    Private "stock.changed" Changed: Id<Variant>;
    Private "stock.warehouse_put" WarehousePut: Id<Warehouse>;
}

/// There is more or less to be sold of a variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Changed {
    /// Pieces came or went, or what is promised of it was changed.
    Moved(Moved),
    /// The last piece is held: lists stop showing it.
    SoldOut {
        /// Pieces that can be sold: 0.
        available: i64,
    },
}

/// What came or went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Where.
    pub warehouse: Id<Warehouse>,
    /// Pieces more; less than 0: fewer.
    pub difference: i64,
    /// Why: `stock.received`.
    pub kind: String,
    /// What whoever did it wrote.
    pub reason: String,
    /// Pieces that may be sold before they are there, when that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<i64>,
    /// Whether it is made to order, when that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<bool>,
}

/// A warehouse was made or changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WarehousePut {
    /// Its code: `CN-SZX`.
    pub code: String,
    /// Raw id of whose it is.
    pub organisation: i64,
    /// Where it is.
    pub country: Country,
}
