//! People and organisations through the public functions, on every engine.

use crate::*;
use base::{Actor, Address, Currency, Error, Id, Kind, Result, Role};
use store::{Schema, Store, Tx, params, testing};

mod connections;
mod consent;
mod factors;
mod guard;
mod invitations;
mod passkeys;
mod registrations;
mod sessions;

static SCHEMAS: [Schema; 1] = [SCHEMA];

/// A well-formed hash that no password fits: these tests are about people, not about hashing.
const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA";

fn new_person(email: &str) -> Register {
    Register {
        email: email.into(),
        password_hash: HASH.into(),
        name: "Mei Tanaka".into(),
        language: "en".parse().unwrap(),
        country: "JP".parse().unwrap(),
    }
}

fn organise(tx: &mut Tx, name: &str, kind: OrganisationKind) -> Result<Id<Organisation>> {
    let new = NewOrganisation {
        name: name.into(),
        kind,
        country: "PT".parse()?,
        currency: Currency::EUR,
        language: "en".parse()?,
    };
    create_organisation(tx, &new)
}

fn person_of(store: &Store, email: &str) -> Id<Person> {
    let new = new_person(email);
    store.write_blocking(move |tx| register(tx, &new)).unwrap()
}

/// What somebody does who is signed in and acts for nobody.
fn as_buyer(person: Id<Person>) -> Actor {
    Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer }
}

fn seller(store: &Store, name: &'static str) -> Id<Organisation> {
    store.write_blocking(move |tx| organise(tx, name, OrganisationKind::Seller)).unwrap()
}

fn member(store: &Store, person: Id<Person>, organisation: Id<Organisation>, role: Role) -> Result<()> {
    let invited = store.write_blocking(move |tx| {
        let email = crate::person(tx, person)?.email;
        invite(tx, &Invite { organisation, email, role })
    })?;
    store.write_as_blocking(as_buyer(person), move |tx| accept_invitation(tx, invited.id, role).map(drop))
}

fn sign_in_as(store: &Store, person: Id<Person>) -> SessionToken {
    store.write_blocking(move |tx| sign_in(tx, person, &Entry::default())).unwrap()
}

fn session_of(store: &Store, token: &str) -> Option<Session> {
    let token = token.to_string();
    store.read_blocking(move |db| session(db, &token)).unwrap()
}

#[test]
fn an_email_belongs_to_one_person() {
    testing::each(&SCHEMAS, |store| {
        let mei = person_of(store, " Mei@Example.com ");
        let found = store.read_blocking(|db| credentials(db, "MEI@example.com")).unwrap();
        assert_eq!(found, Some((mei, HASH.to_string())));
        assert_eq!(store.read_blocking(|db| credentials(db, "nobody@example.com")).unwrap(), None);
        let again = new_person("mei@example.com");
        let error = store.write_blocking(move |tx| register(tx, &again)).unwrap_err();
        assert_eq!((error.kind, error.fields[0].code), (Kind::Invalid, "email_taken"));
        for wrong in
            ["", "mei", "@example.com", "mei@", "mei@example", "mei@example..com", "me i@example.com", "a@b@c.de,"]
        {
            let new = new_person(wrong);
            let error = store.write_blocking(move |tx| register(tx, &new)).unwrap_err();
            assert_eq!(error.fields[0].code, "email_format", "{wrong}");
        }
        let events = store.read_blocking(move |db| store::events_of(db, mei.raw(), 0, 10)).unwrap();
        assert_eq!(events.len(), 1);
        assert!(!events[0].body.contains("mei"), "no personal data in events");
    });
}

