//! Consignments of one order that are settled apart: the fast seller does not wait for the slowest parcel.

use super::fixture::*;
use base::Id;
use ledger::Account;
use logistics::EventKind;
use orders::{By, Completed, Consignment, Order, Settlement};
use settlement::*;
use shop_world::Shop;

/// The seller's parcel has arrived, the house's is under way. Gives both, the house's first.
fn half_delivered(shop: &Shop, order: Id<Order>) -> [Id<Consignment>; 2] {
    let theirs = shop.of_loom(order);
    shop.report(order, |id| if id == theirs { EventKind::Delivered } else { EventKind::Departed });
    [shop.of_house(order), theirs]
}

/// The carrier tells of a consignment's only parcel.
fn tell(shop: &Shop, id: Id<Consignment>, kind: EventKind) {
    shop.tell(shop.parcels_of(id)[0].id, kind).unwrap();
}

fn booked(shop: &Shop) -> Vec<String> {
    let all = "SELECT booked FROM settlement_refund_booking ORDER BY refund, consignment";
    let rows = shop.read(move |db| db.raw(all, &[]));
    rows.iter().map(|row| row.get(0).unwrap()).collect()
}

#[test]
fn a_seller_is_paid_for_the_parcel_that_arrived() {
    each(|shop| {
        let order = shop.sold();
        let [own, theirs] = half_delivered(shop, order);
        let by_window = |id| shop.write(move |tx| complete(tx, id, By::Window));
        assert_eq!(by_window(theirs), Completed::NotYet);
        assert_eq!(shop.earned(EUR), 0);
        shop.pass(7);
        assert_eq!((by_window(theirs), by_window(own)), (Completed::Now, Completed::NotYet));
        assert_eq!(shop.earned(EUR), 8_572);
        assert_eq!((shop.balance(Account::income("sales", EUR)), shop.balance(Account::escrow(EUR))), (0, 4_165));
        assert_eq!(shop.order(order).settlement, Settlement::Escrow, "the slowest counts");
        shop.pass(7);
        assert_eq!(shop.pay_out(), [eur(8_572)]);
        assert_eq!(shop.order(order).settlement, Settlement::Escrow, "the house's part waits");
        tell(shop, own, EventKind::Delivered);
        shop.confirm(order);
        assert_eq!(shop.order(order).settlement, Settlement::PaidOut);
        assert_eq!((shop.balance(Account::income("sales", EUR)), shop.balance(Account::escrow(EUR))), (3_000, 0));
        assert_at_rest(shop, order);
    });
}

#[test]
fn a_refund_of_both_is_booked_with_each() {
    each(|shop| {
        let order = shop.sold();
        let [own, theirs] = half_delivered(shop, order);
        let less = || What::Reduction { amount: eur(1_000), line: None };
        shop.give_back(order, less(), "before").unwrap();
        shop.write(move |tx| complete(tx, theirs, By::Buyer));
        assert_eq!(booked(shop), ["open", "split"]);
        shop.give_back(order, less(), "between").unwrap();
        assert_eq!(booked(shop), ["open", "split", "open", "own"]);
        tell(shop, own, EventKind::Delivered);
        shop.confirm(order);
        shop.give_back(order, less(), "after").unwrap();
        assert_eq!(booked(shop), ["split", "split", "split", "own", "own", "own"]);
        shop.refund_all(order);
        assert_eq!((shop.balance(Account::escrow(EUR)), shop.order(order).refunded), (0, eur(3_000)));
        assert_at_rest(shop, order);
    });
}

#[test]
fn goodwill_is_borne_with_the_first_parcel_and_not_taken_off_what_is_called_off_later() {
    each(|shop| {
        let order = shop.sold();
        let [own, theirs] = half_delivered(shop, order);
        let kind = || goodwill(500, Bearer::Seller(shop.loom.organisation));
        shop.give_back(order, kind(), "before").unwrap();
        shop.write(move |tx| complete(tx, theirs, By::Buyer));
        assert_eq!(shop.earned(EUR), 8_572 - 500);
        shop.give_back(order, kind(), "after").unwrap();
        assert_eq!(booked(shop), ["split", "own"]);
        assert_eq!(shop.earned(EUR), 8_572 - 1_000);
        tell(shop, own, EventKind::Lost);
        assert_eq!(give_up(shop, own).unwrap(), eur(4_165), "all of it");
        shop.refund_all(order);
        let known = shop.order(order);
        assert_eq!((known.fulfilment, known.settlement), (orders::Fulfilment::Completed, Settlement::Split));
        assert_eq!((shop.balance(Account::escrow(EUR)), known.refunded), (0, eur(5_165)));
        assert_at_rest(shop, order);
    });
}

#[test]
fn goodwill_that_was_borne_comes_back_when_what_it_was_for_is_given_up() {
    each(|shop| {
        let order = shop.sold();
        let theirs = shop.of_loom(order);
        shop.report(order, |id| if id == theirs { EventKind::Departed } else { EventKind::Delivered });
        shop.give_back(order, goodwill(10_000, Bearer::Platform), "a").unwrap();
        shop.give_back(order, goodwill(6_000, Bearer::Seller(shop.loom.organisation)), "b").unwrap();
        shop.confirm(order);
        assert_eq!(shop.balance(Account::expense("goodwill", EUR)), -10_000);
        tell(shop, theirs, EventKind::Lost);
        let back = give_up(shop, theirs).unwrap();
        assert_eq!(back, eur(18_745 - 16_000), "no more than was paid");
        shop.refund_all(order);
        let known = shop.order(order);
        assert_eq!((shop.balance(Account::escrow(EUR)), known.escrow(), known.refunded), (0, eur(0), eur(18_745)));
        // 14,580 were owed and 2,745 of them paid: 11,835 of the goodwill was that, the operator's first.
        assert_eq!(shop.balance(Account::expense("goodwill", EUR)), 0);
        assert_eq!(shop.earned(EUR) - shop.debt(EUR), -(6_000 - 1_835));
        assert_at_rest(shop, order);
    });
}

#[test]
fn sales_fall_by_what_goes_back_and_not_by_goodwill() {
    each(|shop| {
        let order = shop.sold();
        let today = shop.store.clock().now().date();
        let shirts = &shop.lines_of_loom(order)[0];
        shop.give_back(order, pieces(shirts, 1), "a").unwrap();
        shop.give_back(order, goodwill(500, Bearer::Platform), "b").unwrap();
        store::testing::settle(&shop.store);
        let follow = |tx: &mut store::Tx, events: &[store::EventRow]| {
            orders::tally(tx, events)?;
            tally(tx, events)
        };
        while shop.store.follow_blocking("reactions", 3, follow).unwrap() > 0 {}
        let sold = shop.read(move |db| orders::sales(db, today));
        assert_eq!((sold[0].amount, sold[0].orders), (eur(18_745 - 1_653), 1));
        let seller = shop.loom.organisation;
        let own = shop.read(move |db| orders::seller_sales(db, seller, today));
        assert_eq!(own[0].amount, eur(10_000 - 1_250));
    });
}
