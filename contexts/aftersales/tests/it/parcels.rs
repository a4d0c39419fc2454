//! Objections to what came, while something else of the same sale is still to come.

use super::fixture::*;
use aftersales::*;
use base::Id;
use logistics::EventKind;
use orders::{By, Consignment, Dispute, Line, Order, Parcel};
use shop_world::Shop;
use shop_world::stated::SHIRT;

/// A paid order of which two of four shirts came, and what is left waits to be packed.
fn half(shop: &Shop) -> (Id<Order>, Id<Consignment>, Vec<Line>) {
    let order = shop.sold();
    let (consignment, lines) = (shop.of_loom(order), shop.lines_of_loom(order));
    let first = shop.pack_some(consignment, &[(lines[0].id, 2)]).unwrap();
    shop.send(first, EventKind::Delivered);
    (order, consignment, lines)
}

/// The rest of it is packed and leaves.
fn rest(shop: &Shop, consignment: Id<Consignment>, lines: &[Line]) -> Id<Parcel> {
    let parcel = shop.pack_some(consignment, &[(lines[0].id, 2), (lines[1].id, 1)]).unwrap();
    shop.write(move |tx| orders::hand_over_parcel(tx, parcel));
    parcel
}

#[test]
fn what_came_is_objected_to_and_what_waits_is_still_sent() {
    each(|shop| {
        let (order, consignment, lines) = half(shop);
        let refused = |new: NewClaim| opened(shop, &new).unwrap_err().code;
        assert_eq!(refused(damaged(consignment, lines[0].id, 3)), "too_many_pieces", "two came");
        assert_eq!(refused(damaged(consignment, lines[1].id, 1)), "too_many_pieces", "it did not come");
        assert_eq!(refused(withdrawal(consignment, vec![(lines[1].id, 1)])), "too_many_pieces");
        let missing = NewClaim { kind: Kind::NotArrived, ..damaged(consignment, lines[0].id, 1) };
        assert_eq!(refused(missing.clone()), "not_arrived_yet");
        let id = opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap();
        assert_eq!(refused(damaged(consignment, lines[0].id, 2)), "too_many_pieces", "one of the two is claimed");
        let back = opened(shop, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        assert_eq!((now_is(shop, back).0, dispute(shop, consignment)), (State::Returning, Dispute::Open));
        shop.as_loom(move |tx| agree(tx, id, false, "")).unwrap();
        settles(shop, id);
        assert_eq!((now_is(shop, id).1, found(shop, id).refunded), (Outcome::Refunded, eur(SHIRT)));
        let line = shop.lines_of_loom(order).remove(0);
        assert_eq!((line.called_off, line.to_pack()), (0, 2), "what waits is not what was claimed");
        // Missing can be only what has left and did not come.
        shop.pass(60);
        assert_eq!(refused(missing.clone()), "too_many_pieces", "nothing else has left");
        rest(shop, consignment, &lines);
        assert_eq!(refused(NewClaim { lines: vec![(lines[0].id, 3)], ..missing.clone() }), "too_many_pieces");
        opened(shop, &NewClaim { lines: vec![(lines[0].id, 2)], ..missing }).unwrap();
    });
}

#[test]
fn the_last_parcel_starts_the_windows_and_an_open_claim_still_holds_the_money() {
    each(|shop| {
        let (order, consignment, lines) = half(shop);
        let id = opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap();
        shop.pass(20);
        let parcel = rest(shop, consignment, &lines);
        shop.pass(10);
        shop.tell(parcel, EventKind::Delivered).unwrap();
        let known = shop.consignment(consignment);
        assert_eq!((known.state, known.dispute), (orders::State::Delivered, Dispute::Open));
        let came = known.delivered_at.unwrap();
        assert_eq!(came, shop.store.clock().now(), "with the last parcel");
        assert_eq!(known.accept_until, Some(came.plus_days(known.acceptance_days)));
        opened(shop, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        let window = move |shop: &Shop| shop.write(move |tx| settlement::complete(tx, consignment, By::Window));
        shop.pass(40);
        assert_eq!(window(shop), orders::Completed::NotYet, "its money waits");
        for claim in shop.read(move |db| of_order(db, order)) {
            let claim = claim.id;
            shop.as_guest(move |tx| withdraw(tx, claim)).unwrap();
        }
        assert_eq!(now_is(shop, id), (State::Closed, Outcome::Withdrawn));
        assert_eq!(window(shop), orders::Completed::Now);
        assert_eq!(shop.consignment(consignment).state, orders::State::Completed);
    });
}

#[test]
fn the_other_consignment_is_confirmed_while_one_is_objected_to() {
    each(|shop| {
        let (order, consignment, lines) = delivered(shop);
        let id = opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap();
        shop.as_guest(move |tx| settlement::complete_delivered(tx, order)).unwrap();
        let house = shop.of_house(order);
        assert_eq!(shop.consignment(house).state, orders::State::Completed);
        assert_eq!(shop.consignment(consignment).state, orders::State::Delivered, "its money waits");
        shop.as_guest(move |tx| withdraw(tx, id)).unwrap();
        shop.as_guest(move |tx| settlement::complete_delivered(tx, order)).unwrap();
        assert_eq!(shop.consignment(consignment).state, orders::State::Completed);
        let again = opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap();
        shop.as_guest(move |tx| settlement::complete_delivered(tx, order)).unwrap();
        assert_eq!(now_is(shop, again).0, State::Open, "what is complete already stays so");
    });
}

#[test]
fn pieces_go_back_to_the_address_that_the_sender_says() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        let of = shop.loom.organisation;
        shop.write(move |tx| {
            let said = base::Address { country: "DE".into(), city: "Hamburg".into(), ..shop_world::berlin() };
            onboarding::put_return_address(tx, of, Some(&said))
        });
        let id = opened(shop, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        assert_eq!(found(shop, id).return_to.unwrap().city, "Hamburg");
    });
}
