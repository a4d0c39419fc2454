//! A call of the API with an `Idempotency-Key` happens once: the same key and body get the first answer again, from any node,
//! also when many arrive together; another body is refused. Which routes take a key stands in the table of routes, all of it is
//! done here.
//!
//! A key is its caller's (API key, cart's or order's token), for one method and path. Kept is the answer of what was done
//! (2xx) for [`store::request::KEPT_HOURS`]; a refusal changed nothing, so it is not kept and its key may be used again. The
//! work goes on when the caller hangs up. Answers may hold what opens an order: they are sealed with a key made of what only
//! the caller knows, so that nobody can read them in the database.

use crate::app::App;
use crate::input;
use crate::route::{Once, Route};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use base::{Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::request::{self, Known};

/// Whoever works on a key loses it after so long: longer than any call works.
const LEASE_SECONDS: i64 = 60;
/// A late caller waits so long for the first one's answer,
const PATIENCE: Duration = Duration::from_secs(25);
/// looking again after pauses that grow up to this.
const LONGEST_PAUSE: Duration = Duration::from_millis(400);
/// Largest answer that is kept.
const ANSWER_BYTES: usize = 1024 * 1024;

/// A keyed call: the names of its key and input in the database, and what seals its answer.
#[derive(Clone)]
struct Call {
    key: String,
    input: String,
    seal: [u8; 32],
}

/// Runs the handler, once for a key. Errors: `required` (invalid) where a key must be sent, `idempotency_key_reused` (conflict),
/// `request_under_way` (conflict) when the first call does not come to its end in time.
pub async fn run(app: &App, route: Option<&Route>, request: Request, next: Next) -> Result<Response> {
    let once = route.map_or(Once::Never, |route| route.once);
    let key = match (once, input::maybe_idempotency_key(request.headers())?) {
        (Once::Must, None) => return Err(input::key_missing()),
        (Once::Never, _) | (_, None) => return Ok(next.run(request).await),
        (_, Some(key)) => key,
    };
    let (parts, body) = request.into_parts();
    let bytes = input::whole(Request::from_parts(parts.clone(), body), app).await?;
    let call = call(&parts.headers, &format!("{} {}", parts.method, parts.uri), &key, &bytes);
    let until = match first(app, &call).await? {
        Turn::Mine(until) => until,
        Turn::Answered(answer) => return Ok(answer),
    };
    let (app, request) = (app.clone(), Request::from_parts(parts, Body::from(bytes)));
    // The caller may hang up, or the gate lose its patience: what was begun is brought to its end, and its answer kept.
    let work = async move {
        let response = next.run(request).await;
        keep(&app, &call, until, response).await
    };
    tokio::spawn(work).await.map_err(|problem| Error::internal(format!("a handler did not end: {problem}")))?
}

/// Whose turn it is.
enum Turn {
    Mine(base::Moment),
    Answered(Response),
}

/// Takes the key, or waits for the answer of whoever has it.
async fn first(app: &App, call: &Call) -> Result<Turn> {
    let begun = tokio::time::Instant::now();
    let mut pause = Duration::from_millis(5);
    loop {
        let Call { key, input, .. } = call.clone();
        match app.store.write(move |tx| request::take(tx, &key, &input, LEASE_SECONDS)).await? {
            Known::Mine(until) => return Ok(Turn::Mine(until)),
            Known::Answered(answer) => return Ok(Turn::Answered(opened(call, &answer)?)),
            Known::Other => return Err(reused()),
            Known::UnderWay => {}
        }
        loop {
            if begun.elapsed() > PATIENCE {
                let say =
                    "The first call with this Idempotency-Key is still being worked on; send it again in a moment.";
                return Err(Error::conflict("request_under_way", say));
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
            let Call { key, input, .. } = call.clone();
            match app.store.read(move |db| request::look(db, &key, &input)).await? {
                Some(Known::Answered(answer)) => return Ok(Turn::Answered(opened(call, &answer)?)),
                Some(Known::Other) => return Err(reused()),
                Some(_) => {}
                // Let go, or its process died: whoever comes first takes it.
                None => break,
            }
        }
    }
}

fn reused() -> Error {
    Error::conflict("idempotency_key_reused", "This Idempotency-Key was used with another body; send a new one.")
}

fn call(headers: &HeaderMap, target: &str, key: &str, body: &[u8]) -> Call {
    let text = |name: &str| input::header(headers, name).unwrap_or_default();
    let digest = |purpose: &str, parts: &[&[u8]]| {
        let mut hash = Sha256::new_with_prefix(purpose);
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize()
    };
    let caller = [text("authorization"), text("cart-token"), text("order-token"), target, key].map(str::as_bytes);
    // The same JSON in other words is the same body.
    let canonical = serde_json::from_slice::<serde_json::Value>(body).map(|value| value.to_string());
    let body = canonical.as_ref().map_or(body, |text| text.as_bytes());
    Call {
        key: base::hex::digits(&digest("request key", &caller)),
        input: base::hex::digits(&digest("request body", &[body])),
        seal: digest("request answer", &caller).into(),
    }
}

/// Keeps the answer of what was done; lets the key go when nothing was.
async fn keep(app: &App, call: &Call, until: base::Moment, response: Response) -> Result<Response> {
    let key = call.key.clone();
    if !response.status().is_success() {
        app.store.write(move |tx| request::let_go(tx, &key, until)).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, ANSWER_BYTES).await.map_err(Error::internal)?;
    let media = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let answer = sealed(app, call, parts.status, media, &bytes)?;
    app.store.write(move |tx| request::answered(tx, &key, until, &answer)).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

/// A line with status and media type, then the body; sealed, in base64, its nonce first.
fn sealed(app: &App, call: &Call, status: StatusCode, media: &str, body: &[u8]) -> Result<String> {
    let mut text = format!("{} {media}\n", status.as_u16()).into_bytes();
    text.extend_from_slice(body);
    let mut nonce = [0; NONCE_LEN];
    nonce.copy_from_slice(&Sha256::digest(app.secrets.next().as_bytes())[..NONCE_LEN]);
    let given = Nonce::assume_unique_for_key(nonce);
    key_of(call)?.seal_in_place_append_tag(given, Aad::empty(), &mut text).map_err(Error::internal)?;
    Ok(STANDARD.encode([&nonce[..], &text].concat()))
}

fn key_of(call: &Call) -> Result<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, &call.seal).map(LessSafeKey::new).map_err(Error::internal)
}

fn opened(call: &Call, answer: &str) -> Result<Response> {
    let wrong = || Error::internal("an answer that was kept cannot be read");
    let bytes = STANDARD.decode(answer).map_err(|_| wrong())?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN).ok_or_else(wrong)?;
    let mut sealed = sealed.to_vec();
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(Error::internal)?;
    let text = key_of(call)?.open_in_place(nonce, Aad::empty(), &mut sealed).map_err(Error::internal)?;
    let end = text.iter().position(|byte| *byte == b'\n').ok_or_else(wrong)?;
    let (head, body) = (std::str::from_utf8(&text[..end]).map_err(|_| wrong())?, text[end + 1..].to_vec());
    let (status, media) = head.split_once(' ').ok_or_else(wrong)?;
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status.parse().map_err(|_| wrong())?;
    let headers = response.headers_mut();
    if !media.is_empty() {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(media).map_err(|_| wrong())?);
    }
    headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
    Ok(response)
}
