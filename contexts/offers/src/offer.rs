//! An offer, and lists of offers for the people who keep them.

use crate::supplied::Supply;
use base::{Currency, Error, Id, Money, Result, Tag};
use catalog::{Product, Variant};
use parties::Organisation;
use stock::Warehouse;
use store::{Read, Row, params};
use terms::Agreement;

/// One variant on sale by one seller from one warehouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: Id<Offer>,
    /// What is sold.
    pub variant: Id<Variant>,
    /// The product it is a form of.
    pub product: Id<Product>,
    /// Who sells.
    pub organisation: Id<Organisation>,
    /// Under which terms.
    pub agreement: Id<Agreement>,
    /// From where it is sent.
    pub warehouse: Id<Warehouse>,
    /// Net of the destination's tax, without delivery.
    pub price: Money,
    /// A former price, in the same currency.
    pub compare_at: Option<Money>,
    /// On sale or not.
    pub status: Status,
}

impl Tag for Offer {
    const PREFIX: &'static str = "ofr";
}

/// Whether an offer is on sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// On sale.
    Active,
    /// Kept, but not sold.
    Paused,
}

impl Status {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Paused => "paused",
        }
    }

    /// The status with this stored name.
    pub fn named(name: &str) -> Option<Status> {
        [Status::Active, Status::Paused].into_iter().find(|status| status.name() == name)
    }
}

/// An offer in its seller's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRow {
    /// The offer.
    pub offer: Offer,
    /// Title of the product, in its own language.
    pub title: String,
    /// `Red / Large`, or empty.
    pub label: String,
    /// Stock keeping unit; may be empty.
    pub sku: String,
    /// Picture; may be empty.
    pub image: String,
    /// Code of the warehouse.
    pub warehouse_code: String,
    /// Pieces that can be sold now.
    pub available: i64,
    /// Nothing that customs asks for is missing.
    pub ready: bool,
    /// What it is supplied from.
    pub supply: Supply,
    /// Pieces that may be open at once, or are to come, besides those that lie there.
    pub capacity: i64,
}

/// The offer. Errors: not found.
pub fn offer(db: &mut Read, id: Id<Offer>) -> Result<Offer> {
    match db.maybe(SELECT_ONE, params![id])? {
        Some(row) => read(&row),
        None => Err(Error::not_found("unknown_offer", format!("There is no offer {id}."))),
    }
}

/// A page of a seller's offers by id, after `after`.
pub fn offers_of_organisation(
    db: &mut Read,
    organisation: Id<Organisation>,
    filter: &OfferFilter,
    after: Option<Id<Offer>>,
    limit: i64,
) -> Result<Vec<OfferRow>> {
    let (after, status) = (after.map_or(0, Id::raw), filter.status.map_or("", Status::name));
    let rows = match (&filter.text, filter.status) {
        (None, None) => db.query(SELECT_OF_ORGANISATION, params![organisation, after, limit])?,
        (None, Some(_)) => db.query(SELECT_OF_STATUS, params![organisation, after, limit, status])?,
        (Some(terms), _) => {
            let [a, b, c] = [terms.range(0), terms.range(1), terms.range(2)];
            let values = params![organisation, after, limit, status, a.0, a.1, b.0, b.1, c.0, c.1];
            db.query(FIND_OF_ORGANISATION, values)?
        }
    };
    rows.iter().map(read_row).collect()
}

/// Which of a seller's offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferFilter {
    /// Whose product a text leads to.
    pub text: Option<catalog::Terms>,
    /// Active or paused.
    pub status: Option<Status>,
}

/// Every offer of a product, all sellers'.
pub fn offers_of_product(db: &mut Read, product: Id<Product>) -> Result<Vec<OfferRow>> {
    db.query(SELECT_OF_PRODUCT, params![product])?.iter().map(read_row).collect()
}

// What `read` reads, in its order; more may follow.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "SELECT o.id, o.variant, o.product, o.organisation, o.agreement, o.warehouse, o.currency,
                o.price_minor, o.compare_at_minor, o.status ",
            $($rest),+
        )
    };
}

