//! Stripe through the house's trait, against a stand-in on loopback that checks what is sent.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod fake_stripe;

use base::{Id, Kind, Moment, Money};
use connect::stripe::{Settings, Stripe};
use connect::{Peers, Secret};
use fake_stripe::{CREATED, Fake, KEY, WEBHOOK_SECRET, event, sign};
use payments::{Authorise, Intent, Outcome, Provider, RefundOutcome, Refunding, State, Told};
use serde_json::json;

async fn stripe() -> (Fake, Stripe) {
    let (fake, address) = Fake::start().await;
    (fake, keyed(KEY, address).unwrap())
}

fn keyed(key: &str, address: String) -> base::Result<Stripe> {
    let secret = |text: &str| text.parse::<Secret>().unwrap();
    let (key, webhook_secret) = (secret(key), Some(secret(WEBHOOK_SECRET)));
    Stripe::new(&Peers::new(true), Settings { key, webhook_secret, address })
}

fn now() -> Moment {
    Moment(CREATED * 1_000_000)
}

fn intent(raw: i64) -> Intent {
    Intent {
        due: 0,
        id: Id::from_raw(raw),
        subject: 4711,
        provider: "stripe".into(),
        amount: Money::new(2990, base::Currency::EUR),
        method: "checkout".into(),
        state: State::Created,
        reference: String::new(),
        decline_code: String::new(),
        action_url: String::new(),
        refunding_minor: 0,
        refunded_minor: 0,
        created_at: now(),
    }
}

fn ask(intent: &Intent) -> Authorise {
    Authorise {
        intent: intent.id,
        amount: intent.amount,
        method: intent.method.clone(),
        capture: true,
        label: "ENT-4711".into(),
        return_url: "https://shop.example/order/1/paid".into(),
    }
}

/// Opens a session for the intent and remembers its reference, as the house does.
async fn opened(stripe: &Stripe, intent: &mut Intent) -> String {
    let Outcome::ActionRequired { url, reference } = stripe.authorise(&ask(intent)).await.unwrap() else {
        panic!("the buyer pays on Stripe's page")
    };
    (intent.state, intent.reference) = (State::ActionRequired, reference);
    url
}

fn captured(reference: &str) -> Outcome {
    Outcome::Captured { reference: reference.into(), amount: Money::new(2990, base::Currency::EUR) }
}

fn declined(code: &str) -> Outcome {
    Outcome::Declined { code: code.into() }
}

#[tokio::test]
async fn the_buyer_pays_on_the_hosted_page() {
    let (fake, stripe) = stripe().await;
    let mut paying = intent(1);
    let url = opened(&stripe, &mut paying).await;
    assert_eq!(url, "https://checkout.stripe.example/c/pay/cs_test_0");
    let form = fake.books().form.clone();
    for (name, value) in [
        ("line_items[0][price_data][currency]", "eur"),
        ("line_items[0][price_data][unit_amount]", "2990"),
        ("line_items[0][price_data][product_data][name]", "ENT-4711"),
        ("metadata[intent]", "pay_1"),
        ("success_url", "https://shop.example/order/1/paid"),
        ("payment_intent_data[capture_method]", "automatic"),
    ] {
        assert_eq!(form[name], value, "{name}");
    }
    let again = stripe.authorise(&ask(&paying)).await.unwrap();
    assert_eq!(again, Outcome::ActionRequired { url, reference: "cs_test_0".into() }, "asked twice, opened once");
    assert_eq!(fake.books().sessions.len(), 1);
    assert!(matches!(stripe.status(&paying).await.unwrap(), Outcome::ActionRequired { .. }));
    fake.buyer_pays("succeeded");
    assert_eq!(stripe.status(&paying).await.unwrap(), captured("pi_0"));
    assert_eq!(stripe.void(&paying).await.unwrap(), captured("pi_0"), "too late");
}

