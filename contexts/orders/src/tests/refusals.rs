//! What must not happen, or not twice.

use super::fixture::*;
use crate::*;
use base::{Actor, Kind};
use logistics::EventKind;

#[test]
fn one_order_a_cart() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let first = store.write_blocking(move |tx| place_as(tx, &world, 9, None)).unwrap();
        let second = store.write_blocking(move |tx| place_as(tx, &world, 9, None)).unwrap();
        assert_eq!(second, Placed { again: true, ..first.clone() });
        assert_eq!(whole_of(store, first.order).lines.len(), 3);
        let (head, tail) = first.number.strip_prefix("EN-").unwrap().split_once('-').unwrap();
        assert_eq!((head.len(), tail.len()), (4, 4), "{}", first.number);
        let other = store.write_blocking(move |tx| place_as(tx, &world, 10, None)).unwrap();
        assert_ne!(other.number, first.number);
        let typed = first.number.to_lowercase();
        let found = store.read_blocking(move |db| by_number(db, &typed)).unwrap().unwrap();
        assert_eq!(found.id, first.order);
    });
}

#[test]
fn a_second_capture_goes_back() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let placed = paid_order(store, world, 9);
        let (order, total) = (placed.order, placed.total);
        let extra = store.write_blocking(move |tx| paid(tx, order, 0, total)).unwrap();
        assert_eq!(extra, Capture::Extra(total));
        store.write_blocking(move |tx| refunded(tx, order, total)).unwrap();
        let seen = whole_of(store, order).order;
        assert_eq!((seen.payment, seen.escrow()), (Payment::Paid, total), "the first payment stands");
        store.write_blocking(move |tx| refunded(tx, order, total)).unwrap();
        assert_eq!(whole_of(store, order).order.payment, Payment::Refunded);
        let more = store.write_blocking(move |tx| refunded(tx, order, eur(1)));
        assert_eq!(more.unwrap_err().code, "not_in_escrow");
    });
}

#[test]
fn money_that_comes_after_the_end_is_owed_back() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let placed = store.write_blocking(move |tx| place_as(tx, &world, 9, None)).unwrap();
        let (order, total) = (placed.order, placed.total);
        assert!(store.write_blocking(move |tx| lapse(tx, order)).unwrap());
        assert!(!store.write_blocking(move |tx| lapse(tx, order)).unwrap());
        let lapsed = whole_of(store, order).order;
        assert_eq!((lapsed.payment, lapsed.fulfilment), (Payment::Void, Fulfilment::Cancelled));
        assert_eq!(store.write_blocking(move |tx| paid(tx, order, 0, total)).unwrap(), Capture::Extra(total));
        let late = whole_of(store, order).order;
        assert_eq!((late.payment, late.fulfilment, late.escrow()), (Payment::Paid, Fulfilment::Cancelled, total));
        let failed = store.write_blocking(move |tx| payment_failed(tx, order, "declined")).unwrap();
        assert!(!failed, "a late refusal changes nothing");
    });
}

#[test]
fn another_amount_is_no_payment() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let placed = store.write_blocking(move |tx| place_as(tx, &world, 9, None)).unwrap();
        for wrong in [eur(placed.total.minor - 1), base::Money::new(placed.total.minor, base::Currency::USD)] {
            let order = placed.order;
            let refused = store.write_blocking(move |tx| paid(tx, order, 0, wrong)).unwrap_err();
            assert_eq!(refused.code, "amount_differs");
        }
        assert_eq!(whole_of(store, placed.order).order.payment, Payment::Pending);
    });
}

#[test]
fn cancelling_is_before_packing_and_frees_the_stock() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let variant = world.seller.variant;
        let held = || store.read_blocking(move |db| stock::levels(db, &[variant])).unwrap()[0].held;
        let first = paid_order(store, world, 1);
        let order = first.order;
        assert_eq!(held(), 5);
        let done = store.write_as_blocking(Actor::Guest, move |tx| cancel(tx, order, "changed_mind")).unwrap();
        assert_eq!(done, Cancelled { to_refund: first.total, again: false });
        assert_eq!(held(), 0);
        let again = store.write_blocking(move |tx| cancel(tx, order, "changed_mind")).unwrap();
        assert!(again.again);
        assert_eq!(whole_of(store, order).order.payment, Payment::Paid, "the refund is settlement's to make");

        let second = paid_order(store, world, 2).order;
        let house = whole_of(store, second).consignments[0].id;
        store.write_blocking(move |tx| pack(tx, house)).unwrap();
        let refused = store.write_blocking(move |tx| cancel(tx, second, "changed_mind")).unwrap_err();
        assert_eq!(refused.code, "already_packed");
        assert_eq!(held(), 5, "a refused cancellation frees nothing");
        assert_eq!(whole_of(store, second).consignments[1].state, State::ToPack);
    });
}

