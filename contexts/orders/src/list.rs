//! Pages of orders, newest first, and how many are open in each state.

use crate::order::Order;
use crate::place::key_of;
use crate::state::{Customs, Dispute, Fulfilment, Payment, Settlement};
use base::{Country, Date, Error, Id, Moment, Money, Permission, Result};
use catalog::Product;
use parties::Person;
use store::{Read, Row, params};

/// A page and where the next begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T, C> {
    /// Up to the limit.
    pub rows: Vec<T>,
    /// Ask with this for what follows; none at the end.
    pub next: Option<C>,
}

/// An order in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Its id.
    pub id: Id<Order>,
    /// Its number.
    pub number: String,
    /// When it was placed.
    pub placed_at: Moment,
    /// Where it goes.
    pub destination: Country,
    /// Who bought: the name on the address.
    pub name: String,
    /// Where news go.
    pub email: String,
    /// What the buyer pays.
    pub total: Money,
    /// See [`Order::payment`].
    pub payment: Payment,
    /// See [`Order::fulfilment`].
    pub fulfilment: Fulfilment,
    /// See [`Order::customs`].
    pub customs: Customs,
    /// See [`Order::dispute`].
    pub dispute: Dispute,
    /// See [`Order::settlement`].
    pub settlement: Settlement,
    /// Product of the first line.
    pub product: Id<Product>,
    /// Its title as the buyer read it.
    pub title: String,
    /// Picture of the first line, or empty.
    pub image: String,
    /// How many lines.
    pub lines: i64,
}

/// One state to list by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Every order.
    All,
    /// By payment.
    Payment(Payment),
    /// By the goods' way.
    Fulfilment(Fulfilment),
    /// By customs.
    Customs(Customs),
    /// By objection.
    Dispute(Dispute),
    /// By settlement.
    Settlement(Settlement),
}

/// Which of the operator's orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// In a state.
    In(Filter),
    /// With this e-mail, of guests too; upper and lower case are one. All of them, or those in a state.
    Email(String, Option<Fulfilment>),
    /// With exactly this name on the address; upper and lower case are one.
    Name(String),
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Which orders.
    pub which: Which,
    /// Placed on this day (UTC) or later.
    pub from: Option<Date>,
    /// Placed on this day (UTC) or before.
    pub to: Option<Date>,
}

/// Open orders by state; what is over is not counted, so that counting never grows with the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Wait for money.
    pub waiting: i64,
    /// To be packed.
    pub to_pack: i64,
    /// Packed, not handed over.
    pub packed: i64,
    /// With carriers.
    pub underway: i64,
    /// Lost or sent back.
    pub exception: i64,
    /// In their acceptance window.
    pub delivered: i64,
    /// Held by customs.
    pub held: i64,
    /// Objected to.
    pub disputed: i64,
}

/// A page of the operator's orders, newest first. Errors: denied.
pub fn list(db: &mut Read, filter: Filter, after: Option<Id<Order>>, limit: i64) -> Result<Page<Summary, Id<Order>>> {
    search(db, &Search { which: Which::In(filter), from: None, to: None }, after, limit)
}

/// A page of the operator's orders of some days, newest first. Errors: denied; a filter that is none.
pub fn search(
    db: &mut Read,
    search: &Search,
    after: Option<Id<Order>>,
    limit: i64,
) -> Result<Page<Summary, Id<Order>>> {
    db.actor().may(Permission::ConsoleRead)?;
    // Ids are ordered by time, so the days are a range of ids.
    let end = search.to.map_or(i64::MAX, |day| store::first_id_at(Moment::at_midnight(day).plus_days(1)));
    let before = after.map_or(i64::MAX, Id::raw).min(end);
    let first = search.from.map_or(0, |day| store::first_id_at(Moment::at_midnight(day)));
    let rows = match &search.which {
        Which::Email(email, state) => {
            let state = state.map_or("", Fulfilment::name);
            db.query(BY_EMAIL, params![before, limit, first, key_of(email), state])
        }
        Which::Name(name) => db.query(BY_NAME, params![before, limit, first, key_of(name)]),
        Which::In(Filter::All) => db.query(LIST, params![before, limit, first]),
        Which::In(Filter::Payment(state)) => db.query(BY_PAYMENT, params![before, limit, first, *state]),
        Which::In(Filter::Fulfilment(state)) => db.query(BY_FULFILMENT, params![before, limit, first, *state]),
        Which::In(Filter::Customs(Customs::None) | Filter::Dispute(Dispute::None)) => {
            return Err(Error::field("filter", "unknown_filter", "Ask for orders that have something of it."));
        }
        Which::In(Filter::Customs(state)) => db.query(BY_CUSTOMS, params![before, limit, first, *state]),
        Which::In(Filter::Dispute(state)) => db.query(BY_DISPUTE, params![before, limit, first, *state]),
        Which::In(Filter::Settlement(state)) => db.query(BY_SETTLEMENT, params![before, limit, first, *state]),
    }?;
    page(&rows, limit)
}

/// A page of a person's own orders, newest first: bought with their account, or as a guest with their address. Errors: denied for anybody but the person, operator and house.
pub fn of_buyer(
    db: &mut Read,
    person: Id<Person>,
    after: Option<Id<Order>>,
    limit: i64,
) -> Result<Page<Summary, Id<Order>>> {
    if db.actor().person() != Some(person.raw()) {
        db.actor().may(Permission::ConsoleRead)?;
    }
    let before = after.map_or(i64::MAX, Id::raw);
    let rows = db.query(BY_BUYER, params![before, limit, person])?;
    page(&rows, limit)
}

