//! Where services, lanes and zones are read from: the built-in tables, and an installation's own in their place.

use crate::service::{Lane, Service, ServiceKind};
use base::{Country, Error, Result};
use std::sync::OnceLock;

/// One end of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Everywhere.
    Any,
    /// The country it comes from.
    Same,
    /// The countries whose mask has this bit.
    Bit(u32),
    /// These countries, of a lane that the shop has made.
    Of(&'static [Country]),
}

impl Zone {
    pub(crate) fn holds(self, country: Country, mask: u32, same: bool) -> bool {
        match self {
            Zone::Of(countries) => countries.contains(&country),
            Zone::Any => true,
            Zone::Same => same,
            Zone::Bit(bit) => mask & bit != 0,
        }
    }
}

/// Everything that is known of services.
pub(crate) struct Table {
    pub(crate) services: &'static [Service],
    pub(crate) lanes: Vec<Lane>,
    /// Which zones a country is in, by its letters.
    masks: Vec<u32>,
    zones: Vec<String>,
}

impl Table {
    pub(crate) fn mask(&self, country: Country) -> u32 {
        self.masks[letters(country)]
    }
}

/// An installation's own services and rate card, as the text of two CSV files in the form of the built-in ones.
#[derive(Clone, Copy, Debug)]
pub struct OwnTables<'a> {
    /// `services.csv`
    pub services: &'a str,
    /// `lanes.csv`
    pub lanes: &'a str,
}

static TABLE: OnceLock<Table> = OnceLock::new();

/// The tables of this process.
#[allow(clippy::expect_used, reason = "the tables are part of the program, and a test reads them")]
pub(crate) fn table() -> &'static Table {
    TABLE.get_or_init(|| builtin(None).expect("the built-in tables of services"))
}

/// Takes an installation's own services in place of the built-in ones, which stay known for the parcels that they carry. Call it
/// once, before anything asks for a service. Errors: a row that cannot be read, told by file and line; called too late.
pub fn install(own: &OwnTables) -> Result<()> {
    let table = builtin(Some(own))?;
    let late = || Error::internal("the table of services was in use before the installation's own was given");
    TABLE.set(table).map_err(|_| late())
}

fn builtin(own: Option<&OwnTables>) -> Result<Table> {
    let mut services = match own {
        Some(own) => read_services("services.csv", own.services)?,
        None => Vec::new(),
    };
    for known in read_services("services.csv", include_str!("../tables/services.csv"))? {
        if !services.iter().any(|one| one.code == known.code) {
            services.push(Service { offered: own.is_none(), ..known });
        }
    }
    // Lives as long as the process, so that a service is named by reference everywhere.
    let services: &'static [Service] = services.leak();
    let (masks, zones) = read_zones(include_str!("../tables/zones.csv"))?;
    let mut lanes = match own {
        Some(own) => read_lanes(&zones, own.lanes, services)?,
        None => Vec::new(),
    };
    let own_codes: Vec<&str> = lanes.iter().map(|lane| lane.service.code.as_str()).collect();
    let more = read_lanes(&zones, include_str!("../tables/lanes.csv"), services)?;
    let more: Vec<Lane> = more.into_iter().filter(|lane| !own_codes.contains(&lane.service.code.as_str())).collect();
    lanes.extend(more);
    // Fallbacks last, so that they see what else goes.
    lanes.sort_by_key(|lane| lane.service.fallback);
    Ok(Table { services, lanes, masks, zones })
}

/// The countries of a zone; none where there is no such zone.
pub(crate) fn zone_countries(name: &str) -> Option<impl Iterator<Item = Country>> {
    let table = table();
    let bit = 1 << table.zones.iter().position(|known| known == name)?;
    Some(Country::all().filter(move |country| table.mask(*country) & bit != 0))
}

/// Every zone's name.
pub fn zones() -> &'static [String] {
    &table().zones
}

/// `AA` is 0, `ZZ` is 675.
fn letters(country: Country) -> usize {
    let code = country.code().as_bytes();
    let letter = |at: usize| usize::from(code[at].saturating_sub(b'A')).min(25);
    letter(0) * 26 + letter(1)
}

/// The rows of a file, each with `columns` fields. Errors: told with the line.
fn rows<T>(file: &str, text: &str, columns: usize, read: impl Fn(&csv::StringRecord) -> Result<T>) -> Result<Vec<T>> {
    let wrong = |line: u64, say: String| Error::invalid("service_table", format!("{file}, line {line}: {say}"));
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|problem| Error::invalid("service_table", format!("{file}: {problem}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != columns {
            return Err(wrong(line, format!("there are {} fields; write {columns}.", record.len())));
        }
        found.push(read(&record).map_err(|problem| wrong(line, problem.message))?);
    }
    Ok(found)
}

fn whole(field: &str) -> Result<i64> {
    let number = field.parse().ok().filter(|number| *number >= 0);
    number.ok_or_else(|| Error::invalid("number", format!("“{field}” is no whole number.")))
}

