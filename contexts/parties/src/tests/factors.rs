//! The second factor: an authenticator app, recovery codes, who must have one, and help for whoever lost theirs.

use super::*;
use crate::ceremony::second_step;
use totp_rs::{Builder, Secret};

/// What an app shows for this secret at this moment.
fn shown(secret: &str, store: &Store) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let seconds = u64::try_from(store.clock().now().micros() / 1_000_000).unwrap();
    Builder::new().with_secret(secret).with_account_name("x").build().unwrap().generate(seconds).to_string()
}

struct Phone {
    who: Id<Person>,
    actor: Actor,
    token: String,
    secret: String,
    recovery: Vec<String>,
}

/// Somebody with an app that was set up.
fn enrolled(store: &Store, email: &str) -> Phone {
    let who = person_of(store, email);
    let token = store.write_blocking(move |tx| sign_in(tx, who, &Entry::default())).unwrap().token;
    let actor = session_of(store, &token).unwrap().actor;
    store.write_as_blocking(actor, begin_totp).unwrap();
    let wish = store.read_blocking(move |db| enrolment(db, who, "Harbour: shop", "mei@example.com")).unwrap().unwrap();
    assert!(wish.url.starts_with("otpauth://totp/") && wish.url.contains(&wish.secret), "{}", wish.url);
    assert_eq!(wish.secret.len(), 32, "160 bits");
    let (code, mine) = (shown(&wish.secret, store), token.clone());
    let recovery = store.write_as_blocking(actor, move |tx| confirm_totp(tx, &mine, &code)).unwrap();
    Phone { who, actor, token, secret: wish.secret, recovery }
}

fn finish(store: &Store, who: Id<Person>, code: &str) -> Result<Proof> {
    let step = store.write_blocking(move |tx| second_step(tx, who)).unwrap().expect("asked for a second step");
    let code = code.to_owned();
    store.write_as_blocking(Actor::Guest, move |tx| finish_second_step(tx, &step, &code)).map(|(person, proof)| {
        assert_eq!(person, who);
        proof
    })
}

#[test]
fn an_app_counts_once_it_has_shown_a_right_code() {
    testing::each(&SCHEMAS, |store| {
        let who = person_of(store, "mei@example.com");
        let token = store.write_blocking(move |tx| sign_in(tx, who, &Entry::default())).unwrap().token;
        let elsewhere = store.write_blocking(move |tx| sign_in(tx, who, &Entry::default())).unwrap().token;
        let actor = session_of(store, &token).unwrap().actor;
        store.write_as_blocking(actor, begin_totp).unwrap();
        assert_eq!(store.write_blocking(move |tx| second_step(tx, who)).unwrap(), None, "not confirmed yet");
        let mine = token.clone();
        let wrong = store.write_as_blocking(actor, move |tx| confirm_totp(tx, &mine, "000000")).unwrap_err();
        assert_eq!(wrong.fields[0].code, "code_wrong");
        let wish = store.read_blocking(move |db| enrolment(db, who, "Shop", "mei@example.com")).unwrap().unwrap();
        let (code, mine) = (shown(&wish.secret, store), token.clone());
        let codes = store.write_as_blocking(actor, move |tx| confirm_totp(tx, &mine, &code)).unwrap();
        assert_eq!(codes.len(), 10);
        assert!(store.read_blocking(move |db| enrolment(db, who, "Shop", "x")).unwrap().is_none(), "shown no more");
        assert_eq!(session_of(store, &elsewhere), None, "other sessions have shown no code");
        assert_eq!(session_of(store, &token).unwrap().proof, Proof::Totp);
        let refused = store.write_as_blocking(actor, begin_totp).unwrap_err();
        assert_eq!(refused.code, "totp_exists");
    });
}

#[test]
fn the_secret_of_an_app_is_not_in_the_database_and_opens_for_its_owner_only() {
    testing::each(&SCHEMAS, |store| {
        let (mei, li) = (enrolled(store, "mei@example.com"), enrolled(store, "li@example.com"));
        let kept = store.read_blocking(|db| db.raw("SELECT secret FROM party_totp ORDER BY person", &[])).unwrap();
        let kept: Vec<String> = kept.iter().map(|row| row.get(0).unwrap()).collect();
        let plain = [&mei.secret, &li.secret].map(|secret| Secret::try_from_base32(secret).unwrap());
        for (kept, plain) in kept.iter().zip(plain) {
            let hex: String = plain.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(kept.starts_with("v1.") && !kept.contains(&mei.secret) && !kept.contains(&hex), "{kept}");
        }
        // Whoever may write the database puts a secret that they know in another's place: it opens nothing there.
        let swap = "UPDATE party_totp SET secret = (SELECT secret FROM party_totp WHERE person = $1) WHERE person = $2";
        let (from, to) = (li.who, mei.who);
        store.write_blocking(move |tx| tx.raw(swap, params![from, to]).map(drop)).unwrap();
        store.clock().advance_seconds(30);
        let foreign = shown(&li.secret, store);
        assert_eq!(finish(store, mei.who, &foreign).unwrap_err().code, "secrets_locked");
        assert_eq!(finish(store, mei.who, &mei.recovery[0]).unwrap(), Proof::Recovery, "the way that stays");
        assert_eq!(finish(store, li.who, &foreign).unwrap(), Proof::Totp);
    });
}

