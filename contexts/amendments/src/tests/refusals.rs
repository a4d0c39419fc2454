//! Who may not, when not, and what cannot be asked for.

use super::fixture::*;
use crate::*;
use base::{Actor, Address, Kind, Money};
use settlement::{Refund, What};
use shop_world::{Thing, berlin, staff};
use stock::Want;

fn code(shop: &shop_world::Shop, ask: &AskAmendment) -> &'static str {
    let told = try_propose(shop, ask).unwrap_err();
    told.fields.first().map_or(told.code, |field| field.code)
}

#[test]
fn nobody_else_changes_an_order() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let change = AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) };
        let known = proposed(shop, &change);
        let id = known.id;
        for actor in
            [staff(shop.loom.organisation), Actor::Person { person: 9, organisation: 0, role: base::Role::Buyer }]
        {
            let (world, change) = (shop.world.clone(), change.clone());
            let told = shop.try_write(actor, move |tx| propose(tx, &world, &change).map(drop)).unwrap_err();
            assert_eq!(told.kind, Kind::Denied);
            assert_eq!(shop.try_write(actor, move |tx| agree(tx, id, "sandbox")).unwrap_err().kind, Kind::Denied);
            assert_eq!(shop.try_write(actor, move |tx| withdraw(tx, id)).unwrap_err().kind, Kind::Denied);
        }
        assert_eq!(found(shop, id), known);
    });
}

#[test]
fn what_cannot_be_asked_for_is_told_by_its_field() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1), (shop.lamp, 1)]);
        let other = shop.paid(&[(shop.lamp, 1)]);
        let shirt = line_of(shop, order, shop.shirt).id;
        let lamp = line_of(shop, order, shop.lamp).id;
        assert_eq!(code(shop, &ask(order)), "nothing_changed");
        assert_eq!(code(shop, &AskAmendment { lines: vec![(shirt, 1)], ..ask(order) }), "nothing_changed");
        assert_eq!(code(shop, &AskAmendment { lines: vec![(shirt, -1)], ..ask(order) }), "out_of_range");
        assert_eq!(code(shop, &AskAmendment { lines: vec![(shirt, 10_000)], ..ask(order) }), "out_of_range");
        assert_eq!(code(shop, &AskAmendment { add: vec![(shop.mug.offer, 0)], ..ask(order) }), "out_of_range");
        assert_eq!(code(shop, &AskAmendment { lines: vec![(shirt, 0), (lamp, 0)], ..ask(order) }), "nothing_left");
        assert_eq!(code(shop, &AskAmendment { lines: vec![(shirt, 1)], ..ask(other) }), "not_in_order");
        let paris = Address { country: "FR".into(), postcode: "75001".into(), city: "Paris".into(), ..berlin() };
        assert_eq!(code(shop, &AskAmendment { address: Some(paris), ..ask(order) }), "other_destination");
        assert_eq!((shop.stock(shop.shirt), shop.stock(shop.mug)), ((999, 1), (1000, 0)));
        let Thing { warehouse, variant, .. } = shop.mug;
        shop.write(move |tx| stock::hold(tx, &[Want { warehouse, variant, quantity: 999 }], 1, None));
        assert_eq!(code(shop, &AskAmendment { add: vec![(shop.mug.offer, 2)], ..ask(order) }), "out_of_stock");
        assert_eq!(shop.stock(shop.mug), (1, 999));
    });
}

#[test]
fn what_is_packed_unpaid_or_reduced_stays() {
    each(|shop| {
        let unpaid = shop.placed(&[(shop.shirt, 1)]).order;
        let add = vec![(shop.mug.offer, 1)];
        assert_eq!(code(shop, &AskAmendment { add: add.clone(), ..ask(unpaid) }), "nothing_to_amend");
        let packed = shop.paid(&[(shop.shirt, 1)]);
        let one = shop.live(packed).remove(0).id;
        shop.try_write(staff(shop.loom.organisation), move |tx| orders::pack(tx, one).map(drop)).unwrap();
        assert_eq!(code(shop, &AskAmendment { add: add.clone(), ..ask(packed) }), "nothing_to_amend");
        let reduced = shop.paid(&[(shop.shirt, 2)]);
        let what = What::Reduction { amount: Money::new(100, base::Currency::EUR), line: None };
        let refund = Refund { order: reduced, what, reason: "late".into(), key: "r1".into() };
        shop.write(move |tx| settlement::refund(tx, &refund));
        let shirt = line_of(shop, reduced, shop.shirt).id;
        assert_eq!(code(shop, &AskAmendment { lines: vec![(shirt, 3)], ..ask(reduced) }), "given_back_before");
    });
}

#[test]
fn one_change_at_a_time() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let first = proposed(shop, &AskAmendment { add: vec![(shop.mug.offer, 1)], ..ask(order) });
        let second = proposed(shop, &AskAmendment { add: vec![(shop.mug.offer, 2)], ..ask(order) });
        assert_eq!(found(shop, first.id).why, "replaced");
        assert_eq!(try_agree(shop, first.id).unwrap_err().code, "amendment_over");
        assert_eq!(shop.stock(shop.mug), (998, 2));
        try_agree(shop, second.id).unwrap();
        let third = AskAmendment { add: vec![(shop.mug.offer, 3)], ..ask(order) };
        assert_eq!(try_propose(shop, &third).unwrap_err().code, "amendment_waits");
    });
}

#[test]
fn a_new_house_number_alone_moves_no_goods() {
    each(|shop| {
        let order = shop.paid(&[(shop.shirt, 1)]);
        let next_door = Address { street: "Torstraße 91".into(), ..berlin() };
        assert_eq!(code(shop, &AskAmendment { address: Some(next_door), ..ask(order) }), "nothing_changed");
    });
}
