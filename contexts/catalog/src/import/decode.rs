//! What a file is and in which letters it is written: told by its first bytes, or by its owner.

use base::{Error, Result};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// So much of a file is looked at before its first row is read.
pub(crate) const LOOK_BYTES: usize = 1024 * 1024;

/// What holds the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text with something between its cells.
    Text(&'static Encoding),
    /// An Excel or OpenDocument workbook.
    Workbook,
}

/// Files by their first bytes that are no tables, and what to do with them.
const FOREIGN: [(&[u8], &str, &str); 12] = [
    (b"\xff\xfe\0\0", "file_encoding", WIDE),
    (b"\0\0\xfe\xff", "file_encoding", WIDE),
    (b"%PDF-", "file_pdf", PDF),
    (b"\x1f\x8b", "file_packed", PACKED),
    (b"Rar!", "file_packed", PACKED),
    (b"7z\xbc\xaf", "file_packed", PACKED),
    (b"BZh", "file_packed", PACKED),
    (b"\xff\xd8\xff", "file_picture", PICTURE),
    (b"\x89PNG", "file_picture", PICTURE),
    (b"GIF8", "file_picture", PICTURE),
    (b"{\\rtf", "file_document", DOCUMENT),
    (b"SQLite format 3", "file_document", DOCUMENT),
];
/// Texts by how they begin, blanks aside and in small letters.
const FOREIGN_TEXTS: [(&str, &str, &str); 6] = [
    ("<!doctype html", "file_web_page", WEB_PAGE),
    ("<html", "file_web_page", WEB_PAGE),
    ("<table", "file_web_page", WEB_PAGE),
    ("<", "file_xml", XML),
    ("{", "file_json", JSON),
    ("[", "file_json", JSON),
];

const WIDE: &str = "This text is in UTF-32, which no spreadsheet writes. Save it as “CSV UTF-8”.";
const PDF: &str = "This is a PDF. Export the table itself as CSV or as an Excel workbook.";
pub(crate) const PACKED: &str = "This file is packed. Unpack it and upload the table that is in it.";
const PICTURE: &str =
    "This is a picture, not a table. Pictures are added to products, or named by address in the file.";
const DOCUMENT: &str = "This is a document, not a table. Save the table as CSV or as an Excel workbook.";
const WEB_PAGE: &str = "This is a web page, not a table: the download may have asked you to sign in. Download the file again, or open \
     it in a spreadsheet and save it as CSV.";
const XML: &str = "This is XML, not a table. Export a CSV file, or open it in a spreadsheet and save it as CSV.";
const JSON: &str = "This is JSON, not a table. Export a CSV file, or send the products through the API.";

/// Tells what a file is by its beginning. `said` is the encoding that its owner names; `place` the country's letters, small, that
/// weigh where a few bytes could be of several encodings.
/// Errors: `file_web_page`, `file_json` … for what is no table, with what to do.
pub(crate) fn kind_of(start: &[u8], said: Option<&'static Encoding>, place: Option<&[u8]>) -> Result<Kind> {
    if let Some((_, code, say)) = FOREIGN.iter().find(|(magic, ..)| start.starts_with(magic)) {
        return Err(Error::invalid(code, *say));
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Kind::Workbook);
    }
    let encoding = said.unwrap_or_else(|| encoding_of(start, place));
    let (text, ..) = encoding.decode(&start[..start.len().min(4096)]);
    let text = text.trim_start().chars().take(64).collect::<String>().to_lowercase();
    if let Some((_, code, say)) = FOREIGN_TEXTS.iter().find(|(begins, ..)| text.starts_with(begins)) {
        return Err(Error::invalid(code, *say));
    }
    Ok(Kind::Text(encoding))
}

/// The encoding of a text: its mark of byte order, UTF-8 where most of what is not ASCII is that, else the best guess.
fn encoding_of(start: &[u8], place: Option<&[u8]>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    if let Some(encoding) = bare_utf16(start) {
        return encoding;
    }
    let (letters, broken) = utf8_of(start);
    if letters >= broken {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(start, true);
    detector.guess(place, Utf8Detection::Deny)
}

/// UTF-16 without a mark: nearly all that stands between cells and rows has a nought beside it, at the same side throughout.
fn bare_utf16(start: &[u8]) -> Option<&'static Encoding> {
    let look = &start[..start.len().min(64 * 1024)];
    let parts = |byte: u8| matches!(byte, b'\n' | b'\t' | b',' | b';');
    let all = look.iter().filter(|byte| parts(**byte)).count();
    let wide = |at: usize| look.chunks_exact(2).filter(|pair| pair[1 - at] == 0 && parts(pair[at])).count();
    match (wide(0), wide(1)) {
        (little, _) if little > 1 && little * 4 > all * 3 => Some(UTF_16LE),
        (_, big) if big > 1 && big * 4 > all * 3 => Some(UTF_16BE),
        _ => None,
    }
}

/// How many letters beyond ASCII are whole UTF-8, and how many places are not UTF-8 at all.
fn utf8_of(start: &[u8]) -> (usize, usize) {
    let (mut letters, mut broken) = (0, 0);
    for chunk in start.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // The look may end within a letter.
    let cut = start.utf8_chunks().last().is_some_and(|last| !last.invalid().is_empty()) && start.len() >= LOOK_BYTES;
    (letters, broken - usize::from(cut))
}

/// The encoding of a name that people use: `gb18030`, `latin1`, `windows-1252`, `shift_jis`. Errors: `encoding_unknown`.
pub fn encoding_named(name: &str) -> Result<&'static Encoding> {
    let say = "There is no such encoding. Name one such as utf-8, utf-16le, windows-1252, gb18030 or shift_jis.";
    Encoding::for_label(name.trim().as_bytes()).ok_or_else(|| Error::field("encoding", "encoding_unknown", say))
}

