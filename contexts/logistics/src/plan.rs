//! What the built-in carrier will do with a parcel: every step with its time, decided by the parcel's id alone. Pure.

use crate::arrival;
use crate::event_kind::EventKind;
use crate::parcel::Parcel;
use crate::service::{BUILT_IN, Offered, lanes, tabled};
use base::{Country, Error, Id, Moment, Result};

/// How a parcel's way will turn out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Delivered at the first ring.
    Smooth,
    /// Customs holds it for a day.
    Held,
    /// Customs holds it until someone records the release.
    HeldForAction,
    /// Delivered at the second ring.
    Attempted,
    /// Never seen again after it left.
    Lost,
    /// Nobody ever opened; it goes back.
    Returned,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Fate; 6] =
        [Fate::Smooth, Fate::Held, Fate::HeldForAction, Fate::Attempted, Fate::Lost, Fate::Returned];

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Fate::Smooth => "smooth",
            Fate::Held => "held",
            Fate::HeldForAction => "held_for_action",
            Fate::Attempted => "attempted",
            Fate::Lost => "lost",
            Fate::Returned => "returned",
        }
    }

    /// The fate with this stored name.
    pub fn named(name: &str) -> Option<Fate> {
        Fate::ALL.into_iter().find(|fate| fate.name() == name)
    }
}

/// How often things go wrong: one parcel in so many; 0 means never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odds {
    /// Lost.
    pub lost_one_in: u64,
    /// Held by import customs for a day.
    pub held_one_in: u64,
    /// Nobody at home the first time.
    pub attempted_one_in: u64,
    /// Nobody at home at all.
    pub returned_one_in: u64,
}

impl Default for Odds {
    fn default() -> Odds {
        Odds { lost_one_in: 500, held_one_in: 40, attempted_one_in: 25, returned_one_in: 400 }
    }
}

impl Odds {
    /// The fate of a parcel: the same each time it is asked.
    pub fn draw(&self, id: Id<Parcel>, crosses_border: bool) -> Fate {
        let hit = |salt: u64, one_in: u64| one_in > 0 && chance(id, salt).is_multiple_of(one_in);
        if hit(1, self.lost_one_in) {
            Fate::Lost
        } else if crosses_border && hit(2, self.held_one_in) {
            Fate::Held
        } else if hit(3, self.returned_one_in) {
            Fate::Returned
        } else if hit(4, self.attempted_one_in) {
            Fate::Attempted
        } else {
            Fate::Smooth
        }
    }
}

/// One planned event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What will happen.
    pub kind: EventKind,
    /// When.
    pub at: Moment,
    /// Where.
    pub place: String,
    /// A code, or empty.
    pub detail: &'static str,
    /// Unique within the parcel.
    pub source_id: String,
}

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The planned way of a parcel that was handed over, first things first; empty before. `released_at` is when customs released a
/// parcel that waits for action: until then the plan ends with the hold. Errors: the service is unknown.
pub fn plan(parcel: &Parcel, released_at: Option<Moment>) -> Result<Vec<Step>> {
    let Some(start) = parcel.handed_over_at else { return Ok(Vec::new()) };
    let (from, to) = (parcel.from_country, parcel.to_country);
    let unknown = || Error::not_found("unknown_service", "The built-in carrier has no such service.");
    let service = tabled(&parcel.service).ok_or_else(unknown)?;
    let lanes = lanes(from, to, &Offered::by(BUILT_IN));
    let days = lanes.iter().find(|lane| lane.service == service).map_or((3, 7), |lane| lane.days);
    let spread = (days.1 - days.0 + 1) as u64;
    let days = days.0 + (chance(parcel.id, 5) % spread) as i64;
    let door = delivery(start.plus_days(days), parcel, to);
    let mut way = Way { parcel, start, length: door.seconds_since(start), steps: Vec::new() };
    way.depart(from, to);
    if parcel.fate == Fate::Lost {
        way.push(EventKind::Lost, start.plus_days(days * 3), String::new(), "traced_without_result");
        return Ok(way.steps);
    }
    let delay = if from.same_customs_territory(to) { Some(0) } else { way.import(to, released_at) };
    match delay {
        Some(delay) => way.deliver(delivery(door.plus_seconds(delay), parcel, to), to),
        None => return Ok(way.steps),
    }
    Ok(way.steps)
}

