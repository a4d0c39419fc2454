//! Stripe: the buyer pays on a hosted Checkout Session, so that no card number ever reaches this server.
//! Written against Stripe's OpenAPI document and its pages on Checkout, idempotent requests and webhooks.

mod amount;
mod call;
mod session;
mod webhook;

use crate::{Address, Peers, Secret};
use base::{Currency, Error, Moment, Result};
use call::{Answer, Refused};
use payments::{Authorise, BoxFuture, Intent, Notice, Outcome, Provider, RefundOutcome, Refunding, State};
use reqwest::Client;
use session::{PaymentIntent, Refund, RefundList, Session, SessionList};

/// Name of the provider, as stored with intents.
pub const NAME: &str = "stripe";

/// Names of the accounts at Stripe that an installation has had, one after the other: what was paid to one is not known to another.
pub const NAMES: [&str; 8] = [NAME, "stripe_2", "stripe_3", "stripe_4", "stripe_5", "stripe_6", "stripe_7", "stripe_8"];

/// Where Stripe is.
pub const ADDRESS: &str = "https://api.stripe.com";

/// The token of the one method: whatever Stripe's own page offers.
const METHOD: &str = "checkout";

/// Most pages of a hundred that are looked through for a session whose answer was lost.
const MOST_PAGES: usize = 50;

/// How Stripe is reached.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The secret or restricted API key: `sk_live_…`, `rk_test_…`.
    pub key: Secret,
    /// Of the webhook endpoint: `whsec_…`. Without it no webhook is believed.
    pub webhook_secret: Option<Secret>,
    /// [`ADDRESS`], or a stand-in.
    pub address: String,
}

/// The provider.
pub struct Stripe {
    name: &'static str,
    client: Client,
    address: Address,
    key: Secret,
    webhook_secret: Option<Secret>,
}

impl Stripe {
    /// Errors: an address that may not be spoken to, a key that is none.
    pub fn new(peers: &Peers, settings: Settings) -> Result<Stripe> {
        let Settings { key, webhook_secret, address } = settings;
        if !["sk_", "rk_"].iter().any(|start| key.reveal().starts_with(start)) {
            let say = "A Stripe key begins with sk_ or rk_; take it from the dashboard, Developers, API keys.";
            return Err(Error::field("stripe-key", "key_format", say));
        }
        Ok(Stripe {
            name: NAME,
            client: peers.client()?,
            address: peers.own("stripe-url", &address)?,
            key,
            webhook_secret,
        })
    }

    /// The same, as another of the [`NAMES`].
    pub fn named(self, name: &'static str) -> Stripe {
        Stripe { name, ..self }
    }

    /// Whether Stripe takes the key, and lets it see payments. Errors: unavailable, with why not.
    pub async fn check(&self) -> Result<()> {
        match self.get::<SessionList>("/v1/checkout/sessions", &[("limit", "1")]).await? {
            Answer::Given(_) => Ok(()),
            Answer::Refused(why) => Err(Error::unavailable("provider_key", format!("Stripe refused: {why}."))),
        }
    }

    /// Whether a payment that has a reference was made in this account. Errors: unavailable when no answer came.
    pub async fn knows(&self, intent: &Intent) -> Result<bool> {
        if !intent.reference.starts_with("pi_") {
            return Ok(self.session(intent).await?.is_some());
        }
        match self.get::<PaymentIntent>(&format!("/v1/payment_intents/{}", intent.reference), &[]).await? {
            Answer::Given(_) => Ok(true),
            Answer::Refused(why) if why.status == 404 => Ok(false),
            Answer::Refused(why) => Err(Error::unavailable("provider_key", format!("Stripe refused: {why}."))),
        }
    }

