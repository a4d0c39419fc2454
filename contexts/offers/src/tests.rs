//! Offers and rates through the public functions, on both engines.

use crate::*;
use base::time::parse_date;
use base::{Actor, Currency, Money, Permission, Role};

#[test]
fn cross_rates_go_through_the_euro() {
    let date = parse_date("2026-11-20").unwrap();
    let row = |base: &str, quote: &str, rate: &str, date: &str| RateRow {
        base: base.parse().unwrap(),
        quote: quote.parse().unwrap(),
        date: parse_date(date).unwrap(),
        rate: rate.parse().unwrap(),
        source: "test".into(),
    };
    let rows = [
        row("EUR", "USD", "1.25", "2026-11-19"),
        row("EUR", "JPY", "160", "2026-11-18"),
        row("USD", "SAR", "3.75", "2003-01-01"),
    ];
    let rates = Rates::of(date, &rows).unwrap();
    let rate =
        |from: &str, to: &str| rates.rate(from.parse().unwrap(), to.parse().unwrap()).map(|rate| rate.to_string());
    assert_eq!(rate("USD", "JPY").unwrap(), "128");
    assert_eq!(rate("EUR", "SAR").unwrap(), "4.6875");
    assert_eq!(rate("SAR", "SAR").unwrap(), "1");
    assert_eq!(rate("EUR", "BRL"), None);
    assert_eq!(rates.published(Currency::USD, Currency::JPY), Some(parse_date("2026-11-18").unwrap()));
    assert_eq!(rates.published(Currency::EUR, Currency::USD), Some(parse_date("2026-11-19").unwrap()));
}

#[test]
fn built_in_rates_are_installed_once_and_the_latest_before_the_day_counts() {
    store::testing::each(schemas(), |store| {
        store.write_blocking(install_rates).unwrap();
        store.write_blocking(install_rates).unwrap();
        let at = |day: &str| {
            let date = parse_date(day).unwrap();
            let rates = store.read_blocking(move |db| Rates::load(db, date)).unwrap();
            rates.rate(Currency::EUR, Currency::USD).map(|rate| rate.to_string())
        };
        assert_eq!(at("2026-10-30").unwrap(), "1.1172");
        assert_eq!(at("2026-11-20").unwrap(), "1.1172");
        assert_ne!(at("2026-10-29").unwrap(), "1.1172");
        assert_eq!(at("2026-01-01"), None);
        let clerk = Actor::Person { person: 1, organisation: 1, role: Role::Operations };
        assert!(clerk.may(Permission::SettingsWrite).is_err());
        assert!(store.write_as_blocking(clerk, |tx| put_rates(tx, &[])).is_err());
    });
}

#[test]
fn prices_are_above_zero() {
    store::testing::each(schemas(), |store| {
        let zero = SetPrice { offer: base::Id::from_raw(1), price: Money::new(0, Currency::EUR), compare_at: None };
        let error = store.write_blocking(move |tx| set_price(tx, &zero)).unwrap_err();
        assert_eq!(error.code, "unknown_offer");
    });
}

/// The tables that offers stand on.
fn schemas() -> &'static [store::Schema] {
    const ALL: &[store::Schema] =
        &[parties::SCHEMA, catalog::SCHEMA, ledger::SCHEMA, terms::SCHEMA, stock::SCHEMA, SCHEMA];
    ALL
}
