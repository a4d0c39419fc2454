//! Connections: every wait on one has a clock, and neither one address nor all together have too many of them.
//!
//! A client that sends half a request, reads no answer or says nothing is cut after its time; one that is at its limit of
//! connections loses the one that has waited longest for it, never one that is being answered.

mod clocked;
mod limits;
mod slots;

pub use limits::{CONNECTIONS, Limits, PER_ADDRESS};
pub use slots::Slots;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::Response;
use base::Result;
use clocked::Clocked;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use slots::{AtWork, Slot};
use std::future::Future;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

/// Largest head of a request, in bytes, and how many lines it may have: beyond it is answered with 431.
const HEAD_BYTES: usize = 32 * 1024;
const HEAD_LINES: usize = 100;
/// While nothing more can be accepted because the system has no more to give.
const BREATH: Duration = Duration::from_millis(50);

/// Answers requests until `stop`, and those that are open then. Errors: the port cannot be read.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let slots = Arc::new(Slots::new(limits.connections, limits.per_address));
    // Every connection holds a receiver: when the last is gone, all are answered.
    let (stopping, heard) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, address)) => match slots.admit(address.ip()) {
                Some(slot) => {
                    drop(tokio::spawn(converse(stream, address, slot, router.clone(), limits, heard.clone())));
                }
                None => refuse(&stream),
            },
            Err(problem) if is_the_clients(&problem) => {}
            // Mostly too many open files: whoever waits longest makes room.
            Err(problem) => {
                tracing::warn!(%problem, "a connection could not be accepted");
                slots.make_room();
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop((listener, heard));
    // Nobody may listen any more: then there is nobody to tell.
    let _ = stopping.send(());
    if tokio::time::timeout(limits.finish, stopping.closed()).await.is_err() {
        tracing::warn!("some requests were still open and are broken off");
    }
    Ok(())
}

/// The client has gone before it was welcomed.
fn is_the_clients(problem: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(problem.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Every connection that this address may have is being answered.
fn refuse(stream: &TcpStream) {
    const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\ncontent-length: 43\r\n\
        retry-after: 1\r\nconnection: close\r\n\r\nToo many connections at once; wait a while.";
    // It is small enough for the empty buffer of a fresh connection; if not, closing says the same.
    drop(stream.try_write(ANSWER));
}

/// One connection's life.
async fn converse(
    stream: TcpStream,
    address: SocketAddr,
    slot: Slot,
    router: Router,
    limits: Limits,
    mut stopping: watch::Receiver<()>,
) {
    drop(stream.set_nodelay(true));
    let state = slot.state();
    let io = TokioIo::new(Clocked::new(stream, state.clone(), limits));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let at_work = AtWork::begin(&state);
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(address));
        let answered = router.clone().oneshot(request);
        async move { answered.await.map(|response: Response<Body>| response.map(|body| Answer { body, _at_work: at_work })) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.idle);
    http.max_headers(HEAD_LINES).max_header_size(HEAD_BYTES);
    let mut connection = pin!(http.serve_connection(io, service));
    tokio::select! {
        ended = connection.as_mut() => return note(ended),
        () = slot.asked_to_go() => return,
        _ = stopping.changed() => {}
    }
    // What has been sent before the stop is still read; whoever has only begun to speak by then is not waited for.
    tokio::select! {
        ended = connection.as_mut() => return note(ended),
        () = tokio::time::sleep(limits.parting) => connection.as_mut().graceful_shutdown(),
    }
    tokio::select! {
        ended = connection.as_mut() => return note(ended),
        () = tokio::time::sleep(limits.parting) => {}
    }
    if slot.state().is_at_work() {
        note(connection.await);
    }
}

fn note(ended: hyper::Result<()>) {
    if let Err(problem) = ended {
        tracing::debug!(%problem, "a connection ended");
    }
}

/// The body of an answer: until it is sent, or given up, the connection is at work.
struct Answer {
    body: Body,
    _at_work: AtWork,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