    async fn open(&self, ask: &Authorise) -> Result<Outcome> {
        let declined = |code: &str| Ok(Outcome::Declined { code: code.into() });
        if !self.supports(ask.amount.currency) {
            return declined("currency_not_supported");
        }
        let Some(amount) = amount::charged(ask.amount) else { return declined("amount_not_chargeable") };
        if amount < amount::least(ask.amount.currency) {
            return declined("amount_too_small");
        }
        if amount > amount::most(ask.amount.currency) {
            return declined("amount_too_large");
        }
        let intent = ask.intent.to_string();
        let capture = if ask.capture { "automatic" } else { "manual" };
        let form = [
            ("mode", "payment"),
            ("client_reference_id", &intent),
            ("metadata[intent]", &intent),
            ("payment_intent_data[metadata][intent]", &intent),
            ("payment_intent_data[capture_method]", capture),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", &ask.amount.currency.code().to_lowercase()),
            ("line_items[0][price_data][unit_amount]", &amount.to_string()),
            ("line_items[0][price_data][product_data][name]", &ask.label),
            ("payment_intent_data[description]", &ask.label),
            ("success_url", &ask.return_url),
            ("cancel_url", &ask.return_url),
        ];
        match self.post::<Session>("/v1/checkout/sessions", &form, Some(&intent)).await? {
            Answer::Given(session) => session.outcome(),
            // Certain not to have happened: the order stays open for another attempt.
            Answer::Refused(why) => {
                why.log("open a checkout session");
                Ok(Outcome::Declined { code: why.decline().into() })
            }
        }
    }

    /// The session of an intent: by its reference, or looked for among the newest ones when the answer was lost.
    async fn session(&self, intent: &Intent) -> Result<Option<Session>> {
        if !intent.reference.is_empty() {
            let path = format!("/v1/checkout/sessions/{}", intent.reference);
            return match self.get(&path, &[("expand[]", "payment_intent")]).await? {
                Answer::Given(session) => Ok(Some(session)),
                Answer::Refused(why) if why.status == 404 => Ok(None),
                Answer::Refused(why) => Err(why.unexpected("look at a checkout session")),
            };
        }
        let (id, since) = (intent.id.to_string(), (intent.created_at.micros() / 1_000_000 - 300).to_string());
        let mut after = String::new();
        for _ in 0..MOST_PAGES {
            let mut query =
                vec![("created[gte]", since.as_str()), ("limit", "100"), ("expand[]", "data.payment_intent")];
            if !after.is_empty() {
                query.push(("starting_after", &after));
            }
            let page: SessionList = match self.get("/v1/checkout/sessions", &query).await? {
                Answer::Given(page) => page,
                Answer::Refused(why) => return Err(why.unexpected("list checkout sessions")),
            };
            let last = page.data.last().map(|session| session.id.clone());
            if let Some(found) = page.data.into_iter().find(|one| one.client_reference_id.as_deref() == Some(&*id)) {
                return Ok(Some(found));
            }
            match last.filter(|_| page.has_more) {
                Some(last) => after = last,
                None => return Ok(None),
            }
        }
        Err(Error::unavailable("provider_silent", "Stripe has too many sessions to look through; ask again later."))
    }

    async fn look(&self, intent: &Intent) -> Result<Outcome> {
        if intent.state == State::Captured {
            return Ok(Outcome::Captured { reference: intent.reference.clone(), amount: intent.amount });
        }
        match self.session(intent).await? {
            Some(session) => session.outcome(),
            None => Ok(Outcome::Declined { code: payments::UNKNOWN.into() }),
        }
    }

    async fn let_go(&self, intent: &Intent) -> Result<Outcome> {
        let Some(session) = self.session(intent).await? else { return Ok(Outcome::Voided) };
        let (path, key) = match session.outcome()? {
            Outcome::ActionRequired { .. } => (format!("/v1/checkout/sessions/{}/expire", session.id), "expire"),
            Outcome::Authorised { .. } => (format!("/v1/payment_intents/{}/cancel", session.money()?), "cancel"),
            other => return Ok(other),
        };
        let key = format!("{}:{key}", intent.id);
        match self.post::<serde_json::Value>(&path, &[], Some(&key)).await? {
            Answer::Given(_) => Ok(Outcome::Voided),
            // The buyer was faster: it is paid, or about to be.
            Answer::Refused(why) if why.is_state() => self.look(intent).await,
            Answer::Refused(why) => Err(why.unexpected("let a payment go")),
        }
    }