#[tokio::test]
async fn what_is_complete_is_not_always_paid() {
    let (fake, stripe) = stripe().await;
    for (raw, payment, expected) in
        [(1, "processing", Outcome::Pending), (2, "requires_payment_method", declined("insufficient_funds"))]
    {
        let mut paying = intent(raw);
        opened(&stripe, &mut paying).await;
        let session = fake.buyer_pays(payment);
        assert_eq!(stripe.status(&paying).await.unwrap(), expected, "{payment}");
        let (headers, body) = event("evt_1", "checkout.session.completed", &session, CREATED);
        let notices = stripe.webhook(&headers, &body, now()).unwrap();
        assert_eq!(notices[0].told, Told::Payment(paying.id, Outcome::Pending), "a webhook alone does not know");
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_is_found_again() {
    let (fake, stripe) = stripe().await;
    let paying = intent(7);
    fake.books().lose_answer = true;
    let lost = stripe.authorise(&ask(&paying)).await.unwrap_err();
    assert_eq!((lost.kind, lost.code), (Kind::Unavailable, "provider_silent"));
    for raw in 8..12 {
        opened(&stripe, &mut intent(raw)).await;
    }
    let found = stripe.status(&paying).await.unwrap();
    assert!(matches!(&found, Outcome::ActionRequired { reference, .. } if reference == "cs_test_0"), "{found:?}");
    let pages = fake.books().requests.iter().filter(|one| *one == "GET sessions").count();
    assert_eq!(pages, 3, "five sessions, two a page");
    assert_eq!(stripe.status(&intent(99)).await.unwrap(), declined("unknown"), "it never came there");
    let late = Intent { created_at: now().plus_seconds(3600), ..intent(7) };
    assert_eq!(
        stripe.status(&late).await.unwrap(),
        declined("unknown"),
        "only sessions since the intent are looked at"
    );
}

#[tokio::test]
async fn refusals_are_told_from_silence() {
    let (fake, stripe) = stripe().await;
    let error = |kind: &str, code: &str, decline: &str| json!({ "error": { "type": kind, "code": code, "decline_code": decline } });
    for (status, body, expected) in [
        (402, error("card_error", "card_declined", "insufficient_funds"), Ok("insufficient_funds")),
        (402, error("card_error", "card_declined", "lost_card"), Ok("declined")),
        (400, error("invalid_request_error", "amount_too_large", ""), Ok("amount_too_large")),
        (400, error("invalid_request_error", "url_invalid", ""), Ok("provider_refused")),
        (400, error("idempotency_error", "", ""), Err("provider_silent")),
        (409, error("invalid_request_error", "idempotency_key_in_use", ""), Err("provider_silent")),
        (429, error("invalid_request_error", "rate_limit", ""), Err("provider_silent")),
        (500, error("api_error", "", ""), Err("provider_silent")),
        (503, json!("nonsense"), Err("provider_silent")),
        (401, error("invalid_request_error", "", ""), Err("provider_key")),
    ] {
        fake.books().refuse = Some((status, body));
        match (stripe.authorise(&ask(&intent(3))).await, expected) {
            (Ok(outcome), Ok(code)) => assert_eq!(outcome, declined(code), "{status}"),
            (Err(error), Err(code)) => assert_eq!((error.kind, error.code), (Kind::Unavailable, code), "{status}"),
            (outcome, _) => panic!("{status}: {outcome:?}"),
        }
    }
    assert!(fake.books().sessions.is_empty());
}

#[tokio::test]
async fn a_wrong_key_is_no_answer_and_never_shown() {
    let (_, address) = Fake::start().await;
    let stripe = keyed("sk_test_wrong", address.clone()).unwrap();
    for outcome in [stripe.authorise(&ask(&intent(1))).await, stripe.status(&intent(1)).await] {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind, error.code), (Kind::Unavailable, "provider_key"));
        assert!(!error.message.contains("sk_"), "{error}");
    }
    let key: Secret = "sk_live_9".parse().unwrap();
    assert_eq!(format!("{key:?}"), "Secret(…)");
    assert_eq!(keyed("pk_live_9", address).map(drop).unwrap_err().fields[0].code, "key_format");
    let plain = keyed(KEY, "http://stripe.example".into()).map(drop).unwrap_err();
    assert_eq!(plain.fields[0].code, "url_not_https");
}

