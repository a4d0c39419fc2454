//! Payments: what was captured, refunded and settled, here and at the provider.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        says: "the escrow of an order is what was captured less what was released and refunded",
        breaches: "SELECT o.number || ' captured ' || o.captured || ', released ' || o.released || ', refunded ' || o.refunded
            FROM order_head o WHERE o.captured - o.released - o.refunded <>
            (SELECT COALESCE(SUM(CASE WHEN t.to_account = e.id THEN t.amount ELSE -t.amount END), 0)
             FROM ledger_transfer t JOIN ledger_account e ON e.family = 'escrow' AND e.unit = o.currency
             AND (e.id = t.to_account OR e.id = t.from_account) WHERE t.subject = o.id) LIMIT 20",
    },
    Rule {
        says: "what was captured of an order, less what came beside what was owed, is what it owed and was paid",
        breaches: "SELECT o.number || ' ' || o.payment || ' captured ' || o.captured FROM order_head o
            WHERE o.captured - (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r
                WHERE r.subject = o.id AND r.reason = 'not_owed' AND NOT (r.state = 'failed' AND EXISTS
                    (SELECT 1 FROM payment_refund a WHERE a.intent = r.intent AND a.reason = r.reason AND a.id > r.id)))
            <> (SELECT COALESCE(SUM(d.amount), 0) FROM order_due d WHERE d.order_id = o.id AND d.state IN ('paid', 'returned')) LIMIT 20",
    },
    Rule {
        says: "an order that was paid says so, and one that was not does not",
        breaches: "SELECT o.number || ' ' || o.payment FROM order_head o
            WHERE (o.paid_at IS NULL AND o.captured = 0) <> (o.payment IN ('pending', 'failed', 'void')) LIMIT 20",
    },
    Rule {
        says: "an order has at most one attempt that can be paid",
        breaches: "SELECT 'order ' || p.subject || ' has ' || COUNT(*) FROM payment_intent p
            WHERE p.state IN ('created', 'pending', 'action_required', 'authorised')
            GROUP BY p.subject HAVING COUNT(*) > 1 LIMIT 20",
    },
    Rule {
        says: "what was captured in another amount than was asked for lies in suspense until it has gone back",
        breaches: "SELECT a.code FROM ledger_account a WHERE a.family = 'suspense' AND
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t WHERE t.to_account = a.id) -
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t WHERE t.from_account = a.id) <>
            (SELECT COALESCE(SUM(p.amount - p.refunded), 0) FROM payment_intent p
             WHERE p.state = 'differs' AND p.currency = a.unit) LIMIT 20",
    },
    Rule {
        says: "what was captured for an order is what its payments say",
        breaches: "SELECT o.number || ' captured ' || o.captured FROM order_head o WHERE o.captured <>
            (SELECT COALESCE(SUM(p.amount), 0) FROM payment_intent p WHERE p.subject = o.id AND p.state = 'captured') LIMIT 20",
    },
    Rule {
        says: "what the house calls captured the sandbox captured too, for the same amount",
        breaches: "SELECT 'payment ' || p.id FROM payment_intent p LEFT JOIN payment_sandbox_charge c ON c.intent = p.id
            WHERE p.provider = 'sandbox' AND p.state = 'captured'
            AND (c.intent IS NULL OR c.state <> 'captured' OR c.amount <> p.amount OR c.currency <> p.currency) LIMIT 20",
    },
    Rule {
        says: "a refund that succeeded here was paid back by the sandbox, once",
        breaches: "SELECT 'refund ' || r.id FROM payment_refund r LEFT JOIN payment_sandbox_refund s ON s.refund = r.id
            WHERE r.state = 'succeeded' AND r.intent IN (SELECT intent FROM payment_sandbox_charge)
            AND (s.refund IS NULL OR s.amount <> r.amount) LIMIT 20",
    },
    Rule {
        says: "what was refunded of an order is what its refunds say",
        breaches: "SELECT o.number || ' refunded ' || o.refunded FROM order_head o WHERE o.refunded <>
            (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r WHERE r.subject = o.id AND r.state = 'succeeded')
            LIMIT 20",
    },
    Rule {
        says: "money that the sandbox took and the house does not know of has a job that will find it",
        breaches: "SELECT 'payment ' || p.id || ' is ' || p.state FROM payment_intent p
            JOIN payment_sandbox_charge c ON c.intent = p.id WHERE c.state = 'captured' AND p.state <> 'captured'
            AND NOT EXISTS (SELECT 1 FROM job j WHERE (j.kind = 'order.unpaid' AND j.subject = p.subject)
                OR (j.kind IN ('payment.check', 'sandbox.webhook') AND j.subject = p.id)) LIMIT 20",
    },
    Rule {
        says: "what a provider owes is what it captured less what was refunded and what it has settled",
        breaches: "SELECT a.code || ' has ' || owed.minor FROM ledger_account a JOIN
            (SELECT d.id, (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t WHERE t.from_account = d.id) -
                (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t WHERE t.to_account = d.id) AS minor
             FROM ledger_account d WHERE d.family = 'provider') owed ON owed.id = a.id
            WHERE owed.minor <>
            (SELECT COALESCE(SUM(p.amount), 0) FROM payment_intent p WHERE p.state IN ('captured', 'differs') AND p.currency = a.unit
                AND a.code = 'provider:' || p.provider || ':' || p.currency) -
            (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r JOIN payment_intent p ON p.id = r.intent
                WHERE r.state = 'succeeded' AND a.code = 'provider:' || p.provider || ':' || p.currency) -
            (SELECT COALESCE(SUM(s.gross), 0) FROM settlement_provider s
                WHERE a.code = 'provider:' || s.provider || ':' || s.currency) LIMIT 20",
    },
    Rule {
        says: "what is booked as settled by the sandbox it has paid out, with the same fee",
        breaches: "SELECT 'settlement ' || s.reference FROM settlement_provider s WHERE s.provider = 'sandbox' AND NOT EXISTS
            (SELECT 1 FROM payment_sandbox_payout p WHERE p.currency = s.currency AND p.gross = s.gross AND p.fee = s.fee
                AND p.at = s.settled_at) LIMIT 20",
    },
    Rule {
        says: "a payment is for one of what its order owes, in its currency",
        breaches: "SELECT 'payment ' || p.id FROM payment_intent p LEFT JOIN order_head o ON o.id = p.subject
            LEFT JOIN order_due d ON d.order_id = p.subject AND d.position = p.due
            WHERE o.id IS NULL OR d.order_id IS NULL
            OR (p.state <> 'differs' AND (p.currency <> o.currency OR p.amount <> d.amount)) LIMIT 20",
    },
    Rule {
        says: "a payment is as far as its state, and says why or where to only when it was refused or waits for the buyer",
        breaches: "SELECT 'payment ' || p.id || ' is ' || p.state FROM payment_intent p WHERE p.progress <> CASE p.state
            WHEN 'created' THEN 0 WHEN 'pending' THEN 1 WHEN 'action_required' THEN 2 WHEN 'authorised' THEN 3
            WHEN 'declined' THEN 4 WHEN 'voided' THEN 5 WHEN 'captured' THEN 6 WHEN 'differs' THEN 6 ELSE -1 END
            OR (p.decline_code <> '') <> (p.state = 'declined') OR (p.action_url <> '') <> (p.state = 'action_required')
            OR (p.state IN ('captured', 'differs') AND p.reference = '') LIMIT 20",
    },
    Rule {
        says: "what was asked back of a payment, and what went back, is what its refunds say",
        breaches: "SELECT 'payment ' || p.id FROM payment_intent p WHERE
            p.refunding <> (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r WHERE r.intent = p.id AND r.state <> 'failed')
            OR p.refunded <> (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r WHERE r.intent = p.id AND r.state = 'succeeded')
            LIMIT 20",
    },
    Rule {
        says: "a refund goes back on a payment of the same order that was captured",
        breaches: "SELECT 'refund ' || r.id || ' is ' || r.state FROM payment_refund r LEFT JOIN payment_intent p ON p.id = r.intent
            WHERE p.id IS NULL OR p.subject <> r.subject OR p.state NOT IN ('captured', 'differs')
            OR r.state NOT IN ('requested', 'succeeded', 'failed') OR (r.reference = '') <> (r.state = 'requested') LIMIT 20",
    },
    Rule {
        says: "each payment that was captured was booked once, and each refund as often as it went and came back",
        breaches: "SELECT 'order ' || o.number FROM order_head o WHERE
            (SELECT COALESCE(SUM(p.amount), 0) FROM payment_intent p WHERE p.subject = o.id AND p.state = 'captured') <>
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_posting b ON b.id = t.posting
                WHERE t.subject = o.id AND b.kind = 'payment.captured')
            OR (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r WHERE r.subject = o.id AND r.state = 'succeeded') <>
            (SELECT COALESCE(SUM(CASE b.kind WHEN 'payment.refunded' THEN t.amount ELSE -t.amount END), 0)
                FROM ledger_transfer t JOIN ledger_posting b ON b.id = t.posting
                WHERE t.subject = o.id AND b.kind IN ('payment.refunded', 'payment.refund_returned')) LIMIT 20",
    },
    Rule {
        says: "the sandbox was asked for what the house wanted, with the method that the buyer chose",
        breaches: "SELECT 'charge ' || c.intent FROM payment_sandbox_charge c LEFT JOIN payment_intent p ON p.id = c.intent
            WHERE p.id IS NULL OR (p.state <> 'differs' AND (p.amount <> c.amount OR p.currency <> c.currency)) OR p.method <> c.token OR p.provider <> 'sandbox'
            LIMIT 20",
    },
    Rule {
        says: "the sandbox and the house tell the same end of a payment, and the sandbox when the money came",
        breaches: "SELECT 'charge ' || c.intent || ' is ' || c.state FROM payment_sandbox_charge c JOIN payment_intent p ON p.id = c.intent
            WHERE c.state NOT IN ('captured', 'authorised', 'asking', 'declined', 'voided', 'pending')
            OR (c.captured_at IS NOT NULL) <> (c.state = 'captured') OR (c.code <> '') <> (c.state = 'declined')
            OR (p.state = 'declined' AND (c.state <> 'declined' OR c.code <> p.decline_code))
            OR (p.state = 'voided' AND c.state NOT IN ('voided', 'captured'))
            OR (c.payout IS NOT NULL AND c.state <> 'captured') LIMIT 20",
    },
    Rule {
        says: "an attempt that waits for its buyer waits at the sandbox too, at the page to which the buyer is sent",
        breaches: "SELECT 'charge ' || c.intent || ' is ' || c.state FROM payment_sandbox_charge c JOIN payment_intent p ON p.id = c.intent
            WHERE p.state IN ('action_required', 'authorised', 'pending') AND c.state IN ('voided', 'declined')
            AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind IN ('sandbox.webhook', 'payment.check') AND j.subject = c.intent)
            AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = 'order.unpaid' AND j.subject = p.subject)
            UNION ALL
            SELECT 'payment ' || p.id || ' sends to ' || p.action_url FROM payment_intent p WHERE p.provider = 'sandbox'
            AND p.state = 'action_required' AND p.action_url <> '/pay/sandbox/' || SUBSTR(p.reference, 5) LIMIT 20",
    },
    Rule {
        says: "a payment that the sandbox has answered about is known there, and one that it never heard of was refused as unknown",
        breaches: "SELECT 'payment ' || p.id || ' is ' || p.state FROM payment_intent p WHERE p.provider = 'sandbox'
            AND (p.reference <> '' OR p.state IN ('pending', 'action_required', 'authorised', 'captured')
                OR (p.state = 'declined' AND p.decline_code <> 'unknown'))
            AND NOT EXISTS (SELECT 1 FROM payment_sandbox_charge c WHERE c.intent = p.id) LIMIT 20",
    },
    Rule {
        says: "what the sandbox paid back of a charge is the sum of its refunds, each as the house asked for it",
        breaches: "SELECT 'charge ' || c.intent FROM payment_sandbox_charge c WHERE c.refunded <>
            (SELECT COALESCE(SUM(s.amount), 0) FROM payment_sandbox_refund s WHERE s.intent = c.intent AND s.state = 'succeeded')
            UNION ALL
            SELECT 'refund ' || s.refund FROM payment_sandbox_refund s LEFT JOIN payment_refund r ON r.id = s.refund
            LEFT JOIN payment_intent p ON p.id = r.intent
            WHERE r.id IS NULL OR r.intent <> s.intent OR r.amount <> s.amount OR p.currency <> s.currency
            OR s.state NOT IN ('succeeded', 'failed') OR (r.state = 'succeeded' AND s.state <> 'succeeded')
            OR (r.state = 'failed' AND s.state <> 'failed') LIMIT 20",
    },
    Rule {
        says: "what the sandbox sent to the bank is the charges in it less the refunds in it",
        breaches: "SELECT 'payout ' || p.id FROM payment_sandbox_payout p WHERE p.gross <>
            (SELECT COALESCE(SUM(c.amount), 0) FROM payment_sandbox_charge c
                WHERE c.payout = p.id AND c.currency = p.currency AND c.state = 'captured') -
            (SELECT COALESCE(SUM(s.amount), 0) FROM payment_sandbox_refund s
                WHERE s.payout = p.id AND s.currency = p.currency AND s.state = 'succeeded')
            UNION ALL
            SELECT 'charge ' || c.intent FROM payment_sandbox_charge c WHERE c.payout IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM payment_sandbox_payout p WHERE p.id = c.payout AND p.currency = c.currency)
            UNION ALL
            SELECT 'refund ' || s.refund FROM payment_sandbox_refund s WHERE s.payout IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM payment_sandbox_payout p WHERE p.id = s.payout AND p.currency = s.currency) LIMIT 20",
    },
    Rule {
        says: "what a provider paid reached the bank less its fee, and the fee was spent",
        breaches: "SELECT s.provider || ' ' || s.reference FROM settlement_provider s WHERE s.gross - s.fee <>
            (SELECT COALESCE(SUM(CASE WHEN b.id = t.from_account THEN t.amount ELSE -t.amount END), 0)
             FROM ledger_posting p JOIN ledger_transfer t ON t.posting = p.id
             JOIN ledger_account b ON b.family = 'bank' AND b.unit = s.currency AND b.id IN (t.from_account, t.to_account)
             WHERE p.key = 'provider:' || s.provider || ':' || s.reference)
            OR s.fee <> (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_posting p JOIN ledger_transfer t ON t.posting = p.id
             JOIN ledger_account e ON e.family = 'expense' AND e.unit = s.currency AND e.id = t.from_account
             WHERE p.key = 'provider:' || s.provider || ':' || s.reference) LIMIT 20",
    },
    Rule {
        says: "what a provider told is about a payment or a refund of its own",
        breaches: "SELECT n.provider || ' ' || n.notice FROM payment_notice n WHERE NOT EXISTS
            (SELECT 1 FROM payment_intent p WHERE p.id = n.about AND p.provider = n.provider)
            AND NOT EXISTS (SELECT 1 FROM payment_refund r JOIN payment_intent p ON p.id = r.intent
                WHERE r.id = n.about AND p.provider = n.provider) LIMIT 20",
    },
];
