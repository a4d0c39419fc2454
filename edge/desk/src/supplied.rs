//! What an offer is supplied from, as both desks let it be said: from stock, made to order, before it is there.

use crate::form::{Choice, FormView, pieces};
use crate::words;
use base::time::parse_date;
use base::{Error, Id, Mark, Result};
use frame::{Form, Locale};
use offers::{Offer, SetSupply, Supply};
use serde::Serialize;
use store::Tx;

/// What the form shows beside its fields.
#[derive(Serialize)]
pub struct SuppliedView {
    kinds: Vec<Choice>,
    /// Where the form goes.
    action: String,
    can_write: bool,
}

impl SuppliedView {
    /// The form that `action` takes.
    pub fn new(locale: &Locale, action: String, can_write: bool) -> SuppliedView {
        let kind = |kind: &str| Choice { code: kind.to_owned(), name: words::word(locale, "d-supplied", kind) };
        SuppliedView { kinds: Supply::KINDS.map(kind).into(), action, can_write }
    }
}

/// Writes into the form what is so now ([`offers::supply_of`]), as far as nothing was typed.
pub fn fill(form: &mut FormView, (supply, capacity): (Supply, i64)) {
    let capacity = if capacity > 0 { capacity.to_string() } else { String::new() };
    let days = Some(supply.lead_days()).filter(|days| *days > 0);
    let values = [
        ("supply", supply.kind().to_owned()),
        ("lead_days", days.map(|days| days.to_string()).unwrap_or_default()),
        ("ships_on", supply.ships_on().map(|day| day.to_string()).unwrap_or_default()),
        ("capacity", capacity.clone()),
        ("capacity_was", capacity),
    ];
    for (name, value) in values {
        form.values.entry(name.to_owned()).or_insert(value);
    }
}

/// Does what the form says. A capacity that was not touched stays what it is by now: goods may have come meanwhile.
/// Errors: those of [`offers::set_supply`], no number, no day.
pub fn set(tx: &mut Tx, offer: Id<Offer>, form: &Form, mark: Mark) -> Result<()> {
    let supply = match form.text("supply") {
        "made" => Supply::Made { lead_days: pieces(form, "lead_days", mark)? },
        "preorder" => {
            let wrong = |_| Error::field("ships_on", "date_format", "Write a day like 2027-01-12.");
            Supply::Preorder { ships_on: parse_date(form.text("ships_on")).map_err(wrong)? }
        }
        _ => Supply::Stock,
    };
    let touched = supply != Supply::Stock && form.text("capacity") != form.text("capacity_was");
    let said = form.given("capacity").filter(|_| touched).is_some();
    let capacity = if said { Some(pieces(form, "capacity", mark)?) } else { None };
    offers::set_supply(tx, &SetSupply { offer, supply, capacity }).map(drop)
}
