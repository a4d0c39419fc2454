//! Where somebody is paid: checked, kept encrypted, shown masked, changed by owners alone.

use super::{each, person, seller, told};
use crate::{
    BankAccount, BankKind, PutBankAccount, bank_account, bank_account_at, end_bank_accounts, put_bank_account,
    reveal_bank_account,
};
use base::{Actor, Id, Kind, Result, Role};
use parties::Organisation;
use proptest::prelude::*;
use store::Store;

const IBAN: &str = "DE89 3704 0044 0532 0130 00";

fn put(number: &str, bank_code: &str) -> PutBankAccount {
    PutBankAccount {
        holder: "Loom Ltd.".into(),
        country: "DE".parse().unwrap(),
        number: number.into(),
        bank_code: bank_code.into(),
    }
}

fn give(store: &Store, by: Actor, of: Id<Organisation>, account: PutBankAccount) -> Result<Id<BankAccount>> {
    store.write_as_blocking(by, move |tx| put_bank_account(tx, of, &account))
}

fn wrong(store: &Store, by: Actor, of: Id<Organisation>, number: &str, bank_code: &str) -> (String, &'static str) {
    let error = give(store, by, of, put(number, bank_code)).unwrap_err();
    (error.fields[0].name.clone(), error.fields[0].code)
}

#[test]
fn an_account_is_checked_kept_encrypted_and_shown_masked() {
    each(|store, _| {
        let of = seller(store, "Loom");
        let owner = person(of, Role::SellerOwner);
        let now = || store.read_as_blocking(owner, move |db| bank_account(db, of)).unwrap();
        assert_eq!(now(), None);
        let field = |name: &str, code| (name.to_owned(), code);
        assert_eq!(wrong(store, owner, of, "DE89 3704 0044 0532 0130 01", ""), field("number", "iban_check"));
        assert_eq!(wrong(store, owner, of, "DE89 3704 0044 0532 0130", ""), field("number", "iban_check"));
        assert_eq!(wrong(store, owner, of, "AL84212110090000AB023569874", ""), field("number", "iban_format"));
        assert_eq!(wrong(store, owner, of, "12", "COBADEFF"), field("number", "account_format"));
        assert_eq!(wrong(store, owner, of, "1234567890", ""), field("bank_code", "required"));
        assert_eq!(wrong(store, owner, of, "1234567890", "?!"), field("bank_code", "bank_code_format"));
        assert_eq!(now(), None);

        let first = give(store, owner, of, put(IBAN, "")).unwrap();
        let known = now().unwrap();
        assert_eq!((known.id, known.kind, known.masked().as_str()), (first, BankKind::Iban, "…3000"));
        assert_eq!((known.country.code(), known.holder.as_str(), known.bank_code.as_str()), ("DE", "Loom Ltd.", ""));
        assert_eq!(give(store, owner, of, put("de89370400440532013000", "")).unwrap(), first, "the same is the same");
        assert_eq!(told(store, of.raw(), "onboarding.bank_changed"), 1);
        // No column and no event holds the number.
        let rows = store.read_blocking(|db| db.raw("SELECT secret FROM onboarding_bank_account", &[])).unwrap();
        assert!(rows[0].get::<String>(0).unwrap().starts_with("v1."));
        let events = store.read_blocking(move |db| store::events_of(db, of.raw(), 0, 100)).unwrap();
        assert!(events.iter().all(|event| !event.body.contains("37040044")));
    });
}

#[test]
fn a_number_of_the_banks_own_takes_the_code_of_the_bank() {
    each(|store, _| {
        let of = seller(store, "Loom");
        let owner = person(of, Role::SellerOwner);
        let us = PutBankAccount { country: "US".parse().unwrap(), ..put("000-123 456 789", "021000021") };
        give(store, owner, of, us).unwrap();
        let known = store.read_as_blocking(owner, move |db| bank_account(db, of)).unwrap().unwrap();
        assert_eq!(
            (known.kind, known.masked().as_str(), known.bank_code.as_str()),
            (BankKind::Account, "…6789", "021000021")
        );
    });
}

