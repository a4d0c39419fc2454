//! A seller's side: own consignments with their clocks, and what each will bring.

use crate::list::Page;
use crate::order::{Consignment, Order};
use crate::state::{Customs, State};
use base::{Address, Country, Error, Id, Moment, Money, Permission, Result};
use catalog::Product;
use parties::Organisation;
use stock::Warehouse;
use store::{Read, Row, params};

/// A consignment in a seller's list.
#[derive(Clone, Debug, PartialEq)]
pub struct SellerRow {
    /// The consignment.
    pub id: Id<Consignment>,
    /// The order.
    pub order: Id<Order>,
    /// Its number.
    pub number: String,
    /// When it was placed.
    pub placed_at: Moment,
    /// Whom it goes to: `Jana K.`; the label has the rest.
    pub buyer: String,
    /// City of the address.
    pub city: String,
    /// Its country.
    pub destination: Country,
    /// Where it leaves.
    pub warehouse: Id<Warehouse>,
    /// Code of the service.
    pub service: String,
    /// How far it is.
    pub state: State,
    /// Where it stands with customs.
    pub customs: Customs,
    /// When it must be with the carrier.
    pub ship_by: Option<Moment>,
    /// When it was.
    pub handed_over_at: Option<Moment>,
    /// When it was delivered.
    pub delivered_at: Option<Moment>,
    /// Pieces of a paid consignment that wait to be packed.
    pub waiting: i64,
    /// Product of the first line of which something is sent.
    pub product: Id<Product>,
    /// Its title as the buyer read it.
    pub title: String,
    /// Its option values.
    pub options: String,
    /// Its picture, or empty.
    pub image: String,
    /// How many lines are sent, or were sold where nothing is.
    pub lines: i64,
    /// How many pieces of them.
    pub pieces: i64,
    /// What its organisation gets for what was sold: goods less commission and its tax, or their supply price.
    pub payout: Money,
}

/// Which of a seller's consignments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SellerFilter {
    /// All that were ever paid or wait for it.
    All,
    /// In one state.
    State(State),
}

/// Open consignments by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SellerCounts {
    /// To be packed by it.
    pub to_pack: i64,
    /// Packed by it, not handed over.
    pub packed: i64,
    /// With carriers.
    pub underway: i64,
    /// Lost or sent back.
    pub exception: i64,
    /// In their acceptance window.
    pub delivered: i64,
}

/// A page of an organisation's consignments, newest first. Errors: denied for other sellers.
pub fn of_organisation(
    db: &mut Read,
    organisation: Id<Organisation>,
    filter: SellerFilter,
    after: Option<Id<Consignment>>,
    limit: i64,
) -> Result<Page<SellerRow, Id<Consignment>>> {
    db.actor().may_for(organisation.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
    let before = after.map_or(i64::MAX, Id::raw);
    let rows = match filter {
        SellerFilter::All => db.query(ALL, params![organisation, before, limit]),
        SellerFilter::State(state) => db.query(IN_STATE, params![organisation, before, limit, state]),
    }?;
    let rows: Vec<SellerRow> = rows.iter().map(seller_row).collect::<Result<_>>()?;
    let next = rows.last().filter(|_| rows.len() as i64 >= limit).map(|row| row.id);
    Ok(Page { rows, next })
}

/// What an organisation has to hand over, out of its own warehouses, most urgent first: packed or not. `after` is the last row's clock and id.
/// Errors: denied for other sellers.
pub fn to_ship(
    db: &mut Read,
    organisation: Id<Organisation>,
    after: Option<(Moment, Id<Consignment>)>,
    limit: i64,
) -> Result<Page<SellerRow, (Moment, Id<Consignment>)>> {
    db.actor().may_for(organisation.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
    let (ship_by, id) = after.map_or((0, 0), |(moment, id)| (moment.micros(), id.raw()));
    let rows = db.query(TO_SHIP, params![organisation, ship_by, id, limit])?;
    let rows: Vec<SellerRow> = rows.iter().map(seller_row).collect::<Result<_>>()?;
    let last = rows.last().filter(|_| rows.len() as i64 >= limit);
    let next = last.and_then(|row| row.ship_by.map(|ship_by| (ship_by, row.id)));
    Ok(Page { rows, next })
}

/// What should have been handed over by now, of every organisation, most overdue first. Errors: denied.
pub fn late(db: &mut Read, limit: i64) -> Result<Vec<SellerRow>> {
    db.actor().may(Permission::ConsoleRead)?;
    let now = db.now();
    db.query(LATE, params![now, limit])?.iter().map(seller_row).collect()
}

/// How many of an organisation's consignments are open in each state, [`crate::MANY`] of a state at most. Errors: denied for other sellers.
pub fn seller_counts(db: &mut Read, organisation: Id<Organisation>) -> Result<SellerCounts> {
    db.actor().may_for(organisation.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
    let own = db.one(COUNT_OWN, params![organisation])?;
    let (to_pack, packed) = (own.get(0)?, own.get(1)?);
    let mut of = |state: State| db.one(COUNT, params![organisation, state])?.get::<i64>(0);
    Ok(SellerCounts {
        to_pack,
        packed,
        underway: of(State::HandedOver)? + of(State::InTransit)?,
        exception: of(State::Lost)? + of(State::Returned)?,
        delivered: of(State::Delivered)?,
    })
}

// What `seller_row` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT c.id, c.order_id, o.number, o.placed_at, o.address, o.destination, c.warehouse,
    c.service, c.state, c.customs, c.ship_by, c.handed_over_at, c.delivered_at,
    CASE c.state WHEN 'to_pack' THEN (SELECT CAST(SUM(l.quantity - l.called_off - l.packed) AS BIGINT) FROM order_line l
        WHERE l.order_id = c.order_id AND l.consignment = c.id) ELSE 0 END, f.title, f.options, f.image,
    CASE c.state WHEN 'cancelled' THEN c.lines ELSE (SELECT COUNT(*) FROM order_line l
        WHERE l.order_id = c.order_id AND l.consignment = c.id AND l.called_off < l.quantity) END,
    CASE c.state WHEN 'cancelled' THEN c.pieces ELSE (SELECT CAST(SUM(l.quantity - l.called_off) AS BIGINT) FROM order_line l
        WHERE l.order_id = c.order_id AND l.consignment = c.id) END, c.payout, c.payout_currency, f.product ",
            $from
        )
    };
}