#[test]
fn nothing_is_packed_unpaid_or_handed_over_unpacked() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = store.write_blocking(move |tx| place_as(tx, &world, 9, None)).unwrap().order;
        let loom = whole_of(store, order).consignments[1].id;
        assert_eq!(store.write_blocking(move |tx| pack(tx, loom)).unwrap_err().code, "wrong_state");
        let total = whole_of(store, order).order.sums.total().unwrap();
        store.write_blocking(move |tx| paid(tx, order, 0, total)).unwrap();
        assert_eq!(store.write_blocking(move |tx| hand_over(tx, loom)).unwrap_err().code, "wrong_state");
        let early = store.write_blocking(move |tx| complete(tx, loom, By::Buyer)).unwrap_err();
        assert_eq!(early.code, "not_delivered");
        store.write_blocking(move |tx| pack(tx, loom)).unwrap();
        let here = parcels_of(store, loom).remove(0).id;
        assert_eq!(store.write_blocking(move |tx| write_off(tx, here)).unwrap_err().code, "wrong_state");
    });
}

#[test]
fn doubled_and_disordered_events_are_harmless() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let loom = whole_of(store, order).consignments[1].id;
        store.write_blocking(move |tx| pack(tx, loom).and_then(|_| hand_over(tx, loom))).unwrap();
        tell(store, loom, EventKind::Delivered, 50).unwrap();
        let delivered = whole_of(store, order).consignments[1].clone();
        assert!(!tell(store, loom, EventKind::Delivered, 50).unwrap().new);
        assert!(tell(store, loom, EventKind::Departed, 10).unwrap().new, "late, and known from now on");
        tell(store, loom, EventKind::ImportHeld, 20).unwrap();
        assert_eq!(whole_of(store, order).consignments[1], delivered);
    });
}

#[test]
fn others_do_not_reach_an_order() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let buyer = world.buyer;
        let own = store.write_blocking(move |tx| place_as(tx, &world, 1, Some(buyer))).unwrap().order;
        let guest = paid_order(store, world, 2).order;
        let stranger = Actor::Person { person: 4711, organisation: 0, role: base::Role::Buyer };
        let seen = |actor: Actor, order| store.read_as_blocking(actor, move |db| reach(db, order)).is_ok();
        assert!(seen(buyer_of(buyer), own));
        assert!(!seen(stranger, own) && !seen(Actor::Guest, own) && !seen(seller_of(world.seller.organisation), own));
        assert!(!seen(buyer_of(buyer), guest) && !seen(Actor::Guest, guest), "a guest's order opens by its token");

        let open = |token: String| store.read_as_blocking(Actor::Guest, move |db| by_access_token(db, &token));
        assert_eq!(open(access_token(guest, "secret-2")).unwrap().id, guest);
        for wrong in [access_token(guest, "secret-1"), guest.to_string(), String::new(), "ord_1.x".into()] {
            assert_eq!(open(wrong).unwrap_err().code, "order_unknown");
        }
        let stored = store.read_blocking(move |db| db.raw("SELECT token_hash FROM order_head", &[])).unwrap();
        assert!(stored.iter().all(|row| !row.get::<String>(0).unwrap().contains("secret")));

        let denied = store.write_as_blocking(stranger, move |tx| cancel(tx, own, "x")).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let of_own = whole_of(store, own).consignments[0].id;
        let denied = store.write_as_blocking(Actor::Guest, move |tx| complete(tx, of_own, By::Buyer)).unwrap_err();
        assert_eq!(denied.kind, Kind::Unauthenticated);
        let loom = whole_of(store, guest).consignments[1].id;
        let other = seller_of(world.house.organisation);
        let denied = store.write_as_blocking(other, move |tx| pack(tx, loom)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        assert_eq!(whole_of(store, guest).consignments[1].state, State::ToPack);
    });
}

