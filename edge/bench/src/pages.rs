//! `bench browse` and `bench search`: visitors from four countries who look at products and lists.

use crate::args::PagesArgs;
use crate::client::Client;
use crate::load::{self, Shopper};
use crate::report::{Report, report};
use crate::server::Server;
use crate::world;
use base::{Error, Result};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A product with its breakdown, delivery options and other offers.
    Product,
    /// A list of 24 with door prices.
    List,
}

pub async fn run(args: PagesArgs, kind: Kind) -> Result<Report> {
    let goods = world::Goods { products: args.products, light: false };
    let world = world::prepare(args.load.db.as_deref(), goods).await?;
    let (server, start_ms) = Server::start(&world.data, args.load.db.as_deref()).await?;
    let idle = server.rss_mb();
    let paths: Arc<Vec<String>> = Arc::new(match kind {
        Kind::Product => world.slugs.iter().map(|slug| format!("/p/{slug}")).collect(),
        Kind::List => lists(),
    });
    let next = Arc::new(AtomicU64::new(0));
    // A short warm-up: the first list for a country is priced then.
    load::run(visitors(&args, &server, &paths, &next, kind).await?, Duration::from_secs(3), u64::MAX).await;
    let time = Duration::from_secs(args.load.seconds);
    let figures = load::run(visitors(&args, &server, &paths, &next, kind).await?, time, u64::MAX).await;
    let extra = json!({
        "products": args.products,
        "concurrency": args.load.concurrency,
        "engine": if args.load.db.is_some() { "postgresql" } else { "sqlite" },
        "rss_mb": server.rss_mb(),
        "idle_rss_mb": idle,
        "start_ms": start_ms,
    });
    let rate = if kind == Kind::Product { "pages_per_second" } else { "lists_per_second" };
    report(args.load.json, rate, &figures, extra)
}

/// Searches by one and two words, everything, and everything sorted by price and arrival.
fn lists() -> Vec<String> {
    let mut paths = vec!["/search".to_owned(), "/search?sort=price".to_owned(), "/search?sort=arrival".to_owned()];
    for (index, word) in world::WORDS.iter().enumerate() {
        let other = world::WORDS[(index + 5) % world::WORDS.len()];
        paths.push(format!("/search?q={word}"));
        paths.push(format!("/search?q={word}+{other}"));
        paths.push(format!("/search?q={word}&sort=price"));
    }
    paths
}

async fn visitors(
    args: &PagesArgs,
    server: &Server,
    paths: &Arc<Vec<String>>,
    next: &Arc<AtomicU64>,
    kind: Kind,
) -> Result<Vec<Visitor>> {
    let mut visitors = Vec::new();
    for index in 0..args.load.concurrency {
        let client = Client::connect(&server.host).await?;
        let language = ["de-DE,de", "fr-FR,fr", "ja-JP,ja", "en-GB,en"][index % 4];
        visitors.push(Visitor { client, paths: paths.clone(), next: next.clone(), language, kind });
    }
    Ok(visitors)
}

struct Visitor {
    client: Client,
    paths: Arc<Vec<String>>,
    next: Arc<AtomicU64>,
    language: &'static str,
    kind: Kind,
}

impl Shopper for Visitor {
    async fn round(&mut self) -> Result<u64> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let step = if self.kind == Kind::Product { 7919 } else { 1 };
        let path = &self.paths[(number.wrapping_mul(step) % self.paths.len() as u64) as usize];
        let reply = self.client.get_as(path, self.language).await?;
        match reply.status {
            200 => Ok(1),
            status => Err(Error::unavailable("unexpected_status", format!("{path} answered {status}"))),
        }
    }
}
