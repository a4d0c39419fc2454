//! Carriers by name, and which of them a tracking number is of: forms with check digits, from `tables/`. Pure.

use crate::s10;
use base::Error;
use std::sync::OnceLock;

/// A carrier that is known by name.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownCarrier {
    /// Stable: `royalmail`.
    pub key: String,
    /// As people know it.
    pub name: String,
    /// The country whose post it is: its numbers in the form S10 end so; may be empty.
    country: String,
    page: String,
}

impl KnownCarrier {
    /// The carrier's page about this number; none where it has no public one.
    pub fn page(&self, number: &str) -> Option<String> {
        let of = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_string() } else { String::new() };
        let plain: String = number.chars().map(of).collect();
        (!self.page.is_empty() && !plain.is_empty()).then(|| self.page.replace("{number}", &plain))
    }
}

struct Form {
    carrier: &'static KnownCarrier,
    parts: Vec<Part>,
    check: Check,
}

/// One letter of a form.
struct Part {
    takes: Takes,
    role: Role,
}

enum Takes {
    Digit,
    Letter,
    Either,
    /// Any of these.
    Of(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Plain,
    /// Counts for the check digit.
    Serial,
    Check,
}

enum Check {
    None,
    Mod7,
    Mod37,
    Luhn,
    /// Weights of letters at even and odd places, counted from the other end, what stands before the serial number.
    Mod10 {
        even: u32,
        odd: u32,
        reverse: bool,
        before: String,
    },
    Weights {
        first: u32,
        then: u32,
        weights: Vec<u32>,
    },
}

struct Table {
    carriers: &'static [KnownCarrier],
    forms: Vec<Form>,
}

static TABLE: OnceLock<Table> = OnceLock::new();

#[allow(clippy::expect_used, reason = "the tables are part of the program, and a test reads them")]
fn table() -> &'static Table {
    TABLE.get_or_init(|| read().expect("the tables of carriers and their numbers"))
}

/// Every carrier that is known by name.
pub fn known_carriers() -> &'static [KnownCarrier] {
    table().carriers
}

/// The known carrier of this name, in whatever letters.
pub fn known_carrier(name: &str) -> Option<&'static KnownCarrier> {
    let wanted = name.trim().to_lowercase();
    known_carriers().iter().find(|one| one.name.to_lowercase() == wanted)
}

/// The carriers whose numbers look like this one, check digit and all; several where the forms of several fit.
pub fn detect(number: &str) -> Vec<&'static KnownCarrier> {
    let letters: Vec<char> = compact(number).chars().collect();
    let mut found: Vec<&'static KnownCarrier> = Vec::new();
    let text: String = letters.iter().collect();
    if s10::is_valid(&text) {
        found.extend(known_carriers().iter().filter(|one| !one.country.is_empty() && text.ends_with(&one.country)));
    }
    for form in &table().forms {
        if form.fits(&letters) && !found.contains(&form.carrier) {
            found.push(form.carrier);
        }
    }
    found
}

/// Who carries a parcel of this number, where nobody said: the carrier whose form it has, the usual one where that is among several
/// or it has none's. Errors: `several_carriers` (field `carrier`), naming those to choose from.
pub fn carrier_of(number: &str, usual: &str) -> Result<String, Error> {
    let found = detect(number);
    let is_usual = |one: &&&KnownCarrier| one.name.to_lowercase() == usual.trim().to_lowercase();
    match found.as_slice() {
        [] => Ok(usual.trim().to_owned()),
        [one] => Ok(one.name.clone()),
        several if several.iter().any(|one| is_usual(&one)) => Ok(usual.trim().to_owned()),
        several => {
            let names: Vec<&str> = several.iter().map(|one| one.name.as_str()).collect();
            let say =
                format!("Numbers like this are given by {}: say which of them carries the parcel.", names.join(", "));
            Err(Error::field("carrier", "several_carriers", say))
        }
    }
}

/// A number as it is kept: capitals, without spaces and what cannot be seen.
pub fn compact(number: &str) -> String {
    let seen = number.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control());
    seen.flat_map(char::to_uppercase).collect()
}

impl Form {
    fn fits(&self, letters: &[char]) -> bool {
        let as_told = || self.parts.iter().zip(letters).all(|(part, letter)| part.takes.fits(*letter));
        letters.len() == self.parts.len() && as_told() && self.checked(letters)
    }

    fn checked(&self, letters: &[char]) -> bool {
        let of = |role: Role| self.parts.iter().zip(letters).filter(move |(part, _)| part.role == role);
        let serial: Vec<char> = of(Role::Serial).map(|(_, letter)| *letter).collect();
        match of(Role::Check).next() {
            Some((_, digit)) => self.check.digit(&serial) == Some(*digit),
            None => true,
        }
    }
}

impl Takes {
    fn fits(&self, letter: char) -> bool {
        match self {
            Takes::Digit => letter.is_ascii_digit(),
            Takes::Letter => letter.is_ascii_uppercase(),
            Takes::Either => letter.is_ascii_digit() || letter.is_ascii_uppercase(),
            Takes::Of(letters) => letters.contains(letter),
        }
    }
}