pub(crate) fn read(row: &Row) -> Result<Offer> {
    let currency: Currency = row.get(6)?;
    let (price, compare_at): (i64, Option<i64>) = (row.get(7)?, row.get(8)?);
    let status: String = row.get(9)?;
    Ok(Offer {
        id: row.get(0)?,
        variant: row.get(1)?,
        product: row.get(2)?,
        organisation: row.get(3)?,
        agreement: row.get(4)?,
        warehouse: row.get(5)?,
        price: Money::new(price, currency),
        compare_at: compare_at.map(|minor| Money::new(minor, currency)),
        status: Status::named(&status).ok_or_else(|| Error::internal(format!("unknown offer status {status}")))?,
    })
}

// What `read_row` reads, in its order.
macro_rules! select_row {
    ($from:literal) => {
        select!(
            ", p.title, v.sku, v.option1, v.option2, v.option3,
                CASE WHEN v.image = '' THEN p.image ELSE v.image END,
                w.code, COALESCE(a.balance - a.held, 0), v.ready, o.supply, COALESCE(s.capacity, 0) ",
            $from
        )
    };
}

fn read_row(row: &Row) -> Result<OfferRow> {
    let options: [String; 3] = [row.get(12)?, row.get(13)?, row.get(14)?];
    let shown: Vec<&str> = options.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
    Ok(OfferRow {
        offer: read(row)?,
        title: row.get(10)?,
        sku: row.get(11)?,
        label: if shown == ["Default Title"] { String::new() } else { shown.join(" / ") },
        image: row.get(15)?,
        warehouse_code: row.get(16)?,
        available: row.get(17)?,
        ready: row.get(18)?,
        supply: row.get(19)?,
        capacity: row.get(20)?,
    })
}

const SELECT_ONE: &str = select!("FROM offer o WHERE o.id = $1");
const SELECT_OF_ORGANISATION: &str = select_row!("FROM offer o JOIN catalog_variant v ON v.id = o.variant JOIN catalog_product p ON p.id = o.product
    JOIN stock_warehouse w ON w.id = o.warehouse
    LEFT JOIN stock_item s ON s.warehouse = o.warehouse AND s.variant = o.variant LEFT JOIN ledger_account a ON a.id = s.account
    WHERE o.organisation = $1 AND o.id > $2 ORDER BY o.id LIMIT $3");
const SELECT_OF_STATUS: &str = select_row!("FROM offer o JOIN catalog_variant v ON v.id = o.variant JOIN catalog_product p ON p.id = o.product
    JOIN stock_warehouse w ON w.id = o.warehouse
    LEFT JOIN stock_item s ON s.warehouse = o.warehouse AND s.variant = o.variant LEFT JOIN ledger_account a ON a.id = s.account
    WHERE o.organisation = $1 AND o.status = $4 AND o.id > $2 ORDER BY o.id LIMIT $3");
const FIND_OF_ORGANISATION: &str = select_row!("FROM offer o JOIN catalog_variant v ON v.id = o.variant JOIN catalog_product p ON p.id = o.product
    JOIN stock_warehouse w ON w.id = o.warehouse
    LEFT JOIN stock_item s ON s.warehouse = o.warehouse AND s.variant = o.variant LEFT JOIN ledger_account a ON a.id = s.account
    WHERE o.product IN (SELECT w.product FROM catalog_word w WHERE w.word >= $5 AND w.word < $6)
    AND EXISTS (SELECT 1 FROM catalog_word w WHERE w.product = o.product AND w.word >= $7 AND w.word < $8)
    AND EXISTS (SELECT 1 FROM catalog_word w WHERE w.product = o.product AND w.word >= $9 AND w.word < $10)
    AND o.organisation = $1 AND ($4 = '' OR o.status = $4) AND o.id > $2 ORDER BY o.id LIMIT $3");
const SELECT_OF_PRODUCT: &str = select_row!("FROM offer o JOIN catalog_variant v ON v.id = o.variant JOIN catalog_product p ON p.id = o.product
    JOIN stock_warehouse w ON w.id = o.warehouse
    LEFT JOIN stock_item s ON s.warehouse = o.warehouse AND s.variant = o.variant LEFT JOIN ledger_account a ON a.id = s.account
    WHERE o.product = $1 ORDER BY v.position, o.id");
