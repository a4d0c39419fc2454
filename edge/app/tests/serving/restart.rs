//! Stopping answers what is open; the next start finds everything as it was.

use super::place::{Node, Place};
use super::shop::{buy, cart, furnish, order, quote, seen};
use std::io::{Read, Write};
use std::net::TcpStream;

/// What a guest sends to make a cart, as it goes over the wire.
fn cart_request(host: &str, offer: &str) -> (String, String) {
    let lines = format!("[{{\"offer\":\"{offer}\",\"quantity\":1}}]");
    let body = format!("{{\"destination\":\"DE\",\"currency\":\"EUR\",\"lines\":{lines}}}");
    let head = format!(
        "POST /api/carts HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (head, body)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_request_is_answered_and_the_next_start_finds_everything() {
    for place in Place::each() {
        let shop = furnish(&place);
        let node = Node::start(&place).await;
        let mut client = node.client().await;
        let paid = buy(&mut client, &shop).await.unwrap();
        // A cart with its quote waits over the restart.
        let waiting = cart(&mut client, &shop).await.unwrap();
        let quoted = quote(&mut client, &waiting).await.unwrap();
        // Half of a request has arrived when the signal comes; the server has read it, for it asks nothing more of the
        // client than the other half.
        let (head, body) = cart_request(&node.host, &shop.offer);
        let mut open = TcpStream::connect(&node.host).unwrap();
        let (first, second) = body.split_at(body.len() / 2);
        open.write_all(format!("{head}{first}").as_bytes()).unwrap();
        assert_eq!(client.get("/healthz").await.unwrap().status, 200);
        node.terminate();
        while TcpStream::connect(&node.host).is_ok() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        // The client takes its time: long enough for the whole house to be checked.
        place.check();
        open.write_all(second.as_bytes()).unwrap();
        let mut answer = String::new();
        open.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        assert!(node.ended().success(), "a clean end");

        let node = Node::start(&place).await;
        let mut client = node.client().await;
        assert_eq!(seen(&mut client, &paid).await.unwrap()["payment"], "paid");
        let placed = order(&mut client, &waiting, &quoted, "4242424242424242").await.unwrap();
        assert_eq!(placed["payment"]["state"], "captured", "the quote held over the restart: {placed}");
        node.terminate();
        assert!(node.ended().success());
        place.check();
        let store = place.open();
        let held = "SELECT COUNT(*) FROM job WHERE locked_until IS NOT NULL";
        let held: i64 = store.read_blocking(move |db| db.raw(held, &[])).unwrap()[0].get(0).unwrap();
        assert_eq!(held, 0, "no job is held by a process that has ended");
        store.close();
    }
}
