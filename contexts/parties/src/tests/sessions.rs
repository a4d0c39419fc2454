//! Where somebody is signed in: how long, the list, ending one or all others; another e-mail; an account erased.

use super::*;
use crate::session::{carry_over, life, renew};

fn entered(store: &Store, person: Id<Person>, agent: &str) -> String {
    let entry = Entry { proof: Proof::Password, agent: agent.into(), address: "192.0.2.7".into() };
    store.write_blocking(move |tx| sign_in(tx, person, &entry)).unwrap().token
}

fn actor_of(store: &Store, token: &str) -> Actor {
    session_of(store, token).unwrap().actor
}

#[test]
fn a_desk_is_shut_sooner_than_a_buyers_account() {
    testing::each(&SCHEMAS, |store| {
        for (role, kind, idle, oldest) in [
            (Role::Admin, OrganisationKind::Platform, 3600, 12 * 3600),
            (Role::SellerOwner, OrganisationKind::Seller, 12 * 3600, 7 * 86_400),
        ] {
            assert_eq!(life(role), (idle, oldest));
            let name = role.name();
            let of = store.write_blocking(move |tx| organise(tx, name, kind)).unwrap();
            let person = person_of(store, &format!("{name}@example.com"));
            member(store, person, of, role).unwrap();
            let begun = store.clock().now();
            let (idler, busy) = (entered(store, person, ""), entered(store, person, ""));
            store.clock().set(begun.plus_seconds(idle));
            assert!(session_of(store, &idler).is_some(), "what was seen is known to within five minutes");
            let token = busy.clone();
            store.write_blocking(move |tx| seen(tx, &token)).unwrap();
            store.clock().set(begun.plus_seconds(idle + 300));
            assert_eq!(session_of(store, &idler), None, "idle for too long");
            let mut at = idle;
            while at + idle < oldest {
                at += idle;
                store.clock().set(begun.plus_seconds(at));
                let token = busy.clone();
                store.write_blocking(move |tx| seen(tx, &token)).unwrap();
            }
            store.clock().set(begun.plus_seconds(oldest - 1));
            assert!(session_of(store, &busy).is_some());
            store.clock().set(begun.plus_seconds(oldest));
            assert_eq!(session_of(store, &busy), None, "too old, however busy");
        }
    });
}

#[test]
fn a_clock_that_is_moved_takes_sessions_along() {
    testing::each(&SCHEMAS, |store| {
        let mei = person_of(store, "mei@example.com");
        let token = entered(store, mei, "");
        for _ in 0..60 {
            store.clock().advance_seconds(86_400);
            store.write_blocking(|tx| carry_over(tx, 86_400)).unwrap();
        }
        assert!(session_of(store, &token).is_some());
    });
}

#[test]
fn sessions_are_listed_and_each_can_be_ended_by_its_holder_only() {
    testing::each(&SCHEMAS, |store| {
        let (mei, li) = (person_of(store, "mei@example.com"), person_of(store, "li@example.com"));
        let (desk, phone, other) =
            (entered(store, mei, "Firefox · Linux"), entered(store, mei, "Safari · iPhone"), entered(store, li, ""));
        let all = store.read_blocking(move |db| sessions(db, mei)).unwrap();
        let agents: Vec<&str> = all.iter().map(|one| one.agent.as_str()).collect();
        assert_eq!(agents, ["Safari · iPhone", "Firefox · Linux"], "newest first, nobody else's");
        assert_eq!((all[0].address.as_str(), all[0].proof), ("192.0.2.7", Proof::Password));
        let (id, stranger, own) = (all[0].id, actor_of(store, &other), actor_of(store, &desk));
        let refused = store.write_as_blocking(stranger, move |tx| end_session(tx, id)).unwrap_err();
        assert_eq!(refused.code, "unknown_session");
        assert!(session_of(store, &phone).is_some());
        store.write_as_blocking(own, move |tx| end_session(tx, id)).unwrap();
        assert_eq!(session_of(store, &phone), None);

        entered(store, mei, "");
        let keep = desk.clone();
        assert_eq!(store.write_as_blocking(own, move |tx| sign_out_others(tx, &keep)).unwrap(), 1);
        assert!(session_of(store, &desk).is_some() && session_of(store, &other).is_some());
        let old = desk.clone();
        let fresh = store.write_as_blocking(own, move |tx| renew(tx, &old)).unwrap();
        assert_eq!(session_of(store, &desk), None, "the old token opens nothing");
        assert_eq!(session_of(store, &fresh).unwrap().person, mei);
        let ended = store.read_blocking(move |db| store::events_of(db, mei.raw(), 0, 50)).unwrap();
        assert_eq!(ended.iter().filter(|event| event.kind == "party.session_ended").count(), 2);
    });
}

