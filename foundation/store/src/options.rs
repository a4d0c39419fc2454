//! How a store is opened.

use crate::Clock;
use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Everything [`crate::Store::open`] needs to know.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which database.
    pub url: Url,
    /// Where `tx.now()` comes from.
    pub clock: Clock,
    /// Every context's tables, lower ranks first.
    pub schemas: &'static [Schema],
    /// SQLite: threads that read (at least 1).
    pub readers: usize,
    /// PostgreSQL: threads with a connection each (at least 1).
    pub connections: usize,
}

impl Options {
    /// The usual: the system's clock, 2 readers, 8 connections.
    pub fn new(url: Url, schemas: &'static [Schema]) -> Options {
        Options { url, clock: Clock::system(), schemas, readers: 2, connections: 8 }
    }
}

/// Which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Url {
    /// SQLite that ends with the process.
    Memory,
    /// SQLite: `entrepot.db` in this data folder, which is made if it is missing.
    Folder(PathBuf),
    /// A PostgreSQL connection string: `postgres://user@host/database`, or with `?host=/var/run/postgresql` a socket.
    Postgres(String),
}

impl FromStr for Url {
    type Err = Infallible;
    /// `postgres://…` or `postgresql://…`, `memory`, else a folder.
    fn from_str(text: &str) -> Result<Url, Infallible> {
        Ok(match text {
            "memory" => Url::Memory,
            text if text.starts_with("postgres://") || text.starts_with("postgresql://") => Url::Postgres(text.into()),
            text => Url::Folder(text.into()),
        })
    }
}

impl fmt::Display for Url {
    /// For people and logs: a password does not show.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Url::Memory => f.write_str("memory"),
            Url::Folder(folder) => write!(f, "{}", folder.display()),
            Url::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                let place = rest.split_once('@').map_or(rest, |(_, place)| place);
                write!(f, "{scheme}://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

/// The tables of one context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The context's name, which begins its tables' names.
    pub name: &'static str,
    /// SQL texts of one or more statements, oldest first. Forward only: an applied one must never be edited.
    pub migrations: &'static [&'static str],
    /// Its rows that nothing ever changes or removes, to be sealed.
    pub sealed: &'static [Sealed],
}

/// Rows that are written once and stay: `crate::seal` chains their hashes, so that a change behind the product's back shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What findings call them, and the seals' rows: the table's name.
    pub table: &'static str,
    /// The rows with ids above `$1`, up to and with `$2`, in order of their ids, at most `$3` of them: the id first, then every
    /// column that no deed changes. Columns with words about a person stay out: they are erased on demand.
    pub rows: &'static str,
}

/// Which database stands behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file, or memory.
    Sqlite,
    /// A server.
    Postgres,
}
