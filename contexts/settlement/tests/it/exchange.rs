//! Payouts in the seller's own currency: the ledger, the rate that is kept, waiting for one.

use super::fixture::*;
use base::{Currency, Money};
use ledger::Account;
use offers::RateRow;
use settlement::*;
use shop_world::Shop;

fn rate_of(shop: &Shop, quote: &str, rate: &str, source: &str) {
    let date = shop.store.clock().now().date();
    let row =
        RateRow { base: EUR, quote: quote.parse().unwrap(), date, rate: rate.parse().unwrap(), source: source.into() };
    shop.write(move |tx| offers::put_rates(tx, std::slice::from_ref(&row)));
}

#[test]
fn a_seller_is_paid_in_its_own_currency_at_the_rate_of_the_day() {
    each(|shop| {
        let jpy = "JPY".parse::<Currency>().unwrap();
        let (order, seller) = (shop.completed_in(jpy), shop.loom.organisation);
        rate_of(shop, "JPY", "150", "of the sale");
        shop.pass(7);
        rate_of(shop, "JPY", "160", "of the day");
        let day = shop.store.clock().now().date();
        // 8,572 / 160 = 53.575, half a cent up.
        assert_eq!(shop.pay_out(), vec![eur(5_358)]);
        assert_eq!(shop.pay_out(), vec![], "once");
        assert_balances(
            shop,
            [
                (Account::seller(seller.raw(), jpy), 0),
                (Account::fx(jpy, EUR, jpy), 8_572),
                (Account::fx(jpy, EUR, EUR), -5_358),
                (Account::bank(EUR), 5_358),
                (Account::bank(jpy), 0),
            ],
        );
        let sent = shop.read(move |db| payouts(db, seller, None, 9)).remove(0);
        assert_eq!((sent.amount, sent.paid), (Money::new(8_572, jpy), eur(5_358)));
        let exchange = sent.exchange.unwrap();
        assert_eq!((exchange.date, exchange.source.as_str()), (day, "of the day"));
        assert_eq!(
            sent.amount.convert(exchange.rate, EUR, base::Rounding::HalfUp).unwrap(),
            sent.paid,
            "the rate that is kept is the rate that was used"
        );
        let rows = shop.read(move |db| statement(db, seller, (day, day), 0, 9));
        assert_eq!(rows[0].net, Money::new(-8_572, jpy));
        assert_eq!(rows[0].exchanged.clone().unwrap(), (eur(5_358), exchange));
        let text: String = rows.iter().map(statement_line).collect();
        let line = format!(",JPY,-8572,0,0,-8572,{day},yes,EUR,53.58,0.00625,{day},\"of the day\"\r\n");
        assert!(text.contains(&line), "{text}");
        assert_eq!(shop.order(order).settlement, orders::Settlement::PaidOut);
        assert_sound(shop, &[order]);
    });
}

#[test]
fn a_payout_without_a_rate_waits_and_says_so() {
    each(|shop| {
        let kwd = "KWD".parse::<Currency>().unwrap();
        let seller = shop.loom.organisation;
        shop.completed_in(kwd);
        shop.pass(7);
        assert_eq!((shop.pay_out(), shop.pay_out()), (vec![], vec![]));
        let now = shop.store.clock().now();
        let list = || shop.read(|db| waiting(db, 9));
        assert_eq!(list(), [Waiting { organisation: seller, from: kwd, to: EUR, since: now }]);
        assert_eq!(shop.balance(Account::seller(seller.raw(), kwd)), 8_572, "nothing was taken");
        shop.pass(1);
        let later = shop.store.clock().now();
        let jobs = shop.write(move |tx| store::claim(tx, later, 100, 60));
        assert!(jobs.iter().any(|job| job.kind == "payout.due" && job.subject == seller.raw()), "tried again tomorrow");
        rate_of(shop, "KWD", "0.35", "a bank");
        assert_eq!(shop.pay_out(), vec![eur(2_449)], "8.572 / 0.35 = 24.491");
        assert_eq!(list(), []);
        assert_eq!(shop.balance(Account::fx(kwd, EUR, kwd)), 8_572);
    });
}
