//! A consignment in several parcels: packed, sent, lost and received back one by one.

use super::fixture::*;
use crate::*;
use base::{Id, Kind};
use logistics::EventKind;
use store::Store;

/// The seller's consignment with its lines of two and three pieces.
fn loom(store: &Store, order: Id<Order>) -> (Consignment, Id<Line>, Id<Line>) {
    let whole = whole_of(store, order);
    let known = whole.consignments[1].clone();
    let lines: Vec<_> = whole.lines_of(known.id).map(|line| line.id).collect();
    (known, lines[0], lines[1])
}

fn some(store: &Store, of: Id<Consignment>, lines: &[(Id<Line>, i64)]) -> base::Result<Packed> {
    let pick = Pick { lines: lines.to_vec(), parcels: None };
    store.write_blocking(move |tx| pack_some(tx, of, &pick)).map(|packing| packing.packed().unwrap())
}

fn state(store: &Store, order: Id<Order>) -> (State, Fulfilment) {
    let whole = whole_of(store, order);
    (whole.consignments[1].state, whole.order.fulfilment)
}

fn shelf(store: &Store, world: &World) -> (i64, i64) {
    let variant = world.seller.variant;
    let level = store.read_blocking(move |db| stock::levels(db, &[variant])).unwrap().remove(0);
    (level.on_hand, level.held)
}

#[test]
fn a_consignment_goes_in_several_parcels() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let house = whole_of(store, order).consignments[0].id;
        store.write_blocking(move |tx| pack(tx, house).and_then(|_| hand_over(tx, house))).unwrap();
        let (known, two, three) = loom(store, order);
        let id = known.id;
        let first = some(store, id, &[(two, 1), (three, 1)]).unwrap();
        assert_eq!(state(store, order), (State::ToPack, Fulfilment::ToPack), "the rest waits, and its clock runs");
        let label = store.read_blocking(move |db| logistics::parcel(db, first.parcel)).unwrap();
        let inside: Vec<_> = label.contents.iter().map(|one| (one.quantity, one.value_minor, one.grams)).collect();
        assert_eq!((label.grams, inside), (400, vec![(1, 1500, 200), (1, 1500, 200)]), "papers name what is in it");
        assert!(store.write_blocking(move |tx| hand_over_parcel(tx, first.id)).unwrap());
        assert!(!store.write_blocking(move |tx| hand_over_parcel(tx, first.id)).unwrap(), "twice is once");
        assert_eq!((state(store, order).0, shelf(store, &world)), (State::ToPack, (998, 3)));

        let rest = store.write_blocking(move |tx| pack(tx, id)).unwrap().packed().unwrap();
        assert_ne!((rest.id, &rest.tracking), (first.id, &first.tracking));
        assert_eq!(state(store, order).0, State::Packed, "the slowest parcel counts");
        let parcels = parcels_of(store, id);
        assert_eq!(parcels.iter().map(|one| (one.position, one.pieces())).collect::<Vec<_>>(), [(0, 2), (1, 3)]);
        assert!(store.write_blocking(move |tx| hand_over(tx, id)).unwrap());
        assert_eq!((state(store, order).0, shelf(store, &world)), (State::HandedOver, (995, 0)));

        tell_of(store, &parcels[1], EventKind::Delivered, 5).unwrap();
        tell(store, house, EventKind::Delivered, 6).unwrap();
        assert_eq!(state(store, order), (State::HandedOver, Fulfilment::Underway));
        let whole = whole_of(store, order);
        assert_eq!((whole.consignments[1].delivered_at, whole.consignments[1].accept_until), (None, None));
        let early = store.write_blocking(move |tx| complete(tx, id, By::Buyer)).unwrap_err();
        assert_eq!(early.code, "not_delivered", "the window begins with the last parcel");
        tell_of(store, &parcels[0], EventKind::Delivered, 9).unwrap();
        assert_eq!(state(store, order), (State::Delivered, Fulfilment::Delivered));
        let last = parcels_of(store, id)[0].delivered_at;
        assert_eq!(whole_of(store, order).consignments[1].delivered_at, last);
        let events = store.read_blocking(move |db| store::events_of(db, id.raw(), 0, 100)).unwrap();
        let delivered = events.iter().filter(|event| event.kind == "consignment.delivered");
        let all: Vec<_> = delivered.map(|event| event.json().unwrap()["all"].clone()).collect();
        assert_eq!(all, [false, true]);
        assert_eq!(store.write_blocking(move |tx| complete(tx, id, By::Buyer)).unwrap(), Completed::Now);
    });
}

