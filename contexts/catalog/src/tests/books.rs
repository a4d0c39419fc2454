//! Workbooks: numbers as numbers and as text, days, what a formula could not compute, several sheets, titles above the names.

use super::tables::{opening, price, read, survey, title};
use crate::import::{Mapping, Opening, Reason};
use base::Mark;
use std::io::{Cursor, Write};

fn text(cell: &str, words: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>"#)
}

fn number(cell: &str, value: &str) -> String {
    format!(r#"<c r="{cell}"><v>{value}</v></c>"#)
}

/// A row of texts from column A; those that begin with `=` are numbers, with `@` days, with `!` errors.
fn row(line: usize, cells: &[&str]) -> String {
    let cell = |(words, letter): (&&str, char)| {
        let at = format!("{letter}{line}");
        match words.split_at_checked(1) {
            Some(("=", value)) => number(&at, value),
            Some(("@", value)) => format!(r#"<c r="{at}" s="1"><v>{value}</v></c>"#),
            Some(("!", value)) => format!(r#"<c r="{at}" t="e"><v>{value}</v></c>"#),
            _ => text(&at, words),
        }
    };
    let cells: String = cells.iter().zip('A'..).filter(|(words, _)| !words.is_empty()).map(cell).collect();
    format!(r#"<row r="{line}">{cells}</row>"#)
}

/// A workbook as spreadsheets write it, made by hand of its parts: the rows of each sheet. A cell of style 1 is a day.
fn workbook(sheets: &[&str]) -> Vec<u8> {
    let overrides: String = (1..=sheets.len()).map(|number| format!(r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#)).collect();
    let named: String = (1..=sheets.len())
        .map(|number| format!(r#"<sheet name="S{number}" sheetId="{number}" r:id="rId{number}"/>"#))
        .collect();
    let related: String = (1..=sheets.len()).map(|number| format!(r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#)).collect();
    let parts = [
        ("[Content_Types].xml".to_owned(), format!(r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{overrides}</Types>"#)),
        ("_rels/.rels".to_owned(), r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
        ("xl/workbook.xml".to_owned(), format!(r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{named}</sheets></workbook>"#)),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!(r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#)),
        ("xl/styles.xml".to_owned(), r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#.to_owned()),
    ];
    let pages = sheets.iter().zip(1..).map(|(rows, number)| (format!("xl/worksheets/sheet{number}.xml"), format!(r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#)));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts.into_iter().chain(pages) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_is_read_as_its_cells_are() {
    let names = ["Handle", "Title", "Variant SKU", "Variant Price", "Weight (kg)", "Variant Barcode"];
    let header: String = names.iter().zip('A'..).map(|(name, letter)| text(&format!("{letter}2"), name)).collect();
    let row = [
        text("A4", "hu"),
        text("B4", "青瓷茶壶"),
        text("C4", "A-1"),
        number("D4", "1.234"),
        number("E4", "0.30000000000000004"),
        number("F4", "4006381333931"),
    ]
    .concat();
    let book =
        workbook(&[&format!(r#"<row r="2">{header}</row><row r="4">{row}</row><row r="5">{}</row>"#, text("A5", "x"))]);
    let (products, found) = read(&book, Opening::new("KWD".parse().unwrap()));
    assert_eq!((found.encoding, title(&products[0]), products[0].line), ("workbook", "青瓷茶壶", 4));
    assert_eq!(price(&products[0], 0), "1.234", "a spreadsheet's number has but one reading");
    let variant = &products[0].product.as_ref().unwrap().variants[0];
    assert_eq!((variant.barcode.as_deref(), variant.weight.unwrap().grams), (Some("4006381333931"), 300));
    assert_eq!(found.told.iter().filter_map(|told| told.mark()).collect::<Vec<_>>(), [Mark::Point; 3]);
}

#[test]
fn numbers_kept_as_text_are_read_as_the_file_writes_them() {
    let sheet = [
        row(1, &["SKU", "Title", "Preis", "Gewicht (kg)", "Bestand"]),
        row(2, &["A-1", "A", "1.234,50", "1,234", "1.000"]),
        row(3, &["B-1", "B", "=12.5", "=0.5", "=3"]),
    ];
    let (products, found) = read(&workbook(&[&sheet.concat()]), opening());
    let errors: Vec<_> = products.iter().flat_map(|one| &one.errors).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!([price(&products[0], 0), price(&products[1], 0)], ["1234.5", "12.5"]);
    let grams = |at: usize| products[at].product.as_ref().unwrap().variants[0].weight.unwrap().grams;
    assert_eq!([grams(0), grams(1)], [1234, 500]);
    assert_eq!(found.told[0].mark(), Some(Mark::Comma));
    // Of two readings nobody guesses, as in any other table.
    let open = [row(1, &["SKU", "Title", "Preis"]), row(2, &["A-1", "A", "1.500"])].concat();
    assert!(survey(&workbook(&[&open]), opening()).unwrap().question().is_some());
    let plain = [row(1, &["SKU", "Title", "Preis"]), row(2, &["A-1", "A", "=1.5"])].concat();
    assert!(survey(&workbook(&[&plain]), opening()).unwrap().question().is_none());
}

#[test]
fn days_and_failed_formulas_are_no_numbers() {
    let sheet = [
        row(1, &["Handle", "Title", "SKU", "Price", "Weight (kg)"]),
        row(2, &["a", "A", "A-1", "@46143", "=1"]),
        row(3, &["b", "B", "@46143", "=6.5", "=1"]),
        row(4, &["c", "C", "C-1", "!#DIV/0!", "=1"]),
        row(5, &["d", "#N/A", "D-1", "=5", "=1"]),
        row(6, &["e", "E", "E-1", "=5", "@46143"]),
    ];
    let (products, _) = read(&workbook(&[&sheet.concat()]), opening());
    let told: Vec<_> =
        products.iter().flat_map(|one| &one.errors).map(|error| (error.line, error.reason.clone())).collect();
    assert_eq!(
        told,
        [
            (2, Reason::PriceFormat { value: "2026-05-01".into() }),
            (4, Reason::FormulaError { value: "#DIV/0!".into() }),
            (5, Reason::FormulaError { value: "#N/A".into() }),
            (6, Reason::WeightFormat { value: "2026-05-01".into() }),
        ]
    );
    assert_eq!(products[1].product.as_ref().unwrap().variants[0].sku.as_deref(), Some("2026-05-01"));
}

#[test]
fn the_sheet_and_the_row_with_the_names_are_found() {
    let notes = row(1, &["How to fill this in"]);
    let goods = [
        row(3, &["", "Price list", "", ""]),
        row(4, &["Goods", "", "Sale", ""]),
        row(6, &["SKU", "Title", "Price", "Stock"]),
        row(7, &["A-1", "Teapot", "=5.5", "=3"]),
    ]
    .concat();
    let (products, _) = read(&workbook(&[&notes, &goods]), opening());
    assert_eq!((title(&products[0]), products[0].line, products.len()), ("Teapot", 7, 1));
    // Names that only their owner explains, below a title.
    let own = [row(1, &["Our list"]), row(2, &["Teil", "Benennung"]), row(3, &["A-1", "Teapot"])].concat();
    let mut columns = Mapping::default();
    ["Teil=SKU", "Benennung=Title"].iter().for_each(|word| columns.read(word).unwrap());
    let (products, _) = read(&workbook(&[&notes, &own]), Opening { columns, ..opening() });
    assert_eq!((title(&products[0]), products[0].line), ("Teapot", 3));
}
