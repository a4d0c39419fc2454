//! What a payment provider is to the house. Called outside of transactions only; the intent's id is the idempotency key.

use crate::{Intent, Refund};
use base::{Currency, Error, Id, Moment, Money, Result};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// What a provider says, as a refusal, of an intent that it never heard of.
pub const UNKNOWN: &str = "unknown";

/// A boxed future, so that providers can stand behind `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A payment provider. Every call may be repeated with the same id and must then answer the same.
pub trait Provider: Send + Sync {
    /// Stable name, as stored with intents: `sandbox`.
    fn name(&self) -> &'static str;

    /// Whether what it captures is money. The sandbox's is not.
    fn moves_money(&self) -> bool {
        true
    }

    /// Whether it takes this currency.
    fn supports(&self, currency: Currency) -> bool;

    /// What of a buyer's input may be stored: a token, never a card number. Errors: an input that is no payment method.
    fn tokenise(&self, input: &str) -> Result<String>;

    /// Asks for the money. Errors: unavailable when no answer came; it may or may not have happened then.
    fn authorise<'a>(&'a self, ask: &'a Authorise) -> BoxFuture<'a, Result<Outcome>>;

    /// Takes what was authorised.
    fn capture<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>>;

    /// Lets go what waits for the buyer, or was authorised and not captured, so that it cannot be paid any more. What cannot be
    /// let go says how it stands: captured, declined, or pending while the provider works on it. One that it never heard of is
    /// `Voided`; where it can, it refuses that intent from then on.
    fn void<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>>;

    /// How things stand, for intents whose answer was lost. An intent it never heard of is `Declined` with `unknown`.
    fn status<'a>(&'a self, intent: &'a Intent) -> BoxFuture<'a, Result<Outcome>>;

    /// Gives money back. The refund's id is the idempotency key.
    fn refund<'a>(&'a self, ask: &'a Refunding) -> BoxFuture<'a, Result<RefundOutcome>>;

    /// Reads a webhook that came in at `now`. Header names are in lower case.
    /// Errors: unauthenticated when signature or time is wrong; invalid when the body is not understood.
    fn webhook(&self, headers: &[(String, String)], body: &[u8], now: Moment) -> Result<Vec<Notice>>;

    /// What it has paid to the house's bank, oldest first: a page of what follows the settlement with the reference
    /// `after`, from the first when that is empty. Nothing more: an empty page. A provider that tells nothing has nothing.
    /// Errors: unavailable when no answer came; ask again.
    fn settlements<'a>(&'a self, after: &'a str) -> BoxFuture<'a, Result<Vec<Settlement>>> {
        let _ = after;
        Box::pin(std::future::ready(Ok(Vec::new())))
    }
}

/// Money that a provider passed on to the house's bank, or took from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The provider's reference, never used twice; also the cursor.
    pub reference: String,
    /// Captures less refunds that it settles; below zero when refunds outweigh them.
    pub gross: Money,
    /// What the provider keeps of that, in the same currency; not below zero.
    pub fee: Money,
    /// When it was paid.
    pub at: Moment,
}

impl Settlement {
    /// What reached the bank: gross less fee; below zero, the bank was debited. Errors: overflow, two currencies.
    pub fn net(&self) -> Result<Money> {
        self.gross.minus(self.fee)
    }
}

/// The providers of an installation: one takes new payments, the others bring to an end what they began.
#[derive(Clone)]
pub struct Providers {
    taking: Arc<dyn Provider>,
    others: Vec<Arc<dyn Provider>>,
}

impl Providers {
    /// This one takes new payments.
    pub fn new(taking: Arc<dyn Provider>) -> Providers {
        Providers { taking, others: Vec::new() }
    }

    /// And this one took payments before.
    pub fn with(mut self, other: Arc<dyn Provider>) -> Providers {
        self.others.push(other);
        self
    }

    /// Who takes new payments.
    pub fn taking(&self) -> &dyn Provider {
        &*self.taking
    }

    /// Every one of them.
    pub fn all(&self) -> impl Iterator<Item = &dyn Provider> {
        std::iter::once(&self.taking).chain(&self.others).map(|provider| &**provider)
    }

    /// The one with this name, as stored with intents. Errors: not found, such as after its key was taken away.
    pub fn named(&self, name: &str) -> Result<&dyn Provider> {
        self.all().find(|known| known.name() == name).ok_or_else(|| {
            Error::not_found(
                "unknown_provider",
                format!("There is no payment provider “{name}” here; set it up again."),
            )
        })
    }
}

/// A request for money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorise {
    /// Idempotency key.
    pub intent: Id<Intent>,
    /// How much.
    pub amount: Money,
    /// The stored token.
    pub method: String,
    /// Take it at once.
    pub capture: bool,
    /// What it is for, as the buyer knows it: the order's number.
    pub label: String,
    /// Where the buyer comes back to after a step at the provider.
    pub return_url: String,
}

/// A request to give money back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refunding {
    /// Idempotency key.
    pub refund: Id<Refund>,
    /// The payment it goes back on.
    pub intent: Id<Intent>,
    /// The provider's reference of that payment.
    pub reference: String,
    /// How much.
    pub amount: Money,
}

/// What became of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money is the provider's to pass on.
    Captured {
        /// The provider's reference.
        reference: String,
        /// What it took, by its own word: compared with what was asked for.
        amount: Money,
    },
    /// It is set aside and can be captured.
    Authorised {
        /// The provider's reference.
        reference: String,
    },
    /// The buyer must do something there, such as 3-D Secure.
    ActionRequired {
        /// Where.
        url: String,
        /// The provider's reference, by which it can be asked again.
        reference: String,
    },
    /// Refused.
    Declined {
        /// Stable: `declined`, `insufficient_funds`, `authentication_failed` …
        code: String,
    },
    /// Let go.
    Voided,
    /// The provider will tell later.
    Pending,
}

/// What became of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundOutcome {
    /// The money is on its way to the buyer.
    Succeeded {
        /// The provider's reference.
        reference: String,
    },
    /// It will not be paid back this way.
    Failed {
        /// Stable code.
        code: String,
    },
    /// The provider will tell later.
    Pending,
}

/// One piece of news in a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The provider's id of the news; told again, it has the same.
    pub id: String,
    /// The news.
    pub told: Told,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A payment.
    Payment(Id<Intent>, Outcome),
    /// A refund.
    Refund(Id<Refund>, RefundOutcome),
}
