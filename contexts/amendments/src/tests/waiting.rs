//! What happens when the other side never answers, is late, or pays for nothing.

use super::fixture::*;
use crate::*;
use orders::DueState;
use shop_world::{BAD_CARD, GOOD_CARD, staff, wait};

#[test]
fn a_proposal_that_nobody_agrees_to_frees_its_stock() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let known = proposed(shop, &AskAmendment { add: vec![(shop.mug.offer, 2)], ..ask(order) });
        assert_eq!(shop.stock(shop.mug), (998, 2));
        let late = known.expires_at;
        assert_eq!(shop.write(move |tx| expire(tx, late, 10)), 1);
        assert_eq!(shop.stock(shop.mug), (1000, 0));
        let told = try_agree(shop, known.id).unwrap_err();
        assert_eq!(told.code, "amendment_over");
        assert_eq!(shop.live(order).len(), 1);
        adds_up(shop, order);
    });
}

#[test]
fn what_nobody_pays_for_comes_to_nothing_and_the_order_stays() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let known = agreed(shop, &AskAmendment { add: vec![(shop.mug.offer, 2)], ..ask(order) });
        assert!(matches!(shop.pay(order, BAD_CARD).unwrap(), payments::Outcome::Declined { .. }));
        assert!(wait(checkout::lapse(&shop.store, &shop.providers(), order)).unwrap());
        goes_on(shop, order);
        let known = found(shop, known.id);
        assert_eq!((known.state, known.why.as_str()), (State::Void, "unpaid"));
        assert_eq!(shop.stock(shop.mug), (1000, 0));
        assert_eq!(shop.whole(order).order.fulfilment, orders::Fulfilment::ToPack);
        assert_eq!(shop.pay(order, GOOD_CARD).unwrap_err().code, "not_payable");
        adds_up(shop, order);
    });
}

#[test]
fn what_is_packed_before_the_money_comes_gives_it_back() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let known = agreed(shop, &AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) });
        let one = shop.live(order).remove(0).id;
        shop.try_write(staff(shop.loom.organisation), move |tx| orders::pack(tx, one).map(drop)).unwrap();
        shop.pay(order, GOOD_CARD).unwrap();
        goes_on(shop, order);
        let after = found(shop, known.id);
        assert_eq!((after.state, after.why.as_str()), (State::Void, "packed"));
        let dues = shop.read(move |db| orders::dues(db, order));
        assert_eq!(dues[1].state, DueState::Returned);
        let intents = shop.read(move |db| payments::by_subject(db, order.raw()));
        assert_eq!(intents[1].refunding_minor, known.more().minor);
        assert_eq!(shop.stock(shop.mug), (1000, 0));
        adds_up(shop, order);
    });
}

#[test]
fn an_order_that_is_called_off_takes_its_change_with_it() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let known = agreed(shop, &AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) });
        shop.try_write(base::Actor::Guest, move |tx| settlement::cancel(tx, order, "changed_mind")).unwrap();
        goes_on(shop, order);
        assert_eq!(found(shop, known.id).state, State::Void);
        assert_eq!((shop.stock(shop.shirt), shop.stock(shop.mug)), ((1000, 0), (1000, 0)));
        adds_up(shop, order);
    });
}

#[test]
fn a_change_can_be_taken_back_until_it_is_paid() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let known = agreed(shop, &AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) });
        let id = known.id;
        let back = move |tx: &mut store::Tx| withdraw(tx, id);
        shop.try_write(base::Actor::Guest, back).unwrap();
        shop.try_write(base::Actor::Guest, back).unwrap();
        assert_eq!(found(shop, id).why, "withdrawn");
        assert_eq!(shop.stock(shop.mug), (1000, 0));
        let again = agreed(shop, &AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) });
        shop.pay(order, GOOD_CARD).unwrap();
        let id = again.id;
        let told = shop.try_write(base::Actor::Guest, move |tx| withdraw(tx, id)).unwrap_err();
        assert_eq!(told.code, "amendment_done");
        goes_on(shop, order);
        adds_up(shop, order);
    });
}
