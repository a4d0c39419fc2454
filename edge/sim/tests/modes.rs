//! Every operating mode that can be agreed is sold, shipped and settled in the simulation: a mode opens here first.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use sim::{Plan, START, simulate};
use store::{Clock, Options, Store, Url, params, testing};
use terms::{Mode, Paid, Party};
use works::House;

fn number(store: &Store, sql: &'static str, mode: &str) -> i64 {
    let like = format!("%\"mode\":\"{mode}\"%");
    store.read_blocking(move |db| db.one(sql, params![like])?.get(0)).unwrap()
}

/// A simulated world in which everything has come to its end; the audit has looked at it.
fn sold() -> Store {
    let options = Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) };
    let keeper = Store::open(options).unwrap();
    let open = || testing::again(&keeper, works::schemas());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let plan = Plan { seed: 15, orders: 80, open: &open, log: &mut |_| {} };
    runtime.block_on(simulate::<House>(plan)).unwrap();
    keeper
}

#[test]
fn every_mode_that_can_be_agreed_is_sold_shipped_and_settled() {
    let keeper = sold();
    let mut given_back = 0;
    for mode in Mode::all().filter(|mode| mode.template().open_to.is_some()) {
        let (answers, name) = (mode.template(), mode.name());
        assert!(number(&keeper, SHIPPED, name) > 0, "no parcel of {name} arrived");
        let supplied = answers.paid == Paid::SupplyPrice;
        // The operator's own sales are its own money; whoever else had goods in them is paid out.
        if answers.merchant_of_record != Party::Platform || supplied {
            assert!(number(&keeper, PAID_OUT, name) > 0, "nobody was paid for {name}");
            assert_eq!(number(&keeper, FORGOTTEN, name), 0, "somebody is owed nothing for {name}");
        }
        given_back += number(&keeper, GIVEN_BACK, name);
        assert_eq!(number(&keeper, SHIPPED_BY_ANOTHER, name), 0, "{name} left somebody else's warehouse");
    }
    assert!(given_back > 0, "no supplier bore anything");
    let books = keeper
        .read_blocking(|db| {
            let mut text = Vec::new();
            ledger::export_hledger(db, &mut text)?;
            Ok(String::from_utf8(text).unwrap())
        })
        .unwrap();
    for (cost, owed) in
        [("expenses:expense:supply:CNY", ":available:CNY"), ("expenses:expense:supply:KRW", ":available:KRW")]
    {
        let posting = books.split("\n\n").find(|one| one.contains("consignment.supplied") && one.contains(cost));
        assert!(posting.is_some_and(|posting| posting.contains(owed)), "the journal owes nobody for {cost}");
    }
}

const SHIPPED: &str = "SELECT COUNT(*) FROM order_line l JOIN order_consignment c ON c.id = l.consignment
    WHERE c.state = 'completed' AND l.terms LIKE $1";
const PAID_OUT: &str = "SELECT COUNT(*) FROM settlement_entry e JOIN order_line l ON l.id = e.line
    WHERE e.payout IS NOT NULL AND e.net > 0 AND l.terms LIKE $1";
const FORGOTTEN: &str = "SELECT COUNT(*) FROM order_consignment c JOIN order_line l ON l.consignment = c.id
    WHERE c.state = 'completed' AND l.terms LIKE $1
      AND NOT EXISTS (SELECT 1 FROM settlement_entry e WHERE e.line = l.id)
      AND (l.supply_minor IS NULL OR l.quantity - l.called_off > (SELECT COALESCE(SUM(b.supply_pieces), 0)
        FROM settlement_refund_line b WHERE b.line = l.id))";
const GIVEN_BACK: &str = "SELECT COUNT(*) FROM settlement_refund_line b JOIN order_line l ON l.id = b.line
    WHERE b.supply_pieces > 0 AND l.terms LIKE $1";
const SHIPPED_BY_ANOTHER: &str = "SELECT COUNT(*) FROM order_consignment c JOIN order_line l ON l.consignment = c.id
    JOIN party_organisation g ON g.id = c.shipped_by WHERE l.terms LIKE $1
      AND CASE WHEN l.terms LIKE '%\"ships\":\"platform\"%' THEN g.kind <> 'platform'
        WHEN l.terms LIKE '%\"ships\":\"supplier\"%' THEN c.shipped_by <> c.organisation ELSE 1 = 0 END";
