//! A file as a table: its column names, then its rows with the lines they begin on. What the columns mean is asked elsewhere.

use super::input::Guarded;
use base::{Error, Result};
use std::io;

/// A row as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// Line of the file on which it begins, from 1 (the column names).
    pub line: u64,
    /// Its cells, without blanks around them; there may be fewer or more than columns.
    pub cells: Vec<String>,
    /// All of it could be decoded.
    pub whole: bool,
}

/// A table being read, a row at a time.
pub struct Table<R: io::Read> {
    names: Vec<String>,
    csv: csv::Reader<Guarded<R>>,
    record: csv::ByteRecord,
    over: bool,
}

impl<R: io::Read> Table<R> {
    /// Reads the column names. Comma, semicolon and tab are told apart by them. Errors: an empty file; unreadable.
    pub fn open(input: R) -> Result<Table<R>> {
        let (input, delimiter) = Guarded::open(input)?;
        let mut csv = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(input);
        let names: Vec<String> = csv
            .byte_headers()
            .map_err(unreadable)?
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        if names.iter().all(String::is_empty) {
            return Err(Error::invalid("file_empty", "The file is empty. Choose a CSV file of products."));
        }
        Ok(Table { names, csv, record: csv::ByteRecord::new(), over: false })
    }

    /// The column names as the file spells them.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.csv.get_ref().bytes()
    }

    /// The next row with anything in it; none at the end. Errors: the file cannot be read on.
    pub fn next_row(&mut self) -> Result<Option<TableRow>> {
        while !self.over {
            self.csv.get_ref().begin_record();
            if !self.csv.read_byte_record(&mut self.record).map_err(unreadable)? {
                self.over = true;
                break;
            }
            let line = self.line();
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                let whole = self.record.iter().all(|cell| std::str::from_utf8(cell).is_ok());
                // Our own files guard cells that a spreadsheet would compute.
                let text = |cell: &[u8]| base::csv::unguarded(String::from_utf8_lossy(cell).trim()).to_owned();
                let cells = self.record.iter().map(text).collect();
                return Ok(Some(TableRow { line, cells, whole }));
            }
        }
        Ok(None)
    }

    /// The line on which the present row begins: the reader counts empty lines before a row to it, so we count back from
    /// where the row ends.
    fn line(&self) -> u64 {
        let began = self.record.position().map_or(0, csv::Position::line);
        let breaks = self.record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        began.max(self.csv.position().line().saturating_sub(breaks + 1))
    }
}

fn unreadable(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            Error::invalid("row_too_large", error.to_string())
        }
        csv::ErrorKind::Io(error) => Error::unavailable("file_unreadable", format!("The file cannot be read: {error}")),
        other => Error::invalid("file_format", format!("This is no CSV file: {other:?}")),
    }
}
