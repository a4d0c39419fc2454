//! An order and the names of everybody who stands in it.

use base::{Id, Result};
use frame::parts::titles::retitle;
use logistics::Booking;
use orders::{Anatomy, Consignment, Order, Whole};
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
    /// Of each consignment whose label was asked of a carrier outside: the booking, and the papers that came of it.
    pub bookings: BTreeMap<i64, (Booking, Vec<String>)>,
    /// What suppliers are paid for what the operator sells.
    pub supplied: Vec<Supplied>,
    /// What went back to the buyer.
    pub given: Vec<Given>,
}

pub fn see(db: &mut Read, tag: &str, id: Id<Order>) -> Result<(Anatomy, Names)> {
    let mut anatomy = orders::anatomy(db, id)?;
    anatomy.whole.lines = retitle(db, tag, anatomy.whole.lines)?;
    let platform = parties::platform(db)?.map(|platform| platform.name).unwrap_or_default();
    let organisations = organisations(db, &anatomy.whole)?;
    let supplied = settlement::supplied(db, &anatomy.whole)?;
    let given = settlement::given_back(db, &anatomy.whole)?;
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
    let bookings = bookings(db, &anatomy.whole.consignments)?;
    Ok((anatomy, Names { platform, organisations, people, warehouses, bookings, supplied, given }))
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

fn bookings(db: &mut Read, all: &[Consignment]) -> Result<BTreeMap<i64, (Booking, Vec<String>)>> {
    let mut found = BTreeMap::new();
    for one in all {
        if let Some(booking) = logistics::booking_of(db, one.id.raw())? {
            let papers = one.parcel.map(|parcel| logistics::documents(db, parcel)).transpose()?.unwrap_or_default();
            found.insert(one.id.raw(), (booking, papers));
        }
    }
    Ok(found)
}
