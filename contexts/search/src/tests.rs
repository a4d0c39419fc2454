//! Tests of search through its public functions, on every engine; rules of words by properties.

mod pieces;

use crate::*;
use base::{Country, Currency, Id, Money, Result, Weight};
use catalog::{Category, Product, PutCategory, PutProduct, PutText, PutVariant};
use offers::{PutOffer, SetPrice, put_offer};
use shop_world::{SCHEMAS, Side, seller, world};
use std::collections::BTreeMap;
use stock::Move;
use store::testing::each;
use store::{Read, Store, Tx};

/// Two sellers, one in China and one in Poland; shelves for clothing with shirts within, and for cups.
#[derive(Clone, Copy)]
struct Town {
    loom: Side,
    kiln: Side,
    clothing: Id<Category>,
    shirts: Id<Category>,
    cups: Id<Category>,
}

fn shelf_of(tx: &mut Tx, name: &str, chinese: &str, parent: Option<Id<Category>>) -> Result<Id<Category>> {
    let names = BTreeMap::from([("en".to_owned(), name.to_owned()), ("zh-CN".to_owned(), chinese.to_owned())]);
    catalog::put_category(tx, &PutCategory { parent, names, ..PutCategory::default() })
}

fn town(store: &Store) -> Town {
    store
        .write_blocking(|tx| {
            offers::install_rates(tx)?;
            let clothing = shelf_of(tx, "Clothing", "服装", None)?;
            Ok(Town {
                loom: seller(tx, "Loom", "CN")?,
                kiln: seller(tx, "Kiln", "PL")?,
                clothing,
                shirts: shelf_of(tx, "Shirts", "衬衫", Some(clothing))?,
                cups: shelf_of(tx, "Cups", "杯子", None)?,
            })
        })
        .unwrap()
}

/// A product of one form, ready for customs, with `pieces` in stock.
fn put(
    tx: &mut Tx,
    by: Side,
    title: &str,
    chinese: &str,
    place: Id<Category>,
    minor: i64,
    pieces: i64,
) -> Result<Id<Product>> {
    let variant = PutVariant {
        sku: Some(format!("Q{minor}")),
        options: ["Default Title".into(), String::new(), String::new()],
        weight: Some(Weight::grams(200)),
        hs: Some("610910".parse()?),
        origin: Some("CN".parse()?),
        customs_description: Some("Cotton goods".into()),
        ..PutVariant::default()
    };
    let text = PutText { language: "zh-CN".into(), title: Some(chinese.into()), ..PutText::default() };
    let product = PutProduct {
        organisation: by.organisation.raw(),
        handle: title.to_lowercase().replace(' ', "-"),
        title: Some(title.into()),
        status: Some(catalog::Status::Active),
        vendor: Some("Maker".into()),
        category: Some(place),
        texts: if chinese.is_empty() { vec![] } else { vec![text] },
        variants: vec![variant],
        ..PutProduct::default()
    };
    let put = catalog::put_product(tx, &product)?;
    let (variant, price) = (put.variants[0], Money::new(minor, Currency::EUR));
    let offer = PutOffer {
        variant,
        organisation: by.organisation,
        agreement: by.agreement,
        warehouse: by.warehouse,
        price,
        compare_at: None,
    };
    put_offer(tx, &offer)?;
    let key = format!("{}:{pieces}", put.id);
    stock::set_on_hand(tx, &Move { warehouse: by.warehouse, variant, quantity: pieces, key, reason: "test".into() })?;
    Ok(put.id)
}

/// Five products; the last is sold out.
fn stocked(store: &Store) -> (Town, Vec<Id<Product>>) {
    let town = town(store);
    let products = store
        .write_blocking(move |tx| {
            Ok(vec![
                put(tx, town.loom, "Red cotton shirt", "红色棉衬衫", town.shirts, 1500, 5)?,
                put(tx, town.loom, "Blue linen shirt", "", town.shirts, 2500, 5)?,
                put(tx, town.kiln, "Red tea cup", "红茶杯", town.cups, 1000, 5)?,
                put(tx, town.kiln, "Women's jacket", "", town.clothing, 9000, 5)?,
                put(tx, town.kiln, "Green tea cup", "", town.cups, 800, 0)?,
            ])
        })
        .unwrap();
    (town, products)
}

