//! A piece of the shelf that never changes once built: products with their lots, words that lead to them, prices seen so far.
//!
//! A *lot* is what an offer comes down to when only its door price matters: offers of one product that cannot differ in price
//! or arrival are one lot. What many lots share (seller, terms, warehouse, tariff code …) is kept once, as a *mould*.

use crate::dictionary::{Collector, Dictionary, Place};
use crate::price::PriceLists;
use base::{Country, Currency, HsCode, Id, Money};
use catalog::{Category, Product, Variant};
use offers::{Described, Offer, OfferFacts, Supply};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};

/// Fields of a slot's text.
const FIELD: char = '\u{1f}';

/// A product on the shelf.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub product: i64,
    /// Where its text begins; it ends where the next slot's begins.
    pub text_from: u32,
    /// Position of the first lot; the last stands before the next slot's first.
    pub lots_from: u32,
    /// Position in `Segment::categories`; 0 is none.
    pub category: u16,
}

/// What can be bought of a product, at one price.
pub(crate) struct Lot {
    pub offer: i64,
    pub variant: i64,
    pub price: i64,
    /// 0 is none.
    pub compare_at: i64,
    pub available: AtomicI64,
    pub mould: u32,
    /// 0 is unknown.
    pub grams: u32,
    pub other_prices: Option<Box<[Money]>>,
}

impl Clone for Lot {
    fn clone(&self) -> Lot {
        let available = AtomicI64::new(self.available.load(Ordering::Relaxed));
        let other_prices = self.other_prices.clone();
        Lot { available, other_prices, ..*self }
    }
}

/// See the head of this file.
#[derive(Default)]
pub(crate) struct Segment {
    /// By product id.
    pub slots: Vec<Slot>,
    /// Of each product: slug, picture, then language and title by turns, its own first.
    pub texts: String,
    pub lots: Vec<Lot>,
    pub moulds: Vec<OfferFacts>,
    pub categories: Vec<Id<Category>>,
    pub words: Dictionary,
    pub prices: PriceLists,
}

/// A product as it comes from the tables.
pub(crate) struct Goods {
    pub product: i64,
    pub category: Option<Id<Category>>,
    pub slug: String,
    pub image: String,
    /// Language and title, the product's own first.
    pub titles: Vec<(String, String)>,
    /// Vendor, kind, tags, category names, SKUs: found by, but counting less than titles.
    pub aside: Vec<String>,
    /// In the order of the variants.
    pub offers: Vec<OfferFacts>,
}

/// What two offers must agree in to share a mould.
type MouldKey = (i64, i64, i64, i64, Option<HsCode>, Option<Country>, bool, String, Currency, Supply);

fn mould_key(facts: &OfferFacts) -> MouldKey {
    (
        facts.organisation.raw(),
        facts.terms.agreement.raw(),
        facts.terms.version,
        facts.warehouse.raw(),
        facts.hs,
        facts.origin,
        facts.customs_description == Described::Enough(true),
        facts.tax_class.to_string(),
        facts.price.currency,
        facts.supply,
    )
}

/// Puts a segment together, product by product in order of their ids.
#[derive(Default)]
pub(crate) struct Builder {
    segment: Segment,
    words: Collector,
    moulds: HashMap<MouldKey, u32>,
    categories: HashMap<i64, u16>,
}

impl Builder {
    /// Adds a product. One without anything on sale is left out.
    pub fn push(&mut self, goods: &Goods) {
        if goods.offers.is_empty() {
            return;
        }
        let at = self.segment.slots.len() as u32;
        let lots_from = self.segment.lots.len() as u32;
        for facts in &goods.offers {
            self.push_offer(facts, lots_from as usize);
        }
        let category = goods.category.map_or(0, |category| self.category(category));
        let text_from = self.segment.texts.len() as u32;
        let titles = goods.titles.iter().flat_map(|(language, title)| [language, title]);
        for (place, part) in [&goods.slug, &goods.image].into_iter().chain(titles).enumerate() {
            if place > 0 {
                self.segment.texts.push(FIELD);
            }
            self.segment.texts.extend(part.chars().map(|letter| if letter == FIELD { ' ' } else { letter }));
        }
        self.segment.slots.push(Slot { product: goods.product, text_from, lots_from, category });
        goods.titles.iter().for_each(|(_, title)| self.index(at, title, Place::Title));
        goods.aside.iter().for_each(|text| self.index(at, text, Place::Aside));
    }

