//! What was sold day by day, for charts: of the whole house, or of one seller. Sums by day are kept by [`tally`], which follows
//! the events, so that what a chart costs does not grow with the number of orders.

use crate::event::{Added, Cancelled, ConsignmentCancelled, Paid, Replaced};
use crate::order::Order;
use base::{Country, Currency, Date, Id, Moment, Money, Permission, Result};
use parties::Organisation;
use store::{EventRow, Fact, Read, Row, Tx, params};

/// What was sold on a day in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySales {
    /// The day, in UTC.
    pub day: Date,
    /// What buyers paid and did not get back; of a seller: its goods.
    pub amount: Money,
    /// Orders that were not called off; of a seller: its consignments.
    pub orders: i64,
}

/// What was sold to a destination on a day in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DestinationSales {
    /// The day, in UTC.
    pub day: Date,
    /// Where to.
    pub destination: Country,
    /// What buyers paid and did not get back.
    pub amount: Money,
    /// Orders that were not called off.
    pub orders: i64,
}

/// What a refund took back of an order's lines of one seller, in minor units of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenBack {
    /// Raw id of the seller.
    pub organisation: i64,
    /// Of its goods, without tax; of what it supplies the supply price.
    pub goods: Money,
    /// Of what the buyer paid.
    pub total: i64,
}

/// Adds the orders that `events` say were paid to the sums of their days, and counts those out that were called off. For a
/// follower: each event once.
pub fn tally(tx: &mut Tx, events: &[EventRow]) -> Result<()> {
    let (Some(first), Some(last)) = (events.first(), events.last()) else { return Ok(()) };
    for (kind, statement) in FOLLOWED {
        if events.iter().any(|event| event.kind == kind) {
            tx.send(statement, params![first.seq, last.seq, DAY, kind])?;
        }
    }
    Ok(())
}

/// What follows from an event, for the house and for its sellers; the statements are given its kind.
const FOLLOWED: [(&str, &str); 8] = [
    (Paid::KIND, TALLY),
    (Paid::KIND, TALLY_SELLERS),
    (Added::KIND, TALLY_ADDED),
    (Added::KIND, TALLY_ADDED_SELLERS),
    (Cancelled::KIND, COUNT_OUT),
    (Cancelled::KIND, COUNT_OUT_ALL),
    (ConsignmentCancelled::KIND, COUNT_OUT_ONE),
    (Replaced::KIND, COUNT_OUT_ONE),
];

/// Takes what went back of an order off the sums of its day. Called by `settlement`, which follows its refunds.
pub fn give_back(tx: &mut Tx, order: Id<Order>, back: &GivenBack) -> Result<()> {
    tx.send(GIVE_BACK, params![order, HOUSE, back.total, DAY, Option::<Currency>::None])?;
    let (minor, currency) = (back.goods.minor, back.goods.currency);
    tx.send(GIVE_BACK, params![order, back.organisation, minor, DAY, Some(currency)])
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

/// Paid orders placed from the day `from` to the day before `until`, by destination, currency and day. Errors: denied.
pub fn sales_by_destination(db: &mut Read, from: Date, until: Date) -> Result<Vec<DestinationSales>> {
    db.actor().may(Permission::ConsoleRead)?;
    let read = |row: &Row| {
        let currency: Currency = row.get(1)?;
        let amount = Money::new(row.get(2)?, currency);
        let day = Moment(row.get::<i64>(4)?.saturating_mul(DAY)).date();
        Ok(DestinationSales { day, destination: row.get(0)?, amount, orders: row.get(3)? })
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
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = $4 GROUP BY 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE
    SET amount = order_day.amount + excluded.amount, orders = order_day.orders + excluded.orders";
const TALLY_SELLERS: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT l.organisation, o.placed_at / $3, o.destination, COALESCE(l.supply_currency, o.currency),
        CAST(SUM(COALESCE(l.supply_minor * l.quantity, l.goods)) AS BIGINT),
        COUNT(DISTINCT l.consignment)
    FROM event e JOIN order_head o ON o.id = e.subject JOIN order_line l ON l.order_id = o.id
    JOIN order_consignment c ON c.id = l.consignment
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = $4 AND c.amendment = 0 GROUP BY 1, 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE
    SET amount = order_day.amount + excluded.amount, orders = order_day.orders + excluded.orders";
/// What amendments brought into orders, on the day that the order was placed.
const TALLY_ADDED: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT 0, o.placed_at / $3, o.destination, o.currency, CAST(SUM(c.total) AS BIGINT), 0
    FROM event e JOIN order_consignment c ON c.id = e.subject JOIN order_head o ON o.id = c.order_id
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = $4 GROUP BY 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE SET amount = order_day.amount + excluded.amount";
const TALLY_ADDED_SELLERS: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT l.organisation, o.placed_at / $3, o.destination, COALESCE(l.supply_currency, o.currency),
        CAST(SUM(COALESCE(l.supply_minor * l.quantity, l.goods)) AS BIGINT), COUNT(DISTINCT l.consignment)
    FROM event e JOIN order_consignment c ON c.id = e.subject JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = $4 GROUP BY 1, 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE
    SET amount = order_day.amount + excluded.amount, orders = order_day.orders + excluded.orders";
const BY_DAY: &str = "SELECT day, currency, CAST(SUM(amount) AS BIGINT), CAST(SUM(orders) AS BIGINT) FROM order_day
    WHERE organisation = $1 AND day >= $2 GROUP BY day, currency ORDER BY day, currency";
const BY_DESTINATION: &str = "SELECT destination, currency, amount, orders, day
    FROM order_day WHERE organisation = $1 AND day >= $2 AND day < $3 ORDER BY destination, currency, day";
const GIVE_BACK: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT CAST($2 AS BIGINT), o.placed_at / $4, o.destination, COALESCE(CAST($5 AS TEXT), o.currency), -CAST($3 AS BIGINT), 0
    FROM order_head o WHERE o.id = $1
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE SET amount = order_day.amount + excluded.amount";
const COUNT_OUT: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT 0, o.placed_at / $3, o.destination, o.currency, 0, -COUNT(*)
    FROM event e JOIN order_head o ON o.id = e.subject
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = $4 AND o.paid_at IS NOT NULL GROUP BY 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE SET orders = order_day.orders + excluded.orders";
/// Consignments that were called off with their order; one by one they tell it themselves.
const COUNT_OUT_ALL: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT c.organisation, o.placed_at / $3, o.destination, c.payout_currency, 0, -COUNT(*)
    FROM event e JOIN order_head o ON o.id = e.subject JOIN order_consignment c ON c.order_id = o.id
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = $4 AND o.paid_at IS NOT NULL AND c.cancelled_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM event own WHERE own.subject = c.id
            AND own.kind IN ('consignment.cancelled', 'consignment.replaced'))
    GROUP BY 1, 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE SET orders = order_day.orders + excluded.orders";
const COUNT_OUT_ONE: &str = "INSERT INTO order_day (organisation, day, destination, currency, amount, orders)
    SELECT c.organisation, o.placed_at / $3, o.destination, c.payout_currency, 0, -COUNT(*)
    FROM event e JOIN order_consignment c ON c.id = e.subject JOIN order_head o ON o.id = c.order_id
    WHERE e.seq >= $1 AND e.seq <= $2 AND e.kind = $4 GROUP BY 1, 2, 3, 4
    ON CONFLICT (organisation, day, destination, currency) DO UPDATE SET orders = order_day.orders + excluded.orders";