impl Check {
    /// The check digit of a serial number.
    fn digit(&self, serial: &[char]) -> Option<char> {
        let digits = || serial.iter().map(|letter| letter.to_digit(10));
        let value = match self {
            Check::None => return None,
            Check::Mod7 => digits().try_fold(0, |rest, digit| Some((rest * 10 + digit?) % 7))?,
            Check::Luhn => luhn(digits())?,
            Check::Mod37 => mod37(serial)?,
            Check::Mod10 { even, odd, reverse, before } => {
                let before = if serial.iter().collect::<String>().starts_with(before.as_str()) { "" } else { before };
                let mut all: Vec<char> = before.chars().chain(serial.iter().copied()).collect();
                if *reverse {
                    all.reverse();
                }
                let weight = |at: usize| if at.is_multiple_of(2) { *even } else { *odd };
                let sum: u32 = all.iter().enumerate().map(|(at, letter)| mod10_value(*letter) * weight(at)).sum();
                (10 - sum % 10) % 10
            }
            Check::Weights { first, then, weights } => {
                let sum = digits().zip(weights).try_fold(0, |sum, (digit, weight)| Some(sum + digit? * weight))?;
                sum % first % then
            }
        };
        char::from_digit(value, 36).map(|letter| letter.to_ascii_uppercase())
    }
}

/// What a letter counts for in UPS' check digit: A is 2, B is 3.
fn mod10_value(letter: char) -> u32 {
    letter.to_digit(10).unwrap_or_else(|| (u32::from(letter) - 3) % 10)
}

fn luhn(digits: impl DoubleEndedIterator<Item = Option<u32>>) -> Option<u32> {
    let mut sum = 0;
    for (at, digit) in digits.rev().enumerate() {
        let weighed = digit? * if at.is_multiple_of(2) { 2 } else { 1 };
        sum += weighed / 10 + weighed % 10;
    }
    Some((10 - sum % 10) % 10)
}

/// ISO 7064 mod 37,36, as DPD's label specification has it.
fn mod37(serial: &[char]) -> Option<u32> {
    let mut check = 36;
    for letter in serial {
        check += letter.to_digit(36)?;
        check = if check > 36 { check - 36 } else { check } * 2;
        check = if check > 36 { check - 37 } else { check };
    }
    Some((37 - check) % 36)
}

/// Why a table cannot be read.
type Wrong = String;

fn read() -> Result<Table, Wrong> {
    let mut carriers = Vec::new();
    for row in rows(include_str!("../tables/carriers.csv"))? {
        let field = |at: usize| row.get(at).unwrap_or_default().to_owned();
        carriers.push(KnownCarrier { key: field(0), name: field(1), country: field(2), page: field(3) });
    }
    // Lives as long as the process, so that a carrier is named by reference.
    let carriers: &'static [KnownCarrier] = carriers.leak();
    let mut forms = Vec::new();
    for row in rows(include_str!("../tables/numbers.csv"))? {
        let carrier = carriers.iter().find(|one| Some(one.key.as_str()) == row.get(0));
        let carrier = carrier.ok_or_else(|| format!("an unknown carrier in {row:?}"))?;
        let (parts, check) = (parts(row.get(1).unwrap_or_default())?, check(row.get(2).unwrap_or_default())?);
        forms.push(Form { carrier, parts, check });
    }
    Ok(Table { carriers, forms })
}

fn rows(text: &str) -> Result<Vec<csv::StringRecord>, Wrong> {
    csv::Reader::from_reader(text.as_bytes()).records().collect::<Result<_, _>>().map_err(|wrong| wrong.to_string())
}

/// Reads a form: `#` a digit, `@` a letter, `*` either, `[A-C7]` one of these, each followed by how often; `(…)` what the check
/// digit `!` is computed of; all else as it stands.
fn parts(form: &str) -> Result<Vec<Part>, Wrong> {
    let mut parts: Vec<Part> = Vec::new();
    let mut letters = form.chars().peekable();
    let mut role = Role::Plain;
    while let Some(letter) = letters.next() {
        let make = match letter {
            '(' | ')' => {
                role = if letter == '(' { Role::Serial } else { Role::Plain };
                continue;
            }
            '!' => {
                parts.push(Part { takes: Takes::Either, role: Role::Check });
                continue;
            }
            '#' => || Takes::Digit,
            '@' => || Takes::Letter,
            '*' => || Takes::Either,
            '[' => {
                let set: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                parts.push(Part { takes: Takes::Of(spread(&set)), role });
                continue;
            }
            plain => {
                parts.push(Part { takes: Takes::Of(plain.to_string()), role });
                continue;
            }
        };
        let mut count = String::new();
        while let Some(digit) = letters.next_if(char::is_ascii_digit) {
            count.push(digit);
        }
        let count: usize = count.parse().map_err(|_| format!("how often in {form}"))?;
        parts.extend((0..count).map(|_| Part { takes: make(), role }));
    }
    Ok(parts)
}

