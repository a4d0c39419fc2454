//! Excel and OpenDocument workbooks: the first sheet with column names that we know, else the first that holds anything, as rows of
//! text.

use super::decode::PACKED;
use super::header;
use super::mapping::Mapping;
use super::system::System;
use super::table::{NAMES_WITHIN, TableRow};
use base::{Error, Result};
use calamine::{Data, Reader};
use std::io::{Cursor, Read};

/// A workbook larger than this is refused: it has to be held in memory as a whole.
const BYTES_MAX: u64 = 64 * 1024 * 1024;
/// What a workbook may unpack to.
const UNPACKED_MAX: u64 = 512 * 1024 * 1024;

/// The rows of a workbook's sheet of products; their line is the number that the spreadsheet shows.
/// Errors: `workbook_too_large`, `file_packed` for another packed file, `workbook_broken`; unreadable.
pub(crate) fn rows(input: impl Read, said: &Mapping) -> Result<Vec<TableRow>> {
    let mut bytes = Vec::new();
    let unreadable = |error| Error::unavailable("file_unreadable", format!("The file cannot be read: {error}"));
    input.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(too_large());
    }
    if bytes.starts_with(b"PK") {
        unpacks(&bytes)?;
    }
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut filled = None;
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let first = range.start().map_or(0, |(row, _)| u64::from(row));
        let rows = range.rows().enumerate().map(|(index, cells)| row(first + index as u64 + 1, cells));
        let rows: Vec<TableRow> = rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
        let is_known = |row: &TableRow| System::of(&row.cells).is_some() || header::is_header(&row.cells, said);
        if rows.iter().take(NAMES_WITHIN).any(is_known) {
            return Ok(rows);
        }
        filled = filled.or(Some(rows).filter(|rows| !rows.is_empty()));
    }
    filled.ok_or_else(|| Error::invalid("file_empty", "The file is empty. Choose a file of products."))
}

fn row(line: u64, cells: &[Data]) -> TableRow {
    let exact = cells.iter().map(|cell| matches!(cell, Data::Float(_) | Data::Int(_))).collect();
    TableRow { exact, ..TableRow::new(line, cells.iter().map(text).collect(), true) }
}

/// Unpacks everything once into nothing: what a packed file says of its sizes is not believed.
fn unpacks(bytes: &[u8]) -> Result<()> {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let books = ["xl/workbook.xml", "xl/workbook.bin", "content.xml"];
    if !packed.file_names().flatten().any(|name| books.contains(&name.as_ref())) {
        return Err(Error::invalid("file_packed", PACKED));
    }
    let mut left = UNPACKED_MAX;
    for index in 0..packed.len() {
        let Ok(file) = packed.by_index(index) else { return Err(broken()) };
        let size = std::io::copy(&mut file.take(left + 1), &mut std::io::sink()).map_err(|_| broken())?;
        left = left.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(())
}

fn too_large() -> Error {
    Error::invalid("workbook_too_large", "This workbook is larger than 64 MB. Save the sheet as “CSV UTF-8”.")
}

fn broken() -> Error {
    let say =
        "This workbook cannot be opened; it may be locked by a password or damaged. Save the sheet as “CSV UTF-8”.";
    Error::invalid("workbook_broken", say)
}

/// A cell as it is written: numbers with a point, whole ones without decimals; days as 2026-11-30, so that nobody takes for a number
/// what a spreadsheet has taken for a day; what it could not compute as it shows it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number_text(*number),
        Data::Empty => String::new(),
        Data::DateTime(moment) if !moment.is_duration() => match moment.to_ymd_hms_milli() {
            (year, month, day, 0, 0, 0, _) => format!("{year:04}-{month:02}-{day:02}"),
            (year, month, day, hour, minute, second, _) => {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        },
        other => other.to_string().trim().to_owned(),
    }
}

/// Ten decimals at most: a spreadsheet's 0.1 + 0.2 is 0.3.
fn number_text(number: impl std::fmt::Display) -> String {
    let text = format!("{number:.10}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}
