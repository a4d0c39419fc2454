//! Agreements through the public functions, on every engine.

use crate::{
    Frozen, Mode, NewAgreement, Party, agree, agreement, agreements, choose, current, end, frozen, history, standing,
    with,
};
use base::{Actor, Currency, Id, Kind, Result, Role};
use parties::{NewOrganisation, Organisation, OrganisationKind, create_organisation};
use proptest::prelude::*;
use store::{Schema, Store, Tx, testing};

static SCHEMAS: [Schema; 2] = [parties::SCHEMA, crate::SCHEMA];

fn newcomer(name: &str) -> Result<NewOrganisation> {
    Ok(NewOrganisation {
        name: name.into(),
        kind: OrganisationKind::Seller,
        country: "PT".parse()?,
        currency: Currency::EUR,
        language: "en".parse()?,
    })
}

fn seller(tx: &mut Tx, name: &str) -> Result<Id<Organisation>> {
    create_organisation(tx, &newcomer(name)?)
}

fn new_seller(store: &Store) -> Id<Organisation> {
    store.write_blocking(|tx| seller(tx, "Casa Ramalho")).unwrap()
}

#[test]
fn agreeing_again_makes_a_version_and_keeps_the_old_one() {
    testing::each(&SCHEMAS, |store| {
        let organisation = new_seller(store);
        let first = NewAgreement::of(organisation, Mode::Marketplace, Currency::EUR);
        let id = store.write_blocking({
            let first = first.clone();
            move |tx| agree(tx, &first)
        });
        let id = id.unwrap();
        let old = store.read_blocking(move |db| agreement(db, id)).unwrap();
        assert_eq!((old.version, old.commission_bp, old.merchant_of_record), (1, 800, Party::Seller));
        assert_eq!(old.effective_from, testing::START);

        // The same terms again change nothing.
        let same = first.clone();
        assert_eq!(store.write_blocking(move |tx| agree(tx, &same)).unwrap(), id);
        assert_eq!(store.read_blocking(move |db| history(db, id)).unwrap().len(), 1);

        // Better terms from tomorrow.
        let tomorrow = testing::START.plus_days(1);
        let better = NewAgreement { commission_bp: 650, effective_from: Some(tomorrow), ..first.clone() };
        assert_eq!(store.write_blocking(move |tx| agree(tx, &better)).unwrap(), id);
        assert_eq!(store.read_blocking(move |db| frozen(db, id)).unwrap().commission_bp, 800, "not yet");
        store.clock().set(tomorrow);
        let new = store.read_blocking(move |db| agreement(db, id)).unwrap();
        assert_eq!((new.version, new.commission_bp), (2, 650));
        let past = store.read_blocking(move |db| current(db, organisation, testing::START)).unwrap();
        assert_eq!((past.len(), past[0].version, past[0].effective_to), (1, 1, Some(tomorrow)));

        // Terms never begin in the past.
        let late = NewAgreement { commission_bp: 1, effective_from: Some(testing::START), ..first.clone() };
        let error = store.write_blocking(move |tx| agree(tx, &late)).unwrap_err();
        assert_eq!((error.kind, error.code), (Kind::Conflict, "terms_in_the_past"));
        assert_eq!(store.read_blocking(move |db| history(db, id)).unwrap().len(), 2);
    });
}

fn house(store: &Store) -> Id<Organisation> {
    let house = |tx: &mut Tx| {
        let kind = OrganisationKind::Platform;
        let new = NewOrganisation { kind, ..newcomer("Entrepôt")? };
        create_organisation(tx, &new)
    };
    store.write_blocking(house).unwrap()
}