/// A node without the key: no code counts there, and nothing is weaker for it.
#[test]
fn without_the_key_no_code_counts_and_recovery_codes_do() {
    testing::each(&SCHEMAS, |store| {
        let phone = enrolled(store, "mei@example.com");
        let locked = testing::again_locked(store, &SCHEMAS).unwrap();
        locked.clock().advance_seconds(30);
        let code = shown(&phone.secret, &locked);
        assert_eq!(finish(&locked, phone.who, &code).unwrap_err().code, "secrets_locked");
        assert_eq!(finish(&locked, phone.who, &phone.recovery[0]).unwrap(), Proof::Recovery);
        let li = person_of(store, "li@example.com");
        let token = store.write_blocking(move |tx| sign_in(tx, li, &Entry::default())).unwrap().token;
        let actor = session_of(store, &token).unwrap().actor;
        assert_eq!(locked.write_as_blocking(actor, begin_totp).unwrap_err().code, "secrets_locked");
        assert_eq!(finish(store, phone.who, &code).unwrap(), Proof::Totp, "where the key is, it was not used up");
    });
}

#[test]
fn a_code_is_taken_once_and_within_half_a_minute_of_drift() {
    testing::each(&SCHEMAS, |store| {
        let phone = enrolled(store, "mei@example.com");
        let code = shown(&phone.secret, store);
        assert!(finish(store, phone.who, &code).is_err(), "the one that confirmed the app is used up");
        store.clock().advance_seconds(30);
        let code = shown(&phone.secret, store);
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert_eq!(finish(store, phone.who, &spaced).unwrap(), Proof::Totp);
        assert_eq!(finish(store, phone.who, &code).unwrap_err().fields[0].code, "code_wrong", "taken before");
        store.clock().advance_seconds(60);
        let late = shown(&phone.secret, store);
        store.clock().advance_seconds(30);
        assert_eq!(finish(store, phone.who, &late).unwrap(), Proof::Totp, "a clock half a minute behind");
        store.clock().advance_seconds(30);
        let old = shown(&phone.secret, store);
        store.clock().advance_seconds(61);
        assert!(finish(store, phone.who, &old).is_err(), "too old");
        assert!(finish(store, phone.who, "").is_err() && finish(store, phone.who, "abcdef").is_err());
    });
}

#[test]
fn a_second_step_is_over_after_five_minutes_and_good_once() {
    testing::each(&SCHEMAS, |store| {
        let phone = enrolled(store, "mei@example.com");
        let who = phone.who;
        let step = store.write_blocking(move |tx| second_step(tx, who)).unwrap().unwrap();
        let (one, code) = (step.clone(), phone.recovery[0].clone());
        store.write_blocking(move |tx| finish_second_step(tx, &one, &code)).unwrap();
        let (again, code) = (step, phone.recovery[1].clone());
        assert_eq!(
            store.write_blocking(move |tx| finish_second_step(tx, &again, &code)).unwrap_err().code,
            "ceremony_over"
        );
        let step = store.write_blocking(move |tx| second_step(tx, who)).unwrap().unwrap();
        store.clock().advance_seconds(300);
        let code = phone.recovery[1].clone();
        assert_eq!(
            store.write_blocking(move |tx| finish_second_step(tx, &step, &code)).unwrap_err().code,
            "ceremony_over"
        );
        let left = store.read_blocking(move |db| factors(db, who)).unwrap().recovery_left;
        assert_eq!(left, 9, "a refused one was not used up");
    });
}

