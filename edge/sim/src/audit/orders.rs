//! Orders: their sums, and the states that follow from one another.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "of an order whose money came back, all that was captured was refunded",
        breaches: "SELECT o.number || ' captured ' || o.captured || ', refunded ' || o.refunded FROM order_head o
            WHERE o.settlement = 'returned' AND o.captured <> o.refunded LIMIT 20",
    },
    Rule {
        says: "an order's total is the sum of its lines",
        breaches: "SELECT o.number || ' says ' || o.total FROM order_head o WHERE o.total <>
            (SELECT COALESCE(SUM(l.total), 0) FROM order_line l WHERE l.order_id = o.id) LIMIT 20",
    },
    Rule {
        says: "what was quoted is what is charged",
        breaches: "SELECT o.number || ' totals ' || o.total || ', quoted ' || q.total FROM order_head o
            JOIN checkout_quote q ON q.id = o.quote WHERE q.total <> o.total OR q.currency <> o.currency LIMIT 20",
    },
    Rule {
        says: "no parcel left across a border without tariff code, origin and description on its papers",
        breaches: "SELECT o.number || ' line ' || l.position FROM order_line l JOIN order_consignment c ON c.id = l.consignment
            JOIN order_head o ON o.id = l.order_id WHERE c.handed_over_at IS NOT NULL AND c.customs <> 'none'
            AND (l.hs IS NULL OR l.origin IS NULL OR l.customs_description = '') LIMIT 20",
    },
    Rule {
        says: "an order's total is the sum of its consignments",
        breaches: "SELECT o.number || ' says ' || o.total FROM order_head o WHERE o.total <>
            (SELECT COALESCE(SUM(c.total), 0) FROM order_consignment c WHERE c.order_id = o.id) LIMIT 20",
    },
    Rule {
        says: "the sums by day are those of the orders whose payments, refunds and ends were followed",
        breaches: "SELECT 'day ' || COALESCE(d.day, p.day) || ' ' || COALESCE(d.currency, p.currency) FROM
            (SELECT day, destination, currency, amount, orders FROM order_day WHERE organisation = 0) d FULL JOIN
            (SELECT o.placed_at / 86400000000 AS day, o.destination, o.currency, SUM(CASE e.kind WHEN 'order.paid' THEN o.total
                WHEN 'order.cancelled' THEN 0 ELSE -(SELECT COALESCE(SUM(b.net + b.duty + b.tax + b.fees), 0)
                    FROM settlement_refund r JOIN settlement_refund_line b ON b.refund = r.id
                    WHERE r.order_id = o.id AND e.body LIKE '%\"refund\":' || r.id || '%') END) AS amount,
                SUM(CASE e.kind WHEN 'order.paid' THEN 1 WHEN 'order.cancelled' THEN -1 ELSE 0 END) AS orders
             FROM event e JOIN order_head o ON o.id = e.subject
             WHERE (e.kind IN ('order.paid', 'settlement.refund') OR e.kind = 'order.cancelled' AND o.paid_at IS NOT NULL)
             AND e.seq <= (SELECT COALESCE(MAX(f.seq), 0) FROM follower f WHERE f.name = 'reactions')
             GROUP BY 1, 2, 3) p
            ON p.day = d.day AND p.destination = d.destination AND p.currency = d.currency
            WHERE d.amount IS NULL OR p.amount IS NULL OR d.amount <> p.amount OR d.orders <> p.orders LIMIT 20",
    },
    Rule {
        says: "an order is the sum of its lines in goods, delivery, duty, tax and fees",
        breaches: "SELECT o.number FROM order_head o LEFT JOIN
            (SELECT order_id, SUM(goods) AS goods, SUM(shipping) AS shipping, SUM(duty) AS duty, SUM(tax) AS tax, SUM(fees) AS fees
             FROM order_line GROUP BY order_id) l ON l.order_id = o.id
            WHERE l.order_id IS NULL OR o.goods <> l.goods OR o.shipping <> l.shipping OR o.duty <> l.duty OR o.tax <> l.tax
            OR o.fees <> l.fees LIMIT 20",
    },
    Rule {
        says: "a consignment is the sum of its lines, which are its organisation's, begins with the first of them, and leaves its shipper's warehouse",
        breaches: "SELECT 'consignment ' || c.id FROM order_consignment c LEFT JOIN
            (SELECT consignment, MIN(order_id) AS order_id, MAX(order_id) AS order_last, MIN(organisation) AS organisation,
                MAX(organisation) AS organisation_last, MIN(id) AS first_line, COUNT(*) AS lines, SUM(quantity) AS pieces,
                SUM(shipping) AS shipping, SUM(total) AS total, SUM(goods - commission - commission_tax) AS earned,
                SUM(supply_minor * quantity) AS supplied, MIN(supply_currency) AS currency, MAX(supply_currency) AS currency_last,
                COUNT(supply_minor) AS of_suppliers FROM order_line GROUP BY consignment) l ON l.consignment = c.id
            JOIN order_head o ON o.id = c.order_id LEFT JOIN stock_warehouse w ON w.id = c.warehouse
            WHERE l.consignment IS NULL OR c.order_id <> l.order_id OR c.order_id <> l.order_last
            OR c.organisation <> l.organisation OR c.organisation <> l.organisation_last OR c.first_line <> l.first_line
            OR c.lines <> l.lines OR c.pieces <> l.pieces OR c.shipping <> l.shipping OR c.total <> l.total
            OR c.payout <> COALESCE(l.supplied, l.earned) OR c.payout_currency <> COALESCE(l.currency, o.currency)
            OR l.currency <> l.currency_last OR l.of_suppliers NOT IN (0, l.lines) OR w.id IS NULL OR c.shipped_by <> w.organisation
            LIMIT 20",
    },
    Rule {
        says: "a line is of a consignment, and costs its pieces times their price",
        breaches: "SELECT 'line ' || l.id FROM order_line l LEFT JOIN order_consignment c ON c.id = l.consignment
            WHERE c.id IS NULL OR l.goods <> l.unit_price * l.quantity OR l.commission < 0 OR l.commission_tax < 0
            OR l.commission + l.commission_tax > l.goods LIMIT 20",
    },
    Rule {
        says: "an order was made once of a cart that is ordered and a quote of that cart that is placed, for its buyer",
        breaches: "SELECT o.number FROM order_head o LEFT JOIN cart c ON c.id = o.cart LEFT JOIN checkout_quote q ON q.id = o.quote
            WHERE c.id IS NULL OR c.state <> 'ordered' OR c.quote <> o.quote OR q.id IS NULL OR q.state <> 'placed'
            OR q.cart <> o.cart OR q.currency <> o.currency LIMIT 20",
    },
    Rule {
        says: "an open quote is the one of its cart",
        breaches: "SELECT 'quote ' || q.id FROM checkout_quote q LEFT JOIN cart c ON c.id = q.cart
            WHERE q.state = 'open' AND (c.id IS NULL OR c.quote <> q.id) LIMIT 20",
    },
    Rule {
        says: "a cart that is ordered and a quote that is placed have their order",
        breaches: "SELECT 'cart ' || c.id FROM cart c WHERE c.state = 'ordered' AND NOT EXISTS (SELECT 1 FROM order_head o WHERE o.cart = c.id)
            UNION ALL
            SELECT 'quote ' || q.id FROM checkout_quote q WHERE q.state = 'placed'
            AND NOT EXISTS (SELECT 1 FROM order_head o WHERE o.cart = q.cart AND o.quote = q.id) LIMIT 20",
    },
    Rule {
        says: "an order's payment is what was captured and what went back, or is on its way back",
        breaches: "SELECT o.number || ' is ' || o.payment FROM order_head o LEFT JOIN
            (SELECT subject, SUM(refunding - refunded) AS minor FROM payment_intent GROUP BY subject) back ON back.subject = o.id
            WHERE o.payment NOT IN (
              CASE WHEN o.captured = 0 AND o.fulfilment = 'cancelled' THEN 'void'
                WHEN o.captured = 0 AND EXISTS (SELECT 1 FROM payment_intent p WHERE p.subject = o.id AND p.progress < 4) THEN 'pending'
                WHEN o.captured = 0 THEN 'failed'
                WHEN o.captured = o.refunded THEN 'refunded' WHEN o.captured - o.refunded >= o.total THEN 'paid'
                ELSE 'partly_refunded' END,
              CASE WHEN o.captured = 0 AND o.fulfilment <> 'cancelled' AND EXISTS
                (SELECT 1 FROM payment_intent p WHERE p.subject = o.id AND p.progress IN (4, 5)) THEN 'failed'
                WHEN o.captured = 0 AND o.fulfilment = 'cancelled' THEN 'void' WHEN o.captured = 0 THEN 'pending'
                WHEN o.captured = o.refunded + COALESCE(back.minor, 0) THEN 'refunded'
                WHEN o.captured - o.refunded - COALESCE(back.minor, 0) >= o.total THEN 'paid' ELSE 'partly_refunded' END) LIMIT 20",
    },
    Rule {
        says: "an order is as far as its slowest consignment",
        breaches: "SELECT o.number || ' is ' || o.fulfilment FROM order_head o JOIN
            (SELECT order_id, MIN(CASE state WHEN 'waiting' THEN 1 WHEN 'to_pack' THEN 2 WHEN 'packed' THEN 3 WHEN 'lost' THEN 4
                WHEN 'returned' THEN 4 WHEN 'handed_over' THEN 5 WHEN 'in_transit' THEN 5 WHEN 'delivered' THEN 6
                WHEN 'completed' THEN 7 WHEN 'cancelled' THEN 8 ELSE 0 END) AS step FROM order_consignment GROUP BY order_id) c
            ON c.order_id = o.id WHERE c.step <> CASE o.fulfilment WHEN 'waiting' THEN 1 WHEN 'to_pack' THEN 2 WHEN 'packed' THEN 3
                WHEN 'exception' THEN 4 WHEN 'underway' THEN 5 WHEN 'delivered' THEN 6 WHEN 'completed' THEN 7
                WHEN 'cancelled' THEN 8 ELSE -1 END LIMIT 20",
    },
    Rule {
        says: "an order stands with customs where the worst of its consignments does",
        breaches: "SELECT o.number || ' is ' || o.customs FROM order_head o JOIN
            (SELECT order_id, MIN(CASE customs WHEN 'held' THEN 1 WHEN 'pending' THEN 2 WHEN 'exported' THEN 3 WHEN 'released' THEN 4
                WHEN 'none' THEN 5 ELSE 0 END) AS step FROM order_consignment GROUP BY order_id) c ON c.order_id = o.id
            WHERE c.step <> CASE o.customs WHEN 'held' THEN 1 WHEN 'pending' THEN 2 WHEN 'exported' THEN 3 WHEN 'released' THEN 4
                WHEN 'none' THEN 5 ELSE -1 END LIMIT 20",
    },
    Rule {
        says: "an order's money is where it came to: in escrow, split by terms, paid out or given back",
        breaches: "SELECT o.number || ' is ' || o.settlement FROM order_head o WHERE CASE o.settlement
              WHEN 'none' THEN CASE WHEN o.captured = 0 THEN 0 ELSE 1 END
              WHEN 'escrow' THEN CASE WHEN o.captured > o.refunded AND o.completed_at IS NULL THEN 0 ELSE 1 END
              WHEN 'returned' THEN CASE WHEN o.captured > 0 AND o.captured = o.refunded THEN 0 ELSE 1 END
              WHEN 'split' THEN CASE WHEN o.completed_at IS NOT NULL AND (EXISTS (SELECT 1 FROM settlement_entry e
                  WHERE e.order_id = o.id AND e.payout IS NULL) OR EXISTS (SELECT 1 FROM settlement_refund_booking b
                  WHERE b.order_id = o.id AND b.booked = 'own')) THEN 0 ELSE 1 END
              WHEN 'paid_out' THEN CASE WHEN o.completed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM settlement_entry e
                  WHERE e.order_id = o.id AND e.payout IS NULL AND e.kind IN ('sale', 'supply')) THEN 0 ELSE 1 END
              ELSE 1 END = 1 LIMIT 20",
    },
    Rule {
        says: "what a consignment completed was split, once, and an order is complete with its last one",
        breaches: "SELECT 'consignment ' || c.id FROM order_consignment c WHERE (c.completed_at IS NOT NULL) <> EXISTS
            (SELECT 1 FROM ledger_posting p WHERE p.key = 'complete:' || c.id AND p.kind = 'consignment.completed'
                AND p.subject = c.order_id)
            UNION ALL
            SELECT 'posting ' || p.key FROM ledger_posting p WHERE p.kind = 'consignment.completed' AND NOT EXISTS
            (SELECT 1 FROM order_consignment c WHERE p.key = 'complete:' || c.id AND c.order_id = p.subject)
            UNION ALL
            SELECT o.number FROM order_head o WHERE (o.completed_at IS NOT NULL) <> (o.fulfilment = 'completed')
            OR o.completed_at < (SELECT MAX(c.completed_at) FROM order_consignment c WHERE c.order_id = o.id) LIMIT 20",
    },
    Rule {
        says: "a consignment's times are those of its state, and follow one another as agreed",
        breaches: "SELECT 'consignment ' || c.id || ' is ' || c.state FROM order_consignment c JOIN order_head o ON o.id = c.order_id
            WHERE (c.state = 'waiting') <> (o.paid_at IS NULL AND c.cancelled_at IS NULL)
            OR COALESCE(c.ship_by, 0) <> COALESCE(o.paid_at + c.handling_hours * 3600000000, 0)
            OR COALESCE(c.accept_until, 0) <> COALESCE(c.delivered_at + c.acceptance_days * 86400000000, 0)
            OR (c.state = 'completed') <> (c.completed_at IS NOT NULL)
            OR COALESCE(c.completed_at, c.delivered_at) < c.delivered_at
            OR (c.state IN ('waiting', 'to_pack') OR (c.cancelled_at IS NOT NULL AND NOT EXISTS
                (SELECT 1 FROM event e WHERE e.subject = c.id AND e.kind = 'consignment.recalled' AND e.at = c.cancelled_at)))
                <> (c.packed_at IS NULL)
            OR (c.state IN ('waiting', 'to_pack', 'packed') OR c.cancelled_at IS NOT NULL)
                <> (c.handed_over_at IS NULL)
            OR (c.state IN ('delivered', 'completed')) <> (c.delivered_at IS NOT NULL)
            OR (c.state = 'cancelled') <> (c.written_off_at IS NOT NULL OR c.cancelled_at IS NOT NULL)
            OR (c.written_off_at IS NOT NULL AND c.cancelled_at IS NOT NULL) LIMIT 20",
    },
];
