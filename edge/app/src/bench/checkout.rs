//! `bench orders`: complete guest checkouts, each three calls: a cart with its lines, a quote to an address abroad by a chosen
//! delivery service, and the order with its payment.

use super::OrdersArgs;
use super::client::Client;
use super::load::{self, Figures, Shopper};
use super::report::{Report, rounded};
use super::server::Server;
use super::world::{self, Shop};
use base::{Error, Result};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Where the parcels go: country, currency, city, postcode.
const PLACES: [(&str, &str, &str, &str); 4] = [
    ("DE", "EUR", "Berlin", "10119"),
    ("FR", "EUR", "Paris", "75011"),
    ("GB", "GBP", "London", "E1 6AN"),
    ("US", "USD", "New York", "10001"),
];

/// A guest who buys again and again.
struct Guest {
    client: Client,
    shop: Arc<Shop>,
    lines: usize,
    /// Steps through the offers, a different way for each guest.
    step: usize,
}

impl Shopper for Guest {
    async fn round(&mut self) -> Result<u64> {
        let before = self.client.calls;
        let (country, currency, city, postcode) = PLACES[self.step % PLACES.len()];
        let offers = &self.shop.offers;
        let lines: Vec<Value> = (0..self.lines)
            .map(|at| json!({ "offer": offers[(self.step * 7919 + at) % offers.len()], "quantity": 1 + at % 2 }))
            .collect();
        self.step += 1;
        let wanted = json!({ "destination": country, "currency": currency, "language": "en", "lines": lines });
        let cart = self.client.post("/api/carts", &[], &wanted).await?.json()?;
        let (id, token) = (text(&cart["id"])?, text(&cart["token"])?);
        let headers = [("cart-token", token)];
        let address = json!({
            "country": country, "name": "Hanna Vogel", "street": "Long Street 140", "city": city, "postcode": postcode,
            "region": if country == "US" { "NY" } else { "" }, "phone": "+1 212 555 0100",
        });
        let ask = json!({ "address": address, "services": services(&cart) });
        let quote = self.client.post(&format!("/api/carts/{id}/quote"), &headers, &ask).await?.json()?;
        let order = json!({
            "quote": quote["id"], "email": "hanna.vogel@example.com", "payment": { "method": "sandbox:ok" }
        });
        let placed = self.client.post(&format!("/api/carts/{id}/order"), &headers, &order).await?.json()?;
        if placed["payment"]["state"] != "captured" || placed["total"] != quote["total"] {
            return Err(Error::internal(format!("not paid as quoted: {placed}")));
        }
        Ok(self.client.calls - before)
    }
}

/// The last service of each consignment: not the one that would be taken anyway.
fn services(cart: &Value) -> Map<String, Value> {
    let consignments = cart["consignments"].as_array().map(Vec::as_slice).unwrap_or_default();
    let choice = |one: &Value| {
        let last = one["services"].as_array()?.last()?;
        Some((one["key"].as_str()?.to_owned(), last["service"].clone()))
    };
    consignments.iter().filter_map(choice).collect()
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().ok_or_else(|| Error::internal("the API left something out"))
}

/// Measures and prints. Errors: every checkout failed; the books are not in order afterwards.
pub fn run(args: &OrdersArgs) -> Result<()> {
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let db = args.load.db.as_deref();
    eprintln!("Making a shop of {} products …", args.products);
    let shop = Arc::new(world::make(world::url(db, folder.path()), args.products)?);
    let runtime = tokio::runtime::Runtime::new().map_err(Error::internal)?;
    let (figures, report) = runtime.block_on(measure(args, folder.path(), &shop))?;
    let store = crate::config::open(world::url(db, folder.path()), store::Clock::system())?;
    world::still_in_balance(&store)?;
    store.close();
    report.print(args.load.json);
    match figures.rounds {
        0 => Err(Error::unavailable("all_failed", figures.first_failure.unwrap_or_default())),
        _ => Ok(()),
    }
}

async fn measure(args: &OrdersArgs, folder: &std::path::Path, shop: &Arc<Shop>) -> Result<(Figures, Report)> {
    let server = Server::start(folder, args.load.db.as_deref()).await?;
    if args.orders_before > 0 {
        eprintln!("Placing {} orders beforehand …", args.orders_before);
        let limit = Limit::Rounds(args.orders_before);
        let before = guests(args, &server, shop, limit).await?;
        eprintln!("  {} in {:.0} s", before.rounds, before.seconds);
    }
    eprintln!("{} clients for {} s …", args.load.concurrency, args.load.seconds);
    let cpu = server.cpu_seconds();
    let figures = guests(args, &server, shop, Limit::Seconds(args.load.seconds)).await?;
    let mut report = Report::of("orders_per_second", &figures, &server, server.cpu_seconds() - cpu);
    report.add("calls_per_order", json!(rounded(figures.calls_per_round())));
    report.add("lines", json!(args.lines));
    report.add("clients", json!(args.load.concurrency));
    report.add("products", json!(args.products));
    report.add("orders_before", json!(args.orders_before));
    report.add("database", json!(if args.load.db.is_some() { "postgresql" } else { "sqlite" }));
    Ok((figures, report))
}

/// How long guests go on.
enum Limit {
    /// So many seconds.
    Seconds(u64),
    /// So many checkouts, all guests together.
    Rounds(u64),
}

async fn guests(args: &OrdersArgs, server: &Server, shop: &Arc<Shop>, limit: Limit) -> Result<Figures> {
    let mut guests = Vec::new();
    for number in 0..args.load.concurrency as usize {
        let client = Client::connect(&server.host).await?;
        guests.push(Guest { client, shop: shop.clone(), lines: args.lines as usize, step: number * 104_729 });
    }
    Ok(match limit {
        Limit::Seconds(seconds) => load::run(guests, Duration::from_secs(seconds), u64::MAX).await,
        Limit::Rounds(rounds) => load::run(guests, Duration::from_secs(86_400), rounds).await,
    })
}
