//! The gate over real sockets: refusals leave the connection in order, hosts are ours, metrics are not everybody's.

use super::place::{Node, Place};
use super::shop::furnish;
use std::io::{Read, Write};
use std::net::TcpStream;

/// One answer: its head in small letters, and its body.
fn answer(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_lowercase();
            let length =
                head.split_once("content-length: ").map_or("0", |(_, rest)| rest.lines().next().unwrap_or("0"));
            if body.len() >= length.parse().unwrap() {
                return Some((head, body.to_owned()));
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(read) => all.extend_from_slice(&buffer[..read]),
        }
    }
}

fn connect(node: &Node) -> TcpStream {
    TcpStream::connect(&node.host).unwrap()
}

fn ask(node: &Node, request: &str) -> (String, String) {
    let mut stream = connect(node);
    stream.write_all(request.as_bytes()).unwrap();
    answer(&mut stream).unwrap_or_default()
}

fn get(node: &Node, path: &str, lines: &str) -> (String, String) {
    ask(node, &format!("GET {path} HTTP/1.1\r\nhost: {}\r\n{lines}\r\n", node.host))
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_refusal_the_connection_goes_on_or_says_that_it_closes() {
    let place = Place::each().remove(0);
    furnish(&place);
    let node = Node::start(&place).await;
    let unknown = "authorization: Bearer ek_nobody\r\n";
    let form = "content-type: application/x-www-form-urlencoded\r\n";
    let json = "content-type: application/json\r\n";
    let refusals = [
        ("401", "POST", "/api/people", json),
        ("401", "POST", "/api/seller/media", unknown),
        ("401", "POST", "/console/settings", form),
        ("403", "POST", "/cart/lines", "content-type: multipart/form-data; boundary=B\r\n"),
        ("404", "POST", "/no-such-page", form),
        ("404", "POST", "/api/no-such-thing", json),
        ("405", "DELETE", "/api/carts", json),
        ("415", "POST", "/api/carts", form),
        ("422", "POST", "/api/carts", json),
    ];
    for (status, method, path, lines) in refusals {
        for length in [0, 10, 20_000, 200_000, 2_000_000_usize] {
            let (name, body) = (format!("{method} {path} with {length} bytes"), vec![b'x'; length]);
            let head =
                format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n{lines}content-length: {length}\r\n\r\n", node.host);
            let mut stream = connect(&node);
            stream.write_all(head.as_bytes()).unwrap();
            // The server may close while we still send: it has said so then.
            let sent = stream.write_all(&body);
            let (said, _) = answer(&mut stream).unwrap_or_else(|| panic!("{name}: no answer reached us ({sent:?})"));
            let too_large = length > 256 * 1024 && said.starts_with("http/1.1 413");
            assert!(said.starts_with(&format!("http/1.1 {status}")) || too_large, "{name}: {said}");
            if said.contains("connection: close") {
                assert!(length > 100_000, "{name}: a small body is read over");
                continue;
            }
            stream.write_all(format!("GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", node.host).as_bytes()).unwrap();
            let (next, body) = answer(&mut stream).unwrap_or_else(|| panic!("{name}: closed without a word"));
            assert!(next.starts_with("http/1.1 200") && body == "ok\n", "{name}: {next}");
        }
    }
    let method = ask(&node, &format!("DELETE /api/carts HTTP/1.1\r\nhost: {}\r\n\r\n", node.host));
    assert!(method.0.contains("allow: post") && method.0.contains("application/problem+json"), "{}", method.0);
    assert!(method.1.contains("\"code\":\"wrong_method\""), "{}", method.1);
    let unknown = get(&node, "/api/no-such-thing", "");
    assert!(unknown.0.contains("application/problem+json"), "{}", unknown.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_our_own_hosts_are_answered() {
    let place = Place::each().remove(0);
    furnish(&place);
    let node = Node::start_with(&place, &["--base-url", "https://shop.example", "--host", "www.shop.example"]).await;
    let own = ["shop.example", "www.shop.example", "localhost", node.host.as_str()];
    for (hosts, wanted) in own.iter().map(|own| (format!("host: {own}\r\n"), "200")).chain([
        ("host: evil.example\r\n".to_owned(), "421"),
        ("host: shop.example\r\nhost: evil.example\r\n".to_owned(), "400"),
        ("host: a b\r\n".to_owned(), "400"),
        (String::new(), "400"),
    ]) {
        let (said, _) = ask(&node, &format!("GET /forgot-password HTTP/1.1\r\n{hosts}\r\n"));
        assert!(said.starts_with(&format!("http/1.1 {wanted}")), "{hosts}: {said}");
    }
    let (said, _) = get(&node, "/sign-in", "");
    assert!(said.contains("strict-transport-security: max-age=31536000"), "{said}");
    assert!(said.contains("__host-csrf=") && said.contains("; secure"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_read_on_this_machine_or_with_the_token() {
    let place = Place::each().remove(0);
    furnish(&place);
    let status = |node: &Node, lines: &str| get(node, "/metrics", lines).0["http/1.1 ".len()..][..3].to_owned();
    let node = Node::start(&place).await;
    assert_eq!(status(&node, ""), "200", "this machine");
    assert_eq!(status(&node, "x-forwarded-for: 192.0.2.1\r\n"), "403", "somebody through a proxy");
    drop(node);
    let node = Node::start_with(&place, &["--behind-proxy"]).await;
    assert_eq!(status(&node, ""), "403");
    let proxied = get(&node, "/sign-in", "x-forwarded-proto: https\r\n").0;
    assert!(proxied.contains("; secure") && proxied.contains("strict-transport-security"), "{proxied}");
    let plain = get(&node, "/sign-in", "").0;
    assert!(!plain.contains("; secure") && !plain.contains("strict-transport-security"), "{plain}");
    drop(node);
    let node = Node::start_with(&place, &["--metrics-token", "hush"]).await;
    assert_eq!(status(&node, ""), "401");
    assert_eq!(status(&node, "authorization: Bearer hus\r\n"), "401");
    assert_eq!(status(&node, "authorization: Bearer hush\r\n"), "200");
}
