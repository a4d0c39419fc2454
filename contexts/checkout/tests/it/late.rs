//! Money that comes hours late, with every webhook lost: the jobs find it. Its order waits for as long as the provider works on
//! it and is paid then; one that the buyer called off meanwhile gives it back.

use super::fixture::*;
use base::{Error, Id, Moment, Result};
use checkout::*;
use orders::Fulfilment;
use payments::sandbox::Sandbox;
use payments::{Authorise, BoxFuture, Intent, Notice, Outcome, Provider, Providers, RefundOutcome, Refunding};
use std::sync::Arc;

/// A provider that has taken the money and says until a moment that it is still working on it.
struct Slow {
    sandbox: Sandbox,
    store: store::Store,
    until: Moment,
    /// Its first answer is lost.
    mute: bool,
}

impl Provider for Slow {
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
            self.sandbox.authorise(ask).await?;
            if self.mute { Err(Error::unavailable("provider_down", "No answer.")) } else { Ok(Outcome::Pending) }
        })
    }
    fn capture<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        self.sandbox.capture(intent)
    }
    fn void<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        self.sandbox.void(intent)
    }
    fn status<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        match self.store.clock().now() < self.until {
            true => Box::pin(async { Ok(Outcome::Pending) }),
            false => self.sandbox.status(intent),
        }
    }
    fn refund<'a>(&'a self, ask: &'a Refunding) -> BoxFuture<'a, Result<RefundOutcome>> {
        self.sandbox.refund(ask)
    }
    fn webhook(&self, _: &[(String, String)], _: &[u8], _: Moment) -> Result<Vec<Notice>> {
        Ok(Vec::new())
    }
}

fn slow(shop: &Shop, until: Moment, mute: bool) -> Providers {
    Providers::new(Arc::new(Slow { sandbox: shop.sandbox.clone(), store: shop.store.clone(), until, mute }))
}

/// Ten minutes pass, and what is due of payments is done as the house's worker does it. Webhooks are lost.
fn ten_minutes(shop: &Shop, provider: &Providers) {
    shop.store.clock().advance_seconds(600);
    for job in shop.write(|tx| store::claim(tx, tx.now(), 50, 60)) {
        let outcome = match job.kind.as_str() {
            "order.unpaid" => wait(lapse(&shop.store, provider, Id::from_raw(job.subject))).map(drop),
            "payment.check" => wait(check(&shop.store, provider, Id::from_raw(job.subject))).map(drop),
            _ => Ok(()),
        };
        let end = move |tx: &mut store::Tx| match &outcome {
            Ok(()) => store::done(tx, &job),
            Err(error) => store::failed(tx, &job, &error.message),
        };
        shop.write(end);
    }
}

/// The provider works on it for five hours; what the buyer does meanwhile, `meanwhile` says. Ends seven hours later.
fn seven_hours(shop: &Shop, mute: bool, meanwhile: impl Fn(&Shop, Id<orders::Order>)) -> Placed {
    let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1)]);
    let until = shop.store.clock().now().plus_seconds(5 * 3600);
    let provider = slow(shop, until, mute);
    assert_eq!(wait(pay(&shop.store, &provider, placed.intent, &visit())).unwrap(), Outcome::Pending);
    meanwhile(shop, placed.order);
    for _ in 0..6 * 4 {
        ten_minutes(shop, &provider);
    }
    let early = shop.whole(placed.order).order;
    assert_eq!(early.captured.minor, 0, "four hours later the money is not here yet");
    assert_eq!(refunds(shop, placed.order), []);
    for _ in 0..6 * 3 {
        ten_minutes(shop, &provider);
    }
    let left = "SELECT COUNT(*) FROM job WHERE kind IN ('payment.check', 'order.unpaid')";
    assert_eq!(count(shop, left), 0, "then nobody asks any more");
    placed
}

fn refunds(shop: &Shop, order: Id<orders::Order>) -> Vec<payments::Refund> {
    shop.read(move |db| payments::refunds(db, order.raw()))
}

fn is_paid(shop: &Shop, placed: &Placed) {
    let order = shop.whole(placed.order).order;
    assert_eq!((order.payment, order.fulfilment), (orders::Payment::Paid, Fulfilment::ToPack));
    assert_eq!(order.captured, placed.total);
    assert_eq!(refunds(shop, placed.order), []);
}

#[test]
fn an_order_waits_for_money_that_the_provider_works_on_and_finds_it_without_a_webhook() {
    each(|shop| {
        for mute in [false, true] {
            let placed = seven_hours(shop, mute, |_, _| {});
            is_paid(shop, &placed);
        }
    });
}

#[test]
fn money_that_comes_hours_after_the_buyer_called_the_order_off_is_found_and_goes_back() {
    let cancel = |shop: &Shop, order| {
        shop.as_guest(move |tx| orders::cancel(tx, order, "changed_mind")).unwrap();
    };
    each(|shop| {
        for mute in [false, true] {
            let placed = seven_hours(shop, mute, cancel);
            assert_eq!(shop.whole(placed.order).order.fulfilment, Fulfilment::Cancelled);
            let back = refunds(shop, placed.order);
            assert_eq!((back.len(), back[0].amount), (1, placed.total));
        }
    });
}

#[test]
fn money_is_found_too_when_the_process_died_before_the_provider_answered() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 1)]);
        let ask = Authorise {
            label: String::new(),
            intent: placed.intent,
            amount: placed.total,
            method: "sandbox:ok".into(),
            capture: true,
            return_url: String::new(),
        };
        wait(shop.sandbox.authorise(&ask)).unwrap();
        let until = shop.store.clock().now().plus_seconds(5 * 3600);
        let provider = slow(shop, until, false);
        for _ in 0..6 * 7 {
            ten_minutes(shop, &provider);
        }
        is_paid(shop, &placed);
    });
}
