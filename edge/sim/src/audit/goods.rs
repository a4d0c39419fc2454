//! Goods: what lies on the shelves, what is held for whom, and what left in which parcel.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "a consignment has the parcel that was booked for it, and only with a label of the carrier",
        breaches: "SELECT 'booking ' || b.id FROM logistics_booking b WHERE b.state = 'booked' AND NOT EXISTS
            (SELECT 1 FROM logistics_parcel p JOIN order_consignment c ON c.id = p.consignment AND c.parcel = p.id
              JOIN logistics_document d ON d.parcel = p.id AND d.category = 'label'
              WHERE p.consignment = b.consignment AND p.carrier = b.carrier) LIMIT 20",
    },
    Rule {
        says: "an order holds exactly the pieces that have not left yet",
        breaches: "SELECT o.number || ' ' || o.fulfilment FROM order_head o WHERE
            (SELECT COALESCE(SUM(h.remaining), 0) FROM ledger_hold h WHERE h.subject = o.id AND h.state = 'pending') <>
            (SELECT COALESCE(SUM(l.quantity - l.called_off), 0) FROM order_line l JOIN order_consignment c ON c.id = l.consignment
             WHERE l.order_id = o.id AND c.state IN ('waiting', 'to_pack', 'packed')) LIMIT 20",
    },
    Rule {
        says: "what left the shelves for an order is what was handed over",
        breaches: "SELECT o.number FROM order_head o WHERE
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.to_account
             WHERE t.subject = o.id AND a.code LIKE 'goods:shipped%') <>
            (SELECT COALESCE(SUM(l.quantity - l.called_off), 0) FROM order_line l JOIN order_consignment c ON c.id = l.consignment
             WHERE l.order_id = o.id AND c.handed_over_at IS NOT NULL) LIMIT 20",
    },
    Rule {
        says: "an order holds of each shelf what it still has to take from it, and took what it shipped",
        breaches: "SELECT DISTINCT o.number || ' variant ' || l.variant FROM order_line l JOIN order_consignment c ON c.id = l.consignment
            JOIN order_head o ON o.id = l.order_id LEFT JOIN stock_item i ON i.warehouse = c.warehouse AND i.variant = l.variant
            WHERE (SELECT COALESCE(SUM(h.remaining), 0) FROM ledger_hold h
                WHERE h.subject = o.id AND h.state = 'pending' AND h.account = i.account) <>
            (SELECT COALESCE(SUM(m.quantity - m.called_off), 0) FROM order_line m JOIN order_consignment d ON d.id = m.consignment
                WHERE m.order_id = o.id AND m.variant = l.variant AND d.warehouse = c.warehouse
                AND d.state IN ('waiting', 'to_pack', 'packed'))
            OR (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.to_account
                WHERE t.subject = o.id AND t.from_account = i.account AND a.code = 'goods:shipped:' || l.variant) <>
            (SELECT COALESCE(SUM(m.quantity - m.called_off), 0) FROM order_line m JOIN order_consignment d ON d.id = m.consignment
                WHERE m.order_id = o.id AND m.variant = l.variant AND d.warehouse = c.warehouse AND d.handed_over_at IS NOT NULL)
            LIMIT 20",
    },
    Rule {
        says: "pieces that were called off were given back before they left, and are all of a consignment that was called off",
        breaches: "SELECT 'line ' || l.id || ' called off ' || l.called_off FROM order_line l
            JOIN order_consignment c ON c.id = l.consignment JOIN order_head o ON o.id = l.order_id
            WHERE (c.cancelled_at IS NOT NULL AND l.called_off <> l.quantity) OR (o.paid_at IS NOT NULL AND l.called_off <>
            (SELECT COALESCE(SUM(b.unsent), 0) FROM settlement_refund_line b WHERE b.order_id = l.order_id AND b.line = l.id))
            OR (o.paid_at IS NULL AND c.cancelled_at IS NULL AND l.called_off <> 0) LIMIT 20",
    },
    Rule {
        says: "what buyers sent back to the shelves is what refunds say",
        breaches: "SELECT 'variant ' || b.variant FROM
            (SELECT l.variant, SUM(b.pieces - b.unsent) AS pieces FROM settlement_refund r JOIN settlement_refund_line b ON b.refund = r.id
             JOIN order_line l ON l.id = b.line WHERE r.restocked = 1 GROUP BY l.variant) b WHERE b.pieces <>
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.from_account
             WHERE a.code = 'goods:returned:' || b.variant)
            UNION ALL
            SELECT a.code FROM ledger_account a JOIN ledger_transfer t ON t.from_account = a.id
            WHERE a.code LIKE 'goods:returned:%' AND NOT EXISTS (SELECT 1 FROM settlement_refund r
                JOIN settlement_refund_line b ON b.refund = r.id JOIN order_line l ON l.id = b.line
                WHERE r.restocked = 1 AND a.code = 'goods:returned:' || l.variant) LIMIT 20",
    },
    Rule {
        says: "a place on a shelf has the account of its warehouse and variant, whose owner's it is, and every such account its place",
        breaches: "SELECT 'warehouse ' || i.warehouse || ' variant ' || i.variant FROM stock_item i
            LEFT JOIN ledger_account a ON a.id = i.account LEFT JOIN catalog_variant v ON v.id = i.variant
            WHERE v.id IS NULL OR v.organisation <> i.organisation
            OR (a.id IS NOT NULL AND a.code <> 'stock:' || i.warehouse || ':' || i.variant)
            UNION ALL
            SELECT a.code FROM ledger_account a WHERE a.family = 'stock' AND NOT EXISTS
            (SELECT 1 FROM stock_item i WHERE i.account = a.id AND a.code = 'stock:' || i.warehouse || ':' || i.variant) LIMIT 20",
    },
    Rule {
        says: "what is promised of a shelf is what its promises come to: its capacity, or more only while all of it is held",
        breaches: "SELECT 'warehouse ' || i.warehouse || ' variant ' || i.variant FROM stock_item i
            LEFT JOIN ledger_account a ON a.id = i.account LEFT JOIN ledger_account p ON p.code = 'goods:promised:' || i.variant
            WHERE i.promised <> COALESCE((SELECT SUM(t.amount) FROM ledger_transfer t
                WHERE t.from_account = p.id AND t.to_account = i.account), 0)
            - COALESCE((SELECT SUM(t.amount) FROM ledger_transfer t WHERE t.from_account = i.account AND t.to_account = p.id), 0)
            OR i.promised > COALESCE(a.balance, 0) OR i.promised < i.capacity
            OR (i.promised > i.capacity AND a.balance > a.held) LIMIT 20",
    },
    Rule {
        says: "no more was made for an order than left in its parcels",
        breaches: "SELECT 'order ' || m.subject || ' ' || m.code FROM
            (SELECT t.subject, a.code, t.to_account AS shelf, SUM(t.amount) AS pieces FROM ledger_account a
                JOIN ledger_transfer t ON t.from_account = a.id WHERE a.code LIKE 'goods:made:%'
                GROUP BY t.subject, a.code, t.to_account) m
            WHERE m.pieces > (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account s ON s.id = t.to_account
                WHERE t.subject = m.subject AND t.from_account = m.shelf AND s.code LIKE 'goods:shipped:%') LIMIT 20",
    },
    Rule {
        says: "pieces are promised by the one offer that sells them, as it says",
        breaches: "SELECT 'offer ' || f.id || ' ' || f.supply FROM offer f
            LEFT JOIN stock_item i ON i.warehouse = f.warehouse AND i.variant = f.variant
            WHERE (f.supply = 'stock' AND i.capacity > 0)
            OR (f.supply LIKE 'made:%' AND (COALESCE(i.capacity, 0) < 1 OR i.renews <> 1))
            OR (f.supply LIKE 'preorder:%' AND COALESCE(i.renews, 1) <> 0)
            UNION ALL
            SELECT 'warehouse ' || i.warehouse || ' variant ' || i.variant FROM stock_item i WHERE i.capacity > 0 AND 1 <>
            (SELECT COUNT(*) FROM offer f WHERE f.warehouse = i.warehouse AND f.variant = i.variant) LIMIT 20",
    },
    Rule {
        says: "a consignment leaves from a warehouse that is there, and a line is of an offer of its variant, product and seller",
        breaches: "SELECT 'consignment ' || c.id FROM order_consignment c WHERE NOT EXISTS
            (SELECT 1 FROM stock_warehouse w WHERE w.id = c.warehouse)
            UNION ALL
            SELECT 'line ' || l.id FROM order_line l LEFT JOIN offer f ON f.id = l.offer
            WHERE f.id IS NULL OR f.variant <> l.variant OR f.product <> l.product OR f.organisation <> l.organisation LIMIT 20",
    },
    Rule {
        says: "an offer is of a variant of its product, whose seller sells it",
        breaches: "SELECT 'offer ' || f.id FROM offer f LEFT JOIN catalog_variant v ON v.id = f.variant LEFT JOIN catalog_product p ON p.id = f.product
            LEFT JOIN terms_agreement t ON t.id = f.agreement
            WHERE v.id IS NULL OR p.id IS NULL OR t.id IS NULL OR v.product <> f.product OR v.organisation <> p.organisation
            OR t.organisation <> f.organisation LIMIT 20",
    },
    Rule {
        says: "a consignment has the one parcel that was made for it, and a parcel is what its consignment says",
        breaches: "SELECT 'consignment ' || c.id FROM order_consignment c LEFT JOIN logistics_parcel p ON p.consignment = c.id
            WHERE c.parcel <> COALESCE(p.id, 0) OR (c.packed_at IS NULL) <> (p.id IS NULL)
            OR COALESCE(c.handed_over_at, 0) <> COALESCE(p.handed_over_at, 0)
            UNION ALL
            SELECT 'parcel ' || p.tracking FROM logistics_parcel p LEFT JOIN order_consignment c ON c.id = p.consignment
            LEFT JOIN order_head o ON o.id = c.order_id
            WHERE c.id IS NULL OR p.order_subject <> c.order_id OR p.organisation <> c.shipped_by OR p.service <> c.service
            OR (c.cancelled_at IS NOT NULL AND p.grams > c.grams) OR (c.cancelled_at IS NULL AND p.grams <>
                (SELECT CASE WHEN c.grams > SUM(l.grams * l.called_off) THEN c.grams - SUM(l.grams * l.called_off) ELSE 1 END
                FROM order_line l WHERE l.order_id = c.order_id AND l.consignment = c.id)) OR p.from_country <> c.dispatch OR p.to_country <> o.destination
            OR (p.carrier = 'built-in') <> (p.shipment = '') LIMIT 20",
    },
    Rule {
        says: "a parcel is where the furthest of its events has brought it",
        breaches: "WITH way (kind, tier, place) AS (VALUES ('labelled', 0, 0), ('accepted', 1, 1), ('export_declared', 2, 2), ('export_released', 3, 3), ('departed', 4, 4), ('arrived', 4, 5), ('import_declared', 5, 6), ('import_held', 6, 7), ('import_released', 6, 8), ('out_for_delivery', 7, 9), ('attempted', 7, 10), ('lost', 8, 11), ('delivered', 9, 12), ('returned', 9, 13))
            SELECT 'parcel ' || p.tracking || ' is ' || p.state FROM logistics_parcel p LEFT JOIN way w ON w.kind = p.state
            WHERE w.kind IS NULL OR p.state_tier <> w.tier OR p.state_rank <> w.place
            OR NOT EXISTS (SELECT 1 FROM logistics_event e WHERE e.parcel = p.id AND e.kind = p.state AND e.at = p.state_at)
            OR EXISTS (SELECT 1 FROM logistics_event e JOIN way f ON f.kind = e.kind WHERE e.parcel = p.id
                AND (f.tier > w.tier OR f.tier = w.tier AND w.tier < 9 AND (e.at > p.state_at OR e.at = p.state_at AND f.place > w.place)))
            OR EXISTS (SELECT 1 FROM logistics_event e LEFT JOIN way f ON f.kind = e.kind WHERE e.parcel = p.id AND f.kind IS NULL)
            LIMIT 20",
    },
    Rule {
        says: "a consignment is where its parcel is, and was delivered when its parcel was",
        breaches: "SELECT 'consignment ' || c.id || ' is ' || c.state || ', its parcel ' || p.state FROM order_consignment c
            JOIN logistics_parcel p ON p.consignment = c.id
            WHERE (c.state = 'packed' OR c.cancelled_at IS NOT NULL) <> (p.handed_over_at IS NULL)
            OR (c.state IN ('delivered', 'completed')) <> (p.state = 'delivered' AND c.state <> 'cancelled')
            OR (c.state = 'lost') <> (p.state = 'lost' AND c.state <> 'cancelled')
            OR (c.state = 'returned') <> (p.state = 'returned' AND c.state <> 'cancelled')
            OR (c.state = 'handed_over' AND p.state NOT IN ('labelled', 'accepted'))
            OR (c.state = 'in_transit' AND p.state IN ('labelled', 'accepted', 'lost', 'delivered', 'returned'))
            OR (c.delivered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM logistics_event e
                WHERE e.parcel = p.id AND e.kind = 'delivered' AND e.at = c.delivered_at)) LIMIT 20",
    },
    Rule {
        says: "a consignment stands with customs where its parcel does",
        breaches: "SELECT 'consignment ' || c.id || ' is ' || c.customs FROM order_consignment c LEFT JOIN logistics_parcel p ON p.consignment = c.id
            WHERE c.customs <> 'none' AND c.customs <> CASE COALESCE(p.state, 'labelled')
              WHEN 'labelled' THEN 'pending' WHEN 'accepted' THEN 'pending' WHEN 'export_declared' THEN 'pending'
              WHEN 'export_released' THEN 'exported' WHEN 'departed' THEN 'exported' WHEN 'arrived' THEN 'exported'
              WHEN 'import_declared' THEN 'exported' WHEN 'import_held' THEN 'held'
              WHEN 'lost' THEN c.customs WHEN 'returned' THEN c.customs ELSE 'released' END LIMIT 20",
    },
    Rule {
        says: "as many tracking numbers were drawn as parcels have one",
        breaches: "SELECT 'drawn ' || d.drawn FROM (SELECT COALESCE(SUM(last), 0) AS drawn FROM logistics_counter) d
            WHERE d.drawn <> (SELECT COUNT(*) FROM logistics_parcel WHERE carrier = 'built-in') LIMIT 20",
    },
    Rule {
        says: "a label that was asked for outside is its consignment's, and a parcel of a carrier outside was booked there",
        breaches: "SELECT 'booking ' || b.id FROM logistics_booking b LEFT JOIN order_consignment c ON c.id = b.consignment
            WHERE c.id IS NULL OR c.order_id <> b.order_subject OR c.shipped_by <> b.organisation
            OR b.state NOT IN ('requested', 'booked', 'refused', 'void', 'voided', 'kept')
            UNION ALL
            SELECT 'parcel ' || p.tracking FROM logistics_parcel p WHERE p.carrier <> 'built-in' AND NOT EXISTS
            (SELECT 1 FROM logistics_booking b JOIN order_consignment c ON c.id = b.consignment
                WHERE b.consignment = p.consignment AND b.carrier = p.carrier AND b.shipment = p.shipment AND CASE
                WHEN c.cancelled_at IS NULL THEN b.state = 'booked' ELSE b.state IN ('void', 'voided', 'kept') END) LIMIT 20",
    },
];
