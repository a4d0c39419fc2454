//! An order and the names of everybody who stands in it.

use base::{Id, Result};
use desk::parcel::Carried;
use frame::parts::titles::retitle;
use orders::{Anatomy, Order, Said, Whole};
use parties::Organisation;
use settlement::{Given, Supplied};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::Read;

/// Names of the organisations and people that stand in an order.
pub struct Names {
    pub platform: String,
    pub organisations: BTreeMap<Id<Organisation>, String>,
    pub people: BTreeMap<i64, String>,
    pub warehouses: BTreeMap<i64, String>,
    /// Of each consignment, by position: its service.
    pub services: Vec<&'static logistics::Service>,
    /// Of each consignment, by position: its parcels.
    pub parcels: Vec<Vec<Carried>>,
    /// What suppliers are paid for what the operator sells.
    pub supplied: Vec<Supplied>,
    /// What went back to the buyer.
    pub given: Vec<Given>,
    /// What the buyer said to the shop's fields.
    pub said: Vec<Said>,
}

pub fn see(db: &mut Read, tag: &str, id: Id<Order>) -> Result<(Anatomy, Names)> {
    let mut anatomy = orders::anatomy(db, id)?;
    anatomy.whole.lines = retitle(db, tag, anatomy.whole.lines)?;
    let platform = parties::platform(db)?.map(|platform| platform.name).unwrap_or_default();
    let organisations = organisations(db, &anatomy.whole)?;
    let supplied = settlement::supplied(db, &anatomy.whole)?;
    let given = settlement::given_back(db, &anatomy.whole)?;
    let said = orders::said(db, id)?;
    let mut people = BTreeMap::new();
    for event in &anatomy.events {
        let person = event.actor.strip_prefix("person:").and_then(|raw| raw.parse::<i64>().ok());
        if let Some(raw) = person
            && !people.contains_key(&raw)
        {
            people.insert(raw, parties::person(db, Id::from_raw(raw))?.name);
        }
    }
    let mut warehouses = BTreeMap::new();
    for consignment in &anatomy.whole.consignments {
        warehouses.insert(consignment.warehouse.raw(), stock::warehouse(db, consignment.warehouse)?.name);
    }
    let all = &anatomy.whole.consignments;
    let services = all.iter().map(|one| logistics::service(db, &one.service)).collect::<Result<_>>()?;
    let parcels = anatomy.stops.iter().map(|stop| desk::parcel::see(db, stop)).collect::<Result<_>>()?;
    Ok((anatomy, Names { platform, organisations, people, warehouses, services, parcels, supplied, given, said }))
}

/// Whose goods they are, by name: sellers and suppliers.
pub fn organisations(db: &mut Read, whole: &Whole) -> Result<BTreeMap<Id<Organisation>, String>> {
    let mut found = BTreeMap::new();
    for line in &whole.lines {
        if let Entry::Vacant(name) = found.entry(line.organisation) {
            name.insert(parties::organisation(db, line.organisation)?.name);
        }
    }
    Ok(found)
}