#[tokio::test]
async fn currencies_are_counted_as_stripe_counts_them() {
    let (fake, stripe) = stripe().await;
    for (raw, minor, code, sent) in [(1, 500, "JPY", "500"), (2, 70, "ISK", "7000"), (3, 5120, "KWD", "5120")] {
        let mut paying = Intent { amount: Money::new(minor, code.parse().unwrap()), ..intent(raw) };
        opened(&stripe, &mut paying).await;
        assert_eq!(fake.books().form["line_items[0][price_data][unit_amount]"], sent, "{code}");
    }
    let asked = fake.books().requests.len();
    for (minor, code, reason) in [
        (49, "JPY", "amount_too_small"),
        (1499, "CZK", "amount_too_small"),
        (5124, "KWD", "amount_not_chargeable"),
        (5000, "IRR", "currency_not_supported"),
    ] {
        let paying = Intent { amount: Money::new(minor, code.parse().unwrap()), ..intent(9) };
        assert_eq!(stripe.authorise(&ask(&paying)).await.unwrap(), declined(reason), "{code}");
    }
    assert_eq!(fake.books().requests.len(), asked, "nobody was bothered with them");
}

#[tokio::test]
async fn what_was_set_aside_is_taken_or_let_go() {
    let (fake, stripe) = stripe().await;
    let mut paying = intent(1);
    let aside = Authorise { capture: false, ..ask(&paying) };
    let Outcome::ActionRequired { reference, .. } = stripe.authorise(&aside).await.unwrap() else { panic!() };
    assert_eq!(fake.books().form["payment_intent_data[capture_method]"], "manual");
    paying.reference = reference.clone();
    fake.buyer_pays("requires_capture");
    assert_eq!(stripe.status(&paying).await.unwrap(), Outcome::Authorised { reference });
    for _ in 0..2 {
        assert_eq!(stripe.capture(&paying).await.unwrap(), captured("pi_0"));
    }
    let mut leaving = intent(2);
    opened(&stripe, &mut leaving).await;
    for _ in 0..2 {
        assert_eq!(stripe.void(&leaving).await.unwrap(), Outcome::Voided);
    }
    assert_eq!(fake.books().sessions[1]["status"], "expired");
    assert_eq!(stripe.status(&leaving).await.unwrap(), Outcome::Voided);
    assert_eq!(stripe.void(&intent(3)).await.unwrap(), Outcome::Voided, "it never came there");
}

#[tokio::test]
async fn a_refund_is_paid_once_however_often_it_is_asked_for() {
    let (fake, stripe) = stripe().await;
    let asking = Refunding {
        refund: Id::from_raw(5),
        intent: Id::from_raw(1),
        reference: "pi_0".into(),
        amount: Money::new(990, base::Currency::EUR),
    };
    fake.books().lose_answer = true;
    assert_eq!(stripe.refund(&asking).await.unwrap_err().kind, Kind::Unavailable);
    for raw in 6..9 {
        let other = Refunding { refund: Id::from_raw(raw), ..asking.clone() };
        assert!(matches!(stripe.refund(&other).await.unwrap(), RefundOutcome::Succeeded { .. }));
    }
    fake.forget_keys();
    assert_eq!(stripe.refund(&asking).await.unwrap(), RefundOutcome::Succeeded { reference: "re_0".into() });
    assert_eq!(fake.books().refunds.len(), 4, "found, not made again");
    fake.books().refund_state = Some("pending");
    let slow = Refunding { refund: Id::from_raw(10), ..asking.clone() };
    assert_eq!(stripe.refund(&slow).await.unwrap(), RefundOutcome::Pending);
    fake.books().refunds[4]["status"] = "failed".into();
    fake.books().refunds[4]["failure_reason"] = "expired_or_canceled_card".into();
    let failed = RefundOutcome::Failed { code: "expired_or_canceled_card".into() };
    assert_eq!(stripe.refund(&slow).await.unwrap(), failed);
    let short = json!({ "error": { "type": "invalid_request_error", "code": "balance_insufficient" } });
    let refused = json!({ "error": { "type": "invalid_request_error", "code": "charge_already_refunded" } });
    let last = Refunding { refund: Id::from_raw(11), ..asking };
    fake.books().refuse = Some((400, short));
    assert_eq!(stripe.refund(&last).await.unwrap_err().code, "provider_balance");
    fake.books().refuse = Some((400, refused));
    assert_eq!(stripe.refund(&last).await.unwrap(), RefundOutcome::Failed { code: "charge_already_refunded".into() });
}