/// `0-3X` is `0123X`.
fn spread(set: &str) -> String {
    let letters: Vec<char> = set.chars().collect();
    match letters.as_slice() {
        [from, '-', to] => (*from..=*to).collect(),
        _ => set.to_owned(),
    }
}

fn check(text: &str) -> Result<Check, Wrong> {
    let fields: Vec<&str> = text.split(':').collect();
    let number = |text: &str| text.parse::<u32>().map_err(|_| format!("{text} is no number"));
    Ok(match fields.as_slice() {
        [""] => Check::None,
        ["mod7"] => Check::Mod7,
        ["mod37"] => Check::Mod37,
        ["luhn"] => Check::Luhn,
        [name @ ("mod10" | "mod10r"), even, odd, before @ ..] => Check::Mod10 {
            even: number(even)?,
            odd: number(odd)?,
            reverse: *name == "mod10r",
            before: before.first().copied().unwrap_or_default().to_owned(),
        },
        ["weights", first, then, weights] => Check::Weights {
            first: number(first)?,
            then: number(then)?,
            weights: weights.split(' ').map(number).collect::<Result<_, _>>()?,
        },
        _ => return Err(format!("{text} is no check")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(number: &str) -> Vec<&'static str> {
        detect(number).iter().map(|one| one.name.as_str()).collect()
    }

    #[test]
    fn a_number_tells_its_carrier() {
        assert_eq!(names("1Z 5R8 939 03 5756 7127"), ["UPS"]);
        assert_eq!(names("1z5r89390357567128"), [""; 0], "a wrong check digit");
        assert_eq!(names("RB123456785GB"), ["Royal Mail"]);
        assert_eq!(names("rb123456785cn"), ["China Post"]);
        assert_eq!(names("986578788855"), ["FedEx"]);
        assert_eq!(names("9400111206206406260787"), ["USPS"]);
        assert_eq!(names("my own note"), [""; 0]);
        assert_eq!(names("purple"), [""; 0]);
        assert_eq!(names(""), [""; 0]);
        assert_eq!(names("3318810025"), ["DHL Express"]);
    }

    #[test]
    fn a_number_of_several_forms_leaves_the_choice() {
        // Eleven digits and a check digit that FedEx and Purolator agree on.
        let both = (0..10_000_u64).map(|serial| format!("{:012}", 100_000_000_000 + serial));
        let mut both = both.filter(|number| names(number).len() > 1);
        let number = both.next().unwrap();
        assert_eq!(names(&number), ["FedEx", "Purolator"]);
        assert_eq!(carrier_of(&number, "Purolator").unwrap(), "Purolator", "the usual one");
        assert_eq!(carrier_of(&number, "Our van").unwrap_err().fields[0].code, "several_carriers");
        assert_eq!(carrier_of("1Z5R89390357567127", "Our van").unwrap(), "UPS");
        assert_eq!(carrier_of("VAN-7", "Our van").unwrap(), "Our van");
    }

    #[test]
    fn a_page_holds_nothing_but_the_number() {
        let ups = known_carrier(" ups ").unwrap();
        assert_eq!(ups.page("1Z 5R8").unwrap(), "https://www.ups.com/track?tracknum=1Z5R8");
        assert_eq!(ups.page("\"><script>&a=b").unwrap(), "https://www.ups.com/track?tracknum=scriptab");
        assert_eq!(ups.page("–"), None);
        assert_eq!(known_carrier("China Post").unwrap().page("RB123456785CN"), None, "it has no address for a number");
        assert_eq!(known_carrier("Our own van"), None);
    }

    /// Where our forms are stricter, or the examples rest on lists of services that are not kept here.
    const OTHERWISE: &[&str] = &[
        "dhl_ecommerce",
        "dhl_ecommerce_14",
        "1Z1111111111111111",
        "V0411335627",
        "0081 827 0998 0000 0200 45 000 000 N",
    ];

    #[test]
    fn published_examples_agree() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tracking-number-formats/couriers");
        let Ok(files) = std::fs::read_dir(folder) else {
            println!("skipped: {folder} is not here");
            return;
        };
        let mut differ = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let courier: serde_json::Value = serde_json::from_str(&text).unwrap();
            let code = courier["courier_code"].as_str().unwrap().replace("canada_post", "canadapost");
            for form in courier["tracking_numbers"].as_array().unwrap() {
                let id = form["id"].as_str().unwrap_or_default();
                if OTHERWISE.contains(&id) || code == "s10" {
                    continue;
                }
                for (key, expected) in [("valid", true), ("invalid", false)] {
                    for number in form["test_numbers"][key].as_array().unwrap() {
                        let number = number.as_str().unwrap();
                        let found = detect(number).iter().any(|one| one.key == code);
                        if found != expected && !OTHERWISE.contains(&number) {
                            differ.push(format!("{code} {id} {number} {key}"));
                        }
                    }
                }
            }
        }
        assert!(differ.is_empty(), "judged otherwise: {differ:#?}");
    }
}
