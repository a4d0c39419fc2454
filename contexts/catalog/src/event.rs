//! What happens to products and categories.

use crate::{Category, Product, Variant};
use base::Id;
use serde::{Deserialize, Serialize};

store::events! {
    Private "catalog.product_changed" ProductChanged: Id<Product>;
    Private "catalog.category_changed" CategoryChanged: Id<Category>;
}

/// Something of a product is another: what it is called, shown with, made of, or whether it is shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProductChanged {
    /// What it is now, when that was changed: `active`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Which variant, when what customs asks about it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Id<Variant>>,
}

/// A category was made or changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CategoryChanged {
    /// Whether its tariff code or weight did: offers of products without their own show something else.
    pub tariff: bool,
}