fn page(rows: &[Row], limit: i64) -> Result<Page<Summary, Id<Order>>> {
    let rows: Vec<Summary> = rows.iter().map(summary).collect::<Result<_>>()?;
    let full = rows.len() as i64 >= limit;
    let next = rows.last().filter(|_| full).map(|row| row.id);
    Ok(Page { rows, next })
}

// What `summary` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT o.id, o.number, o.placed_at, o.destination, o.address, o.email, o.total + o.added - o.credited,
                o.currency, o.payment, o.fulfilment, o.customs, o.dispute, o.settlement, l.title, l.image,
                (SELECT COUNT(*) FROM order_line n WHERE n.order_id = o.id), l.product ",
            $from
        )
    };
}

fn summary(row: &Row) -> Result<Summary> {
    let address: base::Address = serde_json::from_str(&row.get::<String>(4)?).map_err(Error::internal)?;
    Ok(Summary {
        id: row.get(0)?,
        number: row.get(1)?,
        placed_at: row.get(2)?,
        destination: row.get(3)?,
        name: address.name,
        email: row.get(5)?,
        total: Money::new(row.get(6)?, row.get(7)?),
        payment: row.get(8)?,
        fulfilment: row.get(9)?,
        customs: row.get(10)?,
        dispute: row.get(11)?,
        settlement: row.get(12)?,
        title: row.get(13)?,
        image: row.get(14)?,
        lines: row.get(15)?,
        product: row.get(16)?,
    })
}

/// Where counting stops: a figure of this size means “as many or more”.
pub const MANY: i64 = 10_000;

/// How many orders are open in each state, [`MANY`] at most. Errors: denied.
pub fn counts(db: &mut Read) -> Result<Counts> {
    db.actor().may(Permission::ConsoleRead)?;
    let mut of = |state: Fulfilment| db.one(COUNT, params![state])?.get::<i64>(0);
    let mut counts = Counts {
        waiting: of(Fulfilment::Waiting)?,
        to_pack: of(Fulfilment::ToPack)?,
        packed: of(Fulfilment::Packed)?,
        underway: of(Fulfilment::Underway)?,
        exception: of(Fulfilment::Exception)?,
        delivered: of(Fulfilment::Delivered)?,
        ..Counts::default()
    };
    counts.held = db.one(COUNT_HELD, params![])?.get(0)?;
    counts.disputed = db.one(COUNT_DISPUTED, params![])?.get(0)?;
    Ok(counts)
}

const LIST: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id < $1 AND o.id >= $3 ORDER BY o.id DESC LIMIT $2"
);
const BY_PAYMENT: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id < $1 AND o.id >= $3 AND o.payment = $4 ORDER BY o.id DESC LIMIT $2"
);
const BY_FULFILMENT: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id < $1 AND o.id >= $3 AND o.fulfilment = $4 ORDER BY o.id DESC LIMIT $2"
);
const BY_CUSTOMS: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id < $1 AND o.id >= $3 AND o.customs = $4 AND o.customs <> 'none' ORDER BY o.id DESC LIMIT $2"
);
const BY_DISPUTE: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id < $1 AND o.id >= $3 AND o.dispute = $4 AND o.dispute <> 'none' ORDER BY o.id DESC LIMIT $2"
);
const BY_SETTLEMENT: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id < $1 AND o.id >= $3 AND o.settlement = $4 ORDER BY o.id DESC LIMIT $2"
);
const BY_EMAIL: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id < $1 AND o.id >= $3 AND o.email_key = $4 AND ($5 = '' OR o.fulfilment = $5) ORDER BY o.id DESC LIMIT $2"
);
const BY_NAME: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id < $1 AND o.id >= $3 AND o.name_key = $4 ORDER BY o.id DESC LIMIT $2"
);
const BY_BUYER: &str = select!(
    "FROM order_head o JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.id IN (
        SELECT id FROM (SELECT h.id FROM order_head h WHERE h.buyer = $3 AND h.buyer <> 0 AND h.id < $1
            ORDER BY h.id DESC LIMIT $2) AS account
        UNION ALL
        SELECT id FROM (SELECT h.id FROM order_head h
            WHERE h.email_key = (SELECT p.email FROM party_person p WHERE p.id = $3) AND h.buyer = 0 AND h.id < $1
            ORDER BY h.id DESC LIMIT $2) AS guest)
    ORDER BY o.id DESC LIMIT $2"
);
// Counting stops at MANY, so that a tab's figure costs the same in a shop of any size.
const COUNT: &str = "SELECT COUNT(*) FROM (SELECT id FROM order_head WHERE fulfilment = $1 LIMIT 10000) AS few";
const COUNT_HELD: &str =
    "SELECT COUNT(*) FROM (SELECT id FROM order_head WHERE customs = 'held' AND customs <> 'none' LIMIT 10000) AS few";
const COUNT_DISPUTED: &str =
    "SELECT COUNT(*) FROM (SELECT id FROM order_head WHERE dispute = 'open' AND dispute <> 'none' LIMIT 10000) AS few";
