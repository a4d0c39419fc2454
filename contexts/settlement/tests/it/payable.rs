//! What authorities and carriers are owed: paid once and never too much, and told by the returns to the last cent.

use super::fixture::*;
use base::Currency;
use ledger::Account;
use logistics::EventKind;
use settlement::*;
use shop_world::Shop;
use std::collections::BTreeMap;

fn owed(shop: &Shop) -> Vec<Payable> {
    let days = all_days(shop);
    shop.read(move |db| payables(db, days))
}

fn paying(shop: &Shop, account: &Account, minor: i64, reference: &str) -> Remit {
    let paid_on = shop.store.clock().now().date();
    Remit { account: account.id(), amount: eur(minor), paid_on, reference: reference.into() }
}

fn pay(shop: &Shop, order: Remit) -> base::Result<bool> {
    shop.store.write_blocking(move |tx| remit(tx, &order).map(|(_, new)| new))
}

#[test]
fn what_is_owed_is_paid_once_and_never_too_much() {
    each(|shop| {
        shop.completed();
        let tax = Account::tax("DE", "IOSS", EUR);
        let row = |code: &str| owed(shop).into_iter().find(|one| one.code == code).unwrap();
        let of_tax = row(&tax.code);
        assert_eq!((of_tax.payee, of_tax.to.as_str(), of_tax.scheme.as_str()), (Payee::Tax, "DE", "ioss"));
        assert_eq!((of_tax.owed, of_tax.added, of_tax.taken), (eur(2_945), eur(2_945), eur(0)));
        assert_eq!(row("carrier:meridian-express:EUR").to, "meridian-express");
        assert!(owed(shop).iter().all(|one| one.code != "escrow:EUR"));
        let wrong = |order: Remit| pay(shop, order).unwrap_err().fields[0].code.to_string();
        assert_eq!(wrong(paying(shop, &tax, 2_946, "b1")), "more_than_owed");
        assert_eq!(wrong(paying(shop, &tax, 0, "b1")), "amount_format");
        assert_eq!(wrong(paying(shop, &tax, 1, " ")), "required");
        assert_eq!(wrong(paying(shop, &Account::escrow(EUR), 1, "b1")), "no_payable");
        let tomorrow = shop.store.clock().now().plus_days(1).date();
        assert_eq!(wrong(Remit { paid_on: tomorrow, ..paying(shop, &tax, 1, "b1") }), "in_the_future");
        assert_eq!(shop.balance(tax.clone()), 2_945, "nothing of that moved anything");
        assert!(pay(shop, paying(shop, &tax, 2_000, "b1")).unwrap());
        assert!(!pay(shop, paying(shop, &tax, 2_000, "b1")).unwrap());
        assert_eq!(pay(shop, paying(shop, &tax, 1_000, "b1")).unwrap_err().code, "idempotency_key_reused");
        assert_eq!((shop.balance(tax.clone()), shop.balance(Account::bank(EUR))), (945, 2_000));
        let paid = shop.read(|db| remittances(db, None, 9));
        assert_eq!(
            paid.iter().map(|one| (one.code.as_str(), one.amount)).collect::<Vec<_>>(),
            [(tax.code.as_str(), eur(2_000))]
        );
        assert_eq!((row(&tax.code).owed, row(&tax.code).taken), (eur(945), eur(2_000)));
    });
}

#[test]
fn a_refund_after_the_payment_leaves_a_claim_against_the_authority() {
    each(|shop| {
        let order = shop.completed();
        let tax = Account::tax("DE", "IOSS", EUR);
        assert!(pay(shop, paying(shop, &tax, 2_945, "b1")).unwrap());
        let what = What::Consignment(shop.of_loom(order));
        shop.give_back(order, what, "r").unwrap();
        assert_eq!(shop.balance(tax.clone()), -2_280);
        assert_eq!(pay(shop, paying(shop, &tax, 1, "b2")).unwrap_err().fields[0].code, "more_than_owed");
    });
}

