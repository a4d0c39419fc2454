//! How often passwords, codes and links may be tried: nobody shuts anybody else out, and nobody guesses.

use super::*;
use crate::guard::{self, ACCOUNT, DEVICE, NETWORK, PAIR, try_code, try_password, try_reset, was_right};

fn from(network: &str, device: Option<&str>) -> Trial {
    Trial { email: " Mei@example.com".into(), network: network.into(), device: device.map(str::to_owned) }
}

fn tried(store: &Store, trial: &Trial) -> Result<()> {
    let trial = trial.clone();
    store.write_as_blocking(Actor::Guest, move |tx| try_password(tx, &trial))
}

fn count(store: &Store, trial: &Trial) -> usize {
    (0..1000).take_while(|_| tried(store, trial).is_ok()).count()
}

#[test]
fn twenty_wrong_passwords_from_twenty_addresses_do_not_shut_the_owner_out() {
    testing::each(&SCHEMAS, |store| {
        person_of(store, "mei@example.com");
        for number in 0..20 {
            tried(store, &from(&format!("203.0.113.{number}"), None)).unwrap();
        }
        tried(store, &from("198.51.100.7", None)).expect("a fresh address");
        for _ in 0..200 {
            let _ = tried(store, &from("203.0.113.1", None));
        }
        tried(store, &from("198.51.100.7", None)).expect("whoever is refused counts for nobody else");
    });
}

#[test]
fn guessing_from_one_place_stops_and_says_until_when() {
    testing::each(&SCHEMAS, |store| {
        let here = from("203.0.113.1", None);
        assert_eq!(count(store, &here) as i64, PAIR.burst);
        let refused = tried(store, &here).unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::TooMany, "too_many_attempts"));
        assert_eq!(refused.retry_seconds, Some(90));
        store.clock().advance_seconds(89);
        assert!(tried(store, &here).is_err());
        store.clock().advance_seconds(1);
        tried(store, &here).expect("after the told wait one is taken");
        assert!(tried(store, &here).is_err());
    });
}

#[test]
fn one_network_that_goes_for_many_accounts_stops_too() {
    testing::each(&SCHEMAS, |store| {
        let at = |number: usize| Trial { email: format!("p{number}@example.com"), ..from("203.0.113.1", None) };
        let taken = (0..200).take_while(|number| tried(store, &at(*number)).is_ok()).count();
        assert_eq!(taken as i64, NETWORK.burst);
        assert!(tried(store, &Trial { network: "198.51.100.7".into(), ..at(0) }).is_ok());
    });
}

#[test]
fn right_passwords_are_no_guesses() {
    testing::each(&SCHEMAS, |store| {
        for _ in 0..200 {
            let trial = from("203.0.113.1", None);
            store
                .write_as_blocking(Actor::Guest, move |tx| {
                    try_password(tx, &trial).and_then(|()| was_right(tx, &trial))
                })
                .expect("an office in the morning");
        }
        assert_eq!(count(store, &from("203.0.113.1", None)) as i64, PAIR.burst, "and they earn nothing");
    });
}

#[test]
fn many_networks_slow_down_and_the_owners_device_passes() {
    testing::each(&SCHEMAS, |store| {
        let (mei, li) = (person_of(store, "mei@example.com"), person_of(store, "li@example.com"));
        let know = |person| store.write_blocking(move |tx| know_device(tx, person, None)).unwrap();
        let (own, foreign) = (know(mei), know(li));
        let taken = (0..300).take_while(|n| tried(store, &from(&format!("2001:db8:{n:x}:1"), None)).is_ok()).count();
        assert_eq!(taken as i64, ACCOUNT.burst);
        let refused = tried(store, &from("198.51.100.7", None)).unwrap_err();
        assert_eq!(refused.retry_seconds, Some(60), "slowed down, not locked");
        assert!(
            tried(store, &from("198.51.100.7", Some(&foreign))).is_err(),
            "another account's device proves nothing"
        );
        assert!(tried(store, &from("198.51.100.7", Some("guessed"))).is_err());
        assert_eq!(
            count(store, &from("203.0.113.1", Some(&own))) as i64,
            DEVICE.burst,
            "a stolen device cannot guess either"
        );
        store.clock().advance_seconds(60);
        tried(store, &from("198.51.100.7", None)).expect("one a minute is taken whatever happens");

        let again = own.clone();
        assert_eq!(
            store.write_blocking(move |tx| know_device(tx, li, Some(&again))).unwrap(),
            own,
            "two people, one device"
        );
        let stored = store.read_blocking(|db| db.raw("SELECT token_hash FROM party_device", &[])).unwrap();
        assert!(stored.iter().all(|row| row.get::<String>(0).unwrap() != own), "only the hash is kept");
        store.clock().advance_seconds(181 * 86_400);
        assert!(!store.read_blocking(move |db| guard::is_known(db, &own, "mei@example.com")).unwrap(), "over");
        assert!(store.write_blocking(|tx| sweep(tx, 1000)).unwrap() > 2);
    });
}

#[test]
fn a_day_of_guessing_from_everywhere_is_counted() {
    testing::each(&SCHEMAS, |store| {
        let mut taken = 0;
        for minute in 0..24 * 60 {
            for network in 0..3 {
                taken += i64::from(tried(store, &from(&format!("n{minute}.{network}"), None)).is_ok());
            }
            store.clock().advance_seconds(60);
        }
        assert_eq!(taken, 24 * 60 + ACCOUNT.burst - 1);
    });
}

#[test]
fn strangers_who_ask_for_links_do_not_shut_the_mailed_way() {
    testing::each(&SCHEMAS, |store| {
        let mei = person_of(store, "mei@example.com");
        let ask = |trial: Trial| store.write_as_blocking(Actor::Guest, move |tx| try_reset(tx, &trial));
        let mailed = (0..20).filter(|n| ask(from(&format!("203.0.113.{n}"), None)).unwrap()).count();
        assert_eq!(mailed, 5, "letters in an hour");
        assert!(!ask(from("198.51.100.7", None)).unwrap(), "the owner is answered; the last link is in the mailbox");
        let device = store.write_blocking(move |tx| know_device(tx, mei, None)).unwrap();
        assert!(ask(from("198.51.100.7", Some(&device))).unwrap(), "the owner's device has letters of its own");
        for _ in 0..4 {
            let _ = ask(from("198.51.100.7", None));
        }
        let refused = ask(from("198.51.100.7", None)).unwrap_err();
        assert_eq!(refused.retry_seconds, Some(720));
        store.clock().advance_seconds(720);
        assert!(ask(from("192.0.2.9", None)).unwrap(), "one more letter is earned in twelve minutes");
    });
}

#[test]
fn codes_are_guessed_slower_than_passwords() {
    testing::each(&SCHEMAS, |store| {
        let code = |trial: Trial| store.write_as_blocking(Actor::Guest, move |tx| try_code(tx, &trial)).is_ok();
        assert_eq!((0..50).filter(|_| code(from("203.0.113.1", None))).count(), 5);
        assert_eq!(
            (0..50).filter(|n| code(from(&format!("n{n}"), None))).count(),
            15,
            "twenty in an hour, from everywhere"
        );
    });
}
