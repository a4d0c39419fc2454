//! Dues: what the buyer has to pay of an order, and until when. The first is all that was placed; each amendment that costs more
//! brings another. A payment is for one due; what is captured settles it, once.

use crate::order::Order;
use crate::place::UNPAID;
use base::{Currency, Id, Moment, Money, Result};
use store::{Read, Row, Tx, Work, params};

/// The job that goes on when a later due was settled, or is not asked for any more (`amendments::go_on`); subject: the order.
pub const DUE: Work = Work { kind: "order.due", hands: 4, lease_seconds: 120, renews: false };

/// Position of the due that an order is placed with.
pub const FIRST: i64 = 0;

store::names!(
    /// How a due stands.
    DueState {
        /// To be paid.
        Open => "open",
        /// Paid.
        Paid => "paid",
        /// Not asked for any more.
        Void => "void",
        /// Paid, and given back since what it was for is gone.
        Returned => "returned",
    }
);

/// What the buyer has to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The order.
    pub order: Id<Order>,
    /// Its place among the order's dues, from 0.
    pub position: i64,
    /// How much, above zero.
    pub amount: Money,
    /// How it stands.
    pub state: DueState,
    /// Until when it can be paid; a payment that was begun may end later.
    pub pay_until: Moment,
    /// When it was paid or given up.
    pub settled_at: Option<Moment>,
}

/// The dues of an order, in the order in which they were asked for. Who may see them was checked by the caller.
pub fn dues(db: &mut Read, order: Id<Order>) -> Result<Vec<Due>> {
    db.query(DUES, params![order])?.iter().map(due).collect()
}

/// What is to be paid of an order now, if anything is.
pub fn open_due(db: &mut Read, order: Id<Order>) -> Result<Option<Due>> {
    db.maybe(OPEN_DUE, params![order])?.as_ref().map(due).transpose()
}

/// Asks the buyer for more, until a moment; called with an amendment, which says what for. `provider` is asked a last time when that
/// time is over. The order is locked. Gives the due's position.
pub fn ask(tx: &mut Tx, order: Id<Order>, amount: Money, pay_until: Moment, provider: &str) -> Result<i64> {
    let position = tx.one(ASK, params![order, amount.minor, pay_until])?.get(0)?;
    tx.schedule(&UNPAID.job(order.raw(), pay_until).with(provider))?;
    Ok(position)
}

/// What an order was placed with is to be paid.
pub(crate) fn first(tx: &mut Tx, order: Id<Order>, amount: Money, pay_until: Moment) -> Result<()> {
    tx.send(INSERT, params![order, FIRST, amount.minor, pay_until])
}

/// The first due is paid, by the statement that marked its order as paid.
pub(crate) fn first_paid(tx: &mut Tx, order: Id<Order>) -> Result<()> {
    let now = tx.now();
    tx.send(SETTLE, params![order, FIRST, DueState::Open, DueState::Paid, now])
}

/// A later due is paid with exactly its amount; says whether it was open.
pub(crate) fn paid(tx: &mut Tx, order: Id<Order>, position: i64, amount: Money) -> Result<bool> {
    let now = tx.now();
    Ok(tx.run(PAY, params![order, position, amount.minor, now])? == 1)
}

/// Nothing is asked for any more; what waits for a later due goes on without it. Says whether anything was.
pub(crate) fn give_up(tx: &mut Tx, order: Id<Order>) -> Result<bool> {
    let now = tx.now();
    let given_up = tx.query(GIVE_UP, params![order, now])?;
    let later = given_up.iter().map(|row| row.get::<i64>(0)).collect::<Result<Vec<_>>>()?;
    if later.iter().any(|position| *position != FIRST) {
        tx.schedule(&DUE.job(order.raw(), now))?;
    }
    Ok(!later.is_empty())
}

/// What a later due was paid for is gone; the caller gives the money back. Says whether it was paid.
pub fn due_returned(tx: &mut Tx, order: Id<Order>, position: i64) -> Result<bool> {
    let now = tx.now();
    Ok(tx.run(SETTLE, params![order, position, DueState::Paid, DueState::Returned, now])? == 1)
}

/// What waits for a due is given up; so is the due. Says whether it was open.
pub fn due_void(tx: &mut Tx, order: Id<Order>, position: i64) -> Result<bool> {
    let now = tx.now();
    Ok(tx.run(SETTLE, params![order, position, DueState::Open, DueState::Void, now])? == 1)
}

// What `due` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT d.order_id, d.position, o.currency, d.amount, d.state, d.pay_until, d.settled_at ", $from)
    };
}

fn due(row: &Row) -> Result<Due> {
    let currency: Currency = row.get(2)?;
    Ok(Due {
        order: row.get(0)?,
        position: row.get(1)?,
        amount: Money::new(row.get(3)?, currency),
        state: row.get(4)?,
        pay_until: row.get(5)?,
        settled_at: row.get(6)?,
    })
}

const DUES: &str =
    select!("FROM order_due d JOIN order_head o ON o.id = d.order_id WHERE d.order_id = $1 ORDER BY d.position");
const OPEN_DUE: &str = select!(
    "FROM order_due d
    JOIN order_head o ON o.id = d.order_id WHERE d.order_id = $1 AND d.state = 'open' ORDER BY d.position LIMIT 1"
);
const INSERT: &str =
    "INSERT INTO order_due (order_id, position, amount, state, pay_until) VALUES ($1, $2, $3, 'open', $4)";
const ASK: &str = "INSERT INTO order_due (order_id, position, amount, state, pay_until)
    SELECT CAST($1 AS BIGINT), COUNT(*), CAST($2 AS BIGINT), 'open', CAST($3 AS BIGINT) FROM order_due WHERE order_id = $1
    RETURNING position";
const SETTLE: &str =
    "UPDATE order_due SET state = $4, settled_at = $5 WHERE order_id = $1 AND position = $2 AND state = $3";
const PAY: &str = "UPDATE order_due SET state = 'paid', settled_at = $4
    WHERE order_id = $1 AND position = $2 AND state = 'open' AND amount = $3";
const GIVE_UP: &str = "UPDATE order_due SET state = 'void', settled_at = $2 WHERE order_id = $1 AND state = 'open'
    RETURNING position";
