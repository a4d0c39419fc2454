//! What must not happen, or not twice.

use super::fixture::*;
use base::{Actor, Kind};
use logistics::EventKind;
use orders::*;

#[test]
fn one_order_a_cart() {
    each(|shop| {
        let first = placed(shop, 9);
        let second = placed(shop, 9);
        assert_eq!(second, Placed { again: true, ..first.clone() });
        assert_eq!(shop.whole(first.order).lines.len(), 3);
        let (head, tail) = first.number.strip_prefix("EN-").unwrap().split_once('-').unwrap();
        assert_eq!((head.len(), tail.len()), (4, 4), "{}", first.number);
        let other = placed(shop, 10);
        assert_ne!(other.number, first.number);
        let typed = first.number.to_lowercase();
        let found = shop.read(move |db| by_number(db, &typed)).unwrap();
        assert_eq!(found.id, first.order);
    });
}

#[test]
fn a_second_capture_goes_back() {
    each(|shop| {
        let placed = paid_order(shop, 9);
        let (order, total) = (placed.order, placed.total);
        let extra = shop.write(move |tx| paid(tx, order, 0, total));
        assert_eq!(extra, Capture::Extra(total));
        shop.write(move |tx| refunded(tx, order, total));
        let seen = shop.whole(order).order;
        assert_eq!((seen.payment, seen.escrow()), (Payment::Paid, total), "the first payment stands");
        shop.write(move |tx| refunded(tx, order, total));
        assert_eq!(shop.whole(order).order.payment, Payment::Refunded);
        let more = shop.store.write_blocking(move |tx| refunded(tx, order, eur(1)));
        assert_eq!(more.unwrap_err().code, "not_in_escrow");
    });
}

#[test]
fn money_that_comes_after_the_end_is_owed_back() {
    each(|shop| {
        let placed = placed(shop, 9);
        let (order, total) = (placed.order, placed.total);
        assert!(shop.write(move |tx| lapse(tx, order)));
        assert!(!shop.write(move |tx| lapse(tx, order)));
        let lapsed = shop.whole(order).order;
        assert_eq!((lapsed.payment, lapsed.fulfilment), (Payment::Void, Fulfilment::Cancelled));
        assert_eq!(shop.write(move |tx| paid(tx, order, 0, total)), Capture::Extra(total));
        let late = shop.whole(order).order;
        assert_eq!((late.payment, late.fulfilment, late.escrow()), (Payment::Paid, Fulfilment::Cancelled, total));
        let failed = shop.write(move |tx| payment_failed(tx, order, "declined"));
        assert!(!failed, "a late refusal changes nothing");
    });
}

#[test]
fn another_amount_is_no_payment() {
    each(|shop| {
        let placed = placed(shop, 9);
        for wrong in [eur(placed.total.minor - 1), base::Money::new(placed.total.minor, base::Currency::USD)] {
            let order = placed.order;
            let refused = shop.store.write_blocking(move |tx| paid(tx, order, 0, wrong)).unwrap_err();
            assert_eq!(refused.code, "amount_differs");
        }
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Pending);
    });
}

#[test]
fn cancelling_is_before_packing_and_frees_the_stock() {
    each(|shop| {
        let variant = shop.shirt.variant;
        let held = || shop.read(move |db| stock::levels(db, &[variant]))[0].held;
        let first = paid_order(shop, 1);
        let order = first.order;
        assert_eq!(held(), 5);
        let done = shop.as_guest(move |tx| cancel(tx, order, "changed_mind")).unwrap();
        assert_eq!(done, Cancelled { to_refund: first.total, again: false });
        assert_eq!(held(), 0);
        let again = shop.write(move |tx| cancel(tx, order, "changed_mind"));
        assert!(again.again);
        assert_eq!(shop.whole(order).order.payment, Payment::Paid, "the refund is settlement's to make");

        let second = paid_order(shop, 2).order;
        let house = shop.whole(second).consignments[0].id;
        shop.pack(house).unwrap();
        let refused = shop.store.write_blocking(move |tx| cancel(tx, second, "changed_mind")).unwrap_err();
        assert_eq!(refused.code, "already_packed");
        assert_eq!(held(), 5, "a refused cancellation frees nothing");
        assert_eq!(shop.whole(second).consignments[1].state, State::ToPack);
    });
}

