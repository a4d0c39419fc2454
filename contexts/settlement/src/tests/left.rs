//! Whatever goes back in steps comes to what was sold, and the split gives away what lies in escrow.

use super::made_up;
use crate::left::{Back, Left, Part, Sum};
use base::{Currency, Id, Money};
use ledger::Account;
use orders::{Line, Payee, Share, Whole};
use proptest::prelude::*;
use std::collections::BTreeMap;

const EUR: Currency = Currency::EUR;

/// A share of a seller, or of the operator if `payee` is 0.
fn share(payee: i64, minor: i64) -> Share {
    let (payee, account) = match payee {
        0 => (Payee::Platform, ledger::Account::income("sales", Currency::EUR)),
        seller => (Payee::Seller(Id::from_raw(seller)), ledger::Account::seller(seller, Currency::EUR)),
    };
    Share {
        payee,
        account,
        what: "goods",
        consignment: Id::from_raw(1),
        line: Some(Id::<Line>::from_raw(1)),
        scheme: String::new(),
        amount: Money::new(minor, Currency::EUR),
    }
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
        let whole = made_up::consignment(&lines, grouped);
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
        let shares: Vec<Share> = shares.into_iter().map(|(payee, minor)| share(payee, minor)).collect();
        let mut givers: BTreeMap<Account, i64> = BTreeMap::new();
        for share in &shares {
            *givers.entry(share.account.clone()).or_default() += share.amount.minor * back / 100;
        }
        givers.insert(Account::expense("returns", EUR), 77);
        let given: i64 = shares.iter().map(|share| share.amount.minor).sum();
        let borne = givers.values().sum::<i64>() + goodwill.values().sum::<i64>();
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for leg in crate::complete::legs(&shares, givers, &goodwill, EUR) {
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
