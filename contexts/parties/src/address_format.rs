//! Which address fields each country asks for, in which order, and how its postcodes and personal tax numbers look.
//!
//! The table is `address_formats.csv`, one row a destination; every other country gets a form that asks for little and brings
//! postcodes into their form (`postcodes.csv`) without refusing any. `region_names.csv` has further names of regions.
//! Facts: the national posts' addressing guides (as collected by the Universal Postal Union), ISO 3166-2, and for postcodes and
//! further names Google's address data (CC BY 4.0).

mod region;
mod table;
mod tax_number;
#[cfg(test)]
mod tests;
mod typing;

use base::{Address, Country, Error, Field, Result};
use std::fmt::Write as _;
use table::{ELSEWHERE, FORMATS};
use tax_number::TaxNumber;

/// One part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The person who opens the door.
    Name,
    /// Company.
    Organisation,
    /// Street and number.
    Street,
    /// Flat, floor, building.
    Street2,
    /// Suburb, district, neighbourhood.
    District,
    /// City or town.
    City,
    /// State, province, prefecture, emirate.
    Region,
    /// Postcode.
    Postcode,
    /// For the courier.
    Phone,
    /// Personal tax or customs number.
    TaxNumber,
}

impl Part {
    const ALL: [Part; 10] = [
        Part::Name,
        Part::Organisation,
        Part::Street,
        Part::Street2,
        Part::District,
        Part::City,
        Part::Region,
        Part::Postcode,
        Part::Phone,
        Part::TaxNumber,
    ];

    /// Name of the field in forms, in `base::Address` and in errors.
    pub fn name(self) -> &'static str {
        match self {
            Part::Name => "name",
            Part::Organisation => "organisation",
            Part::Street => "street",
            Part::Street2 => "street2",
            Part::District => "district",
            Part::City => "city",
            Part::Region => "region",
            Part::Postcode => "postcode",
            Part::Phone => "phone",
            Part::TaxNumber => "tax_number",
        }
    }

    /// The part with this name.
    pub fn named(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }

    /// Longest value in characters that still fits a parcel label.
    pub fn longest(self) -> usize {
        match self {
            Part::Street | Part::Street2 => 100,
            Part::Name | Part::Organisation | Part::District | Part::City | Part::Region => 80,
            Part::Postcode => 16,
            Part::Phone => 40,
            Part::TaxNumber => 24,
        }
    }

    /// This part of `address`.
    pub fn of(self, address: &Address) -> &str {
        match self {
            Part::Name => &address.name,
            Part::Organisation => &address.organisation,
            Part::Street => &address.street,
            Part::Street2 => &address.street2,
            Part::District => &address.district,
            Part::City => &address.city,
            Part::Region => &address.region,
            Part::Postcode => &address.postcode,
            Part::Phone => &address.phone,
            Part::TaxNumber => &address.tax_number,
        }
    }

    fn of_mut(self, address: &mut Address) -> &mut String {
        match self {
            Part::Name => &mut address.name,
            Part::Organisation => &mut address.organisation,
            Part::Street => &mut address.street,
            Part::Street2 => &mut address.street2,
            Part::District => &mut address.district,
            Part::City => &mut address.city,
            Part::Region => &mut address.region,
            Part::Postcode => &mut address.postcode,
            Part::Phone => &mut address.phone,
            Part::TaxNumber => &mut address.tax_number,
        }
    }
}

/// One field of a country's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressField {
    /// Which part it fills.
    pub part: Part,
    /// The form is refused without it.
    pub required: bool,
    /// Fields with the same row stand side by side.
    pub row: u8,
    /// What the country calls it; a stable word for translation: `postcode`, `zip`, `eircode`, `prefecture` …
    pub called: String,
}

/// A state, province or prefecture to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// ISO 3166-2 without the country, as kept in an address: `CA`, `13`.
    pub code: String,
    /// Its name, in Latin letters.
    pub name: String,
    /// Its name in the country's own script or second language, accepted as input; often empty.
    pub local_name: String,
}

/// A country's way to write an address.
#[derive(Clone, Debug)]
pub struct AddressFormat {
    /// Whose.
    pub country: Country,
    /// The fields in the order its people expect them.
    pub fields: Vec<AddressField>,
    /// Choices of [`Part::Region`]; empty where people write it freely.
    pub regions: Vec<Region>,
    /// A valid postcode, or empty where the country has none.
    pub postcode_example: String,
    /// `#` digit, `@` letter, `*` either, anything else itself; empty where any postcode is accepted.
    postcode_templates: Vec<String>,
    /// What fits no template is kept as it was typed.
    postcode_free: bool,
    postcode_rule: String,
    /// Lines of the label: part names with what stands between them.
    label: Vec<String>,
    region_printed_as_code: bool,
    region_index: region::Index,
    tax: Option<TaxNumber>,
}

