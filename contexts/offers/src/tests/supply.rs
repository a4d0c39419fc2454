//! Supply prices, and what may be on sale under terms that pay by them.

use super::{World, organisation, schemas, seller_of, shirt_offer, warehouse, world};
use crate::*;
use base::{Actor, Currency, Error, Id, Kind, Money, Result, Role};
use parties::OrganisationKind;
use store::Store;
use store::testing::each;
use terms::{Agreement, Mode, NewAgreement};

/// The operator's own people: they sell, and agree what suppliers are paid.
fn clerk(world: World) -> Actor {
    Actor::Person { person: 9, organisation: world.platform.raw(), role: Role::Operations }
}

/// Terms with the world's seller under which it only supplies, in US dollars.
fn supplying(store: &Store, world: World, mode: Mode) -> Id<Agreement> {
    let new = NewAgreement::of(world.seller, mode, Currency::USD);
    store.write_blocking(move |tx| terms::agree(tx, &new)).unwrap()
}

fn dollars(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn price_of(world: World, agreement: Id<Agreement>, price: Money) -> AgreeSupply {
    AgreeSupply { agreement, variant: world.variants[0], price, valid_from: None }
}

fn agreed(store: &Store, by: Actor, new: AgreeSupply) -> Result<bool> {
    store.write_as_blocking(by, move |tx| agree_supply(tx, &new))
}

fn code(error: &Error) -> &str {
    error.fields.first().map_or(error.code, |field| field.code)
}

#[test]
fn the_operator_agrees_supply_prices_and_they_follow_one_another() {
    each(schemas(), |store| {
        let world = world(store);
        let agreement = supplying(store, world, Mode::Dropship);
        let new = price_of(world, agreement, dollars(600));
        let now =
            |store: &Store| store.read_blocking(move |db| supply_price(db, agreement, world.variants[0])).unwrap();
        assert_eq!(now(store), None);
        let owner = Actor::Person { person: 1, organisation: world.seller.raw(), role: Role::SellerOwner };
        assert_eq!(agreed(store, owner, new).unwrap_err().kind, Kind::Denied);
        assert!(agreed(store, clerk(world), new).unwrap());
        assert!(!agreed(store, clerk(world), new).unwrap(), "the same again");
        let start = store.clock().now();
        let later = AgreeSupply { price: dollars(650), valid_from: Some(start.plus_days(2)), ..new };
        assert!(agreed(store, clerk(world), later).unwrap());
        assert_eq!(now(store), Some(dollars(600)), "not yet");
        let page = store.read_as_blocking(owner, move |db| supply_prices(db, agreement, None, 10)).unwrap();
        let shown: Vec<_> = page
            .iter()
            .map(|row| {
                (row.sku.as_str(), row.price.as_ref().map(|one| one.price), row.next.as_ref().map(|one| one.price))
            })
            .collect();
        assert_eq!(shown, [("TS-S", Some(dollars(600)), Some(dollars(650))), ("TS-M", None, None)]);
        store.clock().set(start.plus_days(2));
        assert_eq!(now(store), Some(dollars(650)));
        let back = AgreeSupply { price: dollars(600), valid_from: None, ..new };
        assert!(agreed(store, clerk(world), back).unwrap(), "what was true before is a new price");
        assert_eq!(now(store), Some(dollars(600)));
        let history =
            store.read_as_blocking(owner, move |db| supply_history(db, agreement, world.variants[0])).unwrap();
        assert_eq!(history.iter().map(|one| one.price.minor).collect::<Vec<_>>(), [600, 650, 600]);
        let rival = store.write_blocking(|tx| organisation(tx, "Rival", OrganisationKind::Seller)).unwrap();
        let curious = seller_of(rival);
        let seen = store.read_as_blocking(curious, move |db| supply_prices(db, agreement, None, 10)).unwrap_err();
        assert_eq!(seen.kind, Kind::Denied);
        let told = store.read_blocking(move |db| store::events_of(db, agreement.raw(), 0, 100)).unwrap();
        assert_eq!(told.iter().filter(|event| event.kind == "offer.supply_agreed").count(), 3);
    });
}

#[test]
fn wrong_supply_prices_are_refused() {
    each(schemas(), |store| {
        let world = world(store);
        let agreement = supplying(store, world, Mode::Dropship);
        let good = price_of(world, agreement, dollars(600));
        let past = store.clock().now().plus_days(-1);
        let most = Money::most(Currency::USD).minor;
        for (wrong, expected) in [
            (AgreeSupply { price: dollars(0), ..good }, "price_positive"),
            (AgreeSupply { price: dollars(most + 1), ..good }, "amount_too_large"),
            (AgreeSupply { price: Money::new(600, Currency::EUR), ..good }, "supply_currency"),
            (AgreeSupply { valid_from: Some(past), ..good }, "supply_in_the_past"),
            (AgreeSupply { agreement: world.agreement, ..good }, "not_supplied"),
            (AgreeSupply { agreement: Id::from_raw(7), ..good }, "unknown_agreement"),
            (AgreeSupply { variant: Id::from_raw(7), ..good }, "unknown_variant"),
        ] {
            let error = agreed(store, clerk(world), wrong).unwrap_err();
            assert_eq!(code(&error), expected, "{wrong:?}");
        }
        let rival = store.write_blocking(|tx| organisation(tx, "Rival", OrganisationKind::Seller)).unwrap();
        let theirs = NewAgreement::of(rival, Mode::Dropship, Currency::USD);
        let theirs = store.write_blocking(move |tx| terms::agree(tx, &theirs)).unwrap();
        let foreign = AgreeSupply { agreement: theirs, ..good };
        assert_eq!(code(&agreed(store, clerk(world), foreign).unwrap_err()), "foreign_variant");
        assert_eq!(store.read_blocking(move |db| supply_price(db, agreement, world.variants[0])).unwrap(), None);
        // The currency of prices that were agreed stays.
        let euros = NewAgreement::of(world.seller, Mode::Dropship, Currency::EUR);
        let error = store.write_blocking(move |tx| terms::agree(tx, &euros)).unwrap_err();
        assert_eq!(code(&error), "supply_currency");
        let kept = NewAgreement { commission_bp: 800, ..NewAgreement::of(world.seller, Mode::Dropship, Currency::USD) };
        let error = store.write_blocking(move |tx| terms::agree(tx, &kept)).unwrap_err();
        assert_eq!((error.fields[0].name.as_str(), code(&error)), ("commission_bp", "kept_of_supply"));
    });
}

/// Nothing is on sale whose supplier would be owed nothing, nor from a warehouse of another than who ships.
#[test]
fn what_is_supplied_is_put_on_sale_by_the_shop_where_its_shipper_has_it() {
    each(schemas(), |store| {
        let world = world(store);
        let platform = world.platform;
        let house = store.write_blocking(move |tx| warehouse(tx, "PL-1", platform)).unwrap();
        for (mode, right, wrong) in
            [(Mode::Dropship, world.warehouse, house), (Mode::FullyManaged, house, world.warehouse)]
        {
            let agreement = supplying(store, world, mode);
            let put = PutOffer { agreement, warehouse: right, ..shirt_offer(world, 1_500) };
            let refused = |put: PutOffer, by: Actor| {
                code(&store.write_as_blocking(by, move |tx| put_offer(tx, &put)).unwrap_err()).to_owned()
            };
            assert_eq!(refused(put.clone(), clerk(world)), "no_supply_price");
            agreed(store, clerk(world), price_of(world, agreement, dollars(600))).unwrap();
            assert_eq!(refused(put.clone(), seller_of(world.seller)), "price_set_by_shop");
            assert_eq!(refused(PutOffer { warehouse: wrong, ..put.clone() }, clerk(world)), "wrong_shipper");
            let offer = store.write_as_blocking(clerk(world), move |tx| put_offer(tx, &put)).unwrap().0;
            let facts = store.read_blocking(move |db| facts(db, &[offer])).unwrap().remove(0);
            assert_eq!((facts.organisation, facts.sold_by), (world.seller, world.platform));
            assert_eq!((&*facts.seller_name, facts.on_sale), ("House", true));
            let of_supplier = seller_of(world.seller);
            let price = Money::new(1, Currency::EUR);
            let set = SetPrice { offer, price, compare_at: None };
            let error = store.write_as_blocking(of_supplier, move |tx| set_price(tx, &set)).unwrap_err();
            assert_eq!(error.code, "price_set_by_shop");
            let error =
                store.write_as_blocking(of_supplier, move |tx| set_price_in(tx, offer, price, true)).unwrap_err();
            assert_eq!(error.code, "price_set_by_shop");
            // What it cannot deliver it takes off sale.
            store.write_as_blocking(of_supplier, move |tx| set_status(tx, offer, Status::Paused)).unwrap();
            let facts = store.read_blocking(move |db| crate::facts(db, &[offer])).unwrap().remove(0);
            assert_eq!((facts.price.minor, facts.other_prices.len(), facts.on_sale), (1_500, 0, false));
        }
    });
}

/// A supplier's file counts its pieces; a price in it is told by line and changes nothing.
#[test]
fn a_file_of_a_supplier_sets_no_price() {
    each(schemas(), |store| {
        let world = world(store);
        let agreement = supplying(store, world, Mode::Dropship);
        let end = world.agreement;
        store.write_blocking(move |tx| terms::end(tx, end)).unwrap();
        let put = PutOffer { agreement, ..shirt_offer(world, 1_500) };
        agreed(store, clerk(world), price_of(world, agreement, dollars(600))).unwrap();
        let offer = store.write_as_blocking(clerk(world), move |tx| put_offer(tx, &put)).unwrap().0;
        let options = ImportOptions {
            actor: seller_of(world.seller),
            organisation: world.seller,
            agreement: Some(agreement),
            warehouse: world.warehouse,
            currency: Currency::EUR,
            decimal: None,
            new_status: catalog::Status::Active,
            uncounted: None,
            encoding: None,
            columns: catalog::import::Mapping::default(),
            dry_run: false,
        };
        let file = "Handle,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price\n\
            t-shirt,Size,S,TS-S,7,9.99\n";
        let report = import(store, || Ok(file.as_bytes()), &options, |_| true).unwrap();
        assert_eq!(report.errors.len(), 1);
        assert_eq!(report.errors[0].reason, catalog::import::Reason::PriceSetByShop);
        let facts = store.read_blocking(move |db| facts(db, &[offer])).unwrap().remove(0);
        assert_eq!((facts.price.minor, facts.available), (1_500, 7));
    });
}