#[test]
fn a_session_lives_thirty_days_and_ends_on_demand() {
    testing::each(&SCHEMAS, |store| {
        let mei = person_of(store, "mei@example.com");
        let first = store.write_blocking(move |tx| sign_in(tx, mei, &Entry::default())).unwrap();
        let second = store.write_blocking(move |tx| sign_in(tx, mei, &Entry::default())).unwrap();
        assert_ne!(first.token, second.token, "each sign-in has its own token");
        let session = session_of(store, &first.token).unwrap();
        assert_eq!((session.person, session.role, session.organisation), (mei, Role::Buyer, None));
        assert_eq!(session.actor, Actor::Person { person: mei.raw(), organisation: 0, role: Role::Buyer });
        assert_eq!((session.csrf.as_str(), session.email.as_str()), (first.csrf.as_str(), "mei@example.com"));
        assert_eq!(session_of(store, "guessed"), None);
        assert_eq!(session_of(store, &first.csrf), None, "the form's token opens nothing");

        let stored = store.read_blocking(|db| db.raw("SELECT token_hash FROM party_session", &[])).unwrap();
        assert!(stored.iter().all(|row| row.get::<String>(0).unwrap() != first.token), "only the hash is kept");

        let token = second.token.clone();
        store.write_blocking(move |tx| sign_out(tx, &token)).unwrap();
        assert_eq!(session_of(store, &second.token), None);
        // Used every week, it becomes thirty days old and not older.
        for day in [7, 14, 21, 28] {
            store.clock().set(testing::START.plus_days(day));
            let token = first.token.clone();
            assert!(session_of(store, &token).unwrap().unseen, "on day {day}");
            store.write_blocking(move |tx| seen(tx, &token)).unwrap();
        }
        store.clock().set(first.expires_at.plus_seconds(-1));
        assert!(session_of(store, &first.token).is_some());
        store.clock().set(first.expires_at);
        assert_eq!(session_of(store, &first.token), None, "over");
        assert_eq!(store.write_blocking(|tx| sweep(tx, 100)).unwrap(), 1);
    });
}

#[test]
fn a_new_password_ends_every_other_session() {
    testing::each(&SCHEMAS, |store| {
        let mei = person_of(store, "mei@example.com");
        let token = store.write_blocking(move |tx| sign_in(tx, mei, &Entry::default())).unwrap().token;
        let actor = session_of(store, &token).unwrap().actor;
        let other = HASH.replace("c2Fs", "cGVw");
        let new = other.clone();
        let other_token = store.write_blocking(move |tx| sign_in(tx, mei, &Entry::default())).unwrap().token;
        let kept = token.clone();
        store.write_as_blocking(actor, move |tx| set_password(tx, &kept, &new)).unwrap();
        assert_eq!(session_of(store, &other_token), None);
        assert!(session_of(store, &token).is_some(), "whoever changed it goes on");
        assert_eq!(store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap().unwrap().1, other);
        let error = store.write_as_blocking(Actor::Guest, |tx| set_password(tx, "", HASH)).unwrap_err();
        assert_eq!(error.kind, Kind::Unauthenticated);
    });
}

#[test]
fn a_forgotten_password_is_replaced_once_by_whoever_holds_the_link() {
    testing::each(&SCHEMAS, |store| {
        let mei = person_of(store, "mei@example.com");
        let (first, second) = (sign_in_as(store, mei), sign_in_as(store, mei));
        let ask = |email: &'static str| store.write_as_blocking(Actor::Guest, move |tx| ask_reset(tx, email));
        assert_eq!(ask("nobody@example.com").unwrap(), None);
        assert_eq!(ask("no address").unwrap_err().fields[0].code, "email_format");
        let wish = ask(" Mei@Example.com ").unwrap().unwrap();
        assert_eq!((wish.email.as_str(), wish.language.tag()), ("mei@example.com", "en"));
        let link = |id| store.write_blocking(move |tx| reset_token(tx, id)).unwrap();
        let valid = |token: &str| {
            let token = token.to_string();
            store.read_blocking(move |db| reset_of(db, &token)).unwrap().is_some()
        };
        let (void, token, other) =
            (link(wish.id).unwrap(), link(wish.id).unwrap(), ask("mei@example.com").unwrap().unwrap());
        let other = link(other.id).unwrap();
        assert!(
            !valid(&void) && valid(&token) && valid(&other) && !valid("guessed"),
            "made again, the first one is void"
        );
        let stored = store.read_blocking(|db| db.raw("SELECT token_hash FROM party_reset", &[])).unwrap();
        assert!(stored.iter().all(|row| row.get::<String>(0).unwrap() != token), "only the hash is kept");

        let new = HASH.replace("c2Fs", "cGVw");
        let choose = |token: &str| {
            let (token, hash) = (token.to_string(), new.clone());
            store.write_as_blocking(Actor::Guest, move |tx| reset_password(tx, &token, &hash))
        };
        assert_eq!(choose("guessed").unwrap_err().code, "reset_over");
        assert!(session_of(store, &first.token).is_some(), "a wrong link ends nothing");
        assert_eq!(choose(&token).unwrap(), mei);
        assert_eq!(store.read_blocking(|db| credentials(db, "mei@example.com")).unwrap().unwrap().1, new);
        assert_eq!((session_of(store, &first.token), session_of(store, &second.token)), (None, None));
        assert_eq!(choose(&token).unwrap_err().code, "reset_over", "good once");
        assert_eq!(choose(&other).unwrap_err().code, "reset_over", "and the person's other links with it");
        assert_eq!(link(wish.id), None, "a fulfilled wish gets no other link");
    });
}

