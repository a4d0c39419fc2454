//! What suppliers are paid for what the operator sells: for every piece that left and did not come back to them.

use super::fixture::*;
use base::{Currency, Id, Money};
use ledger::Account;
use logistics::EventKind;
use orders::{Order, Settlement};
use settlement::*;
use shop_world::Shop;
use terms::Mode;

const PRICE: i64 = 700;

fn price(currency: Currency) -> Money {
    Money::new(PRICE, currency)
}

/// Pieces of the supplier's first line, of which four were sold.
fn some(shop: &Shop, order: Id<Order>, pieces: i64, restock: bool) -> What {
    What::Pieces { lines: vec![(shop.lines_of_loom(order)[0].id, pieces)], restock }
}

/// What the supplier has, what it owes, and what that cost the operator.
fn owed(shop: &Shop, currency: Currency) -> (i64, i64, i64) {
    (shop.earned(currency), shop.debt(currency), -shop.balance(Account::expense("supply", currency)))
}

fn booked(shop: &Shop, order: Id<Order>) -> Vec<(i64, bool)> {
    let read = move |db: &mut store::Read| {
        let whole = orders::whole(db, order)?;
        supplied(db, &whole)
    };
    shop.read(read).iter().map(|one| (one.pieces, one.booked)).collect()
}

/// The supplier's consignment was lost, or came back to its sender; everything else arrived.
fn given_up(shop: &Shop, order: Id<Order>, end: EventKind) {
    let theirs = shop.of_loom(order);
    shop.report(order, |id| if id == theirs { end } else { EventKind::Delivered });
    give_up(shop, theirs).unwrap();
}

#[test]
fn a_supplier_is_paid_its_price_in_its_currency_and_the_sale_is_the_operators() {
    for mode in [Mode::Dropship, Mode::FullyManaged] {
        each_supplied(mode, price(Currency::USD), |shop| {
            let order = shop.sold();
            let seller = shop.loom.organisation;
            let expects = || shop.read(move |db| expected(db, seller));
            assert_eq!(expects(), [Money::new(5 * PRICE, Currency::USD)]);
            assert_eq!(booked(shop, order), [(4, false), (1, false)]);
            shop.deliver(order);
            assert_eq!(owed(shop, Currency::USD), (0, 0, 0), "nothing before it is accepted");
            shop.confirm(order);
            shop.confirm(order);
            assert_eq!(owed(shop, Currency::USD), (5 * PRICE, 0, 5 * PRICE));
            assert_eq!(booked(shop, order), [(4, true), (1, true)]);
            assert!(expects().is_empty());
            assert_balances(
                shop,
                [
                    (Account::income("sales", EUR), 13_000),
                    (Account::income("commission", EUR), 0),
                    (Account::commission_tax("IE", EUR), 0),
                    (Account::seller(seller.raw(), EUR), 0),
                    (Account::escrow(EUR), 0),
                ],
            );
            assert_sound(shop, &[order]);
        });
    }
}

