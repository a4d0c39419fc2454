//! Rules bite: rows are broken on purpose, several at once where it takes that, and the rule that guards them says so. That every
//! rule does is seen by the changes of `mutations`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use base::{Error, Result};
use sim::{Plan, START, audit, simulate};
use store::{Clock, Options, Store, Tx, Url, params, testing};
use works::House;

/// How each rule begins, and what breaks it.
const BREAKS: &[(&str, &str)] = &[
    (
        "every transfer stands",
        "UPDATE ledger_transfer SET unit = 'XXX' WHERE id = (SELECT MIN(id) FROM ledger_transfer)",
    ),
    (
        "a guarded account's balance",
        "UPDATE ledger_account SET balance = balance + 1 WHERE id = (SELECT MIN(id) FROM ledger_account WHERE guarded = 1)",
    ),
    (
        "no guarded account is below zero",
        "UPDATE ledger_account SET held = balance + 1 WHERE id = (SELECT MIN(id) FROM ledger_account WHERE guarded = 1)",
    ),
    ("what an account holds", "UPDATE ledger_account SET held = 1 WHERE guarded = 1 AND balance > 0"),
    ("the escrow of an order", "UPDATE order_head SET captured = captured + 1"),
    ("an order's total is the sum of the lines", "UPDATE order_line SET tax = tax + 1, total = total + 1"),
    ("what was captured of an order, less what came beside", "UPDATE order_head SET captured = captured + total WHERE paid_at > 0"),
    ("what of an order's goods counts", "UPDATE order_head SET added = added + 1, credited = credited + 1"),
    ("an order owes what was placed", "UPDATE order_due SET amount = amount + 1"),
    ("a payment is for one of what", "UPDATE payment_intent SET due = due + 1"),
    ("an amendment is of an order", "UPDATE amendment SET body = '{}' WHERE state = 'done'"),
    ("an order that was paid says so", "UPDATE order_head SET payment = 'pending' WHERE captured > 0"),
    (
        "an order has at most one attempt",
        // The index of the table refuses this: it goes first.
        "DROP INDEX payment_intent_payable; UPDATE payment_intent SET state = 'pending', subject =
         (SELECT MIN(subject) FROM payment_intent)",
    ),
    (
        "what was captured in another amount",
        "INSERT INTO ledger_account (id, code, family, unit, guarded, owner, opened_at)
         VALUES (9, 'suspense:EUR', 'suspense', 'EUR', 0, 0, 1);
         UPDATE payment_intent SET state = 'differs' WHERE currency = 'EUR' AND state = 'captured'",
    ),
    ("what was captured for an order", "UPDATE payment_intent SET state = 'declined' WHERE state = 'captured'"),
    ("what the house calls captured", "UPDATE payment_sandbox_charge SET amount = amount + 1 WHERE state = 'captured'"),
    ("a refund that succeeded here", "UPDATE payment_sandbox_refund SET amount = amount + 1"),
    ("what was quoted", "UPDATE checkout_quote SET total = total + 1 WHERE state = 'placed'"),
    ("an order that waits for its payment", "UPDATE order_head SET fulfilment = 'waiting'"),
    ("a delivered consignment", "UPDATE order_consignment SET state = 'delivered' WHERE state = 'completed'"),
    ("a paid consignment", "UPDATE order_consignment SET state = 'to_pack', ship_by = NULL"),
    (
        "a parcel under way",
        "UPDATE order_parcel SET state = 'in_transit' WHERE label IN
         (SELECT id FROM logistics_parcel WHERE fate = 'smooth')",
    ),
    (
        "a label that a carrier was asked for",
        "INSERT INTO logistics_booking (id, carrier, order_subject, consignment, organisation, label, state, shipment, problem,
         requested_at, subject) VALUES (1, 'karrio', 1, 1, 1, '{}', 'requested', '', '', 1, 1)",
    ),
    (
        "a parcel has the label",
        "INSERT INTO logistics_booking (id, carrier, order_subject, consignment, organisation, label, state, shipment, problem,
         requested_at, subject) VALUES (1, 'karrio', 1, 1, 1, '{}', 'booked', '', '', 1, 1)",
    ),
    ("no parcel left across a border", "UPDATE order_line SET hs = NULL"),
    ("every payout stands", "UPDATE settlement_payout SET amount = amount + 1"),
    ("an exchanged payout left", "UPDATE settlement_payout SET paid_amount = paid_amount + 1"),
    ("what sellers are owed", "UPDATE settlement_entry SET gross = gross + 1, net = net + 1"),
    (
        "an order's total is the sum of its consignments",
        "UPDATE order_consignment SET total = total + 1 WHERE id = (SELECT MIN(id) FROM order_consignment)",
    ),
    ("an order holds exactly", "UPDATE order_line SET called_off = called_off + 1"),
    ("what left the shelves", "UPDATE order_parcel SET handed_over_at = NULL"),
    ("what was refunded", "UPDATE payment_refund SET amount = amount + 1"),
    ("a refund that was asked for", "UPDATE payment_refund SET state = 'requested'"),
    ("money that the sandbox took", "UPDATE payment_intent SET state = 'voided' WHERE state = 'captured'"),
    ("a seller to whom something is owed", "UPDATE settlement_entry SET payout = NULL WHERE net > 0"),
    ("the sums by day", "UPDATE order_day SET orders = orders + 1 WHERE organisation = 0"),
    ("a message that waits", "UPDATE notify_message SET state = 'queued', ended_at = NULL"),
    ("what a provider owes", "UPDATE settlement_provider SET gross = gross + 1"),
    ("what is booked as settled", "UPDATE payment_sandbox_payout SET fee = fee + 1"),
    ("every payment to an authority", "UPDATE settlement_remittance SET amount = amount + 1"),
    ("no follower is ahead", "INSERT INTO follower (name, seq) VALUES ('tester', 9000000000000000000)"),
    (
        "no hold outlives",
        "UPDATE ledger_hold SET state = 'pending', expires_at = 1 WHERE id = (SELECT MIN(id) FROM ledger_hold)",
    ),
    ("no quote outlives", "UPDATE checkout_quote SET state = 'open', expires_at = 1"),
];