    fn push_offer(&mut self, facts: &OfferFacts, lots_from: usize) {
        let mould = self.mould(facts);
        let lot = Lot {
            offer: facts.offer.raw(),
            variant: facts.variant.raw(),
            price: facts.price.minor,
            compare_at: facts.compare_at.map_or(0, |money| money.minor),
            available: AtomicI64::new(facts.available),
            mould,
            grams: facts.weight_grams.and_then(|grams| u32::try_from(grams).ok()).unwrap_or(0),
            other_prices: if facts.other_prices.is_empty() { None } else { Some(facts.other_prices.clone().into()) },
        };
        let same = |known: &&mut Lot| {
            (known.mould, known.price, known.grams, &known.other_prices)
                == (lot.mould, lot.price, lot.grams, &lot.other_prices)
        };
        // Sizes of one shirt cost the same: one lot with all their pieces, shown as the first that is there.
        match self.segment.lots[lots_from..].iter_mut().find(same) {
            Some(known) => {
                let (known_available, more) = (*known.available.get_mut(), facts.available);
                if known_available <= 0 && more > 0 {
                    (known.offer, known.variant, known.compare_at) = (lot.offer, lot.variant, lot.compare_at);
                }
                *known.available.get_mut() = known_available.max(0) + more.max(0);
            }
            None => self.segment.lots.push(lot),
        }
    }

    fn mould(&mut self, facts: &OfferFacts) -> u32 {
        let next = self.segment.moulds.len() as u32;
        let moulds = &mut self.segment.moulds;
        *self.moulds.entry(mould_key(facts)).or_insert_with(|| {
            moulds.push(OfferFacts { other_prices: Vec::new(), ..facts.clone() });
            next
        })
    }

    fn category(&mut self, category: Id<Category>) -> u16 {
        let next = u16::try_from(self.segment.categories.len() + 1).unwrap_or(u16::MAX);
        let categories = &mut self.segment.categories;
        *self.categories.entry(category.raw()).or_insert_with(|| {
            categories.push(category);
            next
        })
    }

    fn index(&mut self, slot: u32, text: &str, place: Place) {
        let words = &mut self.words;
        catalog::words::each_word(text, |word| words.note(word, slot, place as u32));
    }

    /// Takes the living products of two segments over, in order of their ids.
    fn take(&mut self, parts: [(&Segment, &dyn Fn(usize) -> bool); 2]) {
        let mut order: Vec<(i64, usize, usize)> = Vec::new();
        for (part, (segment, lives)) in parts.iter().enumerate() {
            let living = segment.slots.iter().enumerate().filter(|(at, _)| lives(*at));
            order.extend(living.map(|(at, slot)| (slot.product, part, at)));
        }
        order.sort_unstable();
        let mut moved: [Vec<u32>; 2] = parts.map(|(segment, _)| vec![u32::MAX; segment.slots.len()]);
        for (next, (_, part, at)) in order.iter().enumerate() {
            moved[*part][*at] = next as u32;
            self.take_slot(parts[*part].0, *at);
        }
        for ((segment, _), moved) in parts.iter().zip(&moved) {
            for word in 0..segment.words.len() {
                for place in segment.words.places(word) {
                    let slot = moved[(place >> 2) as usize];
                    if slot != u32::MAX {
                        self.words.note(segment.words.word(word), slot, place & 3);
                    }
                }
            }
        }
    }

    fn take_slot(&mut self, from: &Segment, at: usize) {
        let slot = &from.slots[at];
        let lots_from = self.segment.lots.len() as u32;
        for lot in from.lots_of(at) {
            let mould = self.mould(&from.moulds[from.lots[lot].mould as usize]);
            self.segment.lots.push(Lot { mould, ..from.lots[lot].clone() });
        }
        let category = from.category(slot).map_or(0, |category| self.category(category));
        let text_from = self.segment.texts.len() as u32;
        self.segment.texts.push_str(from.text(at));
        self.segment.slots.push(Slot { text_from, lots_from, category, ..*slot });
    }

    /// The segment, compact.
    pub fn finish(mut self) -> Segment {
        self.segment.words = self.words.finish();
        self.segment.texts.shrink_to_fit();
        self.segment.slots.shrink_to_fit();
        self.segment.lots.shrink_to_fit();
        self.segment
    }
}

impl Segment {
    /// One segment of the living products of two.
    pub fn merged(one: (&Segment, &dyn Fn(usize) -> bool), other: (&Segment, &dyn Fn(usize) -> bool)) -> Segment {
        let mut builder = Builder::default();
        builder.take([one, other]);
        builder.finish()
    }

