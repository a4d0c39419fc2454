//! Migrations: each context's texts, applied once, in order, forward only; all of them or none.

use crate::once::sha256;
use crate::source::NODES;
use crate::{Engine, Read, Schema, Tx, dialect, params};
use base::{Error, Result};

/// Makes a database ready in one transaction: its tables, this process's node number, the place of the next event.
pub(crate) fn prepare(tx: &mut Tx) -> Result<()> {
    let schemas = tx.read.shared.schemas;
    match tx.engine() {
        Engine::Sqlite => tx.read.batch("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE")?,
        Engine::Postgres => {
            tx.read.batch("BEGIN")?;
            tx.read.batch(dialect::POSTGRES_MIGRATION_LOCK)?;
        }
    }
    tx.read.batch(CREATE)?;
    refuse_strangers(tx, schemas)?;
    migrate(tx, &[OWN])?;
    migrate(tx, schemas)?;
    let node = claim_node(tx)?;
    tx.read.shared.source.set_node(node);
    dialect::settle_events(tx)?;
    tx.read.batch("COMMIT")
}

/// Looks whether a database that nobody is to change can be read by this program. Errors: those of [`fits`].
pub(crate) fn look(tx: &mut Tx) -> Result<()> {
    let schemas = tx.read.shared.schemas;
    fits(tx, schemas)?;
    dialect::read_event_base(tx)
}

/// The store's own tables.
const OWN: Schema = Schema { name: "store", migrations: dialect::SCHEMA, sealed: dialect::SEALED };

/// Whether the database is exactly what `schemas` make: for who may not change it, and for who serves while a newer program
/// may have changed it. Errors (conflict): it is newer or older than this program, or another program's.
pub(crate) fn fits(db: &mut Read, schemas: &[Schema]) -> Result<()> {
    refuse_strangers(db, schemas)?;
    for schema in [OWN].iter().chain(schemas) {
        if applied(db, schema)? < schema.migrations.len() {
            let words =
                format!("the tables of {} are older than this program; start the server on them once", schema.name);
            return Err(Error::conflict("database_older", words));
        }
    }
    Ok(())
}

/// Errors: tables of a context that this program does not have.
fn refuse_strangers(db: &mut Read, schemas: &[Schema]) -> Result<()> {
    for row in db.query(NAMES, params![])? {
        let name: String = row.get(0)?;
        if name != OWN.name && schemas.iter().all(|schema| schema.name != name) {
            let words = format!(
                "the database has tables of “{name}”, which this program does not know: it is a newer program's, or another's; \
                 open it with the program that made it"
            );
            return Err(Error::conflict("database_foreign", words));
        }
    }
    Ok(())
}

/// How many migrations of `schema` the database has. Errors: one that was applied has been edited since, or there are some
/// that this program does not know.
fn applied(db: &mut Read, schema: &Schema) -> Result<usize> {
    let applied = db.query(APPLIED, params![schema.name])?;
    if applied.len() > schema.migrations.len() {
        let words = format!("the tables of {} are newer than this program; use a newer program", schema.name);
        return Err(Error::conflict("database_newer", words));
    }
    for (number, (row, sql)) in applied.iter().zip(schema.migrations).enumerate() {
        if row.get::<String>(0)? != sha256(sql) {
            let words = format!("migration {} of {} was edited after it was applied", number + 1, schema.name);
            return Err(Error::conflict("migration_edited", words));
        }
    }
    Ok(applied.len())
}

/// Brings the database up to `schemas`. Errors: those of [`applied`]; a migration is wrong.
fn migrate(tx: &mut Tx, schemas: &[Schema]) -> Result<()> {
    for schema in schemas {
        let known = applied(tx, schema)?;
        for (number, sql) in schema.migrations.iter().enumerate().skip(known) {
            apply(tx, schema.name, number as i64 + 1, sql, &sha256(sql))?;
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
const NAMES: &str = "SELECT DISTINCT name FROM store_migration ORDER BY name";
const APPLIED: &str = "SELECT hash FROM store_migration WHERE name = $1 ORDER BY number";
const INSERT: &str = "INSERT INTO store_migration (name, number, hash) VALUES ($1, $2, $3)";
const ADD_NODE: &str = "INSERT INTO store_node (node, held, claimed_at)
     SELECT next.node, 0, $1 FROM (SELECT COALESCE(MAX(node) + 1, 0) AS node FROM store_node) AS next
     WHERE next.node < $2 AND NOT EXISTS (SELECT 1 FROM store_node WHERE held = 0)
     ON CONFLICT (node) DO NOTHING";
const CLAIM_NODE: &str = "UPDATE store_node SET held = 1, claimed_at = $1
     WHERE node = (SELECT node FROM store_node ORDER BY held, claimed_at, node LIMIT 1) RETURNING node";
const RELEASE_NODE: &str = "UPDATE store_node SET held = 0 WHERE node = $1";