#[test]
fn another_email_is_confirmed_by_its_mailbox_and_ends_every_session() {
    testing::each(&SCHEMAS, |store| {
        let mei = person_of(store, "mei@example.com");
        person_of(store, "li@example.com");
        let token = entered(store, mei, "");
        let actor = actor_of(store, &token);
        let ask = |email: &'static str| store.write_as_blocking(actor, move |tx| ask_email(tx, email));
        assert_eq!(ask("li@example.com").unwrap(), None, "whose it is is not told");
        assert_eq!(ask("no address").unwrap_err().fields[0].code, "email_format");
        let first = ask("Mei@Harbour.example").unwrap().unwrap();
        let wish = ask("mei.t@harbour.example").unwrap().unwrap();
        assert_eq!(store.write_blocking(move |tx| email_token(tx, first.id)).unwrap(), None, "one wish at a time");
        let link = store.write_blocking(move |tx| email_token(tx, wish.id)).unwrap().unwrap();
        let known = link.clone();
        let wished = store.read_blocking(move |db| email_wished(db, &known)).unwrap();
        assert_eq!(wished.as_deref(), Some("mei.t@harbour.example"));
        assert!(
            store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap().is_some(),
            "nothing has changed yet"
        );

        let used = link.clone();
        let changed = store.write_as_blocking(Actor::Guest, move |tx| confirm_email(tx, &used)).unwrap();
        assert_eq!((changed.was.as_str(), changed.email.as_str()), ("mei@example.com", "mei.t@harbour.example"));
        assert_eq!(session_of(store, &token), None);
        assert_eq!(store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap(), None);
        let again = store.write_as_blocking(Actor::Guest, move |tx| confirm_email(tx, &link)).unwrap_err();
        assert_eq!(again.code, "email_link_over", "good once");

        let actor = Actor::Person { person: mei.raw(), organisation: 0, role: Role::Buyer };
        let wish = store.write_as_blocking(actor, |tx| ask_email(tx, "soon@taken.example")).unwrap().unwrap();
        let link = store.write_blocking(move |tx| email_token(tx, wish.id)).unwrap().unwrap();
        person_of(store, "soon@taken.example");
        let late = store.write_as_blocking(Actor::Guest, move |tx| confirm_email(tx, &link)).unwrap_err();
        assert_eq!(late.code, "email_taken");
        assert!(store.read_blocking(|db| credentials(db, "mei.t@harbour.example")).unwrap().is_some());
    });
}

#[test]
fn an_erased_account_names_nobody_and_opens_nothing() {
    testing::each(&SCHEMAS, |store| {
        let (mei, li) = (person_of(store, "mei@example.com"), person_of(store, "li@example.com"));
        let harbour = seller(store, "Harbour");
        member(store, mei, harbour, Role::SellerOwner).unwrap();
        let token = entered(store, mei, "");
        let actor = actor_of(store, &token);
        let refused = store.write_as_blocking(actor, erase).unwrap_err();
        assert_eq!(refused.code, "last_owner");
        assert!(session_of(store, &token).is_some(), "nothing happened");
        member(store, li, harbour, Role::SellerOwner).unwrap();
        let key = NewApiKey { organisation: harbour, role: Role::SellerStaff, label: "till".into() };
        let (_, secret) = store.write_as_blocking(actor, move |tx| create_api_key(tx, &key)).unwrap();
        assert_eq!(store.write_as_blocking(actor, erase).unwrap(), ["mei@example.com"]);
        assert_eq!(session_of(store, &token), None);
        assert_eq!(store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap(), None);
        assert_eq!(store.read_blocking(move |db| api_key(db, &secret)).unwrap(), None);
        assert_eq!(store.read_blocking(move |db| members(db, harbour)).unwrap().len(), 1);
        let known = store.read_blocking(move |db| person(db, mei)).unwrap();
        assert_eq!((known.name.as_str(), known.email.contains('@')), ("", false));
        person_of(store, "mei@example.com");
    });
}
