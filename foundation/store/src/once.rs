//! Idempotency: a key makes a command happen once, whatever the network does.

use crate::{Tx, params};
use base::{Error, Moment, Result};
use sha2::{Digest, Sha256};

impl Tx {
    /// Runs `command` once for `key` and keeps its answer with a hash of `input`: the same key and input get the kept
    /// answer without running anything. `key` must name its scope (`checkout:<person>:<key>`), `input` is the
    /// command in a canonical form. Errors: conflict `idempotency_key_reused` for the same key with another input;
    /// whatever `command` fails with (nothing is kept then).
    pub fn once(&mut self, key: &str, input: &str, command: impl FnOnce(&mut Tx) -> Result<String>) -> Result<String> {
        let (hash, now) = (sha256(input), self.now());
        if self.run(CLAIM, params![key, hash, now])? == 1 {
            let outcome = command(self);
            match &outcome {
                Ok(answer) => self.run(KEEP, params![key, answer])?,
                Err(_) => self.run(FORGET, params![key])?,
            };
            return outcome;
        }
        let kept = self.one(KEPT, params![key])?;
        if kept.get::<String>(0)? != hash {
            let words = "This idempotency key was used for something else; use a new one.";
            return Err(Error::conflict("idempotency_key_reused", words));
        }
        kept.get(1)
    }

    /// Forgets up to `limit` keys older than `before`; says how many.
    pub fn forget_keys(&mut self, before: Moment, limit: i64) -> Result<u64> {
        self.run(FORGET_OLD, params![before, limit])
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    base::hex::digits(&Sha256::digest(text.as_bytes()))
}

const CLAIM: &str =
    "INSERT INTO idempotency (key, input_hash, answer, at) VALUES ($1, $2, '', $3) ON CONFLICT (key) DO NOTHING";
const KEEP: &str = "UPDATE idempotency SET answer = $2 WHERE key = $1";
const FORGET: &str = "DELETE FROM idempotency WHERE key = $1";
const KEPT: &str = "SELECT input_hash, answer FROM idempotency WHERE key = $1";
const FORGET_OLD: &str =
    "DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE at < $1 ORDER BY at LIMIT $2)";
