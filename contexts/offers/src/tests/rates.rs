//! Rates from a file of the European Central Bank.

use super::schemas;
use crate::*;
use base::{Actor, Currency, Date, Role};
use std::path::Path;
use std::process::Command;
use store::Store;
use store::testing::each;

fn day(text: &str) -> Date {
    base::time::parse_date(text).unwrap()
}

fn dollars(store: &Store, on: &str) -> String {
    let on = day(on);
    let rates = store.read_blocking(move |db| Rates::load(db, on)).unwrap();
    rates.rate(Currency::EUR, Currency::USD).unwrap().to_string()
}

#[test]
fn a_file_is_recorded_whole_or_not_at_all() {
    each(schemas(), |store| {
        store.write_blocking(install_rates).unwrap();
        let file = "Date,USD,CYP,JPY\n2026-11-19,1.25,N/A,170.5\n2026-11-18,1.24,N/A,170\n";
        let report = import_rates(store, Actor::System, file, "ECB", None).unwrap();
        assert_eq!((report.days, report.rates), (2, 4));
        assert_eq!(report.span, Some((day("2026-11-18"), day("2026-11-19"))));
        assert_eq!((dollars(store, "2026-11-18").as_str(), dollars(store, "2026-11-25").as_str()), ("1.24", "1.25"));
        let rows = store.read_blocking(|db| rate_rows(db, "2026-11-25".parse().unwrap())).unwrap();
        let source = rows.iter().find(|row| row.quote == Currency::USD).map(|row| row.source.clone());
        assert_eq!(source.as_deref(), Some("ECB"));
        let wrong = "Date,USD\n2026-11-20,1.5\n2026-11-17,?\n";
        let refused = import_rates(store, Actor::System, wrong, "ECB", None).unwrap_err();
        assert_eq!(refused.fields[0].code, "rates_line");
        assert_eq!(dollars(store, "2026-11-25"), "1.25", "nothing of a wrong file is recorded");
        let later = import_rates(store, Actor::System, file, "ECB", Some(day("2026-11-19"))).unwrap();
        assert_eq!((later.days, later.rates), (1, 2));
        assert_eq!(import_rates(store, Actor::System, file, " ", None).unwrap_err().fields[0].name, "source");
        let service = Actor::Person { person: 1, organisation: 1, role: Role::Service };
        assert!(import_rates(store, service, file, "ECB", None).is_err());
    });
}

/// The bank's whole file, when it lies beside the checkout.
#[test]
fn the_banks_own_file_is_read() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fx-ecb/eurofxref-hist.csv.zst");
    let Some(text) = Command::new("zstdcat").arg(&file).output().ok().filter(|out| out.status.success()) else {
        println!("skipped: the bank's file, or zstdcat, is not here");
        return;
    };
    let text = String::from_utf8(text.stdout).unwrap();
    each(schemas(), |store| {
        let report = import_rates(store, Actor::System, &text, "ECB", Some(day("2026-01-01"))).unwrap();
        assert_eq!(report.span.unwrap().1, day("2026-10-30"));
        assert!(report.days > 200 && report.rates == report.days * 29, "{report:?}");
        assert_eq!(dollars(store, "2026-10-30"), "1.1172");
    });
}
