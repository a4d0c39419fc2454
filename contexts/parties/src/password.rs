//! Passwords: which ones are taken (OWASP ASVS 5.0, 6.2), and how they are kept (argon2id). Slow by intent, so never inside a
//! transaction.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use base::{Error, Result};
use std::sync::OnceLock;

/// Memory in KiB, passes and lanes: the first choice of the OWASP password storage cheat sheet for argon2id
/// (19 MiB, 2 passes, 1 lane).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Shorter passwords are refused (ASVS 6.2.1: at least eight). Pages recommend twelve.
pub const LENGTH_LEAST: usize = 8;
/// Longer ones too, so that hashing cannot be used to tire the server (ASVS 6.2.9: at least 64 are taken).
pub const LENGTH_MOST: usize = 200;
/// Passwords that come sooner than this in a guesser's order are refused: every one of the 30,000 commonest that the library
/// lists, their trivial variations, repetitions, rows of keys, dates. No rule says which kinds of letters there must be.
const GUESSES_LEAST: u64 = 1_000_000;
/// Words about an account shorter than this say nothing about it.
const WORD_LEAST: usize = 3;

fn hasher() -> Result<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The stored form of a password that somebody chose, with a fresh salt: the one way to set a password. `about` is what anybody
/// would try first: the account's e-mail, the person's and the shop's name. Takes tens of milliseconds.
/// Errors, in the field `password`: `password_length`, `password_common`, `password_context`.
pub fn hash_password(password: &str, about: &[&str]) -> Result<String> {
    let length = password.chars().count();
    if !(LENGTH_LEAST..=LENGTH_MOST).contains(&length) {
        let message = format!("Choose {LENGTH_LEAST} to {LENGTH_MOST} characters; three or four words are good.");
        return Err(Error::field("password", "password_length", message));
    }
    if is_guessed(password, &[]) {
        let message = "This password is among the first that anybody tries; choose three or four words instead.";
        return Err(Error::field("password", "password_common", message));
    }
    let words = words(about);
    if is_guessed(password, &words.iter().map(String::as_str).collect::<Vec<_>>()) {
        let message = "Leave out your name, your e-mail and the shop's name; choose three or four other words.";
        return Err(Error::field("password", "password_context", message));
    }
    hash_published(password)
}

/// The stored form of a password that everybody may know: the demonstration's, which its sign-in page shows.
pub fn hash_published(password: &str) -> Result<String> {
    Ok(hasher()?.hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

fn is_guessed(password: &str, words: &[&str]) -> bool {
    zxcvbn::zxcvbn(password, words).guesses() < GUESSES_LEAST
}

/// The words that a guesser would take from what is known: each text whole, and its parts.
fn words(about: &[&str]) -> Vec<String> {
    let mut words = vec!["entrepot".to_owned()];
    for text in about {
        let text = text.trim().to_lowercase();
        words.push(text.chars().filter(|letter| letter.is_alphanumeric()).collect());
        words.extend(text.split('@').map(str::to_owned));
        words.extend(text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned));
        words.push(text);
    }
    words.retain(|word| word.chars().count() >= WORD_LEAST);
    words
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
            let nobody = NOBODY.get_or_init(|| hash_published("nobody has this password").unwrap_or_default());
            verify_password(nobody, password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(password: &str, about: &[&str]) -> &'static str {
        match hash_password(password, about) {
            Ok(_) => "taken",
            Err(error) => error.fields[0].code,
        }
    }

    #[test]
    fn hashes_with_sane_parameters_and_verifies() {
        let hash = hash_password("four words in a row", &[]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, hash_password("four words in a row", &[]).unwrap(), "each has its own salt");
        assert!(verify_password(&hash, "four words in a row"));
        assert!(!verify_password(&hash, "four words in a line"));
        assert!(!verify_password(&hash, " four words in a row"), "exactly as it was typed");
        assert!(check_password(Some(&hash), "four words in a row"));
        assert!(!check_password(None, "nobody has this password"));
        assert!(!verify_password("plain", "plain"));
    }

    #[test]
    fn length_counts_and_composition_does_not() {
        assert_eq!(refused("k7#vQz2", &[]), "password_length");
        assert_eq!(refused(&"lantern harbour ".repeat(13), &[]), "password_length");
        for good in ["wlkqzmvp", "lantern harbour ".repeat(8).trim_end(), "四个汉字在灯塔下面", "    mast and sail    "]
        {
            let hash = hash_password(good, &[]).unwrap();
            assert!(verify_password(&hash, good), "{good}");
        }
    }

    /// The 3,000 commonest passwords of at least eight letters, in `common_passwords.txt`: its first lines say where they are from.
    #[test]
    fn the_commonest_passwords_are_refused() {
        let list = include_str!("../common_passwords.txt").lines().filter(|line| !line.starts_with('#'));
        let list: Vec<&str> = list.collect();
        assert_eq!(list.len(), 3000);
        let taken: Vec<&&str> = list.iter().filter(|password| refused(password, &[]) != "password_common").collect();
        assert!(taken.is_empty(), "{taken:?}");
    }

    #[test]
    fn trivial_variations_are_refused() {
        for password in [
            "1234567890",
            "password123",
            "Password1!",
            "P@ssw0rd",
            "p@$$w0rd123",
            "qwertyuiop12",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "passwordpassword",
            "drowssap",
            "abcdefghijkl",
            "19871987",
            "iloveyou!!",
            "Letmein2026",
            "zxcvbnm,./",
        ] {
            assert_eq!(refused(password, &[]), "password_common", "{password}");
        }
    }

    #[test]
    fn what_everybody_knows_of_an_account_is_refused() {
        let about = ["Jana.Koehler@Nordlicht-Laden.example", "Jana Köhler", "Nordlicht Laden"];
        for password in [
            "jana.koehler@nordlicht-laden.example",
            "JanaKöhler",
            "jana.koehler",
            "nordlicht1",
            "Nordlicht2026",
            "entrepot1",
            "Entrepot2026",
            "nordlichtladen",
            "köhlerköhler",
            "n0rdl1cht",
        ] {
            assert_eq!(refused(password, &about), "password_context", "{password}");
        }
        assert_eq!(refused("three lanterns for jana", &about), "taken", "a sentence may have a name in it");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn checking_never_fails_whatever_is_typed(password in "\\PC{0,220}", name in "\\PC{0,40}") {
            let _ = is_guessed(&password, &words(&[&name]).iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
