//! Applications: in, answered alike, decided once.

use super::{each, messages, new_seller, person, seller, told};
use crate::{
    Accept, Application, ApplicationState, Apply, TermsWish, accept, add_seller, application, applications, apply,
    decline, open_applications, set_shop, sweep,
};
use base::{Actor, Id, Kind, Role};
use notify::Kind as Letter;
use store::Store;
use terms::Mode;

fn wish(email: &str) -> Apply {
    Apply {
        name: "Kiln".into(),
        legal_name: "Kiln K.K.".into(),
        email: email.into(),
        phone: "+81 6 5555 0148".into(),
        country: "JP".parse().unwrap(),
        currency: "JPY".parse().unwrap(),
        language: "zh-CN".parse().unwrap(),
        website: "https://kiln.example".into(),
        goods: "Cups and bowls.".into(),
    }
}

fn hand_in(store: &Store, new: Apply, network: &'static str) -> base::Result<()> {
    store.write_as_blocking(Actor::Guest, move |tx| apply(tx, &new, network, true))
}

fn open(store: &Store, admin: Actor) -> Vec<Application> {
    store.read_as_blocking(admin, |db| applications(db, ApplicationState::Open, None, 50)).unwrap()
}

fn usual() -> Accept {
    Accept { name: String::new(), terms: TermsWish::usual(Mode::Marketplace) }
}

#[test]
fn what_is_answered_is_the_same_for_every_address() {
    each(|store, admin| {
        seller(store, "Loom");
        // A stranger, an invited owner, the operator itself: each hears the same.
        for email in ["mei@kiln.example", "loom@example.com", "owner@harbour.example"] {
            hand_in(store, wish(email), "n1").unwrap();
        }
        assert_eq!(open(store, admin).len(), 3);
        assert_eq!(messages(store, Letter::Applied).len(), 3);
        assert_eq!(store.read_as_blocking(admin, open_applications).unwrap(), 3);
        // More of one address are answered alike, and not written down.
        for _ in 0..6 {
            hand_in(store, wish("Mei@Kiln.example"), "n2").unwrap();
        }
        let of_mei = open(store, admin).into_iter().filter(|one| one.email == "mei@kiln.example").count();
        assert_eq!(of_mei, 3, "three wait at a time");
        assert_eq!(messages(store, Letter::Applied).len(), 5, "and no mailbox is filled");
        let guest = store.read_as_blocking(Actor::Guest, |db| applications(db, ApplicationState::Open, None, 5));
        assert_eq!(guest.unwrap_err().kind, Kind::Unauthenticated);
    });
}

#[test]
fn one_network_does_not_flood_the_operator() {
    each(|store, admin| {
        let mut refused = 0;
        for number in 0..12 {
            match hand_in(store, wish(&format!("mei{number}@kiln.example")), "n1") {
                Ok(()) => {}
                Err(error) => {
                    assert_eq!((error.kind, error.code), (Kind::TooMany, "too_many_attempts"));
                    refused += 1;
                }
            }
        }
        assert_eq!((open(store, admin).len(), refused), (10, 2));
        hand_in(store, wish("mei@kiln.example"), "n2").unwrap();
        assert_eq!(open(store, admin).len(), 11, "others get in all the same");
    });
}

#[test]
fn wrong_fields_are_named_all_at_once() {
    each(|store, admin| {
        let wrong = Apply {
            name: " ".into(),
            legal_name: String::new(),
            phone: "call me".into(),
            website: "kiln".into(),
            goods: "x".repeat(2_001),
            ..wish("mei@kiln.example")
        };
        let error = hand_in(store, wrong, "n1").unwrap_err();
        let codes: Vec<_> = error.fields.iter().map(|field| (field.name.as_str(), field.code)).collect();
        let expected = [
            ("name", "required"),
            ("legal_name", "required"),
            ("phone", "phone_format"),
            ("website", "url_format"),
            ("goods", "too_long"),
        ];
        assert_eq!(codes, expected);
        assert_eq!(hand_in(store, wish("nobody"), "n1").unwrap_err().fields[0].code, "email_format");
        assert!(open(store, admin).is_empty() && messages(store, Letter::Applied).is_empty());
    });
}

#[test]
fn a_shop_that_takes_none_refuses_them() {
    each(|store, admin| {
        let shop = store.read_blocking(parties::shop).unwrap().unwrap();
        let closed = parties::Shop { applications: false, ..shop };
        store.write_as_blocking(admin, move |tx| set_shop(tx, &closed)).unwrap();
        let error = hand_in(store, wish("mei@kiln.example"), "n1").unwrap_err();
        assert_eq!((error.kind, error.code), (Kind::Conflict, "applications_closed"));
        assert!(open(store, admin).is_empty());
    });
}

