//! What a claim comes to: money that waits, goes back once, or was given before.

use super::fixture::*;
use aftersales::*;
use base::Kind as ErrorKind;
use orders::{By, Dispute};
use settlement::What;
use shop_world::staff;
use shop_world::stated::{EARNED, LOOMS, LOSS, SHIRT};

#[test]
fn the_money_waits_until_the_seller_agrees_and_goes_back_once() {
    each(|shop| {
        let (order, consignment, lines) = delivered(shop);
        let id = opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap();
        assert_eq!((now_is(shop, id), dispute(shop, consignment)), ((State::Open, Outcome::None), Dispute::Open));
        let early = shop.as_guest(move |tx| settlement::complete(tx, consignment, By::Buyer));
        assert_eq!(early.unwrap_err().code, "disputed");
        let stranger = staff(shop.house.organisation);
        let denied = shop.try_write(stranger, move |tx| agree(tx, id, false, "")).unwrap_err();
        assert_eq!(denied.kind, ErrorKind::Denied);
        let denied = shop.as_guest(move |tx| agree(tx, id, false, "")).unwrap_err();
        assert_eq!(denied.kind, ErrorKind::Unauthenticated);
        shop.as_loom(move |tx| agree(tx, id, false, "Sorry.")).unwrap();
        let twice = shop.as_loom(move |tx| agree(tx, id, true, "Or not.")).unwrap_err();
        assert_eq!(twice.code, "wrong_step");
        assert_eq!(now_is(shop, id), (State::Settling, Outcome::None));
        settles(shop, id);
        settles(shop, id);
        let known = found(shop, id);
        assert_eq!((known.state, known.outcome, known.refunded), (State::Closed, Outcome::Refunded, eur(SHIRT)));
        assert_eq!(dispute(shop, consignment), Dispute::Closed);
        assert_eq!((told(shop, "settlement.refund"), told(shop, "claim.closed")), (1, 1));
        shop.confirm(order);
        shop.refund_all(order);
        let story = shop.read(move |db| words(db, id));
        let deeds: Vec<(&str, &str)> = story.iter().map(|one| (one.author.as_str(), one.deed.as_str())).collect();
        assert_eq!(deeds, [("buyer", "opened"), ("seller", "agreed")]);
    });
}

#[test]
fn what_is_withdrawn_comes_back_with_its_delivery_and_lies_on_the_shelf() {
    each(|shop| {
        let (order, consignment, lines) = delivered(shop);
        let all = vec![(lines[0].id, 4), (lines[1].id, 1)];
        let id = opened(shop, &withdrawal(consignment, all)).unwrap();
        let known = found(shop, id);
        assert_eq!((known.state, known.rule.as_str()), (State::Returning, "eu-withdrawal-2014"));
        assert_eq!(known.return_to.unwrap().city, "Shenzhen");
        let before = shop.free(shop.shirt);
        let blank = shop.as_guest(move |tx| send_back(tx, id, "Post", " ")).unwrap_err();
        assert_eq!(blank.fields[0].name, "tracking");
        for _ in 0..2 {
            shop.as_guest(move |tx| send_back(tx, id, "Post", "RR1")).unwrap();
        }
        assert_eq!(told(shop, "claim.sent"), 1);
        let much = vec![(lines[0].id, 5)];
        let refused = shop.as_loom(move |tx| receive(tx, id, &much, "")).unwrap_err();
        assert_eq!(refused.code, "too_many_pieces");
        let shelf = vec![(lines[0].id, 3)];
        shop.as_loom(move |tx| receive(tx, id, &shelf, "One is torn.")).unwrap();
        settles(shop, id);
        let known = found(shop, id);
        // All of it but the fees at the border.
        assert_eq!((known.outcome, known.refunded), (Outcome::Refunded, eur(LOOMS - 300)));
        assert_eq!(shop.free(shop.shirt), before + 3);
        shop.confirm(order);
        shop.refund_all(order);
    });
}

#[test]
fn after_completion_the_payout_waits_and_the_seller_gives_the_money() {
    each(|shop| {
        let order = shop.completed();
        let (consignment, lines) = (shop.of_loom(order), shop.lines_of_loom(order));
        let id = opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap();
        shop.pass(8);
        assert_eq!(shop.pay_out(), [], "what is objected to is not paid out");
        shop.as_loom(move |tx| agree(tx, id, false, "")).unwrap();
        settles(shop, id);
        shop.pass(1);
        assert_eq!(shop.pay_out(), [eur(EARNED - LOSS)]);
    });
}

#[test]
fn what_was_given_back_meanwhile_goes_to_the_operator() {
    each(|shop| {
        let (order, consignment, lines) = delivered(shop);
        let id = opened(shop, &damaged(consignment, lines[1].id, 1)).unwrap();
        shop.as_loom(move |tx| agree(tx, id, false, "")).unwrap();
        shop.give_back(order, What::Consignment(consignment), "x").unwrap();
        settles(shop, id);
        assert_eq!(now_is(shop, id), (State::Escalated, Outcome::None));
        let story = shop.read(move |db| words(db, id));
        assert_eq!(story.last().map(|one| one.deed.as_str()), Some("cannot_be_paid"));
        shop.as_operator(move |tx| decide(tx, id, Decision::Nothing, "Paid already.")).unwrap();
        assert_eq!(now_is(shop, id), (State::Closed, Outcome::Dismissed));
    });
}
