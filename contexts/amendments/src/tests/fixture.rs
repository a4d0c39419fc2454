//! The shop, and changing its orders.

use crate::*;
use base::{Actor, Currency, Id, Money, Result};
use ledger::Account;
use orders::{Line, Order};
use shop_world::{Shop, Thing, shop};
use std::sync::LazyLock;
use store::Schema;

static TABLES: LazyLock<Vec<Schema>> =
    LazyLock::new(|| shop_world::SCHEMAS.iter().copied().chain([crate::SCHEMA]).collect());

pub(super) fn each(test: impl Fn(&Shop)) {
    store::testing::each(&TABLES, |store| test(&shop(store)));
}

pub(super) fn ask(order: Id<Order>) -> AskAmendment {
    AskAmendment { order, lines: Vec::new(), add: Vec::new(), services: Vec::new(), address: None, to_buyer: None }
}

/// The line of a thing that is not called off.
pub(super) fn line_of(shop: &Shop, order: Id<Order>, thing: Thing) -> Line {
    let whole = shop.whole(order);
    let found = whole.lines.into_iter().find(|line| line.offer == thing.offer && line.to_send() > 0);
    found.expect("it is in the order")
}

pub(super) fn try_propose(shop: &Shop, ask: &AskAmendment) -> Result<Amendment> {
    let (world, ask) = (shop.world.clone(), ask.clone());
    shop.try_write(Actor::Guest, move |tx| propose(tx, &world, &ask))
}

pub(super) fn proposed(shop: &Shop, ask: &AskAmendment) -> Amendment {
    try_propose(shop, ask).unwrap()
}

pub(super) fn try_agree(shop: &Shop, id: Id<Amendment>) -> Result<Amendment> {
    shop.try_write(Actor::Guest, move |tx| agree(tx, id, "sandbox"))
}

pub(super) fn agreed(shop: &Shop, ask: &AskAmendment) -> Amendment {
    let id = proposed(shop, ask).id;
    try_agree(shop, id).unwrap()
}

/// What the worker does with the job that follows a due.
pub(super) fn goes_on(shop: &Shop, order: Id<Order>) {
    shop.write(move |tx| go_on(tx, order));
}

pub(super) fn found(shop: &Shop, id: Id<Amendment>) -> Amendment {
    shop.read(move |db| amendment(db, id))
}

pub(super) fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// What lies in escrow is what the order says, and what it has to pay for what is to be sent.
pub(super) fn adds_up(shop: &Shop, order: Id<Order>) {
    let whole = shop.whole(order);
    assert_eq!(shop.balance(Account::escrow(Currency::EUR)), whole.order.escrow().minor);
    let live: Vec<_> = shop.live(order).iter().map(|one| one.id).collect();
    let left = whole.clone();
    let live = shop.read(move |db| settlement::left_of(db, &left, &live)).minor;
    let intents = shop.read(move |db| payments::by_subject(db, order.raw()));
    let going: i64 = intents.iter().map(|one| one.refunding_minor - one.refunded_minor).sum();
    assert_eq!(whole.order.escrow().minor - going, live, "escrow holds what is to be sent");
    let all: i64 = whole.lines.iter().map(|line| line.total.minor).sum();
    assert_eq!(whole.order.sums.total().unwrap().minor + whole.order.added.minor, all);
}