#[test]
fn no_more_is_packed_than_is_left_to_send() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let (known, two, three) = loom(store, order);
        let (id, foreign) = (known.id, whole_of(store, order).lines[0].id);
        for (lines, code) in [
            (&[(two, 3)][..], "too_many_pieces"),
            (&[(two, 1), (two, 1)], "invalid"),
            (&[(two, 0)], "invalid"),
            (&[], "invalid"),
            (&[(foreign, 1)], "invalid"),
        ] {
            let error = some(store, id, lines).unwrap_err();
            assert!(error.code == code || !error.fields.is_empty(), "{lines:?}: {error}");
        }
        assert!(parcels_of(store, id).is_empty(), "nothing was done");
        some(store, id, &[(two, 2)]).unwrap();
        store.write_blocking(move |tx| call_off_pieces(tx, id, &[(three, 2)], "changed_mind")).unwrap();
        assert_eq!(some(store, id, &[(three, 2)]).unwrap_err().code, "too_many_pieces", "called off is not sent");
        assert_eq!(some(store, id, &[(two, 1)]).unwrap_err().code, "too_many_pieces");
        let packed = store.write_blocking(move |tx| call_off_pieces(tx, id, &[(two, 1)], "changed_mind")).unwrap_err();
        assert_eq!(packed.code, "too_many_pieces", "what has a label is not taken out");
        let stranger = seller_of(world.house.organisation);
        let pick = Pick { lines: vec![(three, 1)], parcels: None };
        let denied = store.write_as_blocking(stranger, move |tx| pack_some(tx, id, &pick)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let gone = store.write_blocking(move |tx| cancel(tx, order, "changed_mind")).unwrap_err();
        assert_eq!(gone.code, "already_packed", "an order of which something is packed is not called off");
        let to = base::Address { street: "Linienstraße 7".into(), ..address() };
        assert_eq!(store.write_blocking(move |tx| readdress(tx, order, &to)).unwrap_err().code, "address_fixed");
    });
}

#[test]
fn the_same_choice_twice_makes_one_parcel() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let (known, two, three) = loom(store, order);
        let choose = |lines: Vec<(Id<Line>, i64)>, parcels| {
            let (id, pick) = (known.id, Pick { lines, parcels: Some(parcels) });
            store.write_blocking(move |tx| pack_some(tx, id, &pick)).map(|packing| packing.packed().unwrap())
        };
        let first = choose(vec![(three, 1), (two, 1)], 0).unwrap();
        let again = choose(vec![(two, 1), (three, 1)], 0).unwrap();
        assert_eq!((again.id, again.again), (first.id, true));
        assert_eq!(choose(vec![(three, 1)], 0).unwrap_err().code, "packed_meanwhile");
        assert_eq!(parcels_of(store, known.id).len(), 1);
        assert!(!choose(vec![(two, 1), (three, 1)], 1).unwrap().again, "another one like it");
    });
}

#[test]
fn a_lost_parcel_is_given_up_by_itself() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let (known, two, three) = loom(store, order);
        let id = known.id;
        let lost = some(store, id, &[(two, 2)]).unwrap().id;
        let kept = some(store, id, &[(three, 3)]).unwrap().id;
        store.write_blocking(move |tx| hand_over(tx, id)).unwrap();
        let parcels = parcels_of(store, id);
        tell_of(store, &parcels[1], EventKind::Delivered, 1).unwrap();
        tell_of(store, &parcels[0], EventKind::Lost, 2).unwrap();
        assert_eq!(state(store, order).0, State::Lost);
        store.clock().advance_seconds(3600);
        let done = store.write_blocking(move |tx| write_off(tx, lost)).unwrap();
        assert_eq!((done.over, done.parcel.pieces_of(two)), (false, 2));
        assert_eq!(state(store, order).0, State::Delivered, "the other parcel arrived");
        let known = whole_of(store, order).consignments[1].clone();
        assert!(known.delivered_at > parcels_of(store, id)[1].delivered_at, "the window begins now");
        assert_eq!(store.write_blocking(move |tx| write_off(tx, kept)).unwrap_err().code, "wrong_state");
        let found = tell_of(store, &parcels[0], EventKind::Delivered, 30).unwrap();
        assert_eq!((found.parcel, found.state), (ParcelState::WrittenOff, State::Delivered), "given up is given up");
        assert_eq!(store.write_blocking(move |tx| complete(tx, id, By::Buyer)).unwrap(), Completed::Now);
    });
}

