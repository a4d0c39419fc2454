//! What a request still has to send when it is answered: a small rest is read over so that the connection can go on, and where it
//! is not small the answer says that the connection closes. A body that stops coming is given up.

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tower_http::timeout::TimeoutBody;

/// Between two pieces of a body.
const STALLED: Duration = Duration::from_secs(15);
/// So much of an unread body is read over, for so long.
const REST_BYTES: u64 = 256 * 1024;
const REST_TIME: Duration = Duration::from_secs(1);

/// A body that is lent to the handler and comes back with what it has not read.
struct Rest {
    body: Body,
    /// Somebody has begun to read: a sender that waits for `100 Continue` was told to go on.
    is_asked_for: bool,
    is_over: bool,
    /// What came is no body, or stopped coming: nothing after it can be read.
    is_broken: bool,
}

struct Lent(Arc<Mutex<Rest>>);

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rest.is_asked_for = true;
        let polled = Pin::new(&mut rest.body).poll_frame(context);
        rest.is_over |= matches!(polled, Poll::Ready(None));
        rest.is_broken |= matches!(polled, Poll::Ready(Some(Err(_))));
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).body.size_hint()
    }
}

/// The layer around every route.
pub async fn layer(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let waits = request.headers().contains_key(header::EXPECT);
    let (parts, body) = request.into_parts();
    let body = Body::new(TimeoutBody::new(STALLED, body));
    let rest = Arc::new(Mutex::new(Rest { body, is_asked_for: false, is_over: false, is_broken: false }));
    let mut response = next.run(Request::from_parts(parts, Body::new(Lent(rest.clone())))).await;
    // An answer that still reads its request has it to itself.
    let Some(rest) = Arc::into_inner(rest) else { return response };
    let rest = rest.into_inner().unwrap_or_else(PoisonError::into_inner);
    let is_left = || async { (waits && !rest.is_asked_for) || !read_over(rest.body).await };
    if rest.is_broken || (!rest.is_over && is_left().await) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Whether the body came to its end.
async fn read_over(mut body: Body) -> bool {
    if body.size_hint().lower() > REST_BYTES {
        return false;
    }
    let whole = async {
        let mut left = REST_BYTES;
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else { return false };
            let bytes = frame.data_ref().map_or(0, Bytes::len) as u64;
            let Some(less) = left.checked_sub(bytes) else { return false };
            left = less;
        }
        true
    };
    tokio::time::timeout(REST_TIME, whole).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::http::StatusCode;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use futures::stream;
    use tower::ServiceExt;

    async fn closes(body: Body, expects: bool) -> bool {
        let refuse = || async { StatusCode::UNAUTHORIZED };
        let router = Router::new().route("/refuse", post(refuse)).layer(from_fn(layer));
        let mut request = Request::post("/refuse");
        if expects {
            request = request.header(header::EXPECT, "100-continue");
        }
        let response = router.oneshot(request.body(body).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        response.headers().get(header::CONNECTION).is_some_and(|value| value == "close")
    }

    #[tokio::test]
    async fn a_broken_body_is_told_whoever_read_it() {
        let read = |request: Request| async {
            let whole = axum::body::to_bytes(request.into_body(), 1 << 20).await;
            if whole.is_ok() { StatusCode::OK } else { StatusCode::REQUEST_TIMEOUT }
        };
        let refuse = || async { StatusCode::UNAUTHORIZED };
        let router = Router::new().route("/read", post(read)).route("/refuse", post(refuse)).layer(from_fn(layer));
        for path in ["/read", "/refuse"] {
            let lie = [Ok(vec![0; 10]), Err(std::io::Error::from(std::io::ErrorKind::InvalidInput))];
            let request = Request::post(path).body(Body::from_stream(stream::iter(lie))).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert!(!response.status().is_success());
            assert_eq!(response.headers()[header::CONNECTION], "close", "{path}");
        }
        let request = Request::post("/read").body(pieces(2)).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert!(response.status() == StatusCode::OK && !response.headers().contains_key(header::CONNECTION));
    }

    fn pieces(count: usize) -> Body {
        let piece = || Ok::<_, std::convert::Infallible>(vec![0; 1024]);
        Body::from_stream(stream::iter(std::iter::repeat_with(piece).take(count)))
    }

    #[tokio::test]
    async fn a_small_rest_is_read_over_and_a_large_one_is_told() {
        assert!(!closes(Body::empty(), false).await);
        assert!(!closes(Body::from("{}"), false).await);
        assert!(!closes(pieces(200), false).await);
        assert!(closes(pieces(300), false).await, "of unknown length");
        assert!(closes(Body::from(vec![0; 300 * 1024]), false).await, "of known length");
        assert!(closes(Body::from("{}"), true).await, "a sender that waits to be asked is not asked");
        let never = Body::from_stream(stream::pending::<Result<Vec<u8>, std::convert::Infallible>>());
        assert!(closes(never, false).await, "one that does not come");
    }
}
