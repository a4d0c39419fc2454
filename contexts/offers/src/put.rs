//! Making and changing offers.

use crate::event::Changed;
use crate::offer::{Offer, Status, offer};
use crate::supply::supply_price;
use base::{Error, Id, Money, Permission, Result};
use catalog::{Product, Variant};
use parties::Organisation;
use stock::Warehouse;
use store::{Tx, params};
use terms::{Agreement, Frozen, Party};

/// What to offer. The same variant, seller and warehouse again changes the offer.
#[derive(Clone, Debug)]
pub struct PutOffer {
    /// What is sold.
    pub variant: Id<Variant>,
    /// Who sells.
    pub organisation: Id<Organisation>,
    /// Under which terms; must be the seller's own agreement.
    pub agreement: Id<Agreement>,
    /// From where it is sent.
    pub warehouse: Id<Warehouse>,
    /// Net of the destination's tax; more than nothing.
    pub price: Money,
    /// A former price in the same currency; one that is not above the price is none.
    pub compare_at: Option<Money>,
}

/// A new price for an offer.
#[derive(Clone, Debug)]
pub struct SetPrice {
    /// Which offer.
    pub offer: Id<Offer>,
    /// Net of the destination's tax; its currency becomes the offer's own.
    pub price: Money,
    /// A former price in the same currency; one that is not above the price is none.
    pub compare_at: Option<Money>,
}

/// Puts a variant on sale. Answers the offer and whether anything changed. Emits `offer.changed`, subject the product.
/// Errors: denied; a price of nothing, or beyond `Money::most`; a former price in another currency; a foreign agreement or warehouse;
/// `price_set_by_shop` (denied) for a supplier; `wrong_shipper` for a warehouse of another than who ships by the terms;
/// `no_supply_price` (conflict) while nothing is agreed that its supplier is paid; `supply_shared` (conflict) where another offer sells
/// the same pieces before they are there.
pub fn put_offer(tx: &mut Tx, put: &PutOffer) -> Result<(Id<Offer>, bool)> {
    tx.actor().may_for(put.organisation.raw(), Permission::SellerWrite, Permission::CatalogWrite)?;
    check_price(put.price, put.compare_at)?;
    let agreement = terms::agreement(tx, put.agreement)?;
    if agreement.organisation != put.organisation {
        return Err(Error::invalid("foreign_agreement", "The agreement belongs to another organisation."));
    }
    let terms = Frozen::from(&agreement);
    may_price(tx, &terms)?;
    check_warehouse(tx, put, terms.ships)?;
    let product = product_of(tx, put)?;
    if terms.is_supplied() && supply_price(tx, put.agreement, put.variant)?.is_none() {
        let say = "Nobody would be owed anything for it: agree the supply price of this variant first.";
        return Err(Error::conflict("no_supply_price", say));
    }
    let (fresh, now) = (tx.id::<Offer>(), tx.now());
    let compare_at = above(put.compare_at, put.price);
    let changed = tx.run(
        PUT,
        params![
            fresh,
            put.variant,
            product,
            put.organisation,
            put.agreement,
            put.warehouse,
            put.price.currency,
            put.price.minor,
            compare_at,
            now
        ],
    )?;
    let id: Id<Offer> = tx.one(SELECT_ID, params![put.variant, put.organisation, put.warehouse])?.get(0)?;
    if changed > 0 {
        emit(tx, id, product)?;
    }
    Ok((id, changed > 0))
}

/// Gives an offer a new price. Orders and quotes keep theirs. Emits `offer.changed`. Errors: denied; `price_set_by_shop` (denied) for a
/// supplier; those of the price.
pub fn set_price(tx: &mut Tx, set: &SetPrice) -> Result<()> {
    let before = priced(tx, set.offer)?;
    check_price(set.price, set.compare_at)?;
    let now = tx.now();
    let compare_at = above(set.compare_at, set.price);
    tx.send(SET_PRICE, params![set.offer, set.price.currency, set.price.minor, compare_at, now])?;
    emit(tx, set.offer, before.product)
}

/// Gives an offer a price of its own in one more currency, or takes it away (`None`): it is converted again then.
pub fn set_price_in(tx: &mut Tx, id: Id<Offer>, price: Money, keep: bool) -> Result<()> {
    let before = priced(tx, id)?;
    if keep {
        check_price(price, None)?;
        tx.send(PUT_PRICE_IN, params![id, price.currency, price.minor])?;
    } else {
        tx.send(DROP_PRICE_IN, params![id, price.currency])?;
    }
    emit(tx, id, before.product)
}

/// Takes an offer off sale or puts it back. Emits `offer.changed`.
pub fn set_status(tx: &mut Tx, id: Id<Offer>, status: Status) -> Result<()> {
    let before = own(tx, id)?;
    let now = tx.now();
    tx.send(SET_STATUS, params![id, status.name(), now])?;
    emit(tx, id, before.product)
}

pub(crate) fn own(tx: &mut Tx, id: Id<Offer>) -> Result<Offer> {
    let found = offer(tx, id)?;
    tx.actor().may_for(found.organisation.raw(), Permission::SellerWrite, Permission::CatalogWrite)?;
    Ok(found)
}

/// An offer whose price the actor may set.
fn priced(tx: &mut Tx, id: Id<Offer>) -> Result<Offer> {
    let found = own(tx, id)?;
    let (terms, _) = terms::standing(tx, found.agreement)?;
    may_price(tx, &terms)?;
    Ok(found)
}

