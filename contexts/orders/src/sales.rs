//! What was sold day by day, for charts: of the whole house, or of one seller. Sums by day are kept by [`tally`], which follows
//! the events, so that what a chart costs does not grow with the number of orders.

use base::{Country, Currency, Date, Id, Moment, Money, Permission, Result};
use parties::Organisation;
use store::{EventRow, Read, Row, Tx, params};

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

/// What was sold to a destination in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DestinationSales {
    /// Where to.
    pub destination: Country,
    /// What buyers paid.
    pub amount: Money,
    /// Orders.
    pub orders: i64,
}

/// Adds the orders that `events` say were paid to the sums of their days. For a follower: each event once.
pub fn tally(tx: &mut Tx, events: &[EventRow]) -> Result<()> {
    if !events.iter().any(|event| event.kind == "order.paid") {
        return Ok(());
    }
    if let (Some(first), Some(last)) = (events.first(), events.last()) {
        tx.send(TALLY, params![first.seq, last.seq, DAY])?;
        tx.send(TALLY_SELLERS, params![first.seq, last.seq, DAY])?;
    }
    Ok(())
}

/// Paid orders by the day they were placed, from `from` on, by day and currency. Errors: denied.
pub fn sales(db: &mut Read, from: Date) -> Result<Vec<DaySales>> {
    db.actor().may(Permission::ConsoleRead)?;
    db.query(BY_DAY, params![HOUSE, number(from)])?.iter().map(day).collect()
}

/// A seller's paid goods by the day they were sold. Errors: denied for other sellers.
pub fn seller_sales(db: &mut Read, organisation: Id<Organisation>, from: Date) -> Result<Vec<DaySales>> {
    db.actor().may_for(organisation.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
    db.query(BY_DAY, params![organisation, number(from)])?.iter().map(day).collect()
}

/// Paid orders placed from the day `from` to the day before `until`, by destination and currency. Errors: denied.
pub fn sales_by_destination(db: &mut Read, from: Date, until: Date) -> Result<Vec<DestinationSales>> {
    db.actor().may(Permission::ConsoleRead)?;
    let read = |row: &Row| {
        let currency: Currency = row.get(1)?;
        let amount = Money::new(row.get(2)?, currency);
        Ok(DestinationSales { destination: row.get(0)?, amount, orders: row.get(3)? })
    };
    db.query(BY_DESTINATION, params![HOUSE, number(from), number(until)])?.iter().map(read).collect()
}

/// Microseconds.
const DAY: i64 = 86_400_000_000;
/// Whose rows count every order.
const HOUSE: i64 = 0;

/// Days since 1970.
fn number(day: Date) -> i64 {
    Moment::at_midnight(day).micros() / DAY
}

fn day(row: &Row) -> Result<DaySales> {
    let currency: Currency = row.get(1)?;
    Ok(DaySales {
        day: Moment(row.get::<i64>(0)?.saturating_mul(DAY)).date(),
        amount: Money::new(row.get(2)?, currency),
        orders: row.get(3)?,
    })
}

const TALLY: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT 0, o.placed_at / $3, o.destination, o.currency, CAST(SUM(o.total) AS BIGINT), COUNT(*)
    FROM event e JOIN order_head o ON o.id = e.subject
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = 'order.paid' GROUP BY 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE
    SET amount = order_day.amount + excluded.amount, orders = order_day.orders + excluded.orders";
const TALLY_SELLERS: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT l.organisation, o.placed_at / $3, o.destination, o.currency, CAST(SUM(l.goods) AS BIGINT),
        COUNT(DISTINCT l.consignment)
    FROM event e JOIN order_head o ON o.id = e.subject JOIN order_line l ON l.order_id = o.id
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = 'order.paid' GROUP BY 1, 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE
    SET amount = order_day.amount + excluded.amount, orders = order_day.orders + excluded.orders";
const BY_DAY: &str = "SELECT day, currency, CAST(SUM(amount) AS BIGINT), CAST(SUM(orders) AS BIGINT) FROM order_day
    WHERE organisation = $1 AND day >= $2 GROUP BY day, currency ORDER BY day, currency";
const BY_DESTINATION: &str = "SELECT destination, currency, CAST(SUM(amount) AS BIGINT), CAST(SUM(orders) AS BIGINT)
    FROM order_day WHERE organisation = $1 AND day >= $2 AND day < $3
    GROUP BY destination, currency ORDER BY destination, currency";