#[test]
fn a_link_to_a_new_password_lives_an_hour() {
    testing::each(&SCHEMAS, |store| {
        person_of(store, "mei@example.com");
        let wish = store.write_as_blocking(Actor::Guest, |tx| ask_reset(tx, "mei@example.com")).unwrap().unwrap().id;
        store.clock().advance_seconds(3599);
        let token = store.write_blocking(move |tx| reset_token(tx, wish)).unwrap().unwrap();
        store.clock().advance_seconds(3599);
        let valid = || {
            let token = token.clone();
            store.read_blocking(move |db| reset_of(db, &token)).unwrap().is_some()
        };
        assert!(valid(), "the hour begins when the link is made");
        store.clock().advance_seconds(1);
        assert!(!valid());
        let late = token.clone();
        let refused = store.write_as_blocking(Actor::Guest, move |tx| reset_password(tx, &late, HASH)).unwrap_err();
        assert_eq!(refused.kind, Kind::Gone);
        assert_eq!(store.write_blocking(|tx| sweep(tx, 100)).unwrap(), 1);
    });
}

#[test]
fn roles_come_and_go_with_the_next_request() {
    testing::each(&SCHEMAS, |store| {
        let (mei, li) = (person_of(store, "mei@example.com"), person_of(store, "li@example.com"));
        let (casa, kiln) = (seller(store, "Casa Ramalho"), seller(store, "Kiln No. 9"));
        member(store, mei, casa, Role::SellerOwner).unwrap();
        member(store, mei, kiln, Role::SellerStaff).unwrap();
        let token = store.write_blocking(move |tx| sign_in(tx, mei, &Entry::default())).unwrap().token;
        let session = session_of(store, &token).unwrap();
        assert_eq!((session.organisation, session.role), (None, Role::Buyer), "with two of them she is asked");
        assert!(store.read_blocking(move |db| must_choose(db, mei)).unwrap());
        let used = token.clone();
        store.write_blocking(move |tx| switch(tx, &used, Some(casa))).unwrap();
        let session = session_of(store, &token).unwrap();
        assert_eq!((session.organisation, session.role), (Some(casa), Role::SellerOwner));
        assert_eq!(session.organisation_name, "Casa Ramalho");

        let used = token.clone();
        store.write_blocking(move |tx| switch(tx, &used, Some(kiln))).unwrap();
        let session = session_of(store, &token).unwrap();
        assert_eq!((session.organisation, session.role), (Some(kiln), Role::SellerStaff));
        let used = token.clone();
        let other = seller(store, "Lion Hill Tea");
        assert_eq!(store.write_blocking(move |tx| switch(tx, &used, Some(other))).unwrap_err().code, "not_a_member");

        // Suspended: a buyer until it is active again.
        store.write_blocking(move |tx| set_standing(tx, kiln, Standing::Suspended)).unwrap();
        assert_eq!(
            session_of(store, &token).unwrap().actor,
            Actor::Person { person: mei.raw(), organisation: 0, role: Role::Buyer }
        );
        store.write_blocking(move |tx| set_standing(tx, kiln, Standing::Active)).unwrap();
        assert_eq!(session_of(store, &token).unwrap().role, Role::SellerStaff);

        // Taken away: at once.
        let error = store.write_blocking(move |tx| remove_member(tx, mei, casa)).unwrap_err();
        assert_eq!(error.code, "last_owner");
        let demoted = store.write_blocking(move |tx| set_role(tx, mei, casa, Role::SellerStaff)).unwrap_err();
        assert_eq!(demoted.code, "last_owner", "nor made staff");
        member(store, li, casa, Role::SellerOwner).unwrap();
        store.write_blocking(move |tx| remove_member(tx, mei, casa)).unwrap();
        let names: Vec<String> =
            store.read_blocking(move |db| memberships(db, mei)).unwrap().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["Kiln No. 9"]);
        assert_eq!(store.read_blocking(move |db| members(db, casa)).unwrap().len(), 1);
    });
}

