//! Connections over real sockets: what is half said is cut, what is too much is refused, and nobody else waits for it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use app::listen::{Limits, serve};
use axum::Router;
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<base::Result<()>>,
}

async fn start(limits: Limits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let never = || async {
        std::future::pending::<()>().await;
    };
    let router = Router::new()
        .route("/", get(|| async { "here" }))
        .route("/take", post(|body: String| async move { body.len().to_string() }))
        .route("/never", get(never));
    let (stop, stopped) = oneshot::channel();
    let stopped = async { drop(stopped.await) };
    let served = tokio::spawn(serve(listener, router, limits, stopped));
    Server { address, stop, served }
}

/// Limits of which nothing but the one under test ends a connection.
fn patient() -> Limits {
    let long = Duration::from_secs(600);
    Limits {
        head: long,
        idle: long,
        stalled: long,
        finish: long,
        parting: Duration::from_millis(50),
        ..Limits::default()
    }
}

async fn send(server: &Server, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Everything until the server closes. One that was cut has said nothing.
async fn rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    drop(stream.read_to_end(&mut all).await);
    String::from_utf8_lossy(&all).into_owned()
}

/// One answer on a connection that stays open: its head and a body of known length.
async fn answer(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().split_once("content-length: ").unwrap().1.to_owned();
            if body.len() >= length.lines().next().unwrap().parse().unwrap() {
                return text;
            }
        }
        let mut buffer = [0; 1024];
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "closed after {text}");
        all.extend_from_slice(&buffer[..read]);
    }
}

const ASK: &str = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

#[tokio::test]
async fn half_a_head_is_cut_and_a_fresh_request_is_served_meanwhile() {
    let server = start(Limits { head: Duration::from_millis(300), ..patient() }).await;
    let mut halves = Vec::new();
    for _ in 0..50 {
        halves.push(send(&server, "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").await);
    }
    let mut fresh = send(&server, ASK).await;
    assert!(answer(&mut fresh).await.ends_with("here"));
    for half in &mut halves {
        assert_eq!(rest(half).await, "");
    }
    fresh.write_all(ASK.as_bytes()).await.unwrap();
    assert!(answer(&mut fresh).await.ends_with("here"), "silence between two requests is not half a head");
    // A second head that does not end is cut like the first.
    fresh.write_all(b"GET / HT").await.unwrap();
    assert_eq!(rest(&mut fresh).await, "");
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_its_time() {
    let server = start(Limits { idle: Duration::from_millis(200), ..patient() }).await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    let mut served = send(&server, ASK).await;
    assert!(answer(&mut served).await.ends_with("here"));
    assert_eq!((rest(&mut silent).await, rest(&mut served).await), (String::new(), String::new()));
}

#[tokio::test]
async fn an_address_at_its_limit_loses_who_waits_longest_and_never_who_is_answered() {
    let server = start(Limits { per_address: 3, ..patient() }).await;
    let mut busy = send(&server, "GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let mut half = send(&server, "GET / HTTP/1.1\r\n").await;
    let mut idle = send(&server, ASK).await;
    assert!(answer(&mut idle).await.ends_with("here"));
    let mut fresh = send(&server, ASK).await;
    assert!(answer(&mut fresh).await.ends_with("here"), "it took the place of the half head");
    assert_eq!(rest(&mut half).await, "");
    let mut more = Vec::new();
    for _ in 0..2 {
        more.push(send(&server, "GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await);
        // The server has seen it, for it has sent another away for it.
        let gone = if more.len() == 1 { &mut idle } else { &mut fresh };
        assert_eq!(rest(gone).await, "");
    }
    // They are at work as soon as they are read; the first that is refused proves it.
    let refused = loop {
        let mut one = send(&server, ASK).await;
        let said = rest_or_answer(&mut one).await;
        if said.contains("503") {
            break said;
        }
    };
    assert!(refused.contains("retry-after: 1") && refused.contains("connection: close"), "{refused}");
    let mut nothing = [0; 1];
    let waits = tokio::time::timeout(Duration::from_millis(50), busy.read(&mut nothing)).await;
    assert!(waits.is_err(), "who is being answered is not sent away");
}

async fn rest_or_answer(stream: &mut TcpStream) -> String {
    let mut buffer = [0; 1024];
    let read = stream.read(&mut buffer).await.unwrap_or(0);
    String::from_utf8_lossy(&buffer[..read]).into_owned()
}

#[tokio::test]
async fn a_stop_waits_for_answers_and_not_for_half_heads() {
    let server = start(patient()).await;
    let half = send(&server, "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").await;
    let idle = TcpStream::connect(server.address).await.unwrap();
    let mut begun =
        send(&server, "POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\nexpect: 100-continue\r\n\r\n").await;
    // The server asks for the body: the request is being answered.
    assert!(rest_or_answer(&mut begun).await.starts_with("HTTP/1.1 100"));
    server.stop.send(()).unwrap();
    begun.write_all(b"four").await.unwrap();
    assert!(rest(&mut begun).await.ends_with('4'), "what was open is answered");
    server.served.await.unwrap().unwrap();
    drop((half, idle));
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let server = start(Limits { finish: Duration::from_millis(200), ..patient() }).await;
    let stuck = send(&server, "GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let mut other = send(&server, ASK).await;
    assert!(answer(&mut other).await.ends_with("here"));
    server.stop.send(()).unwrap();
    server.served.await.unwrap().unwrap();
    drop(stuck);
}

#[tokio::test]
async fn heads_that_are_too_large_or_ambiguous_end_the_connection() {
    let server = start(patient()).await;
    let many: String = (0..200).map(|number| format!("x-{number}: 1\r\n")).collect();
    let long = format!("x-long: {}\r\n", "y".repeat(64 * 1024));
    for (name, lines, wanted) in [
        ("too many lines", many.as_str(), "HTTP/1.1 431"),
        ("too long", long.as_str(), "HTTP/1.1 431"),
        ("two lengths", "content-length: 1\r\ncontent-length: 2\r\n", "HTTP/1.1 400"),
        ("no number", "content-length: +1\r\n", "HTTP/1.1 400"),
        ("folded", "transfer-encoding: gzip\r\n", "HTTP/1.1 400"),
    ] {
        let mut stream = send(&server, &format!("POST /take HTTP/1.1\r\nhost: x\r\n{lines}\r\n")).await;
        let said = rest(&mut stream).await;
        assert!(said.starts_with(wanted), "{name}: {said}");
    }
    // A length beside chunks: the chunks count, and nothing that follows is taken for a request (RFC 9112, 6.1).
    for lines in
        ["content-length: 4\r\ntransfer-encoding: chunked\r\n", "transfer-encoding: chunked\r\ncontent-length: 4\r\n"]
    {
        let smuggled = format!("POST /take HTTP/1.1\r\nhost: x\r\n{lines}\r\n0\r\n\r\n{ASK}");
        let said = rest(&mut send(&server, &smuggled).await).await;
        assert_eq!(said.matches("HTTP/1.1").count(), 1, "{said}");
        assert!(!said.contains("here"), "{said}");
    }
}
