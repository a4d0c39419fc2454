//! What a rule of the audit is, and how rows are walked over.

use base::Result;
use store::{Read, Row, params};

/// One rule: a sentence, and a statement that lists the rows which break it (at most twenty), told in one column.
pub(super) struct Rule {
    pub(super) says: &'static str,
    pub(super) breaches: &'static str,
}

/// A rule that no statement can ask, because it looks into JSON or computes a hash: a sentence, and what walks over the rows.
pub(super) struct Walk {
    pub(super) says: &'static str,
    /// The tables that it reads.
    pub(super) reads: &'static [&'static str],
    pub(super) breaches: fn(&mut Read, &mut Vec<String>) -> Result<()>,
}

/// Rows that a walk reads at once.
const PAGE: i64 = 200;

/// Calls `each` with every row of a statement that takes the last id and a number of rows, and gives the id first.
pub(super) fn pages(
    db: &mut Read,
    sql: &'static str,
    mut each: impl FnMut(&mut Read, &Row) -> Result<()>,
) -> Result<()> {
    let mut after = i64::MIN;
    loop {
        let rows = db.query(sql, params![after, PAGE])?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.get(0)?;
        for row in &rows {
            each(db, row)?;
        }
    }
}
