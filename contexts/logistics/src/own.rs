//! Services of the shop's own shipping: declared by the shop, carried by whom it likes, booked by nobody.

use crate::event::ServiceChanged;
use crate::service::{Lane, OWN, Offered, Service, ServiceKind};
use crate::table::{Zone, zone_countries};
use base::{Country, Currency, Error, Permission, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use store::{Read, Row, Tx, params};

/// How many services of its own a shop has at most.
pub const OWN_SERVICES_MOST: usize = 50;
/// How many lanes such a service has at most.
pub const OWN_LANES_MOST: usize = 40;
const NAME_MOST: usize = 60;
const GRAMS_MOST: i64 = 1_000_000;
const PRICE_MOST: i64 = 100_000_000;
const DAYS_MOST: i64 = 120;

/// A service that the shop declares. Field names are a promise: it is stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnService {
    /// Small letters, digits and `-`; no service of the tables has it.
    pub code: String,
    /// What buyers read, by language; at least one.
    pub names: BTreeMap<String, String>,
    /// Who carries, as a rule.
    pub carrier: String,
    /// How it travels.
    pub kind: ServiceKind,
    /// What its prices are in.
    pub currency: String,
    /// Weight is billed in steps of this many grams.
    pub step_grams: i64,
    /// Heavier parcels are not taken.
    pub max_grams: i64,
    /// Whether the shop pays duty and tax at the border itself; else whoever receives the parcel does.
    pub ddp: bool,
    /// Whether it is for sale.
    pub offered: bool,
    /// Where it goes, first fit first.
    pub lanes: Vec<OwnLane>,
}

/// Where a service of the shop goes, in how many days and for how much. Field names are a promise: it is stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLane {
    /// Countries and zones it leaves from (`JP`, `EU`), or `ANY`.
    pub from: Vec<String>,
    /// Countries and zones it goes to; `ANY` is every other country, `SAME` the one it leaves from.
    pub to: Vec<String>,
    /// Fewest days from handing over to the door.
    pub days_min: i64,
    /// Most days.
    pub days_max: i64,
    /// The days are working days.
    pub business: bool,
    /// Price of the first step, in minor units.
    pub first_minor: i64,
    /// Price of each further step.
    pub step_minor: i64,
}

/// A service of the shop as the process keeps it.
struct Known {
    body: OwnService,
    service: &'static Service,
    lanes: &'static [Lane],
}

/// Every version that was used, by what it says: a service is named by reference everywhere, so none is ever let go. What grows it
/// is the operator's changes.
static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

impl OwnService {
    /// As all services are used.
    pub(crate) fn service(&self) -> Result<&'static Service> {
        self.known().map(|(service, _)| service)
    }

    fn known(&self) -> Result<(&'static Service, &'static [Lane])> {
        let mut all = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = all.iter().find(|known| known.body == *self) {
            return Ok((found.service, found.lanes));
        }
        let made = self.make()?;
        let service: &'static Service = Box::leak(Box::new(made));
        let lanes: Vec<Lane> = self.lanes.iter().map(|lane| lane.make(service)).collect::<Result<_>>()?;
        let lanes: &'static [Lane] = lanes.leak();
        all.push(Known { body: self.clone(), service, lanes });
        Ok((service, lanes))
    }

    fn make(&self) -> Result<Service> {
        let name = self.names.get("en").or_else(|| self.names.values().next()).cloned().unwrap_or_default();
        Ok(Service {
            code: self.code.clone(),
            name,
            names: self.names.clone(),
            carrier: self.carrier.clone(),
            kind: self.kind,
            currency: self.currency.parse::<Currency>()?,
            step_grams: self.step_grams,
            max_grams: self.max_grams,
            divisor: 0,
            ddp: self.ddp,
            tracking_points: 0,
            fallback: false,
            booked_through: OWN.into(),
            carrier_code: String::new(),
            offered: self.offered,
        })
    }
}

impl OwnLane {
    fn make(&self, service: &'static Service) -> Result<Lane> {
        Ok(Lane {
            service,
            from: zone(&self.from)?,
            to: zone(&self.to)?,
            days: (self.days_min, self.days_max),
            business: self.business,
            first_minor: self.first_minor,
            step_minor: self.step_minor,
            confidence: "high".into(),
            source: "the shop".into(),
        })
    }
}

fn zone(names: &[String]) -> Result<Zone> {
    match names {
        [one] if one == "ANY" => Ok(Zone::Any),
        [one] if one == "SAME" => Ok(Zone::Same),
        _ => {
            let mut countries: Vec<Country> = Vec::new();
            for name in names {
                match zone_countries(name) {
                    Some(of) => countries.extend(of),
                    None => countries.push(name.parse()?),
                }
            }
            Ok(Zone::Of(countries.leak()))
        }
    }
}

/// Declares a service of the shop, or changes one: what was sold by it before keeps its price. Again: nothing. Emits
/// `service.changed`. Errors: denied, and what cannot be, by field.
pub fn put_own_service(tx: &mut Tx, new: &OwnService) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    check(new)?;
    let now = tx.now();
    let known = own_service(tx, &new.code)?;
    if known.as_ref() == Some(new) {
        return Ok(());
    }
    if known.is_some_and(|known| known.currency != new.currency) {
        let say = "The currency of a service is fixed; make another service.";
        return Err(Error::field("currency", "service_currency_fixed", say));
    }
    let body = serde_json::to_string(new).map_err(Error::internal)?;
    if tx.run(UPDATE, params![&new.code, &body, now])? == 0
        && tx.run(INSERT, params![&new.code, &body, now, OWN_SERVICES_MOST as i64])? == 0
    {
        let say = format!("A shop has {OWN_SERVICES_MOST} services of its own at most; use one that is there.");
        return Err(Error::conflict("too_many_services", say));
    }
    tx.emit((), &ServiceChanged { service: new.code.clone(), body })
}

