//! Passwords: argon2id. Slow by intent, so never inside a transaction.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use base::{Error, Result};
use std::sync::OnceLock;

/// Memory in KiB, passes and lanes: the first choice of the OWASP password storage cheat sheet for argon2id
/// (19 MiB, 2 passes, 1 lane).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Shorter passwords are refused (NIST SP 800-63B asks for at least eight).
const LENGTH_LEAST: usize = 10;
/// Longer ones too, so that hashing cannot be used to tire the server.
const LENGTH_MOST: usize = 200;

fn hasher() -> Result<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The stored form of a password, with a fresh salt. Errors: shorter than 10 or longer than 200 characters.
pub fn hash_password(password: &str) -> Result<String> {
    let length = password.chars().count();
    if !(LENGTH_LEAST..=LENGTH_MOST).contains(&length) {
        let message = format!("Choose {LENGTH_LEAST} to {LENGTH_MOST} characters; three or four words are good.");
        return Err(Error::field("password", "password_length", message));
    }
    Ok(hasher()?.hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

/// Whether `password` is the one behind `hash`. Takes tens of milliseconds.
pub fn verify_password(hash: &str, password: &str) -> bool {
    let (Ok(hasher), Ok(hash)) = (hasher(), PasswordHash::new(hash)) else { return false };
    password.chars().count() <= LENGTH_MOST && hasher.verify_password(password.as_bytes(), &hash).is_ok()
}

/// As [`verify_password`], and takes the same time when there is no hash because the e-mail is unknown: what the clock shows
/// must not tell who has an account.
pub fn check_password(hash: Option<&str>, password: &str) -> bool {
    static NOBODY: OnceLock<String> = OnceLock::new();
    match hash {
        Some(hash) => verify_password(hash, password),
        None => {
            let nobody = NOBODY.get_or_init(|| hash_password("nobody has this password").unwrap_or_default());
            verify_password(nobody, password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_with_sane_parameters_and_verifies() {
        let hash = hash_password("four words in a row").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, hash_password("four words in a row").unwrap(), "each has its own salt");
        assert!(verify_password(&hash, "four words in a row"));
        assert!(!verify_password(&hash, "four words in a line"));
        assert!(check_password(Some(&hash), "four words in a row"));
        assert!(!check_password(None, "nobody has this password"));
        assert!(!verify_password("plain", "plain"));
        assert_eq!(hash_password("short").unwrap_err().fields[0].code, "password_length");
        assert!(hash_password(&"x".repeat(201)).is_err());
    }
}
