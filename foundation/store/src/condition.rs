//! How the database itself is: whether it answers, is sound, has room to write into and the tables that this program knows.

use crate::store::{Place, unavailable};
use crate::{Engine, Store, dialect, migrate, params, sqlite};
use base::Result;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Less room than this on the disk of a SQLite file, in bytes, and the next order may not fit: the write-ahead log alone grows to
/// this size.
pub const LEAST_FREE_BYTES: u64 = 64 * 1024 * 1024;

/// So long a node waits for the look at its file before it says that it is ready; of a large file the look goes on meanwhile.
const FIRST_LOOK: Duration = Duration::from_secs(5);

/// Findings told at most.
const TOLD: i64 = 20;

/// Something that is wrong with the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ailment {
    /// Which part: `database`, `damaged`, `checking`, `disk`, `schema`.
    pub part: &'static str,
    /// A sentence for who runs the installation.
    pub says: String,
}

/// What looking at the structure of the database found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrity {
    /// What is damaged.
    pub findings: Vec<String>,
    /// What was looked at, and what could not be.
    pub looked: String,
}

/// What this process has noticed of its database while it worked.
#[derive(Default)]
pub(crate) struct Noticed {
    damaged: Mutex<Option<String>>,
    unwritable: Mutex<Option<String>>,
    looking_since: Mutex<Option<Instant>>,
}

impl Noticed {
    /// A statement or a commit failed with these words of the engine.
    pub(crate) fn failed(&self, problem: &str) {
        let says = |words: &[&str]| words.iter().any(|word| problem.contains(word));
        if says(&["malformed", "not a database", "invalid page in block", "could not read block", "checksum"]) {
            set(&self.damaged, Some(problem.to_owned()));
        }
        if says(&["disk is full", "No space left", "disk I/O error", "readonly database", "read-only file system"]) {
            set(&self.unwritable, Some(problem.to_owned()));
        }
    }

    /// Something was written and is on the disk.
    pub(crate) fn wrote(&self) {
        set(&self.unwritable, None);
    }

    fn ailments(&self) -> Vec<Ailment> {
        let mut found = Vec::new();
        if let Some(problem) = get(&self.damaged) {
            let says = format!("The database is damaged: {problem}. Stop, run “entrepot check” and restore a backup.");
            found.push(Ailment { part: "damaged", says });
        }
        if get(&self.looking_since).is_some_and(|since| since.elapsed() < FIRST_LOOK) {
            found.push(Ailment { part: "checking", says: "The database file is being looked at.".into() });
        }
        if let Some(problem) = get(&self.unwritable) {
            let says = format!("The last attempt to write failed: {problem}.");
            found.push(Ailment { part: "disk", says });
        }
        found
    }
}

fn set<T>(place: &Mutex<Option<T>>, value: Option<T>) {
    *place.lock().unwrap_or_else(PoisonError::into_inner) = value;
}