#[test]
fn an_application_is_accepted_once_and_a_seller_with_terms_comes_of_it() {
    each(|store, admin| {
        hand_in(store, wish("mei@kiln.example"), "n1").unwrap();
        let id = open(store, admin)[0].id;
        let accepted = |how: Accept| store.write_as_blocking(admin, move |tx| accept(tx, id, &how, true));
        // A name that somebody has is refused, and the application still waits.
        let other = new_seller("Kiln").unwrap();
        store.write_blocking(move |tx| add_seller(tx, &other, false)).unwrap();
        assert_eq!(accepted(usual()).unwrap_err().fields[0].code, "name_taken");
        assert_eq!(open(store, admin).len(), 1);

        let terms = TermsWish { commission_bp: Some(950), ..TermsWish::usual(Mode::Marketplace) };
        let added = accepted(Accept { name: "Kiln Osaka".into(), terms }).unwrap();
        let of = added.organisation;
        let seller = store.read_blocking(move |db| parties::organisation(db, of)).unwrap();
        assert_eq!((seller.name.as_str(), seller.country.code(), seller.currency.code()), ("Kiln Osaka", "JP", "JPY"));
        let agreed = store.read_blocking(move |db| terms::agreement(db, added.agreement)).unwrap();
        assert_eq!((agreed.commission_bp, agreed.organisation), (950, of));
        let known = store.read_as_blocking(admin, move |db| application(db, id)).unwrap();
        assert_eq!((known.state, known.organisation), (ApplicationState::Accepted, Some(of)));
        let letters = messages(store, Letter::Invited);
        let letter = letters.iter().find(|one| one.recipient == "mei@kiln.example").unwrap();
        assert_eq!(letter.language, "zh-CN", "in the language of the application");
        assert!(letter.facts.contains("\"application\""), "{}", letter.facts);
        assert_eq!(told(store, id.raw(), "onboarding.accepted"), 1);

        for error in [accepted(usual()).unwrap_err(), refuse(store, admin, id, "No.").unwrap_err()] {
            assert_eq!((error.kind, error.code), (Kind::Conflict, "application_decided"));
        }
        let sellers = store.read_blocking(|db| parties::organisations(db, parties::OrganisationKind::Seller, None, 9));
        assert_eq!(sellers.unwrap().len(), 2);
    });
}

fn refuse(store: &Store, by: Actor, id: Id<Application>, reason: &'static str) -> base::Result<()> {
    store.write_as_blocking(by, move |tx| decline(tx, id, reason, true))
}

#[test]
fn whoever_is_declined_hears_why() {
    each(|store, admin| {
        hand_in(store, wish("mei@kiln.example"), "n1").unwrap();
        let id = open(store, admin)[0].id;
        assert_eq!(refuse(store, admin, id, " ").unwrap_err().fields[0].name, "reason");
        for role in [Role::Operations, Role::Finance, Role::Service, Role::SellerOwner] {
            let error = refuse(store, person(Id::from_raw(1), role), id, "No.").unwrap_err();
            assert_eq!(error.kind, Kind::Denied, "{role:?}");
        }
        assert_eq!(open(store, admin).len(), 1);
        refuse(store, admin, id, "We have enough cups.").unwrap();
        let letters = messages(store, Letter::Declined);
        assert_eq!((letters.len(), letters[0].recipient.as_str()), (1, "mei@kiln.example"));
        assert!(letters[0].facts.contains("We have enough cups."));
        let known = store.read_as_blocking(admin, move |db| application(db, id)).unwrap();
        assert_eq!(
            (known.state, known.organisation, known.reason.as_str()),
            (ApplicationState::Declined, None, "We have enough cups.")
        );
        let error = store.write_as_blocking(admin, move |tx| accept(tx, id, &usual(), true)).unwrap_err();
        assert_eq!(error.code, "application_decided");
        let none = store.read_blocking(|db| parties::organisation_named(db, "Kiln")).unwrap();
        assert!(none.is_none());
    });
}

#[test]
fn applications_are_forgotten_after_four_hundred_days() {
    each(|store, admin| {
        hand_in(store, wish("mei@kiln.example"), "n1").unwrap();
        store.clock().advance_seconds(399 * 86_400);
        assert_eq!(store.write_blocking(|tx| sweep(tx, 10)).unwrap(), 0);
        store.clock().advance_seconds(86_400);
        assert_eq!(store.write_blocking(|tx| sweep(tx, 10)).unwrap(), 1);
        assert!(open(store, admin).is_empty());
    });
}
