//! The installation's settings: a few words each, changed by its admins.

use crate::event::SettingChanged;
use base::Result;
use store::{Read, Tx, params};

/// What a setting says, if it was set.
pub fn setting(db: &mut Read, key: &str) -> Result<Option<String>> {
    db.maybe(FIND, params![key])?.map(|row| row.get(0)).transpose()
}

/// Says that [`setting`] will be asked soon.
pub(crate) fn setting_ahead(db: &mut Read, key: &str) -> Result<()> {
    db.ahead(FIND, params![key])
}

/// Changes a setting that is no secret. Emits `party.setting_changed` when it differs.
pub(crate) fn put(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    let now = tx.now();
    if tx.run(PUT, params![key, value, now])? == 1 {
        tx.emit((), &SettingChanged { key: key.into(), value: value.into() })?;
    }
    Ok(())
}

const FIND: &str = "SELECT value FROM party_setting WHERE key = $1";
const PUT: &str = "INSERT INTO party_setting (key, value, changed_at) VALUES ($1, $2, $3)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
    WHERE party_setting.value <> excluded.value";
