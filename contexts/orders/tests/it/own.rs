//! Own shipping: whoever packs tells carrier and number, and what happens to the parcel.

use super::fixture::*;
use base::{Actor, Id, Kind, Moment, Result};
use logistics::{EventKind, NumberTold, Size, TellBy, Telling};
use orders::*;

/// Loom's consignment of a paid order, packed by own shipping, and its parcel.
fn packed(shop: &Shop, cart: i64) -> (Consignment, Parcel) {
    with_own_post(shop);
    let order = paid_order(shop, cart).order;
    let loom = shop.whole(order).consignments[1].clone();
    let id = loom.id;
    let told = Told {
        grams: Some(1250),
        size: Size { length_mm: 300, width_mm: 200, height_mm: 90 },
        carrier: String::new(),
        number: "rb 123 456 785 cn".into(),
    };
    shop.try_write(staff(loom.organisation), move |tx| pack_told(tx, id, &told)).unwrap();
    let parcel = shop.parcels_of(id).pop().unwrap();
    (shop.consignment(id), parcel)
}

fn carried(shop: &Shop, parcel: &Parcel) -> logistics::Journey {
    let label = parcel.label.unwrap();
    shop.read(move |db| logistics::journey(db, label))
}

fn say(shop: &Shop, who: Actor, parcel: Id<Parcel>, kind: EventKind, at: Moment) -> Result<Moved> {
    let told = Telling { kind, at, place: "Berlin".into() };
    shop.try_write(who, move |tx| tell_event(tx, parcel, &told))
}

#[test]
fn a_parcel_goes_by_any_carrier_under_the_number_that_was_told() {
    each(|shop| {
        let (loom, parcel) = packed(shop, 700);
        let seller = staff(loom.organisation);
        assert_eq!(loom.state, State::Packed);
        let one = carried(shop, &parcel).parcel;
        assert_eq!((one.tracking.as_str(), one.told_carrier.as_str()), ("RB123456785CN", "China Post"));
        assert_eq!((one.grams, one.size.height_mm), (1250, 90));
        let correct = |who, number: &str, reason: &str| {
            let told = NumberTold { carrier: "UPS".into(), number: number.into(), reason: reason.into() };
            let id = parcel.id;
            shop.try_write(who, move |tx| correct_number(tx, id, &told))
        };
        assert!(correct(seller, "1Z5R89390357567127", "").unwrap());
        let stranger = staff(shop.house.organisation);
        assert_eq!(correct(stranger, "1Z879E930346834440", "").unwrap_err().kind, Kind::Denied);
        let id = loom.id;
        assert!(shop.try_write(seller, move |tx| hand_over(tx, id)).unwrap());
        assert_eq!(correct(seller, "1Z879E930346834440", "").unwrap_err().fields[0].name, "reason");
        assert!(correct(seller, "1Z879E930346834440", "one digit was wrong").unwrap());
        assert_eq!(carried(shop, &parcel).parcel.tracking, "1Z879E930346834440");
    });
}

#[test]
fn what_is_told_by_hand_moves_the_parcel_and_the_window_counts_from_when_it_was_told() {
    each(|shop| {
        let (loom, parcel) = packed(shop, 710);
        let (seller, id) = (staff(loom.organisation), loom.id);
        let clock = shop.store.clock();
        let now = clock.now();
        let early = say(shop, seller, parcel.id, EventKind::Delivered, now).unwrap_err();
        assert_eq!(early.code, "parcel_not_handed_over");
        shop.try_write(seller, move |tx| hand_over(tx, id)).unwrap();
        clock.set(now.plus_days(20));
        let late = clock.now();
        let wrong = |at: Moment| say(shop, seller, parcel.id, EventKind::Departed, at).unwrap_err().fields[0].code;
        assert_eq!(wrong(late.plus_minutes(1)), "event_in_the_future");
        assert_eq!(wrong(now.plus_days(-1)), "before_handing_over");
        let stranger = staff(shop.house.organisation);
        assert_eq!(say(shop, stranger, parcel.id, EventKind::Lost, late).unwrap_err().kind, Kind::Denied);

        assert!(say(shop, seller, parcel.id, EventKind::Departed, now.plus_days(2)).unwrap().new);
        assert!(!say(shop, seller, parcel.id, EventKind::Departed, now.plus_days(2)).unwrap().new, "told twice");
        assert_eq!(shop.consignment(id).state, State::InTransit);
        // Said to have been there for two weeks already: the buyer still has the whole window.
        let moved = say(shop, seller, parcel.id, EventKind::Delivered, now.plus_days(5)).unwrap();
        assert_eq!(moved.state, State::Delivered);
        assert_eq!(shop.consignment(id).accept_until, Some(late.plus_days(loom.acceptance_days)));
        assert_eq!(shop.write(move |tx| complete(tx, id, By::Window)), Completed::NotYet);
        let last = carried(shop, &parcel).events.pop().unwrap();
        assert_eq!((last.kind, last.told_by), (EventKind::Delivered, TellBy::Seller));
    });
}

