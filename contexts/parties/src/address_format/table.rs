//! Reads `address_formats.csv` once; the rest of the module asks only the maps made here.

use super::region::Index;
use super::tax_number::TaxNumber;
use super::{AddressField, AddressFormat, Part, Region};
use base::Country;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../address_formats.csv");
const POSTCODES: &str = include_str!("../../postcodes.csv");
const NAMES: &str = include_str!("../../region_names.csv");

/// Countries with a row of their own.
pub(super) static FORMATS: LazyLock<BTreeMap<Country, AddressFormat>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let rows = reader.records().filter_map(|row| read(&row.ok()?));
    rows.map(|format| (format.country, format)).collect()
});

/// Every other country: a form that asks for little.
pub(super) static ELSEWHERE: LazyLock<BTreeMap<Country, AddressFormat>> = LazyLock::new(|| {
    let others = Country::all().filter(|country| !FORMATS.contains_key(country));
    others.map(|country| (country, plain(country))).collect()
});

/// For an address whose country is not known yet.
#[allow(clippy::expect_used, reason = "Antarctica's code is in ISO 3166-1")]
pub(super) static PLAIN: LazyLock<AddressFormat> = LazyLock::new(|| plain("AQ".parse().expect("a code of ISO 3166-1")));

/// Rows of the table, to be compared with what was read.
#[cfg(test)]
pub(super) fn row_count() -> usize {
    TABLE.lines().count() - 1
}

/// Postcodes of countries without a row of their own: templates.
static ELSEWHERE_POSTCODES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(POSTCODES.as_bytes());
    let rows = reader.records().filter_map(std::result::Result::ok);
    rows.map(|row| (row[0].to_owned(), row[1].split('|').map(str::to_owned).collect())).collect()
});

/// Further names of regions, by country and code.
static REGION_NAMES: LazyLock<BTreeMap<(String, String), Vec<String>>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(NAMES.as_bytes());
    let rows = reader.records().filter_map(std::result::Result::ok);
    rows.map(|row| ((row[0].to_owned(), row[1].to_owned()), row[2].split(';').map(str::to_owned).collect())).collect()
});

/// Rows of the two smaller tables, as they were read.
#[cfg(test)]
pub(super) fn smaller() -> [(usize, usize); 2] {
    [(ELSEWHERE_POSTCODES.len(), POSTCODES.lines().count() - 1), (REGION_NAMES.len(), NAMES.lines().count() - 1)]
}

fn index(country: Country, regions: &[Region]) -> Index {
    let further = |region: &Region| {
        let key = (country.code().to_owned(), region.code.clone());
        REGION_NAMES.get(&key).map_or(&[][..], Vec::as_slice)
    };
    Index::of(regions.iter().map(|region| (region, further(region))))
}

fn plain(country: Country) -> AddressFormat {
    let form = "name* organisation street* street2 district city* region postcode phone*";
    AddressFormat {
        country,
        fields: fields(form, |part| part.name().to_string()),
        regions: Vec::new(),
        postcode_example: String::new(),
        postcode_templates: ELSEWHERE_POSTCODES.get(country.code()).cloned().unwrap_or_default(),
        postcode_free: true,
        postcode_rule: String::new(),
        label: lines("name|organisation|street|street2|district|postcode city|region"),
        region_printed_as_code: false,
        region_index: Index::default(),
        tax: None,
    }
}

/// One row, or `None` if a cell makes no sense; a test holds that every row is read.
fn read(row: &csv::StringRecord) -> Option<AddressFormat> {
    let cell = |index: usize| row.get(index).unwrap_or_default().trim();
    let country: Country = cell(0).parse().ok()?;
    let called = |part: Part| {
        let name = match part {
            Part::Postcode => cell(6),
            Part::City => cell(7),
            Part::District => cell(8),
            Part::Region => cell(9),
            _ => part.name(),
        };
        if name.is_empty() { part.name() } else { name }.to_string()
    };
    let tax = match cell(11) {
        "" => None,
        name => Some(TaxNumber::named(name)?),
    };
    let regions: Vec<Region> = cell(12).split(';').filter_map(region).collect();
    Some(AddressFormat {
        country,
        fields: fields(cell(1), called),
        region_index: index(country, &regions),
        regions,
        postcode_example: cell(4).into(),
        postcode_templates: cell(3).split('|').filter(|template| !template.is_empty()).map(str::to_string).collect(),
        postcode_free: false,
        postcode_rule: cell(5).into(),
        label: lines(cell(2)),
        region_printed_as_code: cell(10) == "code",
        tax,
    })
}

/// `name* postcode*+city`: `*` required, `+` in the same row as the one before.
fn fields(form: &str, called: impl Fn(Part) -> String) -> Vec<AddressField> {
    let mut fields = Vec::new();
    for (row, group) in (0_u8..).zip(form.split(' ')) {
        for token in group.split('+') {
            let Some(part) = Part::named(token.trim_end_matches('*')) else { continue };
            fields.push(AddressField { part, required: token.ends_with('*'), row, called: called(part) });
        }
    }
    fields
}

/// `CODE=Name/Local name`.
fn region(text: &str) -> Option<Region> {
    let (code, names) = text.split_once('=')?;
    let (name, local_name) = names.split_once('/').unwrap_or((names, ""));
    Some(Region { code: code.into(), name: name.into(), local_name: local_name.into() })
}

fn lines(label: &str) -> Vec<String> {
    label.split('|').map(str::to_string).collect()
}