#[tokio::test]
async fn webhooks_are_believed_when_signed_and_fresh() {
    let (fake, stripe) = stripe().await;
    let mut paying = intent(1);
    opened(&stripe, &mut paying).await;
    let session = fake.buyer_pays("succeeded");
    let (headers, body) = event("evt_9", "checkout.session.completed", &session, CREATED);
    let notices = stripe.webhook(&headers, &body, now()).unwrap();
    assert_eq!(notices[0].id, "evt_9");
    assert_eq!(notices[0].told, Told::Payment(paying.id, captured("pi_0")));
    let told =
        |header: String, body: &[u8], now: Moment| stripe.webhook(&[("stripe-signature".into(), header)], body, now);
    let right = sign(WEBHOOK_SECRET, CREATED, &body);
    let rolled = format!("t={CREATED},v1={},v1={right}", sign("whsec_old", CREATED, &body));
    assert!(told(rolled, &body, now()).is_ok(), "one of several signatures is enough");
    for (what, header, at) in [
        ("another secret", format!("t={CREATED},v1={}", sign("whsec_other", CREATED, &body)), now()),
        ("another time", format!("t={},v1={right}", CREATED + 1), now()),
        ("an old scheme", format!("t={CREATED},v0={right}"), now()),
        ("no time", format!("v1={right}"), now()),
        ("no hex", format!("t={CREATED},v1=zz"), now()),
        ("too late", format!("t={CREATED},v1={right}"), now().plus_seconds(301)),
        ("too early", format!("t={CREATED},v1={right}"), now().plus_seconds(-301)),
    ] {
        assert_eq!(told(header, &body, at).unwrap_err().kind, Kind::Unauthenticated, "{what}");
    }
    let mut other = body.clone();
    *other.last_mut().unwrap() = b' ';
    assert!(told(format!("t={CREATED},v1={right}"), &other, now()).is_err(), "another body");
    assert_eq!(stripe.webhook(&[], &body, now()).unwrap_err().kind, Kind::Unauthenticated);
}

#[tokio::test]
async fn every_event_becomes_the_news_it_is() {
    let (_, stripe) = stripe().await;
    let session = |status: &str, paid: &str| json!({ "id": "cs_1", "status": status, "payment_status": paid, "payment_intent": "pi_1", "amount_total": 2990, "currency": "eur", "metadata": { "intent": "pay_1" } });
    let refund = |status: &str| json!({ "id": "re_1", "status": status, "metadata": { "refund": "rfd_5" } });
    let paid = Told::Payment(Id::from_raw(1), captured("pi_1"));
    let given = Told::Refund(Id::from_raw(5), RefundOutcome::Succeeded { reference: "re_1".into() });
    let failed = Told::Refund(Id::from_raw(5), RefundOutcome::Failed { code: "declined".into() });
    let charge = json!({ "id": "ch_1", "refunds": { "has_more": false, "data": [refund("succeeded")] } });
    let foreign = json!({ "id": "cs_2", "status": "complete", "payment_status": "paid", "payment_intent": "pi_2", "metadata": {} });
    for (kind, object, expected) in [
        ("checkout.session.async_payment_succeeded", session("complete", "paid"), vec![paid]),
        (
            "checkout.session.async_payment_failed",
            session("complete", "unpaid"),
            vec![Told::Payment(Id::from_raw(1), declined("declined"))],
        ),
        (
            "checkout.session.expired",
            session("expired", "unpaid"),
            vec![Told::Payment(Id::from_raw(1), Outcome::Voided)],
        ),
        ("charge.refunded", charge, vec![given.clone()]),
        ("charge.refunded", json!({ "id": "ch_1" }), vec![]),
        ("refund.updated", refund("succeeded"), vec![given]),
        ("refund.updated", refund("pending"), vec![]),
        ("refund.failed", refund("failed"), vec![failed]),
        ("checkout.session.completed", foreign, vec![]),
        ("customer.created", json!({}), vec![]),
    ] {
        let (headers, body) = event("evt_1", kind, &object, CREATED);
        let told: Vec<Told> = stripe.webhook(&headers, &body, now()).unwrap().into_iter().map(|one| one.told).collect();
        assert_eq!(told, expected, "{kind}");
    }
    let (headers, body) = event("evt_1", "checkout.session.completed", &json!("nonsense"), CREATED);
    assert_eq!(stripe.webhook(&headers, &body, now()).unwrap_err().code, "webhook_not_understood");
}
