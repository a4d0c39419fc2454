//! A consignment in several parcels: packed, sent, lost and received back one by one.

use super::fixture::*;
use base::{Id, Kind};
use logistics::EventKind;
use orders::*;

/// The seller's consignment with its lines of two and three pieces.
fn loom(shop: &Shop, order: Id<Order>) -> (Consignment, Id<Line>, Id<Line>) {
    let whole = shop.whole(order);
    let known = whole.consignments[1].clone();
    let lines: Vec<_> = whole.lines_of(known.id).map(|line| line.id).collect();
    (known, lines[0], lines[1])
}

fn some(shop: &Shop, of: Id<Consignment>, lines: &[(Id<Line>, i64)]) -> base::Result<Packed> {
    let pick = Pick { lines: lines.to_vec(), parcels: None };
    shop.store.write_blocking(move |tx| pack_some(tx, of, &pick)).map(|packing| packing.packed().unwrap())
}

fn state(shop: &Shop, order: Id<Order>) -> (State, Fulfilment) {
    let whole = shop.whole(order);
    (whole.consignments[1].state, whole.order.fulfilment)
}

#[test]
fn a_consignment_goes_in_several_parcels() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let house = shop.whole(order).consignments[0].id;
        sent(shop, house);
        let (known, two, three) = loom(shop, order);
        let id = known.id;
        let first = some(shop, id, &[(two, 1), (three, 1)]).unwrap();
        assert_eq!(state(shop, order), (State::ToPack, Fulfilment::ToPack), "the rest waits, and its clock runs");
        let label = shop.read(move |db| logistics::parcel(db, first.parcel));
        let inside: Vec<_> = label.contents.iter().map(|one| (one.quantity, one.value_minor, one.grams)).collect();
        assert_eq!((label.grams, inside), (400, vec![(1, 1500, 200), (1, 1500, 200)]), "papers name what is in it");
        assert!(shop.write(move |tx| hand_over_parcel(tx, first.id)));
        assert!(!shop.write(move |tx| hand_over_parcel(tx, first.id)), "twice is once");
        assert_eq!((state(shop, order).0, shelf(shop)), (State::ToPack, (998, 3)));

        let rest = shop.write(move |tx| pack(tx, id)).packed().unwrap();
        assert_ne!((rest.id, &rest.tracking), (first.id, &first.tracking));
        assert_eq!(state(shop, order).0, State::Packed, "the slowest parcel counts");
        let parcels = shop.parcels_of(id);
        assert_eq!(parcels.iter().map(|one| (one.position, one.pieces())).collect::<Vec<_>>(), [(0, 2), (1, 3)]);
        assert!(shop.write(move |tx| hand_over(tx, id)));
        assert_eq!((state(shop, order).0, shelf(shop)), (State::HandedOver, (995, 0)));

        tell_of(shop, &parcels[1], EventKind::Delivered, 5).unwrap();
        tell(shop, house, EventKind::Delivered, 6).unwrap();
        assert_eq!(state(shop, order), (State::HandedOver, Fulfilment::Underway));
        let whole = shop.whole(order);
        assert_eq!((whole.consignments[1].delivered_at, whole.consignments[1].accept_until), (None, None));
        let early = shop.store.write_blocking(move |tx| complete(tx, id, By::Buyer)).unwrap_err();
        assert_eq!(early.code, "not_delivered", "the window begins with the last parcel");
        tell_of(shop, &parcels[0], EventKind::Delivered, 9).unwrap();
        assert_eq!(state(shop, order), (State::Delivered, Fulfilment::Delivered));
        let last = shop.parcels_of(id)[0].delivered_at;
        assert_eq!(shop.whole(order).consignments[1].delivered_at, last);
        let events = shop.read(move |db| store::events_of(db, id.raw(), 0, 100));
        let delivered = events.iter().filter(|event| event.kind == "consignment.delivered");
        let all: Vec<_> = delivered.map(|event| event.json().unwrap()["all"].clone()).collect();
        assert_eq!(all, [false, true]);
        assert_eq!(shop.write(move |tx| complete(tx, id, By::Buyer)), Completed::Now);
    });
}

