//! Pieces taken out of an order, and parcels that are called back: goods, papers and states.

use super::fixture::*;
use crate::*;
use base::{Actor, Id, Kind};
use store::Store;

fn free(store: &Store, world: &World) -> i64 {
    let variant = world.seller.variant;
    store.read_blocking(move |db| stock::levels(db, &[variant])).unwrap()[0].available
}

fn call_off(store: &Store, actor: Actor, of: Id<Consignment>, line: Id<Line>, pieces: i64) -> base::Result<()> {
    store.write_as_blocking(actor, move |tx| call_off_pieces(tx, of, &[(line, pieces)], "changed_mind"))
}

/// The seller's consignment and its two lines, of two and three pieces.
fn own(store: &Store, world: &World, order: Id<Order>) -> (Consignment, Vec<Line>) {
    let whole = whole_of(store, order);
    let known = whole.consignments.iter().find(|one| one.organisation == world.seller.organisation).unwrap().clone();
    let lines = whole.lines_of(known.id).cloned().collect();
    (known, lines)
}

#[test]
fn no_more_leaves_an_order_than_is_in_it() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let before = free(store, &world);
        let (known, lines) = own(store, &world, order);
        let line = lines[0].id;
        for pieces in [3, -1] {
            let error = call_off(store, Actor::Guest, known.id, line, pieces).unwrap_err();
            assert_eq!((error.kind, error.code), (Kind::Conflict, "too_many_pieces"), "{pieces}");
        }
        assert_eq!(free(store, &world), before, "nothing was done");
        call_off(store, Actor::Guest, known.id, line, 1).unwrap();
        assert_eq!(call_off(store, Actor::Guest, known.id, line, 2).unwrap_err().code, "too_many_pieces");
        let seller = seller_of(world.seller.organisation);
        assert_eq!(
            call_off(store, seller_of(world.house.organisation), known.id, line, 1).unwrap_err().kind,
            Kind::Denied
        );
        call_off(store, seller, known.id, line, 1).unwrap();
        assert_eq!(free(store, &world), before + 2);
        let (known, lines) = own(store, &world, order);
        assert_eq!((known.state, lines[0].to_send(), lines[1].to_send()), (State::ToPack, 0, 3));
        call_off(store, Actor::Guest, known.id, lines[1].id, 3).unwrap();
        let (known, _) = own(store, &world, order);
        assert_eq!((known.state, free(store, &world)), (State::Cancelled, before + 5));
        assert_eq!(whole_of(store, order).order.fulfilment, Fulfilment::ToPack, "the house's part goes on");
    });
}

#[test]
fn what_is_packed_or_not_paid_is_not_made_smaller() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = store.write_blocking(move |tx| place_as(tx, &world, 9, None)).unwrap().order;
        let (known, lines) = own(store, &world, order);
        assert_eq!(call_off(store, Actor::Guest, known.id, lines[0].id, 1).unwrap_err().code, "wrong_state");
        let order = paid_order(store, world, 19).order;
        let (known, lines) = own(store, &world, order);
        let id = known.id;
        store.write_blocking(move |tx| pack(tx, id).map(drop)).unwrap();
        assert_eq!(call_off(store, Actor::System, id, lines[0].id, 1).unwrap_err().code, "wrong_state");
        assert_eq!(own(store, &world, order).1[0].called_off, 0);
    });
}

#[test]
fn a_parcel_that_is_called_back_stays_and_its_goods_are_free() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let before = free(store, &world);
        let id = own(store, &world, order).0.id;
        store.write_blocking(move |tx| pack(tx, id).map(drop)).unwrap();
        let all: Vec<_> = own(store, &world, order).1.iter().map(|line| (line.id, line.quantity)).collect();
        let kept = move || {
            let all = all.clone();
            store.write_blocking(move |tx| keep(tx, id, &all, "refunded"))
        };
        kept().unwrap();
        let (known, lines) = own(store, &world, order);
        assert_eq!((known.state, known.handed_over_at), (State::Cancelled, None));
        assert_eq!(parcels_of(store, id)[0].state, ParcelState::Recalled);
        assert!(lines.iter().all(|line| line.to_send() == 0));
        assert_eq!(free(store, &world), before + 5);
        for refused in [
            store.write_blocking(move |tx| hand_over(tx, id).map(drop)),
            store.write_blocking(move |tx| pack(tx, id).map(drop)),
        ] {
            assert_eq!(refused.unwrap_err().code, "recalled");
        }
        assert_eq!(kept().unwrap_err().code, "wrong_state", "once");
        // What a carrier tells of it all the same is kept, and moves nothing.
        let moved = tell(store, id, logistics::EventKind::Departed, 1).unwrap();
        assert_eq!((moved.new, moved.state), (true, State::Cancelled));
        assert_eq!(free(store, &world), before + 5);
    });
}
