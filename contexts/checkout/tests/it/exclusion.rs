//! One order, one attempt that can be paid: whatever keys, tabs, cards and providers do, and wherever it breaks off.

use super::fixture::*;
use base::{Actor, Error, Kind, Result};
use checkout::*;
use orders::{Fulfilment, Payment};
use payments::sandbox::Sandbox;
use payments::{Authorise, BoxFuture, Intent, Notice, Outcome, Provider, Providers, RefundOutcome, Refunding, State};
use std::sync::Arc;

fn intents(shop: &Shop, placed: &Placed) -> Vec<Intent> {
    let order = placed.order.raw();
    shop.read(move |db| payments::by_subject(db, order))
}

/// Paid once, here and in the sandbox's own books, and nothing is on its way back.
fn paid_once(shop: &Shop, placed: &Placed) {
    let order = shop.whole(placed.order).order;
    assert_eq!((order.payment, order.captured), (Payment::Paid, placed.total));
    assert_eq!(shop.balance(ledger::Account::escrow(EUR)), placed.total.minor);
    assert_eq!(count(shop, "SELECT COUNT(*) FROM payment_sandbox_charge WHERE state = 'captured'"), 1);
    assert_eq!(count(shop, "SELECT COUNT(*) FROM payment_refund"), 0);
    let live = intents(shop, placed).into_iter().filter(|intent| !intent.state.is_final()).count();
    assert_eq!(live, 0, "nothing else can be paid");
}

#[test]
fn fifty_at_once_with_a_key_each_are_one_capture() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:decline", &[(shop.lamp, 1)]);
        shop.pay_intent(placed.intent);
        let pay = |number: usize| {
            // Some with the card of the others, some with one of their own.
            let card = if number.is_multiple_of(5) { "sandbox:ok" } else { "4242424242424242" };
            shop.pay_again(&shop.retry_of(placed.order, card, &number.to_string()))
        };
        let outcomes: Vec<Result<Outcome>> = std::thread::scope(|scope| {
            let tabs: Vec<_> = (0..50).map(|number| scope.spawn(move || pay(number))).collect();
            tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
        });
        for outcome in &outcomes {
            match outcome {
                Ok(Outcome::Captured { amount, .. }) => assert_eq!(*amount, placed.total),
                Ok(other) => panic!("{other:?}"),
                Err(error) => assert!(["payment_pending", "not_payable"].contains(&error.code), "{error:?}"),
            }
        }
        assert!(outcomes.iter().any(Result::is_ok));
        paid_once(shop, &placed);
    });
}

#[test]
fn another_card_ends_the_attempt_before_at_the_provider() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:3ds", &[(shop.lamp, 1)]);
        shop.pay_intent(placed.intent);
        let same = shop.pay_again(&shop.retry_of(placed.order, "sandbox:3ds", "1")).unwrap();
        assert!(matches!(same, Outcome::ActionRequired { .. }), "the same method goes on with the one there is");
        assert_eq!(intents(shop, &placed).len(), 1);
        let paid = shop.pay_again(&shop.retry_of(placed.order, "sandbox:ok", "2")).unwrap();
        assert!(matches!(paid, Outcome::Captured { .. }));
        let states: Vec<State> = intents(shop, &placed).iter().map(|intent| intent.state).collect();
        assert_eq!(states, [State::Voided, State::Captured]);
        let late = wait(shop.sandbox.authenticate(placed.intent, true)).unwrap();
        assert_eq!(late, Outcome::Voided, "the bank's page that was left open takes nothing");
        settled(shop, placed.intent, late);
        paid_once(shop, &placed);
    });
}

#[test]
fn an_old_key_gives_its_answer_again_and_opens_nothing() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:decline", &[(shop.lamp, 1)]);
        shop.pay_intent(placed.intent);
        let declined = shop.pay_again(&shop.retry_of(placed.order, "sandbox:decline", "a")).unwrap();
        assert!(matches!(declined, Outcome::Declined { .. }), "{declined:?}");
        let before = intents(shop, &placed);
        for _ in 0..3 {
            assert_eq!(shop.pay_again(&shop.retry_of(placed.order, "sandbox:decline", "a")).unwrap(), declined);
            assert_eq!(intents(shop, &placed), before);
            assert_eq!(shop.whole(placed.order).order.payment, Payment::Failed, "nobody is being asked for money");
        }
        let other = shop.pay_again(&shop.retry_of(placed.order, "sandbox:ok", "a")).unwrap_err();
        assert_eq!((other.kind, other.code), (Kind::Conflict, "idempotency_key_reused"));
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Failed);
        assert!(matches!(
            shop.pay_again(&shop.retry_of(placed.order, "sandbox:ok", "b")).unwrap(),
            Outcome::Captured { .. }
        ));
        paid_once(shop, &placed);
    });
}

