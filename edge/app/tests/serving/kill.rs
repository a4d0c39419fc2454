//! Kill -9 while buyers check out: what was answered is there when the server is back, on both engines.

use super::place::{Node, Place};
use super::shop::{self, Shop, buy, furnish, nothing_is_lost};
use bench::client::Client;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const BUYERS: usize = 6;
const ROUNDS: usize = 3;
/// Orders answered in a round before the server is killed.
const ORDERS: usize = 20;

/// Buys until the server is gone; what was answered.
async fn shopping(mut client: Client, shop: Shop, answered: Arc<AtomicUsize>) -> Vec<Value> {
    let mut orders = Vec::new();
    while let Ok(order) = buy(&mut client, &shop).await {
        assert_eq!(order["payment"]["state"], "captured", "{order}");
        orders.push(order);
        answered.fetch_add(1, Ordering::SeqCst);
    }
    orders
}

async fn round(place: &Place, shop: &Shop) -> Vec<Value> {
    let node = Node::start(place).await;
    let answered = Arc::new(AtomicUsize::new(0));
    let mut buyers = Vec::new();
    for _ in 0..BUYERS {
        buyers.push(tokio::spawn(shopping(node.client().await, shop.clone(), answered.clone())));
    }
    while answered.load(Ordering::SeqCst) < ORDERS {
        assert!(buyers.iter().any(|buyer| !buyer.is_finished()), "every buyer was refused");
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    node.kill();
    let mut orders = Vec::new();
    for buyer in buyers {
        orders.extend(buyer.await.unwrap());
    }
    orders
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_9_under_load_loses_no_answered_order() {
    for place in Place::each() {
        let shop = furnish(&place);
        let mut answered = Vec::new();
        for _ in 0..ROUNDS {
            answered.extend(round(&place, &shop).await);
            nothing_is_lost(&place, &answered);
        }
        assert!(answered.len() >= ROUNDS * ORDERS);
        // And the server itself tells each buyer so, and sells on.
        let node = Node::start(&place).await;
        let mut client = node.client().await;
        for order in &answered {
            assert_eq!(shop::seen(&mut client, order).await.unwrap()["payment"], "paid");
        }
        answered.push(buy(&mut client, &shop).await.unwrap());
        node.terminate();
        assert!(node.ended().success());
        nothing_is_lost(&place, &answered);
        place.check();
    }
}
