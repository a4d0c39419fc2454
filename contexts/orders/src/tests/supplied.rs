//! Orders of goods that are made to order, or are still to come: their clock, what they hold, and when they can leave.

use super::fixture::*;
use crate::*;
use base::{Actor, Id, Moment};
use offers::{SetSupply, Supply};
use stock::{Level, Move};
use store::Store;

/// What the seller's shirts are supplied from; none of them lies there.
fn supplied(store: &Store, world: World, supply: Supply, capacity: i64) {
    let (offer, warehouse, variant) = (world.seller.offer, world.seller.warehouse, world.seller.variant);
    store
        .write_blocking(move |tx| {
            let none = Move { warehouse, variant, quantity: 0, key: "none".into(), reason: "count".into() };
            stock::set_on_hand(tx, &none)?;
            offers::set_supply(tx, &SetSupply { offer, supply, capacity: Some(capacity) })
        })
        .unwrap();
}

fn level(store: &Store, world: &World) -> Level {
    let variant = world.seller.variant;
    store.read_blocking(move |db| stock::levels(db, &[variant])).unwrap()[0]
}

fn of_seller(store: &Store, world: &World, order: Id<Order>) -> Consignment {
    let all = whole_of(store, order).consignments;
    all.into_iter().find(|one| one.organisation == world.seller.organisation).unwrap()
}

fn packed(store: &Store, world: &World, one: &Consignment) {
    let (id, seller) = (one.id, seller_of(world.seller.organisation));
    store.write_as_blocking(seller, move |tx| pack(tx, id)).unwrap();
}

fn handed_over(store: &Store, world: &World, one: &Consignment) -> base::Result<bool> {
    let (id, seller) = (one.id, seller_of(world.seller.organisation));
    store.write_as_blocking(seller, move |tx| hand_over(tx, id))
}

#[test]
fn what_is_made_to_order_has_the_time_to_be_made_and_frees_its_place_when_it_leaves() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        supplied(store, world, Supply::Made { lead_days: 5 }, 7);
        let order = paid_order(store, world, 9).order;
        let one = of_seller(store, &world, order);
        let handled = whole_of(store, order).order.paid_at.unwrap().plus_hours(40);
        let days = one.ship_by.unwrap().seconds_since(handled) / 86_400;
        assert_eq!(handled.plus_days(days), one.ship_by.unwrap(), "whole days later");
        let leaves = logistics::arrival::leaves(handled.date(), 5, None, one.dispatch);
        assert_eq!(one.ship_by.unwrap().date(), leaves);
        assert!((7..=9).contains(&days), "five working days and a weekend: {days}");
        let house = whole_of(store, order).consignments[0].clone();
        assert_eq!(house.ship_by, Some(handled), "what lies there waits for nothing");
        assert!(whole_of(store, order).lines_of(one.id).all(|line| line.supplied == Supply::Made { lead_days: 5 }));

        let refused = store.write_blocking(move |tx| place_as(tx, &world, 10, None)).unwrap_err();
        assert_eq!(refused.code, "out_of_stock", "five of seven are open");
        packed(store, &world, &one);
        assert!(handed_over(store, &world, &one).unwrap());
        let now = level(store, &world);
        assert_eq!((now.on_hand, now.promised, now.held, now.available), (0, 7, 0, 7));
        store.write_blocking(move |tx| place_as(tx, &world, 10, None)).unwrap();
    });
}

#[test]
fn a_preorder_waits_for_its_day_and_for_its_goods() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let ships_on = store.clock().now().plus_days(30).date();
        supplied(store, world, Supply::Preorder { ships_on }, 6);
        let order = paid_order(store, world, 9).order;
        let one = of_seller(store, &world, order);
        let day = one.ship_by.unwrap().date();
        assert!(day >= ships_on && Moment::at_midnight(day) <= Moment::at_midnight(ships_on).plus_days(2), "{day}");
        packed(store, &world, &one);
        assert_eq!(handed_over(store, &world, &one).unwrap_err().code, "not_arrived");
        assert_eq!(of_seller(store, &world, order).state, State::Packed, "nothing has left");
        let (warehouse, variant) = (world.seller.warehouse, world.seller.variant);
        let come = Move { warehouse, variant, quantity: 6, key: "truck".into(), reason: "by_hand".into() };
        store.write_blocking(move |tx| stock::receive(tx, &come)).unwrap();
        assert!(handed_over(store, &world, &one).unwrap());
        let now = level(store, &world);
        assert_eq!((now.on_hand, now.promised, now.held, now.available), (1, 0, 0, 1));
    });
}

#[test]
fn what_the_carrier_has_has_come() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let ships_on = store.clock().now().plus_days(30).date();
        supplied(store, world, Supply::Preorder { ships_on }, 6);
        let order = paid_order(store, world, 9).order;
        let one = of_seller(store, &world, order);
        packed(store, &world, &one);
        tell(store, one.id, logistics::EventKind::Accepted, 1).unwrap();
        assert!(of_seller(store, &world, order).handed_over_at.is_some(), "nobody had said that the goods are here");
        let now = level(store, &world);
        assert_eq!((now.on_hand, now.promised, now.held, now.available), (0, 1, 0, 1));
    });
}

#[test]
fn what_is_called_off_frees_the_capacity_it_took() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        supplied(store, world, Supply::Made { lead_days: 2 }, 5);
        let order = paid_order(store, world, 9).order;
        assert_eq!(level(store, &world).available, 0);
        let one = of_seller(store, &world, order);
        let line = whole_of(store, order).lines_of(one.id).next().unwrap().id;
        store
            .write_as_blocking(Actor::Guest, move |tx| call_off_pieces(tx, one.id, &[(line, 1)], "changed_mind"))
            .unwrap();
        assert_eq!((level(store, &world).available, level(store, &world).promised), (1, 5));
        let offer = world.seller.offer;
        store
            .write_blocking(move |tx| {
                offers::set_supply(tx, &SetSupply { offer, supply: Supply::Stock, capacity: None })
            })
            .unwrap();
        assert_eq!(level(store, &world).available, 0, "what is free is not sold from stock");
        store.write_blocking(move |tx| cancel(tx, order, "changed_mind")).unwrap();
        let now = level(store, &world);
        assert_eq!((now.on_hand, now.promised, now.held, now.available), (0, 0, 0, 0));
    });
}
