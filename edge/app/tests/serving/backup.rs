//! A backup made while buyers write: it passes the check, holds what was answered before it began, and serves.

use super::place::{Node, Place, backup_of, check_folder};
use super::shop::{buy, furnish, seen};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_while_serving_is_whole_and_serves() {
    let place = Place::Folder(tempfile::tempdir().unwrap());
    let shop = furnish(&place);
    let node = Node::start(&place).await;
    let mut client = node.client().await;
    let mut before = Vec::new();
    for _ in 0..5 {
        before.push(buy(&mut client, &shop).await.unwrap());
    }
    let over = Arc::new(AtomicBool::new(false));
    let mut buyers = Vec::new();
    for _ in 0..4 {
        let (mut client, shop, over) = (node.client().await, shop.clone(), over.clone());
        buyers.push(tokio::spawn(async move {
            let mut bought = 0;
            while !over.load(Ordering::SeqCst) {
                buy(&mut client, &shop).await.unwrap();
                bought += 1;
            }
            bought
        }));
    }
    // Not before they are writing.
    before.push(buy(&mut client, &shop).await.unwrap());
    let copy = tempfile::tempdir().unwrap();
    let folder = copy.path().to_owned();
    let place = tokio::task::spawn_blocking(move || {
        backup_of(&place, &folder);
        place
    });
    let place = place.await.unwrap();
    over.store(true, Ordering::SeqCst);
    let mut bought = 0;
    for buyer in buyers {
        bought += buyer.await.unwrap();
    }
    assert!(bought > 0, "nobody wrote while it was made");
    let again = place.run(&["backup", copy.path().to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2), "a backup is never written over");
    node.terminate();
    assert!(node.ended().success());
    check_folder(copy.path());
    let restored = Node::start_in(copy.path()).await;
    let mut client = restored.client().await;
    for order in &before {
        assert_eq!(seen(&mut client, order).await.unwrap()["payment"], "paid", "answered before the backup began");
    }
    buy(&mut client, &shop).await.unwrap();
    restored.terminate();
    assert!(restored.ended().success());
    check_folder(copy.path());
}
