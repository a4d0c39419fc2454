//! Paying: reply, webhook, retry and check come to one function, in any order and number.

use super::fixture::*;
use base::Money;
use checkout::*;
use ledger::Account;
use orders::{Fulfilment, Payment};
use payments::{Outcome, Provider, State};

fn captured(reference: &str, amount: Money) -> Outcome {
    Outcome::Captured { reference: reference.into(), amount }
}

fn declined(code: &str) -> Outcome {
    Outcome::Declined { code: code.into() }
}

fn escrow(shop: &Shop) -> i64 {
    shop.balance(Account::escrow(EUR))
}

#[test]
fn a_good_card_pays_into_escrow_once() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1), (shop.shirt, 2)]);
        let first = shop.pay_intent(placed.intent);
        assert!(matches!(first, Outcome::Captured { .. }));
        assert_eq!(shop.pay_intent(placed.intent), first, "paying again asks nobody");
        for _ in 0..3 {
            assert!(!settled(shop, placed.intent, first.clone()).changed, "the webhook is old news");
        }
        assert!(!settled(shop, placed.intent, declined("late")).changed, "a late refusal takes nothing away");
        let order = shop.whole(placed.order).order;
        assert_eq!((order.payment, order.fulfilment), (Payment::Paid, Fulfilment::ToPack));
        assert_eq!((order.captured, escrow(shop)), (placed.total, placed.total.minor));
        assert_eq!(shop.balance(Account::provider("sandbox", EUR)), -placed.total.minor);
    });
}

#[test]
fn the_webhook_may_come_before_the_reply() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1)]);
        let told = settled(shop, placed.intent, captured("ref-1", placed.total));
        assert_eq!((told.order, told.state, told.changed), (placed.order, State::Captured, true));
        assert!(matches!(shop.pay_intent(placed.intent), Outcome::Captured { .. }));
        assert_eq!(escrow(shop), placed.total.minor);
    });
}

#[test]
fn a_crash_between_the_provider_and_the_record_is_mended_by_doing_it_again() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1)]);
        let ask = payments::Authorise {
            intent: placed.intent,
            amount: placed.total,
            method: "sandbox:ok".into(),
            capture: true,
            label: String::new(),
            return_url: String::new(),
        };
        wait(shop.sandbox.authorise(&ask)).unwrap();
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Pending, "the reply was lost");
        let found = wait(check(&shop.store, &shop.providers(), placed.intent)).unwrap();
        assert!(matches!(found, Outcome::Captured { .. }));
        assert!(matches!(shop.pay_intent(placed.intent), Outcome::Captured { .. }));
        assert_eq!((shop.whole(placed.order).order.payment, escrow(shop)), (Payment::Paid, placed.total.minor));
    });
}

#[test]
fn the_last_question_before_lapsing_finds_a_payment_whose_news_were_lost() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1)]);
        let ask = payments::Authorise {
            intent: placed.intent,
            amount: placed.total,
            method: "sandbox:ok".into(),
            capture: true,
            label: String::new(),
            return_url: String::new(),
        };
        wait(shop.sandbox.authorise(&ask)).unwrap();
        shop.store.clock().advance_seconds(31 * 60);
        assert!(!wait(lapse(&shop.store, &shop.providers(), placed.order)).unwrap());
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Paid);

        let unpaid = shop.placed_with("sandbox:ok", &[(shop.shirt, 4)]);
        assert!(wait(lapse(&shop.store, &shop.providers(), unpaid.order)).unwrap());
        let order = shop.whole(unpaid.order).order;
        assert_eq!((order.payment, order.fulfilment), (Payment::Void, Fulfilment::Cancelled));
        assert_eq!(shop.stock(shop.shirt), (1000, 0));
    });
}

#[test]
fn a_refused_card_leaves_the_order_open_for_another() {
    each(|shop| {
        let placed = shop.placed_with("4000 0000 0000 9995", &[(shop.lamp, 1)]);
        assert_eq!(shop.pay_intent(placed.intent), declined("insufficient_funds"));
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Failed);
        assert_eq!((escrow(shop), shop.stock(shop.lamp).1), (0, 1));
        let command = Retry {
            order: placed.order,
            provider: "sandbox".into(),
            method: "sandbox:ok".into(),
            key: "second".into(),
        };
        let stranger = command.clone();
        let denied = shop.try_write(buyer(shop.buyer), move |tx| retry(tx, &stranger));
        assert_eq!(denied.unwrap_err().kind, base::Kind::Denied);
        let write = |command: Retry| shop.as_guest(move |tx| retry(tx, &command));
        let Begun::Attempt(second) = write(command.clone()).unwrap() else { panic!("nothing is in the way") };
        assert_ne!(second, placed.intent);
        assert_eq!(write(command.clone()).unwrap(), Begun::Attempt(second), "a double click is one attempt");
        assert!(matches!(shop.pay_intent(second), Outcome::Captured { .. }));
        assert_eq!((shop.whole(placed.order).order.payment, escrow(shop)), (Payment::Paid, placed.total.minor));
        assert_eq!(write(Retry { key: "third".into(), ..command }).unwrap_err().code, "not_payable");
    });
}

