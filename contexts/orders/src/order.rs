//! The order, its lines and its consignments, as they are read back.

use crate::state::{Customs, Dispute, Fulfilment, Payment, Settlement, State};
use crate::whole::Sums;
use base::{Address, Country, Currency, Date, Error, HsCode, Id, Moment, Money, Result, Tag};
use catalog::{Product, Variant};
use customs::LandedCost;
use offers::{Offer, Supply};
use parties::{Organisation, Person};
use serde::{Deserialize, Serialize};
use stock::Warehouse;
use store::{Read, Row, params};

/// What was bought, by whom, and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Its id.
    pub id: Id<Order>,
    /// For people: `EN-7Q4K-2219`.
    pub number: String,
    /// What it was made of.
    pub source: Source,
    /// Raw id of the quote it was copied from, if anything was quoted.
    pub quote: Option<i64>,
    /// The signed-in buyer; none for a guest.
    pub buyer: Option<Id<Person>>,
    /// Where news go.
    pub email: String,
    /// Tag of the language it was placed in.
    pub language: String,
    /// Country of the address.
    pub destination: Country,
    /// Where the parcels go.
    pub address: Address,
    /// Currency of every amount.
    pub currency: Currency,
    /// Sums of the lines it was placed with.
    pub sums: Sums,
    /// What amendments have added since,
    pub added: Money,
    /// and what of what they replaced counts as paid for it.
    pub credited: Money,
    /// Rates that prices were converted with.
    pub exchange: Vec<Exchange>,
    /// Whether the money is here.
    pub payment: Payment,
    /// How far the goods are.
    pub fulfilment: Fulfilment,
    /// Where the goods stand with customs.
    pub customs: Customs,
    /// Whether the buyer objects.
    pub dispute: Dispute,
    /// Where the money stands.
    pub settlement: Settlement,
    /// What the provider captured.
    pub captured: Money,
    /// What left escrow by terms.
    pub released: Money,
    /// What went back to the buyer.
    pub refunded: Money,
    /// When it was placed.
    pub placed_at: Moment,
    /// When the money came.
    pub paid_at: Option<Moment>,
    /// When it was accepted.
    pub completed_at: Option<Moment>,
    /// When it was called off.
    pub cancelled_at: Option<Moment>,
}

impl Tag for Order {
    const PREFIX: &'static str = "ord";
}

store::names!(
    /// What an order can be made of.
    SourceKind {
        /// A cart, as it was quoted.
        Cart => "cart",
        /// A cart, ordered by the operator's own people before the shop was open, to see that all of it works.
        Test => "test",
    }
);

/// What an order was made of: one order of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Of what kind.
    pub kind: SourceKind,
    /// Its raw id.
    pub key: i64,
}

impl Source {
    /// The cart with this raw id.
    pub fn cart(key: i64) -> Source {
        Source { kind: SourceKind::Cart, key }
    }

    /// The cart with this raw id, ordered as a test.
    pub fn test(key: i64) -> Source {
        Source { kind: SourceKind::Test, key }
    }
}

impl Order {
    /// What the buyer pays, or has paid, for all that was placed and added. Errors: overflow.
    pub fn total(&self) -> Result<Money> {
        self.sums.total()?.plus(self.added)?.minus(self.credited)
    }

    /// What of the money still lies in escrow.
    pub fn escrow(&self) -> Money {
        Money::new(self.captured.minor - self.released.minor - self.refunded.minor, self.currency)
    }

    /// Whether the operator placed it to see that all of it works.
    pub fn is_test(&self) -> bool {
        self.source.kind == SourceKind::Test
    }

    /// Whether it can still be called off.
    pub fn may_cancel(&self) -> bool {
        matches!(self.fulfilment, Fulfilment::Waiting | Fulfilment::ToPack)
    }
}

/// A rate that was frozen: one unit of `from` was `rate` units of `to` on `date`. Stored as JSON; names are a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Currency of the offer.
    pub from: String,
    /// Currency of the order.
    pub to: String,
    /// Exact decimal.
    pub rate: String,
    /// Day of the rates.
    pub date: String,
}

