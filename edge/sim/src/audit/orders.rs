//! Orders: their sums, and the states that follow from one another.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "of an order whose money came back, all that was captured was refunded",
        breaches: "SELECT o.number || ' captured ' || o.captured || ', refunded ' || o.refunded FROM order_head o
            WHERE o.settlement = 'returned' AND o.captured <> o.refunded LIMIT 20",
    },
    Rule {
        says: "an order's total is the sum of the lines it was placed with, and what was added the sum of the others",
        breaches: "SELECT o.number || ' says ' || o.total || ', added ' || o.added FROM order_head o LEFT JOIN
            (SELECT l.order_id, SUM(CASE c.amendment WHEN 0 THEN l.total ELSE 0 END) AS placed,
                SUM(CASE c.amendment WHEN 0 THEN 0 ELSE l.total END) AS added
             FROM order_line l JOIN order_consignment c ON c.id = l.consignment GROUP BY l.order_id) s ON s.order_id = o.id
            WHERE s.order_id IS NULL OR o.total <> s.placed OR o.added <> s.added LIMIT 20",
    },
    Rule {
        says: "what of an order's goods counts as paid for others is what its amendments credited, and each of them was carried out once",
        breaches: "SELECT o.number || ' credited ' || o.credited FROM order_head o WHERE o.credited <>
            (SELECT COALESCE(SUM(r.credited), 0) FROM settlement_refund r WHERE r.order_id = o.id)
            UNION ALL
            SELECT 'refund ' || r.key FROM settlement_refund r LEFT JOIN amendment a ON a.id = r.amendment
            WHERE (r.kind = 'amended') <> (r.amendment <> 0) OR (r.kind <> 'amended' AND r.credited <> 0)
            OR (r.kind = 'amended' AND (a.id IS NULL OR a.state <> 'done' OR a.order_id <> r.order_id
                OR r.credited <> CASE WHEN a.left_of < a.total THEN a.left_of ELSE a.total END))
            UNION ALL
            SELECT 'amendment ' || a.id FROM amendment a WHERE a.state = 'done' AND
            (SELECT COUNT(*) FROM settlement_refund r WHERE r.amendment = a.id) <> 1 LIMIT 20",
    },
    Rule {
        says: "an amendment is of an order, for what it said, and waits only for an open due or for being carried out",
        breaches: "SELECT 'amendment ' || a.id || ' is ' || a.state FROM amendment a LEFT JOIN order_head o ON o.id = a.order_id
            LEFT JOIN order_due d ON d.order_id = a.order_id AND d.position = a.due
            WHERE o.id IS NULL OR a.currency <> o.currency OR (a.body = '') <> (a.state IN ('done', 'void'))
            OR (a.why <> '') <> (a.state = 'void') OR (a.ended_at IS NULL) <> (a.state IN ('proposed', 'agreed'))
            OR a.proposed_at > COALESCE(a.ended_at, a.proposed_at) OR a.expires_at <= a.proposed_at
            OR (a.due IS NOT NULL AND (d.order_id IS NULL OR d.amount <> a.total - a.left_of))
            OR (a.due IS NULL AND (a.state = 'agreed' OR a.state = 'done' AND a.total > a.left_of))
            OR (a.state = 'agreed' AND d.state <> 'open' AND NOT EXISTS
                (SELECT 1 FROM job j WHERE j.kind = 'order.due' AND j.subject = a.order_id))
            OR (a.state = 'done' AND a.due IS NOT NULL AND d.state <> 'paid')
            OR (a.state = 'void' AND d.state IN ('open', 'paid'))
            OR (a.side <> 'buyer') <> EXISTS (SELECT 1 FROM event e WHERE e.subject = a.id AND e.kind = 'amendment.offered')
            OR (a.side <> 'buyer' AND a.state = 'void') <> EXISTS (SELECT 1 FROM event e WHERE e.subject = a.id AND e.kind = 'amendment.over')
            UNION ALL
            SELECT 'amendment ' || a.id || ' brought ' || COALESCE(s.total, 0) FROM amendment a LEFT JOIN
            (SELECT amendment, SUM(total) AS total FROM order_consignment WHERE amendment <> 0 GROUP BY amendment) s ON s.amendment = a.id
            WHERE COALESCE(s.total, 0) <> CASE a.state WHEN 'done' THEN a.total ELSE 0 END
            UNION ALL
            SELECT 'consignment ' || c.id FROM order_consignment c LEFT JOIN amendment a ON a.id = c.amendment
            LEFT JOIN amendment b ON b.id = c.replaced_by
            WHERE (c.amendment <> 0 AND (a.id IS NULL OR a.order_id <> c.order_id OR a.state <> 'done'))
            OR (c.replaced_by <> 0 AND (b.id IS NULL OR b.order_id <> c.order_id OR b.state <> 'done' OR c.cancelled_at <> b.ended_at))
            OR (c.replaced_by <> 0) <> EXISTS (SELECT 1 FROM event e WHERE e.subject = c.id AND e.kind = 'consignment.replaced')
            LIMIT 20",
    },
    Rule {
        says: "an order owes what was placed, then what each amendment costs more, and was paid what of that is paid",
        breaches: "SELECT o.number || ' due ' || d.position || ' is ' || d.state FROM order_due d LEFT JOIN order_head o ON o.id = d.order_id
            WHERE o.id IS NULL OR d.state NOT IN ('open', 'paid', 'void', 'returned') OR (d.settled_at IS NULL) <> (d.state = 'open')
            OR (d.position = 0 AND (d.amount <> o.total OR d.state = 'returned' OR (d.state = 'paid') <> (o.paid_at IS NOT NULL)
                OR (d.state = 'paid' AND d.settled_at <> o.paid_at)
                OR (d.state = 'open') <> (o.fulfilment = 'waiting')))
            OR (d.position <> 0 AND (SELECT COUNT(*) FROM amendment a WHERE a.order_id = d.order_id AND a.due = d.position) <> 1)
            OR (d.state IN ('paid', 'returned')) <> EXISTS (SELECT 1 FROM payment_intent p
                WHERE p.subject = d.order_id AND p.due = d.position AND p.state = 'captured' AND p.amount = d.amount AND NOT EXISTS
                (SELECT 1 FROM payment_refund r WHERE r.intent = p.id AND r.reason = 'not_owed'))
            OR d.pay_until < o.placed_at
            UNION ALL
            SELECT o.number || ' owes nothing' FROM order_head o WHERE NOT EXISTS
            (SELECT 1 FROM order_due d WHERE d.order_id = o.id AND d.position = 0)
            UNION ALL
            SELECT o.number || ' owes ' || d.n || ' times' FROM order_head o JOIN
            (SELECT order_id, COUNT(*) AS n, MAX(position) AS last FROM order_due GROUP BY order_id) d ON d.order_id = o.id
            WHERE d.last <> d.n - 1 LIMIT 20",
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
            (SELECT COALESCE(SUM(c.total), 0) FROM order_consignment c WHERE c.order_id = o.id AND c.amendment = 0) LIMIT 20",
    },
    Rule {
        says: "the sums by day are those of the orders whose payments, refunds and ends were followed",
        breaches: "SELECT 'day ' || COALESCE(d.day, p.day) || ' ' || COALESCE(d.currency, p.currency) FROM
            (SELECT day, destination, currency, amount, orders FROM order_day WHERE organisation = 0) d FULL JOIN
            (SELECT o.placed_at / 86400000000 AS day, o.destination, o.currency, SUM(CASE e.kind WHEN 'order.paid' THEN o.total
                WHEN 'consignment.added' THEN (SELECT c.total FROM order_consignment c WHERE c.id = e.subject)
                WHEN 'order.cancelled' THEN 0 ELSE -(SELECT COALESCE(SUM(b.net + b.duty + b.tax + b.fees), 0)
                    FROM settlement_refund r JOIN settlement_refund_line b ON b.refund = r.id
                    WHERE r.order_id = o.id AND e.body LIKE '%\"refund\":' || r.id || '%') END) AS amount,
                SUM(CASE e.kind WHEN 'order.paid' THEN 1 WHEN 'order.cancelled' THEN -1 ELSE 0 END) AS orders
             FROM event e LEFT JOIN order_consignment n ON n.id = e.subject AND e.kind = 'consignment.added'
             JOIN order_head o ON o.id = COALESCE(n.order_id, e.subject)
             WHERE (e.kind IN ('order.paid', 'consignment.added', 'settlement.refund') OR e.kind = 'order.cancelled' AND o.paid_at IS NOT NULL)
             AND e.seq <= (SELECT COALESCE(MAX(f.seq), 0) FROM follower f WHERE f.name = 'reactions')
             GROUP BY 1, 2, 3) p
            ON p.day = d.day AND p.destination = d.destination AND p.currency = d.currency
            WHERE d.amount IS NULL OR p.amount IS NULL OR d.amount <> p.amount OR d.orders <> p.orders LIMIT 20",
    },
    Rule {
        says: "an order is the sum of its lines in goods, delivery, duty, tax and fees",
        breaches: "SELECT o.number FROM order_head o LEFT JOIN
            (SELECT l.order_id, SUM(l.goods) AS goods, SUM(l.shipping) AS shipping, SUM(l.duty) AS duty, SUM(l.tax) AS tax,
                SUM(l.fees) AS fees FROM order_line l JOIN order_consignment c ON c.id = l.consignment AND c.amendment = 0
             GROUP BY l.order_id) l ON l.order_id = o.id
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
        breaches: "SELECT o.number FROM order_head o LEFT JOIN cart c ON c.id = o.source_key AND o.source IN ('cart', 'test') LEFT JOIN checkout_quote q ON q.id = o.quote
            WHERE c.id IS NULL OR c.state <> 'ordered' OR c.quote <> o.quote OR q.id IS NULL OR q.state <> 'placed'
            OR q.cart <> o.source_key OR q.currency <> o.currency LIMIT 20",
    },
    Rule {
        says: "an open quote is the one of its cart",
        breaches: "SELECT 'quote ' || q.id FROM checkout_quote q LEFT JOIN cart c ON c.id = q.cart
            WHERE q.state = 'open' AND (c.id IS NULL OR c.quote <> q.id) LIMIT 20",
    },
    Rule {
        says: "a cart that is ordered and a quote that is placed have their order",
        breaches: "SELECT 'cart ' || c.id FROM cart c WHERE c.state = 'ordered' AND NOT EXISTS (SELECT 1 FROM order_head o WHERE o.source_key = c.id AND o.source IN ('cart', 'test'))
            UNION ALL
            SELECT 'quote ' || q.id FROM checkout_quote q WHERE q.state = 'placed'
            AND NOT EXISTS (SELECT 1 FROM order_head o WHERE o.source_key = q.cart AND o.source IN ('cart', 'test') AND o.quote = q.id) LIMIT 20",
    },
    Rule {
        says: "an order's payment is what was captured and what went back, or is on its way back",
        breaches: "SELECT o.number || ' is ' || o.payment FROM order_head o LEFT JOIN
            (SELECT subject, SUM(refunding - refunded) AS minor FROM payment_intent GROUP BY subject) back ON back.subject = o.id
            WHERE o.payment NOT IN (
              CASE WHEN o.captured = 0 AND o.fulfilment = 'cancelled' THEN 'void'
                WHEN o.captured = 0 AND EXISTS (SELECT 1 FROM payment_intent p WHERE p.subject = o.id AND p.progress < 4) THEN 'pending'
                WHEN o.captured = 0 THEN 'failed'
                WHEN o.captured = o.refunded THEN 'refunded' WHEN o.captured - o.refunded >= o.total + o.added - o.credited THEN 'paid'
                ELSE 'partly_refunded' END,
              CASE WHEN o.captured = 0 AND o.fulfilment <> 'cancelled' AND EXISTS
                (SELECT 1 FROM payment_intent p WHERE p.subject = o.id AND p.progress IN (4, 5)) THEN 'failed'
                WHEN o.captured = 0 AND o.fulfilment = 'cancelled' THEN 'void' WHEN o.captured = 0 THEN 'pending'
                WHEN o.captured = o.refunded + COALESCE(back.minor, 0) THEN 'refunded'
                WHEN o.captured - o.refunded - COALESCE(back.minor, 0) >= o.total + o.added - o.credited THEN 'paid' ELSE 'partly_refunded' END) LIMIT 20",
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
            OR COALESCE(c.ship_by, 0) < COALESCE(CASE c.amendment WHEN 0 THEN o.paid_at
                ELSE (SELECT a.ended_at FROM amendment a WHERE a.id = c.amendment) END + c.handling_hours * 3600000000, 0)
            OR (COALESCE(c.ship_by, 0) <> COALESCE(CASE c.amendment WHEN 0 THEN o.paid_at
                ELSE (SELECT a.ended_at FROM amendment a WHERE a.id = c.amendment) END + c.handling_hours * 3600000000, 0)
                AND (o.paid_at IS NULL OR NOT EXISTS (SELECT 1 FROM order_line l
                WHERE l.order_id = c.order_id AND l.consignment = c.id AND l.supplied <> 'stock')))
            OR COALESCE(c.accept_until, 0) <> COALESCE(c.delivered_at + c.acceptance_days * 86400000000, 0)
            OR (c.state = 'completed') <> (c.completed_at IS NOT NULL)
            OR COALESCE(c.completed_at, c.delivered_at) < c.delivered_at
            OR (c.cancelled_at IS NOT NULL AND c.handed_over_at IS NOT NULL)
            OR (c.written_off_at IS NOT NULL AND c.handed_over_at IS NULL)
            OR (c.state IN ('delivered', 'completed')) <> (c.delivered_at IS NOT NULL)
            OR (c.state = 'cancelled') <> (c.written_off_at IS NOT NULL OR c.cancelled_at IS NOT NULL)
            OR (c.written_off_at IS NOT NULL AND c.cancelled_at IS NOT NULL) LIMIT 20",
    },
];
