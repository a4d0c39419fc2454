//! Consignments of one order that are settled apart: the fast seller does not wait for the slowest parcel.

use super::payable::assert_returns_are_the_books;
use super::world::{SCHEMAS, World, world};
use super::{EUR, assert_sound, completed, eur, give_up, head, of};
use crate::*;
use base::{Id, Money};
use ledger::Account;
use logistics::EventKind;
use orders::{By, Completed, Consignment, Order, Settlement};
use store::Store;
use store::testing::each;

fn give(store: &Store, order: Id<Order>, what: What, key: &str) -> Money {
    let wish = Refund { order, what, reason: "late".into(), key: key.into() };
    store.write_blocking(move |tx| refund(tx, &wish)).unwrap()
}

/// The seller's parcel has arrived, the house's is under way. Gives both, the house's first.
fn half_delivered(store: &Store, world: &World, order: Id<Order>) -> [Id<Consignment>; 2] {
    let theirs = world.of_seller(store, order);
    world.report(store, order, |id| if id == theirs { EventKind::Delivered } else { EventKind::Departed });
    let all = store.read_blocking(move |db| orders::consignments(db, order)).unwrap();
    [all.iter().find(|one| one.id != theirs).unwrap().id, theirs]
}

fn tell(store: &Store, id: Id<Consignment>, kind: EventKind) {
    let told = move |tx: &mut store::Tx| {
        let order = orders::consignment(tx, id)?.order;
        let parcel = orders::parcels(tx, order)?.into_iter().find(|one| one.consignment == id).unwrap().label.unwrap();
        let (at, source_id) = (tx.now(), format!("{id}:{kind:?}"));
        let event =
            logistics::NewEvent { parcel, kind, at, place: "Berlin, DE".into(), source_id, detail: String::new() };
        orders::journey(tx, &event).map(drop)
    };
    store.write_blocking(told).unwrap();
}

fn booked(store: &Store) -> Vec<String> {
    let all = "SELECT booked FROM settlement_refund_booking ORDER BY refund, consignment";
    let rows = store.read_blocking(move |db| db.raw(all, &[])).unwrap();
    rows.iter().map(|row| row.get(0).unwrap()).collect()
}

