//! Whole files: products, offers and stock in, again, wrong, dry and stopped.

use super::{World, organisation, schemas, seller_of, warehouse, world};
use crate::*;
use base::{Currency, Money, Result};
use catalog::import::{Reason, error_file};
use parties::OrganisationKind;
use std::path::Path;
use store::Store;
use store::testing::each;
use terms::{Mode, NewAgreement};

fn options(world: World) -> ImportOptions {
    ImportOptions { agreement: Some(world.agreement), new_status: catalog::Status::Active, ..super::options(world) }
}

fn run(store: &Store, text: &str, options: &ImportOptions) -> Result<Report> {
    import(store, || Ok(text.as_bytes()), options, |_| true)
}

const CUPS: &str = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,HS Code,Country of Origin,Customs Description\n\
cup,Cup,Colour,Red,CUP-R,300,5,12.50,15,691110,CN,Porcelain cup\n\
cup,,,Blue,CUP-B,300,7,12.50,10,691110,CN,Porcelain cup\n\
bowl,Bowl,,,BOWL,0,-2,20,,,,\n";

#[test]
fn a_file_brings_products_prices_and_stock() {
    each(schemas(), |store| {
        let world = world(store);
        let first = run(store, CUPS, &options(world)).unwrap();
        assert_eq!((first.rows, first.products, first.variants), (3, 2, 3));
        assert_eq!((first.created, first.updated, first.unchanged, first.unready), (2, 0, 0, 1));
        assert_eq!(first.errors, []);
        let again = run(store, CUPS, &options(world)).unwrap();
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 2));
        let facts = store.read_blocking(|db| facts_page(db, None, 10)).unwrap();
        let shown: Vec<_> = facts
            .iter()
            .map(|facts| {
                (facts.sku.as_str(), facts.price.minor, facts.compare_at.map(|money| money.minor), facts.available)
            })
            .collect();
        let expected = [("CUP-R", 1250, Some(1500), 5), ("CUP-B", 1250, None, 7), ("BOWL", 2000, None, 0)];
        assert_eq!(shown, expected, "a former price below the price is none; oversold is nothing");
        let dearer = run(store, &CUPS.replace("CUP-B,300,7,12.50", "CUP-B,300,6,13"), &options(world)).unwrap();
        assert_eq!((dearer.created, dearer.updated, dearer.unchanged), (0, 1, 1));
        let facts = store.read_blocking(|db| facts_page(db, None, 10)).unwrap();
        assert_eq!((facts.len(), facts[1].price, facts[1].available), (3, Money::new(1300, Currency::EUR), 6));
    });
}

#[test]
fn the_same_file_with_only_stock_keeps_prices() {
    each(schemas(), |store| {
        let world = world(store);
        run(store, CUPS, &options(world)).unwrap();
        let stock_only = "Handle,Title,Option1 Value,Variant SKU,Variant Inventory Qty\ncup,,Red,CUP-R,9\n";
        let report = run(store, stock_only, &options(world)).unwrap();
        assert_eq!((report.updated, report.errors), (1, vec![]));
        let facts = store.read_blocking(|db| facts_page(db, None, 10)).unwrap();
        assert_eq!((facts[0].available, facts[0].price.minor, facts[0].title.as_str()), (9, 1250, "Cup"));
        let unknown = "Handle,Title,Option1 Value,Variant SKU,Variant Inventory Qty\nplate,,Red,PLATE,9\n";
        let report = run(store, unknown, &options(world)).unwrap();
        assert_eq!((report.products, report.errors[0].reason.code(), report.errors[0].line), (0, "title_missing", 2));
    });
}

#[test]
fn wrong_rows_are_told_and_the_rest_goes_in() {
    each(schemas(), |store| {
        let world = world(store);
        let text = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price,Price Currency,Warehouse,Seller\n\
a,A,A,1,10.005,EUR,,\n\
b,B,B,1,1500,JPY,,\n\
c,C,C,1,15.5,JPY,,\n\
d,D,D,1,5,,NOWHERE,\n\
e,E,E,1,,,,\n\
f,F,F,1,0,,,\n\
g,G,G,1,5,,,Nobody\n\
h,H,H,x,5,,,\n\
i,I,I,1,5,,cn-szx,Loom\n\
j,J,,,,,,\n";
        let report = run(store, text, &options(world)).unwrap();
        let told: Vec<String> = report
            .errors
            .iter()
            .map(|error| format!("{} {} {}", error.line, error.column, error.reason.code()))
            .collect();
        let expected = [
            "2 Variant Price price_decimals",
            "4 Variant Price price_decimals",
            "5 Warehouse unknown_warehouse",
            "6 Variant Price price_missing",
            "7 Variant Price price_positive",
            "8 Seller unknown_seller",
            "9 Variant Inventory Qty quantity_format",
            "11  variants_missing",
        ];
        assert_eq!(told, expected);
        assert_eq!(report.errors_total, 8);
        let facts = store.read_blocking(|db| facts_page(db, None, 10)).unwrap();
        let skus: Vec<&str> = facts.iter().map(|facts| facts.sku.as_str()).collect();
        assert_eq!(skus, ["B", "I"]);
        assert_eq!(facts[0].price, Money::new(1500, Currency::JPY));
        let file =
            error_file(&report.columns, ["", "", "", ""], &report.errors, |reason| format!("{reason:?}")).unwrap();
        assert_eq!(file.lines().count(), 9);
        assert!(
            file.lines().nth(3).unwrap().starts_with("d,D,D,1,5,,NOWHERE,,5,Warehouse,unknown_warehouse,"),
            "{file}"
        );
    });
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    each(schemas(), |store| {
        let world = world(store);
        let dry = ImportOptions { dry_run: true, ..options(world) };
        let wrong = CUPS.replace(",20,", ",-20,");
        let report = run(store, &wrong, &dry).unwrap();
        assert!(report.dry_run);
        assert_eq!((report.created, report.products, report.errors.len()), (1, 1, 1));
        assert_eq!(store.read_blocking(|db| facts_page(db, None, 10)).unwrap().len(), 0);
        let products = catalog::Filter { organisation: Some(world.seller.raw()), ..catalog::Filter::default() };
        let rows = store.read_blocking(move |db| catalog::products(db, &products, "en", None, 10)).unwrap().rows;
        assert_eq!(rows.len(), 1, "only the shirt");
        assert_eq!(run(store, CUPS, &options(world)).unwrap().created, 2);
        assert_eq!(run(store, CUPS, &dry).unwrap().unchanged, 2);
    });
}

