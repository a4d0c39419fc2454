//! What may not be sent where, or only under conditions; and what is still missing before goods may be sold abroad.

use crate::shipment::{Item, Service};
use crate::tables::Tables;
use base::{Country, Date, HsCode, Weight};
use serde::{Deserialize, Serialize};

/// Something that bars goods, or asks for papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// Stable and translatable: `lithium_battery_postal`.
    pub code: String,
    /// Whether the goods must not be sent this way at all; otherwise papers or marks are needed.
    pub barred: bool,
    /// One English sentence.
    pub sentence: String,
    /// Where it stands.
    pub source: String,
}

/// One thing a product lacks before it may be sold across a border.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Stable and translatable: `hs_code`, `origin`, `description`, `weight`.
    pub code: String,
    /// One English sentence that says what to do.
    pub message: String,
}

/// What stands against sending `item` this way on `date`.
pub fn restrictions(
    _tables: &Tables,
    _item: &Item,
    _dispatch: Country,
    _destination: Country,
    _service: Service,
    _date: Date,
) -> Vec<Restriction> {
    Vec::new()
}

/// What is missing before goods may be sold to `destination` across a border. Empty means ready.
pub fn readiness(
    hs: Option<HsCode>,
    origin: Option<Country>,
    description: &str,
    weight: Option<Weight>,
    destination: Country,
) -> Vec<Missing> {
    let missing = |code: &str, message: String| Missing { code: code.into(), message };
    let mut found = Vec::new();
    if hs.is_none() {
        found.push(missing("hs_code", format!("Add the HS code: customs of {destination} asks for it.")));
    }
    if origin.is_none() {
        found.push(missing("origin", "Add the country of origin: duty depends on it.".into()));
    }
    let words = description.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    if words < 2 {
        let message = "Describe the goods for customs in plain words, such as “women’s cotton T-shirt”.";
        found.push(missing("description", message.into()));
    }
    if weight.is_none_or(|weight| weight.grams == 0) {
        found.push(missing("weight", "Add the weight: carriers and customs ask for it.".into()));
    }
    found
}
