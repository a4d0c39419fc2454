//! CSV for people and for machines (RFC 4180): every file that leaves the house is written with these few functions, so that none opens
//! as rubbish or as a formula in a spreadsheet.
//!
//! A cell that a spreadsheet would compute gets an apostrophe in front, as people write it themselves. What reads such a file back
//! takes exactly those apostrophes off again ([`unguarded`]).

use std::borrow::Cow;

/// What a file for people begins with: without it spreadsheets take UTF-8 for the letters of their own country.
pub const BOM: &str = "\u{feff}";

/// What a spreadsheet takes for the beginning of a formula, in either width.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The text so that no spreadsheet computes it. Plain numbers, also below zero, stay as they are.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let like_a_guard = text.strip_prefix('\'').is_some_and(is_risky_or_guarded);
    if is_risky(text) || like_a_guard { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// What [`guarded`] was given.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_risky_or_guarded(rest)).unwrap_or(text)
}

fn is_risky(text: &str) -> bool {
    text.starts_with(FORMULA) && !is_number(text)
}

/// Risky behind any number of apostrophes: each layer of guarding adds one, and takes one off again.
fn is_risky_or_guarded(text: &str) -> bool {
    is_risky(text.trim_start_matches('\''))
}

/// `-12.50`: digits with at most one point, and a minus sign of its own.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part)
}

/// A text as a cell, quoted where it must be.
pub fn cell(text: &str) -> String {
    let safe = guarded(text);
    if safe.starts_with('\'') || safe.contains([',', '"', '\n', '\r']) || safe.trim() != safe {
        return quoted(&safe);
    }
    safe.into_owned()
}

/// A text as a cell in quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A line of cells that are safe already.
pub fn line(cells: &[String]) -> String {
    format!("{}\r\n", cells.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (text, safe) in [
            ("Jana Köhler", "Jana Köhler"),
            ("Köhler, Jana", "\"Köhler, Jana\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""),
            ("＝１＋１", "\"'＝１＋１\""),
            ("＠SUM(1)", "\"'＠SUM(1)\""),
            ("@SUM(1)", "\"'@SUM(1)\""),
            ("\t=1", "\"'\t=1\""),
            ("-cmd", "\"'-cmd\""),
            ("+49 30 901820", "\"'+49 30 901820\""),
            ("-1", "-1"),
            ("-12.50", "-12.50"),
            ("-1+1", "\"'-1+1\""),
            ("-", "\"'-\""),
            ("--1", "\"'--1\""),
            ("'tis", "'tis"),
            ("two\nlines", "\"two\nlines\""),
            ("", ""),
        ] {
            // An apostrophe that nobody put there needs no quotes, but may have them.
            let found = cell(text);
            assert!(found == safe || found == quoted(safe), "{text}: {found}");
        }
        assert_eq!(line(&["a".into(), "b".into()]), "a,b\r\n");
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(text in "['=+@a1. \\-\t]{0,8}|.{0,12}") {
            let guarded = guarded(&text);
            prop_assert_eq!(unguarded(&guarded), text.as_str());
            prop_assert!(!guarded.starts_with(FORMULA) || is_number(&text));
        }
    }
}
