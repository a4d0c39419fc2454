//! Migrations: each context's texts, applied once, in order, forward only; all of them or none.

use crate::once::sha256;
use crate::source::NODES;
use crate::{Engine, Schema, Tx, dialect, params};
use base::{Error, Result};

/// Makes a database ready in one transaction: its tables, this process's node number, the place of the next event.
pub(crate) fn prepare(tx: &mut Tx, schemas: &[Schema]) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => tx.read.batch("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE")?,
        Engine::Postgres => {
            tx.read.batch("BEGIN")?;
            tx.read.batch(dialect::POSTGRES_MIGRATION_LOCK)?;
        }
    }
    tx.read.batch(CREATE)?;
    let own = Schema { name: "store", migrations: dialect::SCHEMA };
    for row in tx.query(NAMES, params![])? {
        let name: String = row.get(0)?;
        if name != own.name && !schemas.iter().any(|schema| schema.name == name) {
            let words = format!("there are tables of {name}, which this program does not know; use a newer program");
            return Err(Error::conflict("database_newer", words));
        }
    }
    migrate(tx, &[own])?;
    migrate(tx, schemas)?;
    let node = claim_node(tx)?;
    tx.read.shared.source.set_node(node);
    dialect::settle_events(tx)?;
    tx.read.batch("COMMIT")
}

/// Brings the database up to `schemas`. Errors: a migration that was applied has been edited since, or the database
/// knows migrations this program does not.
fn migrate(tx: &mut Tx, schemas: &[Schema]) -> Result<()> {
    for schema in schemas {
        let applied = tx.query(APPLIED, params![schema.name])?;
        if applied.len() > schema.migrations.len() {
            let words = format!("the tables of {} are newer than this program; use a newer program", schema.name);
            return Err(Error::conflict("database_newer", words));
        }
        for (number, sql) in schema.migrations.iter().enumerate() {
            let hash = sha256(sql);
            match applied.get(number) {
                Some(row) if row.get::<String>(0)? == hash => {}
                Some(_) => {
                    let words = format!("migration {} of {} was edited after it was applied", number + 1, schema.name);
                    return Err(Error::conflict("migration_edited", words));
                }
                None => apply(tx, schema.name, number as i64 + 1, sql, &hash)?,
            }
        }
    }
    Ok(())
}

fn apply(tx: &mut Tx, name: &str, number: i64, sql: &str, hash: &str) -> Result<()> {
    let text = dialect::migration(tx.engine(), sql);
    tx.read
        .batch(&text)
        .map_err(|error| Error::internal(format!("migration {number} of {name}: {}", error.message)))?;
    tx.send(INSERT, params![name, number, hash])?;
    Ok(())
}

/// Takes a node number for this process: one that is free, the longest free first; failing that, the one that has
/// been held longest (its holder has died without giving it back).
fn claim_node(tx: &mut Tx) -> Result<i64> {
    let now = tx.now();
    tx.send(ADD_NODE, params![now, NODES])?;
    let node = tx.one(CLAIM_NODE, params![now])?.get(0)?;
    Ok(node)
}

/// Gives the node number back.
pub(crate) fn release_node(tx: &mut Tx, node: i64) -> Result<()> {
    tx.send(RELEASE_NODE, params![node])?;
    Ok(())
}

const CREATE: &str = "CREATE TABLE IF NOT EXISTS store_migration \
     (name TEXT NOT NULL, number BIGINT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (name, number))";
const NAMES: &str = "SELECT DISTINCT name FROM store_migration";
const APPLIED: &str = "SELECT hash FROM store_migration WHERE name = $1 ORDER BY number";
const INSERT: &str = "INSERT INTO store_migration (name, number, hash) VALUES ($1, $2, $3)";
const ADD_NODE: &str = "INSERT INTO store_node (node, held, claimed_at)
     SELECT next.node, 0, $1 FROM (SELECT COALESCE(MAX(node) + 1, 0) AS node FROM store_node) AS next
     WHERE next.node < $2 AND NOT EXISTS (SELECT 1 FROM store_node WHERE held = 0)
     ON CONFLICT (node) DO NOTHING";
const CLAIM_NODE: &str = "UPDATE store_node SET held = 1, claimed_at = $1
     WHERE node = (SELECT node FROM store_node ORDER BY held, claimed_at, node LIMIT 1) RETURNING node";
const RELEASE_NODE: &str = "UPDATE store_node SET held = 0 WHERE node = $1";