/// The other side is owed nothing by a mode that no simulation settles, so that nobody may agree it.
#[test]
fn only_modes_that_settle_are_agreed() {
    testing::each(&SCHEMAS, |store| {
        let (house, organisation) = (house(store), new_seller(store));
        for mode in Mode::all() {
            for (with, kind) in [(house, OrganisationKind::Platform), (organisation, OrganisationKind::Seller)] {
                let new = NewAgreement::of(with, mode, Currency::JPY);
                let outcome = store.write_blocking(move |tx| agree(tx, &new));
                if Mode::open_to(kind).any(|open| open == mode) {
                    outcome.unwrap();
                } else {
                    let error = outcome.unwrap_err();
                    let field = &error.fields[0];
                    assert_eq!((error.kind, field.name.as_str(), field.code), (Kind::Invalid, "mode", "mode_not_open"));
                }
            }
        }
        let modes = |with| {
            let all = store.read_blocking(move |db| current(db, with, db.now())).unwrap();
            all.into_iter().map(|one| one.mode).collect::<Vec<_>>()
        };
        assert_eq!(modes(house), [Mode::SelfOperated]);
        assert_eq!(modes(organisation), [Mode::Marketplace, Mode::FullyManaged, Mode::Dropship]);
        assert_eq!(store.read_blocking(move |db| agreements(db, None, 5)).unwrap().len(), 4);
    });
}

#[test]
fn an_agreement_ends_and_begins_anew() {
    testing::each(&SCHEMAS, |store| {
        let organisation = new_seller(store);
        let new = NewAgreement::of(organisation, Mode::Marketplace, Currency::EUR);
        let first = new.clone();
        let id = store.write_blocking(move |tx| agree(tx, &first)).unwrap();
        // A successor that has not begun ends with it.
        let later = testing::START.plus_days(9);
        let dearer = NewAgreement { commission_bp: 900, effective_from: Some(later), ..new.clone() };
        store.write_blocking(move |tx| agree(tx, &dearer)).unwrap();

        let owner = Actor::Person { person: 1, organisation: organisation.raw(), role: Role::SellerOwner };
        assert_eq!(store.write_as_blocking(owner, move |tx| end(tx, id)).unwrap_err().kind, Kind::Denied);
        store.clock().set(testing::START.plus_days(1));
        store.write_blocking(move |tx| end(tx, id)).unwrap();
        for day in [1, 9, 20] {
            store.clock().set(testing::START.plus_days(day));
            assert_eq!(store.read_blocking(move |db| agreement(db, id)).unwrap_err().code, "unknown_agreement");
            assert!(store.read_blocking(move |db| current(db, organisation, db.now())).unwrap().is_empty());
            let (last, in_force) = store.read_blocking(move |db| standing(db, id)).unwrap();
            assert_eq!((last.version, last.commission_bp, in_force), (1, 800, false));
        }
        let told = store.read_blocking(move |db| store::events_of(db, id.raw(), 0, 100)).unwrap();
        assert_eq!(told.iter().filter(|event| event.kind == "terms.ended").count(), 1);
        assert_eq!(store.write_blocking(move |tx| end(tx, id)).unwrap_err().code, "terms_ended");
        let error = store.read_blocking(move |db| choose(db, organisation, None)).unwrap_err();
        assert_eq!(error.code, "no_agreement");

        // The very same terms are a new version, from now on, and what was in force before stays as it was.
        let again = new.clone();
        assert_eq!(store.write_blocking(move |tx| agree(tx, &again)).unwrap(), id);
        assert_eq!(store.read_blocking(move |db| agreement(db, id)).unwrap().version, 3);
        let past = store.read_blocking(move |db| current(db, organisation, testing::START)).unwrap();
        assert_eq!((past.len(), past[0].version), (1, 1));
        assert_eq!(past[0].effective_to, Some(testing::START.plus_days(1)));
        assert_eq!(store.read_blocking(move |db| with(db, organisation)).unwrap().len(), 3);
    });
}

#[test]
fn who_supplies_beside_selling_sells_under_the_terms_of_selling() {
    testing::each(&SCHEMAS, |store| {
        let organisation = new_seller(store);
        let of = |mode| {
            let new = NewAgreement::of(organisation, mode, Currency::EUR);
            store.write_blocking(move |tx| agree(tx, &new)).unwrap()
        };
        let chosen = || store.read_blocking(move |db| choose(db, organisation, None));
        let dropship = of(Mode::Dropship);
        assert_eq!(chosen().unwrap(), dropship, "the only terms there are");
        of(Mode::FullyManaged);
        assert_eq!(chosen().unwrap_err().code, "agreement_unclear");
        let marketplace = of(Mode::Marketplace);
        assert_eq!(chosen().unwrap(), marketplace);
    });
}

