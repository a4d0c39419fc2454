//! What a product should be, as whoever keeps it says: the command of a put.

use crate::category::Category;
use crate::html;
use crate::product::{Image, Status, Variant};
use base::{Country, HsCode, Id, Weight};
use std::collections::BTreeMap;

/// What a product should be. `None` (or an empty list) keeps what is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PutProduct {
    /// Raw id of the owner in parties.
    pub organisation: i64,
    /// The owner's name for it; what makes it the same product.
    pub handle: String,
    /// Language tag of `title` and `description_html`; `en` for a new product when none.
    pub language: Option<String>,
    /// Needed for a new product.
    pub title: Option<String>,
    /// Made safe on the way in.
    pub description_html: Option<String>,
    /// Brand or maker.
    pub vendor: Option<String>,
    /// The owner's own word for the kind of product.
    pub product_type: Option<String>,
    /// Where it stands in the shop.
    pub category: Option<Id<Category>>,
    /// It stands on no shelf, whatever `category` says.
    pub uncategorised: bool,
    /// Words to find it by.
    pub tags: Option<Vec<String>>,
    /// Whether it is shown; a new product is a draft when none.
    pub status: Option<Status>,
    /// Names of the options, up to three.
    pub options: Vec<String>,
    /// The cover first.
    pub images: Vec<Image>,
    /// Add `images` to those stored, instead of replacing them.
    pub more_images: bool,
    /// Further languages.
    pub texts: Vec<PutText>,
    /// Variants to add or change; others stay.
    pub variants: Vec<PutVariant>,
}

impl PutProduct {
    /// Where its pictures lie: its own, its variants', those in its descriptions.
    pub(crate) fn sources(&self) -> Vec<String> {
        let mut sources: Vec<String> = self.images.iter().map(|image| image.url.clone()).collect();
        sources.extend(self.variants.iter().filter_map(|variant| variant.image.clone()));
        let texts = self.texts.iter().map(|text| &text.description_html);
        let texts = texts.chain([&self.description_html]).flatten();
        sources.extend(texts.flat_map(|text| html::sources(text)));
        sources
    }

    /// Names the same pictures by where they lie now.
    pub(crate) fn replace_sources(&mut self, known: &BTreeMap<String, String>) {
        let images = self.images.iter_mut().map(|image| &mut image.url);
        let variants = self.variants.iter_mut().filter_map(|variant| variant.image.as_mut());
        for source in images.chain(variants) {
            if let Some(kept) = known.get(source) {
                source.clone_from(kept);
            }
        }
        let texts = self.texts.iter_mut().map(|text| &mut text.description_html);
        for text in texts.chain([&mut self.description_html]).flatten() {
            *text = html::with_known_sources(&html::clean(text), known);
        }
    }
}

/// A product in one further language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PutText {
    /// Language tag.
    pub language: String,
    /// Title in it.
    pub title: Option<String>,
    /// Description in it; made safe on the way in.
    pub description_html: Option<String>,
    /// Translations of option names and values, added to those stored.
    pub words: BTreeMap<String, String>,
}

/// What a variant should be. It is the stored one that `id` names, else the one with the same option values (all of them said),
/// else the one with the same SKU.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PutVariant {
    /// Which variant of the product, where that is known.
    pub id: Option<Id<Variant>>,
    /// The owner's stock keeping unit.
    pub sku: Option<String>,
    /// Values of the product's options.
    pub options: [String; 3],
    /// Which of `options` are not said and stay as they are. Where none is said the variant is found by its SKU, or is the
    /// product's only one.
    pub unsaid: [bool; 3],
    /// Of one piece with its packing.
    pub weight: Option<Weight>,
    /// Tariff code.
    pub hs: Option<HsCode>,
    /// Where it was made.
    pub origin: Option<Country>,
    /// What it is, for customs; English.
    pub customs_description: Option<String>,
    /// GTIN, EAN, UPC or ISBN.
    pub barcode: Option<String>,
    /// Picture of just this form.
    pub image: Option<String>,
    /// Tax class, where it is not its category's.
    pub tax_class: Option<String>,
}
