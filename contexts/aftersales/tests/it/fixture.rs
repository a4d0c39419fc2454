//! The shop, objecting and giving back, and what became of it.

use aftersales::*;
use base::{Currency, Id, Money, Result};
use orders::{Consignment, Dispute, Line, Order};
use shop_world::{Shop, wait};
use std::sync::LazyLock;
use store::Schema;

static TABLES: LazyLock<Vec<Schema>> =
    LazyLock::new(|| shop_world::SCHEMAS.iter().copied().chain([aftersales::SCHEMA]).collect());

pub fn each(test: impl Fn(&Shop)) {
    store::testing::each(&TABLES, |store| test(&shop_world::shop(store)));
}

pub fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// A delivered order, its seller's consignment and lines.
pub fn delivered(shop: &Shop) -> (Id<Order>, Id<Consignment>, Vec<Line>) {
    let order = shop.delivered();
    (order, shop.of_loom(order), shop.lines_of_loom(order))
}

pub fn damaged(consignment: Id<Consignment>, line: Id<Line>, pieces: i64) -> NewClaim {
    NewClaim {
        consignment,
        lines: vec![(line, pieces)],
        kind: Kind::Damaged,
        wish: Wish::MoneyBack,
        amount: None,
        words: "It came in two halves.".into(),
        pictures: Vec::new(),
    }
}

pub fn withdrawal(consignment: Id<Consignment>, lines: Vec<(Id<Line>, i64)>) -> NewClaim {
    let words = String::new();
    NewClaim { kind: Kind::Withdrawal, lines, words, ..damaged(consignment, Id::from_raw(0), 1) }
}

pub fn opened(shop: &Shop, new: &NewClaim) -> Result<Id<Claim>> {
    let new = new.clone();
    shop.as_guest(move |tx| open(tx, &new))
}

pub fn now_is(shop: &Shop, id: Id<Claim>) -> (State, Outcome) {
    let known = found(shop, id);
    (known.state, known.outcome)
}

pub fn dispute(shop: &Shop, consignment: Id<Consignment>) -> Dispute {
    shop.consignment(consignment).dispute
}

/// Runs the clock of a claim if its job is due.
pub fn clock(shop: &Shop, id: Id<Claim>) {
    shop.write(move |tx| tick(tx, id));
}

pub fn told(shop: &Shop, kind: &str) -> usize {
    let kind = vec![store::Value::Text(kind.into())];
    shop.read(move |db| db.raw("SELECT seq FROM event WHERE kind = $1", &kind)).len()
}

pub fn found(shop: &Shop, id: Id<Claim>) -> Claim {
    shop.read(move |db| claim(db, id))
}

/// What the worker does with a claim that is decided.
pub fn settles(shop: &Shop, id: Id<Claim>) {
    wait(settle(&shop.store, id)).unwrap();
}
