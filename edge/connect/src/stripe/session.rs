//! What Stripe's objects say, in the house's words: sessions, payment intents, refunds. Fields that are not needed are not read.

use super::call::Problem;
use base::{Error, Result};
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
    payment_intent: Option<Money>,
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
enum Money {
    Id(String),
    Whole(Box<PaymentIntent>),
}

#[derive(Deserialize, Debug)]
pub(super) struct PaymentIntent {
    id: String,
    status: String,
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
            (Some("complete"), Some("paid")) => Ok(Outcome::Captured { reference: self.money()?.to_owned() }),
            (Some("complete"), _) => match &self.payment_intent {
                Some(Money::Whole(whole)) => Ok(whole.outcome(&self.id)),
                _ => Ok(Outcome::Pending),
            },
            (status, _) => Err(Error::internal(format!("a session has the state {status:?}"))),
        }
    }

    /// Id of the payment behind it.
    pub(super) fn money(&self) -> Result<&str> {
        match &self.payment_intent {
            Some(Money::Id(id)) => Ok(id),
            Some(Money::Whole(whole)) => Ok(&whole.id),
            None => Err(Error::internal(format!("the session {} has no payment", self.id))),
        }
    }
}

impl PaymentIntent {
    /// How the payment of a completed session stands. What is only set aside keeps the session as its reference.
    pub(super) fn outcome(&self, session: &str) -> Outcome {
        match self.status.as_str() {
            "succeeded" => Outcome::Captured { reference: self.id.clone() },
            "requires_capture" => Outcome::Authorised { reference: session.to_owned() },
            "canceled" if self.last_payment_error.is_none() => Outcome::Voided,
            "canceled" | "requires_payment_method" => {
                let code = self.last_payment_error.as_ref().map_or("declined", Problem::decline);
                Outcome::Declined { code: code.into() }
            }
            _ => Outcome::Pending,
        }
    }
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