impl AddressFormat {
    /// The field for `part`, if the country asks for it.
    pub fn field(&self, part: Part) -> Option<&AddressField> {
        self.fields.iter().find(|field| field.part == part)
    }

    /// The region written as code (with its country or without), name, local or everyday name, in any case, width and script.
    pub fn region(&self, text: &str) -> Option<&Region> {
        let text = typing::tidy(text);
        let country = self.country.code();
        let bare =
            text.get(..2).filter(|code| code.eq_ignore_ascii_case(country)).and_then(|_| text[2..].strip_prefix('-'));
        let at = bare.and_then(|bare| self.region_index.find(bare)).or_else(|| self.region_index.find(&text))?;
        self.regions.get(at)
    }

    /// The code of a region written as code (`ON`, `CA-ON`) or name, as rules of tax ask for it; as it stands where
    /// regions are written freely. Errors: `region_unknown`.
    pub fn region_code(&self, text: &str) -> Result<String> {
        let text = text.trim();
        if text.is_empty() || self.regions.is_empty() {
            return Ok(text.to_string());
        }
        self.region(text).map(|region| region.code.clone()).ok_or_else(|| {
            let codes: Vec<&str> = self.regions.iter().map(|region| region.code.as_str()).collect();
            let message = format!("“{text}” is no region of {}; choose one of {}.", self.country, codes.join(", "));
            Error::field("region", "region_unknown", message)
        })
    }

    /// A sentence that tells what the personal number of this country is and looks like.
    pub fn tax_number_hint(&self) -> Option<&'static str> {
        self.tax.map(TaxNumber::rule)
    }

    /// The postcode as the country prints it, or `None` if it is not one: `sw1a1aa` becomes `SW1A 1AA`.
    pub fn postcode(&self, text: &str) -> Option<String> {
        let kept = || typing::number(text).to_uppercase();
        if self.postcode_templates.is_empty() {
            return Some(kept());
        }
        let bare = typing::postcode(text);
        let code = self.country.code();
        let without_country =
            bare.strip_prefix(code).or_else(|| bare.strip_prefix(&code[..1])).filter(|rest| !rest.is_empty());
        let prefixed = format!("{code}{bare}");
        let found = [Some(bare.as_str()), without_country, Some(prefixed.as_str())]
            .into_iter()
            .flatten()
            .find_map(|candidate| self.postcode_templates.iter().find_map(|template| fill(template, candidate)));
        found.or_else(|| self.postcode_free.then(kept))
    }
}

/// The format of `country`.
pub fn address_format(country: Country) -> &'static AddressFormat {
    FORMATS.get(&country).or_else(|| ELSEWHERE.get(&country)).unwrap_or(&table::PLAIN)
}

/// Countries with a format of their own, by code.
pub fn described_countries() -> impl Iterator<Item = Country> {
    FORMATS.keys().copied()
}

/// The address as it is stored and printed: trimmed, postcode and region in their own form. Errors: all wrong fields
/// at once, as `required`, `too_long`, `unknown_country`, `postcode_format`, `unknown_region`, `phone_format`,
/// `email_format` or `tax_number_format`, each with what to type instead.
pub fn validate(address: &Address) -> Result<Address> {
    validated(address, true)
}

/// As [`validate`], for a place that sends: a warehouse or a seller needs no personal number.
pub fn validate_sender(address: &Address) -> Result<Address> {
    validated(address, false)
}

fn validated(address: &Address, receives: bool) -> Result<Address> {
    let mut clean = tidy(address);
    let Some(country) = clean.country() else {
        return Err(Error::field("country", "unknown_country", "Choose the country the parcel goes to."));
    };
    clean.country = country.code().into();
    let format = address_format(country);
    let mut wrong = Vec::new();
    for part in Part::ALL {
        let asked = receives || part != Part::TaxNumber;
        let required = asked && format.field(part).is_some_and(|field| field.required);
        let checked = check(format, part, part.of(&clean), required);
        match checked {
            Ok(value) => *part.of_mut(&mut clean) = value,
            Err(field) => wrong.push(field),
        }
    }
    if !clean.email.is_empty() && !looks_like_email(&clean.email) {
        wrong.push(problem("email", "email_format", "An e-mail address looks like name@example.com."));
    }
    if !wrong.is_empty() {
        let mut error = Error::invalid("invalid", "The address needs another look.");
        error.fields = wrong;
        return Err(error);
    }
    if clean.city.is_empty() {
        clean.city = city_unasked(format, &clean);
    }
    Ok(clean)
}

