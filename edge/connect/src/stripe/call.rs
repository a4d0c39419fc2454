//! One request to Stripe: form in, JSON out; and what its errors mean. No answer is not a refusal: then it may have happened.

use super::Stripe;
use base::{Error, Result};
use reqwest::{RequestBuilder, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// The version of the API whose answers are read here, whatever the account's default is.
const VERSION: &str = "2024-06-20";

/// A definite answer.
pub(super) enum Answer<T> {
    /// It was done.
    Given(T),
    /// It was not done.
    Refused(Refused),
}

/// Why it was not done.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) kind: String,
    pub(super) code: String,
    decline_code: String,
    message: String,
}

#[derive(Deserialize, Default)]
struct Told {
    #[serde(default)]
    error: Problem,
}

/// The error object of an answer, and of a payment that failed.
#[derive(Deserialize, Default, Debug)]
pub(super) struct Problem {
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    decline_code: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

impl Stripe {
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &[(&str, &str)],
        key: Option<&str>,
    ) -> Result<Answer<T>> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.client.post(self.address.join(path).map_err(Error::internal)?);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        match key {
            Some(key) => self.ask(request.header("Idempotency-Key", key)).await,
            None => self.ask(request).await,
        }
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<Answer<T>> {
        let mut url = self.address.join(path).map_err(Error::internal)?;
        url.query_pairs_mut().extend_pairs(query);
        self.ask(self.client.get(url)).await
    }

    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>> {
        let request = request.bearer_auth(self.key.reveal()).header("Stripe-Version", VERSION);
        let answer = request.send().await.map_err(|problem| silent(&problem))?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(|problem| silent(&problem))?;
        if (200..300).contains(&status) {
            let read = serde_json::from_slice(&body);
            // Done, but not understood: it must be asked again, not taken for a refusal.
            return read.map(Answer::Given).map_err(|problem| silent(&problem));
        }
        let told: Told = serde_json::from_slice(&body).unwrap_or_default();
        let refused = Refused::new(status, told.error);
        match status {
            401 | 403 => {
                tracing::error!(status, "Stripe does not accept the key; set ENTREPOT_STRIPE_KEY to one that may");
                Err(Error::unavailable("provider_key", "Stripe does not accept this installation's key."))
            }
            // Of one key at once, too often, broken: it may or may not have happened.
            409 | 429 | 500.. => Err(silent(&refused)),
            _ if refused.kind == "idempotency_error" => Err(silent(&refused)),
            _ => Ok(Answer::Refused(refused)),
        }
    }
}

fn silent(problem: &dyn fmt::Display) -> Error {
    Error::unavailable("provider_silent", format!("Stripe gave no answer that counts: {problem}."))
}

impl Problem {
    /// The house's stable code of a decline.
    pub(super) fn decline(&self) -> &'static str {
        decline(self.code.as_deref().unwrap_or_default(), self.decline_code.as_deref().unwrap_or_default())
    }
}

fn decline(code: &str, decline_code: &str) -> &'static str {
    match (code, decline_code) {
        (_, "insufficient_funds") => "insufficient_funds",
        ("authentication_required" | "payment_intent_authentication_failure", _)
        | (_, "authentication_required" | "authentication_not_handled") => "authentication_failed",
        ("amount_too_small", _) => "amount_too_small",
        ("amount_too_large", _) => "amount_too_large",
        ("invalid_charge_amount_no_decimal_compatible" | "invalid_charge_amount", _) => "amount_not_chargeable",
        _ => "declined",
    }
}

impl Refused {
    fn new(status: u16, problem: Problem) -> Refused {
        Refused {
            status,
            kind: problem.kind.unwrap_or_default(),
            code: problem.code.unwrap_or_default(),
            decline_code: problem.decline_code.unwrap_or_default(),
            message: problem.message.unwrap_or_default(),
        }
    }

    /// The house's stable code: the bank's refusal, or Stripe's of the request itself.
    pub(super) fn decline(&self) -> &'static str {
        match decline(&self.code, &self.decline_code) {
            "declined" if self.kind != "card_error" => "provider_refused",
            code => code,
        }
    }

    /// The thing has gone on meanwhile: it is not in a state for this any more.
    pub(super) fn is_state(&self) -> bool {
        self.status == 400 && self.kind == "invalid_request_error"
    }

    pub(super) fn log(&self, deed: &str) {
        tracing::warn!(refused = %self, "Stripe refused to {deed}");
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Refused { status, kind, code, message, .. } = self;
        write!(f, "{status} {kind} {code}: {message}")
    }
}
