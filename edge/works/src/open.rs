//! The database of the whole house.

use base::{Error, Result};
use store::{Clock, Options, Schema, Store, Url};

/// The tables of every context, lower ranks first.
pub fn schemas() -> &'static [Schema] {
    const ALL: &[Schema] = &[
        parties::SCHEMA,
        catalog::SCHEMA,
        ledger::SCHEMA,
        terms::SCHEMA,
        stock::SCHEMA,
        payments::SCHEMA,
        notify::SCHEMA,
        onboarding::SCHEMA,
        offers::SCHEMA,
        logistics::SCHEMA,
        orders::SCHEMA,
        checkout::SCHEMA,
        settlement::SCHEMA,
        aftersales::SCHEMA,
        amendments::SCHEMA,
        hooks::SCHEMA,
    ];
    ALL
}

/// The address that `text` writes: a PostgreSQL URL, or a folder.
pub fn url(text: &str) -> Url {
    text.parse().unwrap_or_else(|never: std::convert::Infallible| match never {})
}

/// Opens (and migrates) the store at `url`; a folder is made when missing.
pub fn open(url: Url, clock: Clock) -> Result<Store> {
    if let Url::Folder(folder) = &url {
        std::fs::create_dir_all(folder).map_err(|problem| {
            Error::invalid("data_folder", format!("Cannot make the data folder {}: {problem}.", folder.display()))
        })?;
    }
    Store::open(Options { clock, ..Options::new(url, schemas()) })
}
