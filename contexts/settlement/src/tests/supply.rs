//! What suppliers are paid for what the operator sells: for every piece that left and did not come back to them.

use super::world::{DELIVERED, LOST, SCHEMAS, World, supplied as world};
use super::{EUR, assert_sound, completed, eur, give_up, head, of};
use crate::*;
use base::{Currency, Id, Money};
use ledger::Account;
use logistics::EventKind;
use orders::{Consignment, Order, Settlement};
use store::Store;
use store::testing::each;
use terms::Mode;

const PRICE: i64 = 700;

fn price(currency: Currency) -> Money {
    Money::new(PRICE, currency)
}

fn give(store: &Store, order: Id<Order>, what: What, key: &str) -> base::Result<Money> {
    let wish = Refund { order, what, reason: "returned".into(), key: key.into() };
    store.write_blocking(move |tx| refund(tx, &wish))
}

/// Pieces of the supplier's first line, of which four were sold.
fn pieces(store: &Store, world: &World, order: Id<Order>, pieces: i64, restock: bool) -> What {
    What::Pieces { lines: vec![(world.lines_of_seller(store, order)[0].id, pieces)], restock }
}

/// What the supplier has, what it owes, and what that cost the operator.
fn owed(store: &Store, world: &World, currency: Currency) -> (i64, i64, i64) {
    let seller = world.seller.raw();
    (
        of(store, Account::seller(seller, currency)),
        -of(store, Account::debt(seller, currency)),
        -of(store, Account::expense("supply", currency)),
    )
}

fn booked(store: &Store, order: Id<Order>) -> Vec<(i64, bool)> {
    let read = move |db: &mut store::Read| {
        let whole = orders::whole(db, order)?;
        supplied(db, &whole)
    };
    store.read_blocking(read).unwrap().iter().map(|one| (one.pieces, one.booked)).collect()
}

/// The supplier's consignment was lost, or came back to its sender; everything else arrived.
fn given_up(store: &Store, world: &World, order: Id<Order>, end: EventKind) {
    let theirs = world.of_seller(store, order);
    world.report(store, order, |id: Id<Consignment>| if id == theirs { end } else { DELIVERED });
    give_up(store, theirs).unwrap();
}

#[test]
fn a_supplier_is_paid_its_price_in_its_currency_and_the_sale_is_the_operators() {
    for mode in [Mode::Dropship, Mode::FullyManaged] {
        each(SCHEMAS, |store| {
            let world = world(store, mode, price(Currency::USD));
            let order = world.sold(store, 1, EUR);
            let seller = world.seller;
            let expects = || store.read_blocking(move |db| expected(db, seller)).unwrap();
            assert_eq!(expects(), [Money::new(5 * PRICE, Currency::USD)]);
            assert_eq!(booked(store, order), [(4, false), (1, false)]);
            world.deliver(store, order);
            assert_eq!(owed(store, &world, Currency::USD), (0, 0, 0), "nothing before it is accepted");
            completed(store, order);
            completed(store, order);
            assert_eq!(owed(store, &world, Currency::USD), (5 * PRICE, 0, 5 * PRICE));
            assert_eq!(booked(store, order), [(4, true), (1, true)]);
            assert!(expects().is_empty());
            for (account, minor) in [
                (Account::income("sales", EUR), 13_000),
                (Account::income("commission", EUR), 0),
                (Account::commission_tax("IE", EUR), 0),
                (Account::seller(seller.raw(), EUR), 0),
                (Account::escrow(EUR), 0),
            ] {
                assert_eq!(of(store, account.clone()), minor, "{}", account.code);
            }
            assert_sound(store, &world, &[order]);
        });
    }
}

#[test]
fn what_is_due_is_paid_out_and_the_order_waits_for_it() {
    each(SCHEMAS, |store| {
        let world = world(store, Mode::Dropship, price(EUR));
        let order = world.completed(store, 1);
        let seller = world.seller;
        assert_eq!(head(store, order).settlement, Settlement::Split);
        let pay = || store.write_blocking(move |tx| pay_out_due(tx, seller)).unwrap();
        assert!(pay().is_empty(), "its terms say seven days");
        store.clock().set(store.clock().now().plus_days(7));
        assert_eq!(pay(), [eur(5 * PRICE)]);
        assert!(pay().is_empty());
        assert_eq!(owed(store, &world, EUR), (0, 0, 5 * PRICE));
        assert_eq!(head(store, order).settlement, Settlement::PaidOut);
        let days = (store.clock().now().plus_days(-30).date(), store.clock().now().date());
        let rows = store.read_blocking(move |db| statement(db, seller, days, 0, 100)).unwrap();
        let told: Vec<_> = rows.iter().map(|row| (row.kind.name(), row.net.minor, row.commission.minor)).collect();
        assert_eq!(told, [("supply", 4 * PRICE, 0), ("supply", PRICE, 0), ("payout", -5 * PRICE, 0)]);
        assert!(rows[0].product != 0 && rows[0].paid_out && statement_line(&rows[0]).contains(",supply,"));

        // What comes back afterwards is a debt that the next payout pays first.
        let before = give(store, order, pieces(store, &world, order, 2, true), "a").unwrap();
        assert!(before.minor > 0);
        assert_eq!(owed(store, &world, EUR), (0, 2 * PRICE, 3 * PRICE));
        world.completed(store, 2);
        store.clock().set(store.clock().now().plus_days(7));
        assert_eq!(pay(), [eur(3 * PRICE)]);
        assert_eq!(owed(store, &world, EUR), (0, 0, 8 * PRICE));
        assert_sound(store, &world, &[order]);
    });
}

