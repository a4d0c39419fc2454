//! Products, categories and customs facts.

use super::{SCHEMAS, seller, shirt};
use crate::*;
use base::{Kind, Result, Weight};
use std::collections::BTreeMap;
use store::testing::each;
use store::{Store, Tx};

fn put(store: &Store, product: PutProduct) -> Result<Put> {
    store.write_blocking(move |tx: &mut Tx| put_product(tx, &product))
}

/// Counted in the table: a follower on PostgreSQL waits for other databases' transactions, too.
fn events(store: &Store) -> i64 {
    store.read_blocking(|db| db.raw("SELECT COUNT(*) FROM event", &[])?[0].get(0)).unwrap()
}

#[test]
fn putting_twice_changes_nothing() {
    each(SCHEMAS, |store| {
        let first = put(store, shirt()).unwrap();
        assert_eq!((first.change, first.variants.len()), (Change::Created, 2));
        let again = put(store, shirt()).unwrap();
        assert_eq!(again, Put { change: Change::Unchanged, ..first.clone() });
        assert_eq!(events(store), 1, "nothing happened, so nothing is told");
        let mut dearer = shirt();
        dearer.title = Some("Better T-shirt".into());
        let updated = put(store, dearer).unwrap();
        assert_eq!(updated, Put { change: Change::Updated, ..first.clone() });
        assert_eq!(events(store), 2);
        let page = store.read_blocking(move |db| product(db, first.id, "en")).unwrap();
        assert_eq!((page.title.as_str(), page.description_html.as_str()), ("Better T-shirt", "<p>Soft.</p>"));
        assert_eq!((page.slug.as_str(), page.status), ("t-shirt", Status::Draft));
        assert_eq!(page.options, [ProductOption { name: "Size".into(), values: vec!["S".into(), "M".into()] }]);
    });
}

#[test]
fn what_is_left_out_stays() {
    each(SCHEMAS, |store| {
        let mut whole = shirt();
        whole.vendor = Some("Loom".into());
        whole.tags = Some(vec!["cotton".into()]);
        whole.images = vec![Image { url: "/a.jpg".into(), alt: "front".into() }];
        whole.variants[0].weight = Some(Weight::grams(180));
        let id = put(store, whole).unwrap().id;
        let part = PutProduct {
            organisation: 7,
            handle: "t-shirt".into(),
            images: vec![Image { url: "/b.jpg".into(), alt: String::new() }],
            more_images: true,
            variants: vec![PutVariant {
                options: ["L".into(), String::new(), String::new()],
                sku: Some("TS-L".into()),
                ..PutVariant::default()
            }],
            ..PutProduct::default()
        };
        assert_eq!(put(store, part).unwrap().change, Change::Updated);
        let page = store.read_blocking(move |db| product(db, id, "en")).unwrap();
        assert_eq!((page.title.as_str(), page.vendor.as_str()), ("T-shirt", "Loom"));
        assert_eq!(page.tags, ["cotton"]);
        let urls: Vec<&str> = page.images.iter().map(|image| image.url.as_str()).collect();
        assert_eq!(urls, ["/a.jpg", "/b.jpg"]);
        let variants: Vec<(&str, i64)> =
            page.variants.iter().map(|variant| (variant.sku.as_str(), variant.position)).collect();
        assert_eq!(variants, [("TS-S", 1), ("TS-M", 2), ("TS-L", 3)]);
        assert_eq!(page.variants[0].weight, Some(Weight::grams(180)));
    });
}

#[test]
fn a_variant_keeps_its_id_when_its_options_are_renamed() {
    each(SCHEMAS, |store| {
        let first = put(store, shirt()).unwrap();
        let mut renamed = shirt();
        renamed.variants[0].options[0] = "Small".into();
        renamed.variants[1].options[0] = "Medium".into();
        let second = put(store, renamed).unwrap();
        assert_eq!(second, Put { change: Change::Updated, ..first });
    });
}

