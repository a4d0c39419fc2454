//! How tokens and keys are kept: as their SHA-256. They are random and long, so a slow hash would add nothing.

use sha2::{Digest, Sha256};

/// The stored form of a secret: 64 hexadecimal digits.
pub(crate) fn digest(secret: &str) -> String {
    base::hex::digits(&Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_sha_256() {
        // NIST's test vector for "abc".
        assert_eq!(super::digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
