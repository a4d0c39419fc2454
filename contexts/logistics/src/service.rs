//! Services and the lanes they run on: the built-in table, and what they cost for a parcel. Pure.

use crate::arrival;
use crate::own::OwnService;
use crate::table::{Zone, table};
use base::{Country, Currency, Date, Error, Money, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Read;

/// The carrier that needs nothing: it lives in this database.
pub const BUILT_IN: &str = "built-in";

/// Who "books" the parcels of the shop's own services: whoever packs tells carrier and number.
pub const OWN: &str = "own";

/// How a service travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// Courier, door to door.
    Express,
    /// Consolidated flight or road to the destination, then a local carrier.
    Line,
    /// Small packet by post.
    Postal,
    /// Within a country or customs union.
    Domestic,
}

impl ServiceKind {
    /// Every kind.
    pub const ALL: [ServiceKind; 4] =
        [ServiceKind::Express, ServiceKind::Line, ServiceKind::Postal, ServiceKind::Domestic];

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            ServiceKind::Express => "express",
            ServiceKind::Line => "line",
            ServiceKind::Postal => "postal",
            ServiceKind::Domestic => "domestic",
        }
    }

    /// The kind with this stored name.
    pub fn named(name: &str) -> Option<ServiceKind> {
        ServiceKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A carrier's service.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// Stable: `cn-line`.
    pub code: String,
    /// English.
    pub name: String,
    /// What a shop calls its own service, by language; empty for those of the tables, which pages name by kind and carrier.
    pub names: BTreeMap<String, String>,
    /// Who carries.
    pub carrier: String,
    /// How it travels.
    pub kind: ServiceKind,
    /// What it is paid in.
    pub currency: Currency,
    /// Weight is billed in steps of this many grams.
    pub step_grams: i64,
    /// Heavier parcels are not taken.
    pub max_grams: i64,
    /// Cubic centimetres that count as a kilogram; 0: volume does not count.
    pub divisor: i64,
    /// Duty and tax can be paid by the sender.
    pub ddp: bool,
    /// How many points of the journey are reported.
    pub tracking_points: i64,
    /// Offered only where no other service of its kind goes, so that any merchant anywhere can sell at once.
    pub fallback: bool,
    /// Name of the carrier that books its parcels: [`BUILT_IN`], one outside, or [`OWN`] where whoever packs tells carrier and number.
    pub booked_through: String,
    /// What that carrier calls the service; empty for the built-in one.
    pub carrier_code: String,
    /// Whether it is for sale; those that an installation's own table took the place of are only known.
    pub offered: bool,
}

/// A service between two zones: its days and its rate card.
#[derive(Debug, PartialEq, Eq)]
pub struct Lane {
    /// Which service.
    pub service: &'static Service,
    pub(crate) from: Zone,
    pub(crate) to: Zone,
    /// Fewest and most days from handing over to the door.
    pub days: (i64, i64),
    /// The days are working days.
    pub business: bool,
    /// Price of the first step, in minor units of the service's currency.
    pub first_minor: i64,
    /// Price of each further step.
    pub step_minor: i64,
    /// How well days and price are known: high, medium, low.
    pub confidence: String,
    /// Where they stand.
    pub source: String,
}

/// A parcel that looks for a service.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Where it lies.
    pub from: Country,
    /// Where it goes.
    pub to: Country,
    /// What it weighs, at least one gram.
    pub grams: i64,
    /// When it is handed over.
    pub date: Date,
    /// Kinds that its contents are barred from.
    pub barred: &'a [ServiceKind],
    /// What the installation offers.
    pub offered: &'a Offered,
}

/// The services that an installation offers: those that one carrier books, and its own shipping.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    /// The carrier that books; none in a shop that has connected none.
    pub through: Option<&'static str>,
    /// The lanes of its own services, service by service.
    pub own: Arc<[&'static [Lane]]>,
}

impl Offered {
    /// What one carrier books, and nothing else.
    pub fn by(carrier: &'static str) -> Offered {
        Offered { through: Some(carrier), own: Arc::default() }
    }
}

/// A service that would take the parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceOption {
    /// Which.
    pub service: &'static Service,
    /// The same as `service.code`.
    pub code: &'static str,
    /// The same as `service.kind`.
    pub kind: ServiceKind,
    /// Without tax, in the service's currency.
    pub price: Money,
    /// First and last day of the arrival window.
    pub arrives: (Date, Date),
}

