//! Goods put on sale in one go.

use super::{World, schemas, seller_of, world};
use crate::*;
use base::{Currency, Id, Money, Result};
use catalog::{PutProduct, PutVariant};
use store::Store;

fn tea(world: World, price: i64, quantity: i64) -> PutGoods {
    let variant = PutVariant { options: ["Default Title".into(), String::new(), String::new()], ..Default::default() };
    PutGoods {
        product: PutProduct {
            organisation: world.seller.raw(),
            handle: "tea".into(),
            title: Some("Tea".into()),
            variants: vec![variant],
            ..PutProduct::default()
        },
        warehouse: Some(world.warehouse),
        commerce: vec![Commerce {
            price: Some(Money::new(price, Currency::EUR)),
            compare_at: None,
            quantity: Some(quantity),
        }],
        key: "k1".into(),
    }
}

fn put(store: &Store, world: World, goods: PutGoods) -> Result<catalog::Put> {
    store.write_as_blocking(seller_of(world.seller), move |tx| put_goods(tx, &goods))
}

#[test]
fn a_product_is_on_sale_with_its_price_and_its_pieces_at_once() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let done = put(store, world, tea(world, 1250, 30)).unwrap();
        let again = put(store, world, tea(world, 1250, 30)).unwrap();
        assert_eq!((again.id, again.change), (done.id, catalog::Change::Unchanged));
        let rows = store.read_blocking(move |db| offers_of_product(db, done.id)).unwrap();
        assert_eq!((rows.len(), rows[0].offer.price, rows[0].available), (1, Money::new(1250, Currency::EUR), 30));
        let mut dearer = tea(world, 1300, 12);
        dearer.key = "k2".into();
        put(store, world, dearer).unwrap();
        let rows = store.read_blocking(move |db| offers_of_product(db, done.id)).unwrap();
        assert_eq!((rows.len(), rows[0].offer.price.minor, rows[0].available), (1, 1300, 12));
    });
}

#[test]
fn what_is_wrong_is_named_and_nothing_is_kept() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let field = |goods: PutGoods| {
            let error = put(store, world, goods).unwrap_err();
            error.fields.first().map(|field| field.name.clone()).unwrap_or_else(|| error.code.to_owned())
        };
        assert_eq!(field(tea(world, 0, 30)), "variants[0].price");
        assert_eq!(field(tea(world, 1250, -1)), "variants[0].quantity");
        assert_eq!(field(PutGoods { warehouse: None, ..tea(world, 1250, 1) }), "warehouse");
        let own = world.seller.raw();
        let known = store.read_blocking(move |db| catalog::product_by_handle(db, own, "tea")).unwrap();
        assert_eq!(known, None, "all of it or nothing");
        let stranger = seller_of(Id::from_raw(99));
        let goods = tea(world, 1250, 30);
        let denied = store.write_as_blocking(stranger, move |tx| put_goods(tx, &goods)).unwrap_err();
        assert_eq!(denied.kind, base::Kind::Denied);
    });
}