#[test]
fn what_came_back_lies_on_the_shelf_again() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let (known, two, three) = loom(store, order);
        let (id, seller) = (known.id, seller_of(world.seller.organisation));
        let back = some(store, id, &[(two, 2), (three, 1)]).unwrap().id;
        store.write_blocking(move |tx| hand_over(tx, id)).unwrap();
        assert_eq!(shelf(store, &world), (997, 2));
        let receive = |actor, fit: Option<Vec<(Id<Line>, i64)>>| {
            store.write_as_blocking(actor, move |tx| receive_back(tx, back, fit.as_deref()))
        };
        assert_eq!(receive(seller, None).unwrap_err().code, "not_returned");
        let parcels = parcels_of(store, id);
        tell_of(store, &parcels[0], EventKind::Returned, 1).unwrap();
        store.write_blocking(move |tx| write_off(tx, back)).unwrap();
        assert_eq!(state(store, order).0, State::ToPack, "the rest is still to be sent");
        assert_eq!(shelf(store, &world), (997, 2), "nothing lies on the shelf before somebody has it");
        assert_eq!(receive(seller_of(world.house.organisation), None).unwrap_err().kind, Kind::Denied);
        assert_eq!(receive(seller, Some(vec![(two, 3)])).unwrap_err().fields[0].code, "out_of_range");
        assert!(receive(seller, Some(vec![(two, 1), (three, 1)])).unwrap());
        assert_eq!(shelf(store, &world), (999, 2), "one was broken");
        assert!(!receive(seller, None).unwrap(), "twice is once");
        let more = store.write_blocking(move |tx| take_back(tx, id, &[(two, 2)], "refund:x", "damaged")).unwrap_err();
        assert_eq!(more.code, "not_handed_over", "no more comes back than left");
        assert_eq!(shelf(store, &world), (999, 2));
        let inside = parcels_of(store, id).remove(0).lines;
        assert_eq!(inside.iter().map(|one| (one.pieces, one.received)).collect::<Vec<_>>(), [(2, 1), (1, 1)]);
    });
}

#[test]
fn some_pieces_of_a_packed_parcel_stay_and_the_others_are_packed_again() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let (known, two, three) = loom(store, order);
        let id = known.id;
        let older = some(store, id, &[(three, 2)]).unwrap().id;
        let newer = some(store, id, &[(two, 1), (three, 1)]).unwrap().id;
        store.write_blocking(move |tx| keep(tx, id, &[(three, 1)], "refunded")).unwrap();
        let parcels = parcels_of(store, id);
        let states: Vec<_> = parcels.iter().map(|one| (one.id, one.state)).collect();
        assert_eq!(states, [(older, ParcelState::Packed), (newer, ParcelState::Recalled)], "the newest is unpacked");
        assert_eq!((state(store, order).0, shelf(store, &world)), (State::ToPack, (1000, 4)));
        let refused = store.write_blocking(move |tx| hand_over_parcel(tx, newer)).unwrap_err();
        assert_eq!(refused.code, "recalled");
        let again = store.write_blocking(move |tx| pack(tx, id)).unwrap().packed().unwrap();
        let inside = store.read_blocking(move |db| parcel(db, again.id)).unwrap();
        assert_eq!(inside.lines.iter().map(|one| (one.line, one.pieces)).collect::<Vec<_>>(), [(two, 2)]);
        assert!(store.write_blocking(move |tx| hand_over(tx, id)).unwrap());
        assert_eq!(shelf(store, &world), (996, 0), "the piece that was given back is free");
    });
}
