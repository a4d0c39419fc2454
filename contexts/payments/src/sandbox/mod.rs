//! The built-in provider: it needs nothing from outside and behaves like a real one, with its own books on its side of
//! the wire, declines, 3-D Secure, late answers, and signed webhooks that come late and sometimes twice.

mod card;
mod charge;
mod payout;
mod webhook;

pub use card::{Behaviour, TEST_CARDS, behaviour, tokenise};
pub use charge::WEBHOOK;
pub use payout::fee;
pub use webhook::{Delivery, sign};

use crate::{Authorise, BoxFuture, Intent, Notice, Outcome, Provider, RefundOutcome, Refunding, Settlement};
use base::{Currency, Id, Moment, Result};
use store::{Store, Tx, params};

/// Name of the provider, as stored with intents.
pub const NAME: &str = "sandbox";

/// Seconds between an answer and its webhook, as with a real provider.
const WEBHOOK_AFTER_SECONDS: i64 = 2;

/// Currencies it takes: of zero, two and three decimals.
const CURRENCIES: &str = "AED AUD BHD BRL CAD CHF CLP CNY CZK DKK EUR GBP HKD HUF IDR ILS INR JOD JPY KRW KWD MXN MYR NOK NZD \
     OMR PHP PLN RON SAR SEK SGD THB TND TRY TWD USD VND ZAR";

/// The provider.
#[derive(Clone)]
pub struct Sandbox {
    store: Store,
    secret: String,
}

impl Sandbox {
    /// Opens its books in `store`; makes its webhook secret the first time. Blocks for one transaction.
    /// Errors: the database's.
    pub fn new(store: &Store) -> Result<Sandbox> {
        let secret = store.write_blocking(|tx| {
            let fresh = tx.key();
            tx.send(INSERT_SECRET, params![fresh])?;
            tx.one(SELECT_SECRET, params![])?.get::<String>(0)
        })?;
        Ok(Sandbox { store: store.clone(), secret })
    }

    /// What the buyer does on the 3-D Secure page `/pay/sandbox/{intent}`: the payment is captured or refused, and a
    /// webhook tells it. Pressing twice changes nothing. Errors: unknown intent.
    pub async fn authenticate(&self, intent: Id<Intent>, approve: bool) -> Result<Outcome> {
        self.store.write(move |tx| charge::authenticate(tx, intent, approve)).await
    }

    /// The webhooks that are due about a payment or refund (raw id): the job `sandbox.webhook`. Usually one; for one
    /// subject in four the same one twice.
    pub async fn deliver(&self, subject: i64) -> Result<Vec<Delivery>> {
        let sandbox = self.clone();
        self.store.write(move |tx| sandbox.news(tx, &[subject])).await
    }

    /// The same, in a transaction of the house: what the sandbox has to say is signed here and proved by whoever takes it in.
    pub fn news(&self, tx: &mut Tx, subjects: &[i64]) -> Result<Vec<Delivery>> {
        webhook::deliver(tx, subjects, &self.secret)
    }
}

impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        NAME
    }

    fn moves_money(&self) -> bool {
        false
    }

    fn supports(&self, currency: Currency) -> bool {
        CURRENCIES.split_whitespace().any(|code| code == currency.code())
    }

    fn tokenise(&self, input: &str) -> Result<String> {
        tokenise(input)
    }

    fn authorise<'a>(&'a self, ask: &'a Authorise) -> BoxFuture<'a, Result<Outcome>> {
        let supported = self.supports(ask.amount.currency);
        let ask = ask.clone();
        Box::pin(self.store.write(move |tx| charge::authorise(tx, &ask, supported)))
    }

    fn capture<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        let intent = intent.id;
        Box::pin(self.store.write(move |tx| charge::capture(tx, intent)))
    }

    fn void<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        let intent = intent.clone();
        Box::pin(self.store.write(move |tx| charge::void(tx, &intent)))
    }

    fn status<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        let intent = intent.id;
        Box::pin(self.store.write(move |tx| charge::status(tx, intent)))
    }

    fn refund<'a>(&'a self, ask: &'a Refunding) -> BoxFuture<'a, Result<RefundOutcome>> {
        let ask = ask.clone();
        Box::pin(self.store.write(move |tx| charge::refund(tx, &ask)))
    }

    fn webhook(&self, headers: &[(String, String)], body: &[u8], now: Moment) -> Result<Vec<Notice>> {
        webhook::read(headers, body, now, &self.secret)
    }

    fn settlements<'a>(&'a self, after: &'a str) -> BoxFuture<'a, Result<Vec<Settlement>>> {
        let after = after.to_owned();
        Box::pin(self.store.write(move |tx| payout::settlements(tx, &after)))
    }
}

const INSERT_SECRET: &str =
    "INSERT INTO payment_sandbox_secret (id, secret) VALUES (1, $1) ON CONFLICT (id) DO NOTHING";
const SELECT_SECRET: &str = "SELECT secret FROM payment_sandbox_secret WHERE id = 1";
