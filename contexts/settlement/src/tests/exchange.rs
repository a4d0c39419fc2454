//! An exchange at a kept rate.

use crate::exchange::{Exchange, legs};
use base::{Currency, Money};
use ledger::Account;
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #[test]
    fn an_exchange_neither_makes_nor_loses_a_minor_unit(
        minor in 1..1_000_000_000_000i64,
        digits in 1..9_999_999i64,
        scale in 0..9i64,
        from in prop::sample::select(vec!["EUR", "JPY", "KWD", "USD"]),
        to in prop::sample::select(vec!["EUR", "JPY", "KWD", "CNY"]),
    ) {
        let (from, to): (Currency, Currency) = (from.parse().unwrap(), to.parse().unwrap());
        prop_assume!(from != to);
        let rate = base::Rate::ONE.shifted(-scale).unwrap().times(digits.to_string().parse().unwrap()).unwrap();
        let exchange = Exchange { rate, date: "2026-11-20".parse().unwrap(), source: "test".into() };
        let amount = Money::new(minor, from);
        let Ok(paid) = exchange.of(amount, to) else { return Ok(()) };
        let seller = Account::seller(7, from);
        let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
        for leg in legs(&seller, amount, paid) {
            prop_assert!(leg.amount > 0 && leg.from.unit == leg.to.unit);
            *sums.entry((leg.from.unit.clone(), leg.from.code.clone())).or_default() -= leg.amount;
            *sums.entry((leg.to.unit.clone(), leg.to.code.clone())).or_default() += leg.amount;
        }
        for unit in [from, to] {
            let sum: i64 = sums.iter().filter(|((one, _), _)| one == unit.code()).map(|(_, minor)| minor).sum();
            prop_assert_eq!(sum, 0, "{} balances by itself", unit);
        }
        let of = |account: &Account| sums.get(&(account.unit.clone(), account.code.clone())).copied();
        prop_assert_eq!(of(&seller), Some(-minor));
        prop_assert_eq!(of(&Account::bank(to)), Some(paid.minor));
        // Back at the same rate it is what it was, within what half a minor unit either way comes to.
        let least = Money::new(paid.minor - 1, to).convert(base::Rate::ONE.over(rate).unwrap(), from, base::Rounding::Down);
        let most = Money::new(paid.minor + 1, to).convert(base::Rate::ONE.over(rate).unwrap(), from, base::Rounding::Up);
        if let (Ok(least), Ok(most)) = (least, most) {
            prop_assert!(least.minor <= minor && minor <= most.minor || paid.minor == 1, "{least} {amount} {most}");
        }
    }
}
