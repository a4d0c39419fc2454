//! An address form as its country has it: fields, order, regions, and what was wrong with what was typed.

use crate::form::Form;
use crate::language::{Arg, Locale};
use base::{Address, Country, Error, Field};
use parties::address_format::{AddressField, AddressFormat, Part, address_format};
use serde::Serialize;

/// The form, row by row.
#[derive(Serialize)]
pub struct AddressView {
    country: String,
    rows: Vec<Vec<FieldView>>,
}

#[derive(Serialize)]
struct FieldView {
    name: &'static str,
    label: String,
    value: String,
    required: bool,
    kind: &'static str,
    autocomplete: &'static str,
    longest: usize,
    hint: Option<String>,
    error: Option<String>,
    options: Vec<OptionView>,
}

#[derive(Serialize)]
struct OptionView {
    value: String,
    label: String,
}

/// One thing to put right: which field, and what to type.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// Id of the field, or empty.
    pub field: String,
    /// What to do.
    pub text: String,
}

impl Problem {
    /// A problem of no one field.
    pub fn general(text: impl Into<String>) -> Problem {
        Problem { field: String::new(), text: text.into() }
    }

    /// A problem of a field.
    pub fn of(field: &str, text: impl Into<String>) -> Problem {
        Problem { field: field.into(), text: text.into() }
    }
}

/// What was typed, for `country`.
pub fn typed(form: &Form, country: Country) -> Address {
    let text = |name: &str| form.text(name).to_owned();
    Address {
        country: country.code().into(),
        name: text("name"),
        organisation: text("organisation"),
        street: text("street"),
        street2: text("street2"),
        city: text("city"),
        district: text("district"),
        region: text("region"),
        postcode: text("postcode"),
        phone: text("phone"),
        email: text("email"),
        tax_number: text("tax_number"),
    }
}

/// The problems of an address, in the order of its form.
pub fn problems(locale: &Locale, country: Country, error: &Error) -> Vec<Problem> {
    let format = address_format(country);
    let place = |field: &Field| {
        let part = Part::named(&field.name);
        part.and_then(|part| format.fields.iter().position(|one| one.part == part)).unwrap_or(usize::MAX)
    };
    let mut fields: Vec<&Field> = error.fields.iter().collect();
    fields.sort_by_key(|field| place(field));
    fields.into_iter().map(|field| Problem::of(&field.name, say(locale, format, field))).collect()
}

fn say(locale: &Locale, format: &AddressFormat, field: &Field) -> String {
    let part = Part::named(&field.name);
    let called = part.and_then(|part| format.field(part)).map(|field| label(locale, field));
    let called = called.unwrap_or_else(|| locale.maybe(&format!("address-{}", field.name), &[]).unwrap_or_default());
    let args = [
        ("field", Arg::from(called)),
        ("country", Arg::from(locale.country(format.country))),
        ("example", Arg::from(format.postcode_example.as_str())),
    ];
    let key = format!("problem-{}", field.code.replace('_', "-"));
    locale.maybe(&key, &args).unwrap_or_else(|| field.message.clone())
}

/// What a country calls a field, in the reader's words.
fn label(locale: &Locale, field: &AddressField) -> String {
    let plain = || locale.t(&format!("address-{}", field.part.name().replace('_', "-"))).to_string();
    match locale.maybe(&format!("called-{}", field.called.replace('_', "-")), &[]) {
        Some(called) if field.called != field.part.name() => called,
        _ => plain(),
    }
}

/// The form of `address.country`, filled with what is known.
pub fn view(locale: &Locale, country: Country, address: &Address, problems: &[Problem]) -> AddressView {
    let format = address_format(country);
    let mut rows: Vec<(u8, Vec<FieldView>)> = Vec::new();
    for field in &format.fields {
        let shown = field_view(locale, format, field, address, problems);
        match rows.iter_mut().find(|(row, _)| *row == field.row) {
            Some((_, fields)) => fields.push(shown),
            None => rows.push((field.row, vec![shown])),
        }
    }
    AddressView { country: country.code().into(), rows: rows.into_iter().map(|(_, fields)| fields).collect() }
}

/// The same for a place that sends: nobody asks it for a personal number.
pub fn sender_view(locale: &Locale, country: Country, address: &Address, problems: &[Problem]) -> AddressView {
    view_without(locale, country, address, problems, &[Part::TaxNumber])
}

/// The same without parts that are asked for elsewhere.
pub fn view_without(
    locale: &Locale,
    country: Country,
    address: &Address,
    problems: &[Problem],
    without: &[Part],
) -> AddressView {
    let mut form = view(locale, country, address, problems);
    let is_asked = |field: &FieldView| without.iter().all(|part| part.name() != field.name);
    form.rows.iter_mut().for_each(|row| row.retain(is_asked));
    form.rows.retain(|row| !row.is_empty());
    form
}

fn field_view(
    locale: &Locale,
    format: &AddressFormat,
    field: &AddressField,
    address: &Address,
    problems: &[Problem],
) -> FieldView {
    let part = field.part;
    let kept = part.of(address);
    let region = (part == Part::Region).then(|| format.region(kept)).flatten();
    let options = match part {
        Part::Region => format.regions.iter().map(|region| region_view(locale, region)).collect(),
        _ => Vec::new(),
    };
    FieldView {
        name: part.name(),
        label: label(locale, field),
        value: region.map_or_else(|| kept.to_owned(), |region| region.code.clone()),
        required: field.required,
        kind: if part == Part::Phone { "tel" } else { "text" },
        autocomplete: autocomplete(part),
        longest: part.longest(),
        hint: hint(locale, format, part),
        error: problems.iter().find(|problem| problem.field == part.name()).map(|problem| problem.text.clone()),
        options,
    }
}

fn region_view(locale: &Locale, region: &parties::address_format::Region) -> OptionView {
    let own = !region.local_name.is_empty() && matches!(locale.tag, "zh-CN") && region.local_name.chars().all(is_han);
    let label = if own { region.local_name.clone() } else { region.name.clone() };
    OptionView { value: region.code.clone(), label }
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

fn hint(locale: &Locale, format: &AddressFormat, part: Part) -> Option<String> {
    match part {
        Part::Phone => Some(locale.t("address-phone-hint").to_string()),
        Part::TaxNumber => {
            let known = if locale.tag == "en" { format.tax_number_hint() } else { None };
            Some(known.map_or_else(|| locale.t("tax-number-hint").to_string(), String::from))
        }
        _ => None,
    }
}

fn autocomplete(part: Part) -> &'static str {
    match part {
        Part::Name => "name",
        Part::Organisation => "organization",
        Part::Street => "address-line1",
        Part::Street2 => "address-line2",
        Part::District => "address-level3",
        Part::City => "address-level2",
        Part::Region => "address-level1",
        Part::Postcode => "postal-code",
        Part::Phone => "tel",
        Part::TaxNumber => "off",
    }
}
