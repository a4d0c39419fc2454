//! Where ids and secret keys come from: time-ordered 63-bit ids, 160-bit tokens.

use crate::Clock;
use base::Moment;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

/// 2025-01-01T00:00:00Z in milliseconds since 1970: where ids begin to count.
const EPOCH: i64 = 1_735_689_600_000;
const SEQUENCE_BITS: u32 = 12;
const NODE_BITS: u32 = 10;
/// How many processes may make ids at the same time.
pub(crate) const NODES: i64 = 1 << NODE_BITS;

/// Makes ids and keys for one store.
pub(crate) struct Source {
    node: AtomicI64,
    /// Milliseconds and sequence of the last id, as one number that only grows.
    last: AtomicI64,
    /// Under a manual clock keys come from here and repeat from run to run.
    seeded: Option<Mutex<StdRng>>,
}

impl Source {
    /// `clock` decides whether keys repeat from run to run.
    pub(crate) fn new(clock: &Clock) -> Source {
        let seeded = clock.is_manual().then(|| Mutex::new(StdRng::seed_from_u64(20_261_120)));
        Source { node: AtomicI64::new(0), last: AtomicI64::new(0), seeded }
    }

    /// Says which of the [`NODES`] this process is; before the first id.
    pub(crate) fn set_node(&self, node: i64) {
        self.node.store(node.rem_euclid(NODES), Ordering::Relaxed);
    }

    pub(crate) fn node(&self) -> i64 {
        self.node.load(Ordering::Relaxed)
    }

    /// The next id: milliseconds since 2025 << 22 | node << 12 | sequence. Always larger than the one before, also
    /// when the clock stands still or steps back: the sequence carries into the milliseconds.
    pub(crate) fn id(&self, now: Moment) -> i64 {
        let earliest = (now.micros() / 1000 - EPOCH).max(0) << SEQUENCE_BITS;
        let next = |last: i64| earliest.max(last + 1);
        let taken = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
        let counted = next(taken.unwrap_or_else(|last| last));
        let (millis, sequence) = (counted >> SEQUENCE_BITS, counted & ((1 << SEQUENCE_BITS) - 1));
        millis << (NODE_BITS + SEQUENCE_BITS) | self.node() << SEQUENCE_BITS | sequence
    }

    /// 160 random bits as 32 url-safe letters and digits.
    pub(crate) fn key(&self) -> String {
        let mut bytes = [0; 32];
        match &self.seeded {
            Some(seeded) => seeded.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes),
            None => rand::rng().fill_bytes(&mut bytes),
        }
        bytes.iter().map(|byte| char::from(b"0123456789abcdefghjkmnpqrstvwxyz"[usize::from(byte % 32)])).collect()
    }
}

/// The first id a process could have made at `moment`, for comparing ids with times: every id is younger than a moment
/// before 2025, none is younger than one after the last that ids can count to, in 2094.
pub fn first_id_at(moment: Moment) -> i64 {
    const LAST: i64 = i64::MAX >> (NODE_BITS + SEQUENCE_BITS);
    (moment.micros() / 1000 - EPOCH).clamp(0, LAST) << (NODE_BITS + SEQUENCE_BITS)
}

/// When an id was made, to the millisecond, by the clock of the process that made it.
pub fn moment_of(id: i64) -> Moment {
    Moment(((id >> (NODE_BITS + SEQUENCE_BITS)) + EPOCH) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: Moment = Moment((EPOCH + 12 * 3_600_000) * 1000);

    proptest! {
        #[test]
        fn ids_only_grow_whatever_the_clock_does(steps in prop::collection::vec(-5_000_000i64..5_000_000, 1..200)) {
            let source = Source::new(&Clock::manual(NOON));
            source.set_node(1023);
            let (mut now, mut last) = (NOON, 0);
            for step in steps {
                now = Moment(now.micros() + step);
                let id = source.id(now);
                prop_assert!(id > last);
                prop_assert_eq!((id >> 12) & 1023, 1023);
                last = id;
            }
        }
    }

    #[test]
    fn a_standing_clock_carries_into_the_milliseconds() {
        let source = Source::new(&Clock::manual(NOON));
        let first = source.id(NOON);
        assert_eq!(first, first_id_at(NOON));
        assert_eq!(moment_of(first), NOON);
        let ids: Vec<i64> = (1..5000).map(|_| source.id(NOON)).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert_eq!(ids[4094], first + 4095);
        assert_eq!(ids[4095], first_id_at(Moment(NOON.micros() + 1000)));
    }

    #[test]
    fn processes_do_not_make_the_same_id() {
        let (one, other) = (Source::new(&Clock::manual(NOON)), Source::new(&Clock::manual(NOON)));
        other.set_node(1);
        let mut ids: Vec<i64> = (0..1000).flat_map(|_| [one.id(NOON), other.id(NOON)]).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 2000);
    }

    #[test]
    fn keys_are_long_and_repeat_only_under_a_manual_clock() {
        let manual = || Source::new(&Clock::manual(NOON));
        let (one, other) = (manual(), manual());
        let keys = [one.key(), one.key()];
        assert_eq!(keys, [other.key(), other.key()]);
        assert_ne!(keys[0], keys[1]);
        let real = || Source::new(&Clock::system()).key();
        let key = real();
        assert_ne!(key, real());
        assert_eq!(key.len(), 32);
        assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }

    #[test]
    fn moments_beyond_the_last_id_are_after_every_id() {
        let (year_2093, year_2101) = (Moment(3_900_000_000_000_000), Moment(4_133_980_800_000_000));
        assert!(first_id_at(year_2093) < first_id_at(year_2101));
    }

    #[test]
    fn no_id_is_older_than_2025() {
        assert_eq!(first_id_at(Moment(0)), 0);
        assert_eq!(Source::new(&Clock::manual(Moment(0))).id(Moment(0)), 1);
    }
}
