//! The round trip: a catalogue goes out as a file; the file in again changes nothing, and in an empty shop it makes the same catalogue.

mod goods;

use self::goods::{Goods, categories, goods};
use super::{World, options, schemas, seller_of, warehouse, world};
use crate::import::Effects;
use crate::*;
use base::{Actor, Id, Mark};
use catalog::{Image, PutProduct, PutVariant};
use proptest::collection::vec;
use proptest::prelude::*;
use std::path::Path;
use stock::{Move, Warehouse};
use store::testing::{each, stores};
use store::{Store, Tx};

fn file(store: &Store, organisation: Id<parties::Organisation>, base: &str) -> String {
    let base = base.to_owned();
    store
        .read_blocking(move |db| {
            let catalogue = catalogue(db, organisation, &base)?;
            let (mut text, mut next) = (catalogue.head(), Some(0));
            while let Some(after) = next {
                let (lines, rest) = catalogue.page(db, after)?;
                text += &lines;
                next = rest;
            }
            Ok(text)
        })
        .unwrap()
}

fn run(store: &Store, text: &str, options: &ImportOptions) -> Report {
    import(store, || Ok(text.as_bytes()), options, |_| true).unwrap()
}

/// What an import of the shop's own file may tell.
fn nothing_happens(report: &Report, text: &str) {
    assert_eq!(report.errors, [], "{text}");
    assert_eq!((report.created, report.updated, report.unchanged), (0, 0, report.products), "{text}");
    let effects = Effects { unpriced: 0, ..report.effects };
    assert_eq!((effects, &report.notes), (Effects::default(), &Vec::new()), "{text}");
    assert_eq!(report.understood.unknown, Vec::<String>::new());
}

fn second_place(store: &Store, world: World) -> Id<Warehouse> {
    store.write_blocking(move |tx| warehouse(tx, "DE-HAM", world.platform)).unwrap()
}

fn round_trip(store: &Store, other: &Store, all: &[Goods]) {
    let world = world(store);
    second_place(store, world);
    let goods = all.to_vec();
    store
        .write_blocking(move |tx| {
            let shelves = categories(tx)?;
            goods.iter().enumerate().try_for_each(|(number, one)| one.put(tx, number, world, &shelves))
        })
        .unwrap();
    let text = file(store, world.seller, "https://shop.example");
    let own = options(world);
    let events = |store: &Store| -> i64 {
        store.read_blocking(|db| db.raw("SELECT COUNT(*) FROM event", &[])?[0].get(0)).unwrap()
    };
    let before = events(store);
    for told in [
        ImportOptions { dry_run: true, ..own.clone() },
        own.clone(),
        ImportOptions { actor: seller_of(world.seller), ..own.clone() },
        ImportOptions { decimal: Some(Mark::Point), uncounted: Some(9), ..own.clone() },
    ] {
        nothing_happens(&run(store, &text, &told), &text);
    }
    assert_eq!(events(store), before, "nobody is told of anything");
    // Read the wrong way it refuses rows, and takes none for another.
    let report = run(store, &text, &ImportOptions { decimal: Some(Mark::Comma), dry_run: true, ..own });
    assert_eq!((report.created, report.updated, report.effects.repriced), (0, 0, 0), "{text}");
    assert_eq!(file(store, world.seller, "https://shop.example"), text);

    let there = super::world(other);
    second_place(other, there);
    let report = run(other, &text, &options(there));
    assert_eq!(report.errors, [], "{text}");
    assert_eq!((report.created, report.products), (all.len() as u64, all.len() as u64 + 1), "{text}");
    assert_eq!(file(other, there.seller, "https://shop.example"), text, "the same catalogue in another shop");
}

