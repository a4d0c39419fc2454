//! Product, variant and their parts, as pages and other contexts read them.

use crate::category::Category;
use base::{Country, Error, HsCode, Id, Moment, Result, Tag, Weight};

/// What ids of products are of.
#[derive(Debug)]
pub struct Product;

impl Tag for Product {
    const PREFIX: &'static str = "prd";
}

/// Whether a product is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// On sale, once an offer is.
    Active,
    /// Being prepared; seen by its owner only.
    Draft,
    /// Taken out, kept for the orders that name it.
    Archived,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 3] = [Status::Active, Status::Draft, Status::Archived];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Draft => "draft",
            Status::Archived => "archived",
        }
    }

    /// The status with this stored name.
    pub fn named(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }

    pub(crate) fn stored(name: &str) -> Result<Status> {
        Status::named(name).ok_or_else(|| Error::internal(format!("unknown product status {name}")))
    }
}

/// A picture of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Absolute, or a path of this installation.
    pub url: String,
    /// What is to be seen, for those who can't.
    pub alt: String,
}

/// One way in which the variants of a product differ: `Colour` with `Red`, `Blue`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductOption {
    /// In the language of the page.
    pub name: String,
    /// In the order of the variants, each once.
    pub values: Vec<String>,
}

/// One thing that can be bought: a product in one of its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its id.
    pub id: Id<Variant>,
    /// The product it is a form of.
    pub product: Id<Product>,
    /// The owner's stock keeping unit; may be empty.
    pub sku: String,
    /// Values of the product's options, in the language of the page; empty strings after the last option.
    pub options: [String; 3],
    /// Of one piece with its packing: its own, or its category's default; none while unknown.
    pub weight: Option<Weight>,
    /// Whether `weight` is the category's default.
    pub weight_from_category: bool,
    /// Its own tariff code, or its category's default.
    pub hs: Option<HsCode>,
    /// Whether `hs` is the category's default.
    pub hs_from_category: bool,
    /// Where it was made.
    pub origin: Option<Country>,
    /// What it is, in words that customs understand; English.
    pub customs_description: String,
    /// GTIN, EAN, UPC or ISBN; may be empty.
    pub barcode: String,
    /// Picture of just this form; may be empty.
    pub image: String,
    /// Its own tax class, or its category's; `standard` where nothing was said.
    pub tax_class: String,
    /// Order on the page, from 1.
    pub position: i64,
    /// Nothing that customs asks for is missing.
    pub ready: bool,
}

impl Tag for Variant {
    const PREFIX: &'static str = "var";
}

impl Variant {
    /// `Red / Large`, or nothing for a product without options.
    pub fn label(&self) -> String {
        let shown: Vec<&str> = self.options.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        if shown == ["Default Title"] { String::new() } else { shown.join(" / ") }
    }
}

/// A product with everything a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductPage {
    /// Its id.
    pub id: Id<Product>,
    /// Raw id of the owner in parties.
    pub organisation: i64,
    /// The owner's name for it; unique per owner.
    pub handle: String,
    /// Its name in addresses; unique in the installation.
    pub slug: String,
    /// Language of title and description as given here.
    pub language: String,
    /// In `language`.
    pub title: String,
    /// In `language`; safe to show as it is.
    pub description_html: String,
    /// Brand or maker.
    pub vendor: String,
    /// The owner's own word for the kind of product.
    pub product_type: String,
    /// Where it stands in the shop.
    pub category: Option<Category>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Whether it is shown.
    pub status: Status,
    /// The cover first.
    pub images: Vec<Image>,
    /// Up to three.
    pub options: Vec<ProductOption>,
    /// In order of position.
    pub variants: Vec<Variant>,
    /// When it came.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

/// A product in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// Its id.
    pub id: Id<Product>,
    /// Raw id of the owner in parties.
    pub organisation: i64,
    /// The owner's name for it.
    pub handle: String,
    /// Its name in addresses.
    pub slug: String,
    /// In the asked language, else in its own.
    pub title: String,
    /// Brand or maker.
    pub vendor: String,
    /// The cover; may be empty.
    pub image: String,
    /// Where it stands in the shop.
    pub category: Option<Id<Category>>,
    /// Whether it is shown.
    pub status: Status,
    /// How many forms it has.
    pub variants: i64,
    /// How many of them lack something customs asks for.
    pub unready: i64,
    /// When it last changed.
    pub updated_at: Moment,
}

/// A page of a list that is read forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; none after the last.
    pub next: Option<i64>,
}

impl<T> Page<T> {
    /// From up to `limit` + 1 rows: the one too many only proves that there is a next page.
    pub(crate) fn of(mut rows: Vec<T>, limit: i64, cursor: impl Fn(&T) -> i64) -> Page<T> {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(cursor) } else { None };
        Page { rows, next }
    }
}