#[test]
fn owners_alone_say_where_they_are_paid() {
    each(|store, admin| {
        let (of, other) = (seller(store, "Loom"), seller(store, "Forge"));
        let strangers = [
            person(of, Role::SellerStaff),
            person(other, Role::SellerOwner),
            admin,
            person(Id::from_raw(1), Role::Finance),
            Actor::Guest,
        ];
        for by in strangers {
            let error = give(store, by, of, put(IBAN, "")).unwrap_err();
            assert!(matches!(error.kind, Kind::Denied | Kind::Unauthenticated), "{by:?}: {error:?}");
        }
        assert_eq!(told(store, of.raw(), "onboarding.bank_changed"), 0);
        give(store, person(of, Role::SellerOwner), of, put(IBAN, "")).unwrap();
        for by in [person(of, Role::SellerStaff), person(other, Role::SellerOwner), Actor::Guest] {
            assert!(store.read_as_blocking(by, move |db| bank_account(db, of)).is_err(), "{by:?}");
        }
        assert!(store.read_as_blocking(admin, move |db| bank_account(db, of)).unwrap().is_some());
        // The whole number is for who pays, and the trail says so.
        for by in [admin_free(Role::Service), admin_free(Role::Operations), person(of, Role::SellerOwner)] {
            assert_eq!(
                store.write_as_blocking(by, move |tx| reveal_bank_account(tx, of)).unwrap_err().kind,
                Kind::Denied
            );
        }
        assert_eq!(told(store, of.raw(), "onboarding.bank_revealed"), 0);
        let number = store.write_as_blocking(admin_free(Role::Finance), move |tx| reveal_bank_account(tx, of)).unwrap();
        assert_eq!(number, IBAN.replace(' ', ""));
        assert_eq!(told(store, of.raw(), "onboarding.bank_revealed"), 1);
        let none = store.write_as_blocking(admin_free(Role::Finance), move |tx| reveal_bank_account(tx, other));
        assert_eq!(none.unwrap_err().code, "no_bank_account");
    });
}

fn admin_free(role: Role) -> Actor {
    Actor::Person { person: 9, organisation: 1, role }
}

#[test]
fn which_account_was_paid_is_known_later() {
    each(|store, _| {
        let of = seller(store, "Loom");
        let owner = person(of, Role::SellerOwner);
        let before = store.clock().now();
        store.clock().advance_seconds(86_400);
        give(store, owner, of, put(IBAN, "")).unwrap();
        let first = store.clock().now();
        store.clock().advance_seconds(86_400);
        give(store, owner, of, put("GB29 NWBK 6016 1331 9268 19", "")).unwrap();
        let at = |moment| store.read_as_blocking(owner, move |db| bank_account_at(db, of, moment)).unwrap();
        assert_eq!(at(before), None);
        assert_eq!(at(first).unwrap().masked(), "…3000");
        assert_eq!(at(first.plus_hours(23)).unwrap().masked(), "…3000");
        let now = at(store.clock().now()).unwrap();
        assert_eq!((now.masked().as_str(), now.country.code()), ("…6819", "GB"));
        assert_eq!(at(first).unwrap().ended_at, Some(now.added_at));

        assert_eq!(store.write_blocking(end_bank_accounts).unwrap(), 1);
        assert_eq!(store.read_as_blocking(owner, move |db| bank_account(db, of)).unwrap(), None);
        assert_eq!(told(store, of.raw(), "onboarding.bank_ended"), 1);
        let error = store.write_as_blocking(owner, end_bank_accounts).unwrap_err();
        assert_eq!(error.kind, Kind::Denied);
    });
}

proptest! {
    /// One wrong digit of an IBAN is always found.
    #[test]
    fn no_slip_of_the_pen_is_an_iban(at in 4usize..22, digit in 0u8..10) {
        let right: String = IBAN.replace(' ', "");
        let mut letters = right.clone().into_bytes();
        letters[at] = b'0' + digit;
        let typed = String::from_utf8(letters).unwrap();
        let read = crate::bank_number::BankNumber::read(&typed, "", "DE".parse().unwrap());
        prop_assert_eq!(read.is_ok(), typed == right);
    }
}