#[test]
fn recovery_codes_are_kept_hashed_work_once_and_can_be_made_anew() {
    testing::each(&SCHEMAS, |store| {
        let phone = enrolled(store, "mei@example.com");
        let first = phone.recovery[0].clone();
        assert_eq!(first.len(), 29, "24 letters in groups of four: {first}");
        let stored = store.read_blocking(|db| db.raw("SELECT code_hash FROM party_recovery", &[])).unwrap();
        assert!(stored.iter().all(|row| row.get::<String>(0).unwrap().len() == 64), "hashes only");
        let typed = first.to_uppercase().replace('-', " ").replace('0', "O").replace('1', "l");
        assert_eq!(finish(store, phone.who, &typed).unwrap(), Proof::Recovery);
        assert!(finish(store, phone.who, &first).is_err(), "used");
        let other = person_of(store, "li@example.com");
        let foreign = phone.recovery[1].clone();
        assert!(!store.write_blocking(move |tx| crate::recovery::take(tx, other, &foreign)).unwrap(), "another's code");
        let anew = store.write_as_blocking(phone.actor, renew_recovery).unwrap();
        assert!(finish(store, phone.who, &phone.recovery[1]).is_err(), "void");
        assert_eq!(finish(store, phone.who, &anew[0]).unwrap(), Proof::Recovery);
        store.write_as_blocking(phone.actor, remove_totp).unwrap();
        let who = phone.who;
        assert_eq!(
            store.read_blocking(move |db| factors(db, who)).unwrap(),
            Factors::default(),
            "codes go with the last factor"
        );
        assert_eq!(store.write_as_blocking(phone.actor, renew_recovery).unwrap_err().code, "no_factor");
        assert!(session_of(store, &phone.token).is_some());
    });
}

#[test]
fn a_change_asks_for_a_code_from_whoever_has_an_app() {
    testing::each(&SCHEMAS, |store| {
        let (phone, li) = (enrolled(store, "mei@example.com"), person_of(store, "li@example.com"));
        store.write_blocking(move |tx| confirm_factor(tx, li, "")).expect("nothing to ask for");
        let who = phone.who;
        assert!(store.write_blocking(move |tx| confirm_factor(tx, who, "")).is_err());
        store.clock().advance_seconds(30);
        let code = shown(&phone.secret, store);
        store.write_blocking(move |tx| confirm_factor(tx, who, &code)).unwrap();
    });
}

#[test]
fn who_must_have_a_factor_has_none_of_the_desk_before() {
    testing::each(&SCHEMAS, |store| {
        let house = store.write_blocking(|tx| organise(tx, "House", OrganisationKind::Platform)).unwrap();
        let shop = seller(store, "Harbour");
        let people = [("a@example.com", house, Role::Admin), ("s@example.com", shop, Role::SellerStaff)];
        let tokens = people.map(|(email, of, role)| {
            let who = person_of(store, email);
            member(store, who, of, role).unwrap();
            store.write_blocking(move |tx| sign_in(tx, who, &Entry::default())).unwrap().token
        });
        let must = || tokens.each_ref().map(|token| session_of(store, token).unwrap().must_enrol);
        assert_eq!(must(), [false, false]);
        let staff = session_of(store, &tokens[1]).unwrap().actor;
        assert!(store.write_as_blocking(staff, |tx| set_required(tx, Required::Desks)).is_err());
        for (required, expected) in
            [(Required::Operators, [true, false]), (Required::Desks, [true, true]), (Required::Nobody, [false, false])]
        {
            store.write_blocking(move |tx| set_required(tx, required)).unwrap();
            assert_eq!((must(), store.read_blocking(self::required).unwrap()), (expected, required));
        }
        store.write_blocking(|tx| set_required(tx, Required::Desks)).unwrap();
        let token = tokens[0].clone();
        store.write_blocking(move |tx| crate::session::prove(tx, &token, Proof::Recovery)).unwrap();
        assert_eq!(must(), [false, true]);
    });
}

#[test]
fn an_admin_helps_whoever_lost_their_factor() {
    testing::each(&SCHEMAS, |store| {
        let phone = enrolled(store, "mei@example.com");
        let (who, admin) = (phone.who, person_of(store, "admin@example.com"));
        let as_role = |role| Actor::Person { person: admin.raw(), organisation: 1, role };
        for role in [Role::Buyer, Role::SellerOwner, Role::Operations, Role::Finance, Role::Service] {
            assert!(
                store.write_as_blocking(as_role(role), move |tx| reset_factors(tx, who)).is_err(),
                "{}",
                role.name()
            );
        }
        let own = store.write_as_blocking(as_role(Role::Admin), move |tx| reset_factors(tx, admin)).unwrap_err();
        assert_eq!(own.code, "own_factors");
        assert!(store.read_blocking(move |db| factors(db, who)).unwrap().any());
        store.write_as_blocking(as_role(Role::Admin), move |tx| reset_factors(tx, who)).unwrap();
        assert_eq!(store.read_blocking(move |db| factors(db, who)).unwrap(), Factors::default());
        assert_eq!(session_of(store, &phone.token), None);
        let told = store.read_blocking(move |db| store::events_of(db, who.raw(), 0, 50)).unwrap();
        let last = told.last().unwrap();
        assert_eq!(
            (last.kind.as_str(), last.actor.clone()),
            ("party.factors_reset", format!("person:{}", admin.raw()))
        );
    });
}
