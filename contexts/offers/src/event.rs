//! What happens to offers, supply prices and rates.

use crate::Offer;
use base::{Currency, Id};
use catalog::{Product, Variant};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use terms::Agreement;

store::events! {
    Public "offer.changed" Changed: Id<Product>;
    Private "offer.supply_agreed" SupplyAgreed: Id<Agreement>;
    Private "offer.rates_put" RatesPut: ();
    Private "offer.rates_held" RatesHeld: ();
    Private "offer.rate_dropped" RateDropped: ();
}

/// Rates were put in, by hand or from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatesPut {
    /// How many.
    pub rows: usize,
    /// Who published the first of them.
    pub source: Option<String>,
    /// All of them, `EUR/USD 2026-07-15` to `1.08 ECB`: what the auditor compares the rows with.
    pub rates: BTreeMap<String, String>,
    /// The one, when there is only one.
    #[serde(flatten)]
    pub one: Option<OneRate>,
}

/// A rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneRate {
    /// `EUR/USD`.
    pub pair: String,
    /// Units of the second for one of the first.
    pub rate: String,
    /// Its day.
    pub date: String,
}

/// An offer was made or changed: as it is now, for the auditor to compare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// Which offer of the product.
    pub offer: Id<Offer>,
    /// Under which agreement.
    pub agreement: Id<Agreement>,
    /// Of its price.
    pub currency: Currency,
    /// What it costs, in minor units.
    pub price_minor: i64,
    /// What it cost before, if that is shown.
    pub compare_at_minor: Option<i64>,
    /// `active` or `paused`.
    pub status: String,
    /// From where it is supplied: `stock`.
    pub supply: String,
    /// Prices in other currencies, in minor units.
    pub prices: BTreeMap<Currency, i64>,
}

/// Another supply price was agreed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupplyAgreed {
    /// With whom.
    pub organisation: Id<Organisation>,
    /// Of what.
    pub variant: Id<Variant>,
    /// Of a piece, in minor units.
    pub price_minor: i64,
    /// Its currency.
    pub currency: Currency,
    /// Since when, in microseconds.
    pub valid_from: i64,
}

/// Rates that nobody believes wait for somebody to look at them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatesHeld {
    /// How many.
    pub rows: usize,
    /// Who published them.
    pub source: String,
}

/// A rate that waited was thrown away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RateDropped {
    /// `EUR/USD`.
    pub pair: String,
    /// Its day.
    pub date: String,
}
