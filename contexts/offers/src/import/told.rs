//! What an import tells row by row: what is wrong, and what happens.

use super::{Import, Note};
use base::{Error, Id, Result};
use catalog::import::RowError;
use store::{Read, Row, params};

/// Up to `limit` wrong rows in the order of the file.
pub fn wrong_rows(db: &mut Read, id: Id<Import>, limit: i64) -> Result<Vec<RowError>> {
    let row_error = |row: &Row| {
        Ok(RowError {
            line: u64::try_from(row.get::<i64>(0)?).map_err(Error::internal)?,
            column: row.get(1)?,
            reason: serde_json::from_str(&row.get::<String>(2)?).map_err(Error::internal)?,
            row: serde_json::from_str(&row.get::<String>(3)?).map_err(Error::internal)?,
        })
    };
    db.query(WRONG_ROWS, params![id, limit])?.iter().map(row_error).collect()
}

/// Up to `limit` things that happen, in the order of the file.
pub fn notes(db: &mut Read, id: Id<Import>, limit: i64) -> Result<Vec<Note>> {
    let note = |row: &Row| {
        Ok(Note {
            line: u64::try_from(row.get::<i64>(0)?).map_err(Error::internal)?,
            what: row.get(1)?,
            effect: serde_json::from_str(&row.get::<String>(2)?).map_err(Error::internal)?,
        })
    };
    db.query(NOTES, params![id, limit])?.iter().map(note).collect()
}

const WRONG_ROWS: &str = "SELECT line, name, reason, cells FROM offer_import_error WHERE import = $1
    ORDER BY number LIMIT $2";
const NOTES: &str = "SELECT line, what, effect FROM offer_import_note WHERE import = $1 ORDER BY number LIMIT $2";
