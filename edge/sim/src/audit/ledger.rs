//! The books themselves: accounts, postings, transfers, holds.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
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
        says: "no follower is ahead of the events",
        breaches: "SELECT f.name || ' at ' || f.seq FROM follower f
            WHERE f.seq > (SELECT COALESCE(MAX(e.seq), 0) FROM event e) LIMIT 20",
    },
    Rule {
        says: "a transfer is a leg of a posting about the same thing at the same moment",
        breaches: "SELECT 'transfer ' || t.id FROM ledger_transfer t LEFT JOIN ledger_posting p ON p.id = t.posting
            WHERE p.id IS NULL OR p.subject <> t.subject OR p.at <> t.at LIMIT 20",
    },
    Rule {
        says: "a posting has at least one leg",
        breaches: "SELECT p.key FROM ledger_posting p WHERE NOT EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.posting = p.id) LIMIT 20",
    },
    Rule {
        says: "an open account's row is what was folded into it, and holds nothing",
        breaches: "SELECT a.code || ' says ' || a.balance FROM ledger_account a WHERE a.guarded = 0 AND (a.held <> 0 OR a.balance <>
            (SELECT COALESCE(SUM(i.amount), 0) FROM ledger_transfer i WHERE i.to_account = a.id
                AND i.id <= COALESCE((SELECT through FROM ledger_fold WHERE id = 1), 0)) -
            (SELECT COALESCE(SUM(o.amount), 0) FROM ledger_transfer o WHERE o.from_account = a.id
                AND o.id <= COALESCE((SELECT through FROM ledger_fold WHERE id = 1), 0))) LIMIT 20",
    },
    Rule {
        says: "an account is of the family, the unit and the owner that its code says",
        breaches: "SELECT a.code || ' in ' || a.unit || ' of ' || a.owner FROM ledger_account a
            WHERE a.code NOT LIKE a.family || ':%'
            OR a.code NOT LIKE '%:' || CASE WHEN a.family IN ('stock', 'goods') THEN substr(a.unit, 5) ELSE a.unit END
            OR (a.family IN ('stock', 'goods')) <> (a.unit LIKE 'sku:%')
            OR a.guarded <> CASE WHEN a.family IN ('seller', 'stock') THEN 1 ELSE 0 END
            OR CASE WHEN a.family IN ('seller', 'debt') THEN CASE WHEN a.code LIKE a.family || ':' || a.owner || ':%' THEN 0 ELSE 1 END
                ELSE a.owner END <> 0 LIMIT 20",
    },
    Rule {
        says: "a hold holds what it was made for less what was drawn, and nothing once it is used up",
        breaches: "SELECT 'hold ' || h.id FROM ledger_hold h LEFT JOIN ledger_account a ON a.id = h.account
            WHERE a.id IS NULL OR a.guarded <> 1 OR h.remaining > h.amount OR h.state NOT IN ('pending', 'settled', 'voided')
            OR (h.state = 'settled') <> (h.remaining = 0) LIMIT 20",
    },
    Rule {
        says: "what was drawn of the holds for something left the account for it",
        breaches: "SELECT 'holds of ' || d.subject FROM
            (SELECT subject, account, SUM(amount - remaining) AS drawn FROM ledger_hold GROUP BY subject, account) d
            WHERE d.drawn <> (SELECT COALESCE(SUM(t.amount), 0) FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting
                WHERE t.subject = d.subject AND t.from_account = d.account AND p.kind = 'stock.shipped') LIMIT 20",
    },
    Rule {
        says: "what left a shelf for something was held for it",
        breaches: "SELECT 'shipped of ' || s.subject FROM (SELECT t.subject, t.from_account, SUM(t.amount) AS shipped
             FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting WHERE p.kind = 'stock.shipped'
             GROUP BY t.subject, t.from_account) s WHERE s.shipped <>
            (SELECT COALESCE(SUM(h.amount - h.remaining), 0) FROM ledger_hold h
             WHERE h.subject = s.subject AND h.account = s.from_account) LIMIT 20",
    },
    Rule {
        says: "open accounts are folded up to a transfer that is there",
        breaches: "SELECT 'folded through ' || f.through FROM ledger_fold f WHERE f.through <> 0
            AND NOT EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.id = f.through) LIMIT 20",
    },
    Rule {
        says: "a pending hold is an open quote's or a proposed change's until that ends, or an order's or an agreed change's without end",
        breaches: "SELECT 'hold ' || h.id FROM ledger_hold h LEFT JOIN checkout_quote q ON q.id = h.subject AND q.state = 'open'
            LEFT JOIN order_head o ON o.id = h.subject
            LEFT JOIN amendment a ON a.id = h.subject AND a.state IN ('proposed', 'agreed')
            WHERE h.state = 'pending' AND (q.id IS NULL AND o.id IS NULL AND a.id IS NULL
            OR o.id IS NOT NULL AND h.expires_at IS NOT NULL
            OR a.id IS NOT NULL AND COALESCE(h.expires_at, 0) <> CASE a.state WHEN 'proposed' THEN a.expires_at ELSE 0 END
            OR q.id IS NOT NULL AND COALESCE(h.expires_at, 0) <> q.expires_at) LIMIT 20",
    },
    Rule {
        says: "a follower stands where an event is, or before the first",
        breaches: "SELECT f.name || ' at ' || f.seq FROM follower f WHERE f.seq <> 0 AND f.seq < (SELECT MIN(e.seq) FROM event e) LIMIT 20",
    },
];