#[test]
fn no_more_is_packed_than_is_left_to_send() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let (known, two, three) = loom(shop, order);
        let (id, foreign) = (known.id, shop.whole(order).lines[0].id);
        for (lines, code) in [
            (&[(two, 3)][..], "too_many_pieces"),
            (&[(two, 1), (two, 1)], "invalid"),
            (&[(two, 0)], "invalid"),
            (&[], "invalid"),
            (&[(foreign, 1)], "invalid"),
        ] {
            let error = some(shop, id, lines).unwrap_err();
            assert!(error.code == code || !error.fields.is_empty(), "{lines:?}: {error}");
        }
        assert!(shop.parcels_of(id).is_empty(), "nothing was done");
        some(shop, id, &[(two, 2)]).unwrap();
        shop.write(move |tx| call_off_pieces(tx, id, &[(three, 2)], "changed_mind"));
        assert_eq!(some(shop, id, &[(three, 2)]).unwrap_err().code, "too_many_pieces", "called off is not sent");
        assert_eq!(some(shop, id, &[(two, 1)]).unwrap_err().code, "too_many_pieces");
        let packed =
            shop.store.write_blocking(move |tx| call_off_pieces(tx, id, &[(two, 1)], "changed_mind")).unwrap_err();
        assert_eq!(packed.code, "too_many_pieces", "what has a label is not taken out");
        let stranger = staff(shop.house.organisation);
        let pick = Pick { lines: vec![(three, 1)], parcels: None };
        let denied = shop.try_write(stranger, move |tx| pack_some(tx, id, &pick)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let gone = shop.store.write_blocking(move |tx| cancel(tx, order, "changed_mind")).unwrap_err();
        assert_eq!(gone.code, "already_packed", "an order of which something is packed is not called off");
        let to = base::Address { street: "Linienstraße 7".into(), ..berlin() };
        assert_eq!(shop.store.write_blocking(move |tx| readdress(tx, order, &to)).unwrap_err().code, "address_fixed");
    });
}

#[test]
fn the_same_choice_twice_makes_one_parcel() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let (known, two, three) = loom(shop, order);
        let choose = |lines: Vec<(Id<Line>, i64)>, parcels| {
            let (id, pick) = (known.id, Pick { lines, parcels: Some(parcels) });
            shop.store.write_blocking(move |tx| pack_some(tx, id, &pick)).map(|packing| packing.packed().unwrap())
        };
        let first = choose(vec![(three, 1), (two, 1)], 0).unwrap();
        let again = choose(vec![(two, 1), (three, 1)], 0).unwrap();
        assert_eq!((again.id, again.again), (first.id, true));
        assert_eq!(choose(vec![(three, 1)], 0).unwrap_err().code, "packed_meanwhile");
        assert_eq!(shop.parcels_of(known.id).len(), 1);
        assert!(!choose(vec![(two, 1), (three, 1)], 1).unwrap().again, "another one like it");
    });
}

#[test]
fn a_lost_parcel_is_given_up_by_itself() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let (known, two, three) = loom(shop, order);
        let id = known.id;
        let lost = some(shop, id, &[(two, 2)]).unwrap().id;
        let kept = some(shop, id, &[(three, 3)]).unwrap().id;
        shop.write(move |tx| hand_over(tx, id));
        let parcels = shop.parcels_of(id);
        tell_of(shop, &parcels[1], EventKind::Delivered, 1).unwrap();
        tell_of(shop, &parcels[0], EventKind::Lost, 2).unwrap();
        assert_eq!(state(shop, order).0, State::Lost);
        shop.store.clock().advance_seconds(3600);
        let done = shop.write(move |tx| write_off(tx, lost));
        assert_eq!((done.over, done.parcel.pieces_of(two)), (false, 2));
        assert_eq!(state(shop, order).0, State::Delivered, "the other parcel arrived");
        let known = shop.whole(order).consignments[1].clone();
        assert!(known.delivered_at > shop.parcels_of(id)[1].delivered_at, "the window begins now");
        assert_eq!(shop.store.write_blocking(move |tx| write_off(tx, kept)).unwrap_err().code, "wrong_state");
        let found = tell_of(shop, &parcels[0], EventKind::Delivered, 30).unwrap();
        assert_eq!((found.parcel, found.state), (ParcelState::WrittenOff, State::Delivered), "given up is given up");
        assert_eq!(shop.write(move |tx| complete(tx, id, By::Buyer)), Completed::Now);
    });
}

