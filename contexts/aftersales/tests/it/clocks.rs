//! Who has how long for each step, and what happens when nobody answers.

use super::fixture::*;
use aftersales::*;
use base::{Id, Kind as ErrorKind};
use logistics::EventKind;
use orders::Dispute;
use shop_world::stated::{ARRIVES, day};

#[test]
fn a_seller_that_never_answers_leaves_it_to_the_operator() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        let id = opened(shop, &damaged(consignment, lines[1].id, 1)).unwrap();
        clock(shop, id);
        assert_eq!(now_is(shop, id).0, State::Open, "not before its time");
        shop.pass(3);
        clock(shop, id);
        assert_eq!(now_is(shop, id).0, State::Escalated);
        assert_eq!(shop.read(late), 0);
        shop.pass(4);
        clock(shop, id);
        assert_eq!((now_is(shop, id).0, shop.read(late)), (State::Escalated, 1), "late, and still there");
        let denied = shop.as_loom(move |tx| decide(tx, id, Decision::Nothing, "No."));
        assert_eq!(denied.unwrap_err().kind, ErrorKind::Denied);
        let seen = shop.read(move |db| foresee(db, id, Decision::LowerPrice(eur(1_000))));
        assert_eq!(seen.iter().map(|one| one.amount).collect::<Vec<_>>(), [eur(1_000)]);
        let less = Decision::LowerPrice(eur(1_000));
        let silent = shop.as_operator(move |tx| decide(tx, id, less, " ")).unwrap_err();
        assert_eq!(silent.fields[0].code, "required");
        shop.as_operator(move |tx| decide(tx, id, less, "A scratch.")).unwrap();
        settles(shop, id);
        let known = found(shop, id);
        assert_eq!((known.outcome, known.refunded), (Outcome::Reduced, eur(1_000)));
    });
}

#[test]
fn the_right_ends_with_its_days() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        shop.pass(14);
        let whole = vec![(lines[0].id, 1)];
        let wish = withdrawal(consignment, whole);
        let asked = wish.clone();
        shop.read(move |db| check(db, &asked));
        shop.pass(2);
        assert_eq!(opened(shop, &wish).unwrap_err().code, "claim_window_over");
        opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap();
        shop.pass(730);
        assert_eq!(opened(shop, &damaged(consignment, lines[1].id, 1)).unwrap_err().code, "claim_window_over");
    });
}

#[test]
fn what_is_not_sent_back_ends_the_claim_after_a_reminder() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        let id = opened(shop, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        for (days, reminders) in [(0, 0), (11, 1), (1, 1)] {
            shop.pass(days);
            clock(shop, id);
            assert_eq!((now_is(shop, id).0, told(shop, "claim.return_due")), (State::Returning, reminders));
        }
        shop.pass(2);
        clock(shop, id);
        assert_eq!(now_is(shop, id), (State::Closed, Outcome::NotReturned));
        assert_eq!((dispute(shop, consignment), told(shop, "settlement.refund")), (Dispute::Closed, 0));
        let late = shop.as_guest(move |tx| send_back(tx, id, "Post", "RR1")).unwrap_err();
        assert_eq!(late.code, "wrong_step");
    });
}

/// Each step's days, as pages show them: three for the seller and three for the operator, seven to ask the operator, fourteen to send
/// back, and fourteen until what was sent is taken for received.
#[test]
fn each_step_has_its_days() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        let [one, other] = [0, 1].map(|at| opened(shop, &damaged(consignment, lines[at].id, 1)).unwrap());
        let in_days = |id: Id<Claim>, days: i64| {
            let known = found(shop, id);
            assert_eq!(known.due_at, Some(shop.store.clock().now().plus_days(days)), "{:?}", known.state);
        };
        in_days(one, 3);
        shop.pass(1);
        shop.as_loom(move |tx| refuse(tx, one, "It was whole.")).unwrap();
        in_days(one, 7);
        shop.pass(1);
        shop.as_guest(move |tx| escalate(tx, one, "Look at the picture.")).unwrap();
        in_days(one, 3);
        shop.as_loom(move |tx| agree(tx, other, true, "Send it back.")).unwrap();
        in_days(other, 14);
        shop.pass(5);
        shop.as_guest(move |tx| send_back(tx, other, "Post", "RR2")).unwrap();
        in_days(other, 14);
    });
}

#[test]
fn what_was_sent_and_never_confirmed_is_paid_by_the_clock() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        let id = opened(shop, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        shop.pass(5);
        shop.as_guest(move |tx| send_back(tx, id, "Post", "RR1")).unwrap();
        clock(shop, id);
        assert_eq!(now_is(shop, id).0, State::Sent);
        // Fourteen days from the buyer's word, not from the parcel.
        shop.pass(9);
        clock(shop, id);
        settles(shop, id);
        assert_eq!(now_is(shop, id), (State::Closed, Outcome::Refunded));
    });
}

#[test]
fn a_no_goes_to_the_operator_when_the_buyer_asks_and_stands_when_not() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        let [one, other] = [0, 1].map(|at| opened(shop, &damaged(consignment, lines[at].id, 1)).unwrap());
        for id in [one, other] {
            let silent = shop.as_loom(move |tx| refuse(tx, id, "")).unwrap_err();
            assert_eq!(silent.fields[0].code, "required");
            shop.as_loom(move |tx| refuse(tx, id, "It was whole.")).unwrap();
        }
        shop.as_guest(move |tx| escalate(tx, one, "Look at the picture.")).unwrap();
        shop.as_operator(move |tx| decide(tx, one, Decision::Nothing, "It is whole.")).unwrap();
        assert_eq!(now_is(shop, one), (State::Closed, Outcome::Dismissed));
        assert_eq!(dispute(shop, consignment), Dispute::Open, "the other one is open");
        shop.pass(7);
        clock(shop, other);
        assert_eq!(now_is(shop, other), (State::Closed, Outcome::Refused));
        assert_eq!((dispute(shop, consignment), told(shop, "settlement.refund")), (Dispute::Closed, 0));
    });
}

#[test]
fn a_late_parcel_can_be_missed_after_its_last_day() {
    each(|shop| {
        let order = shop.sold();
        let (consignment, lines) = (shop.of_loom(order), shop.lines_of_loom(order));
        let missing = NewClaim { kind: Kind::NotArrived, ..damaged(consignment, lines[0].id, 4) };
        assert_eq!(opened(shop, &missing).unwrap_err().code, "not_delivered", "it has not left");
        shop.report(order, |_| EventKind::Departed);
        assert_eq!(opened(shop, &damaged(consignment, lines[0].id, 4)).unwrap_err().code, "not_delivered");
        let early = shop.store.clock().now().date() <= day(ARRIVES);
        if early {
            assert_eq!(opened(shop, &missing).unwrap_err().code, "not_arrived_yet");
            shop.pass(40);
        }
        let id = opened(shop, &missing).unwrap();
        let back = shop.as_loom(move |tx| agree(tx, id, true, "")).unwrap_err();
        assert_eq!(back.code, "nothing_to_send_back");
        assert_eq!(now_is(shop, id).0, State::Open);
    });
}