#[test]
fn the_buyer_proves_who_they_are() {
    each(|shop| {
        let placed = shop.placed_with("4000000000003220", &[(shop.lamp, 1)]);
        let Outcome::ActionRequired { url, reference } = shop.pay_intent(placed.intent) else { panic!("3-D Secure") };
        assert!(url.contains(&placed.intent.to_string()), "{url}");
        assert_eq!(shop.pay_intent(placed.intent), Outcome::ActionRequired { url, reference });
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Pending);
        let outcome = wait(shop.sandbox.authenticate(placed.intent, true)).unwrap();
        assert!(settled(shop, placed.intent, outcome).changed);
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Paid);

        let refused = shop.placed_with("4000000000003220", &[(shop.lamp, 1)]);
        shop.pay_intent(refused.intent);
        let outcome = wait(shop.sandbox.authenticate(refused.intent, false)).unwrap();
        settled(shop, refused.intent, outcome);
        assert_eq!(shop.whole(refused.order).order.payment, Payment::Failed);
    });
}

#[test]
fn a_late_answer_is_waited_for() {
    each(|shop| {
        let placed = shop.placed_with("4000000000000341", &[(shop.lamp, 1)]);
        assert_eq!(shop.pay_intent(placed.intent), Outcome::Pending);
        let command =
            Retry { order: placed.order, provider: "sandbox".into(), method: "sandbox:ok".into(), key: "2".into() };
        let early = shop.pay_again(&command).unwrap_err();
        assert_eq!((early.kind, early.code), (base::Kind::Conflict, "payment_pending"));
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Pending, "a refused retry changes nothing");
        let waits = wait(check(&shop.store, &shop.providers(), placed.intent)).unwrap_err();
        assert_eq!((waits.kind, waits.code), (base::Kind::Unavailable, "payment_pending"));
        assert_eq!(due_check(shop), 1, "a job looks again if the webhook is lost");
        shop.store.clock().advance_seconds(60);
        let found = wait(check(&shop.store, &shop.providers(), placed.intent)).unwrap();
        assert!(matches!(found, Outcome::Captured { .. }), "{found:?}");
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Paid);
    });
}

fn due_check(shop: &Shop) -> i64 {
    count(shop, "SELECT COUNT(*) FROM job WHERE kind = 'payment.check'")
}

#[test]
fn what_waits_for_the_buyer_is_let_go_when_the_order_lapses() {
    each(|shop| {
        let placed = shop.placed_with("4000000000003220", &[(shop.lamp, 1)]);
        shop.pay_intent(placed.intent);
        assert!(wait(lapse(&shop.store, &shop.providers(), placed.order)).unwrap());
        let order = shop.whole(placed.order).order;
        assert_eq!((order.payment, order.fulfilment), (Payment::Void, Fulfilment::Cancelled));
        let late = wait(shop.sandbox.authenticate(placed.intent, true)).unwrap();
        assert!(!matches!(late, Outcome::Captured { .. }), "{late:?}");
        assert_eq!(escrow(shop), 0);
    });
}

#[test]
fn a_provider_that_does_not_answer_is_asked_again_by_a_job() {
    /// The sandbox behind a broken wire.
    struct Silent(payments::sandbox::Sandbox);
    fn silence<T>() -> base::Result<T> {
        Err(base::Error::unavailable("provider_down", "No answer."))
    }
    impl Provider for Silent {
        fn name(&self) -> &'static str {
            self.0.name()
        }
        fn supports(&self, currency: base::Currency) -> bool {
            self.0.supports(currency)
        }
        fn tokenise(&self, input: &str) -> base::Result<String> {
            self.0.tokenise(input)
        }
        fn authorise<'a>(&'a self, ask: &'a payments::Authorise) -> payments::BoxFuture<'a, base::Result<Outcome>> {
            // The money is taken, the answer never arrives.
            Box::pin(async move { self.0.authorise(ask).await.and_then(|_| silence()) })
        }
        fn capture<'a>(&'a self, _: &'a payments::Intent) -> payments::BoxFuture<'a, base::Result<Outcome>> {
            Box::pin(async { silence() })
        }
        fn void<'a>(&'a self, _: &'a payments::Intent) -> payments::BoxFuture<'a, base::Result<Outcome>> {
            Box::pin(async { silence() })
        }
        fn status<'a>(&'a self, _: &'a payments::Intent) -> payments::BoxFuture<'a, base::Result<Outcome>> {
            Box::pin(async { silence() })
        }
        fn refund<'a>(
            &'a self,
            _: &'a payments::Refunding,
        ) -> payments::BoxFuture<'a, base::Result<payments::RefundOutcome>> {
            Box::pin(async { silence() })
        }
        fn webhook(&self, _: &[(String, String)], _: &[u8], _: base::Moment) -> base::Result<Vec<payments::Notice>> {
            silence()
        }
    }
    each(|shop| {
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1)]);
        let silent = payments::Providers::new(std::sync::Arc::new(Silent(shop.sandbox.clone())));
        let answer = wait(pay(&shop.store, &silent, placed.intent, &visit())).unwrap();
        assert_eq!((answer, due_check(shop)), (Outcome::Pending, 1));
        assert_eq!(wait(check(&shop.store, &silent, placed.intent)).unwrap_err().code, "provider_down");
        assert_eq!(wait(lapse(&shop.store, &silent, placed.order)).unwrap_err().code, "provider_down");
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Pending, "nothing lapses unasked");
        wait(check(&shop.store, &shop.providers(), placed.intent)).unwrap();
        assert_eq!((shop.whole(placed.order).order.payment, escrow(shop)), (Payment::Paid, placed.total.minor));
    });
}

