//! What authorities and carriers are owed: paid once and never too much, and told by the returns to the last cent.

use super::world::{SCHEMAS, World, world};
use super::{eur, give_up, of};
use crate::*;
use base::{Currency, Date};
use ledger::Account;
use std::collections::BTreeMap;
use store::Store;
use store::testing::each;

const EUR: Currency = Currency::EUR;

fn all_days(store: &Store) -> (Date, Date) {
    (base::time::parse_date("2026-01-01").unwrap(), store.clock().now().plus_days(1).date())
}

fn owed(store: &Store) -> Vec<Payable> {
    let days = all_days(store);
    store.read_blocking(move |db| payables(db, days)).unwrap()
}

fn paying(store: &Store, account: &Account, minor: i64, reference: &str) -> Remit {
    let paid_on = store.clock().now().date();
    Remit { account: account.id(), amount: eur(minor), paid_on, reference: reference.into() }
}

fn pay(store: &Store, order: Remit) -> base::Result<bool> {
    store.write_blocking(move |tx| remit(tx, &order).map(|(_, new)| new))
}

#[test]
fn what_is_owed_is_paid_once_and_never_too_much() {
    each(SCHEMAS, |store| {
        let world = world(store);
        world.completed(store, 1);
        let tax = Account::tax("DE", "IOSS", EUR);
        let row = |code: &str| owed(store).into_iter().find(|one| one.code == code).unwrap();
        let of_tax = row(&tax.code);
        assert_eq!((of_tax.payee, of_tax.to.as_str(), of_tax.scheme.as_str()), (Payee::Tax, "DE", "ioss"));
        assert_eq!((of_tax.owed, of_tax.added, of_tax.taken), (eur(2_945), eur(2_945), eur(0)));
        assert_eq!(row("carrier:meridian-express:EUR").to, "meridian-express");
        assert!(owed(store).iter().all(|one| one.code != "escrow:EUR"));
        let wrong = |order: Remit| pay(store, order).unwrap_err().fields[0].code.to_string();
        assert_eq!(wrong(paying(store, &tax, 2_946, "b1")), "more_than_owed");
        assert_eq!(wrong(paying(store, &tax, 0, "b1")), "amount_format");
        assert_eq!(wrong(paying(store, &tax, 1, " ")), "required");
        assert_eq!(wrong(paying(store, &Account::escrow(EUR), 1, "b1")), "no_payable");
        let tomorrow = store.clock().now().plus_days(1).date();
        assert_eq!(wrong(Remit { paid_on: tomorrow, ..paying(store, &tax, 1, "b1") }), "in_the_future");
        assert_eq!(of(store, tax.clone()), 2_945, "nothing of that moved anything");
        assert!(pay(store, paying(store, &tax, 2_000, "b1")).unwrap());
        assert!(!pay(store, paying(store, &tax, 2_000, "b1")).unwrap());
        assert_eq!(pay(store, paying(store, &tax, 1_000, "b1")).unwrap_err().code, "idempotency_key_reused");
        assert_eq!((of(store, tax.clone()), of(store, Account::bank(EUR))), (945, 2_000));
        let paid = store.read_blocking(|db| remittances(db, None, 9)).unwrap();
        assert_eq!(
            paid.iter().map(|one| (one.code.as_str(), one.amount)).collect::<Vec<_>>(),
            [(tax.code.as_str(), eur(2_000))]
        );
        assert_eq!((row(&tax.code).owed, row(&tax.code).taken), (eur(945), eur(2_000)));
    });
}

#[test]
fn a_refund_after_the_payment_leaves_a_claim_against_the_authority() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.completed(store, 1);
        let tax = Account::tax("DE", "IOSS", EUR);
        assert!(pay(store, paying(store, &tax, 2_945, "b1")).unwrap());
        let what = What::Consignment(world.of_seller(store, order));
        let back = Refund { order, what, reason: "arrived_damaged".into(), key: "r".into() };
        store.write_blocking(move |tx| refund(tx, &back)).unwrap();
        assert_eq!(of(store, tax.clone()), -2_280);
        assert_eq!(pay(store, paying(store, &tax, 1, "b2")).unwrap_err().fields[0].code, "more_than_owed");
    });
}

/// What the returns of all days say is due, by jurisdiction and scheme.
fn returned(store: &Store, kinds: &[&str]) -> BTreeMap<(String, String), i64> {
    let days = all_days(store);
    let rows = store.read_blocking(move |db| returns(db, "", days)).unwrap();
    let mut sums = BTreeMap::new();
    for row in rows.iter().filter(|row| kinds.contains(&row.kind)) {
        *sums.entry((row.jurisdiction.clone(), row.scheme.clone())).or_default() += row.amount.minor;
    }
    sums.retain(|_, minor| *minor != 0);
    sums
}

fn booked(store: &Store, payee: Payee) -> BTreeMap<(String, String), i64> {
    let rows = owed(store).into_iter().filter(|one| one.payee == payee);
    rows.map(|one| ((one.to, one.scheme), one.owed.minor)).filter(|(_, minor)| *minor != 0).collect()
}

pub(super) fn assert_returns_are_the_books(store: &Store) {
    assert_eq!(returned(store, &["tax"]), booked(store, Payee::Tax));
    assert_eq!(returned(store, &["duty", "fee"]), booked(store, Payee::Duty));
}

#[test]
fn the_returns_of_all_days_are_what_the_ledger_owes() {
    each(SCHEMAS, |store| {
        let world: World = world(store);
        let first = world.completed(store, 1);
        world.completed(store, 2);
        assert_returns_are_the_books(store);
        let off = world.sold(store, 3, EUR);
        store.write_blocking(move |tx| cancel(tx, off, "changed_mind")).unwrap();
        assert_returns_are_the_books(store);
        let what = What::Consignment(world.of_seller(store, first));
        let back = Refund { order: first, what, reason: "arrived_damaged".into(), key: "r".into() };
        store.write_blocking(move |tx| refund(tx, &back)).unwrap();
        assert_returns_are_the_books(store);
        let lost = world.sold(store, 4, EUR);
        let theirs = world.of_seller(store, lost);
        let end = move |id| if id == theirs { logistics::EventKind::Lost } else { logistics::EventKind::Delivered };
        world.report(store, lost, end);
        give_up(store, theirs).unwrap();
        super::completed(store, lost);
        assert_returns_are_the_books(store);
    });
}

#[test]
fn a_return_names_scheme_rate_and_period() {
    each(SCHEMAS, |store| {
        let world = world(store);
        world.completed(store, 1);
        let days = all_days(store);
        let text = |scheme: &'static str, days| {
            let read = move |db: &mut store::Read| {
                let mut out = Vec::new();
                returns_csv(db, scheme, days, &mut out)?;
                Ok(String::from_utf8_lossy(&out).into_owned())
            };
            store.read_blocking(read).unwrap()
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
        world.sold(store, 2, jpy);
        let line = || lines(text("ioss", days)).into_iter().find(|line| line.contains(",JPY,")).unwrap();
        assert!(line().ends_with(",JPY,13000,2945,2,,,,,,"), "{}", line());
        let rate = |date, rate: &str| {
            let rate = rate.parse().unwrap();
            let row = offers::RateRow { base: EUR, quote: jpy, date, rate, source: "ECB".into() };
            store.write_blocking(move |tx| offers::put_rates(tx, std::slice::from_ref(&row))).unwrap();
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
