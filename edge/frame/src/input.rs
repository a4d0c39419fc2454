//! Headers and bodies of calls as the gate and the API read them, each refused with what is wrong.

use crate::app::App;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use base::{Error, Kind, Result};
use bytes::Bytes;

/// The whole body, whatever its media type says. Errors: larger than the route takes (413); it did not come whole (408).
pub async fn whole(request: Request, app: &App) -> Result<Bytes> {
    Bytes::from_request(request, app).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
            Error::too_large("too_large", "The body is larger than this address takes.")
        }
        _ => Error::new(Kind::Slow, "broken_off", "The body did not arrive whole. Send it again."),
    })
}

/// A header's text; nothing if it is absent, empty or not text.
pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).filter(|text| !text.is_empty())
}

/// The `Idempotency-Key` of a command that moves money or stock, for the deed's own books.
/// Errors: invalid when it is absent or longer than 200.
pub fn idempotency_key(headers: &HeaderMap) -> Result<String> {
    maybe_idempotency_key(headers)?.ok_or_else(key_missing)
}

/// The `Idempotency-Key`, if one was sent. Errors: invalid when it is empty, longer than 200 or no text.
pub fn maybe_idempotency_key(headers: &HeaderMap) -> Result<Option<String>> {
    if !headers.contains_key("idempotency-key") {
        return Ok(None);
    }
    let key = header(headers, "idempotency-key").filter(|key| key.len() <= 200);
    key.map(|key| Some(key.to_owned())).ok_or_else(key_missing)
}

/// What a call hears that must have a key.
pub fn key_missing() -> Error {
    let say = "Send an Idempotency-Key header of 1 to 200 characters: the same key does a thing once.";
    Error::field("Idempotency-Key", "required", say)
}
