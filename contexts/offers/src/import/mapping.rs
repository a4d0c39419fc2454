//! What an owner says the columns of its files mean, remembered for the next file.

use super::wish::{again, find, may};
use super::{Import, Mapping};
use base::{Id, Result};
use parties::Organisation;
use store::{Read, Tx, params};

/// What was said so far of the columns of an organisation's files.
pub fn said(db: &mut Read, organisation: Id<Organisation>) -> Result<Mapping> {
    let mut mapping = Mapping::default();
    for row in db.query(SAID, params![organisation])? {
        mapping.read(&format!("{}={}", row.get::<String>(0)?, row.get::<String>(1)?))?;
    }
    Ok(mapping)
}

/// Says what columns mean, for this file and those to come, and looks at this file anew. Each word is a column and its meaning by
/// [`catalog::import::Column::NAMED`]; an empty meaning leaves the column out, `-` takes an earlier word back.
/// Errors: denied, `unknown_import`, `mapping_unknown` (a field), `import_moved_on` (conflict).
pub fn explain(tx: &mut Tx, organisation: Id<Organisation>, id: Id<Import>, words: &[(String, String)]) -> Result<()> {
    may(tx.actor(), organisation)?;
    find(tx, organisation, id)?;
    for (name, meaning) in words {
        let name = catalog::import::column_key(name);
        if meaning == "-" {
            tx.send(FORGET, params![organisation, name])?;
            continue;
        }
        Mapping::default().read(&format!("{name}={meaning}"))?;
        tx.send(SAY, params![organisation, name, meaning])?;
    }
    again(tx, id)
}

const SAID: &str = "SELECT name, meaning FROM offer_import_column WHERE organisation = $1 ORDER BY name LIMIT 2000";
const SAY: &str = "INSERT INTO offer_import_column (organisation, name, meaning) VALUES ($1, $2, $3)
    ON CONFLICT (organisation, name) DO UPDATE SET meaning = excluded.meaning";
const FORGET: &str = "DELETE FROM offer_import_column WHERE organisation = $1 AND name = $2";