#[test]
fn a_seller_cannot_make_an_operator_or_reach_another_seller() {
    testing::each(&SCHEMAS, |store| {
        let (mei, li) = (person_of(store, "mei@example.com"), person_of(store, "li@example.com"));
        let (casa, kiln) = (seller(store, "Casa Ramalho"), seller(store, "Kiln No. 9"));
        let house = store.write_blocking(|tx| organise(tx, "Entrepot", OrganisationKind::Platform)).unwrap();
        let owner = Actor::Person { person: mei.raw(), organisation: casa.raw(), role: Role::SellerOwner };
        let staff = Actor::Person { person: mei.raw(), organisation: casa.raw(), role: Role::SellerStaff };
        let add = |actor, of, role| {
            let new = Invite { organisation: of, email: "li@example.com".into(), role };
            store.write_as_blocking(actor, move |tx| invite(tx, &new).map(drop))
        };
        assert_eq!(add(owner, casa, Role::Admin).unwrap_err().fields[0].code, "role_does_not_fit");
        assert_eq!(add(owner, kiln, Role::SellerStaff).unwrap_err().kind, Kind::Denied);
        assert_eq!(add(owner, house, Role::Admin).unwrap_err().kind, Kind::Denied);
        assert_eq!(add(staff, casa, Role::SellerStaff).unwrap_err().kind, Kind::Denied);
        assert_eq!(add(Actor::Guest, casa, Role::SellerStaff).unwrap_err().kind, Kind::Unauthenticated);
        assert!(store.read_blocking(move |db| memberships(db, li)).unwrap().is_empty());
        add(owner, casa, Role::SellerStaff).unwrap();
        assert!(store.read_blocking(move |db| memberships(db, li)).unwrap().is_empty(), "an offer is not a role");
        assert_eq!(member(store, li, house, Role::SellerOwner).unwrap_err().fields[0].code, "role_does_not_fit");
        let second = store.write_blocking(|tx| organise(tx, "Other", OrganisationKind::Platform)).unwrap_err();
        assert_eq!(second.code, "platform_exists");
        let taken = store.write_blocking(|tx| organise(tx, "Casa Ramalho", OrganisationKind::Seller)).unwrap_err();
        assert_eq!(taken.fields[0].code, "name_taken");
        let page =
            |after| store.read_blocking(move |db| organisations(db, OrganisationKind::Seller, after, 1)).unwrap();
        assert_eq!((page(None)[0].id, page(Some(casa))[0].id, page(Some(kiln)).len()), (casa, kiln, 0));
    });
}

#[test]
fn api_keys_act_until_they_are_revoked() {
    testing::each(&SCHEMAS, |store| {
        let casa = seller(store, "Casa Ramalho");
        let owner = Actor::Person { person: 9, organisation: casa.raw(), role: Role::SellerOwner };
        let new = |role| NewApiKey { organisation: casa, role, label: "ERP".into() };
        let make = |actor, key: NewApiKey| store.write_as_blocking(actor, move |tx| create_api_key(tx, &key));
        assert_eq!(make(owner, new(Role::Admin)).unwrap_err().fields[0].code, "role_does_not_fit");
        assert_eq!(make(Actor::Guest, new(Role::SellerStaff)).unwrap_err().kind, Kind::Unauthenticated);
        let (id, secret) = make(owner, new(Role::SellerStaff)).unwrap();
        let actor = |secret: &str| {
            let secret = secret.to_string();
            store.read_blocking(move |db| api_key(db, &secret)).unwrap()
        };
        let expected = Actor::Person { person: 9, organisation: casa.raw(), role: Role::SellerStaff };
        assert_eq!(actor(&secret), Some(expected));
        assert_eq!(actor("ek_guessed"), None);
        let list = store.read_blocking(move |db| api_keys(db, casa)).unwrap();
        assert_eq!((list.len(), list[0].hint.as_str()), (1, &secret[..8]));
        let other = Actor::Person { person: 1, organisation: 12345, role: Role::SellerOwner };
        assert_eq!(store.write_as_blocking(other, move |tx| revoke_api_key(tx, id)).unwrap_err().kind, Kind::Denied);
        store.write_as_blocking(owner, move |tx| revoke_api_key(tx, id)).unwrap();
        assert_eq!(actor(&secret), None);
    });
}

