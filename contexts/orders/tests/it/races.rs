//! Deeds at the same time: on PostgreSQL they really are.

use super::fixture::*;
use logistics::EventKind;
use orders::*;

#[test]
fn two_hands_on_one_order_leave_it_in_the_state_of_its_consignments() {
    each(|shop| {
        for cart in 0..8 {
            let order = paid_order(shop, cart * 10).order;
            let ids: Vec<_> = shop.whole(order).consignments.iter().map(|one| one.id).collect();
            let both = |deed: fn(&mut store::Tx, base::Id<Consignment>) -> base::Result<()>| {
                std::thread::scope(|scope| {
                    for id in &ids {
                        let id = *id;
                        scope.spawn(move || shop.write(move |tx| deed(tx, id)));
                    }
                });
            };
            both(|tx, id| pack(tx, id).map(drop));
            assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Packed);
            both(|tx, id| hand_over(tx, id).map(drop));
            assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Underway);
            std::thread::scope(|scope| {
                for id in &ids {
                    scope.spawn(|| tell(shop, *id, EventKind::Delivered, 1).unwrap());
                }
            });
            assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Delivered);
            let job = "SELECT COUNT(*) FROM job WHERE kind = 'consignment.accept' AND subject = $1";
            let waits = shop.read(move |db| db.raw(job, store::params![ids[0]]));
            assert_eq!(waits[0].get::<i64>(0).unwrap(), 1, "the window is watched");
        }
    });
}

#[test]
fn money_and_cancellation_may_race() {
    each(|shop| {
        for cart in 0..12 {
            let placed = placed(shop, cart * 10);
            let (order, total) = (placed.order, placed.total);
            let (capture, lapsed) = std::thread::scope(|scope| {
                let paying = scope.spawn(move || shop.write(move |tx| paid(tx, order, 0, total)));
                let lapsing = scope.spawn(move || shop.write(move |tx| lapse(tx, order)));
                (paying.join().unwrap(), lapsing.join().unwrap())
            });
            let seen = shop.whole(order).order;
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
    each(|shop| {
        for cart in 0..12 {
            let order = paid_order(shop, cart * 10).order;
            let loom = shop.whole(order).consignments[1].id;
            let (packed, cancelled) = std::thread::scope(|scope| {
                let packing = scope.spawn(move || shop.pack(loom));
                let cancelling = scope.spawn(move || shop.store.write_blocking(move |tx| cancel(tx, order, "test")));
                (packing.join().unwrap(), cancelling.join().unwrap())
            });
            let seen = shop.whole(order);
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