    /// Where a product stands.
    pub fn find(&self, product: Id<Product>) -> Option<usize> {
        self.slots.binary_search_by_key(&product.raw(), |slot| slot.product).ok()
    }

    /// Positions of a slot's lots.
    pub fn lots_of(&self, slot: usize) -> std::ops::Range<usize> {
        let until = self.slots.get(slot + 1).map_or(self.lots.len(), |next| next.lots_from as usize);
        self.slots[slot].lots_from as usize..until
    }

    /// The category of a slot.
    pub fn category(&self, slot: &Slot) -> Option<Id<Category>> {
        self.categories.get(usize::from(slot.category).checked_sub(1)?).copied()
    }

    /// What the door needs to know of a lot, written over `facts`, which holds mould `cast` already if it is the same.
    pub fn facts(&self, lot: usize, facts: &mut Option<(u32, OfferFacts)>) {
        let lot = &self.lots[lot];
        if facts.as_ref().is_none_or(|(cast, _)| *cast != lot.mould) {
            *facts = Some((lot.mould, self.moulds[lot.mould as usize].clone()));
        }
        let Some((_, facts)) = facts else { return };
        let currency = facts.price.currency;
        facts.offer = Id::<Offer>::from_raw(lot.offer);
        facts.variant = Id::<Variant>::from_raw(lot.variant);
        facts.price.minor = lot.price;
        facts.compare_at = Some(lot.compare_at).filter(|minor| *minor > 0).map(|minor| Money::new(minor, currency));
        facts.weight_grams = Some(i64::from(lot.grams)).filter(|grams| *grams > 0);
        facts.available = lot.available.load(Ordering::Relaxed);
        facts.other_prices.clear();
        facts.other_prices.extend(lot.other_prices.iter().flat_map(|prices| prices.iter().copied()));
    }

    /// Whether a slot holds just what another segment's slot holds, but for the number of pieces. If so, that number is taken
    /// over: the most frequent change of all leaves the index as it is.
    pub fn take_stock(&self, slot: usize, other: &Segment, other_slot: usize) -> bool {
        let (mine, theirs) = (self.lots_of(slot), other.lots_of(other_slot));
        if self.text(slot) != other.text(other_slot) || mine.len() != theirs.len() {
            return false;
        }
        if self.category(&self.slots[slot]) != other.category(&other.slots[other_slot]) {
            return false;
        }
        let same = mine.clone().zip(theirs.clone()).all(|(mine, theirs)| {
            let (my, their) = (&self.lots[mine], &other.lots[theirs]);
            let there = |lot: &Lot| lot.available.load(Ordering::Relaxed) > 0;
            (my.offer, my.variant, my.price, my.compare_at, my.grams, &my.other_prices, there(my))
                == (
                    their.offer,
                    their.variant,
                    their.price,
                    their.compare_at,
                    their.grams,
                    &their.other_prices,
                    there(their),
                )
                && mould_key(&self.moulds[my.mould as usize]) == mould_key(&other.moulds[their.mould as usize])
        });
        if same {
            for (mine, theirs) in mine.zip(theirs) {
                let now = other.lots[theirs].available.load(Ordering::Relaxed);
                self.lots[mine].available.store(now, Ordering::Relaxed);
            }
        }
        same
    }

    fn text(&self, slot: usize) -> &str {
        let until = self.slots.get(slot + 1).map_or(self.texts.len(), |next| next.text_from as usize);
        &self.texts[self.slots[slot].text_from as usize..until]
    }

    fn fields(&self, slot: usize) -> impl Iterator<Item = &str> {
        self.text(slot).split(FIELD)
    }

    /// The product's name in addresses.
    pub fn slug(&self, slot: usize) -> &str {
        self.fields(slot).next().unwrap_or_default()
    }

    /// Its picture; may be empty.
    pub fn image(&self, slot: usize) -> &str {
        self.fields(slot).nth(1).unwrap_or_default()
    }

    /// Its title as readers of `language` are shown it (`catalog::shown`); after the language it is in.
    pub fn title(&self, slot: usize, language: &str) -> (&str, &str) {
        let mut titles = Vec::new();
        let mut fields = self.fields(slot).skip(2);
        while let (Some(language), Some(title)) = (fields.next(), fields.next()) {
            titles.push((language, title));
        }
        let Some((own, _)) = titles.first() else { return ("", "") };
        let shown = catalog::shown(own, titles.iter().map(|(tag, _)| *tag), language);
        titles.iter().find(|(tag, _)| *tag == shown).copied().unwrap_or_default()
    }
}
