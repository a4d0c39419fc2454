//! Refunds of pieces, deliveries and prices: what goes back, who bears it, and that tax, duty and commission follow.

use super::payable::assert_returns_are_the_books;
use super::world::{SCHEMAS, World, world};
use super::{EUR, assert_sound, completed, eur, head, of};
use crate::left::{Back, Left, Part, Sum};
use crate::*;
use base::{Currency, Id, Money};
use ledger::Account;
use orders::{Line, Order, State, Whole};
use proptest::prelude::*;
use std::collections::BTreeMap;
use store::Store;
use store::testing::each;

fn give(store: &Store, order: Id<Order>, what: What, key: &str) -> base::Result<Money> {
    let wish = Refund { order, what, reason: "returned".into(), key: key.into() };
    store.write_blocking(move |tx| refund(tx, &wish))
}

fn pieces(line: &Line, pieces: i64) -> What {
    What::Pieces { lines: vec![(line.id, pieces)], restock: false }
}

/// One piece of four: goods 12.50, duty 1.39 and tax 2.64 of the goods' shares (5,000 of 5,400), a quarter each.
pub(super) const PIECE: i64 = 1_250 + 139 + 264;

/// What the seller loses by it: 12.50 less a quarter of the commission of 6.00 and of its tax of 1.14, rounded half up.
const SELLERS_PART: i64 = 1_250 - 150 - 29;

fn assert_one_piece_went_back(store: &Store, world: &World, order: Id<Order>) {
    world.refund_all(store, order);
    for (account, minor) in [
        (Account::escrow(EUR), 0),
        (Account::seller(world.seller.raw(), EUR), 8_572 - SELLERS_PART),
        (Account::income("commission", EUR), 1_200 - 150),
        (Account::commission_tax("IE", EUR), 228 - 29),
        (Account::duty("EU", "import", EUR), 1_200 - 139),
        (Account::tax("DE", "IOSS", EUR), 665 + 2_280 - 264),
        (Account::income("sales", EUR), 3_000),
        (Account::carrier("Meridian Express", EUR), 1_600),
        (Account::expense("returns", EUR), 0),
        (Account::expense("goodwill", EUR), 0),
    ] {
        assert_eq!(of(store, account.clone()), minor, "{}", account.code);
    }
    assert_sound(store, world, &[order]);
    assert_returns_are_the_books(store);
}

