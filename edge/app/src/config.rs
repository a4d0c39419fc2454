//! Everything outside is reached by configuration: where data live, where to listen, which peers and secrets.
//! Each setting is a flag and an environment variable; the flag wins.

use crate::listen::{self, Limits};
use crate::secret_key::KeyArgs;
use base::{Error, Result};
use clap::{Args, Parser};
use connect::{Media, Peers, S3, Secret, Smtp, karrio, stripe};
use logistics::Carrier;
use notify::Mailer;
use payments::Provider;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Clock, Options, Store, Url};

/// Where the installation's data are. Shared by every command that opens them.
#[derive(Args, Clone, Debug)]
pub struct DataArgs {
    /// Folder for the database; made when missing
    #[arg(long, env = "ENTREPOT_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// postgres://… to keep everything in PostgreSQL instead of the folder's SQLite file
    #[arg(long, env = "ENTREPOT_DB", value_name = "URL", hide_env_values = true)]
    pub db: Option<String>,
}

impl DataArgs {
    /// The database's address.
    pub fn url(&self) -> Url {
        self.db.as_deref().map_or_else(|| Url::Folder(self.data.clone()), works::url)
    }

    /// Opens (and migrates) the store with `clock`.
    pub fn open(&self, clock: Clock) -> Result<Store> {
        works::open(self.url(), clock)
    }

    /// Opens data that must be there already. Errors: `no_data` (invalid) for a folder without a database.
    pub fn open_existing(&self) -> Result<Store> {
        works::open(self.existing()?, Clock::system())
    }

    /// The same, to be looked at only: nothing is changed, and the folder may be read-only. Errors: also those of
    /// [`Store::open_to_read`].
    pub fn open_to_read(&self) -> Result<Store> {
        Store::open_to_read(Options::new(self.existing()?, works::schemas()))
    }

    /// The file of the SQLite database, if it is one.
    pub fn file(&self) -> Option<PathBuf> {
        self.db.is_none().then(|| self.data.join("entrepot.db"))
    }

    fn existing(&self) -> Result<Url> {
        if let Some(file) = self.file()
            && !file.exists()
        {
            let say = format!("There is no entrepot.db in {}; name the data folder with --data.", self.data.display());
            return Err(Error::invalid("no_data", say));
        }
        Ok(self.url())
    }
}

/// Where files of pictures are kept.
#[derive(Args, Clone, Debug, Default)]
pub struct MediaArgs {
    /// Folder for pictures, shared by every node, or s3://bucket/prefix; DATA/media when not given
    #[arg(long, env = "ENTREPOT_MEDIA", value_name = "DIR|s3://…")]
    pub media: Option<String>,
    /// The settings of storage that speaks S3.
    #[command(flatten)]
    pub s3: S3Args,
}

/// How storage that speaks S3 is reached. The access key stands in the environment only: `ENTREPOT_S3_KEY_ID` and
/// `ENTREPOT_S3_SECRET`.
#[derive(Args, Clone, Debug, Default)]
pub struct S3Args {
    /// Address of storage that speaks S3, when it is not Amazon's
    #[arg(long, env = "ENTREPOT_S3_ENDPOINT", value_name = "URL")]
    pub s3_endpoint: Option<String>,
    /// Its region
    #[arg(long, env = "ENTREPOT_S3_REGION", default_value = "us-east-1", value_name = "REGION")]
    pub s3_region: String,
}

impl MediaArgs {
    /// Opens the storage of the installation whose data are in `folder`. Errors: it cannot be made; a setting is missing.
    pub fn open(&self, folder: &Path, peers: &Peers) -> Result<Media> {
        match &self.media {
            Some(place) => self.s3.open(place, peers),
            None => Media::folder(&folder.join("media")),
        }
    }
}

impl S3Args {
    /// Opens the storage at `place`: `s3://bucket/prefix`, or a folder.
    pub fn open(&self, place: &str, peers: &Peers) -> Result<Media> {
        let Some(rest) = place.strip_prefix("s3://") else { return Media::folder(Path::new(place)) };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        Media::s3(
            peers,
            &S3 {
                bucket: bucket.to_owned(),
                prefix: prefix.trim_matches('/').to_owned(),
                endpoint: self.s3_endpoint.clone(),
                region: self.s3_region.clone(),
                key_id: variable("ENTREPOT_S3_KEY_ID"),
                secret: variable("ENTREPOT_S3_SECRET")
                    .parse()
                    .unwrap_or_else(|never: std::convert::Infallible| match never {}),
            },
        )
    }
}

/// The same arguments as a command line of their own, to take defaults and environment from.
#[derive(clap::Parser)]
struct ServeCli {
    #[command(flatten)]
    serve: ServeArgs,
}

