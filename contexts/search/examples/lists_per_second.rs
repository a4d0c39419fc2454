//! How many list pages of 24 door prices a second one thread makes, and what the shelf weighs.
//! `cargo run --release -p search --example lists_per_second -- [PRODUCTS] [FOLDER]`: a folder is kept and used again.
#![allow(clippy::unwrap_used, reason = "an example that cannot go on has nothing to say")]

use base::{Address, Currency, Id, Language, Money, Weight};
use catalog::{Category, PutCategory, PutProduct, PutText, PutVariant};
use door::World;
use parties::{NewOrganisation, OrganisationKind};
use search::{Query, Shelf, Sort, search, suggest};
use std::collections::BTreeMap;
use std::time::Instant;
use stock::Move;
use store::{Clock, Options, Schema, Store, Tx, Url};
use terms::{Mode, NewAgreement};

const SCHEMAS: &[Schema] =
    &[parties::SCHEMA, catalog::SCHEMA, ledger::SCHEMA, terms::SCHEMA, stock::SCHEMA, offers::SCHEMA];
const COLOURS: [&str; 8] = ["Red", "Blue", "Green", "Black", "White", "Grey", "Yellow", "Brown"];
const STUFFS: [&str; 7] = ["cotton", "linen", "wool", "silk", "bamboo", "hemp", "jersey"];
const THINGS: [&str; 9] = ["shirt", "jacket", "scarf", "dress", "skirt", "hat", "sock", "glove", "belt"];

#[derive(Clone, Copy)]
struct Shop {
    id: Id<parties::Organisation>,
    agreement: Id<terms::Agreement>,
    warehouse: Id<stock::Warehouse>,
}

fn shop(tx: &mut Tx, country: &str) -> base::Result<Shop> {
    let new = NewOrganisation {
        name: format!("Shop {country}"),
        kind: OrganisationKind::Seller,
        country: country.parse()?,
        currency: Currency::EUR,
        language: Language::english(),
    };
    let id = parties::create_organisation(tx, &new)?;
    let agreement = terms::agree(tx, &NewAgreement::of(id, Mode::Marketplace, Currency::EUR))?;
    let address = Address { country: country.into(), city: "Port".into(), ..Address::default() };
    let put =
        stock::PutWarehouse { code: format!("{country}-1"), name: "House".into(), organisation: id.raw(), address };
    Ok(Shop { id, agreement, warehouse: stock::put_warehouse(tx, &put)? })
}

fn product(tx: &mut Tx, shop: Shop, category: Id<Category>, number: usize) -> base::Result<()> {
    let (colour, stuff, thing) = (COLOURS[number % 8], STUFFS[number % 7], THINGS[number % 9]);
    let variant = PutVariant {
        sku: Some(format!("P{number}")),
        options: ["Default Title".into(), String::new(), String::new()],
        weight: Some(Weight::grams(100 + (number % 900) as i64)),
        hs: Some(["610910", "640411", "851830", "691110", "420222"][number % 5].parse()?),
        origin: Some("CN".parse()?),
        customs_description: Some(format!("{stuff} {thing}")),
        ..PutVariant::default()
    };
    let text =
        |language: &str, title: String| PutText { language: language.into(), title: Some(title), ..PutText::default() };
    let put = PutProduct {
        organisation: shop.id.raw(),
        handle: format!("p-{number}"),
        title: Some(format!("{colour} {stuff} {thing} no. {number}")),
        status: Some(catalog::Status::Active),
        vendor: Some(format!("Maker {}", number % 200)),
        category: Some(category),
        texts: vec![text("zh-CN", format!("红色棉衬衫 {number}")), text("ar", format!("قميص أحمر {number}"))],
        images: vec![catalog::Image { url: format!("/media/products/p-{number}.jpg"), alt: String::new() }],
        variants: vec![variant],
        ..PutProduct::default()
    };
    let variant = catalog::put_product(tx, &put)?.variants[0];
    let offer = offers::PutOffer {
        variant,
        organisation: shop.id,
        agreement: shop.agreement,
        warehouse: shop.warehouse,
        price: Money::new(300 + (number * 37 % 20_000) as i64, Currency::EUR),
        compare_at: None,
    };
    offers::put_offer(tx, &offer)?;
    let key = format!("b{number}");
    stock::set_on_hand(tx, &Move { warehouse: shop.warehouse, variant, quantity: 9, key, reason: "bench".into() })?;
    Ok(())
}

