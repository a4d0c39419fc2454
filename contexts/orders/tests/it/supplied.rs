//! Orders of goods that are made to order, or are still to come: their clock, what they hold, and when they can leave.

use super::fixture::*;
use base::{Id, Moment};
use offers::{SetSupply, Supply};
use orders::*;
use stock::{Level, Move};

/// What the seller's shirts are supplied from; none of them lies there.
fn supplied(shop: &Shop, supply: Supply, capacity: i64) {
    let (offer, warehouse, variant) = (shop.shirt.offer, shop.loom.warehouse, shop.shirt.variant);
    shop.write(move |tx| {
        let none = Move { warehouse, variant, quantity: 0, key: "none".into(), reason: "count".into() };
        stock::set_on_hand(tx, &none)?;
        offers::set_supply(tx, &SetSupply { offer, supply, capacity: Some(capacity) })
    });
}

fn level(shop: &Shop) -> Level {
    let variant = shop.shirt.variant;
    shop.read(move |db| stock::levels(db, &[variant]))[0]
}

fn of_seller(shop: &Shop, order: Id<Order>) -> Consignment {
    let all = shop.whole(order).consignments;
    all.into_iter().find(|one| one.organisation == shop.loom.organisation).unwrap()
}

fn packed(shop: &Shop, one: &Consignment) {
    let (id, seller) = (one.id, staff(shop.loom.organisation));
    shop.try_write(seller, move |tx| pack(tx, id)).unwrap();
}

fn handed_over(shop: &Shop, one: &Consignment) -> base::Result<bool> {
    let (id, seller) = (one.id, staff(shop.loom.organisation));
    shop.try_write(seller, move |tx| hand_over(tx, id))
}

#[test]
fn what_is_made_to_order_has_the_time_to_be_made_and_frees_its_place_when_it_leaves() {
    each(|shop| {
        supplied(shop, Supply::Made { lead_days: 5 }, 7);
        let order = paid_order(shop, 9).order;
        let one = of_seller(shop, order);
        let handled = shop.whole(order).order.paid_at.unwrap().plus_hours(40);
        let days = one.ship_by.unwrap().seconds_since(handled) / 86_400;
        assert_eq!(handled.plus_days(days), one.ship_by.unwrap(), "whole days later");
        let leaves = logistics::arrival::leaves(handled.date(), 5, None, one.dispatch);
        assert_eq!(one.ship_by.unwrap().date(), leaves);
        assert!((7..=9).contains(&days), "five working days and a weekend: {days}");
        let house = shop.whole(order).consignments[0].clone();
        assert_eq!(house.ship_by, Some(handled), "what lies there waits for nothing");
        assert!(shop.whole(order).lines_of(one.id).all(|line| line.supplied == Supply::Made { lead_days: 5 }));

        let refused = try_place(shop, 10, None).unwrap_err();
        assert_eq!(refused.code, "out_of_stock", "five of seven are open");
        packed(shop, &one);
        assert!(handed_over(shop, &one).unwrap());
        let now = level(shop);
        assert_eq!((now.on_hand, now.promised, now.held, now.available), (0, 7, 0, 7));
        placed(shop, 10);
    });
}

#[test]
fn a_preorder_waits_for_its_day_and_for_its_goods() {
    each(|shop| {
        let ships_on = shop.store.clock().now().plus_days(30).date();
        supplied(shop, Supply::Preorder { ships_on }, 6);
        let order = paid_order(shop, 9).order;
        let one = of_seller(shop, order);
        let day = one.ship_by.unwrap().date();
        assert!(day >= ships_on && Moment::at_midnight(day) <= Moment::at_midnight(ships_on).plus_days(2), "{day}");
        packed(shop, &one);
        assert_eq!(handed_over(shop, &one).unwrap_err().code, "not_arrived");
        assert_eq!(of_seller(shop, order).state, State::Packed, "nothing has left");
        let (warehouse, variant) = (shop.loom.warehouse, shop.shirt.variant);
        let come = Move { warehouse, variant, quantity: 6, key: "truck".into(), reason: "by_hand".into() };
        shop.write(move |tx| stock::receive(tx, &come));
        assert!(handed_over(shop, &one).unwrap());
        let now = level(shop);
        assert_eq!((now.on_hand, now.promised, now.held, now.available), (1, 0, 0, 1));
    });
}

#[test]
fn what_the_carrier_has_has_come() {
    each(|shop| {
        let ships_on = shop.store.clock().now().plus_days(30).date();
        supplied(shop, Supply::Preorder { ships_on }, 6);
        let order = paid_order(shop, 9).order;
        let one = of_seller(shop, order);
        packed(shop, &one);
        tell(shop, one.id, logistics::EventKind::Accepted, 1).unwrap();
        assert!(of_seller(shop, order).handed_over_at.is_some(), "nobody had said that the goods are here");
        let now = level(shop);
        assert_eq!((now.on_hand, now.promised, now.held, now.available), (0, 1, 0, 1));
    });
}

#[test]
fn what_is_called_off_frees_the_capacity_it_took() {
    each(|shop| {
        supplied(shop, Supply::Made { lead_days: 2 }, 5);
        let order = paid_order(shop, 9).order;
        assert_eq!(level(shop).available, 0);
        let one = of_seller(shop, order);
        let line = shop.whole(order).lines_of(one.id).next().unwrap().id;
        shop.as_guest(move |tx| call_off_pieces(tx, one.id, &[(line, 1)], "changed_mind")).unwrap();
        assert_eq!((level(shop).available, level(shop).promised), (1, 5));
        let offer = shop.shirt.offer;
        shop.write(move |tx| offers::set_supply(tx, &SetSupply { offer, supply: Supply::Stock, capacity: None }));
        assert_eq!(level(shop).available, 0, "what is free is not sold from stock");
        shop.write(move |tx| cancel(tx, order, "changed_mind"));
        let now = level(shop);
        assert_eq!((now.on_hand, now.promised, now.held, now.available), (0, 0, 0, 0));
    });
}