#[test]
fn a_piece_takes_its_tax_duty_and_commission_back_before_the_split_and_after() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        world.deliver(store, order);
        let line = world.lines_of_seller(store, order)[0].clone();
        assert_eq!(give(store, order, pieces(&line, 1), "a").unwrap(), eur(PIECE));
        assert_eq!(give(store, order, pieces(&line, 1), "a").unwrap(), eur(PIECE), "the same again");
        assert_eq!(give(store, order, pieces(&line, 2), "a").unwrap_err().code, "idempotency_key_reused");
        let seller = world.seller;
        let expected = store.read_blocking(move |db| expected(db, seller)).unwrap();
        assert_eq!(expected, [eur(8_572 - SELLERS_PART)]);
        completed(store, order);
        assert_one_piece_went_back(store, &world, order);
    });
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.completed(store, 1);
        let line = world.lines_of_seller(store, order)[0].clone();
        assert_eq!(give(store, order, pieces(&line, 1), "a").unwrap(), eur(PIECE));
        assert_one_piece_went_back(store, &world, order);
        let more = give(store, order, pieces(&line, 4), "b").unwrap_err();
        assert_eq!(more.code, "too_many_pieces");
        assert_eq!(give(store, order, pieces(&line, 3), "c").unwrap(), eur(5_000 + 556 + 1_056 - PIECE));
        assert_eq!(give(store, order, pieces(&line, 1), "d").unwrap_err().code, "too_many_pieces");
        world.refund_all(store, order);
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn a_price_that_is_reduced_corrects_the_tax_in_it() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.completed(store, 1);
        let line = world.lines_of_seller(store, order)[1].clone();
        let less = |minor, line| What::Reduction { amount: eur(minor), line };
        let much = give(store, order, less(6_613, Some(line.id)), "a").unwrap_err();
        assert_eq!(much.code, "more_than_left");
        assert!(much.message.contains("66.12"), "{much:?}");
        // 10.00 of goods 50.00, duty 5.56 and tax 10.56.
        assert_eq!(give(store, order, less(1_000, Some(line.id)), "b").unwrap(), eur(1_000));
        assert_eq!(of(store, Account::tax("DE", "IOSS", EUR)), 665 + 2_280 - 160);
        assert_eq!(of(store, Account::duty("EU", "import", EUR)), 1_200 - 84);
        assert_eq!(of(store, Account::income("commission", EUR)), 1_200 - 91);
        // The rest of that line, at what it costs now.
        assert_eq!(give(store, order, pieces(&line, 1), "c").unwrap(), eur(6_612 - 1_000));
        assert_eq!(give(store, order, less(1_000, None), "d").unwrap(), eur(1_000), "of what is left of all");
        world.refund_all(store, order);
        assert_eq!(of(store, Account::escrow(EUR)), 0);
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn a_delivery_goes_back_with_its_tax_and_the_operator_pays_the_carrier() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.completed(store, 1);
        let consignment = world.of_seller(store, order);
        let back = 800 + (1_200 - 2 * 556) + (2_280 - 2 * 1_056);
        assert_eq!(give(store, order, What::Delivery(consignment), "a").unwrap(), eur(back));
        assert_eq!(give(store, order, What::Delivery(consignment), "b").unwrap_err().code, "already_refunded");
        assert_eq!(of(store, Account::expense("returns", EUR)), -800);
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 8_572);
        let rest = give(store, order, What::Consignment(consignment), "c").unwrap();
        assert_eq!(rest, eur(14_580 - back));
        assert_eq!(of(store, Account::expense("returns", EUR)), -1_100);
        world.refund_all(store, order);
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn pieces_that_are_not_packed_are_not_sent() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let lines = world.lines_of_seller(store, order);
        assert_eq!(world.free(store, lines[0].variant), 96);
        assert_eq!(give(store, order, pieces(&lines[0], 1), "a").unwrap(), eur(PIECE));
        assert_eq!(world.free(store, lines[0].variant), 97, "free again");
        world.deliver(store, order);
        let sent = world.lines_of_seller(store, order)[0].to_send();
        assert_eq!(sent, 3);
        let back = What::Pieces { lines: vec![(lines[0].id, 2)], restock: true };
        give(store, order, back, "b").unwrap();
        assert_eq!(world.free(store, lines[0].variant), 99, "two came back, one is at the buyer's");
        completed(store, order);
        world.refund_all(store, order);
        assert_eq!(of(store, Account::escrow(EUR)), 0);
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn a_consignment_of_which_nothing_is_left_is_not_packed() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let lines = world.lines_of_seller(store, order);
        give(store, order, pieces(&lines[1], 1), "a").unwrap();
        let all = What::Pieces { lines: vec![(lines[0].id, 4)], restock: false };
        give(store, order, all, "b").unwrap();
        let theirs = world.of_seller(store, order);
        let consignment = store.read_blocking(move |db| orders::consignment(db, theirs)).unwrap();
        assert_eq!(consignment.state, State::Cancelled);
        assert_eq!(store.write_blocking(move |tx| orders::pack(tx, theirs)).unwrap_err().code, "wrong_state");
        world.refund_all(store, order);
        assert_eq!(head(store, order).refunded, eur(14_580), "with delivery and fees");
        assert_eq!(world.free(store, lines[0].variant), 100);
        let own = store.read_blocking(move |db| orders::consignments(db, order)).unwrap()[0].id;
        store.write_blocking(move |tx| cancel_consignment(tx, own, "out_of_stock")).unwrap();
        world.refund_all(store, order);
        let known = head(store, order);
        assert_eq!((known.refunded, known.fulfilment), (eur(18_745), orders::Fulfilment::Cancelled));
        assert!(known.cancelled_at.is_some());
        assert_eq!(of(store, Account::escrow(EUR)), 0);
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn goodwill_is_not_paid_twice_when_the_rest_is_called_off() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let kind = What::Goodwill { amount: eur(500), bearer: Bearer::Seller(world.seller) };
        give(store, order, kind, "a").unwrap();
        assert_eq!(store.write_blocking(move |tx| cancel(tx, order, "changed_mind")).unwrap(), eur(18_245));
        world.refund_all(store, order);
        assert_eq!((of(store, Account::escrow(EUR)), of(store, Account::debt(world.seller.raw(), EUR))), (0, 0));
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        give(store, order, What::Goodwill { amount: eur(16_000), bearer: Bearer::Platform }, "a").unwrap();
        let theirs = world.of_seller(store, order);
        let back = store.write_blocking(move |tx| cancel_consignment(tx, theirs, "out_of_stock")).unwrap();
        assert_eq!(back, eur(18_745 - 16_000), "no more than was paid");
        world.deliver(store, order);
        completed(store, order);
        world.refund_all(store, order);
        assert_eq!(of(store, Account::expense("goodwill", EUR)), -(16_000 - (14_580 - 2_745)));
        assert_eq!(of(store, Account::escrow(EUR)), 0);
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn what_was_given_back_wholly_is_not_packed() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        give(store, order, What::Reduction { amount: eur(1_000), line: None }, "a").unwrap();
        let kind = What::Goodwill { amount: eur(745), bearer: Bearer::Seller(world.seller) };
        give(store, order, kind, "b").unwrap();
        let rest = What::Reduction { amount: eur(17_000), line: None };
        assert_eq!(give(store, order, rest, "c").unwrap(), eur(17_000), "delivery after goods");
        let known = head(store, order);
        assert_eq!(known.fulfilment, orders::Fulfilment::Cancelled);
        let theirs = world.of_seller(store, order);
        assert_eq!(store.write_blocking(move |tx| orders::pack(tx, theirs)).unwrap_err().code, "wrong_state");
        world.refund_all(store, order);
        let known = head(store, order);
        assert_eq!((known.payment, known.refunded), (orders::Payment::Refunded, eur(18_745)));
        assert_eq!((of(store, Account::escrow(EUR)), of(store, Account::debt(world.seller.raw(), EUR))), (0, 0));
        assert_sound(store, &world, &[order]);
        assert_returns_are_the_books(store);
    });
}

