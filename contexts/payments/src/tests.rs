//! Payments and the sandbox through their public functions, on every engine.

mod exclusion;

use super::*;
use crate::sandbox::{Sandbox, tokenise};
use base::{Currency, Error, Id, Moment, Money};
use ledger::Account;
use proptest::prelude::*;
use store::testing::{START, each};
use store::{Store, params};

const SCHEMAS: &[store::Schema] = &[ledger::SCHEMA, SCHEMA];
const ORDER: i64 = 4711;

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn opened(store: &Store, method: &str, amount: Money) -> Id<Intent> {
    opened_of(store, ORDER, method, amount)
}

/// For another order.
fn opened_of(store: &Store, order: i64, method: &str, amount: Money) -> Id<Intent> {
    let wish = wish(order, method, amount);
    store.write_blocking(move |tx| open(tx, &wish)).unwrap().id
}

fn wish(order: i64, method: &str, amount: Money) -> Open {
    Open {
        subject: order,
        due: 0,
        amount,
        provider: sandbox::NAME.into(),
        method: tokenise(method).unwrap(),
        key: format!("order:{order}:{method}:{}", amount.minor),
    }
}

fn told(store: &Store, intent: Id<Intent>, outcome: Outcome) -> Recorded {
    let news = Record { intent, outcome, notice: None };
    store.write_blocking(move |tx| record(tx, &news)).unwrap()
}

fn captured(amount: Money) -> Outcome {
    Outcome::Captured { reference: "r1".into(), amount }
}

fn declined() -> Outcome {
    Outcome::Declined { code: "declined".into() }
}

/// What lies in escrow, of every order.
fn escrow(store: &Store, currency: Currency) -> i64 {
    store.read_blocking(move |db| ledger::balance(db, &Account::escrow(currency))).unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn providers(sandbox: &Sandbox) -> Providers {
    Providers::new(std::sync::Arc::new(sandbox.clone()))
}

/// Asks the sandbox, as checkout does, and records the answer.
fn pay(store: &Store, sandbox: &Sandbox, id: Id<Intent>) -> Recorded {
    let known = store.read_blocking(move |db| intent(db, id)).unwrap();
    let ask = Authorise {
        intent: id,
        amount: known.amount,
        method: known.method,
        capture: true,
        label: "ENT-1".into(),
        return_url: "/".into(),
    };
    let outcome = wait(sandbox.authorise(&ask)).unwrap();
    told(store, id, outcome)
}

/// Delivers every webhook that is due, as the worker does; says how many messages came.
fn webhooks(store: &Store, sandbox: &Sandbox) -> usize {
    let now = store.clock().now();
    let jobs = store.write_blocking(move |tx| store::claim(tx, now, 100, 60)).unwrap();
    let mut messages = 0;
    for job in jobs.into_iter().filter(|job| job.kind == "sandbox.webhook") {
        for delivery in wait(sandbox.deliver(job.subject)).unwrap() {
            for notice in sandbox.webhook(&delivery.headers, &delivery.body, now).unwrap() {
                messages += 1;
                store.write_blocking(move |tx| hear(tx, &notice)).unwrap();
            }
        }
        store.write_blocking(move |tx| store::done(tx, &job)).unwrap();
    }
    messages
}

fn hear(tx: &mut store::Tx, notice: &Notice) -> base::Result<()> {
    let id = Some(notice.id.clone());
    match &notice.told {
        Told::Payment(intent, outcome) => {
            record(tx, &Record { intent: *intent, outcome: outcome.clone(), notice: id }).map(drop)
        }
        Told::Refund(refund, outcome) => {
            record_refund(tx, &RecordRefund { refund: *refund, outcome: outcome.clone(), notice: id }).map(drop)
        }
    }
}

#[test]
fn that_it_was_unknown_once_says_nothing_of_what_is_known_since() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let id = opened(store, "sandbox:3ds", eur(1599));
        let known = store.read_blocking(move |db| intent(db, id)).unwrap();
        let early = wait(sandbox.status(&known)).unwrap();
        assert_eq!(early, Outcome::Declined { code: UNKNOWN.into() });
        assert_eq!(pay(store, &sandbox, id).after, State::ActionRequired);
        let late = told(store, id, early);
        assert_eq!((late.after, late.changed), (State::ActionRequired, false));
        let never = opened_of(store, ORDER + 1, "sandbox:3ds", eur(1599));
        let gone = told(store, never, Outcome::Declined { code: UNKNOWN.into() });
        assert_eq!((gone.after, gone.changed), (State::Declined, true), "what nobody ever asked for is over");
    });
}

