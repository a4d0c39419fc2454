//! Paying: intent (in a transaction) → provider (in none) → outcome (in a transaction). Reply, webhook, retry and check are
//! all messages to [`settle`].

use crate::claim;
use base::{Error, Id, Kind, Money, Result};
use orders::{Capture, Order};
use payments::{AMOUNT_DIFFERS, Authorise, Intent, NOT_OWED, Outcome, Providers, Record, RequestRefund, State};
use store::{Store, Tx, Work};

/// How soon an intent is looked at again whose answer was lost or is late, in seconds.
const CHECK_SECONDS: i64 = 20;

/// The job that asks a provider, the party it waits for, how an intent stands ([`check`]): at most two questions.
pub const CHECK: Work = Work { kind: "payment.check", hands: 8, lease_seconds: 120, renews: false };

/// News of a payment, from wherever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settle {
    /// Which payment.
    pub intent: Id<Intent>,
    /// What the provider says.
    pub outcome: Outcome,
    /// Its id of the news, if it came as a webhook.
    pub notice: Option<String>,
}

/// What the news came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The order.
    pub order: Id<Order>,
    /// How far the payment is now.
    pub state: State,
    /// Whether this news was what changed it.
    pub changed: bool,
}

/// Takes the payment and its order on, once. An order has one attempt at a time (see [`crate::attempt`]); should money come
/// beside what is owed all the same, or another amount than was asked for, it is given back, and the events say so.
/// Errors: unknown payment.
pub fn settle(tx: &mut Tx, news: &Settle) -> Result<Settled> {
    let record = Record { intent: news.intent, outcome: news.outcome.clone(), notice: news.notice.clone() };
    let recorded = payments::record(tx, &record)?;
    let order: Id<Order> = Id::from_raw(recorded.subject);
    let settled = Settled { order, state: recorded.after, changed: recorded.changed };
    if !recorded.changed {
        return Ok(settled);
    }
    match recorded.after {
        State::Captured => match orders::paid(tx, order, recorded.due, recorded.amount)? {
            Capture::Paid => claim::settled(tx, order)?,
            Capture::Extra(amount) => give_back(tx, news.intent, amount, NOT_OWED)?,
        },
        State::Differs => {
            orders::payment_failed(tx, order, AMOUNT_DIFFERS)?;
            give_back(tx, news.intent, recorded.amount, AMOUNT_DIFFERS)?;
        }
        State::Declined | State::Voided => {
            let code = match &news.outcome {
                Outcome::Declined { code } => code.as_str(),
                _ => "voided",
            };
            orders::payment_failed(tx, order, code)?;
        }
        State::Created | State::ActionRequired => {}
        // Its webhook may be lost: then the job finds out.
        State::Pending | State::Authorised => look_again(tx, news.intent)?,
    }
    Ok(settled)
}

fn give_back(tx: &mut Tx, intent: Id<Intent>, amount: Money, reason: &str) -> Result<()> {
    let (key, reason) = (format!("extra:{intent}"), reason.to_owned());
    payments::request_refund(tx, &RequestRefund { intent, amount, reason, key }).map(drop)
}

fn look_again(tx: &mut Tx, intent: Id<Intent>) -> Result<()> {
    let run_at = tx.now().plus_seconds(CHECK_SECONDS);
    let provider = payments::intent(tx, intent)?.provider;
    tx.schedule(&CHECK.job(intent.raw(), run_at).with(&provider))
}

/// What the provider's own page shows and needs, if the buyer has to go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What is paid for: the order's number.
    pub label: String,
    /// Where the buyer comes back to.
    pub return_url: String,
}

/// Asks the provider for the money of an intent and records the answer. Safe to repeat: the intent's id is the idempotency key.
/// When no answer comes it is [`Outcome::Pending`], and the job `payment.check` finds out.
/// Errors: unknown payment; a provider that is not here any more.
pub async fn pay(store: &Store, providers: &Providers, id: Id<Intent>, visit: &Visit) -> Result<Outcome> {
    let known = store.read(move |db| payments::intent(db, id)).await?;
    pay_known(store, providers, known, visit).await
}

/// [`pay`] of an intent that was just read.
pub async fn pay_known(store: &Store, providers: &Providers, known: Intent, visit: &Visit) -> Result<Outcome> {
    if let Some(outcome) = already(&known) {
        return Ok(outcome);
    }
    let id = known.id;
    let provider = providers.named(&known.provider)?;
    let ask = Authorise {
        intent: id,
        amount: known.amount,
        method: known.method,
        capture: true,
        label: visit.label.clone(),
        return_url: visit.return_url.clone(),
    };
    match provider.authorise(&ask).await {
        Ok(outcome) => take(store, providers, id, outcome).await,
        Err(error) if error.kind == Kind::Unavailable => {
            store.write(move |tx| look_again(tx, id)).await?;
            Ok(Outcome::Pending)
        }
        Err(error) => Err(error),
    }
}

