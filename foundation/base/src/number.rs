//! Numbers as people write them: digits of every script, grouped and with decimals in every style. A writing that can be read
//! two ways (`1.500`) is never guessed: a file is asked as a whole ([`crate::evidence`]), a form in its language ([`Numeral::in_form`]).

use crate::Rate;
use rust_decimal::Decimal;

/// The mark that stands before the decimals; the other one, if any, groups digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

/// Languages that write a comma before the decimals (source: CLDR 47, `decimal` of the default numbering system).
const COMMA_LANGUAGES: &str = "af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk ky lt lv mk mn nb nl \
nn no pl pt ro ru sk sl sq sr sv tk tr uk uz vi";
/// Regions of such languages that write a point all the same (source: CLDR 47).
const POINT_REGIONS: &str = "de-CH de-LI it-CH es-MX es-US es-GT es-HN es-NI es-PA es-PE es-SV es-DO es-PR es-419";

impl Mark {
    /// Both, the point first.
    pub const ALL: [Mark; 2] = [Mark::Point, Mark::Comma];

    /// `point` or `comma`, as stored and as options have it.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Point => "point",
            Mark::Comma => "comma",
        }
    }

    /// The mark with this name.
    pub fn named(name: &str) -> Option<Mark> {
        Mark::ALL.into_iter().find(|mark| mark.name() == name)
    }

    /// What people write who read a language (`de-AT`); the point where we do not know.
    pub fn of_language(tag: &str) -> Mark {
        let primary = tag.split('-').next().unwrap_or_default();
        let comma = COMMA_LANGUAGES.split_whitespace().any(|one| one == primary);
        let excepted = POINT_REGIONS.split_whitespace().any(|one| one == tag);
        if comma && !excepted { Mark::Comma } else { Mark::Point }
    }

    /// The other one.
    pub fn other(self) -> Mark {
        match self {
            Mark::Point => Mark::Comma,
            Mark::Comma => Mark::Point,
        }
    }

    fn letter(self) -> char {
        match self {
            Mark::Point => '.',
            Mark::Comma => ',',
        }
    }
}

/// The noughts of every script with decimal digits (source: Unicode 16, general category Nd); nine digits follow each.
const NOUGHTS: [u32; 71] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136,
    0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0,
    0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1E140, 0x1E2F0,
    0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// The value of a decimal digit of any script: `٣`, `３` and `३` are 3.
pub fn digit(letter: char) -> Option<u8> {
    let code = u32::from(letter);
    let at = NOUGHTS.partition_point(|nought| *nought <= code).checked_sub(1)?;
    u8::try_from(code - NOUGHTS[at]).ok().filter(|value| *value < 10)
}

/// `text` with every digit as `0`–`9`, wide letters and marks narrow, and without marks of direction or width.
pub fn plain(text: &str) -> String {
    let narrow = |letter: char| match u32::from(letter) {
        0x200B..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069 | 0x061C | 0xFEFF => None,
        _ if digit(letter).is_some() => digit(letter).map(|value| char::from(b'0' + value)),
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0),
        _ => Some(letter),
    };
    text.chars().filter_map(narrow).collect()
}

/// A number as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    negative: bool,
    /// Runs of ASCII digits; the first and the last may be empty (`.5`, `5,-`).
    runs: Vec<String>,
    /// What stands between the runs.
    between: Vec<Between>,
}

/// What stands between two runs of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// A point or a comma: groups or decimals, as the writer is used to.
    Mark(Mark),
    /// A space, an apostrophe or an Arabic `٬`, by its plainest form: only groups.
    Group(char),
    /// An Arabic `٫`: only decimals.
    Decimals,
}

/// What a numeral may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// The same in every style: `1500`, `1 500`.
    Plain(Rate),
    /// Readable in one style only: `1.500,00`.
    Only(Mark, Rate),
    /// Two numbers: `1.500`.
    Either {
        /// With a point before the decimals.
        point: Rate,
        /// With a comma before the decimals.
        comma: Rate,
    },
}

/// Why a form's number was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// It is no number.
    NoNumber,
    /// It may be either of these; the smaller first.
    TwoWays(Rate, Rate),
}

impl Numeral {
    /// Reads a number of any style and script; none where it is no number in any.
    pub fn read(text: &str) -> Option<Numeral> {
        let plain = plain(text);
        let (negative, rest) = signed(plain.trim());
        let mut numeral = Numeral { negative, runs: vec![String::new()], between: Vec::new() };
        for letter in without_dash(rest).chars() {
            if letter.is_ascii_digit() {
                numeral.runs.last_mut()?.push(letter);
            } else {
                numeral.between.push(between(letter)?);
                numeral.runs.push(String::new());
            }
        }
        numeral.sense().map(|_| numeral)
    }

    /// What it may mean.
    pub fn sense(&self) -> Option<Sense> {
        match (self.with(Mark::Point), self.with(Mark::Comma)) {
            (Some(point), Some(comma)) if point == comma => Some(Sense::Plain(point)),
            (Some(point), Some(comma)) => Some(Sense::Either { point, comma }),
            (Some(point), None) => Some(Sense::Only(Mark::Point, point)),
            (None, Some(comma)) => Some(Sense::Only(Mark::Comma, comma)),
            (None, None) => None,
        }
    }

