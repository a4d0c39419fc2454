//! What all handlers share: the store, the texts, the templates, the shelf, the world of rules, the payment provider.

use crate::assets::Assets;
use crate::language::Languages;
use crate::lists::{self, Lists};
use crate::metrics::Metrics;
use crate::routes;
use crate::templates::{Sources, Templates};
use arc_swap::ArcSwap;
use base::{Country, Result};
use minijinja::Value;
use sha2::{Digest, Sha256};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::Store;

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
    /// Folder whose templates replace those of the same name.
    pub theme: Option<PathBuf>,
    /// `edge/web` on disk: templates, texts and static files are read from there again when they change.
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

/// What `edge/app` puts together.
pub struct Setup {
    /// The database.
    pub store: Store,
    /// How this installation is reached and looks.
    pub config: Config,
    /// The in-memory index of everything on sale.
    pub shelf: search::Shelf,
    /// Tables and rates of the day.
    pub world: Arc<door::World>,
    /// Who takes the money.
    pub provider: Arc<dyn payments::Provider>,
    /// The built-in provider when it is the one that takes the money: its 3-D Secure page and test cards are shown.
    pub sandbox: Option<payments::sandbox::Sandbox>,
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
    /// Where unguessable tokens come from.
    pub secrets: Secrets,
    /// Who takes the money.
    pub provider: Arc<dyn payments::Provider>,
    /// The built-in provider, when it is the one that takes the money.
    pub sandbox: Option<payments::sandbox::Sandbox>,
    /// Where files of pictures are kept.
    pub media: connect::Media,
    /// The in-memory index of everything on sale.
    pub shelf: search::Shelf,
    world: ArcSwap<door::World>,
    lists: ArcSwap<Lists>,
    platform: ArcSwap<Option<parties::Organisation>>,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Loads texts, templates and static files. Errors: a broken language file; the database.
    pub fn new(setup: Setup) -> Result<App> {
        let folder = |name: &str| setup.config.development.as_ref().map(|path| path.join(name));
        let languages = Languages::load(folder("languages").as_deref())?;
        let assets = Arc::new(Assets::load(folder("static")));
        let sources = Sources { theme: setup.config.theme.clone(), disk: folder("templates") };
        let templates = Templates::load(&sources, &languages, &assets);
        let seed = setup.store.write_blocking(|tx| Ok(tx.key()))?;
        let (platform, categories) =
            setup.store.read_blocking(|db| Ok((parties::platform(db)?, catalog::categories(db)?)))?;
        Ok(App(Arc::new(Parts {
            lists: ArcSwap::from_pointee(Lists::new(&languages, &categories)),
            metrics: Metrics::new(routes::routes().len()),
            secrets: Secrets { seed, next: AtomicU64::new(0) },
            store: setup.store,
            config: setup.config,
            languages,
            templates,
            assets,
            provider: setup.provider,
            sandbox: setup.sandbox,
            media: setup.media,
            shelf: setup.shelf,
            world: ArcSwap::new(setup.world),
            platform: ArcSwap::from_pointee(platform),
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
        let found = self.store.read(parties::platform).await?;
        self.platform.store(Arc::new(found.clone()));
        Ok(found)
    }

    /// The operator's country: the last guess for a visitor of whom nothing is known.
    pub fn home_country(&self) -> Country {
        let known = self.platform.load();
        match known.as_ref() {
            Some(platform) => platform.country,
            None => lists::first_destination(),
        }
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
        self.lists.store(Arc::new(Lists::new(&self.languages, &categories)));
        Ok(())
    }
}

/// Unguessable tokens: hashes of a secret that only this process knows and a counter.
pub struct Secrets {
    seed: String,
    next: AtomicU64,
}

impl Secrets {
    /// 128 bits as 32 hex digits.
    pub fn next(&self) -> String {
        self.digest("token", 16)
    }

    /// 64 bits as 16 hex digits.
    pub fn request_id(&self) -> String {
        self.digest("request", 8)
    }

    fn digest(&self, purpose: &str, bytes: usize) -> String {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        let digest = Sha256::new().chain_update(&self.seed).chain_update(purpose).chain_update(count.to_le_bytes());
        digest.finalize().iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Runs slow work that waits for nothing, such as hashing a password, away from the threads that serve.
/// Errors: internal, if it panicked.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(base::Error::internal)
}
