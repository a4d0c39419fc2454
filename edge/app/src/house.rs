//! Wiring: the store, the payment provider, the world of rules and rates, and the shelf, put together once.

use base::{Moment, Result};
use connect::Media;
use payments::{Provider, sandbox::Sandbox};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use store::Store;

/// Everything that commands and workers need. Clones share it.
#[derive(Clone)]
pub struct House {
    /// The database.
    pub store: Store,
    /// Who takes the money.
    pub provider: Arc<dyn Provider>,
    /// The built-in provider itself: it also sends webhooks.
    pub sandbox: Arc<Sandbox>,
    /// Where files of pictures are kept.
    pub media: Media,
    /// The pages, when this process serves them: their shelf and world are kept fresh.
    app: Arc<OnceLock<web::App>>,
    /// How far this process has followed the events.
    pub(crate) seen: Arc<AtomicI64>,
}

impl House {
    /// Over an open store: installs what every installation needs. Blocks.
    pub fn new(store: Store) -> Result<House> {
        let sandbox = Arc::new(Sandbox::new(&store)?);
        House::with_provider(store, sandbox.clone(), sandbox)
    }

    /// The same with another provider in front of the sandbox. Blocks.
    pub fn with_provider(store: Store, provider: Arc<dyn Provider>, sandbox: Arc<Sandbox>) -> Result<House> {
        store.write_blocking(offers::install_rates)?;
        let (app, seen) = (Arc::default(), Arc::new(AtomicI64::new(-1)));
        Ok(House { store, provider, sandbox, media: Media::memory(), app, seen })
    }

    /// The same with pictures in `media`; without it they are gone with the process.
    pub fn keeping(self, media: Media) -> House {
        House { media, ..self }
    }

    /// The rules and rates of the day that the store's clock shows.
    pub async fn world(&self) -> Result<Arc<door::World>> {
        self.store.read(world).await
    }

    /// Makes the pages over this house. Blocks: reads the whole catalogue into the shelf.
    pub fn pages(&self, config: web::Config) -> Result<web::App> {
        let seen = self.store.read_blocking(store::newest_event)?;
        let shelf = self.store.read_blocking(search::Shelf::load)?;
        self.seen.store(seen, Ordering::SeqCst);
        let setup = web::Setup {
            store: self.store.clone(),
            config,
            shelf,
            world: self.store.read_blocking(world)?,
            provider: self.provider.clone(),
            sandbox: Some((*self.sandbox).clone()),
            media: self.media.clone(),
        };
        let app = web::App::new(setup)?;
        Ok(self.app.get_or_init(|| app).clone())
    }

    /// The pages, if this process serves them.
    pub fn app(&self) -> Option<&web::App> {
        self.app.get()
    }

    /// What the clock shows.
    pub fn now(&self) -> Moment {
        self.store.clock().now()
    }
}

fn world(db: &mut store::Read) -> Result<Arc<door::World>> {
    let now = db.now();
    let rates = offers::Rates::load(db, now.date())?;
    Ok(Arc::new(door::World::new(customs::Tables::builtin(), &rates, now)?))
}
