//! The installation's settings: a few words each, changed by its admins.

use base::{Error, Permission, Result};
use store::{Event, Read, Tx, params};

/// What a setting says, if it was set.
pub fn setting(db: &mut Read, key: &str) -> Result<Option<String>> {
    db.maybe(FIND, params![key])?.map(|row| row.get(0)).transpose()
}

/// Every setting, by key.
pub fn settings(db: &mut Read) -> Result<Vec<(String, String)>> {
    db.query(ALL, params![])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Changes a setting. Emits `party.setting_changed` with the key only, as a value may be a secret.
/// Errors: denied, a key that is not lower-case words and dots.
pub fn set_setting(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '.' | '_');
    if key.is_empty() || key.len() > 80 || !key.chars().all(plain) {
        return Err(Error::field("key", "setting_key", "Write lower-case words with dots, such as shop.name."));
    }
    write(tx, key, value, serde_json::json!({ "key": key }))
}

/// The same, of a key that is the house's own and no secret: the event tells the value too.
pub(crate) fn put(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    write(tx, key, value, serde_json::json!({ "key": key, "value": value }))
}

fn write(tx: &mut Tx, key: &str, value: &str, body: serde_json::Value) -> Result<()> {
    let now = tx.now();
    if tx.run(PUT, params![key, value, now])? == 1 {
        tx.emit(&Event { kind: "party.setting_changed", subject: 0, body })?;
    }
    Ok(())
}

const FIND: &str = "SELECT value FROM party_setting WHERE key = $1";
const ALL: &str = "SELECT key, value FROM party_setting ORDER BY key";
const PUT: &str = "INSERT INTO party_setting (key, value, changed_at) VALUES ($1, $2, $3)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
    WHERE party_setting.value <> excluded.value";