/// A time of day, on a working day of the destination, when couriers ring.
fn delivery(moment: Moment, parcel: &Parcel, to: Country) -> Moment {
    let day = arrival::working_day(moment.date(), to);
    let evening = Moment::at_midnight(day).plus_seconds(9 * HOUR + (chance(parcel.id, 6) % 28_800) as i64);
    // Never before it could be there.
    if evening >= moment { evening } else { moment }
}

/// A parcel's way while it is planned.
struct Way<'a> {
    parcel: &'a Parcel,
    start: Moment,
    /// Seconds from handing over to the door, if nothing delays it.
    length: i64,
    steps: Vec<Step>,
}

impl Way<'_> {
    fn push(&mut self, kind: EventKind, at: Moment, place: String, detail: &'static str) {
        let source_id = format!("plan-{}-{}", self.steps.len(), kind.name());
        self.steps.push(Step { kind, at, place, detail, source_id });
    }

    /// The moment at `permille` of the way.
    fn at(&self, permille: i64) -> Moment {
        self.start.plus_seconds(self.length * permille / 1000)
    }

    fn depart(&mut self, from: Country, to: Country) {
        let origin = place(&self.parcel.from.city, from);
        let (hub, port) = (place("", from), place("", to));
        self.push(EventKind::Accepted, self.at(30), origin, "");
        if !from.same_customs_territory(to) {
            self.push(EventKind::ExportDeclared, self.at(110), hub.clone(), "");
            self.push(EventKind::ExportReleased, self.at(170), hub.clone(), "");
        }
        self.push(EventKind::Departed, self.at(250), hub, "");
        if self.parcel.fate != Fate::Lost {
            self.push(EventKind::Arrived, self.at(660), port, "");
        }
    }

    /// Through the destination's customs. The delay in seconds, or `None` while it waits for someone to act.
    fn import(&mut self, to: Country, released_at: Option<Moment>) -> Option<i64> {
        let port = place("", to);
        let (declared, planned) = (self.at(690), self.at(760));
        self.push(EventKind::ImportDeclared, declared, port.clone(), "");
        match self.parcel.fate {
            Fate::Held => {
                let held = self.at(720);
                self.push(EventKind::ImportHeld, held, port.clone(), "inspection");
                let released = held.plus_seconds(DAY);
                self.push(EventKind::ImportReleased, released, port, "");
                Some(released.seconds_since(planned).max(0))
            }
            Fate::HeldForAction => {
                self.push(EventKind::ImportHeld, self.at(720), port, "documents_wanted");
                Some(released_at?.seconds_since(planned).max(0))
            }
            _ => {
                self.push(EventKind::ImportReleased, planned, port, "");
                Some(0)
            }
        }
    }

    fn deliver(&mut self, door: Moment, to: Country) {
        let town = place(&self.parcel.to.city, to);
        let out = |ring: Moment, way: &Way| ring.plus_seconds(-(4 * HOUR).min(way.length / 10));
        let rings: &[EventKind] = match self.parcel.fate {
            Fate::Attempted => &[EventKind::Attempted, EventKind::Delivered],
            Fate::Returned => &[EventKind::Attempted, EventKind::Attempted],
            _ => &[EventKind::Delivered],
        };
        let mut ring = door;
        for kind in rings {
            self.push(EventKind::OutForDelivery, out(ring, self), town.clone(), "");
            let detail = if *kind == EventKind::Delivered { "handed_to_receiver" } else { "nobody_home" };
            self.push(*kind, ring, town.clone(), detail);
            ring = delivery(ring.plus_seconds(DAY), self.parcel, to);
        }
        if self.parcel.fate == Fate::Returned {
            let home = place(&self.parcel.from.city, self.parcel.from_country);
            self.push(EventKind::Returned, ring.plus_seconds(self.length), home, "not_collected");
        }
    }
}

/// `Jingdezhen, CN`; only the country where the town is not known.
pub(crate) fn place(city: &str, country: Country) -> String {
    if city.trim().is_empty() { country.to_string() } else { format!("{}, {country}", city.trim()) }
}

/// A number that depends on the parcel and on what it is for (splitmix64, public domain, Steele, Lea and Flood 2014).
fn chance(id: Id<Parcel>, salt: u64) -> u64 {
    let mut mixed = (id.raw() as u64).wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
