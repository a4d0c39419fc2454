//! Whose products a desk opens, and where its pages of them are.

use crate::place::{Crumb, Desk, own};
use base::{Error, Id, Result};
use catalog::{Product, ProductPage};
use frame::Visitor;
use store::Read;

pub(super) fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/products",
        Desk::Console => "/console/products",
    }
}

pub(super) fn above(visitor: &Visitor, desk: Desk) -> Vec<Crumb> {
    vec![Crumb::new(base_of(desk), visitor.locale.t("d-menu-products").to_string())]
}

/// Whose products this desk may open: one seller's, or everybody's.
pub(super) fn owner(visitor: &Visitor, desk: Desk) -> Result<Option<i64>> {
    match desk {
        Desk::Seller => Ok(Some(own(visitor)?.raw())),
        Desk::Console => Ok(None),
    }
}

/// The product as its owner wrote it. Errors: not found, also for another seller's.
pub(super) fn reach(db: &mut Read, owner: Option<i64>, id: Id<Product>) -> Result<ProductPage> {
    let page = catalog::product_as_written(db, id)?;
    match owner {
        Some(own) if own != page.organisation => Err(Error::not_found("unknown_product", "There is no such product.")),
        _ => Ok(page),
    }
}
