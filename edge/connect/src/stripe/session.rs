//! What Stripe's objects say, in the house's words: sessions, payment intents, refunds. Fields that are not needed are not read.

use super::amount;
use super::call::Problem;
use base::{Currency, Error, Id, Money, Result};
use payments::{Outcome, RefundOutcome};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names and values that we gave an object.
pub(super) type Metadata = BTreeMap<String, String>;

/// A hosted page, and what became of it.
#[derive(Deserialize, Debug)]
pub(super) struct Session {
    pub(super) id: String,
    url: Option<String>,
    status: Option<String>,
    payment_status: Option<String>,
    payment_intent: Option<Paying>,
    /// What the buyer is charged in all, in Stripe's units.
    amount_total: Option<i64>,
    currency: Option<String>,
    pub(super) client_reference_id: Option<String>,
    #[serde(default)]
    pub(super) metadata: Metadata,
}

#[derive(Deserialize)]
pub(super) struct SessionList {
    pub(super) data: Vec<Session>,
    pub(super) has_more: bool,
}

/// The payment behind a session: its id, or all of it where that was asked for.
#[derive(Deserialize, Debug)]
#[serde(untagged)]
enum Paying {
    Id(String),
    Whole(Box<PaymentIntent>),
}

#[derive(Deserialize, Debug)]
pub(super) struct PaymentIntent {
    id: String,
    status: String,
    amount_received: Option<i64>,
    currency: Option<String>,
    last_payment_error: Option<Problem>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Refund {
    pub(super) id: String,
    status: Option<String>,
    failure_reason: Option<String>,
    #[serde(default)]
    pub(super) metadata: Metadata,
}

#[derive(Deserialize)]
pub(super) struct RefundList {
    pub(super) data: Vec<Refund>,
    pub(super) has_more: bool,
}

impl Session {
    /// How the payment stands. Errors (internal): an answer that makes no sense.
    pub(super) fn outcome(&self) -> Result<Outcome> {
        match (self.status.as_deref(), self.payment_status.as_deref()) {
            (Some("open"), _) => {
                let url = self.url.clone().ok_or_else(|| Error::internal("an open session has no address"))?;
                Ok(Outcome::ActionRequired { url, reference: self.id.clone() })
            }
            (Some("expired"), _) => Ok(Outcome::Voided),
            (Some("complete"), Some("paid")) => self.captured(),
            (Some("complete"), _) => match &self.payment_intent {
                Some(Paying::Whole(whole)) => whole.outcome(&self.id),
                _ => Ok(Outcome::Pending),
            },
            (status, _) => Err(Error::internal(format!("a session has the state {status:?}"))),
        }
    }

    /// What was taken: by the payment itself where it was asked for, else what the session says that the buyer pays.
    fn captured(&self) -> Result<Outcome> {
        let reference = self.money()?.to_owned();
        let amount = match &self.payment_intent {
            Some(Paying::Whole(whole)) if whole.amount_received.is_some() => whole.received()?,
            _ => told(self.amount_total, self.currency.as_deref(), &self.id)?,
        };
        Ok(Outcome::Captured { reference, amount })
    }

    /// Id of the payment behind it.
    pub(super) fn money(&self) -> Result<&str> {
        match &self.payment_intent {
            Some(Paying::Id(id)) => Ok(id),
            Some(Paying::Whole(whole)) => Ok(&whole.id),
            None => Err(Error::internal(format!("the session {} has no payment", self.id))),
        }
    }
}

impl PaymentIntent {
    /// How the payment of a completed session stands. What is only set aside keeps the session as its reference.
    /// Errors (internal): an amount that makes no sense.
    pub(super) fn outcome(&self, session: &str) -> Result<Outcome> {
        Ok(match self.status.as_str() {
            "succeeded" => Outcome::Captured { reference: self.id.clone(), amount: self.received()? },
            "requires_capture" => Outcome::Authorised { reference: session.to_owned() },
            "canceled" if self.last_payment_error.is_none() => Outcome::Voided,
            "canceled" | "requires_payment_method" => {
                let code = self.last_payment_error.as_ref().map_or("declined", Problem::decline);
                Outcome::Declined { code: code.into() }
            }
            _ => Outcome::Pending,
        })
    }

    fn received(&self) -> Result<Money> {
        told(self.amount_received, self.currency.as_deref(), &self.id)
    }
}

/// An amount as Stripe tells it. Errors (internal): none, or one that its currency cannot have.
fn told(amount: Option<i64>, currency: Option<&str>, of: &str) -> Result<Money> {
    let currency = currency.and_then(|code| code.to_uppercase().parse::<Currency>().ok());
    let money = amount.zip(currency).and_then(|(amount, currency)| amount::received(amount, currency));
    money.ok_or_else(|| Error::internal(format!("{of} says no amount that can be read")))
}

impl Refund {
    pub(super) fn outcome(&self) -> RefundOutcome {
        match self.status.as_deref() {
            Some("succeeded") => RefundOutcome::Succeeded { reference: self.id.clone() },
            Some("failed" | "canceled") => {
                RefundOutcome::Failed { code: self.failure_reason.clone().unwrap_or_else(|| "declined".into()) }
            }
            _ => RefundOutcome::Pending,
        }
    }
}

/// An id of ours in Stripe's metadata; none for what was made by hand in the dashboard.
pub(super) fn own<T: base::Tag>(metadata: &Metadata, name: &str) -> Option<Id<T>> {
    metadata.get(name).and_then(|text| text.parse().ok())
}
