//! Opening an account: nothing is there, and nothing is told, before the address is proved.

use super::*;

fn new() -> NewPerson {
    NewPerson {
        password_hash: HASH.into(),
        name: "Mei Tanaka".into(),
        language: "en".parse().unwrap(),
        country: "JP".parse().unwrap(),
    }
}

fn ask(store: &Store, email: &'static str) -> Registration {
    store.write_as_blocking(Actor::Guest, move |tx| ask_registration(tx, email)).unwrap()
}

fn link(store: &Store, id: Id<Registration>) -> RegistrationLink {
    store.write_blocking(move |tx| registration_link(tx, id)).unwrap()
}

fn open(store: &Store, id: Id<Registration>) -> String {
    match link(store, id) {
        RegistrationLink::Open(token) => token,
        other => panic!("{other:?}"),
    }
}

fn confirm(store: &Store, token: &str) -> Result<Id<Person>> {
    let token = token.to_owned();
    store.write_as_blocking(Actor::Guest, move |tx| confirm_registration(tx, &token, &new()))
}

#[test]
fn an_account_is_opened_by_who_follows_the_link_and_by_nobody_else() {
    testing::each(&SCHEMAS, |store| {
        let denied = store.write_as_blocking(Actor::Guest, |tx| register(tx, &new_person("mei@example.com")));
        assert_eq!(denied.unwrap_err().kind, Kind::Denied, "the house alone vouches for addresses");
        let (first, second) = (ask(store, " Mei@Example.com "), ask(store, "mei@example.com"));
        assert_eq!((first.email.as_str(), second.email.as_str()), ("mei@example.com", "mei@example.com"));
        assert_eq!(store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap(), None, "asked is not opened");
        let id = first.id;
        let guest = store.write_as_blocking(Actor::Guest, move |tx| registration_link(tx, id)).unwrap_err();
        assert_eq!(guest.kind, Kind::Denied, "links are the house's to make");

        let (void, token, other) = (open(store, id), open(store, id), open(store, second.id));
        let stored = store.read_blocking(|db| db.raw("SELECT token_hash FROM party_registration", &[])).unwrap();
        assert!(stored.iter().all(|row| row.get::<String>(0).unwrap() != token), "only the hash is kept");
        for wrong in ["guessed", void.as_str(), ""] {
            assert_eq!(confirm(store, wrong).unwrap_err().code, "registration_over");
        }
        let mei = confirm(store, &token).unwrap();
        let found = store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap();
        assert_eq!(found, Some((mei, HASH.to_owned())));
        for used in [token, other] {
            assert_eq!(confirm(store, &used).unwrap_err().code, "registration_over", "every link is over");
        }
        assert_eq!(link(store, id), RegistrationLink::Over);
    });
}

#[test]
fn a_known_address_is_answered_as_an_unknown_one_and_keeps_its_account() {
    testing::each(&SCHEMAS, |store| {
        let mei = person_of(store, "mei@example.com");
        let before = store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap();
        let wish = ask(store, "MEI@example.com");
        assert_eq!(link(store, wish.id), RegistrationLink::Known, "her mail says so, and nothing else does");
        let id = wish.id;
        let handed = store.write_blocking(move |tx| hand_over_registration(tx, id)).unwrap_err();
        assert_eq!(handed.code, "registration_over");
        assert_eq!(store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap(), before);
        // A link that was made before she had her account opens no second one.
        let early = ask(store, "li@example.com");
        let token = open(store, early.id);
        person_of(store, "li@example.com");
        assert_eq!(confirm(store, &token).unwrap_err().code, "registration_over");
        let told = store.read_as_blocking(as_buyer(mei), |db| registration_known(db, "li@example.com")).unwrap_err();
        assert_eq!(told.kind, Kind::Denied);
    });
}

#[test]
fn a_link_to_an_account_lives_a_day() {
    testing::each(&SCHEMAS, |store| {
        let id = ask(store, "mei@example.com").id;
        let token = open(store, id);
        let valid = || {
            let token = token.clone();
            store.read_blocking(move |db| registration_email(db, &token)).unwrap()
        };
        store.clock().advance_seconds(86_399);
        assert_eq!(valid().as_deref(), Some("mei@example.com"));
        store.clock().advance_seconds(1);
        assert_eq!(valid(), None);
        assert_eq!(confirm(store, &token).unwrap_err().kind, Kind::Gone);
        assert_eq!(store.write_blocking(|tx| sweep(tx, 100)).unwrap(), 1);
    });
}

#[test]
fn an_admin_vouches_for_an_address_where_no_mail_is_sent() {
    testing::each(&SCHEMAS, |store| {
        let (casa, person) = (seller(store, "Casa Ramalho"), person_of(store, "nuno@example.com"));
        let id = ask(store, "mei@example.com").id;
        let hand_over = |actor| store.write_as_blocking(actor, move |tx| hand_over_registration(tx, id));
        let owner = Actor::Person { person: person.raw(), organisation: casa.raw(), role: Role::SellerOwner };
        let service = Actor::Person { person: person.raw(), organisation: 1, role: Role::Service };
        for actor in [owner, service, as_buyer(person)] {
            assert_eq!(hand_over(actor).unwrap_err().kind, Kind::Denied);
        }
        let admin = Actor::Person { person: person.raw(), organisation: 1, role: Role::Admin };
        let token = hand_over(admin).unwrap();
        confirm(store, &token).unwrap();
        let events = store.read_blocking(move |db| store::events_of(db, id.raw(), 0, 10)).unwrap();
        assert_eq!((events.len(), events[0].kind.as_str()), (1, "party.link_handed_over"));
        assert_eq!(events[0].actor, format!("person:{}", person.raw()));
    });
}
