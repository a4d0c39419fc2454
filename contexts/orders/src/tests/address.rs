//! Another door for an order that is not packed.

use super::fixture::*;
use crate::*;
use base::{Actor, Address, Kind};

fn other_door() -> Address {
    Address {
        name: " Jana  Köhler-Weiß".into(),
        street: "Linienstraße 7".into(),
        postcode: "10178".into(),
        ..address()
    }
}

#[test]
fn it_goes_to_another_door_until_something_is_packed() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let placed = paid_order(store, world, 9);
        let order = placed.order;
        let before = whole_of(store, order);
        let count = |kind: &str| {
            let events = store.read_blocking(move |db| store::events_of(db, order.raw(), 0, 100)).unwrap();
            events.iter().filter(|event| event.kind == kind).count()
        };
        let go = |to: Address| store.write_as_blocking(Actor::Guest, move |tx| readdress(tx, order, &to));
        go(other_door()).unwrap();
        let after = whole_of(store, order);
        assert_eq!(
            (after.order.address.street.as_str(), after.order.address.postcode.as_str()),
            ("Linienstraße 7", "10178")
        );
        assert_eq!(after.order.address.name, "Jana Köhler-Weiß");
        assert_eq!(
            (after.order.sums, after.lines),
            (before.order.sums, before.lines),
            "nothing that was frozen changes"
        );
        assert_eq!(count("order.readdressed"), 1);
        go(other_door()).unwrap();
        assert_eq!(count("order.readdressed"), 1, "the same again changes nothing");

        let seller = after.consignments.iter().find(|one| one.organisation == world.seller.organisation).unwrap().id;
        let label = store.write_blocking(move |tx| {
            pack(tx, seller)?;
            let parcel = parcels(tx, order)?.remove(0);
            logistics::parcel(tx, parcel.label.expect("packed"))
        });
        assert_eq!(label.unwrap().to.street, "Linienstraße 7", "what is packed goes there");
        let late = go(address()).unwrap_err();
        assert_eq!((late.code, late.kind), ("address_fixed", Kind::Conflict));
        assert_eq!(whole_of(store, order).order.address, after.order.address);
    });
}

#[test]
fn it_stays_in_the_country_and_the_region_it_was_priced_for() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = store.write_blocking(move |tx| place_as(tx, &world, 9, None)).unwrap().order;
        let vienna = Address { country: "AT".into(), postcode: "1010".into(), city: "Wien".into(), ..address() };
        let nowhere = Address { street: String::new(), ..address() };
        for (to, field, code) in [(vienna, "country", "other_destination"), (nowhere, "street", "required")] {
            let error = store.write_as_blocking(Actor::Guest, move |tx| readdress(tx, order, &to)).unwrap_err();
            assert_eq!((error.fields[0].name.as_str(), error.fields[0].code), (field, code));
        }
        assert_eq!(whole_of(store, order).order.address, address());
    });
}

#[test]
fn only_who_decides_about_an_order_sends_it_elsewhere() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let order = store.write_blocking(move |tx| place_as(tx, &world, 9, Some(world.buyer))).unwrap().order;
        let go = |actor| store.write_as_blocking(actor, move |tx| readdress(tx, order, &other_door())).map(drop);
        assert_eq!(go(Actor::Guest).unwrap_err().kind, Kind::Unauthenticated);
        assert_eq!(go(seller_of(world.seller.organisation)).unwrap_err().kind, Kind::Denied);
        assert_eq!(whole_of(store, order).order.address, address());
        go(buyer_of(world.buyer)).unwrap();
        store.write_blocking(move |tx| cancel(tx, order, "test")).unwrap();
        let over = store.write_blocking(move |tx| readdress(tx, order, &address())).unwrap_err();
        assert_eq!(over.code, "address_fixed", "an order that is called off goes nowhere");
    });
}
