//! `bench orders`: guests who fill a cart, are quoted for an address abroad, order and pay.
//!
//! What follows from an order (sums by day, messages, webhooks, jobs) is done beside the next orders, and later where there is too
//! much of it. So there are two rates: that of orders alone, and the one that can go on for ever: the same orders over the time
//! until nothing that follows from any of them is late by more than a second.

use crate::args::OrdersArgs;
use crate::client::Client;
use crate::load::{self, Shopper};
use crate::report::{Report, report};
use crate::server::Server;
use crate::world;
use base::{Error, Result};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Products of the shop: enough that buyers rarely want the same.
pub(crate) const PRODUCTS: u64 = 400;
/// A cart with more lines would be too heavy for a parcel, were its goods not light.
const HEAVY_LINES: u16 = 20;

pub async fn run(args: OrdersArgs) -> Result<Report> {
    let products = PRODUCTS.max(u64::from(args.lines));
    let goods = world::Goods { products, light: args.lines > HEAVY_LINES };
    let world = match &args.keep {
        Some(folder) => world::kept(folder, goods).await?,
        None => world::prepare(args.load.db.as_deref(), goods).await?,
    };
    let (server, start_ms) = Server::start(&world.data, args.load.db.as_deref()).await?;
    let idle = server.rss_mb();
    let offers: Arc<Vec<String>> = Arc::new(world.offers.iter().map(ToString::to_string).collect());
    let next = Arc::new(AtomicU64::new(0));
    if args.orders_before > 0 {
        let guests = guests(&args, &server, &offers, &next).await?;
        load::run(guests, Duration::from_secs(86_400), args.orders_before).await;
    }
    // A short warm-up: connections, caches, prepared statements.
    load::run(guests(&args, &server, &offers, &next).await?, Duration::from_secs(2), u64::MAX).await;
    let time = Duration::from_secs(args.load.seconds);
    let figures = load::run(guests(&args, &server, &offers, &next).await?, time, u64::MAX).await;
    let behind = server.follow().await?;
    let sustained = figures.rounds as f64 / (figures.seconds + behind).max(0.001);
    let extra = json!({
        "sustained_orders_per_second": (sustained * 100.0).round() / 100.0,
        "follow_up_seconds": (behind * 100.0).round() / 100.0,
        "calls_per_order": figures.calls_per_round(),
        "lines": args.lines,
        "concurrency": args.load.concurrency,
        "engine": if args.load.db.is_some() { "postgresql" } else { "sqlite" },
        "orders_before": args.orders_before,
        "rss_mb": server.rss_mb(),
        "idle_rss_mb": idle,
        "start_ms": start_ms,
    });
    report(args.load.json, "orders_per_second", &figures, extra)
}

async fn guests(
    args: &OrdersArgs,
    server: &Server,
    offers: &Arc<Vec<String>>,
    next: &Arc<AtomicU64>,
) -> Result<Vec<Guest>> {
    let mut guests = Vec::new();
    for _ in 0..args.load.concurrency {
        let client = Client::connect(&server.host).await?;
        let (offers, next) = (offers.clone(), next.clone());
        guests.push(Guest { client, offers, next, lines: u64::from(args.lines) });
    }
    Ok(guests)
}

/// A buyer who does one checkout after the other.
pub(crate) struct Guest {
    pub(crate) client: Client,
    pub(crate) offers: Arc<Vec<String>>,
    /// Counts checkouts, of all guests together.
    pub(crate) next: Arc<AtomicU64>,
    /// Lines in every cart.
    pub(crate) lines: u64,
}

/// Where the guests live: each a border away from one of the two warehouses.
const ADDRESSES: [(&str, &str, &str, &str, &str, &str); 4] = [
    ("DE", "EUR", "Torstraße 140", "10119", "Berlin", ""),
    ("FR", "EUR", "12 rue de Rivoli", "75004", "Paris", ""),
    ("GB", "GBP", "8 Brick Lane", "E1 6RF", "London", ""),
    ("JP", "JPY", "1-2-3 Jingumae", "150-0001", "Shibuya-ku", "Tokyo"),
];

impl Shopper for Guest {
    async fn round(&mut self) -> Result<u64> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let before = self.client.calls;
        let (country, currency, street, postcode, city, region) = ADDRESSES[(number % 4) as usize];
        let count = self.offers.len() as u64;
        let line = |index: u64| json!({"offer": self.offers[((number * 7 + index) % count) as usize], "quantity": 1 + index % 2});
        let lines: Vec<Value> = (0..self.lines).map(line).collect();
        let body = json!({"destination": country, "currency": currency, "language": "en", "lines": lines});
        let cart = self.client.post("/api/carts", &[], &body).await?.json()?;
        let token = [("cart-token", text(&cart, "token")?)];
        let email = format!("guest{number}@example.com");
        let address = json!({
            "country": country, "name": "Bench Guest", "street": street, "postcode": postcode, "city": city,
            "region": region, "phone": "+49 30 1234567", "email": email,
        });
        let path = format!("/api/carts/{}/quote", text(&cart, "id")?);
        let quote = self.client.post(&path, &token, &json!({ "address": address })).await?.json()?;
        let path = format!("/api/carts/{}/order", text(&cart, "id")?);
        // The cart is the order's key: none is sent besides.
        let body = json!({"quote": text(&quote, "id")?, "email": email, "payment": {"method": "sandbox:ok"}});
        let order = self.client.post(&path, &token, &body).await?.json()?;
        match order["payment"]["state"].as_str() {
            Some("captured") => Ok(self.client.calls - before),
            other => Err(Error::unavailable("not_paid", format!("the payment ended as {other:?}"))),
        }
    }
}

fn text<'a>(value: &'a Value, field: &str) -> Result<&'a str> {
    value[field].as_str().ok_or_else(|| Error::unavailable("unexpected_answer", format!("no {field} in {value}")))
}
