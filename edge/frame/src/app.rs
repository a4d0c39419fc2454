//! What all handlers share: the store, the texts, the templates, the shelf, the world of rules, the payment providers.

use crate::assets::Assets;
use crate::brought::Brought;
use crate::connections::Connections;
use crate::language::Languages;
use crate::limit::Limits;
use crate::lists::{self, Lists};
use crate::metrics::Metrics;
use crate::preferences::Home;
use crate::secrets::Secrets;
use crate::templates::{Sources, Templates};
use arc_swap::ArcSwap;
use base::{Country, Result};
use customs::Typical;
use minijinja::Value;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use store::{Read, Store};

/// What a busy office behind one address does not reach.
pub const RATE_LIMIT: u32 = 600;

/// How this installation is reached and looks.
#[derive(Clone, Debug)]
pub struct Config {
    /// Public address without a slash at the end: `https://shop.example`. Cookies are Secure when it is https.
    pub base_url: String,
    /// The shop's name in titles; the platform's own name once it is claimed.
    pub name: String,
    /// Demo world: sign-ins are shown, the clock can be moved.
    pub demo: bool,
    /// Of the demo world: role (`operator`, `seller`, `buyer`) and e-mail, shown on the sign-in page.
    pub demo_people: Vec<(String, String)>,
    /// The password that everybody in the demo world has.
    pub demo_password: String,
    /// Take the client's address from `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// More names that the server answers to, besides that of `base_url` and those of this machine.
    pub hosts: Vec<String>,
    /// No public address was given: any number of this machine may be asked.
    pub is_nameless: bool,
    /// What `/metrics` asks of whoever reads it; without it only this machine itself may.
    pub metrics_token: Option<String>,
    /// Costly calls of one address a minute: carts and orders by the API without a key, the storefront's forms; 0: no limit.
    pub rate_limit: u32,
    /// Folder whose templates replace those of the same name.
    pub theme: Option<PathBuf>,
    /// `edge` on disk: templates, texts and static files of every crate are read from there again when they change.
    pub development: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            base_url: "http://localhost:8080".into(),
            name: "Entrepot".into(),
            demo: false,
            demo_people: Vec::new(),
            demo_password: String::new(),
            behind_proxy: false,
            hosts: Vec::new(),
            is_nameless: false,
            metrics_token: None,
            rate_limit: RATE_LIMIT,
            theme: None,
            development: None,
        }
    }
}

impl Config {
    /// Reached over TLS.
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// What `works::House` puts together.
pub struct Setup {
    /// The database.
    pub store: Store,
    /// How this installation is reached and looks.
    pub config: Config,
    /// The in-memory index of everything on sale.
    pub shelf: search::Shelf,
    /// Tables and rates of the day.
    pub world: Arc<door::World>,
    /// Which addresses may be registered to be spoken to.
    pub peers: connect::Peers,
    /// Who takes the money, carries parcels and takes letters.
    pub connections: Connections,
    /// Where files of pictures are kept.
    pub media: connect::Media,
}

/// The application; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What handlers reach through [`App`].
pub struct Parts {
    /// The database.
    pub store: Store,
    /// How this installation is reached and looks.
    pub config: Config,
    /// Every language.
    pub languages: Languages,
    /// Every template.
    pub templates: Templates,
    /// Every static file.
    pub assets: Arc<Assets>,
    /// Counters.
    pub metrics: Metrics,
    /// How often one address may call.
    pub limits: Limits,
    /// Where unguessable tokens come from.
    pub secrets: Secrets,
    /// Which addresses may be registered to be spoken to.
    pub peers: connect::Peers,
    /// Who takes the money, carries parcels and takes letters.
    pub connections: Connections,
    /// Where files of pictures are kept.
    pub media: connect::Media,
    /// The in-memory index of everything on sale.
    pub shelf: search::Shelf,
    world: ArcSwap<door::World>,
    lists: ArcSwap<Lists>,
    platform: ArcSwap<Option<parties::Organisation>>,
    shop: ArcSwap<Option<parties::Shop>>,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Loads texts, templates and static files: all that is `brought`. Errors: a broken language file; the database.
    pub fn new(setup: Setup, brought: &[Brought]) -> Result<App> {
        let disk = setup.config.development.clone();
        let languages = Languages::load(brought, disk.as_deref())?;
        let assets = Arc::new(Assets::load(disk.as_ref().map(|edge| edge.join("frame/static"))));
        let sources = Sources { theme: setup.config.theme.clone(), disk, brought: brought.to_vec() };
        let templates = Templates::load(&sources, &languages, &assets);
        let seed = setup.store.write_blocking(|tx| Ok(tx.key()))?;
        let read = |db: &mut Read| Ok((parties::platform(db)?, parties::shop(db)?, catalog::categories(db)?));
        let (platform, shop, categories) = setup.store.read_blocking(read)?;
        Ok(App(Arc::new(Parts {
            lists: ArcSwap::from_pointee(Lists::new(&languages, &categories, shop.as_ref())),
            metrics: Metrics::default(),
            limits: Limits::new(setup.config.rate_limit),
            secrets: Secrets::new(seed),
            store: setup.store,
            config: setup.config,
            languages,
            templates,
            assets,
            peers: setup.peers,
            connections: setup.connections,
            media: setup.media,
            shelf: setup.shelf,
            world: ArcSwap::new(setup.world),
            platform: ArcSwap::from_pointee(platform),
            shop: ArcSwap::from_pointee(shop),
        })))
    }

