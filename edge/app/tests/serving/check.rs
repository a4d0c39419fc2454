//! `entrepot check` looks and touches nothing; it proves a head that was written down; a server on a damaged file is not ready.

use super::place::{Node, Place, program};
use super::shop::{buy, furnish};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Output;
use store::params;

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Places an order over HTTP, stops the server and seals everything that was written.
async fn traded(place: &Place) {
    let shop = furnish(place);
    let node = Node::start(place).await;
    let mut client = node.client().await;
    buy(&mut client, &shop).await.unwrap();
    node.terminate();
    assert!(node.ended().success());
    tokio::task::block_in_place(|| {
        let store = place.open();
        // As if it had run an hour ago, when all of this had not been written yet, and an hour from now.
        let seen = "UPDATE store_setting SET value = value + 3600000000 WHERE name = 'seal_seen'";
        let ahead = store::Clock::adjustable();
        ahead.advance_seconds(7200);
        store.write_blocking(store::seal).unwrap();
        store.write_blocking(move |tx| tx.run(seen, params![])).unwrap();
        store.close();
        let options =
            store::Options { clock: ahead, ..store::Options::new(place.args()[1].parse().unwrap(), works::schemas()) };
        let store = store::Store::open(options).unwrap();
        store::testing::settle(&store);
        store.write_blocking(store::seal).unwrap();
        store.close();
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_was_written_down_is_proved_and_a_change_is_named() {
    for place in Place::each() {
        traded(&place).await;
        let first = place.run(&["check"]);
        let words = said(&first);
        assert!(first.status.success() && words.contains("does hold"), "{words}");
        assert!(words.contains("ok  looked at the database's own structure"), "{words}");
        let head = words.split("Sealed up to block ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        let again = place.run(&["check", "--expect-head", &head]);
        assert!(again.status.success(), "{}", said(&again));
        let other = format!("{}{}", &head[..head.len() - 1], if head.ends_with('0') { '1' } else { '0' });
        let wrong = place.run(&["check", "--expect-head", &other]);
        assert!(
            !wrong.status.success() && said(&wrong).contains("is not the one that was written down"),
            "{}",
            said(&wrong)
        );
        assert_eq!(place.run(&["check", "--expect-head", "17"]).status.code(), Some(2), "no head is a wrong argument");
        // Somebody changes who did it, in the database itself.
        tokio::task::block_in_place(|| {
            let store = place.open();
            let change = "UPDATE event SET actor = 'person:1' WHERE kind = 'order.placed'";
            store.write_blocking(move |tx| tx.run(change, params![])).unwrap();
            store.close();
        });
        let broken = said(&place.run(&["check"]));
        assert!(broken.contains("BROKEN  what was sealed is as it was sealed: block"), "{broken}");
        assert!(broken.contains("(event, ") && broken.contains("1 findings"), "{broken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_found_and_its_server_is_not_ready() {
    let place = Place::Folder(tempfile::tempdir().unwrap());
    traded(&place).await;
    let file = Path::new(&place.args()[1]).join("entrepot.db");
    // A page of a table that a start does not read.
    let page = tokio::task::block_in_place(|| {
        let store = place.open();
        let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'order_access'";
        let page: i64 = store.read_blocking(move |db| db.raw(root, params![])?[0].get(0)).unwrap();
        store.close();
        page as u64 - 1
    });
    let noise: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let mut opened = std::fs::OpenOptions::new().write(true).open(&file).unwrap();
    opened.seek(SeekFrom::Start(page * 4096)).unwrap();
    opened.write_all(&noise).unwrap();
    drop(opened);
    let check = place.run(&["check"]);
    assert!(!check.status.success() && said(&check).contains("BROKEN"), "{}", said(&check));
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut server = program().args(["serve", "--listen", &free]).args(place.args()).spawn().unwrap();
    let reply = loop {
        assert!(server.try_wait().unwrap().is_none(), "it serves what can still be read");
        if let Ok(mut client) = bench::client::Client::connect(&free).await
            && let Ok(reply) = client.get("/readyz").await
        {
            assert_ne!(reply.status, 200, "a node on a damaged file was ready");
            if !String::from_utf8_lossy(&reply.body).contains("checking") {
                break reply;
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    let words = String::from_utf8_lossy(&reply.body).into_owned();
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(reply.status, 503);
    assert!(words.starts_with("damaged: "), "{words}");
}
