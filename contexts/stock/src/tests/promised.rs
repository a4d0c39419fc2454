//! Pieces that are made when they are ordered, or are coming, sold before they lie there.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// On hand, promised, held, available of a variant.
fn standing(store: &Store, variant: Id<Variant>) -> (i64, i64, i64, i64) {
    let levels = store.read_blocking(move |db| levels(db, &[variant])).unwrap();
    levels.first().map_or((0, 0, 0, 0), |level| (level.on_hand, level.promised, level.held, level.available))
}

/// A warehouse where nothing lies.
fn empty(store: &Store) -> (Id<Warehouse>, Id<Variant>) {
    store.write_blocking(|tx| Ok((place(tx, "CN-SZX", SELLER)?, shirt(tx, SELLER)?[0]))).unwrap()
}

fn promising(store: &Store, at: (Id<Warehouse>, Id<Variant>), what: Promise) -> base::Result<bool> {
    store.write_as_blocking(seller(), move |tx| promise(tx, at.0, at.1, what))
}

fn holding(store: &Store, at: (Id<Warehouse>, Id<Variant>), quantity: i64, subject: i64) -> base::Result<()> {
    store.write_blocking(move |tx| hold(tx, &[want(at.0, at.1, quantity)], subject, None))
}

fn shipping(store: &Store, at: (Id<Warehouse>, Id<Variant>), quantity: i64, subject: i64) -> base::Result<()> {
    store.write_blocking(move |tx| ship(tx, subject, &[want(at.0, at.1, quantity)], &format!("csg_{subject}")))
}

#[test]
fn what_is_made_to_order_takes_capacity_until_it_leaves() {
    each(SCHEMAS, |store| {
        let at = empty(store);
        assert!(promising(store, at, Promise::Made(3)).unwrap());
        assert!(!promising(store, at, Promise::Made(3)).unwrap(), "that is so already");
        assert_eq!(standing(store, at.1), (0, 3, 0, 3));
        holding(store, at, 2, 1).unwrap();
        let refused = holding(store, at, 2, 2).unwrap_err();
        assert_eq!((refused.code, refused.fields[0].message.as_str()), ("out_of_stock", "Only 1 left."));
        holding(store, at, 1, 3).unwrap();
        assert_eq!(standing(store, at.1), (0, 3, 3, 0));
        shipping(store, at, 2, 1).unwrap();
        shipping(store, at, 2, 1).unwrap();
        assert_eq!(standing(store, at.1), (0, 3, 1, 2), "two were made and left, once, and their places are free");
        store.write_blocking(|tx| release(tx, 3)).unwrap();
        assert_eq!(standing(store, at.1), (0, 3, 0, 3));
        let key = moving(at.0, at.1, -1, "gone");
        assert_eq!(store.write_blocking(move |tx| adjust(tx, &key)).unwrap_err().code, "stock_held", "none lies there");
        assert_eq!(promising(store, at, Promise::Made(0)).unwrap_err().fields[0].name, "capacity");
    });
}

#[test]
fn less_capacity_ends_with_what_is_open() {
    each(SCHEMAS, |store| {
        let at = empty(store);
        promising(store, at, Promise::Made(5)).unwrap();
        holding(store, at, 2, 1).unwrap();
        holding(store, at, 2, 2).unwrap();
        promising(store, at, Promise::Made(1)).unwrap();
        assert_eq!(standing(store, at.1), (0, 4, 4, 0), "what is open stays");
        store.write_blocking(|tx| release(tx, 1)).unwrap();
        assert_eq!(standing(store, at.1), (0, 2, 2, 0), "what is freed is not sold again");
        promising(store, at, Promise::None).unwrap();
        shipping(store, at, 2, 2).unwrap();
        assert_eq!(standing(store, at.1), (0, 0, 0, 0), "the last ones are made, and no more");
    });
}

