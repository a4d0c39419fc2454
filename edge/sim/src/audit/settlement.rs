//! Settlement: what sellers earned, bear and were paid, and what authorities and carriers got.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "every payout stands in its seller's statement with the same amount",
        breaches: "SELECT 'payout ' || p.id FROM settlement_payout p WHERE p.amount <>
            (SELECT COALESCE(SUM(-e.net), 0) FROM settlement_entry e WHERE e.payout = p.id AND e.kind = 'payout') LIMIT 20",
    },
    Rule {
        says: "an exchanged payout left the seller's balance for the liquidity, and the liquidity for the bank, as it says",
        breaches: "SELECT 'payout ' || p.id FROM settlement_payout p WHERE p.rate IS NOT NULL AND (
            p.paid_currency = p.currency OR p.amount <>
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account s ON s.id = t.from_account
                AND s.family = 'seller' AND s.owner = p.organisation AND s.unit = p.currency
             JOIN ledger_account f ON f.id = t.to_account AND f.family = 'fx' WHERE t.posting = p.posting)
            OR p.paid_amount <>
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account f ON f.id = t.from_account
                AND f.family = 'fx' AND f.unit = p.paid_currency
             JOIN ledger_account b ON b.id = t.to_account AND b.family = 'bank' WHERE t.posting = p.posting)) LIMIT 20",
    },
    Rule {
        says: "what sellers are owed by their statements is what the ledger keeps for them",
        breaches: "SELECT a.code || ' has ' || a.balance FROM ledger_account a WHERE a.family = 'seller' AND a.balance -
            COALESCE((SELECT SUM(CASE WHEN t.from_account = d.id THEN t.amount ELSE -t.amount END) FROM ledger_account d
                JOIN ledger_transfer t ON t.from_account = d.id OR t.to_account = d.id
                WHERE d.family = 'debt' AND d.owner = a.owner AND d.unit = a.unit), 0) <>
            (SELECT COALESCE(SUM(e.net), 0) FROM settlement_entry e WHERE e.organisation = a.owner AND e.currency = a.unit)
            LIMIT 20",
    },
    Rule {
        says: "every payment to an authority or a carrier left its account for the bank, once",
        breaches: "SELECT 'payment ' || r.reference FROM settlement_remittance r WHERE r.amount <>
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_posting p JOIN ledger_transfer t ON t.posting = p.id
             JOIN ledger_account b ON b.id = t.to_account AND b.family = 'bank'
             WHERE p.key = 'remit:' || r.id AND t.from_account = r.account) LIMIT 20",
    },
    Rule {
        says: "a seller's sale is what its line says, once, and every line that was sold for a seller and completed is one",
        breaches: "SELECT 'entry ' || e.id FROM settlement_entry e LEFT JOIN order_line l ON l.id = e.line LEFT JOIN order_head o ON o.id = e.order_id
            LEFT JOIN order_consignment c ON c.id = l.consignment
            WHERE e.kind = 'sale' AND (l.id IS NULL OR l.order_id <> e.order_id OR l.organisation <> e.organisation
                OR o.currency <> e.currency OR e.gross <> l.goods OR e.commission <> l.commission
                OR e.commission_tax <> l.commission_tax OR COALESCE(e.at <> c.completed_at, TRUE))
            UNION ALL
            SELECT 'line ' || e.line || ' was sold ' || COUNT(*) || ' times' FROM settlement_entry e WHERE e.kind = 'sale'
            GROUP BY e.line HAVING COUNT(*) > 1 LIMIT 20",
    },
    Rule {
        says: "an entry is a sale, a refund, a supply, its return or a payout, of an organisation that is there",
        breaches: "SELECT 'entry ' || e.id || ' is a ' || e.kind FROM settlement_entry e WHERE NOT EXISTS
            (SELECT 1 FROM party_organisation g WHERE g.id = e.organisation)
            OR e.kind NOT IN ('sale', 'refund', 'payout', 'supply', 'supply_returned')
            OR (e.kind IN ('sale', 'supply', 'supply_returned') AND e.line = 0) OR (e.kind = 'payout' AND e.line <> 0)
            OR (e.kind = 'payout') <> (e.order_id = 0) OR ((e.line = 0 OR e.kind IN ('supply', 'supply_returned'))
                AND (e.commission <> 0 OR e.commission_tax <> 0)) LIMIT 20",
    },
    Rule {
        says: "what a seller earned of an order, less what refunds took, is what its escrow gave it",
        breaches: "SELECT 'order ' || b.order_id || ' organisation ' || b.organisation FROM
            (SELECT order_id, organisation, currency, SUM(net) AS net FROM settlement_entry WHERE kind IN ('sale', 'refund')
             GROUP BY order_id, organisation, currency) b WHERE b.net <>
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t
             JOIN ledger_account o ON o.id = t.to_account AND o.owner = b.organisation AND o.family IN ('seller', 'debt')
             JOIN ledger_account e ON e.id = t.from_account AND e.family = 'escrow' AND e.unit = b.currency
             WHERE t.subject = b.order_id) -
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t
             JOIN ledger_account f ON f.id = t.from_account AND f.owner = b.organisation AND f.family IN ('seller', 'debt')
             JOIN ledger_account e ON e.id = t.to_account AND e.family = 'escrow' AND e.unit = b.currency
             WHERE t.subject = b.order_id)
            UNION ALL
            SELECT 'transfer ' || t.id FROM ledger_transfer t JOIN ledger_account f ON f.id = t.from_account
             AND f.family IN ('seller', 'debt') JOIN ledger_account e ON e.id = t.to_account AND e.family = 'escrow'
             WHERE NOT EXISTS (SELECT 1 FROM settlement_entry b WHERE b.order_id = t.subject AND b.organisation = f.owner
                AND b.kind = 'refund' AND b.currency = e.unit) LIMIT 20",
    },
    Rule {
        says: "an entry for what a refund took back of a line is what its refunds say",
        breaches: "SELECT 'line ' || e.line FROM (SELECT line, SUM(gross) AS gross, SUM(commission) AS commission,
                SUM(commission_tax) AS tax FROM settlement_entry WHERE kind = 'refund' AND line <> 0 GROUP BY line) e WHERE NOT EXISTS
            (SELECT 1 FROM (SELECT SUM(b.net) AS net, SUM(b.commission) AS commission, SUM(b.commission_tax) AS tax
                FROM settlement_refund_line b JOIN settlement_refund_booking k ON k.refund = b.refund
                    AND k.consignment = b.consignment AND k.booked IN ('split', 'own')
                WHERE b.line = e.line AND b.part = 'goods') b
             WHERE e.gross = -b.net AND e.commission = -b.commission AND e.tax = -b.tax) LIMIT 20",
    },
    Rule {
        says: "a payout is the sum of the entries that went into it, and is its seller's",
        breaches: "SELECT 'payout ' || p.id FROM settlement_payout p WHERE p.amount <>
            (SELECT COALESCE(SUM(e.net), 0) FROM settlement_entry e WHERE e.payout = p.id AND e.kind <> 'payout'
                AND e.organisation = p.organisation AND e.currency = p.currency AND e.due_at <= p.at)
            OR (SELECT COUNT(*) FROM settlement_entry e WHERE e.payout = p.id AND e.kind = 'payout'
                AND e.organisation = p.organisation AND e.currency = p.currency) <> 1
            UNION ALL
            SELECT 'entry ' || e.id FROM settlement_entry e LEFT JOIN settlement_payout p ON p.id = e.payout
            AND p.organisation = e.organisation AND p.currency = e.currency
            WHERE (e.payout IS NOT NULL OR e.kind = 'payout') AND p.id IS NULL LIMIT 20",
    },
    Rule {
        says: "a payout names either no exchange, or all of it",
        breaches: "SELECT 'payout ' || p.id FROM settlement_payout p WHERE (p.rate IS NULL) <> (p.paid_currency IS NULL)
            OR (p.rate IS NULL) <> (p.paid_amount IS NULL) OR (p.rate IS NULL) <> (p.rate_date IS NULL)
            OR (p.rate IS NULL) <> (p.rate_source IS NULL) OR (p.rate IS NULL) <> (p.posting IS NULL)
            OR (p.rate IS NOT NULL AND p.paid_currency <> (SELECT g.currency FROM party_organisation g WHERE g.id = p.organisation))
            LIMIT 20",
    },
    Rule {
        says: "a refund is booked with the split it came before, by itself after it, and with nothing where nothing was split",
        breaches: "SELECT 'refund ' || r.key || ' is ' || b.booked FROM settlement_refund r JOIN order_head o ON o.id = r.order_id
            JOIN settlement_refund_booking b ON b.refund = r.id LEFT JOIN order_consignment c ON c.id = b.consignment
            LEFT JOIN (SELECT order_id, MIN(completed_at) AS at FROM order_consignment GROUP BY order_id) f ON f.order_id = o.id
            WHERE b.order_id <> r.order_id OR (b.consignment = 0) <> (r.kind = 'goodwill')
            OR (b.consignment <> 0 AND (c.id IS NULL OR c.order_id <> o.id))
            OR CASE
                WHEN r.at < CASE b.consignment WHEN 0 THEN f.at ELSE c.completed_at END THEN b.booked <> 'split'
                WHEN r.at > CASE b.consignment WHEN 0 THEN f.at ELSE c.completed_at END THEN b.booked <> 'own'
                WHEN CASE b.consignment WHEN 0 THEN f.at ELSE c.completed_at END IS NOT NULL THEN b.booked NOT IN ('split', 'own')
                WHEN CASE b.consignment WHEN 0 THEN o.fulfilment ELSE c.state END = 'cancelled' THEN b.booked <> 'nothing'
                ELSE b.booked <> 'open' END
            UNION ALL
            SELECT 'refund ' || r.key FROM settlement_refund r LEFT JOIN order_head o ON o.id = r.order_id WHERE o.id IS NULL
            OR r.kind NOT IN ('pieces', 'taken_out', 'delivery', 'reduction', 'consignment', 'goodwill', 'cancelled', 'written_off', 'amended')
            OR EXISTS (SELECT 1 FROM settlement_refund_booking b WHERE b.refund = r.id AND b.booked = 'own') <> EXISTS
                (SELECT 1 FROM ledger_posting p WHERE p.key = 'bring_back:' || r.key)
            OR (r.kind = 'goodwill' AND NOT EXISTS (SELECT 1 FROM settlement_refund_booking b WHERE b.refund = r.id))
            UNION ALL
            SELECT 'refund ' || COALESCE(b.refund, l.refund) || ' is not booked as it is written' FROM
            (SELECT refund, consignment FROM settlement_refund_booking WHERE consignment <> 0) b FULL JOIN
            (SELECT DISTINCT refund, consignment FROM settlement_refund_line) l ON l.refund = b.refund AND l.consignment = b.consignment
            WHERE b.refund IS NULL OR l.refund IS NULL LIMIT 20",
    },
    Rule {
        says: "what a refund gives back was asked of its order's payments",
        breaches: "SELECT 'refund ' || r.key FROM settlement_refund r WHERE r.amount <>
            (SELECT COALESCE(SUM(q.amount), 0) FROM payment_refund q WHERE q.subject = r.order_id
                AND CASE WHEN r.kind IN ('cancelled', 'written_off') THEN substr(q.key, 1, length(r.key) + 1) = r.key || ':'
                    ELSE substr(q.key, 1, length(r.key) + 8) = 'refund:' || r.key || ':' END) LIMIT 20",
    },
    Rule {
        says: "what an order's refunds give back is what they take back, and goodwill that was not owed anyway",
        breaches: "SELECT 'order ' || r.order_id FROM (SELECT order_id, SUM(CASE WHEN kind = 'goodwill' THEN 0 ELSE amount + credited END) AS given,
                SUM(absorbed) AS absorbed FROM settlement_refund GROUP BY order_id) r WHERE r.given + r.absorbed <>
            (SELECT COALESCE(SUM(b.net + b.duty + b.tax + b.fees), 0) FROM settlement_refund_line b WHERE b.order_id = r.order_id)
            UNION ALL
            SELECT 'refund ' || r.key FROM settlement_refund r WHERE (r.kind <> 'goodwill' AND (r.absorbed <> 0 OR r.organisation <> 0))
            OR (r.kind NOT IN ('goodwill', 'taken_out', 'cancelled', 'written_off', 'amended') AND r.amount <>
                (SELECT COALESCE(SUM(b.net + b.duty + b.tax + b.fees), 0) FROM settlement_refund_line b WHERE b.refund = r.id))
            OR r.pieces <> (SELECT COALESCE(SUM(b.pieces), 0) FROM settlement_refund_line b WHERE b.refund = r.id)
            OR (r.kind NOT IN ('pieces', 'taken_out', 'consignment', 'cancelled', 'written_off', 'amended') AND r.pieces <> 0)
            OR (r.kind = 'taken_out' AND (r.pieces = 0 OR r.reason NOT IN ('changed_mind', 'out_of_stock', 'damaged', 'cannot_be_sent', 'buyer_asked')
                OR EXISTS (SELECT 1 FROM settlement_refund_line b WHERE b.refund = r.id AND b.unsent <> b.pieces)))
            OR (r.kind = 'goodwill' AND EXISTS (SELECT 1 FROM settlement_refund_line b WHERE b.refund = r.id)) LIMIT 20",
    },
    Rule {
        says: "what a refund takes back of a consignment's charges is what it takes back of its lines' duty, tax and fees",
        breaches: "SELECT 'refund ' || COALESCE(c.refund, l.refund) FROM
            (SELECT refund, consignment, SUM(amount) AS amount FROM settlement_refund_charge GROUP BY refund, consignment) c FULL JOIN
            (SELECT refund, consignment, SUM(duty + tax + fees) AS amount FROM settlement_refund_line GROUP BY refund, consignment) l
            ON l.refund = c.refund AND l.consignment = c.consignment WHERE COALESCE(c.amount, 0) <> COALESCE(l.amount, 0) LIMIT 20",
    },
    Rule {
        says: "goodwill of the operator was spent",
        breaches: "SELECT 'order ' || o.id FROM order_head o WHERE
            (SELECT COALESCE(SUM(r.amount - r.absorbed), 0) FROM settlement_refund r WHERE r.order_id = o.id AND r.kind = 'goodwill'
                AND r.organisation = 0 AND EXISTS (SELECT 1 FROM settlement_refund_booking b
                    WHERE b.refund = r.id AND b.booked IN ('split', 'own'))) <>
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.from_account
                WHERE t.subject = o.id AND a.code = 'expense:goodwill:' || o.currency) -
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.to_account
                WHERE t.subject = o.id AND a.code = 'expense:goodwill:' || o.currency) LIMIT 20",
    },
    Rule {
        says: "no more of a line's goods and delivery was taken back than was sold, and all of it where it was called off or given up",
        breaches: "SELECT 'line ' || l.id FROM order_line l JOIN order_head o ON o.id = l.order_id
            JOIN order_consignment c ON c.id = l.consignment JOIN
            (SELECT line, MIN(order_id) AS order_id, MIN(consignment) AS consignment, MAX(consignment) AS consignment_last,
                SUM(CASE WHEN part = 'goods' THEN net ELSE 0 END) AS goods, SUM(CASE WHEN part = 'delivery' THEN net ELSE 0 END) AS shipping,
                SUM(duty) AS duty, SUM(tax) AS tax, SUM(fees) AS fees, SUM(pieces) AS pieces,
                SUM(CASE part WHEN 'goods' THEN CASE WHEN fees = 0 THEN 0 ELSE 1 END
                    WHEN 'delivery' THEN CASE WHEN commission = 0 AND commission_tax = 0 AND pieces = 0 AND unsent = 0 THEN 0 ELSE 1 END
                    ELSE 1 END) AS others
             FROM settlement_refund_line GROUP BY line) b ON b.line = l.id
            WHERE b.order_id <> l.order_id OR b.consignment <> l.consignment OR b.consignment_last <> l.consignment OR b.others > 0
            OR b.goods > l.goods OR b.shipping > l.shipping OR b.duty > l.duty OR b.tax > l.tax OR b.fees > l.fees OR b.pieces > l.quantity
            OR (c.state = 'cancelled' AND (b.goods <> l.goods OR b.shipping <> l.shipping OR b.duty <> l.duty OR b.tax <> l.tax
                OR b.fees <> l.fees OR b.pieces <> l.quantity))
            UNION ALL
            SELECT 'line ' || l.id || ' was not given back' FROM order_line l JOIN order_head o ON o.id = l.order_id AND o.paid_at IS NOT NULL
            JOIN order_consignment c ON c.id = l.consignment AND c.state = 'cancelled'
            WHERE l.total > 0 AND NOT EXISTS (SELECT 1 FROM settlement_refund_line b WHERE b.order_id = l.order_id AND b.line = l.id)
            UNION ALL
            SELECT 'row of refund ' || b.refund FROM settlement_refund_line b LEFT JOIN order_line l ON l.id = b.line
            LEFT JOIN settlement_refund r ON r.id = b.refund AND r.order_id = b.order_id WHERE l.id IS NULL OR r.id IS NULL LIMIT 20",
    },
    Rule {
        says: "a payout that waits for a rate is owed, and wants the currency that its seller keeps its books in",
        breaches: "SELECT 'organisation ' || w.organisation || ' ' || w.currency FROM settlement_waiting w
            LEFT JOIN party_organisation g ON g.id = w.organisation
            WHERE g.id IS NULL OR w.wanted <> g.currency OR w.currency = w.wanted OR NOT EXISTS
            (SELECT 1 FROM settlement_entry e WHERE e.organisation = w.organisation AND e.currency = w.currency AND e.payout IS NULL)
            LIMIT 20",
    },
    Rule {
        says: "a payment to an authority or a carrier names the account that it left",
        breaches: "SELECT 'payment ' || r.reference FROM settlement_remittance r LEFT JOIN ledger_account a ON a.id = r.account
            WHERE a.id IS NULL OR a.code <> r.code OR a.unit <> r.currency LIMIT 20",
    },
];
