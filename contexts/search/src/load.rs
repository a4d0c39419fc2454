//! From the tables to the shelf: products with their titles and offers, a range of ids at a time.

use crate::segment::{Builder, Goods, Segment};
use base::{Country, Currency, Error, HsCode, Id, Money, Result};
use catalog::{Category, Product};
use offers::{Described, OfferFacts, Sellers};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::{Read, Row, params};
use terms::{Agreement, Frozen};

/// Products read at once.
const STEP: i64 = 1000;

/// Reads products and remembers what they share.
pub(crate) struct Loader {
    categories: HashMap<i64, Category>,
    terms: HashMap<i64, Option<Arc<Frozen>>>,
    texts: HashMap<String, Arc<str>>,
    sellers: Sellers,
}

impl Loader {
    /// Begins a reading.
    pub fn new(db: &mut Read) -> Result<Loader> {
        let categories = catalog::categories(db)?;
        let categories = categories.into_iter().map(|category| (category.id.raw(), category)).collect();
        Ok(Loader { categories, terms: HashMap::new(), texts: HashMap::new(), sellers: Sellers::default() })
    }

    /// The shelf's categories.
    pub fn into_categories(self) -> Vec<Category> {
        self.categories.into_values().collect()
    }

    /// Everything that is on sale.
    pub fn all(&mut self, db: &mut Read) -> Result<Segment> {
        let mut builder = Builder::default();
        let mut after = 0;
        loop {
            let products = db.query(PRODUCTS, params![after, i64::MAX, STEP])?;
            let Some(last) = products.last() else { return Ok(builder.finish()) };
            let through: i64 = last.get(0)?;
            self.range(db, &products, (after, through), &mut builder)?;
            after = through;
        }
    }