fn get<T: Clone>(place: &Mutex<Option<T>>) -> Option<T> {
    place.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// What is wrong with a disk that has so many bytes left, if it is too few.
fn fullness(free: u64) -> Option<Ailment> {
    let (mega, least) = (free / 1_048_576, LEAST_FREE_BYTES / 1_048_576);
    let says = format!("The disk is full: {mega} MB are left for the data, at least {least} MB are needed.");
    (free < LEAST_FREE_BYTES).then_some(Ailment { part: "disk", says })
}

impl Store {
    /// Everything that keeps this node from serving well; empty when all is well. Never fails: a database that does not answer is
    /// an ailment.
    pub async fn ailments(&self) -> Vec<Ailment> {
        let mut found = self.noticed().ailments();
        if let Err(problem) = self.read(|db| migrate::fits(db, db.shared.schemas)).await {
            let part = if problem.kind == base::Kind::Conflict { "schema" } else { "database" };
            found.push(Ailment { part, says: problem.message });
        }
        if let Place::File(file) = self.place() {
            found.extend(free_bytes(file).and_then(fullness));
        }
        found
    }

    /// Has the SQLite file looked at in the background, as thoroughly as its size allows at a start: damage shows in
    /// [`Store::ailments`] from then on. PostgreSQL looks after its own.
    pub fn look_in_background(&self) {
        let Place::File(file) = self.place() else { return };
        let (file, shared) = (file.clone(), self.shared());
        set(&shared.noticed.looking_since, Some(Instant::now()));
        let look = {
            let shared = shared.clone();
            move || {
                // What was found is told before the look counts as ended: in between, a damaged database would be ready.
                if let Some(problem) = quick_check(&file) {
                    tracing::error!(%problem, "THE DATABASE IS DAMAGED. Stop, run “entrepot check”, restore a backup.");
                    set(&shared.noticed.damaged, Some(problem));
                }
                set(&shared.noticed.looking_since, None);
            }
        };
        // It ends by itself, or with the process.
        if thread::Builder::new().name("store-look".into()).spawn(look).is_err() {
            set(&shared.noticed.looking_since, None);
        }
    }

    /// Looks at the engine's own structures: on SQLite `integrity_check` and `foreign_key_check`; on PostgreSQL every index and
    /// table by `amcheck`, where that extension is installed. Reads everything. Errors: the database does not answer.
    pub fn integrity(&self) -> Result<Integrity> {
        match self.engine() {
            Engine::Sqlite => Ok(self.sqlite_integrity()),
            Engine::Postgres => self.postgres_integrity(),
        }
    }

    fn sqlite_integrity(&self) -> Integrity {
        let looked = "integrity_check and foreign_key_check".to_owned();
        let mut findings = Vec::new();
        // A file can be too damaged to be asked: that is what was to be found.
        match self.read_blocking(|db| db.raw(&format!("PRAGMA integrity_check({TOLD})"), params![])) {
            Ok(rows) => {
                findings.extend(rows.iter().filter_map(|row| row.get(0).ok()).filter(|said: &String| said != "ok"))
            }
            Err(problem) => findings.push(problem.message),
        }
        match self.read_blocking(|db| db.query(dialect::SQLITE_ORPHANS, params![TOLD])) {
            Ok(rows) => findings.extend(rows.iter().filter_map(|row| row.get::<String>(0).ok())),
            Err(problem) => findings.push(problem.message),
        }
        Integrity { findings, looked }
    }

    fn postgres_integrity(&self) -> Result<Integrity> {
        if self.read_blocking(|db| db.maybe(dialect::POSTGRES_AMCHECK, params![]))?.is_none() {
            let looked = "nothing: the extension amcheck is not installed in this database (CREATE EXTENSION amcheck)";
            return Ok(Integrity { findings: Vec::new(), looked: looked.into() });
        }
        let mut found = Integrity { findings: Vec::new(), looked: "every index and table, by amcheck".into() };
        for row in self.read_blocking(|db| db.query(dialect::POSTGRES_INDEXES, params![]))? {
            let name: String = row.get(0)?;
            // What is wrong with an index is an error of the statement: each has a transaction of its own.
            if let Err(problem) = self.read_blocking(move |db| db.query(dialect::POSTGRES_CHECK_INDEX, params![name])) {
                found.findings.push(problem.message);
            }
        }
        for row in self.read_blocking(|db| db.query(dialect::POSTGRES_HEAPS, params![]))? {
            let name: String = row.get(0)?;
            match self.read_blocking(move |db| db.query(dialect::POSTGRES_CHECK_HEAP, params![name])) {
                Ok(rows) => found.findings.extend(rows.iter().filter_map(|row| row.get::<String>(0).ok())),
                Err(problem) => found.findings.push(problem.message),
            }
        }
        Ok(found)
    }
}

/// What is wrong with the file, as far as a quick look tells.
fn quick_check(file: &Path) -> Option<String> {
    let mut link = sqlite::Link::open(file, sqlite::Access::Look).map_err(unavailable).ok()?;
    match link.query("PRAGMA quick_check(1)", &[]) {
        Ok(rows) => rows.first().and_then(|row| row.get::<String>(0).ok()).filter(|said| said != "ok"),
        Err(problem) if problem.contains("locked") || problem.contains("busy") => None,
        Err(problem) => Some(problem),
    }
}

/// What the disk of `file` has left for this program; nothing where the system does not tell.
fn free_bytes(file: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(file.parent()?).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_full_before_nothing_is_left() {
        assert!(fullness(LEAST_FREE_BYTES).is_none());
        let ailment = fullness(LEAST_FREE_BYTES - 1).unwrap();
        assert_eq!(ailment.part, "disk");
        assert!(fullness(0).unwrap().says.starts_with("The disk is full: 0 MB are left"));
    }
}
