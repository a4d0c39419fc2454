//! The trail and the rows tell the same moments.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "an order was placed, paid, completed and called off when the trail says so",
        breaches: "SELECT o.number FROM order_head o WHERE
            COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = o.id AND e.kind = 'order.placed'), 0) <> o.placed_at
            OR COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = o.id AND e.kind = 'order.paid'), 0) <> COALESCE(o.paid_at, 0)
            OR COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = o.id AND e.kind = 'order.completed'), 0)
                <> COALESCE(o.completed_at, 0)
            OR COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = o.id AND e.kind = 'order.cancelled'), 0)
                <> COALESCE(o.cancelled_at, 0) LIMIT 20",
    },
    Rule {
        says: "an objection is open or closed as the trail says",
        breaches: "SELECT 'consignment ' || c.id || ' is ' || c.dispute FROM order_consignment c WHERE c.dispute <> CASE COALESCE((SELECT e.kind
              FROM event e WHERE e.subject = c.id AND e.kind IN ('consignment.disputed', 'consignment.dispute_closed')
              ORDER BY e.seq DESC LIMIT 1), '')
            WHEN 'consignment.disputed' THEN 'open' WHEN 'consignment.dispute_closed' THEN 'closed' ELSE 'none' END LIMIT 20",
    },
    Rule {
        says: "an order is objected to when one of its consignments is",
        breaches: "SELECT o.number || ' is ' || o.dispute FROM order_head o WHERE o.dispute <> CASE
            WHEN EXISTS (SELECT 1 FROM order_consignment c WHERE c.order_id = o.id AND c.dispute = 'open') THEN 'open'
            WHEN EXISTS (SELECT 1 FROM order_consignment c WHERE c.order_id = o.id AND c.dispute = 'closed') THEN 'closed'
            ELSE 'none' END LIMIT 20",
    },
    Rule {
        says: "a consignment was handed over, completed and given up when the trail says so",
        breaches: "SELECT 'consignment ' || c.id FROM order_consignment c WHERE
            COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = c.id AND e.kind = 'consignment.handed_over'), 0)
                <> COALESCE(c.handed_over_at, 0)
            OR (c.written_off_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = c.id
                AND e.kind IN ('consignment.written_off', 'consignment.pieces_called_off') AND e.at = c.written_off_at))
            OR COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = c.id AND e.kind = 'consignment.completed'), 0)
                <> COALESCE(c.completed_at, 0)
            OR (c.cancelled_at IS NOT NULL AND c.cancelled_at <> COALESCE(
                (SELECT MIN(e.at) FROM event e WHERE e.subject = c.id
                    AND e.kind = CASE c.replaced_by WHEN 0 THEN 'consignment.cancelled' ELSE 'consignment.replaced' END),
                (SELECT o.cancelled_at FROM order_head o WHERE o.id = c.order_id), 0))
            OR (c.cancelled_at IS NULL AND EXISTS
                (SELECT 1 FROM event e WHERE e.subject = c.id AND e.kind IN ('consignment.cancelled', 'consignment.replaced'))) LIMIT 20",
    },
    Rule {
        says: "a parcel was packed, handed over, given up, unpacked and received back when the trail says so",
        breaches: "WITH told (parcel, kind, at) AS (SELECT p.id, e.kind, MIN(e.at) FROM order_parcel p
                JOIN event e ON e.subject = p.consignment AND e.body LIKE '%\"parcel\":' || p.id || ',%' GROUP BY p.id, e.kind)
            SELECT 'parcel ' || p.id FROM order_parcel p
            LEFT JOIN told a ON a.parcel = p.id AND a.kind = 'consignment.packed'
            LEFT JOIN told b ON b.parcel = p.id AND b.kind = 'consignment.handed_over'
            LEFT JOIN told c ON c.parcel = p.id AND c.kind = 'consignment.written_off'
            LEFT JOIN told d ON d.parcel = p.id AND d.kind = 'consignment.received_back'
            LEFT JOIN told f ON f.parcel = p.id AND f.kind = 'consignment.recalled'
            WHERE COALESCE(a.at, 0) <> COALESCE(p.packed_at, 0) OR COALESCE(b.at, 0) <> COALESCE(p.handed_over_at, 0)
            OR COALESCE(c.at, 0) <> COALESCE(p.written_off_at, 0) OR COALESCE(d.at, 0) <> COALESCE(p.received_at, 0)
            OR (f.at IS NOT NULL AND f.at <> COALESCE(p.recalled_at, 0)) OR (p.recalled_at IS NOT NULL AND f.at IS NULL
                AND (p.packed_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM event e WHERE e.subject IN (p.order_id, p.consignment)
                AND e.kind IN ('order.cancelled', 'order.readdressed', 'consignment.replaced', 'consignment.pieces_called_off') AND e.at = p.recalled_at)))
            OR (p.written_off_at IS NOT NULL AND (p.returned_at IS NOT NULL) <> EXISTS (SELECT 1 FROM event e
                WHERE e.subject = p.consignment AND e.kind = 'consignment.written_off' AND e.body LIKE '%\"parcel\":' || p.id || ',%'
                AND e.body LIKE '%\"was\":\"returned\"%')) LIMIT 20",
    },
    Rule {
        says: "an organisation, a key and an agreement are there because the trail says that they were made",
        breaches: "SELECT 'organisation ' || g.id FROM party_organisation g WHERE NOT EXISTS
            (SELECT 1 FROM event e WHERE e.subject = g.id AND e.kind = 'party.organisation_created' AND e.at = g.created_at)
            UNION ALL
            SELECT 'key ' || k.id FROM party_api_key k WHERE NOT EXISTS
            (SELECT 1 FROM event e WHERE e.subject = k.id AND e.kind = 'party.key_created' AND e.at = k.created_at)
            OR COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = k.id AND e.kind = 'party.key_revoked'), 0)
                <> COALESCE(k.revoked_at, 0)
            UNION ALL
            SELECT 'agreement ' || t.id FROM terms_agreement t WHERE NOT EXISTS
            (SELECT 1 FROM event e WHERE e.subject = t.id AND e.kind = 'terms.agreed' AND e.at = t.created_at) LIMIT 20",
    },
    Rule {
        says: "an organisation is paid into the account of which the trail told last",
        breaches: "SELECT 'account ' || b.id FROM onboarding_bank_account b WHERE NOT EXISTS
            (SELECT 1 FROM event e WHERE e.subject = b.organisation AND e.kind = 'onboarding.bank_changed' AND e.at = b.added_at)
            OR (b.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = b.organisation
                AND e.kind IN ('onboarding.bank_changed', 'onboarding.bank_ended') AND e.at = b.ended_at))
            OR (b.ended_at IS NULL AND EXISTS (SELECT 1 FROM event e WHERE e.subject = b.organisation
                AND e.kind IN ('onboarding.bank_changed', 'onboarding.bank_ended') AND e.at > b.added_at))
            UNION ALL
            SELECT 'account of ' || e.subject FROM event e WHERE e.kind = 'onboarding.bank_changed' AND NOT EXISTS
            (SELECT 1 FROM onboarding_bank_account b WHERE b.organisation = e.subject AND b.added_at = e.at)
            UNION ALL
            SELECT 'account of ' || e.subject FROM event e WHERE e.kind = 'onboarding.bank_changed' AND NOT EXISTS
            (SELECT 1 FROM event l WHERE l.subject = e.subject AND l.seq > e.seq
                AND l.kind IN ('onboarding.bank_changed', 'onboarding.bank_ended')) AND NOT EXISTS
            (SELECT 1 FROM onboarding_bank_account b WHERE b.organisation = e.subject AND b.added_at = e.at AND b.ended_at IS NULL) LIMIT 20",
    },
];