#[test]
fn an_attempt_that_was_paid_meanwhile_pays_the_order() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:3ds", &[(shop.lamp, 1)]);
        shop.pay_intent(placed.intent);
        // The buyer proved who they are; neither the browser nor the webhook has come back.
        wait(shop.sandbox.authenticate(placed.intent, true)).unwrap();
        assert_eq!(shop.whole(placed.order).order.payment, Payment::Pending);
        assert!(matches!(
            shop.pay_again(&shop.retry_of(placed.order, "sandbox:ok", "2")).unwrap(),
            Outcome::Captured { .. }
        ));
        assert_eq!(intents(shop, &placed).len(), 1);
        paid_once(shop, &placed);
    });
}

/// What the wire does with each kind of call.
#[derive(Clone, Copy, PartialEq)]
enum Wire {
    Good,
    /// Nothing arrives.
    Cut,
    /// It is done there, and no answer comes.
    Mute,
    /// It is done there, with another amount than was asked for.
    Half,
}

struct Wired {
    sandbox: Sandbox,
    authorise: Wire,
    void: Wire,
    /// What the buyer does while the provider thinks about the first attempt, which it then wants to see more of.
    meanwhile: Option<(Shop, Retry)>,
}

fn wired(shop: &Shop, authorise: Wire, void: Wire) -> Providers {
    Providers::new(Arc::new(Wired { sandbox: shop.sandbox.clone(), authorise, void, meanwhile: None }))
}

async fn through<T>(wire: Wire, call: BoxFuture<'_, Result<T>>) -> Result<T> {
    if wire == Wire::Cut {
        return Err(Error::unavailable("provider_down", "No answer."));
    }
    let answer = call.await;
    if wire == Wire::Mute { Err(Error::unavailable("provider_down", "No answer.")) } else { answer }
}

impl Provider for Wired {
    fn name(&self) -> &'static str {
        self.sandbox.name()
    }
    fn supports(&self, currency: base::Currency) -> bool {
        self.sandbox.supports(currency)
    }
    fn tokenise(&self, input: &str) -> Result<String> {
        self.sandbox.tokenise(input)
    }
    fn authorise<'a>(&'a self, ask: &'a Authorise) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(async move {
            if let Some((shop, retry)) = &self.meanwhile {
                let paid = pay_again(&shop.store, &shop.providers(), Actor::Guest, retry, &visit()).await?;
                assert!(matches!(paid, Outcome::Captured { .. }));
                return Ok(Outcome::ActionRequired { url: "/pay".into(), reference: "sbx".into() });
            }
            let outcome = through(self.authorise, self.sandbox.authorise(ask)).await?;
            Ok(match outcome {
                Outcome::Captured { reference, amount } if self.authorise == Wire::Half => {
                    Outcome::Captured { reference, amount: base::Money::new(amount.minor / 2, amount.currency) }
                }
                outcome => outcome,
            })
        })
    }
    fn capture<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        self.sandbox.capture(intent)
    }
    fn void<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(through(self.void, self.sandbox.void(intent)))
    }
    fn status<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        self.sandbox.status(intent)
    }
    fn refund<'a>(&'a self, ask: &'a Refunding) -> BoxFuture<'a, Result<RefundOutcome>> {
        self.sandbox.refund(ask)
    }
    fn webhook(&self, headers: &[(String, String)], body: &[u8], now: base::Moment) -> Result<Vec<Notice>> {
        self.sandbox.webhook(headers, body, now)
    }
}

#[test]
fn a_provider_that_does_not_let_go_is_not_paid_around() {
    each(|shop| {
        for wire in [Wire::Cut, Wire::Mute] {
            let placed = shop.placed_with("sandbox:3ds", &[(shop.lamp, 1)]);
            shop.pay_intent(placed.intent);
            let providers = wired(shop, Wire::Good, wire);
            let command = shop.retry_of(placed.order, "sandbox:ok", "2");
            let refused = wait(pay_again(&shop.store, &providers, Actor::Guest, &command, &visit())).unwrap_err();
            assert_eq!((refused.kind, refused.code), (Kind::Conflict, "payment_pending"));
            assert_eq!(intents(shop, &placed).len(), 1, "no second attempt beside one that may still be paid");
            // Once it answers, the same wish goes through.
            assert!(matches!(shop.pay_again(&command).unwrap(), Outcome::Captured { .. }));
            assert_eq!(shop.whole(placed.order).order.captured, placed.total);
        }
        assert_eq!(count(shop, "SELECT COUNT(*) FROM payment_refund"), 0);
    });
}