/// How `entrepot serve` meets the world.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// Where files of pictures are kept.
    #[command(flatten)]
    pub media: MediaArgs,
    /// Where the key of the secrets is.
    #[command(flatten)]
    pub key: KeyArgs,
    /// Address and port to listen on
    #[arg(long, env = "ENTREPOT_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    pub listen: String,
    /// Address people type, such as https://shop.example; cookies are Secure when it is https
    #[arg(long, env = "ENTREPOT_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Load the demonstration world into an empty installation, and let the console move its clock
    #[arg(long, env = "ENTREPOT_DEMO")]
    pub demo: bool,
    /// Folder with templates that take the place of the built-in ones
    #[arg(long, env = "ENTREPOT_THEME", value_name = "DIR")]
    pub theme: Option<PathBuf>,
    /// Test mode: an adjustable clock, plain http to peers on loopback, customs events made by hand. Never for real money
    #[arg(long, env = "ENTREPOT_TEST_MODE")]
    pub test_mode: bool,
    /// Costly calls of one address a minute: carts and orders by the API without a key, the forms of the storefront for basket,
    /// checkout and sign-in; 0: no limit
    #[arg(long, env = "ENTREPOT_RATE_LIMIT", default_value_t = frame::app::RATE_LIMIT, value_name = "PER_MINUTE")]
    pub rate_limit: u32,
    /// Mail server: smtps://user:password@host:465, or smtp://user:password@host:587 (STARTTLS). Without it messages are kept
    /// in the console and not sent
    #[arg(long, env = "ENTREPOT_MAIL_URL", value_name = "URL", hide_env_values = true, requires = "mail_from")]
    pub mail_url: Option<Secret>,
    /// Who mail is from, such as "Shop <orders@shop.example>"; answers go there
    #[arg(long, env = "ENTREPOT_MAIL_FROM", value_name = "NAME <ADDRESS>")]
    pub mail_from: Option<String>,
    /// Take the buyer's address from X-Forwarded-For: only behind a proxy of your own
    #[arg(long, env = "ENTREPOT_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Who may knock, and how often.
    #[command(flatten)]
    pub front: FrontArgs,
    /// Who takes the money.
    #[command(flatten)]
    pub stripe: StripeArgs,
    /// Who carries the parcels.
    #[command(flatten)]
    pub carrier: CarrierArgs,
}

/// Under which names the server answers, to how many, and who reads its metrics.
#[derive(Args, Clone, Debug, Default)]
pub struct FrontArgs {
    /// Another name that the server answers to besides that of the base URL, such as www.shop.example; may be said several times
    #[arg(long = "host", env = "ENTREPOT_HOSTS", value_name = "NAME", value_delimiter = ',')]
    pub hosts: Vec<String>,
    /// Token that /metrics asks for (Authorization: Bearer …). Without it only this machine itself may read them
    #[arg(long, env = "ENTREPOT_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub metrics_token: Option<Secret>,
    /// Connections at once; the one that has waited longest makes room for a new one; 0: no limit
    #[arg(long, env = "ENTREPOT_CONNECTIONS", default_value_t = listen::CONNECTIONS, value_name = "COUNT")]
    pub connections: usize,
    /// Connections at once of one address (IPv6: of its /64 network), not counted behind a proxy; 0: no limit
    #[arg(long, env = "ENTREPOT_CONNECTIONS_PER_ADDRESS", default_value_t = listen::PER_ADDRESS, value_name = "COUNT")]
    pub connections_per_address: usize,
}

/// Parcels are booked through Karrio in place of the built-in carrier as soon as its address is known.
#[derive(Args, Clone, Debug, Default)]
pub struct CarrierArgs {
    /// Address of a Karrio server, which books labels with your own accounts at carriers; parcels go through it then
    #[arg(long, env = "ENTREPOT_CARRIER", value_name = "URL", requires = "carrier_key")]
    pub carrier: Option<String>,
    /// API key of that server
    #[arg(long, env = "ENTREPOT_CARRIER_KEY", value_name = "KEY", hide_env_values = true)]
    pub carrier_key: Option<Secret>,
    /// Secret of the webhook that was made there to /webhooks/carriers/karrio
    #[arg(long, env = "ENTREPOT_CARRIER_WEBHOOK_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub carrier_webhook_secret: Option<Secret>,
    /// Folder with your own services.csv and lanes.csv: which services are offered, where, for how much, and who books them
    #[arg(long, env = "ENTREPOT_SERVICES", value_name = "DIR")]
    pub services: Option<PathBuf>,
}