#[test]
fn a_wrong_event_is_taken_back_with_what_came_of_it() {
    each(|shop| {
        let (loom, parcel) = packed(shop, 720);
        let (seller, id, one) = (staff(loom.organisation), loom.id, parcel.id);
        shop.try_write(seller, move |tx| hand_over(tx, id)).unwrap();
        let now = shop.store.clock().now();
        say(shop, seller, one, EventKind::ExportReleased, now).unwrap();
        say(shop, seller, one, EventKind::Delivered, now).unwrap();
        let wrong = carried(shop, &parcel).events.pop().unwrap();
        let take_back =
            |who, event, reason: &'static str| shop.try_write(who, move |tx| withdraw_event(tx, one, event, reason));
        assert_eq!(take_back(seller, wrong.id, " ").unwrap_err().fields[0].name, "reason");
        assert!(take_back(seller, wrong.id, "it was another parcel").unwrap());
        assert!(!take_back(seller, wrong.id, "again").unwrap());
        let back = shop.consignment(id);
        assert_eq!((back.state, back.customs, back.accept_until), (State::InTransit, Customs::Exported, None));
        shop.store.clock().set(now.plus_days(30));
        assert_ne!(
            shop.write(move |tx| complete(tx, id, By::Window)),
            Completed::Now,
            "no money for a parcel that is under way"
        );
        let later = shop.store.clock().now();
        assert!(
            say(shop, seller, one, EventKind::Delivered, later).unwrap().new,
            "and it is told again when it is there"
        );
        assert_eq!(shop.consignment(id).accept_until, Some(later.plus_days(loom.acceptance_days)));
        let first = carried(shop, &parcel).events[0].id;
        assert_eq!(take_back(seller, first, "the label").unwrap_err().code, "told_event_unknown");
        shop.write(move |tx| complete(tx, id, By::Buyer));
        let last = carried(shop, &parcel).events.pop().unwrap();
        assert_eq!(take_back(seller, last.id, "too late").unwrap_err().code, "too_late");
    });
}

#[test]
fn what_the_operator_told_a_seller_does_not_take_back_and_a_booked_parcel_nobody_tells() {
    each(|shop| {
        let (loom, parcel) = packed(shop, 730);
        let (seller, id, one) = (staff(loom.organisation), loom.id, parcel.id);
        shop.try_write(seller, move |tx| hand_over(tx, id)).unwrap();
        let now = shop.store.clock().now();
        let told = Telling { kind: EventKind::Lost, at: now, place: String::new() };
        shop.write(move |tx| tell_event(tx, one, &told));
        let lost = carried(shop, &parcel).events.pop().unwrap();
        assert_eq!((lost.told_by, shop.consignment(id).state), (TellBy::Operator, State::Lost));
        let denied = shop.try_write(seller, move |tx| withdraw_event(tx, one, lost.id, "it is not")).unwrap_err();
        assert_eq!(denied.code, "told_by_operator");
        assert!(shop.write(move |tx| withdraw_event(tx, one, lost.id, "it was found")));
        assert_eq!(shop.consignment(id).state, State::HandedOver);

        let house = shop.whole(loom.order).consignments[0].id;
        sent(shop, house);
        let booked = shop.parcels_of(house).pop().unwrap();
        let refused = say(shop, staff(shop.house.organisation), booked.id, EventKind::Delivered, now).unwrap_err();
        assert_eq!(refused.code, "not_own");
    });
}
