//! What may not be sent where, or only under conditions; and what is still missing before goods may be sold abroad.

use crate::rows::RestrictionRow;
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

/// What stands against sending `item` this way on `date`, bars and papers alike; bars first.
pub fn restrictions(
    tables: &Tables,
    item: &Item,
    dispatch: Country,
    destination: Country,
    service: Service,
    date: Date,
) -> Vec<Restriction> {
    let border = !dispatch.same_customs_territory(destination);
    let rows = || tables.restrictions.iter().filter(|row| applies(row, item, border, destination, service, date));
    rows().filter(|row| row.barred).chain(rows().filter(|row| !row.barred)).map(shown).collect()
}

/// Only what bars `item` from being sent this way: the same rows, for the many prices of a list.
pub fn bars(
    tables: &Tables,
    item: &Item,
    dispatch: Country,
    destination: Country,
    service: Service,
    date: Date,
) -> Vec<Restriction> {
    let border = !dispatch.same_customs_territory(destination);
    let barred = tables.restrictions.iter().filter(|row| row.barred);
    barred.filter(|row| applies(row, item, border, destination, service, date)).map(shown).collect()
}

fn applies(
    row: &RestrictionRow,
    item: &Item,
    border: bool,
    destination: Country,
    service: Service,
    date: Date,
) -> bool {
    (border || !row.border_only)
        && row.destinations.contain(destination)
        && (row.services.is_empty() || row.services.contains(&service))
        && row.codes.contain(&item.hs)
        && row.rule.in_force(date)
}

fn shown(row: &RestrictionRow) -> Restriction {
    Restriction {
        code: row.code.to_string(),
        barred: row.barred,
        sentence: row.sentence.to_string(),
        source: row.rule.source.to_string(),
    }
}

/// What is missing before goods may be sold to `destination` across a border; `described` is what [`describes`] said of their
/// description. Empty means ready.
pub fn readiness(
    hs: Option<HsCode>,
    origin: Option<Country>,
    described: bool,
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
    if !described {
        let message = "Describe the goods for customs in plain words, such as “women’s cotton T-shirt”.";
        found.push(missing("description", message.into()));
    }
    if weight.is_none_or(|weight| weight.grams == 0) {
        found.push(missing("weight", "Add the weight: carriers and customs ask for it.".into()));
    }
    found
}

/// Words that customs refuses as a description of goods (after the stop words of the Union's Import Control System 2).
const STOP_WORDS: &str = "accessories accessory article articles assorted cargo consumer electronic electronics freight general \
    gift gifts goods item items mail merchandise miscellaneous misc other others parcel part parts personal present product \
    products sample samples sundries thing things various";

/// Whether a description says something about the goods: it is neither too short, nor of stop words alone.
pub fn describes(description: &str) -> bool {
    let words = || description.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let says = |word: &str| {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        // A single Chinese or Japanese character can be a word.
        let enough = letters >= 3 || (letters >= 1 && !word.is_ascii());
        enough && !STOP_WORDS.split_whitespace().any(|stop| stop.eq_ignore_ascii_case(word))
    };
    words().any(says)
}
