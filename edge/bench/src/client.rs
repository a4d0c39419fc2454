//! A small HTTP/1.1 client for loopback: one kept-alive connection, one request at a time.

use base::{Error, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Method, Request};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// A kept-alive connection to the server under test.
pub struct Client {
    host: String,
    sender: SendRequest<Full<Bytes>>,
    /// Requests sent so far.
    pub calls: u64,
}

/// What came back.
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl Reply {
    /// The body as JSON. Errors (internal): a status of 400 or more, or no JSON.
    pub fn json(&self) -> Result<serde_json::Value> {
        if self.status >= 400 {
            let text = String::from_utf8_lossy(&self.body);
            return Err(Error::unavailable("unexpected_status", format!("{} {text}", self.status)));
        }
        serde_json::from_slice(&self.body).map_err(Error::internal)
    }
}

impl Client {
    /// Connects to `host` (`127.0.0.1:8080`).
    pub async fn connect(host: &str) -> Result<Client> {
        let stream = TcpStream::connect(host).await.map_err(lost)?;
        stream.set_nodelay(true).map_err(lost)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(lost)?;
        tokio::spawn(async move {
            if let Err(problem) = connection.await {
                tracing::debug!(%problem, "connection ended");
            }
        });
        Ok(Client { host: host.to_owned(), sender, calls: 0 })
    }

    /// GET.
    pub async fn get(&mut self, path: &str) -> Result<Reply> {
        self.send(Method::GET, path, &[], Bytes::new()).await
    }

    /// GET by someone who reads `language` (an Accept-Language header).
    pub async fn get_as(&mut self, path: &str, language: &str) -> Result<Reply> {
        self.send(Method::GET, path, &[("accept-language", language)], Bytes::new()).await
    }

    /// POST of a JSON body with extra headers.
    pub async fn post(&mut self, path: &str, headers: &[(&str, &str)], body: &serde_json::Value) -> Result<Reply> {
        self.send(Method::POST, path, headers, Bytes::from(body.to_string())).await
    }

    /// Any request. A body is JSON unless the headers say otherwise. Errors: unavailable, when the connection ends.
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Bytes) -> Result<Reply> {
        let mut request = Request::builder().method(method).uri(path).header("host", &self.host);
        if !body.is_empty() && !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(body)).map_err(Error::internal)?;
        self.sender.ready().await.map_err(lost)?;
        self.calls += 1;
        let response = self.sender.send_request(request).await.map_err(lost)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.into_body().collect().await.map_err(lost)?.to_bytes();
        Ok(Reply { status, headers, body })
    }
}

fn lost(problem: impl std::fmt::Display) -> Error {
    Error::unavailable("server_lost", format!("The server does not answer: {problem}."))
}
