//! One page of a list: found, priced, filtered, counted and sorted in one pass over what there is.

use crate::pick::{Found, Wanted};
use crate::price::{Key, Price, Pricer, Prices, UNSOLD};
use crate::segment::Segment;
use crate::shelf::{Shelf, View};
use base::{Country, Currency, Date, Error, Id, Money, Result};
use catalog::{Category, Product, Variant};
use door::{Ask, DoorPrice, World};
use offers::{Offer, Supply};
use parties::Organisation;
use std::collections::{BinaryHeap, HashMap, HashSet};

/// Most hits on one page.
const LIMIT_MAX: usize = 250;

/// What a buyer looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Words; empty for everything.
    pub text: String,
    /// Language of the titles.
    pub language: String,
    /// On one of these shelves or those within them; empty for all.
    pub categories: Vec<Id<Category>>,
    /// Of one of these sellers; empty for all.
    pub sellers: Vec<Id<Organisation>>,
    /// Sent from one of these countries; empty for all.
    pub ships_from: Vec<Country>,
    /// Door price at least, in minor units of `currency`.
    pub min_door_price: Option<i64>,
    /// Door price at most, in minor units of `currency`.
    pub max_door_price: Option<i64>,
    /// At the door on this day at the latest.
    pub arrives_by: Option<Date>,
    /// In which order.
    pub sort: Sort,
    /// The buyer's country.
    pub destination: Country,
    /// The buyer's state or province, where the law differs; may be empty.
    pub region: String,
    /// What the buyer pays in.
    pub currency: Currency,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Hits wanted, up to 250.
    pub limit: usize,
}

impl Query {
    /// Everything that can be sent there, best first.
    pub fn to(destination: Country, currency: Currency) -> Query {
        Query {
            text: String::new(),
            language: "en".into(),
            categories: Vec::new(),
            sellers: Vec::new(),
            ships_from: Vec::new(),
            min_door_price: None,
            max_door_price: None,
            arrives_by: None,
            sort: Sort::Relevance,
            destination,
            region: String::new(),
            currency,
            after: None,
            limit: 24,
        }
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// What fits the words best; the newest of equal ones.
    Relevance,
    /// Lowest door price first.
    DoorPrice,
    /// Earliest last day of the arrival window first, then by door price.
    Arrival,
    /// Newest product first.
    Newest,
}

impl Sort {
    /// Every order.
    pub const ALL: [Sort; 4] = [Sort::Relevance, Sort::DoorPrice, Sort::Arrival, Sort::Newest];

    /// As in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::DoorPrice => "door_price",
            Sort::Arrival => "arrival",
            Sort::Newest => "newest",
        }
    }

    /// The order with this name.
    pub fn named(name: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// One product of a page, shown by the offer with the lowest door price.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The product.
    pub product: Id<Product>,
    /// Its name in addresses.
    pub slug: String,
    /// In the asked language, else in its own.
    pub title: String,
    /// Language of the title.
    pub language: String,
    /// The cover; may be empty.
    pub image: String,
    /// Where it stands in the shop.
    pub category: Option<Id<Category>>,
    /// The offer.
    pub offer: Id<Offer>,
    /// What would be bought.
    pub variant: Id<Variant>,
    /// Who sells.
    pub organisation: Id<Organisation>,
    /// The seller's name.
    pub organisation_name: String,
    /// From where it is sent.
    pub dispatch: Country,
    /// The seller's price, before delivery, duty and tax.
    pub price: Money,
    /// A former price of the seller.
    pub compare_at: Option<Money>,
    /// What it is supplied from.
    pub supply: Supply,
    /// What one piece costs at the door, and when it arrives.
    pub door: DoorPrice,
}

/// How many products each further filter would leave; a filter that is set does not count against itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By category, those within it counted in; the fullest first.
    pub categories: Vec<(Id<Category>, usize)>,
    /// By seller; the fullest first.
    pub sellers: Vec<(Id<Organisation>, String, usize)>,
    /// By country of dispatch; the fullest first.
    pub ships_from: Vec<(Country, usize)>,
    /// By door price in minor units: the least of a step, and how many lie in it. Steps grow with the price, by a quarter of an
    /// octave; from the first that has a product to the last.
    pub prices: Vec<(i64, usize)>,
}