#[test]
fn a_capture_is_booked_once_however_often_it_is_told() {
    each(SCHEMAS, |store| {
        let id = opened(store, "sandbox:ok", eur(1599));
        let first = told(store, id, captured(eur(1599)));
        assert_eq!((first.before, first.after, first.changed), (State::Created, State::Captured, true));
        assert_eq!((first.subject, first.amount), (ORDER, eur(1599)));
        for late in [
            captured(eur(1599)),
            captured(eur(1)),
            captured(Money::new(1599, Currency::USD)),
            declined(),
            Outcome::Pending,
            Outcome::Voided,
            Outcome::ActionRequired { url: "/x".into(), reference: "ref".into() },
        ] {
            let again = told(store, id, late);
            assert_eq!((again.before, again.after, again.changed), (State::Captured, State::Captured, false));
        }
        assert_eq!(escrow(store, Currency::EUR), 1599);
        let known = store.read_blocking(move |db| intent(db, id)).unwrap();
        assert_eq!((known.reference.as_str(), known.decline_code.as_str()), ("r1", ""));
    });
}

#[test]
fn the_provider_having_the_money_beats_a_decline() {
    each(SCHEMAS, |store| {
        let id = opened(store, "sandbox:ok", eur(1599));
        assert!(told(store, id, declined()).changed);
        assert!(!told(store, id, Outcome::Pending).changed);
        assert_eq!(escrow(store, Currency::EUR), 0);
        let late = told(store, id, captured(eur(1599)));
        assert_eq!((late.before, late.changed), (State::Declined, true));
        assert_eq!(escrow(store, Currency::EUR), 1599);
    });
}

#[test]
fn opening_is_idempotent_and_keeps_no_card_number() {
    each(SCHEMAS, |store| {
        let id = opened(store, "sandbox:ok", eur(1599));
        assert_eq!(opened(store, "sandbox:ok", eur(1599)), id);
        let wish = |method: &str, minor| Open {
            subject: ORDER,
            due: 0,
            amount: eur(minor),
            provider: sandbox::NAME.into(),
            method: method.into(),
            key: format!("order:{ORDER}:sandbox:ok:1599"),
        };
        let (other, card) = (wish("sandbox:ok", 1600), wish("4242424242424242", 1599));
        assert_eq!(store.write_blocking(move |tx| open(tx, &other)).unwrap_err().code, "idempotency_key_reused");
        assert_eq!(store.write_blocking(move |tx| open(tx, &card)).unwrap_err().fields[0].code, "card_number");
        told(store, id, declined());
        assert!(opened(store, "4242 4242 4242 4242", eur(1)).raw() > id.raw());
        let all = store.read_blocking(|db| by_subject(db, ORDER)).unwrap();
        assert_eq!(
            all.iter().map(|intent| intent.method.as_str()).collect::<Vec<_>>(),
            ["sandbox:ok", "sandbox:ok:4242"]
        );
    });
}

#[test]
fn every_test_card_behaves_as_printed() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        for (order, (card, state, code)) in (ORDER..).zip([
            ("4242424242424242", State::Captured, ""),
            ("4000000000000002", State::Declined, "declined"),
            ("4000000000009995", State::Declined, "insufficient_funds"),
            ("4000000000003220", State::ActionRequired, ""),
            ("4000000000000341", State::Pending, ""),
        ]) {
            let id = opened_of(store, order, card, eur(2000));
            for round in [true, false] {
                let recorded = pay(store, &sandbox, id);
                assert_eq!((recorded.after, recorded.changed), (state, round), "{card}");
            }
            assert_eq!(store.read_blocking(move |db| intent(db, id)).unwrap().decline_code, code);
        }
        assert_eq!(escrow(store, Currency::EUR), 2000);
    });
}

#[test]
fn three_d_secure_waits_for_the_buyer() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let yes = opened(store, "sandbox:3ds", eur(2000));
        let no = opened_of(store, ORDER + 1, "sandbox:3ds", eur(3000));
        pay(store, &sandbox, yes);
        pay(store, &sandbox, no);
        let known = store.read_blocking(move |db| intent(db, yes)).unwrap();
        assert_eq!(known.action_url, format!("/pay/sandbox/{yes}"));
        store.clock().advance_seconds(60);
        assert_eq!(webhooks(store, &sandbox), 0, "nothing to tell before the buyer has decided");
        assert!(matches!(wait(sandbox.authenticate(yes, true)).unwrap(), Outcome::Captured { .. }));
        assert!(matches!(wait(sandbox.authenticate(yes, false)).unwrap(), Outcome::Captured { .. }), "once is enough");
        let refused = wait(sandbox.authenticate(no, false)).unwrap();
        assert_eq!(refused, Outcome::Declined { code: "authentication_failed".into() });
        assert_eq!(escrow(store, Currency::EUR), 0, "only the webhook tells");
        store.clock().advance_seconds(2);
        assert!(webhooks(store, &sandbox) >= 2);
        assert_eq!(escrow(store, Currency::EUR), 2000);
        assert_eq!(store.read_blocking(move |db| intent(db, no)).unwrap().state, State::Declined);
    });
}

