//! Claims: each is where the trail says it is, waits with a clock, and gave back what it says.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "a claim is where the trail says",
        breaches: "SELECT 'claim ' || c.id || ' is ' || c.state || ' ' || c.outcome FROM claim c WHERE NOT EXISTS
            (SELECT 1 FROM event e WHERE e.subject = c.id
              AND e.seq = (SELECT MAX(f.seq) FROM event f WHERE f.subject = c.id AND f.kind LIKE 'claim.%')
              AND e.body LIKE '%\"state\":\"' || c.state || '\"%' AND e.body LIKE '%\"outcome\":\"' || c.outcome || '\"%'
              AND e.body LIKE '%\"minor\":' || c.refunded || ',%') LIMIT 20",
    },
    Rule {
        says: "a claim was opened, sent back, received, reminded of and closed when the trail says so",
        breaches: "SELECT 'claim ' || c.id FROM claim c WHERE
            COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = c.id AND e.kind = 'claim.opened'), 0) <> c.opened_at
            OR COALESCE((SELECT MAX(e.at) FROM event e WHERE e.subject = c.id AND e.kind = 'claim.sent'), 0) <> COALESCE(c.sent_at, 0)
            OR COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = c.id AND e.kind = 'claim.received'), 0)
                <> COALESCE(c.received_at, 0)
            OR COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = c.id AND e.kind = 'claim.return_due'), 0)
                <> COALESCE(c.warned_at, 0)
            OR COALESCE((SELECT MIN(e.at) FROM event e WHERE e.subject = c.id AND e.kind = 'claim.closed'), 0)
                <> COALESCE(c.closed_at, 0) LIMIT 20",
    },
    Rule {
        says: "a consignment is objected to while a claim about it is open",
        breaches: "SELECT 'consignment ' || s.id || ' is ' || s.dispute FROM order_consignment s WHERE (s.dispute = 'open') <>
            EXISTS (SELECT 1 FROM claim c WHERE c.consignment = s.id AND c.state <> 'closed') LIMIT 20",
    },
    Rule {
        says: "a claim is about pieces of its own consignment, by who sold them in law, in its order's currency",
        breaches: "SELECT 'claim ' || c.id FROM claim c WHERE NOT EXISTS (SELECT 1 FROM order_consignment s
              JOIN order_head o ON o.id = s.order_id WHERE s.id = c.consignment AND s.order_id = c.order_id
              AND o.currency = c.currency AND c.organisation = CASE WHEN EXISTS
                (SELECT 1 FROM order_line l WHERE l.order_id = s.order_id AND l.consignment = s.id AND l.supply_minor IS NOT NULL)
                THEN (SELECT MIN(g.id) FROM party_organisation g WHERE g.kind = 'platform') ELSE s.organisation END)
            OR NOT EXISTS (SELECT 1 FROM claim_line k WHERE k.claim = c.id)
            UNION ALL SELECT 'line ' || k.line || ' of claim ' || k.claim FROM claim_line k WHERE NOT EXISTS
              (SELECT 1 FROM claim c JOIN order_line l ON l.consignment = c.consignment AND l.order_id = c.order_id
                WHERE c.id = k.claim AND l.id = k.line) LIMIT 20",
    },
    Rule {
        says: "what a claim gave back are its refunds",
        breaches: "SELECT 'claim ' || c.id || ' gave ' || c.refunded FROM claim c WHERE c.refunded <>
            (SELECT COALESCE(SUM(r.amount), 0) FROM settlement_refund r WHERE r.order_id = c.order_id
              AND r.key LIKE 'claim:' || c.id || ':%')
            OR (c.outcome IN ('refunded', 'reduced')) <> (c.refunded > 0)
            OR (c.outcome = 'reduced' AND (c.remedy <> 'lower_price' OR c.remedy_amount <> c.refunded))
            OR (c.outcome = 'refunded' AND (c.remedy NOT IN ('money_back', 'return') OR c.remedy_amount <> 0)) LIMIT 20",
    },
    Rule {
        says: "what of a claim lies on the shelf came back with its refund",
        breaches: "SELECT 'line ' || k.line || ' of claim ' || c.id || ' has ' || k.restock FROM claim_line k JOIN claim c ON c.id = k.claim
            WHERE (c.outcome = 'refunded' AND k.restock <> (SELECT COALESCE(SUM(b.pieces), 0) FROM settlement_refund r
                JOIN settlement_refund_line b ON b.refund = r.id WHERE r.order_id = c.order_id
                AND r.key = 'claim:' || c.id || ':shelf' AND b.line = k.line))
            OR (c.received_at IS NULL AND k.restock <> 0) LIMIT 20",
    },
    Rule {
        says: "an open claim has a clock that ends its waiting",
        breaches: "SELECT 'claim ' || c.id || ' is ' || c.state FROM claim c WHERE
            (c.state IN ('open', 'refused', 'returning', 'sent') AND NOT EXISTS
              (SELECT 1 FROM job j WHERE j.kind = 'claim.clock' AND j.subject = c.id))
            OR (c.state = 'settling' AND NOT EXISTS
              (SELECT 1 FROM job j WHERE j.kind IN ('claim.settle', 'claim.clock') AND j.subject = c.id)) LIMIT 20",
    },
    Rule {
        says: "an open claim holds only pieces that were sent and not given back",
        breaches: "SELECT 'line ' || l.id FROM order_line l WHERE EXISTS (SELECT 1 FROM claim_line k JOIN claim c ON c.id = k.claim
              WHERE k.line = l.id AND c.state <> 'closed')
            AND (SELECT SUM(k.pieces) FROM claim_line k JOIN claim c ON c.id = k.claim WHERE k.line = l.id AND c.state <> 'closed')
              > l.quantity - l.called_off LIMIT 20",
    },
];
