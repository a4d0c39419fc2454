//! The shop, giving back and taking out, and what must hold after every step.

use base::{Currency, Date, Id, Money, Result};
use ledger::Account;
use orders::{Consignment, Line, Order};
use settlement::*;
use shop_world::Shop;
use std::collections::BTreeMap;
use terms::Mode;

pub const EUR: Currency = Currency::EUR;

pub fn eur(minor: i64) -> Money {
    Money::new(minor, EUR)
}

pub fn each(test: impl Fn(&Shop)) {
    store::testing::each(shop_world::SCHEMAS, |store| test(&shop_world::shop(store)));
}

/// The house sells what Loom supplies at this price.
pub fn each_supplied(mode: Mode, price: Money, test: impl Fn(&Shop)) {
    store::testing::each(shop_world::SCHEMAS, |store| test(&shop_world::supplied(store, mode, price)));
}

/// Gives up the newest parcel of a consignment.
pub fn give_up(shop: &Shop, id: Id<Consignment>) -> Result<Money> {
    shop.give_up(shop.parcels_of(id).pop().unwrap().id)
}

pub fn goodwill(minor: i64, bearer: Bearer) -> What {
    What::Goodwill { amount: eur(minor), bearer }
}

/// Pieces of a line that stay with the buyer.
pub fn pieces(line: &Line, pieces: i64) -> What {
    What::Pieces { lines: vec![(line.id, pieces)], restock: false }
}

/// Pieces of a line that came back.
pub fn returned(line: &Line, pieces: i64) -> What {
    What::Pieces { lines: vec![(line.id, pieces)], restock: true }
}

/// The buyer, a guest, takes pieces out.
pub fn less(shop: &Shop, order: Id<Order>, lines: &[(Id<Line>, i64)], key: &str) -> Result<TakenOut> {
    let wish = TakeOut { order, lines: lines.to_vec(), why: Why::ChangedMind, key: key.into() };
    shop.as_guest(move |tx| take_out(tx, &wish))
}

pub fn assert_balances<const N: usize>(shop: &Shop, accounts: [(Account, i64); N]) {
    for (account, minor) in accounts {
        let code = account.code.clone();
        assert_eq!(shop.balance(account), minor, "{code}");
    }
}

/// What must hold after every step: the ledger sums to zero, the order's own sums are the ledger's, and a seller's entries
/// are what the ledger says is the seller's.
pub fn assert_sound(shop: &Shop, orders: &[Id<Order>]) {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for row in shop.read(ledger::trial_balance) {
        *sums.entry(row.unit).or_default() += row.debit - row.credit;
    }
    assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
    for id in orders.iter().copied() {
        let order = shop.order(id);
        let escrow = Account::escrow(order.currency);
        let lying = shop.read(move |db| ledger::sum(db, &escrow, id.raw()));
        assert_eq!(order.escrow().minor, lying, "escrow of {}", order.number);
        let (seller, days) = (shop.loom.organisation, all_days(shop));
        let standing = shop.read(move |db| opening(db, seller, days.1));
        let rows = shop.read(move |db| statement(db, seller, days, 0, 1000));
        let net = rows.iter().filter(|row| row.net.currency == order.currency).map(|row| row.net.minor).sum::<i64>();
        let ours = standing.iter().find(|money| money.currency == order.currency).map_or(0, |money| money.minor);
        assert_eq!(net, ours, "the entries are the ledger's");
    }
}

/// From the first of the year until tomorrow.
pub fn all_days(shop: &Shop) -> (Date, Date) {
    (base::time::parse_date("2026-01-01").unwrap(), shop.store.clock().now().plus_days(1).date())
}

/// All money has come to rest: nothing lies in escrow, and the returns are the books.
pub fn assert_at_rest(shop: &Shop, order: Id<Order>) {
    shop.refund_all(order);
    assert_eq!(shop.balance(Account::escrow(EUR)), 0);
    assert_sound(shop, &[order]);
    super::payable::assert_returns_are_the_books(shop);
}