fn load(store: &Store) -> Shelf {
    store.read_blocking(Shelf::load).unwrap()
}

fn germany() -> Query {
    Query::to("DE".parse().unwrap(), Currency::EUR)
}

fn titles(page: &Page) -> Vec<&str> {
    page.hits.iter().map(|hit| hit.title.as_str()).collect()
}

#[test]
fn everything_that_can_be_bought_is_found_newest_first() {
    each(SCHEMAS, |store| {
        let (town, products) = stocked(store);
        let (shelf, world) = (load(store), world(store));
        let page = search(&shelf, &world, &germany()).unwrap();
        assert_eq!(titles(&page), ["Women's jacket", "Red tea cup", "Blue linen shirt", "Red cotton shirt"]);
        assert_eq!((page.total, page.unsold, page.next.as_deref(), shelf.len()), (4, 1, None, 5));
        assert_eq!(page.facets.categories, [(town.clothing, 3), (town.shirts, 2), (town.cups, 1)]);
        let sellers: Vec<_> = page.facets.sellers.iter().map(|(_, name, seen)| (name.as_str(), *seen)).collect();
        assert_eq!(sellers, [("Loom", 2), ("Kiln", 2)]);
        assert_eq!(page.facets.ships_from.len(), 2);
        let cup = &page.hits[1];
        assert_eq!((cup.product, cup.organisation, cup.dispatch.code()), (products[2], town.kiln.organisation, "PL"));
        let facts = store
            .read_blocking({
                let offer = cup.offer;
                move |db: &mut Read| offers::facts(db, &[offer])
            })
            .unwrap();
        let ask = door::Ask { destination: "DE".parse().unwrap(), region: "", currency: Currency::EUR, service: None };
        assert_eq!(cup.door, door::price(&world, &facts[0], &ask, 1).unwrap(), "the door's own price");
    });
}

#[test]
fn words_find_in_every_language() {
    each(SCHEMAS, |store| {
        stocked(store);
        let (shelf, world) = (load(store), world(store));
        let find = |text: &str, language: &str| {
            let query = Query { text: text.into(), language: language.into(), ..germany() };
            search(&shelf, &world, &query).unwrap().hits.into_iter().map(|hit| hit.title).collect::<Vec<_>>()
        };
        assert_eq!(find("red shirt", "en"), ["Red cotton shirt"]);
        assert_eq!(find("RED sh", "en"), ["Red cotton shirt"], "the last word may be begun");
        assert_eq!(find("sh red", "en"), ["Red tea cup", "Red cotton shirt"], "others not: then any word will do");
        assert_eq!(find("womens", "en"), ["Women's jacket"]);
        assert_eq!(find("红茶", "zh-CN"), ["红茶杯"]);
        assert_eq!(
            find("衬衫", "zh-CN"),
            ["红色棉衬衫", "Blue linen shirt"],
            "a title counts more than a shelf's name"
        );
        assert_eq!(find("q9000", "en"), ["Women's jacket"]);
        assert_eq!(find("maker cup", "en"), ["Red tea cup"]);
        assert_eq!(find("zeppelin", "en"), Vec::<String>::new());
        assert_eq!(find("?!", "en").len(), 4, "no word is no filter");
    });
}

