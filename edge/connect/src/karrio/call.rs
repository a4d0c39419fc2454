//! One request to Karrio: JSON in, JSON out; and what its errors mean. No answer is not a refusal: then it may have happened.

use super::Karrio;
use crate::Address;
use base::{Error, Result};
use reqwest::{Method, RequestBuilder, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// Karrio asks carriers while it is asked: longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// How Karrio names a carrier that it did not reach or did not understand. The status is that of a carrier's refusal.
const BROKEN_OFF: &str = "SHIPPING_SDK_INTERNAL_ERROR";
/// Letters of a refusal that are kept.
const MOST_WORDS: usize = 500;

/// A definite answer.
pub(super) enum Answer<T> {
    /// It was done.
    Given(T),
    /// It was not done.
    Refused(Refused),
}

/// Why it was not done: by Karrio, or by the carrier behind it.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) words: String,
    /// Karrio broke off while it spoke with the carrier: what the carrier did is not known.
    pub(super) broken_off: bool,
}

/// Karrio tells its own errors and its carriers' messages in two lists of one form.
#[derive(Deserialize, Default)]
struct Told {
    #[serde(default)]
    errors: Vec<Message>,
    #[serde(default)]
    messages: Vec<Message>,
}

/// A message of Karrio or of a carrier.
#[derive(Deserialize, Default, Clone)]
pub(super) struct Message {
    #[serde(default)]
    code: Value,
    #[serde(default)]
    message: Value,
    #[serde(default)]
    details: Value,
    #[serde(default)]
    carrier_name: Option<String>,
}

impl Karrio {
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Answer<T>> {
        self.ask(self.client.request(Method::GET, self.url(path, query)?)).await
    }

    pub(super) async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &Value) -> Result<Answer<T>> {
        self.post_with(path, &[], body).await
    }

    pub(super) async fn post_with<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
        body: &Value,
    ) -> Result<Answer<T>> {
        let request = self.client.request(Method::POST, self.url(path, query)?);
        let request = request.header(header::CONTENT_TYPE, "application/json").body(body.to_string());
        self.ask(request).await
    }

    /// The address of `/v1/…`, below whatever path the server stands at.
    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Address> {
        let mut url = self.address.clone();
        let mut segments = url.path_segments_mut().map_err(|()| Error::internal("an address without a path"))?;
        segments.pop_if_empty().push("v1").extend(path);
        drop(segments);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>> {
        let request = request.header(header::AUTHORIZATION, format!("Token {}", self.key.reveal()));
        let answer = request.timeout(PATIENCE).send().await.map_err(|problem| silent(&problem))?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(|problem| silent(&problem))?;
        if (200..300).contains(&status) {
            // Done, but not understood: it must be asked again, not taken for a refusal.
            return serde_json::from_slice(&body).map(Answer::Given).map_err(|problem| silent(&problem));
        }
        let refused = Refused::read(status, &body);
        match status {
            401 | 403 => {
                tracing::error!(status, "Karrio does not accept the key; set ENTREPOT_CARRIER_KEY to one that may");
                Err(Error::unavailable("carrier_key", "The carrier connection does not accept this shop's key."))
            }
            // Too slow, too often, broken: it may or may not have happened.
            408 | 425 | 429 | 500.. => Err(silent(&refused)),
            _ => Ok(Answer::Refused(refused)),
        }
    }
}

fn silent(problem: &dyn fmt::Display) -> Error {
    Error::unavailable("carrier_silent", format!("The carrier connection gave no answer that counts: {problem}."))
}

/// Messages as a person reads them: each once.
pub(super) fn said(messages: &[Message]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for one in messages {
        let text = match &one.message {
            Value::String(text) => text.trim().to_owned(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let text = if text.is_empty() && !one.details.is_null() { one.details.to_string() } else { text };
        let line = match &one.carrier_name {
            Some(carrier) if !carrier.is_empty() => format!("{carrier}: {text}"),
            _ => text.clone(),
        };
        if !text.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    clean(&lines.join(" · "), MOST_WORDS)
}

/// A stranger's words on one line, without what no database keeps.
pub(super) fn clean(text: &str, most: usize) -> String {
    text.trim().chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(most).collect()
}

impl Refused {
    fn read(status: u16, body: &[u8]) -> Refused {
        let told: Told = serde_json::from_slice(body).unwrap_or_default();
        let all: Vec<Message> = told.errors.into_iter().chain(told.messages).collect();
        let words = match said(&all) {
            words if words.is_empty() => clean(&String::from_utf8_lossy(body), MOST_WORDS),
            words => words,
        };
        Refused { status, words, broken_off: all.iter().any(|one| one.code == BROKEN_OFF) }
    }

    /// An answer that a right request does not get.
    pub(super) fn unexpected(&self, deed: &str) -> Error {
        Error::internal(format!("Karrio refused to {deed}: {self}"))
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", format!("{} {}", self.status, self.words).trim_end())
    }
}