/// What the audit finds after `sql`, in a transaction that is undone.
fn findings(store: &Store, sql: &'static str) -> Vec<String> {
    let outcome: Result<()> = store.write_blocking(move |tx: &mut Tx| {
        for statement in sql.split(';') {
            tx.raw(statement, params![])?;
        }
        Err(Error::invalid("undone", audit(tx)?.findings.join("\n")))
    });
    let told = outcome.unwrap_err();
    assert_eq!(told.code, "undone", "{sql}: {told}");
    told.message.lines().map(str::to_owned).collect()
}

#[test]
fn rules_bite() {
    let options = Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) };
    let keeper = Store::open(options).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let open = || testing::again(&keeper, works::schemas());
    runtime.block_on(simulate::<House>(Plan { seed: 6, orders: 40, open: &open, log: &mut |_| {} })).unwrap();
    // What the tables themselves would refuse is broken too: the audit does not rely on their checks.
    keeper.write_blocking(|tx| tx.raw("PRAGMA ignore_check_constraints = 1", params![]).map(drop)).unwrap();
    let clean = keeper.read_blocking(audit).unwrap();
    assert_eq!(clean.findings, Vec::<String>::new());
    for (begins, sql) in BREAKS {
        let says = clean.checked.iter().find(|says| says.starts_with(begins));
        let says = says.unwrap_or_else(|| panic!("there is no such rule: {begins}"));
        let found = findings(&keeper, sql);
        assert!(found.iter().any(|finding| finding.starts_with(says)), "{says}: {found:?}");
    }
}
