//! The tables: effective-dated facts with a source, parsed and validated once.

use crate::cost::Confidence;
use crate::load;
use crate::rows::{Area, Destination, RestrictionRow};
use base::{Country, Date, Error, Result};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The texts of the tables, as CSV with a header line each. `tables/` has the ones of this release.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// Destinations: customs territory, valuation, rounding.
    pub destinations: &'a str,
    /// Tax rates by country, region and class.
    pub tax_rates: &'a str,
    /// Low-value rules and other rules that replace tariff or tax; the first that matches wins.
    pub low_value_rules: &'a str,
    /// Duty rates by customs territory and tariff prefix.
    pub duty_rates: &'a str,
    /// Duties on top of the tariff.
    pub additional_duties: &'a str,
    /// Handling fees.
    pub fees: &'a str,
    /// What is barred where, and which papers are asked for.
    pub restrictions: &'a str,
}

/// The tables of this release.
pub const BUILTIN: Files<'static> = Files {
    destinations: include_str!("../tables/destinations.csv"),
    tax_rates: include_str!("../tables/tax_rates.csv"),
    low_value_rules: include_str!("../tables/low_value_rules.csv"),
    duty_rates: include_str!("../tables/duty_rates.csv"),
    additional_duties: include_str!("../tables/additional_duties.csv"),
    fees: include_str!("../tables/fees.csv"),
    restrictions: include_str!("../tables/restrictions.csv"),
};

/// All tables, indexed.
#[derive(Debug)]
pub struct Tables {
    destinations: Vec<Destination>,
    areas: Vec<Area>,
    pub(crate) restrictions: Vec<RestrictionRow>,
    sources: Vec<TableRow>,
    /// Position of a destination plus one, by the two letters of its code.
    by_code: Vec<u8>,
}

/// One row as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Which table: `duty_rates`, `tax_rates` …
    pub table: &'static str,
    /// Stable id.
    pub id: String,
    /// Country code, or `EU`.
    pub country: String,
    /// What it says.
    pub what: String,
    /// The rate, amount or limit.
    pub value: String,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub to: Option<Date>,
    /// How well it is known. Rows of low confidence in `low_value_rules` and `fees` are listed, not applied.
    pub confidence: Confidence,
    /// Where it stands.
    pub source: String,
}

impl Tables {
    /// The tables of this release.
    pub fn builtin() -> &'static Tables {
        static BUILT: LazyLock<Tables> = LazyLock::new(|| {
            #[allow(clippy::expect_used, reason = "a test loads these very texts, which are compiled in")]
            Tables::parse(&BUILTIN).expect("the built-in tables are valid")
        });
        &BUILT
    }

    /// Tables from other texts, such as newer ones loaded by an operator.
    ///
    /// Errors: `table_row` (a cell that cannot be read), `table_overlap`, `table_gap`; each names the row.
    pub fn parse(files: &Files<'_>) -> Result<Tables> {
        load::load(files)
    }

    pub(crate) fn indexed(
        destinations: Vec<Destination>,
        areas: Vec<Area>,
        restrictions: Vec<RestrictionRow>,
        sources: Vec<TableRow>,
        index: &BTreeMap<Country, usize>,
    ) -> Result<Tables> {
        let mut by_code = vec![0; 26 * 26];
        for (country, at) in index {
            by_code[slot(*country)] = u8::try_from(at + 1).map_err(|_| Error::internal("too many destinations"))?;
        }
        Ok(Tables { destinations, areas, restrictions, sources, by_code })
    }

    /// Every row, for the console's page.
    pub fn sources(&self) -> impl Iterator<Item = TableRow> {
        self.sources.iter().cloned()
    }

    /// Countries goods can be sent to.
    pub fn destinations(&self) -> impl Iterator<Item = Country> {
        self.destinations.iter().map(|destination| destination.country)
    }

    pub(crate) fn destination(&self, country: Country) -> Option<&Destination> {
        let at = usize::from(self.by_code[slot(country)]);
        at.checked_sub(1).map(|at| &self.destinations[at])
    }

    pub(crate) fn area(&self, destination: &Destination) -> &Area {
        &self.areas[destination.area]
    }
}

fn slot(country: Country) -> usize {
    let letter = |byte: u8| usize::from(byte.wrapping_sub(b'A') % 26);
    match country.code().as_bytes() {
        [first, second] => letter(*first) * 26 + letter(*second),
        _ => 0,
    }
}
