//! Products are found by words of theirs, drafts too.

use super::{SCHEMAS, seller, shirt};
use crate::{Filter, PutProduct, Status, Terms, find, put_product, set_status};
use crate::{PutText, PutVariant};
use store::Store;
use store::testing::each;

fn put(store: &Store, put: PutProduct) -> i64 {
    store.write_blocking(move |tx| put_product(tx, &put)).unwrap().id.raw()
}

fn found(store: &Store, text: &str, filter: Filter) -> Vec<i64> {
    let terms = Terms::of(text).unwrap();
    let page = store.read_blocking(move |db| find(db, &terms, &filter, "en", None, 10)).unwrap();
    page.rows.iter().map(|row| row.id.raw()).collect()
}

fn cup(organisation: i64) -> PutProduct {
    PutProduct {
        organisation,
        handle: "tea-cup".into(),
        title: Some("Celadon tea cup".into()),
        vendor: Some("Kiln No. 9".into()),
        texts: vec![PutText { language: "zh-CN".into(), title: Some("青瓷红茶杯".into()), ..PutText::default() }],
        variants: vec![PutVariant {
            sku: Some("KILN/9-CUP".into()),
            barcode: Some("4006381333931".into()),
            ..PutVariant::default()
        }],
        ..PutProduct::default()
    }
}

#[test]
fn products_are_found_by_title_maker_sku_barcode_and_handle() {
    each(SCHEMAS, |store| {
        let all = Filter::default();
        let (shirt, cup) = (put(store, shirt()), put(store, cup(8)));
        for (text, expected) in [
            ("shirt", vec![shirt]),
            ("T-SHIRT", vec![shirt]),
            ("celadon cup", vec![cup]),
            ("cela cu", vec![cup]),
            ("celadon shirt", vec![]),
            ("kiln", vec![cup]),
            ("KILN/9-CUP", vec![cup]),
            ("TS-M", vec![shirt]),
            ("4006381333931", vec![cup]),
            ("40063", vec![cup]),
            ("红茶杯", vec![cup]),
            ("茶", vec![cup]),
            ("t", vec![cup, shirt]),
            ("%", vec![]),
        ] {
            match Terms::of(text) {
                Some(_) => assert_eq!(found(store, text, all), expected, "{text}"),
                None => assert_eq!(text, "%"),
            }
        }
    });
}

#[test]
fn owner_and_status_narrow_and_old_words_are_forgotten() {
    each(SCHEMAS, |store| {
        let (one, other) = (put(store, cup(7)), put(store, cup(8)));
        let of = |organisation, status| Filter { organisation: Some(organisation), status, category: None };
        assert_eq!(found(store, "cup", Filter::default()), [other, one], "drafts, newest first");
        assert_eq!(found(store, "cup", of(7, None)), [one]);
        assert!(found(store, "cup", of(7, Some(Status::Active))).is_empty());
        let product = base::Id::from_raw(one);
        store.write_as_blocking(seller(7), move |tx| set_status(tx, product, Status::Active)).unwrap();
        assert_eq!(found(store, "cup", of(7, Some(Status::Active))), [one]);
        put(store, PutProduct { title: Some("Celadon bowl".into()), handle: "tea-cup".into(), ..cup(7) });
        assert_eq!(found(store, "celadon bowl", Filter::default()), [one]);
        assert_eq!(found(store, "celadon cup tea", of(7, None)), [one], "the handle and the SKU still say so");
        let first =
            store.read_blocking(|db| find(db, &Terms::of("celadon").unwrap(), &Filter::default(), "en", None, 1));
        let next = first.unwrap().next;
        let second =
            store.read_blocking(move |db| find(db, &Terms::of("celadon").unwrap(), &Filter::default(), "en", next, 1));
        assert_eq!(second.unwrap().rows[0].id.raw(), one);
    });
}
