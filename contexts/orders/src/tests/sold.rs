//! Sales by day: what was paid, day by day, of the house and of one seller.

use super::fixture::{paid_order, schemas, seller_of, whole_of, world};
use crate::{sales, sales_by_destination, seller_sales, tally};
use base::Money;
use store::Store;
use store::testing::{START, each, settle};

/// What the one who follows the events does.
fn follow(store: &Store) {
    settle(store);
    while store.follow_blocking("reactions", 3, tally).unwrap() > 0 {}
}

#[test]
fn paid_orders_count_on_the_day_they_were_placed() {
    each(schemas(), |store| {
        let world = world(store);
        let first = whole_of(store, paid_order(store, world, 1).order);
        store.clock().advance_seconds(86_400);
        paid_order(store, world, 2);
        paid_order(store, world, 3);
        let total = first.order.sums.total().unwrap();
        assert_eq!(store.read_blocking(|db| sales(db, START.date())).unwrap(), [], "sums follow the events");
        follow(store);
        follow(store);
        let days = store.read_blocking(|db| sales(db, START.date())).unwrap();
        let seen: Vec<_> = days.iter().map(|day| (day.day, day.amount, day.orders)).collect();
        let tomorrow = START.plus_days(1).date();
        assert_eq!(seen, [(START.date(), total, 1), (tomorrow, Money::new(total.minor * 2, total.currency), 2)]);
        let later = store.read_blocking(move |db| sales(db, tomorrow)).unwrap();
        assert_eq!(later.len(), 1, "days before are not read");
        let seller = first.lines[0].organisation;
        let own: i64 =
            first.lines.iter().filter(|line| line.organisation == seller).map(|line| line.sums.goods.minor).sum();
        let actor = seller_of(seller);
        let sold = store.read_as_blocking(actor, move |db| seller_sales(db, seller, START.date())).unwrap();
        assert_eq!((sold[0].amount.minor, sold[1].amount.minor), (own, own * 2), "a seller sees its own goods");
        let places = store.read_blocking(move |db| sales_by_destination(db, START.date(), tomorrow)).unwrap();
        let places: Vec<_> = places.iter().map(|place| (place.destination, place.amount, place.orders)).collect();
        assert_eq!(places, [(first.order.destination, total, 1)], "from the first day to the day before the last");
        let refused = store.read_as_blocking(actor, |db| sales(db, START.date())).unwrap_err();
        assert_eq!(refused.code, "denied");
    });
}
