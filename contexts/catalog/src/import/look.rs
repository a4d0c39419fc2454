//! The first rows of a file: which columns there are, what stands in them, what they mean. For whoever has to say what others mean.

use super::header::{Column, Header};
use super::table::{Table, TableRow};
use std::io;

/// Columns that are looked at; a product file has far fewer.
const COLUMNS_MAX: usize = 200;
/// Rows in which something is looked for to show.
const ROWS_MAX: usize = 20;
/// Letters shown.
const SAMPLE_LETTERS: usize = 60;

/// What a file begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its columns, in their order.
    pub columns: Vec<Seen>,
    /// Name of its encoding, or `workbook`.
    pub encoding: &'static str,
    /// The system that wrote it, where its columns tell.
    pub system: Option<&'static str>,
    /// Its columns say which goods a row is of.
    pub usable: bool,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// As the file spells it.
    pub name: String,
    /// The first thing that stands in it.
    pub sample: String,
    /// What it means.
    pub meaning: Option<Column>,
}

/// The first things that stand in the columns, while they are looked for.
pub(super) struct Samples {
    found: Vec<String>,
    rows: usize,
}

impl Samples {
    /// None yet, of columns of these names.
    pub(super) fn of(names: &[String]) -> Samples {
        Samples { found: vec![String::new(); names.len()], rows: 0 }
    }

    /// Looks at a row; says whether the next is of interest, too.
    pub(super) fn note(&mut self, row: &TableRow) -> bool {
        if self.rows < ROWS_MAX {
            self.rows += 1;
            for (sample, cell) in self.found.iter_mut().zip(&row.cells).filter(|(sample, _)| sample.is_empty()) {
                *sample = cell.chars().filter(|letter| !letter.is_control()).take(SAMPLE_LETTERS).collect();
            }
        }
        self.rows < ROWS_MAX
    }

    /// What the file begins with.
    pub(super) fn look<R: io::Read>(self, table: &Table<R>, header: &Header) -> Look {
        let seen = |(index, (name, sample)): (usize, (&String, String))| Seen {
            name: name.clone(),
            sample,
            meaning: header.meaning_at(index),
        };
        let columns = table.names().iter().zip(self.found).enumerate().map(seen);
        let columns = columns.filter(|seen| !seen.name.is_empty()).take(COLUMNS_MAX).collect();
        let system = table.system().map(|system| system.name);
        Look { columns, encoding: table.encoding(), system, usable: header.check(table.encoding()).is_ok() }
    }
}
