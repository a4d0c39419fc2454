//! Titles at the desks. An order keeps each title as its buyer read it; sellers and operators read what the product is called
//! now, in their own language.

use base::{Id, Result};
use catalog::Product;
use orders::{Line, SellerRow, Summary};
use std::collections::BTreeMap;
use store::Read;

/// Something of an order that names a product.
pub trait Titled {
    /// The product, and the title as the buyer read it.
    fn titled(&mut self) -> (Id<Product>, &mut String);
}

impl Titled for SellerRow {
    fn titled(&mut self) -> (Id<Product>, &mut String) {
        (self.product, &mut self.title)
    }
}

impl Titled for Summary {
    fn titled(&mut self) -> (Id<Product>, &mut String) {
        (self.product, &mut self.title)
    }
}

impl Titled for Line {
    fn titled(&mut self) -> (Id<Product>, &mut String) {
        (self.product, &mut self.title)
    }
}

impl Titled for settlement::Row {
    fn titled(&mut self) -> (Id<Product>, &mut String) {
        (Id::from_raw(self.product), &mut self.title)
    }
}

/// Gives each row its product's present title in the language `tag`, else in the product's own. The frozen one stays where
/// the product is gone.
pub fn retitle<T: Titled>(db: &mut Read, tag: &str, mut rows: Vec<T>) -> Result<Vec<T>> {
    let mut products: Vec<_> = rows.iter_mut().map(|row| row.titled().0).collect();
    products.sort_unstable();
    products.dedup();
    let found = catalog::rows_of(db, &products, tag)?;
    let titles: BTreeMap<_, _> = found.into_iter().map(|product| (product.id, product.title)).collect();
    for row in &mut rows {
        let (product, title) = row.titled();
        if let Some(present) = titles.get(&product) {
            title.clone_from(present);
        }
    }
    Ok(rows)
}