#[test]
fn two_owners_may_use_one_handle() {
    each(SCHEMAS, |store| {
        let one = put(store, shirt()).unwrap();
        let other = put(store, PutProduct { organisation: 8, ..shirt() }).unwrap();
        assert_ne!(one.id, other.id);
        let slug = store.read_blocking(move |db| product(db, other.id, "en")).unwrap().slug;
        assert!(slug.starts_with("t-shirt-") && slug.len() > 8, "{slug}");
        let by_slug = store.read_blocking(move |db| product_by_slug(db, &slug, "en")).unwrap();
        assert_eq!(by_slug.organisation, 8);
        let found = store.read_blocking(|db| variant_by_sku(db, 8, "TS-M")).unwrap().unwrap();
        assert_eq!(found.id, other.variants[1]);
    });
}

#[test]
fn only_the_owner_and_the_operator_may_write() {
    each(SCHEMAS, |store| {
        let denied = store.write_as_blocking(seller(8), |tx| put_product(tx, &shirt())).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let put = store.write_as_blocking(seller(7), |tx| put_product(tx, &shirt())).unwrap();
        let id = put.id;
        let denied = store.write_as_blocking(seller(8), move |tx| set_status(tx, id, Status::Active)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let facts = SetCustomsFacts { weight: Some(Weight::grams(5)), ..SetCustomsFacts::default() };
        let variant = put.variants[0];
        let denied = store.write_as_blocking(seller(8), move |tx| set_customs_facts(tx, variant, &facts)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        let category = PutCategory { slug: "x".into(), ..PutCategory::default() };
        assert!(store.write_as_blocking(seller(7), move |tx| put_category(tx, &category)).is_err());
        let page = store.read_blocking(move |db| product(db, id, "en")).unwrap();
        assert_eq!((page.status, page.variants[0].weight), (Status::Draft, None), "nothing was written");
    });
}

#[test]
fn wrong_products_are_refused() {
    each(SCHEMAS, |store| {
        let code = |product: PutProduct| put(store, product).unwrap_err().fields[0].code;
        assert_eq!(code(PutProduct { handle: " ".into(), ..shirt() }), "required");
        assert_eq!(code(PutProduct { title: None, ..shirt() }), "required");
        assert_eq!(code(PutProduct { variants: vec![], ..shirt() }), "required");
        let mut twice = shirt();
        twice.variants[1].options[0] = "S".into();
        assert_eq!(code(twice), "variant_twice");
        let mut weightless = shirt();
        weightless.variants[0].weight = Some(Weight::grams(0));
        assert_eq!(code(weightless), "weight_format");
    });
}

#[test]
fn texts_fall_back() {
    each(SCHEMAS, |store| {
        let mut product_put = shirt();
        product_put.texts = vec![PutText {
            language: "zh-CN".into(),
            title: Some("T恤".into()),
            description_html: None,
            words: BTreeMap::from([("Size".into(), "尺码".into()), ("S".into(), "小".into())]),
        }];
        let id = put(store, product_put.clone()).unwrap().id;
        assert_eq!(put(store, product_put).unwrap().change, Change::Unchanged);
        let in_language = |language: &'static str| store.read_blocking(move |db| product(db, id, language)).unwrap();
        let chinese = in_language("zh-CN");
        assert_eq!((chinese.title.as_str(), chinese.language.as_str()), ("T恤", "zh-CN"));
        assert_eq!(chinese.description_html, "<p>Soft.</p>", "no description of its own yet");
        assert_eq!(chinese.options, [ProductOption { name: "尺码".into(), values: vec!["小".into(), "M".into()] }]);
        assert_eq!(chinese.variants[0].label(), "小");
        assert_eq!(in_language("zh").title, "T恤", "the same primary language");
        assert_eq!((in_language("ar").title.as_str(), in_language("ar").language.as_str()), ("T-shirt", "en"));
        let rows = store.read_blocking(|db| products(db, &Filter::default(), "zh-CN", None, 10)).unwrap().rows;
        assert_eq!((rows[0].title.as_str(), rows[0].variants, rows[0].unready), ("T恤", 2, 2));
        assert_eq!(store.read_blocking(move |db| texts(db, id)).unwrap()[0].1, "T恤");
    });
}

#[test]
fn customs_facts_make_ready() {
    each(SCHEMAS, |store| {
        let shirts = put_category_named(store, "Shirts", None);
        let id = put(store, PutProduct { category: Some(shirts), ..shirt() }).unwrap();
        let list = || store.read_blocking(|db| readiness_list(db, Some(7), None, 10)).unwrap().rows;
        let before = list();
        assert_eq!(before.len(), 2);
        assert_eq!(before[0].missing, [Missing::Hs, Missing::Origin, Missing::Description, Missing::Weight]);
        let set = SetCustomsFacts {
            origin: Some("CN".parse().unwrap()),
            description: Some("Cotton T-shirt".into()),
            weight: Some(Weight::grams(180)),
            fill_siblings: true,
            ..SetCustomsFacts::default()
        };
        let variant = id.variants[0];
        store.write_as_blocking(seller(7), move |tx| set_customs_facts(tx, variant, &set)).unwrap();
        assert_eq!(
            list().iter().map(|row| row.missing.clone()).collect::<Vec<_>>(),
            [vec![Missing::Hs], vec![Missing::Hs]]
        );
        assert_eq!(store.read_blocking(|db| unready_count(db, 7)).unwrap(), 2);
        put_category_named(store, "Shirts", Some("6109.10"));
        assert_eq!(list(), [], "the category's default fills the gap");
        assert_eq!(store.read_blocking(|db| readiness_list(db, None, None, 10)).unwrap().rows, []);
        let known = store.read_blocking(move |db| facts(db, &[variant])).unwrap().remove(0);
        assert_eq!(known.variant.hs, Some("610910".parse().unwrap()));
        assert!(known.variant.hs_from_category && known.variant.ready);
        assert_eq!((known.title.as_str(), known.organisation), ("T-shirt", 7));
        put_category_named(store, "Shirts", None);
        assert_eq!(list().len(), 2, "and takes it away again");
    });
}

fn put_category_named(store: &Store, name: &str, hs: Option<&str>) -> base::Id<Category> {
    let put = PutCategory {
        names: BTreeMap::from([("en".into(), name.into()), ("zh-CN".into(), "衬衫".into())]),
        default_hs: hs.map(|hs| hs.parse().unwrap()),
        ..PutCategory::default()
    };
    store.write_blocking(move |tx| put_category(tx, &put)).unwrap()
}

#[test]
fn a_category_gives_its_goods_a_weight() {
    each(SCHEMAS, |store| {
        let heavy = |grams: Option<i64>| PutCategory {
            names: BTreeMap::from([("en".to_owned(), "Pots".to_owned())]),
            default_weight: grams.map(Weight::grams),
            ..PutCategory::default()
        };
        let (none, some) = (heavy(None), heavy(Some(700)));
        let shelf = store.write_blocking(move |tx| put_category(tx, &none)).unwrap();
        let pot = PutProduct {
            organisation: 7,
            handle: "pot".into(),
            title: Some("Pot".into()),
            category: Some(shelf),
            variants: vec![PutVariant {
                hs: Some("691110".parse().unwrap()),
                origin: Some("CN".parse().unwrap()),
                customs_description: Some("porcelain pot".into()),
                unsaid: [true; 3],
                ..PutVariant::default()
            }],
            ..PutProduct::default()
        };
        let put = store.write_blocking(move |tx| put_product(tx, &pot)).unwrap();
        let first = put.variants[0];
        let known = |store: &Store| store.read_blocking(move |db| variant(db, first)).unwrap();
        assert_eq!((known(store).weight, known(store).ready), (None, false));
        assert_eq!(known(store).options[0], "Default Title");
        store.write_blocking(move |tx| put_category(tx, &some)).unwrap();
        assert_eq!((known(store).weight, known(store).ready), (Some(Weight::grams(700)), true));
        assert!(known(store).weight_from_category);
        let own = SetCustomsFacts { weight: Some(Weight::grams(650)), ..SetCustomsFacts::default() };
        let id = known(store).id;
        store.write_blocking(move |tx| set_customs_facts(tx, id, &own)).unwrap();
        assert_eq!((known(store).weight, known(store).weight_from_category), (Some(Weight::grams(650)), false));
        let nothing = heavy(Some(0));
        assert!(store.write_blocking(move |tx| put_category(tx, &nothing)).is_err());
    });
}

#[test]
fn categories_stand_in_categories() {
    each(SCHEMAS, |store| {
        let clothing = put_category_named(store, "Clothing", Some("610910"));
        let names = BTreeMap::from([("en".to_owned(), "Shirts".to_owned())]);
        let child = PutCategory { parent: Some(clothing), names: names.clone(), ..PutCategory::default() };
        let child = store.write_blocking(move |tx| put_category(tx, &child)).unwrap();
        let read = store.read_blocking(move |db| category(db, child)).unwrap();
        assert_eq!(read.default_hs, Some("610910".parse().unwrap()), "inherited");
        assert_eq!((read.parent, read.slug.as_str()), (Some(clothing), "shirts"));
        let circle = PutCategory {
            slug: "clothing".into(),
            parent: Some(child),
            names: names.clone(),
            ..PutCategory::default()
        };
        let error = store.write_blocking(move |tx| put_category(tx, &circle)).unwrap_err();
        assert_eq!(error.fields[0].code, "circle");
        let all = store.read_blocking(categories).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].name("zh"), all[0].name("fr")), ("衬衫", "Clothing"));
    });
}

