//! What people type, brought to one writing: width, digits of other scripts, the many dashes, and what stands around a number.

use unicode_normalization::UnicodeNormalization as _;

/// One writing for one meaning (NFKC): full-width letters become plain ones, half-width kana whole ones; white space and
/// control characters become single spaces; a dash of any kind beside a digit is a hyphen.
pub(super) fn tidy(text: &str) -> String {
    let plain: String =
        text.nfkc().map(|letter| if letter.is_control() || letter.is_whitespace() { ' ' } else { letter }).collect();
    let letters: Vec<char> = plain.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_numeric());
    let told = letters.iter().enumerate().map(|(at, letter)| {
        let between = digit(at.checked_sub(1)) && digit(Some(at + 1));
        if is_dash(*letter) && between { '-' } else { *letter }
    });
    told.collect::<String>().split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text of numbers: as [`tidy`], with the digits of every script as 0 to 9 and every dash as a hyphen.
pub(super) fn number(text: &str) -> String {
    let one = |letter: char| match any_ascii::any_ascii_char(letter).as_bytes() {
        [digit @ b'0'..=b'9'] if letter.is_numeric() => char::from(*digit),
        _ if is_dash(letter) => '-',
        _ => letter,
    };
    tidy(text).chars().map(one).collect()
}

/// Hyphens, dashes, minus signs, and the long vowel mark and box line that a Japanese keyboard offers for them.
fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{207b}'
                | '\u{208b}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{30fc}'
                | '\u{05be}'
                | '\u{02d7}'
                | '\u{fe58}'
                | '\u{ff0d}'
    )
}

/// The marks before a postcode: Japan's own, and its name in some languages.
const POSTCODE_MARKS: [&str; 13] =
    ["〒", "〠", "郵便番号", "邮政编码", "邮编", "郵遞區號", "우편번호", "POSTCODE", "ZIP", "PLZ", "CEP", "CAP", "PIN"];

/// A postcode's letters and digits alone, in capitals.
pub(super) fn postcode(text: &str) -> String {
    let text = number(text).to_uppercase();
    let marked = POSTCODE_MARKS.iter().find_map(|mark| text.strip_prefix(mark));
    let bare = marked.unwrap_or(&text).trim_start_matches([':', ' ', '.']);
    bare.chars().filter(|letter| !matches!(letter, ' ' | '-' | '.')).collect()
}

/// What stands between a number and its extension, longest first where one begins another.
const EXTENSION: [&str; 15] = [
    "extension",
    "durchwahl",
    ";ext=",
    "extn",
    "ext",
    "poste",
    "interno",
    "доб",
    "内線",
    "內線",
    "分机",
    "分機",
    "내선",
    "#",
    "x",
];

/// A telephone number as it is printed for the courier: the digits as they were grouped, and ` ext. 12` where there is an
/// extension. None if it has fewer than 6 or more than 15 digits, or something else in it.
pub(super) fn phone(text: &str) -> Option<String> {
    let text = number(text);
    // A name of the thing before it (Tel., 電話, ☎) says nothing that a courier needs.
    let begins = text.find(|letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '('))?;
    let (before, rest) = text.split_at(begins);
    if before.chars().count() > 20 || before.contains(['@', '/', '<', '>']) {
        return None;
    }
    let lower = rest.to_lowercase();
    // Lower case of a dotted capital is longer; the text is cut where it was found only if nothing moved.
    let lower = if lower.len() == rest.len() { lower.as_str() } else { rest };
    let cut = EXTENSION.iter().find_map(|mark| lower.find(mark).map(|at| (at, at + mark.len())));
    let (main, extension) = match cut {
        Some((at, after)) => (&rest[..at], Some(rest[after..].trim_matches([' ', '.', ':', '-', '=', ')']))),
        None => (rest, None),
    };
    // The extension may stand in brackets.
    let main = main.trim_end_matches([' ', '(']).trim_matches([' ', ',', ';', '-', '.']);
    let digits = main.chars().filter(char::is_ascii_digit).count();
    let allowed = |letter: char| letter.is_ascii_digit() || matches!(letter, '+' | ' ' | '-' | '(' | ')' | '.' | '/');
    let whole = (6..=15).contains(&digits) && main.chars().all(allowed) && main.rfind('+').is_none_or(|at| at <= 1);
    match extension {
        _ if !whole => None,
        None => Some(main.to_owned()),
        Some(one) if (1..=7).contains(&one.len()) && one.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(format!("{main} ext. {one}"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_means_the_same_in_every_width_and_script() {
        for (typed, read) in [
            ("０９０－１２３４－５６７８", "090-1234-5678"),
            ("090ー1234ー5678", "090-1234-5678"),
            ("TEL: 090-1234-5678", "090-1234-5678"),
            ("Tel.:+49 30 901820", "+49 30 901820"),
            ("電話　０３（１２３４）５６７８", "03(1234)5678"),
            ("☎ 030 901820", "030 901820"),
            ("tel:+81-90-1234-5678", "+81-90-1234-5678"),
            ("tel:+1-212-555-0100;ext=12", "+1-212-555-0100 ext. 12"),
            ("+1 212 555 0100 x12", "+1 212 555 0100 ext. 12"),
            ("+1 212 555 0100 Ext. 1234", "+1 212 555 0100 ext. 1234"),
            ("03-1234-5678 内線 45", "03-1234-5678 ext. 45"),
            ("03-1234-5678（内線12）", "03-1234-5678 ext. 12"),
            ("(030) 901820 (ext. 4)", "(030) 901820 ext. 4"),
            ("+7 495 123-45-67 доб. 8", "+7 495 123-45-67 ext. 8"),
            ("021-12345678#902", "021-12345678 ext. 902"),
            ("٠٥٠ ١٢٣ ٤٥٦٧", "050 123 4567"),
            ("۰۲۱-۸۸۷۷۶۶۵۵", "021-88776655"),
            ("०२२ १२३४ ५६७८", "022 1234 5678"),
            ("๐๒ ๑๒๓ ๔๕๖๗", "02 123 4567"),
            ("+49–30–901820", "+49-30-901820"),
            ("+1 (212) 555-0100", "+1 (212) 555-0100"),
        ] {
            assert_eq!(phone(typed).as_deref(), Some(read), "{typed}");
        }
        for wrong in
            ["12345", "1234567890123456", "call me", "", "090-1234-5678 ext. abc", "12 34 56 Müller", "+49+30901820"]
        {
            assert_eq!(phone(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn streets_keep_their_letters_and_lose_their_width() {
        assert_eq!(tidy("世田谷区　１−２−３"), "世田谷区 1-2-3");
        assert_eq!(tidy("１ー２ー３　メゾンｱﾊﾟｰﾄ"), "1-2-3 メゾンアパート");
        assert_eq!(tidy("Ｍａｉｎ　Ｓｔ　５"), "Main St 5");
        assert_eq!(tidy("Rue – Haute 5–7"), "Rue – Haute 5-7");
        assert_eq!(tidy("a\u{a0}\t b\u{0}c"), "a b c");
    }
}
