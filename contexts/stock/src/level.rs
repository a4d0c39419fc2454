//! How much there is: for pages and for those who offer it. Available is on hand and promised less held: the rule a hold is checked by.

use crate::Warehouse;
use base::{Id, Result};
use catalog::{Product, Terms, Variant};
use store::{Read, Row, params};

/// Pieces of a variant in a warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Where.
    pub warehouse: Id<Warehouse>,
    /// What.
    pub variant: Id<Variant>,
    /// Lying there.
    pub on_hand: i64,
    /// Not lying there, and sold all the same: made when they are ordered, or coming.
    pub promised: i64,
    /// Reserved, of both.
    pub held: i64,
    /// What a hold would still get.
    pub available: i64,
}

/// A stock row with the words a page needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockRow {
    /// Quantities.
    pub level: Level,
    /// Code of the warehouse.
    pub warehouse_code: String,
    /// The product.
    pub product: Id<Product>,
    /// Its title in its own language.
    pub title: String,
    /// The variant's SKU.
    pub sku: String,
    /// Option values, `Blue / M`.
    pub options: String,
    /// The variant's picture, or the product's.
    pub image: String,
}

/// Whose stock to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf<'a> {
    /// All variants of an organisation, wherever they lie (raw id).
    Organisation(i64),
    /// Everything in a warehouse.
    Warehouse(Id<Warehouse>),
    /// Variants of an organisation (raw id) whose product a text leads to.
    Found(i64, &'a Terms),
}

/// The stock of variants, in every warehouse that has had them, by variant and warehouse.
pub fn levels(db: &mut Read, variants: &[Id<Variant>]) -> Result<Vec<Level>> {
    let ids: Vec<i64> = variants.iter().map(|variant| variant.raw()).collect();
    db.query_in(SELECT_LEVELS, &ids)?.iter().map(level).collect()
}

/// A page of stock rows by variant and warehouse, after the pair `after`.
pub fn list(
    db: &mut Read,
    shelf: Shelf<'_>,
    after: Option<(Id<Variant>, Id<Warehouse>)>,
    limit: i64,
) -> Result<Vec<StockRow>> {
    let (variant, warehouse) = after.map_or((0, 0), |(variant, warehouse)| (variant.raw(), warehouse.raw()));
    let rows = match shelf {
        Shelf::Organisation(organisation) => {
            db.query(SELECT_OWNED, params![organisation, variant, warehouse, limit])?
        }
        Shelf::Found(organisation, terms) => {
            let [a, b, c] = [terms.range(0), terms.range(1), terms.range(2)];
            db.query(FIND_OWNED, params![organisation, variant, warehouse, limit, a.0, a.1, b.0, b.1, c.0, c.1])?
        }
        Shelf::Warehouse(shelf) => db.query(SELECT_SHELF, params![shelf, variant, limit])?,
    };
    rows.iter().map(stock_row).collect()
}

// What `level` reads, in its order; more may follow.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "SELECT i.warehouse, i.variant, COALESCE(a.balance, 0), COALESCE(a.held, 0), i.promised ",
            $($rest),+
        )
    };
}

fn level(row: &Row) -> Result<Level> {
    let (pieces, held, promised): (i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
    let (on_hand, available) = (pieces - promised, pieces - held);
    Ok(Level { warehouse: row.get(0)?, variant: row.get(1)?, on_hand, promised, held, available })
}

// What `stock_row` reads, in its order.
macro_rules! select_row {
    ($from:literal) => {
        select!(
            ", w.code, v.product, p.title, v.sku, v.option1, v.option2, v.option3,
                CASE WHEN v.image = '' THEN p.image ELSE v.image END ",
            $from
        )
    };
}

fn stock_row(row: &Row) -> Result<StockRow> {
    let options: Vec<String> = [row.get(9)?, row.get(10)?, row.get(11)?].into();
    let options: Vec<String> = options.into_iter().filter(|option| !option.is_empty()).collect();
    Ok(StockRow {
        level: level(row)?,
        warehouse_code: row.get(5)?,
        product: row.get(6)?,
        title: row.get(7)?,
        sku: row.get(8)?,
        options: options.join(" / "),
        image: row.get(12)?,
    })
}

const SELECT_LEVELS: &str = select!(
    "FROM stock_item i LEFT JOIN ledger_account a ON a.id = i.account
    WHERE i.variant IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY i.variant, i.warehouse"
);
const SELECT_OWNED: &str = select_row!(
    "FROM stock_item i JOIN stock_warehouse w ON w.id = i.warehouse
    JOIN catalog_variant v ON v.id = i.variant JOIN catalog_product p ON p.id = v.product
    LEFT JOIN ledger_account a ON a.id = i.account
    WHERE i.organisation = $1 AND (i.variant, i.warehouse) > ($2, $3) ORDER BY i.variant, i.warehouse LIMIT $4"
);
const FIND_OWNED: &str = select_row!(
    "FROM stock_item i JOIN stock_warehouse w ON w.id = i.warehouse
    JOIN catalog_variant v ON v.id = i.variant JOIN catalog_product p ON p.id = v.product
    LEFT JOIN ledger_account a ON a.id = i.account
    WHERE v.product IN (SELECT w.product FROM catalog_word w WHERE w.word >= $5 AND w.word < $6)
    AND EXISTS (SELECT 1 FROM catalog_word w WHERE w.product = v.product AND w.word >= $7 AND w.word < $8)
    AND EXISTS (SELECT 1 FROM catalog_word w WHERE w.product = v.product AND w.word >= $9 AND w.word < $10)
    AND i.organisation = $1 AND (i.variant, i.warehouse) > ($2, $3) ORDER BY i.variant, i.warehouse LIMIT $4"
);
const SELECT_SHELF: &str = select_row!(
    "FROM stock_item i JOIN stock_warehouse w ON w.id = i.warehouse
    JOIN catalog_variant v ON v.id = i.variant JOIN catalog_product p ON p.id = v.product
    LEFT JOIN ledger_account a ON a.id = i.account
    WHERE i.warehouse = $1 AND i.variant > $2 ORDER BY i.variant LIMIT $3"
);
