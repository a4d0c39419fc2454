//! Offers and rates through the public functions, on both engines.

mod export;
mod goods;
mod import;
mod kept;
mod mapping;
mod partial;
mod rates;
mod supplied;
mod supply;

use crate::*;
use base::time::parse_date;
use base::{Actor, Address, Currency, Id, Language, Money, Permission, Result, Role};
use catalog::{PutProduct, PutVariant, Variant};
use parties::{NewOrganisation, Organisation, OrganisationKind};
use stock::{PutWarehouse, Warehouse};
use store::{Store, Tx};
use terms::{Agreement, Mode, NewAgreement};

#[test]
fn cross_rates_go_through_the_euro() {
    let date = parse_date("2026-11-20").unwrap();
    let row = |base: &str, quote: &str, rate: &str, date: &str| RateRow {
        base: base.parse().unwrap(),
        quote: quote.parse().unwrap(),
        date: parse_date(date).unwrap(),
        rate: rate.parse().unwrap(),
        source: "test".into(),
    };
    let rows = [
        row("EUR", "USD", "1.25", "2026-11-19"),
        row("EUR", "JPY", "160", "2026-11-18"),
        row("USD", "SAR", "3.75", "2003-01-01"),
    ];
    let rates = Rates::of(date, &rows).unwrap();
    let rate =
        |from: &str, to: &str| rates.rate(from.parse().unwrap(), to.parse().unwrap()).map(|rate| rate.to_string());
    assert_eq!(rate("USD", "JPY").unwrap(), "128");
    assert_eq!(rate("EUR", "SAR").unwrap(), "4.6875");
    assert_eq!(rate("SAR", "SAR").unwrap(), "1");
    assert_eq!(rate("EUR", "BRL"), None);
    assert_eq!(rates.published(Currency::USD, Currency::JPY), Some(parse_date("2026-11-18").unwrap()));
    assert_eq!(rates.published(Currency::EUR, Currency::USD), Some(parse_date("2026-11-19").unwrap()));
}

#[test]
fn built_in_rates_are_installed_once_and_the_latest_before_the_day_counts() {
    store::testing::each(schemas(), |store| {
        store.write_blocking(install_rates).unwrap();
        store.write_blocking(install_rates).unwrap();
        let at = |day: &str| {
            let date = parse_date(day).unwrap();
            let rates = store.read_blocking(move |db| Rates::load(db, date)).unwrap();
            rates.rate(Currency::EUR, Currency::USD).map(|rate| rate.to_string())
        };
        assert_eq!(at("2026-10-30").unwrap(), "1.1172");
        assert_eq!(at("2026-11-20").unwrap(), "1.1172");
        assert_ne!(at("2026-10-29").unwrap(), "1.1172");
        assert_eq!(at("2026-01-01"), None);
        let clerk = Actor::Person { person: 1, organisation: 1, role: Role::Operations };
        assert!(clerk.may(Permission::SettingsWrite).is_err());
        assert!(store.write_as_blocking(clerk, |tx| put_rates(tx, &[])).is_err());
    });
}

/// A seller with terms, a warehouse of its own, and a T-shirt in two sizes; the house's own terms beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct World {
    pub seller: Id<Organisation>,
    pub agreement: Id<Agreement>,
    pub warehouse: Id<Warehouse>,
    pub platform: Id<Organisation>,
    pub variants: [Id<Variant>; 2],
}

/// A file of the seller as it is read when nothing else is said.
pub(crate) fn options(world: World) -> ImportOptions {
    ImportOptions {
        actor: Actor::System,
        organisation: world.seller,
        agreement: None,
        warehouse: world.warehouse,
        currency: Currency::EUR,
        decimal: None,
        new_status: catalog::Status::Draft,
        uncounted: None,
        encoding: None,
        columns: catalog::import::Mapping::default(),
        dry_run: false,
    }
}