/// A step of giving back: which line, how many pieces or how much, and what.
#[derive(Clone, Debug)]
struct Step {
    line: usize,
    figure: i64,
    what: u8,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..3usize, 1..400i64, 0..3u8).prop_map(|(line, figure, what)| Step { line, figure, what });
    prop::collection::vec(step, 0..8)
}

fn taken(left: &mut Left, whole: &Whole, step: &Step) -> Back {
    let line = whole.lines[step.line % whole.lines.len()].id;
    match step.what {
        0 => left.pieces(line, step.figure % 4).unwrap_or_default(),
        1 => {
            let part = if step.figure % 3 == 0 { Part::Delivery } else { Part::Goods };
            let amount = step.figure.min(left.reducible(part, Some(line)));
            left.reduction(part, amount, Some(line)).unwrap()
        }
        _ => left.delivery(),
    }
}

proptest! {
    #[test]
    fn whatever_goes_back_in_steps_comes_to_what_was_sold(
        lines in prop::collection::vec((1..6i64, 1..5_000i64, 0..900i64, 0..700i64, 0..900i64, 0..60i64), 1..4),
        grouped in any::<bool>(),
        steps in steps(),
    ) {
        let whole = super::made_up::consignment(&lines, grouped);
        let consignment = &whole.consignments[0];
        let mut all = Back::default();
        for step in &steps {
            // Read anew each time, as a deed does.
            let mut left = Left::of(&whole, consignment, &all).unwrap();
            all = all.and(taken(&mut left, &whole, step));
        }
        let rest = Left::of(&whole, consignment, &all).unwrap().everything();
        for line in &rest.lines {
            let Sum { net, duty, tax, fees } = line.sum;
            let least = [net, duty, tax, fees, line.commission, line.commission_tax].into_iter().min();
            prop_assert!(least >= Some(0), "{:?}", line);
        }
        let all = all.and(rest);
        prop_assert_eq!(all.total(), consignment.total.minor);
        let landed = consignment.landed_cost().unwrap();
        let mut sums: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        for charge in &all.charges {
            prop_assert!(charge.base >= 0 && charge.amount >= 0);
            let sum = sums.entry(charge.charge).or_default();
            *sum = (sum.0 + charge.base, sum.1 + charge.amount);
        }
        for (at, charge) in landed.lines.iter().enumerate().filter(|(_, charge)| charge.amount.minor > 0) {
            prop_assert_eq!(sums.get(&at).copied(), Some((charge.base.minor, charge.amount.minor)), "charge {}", at);
        }
        for line in &whole.lines {
            let back = all.lines.iter().filter(|back| back.line == line.id);
            prop_assert_eq!(back.clone().map(|back| back.commission).sum::<i64>(), line.commission.minor);
            prop_assert_eq!(back.clone().map(|back| back.commission_tax).sum::<i64>(), line.commission_tax.minor);
            prop_assert_eq!(back.map(|back| back.pieces).sum::<i64>(), line.quantity);
        }
    }

    #[test]
    fn the_split_gives_away_what_lies_in_escrow_and_no_seller_falls_below_zero(
        shares in prop::collection::vec((0..5i64, 1..100_000i64), 1..12),
        goodwill in prop::collection::btree_map(0..5i64, 1..60_000i64, 0..4),
        back in 0..100i64,
    ) {
        let shares: Vec<orders::Share> = shares.into_iter().map(|(payee, minor)| super::world::share(payee, minor)).collect();
        let mut givers: BTreeMap<Account, i64> = BTreeMap::new();
        for share in &shares {
            *givers.entry(share.account.clone()).or_default() += share.amount.minor * back / 100;
        }
        givers.insert(Account::expense("returns", EUR), 77);
        let given: i64 = shares.iter().map(|share| share.amount.minor).sum();
        let borne = givers.values().sum::<i64>() + goodwill.values().sum::<i64>();
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for leg in crate::complete::legs(&shares, givers, &goodwill, Currency::EUR) {
            prop_assert!(leg.amount > 0);
            *sums.entry(leg.from.code).or_default() -= leg.amount;
            *sums.entry(leg.to.code).or_default() += leg.amount;
        }
        prop_assert_eq!(sums.get("escrow:EUR").copied().unwrap_or_default(), borne - given);
        for (code, sum) in sums {
            prop_assert!(!code.starts_with("seller:") || sum >= 0, "{} would fall below zero", code);
        }
    }
}
