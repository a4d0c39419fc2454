//! Connections: kept encrypted, one of a kind in use, changed by admins only and by one of them at a time.

use super::*;

fn words(pairs: &[(&str, &str)]) -> Words {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn put(name: &str, seen: Option<base::Moment>) -> PutConnection {
    PutConnection {
        name: name.into(),
        kind: "payments".into(),
        settings: words(&[("place", "here")]),
        secrets: words(&[("key", "sk_live_a_long_secret_9xyz"), ("pin", "1234")]),
        seen,
    }
}

#[test]
fn secrets_are_encrypted_and_of_a_kind_one_is_in_use() {
    testing::each(&SCHEMAS, |store| {
        store.write_blocking(|tx| put_connection(tx, &put("stripe", None))).unwrap();
        let known = store.read_blocking(connections).unwrap().remove(0);
        assert_eq!(known.hints, words(&[("key", "9xyz"), ("pin", "")]), "a short one shows nothing of itself");
        let kept = |db: &mut store::Read| db.one("SELECT secrets FROM party_connection", params![])?.get::<String>(0);
        assert!(!store.read_blocking(kept).unwrap().contains("sk_live"));
        let secrets = store.read_blocking(|db| connection_secrets(db, "stripe")).unwrap();
        assert_eq!(secrets["key"], "sk_live_a_long_secret_9xyz");

        store.write_blocking(|tx| put_connection(tx, &put("stripe_2", None))).unwrap();
        let all = store.read_blocking(connections).unwrap();
        let names: Vec<_> = all.iter().map(|one| (one.name.as_str(), one.active)).collect();
        assert_eq!(names, [("stripe_2", true), ("stripe", false)]);

        store.write_blocking(|tx| end_connection(tx, "stripe_2", true)).unwrap();
        store.write_blocking(|tx| end_connection(tx, "stripe", false)).unwrap();
        let left = store.read_blocking(connections).unwrap();
        assert_eq!(left.iter().map(|one| (one.name.as_str(), one.active)).collect::<Vec<_>>(), [("stripe_2", false)]);
    });
}

#[test]
fn who_was_slower_and_who_is_no_admin_changes_nothing() {
    testing::each(&SCHEMAS, |store| {
        store.write_blocking(|tx| put_connection(tx, &put("stripe", None))).unwrap();
        let seen = store.read_blocking(connections).unwrap()[0].changed_at;
        store.clock().advance_seconds(1);
        store.write_blocking(move |tx| put_connection(tx, &put("stripe", Some(seen)))).unwrap();
        for old in [None, Some(seen)] {
            let refused = store.write_blocking(move |tx| put_connection(tx, &put("stripe", old))).unwrap_err();
            assert_eq!(refused.code, "connection_changed");
        }
        // A test of what it was before says nothing of what it is now.
        store.write_blocking(move |tx| record_test(tx, "stripe", seen, None)).unwrap();
        assert_eq!(store.read_blocking(connections).unwrap()[0].tried, None);
        let finance = Actor::Person { person: 1, organisation: 1, role: Role::Finance };
        assert!(store.write_as_blocking(finance, |tx| put_connection(tx, &put("other", None))).is_err());
        assert!(store.write_as_blocking(finance, |tx| end_connection(tx, "stripe", false)).is_err());
        let admin = Actor::Person { person: 1, organisation: 1, role: Role::Admin };
        assert!(store.read_as_blocking(admin, |db| connection_secrets(db, "stripe")).is_err(), "for the house alone");
    });
}