/// What the returns of all days say is due, by jurisdiction and scheme.
fn returned(shop: &Shop, kinds: &[&str]) -> BTreeMap<(String, String), i64> {
    let days = all_days(shop);
    let rows = shop.read(move |db| returns(db, "", days));
    let mut sums = BTreeMap::new();
    for row in rows.iter().filter(|row| kinds.contains(&row.kind)) {
        *sums.entry((row.jurisdiction.clone(), row.scheme.clone())).or_default() += row.amount.minor;
    }
    sums.retain(|_, minor| *minor != 0);
    sums
}

fn booked(shop: &Shop, payee: Payee) -> BTreeMap<(String, String), i64> {
    let rows = owed(shop).into_iter().filter(|one| one.payee == payee);
    rows.map(|one| ((one.to, one.scheme), one.owed.minor)).filter(|(_, minor)| *minor != 0).collect()
}

pub fn assert_returns_are_the_books(shop: &Shop) {
    assert_eq!(returned(shop, &["tax"]), booked(shop, Payee::Tax));
    assert_eq!(returned(shop, &["duty", "fee"]), booked(shop, Payee::Duty));
}

#[test]
fn the_returns_of_all_days_are_what_the_ledger_owes() {
    each(|shop| {
        let first = shop.completed();
        shop.completed();
        assert_returns_are_the_books(shop);
        let off = shop.sold();
        shop.write(move |tx| cancel(tx, off, "changed_mind"));
        assert_returns_are_the_books(shop);
        let what = What::Consignment(shop.of_loom(first));
        shop.give_back(first, what, "r").unwrap();
        assert_returns_are_the_books(shop);
        let lost = shop.sold();
        let theirs = shop.of_loom(lost);
        shop.report(lost, |id| if id == theirs { EventKind::Lost } else { EventKind::Delivered });
        give_up(shop, theirs).unwrap();
        shop.confirm(lost);
        assert_returns_are_the_books(shop);
    });
}

#[test]
fn a_return_names_scheme_rate_and_period() {
    each(|shop| {
        shop.completed();
        let days = all_days(shop);
        let text = |scheme: &'static str, days| {
            let read = move |db: &mut store::Read| {
                let mut out = Vec::new();
                returns_csv(db, scheme, days, &mut out)?;
                Ok(String::from_utf8_lossy(&out).into_owned())
            };
            shop.read(read)
        };
        let lines = |text: String| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        let (from, to) = days;
        assert_eq!(
            lines(text("IOSS", days)),
            [format!("{from},{to},ioss,DE,tax,sale,,EUR,130.00,29.45,2,EUR,130.00,29.45,1,{to},\"\"")]
        );
        let commission = format!("{from},{to},commission,IE,tax,sale,19,EUR,12.00,2.28,2,,,,,,");
        assert_eq!(lines(text("commission", days)), [commission]);
        assert_eq!(lines(text("", days)).len(), 3);
        let before = (from, base::time::parse_date("2026-01-31").unwrap());
        assert!(lines(text("", before)).is_empty());
        // An order in yen: told in yen, and in euro as soon as the bank has published a rate for the last day, or the next.
        let jpy: Currency = "JPY".parse().unwrap();
        shop.sold_in(jpy);
        let line = || lines(text("ioss", days)).into_iter().find(|line| line.contains(",JPY,")).unwrap();
        assert!(line().ends_with(",JPY,13000,2945,2,,,,,,"), "{}", line());
        let rate = |date, rate: &str| {
            let rate = rate.parse().unwrap();
            let row = offers::RateRow { base: EUR, quote: jpy, date, rate, source: "ECB".into() };
            shop.write(move |tx| offers::put_rates(tx, std::slice::from_ref(&row)));
        };
        rate(to.yesterday().unwrap(), "100");
        assert!(line().ends_with(",2,,,,,,"), "the day before does not count");
        let later = to.tomorrow().unwrap().tomorrow().unwrap();
        rate(later, "160");
        assert!(line().ends_with(&format!(",EUR,81.25,18.41,160,{later},\"ECB\"")), "{}", line());
        rate(to, "155");
        assert!(line().ends_with(&format!(",EUR,83.87,19.00,155,{to},\"ECB\"")), "{}", line());
    });
}
