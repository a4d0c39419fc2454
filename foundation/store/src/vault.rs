//! Secrets that have to be read again (the seed of somebody's codes, a key at a provider) lie in the database encrypted, with a key
//! that does not: whoever has the database alone, a backup or a dump of it, has none of them.
//!
//! AES-256-GCM. What is kept is `v1.` and the nonce with the cipher text, in hexadecimal digits. The place where a secret
//! stands (table, column and row) is authenticated with it: copied into another row it opens nothing. The table `vault` holds a
//! mark of the key, one-way, so that a process with another key is told at its start, and cannot keep secrets under two keys.

use crate::{Read, Store, Tx, params};
use base::{Error, Result, hex};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

/// Bytes of a key.
const KEY_BYTES: usize = 32;
/// What begins a kept text: the way in which it is encrypted.
const VERSION: &str = "v1.";

/// The key of an installation's secrets. Clones share it; its debug form does not tell it.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    key: LessSafeKey,
    mark: String,
}

impl Vault {
    /// The vault of a key as it was written down: 64 hexadecimal digits. Errors: invalid `secret_key_format`.
    pub fn of(text: &str) -> Result<Vault> {
        let wrong = || {
            Error::invalid(
                "secret_key_format",
                "The key of secrets is no 64 hexadecimal digits (openssl rand -hex 32).",
            )
        };
        let bytes = hex::bytes(text.trim()).filter(|bytes| bytes.len() == KEY_BYTES).ok_or_else(wrong)?;
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(Error::internal)?;
        let mark =
            hex::digits(&Sha256::new_with_prefix("mark of the key of secrets").chain_update(&bytes).finalize()[..16]);
        Ok(Vault(Arc::new(Inner { key: LessSafeKey::new(key), mark })))
    }

    /// A new key, as it is written down.
    pub fn new_key() -> String {
        hex::digits(&rand::random::<[u8; KEY_BYTES]>())
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Store {
    /// Gives this process the key of the secrets; a database that has none yet takes this one. Once for a store. Errors:
    /// conflict `secret_key_other`: the database's secrets are kept under another key, and the store stays locked.
    pub fn unlock(&self, vault: Vault) -> Result<()> {
        let mark = vault.0.mark.clone();
        self.write_blocking(move |tx| claim(tx, &mark))?;
        self.shared().vault.set(vault).map_err(|_| Error::internal("a store is unlocked once"))
    }

    /// Whether this process has no key of the database's secrets.
    pub fn is_locked(&self) -> bool {
        self.shared().vault.get().is_none()
    }
}

/// Whether the database's secrets have a key already.
pub fn has_secret_key(db: &mut Read) -> Result<bool> {
    Ok(db.maybe(MARK, params![])?.is_some())
}

/// Forgets which key the database's secrets have, so that it takes a new one: for when the old one is lost, and with it all of them.
pub fn forget_secret_key(tx: &mut Tx) -> Result<()> {
    tx.send(FORGET, params![])
}

/// The database's key is the one with this mark, or becomes it.
fn claim(tx: &mut Tx, mark: &str) -> Result<()> {
    tx.run(CLAIM, params![mark])?;
    match tx.one(MARK, params![])?.get::<String>(0)? == mark {
        true => Ok(()),
        false => Err(Error::conflict("secret_key_other", "The secrets of this database are kept under another key.")),
    }
}

impl Tx {
    /// `secret` as it may be kept at `place` (`table.column:row`). Errors: unavailable `secrets_locked`; conflict `secret_key_other`.
    pub fn encrypt(&mut self, place: &str, secret: &str) -> Result<String> {
        let vault = self.vault()?;
        claim(self, &vault.0.mark)?;
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&Sha256::digest(self.key().as_bytes())[..NONCE_LEN]);
        let mut text = secret.as_bytes().to_vec();
        let given = Nonce::assume_unique_for_key(nonce);
        vault.0.key.seal_in_place_append_tag(given, Aad::from(place), &mut text).map_err(Error::internal)?;
        Ok(format!("{VERSION}{}{}", hex::digits(&nonce), hex::digits(&text)))
    }
}

impl Read {
    /// The secret that is kept at `place`. Errors: unavailable `secrets_locked`, when this process has not the key it was kept
    /// under, or somebody changed it.
    pub fn decrypt(&mut self, place: &str, kept: &str) -> Result<String> {
        let vault = self.vault()?;
        let bytes = kept.strip_prefix(VERSION).and_then(hex::bytes).ok_or_else(locked)?;
        let (nonce, text) = bytes.split_at_checked(NONCE_LEN).ok_or_else(locked)?;
        let (nonce, mut text) = (Nonce::try_assume_unique_for_key(nonce).map_err(Error::internal)?, text.to_vec());
        let opened = vault.0.key.open_in_place(nonce, Aad::from(place), &mut text).map_err(|_| locked())?;
        String::from_utf8(opened.to_vec()).map_err(|_| locked())
    }

    fn vault(&self) -> Result<Vault> {
        self.shared.vault.get().cloned().ok_or_else(locked)
    }
}

fn locked() -> Error {
    let say = "This server has not the key of the secrets that it keeps; its operator finds in the README what to do.";
    Error::unavailable("secrets_locked", say)
}

const MARK: &str = "SELECT mark FROM vault WHERE number = 1";
const CLAIM: &str = "INSERT INTO vault (number, mark) VALUES (1, $1) ON CONFLICT (number) DO NOTHING";
const FORGET: &str = "DELETE FROM vault WHERE number = 1";