    /// The number, with this mark before its decimals; none where it is not written so.
    pub fn with(&self, mark: Mark) -> Option<Rate> {
        let explicit = self.between.contains(&Between::Decimals);
        let decimal = if explicit { Between::Decimals } else { Between::Mark(mark) };
        let groups = match self.between.iter().position(|one| *one == decimal) {
            Some(at) if at + 1 < self.between.len() => return None,
            Some(at) => &self.runs[..=at],
            None => &self.runs[..],
        };
        let fraction = self.runs.get(groups.len()).map_or("", String::as_str);
        let between = &self.between[..groups.len() - 1];
        let whole = match groups {
            [only] => only.clone(),
            _ if between.iter().all(|one| *one == between[0]) && grouped(groups, between[0]) => groups.concat(),
            _ => return None,
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let sign = if self.negative { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        let whole = if whole.is_empty() { "0" } else { &whole };
        Decimal::from_str_exact(&format!("{sign}{whole}{point}{fraction}")).ok().map(Rate::from)
    }

    /// The style in which a number of two senses is a whole one: its mark groups there.
    pub fn grouping(&self) -> Option<Mark> {
        match self.between.last() {
            Some(Between::Mark(mark)) => Some(mark.other()),
            _ => None,
        }
    }

    /// Whether it is written with digits alone.
    pub fn is_bare(&self) -> bool {
        self.between.is_empty()
    }

    /// The number as a form in a language means it that writes `mark` before its decimals. `places` are the decimals such a
    /// number can have, none where it is any number. Errors: two numbers could be meant, and a wrong guess would cost.
    pub fn in_form(&self, mark: Mark, places: Option<u32>) -> Result<Rate, Unclear> {
        let (point, comma) = match self.sense().ok_or(Unclear::NoNumber)? {
            Sense::Plain(rate) | Sense::Only(_, rate) => return Ok(rate),
            Sense::Either { point, comma } => (point, comma),
        };
        let (parted, grouped) = if self.grouping() == Some(Mark::Comma) { (point, comma) } else { (comma, point) };
        let is_decimal_here = self.grouping() == Some(mark.other());
        match places {
            Some(0) => Ok(grouped),
            Some(1 | 2) if !is_decimal_here => Ok(grouped),
            Some(1 | 2) => Err(Unclear::TwoWays(parted, grouped)),
            _ if is_decimal_here => Ok(parted),
            _ => Err(Unclear::TwoWays(parted, grouped)),
        }
    }
}

fn signed(text: &str) -> (bool, &str) {
    let minus = ['-', '\u{2212}'];
    match text.strip_prefix(minus) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

/// `12,-` and `12.–` are written for twelve and nothing more.
fn without_dash(text: &str) -> &str {
    let bare = text.trim_end_matches(['-', '\u{2012}', '\u{2013}', '\u{2014}']);
    if bare.len() < text.len() && bare.ends_with(['.', ',']) { bare } else { text }
}

fn between(letter: char) -> Option<Between> {
    Some(match letter {
        '.' => Between::Mark(Mark::Point),
        ',' | '\u{60C}' => Between::Mark(Mark::Comma),
        '\u{66B}' => Between::Decimals,
        '\u{66C}' => Between::Group('\u{66C}'),
        '\'' | '\u{2018}' | '\u{2019}' | '\u{2BC}' => Between::Group('\''),
        space if space.is_whitespace() && !space.is_control() => Between::Group(' '),
        _ => return None,
    })
}

/// Groups of three digits, or as in India: two and two and three at last. A number that begins with nought has no groups.
fn grouped(groups: &[String], between: Between) -> bool {
    let [first, middle @ .., last] = groups else { return false };
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let indian = first.len() < 3 && between == Between::Mark(Mark::Comma) && !middle.is_empty();
    let of = |size: usize| middle.iter().all(|group| group.len() == size);
    begins && last.len() == 3 && (of(3) || indian && of(2))
}

/// The writing of `mark`, for sentences that show how a number is meant.
pub fn written(rate: Rate, mark: Mark) -> String {
    rate.to_string().replace('.', &mark.letter().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(text: &str) -> Rate {
        text.parse().unwrap()
    }

    #[test]
    fn every_style_and_script_is_read() {
        for (text, meant) in [
            ("1500", "1500"),
            ("1 500", "1500"),
            ("1\u{202f}500\u{a0}000", "1500000"),
            ("1'500", "1500"),
            ("1’500.50", "1500.5"),
            ("1.500,00", "1500"),
            ("1,500.00", "1500"),
            ("1,00,000", "100000"),
            ("12,34,567.80", "1234567.8"),
            ("1.234.567", "1234567"),
            ("19,99", "19.99"),
            ("0,5", "0.5"),
            ("0.500", "0.5"),
            (".5", "0.5"),
            ("12,-", "12"),
            ("12.\u{2013}", "12"),
            ("١٬٢٣٤٫٥٠", "1234.5"),
            ("１，２３４．５０", "1234.5"),
            ("१२३४", "1234"),
            ("\u{2212}5", "-5"),
            ("\u{200f}٢٠٫٥\u{200e}", "20.5"),
        ] {
            let sense = Numeral::read(text).unwrap_or_else(|| panic!("{text}")).sense().unwrap();
            let (Sense::Plain(read) | Sense::Only(_, read)) = sense else { panic!("{text}: {sense:?}") };
            assert_eq!(read, rate(meant), "{text}");
        }
        for text in
            ["", "-", ".", "1,2,3", "1.2.3", "1e5", "4.00638E+12", "12 34", "1..5", "1,500'000", "5-", "abc", "1\n500"]
        {
            assert_eq!(Numeral::read(text), None, "{text}");
        }
    }

    #[test]
    fn two_senses_stay_two() {
        for (text, point, comma) in
            [("1.500", "1.5", "1500"), ("12,000", "12000", "12"), ("999.999", "999.999", "999999")]
        {
            let sense = Numeral::read(text).unwrap().sense();
            assert_eq!(sense, Some(Sense::Either { point: rate(point), comma: rate(comma) }), "{text}");
        }
    }

    #[test]
    fn a_form_knows_its_language_and_asks_where_it_may_be_wrong() {
        let read = |text: &str, mark, places| Numeral::read(text).unwrap().in_form(mark, places);
        assert_eq!(read("1,500", Mark::Point, Some(2)), Ok(rate("1500")));
        assert_eq!(read("1.500", Mark::Comma, Some(2)), Ok(rate("1500")));
        assert_eq!(read("1.500", Mark::Point, Some(2)), Err(Unclear::TwoWays(rate("1.5"), rate("1500"))));
        assert_eq!(read("1.500", Mark::Point, Some(0)), Ok(rate("1500")), "yen have no decimals");
        assert_eq!(read("1.500", Mark::Point, Some(3)), Ok(rate("1.5")), "dinars have three");
        assert_eq!(read("1,500", Mark::Point, Some(3)), Err(Unclear::TwoWays(rate("1.5"), rate("1500"))));
        assert_eq!(read("1,117", Mark::Point, None), Err(Unclear::TwoWays(rate("1.117"), rate("1117"))));
        assert_eq!(read("79,90", Mark::Point, Some(2)), Ok(rate("79.9")));
        assert_eq!(Mark::of_language("de"), Mark::Comma);
        assert_eq!((Mark::of_language("de-CH"), Mark::of_language("zh-CN")), (Mark::Point, Mark::Point));
    }

    /// Writes a number of `decimals` decimals in a style.
    fn write(minor: u64, decimals: usize, group: &str, mark: char, nought: char, indian: bool) -> String {
        let digits = format!("{minor:0width$}", width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let mut text = String::new();
        for (index, digit) in whole.chars().enumerate() {
            let left = whole.len() - index;
            let here = if indian { left == 3 || left > 3 && (left - 3) % 2 == 0 } else { left % 3 == 0 };
            if index > 0 && here {
                text.push_str(group);
            }
            text.push(digit);
        }
        if decimals > 0 {
            text.push(mark);
            text.push_str(fraction);
        }
        let local = |letter: char| match letter.to_digit(10) {
            Some(value) => char::from_u32(u32::from(nought) + value).unwrap(),
            None => letter,
        };
        text.chars().map(local).collect()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_or_refused(
            minor in 0u64..10_000_000_000_000, decimals in 0usize..5, at in 0usize..9, nought in prop::sample::select(vec!['0', '٠', '०', '０']), places in prop::option::of(0u32..4)
        ) {
            let (group, mark) = [("", '.'), (",", '.'), ("'", '.'), (" ", '.'), ("", ','), (".", ','), ("\u{202f}", ','), ("’", ','), ("\u{66c}", '\u{66b}')][at];
            let text = write(minor, decimals, group, mark, nought, false);
            let exact = Rate::from(Decimal::from_i128_with_scale(i128::from(minor), decimals as u32));
            let numeral = Numeral::read(&text).unwrap();
            let style = if mark == ',' { Mark::Comma } else { Mark::Point };
            prop_assert_eq!(numeral.with(style), Some(exact), "{}", text);
            // A form in the writer's own language never takes another number than was written.
            if places.is_none_or(|places| decimals <= places as usize)
                && let Ok(read) = numeral.in_form(style, places) {
                prop_assert_eq!(read, exact, "{}", text);
            }
        }

        #[test]
        fn indian_groups_are_read_back(minor in 0u64..10_000_000_000_000) {
            let text = write(minor, 2, ",", '.', '0', true);
            let exact = Rate::from(Decimal::from_i128_with_scale(i128::from(minor), 2));
            prop_assert_eq!(Numeral::read(&text).unwrap().with(Mark::Point), Some(exact), "{}", text);
        }

        #[test]
        fn no_text_brings_it_down(text in "\\PC{0,12}") {
            let _ = Numeral::read(&text);
        }
    }
}
