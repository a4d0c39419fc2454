//! Several rows of values as one statement: its list of values, `INSERT … VALUES (…)` or `FROM (VALUES (…)) AS given`, stands once
//! for each row.

use std::fmt::Write;

/// Rows that are put into one statement at most: each number of rows is a statement of its own to prepare.
pub(crate) const MOST: usize = 8;

/// Whether `sql` inserts one row of values, and what it does with a row that is there already hangs on no other row of it.
pub(crate) fn is_row(sql: &str) -> bool {
    let is_plain =
        |after: &str| !after.starts_with(')') && !after.contains("DO UPDATE") && !after.contains("RETURNING");
    sql.starts_with("INSERT INTO ") && list(sql).is_some_and(|(_, _, after)| is_plain(after))
}

/// `sql` for `count` rows, whose values follow each other. None if it has no list of values, or several.
pub(crate) fn repeated(sql: &str, count: usize) -> Option<String> {
    let (before, list, after) = list(sql)?;
    let width = numbers(list).max()?;
    let mut text = before.to_owned();
    for row in 0..count {
        if row > 0 {
            text.push_str(", ");
        }
        shift(&mut text, list, row * width)?;
    }
    Some(text + after)
}

/// What stands before the list of values, the list with its brackets, and what follows.
fn list(sql: &str) -> Option<(&str, &str, &str)> {
    let (_, rest) = sql.split_once("VALUES")?;
    let from = sql.len() - rest.trim_start().len();
    let mut depth = 0;
    let end = sql[from..].char_indices().find_map(|(at, letter)| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        (depth == 0).then_some(at)
    })?;
    let list = &sql[from..=from + end];
    // A bracket or a number in a text would be taken for one of the statement's own.
    let is_plain =
        list.starts_with('(') && !list.split('\'').skip(1).step_by(2).any(|text| text.contains(['(', ')', '$']));
    let after = &sql[from + end + 1..];
    // Another list may follow.
    let is_one = !after.contains('$') && !after.trim_start().starts_with(',');
    (is_plain && is_one).then_some((&sql[..from], list, after))
}

fn numbers(list: &str) -> impl Iterator<Item = usize> {
    list.split('$').skip(1).filter_map(|rest| rest[..digits(rest)].parse().ok())
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Appends `list` with each `$n` raised by `by`.
fn shift(text: &mut String, list: &str, by: usize) -> Option<()> {
    let mut parts = list.split('$');
    text.push_str(parts.next()?);
    for part in parts {
        let (number, rest) = part.split_at(digits(part));
        let number: usize = number.parse().ok()?;
        write!(text, "${}{rest}", number + by).ok()?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_follow_each_other() {
        let sql = "INSERT INTO t (a, b, c) VALUES ($1, 'new', COALESCE($2, $1)) ON CONFLICT (a) DO NOTHING";
        let three = "INSERT INTO t (a, b, c) VALUES ($1, 'new', COALESCE($2, $1)), ($3, 'new', COALESCE($4, $3)), \
            ($5, 'new', COALESCE($6, $5)) ON CONFLICT (a) DO NOTHING";
        assert_eq!(repeated(sql, 3).as_deref(), Some(three));
        assert_eq!(repeated(sql, 1).as_deref(), Some(sql));
        assert!(is_row(sql));
    }

    #[test]
    fn only_plain_rows_are_put_together() {
        let others = [
            "UPDATE t SET a = $1",
            "INSERT INTO t (a) SELECT $1",
            "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = excluded.a",
            "INSERT INTO t (a) VALUES ($1) RETURNING a",
            "INSERT INTO t (a, b) VALUES ($1, $2), ($1, $3)",
            "INSERT INTO t (a, b) VALUES ($1, ')')",
            "INSERT INTO t (a, b) VALUES ($1, '$2')",
            "INSERT INTO t (a) VALUES ($1",
        ];
        for sql in others {
            assert!(!is_row(sql), "{sql}");
        }
    }
}