#[test]
fn the_late_card_is_captured_by_its_webhook() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let id = opened(store, "sandbox:late", eur(2000));
        assert_eq!(pay(store, &sandbox, id).after, State::Pending);
        assert_eq!(wait(check(&providers(&sandbox), store, id)).unwrap(), Outcome::Pending);
        store.clock().advance_seconds(29);
        assert_eq!(webhooks(store, &sandbox), 0);
        store.clock().advance_seconds(1);
        assert!(matches!(wait(check(&providers(&sandbox), store, id)).unwrap(), Outcome::Captured { .. }));
        assert!(webhooks(store, &sandbox) >= 1);
        assert_eq!(escrow(store, Currency::EUR), 2000);
        let known = store.read_blocking(move |db| intent(db, id)).unwrap();
        let unknown = wait(sandbox.status(&Intent { id: Id::from_raw(1), ..known })).unwrap();
        assert_eq!(unknown, Outcome::Declined { code: "unknown".into() });
    });
}

#[test]
fn webhooks_come_more_than_once_and_count_once() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let mut messages = 0;
        for minor in 1000..1032 {
            let id = opened_of(store, minor, "sandbox:ok", eur(minor));
            pay(store, &sandbox, id);
            store.clock().advance_seconds(2);
            messages += webhooks(store, &sandbox);
        }
        assert!(messages > 32, "some came twice: {messages}");
        assert_eq!(escrow(store, Currency::EUR), (1000..1032).sum::<i64>());
        let notices = store
            .read_blocking(|db| db.raw("SELECT COUNT(*) FROM payment_notice", params![])?[0].get::<i64>(0))
            .unwrap();
        assert_eq!(notices, 32);
    });
}

#[test]
fn forged_and_stale_webhooks_are_refused() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let id = opened(store, "sandbox:ok", eur(2000));
        pay(store, &sandbox, id);
        let delivery = wait(sandbox.deliver(id.raw())).unwrap().remove(0);
        let now = store.clock().now();
        assert_eq!(sandbox.webhook(&delivery.headers, &delivery.body, now).unwrap().len(), 1);
        let late = now.plus_seconds(301);
        assert_eq!(sandbox.webhook(&delivery.headers, &delivery.body, late).unwrap_err().code, "timestamp_too_old");
        let mut forged = delivery.body.clone();
        let at = forged.len() - 3;
        forged[at] ^= 1;
        assert_eq!(sandbox.webhook(&delivery.headers, &forged, now).unwrap_err().code, "signature_mismatch");
        for dropped in 0..3 {
            let mut headers = delivery.headers.clone();
            headers.remove(dropped);
            assert_eq!(sandbox.webhook(&headers, &delivery.body, now).unwrap_err().code, "header_missing");
        }
        let again = Sandbox::new(store).unwrap();
        assert_eq!(again.webhook(&delivery.headers, &delivery.body, now).unwrap().len(), 1, "the secret is kept");
    });
}

#[test]
fn the_signature_is_that_of_the_standard() {
    // Computed independently: openssl dgst -sha256 -hmac topsecret over `msg_1.1700000000.{}`.
    let signature = sandbox::sign("topsecret", "msg_1", 1_700_000_000, b"{}").unwrap();
    assert_eq!(signature, "v1,KISPsNLrhpAv3lMcZz1KJfADMGYn3C0O0rrAi9lYZrg=");
}

/// Sends a refund and records the answer, as the worker does.
fn send_refund(store: &Store, sandbox: &Sandbox, id: Id<Refund>) -> bool {
    let Some(news) = wait(ask_refund(&providers(sandbox), store, id)).unwrap() else { return false };
    let recorded = store.write_blocking(move |tx| record_refund(tx, &news)).unwrap();
    assert_eq!((recorded.state, recorded.subject), (RefundState::Succeeded, ORDER));
    recorded.changed
}

fn ask_back(store: &Store, intent: Id<Intent>, minor: i64, key: &str) -> Result<Id<Refund>, Error> {
    let request = RequestRefund { intent, amount: eur(minor), reason: "late".into(), key: key.into() };
    store.write_blocking(move |tx| request_refund(tx, &request))
}