#[test]
fn the_claim_link_works_once() {
    testing::each(&SCHEMAS, |store| {
        let token = store.write_blocking(claim_token).unwrap().unwrap();
        let other = store.write_blocking(claim_token).unwrap().unwrap();
        let question = |token: &str| Claim {
            token: token.into(),
            name: "Haven".into(),
            country: "NL".parse().unwrap(),
            currency: Currency::EUR,
            language: "en".parse().unwrap(),
            typical_rates: true,
            email: "owner@example.com".into(),
            password_hash: HASH.into(),
        };
        let ask = |token: &str| {
            let question = question(token);
            store.write_as_blocking(Actor::Guest, move |tx| claim(tx, &question))
        };
        assert_eq!(ask("guessed").unwrap_err().kind, Kind::Gone);
        let valid = |token: &str| {
            let token = token.to_string();
            store.read_blocking(move |db| claim_valid(db, &token)).unwrap()
        };
        assert!(valid(&token) && valid(&other) && !valid("guessed"));
        let claimed = ask(&token).unwrap();
        assert!(!valid(&other));
        assert_eq!(ask(&token).unwrap_err().code, "claim_over");
        assert_eq!(ask(&other).unwrap_err().code, "claim_over");
        assert_eq!(store.write_blocking(claim_token).unwrap(), None);
        let house = store.read_blocking(platform).unwrap().unwrap();
        assert_eq!((house.id, house.name.as_str()), (claimed.organisation, "Haven"));
        assert!(
            store.read_blocking(typical_rates).unwrap() && store.read_blocking(shop).unwrap().unwrap().typical_rates
        );
        let signed_in = store.write_blocking(move |tx| sign_in(tx, claimed.person, &Entry::default())).unwrap();
        assert_eq!(session_of(store, &signed_in.token).unwrap().role, Role::Admin);
    });
    testing::each(&SCHEMAS, |store| {
        let token = store.write_blocking(claim_token).unwrap().unwrap();
        store.clock().advance_seconds(72 * 3600);
        assert!(!store.read_blocking(move |db| claim_valid(db, &token)).unwrap(), "too old");
        let guest = store.write_as_blocking(Actor::Guest, claim_token).unwrap_err();
        assert_eq!(guest.kind, Kind::Unauthenticated);
    });
}

#[test]
fn addresses_belong_to_their_person() {
    testing::each(&SCHEMAS, |store| {
        let (mei, li) = (person_of(store, "mei@example.com"), person_of(store, "li@example.com"));
        let as_buyer = |person: Id<Person>| Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer };
        let address = |street: &str| Address {
            country: "DE".into(),
            name: "Mei Tanaka".into(),
            street: street.into(),
            city: "Berlin".into(),
            postcode: "10115".into(),
            phone: "+49 30 1234567".into(),
            ..Address::default()
        };
        let save = |who, id, street: &str, preferred| {
            let save = SaveAddress { id, address: address(street), preferred };
            store.write_as_blocking(as_buyer(who), move |tx| save_address(tx, &save))
        };
        let first = save(mei, None, "Invalidenstr. 1", false).unwrap();
        assert_eq!(save(mei, None, "Invalidenstr. 1", false).unwrap(), first, "kept once");
        let second = save(mei, None, "Torstr. 90", true).unwrap();
        let list = || store.read_blocking(move |db| addresses(db, mei)).unwrap();
        let seen: Vec<_> = list().into_iter().map(|one| (one.id, one.preferred)).collect();
        assert_eq!(seen, [(second, true), (first, false)]);
        assert_eq!(save(li, Some(first), "Elsewhere 1", false).unwrap_err().code, "unknown_address");
        store.write_as_blocking(as_buyer(li), move |tx| forget_address(tx, first)).unwrap();
        assert_eq!(list().len(), 2, "another's address stays");
        store.write_as_blocking(as_buyer(mei), move |tx| forget_address(tx, first)).unwrap();
        assert_eq!(list().len(), 1);
        let wrong = SaveAddress { id: None, address: Address::default(), preferred: false };
        assert_eq!(
            store.write_as_blocking(as_buyer(mei), move |tx| save_address(tx, &wrong)).unwrap_err().kind,
            Kind::Invalid
        );
    });
}

