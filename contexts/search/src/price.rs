//! The door prices of a whole segment for one buyer, computed once and kept: what sorting, filtering and counting need.

use crate::segment::Segment;
use base::{Country, Currency, Date};
use customs::{TaxRoute, Typical};
use door::{Ask, Desk, World};
use offers::OfferFacts;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Lists kept at once; each is 24 bytes a product.
const KEPT: usize = 16;

/// The best lot of a product at one buyer's door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    /// Minor units; [`UNSOLD`] when nothing of it can be sent there.
    pub total: i64,
    /// Position of the lot.
    pub lot: u32,
    /// Days from the world's date to the first and last day of the arrival window.
    pub first_day: u16,
    pub last_day: u16,
    /// Position of the mould: its seller and its dispatch.
    pub mould: u32,
}

/// What a product costs that is not sold to the buyer.
pub(crate) const UNSOLD: i64 = i64::MAX;

/// For whom and when a list holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    destination: Country,
    region: String,
    currency: Currency,
    date: Date,
    /// Arrival depends on the hour, since handling is counted in hours.
    hour: i64,
    checkout: bool,
    typical: Typical,
    /// Exchange rates, as seen from the buyer's currency.
    rates: u64,
}

impl Key {
    /// The key of a question.
    pub fn of(world: &World, ask: &Ask) -> Key {
        let rates = world.currencies().fold(0_u64, |sum, currency| {
            let probe = world.convert(base::Money::new(1_000_000_007, currency), ask.currency);
            let minor = probe.map_or(0, |money| money.minor as u64);
            (sum.rotate_left(7) ^ minor).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        Key {
            destination: ask.destination,
            region: ask.region.to_owned(),
            currency: ask.currency,
            date: world.date,
            hour: world.now.micros().div_euclid(3_600_000_000),
            checkout: world.tax_route == TaxRoute::Checkout,
            typical: world.typical,
            rates,
        }
    }
}

type List = Arc<OnceLock<Vec<Price>>>;

/// Lists made so far, the latest used last.
#[derive(Default)]
pub(crate) struct PriceLists {
    lists: Mutex<Vec<(Key, List)>>,
}

impl PriceLists {
    /// The list for `key`: found, or empty and to be filled by the first who needs it.
    fn list(&self, key: &Key) -> List {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lists.iter().position(|(known, _)| known == key);
        let entry = match known {
            Some(at) => lists.remove(at),
            None => {
                if lists.len() >= KEPT {
                    lists.remove(0);
                }
                (key.clone(), List::default())
            }
        };
        let list = entry.1.clone();
        lists.push(entry);
        list
    }

    /// Whether the list for `key` has been made.
    fn is_made(&self, key: &Key) -> bool {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.iter().any(|(known, list)| known == key && list.get().is_some())
    }
}

/// Prices of one segment for one buyer: from a list, or one by one where few are asked for.
pub(crate) enum Prices<'a> {
    /// Every product's.
    All(List),
    /// Computed when asked for.
    Each(Box<Pricer<'a>>),
}

/// More candidates than this make a list worth while, and so does a quarter of what there is.
const FEW: usize = 1500;

impl<'a> Prices<'a> {
    /// Prices for about `wanted` products of a segment.
    pub fn of(segment: &'a Segment, world: &'a World, ask: &Ask<'a>, key: &Key, wanted: usize) -> Prices<'a> {
        let few = wanted <= FEW && wanted.saturating_mul(4) < segment.slots.len();
        if few && !segment.prices.is_made(key) {
            return Prices::Each(Box::new(Pricer::new(segment, world, *ask)));
        }
        let list = segment.prices.list(key);
        list.get_or_init(|| {
            let mut pricer = Pricer::new(segment, world, *ask);
            (0..segment.slots.len()).map(|slot| pricer.price(slot)).collect()
        });
        Prices::All(list)
    }

    /// The price of one product.
    pub fn at(&mut self, slot: usize) -> Price {
        match self {
            Prices::All(list) => list.get().and_then(|prices| prices.get(slot)).copied().unwrap_or(NOTHING),
            Prices::Each(pricer) => pricer.price(slot),
        }
    }
}

const NOTHING: Price = Price { total: UNSOLD, lot: 0, first_day: 0, last_day: 0, mould: 0 };

/// Asks the door for one product after the other.
pub(crate) struct Pricer<'a> {
    segment: &'a Segment,
    desk: Desk<'a>,
    date: Date,
    cast: Option<(u32, OfferFacts)>,
}

impl<'a> Pricer<'a> {
    /// For one buyer.
    pub fn new(segment: &'a Segment, world: &'a World, ask: Ask<'a>) -> Pricer<'a> {
        Pricer { segment, desk: Desk::new(world, ask), date: world.date, cast: None }
    }

    /// The lowest door price of what is in stock; of equal ones the earlier arrival.
    fn price(&mut self, slot: usize) -> Price {
        let mut best = NOTHING;
        for lot in self.segment.lots_of(slot) {
            if self.segment.lots[lot].available.load(Ordering::Relaxed) <= 0 {
                continue;
            }
            let Some(door) = self.door(lot) else { continue };
            let days = |date: Date| {
                let days = self.date.until(date).map_or(0, |span| i64::from(span.get_days()));
                u16::try_from(days).unwrap_or(0)
            };
            let (total, first_day, last_day) = (door.total.minor, days(door.arrives.0), days(door.arrives.1));
            if (total, last_day) < (best.total, best.last_day) || best.total == UNSOLD {
                let mould = self.segment.lots[lot].mould;
                best = Price { total, lot: lot as u32, first_day, last_day, mould };
            }
        }
        best
    }

    /// The door price of one piece of a lot, if it can be sent there.
    pub fn door(&mut self, lot: usize) -> Option<door::DoorPrice> {
        self.segment.facts(lot, &mut self.cast);
        let (_, facts) = self.cast.as_ref()?;
        self.desk.price(facts, 1).ok()
    }

    /// The facts of the lot that was priced last.
    pub fn facts(&self) -> Option<&OfferFacts> {
        self.cast.as_ref().map(|(_, facts)| facts)
    }
}
