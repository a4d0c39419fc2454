//! Who does what for each line, by the terms frozen at sale.

use super::names::Names;
use base::Result;
use desk::words;
use frame::Visitor;
use orders::{Anatomy, Line};
use serde::Serialize;
use terms::Party;

/// The table.
#[derive(Serialize)]
pub struct RolesView {
    lines: Vec<LineView>,
    total: String,
}

#[derive(Serialize)]
struct LineView {
    title: String,
    options: String,
    image: String,
    quantity: i64,
    mode: String,
    version: String,
    price: PartyView,
    stock: PartyView,
    ships: PartyView,
    merchant: PartyView,
    importer: Option<PartyView>,
    inside: String,
    returns: PartyView,
    total: String,
}

/// A party with its name.
#[derive(Serialize)]
struct PartyView {
    kind: &'static str,
    name: String,
}

/// Builds the table. Errors: amounts that cannot be added.
pub fn view(visitor: &Visitor, anatomy: &Anatomy, names: &Names) -> Result<RolesView> {
    let whole = &anatomy.whole;
    let lines = whole.lines.iter().zip(&anatomy.roles).map(|(line, roles)| {
        let locale = &visitor.locale;
        let party = |party: Party| party_view(line, names, party);
        let consignment = whole.consignment(line.consignment);
        let warehouse = consignment.and_then(|one| names.warehouses.get(&one.warehouse.raw()));
        let mut ships = party(roles.ships);
        if let Some(warehouse) = warehouse {
            ships.name = warehouse.clone();
        }
        let from = consignment.map_or(whole.order.destination, |one| one.dispatch);
        let inside = locale.fill("c-no-border", &[("country", locale.country(from).into())]);
        LineView {
            title: line.title.clone(),
            options: line.options.clone(),
            image: line.image.clone(),
            quantity: line.quantity,
            mode: words::mode(locale, line.terms.mode),
            version: locale.fill("c-terms-version", &[("n", line.terms.version.into())]),
            price: party(roles.price_set_by),
            stock: party(roles.stock_owned_by),
            ships,
            merchant: party(roles.merchant_of_record),
            importer: roles.importer_of_record.map(party),
            inside,
            returns: party(roles.returns_to),
            total: locale.money(line.total),
        }
    });
    Ok(RolesView { lines: lines.collect(), total: visitor.locale.money(whole.order.sums.total()?) })
}

fn party_view(line: &Line, names: &Names, party: Party) -> PartyView {
    let name = match party {
        Party::Platform => names.platform.clone(),
        Party::Seller | Party::Supplier => names.organisations.get(&line.organisation).cloned().unwrap_or_default(),
    };
    PartyView { kind: party.name(), name }
}