fn seller_row(row: &Row) -> Result<SellerRow> {
    let address: Address = serde_json::from_str(&row.get::<String>(4)?).map_err(Error::internal)?;
    Ok(SellerRow {
        id: row.get(0)?,
        order: row.get(1)?,
        number: row.get(2)?,
        placed_at: row.get(3)?,
        buyer: short_name(&address.name),
        city: address.city,
        destination: row.get(5)?,
        warehouse: row.get(6)?,
        service: row.get(7)?,
        state: row.get(8)?,
        customs: row.get(9)?,
        ship_by: row.get(10)?,
        handed_over_at: row.get(11)?,
        delivered_at: row.get(12)?,
        waiting: row.get(13)?,
        title: row.get(14)?,
        options: row.get(15)?,
        image: row.get(16)?,
        lines: row.get(17)?,
        pieces: row.get(18)?,
        payout: Money::new(row.get(19)?, row.get(20)?),
        product: row.get(21)?,
    })
}

/// `Jana Köhler` is `Jana K.`: a seller needs no full names in a list.
fn short_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    match words.last().and_then(|last| last.chars().next()) {
        Some(initial) => format!("{first} {initial}."),
        None => first.to_owned(),
    }
}

const ALL: &str = select!(
    "FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    JOIN order_line f ON f.id = COALESCE((SELECT MIN(l.id) FROM order_line l WHERE l.order_id = c.order_id
        AND l.consignment = c.id AND l.called_off < l.quantity), c.first_line)
    WHERE c.organisation = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3"
);
const IN_STATE: &str = select!(
    "FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    JOIN order_line f ON f.id = COALESCE((SELECT MIN(l.id) FROM order_line l WHERE l.order_id = c.order_id
        AND l.consignment = c.id AND l.called_off < l.quantity), c.first_line)
    WHERE c.organisation = $1 AND c.state = $4 AND c.id < $2 ORDER BY c.id DESC LIMIT $3"
);
const TO_SHIP: &str = select!(
    "FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    JOIN order_line f ON f.id = COALESCE((SELECT MIN(l.id) FROM order_line l WHERE l.order_id = c.order_id
        AND l.consignment = c.id AND l.called_off < l.quantity), c.first_line)
    WHERE c.shipped_by = $1 AND c.state IN ('to_pack', 'packed')
    AND (c.ship_by > $2 OR (c.ship_by = $2 AND c.id > $3)) ORDER BY c.ship_by, c.id LIMIT $4"
);
const LATE: &str = select!(
    "FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    JOIN order_line f ON f.id = COALESCE((SELECT MIN(l.id) FROM order_line l WHERE l.order_id = c.order_id
        AND l.consignment = c.id AND l.called_off < l.quantity), c.first_line)
    WHERE c.state IN ('to_pack', 'packed') AND c.ship_by < $1 ORDER BY c.ship_by, c.id LIMIT $2"
);
// Counting stops at MANY, as for the house.
const COUNT: &str = "SELECT COUNT(*) FROM
    (SELECT id FROM order_consignment WHERE organisation = $1 AND state = $2 LIMIT 10000) AS few";
// What lies in its own warehouses; the partial index of open clocks has exactly these.
const COUNT_OWN: &str = "SELECT COALESCE(SUM(CASE WHEN state = 'to_pack' THEN 1 ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN state = 'packed' THEN 1 ELSE 0 END), 0) FROM
    (SELECT state FROM order_consignment WHERE shipped_by = $1 AND state IN ('to_pack', 'packed') ORDER BY ship_by, id LIMIT 20000) AS few";

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn names_are_short() {
        for (name, short) in [("Jana Maria Köhler", "Jana K."), ("Madonna", "Madonna"), ("", ""), ("王 小明", "王 小.")]
        {
            assert_eq!(short_name(name), short);
        }
    }
}
