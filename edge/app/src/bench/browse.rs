//! `bench browse` and `bench search`: pages of the storefront as a browser asks for them, every one with prices at the door.

use super::PagesArgs;
use super::client::Client;
use super::load::{self, Figures, Shopper};
use super::report::Report;
use super::server::Server;
use super::world::{self, Shop};
use base::{Error, Result};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Which pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// One product, its price at the door taken apart.
    Product,
    /// Twenty-four products of a list.
    List,
}

/// Words that find some of the goods, and none.
const WORDS: [&str; 6] = ["", "red shirt", "cotton", "silk scarf", "wool hat", "blue"];
const SORTS: [&str; 3] = ["relevance", "door_price", "newest"];

struct Visitor {
    client: Client,
    shop: Arc<Shop>,
    pages: Pages,
    step: usize,
}

impl Shopper for Visitor {
    async fn round(&mut self) -> Result<u64> {
        let at = self.step;
        self.step += 1;
        let path = match self.pages {
            Pages::Product => format!("/p/{}", self.shop.slugs[at * 7919 % self.shop.slugs.len()]),
            Pages::List => {
                let words = WORDS[at % WORDS.len()].replace(' ', "+");
                format!("/search?q={words}&sort={}", SORTS[at / 6 % SORTS.len()])
            }
        };
        let reply = self.client.get(&path).await?;
        match reply.status {
            200 => Ok(1),
            status => Err(Error::unavailable("unexpected_status", format!("{path} answered {status}"))),
        }
    }
}

/// Measures and prints. Errors: every page failed.
pub fn run(args: &PagesArgs, pages: Pages) -> Result<()> {
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let db = args.load.db.as_deref();
    eprintln!("Making a shop of {} products …", args.products);
    let shop = Arc::new(world::make(world::url(db, folder.path()), args.products)?);
    let runtime = tokio::runtime::Runtime::new().map_err(Error::internal)?;
    let (figures, report) = runtime.block_on(measure(args, folder.path(), &shop, pages))?;
    report.print(args.load.json);
    match figures.rounds {
        0 => Err(Error::unavailable("all_failed", figures.first_failure.unwrap_or_default())),
        _ => Ok(()),
    }
}

async fn measure(
    args: &PagesArgs,
    folder: &std::path::Path,
    shop: &Arc<Shop>,
    pages: Pages,
) -> Result<(Figures, Report)> {
    let server = Server::start(folder, args.load.db.as_deref()).await?;
    let mut visitors = Vec::new();
    for number in 0..args.load.concurrency as usize {
        let client = Client::connect(&server.host).await?;
        visitors.push(Visitor { client, shop: shop.clone(), pages, step: number * 104_729 });
    }
    let cpu = server.cpu_seconds();
    let figures = load::run(visitors, Duration::from_secs(args.load.seconds), u64::MAX).await;
    let mut report = Report::of("pages_per_second", &figures, &server, server.cpu_seconds() - cpu);
    report.add("clients", json!(args.load.concurrency));
    report.add("products", json!(args.products));
    Ok((figures, report))
}
