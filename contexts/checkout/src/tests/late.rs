//! Money that comes hours after its order was called off, with every webhook lost: the jobs find it, and it goes back.

use super::fixture::*;
use crate::*;
use base::{Actor, Error, Id, Moment, Result};
use orders::Fulfilment;
use payments::sandbox::Sandbox;
use payments::{Authorise, BoxFuture, Intent, Notice, Outcome, Provider, RefundOutcome, Refunding};
use store::JobRow;

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
    fn capture(&self, intent: Id<Intent>) -> BoxFuture<'_, Result<Outcome>> {
        self.sandbox.capture(intent)
    }
    fn void(&self, intent: Id<Intent>) -> BoxFuture<'_, Result<Outcome>> {
        self.sandbox.void(intent)
    }
    fn status(&self, intent: Id<Intent>) -> BoxFuture<'_, Result<Outcome>> {
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

/// Ten minutes pass, and what is due of payments is done as the house's worker does it. Webhooks are lost.
fn ten_minutes(shop: &Shop, provider: &Slow) {
    shop.store.clock().advance_seconds(600);
    for JobRow { id, kind, subject, .. } in shop.store.write_blocking(|tx| store::claim(tx, tx.now(), 50, 60)).unwrap()
    {
        let outcome = match kind.as_str() {
            "order.unpaid" => wait(lapse(&shop.store, provider, Id::from_raw(subject))).map(drop),
            "payment.check" => wait(check(&shop.store, provider, Id::from_raw(subject))).map(drop),
            _ => Ok(()),
        };
        let end = move |tx: &mut store::Tx| match &outcome {
            Ok(()) => store::done(tx, id),
            Err(error) => store::failed(tx, id, &error.message),
        };
        shop.store.write_blocking(end).unwrap();
    }
}

/// The provider works on it for five hours; when the order is called off is said by `give_up`. Its money must be found.
fn found(shop: &Shop, mute: bool, give_up: impl Fn(&Shop, Id<orders::Order>)) {
    let placed = shop.placed(vec![line(shop.lamp, 1)], "sandbox:ok");
    let until = shop.store.clock().now().plus_seconds(5 * 3600);
    let provider = Slow { sandbox: shop.sandbox.clone(), store: shop.store.clone(), until, mute };
    assert_eq!(wait(pay(&shop.store, &provider, placed.intent, "https://shop.example")).unwrap(), Outcome::Pending);
    give_up(shop, placed.order);
    let order = placed.order;
    let refunds = || shop.store.read_blocking(move |db| payments::refunds(db, order.raw())).unwrap();
    for _ in 0..6 * 4 {
        ten_minutes(shop, &provider);
    }
    assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Cancelled, "four hours later it is over");
    assert_eq!(refunds(), [], "and the money is not here yet");
    for _ in 0..6 * 3 {
        ten_minutes(shop, &provider);
    }
    assert_eq!((refunds().len(), refunds()[0].amount), (1, placed.total));
    assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Cancelled);
    let left = "SELECT COUNT(*) FROM job WHERE kind IN ('payment.check', 'order.unpaid')";
    let left: i64 = shop.store.read_blocking(move |db| db.raw(left, &[])).unwrap()[0].get(0).unwrap();
    assert_eq!(left, 0, "then nobody asks any more");
}

#[test]
fn money_that_comes_hours_after_the_order_lapsed_is_found_without_a_webhook() {
    each(|shop| {
        found(shop, false, |_, _| {});
        found(shop, true, |_, _| {});
    });
}

#[test]
fn money_that_comes_hours_after_the_buyer_called_the_order_off_is_found_without_a_webhook() {
    let cancel = |shop: &Shop, order| {
        shop.store.write_as_blocking(Actor::Guest, move |tx| orders::cancel(tx, order, "changed_mind")).unwrap();
    };
    each(|shop| {
        found(shop, false, cancel);
        found(shop, true, cancel);
    });
}

#[test]
fn money_is_found_too_when_the_process_died_before_the_provider_answered() {
    each(|shop| {
        let placed = shop.placed(vec![line(shop.lamp, 1)], "sandbox:ok");
        let ask = Authorise {
            intent: placed.intent,
            amount: placed.total,
            method: "sandbox:ok".into(),
            capture: true,
            return_url: String::new(),
        };
        wait(shop.sandbox.authorise(&ask)).unwrap();
        let until = shop.store.clock().now().plus_seconds(5 * 3600);
        let provider = Slow { sandbox: shop.sandbox.clone(), store: shop.store.clone(), until, mute: false };
        for _ in 0..6 * 7 {
            ten_minutes(shop, &provider);
        }
        let order = placed.order;
        let refunds = shop.store.read_blocking(move |db| payments::refunds(db, order.raw())).unwrap();
        assert_eq!((refunds.len(), refunds[0].amount), (1, placed.total));
    });
}
