//! Fetching a file from an address that a stranger wrote: public hosts only, at every step, and never more than asked for.

use crate::peers::{Address, Peers};
use base::{Error, Result};
use bytes::{Bytes, BytesMut};
use reqwest::header::LOCATION;
use reqwest::{Client, Response};

/// How often an address may lead on to another.
const STEPS: usize = 4;

/// Fetches from strangers' addresses; clones share their connections.
#[derive(Clone, Debug)]
pub struct Fetcher {
    peers: Peers,
    client: Client,
}

impl Fetcher {
    /// Errors: internal, without a source of root certificates.
    pub fn new(peers: Peers) -> Result<Fetcher> {
        Ok(Fetcher { peers, client: peers.public_client()? })
    }

    /// The file at `address`, at most `limit` bytes. Every address that it leads on to is checked like the first. Errors: an
    /// address that is not allowed (invalid); `fetch_missing` (not found); `fetch_too_large` (invalid); `fetch_failed`
    /// (unavailable).
    pub async fn fetch(&self, address: &str, limit: usize) -> Result<Bytes> {
        let mut address = self.peers.public("url", address)?;
        for _ in 0..STEPS {
            let answer = self.client.get(address.clone()).send().await.map_err(|problem| failed(&problem))?;
            if !answer.status().is_redirection() {
                return body(answer, limit).await;
            }
            address = self.next(&address, &answer)?;
        }
        Err(Error::invalid("fetch_failed", "The address leads on too often."))
    }

    fn next(&self, address: &Address, answer: &Response) -> Result<Address> {
        let to = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let to = to.and_then(|to| address.join(to).ok());
        let to = to.ok_or_else(|| Error::invalid("fetch_failed", "The address leads nowhere."))?;
        self.peers.public("url", to.as_str())
    }
}

fn failed(problem: &reqwest::Error) -> Error {
    let why = if problem.is_timeout() { "does not answer in time" } else { "cannot be reached" };
    Error::unavailable("fetch_failed", format!("The other machine {why}."))
}

async fn body(mut answer: Response, limit: usize) -> Result<Bytes> {
    let status = answer.status().as_u16();
    match status {
        200 => {}
        404 | 410 => return Err(Error::not_found("fetch_missing", "There is nothing at this address.")),
        _ => return Err(Error::unavailable("fetch_failed", format!("The other machine answers {status}."))),
    }
    let too_large = || Error::invalid("fetch_too_large", format!("The file is larger than {} MB.", limit >> 20));
    if answer.content_length().is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut whole = BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(|problem| failed(&problem))? {
        if whole.len() + piece.len() > limit {
            return Err(too_large());
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}