#[test]
fn wherever_the_process_dies_there_is_a_way_on() {
    each(|shop| {
        // Before the provider was asked, or with its answer on the way: the attempt is only written down.
        for wire in [Wire::Cut, Wire::Mute] {
            let placed = shop.placed_with("sandbox:decline", &[(shop.lamp, 1)]);
            shop.pay_intent(placed.intent);
            let first = shop.retry_of(placed.order, "sandbox:ok", "1");
            let providers = wired(shop, wire, Wire::Good);
            let outcome = wait(pay_again(&shop.store, &providers, Actor::Guest, &first, &visit())).unwrap();
            assert_eq!(outcome, Outcome::Pending);
            let other = shop.retry_of(placed.order, "4242424242424242", "2");
            assert_eq!(shop.pay_again(&other).unwrap_err().code, "payment_pending", "it may just be being asked");
            shop.store.clock().advance_seconds(61);
            assert!(matches!(shop.pay_again(&other).unwrap(), Outcome::Captured { .. }));
            let order = shop.whole(placed.order).order;
            assert_eq!((order.payment, order.captured), (Payment::Paid, placed.total));
        }
        assert_eq!(count(shop, "SELECT COUNT(*) FROM payment_sandbox_charge WHERE state = 'captured'"), 2, "one each");
    });
}

#[test]
fn an_answer_that_comes_after_the_attempt_was_let_go_opens_nothing() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:3ds", &[(shop.lamp, 1)]);
        shop.store.clock().advance_seconds(61);
        let meanwhile = Some((shop.clone(), shop.retry_of(placed.order, "sandbox:ok", "2")));
        let slow = Wired { sandbox: shop.sandbox.clone(), authorise: Wire::Good, void: Wire::Good, meanwhile };
        let told = wait(pay(&shop.store, &Providers::new(Arc::new(slow)), placed.intent, &visit())).unwrap();
        assert_eq!(told, Outcome::Voided);
        paid_once(shop, &placed);
    });
}

#[test]
fn paying_races_with_calling_off_and_lapsing() {
    each(|shop| {
        for round in 0..8 {
            let placed = shop.placed_with("sandbox:decline", &[(shop.lamp, 1)]);
            shop.pay_intent(placed.intent);
            let order = placed.order;
            std::thread::scope(|scope| {
                for tab in 0..4 {
                    let (placed, key) = (&placed, format!("{round}:{tab}"));
                    scope.spawn(move || drop(shop.pay_again(&shop.retry_of(placed.order, "sandbox:ok", &key))));
                }
                scope.spawn(move || match round % 2 {
                    0 => drop(wait(lapse(&shop.store, &shop.providers(), order))),
                    _ => drop(shop.as_guest(move |tx| orders::cancel(tx, order, "buyer"))),
                });
            });
            // What the worker does with the attempts that are left.
            let _ = wait(lapse(&shop.store, &shop.providers(), order));
            let known = shop.whole(order).order;
            let all = intents(shop, &placed);
            let captured = all.iter().filter(|intent| intent.state == State::Captured).count();
            assert!(captured <= 1, "{all:?}");
            assert!(all.iter().all(|intent| intent.state.is_final()), "{all:?}");
            let refunds = shop.read(move |db| payments::refunds(db, order.raw()));
            if known.fulfilment != Fulfilment::Cancelled {
                assert_eq!((captured, refunds.len(), known.payment), (1, 0, Payment::Paid));
            } else if captured == 1 && known.paid_at.is_none() {
                assert_eq!(refunds.len(), 1, "money for an order that is over goes back");
            }
        }
    });
}

#[test]
fn too_little_money_makes_no_order_paid() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1)]);
        let providers = wired(shop, Wire::Half, Wire::Good);
        let outcome = wait(pay(&shop.store, &providers, placed.intent, &visit())).unwrap();
        assert_eq!(outcome, Outcome::Declined { code: "amount_differs".into() });
        let order = shop.whole(placed.order).order;
        assert_eq!((order.payment, order.captured.minor), (Payment::Failed, 0));
        assert_eq!(shop.balance(ledger::Account::escrow(EUR)), 0);
        assert_eq!(shop.balance(ledger::Account::suspense(EUR)), placed.total.minor / 2, "it is not lost");
        let id = placed.order.raw();
        let refunds = shop.read(move |db| payments::refunds(db, id));
        assert_eq!((refunds.len(), refunds[0].amount.minor), (1, placed.total.minor / 2));
        assert_eq!(refunds[0].reason, payments::AMOUNT_DIFFERS);
        let (refund, intent) = (refunds[0].id, placed.intent);
        let news = payments::RecordRefund {
            refund,
            outcome: RefundOutcome::Succeeded { reference: "r".into() },
            notice: None,
        };
        shop.write(move |tx| orders::money::record_refund(tx, &news));
        assert_eq!(shop.whole(placed.order).order.refunded.minor, 0, "it never was the order's");
        assert_eq!(shop.balance(ledger::Account::suspense(EUR)), 0);
        assert!(matches!(
            shop.pay_again(&shop.retry_of(placed.order, "sandbox:ok", "2")).unwrap(),
            Outcome::Captured { .. }
        ));
        assert_eq!(shop.whole(placed.order).order.captured, placed.total);
        let _ = intent;
    });
}
