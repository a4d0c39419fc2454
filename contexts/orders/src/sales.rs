//! What was sold day by day, for charts: of the whole house, or of one seller. A range of ids is a range of days, so only the
//! days asked for are read.

use base::{Currency, Date, Id, Moment, Money, Permission, Result};
use parties::Organisation;
use store::{Read, Row, params};

/// What was sold on a day in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySales {
    /// The day, in UTC.
    pub day: Date,
    /// What buyers paid; of a seller: its goods.
    pub amount: Money,
    /// Orders; of a seller: its consignments.
    pub orders: i64,
}

/// Paid orders by the day they were placed, from `from` on, by day and currency. Errors: denied.
pub fn sales(db: &mut Read, from: Date) -> Result<Vec<DaySales>> {
    db.actor().may(Permission::ConsoleRead)?;
    let first = store::first_id_at(Moment::at_midnight(from));
    db.query(SALES, params![first, DAY])?.iter().map(day).collect()
}

/// A seller's paid goods by the day they were sold. Errors: denied for other sellers.
pub fn seller_sales(db: &mut Read, organisation: Id<Organisation>, from: Date) -> Result<Vec<DaySales>> {
    db.actor().may_for(organisation.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
    let first = store::first_id_at(Moment::at_midnight(from));
    db.query(SELLER_SALES, params![organisation, first, DAY])?.iter().map(day).collect()
}

/// Microseconds.
const DAY: i64 = 86_400_000_000;

fn day(row: &Row) -> Result<DaySales> {
    let currency: Currency = row.get(1)?;
    Ok(DaySales {
        day: Moment(row.get::<i64>(0)?.saturating_mul(DAY)).date(),
        amount: Money::new(row.get(2)?, currency),
        orders: row.get(3)?,
    })
}

const SALES: &str = "SELECT placed_at / $2, currency, CAST(SUM(total) AS BIGINT), COUNT(*) FROM order_head
    WHERE id >= $1 AND paid_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2";
const SELLER_SALES: &str = "SELECT o.placed_at / $3, o.currency, CAST(SUM(l.goods) AS BIGINT), COUNT(DISTINCT c.id)
    FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id
    WHERE c.organisation = $1 AND c.id >= $2 AND o.paid_at IS NOT NULL
    GROUP BY 1, 2 ORDER BY 1, 2";
