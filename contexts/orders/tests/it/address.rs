//! Another door for an order that is not packed.

use super::fixture::*;
use base::{Actor, Address, Kind};
use orders::*;

fn other_door() -> Address {
    Address {
        name: " Jana  Köhler-Weiß".into(), street: "Linienstraße 7".into(), postcode: "10178".into(), ..berlin()
    }
}

#[test]
fn it_goes_to_another_door_until_something_is_packed() {
    each(|shop| {
        let placed = paid_order(shop, 9);
        let order = placed.order;
        let before = shop.whole(order);
        let count = |kind: &str| {
            let events = shop.read(move |db| store::events_of(db, order.raw(), 0, 100));
            events.iter().filter(|event| event.kind == kind).count()
        };
        let go = |to: Address| shop.as_guest(move |tx| readdress(tx, order, &to));
        go(other_door()).unwrap();
        let after = shop.whole(order);
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

        let seller = after.consignments.iter().find(|one| one.organisation == shop.loom.organisation).unwrap().id;
        let label = shop.store.write_blocking(move |tx| {
            pack(tx, seller)?;
            let parcel = parcels(tx, order)?.remove(0);
            logistics::parcel(tx, parcel.label.expect("packed"))
        });
        assert_eq!(label.unwrap().to.street, "Linienstraße 7", "what is packed goes there");
        let late = go(berlin()).unwrap_err();
        assert_eq!((late.code, late.kind), ("address_fixed", Kind::Conflict));
        assert_eq!(shop.whole(order).order.address, after.order.address);
    });
}

#[test]
fn it_stays_in_the_country_and_the_region_it_was_priced_for() {
    each(|shop| {
        let order = placed(shop, 9).order;
        let vienna = Address { country: "AT".into(), postcode: "1010".into(), city: "Wien".into(), ..berlin() };
        let nowhere = Address { street: String::new(), ..berlin() };
        for (to, field, code) in [(vienna, "country", "other_destination"), (nowhere, "street", "required")] {
            let error = shop.as_guest(move |tx| readdress(tx, order, &to)).unwrap_err();
            assert_eq!((error.fields[0].name.as_str(), error.fields[0].code), (field, code));
        }
        assert_eq!(shop.whole(order).order.address, berlin());
    });
}

#[test]
fn only_who_decides_about_an_order_sends_it_elsewhere() {
    each(|shop| {
        let order = placed_by(shop, 9, shop.buyer).order;
        let go = |actor| shop.try_write(actor, move |tx| readdress(tx, order, &other_door())).map(drop);
        assert_eq!(go(Actor::Guest).unwrap_err().kind, Kind::Unauthenticated);
        assert_eq!(go(staff(shop.loom.organisation)).unwrap_err().kind, Kind::Denied);
        assert_eq!(shop.whole(order).order.address, berlin());
        go(buyer(shop.buyer)).unwrap();
        shop.write(move |tx| cancel(tx, order, "test"));
        let over = shop.store.write_blocking(move |tx| readdress(tx, order, &berlin())).unwrap_err();
        assert_eq!(over.code, "address_fixed", "an order that is called off goes nowhere");
    });
}