    async fn take(&self, intent: &Intent) -> Result<Outcome> {
        let Some(session) = self.session(intent).await? else {
            return Ok(Outcome::Declined { code: payments::UNKNOWN.into() });
        };
        if !matches!(session.outcome()?, Outcome::Authorised { .. }) {
            return session.outcome();
        }
        let (path, key) =
            (format!("/v1/payment_intents/{}/capture", session.money()?), format!("{}:capture", intent.id));
        match self.post::<PaymentIntent>(&path, &[], Some(&key)).await? {
            Answer::Given(paid) => paid.outcome(&session.id),
            Answer::Refused(why) if why.is_state() => self.look(intent).await,
            Answer::Refused(why) => Ok(Outcome::Declined { code: why.decline().into() }),
        }
    }

    async fn give_back(&self, ask: &Refunding) -> Result<RefundOutcome> {
        let failed = |code: &str| Ok(RefundOutcome::Failed { code: code.into() });
        // Idempotency keys are forgotten after a day; the refund itself is not.
        if let Some(known) = self.refund_of(ask).await? {
            return Ok(known.outcome());
        }
        let Some(amount) = amount::charged(ask.amount) else { return failed("amount_not_chargeable") };
        let (refund, intent) = (ask.refund.to_string(), ask.intent.to_string());
        let form = [
            ("payment_intent", ask.reference.as_str()),
            ("amount", &amount.to_string()),
            ("reason", "requested_by_customer"),
            ("metadata[refund]", &refund),
            ("metadata[intent]", &intent),
        ];
        match self.post::<Refund>("/v1/refunds", &form, Some(&refund)).await? {
            Answer::Given(given) => Ok(given.outcome()),
            Answer::Refused(why) if why.code == "balance_insufficient" => Err(Error::unavailable(
                "provider_balance",
                "The balance at Stripe is too low for this refund; it is tried again.",
            )),
            Answer::Refused(why) => {
                why.log("refund a payment");
                failed(if why.code.is_empty() { "provider_refused" } else { &why.code })
            }
        }
    }

    async fn refund_of(&self, ask: &Refunding) -> Result<Option<Refund>> {
        let id = ask.refund.to_string();
        let mut after = String::new();
        for _ in 0..MOST_PAGES {
            let mut query = vec![("payment_intent", ask.reference.as_str()), ("limit", "100")];
            if !after.is_empty() {
                query.push(("starting_after", &after));
            }
            let page: RefundList = match self.get("/v1/refunds", &query).await? {
                Answer::Given(page) => page,
                Answer::Refused(why) => return Err(why.unexpected("list refunds")),
            };
            let last = page.data.last().map(|refund| refund.id.clone());
            if let Some(found) = page.data.into_iter().find(|one| one.metadata.get("refund") == Some(&id)) {
                return Ok(Some(found));
            }
            match last.filter(|_| page.has_more) {
                Some(last) => after = last,
                None => return Ok(None),
            }
        }
        Err(Error::unavailable("provider_silent", "Stripe has too many refunds to look through; ask again later."))
    }
}

impl Provider for Stripe {
    fn name(&self) -> &'static str {
        self.name
    }

    fn supports(&self, currency: Currency) -> bool {
        amount::is_presentment(currency)
    }

    fn tokenise(&self, input: &str) -> Result<String> {
        match input.trim() {
            "" | METHOD => Ok(METHOD.into()),
            _ => {
                Err(Error::field("card", "unknown_method", "Cards are entered on Stripe's own page: write “checkout”."))
            }
        }
    }

    fn authorise<'a>(&'a self, ask: &'a Authorise) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(self.open(ask))
    }

    fn capture<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(self.take(intent))
    }

    fn void<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(self.let_go(intent))
    }

    fn status<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(self.look(intent))
    }

    fn refund<'a>(&'a self, ask: &'a Refunding) -> BoxFuture<'a, Result<RefundOutcome>> {
        Box::pin(self.give_back(ask))
    }

    fn webhook(&self, headers: &[(String, String)], body: &[u8], now: Moment) -> Result<Vec<Notice>> {
        let secret = self.webhook_secret.as_ref().ok_or_else(|| Error::unproven(base::Unproven::SignatureMismatch))?;
        webhook::read(headers, body, now, secret.reveal())
    }
}

impl Refused {
    /// An answer that a right request does not get.
    fn unexpected(&self, deed: &str) -> Error {
        Error::internal(format!("Stripe refused to {deed}: {self}"))
    }
}