    /// The rules and rates of the day.
    pub fn world(&self) -> Arc<door::World> {
        self.world.load_full()
    }

    /// Puts another day's rules and rates in their place.
    pub fn set_world(&self, world: Arc<door::World>) {
        self.world.store(world);
    }

    /// The operator, once the installation is claimed.
    pub async fn platform(&self) -> Result<Option<parties::Organisation>> {
        let known = self.platform.load_full();
        if known.is_some() {
            return Ok((*known).clone());
        }
        self.refresh_shop().await?;
        Ok((*self.platform.load_full()).clone())
    }

    /// What the owner says about the shop; nothing before the installation is claimed. As fresh as the events this process has
    /// followed.
    pub fn shop(&self) -> Arc<Option<parties::Shop>> {
        self.shop.load_full()
    }

    /// The shop's name in titles and texts.
    pub fn name(&self) -> String {
        (*self.shop()).as_ref().map_or_else(|| self.config.name.clone(), |shop| shop.name.clone())
    }

    /// The hash of a password that somebody chose, made away from the threads that serve. `about` is what is known of the account; the
    /// shop's name is added. Errors: one that is not taken, see [`parties::hash_password`].
    pub async fn hash_password(&self, password: &str, about: &[&str]) -> Result<String> {
        let mut words: Vec<String> = about.iter().map(|word| (*word).to_owned()).collect();
        words.push(self.name());
        let password = password.to_owned();
        aside(move || parties::hash_password(&password, &words.iter().map(String::as_str).collect::<Vec<_>>())).await?
    }

    /// Where passkeys are bound to; none where browsers know none.
    pub fn passkey_site(&self) -> Option<parties::Site> {
        parties::Site::of(&self.config.base_url)
    }

    /// Whether the shop sells to a country.
    pub fn serves(&self, country: Country) -> bool {
        let sold = (*self.shop()).as_ref().is_none_or(|shop| shop.sells_to(country));
        sold && lists::destinations().any(|known| known == country)
    }

    /// What is taken for granted of a visitor of whom nothing is known.
    pub fn home(&self) -> Home {
        let (platform, shop) = (self.platform.load(), self.shop());
        let shop = (*shop).as_ref();
        let country = platform.as_ref().as_ref().map_or_else(lists::first_destination, |platform| platform.country);
        let markets = shop.map(|shop| shop.markets.clone()).unwrap_or_default();
        let language = shop.and_then(|shop| self.languages.find(shop.language.tag()));
        Home {
            country: if markets.is_empty() || markets.contains(&country) { country } else { markets[0] },
            currency: shop.map_or(door::market(country).currency, |shop| shop.currency),
            language: language.unwrap_or(self.languages.english()).tag,
            markets,
        }
    }

    /// Reads again what the owner says about the shop, and lets prices follow it: after `party.setting_changed` and `party.organisation_changed`.
    pub async fn refresh_shop(&self) -> Result<()> {
        let read = |db: &mut Read| Ok((parties::platform(db)?, parties::shop(db)?));
        let (platform, shop) = self.store.read(read).await?;
        self.platform.store(Arc::new(platform));
        let typical = Typical::accepted(shop.as_ref().is_some_and(|shop| shop.typical_rates));
        if self.world.load().typical != typical {
            self.world.rcu(|world| world.with_typical(typical));
        }
        self.shop.store(Arc::new(shop));
        self.refresh_categories().await
    }

    /// Who takes the money, and who took it before.
    pub fn providers(&self) -> Arc<payments::Providers> {
        self.connections.providers()
    }

    /// Who carries parcels besides the built-in carrier.
    pub fn carriers(&self) -> Arc<logistics::Carriers> {
        self.connections.carriers()
    }

    /// The built-in provider, when it is the one that takes the money.
    pub fn sandbox(&self) -> Option<payments::sandbox::Sandbox> {
        self.connections.sandbox()
    }

    /// Mail is sent; without a server messages are kept and not sent.
    pub fn mail(&self) -> bool {
        self.connections.mailer().is_some()
    }

    /// Real money is taken, not the built-in provider's play money.
    pub fn takes_money(&self) -> bool {
        self.connections.sandbox().is_none()
    }

    /// A carrier outside books labels.
    pub fn books_labels(&self) -> bool {
        self.connections.carriers().outside().is_some()
    }

    /// Works from now on with whom the stored connections name: after one was changed, and after `party.connection_changed`. Errors: the
    /// database's.
    pub async fn reconnect(&self) -> Result<()> {
        self.connections.refresh(&self.store).await?;
        let (world, booking) = (self.world(), self.carriers().booking());
        if world.booked_through != booking {
            self.set_world(Arc::new((*world).clone().booked_through(booking)));
        }
        Ok(())
    }

    /// Choices that stand on every page, in the language `tag`.
    pub(crate) fn lists(&self, tag: &str) -> Value {
        self.lists.load().of(tag)
    }

    /// Names of the categories by raw id, in the language `tag`.
    pub fn category_names(&self, tag: &str) -> std::collections::HashMap<i64, String> {
        self.lists.load().category_names(tag)
    }

    /// Reads the categories again: after `catalog.category_changed`, an import, a claim.
    pub async fn refresh_categories(&self) -> Result<()> {
        let categories = self.store.read(catalog::categories).await?;
        self.lists.store(Arc::new(Lists::new(&self.languages, &categories, (*self.shop()).as_ref())));
        Ok(())
    }
}

/// Runs slow work that waits for nothing, such as hashing a password, away from the threads that serve.
/// Errors: internal, if it panicked.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(base::Error::internal)
}