#[test]
fn refunds_never_exceed_the_payment_and_are_booked_once() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let id = opened(store, "sandbox:ok", eur(2000));
        assert_eq!(ask_back(store, id, 100, "early").unwrap_err().code, "not_captured");
        pay(store, &sandbox, id);
        assert_eq!(ask_back(store, id, 2001, "much").unwrap_err().code, "refund_exceeds_payment");
        let first = ask_back(store, id, 1500, "a").unwrap();
        assert_eq!(ask_back(store, id, 1500, "a").unwrap(), first);
        assert_eq!(ask_back(store, id, 1501, "a").unwrap_err().code, "idempotency_key_reused");
        assert_eq!(ask_back(store, id, 501, "b").unwrap_err().code, "refund_exceeds_payment", "asked for is reserved");
        assert_eq!(escrow(store, Currency::EUR), 2000, "asked for is not yet given");
        for news in [true, false] {
            assert_eq!(send_refund(store, &sandbox, first), news);
            assert_eq!(escrow(store, Currency::EUR), 500);
        }
        store.clock().advance_seconds(2);
        assert!(webhooks(store, &sandbox) >= 2, "the payment's and the refund's");
        assert_eq!(escrow(store, Currency::EUR), 500);
        let known = store.read_blocking(move |db| intent(db, id)).unwrap();
        assert_eq!((known.state, known.refunding_minor, known.refunded_minor), (State::Captured, 1500, 1500));
        let rest = ask_back(store, id, 500, "b").unwrap();
        assert!(send_refund(store, &sandbox, rest));
        assert_eq!(escrow(store, Currency::EUR), 0);
        assert_eq!(store.read_blocking(|db| refunds(db, ORDER)).unwrap().len(), 2);
        assert_eq!(
            store.read_blocking(|db| ledger::balance(db, &Account::provider("sandbox", Currency::EUR))).unwrap(),
            0
        );
    });
}

#[test]
fn a_failed_refund_frees_what_it_reserved() {
    each(SCHEMAS, |store| {
        let id = opened(store, "sandbox:ok", eur(2000));
        told(store, id, captured(eur(2000)));
        let refund = ask_back(store, id, 2000, "a").unwrap();
        let failed = RecordRefund { refund, outcome: RefundOutcome::Failed { code: "closed".into() }, notice: None };
        for news in [true, false] {
            let failed = failed.clone();
            let recorded = store.write_blocking(move |tx| record_refund(tx, &failed)).unwrap();
            assert_eq!((recorded.state, recorded.changed), (RefundState::Failed, news));
        }
        let known = store.read_blocking(move |db| intent(db, id)).unwrap();
        assert_eq!((known.refunding_minor, known.refunded_minor), (0, 0));
        assert_eq!(escrow(store, Currency::EUR), 2000);
        assert!(ask_back(store, id, 2000, "b").is_ok());
    });
}

#[test]
fn a_refund_that_comes_back_is_booked_anew_and_only_on_the_providers_own_word() {
    each(SCHEMAS, |store| {
        let id = opened(store, "sandbox:ok", eur(2000));
        told(store, id, captured(eur(2000)));
        let refund = ask_back(store, id, 1500, "a").unwrap();
        let hear = |outcome: RefundOutcome, notice: Option<&str>| {
            let news = RecordRefund { refund, outcome, notice: notice.map(String::from) };
            store.write_blocking(move |tx| record_refund(tx, &news)).unwrap()
        };
        let succeeded = || RefundOutcome::Succeeded { reference: "re_1".into() };
        let failed = || RefundOutcome::Failed { code: "account_closed".into() };
        assert!(hear(succeeded(), None).changed);
        assert!(!hear(failed(), None).changed, "the answer to a repeated call is no news");
        assert_eq!(escrow(store, Currency::EUR), 500);
        for news in [true, false] {
            let recorded = hear(failed(), Some("evt_1"));
            assert_eq!((recorded.changed, recorded.came_back, recorded.state), (news, news, RefundState::Failed));
        }
        assert!(!hear(succeeded(), Some("evt_2")).changed, "a straggler");
        assert_eq!(escrow(store, Currency::EUR), 2000);
        let known = store.read_blocking(move |db| intent(db, id)).unwrap();
        assert_eq!((known.refunding_minor, known.refunded_minor), (0, 0));
        let all = store.read_blocking(|db| ledger::transfers(db, ledger::Of::Subject(ORDER), None, 9)).unwrap();
        let kinds: Vec<&str> = all.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(kinds, ["payment.refund_returned", "payment.refunded", "payment.captured"]);
    });
}

