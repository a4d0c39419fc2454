//! The door prices of a whole segment for one buyer, computed once and kept: what sorting, filtering and counting need.

use crate::segment::Segment;
use base::{Country, Currency, Date, Moment};
use customs::{TaxRoute, Typical};
use door::{Ask, Desk, World};
use offers::OfferFacts;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Lists kept at once are at least so many; each is 24 bytes a product,
const KEPT: usize = 16;
/// and more are kept while all of a segment together take no more than so many bytes: a shop of a hundred thousand products keeps
/// twenty-six of them, one of ten thousand two hundred and sixty.
const KEPT_BYTES: usize = 64_000_000;

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
    /// The days on which goods are ready that are asked for now: one for each time of handling there is, since that is counted in
    /// hours. So a list holds until some of its goods miss a day, and not only for an hour.
    ready: Vec<Date>,
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
            ready: Vec::new(),
            checkout: world.tax_route == TaxRoute::Checkout,
            typical: world.typical,
            rates,
        }
    }

    /// The same for the goods of one segment.
    fn with(&self, segment: &Segment, now: Moment) -> Key {
        let ready = segment.prices.handling(segment).map(|hours| now.plus_hours(hours).date());
        Key { ready: ready.collect(), ..self.clone() }
    }

    /// Whether both can hold at one moment.
    fn is_of_time(&self, other: &Key) -> bool {
        (self.date, &self.ready) == (other.date, &other.ready)
    }
}

type List = Arc<OnceLock<Vec<Price>>>;

/// A list, and how often it was asked for.
struct Kept {
    key: Key,
    list: List,
    asked: u64,
}

/// Lists made so far, the latest used last.
#[derive(Default)]
pub(crate) struct PriceLists {
    lists: Mutex<Vec<Kept>>,
    /// The hours that goods of the segment take to be handled, each once.
    handling: OnceLock<Vec<i64>>,
}

impl PriceLists {
    fn handling(&self, segment: &Segment) -> impl Iterator<Item = i64> {
        let hours = self.handling.get_or_init(|| {
            let hours: BTreeSet<i64> = segment.moulds.iter().map(|mould| mould.terms.handling_hours).collect();
            hours.into_iter().collect()
        });
        hours.iter().copied()
    }

    /// The list for `key`: found, or empty and to be filled by the first who needs it.
    fn list(&self, key: &Key, products: usize) -> List {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let mut entry = match lists.iter().position(|known| known.key == *key) {
            Some(at) => lists.remove(at),
            None => {
                // What was true yesterday is nobody's any more.
                lists.retain(|known| known.key.is_of_time(key));
                if lists.len() >= kept(products) {
                    let at = in_the_way(&lists);
                    lists.remove(at);
                }
                Kept { key: key.clone(), list: List::default(), asked: 0 }
            }
        };
        entry.asked += 1;
        let list = entry.list.clone();
        lists.push(entry);
        list
    }

    /// Whether the list for `key` has been made.
    fn is_made(&self, key: &Key) -> bool {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.iter().any(|known| known.key == *key && known.list.get().is_some())
    }
}

/// How many lists of so many products are kept.
fn kept(products: usize) -> usize {
    (KEPT_BYTES / size_of::<Price>() / products.max(1)).max(KEPT)
}

/// The list that goes for another: the latest that was asked for once only, or else the one that was not asked for for longest. Were
/// it always the latter, of destinations that take turns and are a few too many none would find its list.
fn in_the_way(lists: &[Kept]) -> usize {
    lists.iter().rposition(|known| known.asked == 1).unwrap_or(0)
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
        let key = &key.with(segment, world.now);
        let few = wanted <= FEW && wanted.saturating_mul(4) < segment.slots.len();
        if few && !segment.prices.is_made(key) {
            return Prices::Each(Box::new(Pricer::new(segment, world, *ask)));
        }
        let list = segment.prices.list(key, segment.slots.len());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn key(destination: Country, now: &str) -> Key {
        let now: Moment = now.parse().unwrap();
        let key = Key {
            destination,
            region: String::new(),
            currency: Currency::EUR,
            date: now.date(),
            ready: Vec::new(),
            checkout: true,
            typical: Typical::Accept,
            rates: 1,
        };
        let prices = PriceLists { handling: OnceLock::from(vec![2, 40]), ..PriceLists::default() };
        key.with(&Segment { prices, ..Segment::default() }, now)
    }

    /// How many lists had to be made for `destinations` that take turns for so many rounds.
    fn made(products: usize, destinations: usize, rounds: usize) -> usize {
        let (lists, mut made) = (PriceLists::default(), 0);
        for _ in 0..rounds {
            for destination in Country::all().take(destinations) {
                lists.list(&key(destination, "2026-11-20T09:00:00Z"), products).get_or_init(|| {
                    made += 1;
                    Vec::new()
                });
            }
        }
        made
    }

    #[test]
    fn destinations_that_take_turns_find_their_lists() {
        assert_eq!(made(100_000, 20, 5), 20, "each is made once");
        assert_eq!(made(10_000, 200, 3), 200);
        assert_eq!(made(10_000_000, 20, 5), 20 + 4 * 5, "four too many: fifteen of twenty find theirs");
    }

    #[test]
    fn a_list_holds_until_goods_miss_a_day_and_goes_with_it() {
        let germany: Country = "DE".parse().unwrap();
        let at = |time: &str| key(germany, &format!("2026-11-20T{time}:00Z"));
        assert_eq!(at("08:00"), at("21:59"), "ready on the same days, whatever the hour");
        assert_ne!(at("07:59"), at("08:00"), "forty hours later it is midnight");
        assert_ne!(at("21:59"), at("22:00"), "two hours later it is");
        let lists = PriceLists::default();
        lists.list(&at("07:59"), 10).get_or_init(Vec::new);
        assert!(lists.is_made(&at("00:00")));
        lists.list(&at("08:00"), 10);
        assert!(!lists.is_made(&at("07:59")), "nobody asks for it any more");
    }
}