#[test]
fn lists_are_sorted_and_filtered_by_what_stands_at_the_door() {
    each(SCHEMAS, |store| {
        let (town, _) = stocked(store);
        let (shelf, world) = (load(store), world(store));
        let find = |query: Query| search(&shelf, &world, &query).unwrap();
        let cheapest = find(Query { sort: Sort::DoorPrice, ..germany() });
        let totals: Vec<i64> = cheapest.hits.iter().map(|hit| hit.door.total.minor).collect();
        assert!(totals.is_sorted() && totals.len() == 4, "{totals:?}");
        assert_eq!(cheapest.hits[0].title, "Red tea cup");
        let soonest = find(Query { sort: Sort::Arrival, ..germany() });
        assert!(soonest.hits.iter().map(|hit| hit.door.arrives.1).is_sorted());
        let most = totals[1];
        let cheap = find(Query { max_door_price: Some(most), ..germany() });
        assert_eq!(cheap.total, 2);
        assert_eq!(find(Query { max_door_price: Some(most - 1), ..germany() }).total, 1, "a cent less shuts it out");
        let day = soonest.hits[0].door.arrives.1;
        let by_then = find(Query { arrives_by: Some(day), ..germany() });
        assert!(by_then.total >= 1 && by_then.hits.iter().all(|hit| hit.door.arrives.1 <= day));
        assert_eq!(find(Query { arrives_by: Some(day.yesterday().unwrap()), ..germany() }).total, 0);
        let clothing = find(Query { categories: vec![town.clothing], ..germany() });
        assert_eq!(
            (clothing.total, clothing.facets.categories.len()),
            (3, 3),
            "its own filter does not hide the others"
        );
        let looms = find(Query { sellers: vec![town.loom.organisation], categories: vec![town.cups], ..germany() });
        assert_eq!((looms.total, looms.facets.sellers[0].1.as_str()), (0, "Kiln"));
        let from_china = find(Query { ships_from: vec!["CN".parse().unwrap()], ..germany() });
        assert_eq!(titles(&from_china), ["Blue linen shirt", "Red cotton shirt"]);
        let either = vec!["CN".parse().unwrap(), "PL".parse().unwrap()];
        let (both, shelves) = (vec![town.loom.organisation, town.kiln.organisation], vec![town.cups, town.shirts]);
        assert_eq!(find(Query { ships_from: either, sellers: both, ..germany() }).total, 4, "one value or the other");
        assert_eq!(find(Query { categories: shelves, ..germany() }).total, 3);
        let dear = find(Query { min_door_price: Some(most), ..germany() });
        assert_eq!(dear.total, 3);
        assert_eq!(find(Query { min_door_price: Some(most + 1), ..germany() }).total, 2, "a cent more shuts it out");
    });
}

