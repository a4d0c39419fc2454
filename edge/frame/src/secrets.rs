//! Tokens that nobody guesses, and how they are compared.

use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};

/// Unguessable tokens: hashes of a secret that only this process knows and a counter.
pub struct Secrets {
    seed: String,
    next: AtomicU64,
}

impl Secrets {
    /// From a secret that nobody else knows.
    pub fn new(seed: String) -> Secrets {
        Secrets { seed, next: AtomicU64::new(0) }
    }

    /// 128 bits as 32 hex digits.
    pub fn next(&self) -> String {
        self.digest("token", 16)
    }

    /// 64 bits as 16 hex digits.
    pub fn request_id(&self) -> String {
        self.digest("request", 8)
    }

    fn digest(&self, purpose: &str, bytes: usize) -> String {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        let digest = Sha256::new().chain_update(&self.seed).chain_update(purpose).chain_update(count.to_le_bytes());
        base::hex::digits(&digest.finalize()[..bytes])
    }
}

/// Compares without telling by its time how much was right.
pub(crate) fn same_token(sent: &str, own: &str) -> bool {
    let differs = sent.bytes().zip(own.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b));
    !own.is_empty() && sent.len() == own.len() && differs == 0
}