#[test]
fn stopping_keeps_what_was_done() {
    each(schemas(), |store| {
        let world = world(store);
        let mut text = "Handle,Title,Variant Price\n".to_owned();
        (0..250).for_each(|number| text.push_str(&format!("p{number},P {number},1\n")));
        let mut seen = Vec::new();
        let report = import(
            store,
            || Ok(text.as_bytes()),
            &options(world),
            |progress| {
                seen.push(progress.products);
                seen.len() < 2
            },
        )
        .unwrap();
        assert_eq!((seen.as_slice(), report.stopped, report.created), (&[100, 200][..], true, 200));
        assert_eq!(store.read_blocking(|db| facts_page(db, None, 500)).unwrap().len(), 200);
        let rest = run(store, &text, &options(world)).unwrap();
        assert_eq!((rest.created, rest.unchanged, rest.stopped), (50, 200, false));
    });
}

#[test]
fn a_seller_imports_own_goods_only() {
    each(schemas(), |store| {
        let world = world(store);
        store
            .write_blocking(|tx| {
                let rival = organisation(tx, "Rival", OrganisationKind::Seller)?;
                warehouse(tx, "CN-9", rival)?;
                terms::agree(tx, &NewAgreement::of(rival, Mode::Marketplace, Currency::EUR))
            })
            .unwrap();
        let text = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price,Type,Seller\n\
a,A,A,3,10,Pots,\nb,B,B,3,10,Pots,Rival\n";
        let own = ImportOptions { actor: seller_of(world.seller), ..options(world) };
        let report = run(store, text, &own).unwrap();
        assert_eq!((report.created, report.errors.len(), report.errors[0].reason.code()), (1, 1, "denied"));
        assert_eq!(store.read_blocking(catalog::categories).unwrap(), [], "a seller makes no categories");
        let report = run(store, text, &options(world)).unwrap();
        assert_eq!(
            (report.created, report.updated, report.errors),
            (1, 1, vec![]),
            "the operator may, and places them"
        );
        let facts = store.read_blocking(|db| facts_page(db, None, 10)).unwrap();
        let sold: Vec<_> = facts.iter().map(|facts| (&*facts.seller_name, facts.available)).collect();
        assert_eq!(sold, [("Loom", 3), ("Rival", 3)]);
        assert_eq!(store.read_blocking(catalog::categories).unwrap().len(), 1);
    });
}

#[test]
fn no_terms_no_import() {
    each(schemas(), |store| {
        let world = world(store);
        let rival = store.write_blocking(|tx| organisation(tx, "Rival", OrganisationKind::Seller)).unwrap();
        let without = ImportOptions { organisation: rival, agreement: None, ..options(world) };
        assert_eq!(run(store, CUPS, &without).unwrap_err().code, "no_agreement");
        assert_eq!(run(store, "", &options(world)).unwrap_err().code, "file_empty");
    });
}

#[test]
fn every_sample_of_a_real_shop_goes_in_and_again_changes_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/catalog-shopify-samples");
    if !folder.exists() {
        println!("skipped: no product samples at {}", folder.display());
        return;
    }
    each(schemas(), |store| {
        let world = world(store);
        for (name, products, variants, free) in [
            ("apparel-2023.csv", 20, 22, 0),
            ("apparel.csv", 25, 96, 1),
            ("fashion.csv", 996, 3672, 12),
            ("home-and-garden.csv", 20, 21, 0),
            ("jewelery-2023.csv", 20, 23, 0),
            ("jewelry.csv", 19, 24, 0),
            ("snowdevil.csv", 278, 621, 5),
        ] {
            let file = || std::fs::File::open(folder.join(name)).unwrap();
            let report = import(store, || Ok(file()), &options(world), |_| true).unwrap();
            assert_eq!((report.products, report.variants), (products, variants), "{name}");
            assert_eq!(report.errors_total, free, "{name}");
            let known = |reason: &Reason| {
                matches!(reason, Reason::PricePositive | Reason::SkuTwice { .. } | Reason::NoShipping)
            };
            assert!(report.errors.iter().all(|error| known(&error.reason)), "{name}");
            let again = import(store, || Ok(file()), &options(world), |_| true).unwrap();
            assert_eq!((again.unchanged, again.errors_total), (products, free), "{name}");
        }
    });
}
