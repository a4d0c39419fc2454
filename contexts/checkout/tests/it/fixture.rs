//! The shop, and what news of payments and rates do to it.

use base::{Currency, Id};
use checkout::{Settle, Settled};
use offers::RateRow;
use payments::{Intent, Outcome};
pub use shop_world::{Shop, Thing, berlin, buyer, line, thing, visit, wait};

pub const EUR: Currency = Currency::EUR;

pub fn each(test: impl Fn(&Shop)) {
    store::testing::each(shop_world::SCHEMAS, |store| test(&shop_world::shop(store)));
}

/// The provider's word on an attempt is written down.
pub fn settled(shop: &Shop, intent: Id<Intent>, outcome: Outcome) -> Settled {
    let news = Settle { intent, outcome, notice: None };
    shop.write(move |tx| checkout::settle(tx, &news))
}

/// Doubles what a euro buys of everything.
pub fn double_rates(shop: &Shop) {
    shop.write(|tx| {
        let date = tx.now().date();
        let rows: Vec<RateRow> = offers::rate_rows(tx, date)?
            .into_iter()
            .map(|row| RateRow { rate: row.rate.plus(row.rate).unwrap(), date, ..row })
            .collect();
        offers::put_rates(tx, &rows)
    });
}

/// One number that a statement counts.
pub fn count(shop: &Shop, statement: &'static str) -> i64 {
    shop.read(move |db| db.raw(statement, &[]))[0].get(0).unwrap()
}
