//! Clocks that wait for goods: how long a consignment may take that is made to order or ships from a day on.

use super::rule::{Walk, pages};
use base::time::parse_date;
use base::{Date, Moment};
use store::params;

/// Whole days by which a clock is put off: the fewest and the most for so many working days, which may begin on a weekend.
fn put_off(lead_days: i64) -> (i64, i64) {
    (lead_days, lead_days + 2 * ((lead_days + 4) / 5) + 2)
}

const DAY: i64 = 24 * 3_600_000_000;

pub(super) const WAITS: Walk = Walk {
    says: "what is made to order has its working days to leave, and what is sold early leaves on its day",
    reads: &["order_consignment", "order_line", "order_head", "amendment"],
    breaches: |db, found| {
        pages(db, CONSIGNMENTS, |db, row| {
            let (id, handled, ship_by): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (mut lead_days, mut day): (i64, Option<Date>) = (0, None);
            for row in db.query(LINES, params![row.get::<i64>(3)?, id])? {
                let text: String = row.get(0)?;
                lead_days = lead_days.max(text.strip_prefix("made:").and_then(|days| days.parse().ok()).unwrap_or(0));
                day = day.max(text.strip_prefix("preorder:").and_then(|day| parse_date(day).ok()));
            }
            let (least, most) = put_off(lead_days);
            let days = (ship_by - handled) / DAY;
            let of_day = day.map(|day| days_until(handled, day));
            let (least, most) = (least.max(of_day.unwrap_or(0)), most.max(of_day.map_or(0, |days| days + 2)));
            if (ship_by - handled) % DAY != 0 || !(least..=most).contains(&days) {
                found.push(format!("consignment {id} leaves {days} days later, of {least} to {most}"));
            }
            Ok(())
        })
    },
};

/// Days from that of `handled` to another, none where that is over.
fn days_until(handled: i64, day: Date) -> i64 {
    let begins = Moment::at_midnight(day).micros() / DAY;
    (begins - handled / DAY).max(0)
}

const CONSIGNMENTS: &str = "SELECT c.id, CASE c.amendment WHEN 0 THEN o.paid_at
    ELSE (SELECT a.ended_at FROM amendment a WHERE a.id = c.amendment) END + c.handling_hours * 3600000000, c.ship_by, c.order_id
    FROM order_consignment c
    JOIN order_head o ON o.id = c.order_id WHERE c.id > $1 AND c.ship_by IS NOT NULL AND o.paid_at IS NOT NULL AND EXISTS
    (SELECT 1 FROM order_line l WHERE l.order_id = c.order_id AND l.consignment = c.id AND l.supplied <> 'stock')
    ORDER BY c.id LIMIT $2";
const LINES: &str = "SELECT supplied FROM order_line WHERE order_id = $1 AND consignment = $2";