/// The lines of a label, top to bottom, ending with the country's code; the phone and the tax number stand elsewhere.
pub fn label_lines(address: &Address) -> Vec<String> {
    let format = address.country().map_or(&*table::PLAIN, address_format);
    let mut lines: Vec<String> =
        format.label.iter().map(|line| print_line(format, line, address)).filter(|line| !line.is_empty()).collect();
    lines.push(address.country.clone());
    lines
}

fn check(format: &AddressFormat, part: Part, value: &str, required: bool) -> std::result::Result<String, Field> {
    let called = format.field(part).map_or(part.name(), |field| &field.called);
    if value.is_empty() {
        let message = match part {
            Part::Postcode if !format.postcode_rule.is_empty() => format!("Enter it. {}", format.postcode_rule),
            Part::TaxNumber => format!("Customs asks for it. {}", format.tax_number_hint().unwrap_or_default()),
            _ => format!("Enter the {}.", spoken(called)),
        };
        return if required { Err(problem(part.name(), "required", message)) } else { Ok(String::new()) };
    }
    if value.chars().count() > part.longest() {
        let message = format!("At most {} characters fit on the label.", part.longest());
        return Err(problem(part.name(), "too_long", message));
    }
    match part {
        Part::Postcode => {
            format.postcode(value).ok_or_else(|| problem("postcode", "postcode_format", &format.postcode_rule))
        }
        Part::Region if !format.regions.is_empty() => {
            let region = format.region(value).map(|region| region.code.clone());
            region.ok_or_else(|| {
                problem("region", "unknown_region", format!("Choose the {} from the list.", spoken(called)))
            })
        }
        Part::Phone => typing::phone(value).ok_or_else(|| {
            problem("phone", "phone_format", "A phone number has 6 to 15 digits, for example +49 30 901820.")
        }),
        Part::TaxNumber => match format.tax {
            Some(tax) => {
                let told = tax.tidy(&typing::number(value));
                told.ok_or_else(|| problem("tax_number", "tax_number_format", tax.rule()))
            }
            None => Ok(typing::number(value)),
        },
        _ => Ok(value.to_string()),
    }
}

fn problem(name: &str, code: &'static str, message: impl Into<String>) -> Field {
    Field { name: name.into(), code, message: message.into() }
}

/// `tax_number` as people say it.
fn spoken(called: &str) -> String {
    match called {
        "street" => "street and number".into(),
        "zip" => "ZIP code".into(),
        "pin" => "PIN code".into(),
        _ => called.replace('_', " "),
    }
}

/// Where the form has no city the country or the region is one: Singapore, Dubai.
fn city_unasked(format: &AddressFormat, address: &Address) -> String {
    match format.region(&address.region) {
        Some(region) => region.name.clone(),
        None if format.country.code() == "SG" => "Singapore".into(),
        None => String::new(),
    }
}

/// Every field in one writing.
fn tidy(address: &Address) -> Address {
    let mut clean = address.clone();
    for part in Part::ALL {
        let value = part.of_mut(&mut clean);
        *value = typing::tidy(value);
    }
    clean.country = typing::tidy(&clean.country);
    clean.email = typing::tidy(&clean.email);
    clean
}

fn looks_like_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let well_formed_host = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    !user.is_empty() && well_formed_host && !host.contains('@') && !text.contains(' ') && text.len() <= 254
}

/// `candidate` (without separators) in the form of `template`, if it fits.
fn fill(template: &str, candidate: &str) -> Option<String> {
    let mut letters = candidate.chars();
    let mut filled = String::with_capacity(template.len());
    for mark in template.chars() {
        if matches!(mark, ' ' | '-') {
            filled.push(mark);
            continue;
        }
        let letter = letters.next()?;
        let fits = match mark {
            '#' => letter.is_ascii_digit(),
            '@' => letter.is_ascii_uppercase(),
            '*' => letter.is_ascii_digit() || letter.is_ascii_uppercase(),
            literal => letter == literal,
        };
        if !fits {
            return None;
        }
        filled.push(letter);
    }
    letters.next().is_none().then_some(filled)
}

/// One label line: what stands before an empty part is left out with it.
fn print_line(format: &AddressFormat, line: &str, address: &Address) -> String {
    let mut printed = String::new();
    let mut between = String::new();
    let mut word = String::new();
    for letter in line.chars().chain([' ']) {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
            continue;
        }
        if let Some(part) = Part::named(&word) {
            let value = printed_value(format, part, address);
            if !value.is_empty() {
                let gap = if printed.is_empty() { "" } else { between.as_str() };
                let _ = write!(printed, "{gap}{value}");
            }
            between.clear();
        }
        word.clear();
        between.push(letter);
    }
    printed
}

fn printed_value<'a>(format: &'a AddressFormat, part: Part, address: &'a Address) -> &'a str {
    let value = part.of(address);
    if part == Part::Region && !format.region_printed_as_code {
        return format.region(value).map_or(value, |region| &region.name);
    }
    value
}