#[test]
fn money_that_is_not_owed_goes_back() {
    each(|shop| {
        // The last net: a provider says of an attempt that it had refused that the money came after all.
        let placed = shop.placed_with("sandbox:decline", &[(shop.lamp, 1)]);
        shop.pay_intent(placed.intent);
        let command = shop.retry_of(placed.order, "sandbox:ok", "2");
        assert!(matches!(shop.pay_again(&command).unwrap(), Outcome::Captured { .. }));
        for _ in 0..2 {
            settled(shop, placed.intent, captured("ref-5", placed.total));
        }
        let order = placed.order;
        let refunds = shop.read(move |db| payments::refunds(db, order.raw()));
        assert_eq!(refunds.len(), 1);
        assert_eq!((refunds[0].intent, refunds[0].amount), (placed.intent, placed.total));
        assert_eq!(shop.whole(order).order.captured.minor, 2 * placed.total.minor);
        assert_eq!(shop.read(|db| payments::unowed(db, base::Moment(0))), (1, 0), "and is told");

        // The money comes after the order has lapsed.
        let late = shop.placed_with("sandbox:ok", &[(shop.shirt, 1)]);
        let order = late.order;
        shop.write(move |tx| orders::lapse(tx, order));
        settled(shop, late.intent, captured("ref-9", late.total));
        let refunds = shop.read(move |db| payments::refunds(db, order.raw()));
        assert_eq!((refunds.len(), refunds[0].amount), (1, late.total));
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Cancelled);
    });
}

#[test]
fn currencies_of_zero_and_three_decimals_are_charged_to_the_unit() {
    each(|shop| {
        for (code, country) in [("JPY", "DE"), ("KWD", "DE"), ("EUR", "DE"), ("USD", "US")] {
            let currency: base::Currency = code.parse().unwrap();
            if !shop.world.currencies().any(|known| known == currency) {
                println!("no rate for {code}");
                continue;
            }
            let cart = shop.cart(vec![line(shop.lamp, 1), line(shop.mug, 3)]);
            let address = if country == "US" { super::carts::new_york() } else { berlin() };
            let quote = shop.quote_to(&cart, address, Some(currency)).unwrap();
            let placed = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap();
            assert!(matches!(shop.pay_intent(placed.intent), Outcome::Captured { .. }));
            let whole = shop.whole(placed.order);
            assert_eq!(whole.order.captured, quote.total);
            assert_eq!(whole.order.captured.currency, currency);
            assert_eq!(shop.balance(Account::escrow(currency)), quote.total.minor);
            let lines = Money::sum(currency, whole.lines.iter().map(|line| line.total)).unwrap();
            assert_eq!(lines, quote.total);
        }
    });
}

#[test]
fn money_that_comes_after_the_buyer_gave_up_is_found_and_goes_back() {
    each(|shop| {
        // The provider takes the money, the answer and its webhook are lost, and the buyer calls the order off.
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1)]);
        let ask = payments::Authorise {
            intent: placed.intent,
            amount: placed.total,
            method: "sandbox:ok".into(),
            capture: true,
            label: String::new(),
            return_url: String::new(),
        };
        wait(shop.sandbox.authorise(&ask)).unwrap();
        let order = placed.order;
        shop.as_guest(move |tx| orders::cancel(tx, order, "changed_mind")).unwrap();
        shop.store.clock().advance_seconds(3 * 3600);
        let due = shop.write(|tx| store::claim(tx, tx.now(), 50, 60));
        let asks = due.iter().any(|job| job.kind == "order.unpaid" && job.subject == order.raw());
        assert!(asks, "the last question is still asked: {due:?}");
        assert!(!wait(lapse(&shop.store, &shop.providers(), order)).unwrap());
        let refunds = shop.read(move |db| payments::refunds(db, order.raw()));
        assert_eq!((refunds.len(), refunds[0].amount), (1, placed.total));
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Cancelled);
    });
}
