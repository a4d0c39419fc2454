//! Carrying webhooks to addresses that others wrote: public hosts only, no redirect, a quarter of a minute at most.

use crate::peers::Peers;
use base::Result;
use reqwest::{Client, Response, header};
use std::time::Duration;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read.
const READ: usize = 2048;

/// Carries messages out. Clones share its connections.
#[derive(Clone)]
pub struct Courier {
    peers: Peers,
    client: Client,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; none when there was no answer.
    pub status: Option<u16>,
    /// How the answer began, or why there was none.
    pub text: String,
    /// Seconds that it asked to wait.
    pub retry_after: Option<i64>,
}

impl Courier {
    /// Errors: internal, without a source of root certificates.
    pub fn new(peers: &Peers) -> Result<Courier> {
        Ok(Courier { peers: *peers, client: peers.public_client()? })
    }

    /// Posts JSON. What goes wrong is an answer too.
    pub async fn post(&self, url: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let failed = |text: String| Answer { text, ..Answer::default() };
        // Checked when it was registered; the rule may have become stricter since.
        let url = match self.peers.public("url", url) {
            Ok(url) => url,
            Err(error) => return failed(error.fields.first().map_or(error.message, |field| field.message.clone())),
        };
        let mut request = self.client.post(url).timeout(PATIENCE).header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match request.body(body).send().await {
            Ok(response) => answer(response).await,
            Err(problem) => failed(told(&problem)),
        }
    }
}

async fn answer(mut response: Response) -> Answer {
    let status = Some(response.status().as_u16());
    let asked = response.headers().get(header::RETRY_AFTER);
    let retry_after = asked.and_then(|value| value.to_str().ok()).and_then(|text| text.trim().parse().ok());
    let mut bytes = Vec::new();
    while bytes.len() < READ {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            // What was answered counts by its status, however it breaks off.
            Ok(None) | Err(_) => break,
        }
    }
    bytes.truncate(READ);
    Answer { status, text: String::from_utf8_lossy(&bytes).into_owned(), retry_after }
}

/// The innermost cause says most: “connection refused”, “no public host”.
fn told(problem: &reqwest::Error) -> String {
    if problem.is_timeout() {
        return format!("no answer within {} seconds", PATIENCE.as_secs());
    }
    let mut cause: &dyn std::error::Error = problem;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
