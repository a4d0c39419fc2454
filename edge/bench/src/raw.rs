//! `bench raw`: what the database alone does with the rows of a checkout. A few real checkouts are made first, and the rows that
//! they left are written again and again, under other ids and keys: into the same tables with the same indexes, each order in a
//! transaction of its own, as durable as the program's own; those that wait at the same moment share a commit on SQLite, as in the
//! program. No reading, no changing of rows, no pricing, no HTTP.

use crate::args::LoadArgs;
use crate::client::Client;
use crate::load::{self, Shopper};
use crate::orders::{Guest, PRODUCTS};
use crate::report::{Report, report};
use crate::server::Server;
use crate::world;
use base::{Error, Result};
use serde_json::json;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use store::{Clock, Options, Row, Store, Table, Tx, Url, Value};

/// Checkouts whose rows are written in turn, so that they do not all hold the same two products.
const MODELS: usize = 16;
/// What is written after the order, by what follows from it, or once for many orders, is not of the checkout.
const LATER: [&str; 7] =
    ["follower", "ledger_account", "notify_message", "order_day", "payment_notice", "seal", "ledger_fold"];
/// Copies are so far apart in their ids; a checkout's own ids lie closer together.
const STRIDE: i64 = 1 << 32;
/// Columns whose texts are unique.
const UNIQUE: [&str; 2] = ["key", "number"];

pub async fn run(args: LoadArgs) -> Result<Report> {
    let db = args.db.as_deref();
    let world = world::prepare(db, world::Goods { products: PRODUCTS, light: false }).await?;
    let url = db.map_or_else(|| Url::Folder(world.data.clone()), works::url);
    let models = models(&world, db, &url).await?;
    let store = works::open(url, Clock::system())?;
    let newest = store.read(store::newest_event).await?;
    let after = [store::first_id_at(store.clock().now()), newest];
    let writes = Arc::new(models.iter().map(Model::of).collect::<Vec<_>>());
    let (next, shopper) = (Arc::new(AtomicI64::new(1)), |next: &Arc<AtomicI64>| Writer {
        store: store.clone(),
        models: writes.clone(),
        next: next.clone(),
        after,
    });
    let writers = || (0..args.concurrency).map(|_| shopper(&next)).collect::<Vec<_>>();
    load::run(writers(), Duration::from_secs(2), u64::MAX).await;
    let figures = load::run(writers(), Duration::from_secs(args.seconds), u64::MAX).await;
    let first = writes.first().map_or(0, |model| model.writes.len());
    let extra = json!({
        "statements": first,
        "concurrency": args.concurrency,
        "engine": if db.is_some() { "postgresql" } else { "sqlite" },
    });
    report(args.json, "orders_per_second", &figures, extra)
}

/// The new rows of a table.
type Rows = Vec<(Table, Vec<Row>)>;

/// The rows that real checkouts leave, one after the other.
async fn models(world: &world::World, db: Option<&str>, url: &Url) -> Result<Vec<Rows>> {
    let (server, _) = Server::start(&world.data, db).await?;
    let store = Store::open_to_read(Options::new(url.clone(), works::schemas()))?;
    let offers = Arc::new(world.offers.iter().map(ToString::to_string).collect());
    let mut guest =
        Guest { client: Client::connect(&server.host).await?, offers, next: Arc::new(AtomicU64::new(0)), lines: 2 };
    let mut models = Vec::with_capacity(MODELS);
    let mut before = rows(&store)?;
    for _ in 0..MODELS {
        guest.round().await?;
        let after = rows(&store)?;
        models.push(fresh(&before, &after));
        before = after;
    }
    store.close();
    Ok(models)
}

fn rows(store: &Store) -> Result<Rows> {
    let tables: Vec<Table> =
        store.tables()?.into_iter().filter(|table| !LATER.contains(&table.name.as_str())).collect();
    store.read_blocking(move |db| {
        let read = |table: &Table| Ok((table.clone(), table.rows(db)?));
        tables.iter().map(read).collect()
    })
}

