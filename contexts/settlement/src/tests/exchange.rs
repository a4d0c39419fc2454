//! Payouts in the seller's own currency: the ledger, the rate that is kept, waiting for one.

use super::*;
use crate::exchange::{Exchange, legs};
use offers::RateRow;
use proptest::prelude::*;

fn rate_of(store: &Store, quote: &str, rate: &str, source: &str) {
    let date = store.clock().now().date();
    let row =
        RateRow { base: EUR, quote: quote.parse().unwrap(), date, rate: rate.parse().unwrap(), source: source.into() };
    store.write_blocking(move |tx| offers::put_rates(tx, std::slice::from_ref(&row))).unwrap();
}

/// An order paid in this currency, whose goods were accepted; 8,572 of its minor units are the seller's.
fn earned(store: &Store, world: &World, cart: i64, currency: Currency) -> Id<Order> {
    let order = world.sold(store, cart, currency);
    world.deliver(store, order);
    completed(store, order);
    order
}

#[test]
fn a_seller_is_paid_in_its_own_currency_at_the_rate_of_the_day() {
    each(SCHEMAS, |store| {
        let (world, jpy) = (world(store), "JPY".parse::<Currency>().unwrap());
        let (order, seller) = (earned(store, &world, 1, jpy), world.seller);
        rate_of(store, "JPY", "150", "of the sale");
        store.clock().advance_seconds(7 * 86_400);
        rate_of(store, "JPY", "160", "of the day");
        let day = store.clock().now().date();
        // 8,572 / 160 = 53.575, half a cent up.
        assert_eq!(store.write_blocking(move |tx| pay_out_due(tx, seller)).unwrap(), vec![eur(5_358)]);
        assert_eq!(store.write_blocking(move |tx| pay_out_due(tx, seller)).unwrap(), vec![], "once");
        for (account, minor) in [
            (Account::seller(seller.raw(), jpy), 0),
            (Account::fx(jpy, EUR, jpy), 8_572),
            (Account::fx(jpy, EUR, EUR), -5_358),
            (Account::bank(EUR), 5_358),
            (Account::bank(jpy), 0),
        ] {
            assert_eq!(of(store, account.clone()), minor, "{}", account.code);
        }
        let sent = store.read_blocking(move |db| payouts(db, seller, None, 9)).unwrap().remove(0);
        assert_eq!((sent.amount, sent.paid), (Money::new(8_572, jpy), eur(5_358)));
        let exchange = sent.exchange.unwrap();
        assert_eq!((exchange.date, exchange.source.as_str()), (day, "of the day"));
        assert_eq!(
            exchange.of(sent.amount, EUR).unwrap(),
            sent.paid,
            "the rate that is kept is the rate that was used"
        );
        let rows = store.read_blocking(move |db| statement(db, seller, (day, day), 0, 9)).unwrap();
        assert_eq!(rows[0].net, Money::new(-8_572, jpy));
        assert_eq!(rows[0].exchanged.clone().unwrap(), (eur(5_358), exchange));
        let text: String = rows.iter().map(statement_line).collect();
        let line = format!(",JPY,-8572,0,0,-8572,{day},yes,EUR,53.58,0.00625,{day},\"of the day\"\r\n");
        assert!(text.contains(&line), "{text}");
        assert_eq!(head(store, order).settlement, orders::Settlement::PaidOut);
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn a_payout_without_a_rate_waits_and_says_so() {
    each(SCHEMAS, |store| {
        let (world, kwd) = (world(store), "KWD".parse::<Currency>().unwrap());
        let seller = world.seller;
        earned(store, &world, 1, kwd);
        store.clock().advance_seconds(7 * 86_400);
        let pay = || store.write_blocking(move |tx| pay_out_due(tx, seller)).unwrap();
        assert_eq!((pay(), pay()), (vec![], vec![]));
        let now = store.clock().now();
        let list = || store.read_blocking(|db| waiting(db, 9)).unwrap();
        assert_eq!(list(), [Waiting { organisation: seller, from: kwd, to: EUR, since: now }]);
        assert_eq!(of(store, Account::seller(seller.raw(), kwd)), 8_572, "nothing was taken");
        store.clock().advance_seconds(86_400);
        let later = store.clock().now();
        let jobs = store.write_blocking(move |tx| store::claim(tx, later, 100, 60)).unwrap();
        assert!(jobs.iter().any(|job| job.kind == "payout.due" && job.subject == seller.raw()), "tried again tomorrow");
        rate_of(store, "KWD", "0.35", "a bank");
        assert_eq!(pay(), vec![eur(2_449)], "8.572 / 0.35 = 24.491");
        assert_eq!(list(), []);
        assert_eq!(of(store, Account::fx(kwd, EUR, kwd)), 8_572);
    });
}

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