#[test]
fn nothing_is_packed_unpaid_or_handed_over_unpacked() {
    each(|shop| {
        let order = placed(shop, 9).order;
        let loom = shop.whole(order).consignments[1].id;
        assert_eq!(shop.pack(loom).unwrap_err().code, "wrong_state");
        let total = shop.whole(order).order.sums.total().unwrap();
        shop.write(move |tx| paid(tx, order, 0, total));
        assert_eq!(shop.hand_over(loom).unwrap_err().code, "wrong_state");
        let early = shop.store.write_blocking(move |tx| complete(tx, loom, By::Buyer)).unwrap_err();
        assert_eq!(early.code, "not_delivered");
        shop.pack(loom).unwrap();
        let here = shop.parcels_of(loom).remove(0).id;
        assert_eq!(shop.store.write_blocking(move |tx| write_off(tx, here)).unwrap_err().code, "wrong_state");
    });
}

#[test]
fn doubled_and_disordered_events_are_harmless() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let loom = shop.whole(order).consignments[1].id;
        sent(shop, loom);
        tell(shop, loom, EventKind::Delivered, 50).unwrap();
        let delivered = shop.whole(order).consignments[1].clone();
        assert!(!tell(shop, loom, EventKind::Delivered, 50).unwrap().new);
        assert!(tell(shop, loom, EventKind::Departed, 10).unwrap().new, "late, and known from now on");
        tell(shop, loom, EventKind::ImportHeld, 20).unwrap();
        assert_eq!(shop.whole(order).consignments[1], delivered);
    });
}

#[test]
fn others_do_not_reach_an_order() {
    each(|shop| {
        let jana = shop.buyer;
        let own = placed_by(shop, 1, jana).order;
        let guest = paid_order(shop, 2).order;
        let stranger = Actor::Person { person: 4711, organisation: 0, role: base::Role::Buyer };
        let seen = |actor: Actor, order| shop.try_read(actor, move |db| reach(db, order)).is_ok();
        assert!(seen(buyer(jana), own));
        assert!(!seen(stranger, own) && !seen(Actor::Guest, own) && !seen(staff(shop.loom.organisation), own));
        assert!(!seen(buyer(jana), guest) && !seen(Actor::Guest, guest), "a guest's order opens by its token");

        let open = |token: String| shop.try_read(Actor::Guest, move |db| by_access_token(db, &token));
        assert_eq!(open(access_token(guest, "secret-2")).unwrap().id, guest);
        for wrong in [access_token(guest, "secret-1"), guest.to_string(), String::new(), "ord_1.x".into()] {
            assert_eq!(open(wrong).unwrap_err().code, "order_unknown");
        }
        let stored = shop.read(move |db| db.raw("SELECT token_hash FROM order_head", &[]));
        assert!(stored.iter().all(|row| !row.get::<String>(0).unwrap().contains("secret")));

        let denied = shop.try_write(stranger, move |tx| cancel(tx, own, "x")).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let of_own = shop.whole(own).consignments[0].id;
        let denied = shop.as_guest(move |tx| complete(tx, of_own, By::Buyer)).unwrap_err();
        assert_eq!(denied.kind, Kind::Unauthenticated);
        let loom = shop.whole(guest).consignments[1].id;
        let other = staff(shop.house.organisation);
        let denied = shop.try_write(other, move |tx| pack(tx, loom)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        assert_eq!(shop.whole(guest).consignments[1].state, State::ToPack);
    });
}

#[test]
fn an_objection_stops_the_window() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let whole = shop.whole(order);
        let (one, other) = (whole.consignments[0].id, whole.consignments[1].id);
        for id in [one, other] {
            sent(shop, id);
            tell(shop, id, EventKind::Delivered, 1).unwrap();
        }
        let object = |id| shop.as_guest(move |tx| open_dispute(tx, id, "not_as_described"));
        object(one).unwrap();
        object(one).unwrap();
        let marks = |shop: &Shop| {
            let whole = shop.whole(order);
            (whole.order.dispute, whole.consignments[0].dispute, whole.consignments[1].dispute)
        };
        assert_eq!(marks(shop), (Dispute::Open, Dispute::Open, Dispute::None));
        let told =
            shop.store.read_blocking(|db| db.raw("SELECT seq FROM event WHERE kind = 'consignment.disputed'", &[]));
        assert_eq!(told.unwrap().len(), 1, "told once");
        shop.pass(30);
        let waits = shop.write(move |tx| complete(tx, one, By::Window));
        assert_eq!(waits, Completed::NotYet);
        let refused = shop.as_guest(move |tx| complete(tx, one, By::Buyer)).unwrap_err();
        assert_eq!(refused.code, "disputed");
        let other_seller = staff(shop.loom.organisation);
        let denied = shop.try_write(other_seller, move |tx| close_dispute(tx, one, "kept")).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        object(other).unwrap();
        shop.write(move |tx| close_dispute(tx, one, "kept"));
        assert_eq!(marks(shop), (Dispute::Open, Dispute::Closed, Dispute::Open), "the other one is open");
        let by_window = |id| shop.write(move |tx| complete(tx, id, By::Window));
        assert_eq!((by_window(one), by_window(other)), (Completed::Now, Completed::NotYet));
        shop.write(move |tx| close_dispute(tx, other, "kept"));
        assert_eq!(marks(shop), (Dispute::Closed, Dispute::Closed, Dispute::Closed));
        assert_eq!(by_window(other), Completed::Now);
        object(one).unwrap();
        assert_eq!(marks(shop), (Dispute::Open, Dispute::Open, Dispute::Closed), "also what is complete");
    });
}

