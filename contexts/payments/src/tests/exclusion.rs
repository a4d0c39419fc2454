//! One attempt at a time, and only the amount that was asked for.

use super::*;

#[test]
fn an_order_has_one_attempt_that_can_be_paid_however_many_ask_at_once() {
    each(SCHEMAS, |store| {
        let attempt = |key: usize| {
            let wish = Open { key: format!("tab:{key}"), ..wish(ORDER, "sandbox:ok", eur(2000)) };
            store.write_blocking(move |tx| open(tx, &wish)).map(|intent| intent.id)
        };
        let opened: Vec<Result<Id<Intent>, Error>> = std::thread::scope(|scope| {
            let tabs: Vec<_> = (0..16).map(|key| scope.spawn(move || attempt(key))).collect();
            tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
        });
        let live: Vec<Id<Intent>> = opened.iter().filter_map(|one| one.as_ref().ok().copied()).collect();
        assert_eq!(live.len(), 1, "{opened:?}");
        assert!(opened.iter().filter_map(|one| one.as_ref().err()).all(|error| error.code == "payment_pending"));
        for outcome in [Outcome::Pending, Outcome::ActionRequired { url: "/x".into(), reference: "r".into() }] {
            told(store, live[0], outcome);
            assert_eq!(attempt(20).unwrap_err().code, "payment_pending");
        }
        told(store, live[0], declined());
        let second = attempt(21).unwrap();
        told(store, second, captured(eur(2000)));
        assert_eq!(attempt(22).unwrap_err().code, "payment_pending", "none beside one that was paid");
        assert_eq!(store.read_blocking(|db| by_subject(db, ORDER)).unwrap().len(), 2);
    });
}

#[test]
fn another_amount_than_was_asked_for_pays_nothing_and_can_go_back() {
    each(SCHEMAS, |store| {
        let dollars = Money::new(2000, Currency::USD);
        let suspense =
            |currency| store.read_blocking(move |db| ledger::balance(db, &Account::suspense(currency))).unwrap();
        for (order, other) in [(1, eur(1999)), (2, eur(2001)), (3, dollars)] {
            let id = opened_of(store, order, "sandbox:ok", eur(2000));
            let before = suspense(other.currency);
            for news in [true, false] {
                let recorded = told(store, id, captured(other));
                assert_eq!((recorded.after, recorded.changed, recorded.amount), (State::Differs, news, other));
            }
            assert!(!told(store, id, captured(eur(2000))).changed, "nothing makes it the order's");
            assert_eq!((escrow(store, Currency::EUR), escrow(store, Currency::USD)), (0, 0));
            assert_eq!(suspense(other.currency), before + other.minor, "and it is not lost");
            let request =
                RequestRefund { intent: id, amount: other, reason: AMOUNT_DIFFERS.into(), key: format!("{order}") };
            let refund = store.write_blocking(move |tx| request_refund(tx, &request)).unwrap();
            let news =
                RecordRefund { refund, outcome: RefundOutcome::Succeeded { reference: "r".into() }, notice: None };
            let recorded = store.write_blocking(move |tx| record_refund(tx, &news)).unwrap();
            assert_eq!((recorded.amount, recorded.of_order), (other, false));
            assert_eq!(suspense(other.currency), before);
        }
        let told_of = "SELECT COUNT(*) FROM event WHERE kind = 'payment.amount_differs'";
        let told_of: i64 = store.read_blocking(move |db| db.raw(told_of, &[])).unwrap()[0].get(0).unwrap();
        assert_eq!((told_of, store.read_blocking(|db| unowed(db, START)).unwrap()), (3, (0, 3)));
        let nothing = opened_of(store, 4, "sandbox:ok", eur(2000));
        assert_eq!(told(store, nothing, captured(eur(0))).after, State::Declined);
    });
}

#[test]
fn what_the_sandbox_never_heard_of_is_refused_once_it_was_let_go() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let id = opened(store, "sandbox:ok", eur(2000));
        let known = store.read_blocking(move |db| intent(db, id)).unwrap();
        assert_eq!(wait(sandbox.void(&known)).unwrap(), Outcome::Voided);
        assert_eq!(pay(store, &sandbox, id).after, State::Voided, "the question comes late and takes nothing");
        let late = opened_of(store, 2, "sandbox:late", eur(2000));
        pay(store, &sandbox, late);
        let known = store.read_blocking(move |db| intent(db, late)).unwrap();
        assert_eq!(wait(sandbox.void(&known)).unwrap(), Outcome::Pending, "what it works on cannot be let go");
    });
}
