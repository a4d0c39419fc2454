//! A seller or the operator asks the buyer: yes, no, and no answer at all.

use super::fixture::*;
use crate::*;
use base::{Actor, Kind, Role};
use orders::Side;
use settlement::Why;
use shop_world::{GOOD_CARD, Shop, berlin, staff};

fn to_buyer() -> Option<ToBuyer> {
    Some(ToBuyer { reason: Why::OutOfStock, words: "The blue one is the same.".into() })
}

fn operator() -> Actor {
    Actor::Person { person: 9, organisation: 1, role: Role::Operations }
}

fn offers(shop: &Shop, actor: Actor, ask: &AskAmendment) -> base::Result<Amendment> {
    let (world, ask) = (shop.world.clone(), AskAmendment { to_buyer: to_buyer(), ..ask.clone() });
    shop.try_write(actor, move |tx| propose(tx, &world, &ask))
}

fn told(shop: &Shop, kind: &str) -> usize {
    let kind = vec![store::Value::Text(kind.into())];
    shop.read(move |db| db.raw("SELECT seq FROM event WHERE kind = $1", &kind)).len()
}

fn code(told: base::Error) -> &'static str {
    told.fields.first().map_or(told.code, |field| field.code)
}

fn days(shop: &Shop, days: i64) {
    shop.store.clock().advance_seconds(days * 86_400);
}

#[test]
fn a_seller_proposes_and_only_the_buyers_yes_changes_the_order() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 2), (shop.lamp, 1)]);
        let (shirt, seller) = (line_of(shop, order, shop.shirt).id, staff(shop.loom.organisation));
        let ask = AskAmendment { lines: vec![(shirt, 0)], add: vec![(shop.mug.offer, 1)], ..ask(order) };
        let known = offers(shop, seller, &ask).unwrap();
        assert_eq!((known.side, known.organisation), (Side::Seller, Some(shop.loom.organisation)));
        assert_eq!((known.reason, known.words.as_str()), (Some(Why::OutOfStock), "The blue one is the same."));
        assert_eq!((known.state, told(shop, "amendment.offered")), (State::Proposed, 1));
        assert_eq!(known.expires_at.seconds_since(known.proposed_at), OFFERED_HOURS * 3_600);
        assert_eq!((shop.stock(shop.shirt), shop.stock(shop.mug)), ((998, 2), (999, 1)));
        let id = known.id;
        for actor in [seller, operator(), Actor::Person { person: 3, organisation: 0, role: Role::Buyer }] {
            let denied = shop.try_write(actor, move |tx| agree(tx, id, "sandbox")).unwrap_err();
            assert_eq!(denied.kind, Kind::Denied);
        }
        let lamps: Vec<_> = shop.live(order).iter().map(|one| one.id).collect();
        days(shop, 1);
        let after = try_agree(shop, id).unwrap();
        assert_eq!(after.state, if known.more().minor > 0 { State::Agreed } else { State::Done });
        if known.more().minor > 0 {
            shop.pay(order, GOOD_CARD).unwrap();
            goes_on(shop, order);
        }
        assert_eq!(found(shop, id).state, State::Done);
        assert_eq!(shop.stock(shop.shirt), (1000, 0));
        let live = shop.live(order);
        assert_eq!(live.len(), 2, "the lamp's consignment, and the new one");
        assert!(live.iter().any(|one| lamps.contains(&one.id)), "what is another's stays as it was sold");
        let promised = known.change.unwrap().amended.consignments[0].arrives;
        let new = live.iter().find(|one| !lamps.contains(&one.id)).unwrap();
        assert!(new.arrives.0 > promised.0, "it leaves a day later");
        assert_eq!(told(shop, "amendment.over"), 0);
        adds_up(shop, order);
    });
}

#[test]
fn a_no_a_change_of_mind_and_silence_leave_the_order_as_it_is() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 2)]);
        let (shirt, seller) = (line_of(shop, order, shop.shirt).id, staff(shop.loom.organisation));
        let less = AskAmendment { lines: vec![(shirt, 1)], add: vec![(shop.mug.offer, 1)], ..ask(order) };
        let before = shop.whole(order).order.total().unwrap();
        for (ends, why) in [(Actor::Guest, "declined"), (seller, "withdrawn"), (operator(), "withdrawn")] {
            let id = offers(shop, seller, &less).unwrap().id;
            shop.try_write(ends, move |tx| withdraw(tx, id)).unwrap();
            shop.try_write(ends, move |tx| withdraw(tx, id)).unwrap();
            assert_eq!((found(shop, id).state, found(shop, id).why.as_str()), (State::Void, why));
            assert_eq!(try_agree(shop, id).unwrap_err().code, "amendment_over");
        }
        assert_eq!(told(shop, "amendment.over"), 3);
        let known = offers(shop, seller, &less).unwrap();
        days(shop, 2);
        assert_eq!(try_agree(shop, known.id).unwrap_err().code, "amendment_over");
        let late = shop.store.clock().now();
        assert_eq!(shop.write(move |tx| expire(tx, late, 10)), 1);
        assert_eq!((found(shop, known.id).why.as_str(), told(shop, "amendment.over")), ("expired", 4));
        assert_eq!((shop.stock(shop.shirt), shop.stock(shop.mug)), ((998, 2), (1000, 0)));
        assert_eq!((shop.live(order).len(), shop.whole(order).order.total().unwrap()), (1, before));
        adds_up(shop, order);
    });
}