/// What was sold, as it was then.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its id.
    pub id: Id<Line>,
    /// The shipment it travels in.
    pub consignment: Id<Consignment>,
    /// Place in the order, from 0.
    pub position: i64,
    /// The offer taken.
    pub offer: Id<Offer>,
    /// The variant sold.
    pub variant: Id<Variant>,
    /// Its product.
    pub product: Id<Product>,
    /// Whose goods they are: who sells, or supplies what the operator sells.
    pub organisation: Id<Organisation>,
    /// The name of who sold it to the buyer, at sale.
    pub seller_name: String,
    /// Title in the buyer's language.
    pub title: String,
    /// SKU.
    pub sku: String,
    /// Address of the picture, or empty.
    pub image: String,
    /// Option values: `Graphite, 65 W`, or empty.
    pub options: String,
    /// Tariff code it was priced with; none only where no border is crossed.
    pub hs: Option<HsCode>,
    /// Country of origin; none only where no border is crossed.
    pub origin: Option<Country>,
    /// Grams of one piece.
    pub grams: i64,
    /// What the papers call it.
    pub customs_description: String,
    /// Pieces.
    pub quantity: i64,
    /// Pieces of them that were given back before they left.
    pub called_off: i64,
    /// Pieces of them that are in a parcel that left or will.
    pub packed: i64,
    /// Price of one piece in the order's currency, without destination tax.
    pub unit_price: Money,
    /// What the buyer pays for this line.
    pub sums: Sums,
    /// Their sum.
    pub total: Money,
    /// What the platform keeps, frozen at sale: share and fixed fee.
    pub commission: Money,
    /// Tax on the commission, frozen at sale.
    pub commission_tax: Money,
    /// The terms it was sold under.
    pub terms: terms::Frozen,
    /// What its supplier is paid for a piece, frozen at sale; none where nobody supplies it.
    pub supply: Option<Money>,
    /// What its offer was supplied from, at sale.
    pub supplied: Supply,
}

impl Line {
    /// Pieces that are sent, or were.
    pub fn to_send(&self) -> i64 {
        self.quantity - self.called_off
    }

    /// Pieces that wait to be packed.
    pub fn to_pack(&self) -> i64 {
        self.to_send() - self.packed
    }

    /// What its supplier is paid for so many pieces; none where nobody supplies it. Errors: overflow.
    pub fn supplied(&self, pieces: i64) -> Result<Option<Money>> {
        self.supply.map(|price| price.times(pieces)).transpose()
    }
}

impl Tag for Line {
    const PREFIX: &'static str = "oln";
}

/// What one organisation's goods from one warehouse are, under one agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Consignment {
    /// Its id.
    pub id: Id<Consignment>,
    /// The order.
    pub order: Id<Order>,
    /// Place in the order, from 0.
    pub position: i64,
    /// Whose goods they are: who sells them, or supplies what the operator sells.
    pub organisation: Id<Organisation>,
    /// Who runs the warehouse it leaves, and so packs and hands over.
    pub shipped_by: Id<Organisation>,
    /// Where it leaves.
    pub warehouse: Id<Warehouse>,
    /// Country of that warehouse.
    pub dispatch: Country,
    /// Code of the service chosen.
    pub service: String,
    /// Code of its carrier.
    pub carrier: String,
    /// Gross grams.
    pub grams: i64,
    /// Delivery.
    pub shipping: Money,
    /// Sum of its lines.
    pub total: Money,
    /// JSON of the frozen `customs::LandedCost`; see [`Consignment::landed_cost`].
    pub landed: String,
    /// Promised window: first and last day.
    pub arrives: (Date, Date),
    /// Hours from payment to handing over.
    pub handling_hours: i64,
    /// Days after delivery in which the buyer may object.
    pub acceptance_days: i64,
    /// How far it is.
    pub state: State,
    /// Where it stands with customs.
    pub customs: Customs,
    /// When it must be with the carrier.
    pub ship_by: Option<Moment>,
    /// When the carrier took the first of its parcels.
    pub handed_over_at: Option<Moment>,
    /// Since when all of it that arrives is with the buyer.
    pub delivered_at: Option<Moment>,
    /// Until when the buyer may object.
    pub accept_until: Option<Moment>,
    /// Whether the buyer objects.
    pub dispute: Dispute,
    /// When the buyer accepted it, or the window was over: its money is split.
    pub completed_at: Option<Moment>,
    /// Raw id of the amendment that brought it into the order; none where it was placed with it.
    pub amendment: Option<i64>,
    /// Raw id of the amendment that put others in its place.
    pub replaced_by: Option<i64>,
}

impl Tag for Consignment {
    const PREFIX: &'static str = "csg";
}

impl Consignment {
    /// The landed cost it was sold with. Errors (internal): the stored form is damaged.
    pub fn landed_cost(&self) -> Result<LandedCost> {
        serde_json::from_str(&self.landed)
            .map_err(|error| Error::internal(format!("landed cost of {} cannot be read: {error}", self.id)))
    }
}