/// What is known already needs no question.
pub(crate) fn already(intent: &Intent) -> Option<Outcome> {
    match intent.state {
        State::Captured => Some(Outcome::Captured { reference: intent.reference.clone(), amount: intent.amount }),
        State::Differs => Some(Outcome::Declined { code: AMOUNT_DIFFERS.into() }),
        State::Declined => Some(Outcome::Declined { code: intent.decline_code.clone() }),
        State::Voided => Some(Outcome::Voided),
        State::ActionRequired => {
            Some(Outcome::ActionRequired { url: intent.action_url.clone(), reference: intent.reference.clone() })
        }
        State::Created | State::Pending | State::Authorised => None,
    }
}

/// Records an answer and gives what is true then; what was only set aside is taken at once. An answer that came after the
/// attempt had been let go opens nothing: what it opened at the provider is let go too, before anybody hears of it.
pub(crate) async fn take(store: &Store, providers: &Providers, id: Id<Intent>, outcome: Outcome) -> Result<Outcome> {
    let news = Settle { intent: id, outcome: outcome.clone(), notice: None };
    let Some(known) = store.write(move |tx| recorded(tx, &news)).await? else {
        return follow(store, providers, id, outcome).await;
    };
    match outcome {
        Outcome::ActionRequired { reference, .. } | Outcome::Authorised { reference }
            if matches!(known.state, State::Declined | State::Voided) =>
        {
            providers.named(&known.provider)?.void(&Intent { reference, ..known.clone() }).await?;
            Ok(already(&known).unwrap_or(Outcome::Voided))
        }
        outcome => Ok(already(&known).unwrap_or(outcome)),
    }
}

/// The news was news: what was only set aside is taken.
async fn follow(store: &Store, providers: &Providers, id: Id<Intent>, outcome: Outcome) -> Result<Outcome> {
    match outcome {
        Outcome::Authorised { .. } => capture(store, providers, id).await,
        outcome => Ok(outcome),
    }
}

/// Records news; gives the intent as it is unless it is now what the news says.
fn recorded(tx: &mut Tx, news: &Settle) -> Result<Option<Intent>> {
    let settled = settle(tx, news)?;
    if settled.changed && settled.state != State::Differs {
        return Ok(None);
    }
    payments::intent(tx, news.intent).map(Some)
}

/// Takes what was set aside. When no answer comes the job `payment.check` finds out.
pub async fn capture(store: &Store, providers: &Providers, id: Id<Intent>) -> Result<Outcome> {
    let known = store.read(move |db| payments::intent(db, id)).await?;
    let outcome = match providers.named(&known.provider)?.capture(&known).await {
        Ok(outcome) => outcome,
        Err(error) if error.kind == Kind::Unavailable => return Ok(Outcome::Pending),
        Err(error) => return Err(error),
    };
    let news = Settle { intent: id, outcome: outcome.clone(), notice: None };
    let known = store.write(move |tx| recorded(tx, &news)).await?;
    Ok(known.as_ref().and_then(already).unwrap_or(outcome))
}

/// The job `payment.check`: asks the provider how an intent stands and records it.
/// Errors: unavailable when the provider does not answer, or says `payment_pending`: the job is tried again, later and later.
pub async fn check(store: &Store, providers: &Providers, id: Id<Intent>) -> Result<Outcome> {
    match look(store, providers, id).await? {
        Outcome::Pending | Outcome::Authorised { .. } => Err(still_pending()),
        outcome => Ok(outcome),
    }
}

pub(crate) fn still_pending() -> Error {
    Error::unavailable("payment_pending", "The provider is still working on this payment.")
}

/// How an intent stands by the provider's word, recorded.
pub(crate) async fn look(store: &Store, providers: &Providers, id: Id<Intent>) -> Result<Outcome> {
    let known = store.read(move |db| payments::intent(db, id)).await?;
    if let Some(outcome) = already(&known).filter(|_| known.state.is_final()) {
        return Ok(outcome);
    }
    let outcome = payments::check(providers, store, id).await?;
    take(store, providers, id, outcome).await
}

/// Asks about every attempt to pay an order that waits for the buyer, who has just come back from the provider's page. When no
/// answer comes the webhook will tell, or the job `order.unpaid` asks again. Errors: the database's.
pub async fn returned(store: &Store, providers: &Providers, order: Id<Order>) -> Result<()> {
    let intents = store.read(move |db| payments::by_subject(db, order.raw())).await?;
    for intent in intents.iter().filter(|intent| intent.state == State::ActionRequired) {
        match look(store, providers, intent.id).await {
            Err(error) if error.kind != Kind::Unavailable => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