#[test]
fn what_is_due_is_paid_out_and_the_order_waits_for_it() {
    each_supplied(Mode::Dropship, price(EUR), |shop| {
        let order = shop.completed();
        let seller = shop.loom.organisation;
        assert_eq!(shop.order(order).settlement, Settlement::Split);
        assert!(shop.pay_out().is_empty(), "its terms say seven days");
        shop.pass(7);
        assert_eq!(shop.pay_out(), [eur(5 * PRICE)]);
        assert!(shop.pay_out().is_empty());
        assert_eq!(owed(shop, EUR), (0, 0, 5 * PRICE));
        assert_eq!(shop.order(order).settlement, Settlement::PaidOut);
        let days = (shop.store.clock().now().plus_days(-30).date(), shop.store.clock().now().date());
        let rows = shop.read(move |db| statement(db, seller, days, 0, 100));
        let told: Vec<_> = rows.iter().map(|row| (row.kind.name(), row.net.minor, row.commission.minor)).collect();
        assert_eq!(told, [("supply", 4 * PRICE, 0), ("supply", PRICE, 0), ("payout", -5 * PRICE, 0)]);
        assert!(rows[0].product != 0 && rows[0].paid_out && statement_line(&rows[0]).contains(",supply,"));

        // What comes back afterwards is a debt that the next payout pays first.
        let before = shop.give_back(order, some(shop, order, 2, true), "a").unwrap();
        assert!(before.minor > 0);
        assert_eq!(owed(shop, EUR), (0, 2 * PRICE, 3 * PRICE));
        shop.completed();
        shop.pass(7);
        assert_eq!(shop.pay_out(), [eur(3 * PRICE)]);
        assert_eq!(owed(shop, EUR), (0, 0, 8 * PRICE));
        assert_sound(shop, &[order]);
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
        each_supplied(mode, price(EUR), |shop| {
            let early = shop.sold();
            shop.deliver(early);
            let what = some(shop, early, 1, restock);
            let asked = what.clone();
            let foreseen = shop.read(move |db| foresee(db, early, &asked));
            let bears: Vec<i64> = foreseen.supply.iter().map(|(_, money)| money.minor).collect();
            assert_eq!(bears, if kept == 4 { vec![PRICE] } else { vec![] }, "{mode:?} {restock}");
            shop.give_back(early, what, "a").unwrap();
            let seller = shop.loom.organisation;
            let expects = shop.read(move |db| expected(db, seller));
            assert_eq!(expects, [eur(kept * PRICE)], "{mode:?} {restock}");
            shop.confirm(early);
            assert_eq!(owed(shop, EUR), (kept * PRICE, 0, kept * PRICE), "{mode:?} {restock}");

            let late = shop.completed();
            shop.give_back(late, some(shop, late, 1, restock), "b").unwrap();
            assert_eq!(owed(shop, EUR), (2 * kept * PRICE, 0, 2 * kept * PRICE), "{mode:?} {restock}");
            assert_eq!(booked(shop, late), [(kept - 1, true), (1, true)]);
            assert_sound(shop, &[early, late]);
        });
    }
}

#[test]
fn prices_that_are_lowered_are_the_operators_own_loss() {
    each_supplied(Mode::Dropship, price(EUR), |shop| {
        let order = shop.completed();
        let of_supplier = shop.of_loom(order);
        let supplier = goodwill(100, Bearer::Seller(shop.loom.organisation));
        let error = shop.give_back(order, supplier, "x").unwrap_err();
        assert_eq!((error.fields[0].name.as_str(), error.fields[0].code), ("bearer", "not_in_order"));
        shop.give_back(order, What::Reduction { amount: eur(900), line: None }, "a").unwrap();
        shop.give_back(order, What::Delivery(of_supplier), "b").unwrap();
        shop.give_back(order, goodwill(100, Bearer::Platform), "c").unwrap();
        assert_eq!(owed(shop, EUR), (5 * PRICE, 0, 5 * PRICE));
        assert_sound(shop, &[order]);
    });
}

#[test]
fn what_was_never_sent_is_never_owed() {
    each_supplied(Mode::FullyManaged, price(EUR), |shop| {
        let part = shop.sold();
        shop.give_back(part, some(shop, part, 3, false), "a").unwrap();
        assert_eq!(booked(shop, part), [(1, false), (1, false)]);
        shop.deliver(part);
        shop.confirm(part);
        assert_eq!(owed(shop, EUR), (2 * PRICE, 0, 2 * PRICE));

        let none = shop.sold();
        let theirs = shop.of_loom(none);
        shop.write(move |tx| cancel_consignment(tx, theirs, "out_of_stock"));
        shop.deliver(none);
        shop.confirm(none);
        assert!(booked(shop, none).is_empty());
        assert_eq!(owed(shop, EUR), (2 * PRICE, 0, 2 * PRICE));
        assert_sound(shop, &[part, none]);
    });
}

/// Whoever ships bears what is lost on the way; what came back to its sender is nobody's cost.
#[test]
fn a_lost_parcel_is_the_shippers_loss() {
    for (mode, end, owes) in [
        (Mode::Dropship, EventKind::Lost, 0),
        (Mode::FullyManaged, EventKind::Lost, 5 * PRICE),
        (Mode::Dropship, EventKind::Returned, 0),
        (Mode::FullyManaged, EventKind::Returned, 0),
    ] {
        each_supplied(mode, price(EUR), |shop| {
            let order = shop.sold();
            given_up(shop, order, end);
            shop.confirm(order);
            assert_eq!(owed(shop, EUR), (owes, 0, owes), "{mode:?} {end:?}");
            let waits = shop.order(order).settlement;
            let paid = if owes == 0 { Settlement::PaidOut } else { Settlement::Split };
            assert_eq!(waits, paid, "{mode:?} {end:?}");
            assert_sound(shop, &[order]);
        });
    }
}