/// One order. Errors: `order_unknown`.
pub fn find(db: &mut Read, id: Id<Order>) -> Result<Order> {
    db.maybe(ORDER, params![id])?.as_ref().map_or_else(|| Err(unknown()), order_from)
}

/// The order with this number, in any spelling a person may type.
pub fn by_number(db: &mut Read, number: &str) -> Result<Option<Order>> {
    let number = number.trim().to_ascii_uppercase();
    db.maybe(BY_NUMBER, params![number])?.as_ref().map(order_from).transpose()
}

/// The order made of this, if there is one.
pub fn by_source(db: &mut Read, source: Source) -> Result<Option<Order>> {
    db.maybe(BY_SOURCE, params![source.key, source.kind])?.as_ref().map(order_from).transpose()
}

/// One consignment. Errors: `consignment_unknown`.
pub fn consignment(db: &mut Read, id: Id<Consignment>) -> Result<Consignment> {
    let row = db.maybe(CONSIGNMENT, params![id])?;
    row.as_ref()
        .map_or_else(|| Err(Error::not_found("consignment_unknown", "There is no such consignment.")), consignment_from)
}

/// The consignments of an order, by position.
pub fn consignments(db: &mut Read, order: Id<Order>) -> Result<Vec<Consignment>> {
    db.query(CONSIGNMENTS, params![order])?.iter().map(consignment_from).collect()
}

/// The lines of an order, by position.
pub fn lines(db: &mut Read, order: Id<Order>) -> Result<Vec<Line>> {
    db.query(LINES, params![order])?.iter().map(line_from).collect()
}

pub(crate) fn unknown() -> Error {
    Error::not_found("order_unknown", "There is no such order.")
}

// What `order_from` reads, in its order.
macro_rules! select_order {
    ($from:literal) => {
        concat!(
            "SELECT id, number, source_key, quote, buyer, email, language, destination, address, currency, goods,
                shipping, duty, tax, fees, exchange, payment, fulfilment, customs, dispute, settlement, captured,
                released, refunded, placed_at, paid_at, completed_at, cancelled_at, added, credited, source ",
            $from
        )
    };
}

pub(crate) fn order_from(row: &Row) -> Result<Order> {
    let currency: Currency = row.get(9)?;
    let money = |index: usize| Ok::<_, Error>(Money::new(row.get(index)?, currency));
    let buyer: i64 = row.get(4)?;
    Ok(Order {
        id: row.get(0)?,
        number: row.get(1)?,
        source: Source { kind: row.get(30)?, key: row.get(2)? },
        quote: row.get(3)?,
        buyer: (buyer != 0).then(|| Id::from_raw(buyer)),
        email: row.get(5)?,
        language: row.get(6)?,
        destination: row.get(7)?,
        address: from_json(&row.get::<String>(8)?)?,
        currency,
        sums: sums(row, 10, currency)?,
        added: money(28)?,
        credited: money(29)?,
        exchange: from_json(&row.get::<String>(15)?)?,
        payment: row.get(16)?,
        fulfilment: row.get(17)?,
        customs: row.get(18)?,
        dispute: row.get(19)?,
        settlement: row.get(20)?,
        captured: money(21)?,
        released: money(22)?,
        refunded: money(23)?,
        placed_at: row.get(24)?,
        paid_at: row.get(25)?,
        completed_at: row.get(26)?,
        cancelled_at: row.get(27)?,
    })
}

/// Five amounts from column `first` on.
fn sums(row: &Row, first: usize, currency: Currency) -> Result<Sums> {
    let money = |index: usize| Ok::<_, Error>(Money::new(row.get(first + index)?, currency));
    Ok(Sums { goods: money(0)?, shipping: money(1)?, duty: money(2)?, tax: money(3)?, fees: money(4)? })
}