#[test]
fn what_came_back_lies_on_the_shelf_again() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let (known, two, three) = loom(shop, order);
        let (id, seller) = (known.id, staff(shop.loom.organisation));
        let back = some(shop, id, &[(two, 2), (three, 1)]).unwrap().id;
        shop.write(move |tx| hand_over(tx, id));
        assert_eq!(shelf(shop), (997, 2));
        let receive = |actor, fit: Option<Vec<(Id<Line>, i64)>>| {
            shop.try_write(actor, move |tx| receive_back(tx, back, fit.as_deref()))
        };
        assert_eq!(receive(seller, None).unwrap_err().code, "not_returned");
        let parcels = shop.parcels_of(id);
        tell_of(shop, &parcels[0], EventKind::Returned, 1).unwrap();
        shop.write(move |tx| write_off(tx, back));
        assert_eq!(state(shop, order).0, State::ToPack, "the rest is still to be sent");
        assert_eq!(shelf(shop), (997, 2), "nothing lies on the shelf before somebody has it");
        assert_eq!(receive(staff(shop.house.organisation), None).unwrap_err().kind, Kind::Denied);
        assert_eq!(receive(seller, Some(vec![(two, 3)])).unwrap_err().fields[0].code, "out_of_range");
        assert!(receive(seller, Some(vec![(two, 1), (three, 1)])).unwrap());
        assert_eq!(shelf(shop), (999, 2), "one was broken");
        assert!(!receive(seller, None).unwrap(), "twice is once");
        let more =
            shop.store.write_blocking(move |tx| take_back(tx, id, &[(two, 2)], "refund:x", "damaged")).unwrap_err();
        assert_eq!(more.code, "not_handed_over", "no more comes back than left");
        assert_eq!(shelf(shop), (999, 2));
        let inside = shop.parcels_of(id).remove(0).lines;
        assert_eq!(inside.iter().map(|one| (one.pieces, one.received)).collect::<Vec<_>>(), [(2, 1), (1, 1)]);
    });
}

#[test]
fn some_pieces_of_a_packed_parcel_stay_and_the_others_are_packed_again() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let (known, two, three) = loom(shop, order);
        let id = known.id;
        let older = some(shop, id, &[(three, 2)]).unwrap().id;
        let newer = some(shop, id, &[(two, 1), (three, 1)]).unwrap().id;
        shop.write(move |tx| keep(tx, id, &[(three, 1)], "refunded"));
        let parcels = shop.parcels_of(id);
        let states: Vec<_> = parcels.iter().map(|one| (one.id, one.state)).collect();
        assert_eq!(states, [(older, ParcelState::Packed), (newer, ParcelState::Recalled)], "the newest is unpacked");
        assert_eq!((state(shop, order).0, shelf(shop)), (State::ToPack, (1000, 4)));
        let refused = shop.store.write_blocking(move |tx| hand_over_parcel(tx, newer)).unwrap_err();
        assert_eq!(refused.code, "recalled");
        let again = shop.write(move |tx| pack(tx, id)).packed().unwrap();
        let inside = shop.read(move |db| parcel(db, again.id));
        assert_eq!(inside.lines.iter().map(|one| (one.line, one.pieces)).collect::<Vec<_>>(), [(two, 2)]);
        assert!(shop.write(move |tx| hand_over(tx, id)));
        assert_eq!(shelf(shop), (996, 0), "the piece that was given back is free");
    });
}