impl CarrierArgs {
    /// The carrier outside, when there is one. Errors: an address that may not be spoken to.
    pub fn carrier(&self, peers: &Peers) -> Result<Option<Arc<dyn Carrier>>> {
        let (Some(address), Some(key)) = (self.carrier.clone(), self.carrier_key.clone()) else { return Ok(None) };
        if self.carrier_webhook_secret.is_none() {
            tracing::warn!(
                "ENTREPOT_CARRIER_WEBHOOK_SECRET is not set: where parcels are is asked every two hours only. Make a webhook \
                 to /webhooks/carriers/karrio at the Karrio server."
            );
        }
        let webhook_secret = self.carrier_webhook_secret.clone();
        Ok(Some(Arc::new(karrio::Karrio::new(peers, karrio::Settings { address, key, webhook_secret })?)))
    }

    /// Reads the installation's own services, when a folder with them is named. Errors: a file that is missing, a row that
    /// cannot be read.
    pub fn install_services(&self) -> Result<()> {
        let Some(folder) = &self.services else { return Ok(()) };
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).map_err(|problem| {
                Error::invalid("services_folder", format!("Cannot read {}: {problem}.", path.display()))
            })
        };
        let (services, lanes) = (read("services.csv")?, read("lanes.csv")?);
        logistics::install(&logistics::OwnTables { services: &services, lanes: &lanes })
    }
}

/// Stripe takes the money in place of the built-in sandbox as soon as there is a key.
#[derive(Args, Clone, Debug)]
pub struct StripeArgs {
    /// Secret or restricted key of Stripe; the money goes through Stripe then
    #[arg(long, env = "ENTREPOT_STRIPE_KEY", value_name = "KEY", hide_env_values = true)]
    pub stripe_key: Option<Secret>,
    /// Signing secret of Stripe's webhook to /webhooks/payments/stripe
    #[arg(long, env = "ENTREPOT_STRIPE_WEBHOOK_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub stripe_webhook_secret: Option<Secret>,
    /// Where Stripe is; a stand-in for tests
    #[arg(long, env = "ENTREPOT_STRIPE_URL", default_value = stripe::ADDRESS, value_name = "URL")]
    pub stripe_url: String,
}

impl StripeArgs {
    /// Stripe, when there is a key. Errors: a key that is none, an address that may not be spoken to.
    pub fn provider(&self, peers: &Peers) -> Result<Option<Arc<dyn Provider>>> {
        let Some(key) = self.stripe_key.clone() else { return Ok(None) };
        if self.stripe_webhook_secret.is_none() {
            tracing::warn!(
                "ENTREPOT_STRIPE_WEBHOOK_SECRET is not set: a payment is noticed when the buyer comes back, or when its order \
                 would lapse. Make a webhook to /webhooks/payments/stripe in Stripe's dashboard."
            );
        }
        let (webhook_secret, address) = (self.stripe_webhook_secret.clone(), self.stripe_url.clone());
        Ok(Some(Arc::new(stripe::Stripe::new(peers, stripe::Settings { key, webhook_secret, address })?)))
    }
}

impl ServeArgs {
    /// What `entrepot` without a command does: the demonstration world in `./data`, or where the environment says.
    pub fn demonstration() -> ServeArgs {
        let defaults = ServeCli::parse_from(["entrepot"]);
        ServeArgs { demo: true, ..defaults.serve }
    }

    /// The public address, without a slash at its end. Errors: neither http:// nor https://.
    pub fn public_url(&self) -> Result<String> {
        let url = self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        if url.starts_with("https://") || url.starts_with("http://") {
            return Ok(url.trim_end_matches('/').to_owned());
        }
        Err(Error::field(
            "base-url",
            "url_format",
            format!("“{url}” is no address; write it like https://shop.example."),
        ))
    }

    /// How long clients are waited for, and how many of them at once.
    pub fn limits(&self) -> Limits {
        // A proxy's connections are those of all its clients.
        let per_address = if self.behind_proxy { 0 } else { self.front.connections_per_address };
        Limits { connections: self.front.connections, per_address, ..Limits::default() }
    }

    /// The mail server, if one is configured. Errors: an address that is none, or not over TLS.
    pub fn mailer(&self) -> Result<Option<Arc<dyn Mailer>>> {
        let (Some(url), Some(from)) = (&self.mail_url, &self.mail_from) else { return Ok(None) };
        Ok(Some(Arc::new(Smtp::new(&Peers::new(self.test_mode), url.reveal(), from)?)))
    }

    /// A clock that can be moved in the demonstration and in test mode, the system's otherwise.
    pub fn clock(&self) -> Clock {
        if self.demo || self.test_mode { Clock::adjustable() } else { Clock::system() }
    }
}

/// Logs to standard error: readable, or one JSON object a line. `RUST_LOG` filters; the default is `info`.
pub fn start_log(json: bool) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,entrepot=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if json { log.json().try_init() } else { log.compact().with_target(false).try_init() };
    // A second start in one process (tests) keeps the first log.
    drop(started);
}