#[test]
fn what_is_tried_is_counted() {
    testing::each(&SCHEMAS, |store| {
        let try_once = |key: &'static str| store.write_as_blocking(Actor::Guest, move |tx| attempt(tx, key, 3, 60));
        let tries: Vec<bool> = (0..5).map(|_| try_once("sign_in:mei").is_ok()).collect();
        assert_eq!(tries, [true, true, true, false, false]);
        assert_eq!(try_once("sign_in:mei").map_err(|error: Error| error.kind), Err(Kind::TooMany));
        assert!(try_once("sign_in:li").is_ok(), "another key");
        store.clock().advance_seconds(19);
        assert_eq!(try_once("sign_in:mei").unwrap_err().retry_seconds, Some(1), "when the next is earned is told");
        store.clock().advance_seconds(1);
        let tries: Vec<bool> = (0..2).map(|_| try_once("sign_in:mei").is_ok()).collect();
        assert_eq!(tries, [true, false], "one is earned every twenty seconds");
        store.clock().advance_seconds(60);
        let tries: Vec<bool> = (0..4).map(|_| try_once("sign_in:mei").is_ok()).collect();
        assert_eq!(tries, [true, true, true, false], "no more than three are saved up");
        assert!(store.write_blocking(|tx| attempt(tx, "closed", 0, 60)).is_err());
        store.clock().advance_seconds(61);
        assert_eq!(store.write_blocking(|tx| sweep(tx, 100)).unwrap(), 2);
    });
}

#[test]
fn the_shops_facts_are_set_checked_and_told() {
    testing::each(&SCHEMAS, |store| {
        assert_eq!(store.read_blocking(shop).unwrap(), None);
        let named = |name: &str, kind| NewOrganisation {
            name: name.into(),
            kind,
            country: "HK".parse().unwrap(),
            currency: Currency::EUR,
            language: "en".parse().unwrap(),
        };
        let (house, other) = (named("Harbour", OrganisationKind::Platform), named("Lantau", OrganisationKind::Seller));
        store.write_blocking(move |tx| create_organisation(tx, &house).and(create_organisation(tx, &other))).unwrap();
        let first = store.read_blocking(shop).unwrap().unwrap();
        assert_eq!((first.name.as_str(), first.markets.len(), first.acceptance_days), ("Harbour", 0, None));
        assert!(!first.typical_rates, "no, until somebody says so");
        let [de, fr]: [base::Country; 2] = ["DE", "FR"].map(|code| code.parse().unwrap());
        let next = Shop {
            name: " Harbour & Co ".into(),
            language: "zh-CN".parse().unwrap(),
            currency: "HKD".parse().unwrap(),
            email: "Help@Harbour.example".into(),
            phone: "+852 1234 5678".into(),
            legal: "Harbour Ltd\r\n1 Pier Road\n".into(),
            markets: vec![fr, de, fr],
            acceptance_days: Some(14),
            typical_rates: true,
            applications: false,
        };
        let told = next.clone();
        store.write_blocking(move |tx| set_shop(tx, &told)).unwrap();
        let now = store.read_blocking(shop).unwrap().unwrap();
        let expected = Shop {
            name: "Harbour & Co".into(),
            email: "help@harbour.example".into(),
            legal: "Harbour Ltd\n1 Pier Road".into(),
            markets: vec![de, fr],
            ..next.clone()
        };
        assert_eq!(now, expected);
        assert!(now.sells_to(de) && !now.sells_to("US".parse().unwrap()));
        assert!(store.read_blocking(move |db| sold_to(db, fr)).is_ok());
        let refused = store.read_blocking(|db| sold_to(db, "US".parse()?)).unwrap_err();
        assert_eq!(refused.code, "not_sold_there");
        let events = || {
            store::testing::settle(store);
            let events = store.read_blocking(|db| store::events_after(db, 0, 100)).unwrap();
            events.iter().filter(|event| event.kind.ends_with("_changed")).count()
        };
        let before = events();
        store.write_blocking(move |tx| set_shop(tx, &now)).unwrap();
        assert_eq!(events(), before, "the same again tells nothing");
        for (wrong, field, code) in [
            (Shop { name: "Lantau".into(), ..next.clone() }, "name", "name_taken"),
            (Shop { name: " ".into(), ..next.clone() }, "name", "required"),
            (Shop { email: "help".into(), ..next.clone() }, "email", "email_format"),
            (Shop { phone: "call me".into(), ..next.clone() }, "phone", "phone_format"),
            (Shop { acceptance_days: Some(91), ..next.clone() }, "acceptance_days", "out_of_range"),
        ] {
            let refused = store.write_blocking(move |tx| set_shop(tx, &wrong)).unwrap_err();
            assert_eq!((refused.fields[0].name.as_str(), refused.fields[0].code), (field, code));
        }
        let finance = Actor::Person { person: 1, organisation: 1, role: Role::Finance };
        assert!(store.write_as_blocking(finance, move |tx| set_shop(tx, &next)).is_err());
    });
}
