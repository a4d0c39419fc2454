//! Covered legs: a debt is paid as far as there is one, also when two pay it at once.

use super::*;

#[test]
fn a_covered_leg_never_pays_more_than_an_open_account_holds() {
    each(SCHEMAS, |store| {
        let owed = || Account::tax("DE", "IOSS", EUR);
        let pay = |key: &str, amount| {
            let leg = Leg::new(owed(), Account::bank(EUR), amount).covered();
            let posting = posting(key, vec![leg]);
            store.write_blocking(move |tx| post(tx, &posting).map(|posted| posted.new))
        };
        assert_eq!(pay("none", 1).unwrap_err().code, "insufficient", "an account that was never used");
        let accrue = posting("accrue", vec![Leg::new(Account::escrow(EUR), owed(), 500)]);
        store.write_blocking(move |tx| post(tx, &accrue)).unwrap();
        assert_eq!(pay("much", 501).unwrap_err().code, "insufficient");
        assert!(pay("some", 300).unwrap());
        assert!(!pay("some", 300).unwrap(), "once");
        assert_eq!(pay("rest", 201).unwrap_err().code, "insufficient");
        // What is folded counts as what is not.
        for _ in 0..2 {
            store.clock().advance_seconds(120);
            store.write_blocking(|tx| fold(tx).map(drop)).unwrap();
        }
        assert_eq!(pay("rest", 201).unwrap_err().code, "insufficient");
        assert!(pay("rest", 200).unwrap());
        assert_eq!(balance_of(store, owed()), 0);
        let (from, until) = (START, store.clock().now());
        assert_eq!(store.read_blocking(move |db| moved(db, owed().id(), from, until)).unwrap(), (500, 300));
        assert_sound(store);
    });
}

#[test]
fn two_who_pay_the_same_debt_at_once_pay_it_once() {
    each(SCHEMAS, |store| {
        let owed = || Account::carrier("Meridian", EUR);
        let accrue = posting("accrue", vec![Leg::new(Account::escrow(EUR), owed(), 500)]);
        store.write_blocking(move |tx| post(tx, &accrue)).unwrap();
        let paid = std::thread::scope(|scope| {
            let pay = |key: &'static str| {
                let leg = Leg::new(owed(), Account::bank(EUR), 400).covered();
                store.write_blocking(move |tx| post(tx, &posting(key, vec![leg.clone()])))
            };
            let threads: Vec<_> = ["one", "other", "third"].map(|key| scope.spawn(move || pay(key))).into();
            threads.into_iter().map(|one| one.join().unwrap()).filter(|paid| paid.is_ok()).count()
        });
        assert_eq!(paid, 1);
        assert_eq!(balance_of(store, owed()), 100);
        assert_sound(store);
    });
}
