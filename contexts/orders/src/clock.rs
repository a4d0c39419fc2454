//! The time to hand over, of goods that are not ready when they are paid: made to order, or still to come.

use crate::order::{Consignment, Order};
use base::{Country, Id, Moment, Result};
use logistics::arrival;
use offers::Supply;
use std::collections::BTreeMap;
use store::{Tx, params};

/// The time to hand over begins, for every consignment of an order that waited for its money, or was just added to a paid order.
pub(crate) fn start(tx: &mut Tx, order: Id<Order>) -> Result<()> {
    let now = tx.now();
    tx.send(START, params![order, now])
}

/// What a consignment waits for: the most working days, and the latest day, of its lines.
type Wait = (Country, Moment, i64, Option<base::Date>);

/// Puts off the time by which the consignments of a paid order, or of its amendment, must leave, whose clocks have just begun: by the working days in
/// which their goods are made, and to the day from which they ship. The parcel leaves with the slowest of what is in it.
pub(crate) fn put_off(tx: &mut Tx, order: Id<Order>, amendment: i64) -> Result<()> {
    let mut waits: BTreeMap<Id<Consignment>, Wait> = BTreeMap::new();
    for row in tx.query(WAITING, params![order, amendment])? {
        let supplied: Supply = row.get(3)?;
        let wait = waits.entry(row.get(0)?).or_insert((row.get(1)?, row.get(2)?, 0, None));
        wait.2 = wait.2.max(supplied.lead_days());
        wait.3 = wait.3.max(supplied.ships_on());
    }
    for (consignment, (dispatch, ship_by, lead_days, not_before)) in waits {
        let handled = ship_by.date();
        let leaves = arrival::leaves(handled, lead_days, not_before, dispatch);
        let days = handled.until(leaves).map_or(0, |span| i64::from(span.get_days()));
        tx.send(PUT_OFF, params![consignment, ship_by.plus_days(days)])?;
    }
    Ok(())
}

const START: &str = "UPDATE order_consignment SET state = 'to_pack', ship_by = $2 + handling_hours * 3600000000
    WHERE order_id = $1 AND state = 'waiting'";
const WAITING: &str = "SELECT c.id, c.dispatch, c.ship_by, l.supplied FROM order_line l
    JOIN order_consignment c ON c.id = l.consignment
    WHERE l.order_id = $1 AND c.amendment = $2 AND l.supplied <> 'stock' AND c.ship_by IS NOT NULL ORDER BY l.position";
const PUT_OFF: &str = "UPDATE order_consignment SET ship_by = $2 WHERE id = $1";
