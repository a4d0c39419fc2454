//! Stock through its public functions, on every engine.

mod promised;

use super::*;
use base::{Actor, Address, Id, Role};
use catalog::{PutProduct, PutVariant, Variant};
use store::testing::{START, each};
use store::{Store, Tx};

const SCHEMAS: &[store::Schema] = &[catalog::SCHEMA, ledger::SCHEMA, SCHEMA];
const SELLER: i64 = 17;

fn seller() -> Actor {
    Actor::Person { person: 1, organisation: SELLER, role: Role::SellerStaff }
}

fn place(tx: &mut Tx, code: &str, organisation: i64) -> base::Result<Id<Warehouse>> {
    let address = Address { country: "CN".into(), city: "Shenzhen".into(), ..Address::default() };
    put_warehouse(tx, &PutWarehouse { code: code.into(), name: format!("House {code}"), organisation, address })
}

fn shirt(tx: &mut Tx, organisation: i64) -> base::Result<Vec<Id<Variant>>> {
    let variant = |colour: &str| PutVariant {
        sku: Some(format!("SHIRT-{colour}")),
        options: [colour.into(), String::new(), String::new()],
        ..PutVariant::default()
    };
    let put = PutProduct {
        organisation,
        handle: "shirt".into(),
        title: Some("Shirt".into()),
        options: vec!["Colour".into()],
        variants: vec![variant("Blue"), variant("Red")],
        ..PutProduct::default()
    };
    Ok(catalog::put_product(tx, &put)?.variants)
}

/// A seller's warehouse with `pieces` of two variants.
fn stocked(store: &Store, pieces: i64) -> (Id<Warehouse>, Vec<Id<Variant>>) {
    store
        .write_blocking(move |tx| {
            let warehouse = place(tx, "CN-SZX", SELLER)?;
            let variants = shirt(tx, SELLER)?;
            for variant in &variants {
                receive(tx, &moving(warehouse, *variant, pieces, "first"))?;
            }
            Ok((warehouse, variants))
        })
        .unwrap()
}

fn moving(warehouse: Id<Warehouse>, variant: Id<Variant>, quantity: i64, key: &str) -> Move {
    Move { warehouse, variant, quantity, key: format!("{key}:{variant}"), reason: "test".into() }
}

fn want(warehouse: Id<Warehouse>, variant: Id<Variant>, quantity: i64) -> Want {
    Want { warehouse, variant, quantity }
}

/// On hand, held, available of the first variant.
fn level(store: &Store, variant: Id<Variant>) -> (i64, i64, i64) {
    let levels = store.read_blocking(move |db| levels(db, &[variant])).unwrap();
    assert_eq!(levels.len(), 1);
    (levels[0].on_hand, levels[0].held, levels[0].available)
}

#[test]
fn a_reservation_goes_from_quote_to_order_to_parcel() {
    each(SCHEMAS, |store| {
        let (warehouse, variants) = stocked(store, 10);
        let wants = [want(warehouse, variants[0], 3), want(warehouse, variants[1], 1)];
        let ends = START.plus_minutes(30);
        store.write_blocking(move |tx| hold(tx, &wants, 500, Some(ends))).unwrap();
        assert_eq!(level(store, variants[0]), (10, 3, 7));
        store.write_blocking(|tx| confirm(tx, 500, 900)).unwrap();
        assert_eq!(store.write_blocking(|tx| confirm(tx, 500, 900)).unwrap_err().code, "hold_expired");
        store.write_blocking(move |tx| ship(tx, 900, &wants, "csg_1")).unwrap();
        store.write_blocking(move |tx| ship(tx, 900, &wants, "csg_1")).unwrap();
        assert_eq!(level(store, variants[0]), (7, 0, 7));
        let more = store.write_blocking(move |tx| ship(tx, 900, &wants, "csg_2"));
        assert_eq!(more.unwrap_err().code, "not_held");
        assert_eq!(store.write_blocking(|tx| release(tx, 900)).unwrap(), 0);
        assert_eq!(level(store, variants[1]), (9, 0, 9));
    });
}

#[test]
fn demand_for_one_row_is_added_up_before_it_is_checked() {
    each(SCHEMAS, |store| {
        let (warehouse, variants) = stocked(store, 5);
        let twice = [want(warehouse, variants[0], 3), want(warehouse, variants[1], 1), want(warehouse, variants[0], 3)];
        let refused = store.write_blocking(move |tx| hold(tx, &twice, 500, None)).unwrap_err();
        assert_eq!(refused.code, "out_of_stock");
        assert_eq!(refused.fields[0].name, variants[0].to_string());
        assert_eq!(refused.fields[0].message, "Only 5 left.");
        assert_eq!(level(store, variants[0]), (5, 0, 5));
        assert_eq!(level(store, variants[1]), (5, 0, 5), "nothing of the cart is held");
        let fits = [want(warehouse, variants[0], 3), want(warehouse, variants[0], 2)];
        store.write_blocking(move |tx| hold(tx, &fits, 500, None)).unwrap();
        assert_eq!(level(store, variants[0]), (5, 5, 0));
        let one = [want(warehouse, variants[0], 1)];
        let refused = store.write_blocking(move |tx| hold(tx, &one, 501, None)).unwrap_err();
        assert_eq!(refused.fields[0].message, "Sold out.");
        assert_eq!(store.write_blocking(|tx| release(tx, 500)).unwrap(), 1);
        assert_eq!(level(store, variants[0]), (5, 0, 5));
    });
}

