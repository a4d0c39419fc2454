//! An amendment as it is read back.

use base::{Address, Currency, Date, Error, Id, Moment, Money, Result, Tag};
use orders::{Amended, Consignment, Order, Side};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use settlement::Why;
use store::{Read, Row, Tx, params};

/// How long what was proposed is held, in minutes.
pub const PROPOSED_MINUTES: i64 = 10;
/// And how long what it costs more may stay unpaid once it is agreed.
pub const AGREED_MINUTES: i64 = 30;
/// How long the buyer may think over what a seller or the operator proposes, in hours.
pub const OFFERED_HOURS: i64 = 48;

store::names!(
    /// How an amendment stands.
    State {
        /// Priced, and held for some minutes.
        Proposed => "proposed",
        /// The buyer said yes; it waits for what it costs more.
        Agreed => "agreed",
        /// The order is as it says.
        Done => "done",
        /// It came to nothing.
        Void => "void",
    }
);

/// A change of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    /// Its id.
    pub id: Id<Amendment>,
    /// The order.
    pub order: Id<Order>,
    /// Who proposed it: the buyer for themselves, or a seller or the operator to the buyer.
    pub side: Side,
    /// The seller who proposed it, if one did.
    pub organisation: Option<Id<Organisation>>,
    /// Why it was proposed to the buyer.
    pub reason: Option<Why>,
    /// And in words, which may be empty.
    pub words: String,
    /// How it stands.
    pub state: State,
    /// What is left of the consignments that make way.
    pub left: Money,
    /// What comes in their place.
    pub total: Money,
    /// The order's due for what it costs more.
    pub due: Option<i64>,
    /// What it makes of the order; none when it is over.
    pub change: Option<Changed>,
    /// Why it came to nothing, as a code, or empty.
    pub why: String,
    /// Until when it is held without being agreed.
    pub expires_at: Moment,
    /// When it was proposed.
    pub proposed_at: Moment,
    /// When it was carried out or given up.
    pub ended_at: Option<Moment>,
}

impl Tag for Amendment {
    const PREFIX: &'static str = "amd";
}

/// What an amendment makes of its order. Stored as JSON while it waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// Raw ids of the consignments that make way.
    pub(crate) replaces: Vec<i64>,
    /// Whether stock is held for it.
    pub(crate) holds: bool,
    /// Whether another address was asked for; else the parcels go where the order goes when it is carried out.
    pub(crate) moves: bool,
    /// What comes in their place.
    pub amended: Amended,
}

impl Changed {
    /// The consignments that make way.
    pub fn replaces(&self) -> Vec<Id<Consignment>> {
        self.replaces.iter().map(|id| Id::from_raw(*id)).collect()
    }
}

impl Amendment {
    /// What the buyer pays more; zero where it costs less.
    pub fn more(&self) -> Money {
        Money::new((self.total.minor - self.left.minor).max(0), self.total.currency)
    }

    /// What it makes of an order that goes to `address` by now, if it is carried out `today`: parcels that leave later arrive later.
    /// None when it is over.
    pub fn carried_out(&self, address: &Address, today: Date) -> Option<Amended> {
        let change = self.change.as_ref()?;
        let mut amended = change.amended.clone();
        if !change.moves {
            amended.address = address.clone();
        }
        let late = self.proposed_at.date().until(today).map_or(0, |span| i64::from(span.get_days()));
        for one in amended.consignments.iter_mut().filter(|_| late > 0) {
            let later = |day| Moment::at_midnight(day).plus_days(late).date();
            one.arrives = (later(one.arrives.0), later(one.arrives.1));
        }
        Some(amended)
    }

    /// Whether the buyer is asked: a seller or the operator proposed it.
    pub fn is_offered(&self) -> bool {
        self.side != Side::Buyer
    }

    /// What goes back to the buyer; zero where it costs more.
    pub fn back(&self) -> Money {
        Money::new((self.left.minor - self.total.minor).max(0), self.total.currency)
    }
}

pub(crate) fn unknown() -> Error {
    Error::not_found("amendment_unknown", "There is no such change of this order.")
}

/// One amendment. Who may see it was checked by the caller. Errors: `amendment_unknown`.
pub fn amendment(db: &mut Read, id: Id<Amendment>) -> Result<Amendment> {
    db.maybe(SELECT, params![id])?.as_ref().map_or_else(|| Err(unknown()), read)
}

/// One amendment of this order. Who may see it was checked by the caller. Errors: `amendment_unknown`.
pub fn of_order(db: &mut Read, order: Id<Order>, id: Id<Amendment>) -> Result<Amendment> {
    let known = amendment(db, id)?;
    if known.order == order { Ok(known) } else { Err(unknown()) }
}

/// The amendment of an order that is proposed or agreed, if there is one. Who may see it was checked by the caller.
pub fn live(db: &mut Read, order: Id<Order>) -> Result<Option<Amendment>> {
    db.maybe(LIVE, params![order])?.as_ref().map(read).transpose()
}

/// What a seller or the operator proposed of an order, newest first, at most twenty; those that are over too. `seller`: only what this
/// one proposed. Who may see it was checked by the caller.
pub fn offered(db: &mut Read, order: Id<Order>, seller: Option<Id<Organisation>>) -> Result<Vec<Amendment>> {
    db.query(OFFERED, params![order, seller.map_or(0, Id::raw)])?.iter().map(read).collect()
}

/// It is over. The statement asks that it was not; says whether it was this that ended it.
pub(crate) fn end(tx: &mut Tx, id: Id<Amendment>, state: State, why: &str) -> Result<bool> {
    let now = tx.now();
    Ok(tx.run(END, params![id, state, why, now])? == 1)
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, order_id, state, left_of, total, currency, due, body, why, expires_at, proposed_at, ended_at,
                side, organisation, reason, words ",
            $from
        )
    };
}

fn read(row: &Row) -> Result<Amendment> {
    let currency: Currency = row.get(5)?;
    let body: String = row.get(7)?;
    let (organisation, reason): (i64, String) = (row.get(13)?, row.get(14)?);
    let parse = |text: &str| serde_json::from_str(text).map_err(Error::internal);
    Ok(Amendment {
        id: row.get(0)?,
        order: row.get(1)?,
        side: row.get(12)?,
        organisation: (organisation != 0).then(|| Id::from_raw(organisation)),
        reason: Why::named(&reason),
        words: row.get(15)?,
        state: row.get(2)?,
        left: Money::new(row.get(3)?, currency),
        total: Money::new(row.get(4)?, currency),
        due: row.get(6)?,
        change: if body.is_empty() { None } else { Some(parse(&body)?) },
        why: row.get(8)?,
        expires_at: row.get(9)?,
        proposed_at: row.get(10)?,
        ended_at: row.get(11)?,
    })
}

const SELECT: &str = select!("FROM amendment WHERE id = $1");
const LIVE: &str = select!("FROM amendment WHERE order_id = $1 AND state IN ('proposed', 'agreed')");
const OFFERED: &str = select!(
    "FROM amendment
    WHERE order_id = $1 AND side <> 'buyer' AND ($2 = 0 OR organisation = $2) ORDER BY id DESC LIMIT 20"
);
const END: &str = "UPDATE amendment SET state = $2, why = $3, ended_at = $4, body = ''
    WHERE id = $1 AND state IN ('proposed', 'agreed')";
