//! Everything that a door price, a list and a checkout need to know of an offer, in one read.

use crate::offer::Offer;
use crate::supplied::Supply;
use base::{Country, Currency, Error, HsCode, Id, Money, Result};
use catalog::{Product, Variant};
use parties::Organisation;
use std::collections::HashMap;
use std::sync::Arc;
use stock::Warehouse;
use store::{Read, Row, params};
use terms::{Agreement, Frozen, Party};

/// What customs is told of the goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Described {
    /// The words, in English; may be empty.
    Words(String),
    /// The words were judged and are not at hand: whether they say enough.
    Enough(bool),
}

impl Described {
    /// The words. Errors (internal): they were judged and are not at hand.
    pub fn words(&self) -> Result<&str> {
        match self {
            Described::Words(words) => Ok(words),
            Described::Enough(_) => Err(Error::internal("the goods' description was not read")),
        }
    }
}

/// An offer with the facts of its variant, seller, warehouse and terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferFacts {
    /// The offer.
    pub offer: Id<Offer>,
    /// What is sold.
    pub variant: Id<Variant>,
    /// The product it is a form of.
    pub product: Id<Product>,
    /// The product's name in addresses.
    pub slug: String,
    /// The product's title, in its own language.
    pub title: String,
    /// `Red / Large`, or empty.
    pub label: String,
    /// Stock keeping unit; may be empty.
    pub sku: String,
    /// Picture; may be empty.
    pub image: String,
    /// Whose goods they are: who sells, or supplies what the operator sells.
    pub organisation: Id<Organisation>,
    /// Who sells to the buyer in law.
    pub sold_by: Id<Organisation>,
    /// The name of who sells.
    pub seller_name: Arc<str>,
    /// The terms in force now.
    pub terms: Arc<Frozen>,
    /// From where it is sent.
    pub warehouse: Id<Warehouse>,
    /// The country of that warehouse.
    pub dispatch: Country,
    /// Own tariff code, or the category's default.
    pub hs: Option<HsCode>,
    /// Where it was made.
    pub origin: Option<Country>,
    /// For customs.
    pub customs_description: Described,
    /// Of one piece with packing: its own, or the category's default.
    pub weight_grams: Option<i64>,
    /// Own tax class, or the category's; `standard` by default.
    pub tax_class: Arc<str>,
    /// Net of the destination's tax.
    pub price: Money,
    /// A former price, in the same currency.
    pub compare_at: Option<Money>,
    /// Prices of its own in other currencies.
    pub other_prices: Vec<Money>,
    /// What it is supplied from.
    pub supply: Supply,
    /// Pieces that can be sold now.
    pub available: i64,
    /// Offer active, product active, seller not suspended.
    pub on_sale: bool,
}

/// The facts of these offers, in the order asked for. Errors: an unknown offer.
pub fn facts(db: &mut Read, offers: &[Id<Offer>]) -> Result<Vec<OfferFacts>> {
    let mut reader = Reader::default();
    let mut found = HashMap::with_capacity(offers.len());
    for row in rows(db, offers)? {
        let facts = reader.read(db, &row)?;
        found.insert(facts.offer, facts);
    }
    let known = |id: &Id<Offer>| {
        let unknown = || Error::not_found("unknown_offer", format!("There is no offer {id}."));
        found.get(id).cloned().ok_or_else(unknown)
    };
    offers.iter().map(known).collect()
}

/// Most baskets hold one or two: a plan for eight would read for more than there are.
fn rows(db: &mut Read, offers: &[Id<Offer>]) -> Result<Vec<Row>> {
    match offers {
        [one] => db.query(SELECT_ONE, params![one]),
        [one, other] => db.query(SELECT_TWO, params![one, other]),
        _ => db.query_in(SELECT_SOME, &offers.iter().map(|offer| offer.raw()).collect::<Vec<_>>()),
    }
}

/// The facts of every offer of a product, by position of the variant.
pub fn facts_of_product(db: &mut Read, product: Id<Product>) -> Result<Vec<OfferFacts>> {
    let rows = db.query(SELECT_OF_PRODUCT, params![product])?;
    let mut reader = Reader::default();
    rows.iter().map(|row| reader.read(db, row)).collect()
}

/// A page of the facts of all offers by id, after `after`: to fill an index.
pub fn facts_page(db: &mut Read, after: Option<Id<Offer>>, limit: i64) -> Result<Vec<OfferFacts>> {
    let rows = db.query(SELECT_PAGE, params![after.map_or(0, Id::raw), limit])?;
    let mut reader = Reader::default();
    rows.iter().map(|row| reader.read(db, row)).collect()
}

/// A page of the facts of a seller's offers by id, after `after`.
pub fn facts_of_organisation(
    db: &mut Read,
    organisation: Id<Organisation>,
    after: Option<Id<Offer>>,
    limit: i64,
) -> Result<Vec<OfferFacts>> {
    let rows = db.query(SELECT_PAGE_OF_ORGANISATION, params![organisation, after.map_or(0, Id::raw), limit])?;
    let mut reader = Reader::default();
    rows.iter().map(|row| reader.read(db, row)).collect()
}