#[test]
fn lists_are_read_forward_by_filter() {
    each(SCHEMAS, |store| {
        for number in 0..7 {
            let owner = if number < 5 { 7 } else { 8 };
            let one = PutProduct {
                handle: format!("p-{number}"),
                organisation: owner,
                status: Some(if number % 2 == 0 { Status::Active } else { Status::Draft }),
                ..shirt()
            };
            put(store, one).unwrap();
        }
        let pages = |filter: Filter| {
            let (mut handles, mut after) = (Vec::new(), None);
            loop {
                let page = store.read_blocking(move |db| products(db, &filter, "en", after, 2)).unwrap();
                assert!(page.rows.len() <= 2);
                handles.extend(page.rows.into_iter().map(|row| row.handle));
                after = page.next;
                if after.is_none() {
                    return handles.join(" ");
                }
            }
        };
        assert_eq!(pages(Filter::default()), "p-6 p-5 p-4 p-3 p-2 p-1 p-0");
        assert_eq!(pages(Filter { organisation: Some(7), ..Filter::default() }), "p-4 p-3 p-2 p-1 p-0");
        let active = Filter { organisation: Some(7), status: Some(Status::Active), category: None };
        assert_eq!(pages(active), "p-4 p-2 p-0");
        assert_eq!(pages(Filter { status: Some(Status::Draft), ..Filter::default() }), "p-5 p-3 p-1");
    });
}