pub(crate) fn world(store: &Store) -> World {
    store
        .write_blocking(|tx| {
            let platform = organisation(tx, "House", OrganisationKind::Platform)?;
            let seller = organisation(tx, "Loom", OrganisationKind::Seller)?;
            terms::agree(tx, &NewAgreement::of(platform, Mode::SelfOperated, Currency::EUR))?;
            let agreement = terms::agree(tx, &NewAgreement::of(seller, Mode::Marketplace, Currency::EUR))?;
            let warehouse = warehouse(tx, "CN-SZX", seller)?;
            let size = |value: &str| PutVariant {
                sku: Some(format!("TS-{value}")),
                options: [value.into(), String::new(), String::new()],
                ..PutVariant::default()
            };
            let shirt = PutProduct {
                organisation: seller.raw(),
                handle: "t-shirt".into(),
                title: Some("T-shirt".into()),
                status: Some(catalog::Status::Active),
                options: vec!["Size".into()],
                variants: vec![size("S"), size("M")],
                ..PutProduct::default()
            };
            let variants = catalog::put_product(tx, &shirt)?.variants;
            Ok(World { seller, agreement, warehouse, platform, variants: [variants[0], variants[1]] })
        })
        .unwrap()
}

pub(crate) fn organisation(tx: &mut Tx, name: &str, kind: OrganisationKind) -> Result<Id<Organisation>> {
    let new = NewOrganisation {
        name: name.into(),
        kind,
        country: "CN".parse()?,
        currency: Currency::EUR,
        language: Language::english(),
    };
    parties::create_organisation(tx, &new)
}

pub(crate) fn warehouse(tx: &mut Tx, code: &str, organisation: Id<Organisation>) -> Result<Id<Warehouse>> {
    let address = Address { country: "CN".into(), city: "Shenzhen".into(), ..Address::default() };
    stock::put_warehouse(
        tx,
        &PutWarehouse { code: code.into(), name: code.into(), organisation: organisation.raw(), address },
    )
}

pub(crate) fn seller_of(organisation: Id<Organisation>) -> Actor {
    Actor::Person { person: 1, organisation: organisation.raw(), role: Role::SellerStaff }
}

fn shirt_offer(world: World, minor: i64) -> PutOffer {
    PutOffer {
        variant: world.variants[0],
        organisation: world.seller,
        agreement: world.agreement,
        warehouse: world.warehouse,
        price: Money::new(minor, Currency::EUR),
        compare_at: None,
    }
}

/// What is sold under terms that have ended is off sale at once, stays in the seller's list, and cannot be offered anew.
#[test]
fn offers_go_off_sale_with_their_terms() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let put = move |tx: &mut Tx| put_offer(tx, &shirt_offer(world, 1500));
        let (offer, _) = store.write_blocking(put).unwrap();
        let on_sale = || store.read_blocking(move |db| facts(db, &[offer])).unwrap()[0].on_sale;
        assert!(on_sale());
        store.write_blocking(move |tx| terms::end(tx, world.agreement)).unwrap();
        assert!(!on_sale());
        let all = OfferFilter::default();
        let listed = store.read_blocking(move |db| offers_of_organisation(db, world.seller, &all, None, 10)).unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(store.write_blocking(put).unwrap_err().code, "unknown_agreement");
        let again = NewAgreement::of(world.seller, Mode::Marketplace, Currency::EUR);
        store.write_blocking(move |tx| terms::agree(tx, &again)).unwrap();
        assert!(on_sale());
    });
}

