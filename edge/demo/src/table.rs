//! The demo world's own CSV files, compiled in, read by column name.

use base::{Error, Result};

/// One file with its column names.
pub struct Table {
    headers: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub struct Row<'a> {
    headers: &'a csv::StringRecord,
    fields: &'a csv::StringRecord,
}

impl Table {
    /// Reads `text`. Errors: no CSV.
    pub fn read(text: &str) -> Result<Table> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers().map_err(Error::internal)?.clone();
        let rows = reader.records().collect::<Result<_, _>>().map_err(Error::internal)?;
        Ok(Table { headers, rows })
    }

    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|fields| Row { headers: &self.headers, fields })
    }
}

impl<'a> Row<'a> {
    /// The field under `column`; empty when there is none.
    pub fn text(&self, column: &str) -> &'a str {
        let at = self.headers.iter().position(|header| header == column);
        at.and_then(|at| self.fields.get(at)).unwrap_or_default()
    }

    /// The field under `column` as something else.
    pub fn parse<T: std::str::FromStr<Err = Error>>(&self, column: &str) -> Result<T> {
        self.text(column).parse()
    }

    /// The field under `column` as a whole number; 0 when empty. Errors: no number.
    pub fn number(&self, column: &str) -> Result<i64> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(0);
        }
        text.parse().map_err(|_| Error::internal(format!("{column}: “{text}” is no number")))
    }
}
