//! Databases that end with the process: a file in memory, copied from a migrated template.
//!
//! A file on a memory file system and not SQLite's own `:memory:`, because only files have a write-ahead log: readers
//! see snapshots and never stand in the writer's way, exactly as in production.

use crate::Schema;
use crate::store::{prepare_template, unavailable};
use base::Result;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};

static COUNT: AtomicU64 = AtomicU64::new(0);
static CLEANED: Once = Once::new();
type Template = ((usize, usize), Arc<Vec<u8>>);
static TEMPLATES: Mutex<Vec<Template>> = Mutex::new(Vec::new());

/// A fresh, migrated database file in a folder of its own.
pub(crate) fn fresh(schemas: &'static [Schema]) -> Result<PathBuf> {
    CLEANED.call_once(remove_orphans);
    let template = template(schemas)?;
    let file = new_folder()?.join("entrepot.db");
    std::fs::write(&file, template.as_slice()).map_err(problem)?;
    Ok(file)
}

/// The bytes of a migrated, empty database; made once per process and set of schemas.
fn template(schemas: &'static [Schema]) -> Result<Arc<Vec<u8>>> {
    let mut templates = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    let wanted = (schemas.as_ptr() as usize, schemas.len());
    if let Some((_, bytes)) = templates.iter().find(|(schemas, _)| *schemas == wanted) {
        return Ok(bytes.clone());
    }
    let folder = new_folder()?;
    let file = folder.join("entrepot.db");
    let made = prepare_template(&file, schemas).and_then(|()| std::fs::read(&file).map_err(problem));
    let _ = std::fs::remove_dir_all(&folder);
    let bytes = Arc::new(made?);
    templates.push((wanted, bytes.clone()));
    Ok(bytes)
}

fn new_folder() -> Result<PathBuf> {
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = root().join(format!("{PREFIX}{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(problem)?;
    Ok(folder)
}

const PREFIX: &str = "entrepot-memory-";

fn root() -> PathBuf {
    let shared_memory = Path::new("/dev/shm");
    if shared_memory.is_dir() { shared_memory.to_path_buf() } else { std::env::temp_dir() }
}

/// Removes what killed processes have left behind. Only where the system says which processes live.
fn remove_orphans() {
    let Ok(entries) = std::fs::read_dir(root()) else { return };
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix(PREFIX).and_then(|rest| rest.split('-').next());
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner).exists()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn problem(error: std::io::Error) -> base::Error {
    unavailable(format!("cannot make a database in memory: {error}"))
}
