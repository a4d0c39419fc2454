//! Goods: what lies on the shelves, what is held for whom, and what left in which parcel.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "a parcel has the label that was booked for it, and only with a label of the carrier",
        breaches: "SELECT 'booking ' || b.id FROM logistics_booking b WHERE b.state = 'booked' AND NOT EXISTS
            (SELECT 1 FROM logistics_parcel p JOIN order_parcel c ON c.id = p.subject AND c.label = p.id
              JOIN logistics_document d ON d.parcel = p.id AND d.category = 'label'
              WHERE p.subject = b.subject AND p.carrier = b.carrier) LIMIT 20",
    },
    Rule {
        says: "an order holds exactly the pieces that have not left yet",
        breaches: "SELECT o.number || ' ' || o.fulfilment FROM order_head o WHERE
            (SELECT COALESCE(SUM(h.remaining), 0) FROM ledger_hold h WHERE h.subject = o.id AND h.state = 'pending') <>
            (SELECT COALESCE(SUM(l.quantity - l.called_off), 0) FROM order_line l WHERE l.order_id = o.id) -
            (SELECT COALESCE(SUM(i.pieces), 0) FROM order_parcel p JOIN order_parcel_line i ON i.parcel = p.id
             WHERE p.order_id = o.id AND p.handed_over_at IS NOT NULL) LIMIT 20",
    },
    Rule {
        says: "what left the shelves for an order is what was handed over",
        breaches: "SELECT o.number FROM order_head o WHERE
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.to_account
             WHERE t.subject = o.id AND a.code LIKE 'goods:shipped%') <>
            (SELECT COALESCE(SUM(i.pieces), 0) FROM order_parcel p JOIN order_parcel_line i ON i.parcel = p.id
             WHERE p.order_id = o.id AND p.handed_over_at IS NOT NULL) LIMIT 20",
    },
    Rule {
        says: "an order holds of each shelf what it still has to take from it, and took what it shipped",
        breaches: "WITH left_of (order_id, warehouse, variant, pieces) AS (SELECT c.order_id, c.warehouse, l.variant, SUM(i.pieces)
                FROM order_parcel p JOIN order_parcel_line i ON i.parcel = p.id JOIN order_line l ON l.id = i.line
                JOIN order_consignment c ON c.id = p.consignment WHERE p.handed_over_at IS NOT NULL GROUP BY 1, 2, 3),
            sold (order_id, warehouse, variant, pieces) AS (SELECT l.order_id, c.warehouse, l.variant, SUM(l.quantity - l.called_off)
                FROM order_line l JOIN order_consignment c ON c.id = l.consignment GROUP BY 1, 2, 3)
            SELECT o.number || ' variant ' || s.variant FROM sold s JOIN order_head o ON o.id = s.order_id
            LEFT JOIN left_of g ON g.order_id = s.order_id AND g.warehouse = s.warehouse AND g.variant = s.variant
            LEFT JOIN stock_item i ON i.warehouse = s.warehouse AND i.variant = s.variant
            WHERE (SELECT COALESCE(SUM(h.remaining), 0) FROM ledger_hold h
                WHERE h.subject = o.id AND h.state = 'pending' AND h.account = i.account) <> s.pieces - COALESCE(g.pieces, 0)
            OR (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.to_account
                WHERE t.subject = o.id AND t.from_account = i.account AND a.code = 'goods:shipped:' || s.variant) <> COALESCE(g.pieces, 0)
            LIMIT 20",
    },
    Rule {
        says: "what is packed of a line is in its consignment's parcels that left or will",
        breaches: "SELECT 'line ' || l.id || ' packed ' || l.packed FROM order_line l LEFT JOIN
            (SELECT i.line, SUM(i.pieces) AS pieces FROM order_parcel_line i JOIN order_parcel p ON p.id = i.parcel
             WHERE p.state <> 'recalled' GROUP BY i.line) p ON p.line = l.id WHERE l.packed <> COALESCE(p.pieces, 0)
            UNION ALL
            SELECT 'parcel ' || p.id FROM order_parcel p JOIN order_parcel_line i ON i.parcel = p.id JOIN order_line l ON l.id = i.line
            WHERE l.consignment <> p.consignment OR l.order_id <> p.order_id
            UNION ALL
            SELECT 'parcel ' || p.id FROM order_parcel p WHERE NOT EXISTS (SELECT 1 FROM order_parcel_line i WHERE i.parcel = p.id)
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
        says: "what came back to the shelves is what refunds and parcels that were received back say",
        breaches: "WITH back (line, pieces) AS (SELECT b.line, b.pieces - b.unsent FROM settlement_refund r
                JOIN settlement_refund_line b ON b.refund = r.id WHERE r.restocked = 1 AND b.part = 'goods'
                UNION ALL SELECT line, received FROM order_parcel_line WHERE received > 0)
            SELECT 'line ' || l.id || ' put back ' || l.put_back FROM order_line l LEFT JOIN
            (SELECT line, SUM(pieces) AS pieces FROM back GROUP BY line) b ON b.line = l.id WHERE l.put_back <> COALESCE(b.pieces, 0)
            UNION ALL
            SELECT 'variant ' || v.variant FROM (SELECT variant, SUM(put_back) AS pieces FROM order_line GROUP BY variant) v
            WHERE v.pieces <> (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.from_account
                WHERE a.code = 'goods:returned:' || v.variant)
            UNION ALL
            SELECT a.code FROM ledger_account a JOIN ledger_transfer t ON t.from_account = a.id
            WHERE a.code LIKE 'goods:returned:%' AND NOT EXISTS
            (SELECT 1 FROM order_line l WHERE l.put_back > 0 AND a.code = 'goods:returned:' || l.variant) LIMIT 20",
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
        says: "a parcel is one of its consignment, and has the label that was made for it",
        breaches: "SELECT 'parcel ' || p.id FROM order_parcel p LEFT JOIN order_consignment c ON c.id = p.consignment
            LEFT JOIN logistics_parcel a ON a.subject = p.id
            WHERE c.id IS NULL OR p.order_id <> c.order_id
            OR p.position <> (SELECT COUNT(*) FROM order_parcel q WHERE q.consignment = p.consignment AND q.id < p.id)
            OR COALESCE(p.label, 0) <> COALESCE(a.id, 0) OR COALESCE(p.packed_at, 0) <> COALESCE(a.labelled_at, 0)
            OR COALESCE(p.handed_over_at, 0) <> COALESCE(a.handed_over_at, 0)
            UNION ALL
            SELECT 'parcel ' || a.tracking FROM logistics_parcel a LEFT JOIN order_parcel p ON p.id = a.subject AND p.label = a.id
            LEFT JOIN order_consignment c ON c.id = p.consignment LEFT JOIN order_head o ON o.id = c.order_id
            WHERE p.id IS NULL OR a.consignment <> c.id OR a.order_subject <> c.order_id OR a.organisation <> c.shipped_by
            OR a.service <> c.service OR a.from_country <> c.dispatch OR a.to_country <> o.destination
            OR (a.carrier IN ('built-in', 'own')) <> (a.shipment = '')
            OR NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = c.id AND e.kind = 'consignment.packed'
                AND e.body LIKE '%\"parcel\":' || p.id || ',%' AND (e.body NOT LIKE '%\"length_mm\":%'
                OR e.body LIKE '%\"grams\":' || a.grams || ',\"height_mm\":' || a.height_mm || ',\"length_mm\":' || a.length_mm
                || ',\"width_mm\":' || a.width_mm || '}%')) LIMIT 20",
    },
    Rule {
        says: "a parcel is where the furthest of its events has brought it",
        breaches: "WITH way (kind, tier, place) AS (VALUES ('labelled', 0, 0), ('accepted', 1, 1), ('export_declared', 2, 2), ('export_released', 3, 3), ('departed', 4, 4), ('arrived', 4, 5), ('import_declared', 5, 6), ('import_held', 6, 7), ('import_released', 6, 8), ('out_for_delivery', 7, 9), ('attempted', 7, 10), ('lost', 8, 11), ('delivered', 9, 12), ('returned', 9, 13))
            SELECT 'parcel ' || p.tracking || ' is ' || p.state FROM logistics_parcel p LEFT JOIN way w ON w.kind = p.state
            WHERE w.kind IS NULL OR p.state_tier <> w.tier OR p.state_rank <> w.place
            OR NOT EXISTS (SELECT 1 FROM logistics_event e WHERE e.parcel = p.id AND e.kind = p.state AND e.at = p.state_at
                AND e.withdrawn_at IS NULL)
            OR EXISTS (SELECT 1 FROM logistics_event e JOIN way f ON f.kind = e.kind WHERE e.parcel = p.id
                AND e.withdrawn_at IS NULL AND (f.tier > w.tier OR f.tier = w.tier AND w.tier < 9 AND (e.at > p.state_at OR e.at = p.state_at AND f.place > w.place)))
            OR EXISTS (SELECT 1 FROM logistics_event e LEFT JOIN way f ON f.kind = e.kind WHERE e.parcel = p.id AND f.kind IS NULL)
            LIMIT 20",
    },
    Rule {
        says: "a parcel is where its carrier says, and its times are those of its state",
        breaches: "SELECT 'parcel ' || p.id || ' is ' || p.state || ', its carrier says ' || COALESCE(a.state, 'nothing') FROM order_parcel p
            LEFT JOIN logistics_parcel a ON a.id = p.label
            WHERE CASE WHEN p.recalled_at IS NOT NULL THEN 'recalled' WHEN p.packed_at IS NULL THEN 'asked'
                WHEN p.handed_over_at IS NULL THEN 'packed' WHEN p.written_off_at IS NOT NULL THEN 'written_off'
                WHEN a.state IN ('labelled', 'accepted') THEN 'handed_over' WHEN a.state IN ('delivered', 'lost', 'returned') THEN a.state
                ELSE 'in_transit' END <> p.state
            OR (p.recalled_at IS NOT NULL AND p.handed_over_at IS NOT NULL)
            OR (p.written_off_at IS NOT NULL AND (p.handed_over_at IS NULL OR a.state NOT IN ('lost', 'returned', 'delivered')))
            OR (p.state = 'delivered') <> (p.delivered_at IS NOT NULL)
            OR (p.state = 'returned' AND p.returned_at IS NULL) OR (p.returned_at IS NOT NULL AND p.state NOT IN ('returned', 'written_off'))
            OR (p.received_at IS NOT NULL AND p.returned_at IS NULL)
            OR (p.delivered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM logistics_event e
                WHERE e.parcel = p.label AND e.kind = 'delivered' AND e.at = p.delivered_at AND e.withdrawn_at IS NULL))
            OR (p.returned_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM logistics_event e
                WHERE e.parcel = p.label AND e.kind = 'returned' AND e.at = p.returned_at AND e.withdrawn_at IS NULL)) LIMIT 20",
    },
    Rule {
        says: "a consignment is as far as its slowest parcel, waits while a piece does, and was there when its last parcel was",
        breaches: "SELECT 'consignment ' || c.id || ' is ' || c.state FROM order_consignment c LEFT JOIN
            (SELECT consignment, MIN(CASE state WHEN 'asked' THEN 2 WHEN 'packed' THEN 3 WHEN 'lost' THEN 4 WHEN 'returned' THEN 5
                WHEN 'handed_over' THEN 6 WHEN 'in_transit' THEN 7 WHEN 'delivered' THEN 8 ELSE 10 END) AS step,
                MIN(handed_over_at) AS first_left, MAX(delivered_at) AS last_there FROM order_parcel GROUP BY consignment) p
            ON p.consignment = c.id
            WHERE CASE c.state WHEN 'waiting' THEN 2 WHEN 'to_pack' THEN 2 WHEN 'packed' THEN 3 WHEN 'lost' THEN 4 WHEN 'returned' THEN 5
                WHEN 'handed_over' THEN 6 WHEN 'in_transit' THEN 7 WHEN 'delivered' THEN 8 WHEN 'completed' THEN 8
                WHEN 'cancelled' THEN 10 ELSE -1 END <>
            CASE WHEN (SELECT SUM(l.quantity - l.called_off - l.packed) FROM order_line l
                WHERE l.order_id = c.order_id AND l.consignment = c.id) > 0 THEN 2 ELSE COALESCE(p.step, 10) END
            OR COALESCE(c.handed_over_at, 0) <> COALESCE(p.first_left, 0)
            OR (c.delivered_at IS NOT NULL AND c.delivered_at <> p.last_there AND NOT EXISTS (SELECT 1 FROM event e
                WHERE e.subject = c.id AND e.kind = 'consignment.delivered' AND e.at = c.delivered_at AND e.at > p.last_there))
            LIMIT 20",
    },
    Rule {
        says: "a parcel stands with customs where its carrier says, and a consignment where the worst of its parcels does",
        breaches: "SELECT 'parcel ' || p.id || ' is ' || p.customs FROM order_parcel p JOIN order_consignment c ON c.id = p.consignment
            LEFT JOIN logistics_parcel a ON a.id = p.label
            WHERE (p.customs = 'none') <> (c.customs = 'none') OR p.customs NOT IN ('none', 'pending', 'exported', 'held', 'released')
            OR (p.state = 'recalled' AND p.customs NOT IN ('none', 'pending'))
            OR (p.customs <> 'none' AND p.state NOT IN ('written_off', 'recalled') AND p.customs <> CASE COALESCE(a.state, 'labelled')
              WHEN 'labelled' THEN 'pending' WHEN 'accepted' THEN 'pending' WHEN 'export_declared' THEN 'pending'
              WHEN 'export_released' THEN 'exported' WHEN 'departed' THEN 'exported' WHEN 'arrived' THEN 'exported'
              WHEN 'import_declared' THEN 'exported' WHEN 'import_held' THEN 'held'
              WHEN 'lost' THEN p.customs WHEN 'returned' THEN p.customs ELSE 'released' END)
            UNION ALL
            SELECT 'consignment ' || c.id || ' is ' || c.customs FROM order_consignment c LEFT JOIN
            (SELECT consignment, MIN(CASE customs WHEN 'held' THEN 1 WHEN 'pending' THEN 2 WHEN 'exported' THEN 3 WHEN 'released' THEN 4 ELSE 5 END)
                AS step FROM order_parcel WHERE state <> 'recalled' GROUP BY consignment) p ON p.consignment = c.id
            WHERE c.customs <> 'none' AND CASE c.customs WHEN 'held' THEN 1 WHEN 'pending' THEN 2 WHEN 'exported' THEN 3 WHEN 'released' THEN 4
                ELSE -1 END <> CASE WHEN p.step = 1 THEN 1 WHEN p.step IS NULL OR (SELECT SUM(l.quantity - l.called_off - l.packed)
                FROM order_line l WHERE l.order_id = c.order_id AND l.consignment = c.id) > 0 THEN 2 ELSE p.step END LIMIT 20",
    },
    Rule {
        says: "as many tracking numbers were drawn as parcels have one",
        breaches: "SELECT 'drawn ' || d.drawn FROM (SELECT COALESCE(SUM(last), 0) AS drawn FROM logistics_counter) d
            WHERE d.drawn <> (SELECT COUNT(*) FROM logistics_parcel WHERE carrier = 'built-in') LIMIT 20",
    },
    Rule {
        says: "a label that was asked for outside is its parcel's, and a parcel of a carrier outside was booked there",
        breaches: "SELECT 'booking ' || b.id FROM logistics_booking b LEFT JOIN order_parcel p ON p.id = b.subject
            LEFT JOIN order_consignment c ON c.id = p.consignment
            WHERE c.id IS NULL OR c.id <> b.consignment OR c.order_id <> b.order_subject OR c.shipped_by <> b.organisation
            OR b.state NOT IN ('requested', 'booked', 'refused', 'void', 'voided', 'kept')
            UNION ALL
            SELECT 'parcel ' || a.tracking FROM logistics_parcel a WHERE a.carrier NOT IN ('built-in', 'own') AND NOT EXISTS
            (SELECT 1 FROM logistics_booking b JOIN order_parcel p ON p.id = b.subject
                WHERE b.subject = a.subject AND b.carrier = a.carrier AND b.shipment = a.shipment AND CASE
                WHEN p.recalled_at IS NULL THEN b.state = 'booked' ELSE b.state IN ('void', 'voided', 'kept') END) LIMIT 20",
    },
    Rule {
        says: "own shipping: a parcel has the carrier and number that were told last, and what was told and taken back the trail has",
        breaches: "SELECT 'parcel ' || a.id FROM logistics_parcel a WHERE CASE WHEN a.carrier = 'own' THEN a.told_carrier = ''
            OR a.tracking = a.told_number OR NOT EXISTS
            (SELECT 1 FROM event e WHERE e.subject = a.id AND e.kind = 'parcel.numbered'
              AND e.seq = (SELECT MAX(l.seq) FROM event l WHERE l.subject = a.id AND l.kind = 'parcel.numbered')
              AND e.body LIKE '{\"carrier\":\"' || a.told_carrier || '\",%\"number\":\"' || a.told_number || '\",%')
            ELSE a.told_carrier <> '' OR a.told_number <> '' END
            UNION ALL
            SELECT 'told ' || w.id FROM logistics_event w WHERE w.withdrawn_at IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM event e WHERE e.subject = w.parcel AND e.kind = 'parcel.event_withdrawn' AND e.at = w.withdrawn_at
              AND e.body LIKE '%\"event\":' || w.id || ',%')
            UNION ALL
            SELECT 'told ' || e.seq FROM event e WHERE e.kind = 'parcel.event_withdrawn' AND NOT EXISTS
            (SELECT 1 FROM logistics_event w WHERE w.parcel = e.subject AND w.withdrawn_at = e.at) LIMIT 20",
    },
    Rule {
        says: "a service of the shop is what was declared last",
        breaches: "SELECT 'service ' || s.code FROM logistics_service s WHERE NOT EXISTS
            (SELECT 1 FROM event e WHERE e.kind = 'service.changed' AND e.at = s.changed_at
              AND e.seq = (SELECT MAX(l.seq) FROM event l WHERE l.kind = 'service.changed'
                AND l.body LIKE '%\",\"service\":\"' || s.code || '\"}')
              AND REPLACE(e.body, '\\\"', '\"') LIKE '%\"body\":\"' || s.body || '\"%')
            LIMIT 20",
    },
];
