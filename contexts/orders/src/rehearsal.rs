//! The orders by which an operator tries the shop out before it opens.

use crate::order::Order;
use base::{Error, Id, Result};
use store::{Read, params};

/// How it stands with the orders that the operator placed to try the shop out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestOrders {
    /// The oldest that is not over: its money has not gone back. Id and number.
    pub unended: Option<(Id<Order>, String)>,
    /// One of them was paid, and all of its money went back.
    pub given_back: bool,
}

/// How it stands with test orders.
pub fn test_orders(db: &mut Read) -> Result<TestOrders> {
    let unended =
        db.maybe(UNENDED_TEST, params![])?.map(|row| Ok::<_, Error>((row.get(0)?, row.get(1)?))).transpose()?;
    Ok(TestOrders { unended, given_back: db.maybe(GIVEN_BACK_TEST, params![])?.is_some() })
}

const UNENDED_TEST: &str = "SELECT id, number FROM order_head WHERE source = 'test' AND payment NOT IN ('refunded', 'void') ORDER BY id LIMIT 1";
const GIVEN_BACK_TEST: &str =
    "SELECT id FROM order_head WHERE source = 'test' AND payment = 'refunded' ORDER BY id LIMIT 1";
