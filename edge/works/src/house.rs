//! Wiring: the store, the payment providers, the world of rules and rates, and the shelf, put together once.

use base::{Moment, Result};
use connect::{Courier, Media, Peers, stripe};
use frame::Surface;
use frame::connections::{Connections, Given};
use logistics::{Carrier, Carriers};
use notify::Mailer;
use payments::sandbox::Sandbox;
use payments::{Provider, Providers};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use store::Store;

/// Everything that commands and workers need. Clones share it.
#[derive(Clone)]
pub struct House {
    /// The database.
    pub store: Store,
    /// Who takes the money, carries parcels and takes letters.
    pub connections: Connections,
    /// The built-in provider itself: it also sends webhooks.
    pub sandbox: Arc<Sandbox>,
    /// Whom the house speaks to.
    pub peers: Peers,
    /// Who carries webhooks out.
    pub courier: Courier,
    /// Where files of pictures are kept.
    pub media: Media,
    /// The pages, when this process serves them: their shelf and world are kept fresh.
    app: Arc<OnceLock<frame::App>>,
    /// How far this process has followed the events.
    pub(crate) seen: Arc<AtomicI64>,
    stopping: Arc<AtomicBool>,
}

impl House {
    /// Over an open store: installs what every installation needs. Blocks.
    pub fn new(store: Store) -> Result<House> {
        let sandbox = Arc::new(Sandbox::new(&store)?);
        House::over(store, None, sandbox)
    }

    /// The same with a provider that takes the money in place of the sandbox, which ends what it began. Blocks.
    pub fn paid_through(store: Store, provider: Arc<dyn Provider>) -> Result<House> {
        let sandbox = Arc::new(Sandbox::new(&store)?);
        House::with_providers(store, Providers::new(provider).with(sandbox.clone()), sandbox)
    }

    /// The same with these providers. Blocks.
    pub fn with_providers(store: Store, providers: Providers, sandbox: Arc<Sandbox>) -> Result<House> {
        House::over(store, Some(providers), sandbox)
    }

    fn over(store: Store, providers: Option<Providers>, sandbox: Arc<Sandbox>) -> Result<House> {
        store.write_blocking(offers::install_rates)?;
        let peers = Peers::new(false);
        let courier = Courier::new(&peers)?;
        Ok(House {
            connections: Connections::new(Given {
                providers,
                carrier: None,
                mailer: None,
                sandbox: sandbox.clone(),
                peers,
                stripe: stripe::ADDRESS.into(),
            }),
            store,
            sandbox,
            peers,
            courier,
            media: Media::memory(),
            app: Arc::default(),
            seen: Arc::new(AtomicI64::new(-1)),
            stopping: Arc::default(),
        })
    }

    /// The same house with other words of the server's start.
    fn given(self, change: impl FnOnce(&mut Given)) -> House {
        let mut given = self.connections.given().clone();
        change(&mut given);
        House { connections: Connections::new(given), ..self }
    }

    /// The same house with a mail server.
    pub fn with_mailer(self, mailer: Option<Arc<dyn Mailer>>) -> House {
        self.given(|given| given.mailer = mailer)
    }

    /// The same house, which finds Stripe elsewhere when it is set up in the console.
    pub fn stripe_at(self, address: &str) -> House {
        self.given(|given| given.stripe = address.to_owned())
    }

    /// The same house, whose parcels are booked through this carrier when there is one.
    pub fn booking_through(self, carrier: Option<Arc<dyn Carrier>>) -> House {
        self.given(|given| given.carrier = carrier)
    }

    /// The same, speaking to these peers. Errors: internal, without a source of root certificates.
    pub fn speaking_to(mut self, peers: Peers) -> Result<House> {
        (self.peers, self.courier) = (peers, Courier::new(&peers)?);
        Ok(self.given(|given| given.peers = peers))
    }

    /// The same with pictures in `media`; without it they are gone with the process.
    pub fn keeping(self, media: Media) -> House {
        House { media, ..self }
    }

    /// Who takes the money, and who took it before.
    pub fn providers(&self) -> Arc<Providers> {
        self.connections.providers()
    }

    /// Who carries parcels besides the built-in carrier.
    pub fn carriers(&self) -> Arc<Carriers> {
        self.connections.carriers()
    }

    /// Who takes letters to mailboxes; without one, messages are kept and not sent.
    pub fn mailer(&self) -> Option<Arc<dyn Mailer>> {
        self.connections.mailer()
    }

    /// The rules and rates of the day that the store's clock shows.
    pub async fn world(&self) -> Result<Arc<door::World>> {
        let carrier = self.carriers().booking();
        self.store.read(move |db| world(db, carrier)).await
    }

    /// Makes the pages over this house, with what these surfaces bring. Blocks: reads the whole catalogue into the shelf.
    pub fn pages(&self, surfaces: &[Surface], config: frame::Config) -> Result<frame::App> {
        let seen = self.store.read_blocking(store::newest_event)?;
        self.connections.refresh_blocking(&self.store)?;
        let shelf = self.store.read_blocking(search::Shelf::load)?;
        self.seen.store(seen, Ordering::SeqCst);
        let setup = frame::Setup {
            store: self.store.clone(),
            config,
            shelf,
            world: {
                let carrier = self.carriers().booking();
                self.store.read_blocking(move |db| world(db, carrier))?
            },
            peers: self.peers,
            connections: self.connections.clone(),
            media: self.media.clone(),
        };
        let app = frame::App::new(setup, &surfaces.iter().map(|surface| surface.brings).collect::<Vec<_>>())?;
        Ok(self.app.get_or_init(|| app).clone())
    }

    /// The pages, if this process serves them.
    pub fn app(&self) -> Option<&frame::App> {
        self.app.get()
    }

    /// Asks the workers to end after what they have in hand; what they have claimed besides is given back.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    /// Whether this process is about to end.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// What the clock shows.
    pub fn now(&self) -> Moment {
        self.store.clock().now()
    }
}

fn world(db: &mut store::Read, carrier: &'static str) -> Result<Arc<door::World>> {
    let now = db.now();
    let rates = offers::Rates::load(db, now.date())?;
    let typical = customs::Typical::accepted(parties::typical_rates(db)?);
    Ok(Arc::new(door::World::new(customs::Tables::builtin(), &rates, typical, now)?.booked_through(carrier)))
}