fn read_services(file: &str, text: &str) -> Result<Vec<Service>> {
    rows(file, text, 13, |row| {
        let unknown = || Error::invalid("kind", format!("“{}” is no kind; write {}.", &row[3], kinds()));
        let step_grams = whole(&row[5])?;
        if step_grams == 0 {
            return Err(Error::invalid("step", "step_grams must be at least 1."));
        }
        Ok(Service {
            code: row[0].into(),
            name: row[1].into(),
            names: std::collections::BTreeMap::new(),
            carrier: row[2].into(),
            kind: ServiceKind::named(&row[3]).ok_or_else(unknown)?,
            currency: row[4].parse()?,
            step_grams,
            max_grams: whole(&row[6])?,
            divisor: whole(&row[7])?,
            ddp: &row[8] == "yes",
            tracking_points: whole(&row[9])?,
            fallback: &row[10] == "yes",
            booked_through: row[11].into(),
            carrier_code: row[12].into(),
            offered: true,
        })
    })
}

fn kinds() -> String {
    ServiceKind::ALL.map(ServiceKind::name).join(", ")
}

fn read_zones(text: &str) -> Result<(Vec<u32>, Vec<String>)> {
    let mut masks = vec![0; 26 * 26];
    let mut names = Vec::new();
    for (name, codes) in rows("zones.csv", text, 2, |row| Ok((row[0].to_owned(), row[1].to_owned())))? {
        for code in codes.split_whitespace() {
            masks[letters(code.parse()?)] |= 1 << names.len();
        }
        names.push(name);
    }
    Ok((masks, names))
}

fn read_lanes(zones: &[String], text: &str, services: &'static [Service]) -> Result<Vec<Lane>> {
    let zone = |name: &str| match name {
        "ANY" => Ok(Zone::Any),
        "SAME" => Ok(Zone::Same),
        name => match zones.iter().position(|known| known == name) {
            Some(index) => Ok(Zone::Bit(1 << index)),
            None => Err(Error::invalid("zone", format!("“{name}” is no zone; write one of {}.", zones.join(", ")))),
        },
    };
    rows("lanes.csv", text, 10, |row| {
        let service = services.iter().find(|service| service.code == row[0]);
        let unknown = || Error::invalid("service", format!("“{}” does not stand in services.csv.", &row[0]));
        Ok(Lane {
            service: service.ok_or_else(unknown)?,
            from: zone(&row[1])?,
            to: zone(&row[2])?,
            days: (whole(&row[3])?, whole(&row[4])?),
            business: &row[5] == "business",
            first_minor: whole(&row[6])?,
            step_minor: whole(&row[7])?,
            confidence: row[8].into(),
            source: row[9].into(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "code,name,carrier,kind,currency,step_grams,max_grams,divisor,ddp,tracking_points,fallback,booked_through,carrier_code\n";
    const LANES: &str = "service,from,to,days_min,days_max,day_type,first_minor,step_minor,confidence,source\n";

    fn own(services: &str, lanes: &str) -> Result<Table> {
        builtin(Some(&OwnTables { services: &format!("{HEAD}{services}"), lanes: &format!("{LANES}{lanes}") }))
    }

    #[test]
    fn an_installations_own_services_are_offered_and_the_built_in_ones_stay_known() {
        let table = own(
            "house-parcel,House parcel,DHL,domestic,EUR,1000,31500,5000,yes,6,no,karrio,dhl_paket\n\
             cn-line,Our own line,Line,line,EUR,100,20000,6000,yes,6,no,karrio,line_x\n",
            "house-parcel,EU,EU,1,2,business,590,0,high,contract 2026\n",
        )
        .unwrap();
        let offered: Vec<_> = table.services.iter().filter(|one| one.offered).map(|one| one.code.as_str()).collect();
        assert_eq!(offered, ["house-parcel", "cn-line"]);
        assert!(table.services.iter().any(|one| one.code == "eu-express" && !one.offered));
        assert_eq!(table.services.iter().filter(|one| one.code == "cn-line").count(), 1);
        assert_eq!(table.lanes[0].first_minor, 590);
    }

    #[test]
    fn a_wrong_row_is_told_by_its_line() {
        let good = "a,A,A,line,EUR,100,2000,0,yes,4,no,built-in,\n";
        for (services, lanes, say) in [
            ("a,A,A,line,EUR\n", "", "services.csv, line 2: there are 5 fields; write 13."),
            ("a,A,A,pigeon,EUR,100,2000,0,yes,4,no,built-in,\n", "", "services.csv, line 2: “pigeon” is no kind"),
            (good, "a,CN,MARS,1,2,business,1,1,low,x\n", "lanes.csv, line 2: “MARS” is no zone"),
            (good, "b,CN,EU,1,2,business,1,1,low,x\n", "lanes.csv, line 2: “b” does not stand in services.csv."),
            (good, "a,CN,EU,1,2,business,1.50,1,low,x\n", "lanes.csv, line 2: “1.50” is no whole number."),
        ] {
            let error = own(services, lanes).err().unwrap();
            assert!(error.message.starts_with(say), "{}", error.message);
        }
    }
}
