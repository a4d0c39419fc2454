//! The only clock of the house: the system's, a manual one for tests, or the system's with an offset for demonstrations.

use base::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where `tx.now()` comes from. Clones share the same hands.
#[derive(Clone, Debug)]
pub struct Clock {
    kind: Kind,
    /// Manual: microseconds since the epoch. Adjustable: microseconds ahead of the system's clock.
    hands: Arc<AtomicI64>,
    /// A clock that can be moved, over a store that is taken for real all the same.
    real: Arc<AtomicBool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    System,
    Manual,
    Adjustable,
}

impl Clock {
    /// The system's clock; cannot be moved.
    pub fn system() -> Clock {
        Clock { kind: Kind::System, hands: Arc::default(), real: Arc::default() }
    }

    /// A clock that stands still at `start` until moved. Ids and keys are deterministic with it.
    pub fn manual(start: Moment) -> Clock {
        Clock { kind: Kind::Manual, hands: Arc::new(AtomicI64::new(start.micros())), real: Arc::default() }
    }

    /// The system's clock, running, which can be moved ahead.
    pub fn adjustable() -> Clock {
        Clock { kind: Kind::Adjustable, hands: Arc::default(), real: Arc::default() }
    }

    /// The time.
    pub fn now(&self) -> Moment {
        match self.kind {
            Kind::System => system_now(),
            Kind::Manual => Moment(self.hands.load(Ordering::SeqCst)),
            Kind::Adjustable => Moment(system_now().micros() + self.hands.load(Ordering::SeqCst)),
        }
    }

    /// Moves the hands by `seconds`. The system's clock stays as it is.
    pub fn advance_seconds(&self, seconds: i64) {
        if self.kind != Kind::System {
            self.hands.fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
        }
    }

    /// Sets the hands to `moment`. The system's clock stays as it is.
    pub fn set(&self, moment: Moment) {
        match self.kind {
            Kind::System => {}
            Kind::Manual => self.hands.store(moment.micros(), Ordering::SeqCst),
            Kind::Adjustable => self.hands.store(moment.micros() - system_now().micros(), Ordering::SeqCst),
        }
    }

    /// How the hands stand, for [`Clock::put_back`].
    pub fn hands(&self) -> i64 {
        self.hands.load(Ordering::SeqCst)
    }

    /// Puts the hands back as they stood: a manual clock to its moment, an adjustable one to as far ahead as it was.
    pub fn put_back(&self, hands: i64) {
        if self.kind != Kind::System {
            self.hands.store(hands, Ordering::SeqCst);
        }
    }

    /// Whether the clock only moves when told: ids and keys are deterministic then.
    pub fn is_manual(&self) -> bool {
        self.kind == Kind::Manual
    }

    /// Whether [`Clock::set`] and [`Clock::advance_seconds`] have an effect.
    pub fn is_movable(&self) -> bool {
        self.kind != Kind::System
    }

    /// Whether nothing that happens under this clock is real: it can be moved, as in the demonstration, in test mode, in the
    /// simulation and in tests.
    pub fn is_rehearsal(&self) -> bool {
        self.is_movable() && !self.real.load(Ordering::SeqCst)
    }

    /// From now on what happens counts as real, although the clock can be moved: for tests of what only a real shop does.
    pub fn take_for_real(&self) {
        self.real.store(true, Ordering::SeqCst);
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn system_now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_when_told() {
        let clock = Clock::manual(Moment(5));
        let same = clock.clone();
        clock.advance_seconds(2);
        assert_eq!(same.now(), Moment(2_000_005));
        same.set(Moment(7));
        assert_eq!(clock.now(), Moment(7));
    }

    #[test]
    fn what_happens_under_a_clock_that_can_be_moved_is_a_rehearsal() {
        assert!(!Clock::system().is_rehearsal());
        assert!(Clock::adjustable().is_rehearsal());
        let clock = Clock::manual(Moment(5));
        let same = clock.clone();
        assert!(clock.is_rehearsal());
        clock.take_for_real();
        assert!(!same.is_rehearsal() && same.is_movable());
    }

    #[test]
    fn hands_are_put_back_as_they_stood() {
        let manual = Clock::manual(Moment(5));
        let hands = manual.hands();
        manual.set(Moment(900));
        manual.put_back(hands);
        assert_eq!(manual.now(), Moment(5));
        let clock = Clock::adjustable();
        let (hands, before) = (clock.hands(), clock.now());
        clock.set(before.plus_days(-31));
        clock.put_back(hands);
        assert!(
            clock.now() >= before && clock.now() <= Clock::system().now(),
            "no later and no earlier than the system's"
        );
    }

    #[test]
    fn an_adjustable_clock_runs_ahead_and_the_system_clock_does_not_move() {
        let clock = Clock::adjustable();
        let before = clock.now();
        clock.advance_seconds(86_400);
        assert!(clock.now() >= before.plus_days(1) && clock.now() < before.plus_days(2));
        let system = Clock::system();
        let before = system.now();
        system.advance_seconds(86_400);
        assert!(system.now() < before.plus_hours(1));
    }
}