fn line_from(row: &Row) -> Result<Line> {
    let currency: Currency = row.get(0)?;
    let money = |index: usize| Ok::<_, Error>(Money::new(row.get(index)?, currency));
    Ok(Line {
        id: row.get(1)?,
        consignment: row.get(2)?,
        position: row.get(3)?,
        offer: row.get(4)?,
        variant: row.get(5)?,
        product: row.get(6)?,
        organisation: row.get(7)?,
        seller_name: row.get(8)?,
        title: row.get(9)?,
        sku: row.get(10)?,
        image: row.get(11)?,
        options: row.get(12)?,
        hs: row.get(13)?,
        origin: row.get(14)?,
        grams: row.get(15)?,
        customs_description: row.get(16)?,
        quantity: row.get(17)?,
        unit_price: money(18)?,
        sums: sums(row, 19, currency)?,
        total: money(24)?,
        commission: money(25)?,
        commission_tax: money(26)?,
        terms: from_json(&row.get::<String>(27)?)?,
        called_off: row.get(28)?,
        supply: row.get::<Option<i64>>(29)?.map(|minor| Ok::<_, Error>(Money::new(minor, row.get(30)?))).transpose()?,
        supplied: row.get(31)?,
        packed: row.get(32)?,
    })
}

// What `consignment_from` reads, in its order.
macro_rules! select_consignment {
    ($from:literal) => {
        concat!(
            "SELECT o.currency, c.id, c.order_id, c.position, c.organisation, c.warehouse, c.dispatch, c.service,
                c.carrier, c.grams, c.shipping, c.total, c.landed_cost, c.arrives_from, c.arrives_to,
                c.handling_hours, c.acceptance_days, c.state, c.customs, c.ship_by, c.handed_over_at, c.delivered_at,
                c.accept_until, c.dispute, c.completed_at, c.shipped_by, c.amendment, c.replaced_by ",
            $from
        )
    };
}

fn consignment_from(row: &Row) -> Result<Consignment> {
    let currency: Currency = row.get(0)?;
    Ok(Consignment {
        id: row.get(1)?,
        order: row.get(2)?,
        position: row.get(3)?,
        organisation: row.get(4)?,
        warehouse: row.get(5)?,
        dispatch: row.get(6)?,
        service: row.get(7)?,
        carrier: row.get(8)?,
        grams: row.get(9)?,
        shipping: Money::new(row.get(10)?, currency),
        total: Money::new(row.get(11)?, currency),
        landed: row.get(12)?,
        arrives: (row.get(13)?, row.get(14)?),
        handling_hours: row.get(15)?,
        acceptance_days: row.get(16)?,
        state: row.get(17)?,
        customs: row.get(18)?,
        ship_by: row.get(19)?,
        handed_over_at: row.get(20)?,
        delivered_at: row.get(21)?,
        accept_until: row.get(22)?,
        dispute: row.get(23)?,
        completed_at: row.get(24)?,
        shipped_by: row.get(25)?,
        amendment: Some(row.get(26)?).filter(|id| *id != 0),
        replaced_by: Some(row.get(27)?).filter(|id| *id != 0),
    })
}

fn from_json<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::internal(format!("a stored order cannot be read: {error}")))
}

/// Locks an order for the rest of the transaction, so that its deeds follow one another. Errors: `order_unknown`.
pub fn lock(tx: &mut store::Tx, id: Id<Order>) -> Result<Order> {
    tx.maybe(LOCK, params![id])?.as_ref().map_or_else(|| Err(unknown()), order_from)
}

const ORDER: &str = select_order!("FROM order_head WHERE id = $1");
const BY_NUMBER: &str = select_order!("FROM order_head WHERE number = $1");
const BY_SOURCE: &str = select_order!("FROM order_head WHERE source_key = $1 AND source = $2");
const LOCK: &str =
    "UPDATE order_head SET revision = revision + 1 WHERE id = $1 RETURNING id, number, source_key, quote, buyer,
    email, language, destination, address, currency, goods, shipping, duty, tax, fees, exchange, payment, fulfilment,
    customs, dispute, settlement, captured, released, refunded, placed_at, paid_at, completed_at, cancelled_at,
    added, credited, source";
const LINES: &str = "SELECT o.currency, l.id, l.consignment, l.position, l.offer, l.variant, l.product, l.organisation,
    l.seller_name, l.title, l.sku, l.image, l.options, l.hs, l.origin, l.grams, l.customs_description, l.quantity,
    l.unit_price, l.goods, l.shipping, l.duty, l.tax, l.fees, l.total, l.commission, l.commission_tax, l.terms,
    l.called_off, l.supply_minor, l.supply_currency, l.supplied, l.packed FROM order_line l JOIN order_head o ON o.id = l.order_id WHERE l.order_id = $1 ORDER BY l.position";
const CONSIGNMENT: &str =
    select_consignment!("FROM order_consignment c JOIN order_head o ON o.id = c.order_id WHERE c.id = $1");
const CONSIGNMENTS: &str = select_consignment!(
    "FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    WHERE c.order_id = $1 ORDER BY c.position"
);