#[test]
fn a_seller_is_paid_for_the_parcel_that_arrived() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let [own, theirs] = half_delivered(store, &world, order);
        let seller = Account::seller(world.seller.raw(), EUR);
        let by_window = |id| store.write_blocking(move |tx| complete(tx, id, By::Window)).unwrap();
        assert_eq!(by_window(theirs), Completed::NotYet);
        assert_eq!(of(store, seller.clone()), 0);
        store.clock().advance_seconds(7 * 86_400);
        assert_eq!((by_window(theirs), by_window(own)), (Completed::Now, Completed::NotYet));
        assert_eq!(of(store, seller.clone()), 8_572);
        assert_eq!((of(store, Account::income("sales", EUR)), of(store, Account::escrow(EUR))), (0, 4_165));
        assert_eq!(head(store, order).settlement, Settlement::Escrow, "the slowest counts");
        store.clock().advance_seconds(7 * 86_400);
        let paid = world.seller;
        assert_eq!(store.write_blocking(move |tx| pay_out_due(tx, paid)).unwrap(), [eur(8_572)]);
        assert_eq!(head(store, order).settlement, Settlement::Escrow, "the house's part waits");
        tell(store, own, EventKind::Delivered);
        completed(store, order);
        assert_eq!(head(store, order).settlement, Settlement::PaidOut);
        assert_eq!((of(store, Account::income("sales", EUR)), of(store, Account::escrow(EUR))), (3_000, 0));
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn a_refund_of_both_is_booked_with_each() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let [own, theirs] = half_delivered(store, &world, order);
        let less = || What::Reduction { amount: eur(1_000), line: None };
        give(store, order, less(), "before");
        store.write_blocking(move |tx| complete(tx, theirs, By::Buyer)).unwrap();
        assert_eq!(booked(store), ["open", "split"]);
        give(store, order, less(), "between");
        assert_eq!(booked(store), ["open", "split", "open", "own"]);
        tell(store, own, EventKind::Delivered);
        completed(store, order);
        give(store, order, less(), "after");
        assert_eq!(booked(store), ["split", "split", "split", "own", "own", "own"]);
        world.refund_all(store, order);
        assert_eq!((of(store, Account::escrow(EUR)), head(store, order).refunded), (0, eur(3_000)));
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn goodwill_is_borne_with_the_first_parcel_and_not_taken_off_what_is_called_off_later() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let [own, theirs] = half_delivered(store, &world, order);
        let goodwill = || What::Goodwill { amount: eur(500), bearer: Bearer::Seller(world.seller) };
        give(store, order, goodwill(), "before");
        store.write_blocking(move |tx| complete(tx, theirs, By::Buyer)).unwrap();
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 8_572 - 500);
        give(store, order, goodwill(), "after");
        assert_eq!(booked(store), ["split", "own"]);
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 8_572 - 1_000);
        tell(store, own, EventKind::Lost);
        assert_eq!(give_up(store, own).unwrap(), eur(4_165), "all of it");
        world.refund_all(store, order);
        let known = head(store, order);
        assert_eq!((known.fulfilment, known.settlement), (orders::Fulfilment::Completed, Settlement::Split));
        assert_eq!((of(store, Account::escrow(EUR)), known.refunded), (0, eur(5_165)));
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn goodwill_that_was_borne_comes_back_when_what_it_was_for_is_given_up() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let theirs = world.of_seller(store, order);
        world.report(store, order, |id| if id == theirs { EventKind::Departed } else { EventKind::Delivered });
        give(store, order, What::Goodwill { amount: eur(10_000), bearer: Bearer::Platform }, "a");
        give(store, order, What::Goodwill { amount: eur(6_000), bearer: Bearer::Seller(world.seller) }, "b");
        completed(store, order);
        assert_eq!(of(store, Account::expense("goodwill", EUR)), -10_000);
        tell(store, theirs, EventKind::Lost);
        let back = give_up(store, theirs).unwrap();
        assert_eq!(back, eur(18_745 - 16_000), "no more than was paid");
        world.refund_all(store, order);
        let known = head(store, order);
        assert_eq!((of(store, Account::escrow(EUR)), known.escrow(), known.refunded), (0, eur(0), eur(18_745)));
        // 14,580 were owed and 2,745 of them paid: 11,835 of the goodwill was that, the operator's first.
        assert_eq!(of(store, Account::expense("goodwill", EUR)), 0);
        let [earned, owed] = [Account::seller(world.seller.raw(), EUR), Account::debt(world.seller.raw(), EUR)];
        assert_eq!(of(store, earned) + of(store, owed), -(6_000 - 1_835));
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn sales_fall_by_what_goes_back_and_not_by_goodwill() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let today = store.clock().now().date();
        let line = world.lines_of_seller(store, order)[0].id;
        give(store, order, What::Pieces { lines: vec![(line, 1)], restock: false }, "a");
        give(store, order, What::Goodwill { amount: eur(500), bearer: Bearer::Platform }, "b");
        store::testing::settle(store);
        let follow = |tx: &mut store::Tx, events: &[store::EventRow]| {
            orders::tally(tx, events)?;
            tally(tx, events)
        };
        while store.follow_blocking("reactions", 3, follow).unwrap() > 0 {}
        let sold = store.read_blocking(move |db| orders::sales(db, today)).unwrap();
        assert_eq!((sold[0].amount, sold[0].orders), (eur(18_745 - 1_653), 1));
        let seller = world.seller;
        let own = store.read_blocking(move |db| orders::seller_sales(db, seller, today)).unwrap();
        assert_eq!(own[0].amount, eur(10_000 - 1_250));
    });
}