#[test]
fn what_was_never_there_is_sold_out() {
    each(SCHEMAS, |store| {
        let (warehouse, _) = stocked(store, 5);
        let other: Id<Variant> = Id::from_raw(77);
        let wants = [want(warehouse, other, 1)];
        assert_eq!(store.write_blocking(move |tx| hold(tx, &wants, 1, None)).unwrap_err().code, "out_of_stock");
        let none = [want(warehouse, other, 0)];
        assert_eq!(store.write_blocking(move |tx| hold(tx, &none, 1, None)).unwrap_err().code, "invalid");
    });
}

#[test]
fn parts_of_an_order_ship_apart() {
    each(SCHEMAS, |store| {
        let (warehouse, variants) = stocked(store, 5);
        let whole = [want(warehouse, variants[0], 4)];
        store.write_blocking(move |tx| hold(tx, &whole, 900, None)).unwrap();
        let part = [want(warehouse, variants[0], 1)];
        store.write_blocking(move |tx| ship(tx, 900, &part, "csg_1")).unwrap();
        assert_eq!(level(store, variants[0]), (4, 3, 1));
        assert_eq!(store.write_blocking(|tx| release(tx, 900)).unwrap(), 1);
        assert_eq!(level(store, variants[0]), (4, 0, 4));
    });
}

#[test]
fn counts_and_corrections_respect_what_is_reserved() {
    each(SCHEMAS, |store| {
        let (warehouse, variants) = stocked(store, 10);
        let blue = variants[0];
        let wants = [want(warehouse, blue, 4)];
        store.write_blocking(move |tx| hold(tx, &wants, 900, None)).unwrap();
        let counted = move |quantity, key: &'static str| {
            move |tx: &mut Tx| set_on_hand(tx, &moving(warehouse, blue, quantity, key))
        };
        assert_eq!(store.write_blocking(counted(12, "c1")).unwrap(), 2);
        assert_eq!(store.write_blocking(counted(12, "c1")).unwrap(), 0);
        assert_eq!(store.write_blocking(counted(3, "c2")).unwrap_err().code, "stock_held");
        assert_eq!(store.write_blocking(counted(-1, "c3")).unwrap_err().code, "invalid");
        assert_eq!(store.write_blocking(counted(4, "c4")).unwrap(), -8);
        assert_eq!(level(store, blue), (4, 4, 0));
        let broken = moving(warehouse, blue, -1, "broken");
        assert_eq!(store.write_blocking(move |tx| adjust(tx, &broken)).unwrap_err().code, "stock_held");
        let back = moving(warehouse, blue, 2, "back");
        for _ in 0..2 {
            let back = back.clone();
            store.write_blocking(move |tx| take_back(tx, &back)).unwrap();
        }
        assert_eq!(level(store, blue), (6, 4, 2));
    });
}

#[test]
fn a_seller_touches_own_stock_only() {
    each(SCHEMAS, |store| {
        let (warehouse, variants) = stocked(store, 10);
        let blue = variants[0];
        let mine = moving(warehouse, blue, 1, "mine");
        store.write_as_blocking(seller(), move |tx| receive(tx, &mine)).unwrap();
        let theirs = store.write_blocking(move |tx| place(tx, "US-LAX", 1)).unwrap();
        for command in [moving(theirs, blue, 1, "a"), moving(Id::from_raw(5), blue, 1, "b")] {
            let outcome = store.write_as_blocking(seller(), move |tx| receive(tx, &command));
            assert!(["denied", "unknown_stock"].contains(&outcome.unwrap_err().code));
        }
        let foreign = store.write_as_blocking(seller(), move |tx| place(tx, "X", 1).map(drop));
        assert_eq!(foreign.unwrap_err().code, "denied");
        let own = store.write_as_blocking(seller(), move |tx| place(tx, "US-LAX", SELLER).map(drop));
        assert_eq!(own.unwrap_err().code, "code_taken");
        let guest = moving(warehouse, blue, 1, "guest");
        let outcome = store.write_as_blocking(Actor::Guest, move |tx| receive(tx, &guest));
        assert_eq!(outcome.unwrap_err().code, "unauthenticated");
    });
}

