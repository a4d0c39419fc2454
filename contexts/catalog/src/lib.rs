//! Products, variants, categories and the facts customs asks for; and the way they come in from a file.
//!
//! Owns: tables `catalog_*`. Promises: putting the same product twice changes nothing; a description that was let in holds
//! no script; a text is always there, in the default language if not in the asked one. Never: knows a price or a stock.

pub mod category;
mod change;
pub mod customs_facts;
pub mod event;
pub mod export;
pub mod fetch;
pub mod html;
pub mod import;
pub mod media;
pub mod picture;
pub mod plain;
pub mod product;
pub mod put;
mod put_variant;
pub mod read;
mod text;
mod tidy;
mod translation;
pub mod uses;
mod wanted;
pub mod words;

pub use category::{Category, PutCategory, categories, category, category_by_slug, make_category, put_category};
pub use change::{free_handle, remove_text, set_images, set_status};
pub use customs_facts::{
    Missing, SetCustomsFacts, Unready, VariantFacts, facts, readiness_list, readiness_of, set_customs_facts,
    unready_count,
};
pub use event::{EVENTS, Event};
pub use fetch::{
    Fetch, FetchFault, FetchState, Fetched, claim_fetches, due_fetches, fetch_again, fetch_state, record_fetches,
};
pub use media::{PutMedium, put_medium};
pub use picture::{Coding, Picture, PictureAddress};
pub use product::{Image, Page, Product, ProductOption, ProductPage, ProductRow, Status, Variant};
pub use put::{Change, Put, put_product};
pub use read::{
    Filter, find, product, product_as_written, product_by_handle, product_by_slug, products, rows_of, texts, variant,
    variant_by_sku,
};

pub use text::Terms;
pub use translation::{shown, title};
pub use uses::{UNUSED_DAYS, claim_unused, forget_gone, record_gone};
pub use wanted::{PutProduct, PutText, PutVariant};

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "catalog", sealed: &[], migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