#[test]
fn what_comes_keeps_the_promise_first() {
    each(SCHEMAS, |store| {
        let at = empty(store);
        promising(store, at, Promise::Coming(4)).unwrap();
        holding(store, at, 3, 1).unwrap();
        assert_eq!(shipping(store, at, 3, 1).unwrap_err().code, "not_arrived");
        assert_eq!(standing(store, at.1), (0, 4, 3, 1), "nothing has left");
        let two = moving(at.0, at.1, 2, "first");
        store.write_blocking(move |tx| receive(tx, &two)).unwrap();
        assert_eq!(standing(store, at.1), (2, 2, 3, 1), "what came was sold already");
        assert_eq!(shipping(store, at, 3, 1).unwrap_err().code, "not_arrived", "one is missing");
        assert!(promising(store, at, Promise::None).unwrap(), "the rest is not sold before it is here");
        assert_eq!(standing(store, at.1), (2, 1, 3, 0));
        let five = moving(at.0, at.1, 5, "count");
        assert_eq!(store.write_blocking(move |tx| set_on_hand(tx, &five)).unwrap(), 3);
        assert_eq!(standing(store, at.1), (5, 0, 3, 2), "one of them is the buyer's, two are free");
        shipping(store, at, 3, 1).unwrap();
        assert_eq!(standing(store, at.1), (2, 0, 0, 2));
    });
}

#[test]
fn who_may_not_touch_the_stock_promises_nothing() {
    each(SCHEMAS, |store| {
        let at = empty(store);
        let stranger = Actor::Person { person: 2, organisation: SELLER + 1, role: Role::SellerStaff };
        let wrong = store.write_as_blocking(stranger, move |tx| promise(tx, at.0, at.1, Promise::Made(3)));
        assert_eq!(wrong.unwrap_err().kind, base::Kind::Denied);
        assert_eq!(standing(store, at.1), (0, 0, 0, 0));
    });
}

#[test]
fn of_many_buyers_at_once_as_many_get_one_as_can_be_made() {
    each(SCHEMAS, |store| {
        let at = empty(store);
        promising(store, at, Promise::Made(7)).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let sold = runtime.block_on(async {
            let mut buyers = tokio::task::JoinSet::new();
            for buyer in 0..60_i64 {
                let store = store.clone();
                buyers.spawn(async move {
                    let wants = [want(at.0, at.1, 1)];
                    store.write(move |tx| hold(tx, &wants, 1_000 + buyer, None)).await.map(|()| buyer)
                });
            }
            let outcomes = buyers.join_all().await;
            assert!(outcomes.iter().filter_map(|one| one.as_ref().err()).all(|error| error.code == "out_of_stock"));
            let sold: Vec<i64> = outcomes.into_iter().filter_map(base::Result::ok).collect();
            // They leave while the seller changes its mind, goods come and others buy.
            let mut deeds = tokio::task::JoinSet::new();
            for buyer in sold.clone() {
                let store = store.clone();
                deeds.spawn(async move {
                    let key = format!("csg_{buyer}");
                    store.write(move |tx| ship(tx, 1_000 + buyer, &[want(at.0, at.1, 1)], &key)).await
                });
            }
            for other in 0..5 {
                let store = store.clone();
                deeds.spawn(async move {
                    store.write(move |tx| promise(tx, at.0, at.1, Promise::Made(4 + other % 2)).map(drop)).await
                });
            }
            assert!(deeds.join_all().await.iter().all(base::Result::is_ok));
            sold.len()
        });
        assert_eq!(sold, 7);
        promising(store, at, Promise::Made(4)).unwrap();
        assert_eq!(standing(store, at.1), (0, 4, 0, 4));
    });
}

#[derive(Clone, Debug)]
enum Deed {
    Promise(Promise),
    Receive(i64),
    Count(i64),
    Lose(i64),
    Hold(i64, i64),
    Release(i64),
    Ship(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (1i64..8).prop_map(|most| Deed::Promise(Promise::Made(most))),
        (1i64..8).prop_map(|most| Deed::Promise(Promise::Coming(most))),
        Just(Deed::Promise(Promise::None)),
        (1i64..6).prop_map(Deed::Receive),
        (0i64..6).prop_map(Deed::Count),
        (1i64..4).prop_map(Deed::Lose),
        (1i64..5, 1i64..5).prop_map(|(subject, pieces)| Deed::Hold(subject, pieces)),
        (1i64..5).prop_map(Deed::Release),
        (1i64..5).prop_map(Deed::Ship),
    ]
}

/// What a shelf must come to, in whole numbers.
#[derive(Clone, Debug, Default)]
struct Model {
    on_hand: i64,
    promised: i64,
    capacity: i64,
    renews: bool,
    holds: BTreeMap<i64, i64>,
}

impl Model {
    fn free(&self) -> i64 {
        self.on_hand + self.promised - self.holds.values().sum::<i64>()
    }

