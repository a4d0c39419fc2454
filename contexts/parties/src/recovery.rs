//! Recovery codes: for the day the phone is lost. Ten, shown once, kept as their SHA-256 (they have 120 random bits, so a slow
//! hash would add nothing: ASVS 6.5.2), each good once.

use crate::event::RecoveryUsed;
use crate::person::Person;
use crate::secret::digest;
use base::{Id, Result};
use store::{Read, Tx, params};

const CODES: usize = 10;
/// Letters of a code: five bits each.
const LETTERS: usize = 24;

/// How many are left.
pub(crate) fn left(db: &mut Read, person: Id<Person>) -> Result<i64> {
    db.one(LEFT, params![person])?.get(0)
}

/// New codes in groups of four letters; older ones are void.
pub(crate) fn renew(tx: &mut Tx, person: Id<Person>) -> Result<Vec<String>> {
    forget(tx, person)?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let code: String = tx.key().chars().take(LETTERS).collect();
        tx.send(INSERT, params![person, digest(&code)])?;
        codes.push(grouped(&code));
    }
    Ok(codes)
}

fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// As it was shown, whatever lies between and however it is written: `o` and `0`, `i`, `l` and `1` are the same (Crockford).
fn plain(typed: &str) -> String {
    let letters = typed.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
    letters
        .map(|letter| match letter {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

/// Whether it is one of the person's codes; it is used up then. Emits `party.recovery_used`.
pub(crate) fn take(tx: &mut Tx, person: Id<Person>, typed: &str) -> Result<bool> {
    let code = plain(typed);
    if code.len() != LETTERS || tx.run(USE, params![person, digest(&code)])? == 0 {
        return Ok(false);
    }
    let left = left(tx, person)?;
    tx.emit(person, &RecoveryUsed { left })?;
    Ok(true)
}

pub(crate) fn forget(tx: &mut Tx, person: Id<Person>) -> Result<()> {
    tx.send(FORGET, params![person])
}

const LEFT: &str = "SELECT COUNT(*) FROM party_recovery WHERE person = $1";
const INSERT: &str = "INSERT INTO party_recovery (person, code_hash) VALUES ($1, $2)";
const USE: &str = "DELETE FROM party_recovery WHERE person = $1 AND code_hash = $2";
const FORGET: &str = "DELETE FROM party_recovery WHERE person = $1";
