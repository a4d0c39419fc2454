//! Founding, sellers, applications, profiles, accounts and warehouses through the public functions, on every engine.

mod applications;
mod bank;
mod facts;

use crate::{NewSeller, TermsWish, add_seller, found, set_shop};
use base::{Actor, Address, Currency, Id, Kind, Result, Role};
use parties::{Claim, Organisation};
use store::{Schema, Store, Tx, testing};
use terms::Mode;

pub(crate) static SCHEMAS: [Schema; 7] =
    [parties::SCHEMA, catalog::SCHEMA, ledger::SCHEMA, terms::SCHEMA, stock::SCHEMA, notify::SCHEMA, crate::SCHEMA];

/// A founded shop on every engine, with its admin.
pub(crate) fn each(test: impl Fn(&Store, Actor)) {
    testing::each(&SCHEMAS, |store| {
        let claimed = store.write_blocking(|tx| {
            let token = parties::claim_token(tx)?.unwrap();
            found(tx, &claim(token)?)
        });
        let claimed = claimed.unwrap();
        test(store, person(claimed.organisation, Role::Admin));
    });
}

fn claim(token: String) -> Result<Claim> {
    Ok(Claim {
        token,
        name: "Harbour".into(),
        country: "DE".parse()?,
        currency: Currency::EUR,
        language: "en".parse()?,
        typical_rates: false,
        email: "owner@harbour.example".into(),
        password_hash: "$argon2id$none".into(),
    })
}

pub(crate) fn person(of: Id<Organisation>, role: Role) -> Actor {
    Actor::Person { person: 7, organisation: of.raw(), role }
}

pub(crate) fn new_seller(name: &str) -> Result<NewSeller> {
    Ok(NewSeller {
        name: name.into(),
        country: "CN".parse()?,
        currency: "CNY".parse()?,
        language: "zh-CN".parse()?,
        terms: TermsWish { commission_bp: Some(1_200), ..TermsWish::usual(Mode::Marketplace) },
        email: format!("{}@example.com", name.to_lowercase()),
    })
}

pub(crate) fn seller(store: &Store, name: &'static str) -> Id<Organisation> {
    store.write_blocking(move |tx| Ok(add_seller(tx, &new_seller(name)?, false)?.organisation)).unwrap()
}

pub(crate) fn shenzhen() -> Address {
    Address {
        country: "CN".into(),
        name: "Chen Jiaming".into(),
        street: "Hangcheng Avenue 175".into(),
        city: "Shenzhen".into(),
        region: "GD".into(),
        postcode: "518126".into(),
        phone: "+86 755 5555 0121".into(),
        ..Address::default()
    }
}

/// Events of a kind about something.
pub(crate) fn told(store: &Store, subject: i64, kind: &str) -> usize {
    testing::settle(store);
    let events = store.read_blocking(move |db| store::events_of(db, subject, 0, 100)).unwrap();
    events.iter().filter(|event| event.kind == kind).count()
}

pub(crate) fn messages(store: &Store, kind: notify::Kind) -> Vec<notify::Message> {
    let all = store.read_blocking(|db| notify::log(db, None, None, 100)).unwrap();
    all.into_iter().filter(|one| one.kind == kind).collect()
}

#[test]
fn a_shop_is_founded_with_its_own_terms_and_they_follow_its_window() {
    each(|store, admin| {
        let house = store.read_blocking(parties::platform).unwrap().unwrap().id;
        let own = move || store.read_blocking(move |db| terms::current(db, house, db.now())).unwrap();
        let first = own();
        assert_eq!((first.len(), first[0].mode, first[0].version), (1, Mode::SelfOperated, 1));
        let again = store.write_blocking(|tx| found(tx, &claim("used".into())?)).unwrap_err();
        assert_eq!((again.kind, again.code), (Kind::Gone, "claim_over"));

        store.clock().advance_seconds(60);
        let shop = store.read_blocking(parties::shop).unwrap().unwrap();
        assert!(shop.applications, "open until somebody closes it");
        let wider = parties::Shop { acceptance_days: Some(21), ..shop.clone() };
        store.write_as_blocking(admin, move |tx| set_shop(tx, &wider)).unwrap();
        assert_eq!((own()[0].acceptance_days, own()[0].version), (21, 2));
        let finance = person(house, Role::Finance);
        let wish = parties::Shop { acceptance_days: Some(1), ..shop };
        assert_eq!(store.write_as_blocking(finance, move |tx| set_shop(tx, &wish)).unwrap_err().kind, Kind::Denied);
        assert_eq!(own()[0].acceptance_days, 21);
    });
}