/// Terms and words that many offers share are read and kept once.
#[derive(Default)]
struct Reader {
    terms: HashMap<Id<Agreement>, (Arc<Frozen>, bool)>,
    words: HashMap<String, Arc<str>>,
    sellers: Sellers,
}

/// Who sells what an organisation offers: it does itself, or the operator does. Reads the operator once.
#[derive(Default)]
pub struct Sellers {
    operator: Option<(Id<Organisation>, Arc<str>)>,
}

impl Sellers {
    /// The seller by the terms, and its name: the organisation that offers, or the operator, which it may be. Errors: the database's.
    pub fn of(
        &mut self,
        db: &mut Read,
        terms: &Frozen,
        offers: (Id<Organisation>, Arc<str>),
        is_operators: bool,
    ) -> Result<(Id<Organisation>, Arc<str>)> {
        if terms.merchant_of_record != Party::Platform || is_operators {
            return Ok(offers);
        }
        if self.operator.is_none() {
            self.operator = parties::platform(db)?.map(|operator| (operator.id, Arc::from(operator.name.as_str())));
        }
        Ok(self.operator.clone().unwrap_or(offers))
    }
}

impl Reader {
    fn read(&mut self, db: &mut Read, row: &Row) -> Result<OfferFacts> {
        let currency: Currency = row.get(6)?;
        let minor =
            |index: usize| row.get::<Option<i64>>(index).map(|minor| minor.map(|minor| Money::new(minor, currency)));
        let options: [String; 3] = [row.get(12)?, row.get(13)?, row.get(14)?];
        let shown: Vec<&str> = options.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        let id: Id<Offer> = row.get(0)?;
        let (terms, in_force) = self.terms(db, row.get(4)?)?;
        let (organisation, name) = (row.get(3)?, self.word(row.get(24)?));
        let is_operators = row.get::<i64>(26)? == 1;
        let (sold_by, seller_name) = self.sellers.of(db, &terms, (organisation, name), is_operators)?;
        Ok(OfferFacts {
            offer: id,
            variant: row.get(1)?,
            product: row.get(2)?,
            organisation,
            sold_by,
            seller_name,
            terms,
            warehouse: row.get(5)?,
            price: minor(7)?.ok_or_else(|| Error::internal("an offer without a price"))?,
            compare_at: minor(8)?,
            on_sale: in_force && row.get::<i64>(9)? == 1,
            title: row.get(10)?,
            sku: row.get(11)?,
            label: if shown == ["Default Title"] { String::new() } else { shown.join(" / ") },
            image: row.get(15)?,
            dispatch: row.get(16)?,
            available: row.get(17)?,
            hs: row.get(18)?,
            origin: row.get(19)?,
            customs_description: Described::Words(row.get(20)?),
            weight_grams: row.get(21)?,
            tax_class: self.word(row.get(22)?),
            slug: row.get(23)?,
            supply: row.get(27)?,
            other_prices: if row.get::<i64>(25)? == 1 { other_prices(db, id)? } else { Vec::new() },
        })
    }

    fn terms(&mut self, db: &mut Read, id: Id<Agreement>) -> Result<(Arc<Frozen>, bool)> {
        if let Some(known) = self.terms.get(&id) {
            return Ok(known.clone());
        }
        let (frozen, in_force) = terms::standing(db, id)?;
        let known = (Arc::new(frozen), in_force);
        self.terms.insert(id, known.clone());
        Ok(known)
    }

    fn word(&mut self, word: String) -> Arc<str> {
        self.words.entry(word).or_insert_with_key(|word| Arc::from(word.as_str())).clone()
    }
}

fn other_prices(db: &mut Read, offer: Id<Offer>) -> Result<Vec<Money>> {
    let rows = db.query(SELECT_PRICES, params![offer])?;
    rows.iter().map(|row| Ok(Money::new(row.get(1)?, row.get(0)?))).collect()
}

// What is read of each, in this order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, variant, product, organisation, agreement, warehouse, currency, price_minor, compare_at_minor,
                on_sale, title, sku, option1, option2, option3, image, dispatch, available, hs, origin,
                customs_description, weight_grams, tax_class, slug, organisation_name, has_other_prices,
                is_operators, supply ",
            $from
        )
    };
}

const SELECT_ONE: &str = select!("FROM offer_facts WHERE id = $1");
const SELECT_TWO: &str = select!("FROM offer_facts WHERE id IN ($1, $2)");
const SELECT_SOME: &str = select!("FROM offer_facts WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8)");
const SELECT_OF_PRODUCT: &str = select!("FROM offer_facts WHERE product = $1 ORDER BY position, id");
const SELECT_PAGE: &str = select!("FROM offer_facts WHERE id > $1 ORDER BY id LIMIT $2");
const SELECT_PAGE_OF_ORGANISATION: &str =
    select!("FROM offer_facts WHERE organisation = $1 AND id > $2 ORDER BY id LIMIT $3");
const SELECT_PRICES: &str = "SELECT currency, price_minor FROM offer_price WHERE offer = $1 ORDER BY currency";