    fn settle(&mut self) {
        self.promised += (self.capacity - self.promised).max(-self.free());
    }

    fn arrive(&mut self, pieces: i64) {
        self.on_hand += pieces;
        let awaited = if self.renews { (self.promised - self.capacity).max(0) } else { self.promised };
        self.promised -= awaited.min(pieces);
        if !self.renews {
            self.capacity = self.capacity.min(self.promised);
        }
    }

    fn lose(&mut self, pieces: i64) -> bool {
        let may = pieces <= self.on_hand && pieces <= self.free();
        self.on_hand -= if may { pieces } else { 0 };
        may
    }

    /// Does the deed; says whether it may be done.
    fn act(&mut self, deed: &Deed) -> bool {
        match *deed {
            Deed::Promise(promise) => {
                match promise {
                    Promise::None => self.capacity = 0,
                    Promise::Made(most) => (self.capacity, self.renews) = (most, true),
                    Promise::Coming(most) => (self.capacity, self.renews) = (most, false),
                }
                self.settle();
                true
            }
            Deed::Receive(pieces) => {
                self.arrive(pieces);
                true
            }
            Deed::Count(pieces) if pieces >= self.on_hand => {
                self.arrive(pieces - self.on_hand);
                true
            }
            Deed::Count(pieces) => self.lose(self.on_hand - pieces),
            Deed::Lose(pieces) => self.lose(pieces),
            Deed::Hold(subject, pieces) => {
                let may = pieces <= self.free();
                *self.holds.entry(subject).or_default() += if may { pieces } else { 0 };
                may
            }
            Deed::Release(subject) => {
                if self.holds.remove(&subject).is_some_and(|held| held > 0) {
                    // Only what is too much is withdrawn; a promise is never made anew by it.
                    self.promised -= (self.promised - self.capacity).min(self.free()).max(0);
                }
                true
            }
            Deed::Ship(subject) => {
                let pieces = self.holds.get(&subject).copied().unwrap_or_default();
                let missing = (pieces - self.on_hand).max(0);
                if pieces == 0 || (missing > 0 && !self.renews) {
                    return pieces == 0;
                }
                self.holds.remove(&subject);
                self.on_hand -= pieces - missing;
                if missing > 0 {
                    self.promised -= missing;
                    self.settle();
                }
                true
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_promised_nothing_is_sold_twice(deeds in proptest::collection::vec(deed(), 1..40)) {
        for (_, store) in store::testing::stores(SCHEMAS) {
            let at = empty(&store);
            let mut model = Model::default();
            for (number, deed) in deeds.iter().enumerate() {
                let before = standing(&store, at.1);
                let quantity = match deed { Deed::Ship(subject) => model.holds.get(subject).copied().unwrap_or(0), _ => 0 };
                let may = model.act(deed);
                let key = format!("deed {number}");
                let done = match *deed {
                    Deed::Promise(what) => promising(&store, at, what).map(drop),
                    Deed::Receive(pieces) => store.write_blocking(move |tx| receive(tx, &moving(at.0, at.1, pieces, &key))),
                    Deed::Count(pieces) => {
                        store.write_blocking(move |tx| set_on_hand(tx, &moving(at.0, at.1, pieces, &key)).map(drop))
                    }
                    Deed::Lose(pieces) => store.write_blocking(move |tx| adjust(tx, &moving(at.0, at.1, -pieces, &key))),
                    Deed::Hold(subject, pieces) => holding(&store, at, pieces, subject),
                    Deed::Release(subject) => store.write_blocking(move |tx| release(tx, subject).map(drop)),
                    Deed::Ship(_) if quantity == 0 => Ok(()),
                    Deed::Ship(subject) => store.write_blocking(move |tx| ship(tx, subject, &[want(at.0, at.1, quantity)], &key)),
                };
                prop_assert_eq!(done.is_ok(), may, "{:?} of {:?}: {:?}", deed, model, done);
                let now = standing(&store, at.1);
                if !may {
                    prop_assert_eq!(now, before, "what is refused changes nothing");
                }
                let held: i64 = model.holds.values().sum();
                prop_assert_eq!(now, (model.on_hand, model.promised, held, model.free()), "after {:?}", deed);
                prop_assert!(now.0 >= 0 && now.1 >= 0 && now.3 >= 0, "{:?}", now);
                prop_assert!(model.promised <= model.capacity || now.3 == 0, "nothing is sold beyond the capacity");
            }
        }
    }
}
