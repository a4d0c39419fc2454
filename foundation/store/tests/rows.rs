//! Many rows by one statement, on every engine there is.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use store::testing::each;
use store::{Schema, params};

const SCHEMAS: &[Schema] = &[Schema {
    name: "thing",
    sealed: &[],
    migrations: &["CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL, size BIGINT)"],
}];

#[test]
fn one_statement_for_many_rows_answers_for_all_of_them() {
    each(SCHEMAS, |store| {
        let enlarge = "UPDATE thing SET size = COALESCE(size, 0) + given.column2
            FROM (VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT))) AS given
            WHERE id = given.column1 AND given.column2 < 20 RETURNING id, size";
        let some = "SELECT id, name FROM thing WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY id";
        store
            .write_blocking(move |tx| {
                let put = "INSERT INTO thing (id, name) VALUES ($1, 'x')";
                (1..=19).try_for_each(|id: i64| tx.send(put, params![id]))?;
                let by: Vec<_> = (1..=21).map(|id| params![id, id + 1].to_vec()).collect();
                let mut grown: Vec<(i64, i64)> = Vec::new();
                for row in tx.query_rows(enlarge, &by)? {
                    grown.push((row.get(0)?, row.get(1)?));
                }
                grown.sort_unstable();
                let expected: Vec<_> = (1..=18).map(|id| (id, id + 1)).collect();
                assert_eq!(grown, expected, "nothing of 19, which is refused, nor of 20 and 21, which are not there");
                assert!(tx.query_rows(enlarge, &[])?.is_empty());
                let asked: Vec<i64> = (1..=10).map(|step| step * 2).collect();
                let found = tx.query_in(some, &asked)?;
                let ids = found.iter().map(|row| row.get::<i64>(0)).collect::<Result<Vec<_>, _>>()?;
                assert_eq!(ids, [2, 4, 6, 8, 10, 12, 14, 16, 18]);
                assert!(tx.query_in(some, &[])?.is_empty());
                Ok(())
            })
            .unwrap();
        let broken = store
            .write_blocking(move |tx| tx.query_rows("SELECT size FROM thing WHERE id = $1", &[params![1].to_vec()]));
        assert_eq!(broken.is_err(), store.engine() == store::Engine::Postgres, "there is no list of values");
    });
}