fn fill(store: &Store, products: usize) {
    let (shops, categories) = store
        .write_blocking(|tx| {
            offers::install_rates(tx)?;
            let shops =
                ["CN", "PL", "US"].into_iter().map(|country| shop(tx, country)).collect::<base::Result<Vec<_>>>()?;
            let categories = (0..40)
                .map(|number| {
                    let names = BTreeMap::from([("en".to_owned(), format!("Category {number}"))]);
                    catalog::put_category(tx, &PutCategory { names, ..PutCategory::default() })
                })
                .collect::<base::Result<Vec<_>>>()?;
            Ok((shops, categories))
        })
        .unwrap();
    for from in (0..products).step_by(200) {
        let (shops, categories) = (shops.clone(), categories.clone());
        store
            .write_blocking(move |tx| {
                (from..products.min(from + 200))
                    .try_for_each(|number| product(tx, shops[number % 3], categories[number % 40], number))
            })
            .unwrap();
    }
}

/// Resident kilobytes of this process.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn pages(name: &str, shelf: &Shelf, world: &World, query: &Query) {
    let began = Instant::now();
    let first = search(shelf, world, query).unwrap();
    let first_ms = began.elapsed().as_millis();
    let (began, mut count) = (Instant::now(), 0_u32);
    while began.elapsed().as_millis() < 1500 {
        search(shelf, world, query).unwrap();
        count += 1;
    }
    let each = began.elapsed() / count;
    println!("{name:<28} {:>7.0} pages/s  first {first_ms} ms, {} found", 1.0 / each.as_secs_f64(), first.total);
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let products = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(100_000);
    let folder = arguments.next().unwrap_or_else(|| "target/search-bench".into());
    let fresh = !std::path::Path::new(&folder).join("entrepot.db").exists();
    let now = "2026-11-20T09:00:00Z".parse().unwrap();
    let options = Options { clock: Clock::manual(now), ..Options::new(Url::Folder(folder.into()), SCHEMAS) };
    let store = Store::open(options).unwrap();
    if fresh {
        let began = Instant::now();
        fill(&store, products);
        println!("filled in {} s", began.elapsed().as_secs());
    }
    let (before, began) = (resident(), Instant::now());
    let shelf = store.read_blocking(Shelf::load).unwrap();
    println!(
        "{} products read in {} ms, {} MB",
        shelf.len(),
        began.elapsed().as_millis(),
        (resident() - before) / 1024
    );
    let rates = store.read_blocking(move |db| offers::Rates::load(db, now.date())).unwrap();
    let world = World::new(customs::Tables::builtin(), &rates, customs::Typical::Accept, now).unwrap();
    let germany = Query::to("DE".parse().unwrap(), Currency::EUR);
    let text = |text: &str| Query { text: text.into(), ..germany.clone() };
    pages("everything", &shelf, &world, &germany);
    pages("by door price", &shelf, &world, &Query { sort: Sort::DoorPrice, ..germany.clone() });
    pages("by arrival", &shelf, &world, &Query { sort: Sort::Arrival, ..germany.clone() });
    pages("red shirt", &shelf, &world, &text("red shirt"));
    pages("red shirt by door price", &shelf, &world, &Query { sort: Sort::DoorPrice, ..text("red shirt") });
    pages("cotton", &shelf, &world, &text("cotton"));
    pages("红色", &shelf, &world, &text("红色"));
    pages("to Japan, in yen", &shelf, &world, &Query::to("JP".parse().unwrap(), Currency::JPY));
    let began = Instant::now();
    (0..1000).for_each(|_| drop(suggest(&shelf, "red co", "en", 8)));
    println!("suggestions {} us", began.elapsed().as_micros() / 1000);
    println!("{} MB after all of it", (resident() - before) / 1024);
}
