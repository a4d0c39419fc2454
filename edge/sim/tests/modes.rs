//! Every operating mode that can be agreed is sold, shipped and settled in the simulation: a mode opens here first.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use sim::{Plan, START, simulate};
use store::{Clock, Options, Store, Url, params, testing};
use terms::{Mode, Party};
use works::House;

fn number(store: &Store, sql: &'static str, mode: &str) -> i64 {
    let like = format!("%\"mode\":\"{mode}\"%");
    store.read_blocking(move |db| db.one(sql, params![like])?.get(0)).unwrap()
}

#[test]
fn every_mode_that_can_be_agreed_is_sold_shipped_and_settled() {
    let options = Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) };
    let keeper = Store::open(options).unwrap();
    let open = || testing::again(&keeper, works::schemas());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let plan = Plan { seed: 12, orders: 60, open: &open, log: &mut |_| {} };
    runtime.block_on(simulate::<House>(plan)).unwrap();
    for mode in Mode::all().filter(|mode| mode.template().open_to.is_some()) {
        let shipped = number(&keeper, SHIPPED, mode.name());
        assert!(shipped > 0, "no parcel of {} arrived", mode.name());
        // The operator's own sales are its own money; every other merchant of record is paid out.
        if mode.template().merchant_of_record != Party::Platform {
            assert!(number(&keeper, PAID_OUT, mode.name()) > 0, "nobody was paid for {}", mode.name());
            assert_eq!(number(&keeper, FORGOTTEN, mode.name()), 0, "somebody is owed nothing for {}", mode.name());
        }
    }
}

const SHIPPED: &str = "SELECT COUNT(*) FROM order_line l JOIN order_consignment c ON c.id = l.consignment
    WHERE c.state = 'completed' AND l.terms LIKE $1";
const PAID_OUT: &str = "SELECT COUNT(*) FROM settlement_entry e JOIN order_line l ON l.id = e.line
    WHERE e.payout IS NOT NULL AND e.net > 0 AND l.terms LIKE $1";
const FORGOTTEN: &str = "SELECT COUNT(*) FROM order_consignment c JOIN order_line l ON l.consignment = c.id
    WHERE c.state = 'completed' AND l.terms LIKE $1
      AND NOT EXISTS (SELECT 1 FROM settlement_entry e WHERE e.line = l.id)";