/// Rows whose first column was not there before: what was only changed is not new.
fn fresh(before: &Rows, after: &Rows) -> Rows {
    let mut new = Rows::new();
    for ((table, old), (_, now)) in before.iter().zip(after) {
        let known: HashSet<String> = old.iter().map(first).collect();
        let rows: Vec<Row> = now.iter().filter(|row| !known.contains(&first(row))).cloned().collect();
        if !rows.is_empty() {
            new.push((table.clone(), rows));
        }
    }
    new
}

fn first(row: &Row) -> String {
    format!("{:?}", row.values().first())
}

/// A checkout to be written again.
struct Model {
    writes: Vec<(&'static str, Vec<Part>)>,
}

/// A value of a statement, and what becomes of it in a copy.
enum Part {
    Same(Value),
    /// An id that was made for this checkout: how far it is from the first.
    Own(i64),
    /// The place of an event, counted within the checkout.
    Place(i64),
    /// A text that is there once.
    Once(String),
}

impl Model {
    fn of(rows: &Rows) -> Model {
        let cart = rows.iter().find(|(table, _)| table.name == "cart").and_then(|(_, rows)| rows.first());
        // Ids grow: those from the cart's on were made for this checkout.
        let from = cart.and_then(|row| row.get::<i64>(0).ok()).unwrap_or(i64::MAX - STRIDE);
        let (mut writes, mut events) = (Vec::new(), 0);
        for (table, rows) in in_order(rows) {
            let sql = table.adding();
            for row in rows {
                let part = |(name, value): (&String, &Value)| match value {
                    Value::Int(_) if name == "seq" => Part::Place(events),
                    Value::Int(number) if (from..from + STRIDE).contains(number) => Part::Own(number - from),
                    Value::Text(text) if UNIQUE.contains(&name.as_str()) => Part::Once(text.clone()),
                    other => Part::Same(other.clone()),
                };
                let parts: Vec<Part> = table.columns.iter().zip(row.values()).map(part).collect();
                // What followed from the checkout before; jobs that are on the list once for many orders.
                let own = |part: &Part| matches!(part, Part::Own(_));
                let told = |column: &str| {
                    table.columns.iter().position(|name| name == column).is_none_or(|at| own(&parts[at]))
                };
                if !parts.iter().any(own) || table.name == "job" && !told("subject") {
                    continue;
                }
                events += i64::from(table.name == "event");
                writes.push((sql, parts));
            }
        }
        Model { writes }
    }

    fn write(&self, tx: &mut Tx, number: i64, [first, newest]: [i64; 2]) -> Result<()> {
        for (sql, parts) in &self.writes {
            let value = |part: &Part| match part {
                Part::Same(value) => value.clone(),
                Part::Own(distance) => Value::Int(first + number * STRIDE + distance),
                Part::Place(place) => Value::Int(newest + number * 16 + place),
                Part::Once(text) => Value::Text(once(text, number)),
            };
            tx.send(sql, &parts.iter().map(value).collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

/// Tables that others name come first.
fn in_order(rows: &Rows) -> impl Iterator<Item = &(Table, Vec<Row>)> {
    let named = |table: &Table| ["cart", "order_head"].contains(&table.name.as_str());
    rows.iter().filter(move |(table, _)| named(table)).chain(rows.iter().filter(move |(table, _)| !named(table)))
}

/// As long as `text`, and another for each number up to a million: an order's number ends by chance, a key in order of time.
fn once(text: &str, number: i64) -> String {
    let by_chance = text.starts_with("EN-");
    let end = match by_chance {
        true => format!("{:05X}", number.wrapping_mul(0x9_E375) & 0xF_FFFF),
        false => format!("{number:08x}"),
    };
    let kept = text.len().saturating_sub(end.len());
    format!("{}{end}", text.get(..kept).unwrap_or(text))
}

struct Writer {
    store: Store,
    models: Arc<Vec<Model>>,
    next: Arc<AtomicI64>,
    /// The id and the event after which the copies come.
    after: [i64; 2],
}

impl Shopper for Writer {
    async fn round(&mut self) -> Result<u64> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (models, after) = (self.models.clone(), self.after);
        let at = usize::try_from(number).map_err(Error::internal)? % models.len();
        self.store.write(move |tx| models[at].write(tx, number, after)).await?;
        Ok(1)
    }
}