/// The product of the variant, which nobody else sells from there before it is there: others would promise it from stock.
fn product_of(tx: &mut Tx, put: &PutOffer) -> Result<Id<Product>> {
    let row = tx.maybe(PRODUCT_OF, params![put.variant, put.warehouse, put.organisation])?;
    let row =
        row.ok_or_else(|| Error::not_found("unknown_variant", format!("There is no variant {}.", put.variant)))?;
    if row.get::<i64>(1)? == 1 {
        let say = "Another offer sells the same pieces of the same warehouse: these are sold as they lie there.";
        return Err(Error::conflict("supply_shared", say));
    }
    row.get(0)
}

/// What the platform sells it prices, whoever supplies it.
fn may_price(tx: &Tx, terms: &Frozen) -> Result<()> {
    if terms.price_set_by != Party::Platform || tx.actor().may(Permission::CatalogWrite).is_ok() {
        return Ok(());
    }
    let say = "The shop sells this and sets its price; what you are paid for it is the supply price you agreed.";
    Err(Error::denied("price_set_by_shop", say))
}

/// Goods lie in a warehouse of their seller or of the operator, and of whoever ships them where the terms say so.
fn check_warehouse(tx: &mut Tx, put: &PutOffer, ships: Party) -> Result<()> {
    let runs_it = stock::warehouse(tx, put.warehouse)?.organisation;
    let own = runs_it == put.organisation.raw();
    let operators = parties::platform(tx)?.is_some_and(|operator| operator.id.raw() == runs_it);
    let wrong = |say: &str| Err(Error::field("warehouse", "wrong_shipper", say));
    match (own, operators, ships) {
        (false, false, _) => Err(Error::invalid("foreign_warehouse", "The warehouse belongs to another seller.")),
        (_, false, Party::Platform) => wrong("By these terms the shop ships: name one of its warehouses."),
        (false, _, Party::Supplier) => wrong("By these terms the supplier ships: name one of its warehouses."),
        _ => Ok(()),
    }
}

/// A former price as it is kept: shops leave numbers standing that are not above the price, and nothing was cheaper then.
fn above(former: Option<Money>, price: Money) -> Option<i64> {
    former.map(|former| former.minor).filter(|former| *former > price.minor)
}

fn check_price(price: Money, compare_at: Option<Money>) -> Result<()> {
    if price.minor <= 0 {
        return Err(Error::field("price", "price_positive", "Write a price above zero."));
    }
    price.within_reason("price")?;
    compare_at.map_or(Ok(price), |former| former.within_reason("compare_at"))?;
    if compare_at.is_some_and(|former| former.currency != price.currency || former.minor <= 0) {
        return Err(Error::field(
            "compare_at",
            "compare_at_currency",
            "Write the former price in the same currency as the price, above zero.",
        ));
    }
    Ok(())
}

/// Tells the offer as it is now: the trail is what the auditor compares offers with.
pub(crate) fn emit(tx: &mut Tx, id: Id<Offer>, product: Id<Product>) -> Result<()> {
    let row = tx.one(SELECT_TOLD, params![id])?;
    let prices = tx.query(SELECT_PRICES, params![id])?;
    let changed = Changed {
        offer: id,
        agreement: row.get(0)?,
        currency: row.get(1)?,
        price_minor: row.get(2)?,
        compare_at_minor: row.get(3)?,
        status: row.get(4)?,
        supply: row.get(5)?,
        prices: prices.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_>>()?,
    };
    tx.emit(product, &changed)
}

const PRODUCT_OF: &str = "SELECT v.product, CASE WHEN EXISTS (SELECT 1 FROM stock_item i
        WHERE i.warehouse = $2 AND i.variant = v.id AND (i.capacity > 0 OR i.promised > 0))
        AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.variant = v.id AND o.organisation = $3 AND o.warehouse = $2)
        THEN 1 ELSE 0 END FROM catalog_variant v WHERE v.id = $1";
const SELECT_ID: &str = "SELECT id FROM offer WHERE variant = $1 AND organisation = $2 AND warehouse = $3";
const SELECT_TOLD: &str = "SELECT agreement, currency, price_minor, compare_at_minor, status, supply FROM offer
    WHERE id = $1";
const SELECT_PRICES: &str = "SELECT currency, price_minor FROM offer_price WHERE offer = $1 ORDER BY currency";
const PUT: &str = "INSERT INTO offer (id, variant, product, organisation, agreement, warehouse, currency, price_minor, compare_at_minor,
    status, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active', $10, $10)
    ON CONFLICT (variant, organisation, warehouse) DO UPDATE SET agreement = excluded.agreement, currency = excluded.currency,
    price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor, changed_at = excluded.changed_at
    WHERE offer.agreement <> excluded.agreement OR offer.currency <> excluded.currency OR offer.price_minor <> excluded.price_minor
    OR COALESCE(offer.compare_at_minor, 0) <> COALESCE(excluded.compare_at_minor, 0)";
const SET_PRICE: &str =
    "UPDATE offer SET currency = $2, price_minor = $3, compare_at_minor = $4, changed_at = $5 WHERE id = $1";
const SET_STATUS: &str = "UPDATE offer SET status = $2, changed_at = $3 WHERE id = $1";
const PUT_PRICE_IN: &str = "INSERT INTO offer_price (offer, currency, price_minor) VALUES ($1, $2, $3)
    ON CONFLICT (offer, currency) DO UPDATE SET price_minor = excluded.price_minor";
const DROP_PRICE_IN: &str = "DELETE FROM offer_price WHERE offer = $1 AND currency = $2";