/// Before the split and after it, the same is owed in the end.
#[test]
fn a_supplier_bears_what_comes_back_to_it_and_what_it_shipped_itself() {
    for (mode, restock, kept) in [
        (Mode::Dropship, true, 4),
        (Mode::Dropship, false, 4),
        (Mode::FullyManaged, true, 4),
        (Mode::FullyManaged, false, 5),
    ] {
        each(SCHEMAS, |store| {
            let world = world(store, mode, price(EUR));
            let early = world.sold(store, 1, EUR);
            world.deliver(store, early);
            let what = pieces(store, &world, early, 1, restock);
            let asked = what.clone();
            let foreseen = store.read_blocking(move |db| foresee(db, early, &asked)).unwrap();
            let bears: Vec<i64> = foreseen.supply.iter().map(|(_, money)| money.minor).collect();
            assert_eq!(bears, if kept == 4 { vec![PRICE] } else { vec![] }, "{mode:?} {restock}");
            give(store, early, what, "a").unwrap();
            let seller = world.seller;
            let expects = store.read_blocking(move |db| expected(db, seller)).unwrap();
            assert_eq!(expects, [eur(kept * PRICE)], "{mode:?} {restock}");
            completed(store, early);
            assert_eq!(owed(store, &world, EUR), (kept * PRICE, 0, kept * PRICE), "{mode:?} {restock}");

            let late = world.completed(store, 2);
            give(store, late, pieces(store, &world, late, 1, restock), "b").unwrap();
            assert_eq!(owed(store, &world, EUR), (2 * kept * PRICE, 0, 2 * kept * PRICE), "{mode:?} {restock}");
            assert_eq!(booked(store, late), [(kept - 1, true), (1, true)]);
            assert_sound(store, &world, &[early, late]);
        });
    }
}

#[test]
fn prices_that_are_lowered_are_the_operators_own_loss() {
    each(SCHEMAS, |store| {
        let world = world(store, Mode::Dropship, price(EUR));
        let order = world.completed(store, 1);
        let of_supplier = world.of_seller(store, order);
        let supplier = What::Goodwill { amount: eur(100), bearer: Bearer::Seller(world.seller) };
        let error = give(store, order, supplier, "x").unwrap_err();
        assert_eq!((error.fields[0].name.as_str(), error.fields[0].code), ("bearer", "not_in_order"));
        give(store, order, What::Reduction { amount: eur(900), line: None }, "a").unwrap();
        give(store, order, What::Delivery(of_supplier), "b").unwrap();
        give(store, order, What::Goodwill { amount: eur(100), bearer: Bearer::Platform }, "c").unwrap();
        assert_eq!(owed(store, &world, EUR), (5 * PRICE, 0, 5 * PRICE));
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn what_was_never_sent_is_never_owed() {
    each(SCHEMAS, |store| {
        let world = world(store, Mode::FullyManaged, price(EUR));
        let part = world.sold(store, 1, EUR);
        give(store, part, pieces(store, &world, part, 3, false), "a").unwrap();
        assert_eq!(booked(store, part), [(1, false), (1, false)]);
        world.deliver(store, part);
        completed(store, part);
        assert_eq!(owed(store, &world, EUR), (2 * PRICE, 0, 2 * PRICE));

        let none = world.sold(store, 2, EUR);
        let theirs = world.of_seller(store, none);
        store.write_blocking(move |tx| cancel_consignment(tx, theirs, "out_of_stock")).unwrap();
        world.deliver(store, none);
        completed(store, none);
        assert!(booked(store, none).is_empty());
        assert_eq!(owed(store, &world, EUR), (2 * PRICE, 0, 2 * PRICE));
        assert_sound(store, &world, &[part, none]);
    });
}

/// Whoever ships bears what is lost on the way; what came back to its sender is nobody's cost.
#[test]
fn a_lost_parcel_is_the_shippers_loss() {
    for (mode, end, owes) in [
        (Mode::Dropship, LOST, 0),
        (Mode::FullyManaged, LOST, 5 * PRICE),
        (Mode::Dropship, EventKind::Returned, 0),
        (Mode::FullyManaged, EventKind::Returned, 0),
    ] {
        each(SCHEMAS, |store| {
            let world = world(store, mode, price(EUR));
            let order = world.sold(store, 1, EUR);
            given_up(store, &world, order, end);
            completed(store, order);
            assert_eq!(owed(store, &world, EUR), (owes, 0, owes), "{mode:?} {end:?}");
            let waits = head(store, order).settlement;
            let paid = if owes == 0 { Settlement::PaidOut } else { Settlement::Split };
            assert_eq!(waits, paid, "{mode:?} {end:?}");
            assert_sound(store, &world, &[order]);
        });
    }
}