#[test]
fn an_offer_names_an_agreement_of_its_own_seller_that_is_in_force() {
    testing::each(&SCHEMAS, |store| {
        let organisation = new_seller(store);
        let rival = store.write_blocking(|tx| seller(tx, "Lantau")).unwrap();
        let of = |with| {
            let new = NewAgreement::of(with, Mode::Marketplace, Currency::EUR);
            store.write_blocking(move |tx| agree(tx, &new)).unwrap()
        };
        let (own, foreign) = (of(organisation), of(rival));
        let chosen = |named| store.read_blocking(move |db| choose(db, organisation, named));
        assert_eq!(chosen(None).unwrap(), own);
        assert_eq!(chosen(Some(own)).unwrap(), own);
        assert_eq!(chosen(Some(foreign)).unwrap_err().fields[0].code, "foreign_agreement");
        assert_eq!(chosen(Some(Id::from_raw(7))).unwrap_err().fields[0].code, "unknown_agreement");
        store.write_blocking(move |tx| end(tx, own)).unwrap();
        assert_eq!(chosen(Some(own)).unwrap_err().fields[0].code, "unknown_agreement");
    });
}

#[test]
fn only_the_operator_agrees_and_only_sane_terms() {
    testing::each(&SCHEMAS, |store| {
        let organisation = new_seller(store);
        let owner = Actor::Person { person: 1, organisation: organisation.raw(), role: Role::SellerOwner };
        let new = NewAgreement::of(organisation, Mode::Marketplace, Currency::EUR);
        let wish = NewAgreement { commission_bp: 0, ..new.clone() };
        assert_eq!(store.write_as_blocking(owner, move |tx| agree(tx, &wish)).unwrap_err().kind, Kind::Denied);
        let wrong = NewAgreement {
            commission_bp: 10_001,
            commission_tax_bp: 2300,
            commission_tax_jurisdiction: String::new(),
            handling_hours: 0,
            ..new.clone()
        };
        let error = store.write_blocking(move |tx| agree(tx, &wrong)).unwrap_err();
        let names: Vec<&str> = error.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["commission_bp", "handling_hours", "commission_tax_jurisdiction"]);
        let unknown = NewAgreement::of(Id::from_raw(7), Mode::Marketplace, Currency::EUR);
        assert_eq!(store.write_blocking(move |tx| agree(tx, &unknown)).unwrap_err().kind, Kind::NotFound);
        assert!(store.read_blocking(move |db| agreements(db, None, 10)).unwrap().is_empty());
    });
}

proptest! {
    #[test]
    fn frozen_terms_survive_json(commission_bp in 0i64..=10_000, fee in 0i64..10_000, mode in 0usize..12, raw in 1i64..i64::MAX) {
        let mode = Mode::all().nth(mode).unwrap();
        let template = mode.template();
        let frozen = Frozen {
            agreement: Id::from_raw(raw),
            version: 3,
            mode,
            merchant_of_record: template.merchant_of_record,
            price_set_by: template.price_set_by,
            stock_owned_by: template.stock_owned_by,
            ships: template.ships,
            returns_to: template.returns_to,
            paid: template.paid,
            commission_bp,
            commission_tax_bp: 2300,
            commission_tax_jurisdiction: "IE".into(),
            fixed_fee_minor: fee,
            currency: Currency::EUR,
            acceptance_days: template.acceptance_days,
            payout_days: template.payout_days,
            handling_hours: template.handling_hours,
        };
        let text = serde_json::to_string(&frozen).unwrap();
        prop_assert_eq!(serde_json::from_str::<Frozen>(&text).unwrap(), frozen);
    }
}