#[test]
fn a_seller_reaches_only_what_it_sells_and_never_the_address() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1), (shop.lamp, 1)]);
        let other = shop.paid(&[(shop.lamp, 1)]);
        let seller = staff(shop.loom.organisation);
        let lamp = line_of(shop, order, shop.lamp).id;
        let wrong = |ask: AskAmendment| code(offers(shop, seller, &ask).unwrap_err());
        assert_eq!(wrong(AskAmendment { lines: vec![(lamp, 0)], ..ask(order) }), "not_in_order");
        assert_eq!(wrong(AskAmendment { add: vec![(shop.lamp.offer, 1)], ..ask(order) }), "not_sold_by_you");
        let mug = vec![(shop.mug.offer, 1)];
        assert_eq!(wrong(AskAmendment { add: mug.clone(), ..ask(other) }), "order_unknown");
        assert_eq!(wrong(AskAmendment { add: mug.clone(), address: Some(berlin()), ..ask(order) }), "buyers_address");
        for actor in [Actor::Guest, Actor::Person { person: 3, organisation: 0, role: Role::Buyer }] {
            let told = offers(shop, actor, &AskAmendment { add: mug.clone(), ..ask(order) }).unwrap_err();
            assert!(matches!(told.kind, Kind::Denied | Kind::Unauthenticated), "{told:?}");
        }
        assert_eq!((shop.stock(shop.mug), told(shop, "amendment.offered")), ((1000, 0), 0));
        let by = offers(shop, operator(), &AskAmendment { add: mug, lines: vec![(lamp, 2)], ..ask(order) }).unwrap();
        assert_eq!((by.side, by.organisation), (Side::Operator, None));
    });
}

#[test]
fn an_order_has_one_proposal_and_who_wants_another_waits_for_the_answer() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1), (shop.lamp, 1)]);
        let seller = staff(shop.loom.organisation);
        let mug = AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) };
        let first = offers(shop, seller, &mug).unwrap().id;
        assert_eq!(try_propose(shop, &mug).unwrap_err().code, "amendment_open");
        assert_eq!(offers(shop, operator(), &mug).unwrap_err().code, "amendment_open");
        let two = AskAmendment { add: vec![(shop.mug.offer, 2)], ..ask(order) };
        let second = offers(shop, seller, &two).unwrap().id;
        assert_eq!(found(shop, first).why, "replaced");
        shop.try_write(Actor::Guest, move |tx| withdraw(tx, second)).unwrap();
        proposed(shop, &mug);
        assert_eq!(offers(shop, seller, &mug).unwrap_err().code, "amendment_open", "the buyer is looking");
        days(shop, 1);
        let third = offers(shop, seller, &mug).unwrap().id;
        let listed = shop.read(move |db| offered(db, order, None));
        assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [third, second, first]);
        let none = shop.house.organisation;
        assert_eq!(shop.read(move |db| offered(db, order, Some(none))), []);
    });
}

#[test]
fn a_yes_that_is_not_paid_and_goods_packed_meanwhile_leave_the_order() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let seller = staff(shop.loom.organisation);
        let mug = AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) };
        let id = offers(shop, seller, &mug).unwrap().id;
        assert_eq!(try_agree(shop, id).unwrap().state, State::Agreed);
        let late = shop.try_write(seller, move |tx| withdraw(tx, id)).unwrap_err();
        assert_eq!(late.code, "amendment_done", "the buyer said yes");
        assert!(shop_world::wait(checkout::lapse(&shop.store, &shop.providers(), order)).unwrap());
        goes_on(shop, order);
        assert_eq!((found(shop, id).why.as_str(), told(shop, "amendment.over")), ("unpaid", 1));
        let id = offers(shop, seller, &mug).unwrap().id;
        let one = shop.live(order).remove(0).id;
        shop.try_write(seller, move |tx| orders::pack(tx, one).map(drop)).unwrap();
        assert_eq!(try_agree(shop, id).unwrap_err().code, "already_packed");
        days(shop, 2);
        let late = shop.store.clock().now();
        shop.write(move |tx| expire(tx, late, 10));
        assert_eq!(found(shop, id).why, "packed");
        assert_eq!(shop.stock(shop.mug), (1000, 0));
        adds_up(shop, order);
    });
}

#[test]
fn another_door_meanwhile_is_where_the_changed_order_goes() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let mug = AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) };
        let id = offers(shop, staff(shop.loom.organisation), &mug).unwrap().id;
        let door = base::Address { street: "Linienstraße 1".into(), ..berlin() };
        shop.try_write(Actor::Guest, move |tx| orders::readdress(tx, order, &door).map(drop)).unwrap();
        try_agree(shop, id).unwrap();
        shop.pay(order, GOOD_CARD).unwrap();
        goes_on(shop, order);
        assert_eq!(found(shop, id).state, State::Done);
        assert_eq!(shop.whole(order).order.address.street, "Linienstraße 1");
    });
}