/// Every service that takes this parcel, cheapest lanes not sorted: in the order of the table.
pub fn options(ask: &Ask) -> Vec<ServiceOption> {
    let takes = |lane: &&'static Lane| !ask.barred.contains(&lane.service.kind);
    lanes(ask.from, ask.to, ask.offered)
        .into_iter()
        .filter(takes)
        .filter_map(|lane| {
            let (service, price) = (lane.service, lane.price(ask.grams)?);
            let arrives = lane.arrives(ask.date, ask.to);
            Some(ServiceOption { service, code: &service.code, kind: service.kind, price, arrives })
        })
        .collect()
}

/// The lanes between two countries that are offered: at most one per service, the shop's own first, and a fallback only where
/// nothing else of its kind goes. Ask once for many parcels.
pub fn lanes(from: Country, to: Country, offered: &Offered) -> Vec<&'static Lane> {
    let table = table();
    let (from_mask, to_mask) = (table.mask(from), table.mask(to));
    let mut found: Vec<&'static Lane> = Vec::with_capacity(4);
    let for_sale = |lane: &&Lane| lane.service.offered && Some(lane.service.booked_through.as_str()) == offered.through;
    for lane in offered.own.iter().copied().flatten().chain(table.lanes.iter().filter(for_sale)) {
        let leaves = lane.from.holds(from, from_mask, false);
        let reaches = lane.to.holds(to, to_mask, from == to);
        let known = found.iter().any(|other| other.service.code == lane.service.code);
        let covered = lane.service.fallback
            && found.iter().any(|other| !other.service.fallback && other.service.kind == lane.service.kind);
        // A small packet by world post makes no sense inside a customs union that has parcels of its own.
        let abroad = lane.service.fallback && lane.to == Zone::Any && from.same_customs_territory(to);
        // Nor do services to other countries deliver at home.
        let at_home = from != to || matches!(lane.to, Zone::Same | Zone::Of(_)) || lane.from == lane.to;
        if leaves && reaches && at_home && !known && !covered && !abroad {
            found.push(lane);
        }
    }
    found
}

/// The service of this code: one of the tables, or of the shop's own. Errors: not found.
pub fn service(db: &mut Read, code: &str) -> Result<&'static Service> {
    if let Some(known) = tabled(code) {
        return Ok(known);
    }
    let own = crate::own::own_service(db, code)?;
    let found = own.map(|own: OwnService| own.service()).transpose()?;
    found.ok_or_else(|| Error::not_found("unknown_service", format!("There is no delivery service “{code}”.")))
}

/// The service of this code in the tables.
pub fn tabled(code: &str) -> Option<&'static Service> {
    services().iter().find(|service| service.code == code)
}

/// Every service of the tables.
pub fn services() -> &'static [Service] {
    table().services
}

/// Every lane of the table, for the console.
pub fn all_lanes() -> &'static [Lane] {
    &table().lanes
}

impl Lane {
    /// What a parcel of `grams` costs; `None` when it is too heavy for the service.
    pub fn price(&self, grams: i64) -> Option<Money> {
        let service = self.service;
        if grams > service.max_grams {
            return None;
        }
        let further_steps = (grams.max(1) - 1) / service.step_grams;
        Some(Money::new(self.first_minor + further_steps * self.step_minor, service.currency))
    }

    /// First and last day of the arrival window in `to`, for a parcel handed over on `date`.
    pub fn arrives(&self, date: Date, to: Country) -> (Date, Date) {
        let day = |days| match self.business {
            true => arrival::working_days_after(date, days, to),
            false => arrival::days_after(date, days, to),
        };
        (day(self.days.0), day(self.days.1))
    }
}

