//! A small shop in a place, and buyers who call its API.

use super::place::Place;
use base::{Actor, Currency, Money, Result};
use bench::client::Client;
use parties::NewApiKey;
use serde_json::{Value, json};
use shop_world::Thing;
use store::Tx;

pub const PASSWORD: &str = "a lantern in the harbour";
/// Loom's warehouse.
pub const WAREHOUSE: &str = "CN-1";

/// What tests need of the shop.
#[derive(Clone)]
pub struct Shop {
    pub seller: String,
    pub variant: String,
    pub offer: String,
    /// API keys.
    pub operator_key: String,
    pub seller_key: String,
}

/// An operator, and a seller with one thing on sale of which there is plenty.
pub fn furnish(place: &Place) -> Shop {
    let store = place.open();
    let hash = parties::hash_published(PASSWORD).unwrap();
    let shop = store.write_blocking(move |tx| people(tx, &hash)).unwrap();
    store.close();
    shop
}

fn people(tx: &mut Tx, hash: &str) -> Result<Shop> {
    offers::install_rates(tx)?;
    let house = shop_world::house(tx, hash)?;
    let loom = shop_world::seller(tx, "Loom", "CN")?;
    let shirt = shop_world::thing(tx, &loom, "shirt", "610910", 200, Money::new(1500, Currency::EUR))?;
    let Thing { variant, offer, warehouse, .. } = shirt;
    let plenty = stock::Move { warehouse, variant, quantity: 1_000_000, key: "plenty".into(), reason: "first".into() };
    stock::receive(tx, &plenty)?;
    let mut key = |organisation, role| {
        let new = NewApiKey { organisation, role, label: "test".into() };
        parties::create_api_key(tx, &new).map(|(_, secret)| format!("Bearer {secret}"))
    };
    let operator_key = key(house.organisation, base::Role::Admin)?;
    let seller_key = key(loom.organisation, base::Role::SellerOwner)?;
    let (seller, variant, offer) = (loom.organisation.to_string(), variant.to_string(), offer.to_string());
    Ok(Shop { seller, variant, offer, operator_key, seller_key })
}

/// A cart with one piece: its id and token.
pub async fn cart(client: &mut Client, shop: &Shop) -> Result<(String, String)> {
    let lines = json!([{ "offer": shop.offer, "quantity": 1 }]);
    let body = json!({ "destination": "DE", "currency": "EUR", "language": "en", "lines": lines });
    let cart = client.post("/api/carts", &[], &body).await?.json()?;
    Ok((text(&cart, "id"), text(&cart, "token")))
}

/// The id of a quote for it.
pub async fn quote(client: &mut Client, (cart, token): &(String, String)) -> Result<String> {
    let address = json!({
        "country": "DE", "name": "Jana Köhler", "street": "Torstraße 90", "postcode": "10119", "city": "Berlin",
        "phone": "+49 30 1234567",
    });
    let path = format!("/api/carts/{cart}/quote");
    let quote = client.post(&path, &[("cart-token", token)], &json!({ "address": address })).await?.json()?;
    Ok(text(&quote, "id"))
}

/// The order made of it, paid with this card.
pub async fn order(client: &mut Client, (cart, token): &(String, String), quote: &str, card: &str) -> Result<Value> {
    let body = json!({ "quote": quote, "email": "jana@example.com", "payment": { "method": card } });
    client.post(&format!("/api/carts/{cart}/order"), &[("cart-token", token)], &body).await?.json()
}

/// Cart, quote, order and payment, as one buyer makes them.
pub async fn buy(client: &mut Client, shop: &Shop) -> Result<Value> {
    let cart = cart(client, shop).await?;
    let quote = quote(client, &cart).await?;
    order(client, &cart, &quote, "4242424242424242").await
}

/// What the order's own buyer sees of it.
pub async fn seen(client: &mut Client, order: &Value) -> Result<Value> {
    let path = format!("/api/orders/{}", text(order, "order"));
    let token = text(order, "token");
    client.send(hyper::Method::GET, &path, &[("order-token", &token)], bytes::Bytes::new()).await?.json()
}

pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}")).to_owned()
}

/// Every order that was answered is there, paid, once; nothing else that is paid came from nowhere.
pub fn nothing_is_lost(place: &Place, answered: &[Value]) {
    let store = place.open();
    let numbers: Vec<String> = answered.iter().map(|order| text(order, "number")).collect();
    let wanted = numbers.len();
    store
        .read_as_blocking(Actor::System, move |db| {
            let mut ids = std::collections::BTreeSet::new();
            for number in &numbers {
                let order =
                    orders::by_number(db, number)?.unwrap_or_else(|| panic!("{number} was answered and is gone"));
                assert_eq!(order.payment, orders::Payment::Paid, "{number} was answered as paid");
                assert_eq!(order.captured, order.sums.total()?, "{number} is paid once");
                ids.insert(order.id);
            }
            assert_eq!(ids.len(), wanted, "two answers are two orders");
            Ok(())
        })
        .unwrap();
    // Nobody has asked for a cart twice: as many orders as carts that became one.
    let counts = "SELECT (SELECT COUNT(*) FROM order_head), (SELECT COUNT(*) FROM cart WHERE state = 'ordered')";
    let row = store.read_blocking(move |db| db.raw(counts, &[])).unwrap().remove(0);
    assert_eq!(row.get::<i64>(0).unwrap(), row.get::<i64>(1).unwrap(), "an order for each cart that was placed");
    store.close();
}