/// Steps of the prices: four of equal width in each power of two, as in HdrHistogram.
const STEPS: usize = 64 * 4;

/// The step in which a price lies.
fn step(price: i64) -> usize {
    let price = price.max(1).unsigned_abs();
    let octave = price.ilog2();
    let quarter = (u128::from(price) << 2 >> octave) & 3;
    octave as usize * 4 + quarter as usize
}

/// The least price of a step.
fn least(step: usize) -> i64 {
    let (octave, quarter) = (step / 4, (step % 4) as u128);
    let exact = (1u128 << octave) + ((quarter << octave) >> 2);
    i64::try_from(exact).unwrap_or(i64::MAX)
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// In order.
    pub hits: Vec<Hit>,
    /// What could be narrowed.
    pub facets: Facets,
    /// Products on all pages.
    pub total: usize,
    /// Products that were found but cannot be sent to this buyer, or are sold out.
    pub unsold: usize,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// Where a product stands in an order: smaller is earlier. The last part is the product's id, so no two are equal.
type Rank = (i64, i64, i64);

/// Searches the shelf for one buyer. Errors: a cursor that is none.
pub fn search(shelf: &Shelf, world: &World, query: &Query) -> Result<Page> {
    let view = shelf.view();
    let ask = Ask { destination: query.destination, region: &query.region, currency: query.currency, service: None };
    let key = Key::of(world, &ask);
    let after = query.after.as_deref().map(parse_cursor).transpose()?;
    let mut pass = Pass::new(&view, world, query, after);
    let found = Wanted::of(&query.text).map(|wanted| wanted.find([&view.stock, &view.fresh]));
    for (piece, (segment, some_hidden)) in view.pieces().into_iter().enumerate() {
        let found = found.as_ref().map(|found| &found[piece]);
        let wanted = found.map_or(segment.slots.len(), Found::len);
        let mut prices = Prices::of(segment, world, &ask, &key, wanted);
        pass.begin(piece, segment);
        // The newest first: most orders end with it, so that few products push others out of the page.
        match found {
            Some(found) => {
                for (slot, score) in found.iter().rev() {
                    let slot = *slot as usize;
                    if piece > 0 || !some_hidden || view.holds(slot) {
                        pass.see(slot, *score, prices.at(slot));
                    }
                }
            }
            None => {
                for slot in (0..segment.slots.len()).rev() {
                    if piece > 0 || !some_hidden || view.holds(slot) {
                        pass.see(slot, 0, prices.at(slot));
                    }
                }
            }
        }
        pass.end();
    }
    pass.finish(&ask)
}

/// Prices the whole shelf for a buyer, so that the first list is as fast as every other. Blocks for as long as that takes.
pub fn warm(shelf: &Shelf, world: &World, ask: &Ask) {
    let key = Key::of(world, ask);
    for (segment, _) in shelf.view().pieces() {
        Prices::of(segment, world, ask, &key, usize::MAX);
    }
}

/// The one pass.
struct Pass<'a> {
    view: &'a View,
    world: &'a World,
    query: &'a Query,
    after: Option<Rank>,
    limit: usize,
    /// The best so far, the worst of them on top; one more than the page needs.
    best: BinaryHeap<(Rank, usize, usize, u32)>,
    total: usize,
    unsold: usize,
    last_day: u16,
    wanted_categories: Option<HashSet<i64>>,
    prices: Vec<usize>,
    categories: HashMap<i64, usize>,
    sellers: HashMap<i64, (String, usize)>,
    countries: HashMap<Country, usize>,
    piece: usize,
    segment: Option<&'a Segment>,
    /// Of the present piece, by position: whether a category or mould is wanted, and how often it was seen.
    category_wanted: Vec<bool>,
    category_seen: Vec<usize>,
    mould_wanted: Vec<(bool, bool)>,
    mould_seen: Vec<(usize, usize)>,
}

