//! Deeds at the same time: on PostgreSQL they really are.

use super::fixture::*;
use crate::*;
use logistics::EventKind;

#[test]
fn two_hands_on_one_order_leave_it_in_the_state_of_its_consignments() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        for cart in 0..8 {
            let order = paid_order(store, world, cart * 10).order;
            let ids: Vec<_> = whole_of(store, order).consignments.iter().map(|one| one.id).collect();
            let both = |deed: fn(&mut store::Tx, base::Id<Consignment>) -> base::Result<()>| {
                std::thread::scope(|scope| {
                    for id in &ids {
                        let id = *id;
                        scope.spawn(move || store.write_blocking(move |tx| deed(tx, id)).unwrap());
                    }
                });
            };
            both(|tx, id| pack(tx, id).map(drop));
            assert_eq!(whole_of(store, order).order.fulfilment, Fulfilment::Packed);
            both(|tx, id| hand_over(tx, id).map(drop));
            assert_eq!(whole_of(store, order).order.fulfilment, Fulfilment::Underway);
            std::thread::scope(|scope| {
                for id in &ids {
                    scope.spawn(|| tell(store, *id, EventKind::Delivered, 1).unwrap());
                }
            });
            assert_eq!(whole_of(store, order).order.fulfilment, Fulfilment::Delivered);
            let job = "SELECT COUNT(*) FROM job WHERE kind = 'consignment.accept' AND subject = $1";
            let waits = store.read_blocking(move |db| db.raw(job, store::params![ids[0]])).unwrap();
            assert_eq!(waits[0].get::<i64>(0).unwrap(), 1, "the window is watched");
        }
    });
}

#[test]
fn money_and_cancellation_may_race() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        for cart in 0..12 {
            let placed = store.write_blocking(move |tx| place_as(tx, &world, cart * 10, None)).unwrap();
            let (order, total) = (placed.order, placed.total);
            let (capture, lapsed) = std::thread::scope(|scope| {
                let paying = scope.spawn(move || store.write_blocking(move |tx| paid(tx, order, 0, total)).unwrap());
                let lapsing = scope.spawn(move || store.write_blocking(move |tx| lapse(tx, order)).unwrap());
                (paying.join().unwrap(), lapsing.join().unwrap())
            });
            let seen = whole_of(store, order).order;
            assert_eq!(seen.escrow(), total);
            match (capture, lapsed) {
                (Capture::Paid, false) => assert_eq!(seen.fulfilment, Fulfilment::ToPack),
                (Capture::Extra(back), true) => assert_eq!((back, seen.fulfilment), (total, Fulfilment::Cancelled)),
                other => panic!("{other:?}"),
            }
        }
    });
}

#[test]
fn packing_and_cancelling_exclude_each_other() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        for cart in 0..12 {
            let order = paid_order(store, world, cart * 10).order;
            let loom = whole_of(store, order).consignments[1].id;
            let (packed, cancelled) = std::thread::scope(|scope| {
                let packing = scope.spawn(move || store.write_blocking(move |tx| pack(tx, loom)));
                let cancelling = scope.spawn(move || store.write_blocking(move |tx| cancel(tx, order, "test")));
                (packing.join().unwrap(), cancelling.join().unwrap())
            });
            let seen = whole_of(store, order);
            match (packed, cancelled) {
                (Ok(_), Err(refused)) => {
                    assert_eq!(refused.code, "already_packed");
                    assert_eq!(seen.order.fulfilment, Fulfilment::ToPack);
                }
                (Err(refused), Ok(_)) => {
                    assert_eq!(refused.code, "wrong_state");
                    assert_eq!(seen.order.fulfilment, Fulfilment::Cancelled);
                }
                other => panic!("{other:?}"),
            }
        }
    });
}