#[test]
fn prices_of_the_whole_result_are_counted_by_steps() {
    each(SCHEMAS, |store| {
        let (town, _) = stocked(store);
        let (shelf, world) = (load(store), world(store));
        let find = |query: Query| search(&shelf, &world, &query).unwrap();
        let all = find(germany());
        let (prices, limit) = (all.facets.prices.clone(), Query { limit: 1, ..germany() });
        assert_eq!(find(limit).facets.prices, prices, "not only those of the page");
        assert_eq!(prices.iter().map(|(_, seen)| seen).sum::<usize>(), 4);
        for hit in &all.hits {
            let total = hit.door.total.minor;
            let at = prices.partition_point(|(least, _)| *least <= total) - 1;
            assert!(prices[at].1 > 0, "{total} in {prices:?}");
        }
        let few = find(Query { max_door_price: Some(1), ..germany() });
        assert_eq!((few.total, few.facets.prices), (0, prices), "the price does not count against itself");
        let cups = find(Query { categories: vec![town.cups], ..germany() });
        assert_eq!(cups.facets.prices.iter().map(|(_, seen)| seen).sum::<usize>(), 1, "other filters do");
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_double() {
    each(SCHEMAS, |store| {
        let town = town(store);
        let ids = store
            .write_blocking(move |tx| {
                (0..57)
                    .map(|number| put(tx, town.kiln, &format!("Cup {number}"), "", town.cups, 500 + number % 7, 3))
                    .collect::<Result<Vec<_>>>()
            })
            .unwrap();
        let (shelf, world) = (load(store), world(store));
        for sort in Sort::ALL {
            let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
            loop {
                let query = Query { sort, after, limit: 10, text: "cup".into(), ..germany() };
                let page = search(&shelf, &world, &query).unwrap();
                assert_eq!(page.total, 57);
                seen.extend(page.hits.iter().map(|hit| hit.product));
                pages += 1;
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!((pages, seen.len()), (6, 57), "{sort:?}");
            seen.sort();
            assert_eq!(seen, ids, "{sort:?}");
        }
        let broken = Query { after: Some("1_2".into()), ..germany() };
        assert_eq!(search(&shelf, &world, &broken).unwrap_err().code, "cursor");
    });
}

#[test]
fn what_cannot_be_sent_there_is_not_shown() {
    each(SCHEMAS, |store| {
        let town = town(store);
        let id = store.write_blocking(move |tx| put(tx, town.loom, "Lace", "", town.shirts, 1500, 5)).unwrap();
        let variant = store.read_blocking(move |db| catalog::product(db, id, "en")).unwrap().variants[0].id;
        let part = PutProduct {
            organisation: town.loom.organisation.raw(),
            handle: "lace".into(),
            variants: vec![PutVariant {
                options: ["Default Title".into(), String::new(), String::new()],
                customs_description: Some("Gift".into()),
                ..PutVariant::default()
            }],
            ..PutProduct::default()
        };
        store.write_blocking(move |tx| catalog::put_product(tx, &part)).unwrap();
        let (shelf, world) = (load(store), world(store));
        let to = |country: &str| {
            search(&shelf, &world, &Query::to(country.parse::<Country>().unwrap(), Currency::EUR)).unwrap()
        };
        assert_eq!((to("DE").total, to("DE").unsold), (0, 1), "customs refuses such a description");
        assert_eq!(to("CN").total, 1, "at home nobody asks");
        let set = catalog::SetCustomsFacts { description: Some("Cotton lace".into()), ..Default::default() };
        store.write_blocking(move |tx| catalog::set_customs_facts(tx, variant, &set)).unwrap();
        store
            .read_blocking({
                let shelf = shelf.clone();
                move |db| shelf.apply(db, &[id])
            })
            .unwrap();
        assert_eq!((to("DE").total, to("DE").unsold), (1, 0));
    });
}

fn apply(store: &Store, shelf: &Shelf, products: &[Id<Product>]) {
    let (shelf, products) = (shelf.clone(), products.to_vec());
    store.read_blocking(move |db| shelf.apply(db, &products)).unwrap();
}

#[test]
fn changes_are_seen_as_if_all_were_read_anew() {
    each(SCHEMAS, |store| {
        let (town, mut products) = stocked(store);
        let (shelf, world) = (load(store), world(store));
        let same = |shelf: &Shelf, step: &str| {
            let anew = load(store);
            assert_eq!(shelf.len(), anew.len(), "{step}");
            for sort in Sort::ALL {
                for text in ["", "red", "shirt", "cup"] {
                    let query = Query { sort, text: text.into(), ..germany() };
                    let pages = [search(shelf, &world, &query).unwrap(), search(&anew, &world, &query).unwrap()];
                    let [one, other] = pages.each_ref().map(|page| {
                        let hits = page.hits.iter().map(|hit| (hit.product, hit.title.clone(), hit.door.total));
                        (hits.collect::<Vec<_>>(), page.total, page.unsold, page.facets.clone())
                    });
                    assert_eq!(one, other, "{step} {sort:?} {text}");
                }
            }
        };
        let offer = search(&shelf, &world, &germany()).unwrap().hits[1].offer;
        let set = SetPrice { offer, price: Money::new(99_00, Currency::EUR), compare_at: None };
        store.write_blocking(move |tx| offers::set_price(tx, &set)).unwrap();
        apply(store, &shelf, &products[2..3]);
        same(&shelf, "price");
        apply(store, &shelf, &products);
        same(&shelf, "nothing new");
        let new = store.write_blocking(move |tx| put(tx, town.loom, "Red scarf", "", town.clothing, 700, 2)).unwrap();
        products.push(new);
        apply(store, &shelf, &[new]);
        same(&shelf, "new product");
        let gone = products[0];
        store.write_blocking(move |tx| catalog::set_status(tx, gone, catalog::Status::Archived)).unwrap();
        apply(store, &shelf, &[gone]);
        same(&shelf, "archived");
        store.write_blocking(move |tx| catalog::set_status(tx, gone, catalog::Status::Active)).unwrap();
        apply(store, &shelf, &[gone, new]);
        same(&shelf, "back again");
        let restock = products[4];
        let variant = store.read_blocking(move |db| catalog::product(db, restock, "en")).unwrap().variants[0].id;
        for quantity in [4, 3, 0] {
            let key = format!("restock {quantity}");
            let count = Move { warehouse: town.kiln.warehouse, variant, quantity, key, reason: "test".into() };
            store.write_blocking(move |tx| stock::set_on_hand(tx, &count)).unwrap();
            store
                .read_blocking({
                    let shelf = shelf.clone();
                    move |db| shelf.apply_variants(db, &[variant])
                })
                .unwrap();
            same(&shelf, "stock");
        }
        store
            .read_blocking({
                let shelf = shelf.clone();
                move |db| shelf.reload(db)
            })
            .unwrap();
        same(&shelf, "reloaded");
    });
}

#[test]
fn many_changes_become_part_of_the_whole() {
    let (_, store) = store::testing::stores(SCHEMAS).remove(0);
    let town = town(&store);
    let shelf = load(&store);
    let mut ids = Vec::new();
    for batch in 0..21 {
        let fresh = store
            .write_blocking(move |tx| {
                (0..100)
                    .map(|number| put(tx, town.kiln, &format!("Cup {batch}x{number}"), "", town.cups, 500, 1))
                    .collect::<Result<Vec<_>>>()
            })
            .unwrap();
        apply(&store, &shelf, &fresh);
        ids.extend(fresh);
    }
    assert_eq!(shelf.len(), 2100);
    let world = world(&store);
    let page = search(&shelf, &world, &Query { text: "20x99".into(), ..germany() }).unwrap();
    assert_eq!((page.total, page.hits[0].product), (1, ids[2099]));
    assert_eq!(search(&shelf, &world, &germany()).unwrap().total, 2100);
}

#[test]
fn forms_that_cost_the_same_are_one_and_the_cheapest_is_shown() {
    each(SCHEMAS, |store| {
        let town = town(store);
        let id = store.write_blocking(move |tx| put(tx, town.kiln, "Bowl", "", town.cups, 1000, 0)).unwrap();
        let size = |value: &str| PutVariant {
            sku: Some(value.into()),
            options: [value.into(), String::new(), String::new()],
            weight: Some(Weight::grams(200)),
            hs: Some("610910".parse().unwrap()),
            origin: Some("CN".parse().unwrap()),
            customs_description: Some("Clay bowl".into()),
            ..PutVariant::default()
        };
        let more = PutProduct {
            organisation: town.kiln.organisation.raw(),
            handle: "bowl".into(),
            variants: vec![size("A"), size("B"), size("C")],
            ..PutProduct::default()
        };
        let variants = store.write_blocking(move |tx| catalog::put_product(tx, &more)).unwrap().variants;
        for (variant, minor, quantity) in [(variants[0], 900, 2), (variants[1], 900, 3), (variants[2], 700, 0)] {
            let offer = PutOffer {
                variant,
                organisation: town.kiln.organisation,
                agreement: town.kiln.agreement,
                warehouse: town.kiln.warehouse,
                price: Money::new(minor, Currency::EUR),
                compare_at: Some(Money::new(2000, Currency::EUR)),
            };
            let key = format!("{variant}");
            let count = Move { warehouse: town.kiln.warehouse, variant, quantity, key, reason: "test".into() };
            store
                .write_blocking(move |tx| {
                    put_offer(tx, &offer)?;
                    stock::set_on_hand(tx, &count)
                })
                .unwrap();
        }
        let (shelf, world) = (load(store), world(store));
        let page = search(&shelf, &world, &germany()).unwrap();
        assert_eq!((page.total, page.hits[0].product), (1, id));
        assert_eq!(page.hits[0].variant, variants[0], "the cheapest that is there");
        assert_eq!((page.hits[0].price.minor, page.hits[0].compare_at.unwrap().minor), (900, 2000));
        assert_eq!(shelf.view().stock.lots.len(), 3, "A and B are one lot");
    });
}

#[test]
fn beginnings_are_completed() {
    each(SCHEMAS, |store| {
        let (town, products) = stocked(store);
        let shelf = load(store);
        let shown = |text: &str, language: &str| {
            let one = |suggestion| match suggestion {
                Suggestion::Category { name, .. } => format!("[{name}]"),
                Suggestion::Product { title, .. } => title,
            };
            suggest(&shelf, text, language, 4).into_iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(shown("cu", "en"), ["[Cups]", "Green tea cup", "Red tea cup"]);
        assert_eq!(shown("红", "zh-CN"), ["红茶杯", "红色棉衬衫"]);
        assert_eq!(shown("red s", "en"), ["[Shirts]", "Red cotton shirt"]);
        assert_eq!(shown(" ", "en"), Vec::<String>::new());
        let first = suggest(&shelf, "shirts", "zh-CN", 4).remove(0);
        assert!(matches!(first, Suggestion::Product { product, .. } if product == products[1]), "{first:?}");
        let place = suggest(&shelf, "shirts", "en", 4).remove(0);
        assert!(matches!(place, Suggestion::Category { category, .. } if category == town.shirts), "{place:?}");
    });
}