#[test]
fn nought_pieces_at_anothers_place_are_no_change() {
    each(schemas(), |store| {
        let world = world(store);
        let second = second_place(store, world);
        let counted = move |tx: &mut Tx| {
            let count = Move {
                warehouse: second,
                variant: world.variants[0],
                quantity: 0,
                key: "nought".into(),
                reason: "test".into(),
            };
            stock::set_on_hand(tx, &count)
        };
        store.write_blocking(counted).unwrap();
        let text = file(store, world.seller, "https://shop.example");
        assert!(text.contains("DE-HAM"), "{text}");
        nothing_happens(&run(store, &text, &ImportOptions { actor: seller_of(world.seller), ..options(world) }), &text);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn a_catalogue_comes_back_as_it_went_out(all in vec(goods(), 1..6)) {
        for ((_, store), (_, other)) in stores(schemas()).into_iter().zip(stores(schemas())) {
            round_trip(&store, &other, &all);
        }
    }
}

fn cup(world: World) -> PutProduct {
    let variant = PutVariant { sku: Some("CUP".into()), ..PutVariant::default() };
    PutProduct {
        organisation: world.seller.raw(),
        handle: "cup".into(),
        title: Some("Cup".into()),
        variants: vec![variant],
        ..PutProduct::default()
    }
}

fn kept(digit: &str, source: &str, organisation: i64) -> catalog::PutMedium {
    let address = format!("/media/{}/800x600.jpg", digit.repeat(64)).parse().unwrap();
    catalog::PutMedium { organisation, address, bytes: 1000, source: source.into() }
}

/// Pictures that were fetched go out as they came, uploaded ones at the shop's address; both come back as they are kept here, and lie
/// elsewhere for another shop.
#[test]
fn pictures_go_out_where_others_can_fetch_them() {
    for ((_, store), (_, other)) in stores(schemas()).into_iter().zip(stores(schemas())) {
        let world = world(&store);
        let own = world.seller.raw();
        let (sent, fetched) = (format!("/media/{}/800x600.jpg", "a".repeat(64)), "https://cdn.example/b.jpg?v=1,2");
        let image = sent.clone();
        store
            .write_blocking(move |tx| {
                catalog::put_medium(tx, &kept("a", "", own))?;
                catalog::put_medium(tx, &kept("b", fetched, own))?;
                let mut cup = cup(world);
                cup.images = [&image, fetched].map(|url| Image { url: url.into(), alt: "A cup".into() }).into();
                cup.description_html = Some(format!("<p>Blue</p><img src=\"{image}\"><img src=\"{fetched}\">"));
                cup.variants[0].image = Some(image.clone());
                catalog::put_product(tx, &cup)?;
                // Put again, what was fetched is found again.
                catalog::put_product(tx, &cup)
            })
            .unwrap();
        let text = file(&store, world.seller, "https://shop.example/");
        let (out, b) = (format!("https://shop.example{sent}"), format!("/media/{}/800x600.jpg", "b".repeat(64)));
        assert_eq!(text.matches(&out).count(), 3, "{text}");
        assert_eq!(
            (text.matches("https://cdn.example/b.jpg?v=1,2").count(), text.matches(&b).count()),
            (2, 0),
            "{text}"
        );
        assert!(text.contains("src=\"\"https://cdn.example/b.jpg?v=1,2\"\""), "{text}");
        nothing_happens(&run(&store, &text, &options(world)), &text);
        assert_eq!(images(&page(&store, world)), [sent.clone(), b], "kept as they are");
        let there = super::world(&other);
        assert_eq!(run(&other, &text, &options(there)).errors, []);
        let elsewhere = page(&other, there);
        assert_eq!((images(&elsewhere), &elsewhere.variants[0].image), (vec![out.clone(), fetched.to_owned()], &out));
        assert_eq!(file(&other, there.seller, "https://other.example"), text);
        // An address that looks like a picture of ours and is not the seller's own stays another machine's.
        let foreign = text.replace(&"a".repeat(64), &"c".repeat(64));
        assert_eq!(run(&store, &foreign, &options(world)).errors, []);
        assert_eq!(
            images(&page(&store, world))[0],
            format!("https://shop.example/media/{}/800x600.jpg", "c".repeat(64))
        );
    }
}

fn page(store: &Store, world: World) -> catalog::ProductPage {
    let read = move |db: &mut store::Read| {
        let id = catalog::product_by_handle(db, world.seller.raw(), "cup")?.unwrap();
        catalog::product(db, id, "en")
    };
    store.read_blocking(read).unwrap()
}

fn images(page: &catalog::ProductPage) -> Vec<String> {
    page.images.iter().map(|image| image.url.clone()).collect()
}

/// A file of many pages holds every product once, of its seller alone, and only for those who may see it.
#[test]
fn a_long_catalogue_goes_out_whole_and_to_its_own_people() {
    each(schemas(), |store| {
        let world = world(store);
        store
            .write_blocking(move |tx| {
                for number in 0..120 {
                    let organisation = if number % 3 == 0 { world.platform } else { world.seller }.raw();
                    let handle = format!("cup-{number}");
                    catalog::put_product(tx, &PutProduct { organisation, handle, ..cup(world) })?;
                }
                Ok(())
            })
            .unwrap();
        let text = file(store, world.seller, "");
        let handles: Vec<&str> = text.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
        let expected: Vec<String> =
            (0..120).filter(|number| number % 3 > 0).map(|number| format!("cup-{number}")).collect();
        assert_eq!(handles[..2], ["t-shirt"; 2]);
        assert_eq!(handles[2..], expected);
        let asked = |actor: Actor| store.read_as_blocking(actor, move |db| catalogue(db, world.seller, "").map(drop));
        let of = |organisation: Id<parties::Organisation>, role| Actor::Person {
            person: 1,
            organisation: organisation.raw(),
            role,
        };
        asked(seller_of(world.seller)).unwrap();
        asked(of(world.platform, base::Role::Service)).unwrap();
        for stranger in [seller_of(world.platform), of(Id::from_raw(0), base::Role::Buyer)] {
            assert_eq!(asked(stranger).unwrap_err().code, "denied");
        }
        assert_eq!(asked(Actor::Guest).unwrap_err().kind, base::Kind::Unauthenticated);
    });
}

/// A long catalogue goes out in a time that grows with its length: what a product is sold for is found by the product.
#[test]
fn what_is_sold_is_found_by_its_product() {
    let (_, store) = stores(schemas()).swap_remove(0);
    let plan = |sql: &'static str| store.read_blocking(move |db| db.explain(sql)).unwrap().join("; ");
    let (offers, stock) = (plan(crate::export::OFFERS), plan(crate::export::STOCK));
    assert!(offers.contains("offer_product (product=?)"), "{offers}");
    assert!(stock.contains("(product=?)") && stock.contains("stock_item_variant (variant=?)"), "{stock}");
}

/// The columns that files out have and others seldom: what they take and what they refuse.
#[test]
fn offers_are_paused_and_shelves_left_by_file() {
    each(schemas(), |store| {
        let world = world(store);
        let with = |rows: &str| {
            run(
                store,
                &format!("Handle,Title,Type,Category,Text Language,SKU,Price,Offer Status\n{rows}"),
                &options(world),
            )
        };
        let report = with("tea,Tee,Tea,,de,TEA,5,paused\n");
        assert_eq!((report.created, report.errors, report.effects.unpublished), (1, vec![], 0));
        let read = move |db: &mut store::Read| {
            let id = catalog::product_by_handle(db, world.seller.raw(), "tea")?.unwrap();
            Ok((catalog::product_as_written(db, id)?, offers_of_product(db, id)?[0].offer.status))
        };
        let (page, status) = store.read_blocking(read).unwrap();
        assert_eq!((page.language.as_str(), status), ("de", Status::Paused));
        assert_eq!(page.category.unwrap().slug, "tea", "the owner's word serves");
        let report = with("tea,Tee,Tea,-,,TEA,5,active\n");
        assert_eq!((report.updated, report.effects.published, report.effects.are_grave()), (1, 1, true));
        let (page, status) = store.read_blocking(read).unwrap();
        assert_eq!((page.category, page.language.as_str(), status), (None, "de", Status::Active));
        let report = with("tea,Tee,Tea,-,Klingon!,TEA,5,\nmug,Mug,,,,MUG,5,sometimes\nplate,Plate,,,,PLATE,–,\n");
        let told: Vec<_> =
            report.errors.iter().map(|error| (error.line, error.column.as_str(), error.reason.code())).collect();
        assert_eq!(told, [(2, "Text Language", "language_unknown"), (3, "Offer Status", "offer_status_unknown")]);
        assert_eq!((report.created, report.effects.unpriced), (1, 1), "a dash says that no price is missed");
    });
}

/// The folder of real shops' files, if it is there.
fn samples() -> Option<Vec<std::path::PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/catalog-shopify-samples");
    let Ok(read) = std::fs::read_dir(&folder) else {
        println!("skipped: no product samples at {}", folder.display());
        return None;
    };
    let files = read.map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "csv")).collect();
    files.sort();
    Some(files)
}

#[test]
fn real_catalogues_come_back_as_they_went_out() {
    for path in samples().into_iter().flatten() {
        // The largest once, the others on both engines.
        let large = std::fs::metadata(&path).unwrap().len() > 1_000_000;
        for (_, store) in stores(schemas()).into_iter().take(if large { 1 } else { 2 }) {
            let world = world(&store);
            let bytes = std::fs::read(&path).unwrap();
            let first = import(&store, || Ok(&bytes[..]), &options(world), |_| true).unwrap();
            assert!(first.products > 10, "{}", path.display());
            let text = file(&store, world.seller, "");
            let again = run(&store, &text, &options(world));
            assert_eq!((again.errors, again.created, again.updated), (vec![], 0, 0), "{}", path.display());
            assert_eq!(again.unchanged, first.created + 1, "{}", path.display());
            assert_eq!(file(&store, world.seller, ""), text);
        }
    }
}