#[test]
fn the_sandbox_takes_currencies_of_every_exponent_and_no_trifles() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let money = |minor, code: &str| Money::new(minor, code.parse().unwrap());
        for (amount, state, code) in [
            (money(50, "JPY"), State::Captured, ""),
            (money(500, "KWD"), State::Captured, ""),
            (money(499, "KWD"), State::Declined, "amount_too_small"),
            (money(49, "EUR"), State::Declined, "amount_too_small"),
            (money(5000, "KPW"), State::Declined, "currency_not_supported"),
            (money(100_000_000_001, "EUR"), State::Declined, "amount_too_large"),
        ] {
            let id = opened_of(store, amount.minor, "sandbox:ok", amount);
            assert_eq!(pay(store, &sandbox, id).after, state, "{amount}");
            assert_eq!(store.read_blocking(move |db| intent(db, id)).unwrap().decline_code, code);
        }
        assert_eq!(escrow(store, "KWD".parse().unwrap()), 500);
        assert_eq!(escrow(store, Currency::JPY), 50);
    });
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(captured(eur(1000))),
        Just(declined()),
        Just(Outcome::Pending),
        Just(Outcome::Voided),
        Just(Outcome::Authorised { reference: "r1".into() }),
        Just(Outcome::ActionRequired { url: "/x".into(), reference: "ref".into() }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn news_in_any_order_end_alike(news in prop::collection::vec(any_outcome(), 1..8), turn in 0..8usize) {
        each(SCHEMAS, |store| {
            let mut ends = Vec::new();
            for (round, rotate) in [0, turn % news.len()].into_iter().enumerate() {
                let id = opened_of(store, round as i64, "sandbox:ok", eur(1000));
                let mut news = news.clone();
                news.rotate_left(rotate);
                let changes: Vec<Recorded> = news.into_iter().map(|outcome| told(store, id, outcome)).collect();
                let last = changes.iter().map(|recorded| recorded.after).max().unwrap();
                let captures = changes.iter().filter(|it| it.changed && it.after == State::Captured).count();
                assert_eq!(captures, usize::from(last == State::Captured));
                ends.push(store.read_blocking(move |db| intent(db, id)).unwrap().state);
                assert_eq!(ends.last(), Some(&last));
            }
            assert_eq!(ends[0], ends[1]);
            let expected = if ends[0] == State::Captured { 2000 } else { 0 };
            assert_eq!(escrow(store, Currency::EUR), expected);
        });
    }
}

#[test]
fn time_begins_where_the_tests_say() {
    each(SCHEMAS, |store| {
        let id = opened(store, "sandbox:ok", eur(1599));
        assert_eq!(store.read_blocking(move |db| intent(db, id)).unwrap().created_at, START);
    });
}

#[test]
fn the_sandbox_pays_out_by_day_and_currency_two_days_later() {
    each(SCHEMAS, |store| {
        let sandbox = Sandbox::new(store).unwrap();
        let yen: Currency = "JPY".parse().unwrap();
        let first = opened(store, "4242424242424242", eur(1_000));
        for id in [first, opened_of(store, 2, "4242424242424242", eur(18_745))] {
            pay(store, &sandbox, id);
        }
        pay(store, &sandbox, opened_of(store, 3, "4242424242424242", Money::new(1_001, yen)));
        pay(store, &sandbox, opened_of(store, 4, "4000000000000002", eur(7_000)));
        let told = |after: &str| wait(sandbox.settlements(after)).unwrap();
        store.clock().advance_seconds(86_400);
        assert_eq!(told(""), [], "it is not due yet");
        let refunding = Refunding { refund: Id::from_raw(77), intent: first, reference: "r".into(), amount: eur(900) };
        wait(sandbox.refund(&refunding)).unwrap();
        store.clock().advance_seconds(86_400);
        let paid = told("");
        let amounts: Vec<_> = paid.iter().map(|one| (one.gross, one.fee)).collect();
        // 14 + 25 and 262 + 25; a quarter of a yen is nothing.
        assert_eq!(amounts, [(eur(19_745), eur(326)), (Money::new(1_001, yen), Money::new(14, yen))]);
        assert_eq!(told(""), paid, "asked again it says the same");
        assert_eq!(told(&paid[1].reference), []);
        store.clock().advance_seconds(86_400);
        let later = told(&paid[1].reference);
        assert_eq!(later.iter().map(|one| (one.gross, one.fee)).collect::<Vec<_>>(), [(eur(-900), eur(0))]);
        assert_eq!(later[0].at, Moment::at_midnight(store.clock().now().date()));
    });
}
