//! Fresh stores for tests: always SQLite; PostgreSQL too when `ENTREPOT_TEST_PG` holds the URL of a server whose user
//! may create databases.
#![allow(clippy::panic, reason = "a test without a store has failed")]

use crate::once::sha256;
use crate::server::Server;
use crate::store::on_own_thread;
use crate::{Clock, Options, Schema, Store, Url, Vault, dialect, events_after, params, postgres};
use base::{Error, Moment, Result};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// When every test begins: 2026-11-20T09:00:00Z.
pub const START: Moment = Moment(1_795_165_200_000_000);
/// The environment variable with the URL of a PostgreSQL server.
pub const SERVER: &str = "ENTREPOT_TEST_PG";

/// A fresh store per engine, with a manual clock at [`START`]. Panics when one cannot be made.
pub fn stores(schemas: &'static [Schema]) -> Vec<(&'static str, Store)> {
    let mut stores = vec![("sqlite", or_panic(Store::open(options(Url::Memory, schemas))))];
    stores.extend(postgres(schemas).map(|store| ("postgres", store)));
    stores
}

/// Runs `test` on a fresh store per engine, and prints the engine's name so that a failure shows it.
pub fn each(schemas: &'static [Schema], test: impl Fn(&Store)) {
    for (engine, store) in stores(schemas) {
        println!("on {engine}");
        test(&store);
    }
}

/// A fresh store on PostgreSQL, if there is a server. Its database goes when the store does.
pub fn postgres(schemas: &'static [Schema]) -> Option<Store> {
    let url = std::env::var(SERVER).ok().filter(|url| !url.is_empty())?;
    Some(or_panic(open_postgres(&url, schemas)))
}

/// Another store on the same database, as another process would have it; with the same clock.
pub fn again(store: &Store, schemas: &'static [Schema]) -> Result<Store> {
    let again = again_locked(store, schemas)?;
    match store.shared().vault.get().cloned() {
        Some(vault) => again.with_vault(vault),
        None => Ok(again),
    }
}

/// The same, without the key of the secrets.
pub fn again_locked(store: &Store, schemas: &'static [Schema]) -> Result<Store> {
    let mut options = options(Url::Memory, schemas);
    options.clock = store.clock().clone();
    store.again(&options)
}

/// The same database, opened to be read only, as `entrepot check` opens it.
pub fn again_to_read(store: &Store, schemas: &'static [Schema]) -> Result<Store> {
    let mut options = options(Url::Memory, schemas);
    options.clock = store.clock().clone();
    store.again_to_read(&options)
}

/// Lets `store` roll back, on PostgreSQL, write transactions that last longer than `patience` instead of 20 s.
pub fn set_patience(store: &Store, patience: Duration) {
    store.set_patience(patience);
}

/// Waits until every stored event may be followed. On PostgreSQL an event is held back while an older transaction
/// runs anywhere on the server, in other tests' databases too.
pub fn settle(store: &Store) {
    let all_visible = |store: &Store| {
        store.read_blocking(|db| {
            let last: i64 = db.one("SELECT COALESCE(MAX(seq), 0) FROM event", params![])?.get(0)?;
            Ok(last == 0 || !events_after(db, last - 1, 1)?.is_empty())
        })
    };
    let began = Instant::now();
    while !or_panic(all_visible(store)) {
        assert!(began.elapsed() < Duration::from_secs(30), "stored events are still held back from followers");
        std::thread::yield_now();
    }
}

fn options(url: Url, schemas: &'static [Schema]) -> Options {
    Options { clock: Clock::manual(START), connections: 3, ..Options::new(url, schemas) }
}

fn or_panic<T>(made: Result<T>) -> T {
    made.unwrap_or_else(|error| panic!("cannot make a store for the test: {error}"))
}

static COUNT: AtomicU64 = AtomicU64::new(0);
static SWEPT: OnceLock<()> = OnceLock::new();
const PREFIX: &str = "entrepot_test_";

/// Copies a migrated template database, which outlives the process: its name is a hash of the migrations.
fn open_postgres(url: &str, schemas: &'static [Schema]) -> Result<Store> {
    let server = Server::read(url)?;
    SWEPT.get_or_init(|| sweep(&server));
    let template = template_name(schemas);
    on_own_thread(|| make_template(&server, &template, schemas))?;
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let hour = Clock::system().now().micros() / 3_600_000_000;
    let name = format!("{PREFIX}{hour}_{}_{number}", std::process::id());
    command(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}"))?;
    let last_server = server.clone();
    let last_name = name.clone();
    let last = move || drop(command(&last_server, &format!("DROP DATABASE IF EXISTS {last_name} WITH (FORCE)")));
    let store = Store::open_postgres(&options(Url::Memory, schemas), &server.database(&name), Some(Box::new(last)))?;
    store.with_vault(Vault::of(&Vault::new_key())?)
}

fn template_name(schemas: &[Schema]) -> String {
    let own = dialect::SCHEMA.iter();
    let texts: Vec<&str> = own.chain(schemas.iter().flat_map(|schema| schema.migrations)).copied().collect();
    format!("entrepot_template_{}", &sha256(&texts.join("\n--\n"))[..20])
}

/// Makes the template once, whichever process comes first; under another name until it is complete.
fn make_template(server: &Server, name: &str, schemas: &'static [Schema]) -> Result<()> {
    let mut link = postgres::Link::open(server).map_err(Error::internal)?;
    let mut exists = || link.query("SELECT 1 FROM pg_database WHERE datname = $1", params![name]);
    if !exists().map_err(Error::internal)?.is_empty() {
        return Ok(());
    }
    let mut lock = postgres::Link::open(server).map_err(Error::internal)?;
    lock.batch("SET lock_timeout = '60s'; SELECT pg_advisory_lock(7310314213246)").map_err(Error::internal)?;
    if !exists().map_err(Error::internal)?.is_empty() {
        return Ok(());
    }
    let unfinished = format!("{name}_new");
    command(server, &format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)"))?;
    command(server, &format!("CREATE DATABASE {unfinished} TEMPLATE template0"))?;
    Store::open_postgres(&options(Url::Memory, schemas), &server.database(&unfinished), None)?.close();
    command(server, &format!("ALTER DATABASE {unfinished} RENAME TO {name}"))
}

/// One statement on a connection of its own.
fn command(server: &Server, sql: &str) -> Result<()> {
    on_own_thread(|| {
        let mut link = postgres::Link::open(server).map_err(Error::internal)?;
        link.batch(sql).map_err(Error::internal)
    })
}

/// Drops what killed tests have left behind: databases made in an hour before the last.
fn sweep(server: &Server) {
    let this_hour = Clock::system().now().micros() / 3_600_000_000;
    let swept = on_own_thread(|| {
        let mut link = postgres::Link::open(server).map_err(Error::internal)?;
        let names = link.query("SELECT datname FROM pg_database", &[]).map_err(Error::internal)?;
        for row in names {
            let name: String = row.get(0)?;
            let hour = name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()?.parse::<i64>().ok());
            if hour.is_some_and(|hour| hour < this_hour - 1) {
                link.batch(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).map_err(Error::internal)?;
            }
        }
        Ok(())
    });
    if let Err(error) = swept {
        println!("old test databases stay: {error}");
    }
}
