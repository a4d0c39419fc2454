//! Whom the house works with outside: what the server's start says, and what admins set up in the console where it says nothing.
//! Pages and workers of a process share one; each node reads it again when it changes.

mod given;
pub(crate) mod kind;

pub use given::Given;
pub use kind::{Field, Kind};

use arc_swap::ArcSwap;
use base::Result;
use logistics::Carriers;
use notify::Mailer;
use parties::{Connection, Words};
use payments::sandbox::{NAME, Sandbox};
use payments::{Provider, Providers};
use std::sync::Arc;
use store::{Read, Store};

/// Who does it now.
struct Now {
    providers: Arc<Providers>,
    carriers: Arc<Carriers>,
    mailer: Option<Arc<dyn Mailer>>,
}

/// Whom the house works with. Clones share it.
#[derive(Clone)]
pub struct Connections(Arc<Shared>);

struct Shared {
    given: Given,
    now: ArcSwap<Now>,
}

/// A stored connection with its secrets.
type Stored = (Connection, Words);

impl Connections {
    /// What the server's start says; nothing stored is read yet.
    pub fn new(given: Given) -> Connections {
        let now = ArcSwap::from_pointee(now(&given, &[]));
        Connections(Arc::new(Shared { given, now }))
    }

    /// What the server's start says.
    pub fn given(&self) -> &Given {
        &self.0.given
    }

    /// Whether the server's start says who does this.
    pub fn is_given(&self, kind: Kind) -> bool {
        let given = self.given();
        match kind {
            Kind::Payments => given.providers.is_some(),
            Kind::Carrier => given.carrier.is_some(),
            Kind::Mail => given.mailer.is_some(),
        }
    }

    /// Who takes the money, and who took it before.
    pub fn providers(&self) -> Arc<Providers> {
        self.0.now.load().providers.clone()
    }

    /// Who carries parcels besides the built-in carrier.
    pub fn carriers(&self) -> Arc<Carriers> {
        self.0.now.load().carriers.clone()
    }

    /// Who takes letters to mailboxes; without one, messages are kept and not sent.
    pub fn mailer(&self) -> Option<Arc<dyn Mailer>> {
        self.0.now.load().mailer.clone()
    }

    /// The built-in provider, when it is the one that takes the money; every other one takes it on its own page.
    pub fn sandbox(&self) -> Option<Sandbox> {
        (self.0.now.load().providers.taking().name() == NAME).then(|| (*self.0.given.sandbox).clone())
    }

    /// Reads what is stored and works with it from now on. Errors: the database's.
    pub async fn refresh(&self, store: &Store) -> Result<()> {
        let stored = store.read(stored).await?;
        self.0.now.store(Arc::new(now(&self.0.given, &stored)));
        Ok(())
    }

    /// The same, before anything is served. Blocks.
    pub fn refresh_blocking(&self, store: &Store) -> Result<()> {
        let stored = store.read_blocking(stored)?;
        self.0.now.store(Arc::new(now(&self.0.given, &stored)));
        Ok(())
    }
}

/// Everything that is stored; what cannot be read, as its key is not here, is left out and told in the log.
fn stored(db: &mut Read) -> Result<Vec<Stored>> {
    let mut all = Vec::new();
    for connection in parties::connections(db)? {
        match parties::connection_secrets(db, &connection.name) {
            Ok(secrets) => all.push((connection, secrets)),
            Err(problem) => {
                tracing::error!(connection = %connection.name, %problem, "a connection is not used: its secrets cannot be read")
            }
        }
    }
    Ok(all)
}

fn now(given: &Given, stored: &[Stored]) -> Now {
    let providers = of(Kind::Payments, stored, |one, secrets| kind::stripe(given, one, secrets));
    let carriers = of(Kind::Carrier, stored, |one, secrets| kind::karrio(given, &one.settings, secrets));
    let mailers = of(Kind::Mail, stored, |one, secrets| kind::smtp(given, &one.settings, secrets));
    Now {
        providers: Arc::new(taking(given, providers)),
        carriers: Arc::new(carrying(given, carriers)),
        mailer: given.mailer.clone().or(mailers.into_iter().find(|(active, _)| *active).map(|(_, mailer)| mailer as _)),
    }
}

/// Makes each connection of a kind; says whether it serves what is new.
fn of<T>(kind: Kind, stored: &[Stored], make: impl Fn(&Connection, &Words) -> Result<T>) -> Vec<(bool, Arc<T>)> {
    let ours = stored.iter().filter(|(connection, _)| connection.kind == kind.name());
    let made = ours.filter_map(|(connection, secrets)| match make(connection, secrets) {
        Ok(made) => Some((connection.active, Arc::new(made))),
        Err(problem) => {
            tracing::error!(connection = %connection.name, %problem, "a connection is not used");
            None
        }
    });
    made.collect()
}

/// One takes new payments; all others end what they began.
fn taking(given: &Given, stored: Vec<(bool, Arc<connect::stripe::Stripe>)>) -> Providers {
    let active = stored.iter().find(|(active, _)| *active).map(|(_, one)| one.clone());
    let mut all = match (&given.providers, active) {
        (Some(given), _) => given.clone(),
        (None, Some(stripe)) => Providers::new(stripe).with(given.sandbox.clone()),
        (None, None) => Providers::new(given.sandbox.clone()),
    };
    for (_, one) in stored {
        // The same name given at the start is the same account, with the key of today.
        if !all.all().any(|known| known.name() == one.name()) {
            all = all.with(one);
        }
    }
    all
}

fn carrying(given: &Given, stored: Vec<(bool, Arc<connect::karrio::Karrio>)>) -> Carriers {
    if let Some(carrier) = &given.carrier {
        return Carriers::through(carrier.clone());
    }
    match stored.into_iter().next() {
        Some((true, carrier)) => Carriers::through(carrier),
        Some((false, carrier)) => Carriers::default().ending(carrier),
        None => Carriers::default(),
    }
}
