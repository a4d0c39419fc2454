//! A seller's whole catalogue as a product file, a page at a time: what the import reads, so that the file read back changes nothing,
//! and in an empty shop makes the same catalogue.

use crate::supplied::Supply;
use base::{Id, Money, Permission, Result};
use catalog::export::{Cells, Layout, NOTHING, outgoing};
use catalog::import::Column;
use catalog::{Product, Variant};
use parties::Organisation;
use std::collections::BTreeMap;
use store::{Read, Row, params};

/// Products read at once.
const PAGE: i64 = 50;

/// A seller's catalogue on its way out.
#[derive(Clone, Debug)]
pub struct Catalogue {
    organisation: Id<Organisation>,
    layout: Layout,
}

/// Begins to write down the catalogue of a seller, as the seller or the operator. `base` is the shop's own address, at which pictures
/// that were not fetched from elsewhere can be had; without it they are named as this installation alone knows them.
/// Errors: denied; no such organisation.
pub fn catalogue(db: &mut Read, organisation: Id<Organisation>, base: &str) -> Result<Catalogue> {
    db.actor().may_for(organisation.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
    parties::organisation(db, organisation)?;
    Ok(Catalogue { organisation, layout: Layout::of(db, organisation.raw(), base)? })
}

impl Catalogue {
    /// The column names, as a line of CSV.
    pub fn head(&self) -> String {
        self.layout.head()
    }

    /// The lines of the next products, oldest first, after the one whose raw id is `after` (0 for the first), and where the next page
    /// begins. Errors: denied.
    pub fn page(&self, db: &mut Read, after: i64) -> Result<(String, Option<i64>)> {
        db.actor().may_for(self.organisation.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
        let products = outgoing(db, &self.layout, after, PAGE)?;
        let mut text = String::new();
        for product in &products {
            let selling = selling(db, self.organisation, product.id, product.variants())?;
            text += &product.lines(&self.layout, &selling);
        }
        let full = products.len() as i64 == PAGE;
        Ok((text, products.last().map(|last| last.id.raw()).filter(|_| full)))
    }
}

/// A place where a variant lies or is sold from.
#[derive(Default)]
struct Place {
    offer: Option<Offer>,
    on_hand: Option<i64>,
}

struct Offer {
    price: Money,
    compare_at: Option<i64>,
    status: String,
    supply: Supply,
    capacity: i64,
}

/// Where each variant of a product lies and is sold from, by the warehouses' codes; a variant of no place has one without a name.
fn selling(
    db: &mut Read,
    organisation: Id<Organisation>,
    product: Id<Product>,
    variants: impl Iterator<Item = Id<Variant>>,
) -> Result<BTreeMap<Id<Variant>, Vec<Cells>>> {
    let mut places: Places = variants.map(|id| (id, BTreeMap::new())).collect();
    for row in db.query(OFFERS, params![product])? {
        if row.get::<Id<Organisation>>(6)? != organisation {
            continue;
        }
        if let Some(place) = place(&mut places, &row)? {
            let price = Money::new(row.get(3)?, row.get(2)?);
            place.offer = Some(Offer {
                price,
                compare_at: row.get(4)?,
                status: row.get(5)?,
                supply: row.get(7)?,
                capacity: row.get(8)?,
            });
        }
    }
    for row in db.query(STOCK, params![product])? {
        if let Some(place) = place(&mut places, &row)? {
            place.on_hand = Some(row.get(2)?);
        }
    }
    let cells = |places: BTreeMap<String, Place>| match places.is_empty() {
        true => vec![vec![(Column::Price, NOTHING.to_owned())]],
        false => places.into_iter().map(|(code, place)| place.cells(code)).collect(),
    };
    Ok(places.into_iter().map(|(variant, places)| (variant, cells(places))).collect())
}

/// By variant and code of the warehouse.
type Places = BTreeMap<Id<Variant>, BTreeMap<String, Place>>;

/// The place that a row is of; none for a variant that came since its product was read.
fn place<'p>(places: &'p mut Places, row: &Row) -> Result<Option<&'p mut Place>> {
    let (variant, code) = (row.get(0)?, row.get(1)?);
    Ok(places.get_mut(&variant).map(|own| own.entry(code).or_default()))
}

impl Place {
    fn cells(&self, code: String) -> Cells {
        let mut cells = vec![(Column::Warehouse, code)];
        match &self.offer {
            Some(Offer { price, compare_at, status, supply, capacity }) => {
                let capacity = Some(*capacity).filter(|most| *most > 0 && *supply != Supply::Stock);
                let former = compare_at.map(|minor| major(Money::new(minor, price.currency)));
                cells.extend([
                    (Column::Price, major(*price)),
                    (Column::CompareAt, former.unwrap_or_default()),
                    (Column::PriceCurrency, price.currency.to_string()),
                    (Column::OfferStatus, status.clone()),
                    (Column::Supply, supply.to_string()),
                    (Column::SupplyCapacity, capacity.map_or_else(String::new, |most| most.to_string())),
                ]);
            }
            None => cells.push((Column::Price, NOTHING.to_owned())),
        }
        cells.push((Column::Quantity, self.on_hand.map_or_else(String::new, |pieces| pieces.to_string())));
        cells
    }
}

/// An amount in major units, written so that it has but one reading: three decimals alone (`1.234`) could be thousands.
fn major(money: Money) -> String {
    let text = money.to_string().split(' ').next().unwrap_or_default().to_owned();
    if money.currency.exponent() == 3 { format!("{text}0") } else { text }
}

/// Every seller's: asked by seller, too, an engine may go through all that the seller offers, for each product anew.
pub(crate) const OFFERS: &str =
    "SELECT o.variant, w.code, o.currency, o.price_minor, o.compare_at_minor, o.status, o.organisation, o.supply,
    COALESCE(i.capacity, 0) FROM offer o JOIN stock_warehouse w ON w.id = o.warehouse
    LEFT JOIN stock_item i ON i.warehouse = o.warehouse AND i.variant = o.variant WHERE o.product = $1 ORDER BY o.id";
pub(crate) const STOCK: &str = "SELECT i.variant, w.code, COALESCE(a.balance, 0) - i.promised
    FROM catalog_variant v JOIN stock_item i ON i.variant = v.id JOIN stock_warehouse w ON w.id = i.warehouse
    LEFT JOIN ledger_account a ON a.id = i.account WHERE v.product = $1 ORDER BY i.variant, i.warehouse";