impl<'a> Pass<'a> {
    fn new(view: &'a View, world: &'a World, query: &'a Query, after: Option<Rank>) -> Pass<'a> {
        let days = query.arrives_by.map(|day| world.date.until(day).map_or(0, |span| i64::from(span.get_days())));
        Pass {
            view,
            world,
            query,
            after,
            limit: query.limit.clamp(1, LIMIT_MAX),
            best: BinaryHeap::new(),
            total: 0,
            unsold: 0,
            last_day: days.map_or(u16::MAX, |days| u16::try_from(days.max(0)).unwrap_or(u16::MAX)),
            wanted_categories: (!query.categories.is_empty()).then(|| within(&view.categories, &query.categories)),
            prices: vec![0; STEPS],
            categories: HashMap::new(),
            sellers: HashMap::new(),
            countries: HashMap::new(),
            piece: 0,
            segment: None,
            category_wanted: Vec::new(),
            category_seen: Vec::new(),
            mould_wanted: Vec::new(),
            mould_seen: Vec::new(),
        }
    }

    /// Turns the filters into a look-up by position.
    fn begin(&mut self, piece: usize, segment: &'a Segment) {
        self.piece = piece;
        self.segment = Some(segment);
        let wanted = |category: &Id<Category>| {
            self.wanted_categories.as_ref().is_none_or(|wanted| wanted.contains(&category.raw()))
        };
        // Position 0 is a product without a category.
        self.category_wanted = vec![self.wanted_categories.is_none()];
        self.category_wanted.extend(segment.categories.iter().map(wanted));
        self.category_seen = vec![0; self.category_wanted.len()];
        let Query { sellers, ships_from, .. } = self.query;
        let of_seller = |seller| sellers.is_empty() || sellers.contains(&seller);
        let from = |country| ships_from.is_empty() || ships_from.contains(&country);
        self.mould_wanted =
            segment.moulds.iter().map(|mould| (of_seller(mould.sold_by), from(mould.dispatch))).collect();
        self.mould_seen = vec![(0, 0); segment.moulds.len()];
    }

    /// Looks at one product. This runs for every product of the shop.
    fn see(&mut self, at: usize, score: u32, price: Price) {
        let Some(segment) = self.segment else { return };
        if price.total == UNSOLD {
            self.unsold += 1;
            return;
        }
        if price.last_day > self.last_day {
            return;
        }
        let slot = &segment.slots[at];
        let category = usize::from(slot.category);
        let mould = price.mould as usize;
        let (seller_wanted, country_wanted) = self.mould_wanted[mould];
        let category_wanted = self.category_wanted[category];
        let wanted = seller_wanted && country_wanted && category_wanted;
        if wanted {
            self.prices[step(price.total)] += 1;
        }
        let Query { min_door_price, max_door_price, .. } = self.query;
        if max_door_price.is_some_and(|most| price.total > most)
            || min_door_price.is_some_and(|least| price.total < least)
        {
            return;
        }
        if seller_wanted && country_wanted {
            self.category_seen[category] += 1;
        }
        if category_wanted && country_wanted {
            self.mould_seen[mould].0 += 1;
        }
        if category_wanted && seller_wanted {
            self.mould_seen[mould].1 += 1;
        }
        if !wanted {
            return;
        }
        self.total += 1;
        let newest = -slot.product;
        let rank = match self.query.sort {
            Sort::Relevance => (-i64::from(score), newest, newest),
            Sort::DoorPrice => (price.total, newest, newest),
            Sort::Arrival => (i64::from(price.last_day), price.total, newest),
            Sort::Newest => (newest, newest, newest),
        };
        if self.after.is_some_and(|after| rank <= after) {
            return;
        }
        if self.best.len() <= self.limit {
            self.best.push((rank, self.piece, at, price.lot));
        } else if let Some(mut worst) = self.best.peek_mut()
            && rank < worst.0
        {
            *worst = (rank, self.piece, at, price.lot);
        }
    }

    /// Adds what was seen by position to what was seen in all pieces.
    fn end(&mut self) {
        let Some(segment) = self.segment else { return };
        for (category, seen) in segment.categories.iter().zip(&self.category_seen[1..]) {
            *self.categories.entry(category.raw()).or_default() += seen;
        }
        for (mould, (of_seller, from)) in segment.moulds.iter().zip(&self.mould_seen) {
            if *of_seller > 0 {
                let name = || (mould.seller_name.to_string(), 0);
                self.sellers.entry(mould.sold_by.raw()).or_insert_with(name).1 += of_seller;
            }
            if *from > 0 {
                *self.countries.entry(mould.dispatch).or_default() += from;
            }
        }
    }

    fn finish(mut self, ask: &Ask<'a>) -> Result<Page> {
        let mut best = std::mem::take(&mut self.best).into_sorted_vec();
        let more = best.len() > self.limit;
        best.truncate(self.limit);
        let next = best.last().filter(|_| more).map(|last| cursor(last.0));
        let pieces = self.view.pieces().map(|(segment, _)| segment);
        let mut pricers = pieces.map(|segment| Pricer::new(segment, self.world, *ask));
        let mut hits = Vec::with_capacity(best.len());
        for (_, piece, slot, lot) in best {
            hits.extend(self.hit(pieces[piece], &mut pricers[piece], slot, lot as usize));
        }
        Ok(Page { hits, facets: self.facets(), total: self.total, unsold: self.unsold, next })
    }

    fn hit(&self, segment: &Segment, pricer: &mut Pricer, slot: usize, lot: usize) -> Option<Hit> {
        let door = pricer.door(lot)?;
        let facts = pricer.facts()?;
        let (language, title) = segment.title(slot, &self.query.language);
        Some(Hit {
            product: Id::from_raw(segment.slots[slot].product),
            slug: segment.slug(slot).to_owned(),
            title: title.to_owned(),
            language: language.to_owned(),
            image: segment.image(slot).to_owned(),
            category: segment.category(&segment.slots[slot]),
            offer: facts.offer,
            variant: facts.variant,
            organisation: facts.sold_by,
            organisation_name: facts.seller_name.to_string(),
            dispatch: facts.dispatch,
            price: facts.price,
            compare_at: facts.compare_at,
            supply: facts.supply,
            door,
        })
    }

    fn facets(&self) -> Facets {
        let parents: HashMap<i64, i64> = self
            .view
            .categories
            .iter()
            .filter_map(|category| Some((category.id.raw(), category.parent?.raw())))
            .collect();
        let mut counts: HashMap<i64, usize> = HashMap::new();
        for (category, seen) in self.categories.iter().filter(|(_, seen)| **seen > 0) {
            let mut above = Some(*category);
            // No shop has shelves deeper than this; a circle would never end.
            for _ in 0..16 {
                let Some(here) = above else { break };
                *counts.entry(here).or_default() += seen;
                above = parents.get(&here).copied();
            }
        }
        let mut categories: Vec<_> = counts.into_iter().map(|(id, seen)| (Id::from_raw(id), seen)).collect();
        categories.sort_by_key(|(id, seen)| (std::cmp::Reverse(*seen), *id));
        let sellers = self.sellers.iter().map(|(id, (name, seen))| (Id::from_raw(*id), name.clone(), *seen));
        let mut sellers: Vec<_> = sellers.collect();
        sellers.sort_by_key(|(id, _, seen)| (std::cmp::Reverse(*seen), *id));
        let mut ships_from: Vec<_> = self.countries.iter().map(|(country, seen)| (*country, *seen)).collect();
        ships_from.sort_by_key(|(country, seen)| (std::cmp::Reverse(*seen), *country));
        Facets { categories, sellers, ships_from, prices: self.spread() }
    }

    fn spread(&self) -> Vec<(i64, usize)> {
        let held = |seen: &usize| *seen > 0;
        let (first, last) = (self.prices.iter().position(held), self.prices.iter().rposition(held));
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        (first..=last).map(|step| (least(step), self.prices[step])).collect()
    }
}

/// Some categories and all within them.
fn within(categories: &[Category], roots: &[Id<Category>]) -> HashSet<i64> {
    let mut wanted: HashSet<i64> = roots.iter().map(|root| root.raw()).collect();
    loop {
        let before = wanted.len();
        for category in categories {
            if category.parent.is_some_and(|parent| wanted.contains(&parent.raw())) {
                wanted.insert(category.id.raw());
            }
        }
        if wanted.len() == before {
            return wanted;
        }
    }
}

fn cursor(rank: Rank) -> String {
    format!("{}_{}_{}", rank.0, rank.1, rank.2)
}

fn parse_cursor(text: &str) -> Result<Rank> {
    let wrong = || Error::invalid("cursor", "This page address is broken; begin again at the first page.");
    let parts: Vec<i64> = text.split('_').map(|part| part.parse().map_err(|_| wrong())).collect::<Result<_>>()?;
    match parts[..] {
        [first, second, third] => Ok((first, second, third)),
        _ => Err(wrong()),
    }
}