#[test]
fn an_objection_stops_the_window() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = paid_order(store, world, 9).order;
        let whole = whole_of(store, order);
        let (one, other) = (whole.consignments[0].id, whole.consignments[1].id);
        for id in [one, other] {
            store.write_blocking(move |tx| pack(tx, id).and_then(|_| hand_over(tx, id))).unwrap();
            tell(store, id, EventKind::Delivered, 1).unwrap();
        }
        let object = |id| store.write_as_blocking(Actor::Guest, move |tx| open_dispute(tx, id, "not_as_described"));
        object(one).unwrap();
        object(one).unwrap();
        let marks = |store: &store::Store| {
            let whole = whole_of(store, order);
            (whole.order.dispute, whole.consignments[0].dispute, whole.consignments[1].dispute)
        };
        assert_eq!(marks(store), (Dispute::Open, Dispute::Open, Dispute::None));
        let told = store.read_blocking(|db| db.raw("SELECT seq FROM event WHERE kind = 'consignment.disputed'", &[]));
        assert_eq!(told.unwrap().len(), 1, "told once");
        store.clock().advance_seconds(30 * 86_400);
        let waits = store.write_blocking(move |tx| complete(tx, one, By::Window)).unwrap();
        assert_eq!(waits, Completed::NotYet);
        let refused = store.write_as_blocking(Actor::Guest, move |tx| complete(tx, one, By::Buyer)).unwrap_err();
        assert_eq!(refused.code, "disputed");
        let other_seller = seller_of(world.seller.organisation);
        let denied = store.write_as_blocking(other_seller, move |tx| close_dispute(tx, one, "kept")).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        object(other).unwrap();
        store.write_blocking(move |tx| close_dispute(tx, one, "kept")).unwrap();
        assert_eq!(marks(store), (Dispute::Open, Dispute::Closed, Dispute::Open), "the other one is open");
        let by_window = |id| store.write_blocking(move |tx| complete(tx, id, By::Window)).unwrap();
        assert_eq!((by_window(one), by_window(other)), (Completed::Now, Completed::NotYet));
        store.write_blocking(move |tx| close_dispute(tx, other, "kept")).unwrap();
        assert_eq!(marks(store), (Dispute::Closed, Dispute::Closed, Dispute::Closed));
        assert_eq!(by_window(other), Completed::Now);
        object(one).unwrap();
        assert_eq!(marks(store), (Dispute::Open, Dispute::Open, Dispute::Closed), "also what is complete");
    });
}

#[test]
fn only_what_is_paid_and_goes_out_can_be_objected_to() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = store.write_blocking(move |tx| place_as(tx, &world, 9, None)).unwrap().order;
        let id = whole_of(store, order).consignments[0].id;
        let object = |id| store.write_as_blocking(Actor::Guest, move |tx| open_dispute(tx, id, "damaged"));
        assert_eq!(object(id).unwrap_err().code, "not_disputable");
        let order = paid_order(store, world, 19).order;
        let id = whole_of(store, order).consignments[0].id;
        store.write_blocking(move |tx| cancel_consignment(tx, id, "test")).unwrap();
        assert_eq!(object(id).unwrap_err().code, "not_disputable");
        assert_eq!(whole_of(store, order).order.dispute, Dispute::None);
    });
}

#[test]
fn escrow_is_guarded() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let placed = paid_order(store, world, 9);
        let (order, total) = (placed.order, placed.total);
        let release = |minor: i64| store.write_blocking(move |tx| released(tx, order, eur(minor)));
        assert_eq!(release(total.minor + 1).unwrap_err().code, "not_in_escrow");
        release(total.minor).unwrap();
        assert_eq!(whole_of(store, order).order.settlement, Settlement::Escrow, "split is what is complete");
        assert_eq!(release(1).unwrap_err().code, "not_in_escrow");
        let early = store.write_blocking(move |tx| refunded(tx, order, eur(1)));
        assert_eq!(early.unwrap_err().code, "not_in_escrow");
        release(-500).unwrap();
        store.write_blocking(move |tx| refunded(tx, order, eur(500))).unwrap();
        let seen = whole_of(store, order).order;
        assert_eq!((seen.escrow(), seen.payment), (eur(0), Payment::PartlyRefunded));
    });
}

#[test]
fn a_mailed_link_opens_its_order_and_no_other() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let (order, other) = (paid_order(store, world, 2).order, paid_order(store, world, 3).order);
        let open = |token: String| store.read_as_blocking(Actor::Guest, move |db| by_access_token(db, &token));
        let mailed = store.write_blocking(move |tx| mail_access(tx, order)).unwrap();
        let again = store.write_blocking(move |tx| mail_access(tx, order)).unwrap();
        assert_ne!(mailed, again, "every mail has its own");
        for token in [mailed.clone(), again, access_token(order, "secret-2")] {
            assert_eq!(open(token).unwrap().id, order);
        }
        let secret = mailed.split_once('.').unwrap().1;
        assert_eq!(open(access_token(other, secret)).unwrap_err().code, "order_unknown");
        let stored = store.read_blocking(|db| db.raw("SELECT token_hash FROM order_access", &[])).unwrap();
        assert!(stored.iter().all(|row| row.get::<String>(0).unwrap() != secret), "only hashes are kept");
        let denied = store.write_as_blocking(Actor::Guest, move |tx| mail_access(tx, order)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let told = store.read_blocking(move |db| Ok((contact(db, order)?, shippers(db, order)?))).unwrap();
        let whole = whole_of(store, order);
        assert_eq!((told.0.email, told.0.language), (whole.order.email.clone(), whole.order.language.clone()));
        let all: Vec<_> = whole.consignments.iter().map(|one| (one.id, one.organisation)).collect();
        assert_eq!(told.1, all);
    });
}
