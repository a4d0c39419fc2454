//! Secrets in the database open with the key that they were kept under, in the place where they were put, and nowhere else.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use base::{Kind, Result};
use store::testing::{again, again_locked, each};
use store::{Options, Read, Schema, Store, Tx, Url, Vault, forget_secret_key, has_secret_key, params};

const NOTE: &str = "CREATE TABLE note (id BIGINT PRIMARY KEY, secret TEXT NOT NULL)";
const SCHEMAS: &[Schema] = &[Schema { name: "note", sealed: &[], migrations: &[NOTE] }];

fn put(store: &Store, id: i64, secret: &'static str) -> Result<()> {
    store.write_blocking(move |tx: &mut Tx| {
        let kept = tx.encrypt(&format!("note.secret:{id}"), secret)?;
        tx.send("INSERT INTO note (id, secret) VALUES ($1, $2)", params![id, kept])
    })
}

fn kept(store: &Store, id: i64) -> String {
    let read = move |db: &mut Read| db.one("SELECT secret FROM note WHERE id = $1", params![id])?.get(0);
    store.read_blocking(read).unwrap()
}

fn open(store: &Store, place: &'static str, kept: &str) -> Result<String> {
    let kept = kept.to_owned();
    store.read_blocking(move |db| db.decrypt(place, &kept))
}

#[test]
fn a_secret_is_not_in_the_database_and_opens_in_its_place_only() {
    each(SCHEMAS, |store| {
        put(store, 1, "JBSWY3DPEHPK3PXP").unwrap();
        put(store, 2, "JBSWY3DPEHPK3PXP").unwrap();
        let (one, two) = (kept(store, 1), kept(store, 2));
        assert!(one.starts_with("v1.") && !one.contains("JBSWY3DP") && one[..27] != two[..27], "{one} {two}");
        assert_eq!(open(store, "note.secret:1", &one).unwrap(), "JBSWY3DPEHPK3PXP");
        let refused = open(store, "note.secret:2", &one).unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::Unavailable, "secrets_locked"), "moved to another row");
        let mut changed = one.clone();
        let last = changed.pop().unwrap();
        changed.push(if last == '0' { '1' } else { '0' });
        for wrong in [changed.as_str(), "", "v1.", "v1.00", "v1.é0", "JBSWY3DPEHPK3PXP", &one[..one.len() - 2]] {
            assert_eq!(open(store, "note.secret:1", wrong).unwrap_err().code, "secrets_locked", "{wrong}");
        }
        let other_process = again(store, SCHEMAS).unwrap();
        assert_eq!(open(&other_process, "note.secret:1", &one).unwrap(), "JBSWY3DPEHPK3PXP", "with the same key");
    });
}

/// A data folder, opened by one process after another.
#[test]
fn one_database_has_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let start = || Store::open(Options::new(Url::Folder(folder.path().to_owned()), SCHEMAS)).unwrap();
    let (right, wrong) = (Vault::new_key(), Vault::new_key());
    assert_ne!(right, wrong);
    let first = start();
    assert!(first.is_locked() && !first.read_blocking(has_secret_key).unwrap());
    assert_eq!(put(&first, 1, "seed").unwrap_err().code, "secrets_locked");
    first.unlock(Vault::of(&format!(" {}\n", right.to_uppercase())).unwrap()).unwrap();
    put(&first, 1, "seed").unwrap();
    assert!(first.unlock(Vault::of(&right).unwrap()).is_err(), "once");
    drop(first);
    let second = start();
    assert!(second.is_locked() && second.read_blocking(has_secret_key).unwrap());
    let refused = second.unlock(Vault::of(&wrong).unwrap()).unwrap_err();
    assert_eq!((refused.kind, refused.code), (Kind::Conflict, "secret_key_other"));
    assert_eq!(open(&second, "note.secret:1", &kept(&second, 1)).unwrap_err().code, "secrets_locked");
    second.unlock(Vault::of(&right).unwrap()).unwrap();
    assert_eq!(open(&second, "note.secret:1", &kept(&second, 1)).unwrap(), "seed");
    drop(second);
    let third = start();
    third.write_blocking(forget_secret_key).unwrap();
    third.unlock(Vault::of(&wrong).unwrap()).unwrap();
    assert_eq!(
        open(&third, "note.secret:1", &kept(&third, 1)).unwrap_err().code,
        "secrets_locked",
        "lost with its key"
    );
    put(&third, 2, "anew").unwrap();
    assert_eq!(open(&third, "note.secret:2", &kept(&third, 2)).unwrap(), "anew");
}

/// Two processes come without a key at the same time: the database has one of the two, and the other process keeps nothing.
#[test]
fn of_two_first_keys_one_stays() {
    each(SCHEMAS, |store| {
        put(store, 1, "seed").unwrap();
        let stranger = again_locked(store, SCHEMAS).unwrap();
        let refused = stranger.unlock(Vault::of(&Vault::new_key()).unwrap()).unwrap_err();
        assert_eq!(refused.code, "secret_key_other");
        assert_eq!(put(&stranger, 2, "seed").unwrap_err().code, "secrets_locked");
    });
}

#[test]
fn a_key_is_sixty_four_hexadecimal_digits_and_never_shown() {
    let key = Vault::new_key();
    assert_eq!(key.len(), 64);
    for wrong in ["", "abc", &key[1..], &format!("{key}00"), &key.replace(&key[..1], "g"), &"é".repeat(32)] {
        let refused = Vault::of(wrong).unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::Invalid, "secret_key_format"));
        assert!(wrong.is_empty() || !refused.message.contains(wrong), "{}", refused.message);
    }
    assert_eq!(format!("{:?}", Vault::of(&key).unwrap()), "Vault(…)");
}
