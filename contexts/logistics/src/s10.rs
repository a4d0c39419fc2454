//! Tracking numbers in the form of the Universal Postal Union's standard S10: two letters, eight digits, a check digit, a country.

use crate::service::ServiceKind;
use base::{Country, Result};
use store::{Tx, params};

/// The weights of the eight digits (UPU S10-12, section 5).
const WEIGHTS: [u32; 8] = [8, 6, 4, 2, 3, 5, 9, 7];
/// Serial numbers of one pair of letters.
const SERIALS: i64 = 100_000_000;
/// Without a factor in common with [`SERIALS`], so counting up by it meets every serial once: neighbours do not look alike.
const STRIDE: i64 = 61_803_399;

/// The check digit of a serial number below 100,000,000.
pub fn check_digit(serial: u32) -> u8 {
    let digits = (0..8).map(|place| serial / 10_u32.pow(7 - place) % 10);
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => digit as u8,
    }
}

/// The whole number: `letters` are the service indicator.
pub fn number(letters: [char; 2], serial: u32, country: Country) -> String {
    format!("{}{}{serial:08}{}{country}", letters[0], letters[1], check_digit(serial))
}

/// Whether `text` is such a number: form, check digit and country. Spaces do not matter.
pub fn is_valid(text: &str) -> bool {
    let compact: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    let form = compact.len() == 13
        && compact[..2].iter().all(u8::is_ascii_uppercase)
        && compact[2..11].iter().all(u8::is_ascii_digit);
    if !form {
        return false;
    }
    let serial = compact[2..10].iter().fold(0, |serial, digit| serial * 10 + u32::from(digit - b'0'));
    let country = std::str::from_utf8(&compact[11..])
        .is_ok_and(|code| code.bytes().all(|byte| byte.is_ascii_uppercase()) && code.parse::<Country>().is_ok());
    compact[10] - b'0' == check_digit(serial) && country
}

/// As people read it: `CP 123 456 785 CN`.
pub fn spaced(number: &str) -> String {
    let part = |range| number.get(range).unwrap_or_default();
    format!("{} {} {} {} {}", part(0..2), part(2..5), part(5..8), part(8..11), part(11..13))
}

/// A number that was never given out before. The first letter is the class of service: E for express, R for (registered) small
/// packets, C for parcels; the second begins at A and moves on when a hundred million are used.
pub(crate) fn next(tx: &mut Tx, kind: ServiceKind, country: Country) -> Result<String> {
    let class = match kind {
        ServiceKind::Express => 'E',
        ServiceKind::Postal => 'R',
        ServiceKind::Line | ServiceKind::Domestic => 'C',
    };
    let count: i64 = tx.one(NEXT, params![format!("{class}{country}")])?.get(0)?;
    let letter = char::from(b'A' + (count / SERIALS % 26) as u8);
    let serial = (i128::from(count) * i128::from(STRIDE)).rem_euclid(i128::from(SERIALS)) as u32;
    Ok(number([class, letter], serial, country))
}

const NEXT: &str = "INSERT INTO logistics_counter (series, last) VALUES ($1, 1)
    ON CONFLICT (series) DO UPDATE SET last = logistics_counter.last + 1 RETURNING last";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_numbers() {
        // 47312482 → 9 is the worked example of the standard; the others are published examples.
        for (serial, digit) in [(47_312_482, 9), (12_345_678, 5), (0, 5)] {
            assert_eq!(check_digit(serial), digit, "{serial}");
        }
        for valid in ["RB123456785GB", "RB123456785US", "RB 123 456 785 CV", "RB123456785CF"] {
            assert!(is_valid(valid), "{valid}");
        }
        for wrong in
            ["RB123456786US", "RB123456785XX", "RB12345678US", "rb123456785US", "R1123456785US", "RB123456785us", ""]
        {
            assert!(!is_valid(wrong), "{wrong}");
        }
        assert_eq!(spaced("RB123456785GB"), "RB 123 456 785 GB");
    }

    #[test]
    fn published_examples_agree() {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tracking-number-formats/couriers/s10.json");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: {path} is not here");
            return;
        };
        let courier: serde_json::Value = serde_json::from_str(&text).unwrap();
        let examples = &courier["tracking_numbers"][0]["test_numbers"];
        let mut differ = Vec::new();
        for (key, expected) in [("valid", true), ("invalid", false)] {
            let numbers = examples[key].as_array().unwrap();
            assert!(!numbers.is_empty());
            differ.extend(numbers.iter().filter(|number| is_valid(number.as_str().unwrap()) != expected));
        }
        assert!(differ.is_empty(), "judged otherwise: {differ:?}");
    }

    #[test]
    fn serials_do_not_repeat_soon() {
        let serial = |count: i64| (i128::from(count) * i128::from(STRIDE)).rem_euclid(i128::from(SERIALS));
        let seen: std::collections::HashSet<_> = (1..100_000).map(serial).collect();
        assert_eq!(seen.len(), 99_999);
    }

    proptest! {
        #[test]
        fn a_single_wrong_digit_is_noticed(serial in 0u32..100_000_000, place in 0u32..8, by in 1u32..10) {
            let good = number(['C', 'P'], serial, "CN".parse().unwrap());
            prop_assert!(is_valid(&good));
            let unit = 10_u32.pow(place);
            let digit = serial / unit % 10;
            let other = serial - digit * unit + (digit + by) % 10 * unit;
            // Two remainders share the check digit 5 and two share 0, so the digit itself may stay the same; what a
            // changed digit must never do is to keep the same remainder.
            let sum = |serial: u32| (0..8).map(|at| serial / 10_u32.pow(7 - at) % 10 * WEIGHTS[at as usize]).sum::<u32>() % 11;
            prop_assert_ne!(sum(serial), sum(other));
        }
    }
}
