//! What costs more is paid before anything changes, what costs less goes back at once, what is not touched stays.

use super::fixture::*;
use crate::*;
use checkout::Choice;
use orders::{DueState, Fulfilment, Payment};
use shop_world::{GOOD_CARD, staff};

#[test]
fn goods_are_added_and_the_difference_is_paid() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 2)]);
        let before = shop.whole(order).order.captured;
        let change = AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) };
        let known = agreed(shop, &change);
        assert_eq!(known.state, State::Agreed);
        assert!(known.more().minor > 0 && known.left == before);
        assert_eq!(shop.stock(shop.mug), (999, 1), "held for the change");
        assert_eq!(shop.live(order).len(), 1, "nothing changes before it is paid");
        shop.pay(order, GOOD_CARD).unwrap();
        goes_on(shop, order);
        let whole = shop.whole(order);
        assert_eq!(found(shop, known.id).state, State::Done);
        assert_eq!(whole.order.captured.minor, before.minor + known.more().minor);
        assert_eq!(whole.order.payment, Payment::Paid);
        assert_eq!(whole.order.total().unwrap(), whole.order.captured);
        let live = shop.live(order);
        assert_eq!(live.len(), 1, "shirt and mug travel together");
        assert_eq!(live[0].total, known.total);
        assert!(live[0].ship_by.is_some());
        let unit = line_of(shop, order, shop.shirt).unit_price;
        assert_eq!(unit, eur(1500), "what was bought keeps its price");
        assert_eq!((shop.stock(shop.shirt), shop.stock(shop.mug)), ((998, 2), (999, 1)));
        let dues = shop.read(move |db| orders::dues(db, order));
        assert_eq!(dues.iter().map(|due| due.state).collect::<Vec<_>>(), [DueState::Paid, DueState::Paid]);
        adds_up(shop, order);
    });
}

/// What went back of other goods counts against what is paid for the change, at every moment.
#[test]
fn an_order_of_which_something_went_back_is_paid_for_as_its_sums_say() {
    each(|shop| {
        let order = shop.paid(&[(shop.lamp, 1), (shop.shirt, 2)]);
        let lamp = line_of(shop, order, shop.lamp).id;
        let what = settlement::What::Reduction { amount: eur(100), line: Some(lamp) };
        let refund = settlement::Refund { order, what, reason: "late".into(), key: "r1".into() };
        shop.write(move |tx| settlement::refund(tx, &refund));
        shop.refund_all(order);
        let payment = || shop.whole(order).order.payment;
        assert_eq!(payment(), Payment::PartlyRefunded);
        let change = AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) };
        assert!(agreed(shop, &change).more().minor > 100);
        shop.pay(order, GOOD_CARD).unwrap();
        assert_eq!(payment(), Payment::Paid, "more lies here than what is owed until the change is carried out");
        goes_on(shop, order);
        assert_eq!(payment(), Payment::PartlyRefunded);
    });
}

#[test]
fn what_is_not_touched_stays_as_it_was_sold() {
    each(|shop| {
        let order = shop.paid(&[(shop.lamp, 1), (shop.shirt, 1)]);
        let lamp = line_of(shop, order, shop.lamp).consignment;
        agreed(shop, &AskAmendment { lines: vec![(line_of(shop, order, shop.shirt).id, 3)], ..ask(order) });
        shop.pay(order, GOOD_CARD).unwrap();
        goes_on(shop, order);
        assert_eq!(line_of(shop, order, shop.lamp).consignment, lamp);
        assert_eq!(line_of(shop, order, shop.shirt).quantity, 3, "one line, since the price is the same");
        assert_eq!(shop.stock(shop.shirt), (997, 3));
        adds_up(shop, order);
    });
}

#[test]
fn what_costs_less_goes_back_at_once() {
    each(|shop| {
        let order = shop.paid(&[(shop.lamp, 1), (shop.shirt, 4)]);
        let shirt = line_of(shop, order, shop.shirt);
        let known = agreed(shop, &AskAmendment { lines: vec![(shirt.id, 1)], ..ask(order) });
        assert_eq!(known.state, State::Done);
        let intents = shop.read(move |db| payments::by_subject(db, order.raw()));
        assert_eq!(intents[0].refunding_minor, known.back().minor);
        assert!(known.back().minor >= 4500);
        assert_eq!(shop.stock(shop.shirt), (999, 1));
        let old = shop.whole(order);
        let old = old.consignment(shirt.consignment).unwrap();
        assert_eq!(old.replaced_by, Some(known.id.raw()));
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::ToPack);
        adds_up(shop, order);
    });
}

#[test]
fn another_service_is_a_difference_too() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let old = shop.live(order).remove(0);
        let other = {
            let world = shop.world.clone();
            let options = shop.read(move |db| services(db, &world, order, None));
            let services: Vec<String> = options[0].options.iter().map(|one| one.service.code.clone()).collect();
            services.into_iter().find(|code| *code != old.service).expect("there is another one")
        };
        let choice = Choice { organisation: old.organisation, warehouse: old.warehouse, service: other.clone() };
        let known = agreed(shop, &AskAmendment { services: vec![choice], ..ask(order) });
        if known.more().minor > 0 {
            shop.pay(order, GOOD_CARD).unwrap();
            goes_on(shop, order);
        }
        let live = shop.live(order);
        assert_eq!((live.len(), live[0].service.as_str()), (1, other.as_str()));
        adds_up(shop, order);
    });
}

#[test]
fn the_changed_order_goes_its_way_and_everybody_is_paid() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        agreed(shop, &AskAmendment { add: vec![(shop.shirt.offer, 1)], ..ask(order) });
        shop.pay(order, GOOD_CARD).unwrap();
        goes_on(shop, order);
        let one = shop.live(order).remove(0).id;
        let seller = staff(shop.loom.organisation);
        shop.try_write(seller, move |tx| orders::pack(tx, one).map(drop)).unwrap();
        shop.try_write(seller, move |tx| orders::hand_over(tx, one)).unwrap();
        assert_eq!(shop.stock(shop.shirt), (998, 0));
        adds_up(shop, order);
    });
}