#[test]
fn only_what_is_paid_and_goes_out_can_be_objected_to() {
    each(|shop| {
        let order = placed(shop, 9).order;
        let id = shop.whole(order).consignments[0].id;
        let object = |id| shop.as_guest(move |tx| open_dispute(tx, id, "damaged"));
        assert_eq!(object(id).unwrap_err().code, "not_disputable");
        let order = paid_order(shop, 19).order;
        let id = shop.whole(order).consignments[0].id;
        shop.write(move |tx| cancel_consignment(tx, id, "test"));
        assert_eq!(object(id).unwrap_err().code, "not_disputable");
        assert_eq!(shop.whole(order).order.dispute, Dispute::None);
    });
}

#[test]
fn escrow_is_guarded() {
    each(|shop| {
        let placed = paid_order(shop, 9);
        let (order, total) = (placed.order, placed.total);
        let release = |minor: i64| shop.store.write_blocking(move |tx| released(tx, order, eur(minor)));
        assert_eq!(release(total.minor + 1).unwrap_err().code, "not_in_escrow");
        release(total.minor).unwrap();
        assert_eq!(shop.whole(order).order.settlement, Settlement::Escrow, "split is what is complete");
        assert_eq!(release(1).unwrap_err().code, "not_in_escrow");
        let early = shop.store.write_blocking(move |tx| refunded(tx, order, eur(1)));
        assert_eq!(early.unwrap_err().code, "not_in_escrow");
        release(-500).unwrap();
        shop.write(move |tx| refunded(tx, order, eur(500)));
        let seen = shop.whole(order).order;
        assert_eq!((seen.escrow(), seen.payment), (eur(0), Payment::PartlyRefunded));
    });
}

#[test]
fn a_mailed_link_opens_its_order_and_no_other() {
    each(|shop| {
        let (order, other) = (paid_order(shop, 2).order, paid_order(shop, 3).order);
        let open = |token: String| shop.try_read(Actor::Guest, move |db| by_access_token(db, &token));
        let mailed = shop.write(move |tx| mail_access(tx, order));
        let again = shop.write(move |tx| mail_access(tx, order));
        assert_ne!(mailed, again, "every mail has its own");
        for token in [mailed.clone(), again, access_token(order, "secret-2")] {
            assert_eq!(open(token).unwrap().id, order);
        }
        let secret = mailed.split_once('.').unwrap().1;
        assert_eq!(open(access_token(other, secret)).unwrap_err().code, "order_unknown");
        let stored = shop.read(|db| db.raw("SELECT token_hash FROM order_access", &[]));
        assert!(stored.iter().all(|row| row.get::<String>(0).unwrap() != secret), "only hashes are kept");
        let denied = shop.as_guest(move |tx| mail_access(tx, order)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let told = shop.read(move |db| Ok((contact(db, order)?, shippers(db, order)?)));
        let whole = shop.whole(order);
        assert_eq!((told.0.email, told.0.language), (whole.order.email.clone(), whole.order.language.clone()));
        let all: Vec<_> = whole.consignments.iter().map(|one| (one.id, one.organisation)).collect();
        assert_eq!(told.1, all);
    });
}
