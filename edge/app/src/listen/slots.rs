//! Who is connected, and which connection waits longest.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Whoever has one IPv6 address has the 2^64 around it.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) >> 64 << 64).into()),
        four => four,
    }
}

/// One connection, as its reader, its requests and the others see it.
pub(super) struct State {
    address: IpAddr,
    /// Requests being answered: one, or none.
    at_work: AtomicUsize,
    /// A number that grows with every turn of any connection: the least has waited longest.
    since: AtomicU64,
    turns: Arc<AtomicU64>,
    go: Notify,
}

impl State {
    pub(super) fn is_at_work(&self) -> bool {
        self.at_work.load(Ordering::SeqCst) > 0
    }

    fn turn(&self) {
        self.since.store(self.turns.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
    }

    /// One that is not counted, for tests of what reads and writes.
    #[cfg(test)]
    pub(super) fn alone() -> Arc<State> {
        Slots::new(0, 0).admit(IpAddr::from([127, 0, 0, 1])).expect("there is no limit").state()
    }
}

/// While it lives its connection is being answered.
pub(super) struct AtWork(Arc<State>);

impl AtWork {
    pub(super) fn begin(state: &Arc<State>) -> AtWork {
        state.at_work.fetch_add(1, Ordering::SeqCst);
        AtWork(state.clone())
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.turn();
        self.0.at_work.fetch_sub(1, Ordering::SeqCst);
    }
}

/// All connections.
pub struct Slots {
    in_all: usize,
    per_address: usize,
    turns: Arc<AtomicU64>,
    open: Arc<Mutex<BTreeMap<u64, Arc<State>>>>,
}

/// The place of a connection among all; free again when it is dropped.
pub(super) struct Slot {
    number: u64,
    state: Arc<State>,
    open: Arc<Mutex<BTreeMap<u64, Arc<State>>>>,
}

impl Slots {
    /// At most so many in all, and of one address; 0: no limit.
    pub fn new(in_all: usize, per_address: usize) -> Slots {
        Slots { in_all, per_address, turns: Arc::default(), open: Arc::default() }
    }

    /// A place for one more of `address`. Where there is none, the one that has waited longest goes; `None` when all are at work.
    pub(super) fn admit(&self, address: IpAddr) -> Option<Slot> {
        let address = neighbourhood(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |count: usize, limit: usize| limit > 0 && count >= limit;
        if full(open.values().filter(|state| state.address == address).count(), self.per_address) {
            send_away(&mut open, |state| state.address == address).then_some(())?;
        }
        if full(open.len(), self.in_all) {
            send_away(&mut open, |_| true).then_some(())?;
        }
        let number = self.turns.fetch_add(1, Ordering::SeqCst);
        let state = Arc::new(State {
            address,
            at_work: AtomicUsize::new(0),
            since: AtomicU64::new(number),
            turns: self.turns.clone(),
            go: Notify::new(),
        });
        open.insert(number, state.clone());
        Some(Slot { number, state, open: self.open.clone() })
    }

    /// Whoever has waited longest goes, if anybody waits.
    pub(super) fn make_room(&self) {
        send_away(&mut self.open.lock().unwrap_or_else(PoisonError::into_inner), |_| true);
    }
}

/// Sends the one away that has waited longest of those that `may` go and are not at work; whether there was one.
fn send_away(open: &mut BTreeMap<u64, Arc<State>>, may: impl Fn(&State) -> bool) -> bool {
    let waiting = open.iter().filter(|(_, state)| !state.is_at_work() && may(state));
    let longest = waiting.min_by_key(|(_, state)| state.since.load(Ordering::SeqCst)).map(|(number, _)| *number);
    let gone = longest.and_then(|number| open.remove(&number));
    if let Some(gone) = &gone {
        gone.go.notify_one();
    }
    gone.is_some()
}

impl Slot {
    pub(super) fn state(&self) -> Arc<State> {
        self.state.clone()
    }

    /// Comes back when another needs the place.
    pub(super) async fn asked_to_go(&self) {
        self.state.go.notified().await;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn open(slots: &Slots) -> usize {
        slots.open.lock().unwrap().len()
    }

    fn is_sent_away(slot: &Slot) -> bool {
        !slot.open.lock().unwrap().contains_key(&slot.number)
    }

    #[test]
    fn who_has_waited_longest_makes_room_and_nobody_who_is_answered() {
        let slots = Slots::new(0, 2);
        let first = slots.admit(ip("192.0.2.1")).unwrap();
        let second = slots.admit(ip("192.0.2.1")).unwrap();
        // The first has had a turn since the second came.
        drop(AtWork::begin(&first.state()));
        let third = slots.admit(ip("192.0.2.1")).unwrap();
        assert!(is_sent_away(&second) && !is_sent_away(&first));
        let work = [AtWork::begin(&first.state()), AtWork::begin(&third.state())];
        assert!(slots.admit(ip("192.0.2.1")).is_none(), "both are at work");
        assert!(slots.admit(ip("192.0.2.2")).is_some(), "another address has its own");
        drop(work);
        drop(first);
        assert!(slots.admit(ip("192.0.2.1")).is_some());
        assert!(!is_sent_away(&third), "there was a free place");
    }

    #[test]
    fn networks_are_counted_together_and_all_have_an_end() {
        let slots = Slots::new(3, 1);
        let six = slots.admit(ip("2001:db8:1:2::1")).unwrap();
        let neighbour = slots.admit(ip("2001:db8:1:2:ffff::9")).unwrap();
        assert!(is_sent_away(&six), "the same /64 network");
        let mapped = slots.admit(ip("::ffff:192.0.2.1")).unwrap();
        let four = slots.admit(ip("192.0.2.1")).unwrap();
        assert!(is_sent_away(&mapped), "the same address, written as IPv6");
        let other = slots.admit(ip("192.0.2.9")).unwrap();
        assert_eq!(open(&slots), 3);
        let last = slots.admit(ip("192.0.2.10")).unwrap();
        assert!(is_sent_away(&neighbour) && open(&slots) == 3);
        drop((four, other, last, neighbour, six, mapped));
        assert_eq!(open(&slots), 0);
    }
}