impl Service {
    /// The weight that is billed: the real one or, for a light big parcel, its volume's.
    pub fn billed_grams(&self, grams: i64, volume_cm3: i64) -> i64 {
        if self.divisor == 0 { grams } else { grams.max(volume_cm3.saturating_mul(1000) / self.divisor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn country(code: &str) -> Country {
        code.parse().unwrap()
    }

    fn codes(from: &str, to: &str) -> Vec<&'static str> {
        lanes(country(from), country(to), &Offered::by(BUILT_IN))
            .iter()
            .map(|lane| lane.service.code.as_str())
            .collect()
    }

    #[test]
    fn lanes_are_those_of_the_table() {
        assert_eq!(codes("CN", "DE"), ["cn-express", "cn-line", "cn-post"]);
        assert_eq!(codes("PL", "DE"), ["eu-parcel", "eu-express"]);
        assert_eq!(codes("PL", "PL"), ["eu-parcel", "eu-express"]);
        assert_eq!(codes("US", "US"), ["us-ground", "us-express"]);
        assert_eq!(codes("PT", "GB"), ["world-express", "world-post"]);
        assert_eq!(codes("TR", "DE"), ["tr-express", "tr-road", "world-post"]);
        assert_eq!(codes("KE", "KE"), ["local-parcel"]);
        assert_eq!(codes("KE", "JP"), ["world-express", "world-post"]);
        assert_eq!(codes("CN", "CN"), ["local-parcel"]);
    }

    #[test]
    fn prices_go_by_steps() {
        let lanes = lanes(country("CN"), country("DE"), &Offered::by(BUILT_IN));
        let line = lanes.iter().find(|lane| lane.service.code == "cn-line").unwrap();
        let price = |grams| line.price(grams).map(|price| price.minor);
        assert_eq!(price(1), Some(1800));
        assert_eq!(price(100), Some(1800));
        assert_eq!(price(101), Some(2140));
        assert_eq!(price(620), Some(1800 + 6 * 340));
        assert_eq!(price(20_001), None, "too heavy");
        assert_eq!(line.service.billed_grams(500, 6000), 1000, "a litre each 6 counts as a kilogram");
        assert_eq!(line.service.billed_grams(1500, 6000), 1500);
    }

    #[test]
    fn barred_kinds_are_left_out() {
        let date = "2026-11-20".parse().unwrap();
        let offered = Offered::by(BUILT_IN);
        let ask = |barred| Ask { from: country("CN"), to: country("DE"), grams: 400, date, barred, offered: &offered };
        let kinds = |barred| options(&ask(barred)).iter().map(|option| option.kind).collect::<Vec<_>>();
        assert_eq!(kinds(&[]), [ServiceKind::Express, ServiceKind::Line, ServiceKind::Postal]);
        assert_eq!(kinds(&[ServiceKind::Postal]), [ServiceKind::Express, ServiceKind::Line]);
        let heavy = Ask { grams: 25_000, ..ask(&[]) };
        assert_eq!(options(&heavy).len(), 1, "only express takes 25 kg");
    }

    #[test]
    fn a_carrier_outside_offers_what_names_it() {
        let codes = |from, to| {
            lanes(country(from), country(to), &Offered::by("karrio"))
                .iter()
                .map(|lane| lane.service.code.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(codes("CN", "DE"), ["dhl-express", "fedex-priority"]);
        assert_eq!(codes("KE", "KE"), ["dhl-express", "fedex-priority"]);
        assert!(lanes(country("CN"), country("DE"), &Offered::by("pigeon")).is_empty());
        for one in services() {
            assert_eq!(one.booked_through == BUILT_IN, one.carrier_code.is_empty(), "{}", one.code);
        }
    }

    #[test]
    fn anyone_can_send_a_small_parcel_anywhere() {
        for from in Country::all() {
            for to in Country::all() {
                let lanes = lanes(from, to, &Offered::by(BUILT_IN));
                assert!(lanes.iter().any(|lane| lane.price(500).is_some()), "{from} to {to}");
                assert!(lanes.len() <= 4, "{from} to {to}");
            }
        }
    }

    #[test]
    fn the_table_is_sane() {
        for lane in all_lanes() {
            assert!(lane.days.0 <= lane.days.1 && lane.days.0 > 0, "{lane:?}");
            assert!(lane.first_minor > 0 && lane.step_minor > 0, "{lane:?}");
            assert!(
                ["high", "medium", "low"].contains(&lane.confidence.as_str()) && !lane.source.is_empty(),
                "{lane:?}"
            );
        }
        for one in services() {
            assert_eq!(services().iter().filter(|other| other.code == one.code).count(), 1);
            assert!(tabled(&one.code).is_some());
        }
        assert!(tabled("pigeon").is_none());
    }

    proptest! {
        #[test]
        fn a_heavier_parcel_never_costs_less(grams in 1i64..2000, more in 0i64..2000) {
            for lane in all_lanes() {
                if let (Some(light), Some(heavy)) = (lane.price(grams), lane.price(grams + more)) {
                    prop_assert!(light.minor <= heavy.minor);
                }
            }
        }
    }
}