#[test]
fn a_status_is_set_once() {
    each(SCHEMAS, |store| {
        let id = put(store, shirt()).unwrap().id;
        for _ in 0..2 {
            store.write_blocking(move |tx| set_status(tx, id, Status::Archived)).unwrap();
        }
        assert_eq!(events(store), 2, "created and archived");
        let unknown = base::Id::from_raw(99);
        let error = store.write_blocking(move |tx| set_status(tx, unknown, Status::Draft)).unwrap_err();
        assert_eq!(error.code, "unknown_product");
    });
}

/// Shelves and products of any script have an address that can be read, and names that sound alike are not one shelf.
#[test]
fn names_of_any_script_make_readable_addresses() {
    each(SCHEMAS, |store| {
        let shelf = |name: &str| {
            let names = BTreeMap::from([("zh-CN".to_owned(), name.to_owned())]);
            let put = PutCategory { names, ..PutCategory::default() };
            let id = store.write_blocking(move |tx| put_category(tx, &put)).unwrap();
            let found = store.read_blocking(move |db| category(db, id)).unwrap();
            (id, found.slug, found.names["zh-CN"].clone())
        };
        let tea = shelf("茶具");
        assert_eq!((tea.1.as_str(), tea.2.as_str()), ("cha-ju", "茶具"));
        assert_eq!(shelf("茶具"), tea, "the same name is the same shelf");
        let alike = shelf("查距");
        assert_eq!((alike.1.as_str(), alike.0 == tea.0), ("cha-ju-2", false));
        assert_eq!(shelf("查距"), alike);
        assert_eq!(shelf("шкаф").1, "shkaf");
        // As a product file names it, by an operator: made, and found again.
        let path = vec!["茶具".to_owned(), "شاي".to_owned()];
        let made = store.write_blocking(move |tx| import::place(tx, &path, "")).unwrap().unwrap();
        let arabic = store.read_blocking(move |db| category(db, made)).unwrap();
        assert_eq!((arabic.slug.as_str(), arabic.name("en"), arabic.parent), ("shy", "شاي", Some(tea.0)));
        for (handle, title, slug) in [
            ("hongchabei", "红茶杯", "hongchabei"),
            ("شاي-أخضر", "شاي أخضر", "shy-khdr"),
            ("чайник", "Чайник", "chaynik"),
        ] {
            let mut product = shirt();
            (product.handle, product.title) = (handle.into(), Some(title.into()));
            for (at, variant) in product.variants.iter_mut().enumerate() {
                variant.sku = Some(format!("{handle}-{at}"));
            }
            let id = put(store, product.clone()).unwrap().id;
            assert_eq!(store.read_blocking(move |db| crate::product(db, id, "en")).unwrap().slug, slug);
            product.title = Some("another".into());
            put(store, product).unwrap();
            assert_eq!(
                store.read_blocking(move |db| crate::product(db, id, "en")).unwrap().slug,
                slug,
                "a new title keeps it"
            );
        }
    });
}

