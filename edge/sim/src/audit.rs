//! The independent auditor: what must always hold, asked of the tables by statements of its own. It calls none of the
//! product's functions, so that it cannot share their mistakes.

use base::{Moment, Result};
use store::{Read, params};

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every rule that was checked, as a sentence.
    pub checked: Vec<&'static str>,
    /// Every breach: the rule and the row.
    pub findings: Vec<String>,
}

/// One rule: a sentence, and a statement that lists the rows which break it (at most twenty), told in one column.
struct Rule {
    says: &'static str,
    breaches: &'static str,
}

/// Rules whose statement takes no parameter.
const RULES: &[Rule] = &[
    Rule {
        says: "every transfer stands between two accounts of its own unit, so that every unit sums to zero",
        breaches: "SELECT 'transfer ' || t.id FROM ledger_transfer t LEFT JOIN ledger_account f ON f.id = t.from_account
            LEFT JOIN ledger_account o ON o.id = t.to_account
            WHERE f.unit IS NULL OR o.unit IS NULL OR f.unit <> t.unit OR o.unit <> t.unit LIMIT 20",
    },
    Rule {
        says: "a guarded account's balance is what came in less what went out",
        breaches: "SELECT a.code || ' says ' || a.balance FROM ledger_account a WHERE a.guarded = 1 AND a.balance <>
            (SELECT COALESCE(SUM(i.amount), 0) FROM ledger_transfer i WHERE i.to_account = a.id) -
            (SELECT COALESCE(SUM(o.amount), 0) FROM ledger_transfer o WHERE o.from_account = a.id) LIMIT 20",
    },
    Rule {
        says: "no guarded account is below zero, and none holds more than it has",
        breaches: "SELECT code || ' has ' || balance || ', holds ' || held FROM ledger_account
            WHERE guarded = 1 AND (held < 0 OR balance < held) LIMIT 20",
    },
    Rule {
        says: "what an account holds is the sum of its pending holds",
        breaches: "SELECT a.code || ' holds ' || a.held FROM ledger_account a WHERE a.guarded = 1 AND a.held <>
            (SELECT COALESCE(SUM(h.remaining), 0) FROM ledger_hold h WHERE h.account = a.id AND h.state = 'pending') LIMIT 20",
    },
    Rule {
        says: "the escrow of an order is what was captured less what was released and refunded",
        breaches: "SELECT o.number || ' captured ' || o.captured || ', released ' || o.released || ', refunded ' || o.refunded
            FROM order_head o WHERE o.captured - o.released - o.refunded <>
            (SELECT COALESCE(SUM(CASE WHEN t.to_account = e.id THEN t.amount ELSE -t.amount END), 0)
             FROM ledger_transfer t JOIN ledger_account e ON e.family = 'escrow' AND e.unit = o.currency
             AND (e.id = t.to_account OR e.id = t.from_account) WHERE t.subject = o.id) LIMIT 20",
    },
    Rule {
        says: "an order's total is the sum of its lines",
        breaches: "SELECT o.number || ' says ' || o.total FROM order_head o WHERE o.total <>
            (SELECT COALESCE(SUM(l.total), 0) FROM order_line l WHERE l.order_id = o.id) LIMIT 20",
    },
    Rule {
        says: "what was captured of an order, less what came beside what was owed, is its total if it was paid and nothing if not",
        breaches: "SELECT o.number || ' ' || o.payment || ' captured ' || o.captured FROM order_head o
            WHERE o.captured - (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r
                WHERE r.subject = o.id AND r.reason = 'not_owed' AND NOT (r.state = 'failed' AND EXISTS
                    (SELECT 1 FROM payment_refund a WHERE a.intent = r.intent AND a.reason = r.reason AND a.id > r.id)))
            <> CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.total END LIMIT 20",
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
        says: "what was quoted is what is charged",
        breaches: "SELECT o.number || ' totals ' || o.total || ', quoted ' || q.total FROM order_head o
            JOIN checkout_quote q ON q.id = o.quote WHERE q.total <> o.total OR q.currency <> o.currency LIMIT 20",
    },
    Rule {
        says: "an order that waits for its payment has a job that will end the waiting",
        breaches: "SELECT o.number FROM order_head o WHERE o.fulfilment = 'waiting' AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'order.unpaid' AND j.subject = o.id) LIMIT 20",
    },
    Rule {
        says: "a delivered order has a job that will complete it",
        breaches: "SELECT o.number FROM order_head o WHERE o.fulfilment = 'delivered' AND o.dispute <> 'open' AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'order.accept' AND j.subject = o.id) LIMIT 20",
    },
    Rule {
        says: "a paid consignment that has not left has a clock",
        breaches: "SELECT 'consignment ' || c.id FROM order_consignment c
            WHERE c.state IN ('to_pack', 'packed') AND c.ship_by IS NULL LIMIT 20",
    },
    Rule {
        says: "a parcel under way has a job that will move it, unless customs holds it for someone to act",
        breaches: "SELECT p.tracking FROM logistics_parcel p JOIN order_consignment c ON c.id = p.consignment
            WHERE c.state IN ('handed_over', 'in_transit') AND p.fate <> 'held_for_action' AND p.fate <> 'lost' AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = CASE p.carrier WHEN 'built-in' THEN 'carrier.move' ELSE 'carrier.track' END
              AND j.subject = p.id) LIMIT 20",
    },
    Rule {
        says: "a label that a carrier was asked for, or asked to take back, has a job that asks again until it answers",
        breaches: "SELECT 'booking ' || b.id FROM logistics_booking b WHERE b.state IN ('requested', 'void') AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'carrier.book' AND j.subject = b.id) LIMIT 20",
    },
    Rule {
        says: "a consignment has the parcel that was booked for it, and only with a label of the carrier",
        breaches: "SELECT 'booking ' || b.id FROM logistics_booking b WHERE b.state = 'booked' AND NOT EXISTS
            (SELECT 1 FROM logistics_parcel p JOIN order_consignment c ON c.id = p.consignment AND c.parcel = p.id
              JOIN logistics_document d ON d.parcel = p.id AND d.category = 'label'
              WHERE p.consignment = b.consignment AND p.carrier = b.carrier) LIMIT 20",
    },
    Rule {
        says: "no parcel left across a border without tariff code, origin and description on its papers",
        breaches: "SELECT o.number || ' line ' || l.position FROM order_line l JOIN order_consignment c ON c.id = l.consignment
            JOIN order_head o ON o.id = l.order_id WHERE c.handed_over_at IS NOT NULL AND c.customs <> 'none'
            AND (l.hs IS NULL OR l.origin IS NULL OR l.customs_description = '') LIMIT 20",
    },
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
        says: "an order's total is the sum of its consignments",
        breaches: "SELECT o.number || ' says ' || o.total FROM order_head o WHERE o.total <>
            (SELECT COALESCE(SUM(c.total), 0) FROM order_consignment c WHERE c.order_id = o.id) LIMIT 20",
    },
    Rule {
        says: "an order holds exactly the pieces that have not left yet",
        breaches: "SELECT o.number || ' ' || o.fulfilment FROM order_head o WHERE
            (SELECT COALESCE(SUM(h.remaining), 0) FROM ledger_hold h WHERE h.subject = o.id AND h.state = 'pending') <>
            (SELECT COALESCE(SUM(l.quantity), 0) FROM order_line l JOIN order_consignment c ON c.id = l.consignment
             WHERE l.order_id = o.id AND c.state IN ('waiting', 'to_pack', 'packed')) LIMIT 20",
    },
    Rule {
        says: "what left the shelves for an order is what was handed over",
        breaches: "SELECT o.number FROM order_head o WHERE
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_account a ON a.id = t.to_account
             WHERE t.subject = o.id AND a.code LIKE 'goods:shipped%') <>
            (SELECT COALESCE(SUM(l.quantity), 0) FROM order_line l JOIN order_consignment c ON c.id = l.consignment
             WHERE l.order_id = o.id AND c.handed_over_at IS NOT NULL) LIMIT 20",
    },
    Rule {
        says: "what was refunded of an order is what its refunds say",
        breaches: "SELECT o.number || ' refunded ' || o.refunded FROM order_head o WHERE o.refunded <>
            (SELECT COALESCE(SUM(r.amount), 0) FROM payment_refund r WHERE r.subject = o.id AND r.state = 'succeeded')
            LIMIT 20",
    },
    Rule {
        says: "a refund that was asked for has a job that will send it, or news of it on the way",
        breaches: "SELECT 'refund ' || r.id FROM payment_refund r WHERE r.state = 'requested' AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind IN ('refund.send', 'sandbox.webhook') AND j.subject = r.id) LIMIT 20",
    },
    Rule {
        says: "money that the sandbox took and the house does not know of has a job that will find it",
        breaches: "SELECT 'payment ' || p.id || ' is ' || p.state FROM payment_intent p
            JOIN payment_sandbox_charge c ON c.intent = p.id WHERE c.state = 'captured' AND p.state <> 'captured'
            AND NOT EXISTS (SELECT 1 FROM job j WHERE (j.kind = 'order.unpaid' AND j.subject = p.subject)
                OR (j.kind IN ('payment.check', 'sandbox.webhook') AND j.subject = p.id)) LIMIT 20",
    },
    Rule {
        says: "a seller to whom something is owed has a job that will pay it out",
        breaches: "SELECT 'organisation ' || e.organisation || ' ' || e.currency FROM settlement_entry e
            WHERE e.payout IS NULL AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'payout.due' AND j.subject = e.organisation)
            GROUP BY e.organisation, e.currency HAVING SUM(e.net) > 0 LIMIT 20",
    },
    Rule {
        says: "the sums by day are those of the orders whose payment was followed",
        breaches: "SELECT 'day ' || COALESCE(d.day, p.day) || ' ' || COALESCE(d.currency, p.currency) FROM
            (SELECT day, destination, currency, amount, orders FROM order_day WHERE organisation = 0) d FULL JOIN
            (SELECT o.placed_at / 86400000000 AS day, o.destination, o.currency, SUM(o.total) AS amount, COUNT(*) AS orders
             FROM event e JOIN order_head o ON o.id = e.subject WHERE e.kind = 'order.paid'
             AND e.seq <= (SELECT COALESCE(MAX(f.seq), 0) FROM follower f WHERE f.name = 'reactions')
             GROUP BY 1, 2, 3) p
            ON p.day = d.day AND p.destination = d.destination AND p.currency = d.currency
            WHERE d.amount IS NULL OR p.amount IS NULL OR d.amount <> p.amount OR d.orders <> p.orders LIMIT 20",
    },
    Rule {
        says: "a message that waits to be sent has a job that will send it",
        breaches: "SELECT 'message ' || m.id || ' to ' || m.recipient FROM notify_message m WHERE m.state = 'queued'
            AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = 'mail.send' AND j.subject = m.id) LIMIT 20",
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
        says: "every payment to an authority or a carrier left its account for the bank, once",
        breaches: "SELECT 'payment ' || r.reference FROM settlement_remittance r WHERE r.amount <>
            (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_posting p JOIN ledger_transfer t ON t.posting = p.id
             JOIN ledger_account b ON b.id = t.to_account AND b.family = 'bank'
             WHERE p.key = 'remit:' || r.id AND t.from_account = r.account) LIMIT 20",
    },
    Rule {
        says: "no follower is ahead of the events",
        breaches: "SELECT f.name || ' at ' || f.seq FROM follower f
            WHERE f.seq > (SELECT COALESCE(MAX(e.seq), 0) FROM event e) LIMIT 20",
    },
];

