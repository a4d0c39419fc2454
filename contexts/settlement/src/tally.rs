//! Sales fall by what refunds take back: follows the refunds of settlement for the sums by day of `orders`.

use crate::event::Refunded;
use base::{Money, Result};
use orders::GivenBack;
use store::{EventRow, Tx, params};

/// Takes what the refunds in `events` took back off the sums of the days of their orders. Goodwill takes nothing back. For a
/// follower: each event once.
pub fn tally(tx: &mut Tx, events: &[EventRow]) -> Result<()> {
    for event in events.iter().filter(|event| event.is::<Refunded>()) {
        for row in tx.query(TAKEN_BACK, params![event.read::<Refunded>()?.refund])? {
            let goods = Money::new(row.get(2)?, row.get(4)?);
            let back = GivenBack { organisation: row.get(1)?, goods, total: row.get(3)? };
            orders::give_back(tx, row.get(0)?, &back)?;
        }
    }
    Ok(())
}

const TAKEN_BACK: &str = "SELECT b.order_id, l.organisation,
        CAST(SUM(CASE b.part WHEN 'goods' THEN COALESCE(l.supply_minor * (b.unsent + b.supply_pieces), b.net) ELSE 0 END) AS BIGINT),
        CAST(SUM(b.net + b.duty + b.tax + b.fees) AS BIGINT), COALESCE(l.supply_currency, o.currency)
    FROM settlement_refund_line b JOIN order_line l ON l.id = b.line JOIN order_head o ON o.id = b.order_id WHERE b.refund = $1
    GROUP BY b.order_id, l.organisation, COALESCE(l.supply_currency, o.currency) ORDER BY l.organisation, 5";