/// A text in the encoding that a file came in, so that whoever wrote that file can read this one. UTF-8 begins with its mark, for
/// spreadsheets; so does what the encoding cannot hold, in UTF-8 then.
pub fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let marked = || [b"\xef\xbb\xbf", text.as_bytes()].concat();
    match Encoding::for_label(encoding.as_bytes()) {
        Some(encoding) if encoding == UTF_16LE => {
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        }
        Some(encoding) if encoding == UTF_16BE => {
            [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
        }
        Some(encoding) if encoding != UTF_8 => match encoding.encode(text) {
            (bytes, _, false) => bytes.into_owned(),
            _ => marked(),
        },
        _ => marked(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

    fn told(text: &str, encoding: &'static Encoding, place: Option<&[u8]>) -> &'static str {
        let (bytes, ..) = encoding.encode(text);
        match kind_of(&bytes, None, place).unwrap() {
            Kind::Text(encoding) => encoding.name(),
            Kind::Workbook => "a workbook",
        }
    }

    #[test]
    fn letters_are_told_by_their_bytes() {
        let chinese =
            "Handle,Title,Variant Price\ncha-hu,青瓷茶壶与两只茶杯，适合日常使用,128.00\nbei,白瓷茶杯,36.00\n";
        assert_eq!(told(chinese, GBK, None), "GBK");
        assert_eq!(told("Handle,Title\na,茶壶\nb,茶杯\n", GBK, Some(b"cn")), "GBK");
        assert_eq!(told("Handle,Title\na,青瓷茶壺與兩只茶杯，適合日常使用\n", BIG5, Some(b"tw")), "Big5");
        assert_eq!(told("Handle,Title\na,湯のみ茶碗と急須のセット、電子レンジ対応\n", SHIFT_JIS, None), "Shift_JIS");
        assert_eq!(told("Handle,Title\na,도자기 찻주전자와 찻잔 세트\n", EUC_KR, None), "EUC-KR");
        assert_eq!(told("Handle,Title\na,Größe und Tönung für die Küche\n", WINDOWS_1252, None), "windows-1252");
        assert_eq!(told("Handle,Title\na,Фарфоровый чайник и две чашки\n", WINDOWS_1251, None), "windows-1251");
        assert_eq!(told(chinese, UTF_8, None), "UTF-8");
        assert_eq!(told("Handle,Title\na,plain\n", UTF_8, Some(b"cn")), "UTF-8");
    }

    #[test]
    fn utf_16_is_told_with_and_without_its_mark() {
        let wide = |text: &str, little: bool| -> Vec<u8> {
            let units = text.encode_utf16();
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        for (text, little, name) in [
            ("\u{feff}Handle\tTitle\n茶\t壶\n", true, "UTF-16LE"),
            ("\u{feff}Handle\tTitle\n", false, "UTF-16BE"),
            ("Handle\tTitle\ncup\tCup\n", true, "UTF-16LE"),
            ("Handle\tTitle\ncup\tCup\n", false, "UTF-16BE"),
            ("货号\t标题\n茶一\t红茶壶与两只茶杯适合日常使用\n茶二\t白瓷\n", true, "UTF-16LE"),
            ("货号\t标题\n茶一\t红茶壶与两只茶杯适合日常使用\n茶二\t白瓷\n", false, "UTF-16BE"),
        ] {
            assert_eq!(kind_of(&wide(text, little), None, None).unwrap(), Kind::Text(encoding_named(name).unwrap()));
        }
    }

    #[test]
    fn a_byte_of_nought_makes_no_utf_16() {
        assert_eq!(kind_of(b"Handle,Title\na,A\0\nb,\0B\nc,C\0\0\0C\n", None, None).unwrap(), Kind::Text(UTF_8));
    }

    #[test]
    fn one_broken_letter_does_not_change_the_rest() {
        let mut bytes = "Handle,Title\na,茶壶\nb,茶杯\n".as_bytes().to_vec();
        bytes.extend(b"c,caf\xe9\n");
        assert_eq!(kind_of(&bytes, None, None).unwrap(), Kind::Text(UTF_8));
    }

    #[test]
    fn a_text_leaves_in_the_encoding_that_came() {
        assert_eq!(encoded("茶", "GBK"), GBK.encode("茶").0.to_vec());
        assert_eq!(encoded("a", "UTF-16LE"), [0xff, 0xfe, b'a', 0]);
        assert_eq!(encoded("a", "UTF-8"), b"\xef\xbb\xbfa");
        assert_eq!(encoded("茶", "windows-1252"), "\u{feff}茶".as_bytes(), "it has no such letter");
        assert_eq!(encoded("a", "workbook"), b"\xef\xbb\xbfa");
    }

    #[test]
    fn what_is_no_table_is_named() {
        for (bytes, code) in [
            (&b"<!DOCTYPE html><html>"[..], "file_web_page"),
            (b"\xef\xbb\xbf  <html lang=en>", "file_web_page"),
            (b"<?xml version=\"1.0\"?><rss>", "file_xml"),
            (b" [{\"handle\":\"a\"}]", "file_json"),
            (b"%PDF-1.7", "file_pdf"),
            (b"\x1f\x8b\x08\x00", "file_packed"),
            (b"\x89PNG\r\n\x1a\n", "file_picture"),
            (b"\xff\xfe\0\0H\0\0\0", "file_encoding"),
        ] {
            assert_eq!(kind_of(bytes, None, None).unwrap_err().code, code);
        }
        assert_eq!(kind_of(b"PK\x03\x04rest", None, None).unwrap(), Kind::Workbook);
        assert_eq!(encoding_named("klingon").unwrap_err().fields[0].code, "encoding_unknown");
    }
}
