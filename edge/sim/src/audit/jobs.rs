//! Jobs: whatever waits has a job that ends its waiting.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "an order that waits for its payment has a job that will end the waiting",
        breaches: "SELECT o.number FROM order_head o WHERE o.fulfilment = 'waiting' AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'order.unpaid' AND j.subject = o.id) LIMIT 20",
    },
    Rule {
        says: "a delivered consignment has a job that will complete it",
        breaches: "SELECT 'consignment ' || c.id FROM order_consignment c
            WHERE c.state = 'delivered' AND c.dispute <> 'open' AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'consignment.accept' AND j.subject = c.id) LIMIT 20",
    },
    Rule {
        says: "a paid consignment that has not left has a clock",
        breaches: "SELECT 'consignment ' || c.id FROM order_consignment c
            WHERE c.state IN ('to_pack', 'packed') AND c.ship_by IS NULL LIMIT 20",
    },
    Rule {
        says: "a parcel under way has a job that will move it, unless customs holds it for someone to act",
        breaches: "SELECT p.tracking FROM logistics_parcel p JOIN order_parcel c ON c.label = p.id
            WHERE c.state IN ('handed_over', 'in_transit') AND p.fate <> 'held_for_action' AND p.fate <> 'lost' AND p.carrier <> 'own' AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = CASE p.carrier WHEN 'built-in' THEN 'carrier.move' ELSE 'carrier.track' END
              AND j.subject = p.id) LIMIT 20",
    },
    Rule {
        says: "a label that a carrier was asked for, or asked to take back, has a job that asks again until it answers",
        breaches: "SELECT 'booking ' || b.id FROM logistics_booking b WHERE b.state IN ('requested', 'void') AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'carrier.book' AND j.subject = b.id) LIMIT 20",
    },
    Rule {
        says: "a refund that was asked for has a job that will send it, or news of it on the way",
        breaches: "SELECT 'refund ' || r.id FROM payment_refund r WHERE r.state = 'requested' AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind IN ('refund.send', 'sandbox.webhook') AND j.subject = r.id) LIMIT 20",
    },
    Rule {
        says: "a seller to whom something is owed has a job that will pay it out",
        breaches: "SELECT 'organisation ' || e.organisation || ' ' || e.currency FROM settlement_entry e
            WHERE e.payout IS NULL AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'payout.due' AND j.subject = e.organisation)
            GROUP BY e.organisation, e.currency HAVING SUM(e.net) > 0 LIMIT 20",
    },
    Rule {
        says: "a message that waits to be sent has a job that will send it",
        breaches: "SELECT 'message ' || m.id || ' to ' || m.recipient FROM notify_message m WHERE m.state = 'queued'
            AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = 'mail.send' AND j.subject = m.id) LIMIT 20",
    },
    Rule {
        says: "money that lies at the sandbox has a job that will ask for it",
        breaches: "SELECT 'charge ' || c.intent FROM payment_sandbox_charge c JOIN payment_intent p ON p.id = c.intent
            WHERE c.state = 'captured' AND c.payout IS NULL AND p.state = 'captured'
            AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = 'provider.settle')
            AND (SELECT COALESCE(MAX(f.seq), 0) FROM follower f WHERE f.name = 'reactions') >=
            (SELECT COALESCE(MAX(e.seq), 0) FROM event e WHERE e.kind = 'order.paid') LIMIT 20",
    },
    Rule {
        says: "pictures that are kept have a job that will remove those which nothing names",
        breaches: "SELECT 'picture ' || p.hash FROM catalog_picture p WHERE p.gone_at IS NULL AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'pictures.tidy') LIMIT 20",
    },
];
