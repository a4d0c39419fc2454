//! The first rows of a file: which columns there are, what stands in them, what they mean. For whoever has to say what others mean.

use super::Opening;
use super::header::{Column, Header};
use super::table::Table;
use base::Result;
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

/// Looks at the beginning of a file. Errors: no table; unreadable.
pub fn look<R: io::Read>(input: R, opening: &Opening) -> Result<Look> {
    let mut table = Table::open(input, opening)?;
    let header = Header::of(table.names(), table.system(), &opening.columns);
    let mut samples = vec![String::new(); table.names().len()];
    for _ in 0..ROWS_MAX {
        let Some(row) = table.next_row()? else { break };
        for (sample, cell) in samples.iter_mut().zip(&row.cells).filter(|(sample, _)| sample.is_empty()) {
            *sample = cell.chars().filter(|letter| !letter.is_control()).take(SAMPLE_LETTERS).collect();
        }
    }
    let seen = |(index, (name, sample)): (usize, (&String, String))| Seen {
        name: name.clone(),
        sample,
        meaning: header.meaning_at(index),
    };
    let columns = table.names().iter().zip(samples).enumerate().map(seen);
    let columns = columns.filter(|seen| !seen.name.is_empty()).take(COLUMNS_MAX).collect();
    let system = table.system().map(|system| system.name);
    Ok(Look { columns, encoding: table.encoding(), system, usable: header.check().is_ok() })
}
