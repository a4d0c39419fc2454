//! Putting goods on sale in one go: the product, its variants, what they cost and how many there are.

use crate::put::{PutOffer, put_offer};
use base::{Error, Id, Kind, Money, Permission, Result};
use catalog::{Put, PutProduct, Variant};
use parties::Organisation;
use stock::{Move, Warehouse};
use store::{Read, Tx};
use terms::Paid;

/// A product with what a buyer needs to get it.
#[derive(Clone, Debug)]
pub struct PutGoods {
    /// The product and its variants; its organisation sells.
    pub product: PutProduct,
    /// Where the goods lie; needed for a price or a quantity.
    pub warehouse: Option<Id<Warehouse>>,
    /// For each variant, in their order; a variant without one keeps what it has.
    pub commerce: Vec<Commerce>,
    /// Makes the stock moves of this put its own: the same key counts once.
    pub key: String,
}

/// What one variant costs and how many pieces there are; what is not said stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Commerce {
    /// Net of the destination's tax.
    pub price: Option<Money>,
    /// A former price in the same currency.
    pub compare_at: Option<Money>,
    /// Pieces on hand.
    pub quantity: Option<i64>,
}

/// Whether a price is asked of whoever writes an organisation's goods down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pricing {
    /// It can be said: under some terms in force the organisation sells itself, or the actor is the shop's.
    pub may: bool,
    /// It has to be: nothing of it is supplied to the shop, which would set the price.
    pub must: bool,
}

/// See [`Pricing`]. Errors: the database's.
pub fn pricing(db: &mut Read, organisation: Id<Organisation>) -> Result<Pricing> {
    let now = db.now();
    let all = terms::current(db, organisation, now)?;
    let supplied = all.iter().filter(|one| one.paid == Paid::SupplyPrice).count();
    let may = supplied < all.len() || all.is_empty() || db.actor().may(Permission::CatalogWrite).is_ok();
    Ok(Pricing { may, must: supplied == 0 })
}

/// Puts a product and its variants on sale, under the seller's agreement in force: all of it or nothing. Errors: those
/// of [`catalog::put_product`], [`put_offer`] and [`stock::set_on_hand`], fields of a variant named `variants[0].price`;
/// nothing is agreed with the seller.
pub fn put_goods(tx: &mut Tx, put: &PutGoods) -> Result<Put> {
    let organisation = Id::from_raw(put.product.organisation);
    let done = catalog::put_product(tx, &put.product)?;
    for (index, (variant, commerce)) in done.variants.iter().zip(&put.commerce).enumerate() {
        if *commerce == Commerce::default() {
            continue;
        }
        let needed = || Error::field("warehouse", "required", "Choose where the goods lie.");
        let warehouse = put.warehouse.ok_or_else(needed)?;
        sell(tx, organisation, *variant, warehouse, commerce).map_err(|error| of_variant(error, index))?;
        let Some(quantity) = commerce.quantity else { continue };
        let key = format!("goods:{}:{index}", put.key);
        let count = Move { warehouse, variant: *variant, quantity, key, reason: "by_hand".to_owned() };
        stock::set_on_hand(tx, &count).map_err(|error| of_variant(error, index))?;
    }
    Ok(done)
}

fn sell(
    tx: &mut Tx,
    organisation: Id<Organisation>,
    variant: Id<Variant>,
    warehouse: Id<Warehouse>,
    commerce: &Commerce,
) -> Result<()> {
    let Some(price) = commerce.price else { return Ok(()) };
    let agreement = terms::choose(tx, organisation, None)?;
    let offer = PutOffer { variant, organisation, agreement, warehouse, price, compare_at: commerce.compare_at };
    put_offer(tx, &offer).map(drop)
}

/// The same error, its fields named by the variant they are of.
fn of_variant(mut error: Error, index: usize) -> Error {
    if error.kind == Kind::Invalid {
        for field in &mut error.fields {
            field.name = format!("variants[{index}].{}", field.name);
        }
    }
    error
}
