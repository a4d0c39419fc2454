//! Suppliers: what they are owed is what was agreed, for the pieces that left and did not come back to them.

use super::names::raw;
use super::rule::{Rule, Walk, pages};
use super::split::parse;
use base::Result;
use serde_json::Value;
use store::{Read, Row, params};

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "a supplier is owed its price for every piece that left and did not come back to it, once that is complete or given up",
        breaches: "SELECT 'line ' || l.id FROM order_line l JOIN order_head o ON o.id = l.order_id
            JOIN order_consignment c ON c.id = l.consignment LEFT JOIN
            (SELECT line, SUM(CASE kind WHEN 'supply' THEN gross ELSE 0 END) AS owed,
                SUM(CASE kind WHEN 'supply' THEN 0 ELSE gross END) AS back, MIN(order_id) AS order_id, MAX(order_id) AS order_last,
                MIN(organisation) AS organisation, MAX(organisation) AS organisation_last, MIN(currency) AS currency,
                MAX(currency) AS currency_last, MAX(CASE kind WHEN 'supply' THEN at ELSE 0 END) AS at
             FROM settlement_entry WHERE kind IN ('supply', 'supply_returned') GROUP BY line) e ON e.line = l.id LEFT JOIN
            (SELECT b.line, SUM(CASE k.booked WHEN 'own' THEN 0 ELSE b.supply_pieces END) AS earlier,
                SUM(CASE k.booked WHEN 'own' THEN b.supply_pieces ELSE 0 END) AS later
             FROM settlement_refund_line b JOIN settlement_refund_booking k ON k.refund = b.refund AND k.consignment = b.consignment
             GROUP BY b.line) r ON r.line = l.id
            WHERE COALESCE(e.owed, 0) <> CASE WHEN c.completed_at IS NULL AND c.written_off_at IS NULL THEN 0
                ELSE COALESCE(l.supply_minor, 0) * (l.quantity - l.called_off - COALESCE(r.earlier, 0)) END
            OR COALESCE(e.back, 0) <> -COALESCE(l.supply_minor, 0) * COALESCE(r.later, 0)
            OR (e.line IS NOT NULL AND (e.order_id <> l.order_id OR e.order_last <> l.order_id OR e.organisation <> l.organisation
                OR e.organisation_last <> l.organisation OR l.supply_currency IS NULL OR e.currency <> l.supply_currency
                OR e.currency_last <> l.supply_currency OR (e.at <> 0 AND e.at <> COALESCE(c.completed_at, c.written_off_at)))) LIMIT 20",
    },
    Rule {
        says: "what a supplier is owed of an order, less what it gave back, is what the operator booked as its cost",
        breaches: "SELECT 'order ' || COALESCE(e.order_id, p.subject) FROM
            (SELECT order_id, organisation, currency, SUM(net) AS net FROM settlement_entry
             WHERE kind IN ('supply', 'supply_returned') GROUP BY order_id, organisation, currency) e FULL JOIN
            (SELECT t.subject, CASE x.family WHEN 'expense' THEN o.owner ELSE x.owner END AS organisation, x.unit AS currency,
                SUM(CASE x.family WHEN 'expense' THEN t.amount ELSE -t.amount END) AS net
             FROM ledger_transfer t JOIN ledger_account x ON x.id = t.from_account JOIN ledger_account o ON o.id = t.to_account
             WHERE (x.code = 'expense:supply:' || x.unit AND o.family = 'seller')
                OR (o.code = 'expense:supply:' || o.unit AND x.family IN ('seller', 'debt')) GROUP BY 1, 2, 3) p
            ON p.subject = e.order_id AND p.organisation = e.organisation AND p.currency = e.currency
            WHERE e.net IS NULL OR p.net IS NULL OR e.net <> p.net
            UNION ALL
            SELECT 'transfer ' || t.id FROM ledger_transfer t JOIN ledger_account f ON f.id = t.from_account
            JOIN ledger_account o ON o.id = t.to_account JOIN ledger_posting p ON p.id = t.posting
            WHERE (f.code = 'expense:supply:' || f.unit AND (o.family <> 'seller' OR p.kind <> 'consignment.supplied'))
            OR (o.code = 'expense:supply:' || o.unit AND (f.family NOT IN ('seller', 'debt') OR p.kind <> 'order.supply_returned'))
            OR (p.kind IN ('consignment.supplied', 'order.supply_returned') AND f.code <> 'expense:supply:' || f.unit
                AND o.code <> 'expense:supply:' || o.unit) LIMIT 20",
    },
    Rule {
        says: "a supplier bears what was given back to it, and what it shipped itself",
        breaches: "SELECT 'refund ' || r.key || ' line ' || l.id FROM settlement_refund_line b
            JOIN settlement_refund r ON r.id = b.refund JOIN order_line l ON l.id = b.line
            WHERE b.supply_pieces <> CASE WHEN l.supply_minor IS NOT NULL AND b.part = 'goods' AND (r.restocked = 1
                OR l.terms NOT LIKE '%\"ships\":\"platform\"%' OR (r.kind = 'written_off' AND EXISTS (SELECT 1 FROM order_parcel p
                    WHERE p.order_id = r.order_id AND r.key = 'write_off:' || p.id AND p.returned_at IS NOT NULL)))
                THEN b.pieces - b.unsent ELSE 0 END LIMIT 20",
    },
];

pub(super) const AGREED: Walk = Walk {
    says: "a line has a supply price where its terms pay by one, and it is one that was agreed for it by then",
    reads: &["order_head", "order_line", "order_consignment", "amendment", "offer_supply"],
    breaches: |db, found| {
        pages(db, LINES, |db, row| {
            let (line, terms): (i64, Value) = (row.get(0)?, parse(&row.get::<String>(1)?)?);
            if (terms["paid"] == "supply_price") != row.get::<Option<i64>>(2)?.is_some() {
                found.push(format!("line {line}: paid by {}", terms["paid"]));
            } else if terms["paid"] == "supply_price" && !agreed(db, row, &terms)? {
                found.push(format!("line {line}: nobody agreed its supply price"));
            }
            Ok(())
        })
    },
};

fn agreed(db: &mut Read, row: &Row, terms: &Value) -> Result<bool> {
    let agreement = terms["agreement"].as_str().and_then(raw).unwrap_or_default();
    let (variant, minor): (i64, i64) = (row.get(4)?, row.get(2)?);
    let (currency, placed_at): (String, i64) = (row.get(3)?, row.get(5)?);
    Ok(db.maybe(AGREED_BEFORE, params![agreement, variant, currency, minor, placed_at])?.is_some())
}

const LINES: &str = "SELECT l.id, l.terms, l.supply_minor, l.supply_currency, l.variant,
    COALESCE(a.proposed_at, o.placed_at) FROM order_line l JOIN order_head o ON o.id = l.order_id
    JOIN order_consignment c ON c.id = l.consignment LEFT JOIN amendment a ON a.id = c.amendment WHERE l.id > $1 ORDER BY l.id LIMIT $2";
const AGREED_BEFORE: &str = "SELECT id FROM offer_supply
    WHERE agreement = $1 AND variant = $2 AND currency = $3 AND price_minor = $4 AND valid_from <= $5 LIMIT 1";
