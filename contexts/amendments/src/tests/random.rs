//! Whatever is changed, paid, taken out, packed and called off in whatever order: money and pieces add up after every step.

use super::fixture::*;
use crate::*;
use base::Actor;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use settlement::{TakeOut, Why};
use shop_world::{GOOD_CARD, Shop, staff, wait};

#[derive(Clone, Debug)]
enum Try {
    Change { shirts: Option<i64>, mugs: i64, lamps: i64, agrees: bool },
    Pay,
    GoOn,
    Lapse,
    Withdraw,
    TakeOut,
    Pack,
    Cancel,
}

fn deeds() -> impl Strategy<Value = Vec<Try>> {
    let change = (prop::option::of(0i64..4), 0i64..3, 0i64..2, any::<bool>())
        .prop_map(|(shirts, mugs, lamps, agrees)| Try::Change { shirts, mugs, lamps, agrees });
    let one = prop_oneof![
        6 => change,
        4 => Just(Try::Pay),
        4 => Just(Try::GoOn),
        1 => Just(Try::Lapse),
        1 => Just(Try::Withdraw),
        2 => Just(Try::TakeOut),
        1 => Just(Try::Pack),
        1 => Just(Try::Cancel),
    ];
    prop::collection::vec(one, 1..12)
}

fn attempt(shop: &Shop, order: base::Id<orders::Order>, deed: &Try, number: usize) {
    let live = shop.read(move |db| live(db, order));
    match *deed {
        Try::Change { shirts, mugs, lamps, agrees } => {
            let whole = shop.whole(order);
            let shirt = whole.lines.iter().find(|line| line.offer == shop.shirt.offer && line.to_send() > 0);
            let lines = shirt.zip(shirts).map(|(line, pieces)| (line.id, pieces)).into_iter().collect();
            let add = [(shop.mug.offer, mugs), (shop.lamp.offer, lamps)];
            let add = add.into_iter().filter(|(_, pieces)| *pieces > 0).collect();
            if let Ok(known) = try_propose(shop, &AskAmendment { lines, add, ..ask(order) })
                && agrees
            {
                try_agree(shop, known.id).unwrap();
            }
        }
        Try::Pay => drop(shop.pay(order, GOOD_CARD)),
        Try::GoOn => goes_on(shop, order),
        Try::Lapse => drop(wait(checkout::lapse(&shop.store, &shop.providers(), order))),
        Try::Withdraw => {
            if let Some(one) = live {
                drop(shop.try_write(Actor::Guest, move |tx| withdraw(tx, one.id)));
            }
        }
        Try::TakeOut => {
            let whole = shop.whole(order);
            if let Some(line) = whole.lines.iter().find(|line| line.to_send() > 0) {
                let (lines, key) = (vec![(line.id, 1)], format!("take-{number}"));
                let wish = TakeOut { order, lines, why: Why::ChangedMind, key };
                drop(shop.try_write(Actor::Guest, move |tx| settlement::take_out(tx, &wish).map(drop)));
            }
        }
        Try::Pack => {
            if let Some(one) = shop.live(order).first().map(|one| (one.id, one.shipped_by)) {
                drop(shop.try_write(staff(one.1), move |tx| orders::pack(tx, one.0).map(drop)));
            }
        }
        Try::Cancel => drop(shop.try_write(Actor::Guest, move |tx| settlement::cancel(tx, order, "changed_mind"))),
    }
}

fn whole_and_held(shop: &Shop, order: base::Id<orders::Order>) {
    let whole = shop.whole(order);
    let waiting: i64 = whole.order.captured.minor;
    let dues = shop.read(move |db| orders::dues(db, order));
    let paid: i64 = dues.iter().filter(|due| due.settled_at.is_some()).map(|due| due.amount.minor).sum();
    let void: i64 = dues.iter().filter(|due| due.state == orders::DueState::Void).map(|due| due.amount.minor).sum();
    assert_eq!(waiting, paid - void, "captured is what dues were paid");
    for thing in [shop.shirt, shop.mug, shop.lamp] {
        let (available, held) = shop.stock(thing);
        assert_eq!(available + held, 1000);
        let ordered: i64 = whole.lines.iter().filter(|line| line.offer == thing.offer).map(orders::Line::to_send).sum();
        assert!(held >= ordered, "what is to be sent is held");
        if shop.read(move |db| live(db, order)).is_none() {
            assert_eq!(held, ordered, "and nothing else");
        }
    }
}

#[test]
fn money_and_pieces_add_up_whatever_is_changed() {
    let cases = if cfg!(debug_assertions) { 12 } else { 64 };
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner
        .run(&deeds(), |deeds| {
            each(|shop| {
                let order = shop.paid(&[(shop.shirt, 2)]);
                for (number, deed) in deeds.iter().enumerate() {
                    attempt(shop, order, deed, number);
                    whole_and_held(shop, order);
                }
                goes_on(shop, order);
                if shop.read(move |db| live(db, order)).is_none() {
                    adds_up(shop, order);
                }
            });
            Ok(())
        })
        .unwrap();
}