/// A category is made once, by whoever may; a shop has so many at most.
#[test]
fn a_category_is_made_once_and_there_is_a_most() {
    each(SCHEMAS, |store| {
        let named = |name: &str| PutCategory {
            names: BTreeMap::from([("en".to_owned(), name.to_owned())]),
            ..PutCategory::default()
        };
        let tea = named("Tea");
        let id = store.write_blocking(move |tx| make_category(tx, &tea)).unwrap();
        let again = named("Tea");
        assert_eq!(store.write_blocking(move |tx| make_category(tx, &again)).unwrap_err().code, "category_taken");
        let denied = named("Coffee");
        let error = store.write_as_blocking(seller(7), move |tx| make_category(tx, &denied)).unwrap_err();
        assert_eq!(error.code, "denied");
        let long = named(&"n".repeat(256));
        assert_eq!(store.write_blocking(move |tx| make_category(tx, &long)).unwrap_err().fields[0].code, "too_long");
        let fill = move |tx: &mut store::Tx| {
            for number in 1..category::CATEGORIES_MOST {
                make_category(tx, &named(&format!("Shelf {number}")))?;
            }
            Ok(())
        };
        store.write_blocking(fill).unwrap();
        let more =
            PutCategory { names: BTreeMap::from([("en".to_owned(), "More".to_owned())]), ..PutCategory::default() };
        let refused = store.write_blocking(move |tx| make_category(tx, &more)).unwrap_err();
        assert_eq!(refused.code, "too_many_categories");
        let known = PutCategory {
            slug: "tea".into(),
            names: BTreeMap::from([("en".to_owned(), "Teas".to_owned())]),
            ..PutCategory::default()
        };
        assert_eq!(store.write_blocking(move |tx| put_category(tx, &known)).unwrap(), id, "known ones can be changed");
    });
}