#[test]
fn stock_is_listed_by_owner_and_by_house() {
    each(SCHEMAS, |store| {
        let (first, variants) = stocked(store, 10);
        let second = store.write_blocking(|tx| place(tx, "EU-RTM", 1)).unwrap();
        let away = moving(second, variants[1], 3, "away");
        store.write_blocking(move |tx| receive(tx, &away)).unwrap();
        let page = |shelf, after, limit| store.read_blocking(move |db| list(db, shelf, after, limit)).unwrap();
        let owned = page(Shelf::Organisation(SELLER), None, 2);
        let rest = page(Shelf::Organisation(SELLER), Some((owned[1].level.variant, owned[1].level.warehouse)), 9);
        assert_eq!((owned.len(), rest.len()), (2, 1));
        assert_eq!(
            (owned[0].sku.as_str(), owned[0].options.as_str(), owned[0].title.as_str()),
            ("SHIRT-Blue", "Blue", "Shirt")
        );
        let found = |text: &str| {
            let terms = catalog::Terms::of(text).unwrap();
            let read = move |db: &mut store::Read| list(db, Shelf::Found(SELLER, &terms), None, 9);
            store.read_blocking(read).unwrap().len()
        };
        assert_eq!((found("shirt-blue"), found("shirt"), found("kettle")), (3, 3, 0));
        let house = page(Shelf::Warehouse(second), None, 9);
        assert_eq!((house.len(), house[0].level.available, house[0].warehouse_code.as_str()), (1, 3, "EU-RTM"));
        assert_eq!(page(Shelf::Warehouse(first), None, 9).len(), 2);
        let all: Vec<Id<Variant>> = variants.iter().cycle().take(20).copied().collect();
        assert_eq!(store.read_blocking(move |db| levels(db, &all[..2])).unwrap().len(), 3);
        let codes = store.read_blocking(|db| warehouses(db, None, "", 9)).unwrap();
        assert_eq!(codes.iter().map(|house| house.code.as_str()).collect::<Vec<_>>(), ["CN-SZX", "EU-RTM"]);
        assert_eq!(store.read_blocking(|db| warehouses(db, Some(1), "", 9)).unwrap().len(), 1);
        assert_eq!(store.read_blocking(|db| warehouse_by_code(db, "eu-rtm")).unwrap().unwrap().id, second);
        assert_eq!(store.read_blocking(|db| warehouse(db, Id::from_raw(1))).unwrap_err().code, "unknown_warehouse");
    });
}

#[test]
fn carts_that_want_the_same_two_things_in_any_order_do_not_block_each_other() {
    each(SCHEMAS, |store| {
        let (warehouse, variants) = stocked(store, 60);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let sold = runtime.block_on(async {
            let mut buyers = tokio::task::JoinSet::new();
            for buyer in 0..100_usize {
                let (store, variants) = (store.clone(), variants.clone());
                buyers.spawn(async move {
                    let wants = [0, 1].map(|index| want(warehouse, variants[(buyer + index) % 2], 1));
                    store.write(move |tx| hold(tx, &wants, 1_000 + buyer as i64, None)).await
                });
            }
            buyers.join_all().await.into_iter().filter(|outcome| outcome.is_ok()).count()
        });
        assert_eq!(sold, 60);
        assert_eq!(level(store, variants[0]), (60, 60, 0));
        assert_eq!(level(store, variants[1]), (60, 60, 0));
    });
}

#[test]
fn ten_thousand_buyers_get_a_hundred_pieces() {
    each(SCHEMAS, |store| {
        let (warehouse, variants) = stocked(store, 100);
        let blue = variants[0];
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let (sold, refused) = runtime.block_on(async {
            let mut buyers = tokio::task::JoinSet::new();
            for buyer in 0..10_000_i64 {
                let store = store.clone();
                buyers.spawn(async move {
                    let wants = [want(warehouse, blue, 1)];
                    store.write(move |tx| hold(tx, &wants, 1_000_000 + buyer, None)).await
                });
            }
            let outcomes = buyers.join_all().await;
            let refused = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
            assert!(refused.clone().all(|error| error.code == "out_of_stock"));
            (outcomes.iter().filter(|outcome| outcome.is_ok()).count(), refused.count())
        });
        assert_eq!((sold, refused), (100, 9_900));
        assert_eq!(level(store, blue), (100, 100, 0));
    });
}

#[test]
fn the_last_piece_tells_when_it_goes_and_when_it_comes_back() {
    each(SCHEMAS, |store| {
        let (warehouse, variants) = stocked(store, 3);
        let variant = variants[0];
        let told = || store.read_blocking(move |db| store::events_of(db, variant.raw(), 0, 100)).unwrap().len();
        let before = told();
        store.write_blocking(move |tx| hold(tx, &[want(warehouse, variant, 2)], 1, None)).unwrap();
        assert_eq!(told(), before, "one is left");
        store.write_blocking(move |tx| hold(tx, &[want(warehouse, variant, 1)], 2, None)).unwrap();
        assert_eq!(told(), before + 1, "sold out");
        store.write_blocking(|tx| release(tx, 2)).unwrap();
        assert_eq!(told(), before + 2, "there again");
        store.write_blocking(|tx| release(tx, 1)).unwrap();
        assert_eq!(told(), before + 2, "there already");
    });
}