    /// These products, as far as they are on sale.
    pub fn some(&mut self, db: &mut Read, products: &[Id<Product>]) -> Result<Segment> {
        let mut ids: Vec<i64> = products.iter().map(|product| product.raw()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut builder = Builder::default();
        for id in ids {
            let row = db.query(PRODUCTS, params![id - 1, id, 1])?;
            self.range(db, &row, (id - 1, id), &mut builder)?;
        }
        Ok(builder.finish())
    }

    /// Products whose ids are above the first and up to the second.
    fn range(&mut self, db: &mut Read, products: &[Row], between: (i64, i64), builder: &mut Builder) -> Result<()> {
        if products.is_empty() {
            return Ok(());
        }
        let mut titles: BTreeMap<i64, Vec<(String, String)>> = BTreeMap::new();
        for row in db.query(TITLES, params![between.0, between.1])? {
            titles.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
        }
        let mut offers: BTreeMap<i64, Vec<OfferFacts>> = BTreeMap::new();
        for row in db.query(OFFERS, params![between.0, between.1])? {
            if let Some(facts) = self.facts(db, &row)? {
                offers.entry(facts.product.raw()).or_default().push(facts);
            }
        }
        for row in products {
            let product: i64 = row.get(0)?;
            let mut goods = self.goods(row)?;
            goods.titles.extend(titles.remove(&product).unwrap_or_default());
            goods.offers = offers.remove(&product).unwrap_or_default();
            goods.aside.extend(goods.offers.iter_mut().map(|facts| std::mem::take(&mut facts.sku)));
            builder.push(&goods);
        }
        Ok(())
    }

    fn goods(&self, row: &Row) -> Result<Goods> {
        let category: Option<Id<Category>> = row.get(5)?;
        let tags: String = row.get(8)?;
        let mut aside: Vec<String> = serde_json::from_str(&tags).map_err(Error::internal)?;
        aside.extend([row.get(6)?, row.get(7)?]);
        if let Some(known) = category.and_then(|category| self.categories.get(&category.raw())) {
            aside.extend(known.names.values().cloned());
        }
        Ok(Goods {
            product: row.get(0)?,
            slug: row.get(1)?,
            image: row.get(2)?,
            titles: vec![(row.get(3)?, row.get(4)?)],
            category,
            aside,
            offers: Vec::new(),
        })
    }

    /// The offer as the door needs it; none while no terms are in force. What only a page shows is left empty.
    fn facts(&mut self, db: &mut Read, row: &Row) -> Result<Option<OfferFacts>> {
        let Some(terms) = self.terms(db, row.get(4)?)? else { return Ok(None) };
        let currency: Currency = row.get(6)?;
        let hs: Option<HsCode> = row.get(11)?;
        let origin: Option<Country> = row.get(12)?;
        let dispatch: Country = row.get(9)?;
        let weight_grams: Option<i64> = row.get(14)?;
        let description: String = row.get(13)?;
        let offer: Id<offers::Offer> = row.get(0)?;
        let (organisation, name) = (row.get(3)?, self.text(row.get(17)?));
        let is_operators = row.get::<i64>(19)? == 1;
        let (sold_by, seller_name) = self.sellers.of(db, &terms, (organisation, name), is_operators)?;
        let other_prices = if row.get::<i64>(16)? == 1 { other_prices(db, offer)? } else { Vec::new() };
        Ok(Some(OfferFacts {
            offer,
            variant: row.get(1)?,
            product: row.get(2)?,
            organisation,
            sold_by,
            seller_name,
            terms,
            warehouse: row.get(5)?,
            price: Money::new(row.get(7)?, currency),
            compare_at: row.get::<Option<i64>>(8)?.map(|minor| Money::new(minor, currency)),
            dispatch,
            available: row.get(10)?,
            hs,
            origin,
            customs_description: Described::Enough(customs::describes(&description)),
            weight_grams,
            tax_class: self.text(row.get(15)?),
            sku: row.get(18)?,
            slug: String::new(),
            title: String::new(),
            label: String::new(),
            image: String::new(),
            other_prices,
            on_sale: true,
            supply: row.get(20)?,
        }))
    }

    fn terms(&mut self, db: &mut Read, agreement: Id<Agreement>) -> Result<Option<Arc<Frozen>>> {
        if let Some(known) = self.terms.get(&agreement.raw()) {
            return Ok(known.clone());
        }
        let frozen = match terms::frozen(db, agreement) {
            Ok(frozen) => Some(Arc::new(frozen)),
            Err(error) if error.code == "unknown_agreement" => None,
            Err(error) => return Err(error),
        };
        self.terms.insert(agreement.raw(), frozen.clone());
        Ok(frozen)
    }

    fn text(&mut self, text: String) -> Arc<str> {
        self.texts.entry(text).or_insert_with_key(|text| Arc::from(text.as_str())).clone()
    }
}

fn other_prices(db: &mut Read, offer: Id<offers::Offer>) -> Result<Vec<Money>> {
    let rows = db.query(PRICES, params![offer])?;
    rows.iter().map(|row| Ok(Money::new(row.get(1)?, row.get(0)?))).collect()
}

/// The products of variants, for whoever hears of a variant only.
pub(crate) fn products_of(db: &mut Read, variants: &[Id<catalog::Variant>]) -> Result<Vec<Id<Product>>> {
    let mut products = Vec::with_capacity(variants.len());
    for variant in variants {
        products.extend(db.maybe(PRODUCT_OF, params![*variant])?.map(|row| row.get::<Id<Product>>(0)).transpose()?);
    }
    Ok(products)
}

const PRODUCT_OF: &str = "SELECT product FROM catalog_variant WHERE id = $1";
const PRODUCTS: &str =
    "SELECT id, slug, image, language, title, category, vendor, product_type, tags FROM catalog_product
    WHERE status = 'active' AND id > $1 AND id <= $2 ORDER BY id LIMIT $3";
const TITLES: &str = "SELECT product, language, title FROM catalog_text WHERE product > $1 AND product <= $2
    ORDER BY product, language";
const OFFERS: &str = "SELECT id, variant, product, organisation, agreement, warehouse, currency, price_minor, compare_at_minor,
    dispatch, available, hs, origin, customs_description, weight_grams, tax_class, has_other_prices, organisation_name, sku,
    is_operators, supply FROM offer_facts
    WHERE product > $1 AND product <= $2 AND on_sale = 1 ORDER BY product, position, id";
const PRICES: &str = "SELECT currency, price_minor FROM offer_price WHERE offer = $1 ORDER BY currency";
