//! Sales by day: what was paid, day by day, of the house and of one seller.

use super::fixture::{Shop, each, eur, paid_order, staff};
use base::Money;
use orders::{GivenBack, cancel, cancel_consignment, give_back, sales, sales_by_destination, seller_sales, tally};
use store::testing::{START, settle};

/// What the one who follows the events does.
fn follow(shop: &Shop) {
    settle(&shop.store);
    while shop.store.follow_blocking("reactions", 3, tally).unwrap() > 0 {}
}

#[test]
fn paid_orders_count_on_the_day_they_were_placed() {
    each(|shop| {
        let first = shop.whole(paid_order(shop, 1).order);
        shop.pass(1);
        paid_order(shop, 2);
        paid_order(shop, 3);
        let total = first.order.sums.total().unwrap();
        assert_eq!(shop.read(|db| sales(db, START.date())), [], "sums follow the events");
        follow(shop);
        follow(shop);
        let days = shop.read(|db| sales(db, START.date()));
        let seen: Vec<_> = days.iter().map(|day| (day.day, day.amount, day.orders)).collect();
        let tomorrow = START.plus_days(1).date();
        assert_eq!(seen, [(START.date(), total, 1), (tomorrow, Money::new(total.minor * 2, total.currency), 2)]);
        let later = shop.read(move |db| sales(db, tomorrow));
        assert_eq!(later.len(), 1, "days before are not read");
        let seller = first.lines[0].organisation;
        let own: i64 =
            first.lines.iter().filter(|line| line.organisation == seller).map(|line| line.sums.goods.minor).sum();
        let actor = staff(seller);
        let sold = shop.try_read(actor, move |db| seller_sales(db, seller, START.date())).unwrap();
        assert_eq!((sold[0].amount.minor, sold[1].amount.minor), (own, own * 2), "a seller sees its own goods");
        let places = shop.read(move |db| sales_by_destination(db, START.date(), tomorrow));
        let places: Vec<_> = places.iter().map(|place| (place.destination, place.amount, place.orders)).collect();
        assert_eq!(places, [(first.order.destination, total, 1)], "from the first day to the day before the last");
        let refused = shop.try_read(actor, |db| sales(db, START.date())).unwrap_err();
        assert_eq!(refused.code, "denied");
    });
}

#[test]
fn what_was_called_off_or_given_back_is_not_sold() {
    each(|shop| {
        let [kept, gone] = [1, 2].map(|cart| shop.whole(paid_order(shop, cart).order));
        let (id, line) = (kept.order.id, &kept.lines[0]);
        let seller = line.organisation;
        let back = GivenBack { organisation: seller.raw(), goods: eur(300), total: 357 };
        // A refund may be followed before the payment it is of.
        shop.write(move |tx| give_back(tx, id, &back));
        let (whole, one) = (gone.order.id, kept.consignments[1].id);
        shop.write(move |tx| cancel(tx, whole, "test").map(drop));
        shop.write(move |tx| cancel_consignment(tx, one, "test"));
        follow(shop);
        let days = shop.read(|db| sales(db, START.date()));
        let total = kept.order.sums.total().unwrap().minor;
        // Their money is given back by a refund, which tells it by itself.
        assert_eq!((days[0].amount.minor, days[0].orders), (2 * total - 357, 1));
        let of = |seller| shop.read(move |db| seller_sales(db, seller, START.date()))[0];
        let goods = |seller| -> i64 {
            kept.lines.iter().filter(|line| line.organisation == seller).map(|line| line.sums.goods.minor).sum()
        };
        assert_eq!((of(seller).amount.minor, of(seller).orders), (2 * goods(seller) - 300, 1));
        let other = kept.consignments[1].organisation;
        assert_eq!((of(other).amount.minor, of(other).orders), (2 * goods(other), 0));
    });
}