fn check(new: &OwnService) -> Result<()> {
    let letters = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let fits = (2..=40).contains(&new.code.len()) && new.code.starts_with(|letter: char| letter.is_ascii_lowercase());
    if !fits || !new.code.chars().all(letters) {
        let say = "Write 2 to 40 small letters, digits and -, beginning with a letter, such as our-post.";
        return Err(Error::field("code", "service_code_format", say));
    }
    if crate::service::tabled(&new.code).is_some() {
        return Err(Error::field("code", "service_taken", "There is such a service already; write another code."));
    }
    let long =
        |text: &str| text.trim().is_empty() || text.chars().count() > NAME_MOST || text.chars().any(crate::told::odd);
    if new.names.is_empty() || new.names.values().any(|name| long(name)) {
        return Err(Error::field("names", "required", format!("Write a name of 1 to {NAME_MOST} characters.")));
    }
    if long(&new.carrier) {
        return Err(Error::field("carrier", "required", format!("Say who carries, in up to {NAME_MOST} characters.")));
    }
    new.currency.parse::<Currency>().map_err(|error| Error::field("currency", "currency", error.message))?;
    within("step_grams", new.step_grams, 1, GRAMS_MOST)?;
    within("max_grams", new.max_grams, new.step_grams, GRAMS_MOST)?;
    if new.lanes.is_empty() || new.lanes.len() > OWN_LANES_MOST {
        let say = format!("Say where the service goes, in 1 to {OWN_LANES_MOST} lanes.");
        return Err(Error::field("lanes", "required", say));
    }
    new.lanes.iter().enumerate().try_for_each(|(at, lane)| check_lane(lane, at))
}

fn check_lane(lane: &OwnLane, at: usize) -> Result<()> {
    let field = |name: &str| format!("lanes.{at}.{name}");
    for (name, places, alone) in [("from", &lane.from, &["ANY"][..]), ("to", &lane.to, &["ANY", "SAME"])] {
        let known = |place: &str| zone_countries(place).is_some() || place.parse::<Country>().is_ok();
        let is_alone = places.len() == 1 && alone.contains(&places[0].as_str());
        if !is_alone && (places.is_empty() || places.len() > 250 || !places.iter().all(|place| known(place))) {
            let say = format!("Write countries such as DE or JP, zones such as EU, or {} alone.", alone.join(" or "));
            return Err(Error::field(&field(name), "service_places", say));
        }
    }
    within(&field("days_min"), lane.days_min, 1, DAYS_MOST)?;
    within(&field("days_max"), lane.days_max, lane.days_min, DAYS_MOST)?;
    within(&field("first_minor"), lane.first_minor, 0, PRICE_MOST)?;
    within(&field("step_minor"), lane.step_minor, 0, PRICE_MOST)
}

fn within(field: &str, value: i64, least: i64, most: i64) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::field(field, "out_of_range", format!("Write a whole number from {least} to {most}.")))
}

/// A service of the tables or of the shop's own that this process has used; for its name alone, where nothing can be read.
pub fn seen_service(code: &str) -> Option<&'static Service> {
    let seen = || {
        let all = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().rev().find(|known| known.body.code == code).map(|known| known.service)
    };
    crate::service::tabled(code).or_else(seen)
}

/// The service of the shop with this code.
pub fn own_service(db: &mut Read, code: &str) -> Result<Option<OwnService>> {
    db.maybe(ONE, params![code])?.map(|row| read(&row)).transpose()
}

/// Every service that the shop has declared, by code.
pub fn own_services(db: &mut Read) -> Result<Vec<OwnService>> {
    db.query(ALL, &[])?.iter().map(read).collect()
}

/// What an installation with these carriers offers.
pub fn offered(db: &mut Read, through: Option<&'static str>) -> Result<Offered> {
    let for_sale = own_services(db)?.into_iter().filter(|own| own.offered);
    let own = for_sale.map(|own| own.known().map(|(_, lanes)| lanes)).collect::<Result<_>>()?;
    Ok(Offered { through, own })
}

/// Whether a service of the shop's own is for sale, so that it can send without any carrier's program.
pub fn sends_itself(db: &mut Read) -> Result<bool> {
    Ok(own_services(db)?.iter().any(|own| own.offered))
}

fn read(row: &Row) -> Result<OwnService> {
    let body: String = row.get(0)?;
    serde_json::from_str(&body).map_err(Error::internal)
}

const UPDATE: &str = "UPDATE logistics_service SET body = $2, changed_at = $3 WHERE code = $1";
const INSERT: &str = "INSERT INTO logistics_service (code, body, changed_at)
    SELECT $1, $2, $3 WHERE (SELECT COUNT(*) FROM logistics_service) < $4";
const ONE: &str = "SELECT body FROM logistics_service WHERE code = $1";
const ALL: &str = "SELECT body FROM logistics_service ORDER BY code";