#[test]
fn a_seller_comes_with_terms_and_an_invited_owner_or_not_at_all() {
    each(|store, admin| {
        store.clock().advance_seconds(60);
        let shop = store.read_blocking(parties::shop).unwrap().unwrap();
        let wider = parties::Shop { acceptance_days: Some(21), ..shop };
        store.write_as_blocking(admin, move |tx| set_shop(tx, &wider)).unwrap();
        let add = |new: NewSeller, mail| store.write_as_blocking(admin, move |tx| add_seller(tx, &new, mail));
        let added = add(new_seller("Loom").unwrap(), false).unwrap();
        let agreed = store.read_blocking(move |db| terms::agreement(db, added.agreement)).unwrap();
        assert_eq!(
            (agreed.organisation, agreed.commission_bp, agreed.currency.code()),
            (added.organisation, 1_200, "CNY")
        );
        assert_eq!(agreed.acceptance_days, 21, "the shop's window, as nothing else was said");
        assert_eq!(agreed.payout_days, Mode::Marketplace.template().payout_days);
        let offers = store.read_blocking(move |db| parties::invitations(db, added.organisation)).unwrap();
        assert_eq!(
            (offers.len(), offers[0].role, offers[0].email.as_str()),
            (1, Role::SellerOwner, "loom@example.com")
        );
        assert!(added.owner.path.unwrap().starts_with("/invitation?token="), "no mail: a link to hand over");

        let mailed = add(new_seller("Forge").unwrap(), true).unwrap();
        assert_eq!(mailed.owner.path, None);
        assert_eq!(messages(store, notify::Kind::Invited)[0].recipient, "forge@example.com");

        // Whatever is wrong, nothing of the seller stays.
        let taken = add(new_seller("Loom").unwrap(), false).unwrap_err();
        assert_eq!(taken.fields[0].code, "name_taken");
        let wrong = NewSeller { email: "nobody".into(), ..new_seller("Kiln").unwrap() };
        assert_eq!(add(wrong, false).unwrap_err().fields[0].code, "email_format");
        let dear = TermsWish { commission_bp: Some(10_001), ..TermsWish::usual(Mode::Marketplace) };
        assert!(add(NewSeller { terms: dear, ..new_seller("Kiln").unwrap() }, false).is_err());
        let owner = person(added.organisation, Role::SellerOwner);
        let new = new_seller("Kiln").unwrap();
        let refused = store.write_as_blocking(owner, move |tx| add_seller(tx, &new, false)).unwrap_err();
        assert_eq!(refused.kind, Kind::Denied);
        let known = store.read_blocking(|db| parties::organisation_named(db, "Kiln")).unwrap();
        assert!(known.is_none());
    });
}

#[test]
fn what_is_wished_again_changes_nothing() {
    each(|store, _| {
        let organisation = seller(store, "Loom");
        let wish = TermsWish { commission_bp: Some(1_200), ..TermsWish::usual(Mode::Marketplace) };
        let agree = |wish: TermsWish| {
            store.write_blocking(move |tx: &mut Tx| {
                let id = crate::agree(tx, organisation, &wish)?;
                terms::agreement(tx, id)
            })
        };
        assert_eq!(agree(wish.clone()).unwrap().version, 1);
        store.clock().advance_seconds(60);
        let better = TermsWish { commission_bp: Some(900), ..wish };
        let next = agree(better).unwrap();
        assert_eq!((next.version, next.commission_bp), (2, 900));
    });
}
