//! The key of the secrets that lie in the database encrypted (`store::Vault`): from the environment, or from a file that is made
//! at the first start. It is in no backup and no copy: whoever has the data alone has no secrets.

use crate::say;
use base::{Error, Result};
use clap::Args;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use store::{Store, Vault};

/// The environment variable with the key itself.
const KEY: &str = "ENTREPOT_SECRET_KEY";
/// The key's file in the data folder.
const FILE: &str = "secret.key";

/// Where the key is.
#[derive(Args, Clone, Debug, Default)]
pub struct KeyArgs {
    /// File with the key of the secrets in the database; DATA/secret.key when not given, made at the first start. Every node of one
    /// database needs the same. ENTREPOT_SECRET_KEY takes the key itself
    #[arg(long, env = "ENTREPOT_SECRET_KEY_FILE", value_name = "FILE")]
    pub secret_key_file: Option<PathBuf>,
}

impl KeyArgs {
    /// The key's file; none when the environment holds the key.
    pub fn file(&self, folder: &Path) -> Option<PathBuf> {
        let from_file = std::env::var_os(KEY).is_none_or(|key| key.is_empty());
        from_file.then(|| self.secret_key_file.clone().unwrap_or_else(|| folder.join(FILE)))
    }

    /// The key as it is written down, if it is there. Errors: a file that cannot be read.
    pub fn written(&self, folder: &Path) -> Result<Option<String>> {
        let Some(file) = self.file(folder) else { return Ok(std::env::var(KEY).ok()) };
        match std::fs::read_to_string(&file) {
            Ok(key) => {
                warn_of_readers(&file);
                Ok(Some(key))
            }
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(problem) => {
                Err(Error::invalid("secret_key_file", format!("Cannot read {}: {problem}.", file.display())))
            }
        }
    }
}

fn warn_of_readers(file: &Path) {
    let mode = std::fs::metadata(file).map_or(0, |known| known.permissions().mode());
    if mode & 0o077 != 0 {
        tracing::warn!("others may read {}, the key of the secrets: chmod 600 it", file.display());
    }
}

/// Gives the store the key of its secrets; makes one where neither the database nor the folder has any. Without the right one the
/// store stays locked, and everything else is served: the log says what to do. Errors: a key that is none.
pub fn unlock(store: &Store, args: &KeyArgs, folder: &Path) -> Result<()> {
    if !store.is_locked() {
        return Ok(());
    }
    let key = match args.written(folder)? {
        Some(key) => key,
        None if store.read_blocking(store::has_secret_key)? => {
            warn_of_lock(args, folder, "is not here");
            return Ok(());
        }
        None => match made(args, folder) {
            Ok(key) => key,
            Err(problem) => {
                tracing::error!(%problem, "no key of secrets could be made: no authenticator app and no webhook can be added");
                return Ok(());
            }
        },
    };
    match store.unlock(Vault::of(&key)?) {
        Err(error) if error.code == "secret_key_other" => {
            warn_of_lock(args, folder, "is another one");
            Ok(())
        }
        unlocked => unlocked,
    }
}

fn warn_of_lock(args: &KeyArgs, folder: &Path, how: &str) {
    let place = args.file(folder).map_or_else(|| KEY.to_owned(), |file| file.display().to_string());
    tracing::error!(
        "The key of this database's secrets {how} ({place}): codes of authenticator apps are not taken, webhooks are not sent \
         from here. Bring the key from the node or folder that has it, or name it with --secret-key-file. Is it lost for good: \
         entrepot new-secret-key."
    );
}

/// A new key in its file, which only its owner may read. Errors: it cannot be written; no file is asked for.
fn made(args: &KeyArgs, folder: &Path) -> Result<String> {
    let file = args.file(folder).ok_or_else(|| Error::invalid("secret_key_file", format!("{KEY} is set.")))?;
    let disk = |problem: std::io::Error| {
        Error::unavailable("secret_key_file", format!("Cannot write {}: {problem}.", file.display()))
    };
    let (key, fresh) = (Vault::new_key(), file.with_extension(format!("new-{}", std::process::id())));
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        let mut to = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
        writeln!(to, "{key}")?;
        to.sync_all()?;
        // Whole or not at all, and never over another one: of two first starts at once the second takes the first one's.
        std::fs::hard_link(&fresh, &file)
    };
    let written = write();
    let _ = std::fs::remove_file(&fresh);
    match written {
        Ok(()) => {
            say!(
                "  The key of this installation's secrets is new: {}. It is in no backup: keep it elsewhere, too.",
                file.display()
            );
            Ok(key)
        }
        Err(problem) if problem.kind() == std::io::ErrorKind::AlreadyExists => {
            args.written(folder)?.ok_or_else(|| disk(problem))
        }
        Err(problem) => Err(disk(problem)),
    }
}