#[test]
fn an_offer_is_put_once_and_changed_in_place() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let put = |minor: i64| {
            let put = shirt_offer(world, minor);
            store.write_blocking(move |tx| put_offer(tx, &put)).unwrap()
        };
        let (id, changed) = put(1500);
        assert!(changed);
        assert_eq!(put(1500), (id, false));
        assert_eq!(put(1600), (id, true));
        let read = store.read_blocking(move |db| facts(db, &[id])).unwrap().remove(0);
        assert_eq!((read.price, read.available, read.on_sale), (Money::new(1600, Currency::EUR), 0, true));
        assert_eq!((read.title.as_str(), read.label.as_str(), read.sku.as_str()), ("T-shirt", "S", "TS-S"));
        assert_eq!((&*read.seller_name, read.dispatch.code(), &*read.tax_class), ("Loom", "CN", "standard"));
        assert_eq!(read.terms.agreement, world.agreement);
        let dollars = Money::new(1799, Currency::USD);
        store.write_blocking(move |tx| set_price_in(tx, id, dollars, true)).unwrap();
        store.write_blocking(move |tx| set_status(tx, id, Status::Paused)).unwrap();
        let read = store.read_blocking(move |db| facts_page(db, None, 10)).unwrap().remove(0);
        assert_eq!((read.other_prices.as_slice(), read.on_sale), (&[dollars][..], false));
        assert_eq!(put(1600), (id, false), "putting the same again does not put it back on sale");
        let offers = |text: &str, status| {
            let filter = OfferFilter { text: catalog::Terms::of(text), status };
            store.read_blocking(move |db| offers_of_organisation(db, world.seller, &filter, None, 10)).unwrap()
        };
        let rows = offers("", None);
        for (text, status, count) in [
            ("shirt ts-s", None, 1),
            ("shirt", Some(Status::Paused), 1),
            ("shirt", Some(Status::Active), 0),
            ("", Some(Status::Paused), 1),
            ("", Some(Status::Active), 0),
            ("kettle", None, 0),
        ] {
            assert_eq!(offers(text, status).len(), count, "{text} {status:?}");
        }
        assert_eq!((rows.len(), rows[0].warehouse_code.as_str(), rows[0].ready), (1, "CN-SZX", false));
        store.write_blocking(move |tx| set_price_in(tx, id, dollars, false)).unwrap();
        let product = read.product;
        let read = store.read_blocking(move |db| facts_of_product(db, product)).unwrap().remove(0);
        assert_eq!(read.other_prices, []);
    });
}

#[test]
fn wrong_offers_are_refused() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let refused = |put: PutOffer, actor: Actor| {
            let error = store.write_as_blocking(actor, move |tx| put_offer(tx, &put)).unwrap_err();
            error.fields.first().map_or(error.code, |field| field.code)
        };
        assert_eq!(refused(shirt_offer(world, 0), Actor::System), "price_positive");
        for minor in [Money::most(Currency::EUR).minor + 1, i64::MAX] {
            assert_eq!(refused(shirt_offer(world, minor), Actor::System), "amount_too_large");
            let former = Some(Money::new(minor, Currency::EUR));
            let put = PutOffer { compare_at: former, price: Money::new(5, Currency::EUR), ..shirt_offer(world, 5) };
            assert_eq!(refused(put, Actor::System), "amount_too_large");
        }
        let former = Some(Money::new(5, Currency::USD));
        assert_eq!(
            refused(PutOffer { compare_at: former, ..shirt_offer(world, 5) }, Actor::System),
            "compare_at_currency"
        );
        let foreign = PutOffer { organisation: world.platform, ..shirt_offer(world, 5) };
        assert_eq!(refused(foreign, Actor::System), "foreign_agreement");
        assert_eq!(refused(shirt_offer(world, 5), seller_of(world.platform)), "denied");
        let nowhere = PutOffer { variant: Id::from_raw(1), ..shirt_offer(world, 5) };
        assert_eq!(refused(nowhere, Actor::System), "unknown_variant");
        let absent = PutOffer { warehouse: Id::from_raw(1), ..shirt_offer(world, 5) };
        assert_eq!(refused(absent, Actor::System), "unknown_warehouse");
        let (platform, seller) = (world.platform, world.seller);
        let rival = store.write_blocking(|tx| organisation(tx, "Rival", OrganisationKind::Seller)).unwrap();
        let theirs = store.write_blocking(move |tx| warehouse(tx, "CN-2", rival)).unwrap();
        assert_eq!(
            refused(PutOffer { warehouse: theirs, ..shirt_offer(world, 5) }, seller_of(seller)),
            "foreign_warehouse"
        );
        let house = store.write_blocking(move |tx| warehouse(tx, "CN-3", platform)).unwrap();
        let in_house = PutOffer { warehouse: house, ..shirt_offer(world, 5) };
        store.write_as_blocking(seller_of(seller), move |tx| put_offer(tx, &in_house)).unwrap();
        assert_eq!(store.read_blocking(|db| facts_page(db, None, 10)).unwrap().len(), 1);
    });
}

/// The tables that offers stand on.
pub(crate) fn schemas() -> &'static [store::Schema] {
    const ALL: &[store::Schema] =
        &[parties::SCHEMA, catalog::SCHEMA, ledger::SCHEMA, terms::SCHEMA, stock::SCHEMA, SCHEMA];
    ALL
}