/// Seconds by which a sweep may be late.
const SWEEP_SECONDS: i64 = 120;

/// Checks every rule on one snapshot. Reads whole tables: for the simulation and `entrepot check`, not for a page.
pub fn audit(db: &mut Read) -> Result<Report> {
    let now = db.now();
    let mut report = Report::default();
    for rule in RULES {
        note(&mut report, rule.says, db.query(rule.breaches, params![])?)?;
    }
    let late = overdue(now);
    note(&mut report, "no hold outlives its time", db.query(OVERDUE_HOLDS, params![late])?)?;
    note(&mut report, "no quote outlives its time", db.query(OVERDUE_QUOTES, params![late])?)?;
    Ok(report)
}

fn overdue(now: Moment) -> Moment {
    now.plus_seconds(-SWEEP_SECONDS)
}

fn note(report: &mut Report, says: &'static str, breaches: Vec<store::Row>) -> Result<()> {
    report.checked.push(says);
    for row in breaches {
        report.findings.push(format!("{says}: {}", row.get::<String>(0)?));
    }
    Ok(())
}

const OVERDUE_HOLDS: &str =
    "SELECT 'hold ' || id FROM ledger_hold WHERE state = 'pending' AND expires_at < $1 LIMIT 20";
const OVERDUE_QUOTES: &str =
    "SELECT 'quote ' || id FROM checkout_quote WHERE state = 'open' AND expires_at < $1 LIMIT 20";
