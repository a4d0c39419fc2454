//! What is for sale in the demo world: categories, the product file, further offers of the same goods elsewhere.

use crate::people::{People, Trader};
use crate::table::{Row, Table};
use base::{Actor, Error, Money, Rate, Result};
use offers::{ImportOptions, PutOffer};
use std::collections::BTreeMap;
use store::Tx;
use works::House;

/// The shop's shelves: English, Chinese, Arabic.
const CATEGORIES: [(&str, &str, &str, &str); 8] = [
    ("home-kitchen", "Home & kitchen", "家居厨房", "المنزل والمطبخ"),
    ("phone-power", "Phone & power", "手机与电源", "الهاتف والطاقة"),
    ("audio", "Audio", "影音", "الصوتيات"),
    ("clothing", "Clothing", "服饰", "الملابس"),
    ("children", "Children", "母婴儿童", "الأطفال"),
    ("outdoor", "Outdoor", "户外", "في الهواء الطلق"),
    ("beauty", "Beauty", "美妆个护", "الجمال"),
    ("tea-pantry", "Tea & pantry", "茶与食品", "الشاي والمؤونة"),
];

/// Brings in categories, products with their prices and stock, and the second warehouses' offers.
pub async fn stock_up(house: &House, people: &People) -> Result<()> {
    house.store.write(categories).await?;
    let (store, operator) = (house.store.clone(), people.traders.first().cloned());
    let operator = operator.ok_or_else(|| Error::internal("sellers.csv names no operator"))?;
    let traders = people.traders.clone();
    // The import blocks: it runs on a thread that may.
    tokio::task::spawn_blocking(move || {
        import(&store, &operator, include_str!("../tables/products.csv"))?;
        further_offers(&store, &traders)
    })
    .await
    .map_err(Error::internal)?
}

/// Days until the demonstration's pre-order ships.
const PREORDER_DAYS: i64 = 43;

/// What a seller brought in this morning and has not yet completed for customs, and what is sold before it is there.
pub async fn arrive(house: &House, people: &People) -> Result<()> {
    let operator = people.traders.first().cloned();
    let operator = operator.ok_or_else(|| Error::internal("sellers.csv names no operator"))?;
    let store = house.store.clone();
    let work = move || {
        import(&store, &operator, include_str!("../tables/arrivals.csv"))?;
        let ships_on = store.clock().now().plus_days(PREORDER_DAYS).date().to_string();
        import(&store, &operator, &include_str!("../tables/early.csv").replace("SHIPS-ON", &ships_on))
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

fn categories(tx: &mut Tx) -> Result<()> {
    for (position, (slug, en, zh, ar)) in CATEGORIES.into_iter().enumerate() {
        let names =
            BTreeMap::from([("en", en), ("zh-CN", zh), ("ar", ar)].map(|(tag, name)| (tag.into(), name.into())));
        catalog::put_category(
            tx,
            &catalog::PutCategory {
                slug: slug.into(),
                names,
                position: position as i64,
                ..catalog::PutCategory::default()
            },
        )?;
    }
    Ok(())
}

fn import(store: &store::Store, operator: &Trader, file: &str) -> Result<()> {
    let warehouse = store
        .read_blocking(|db| stock::warehouse_by_code(db, "cn-ningbo"))?
        .ok_or_else(|| Error::internal("warehouses.csv has no cn-ningbo"))?;
    let options = ImportOptions {
        actor: Actor::System,
        organisation: operator.organisation,
        agreement: Some(operator.agreement),
        warehouse: warehouse.id,
        currency: operator.currency,
        decimal: None,
        new_status: catalog::Status::Active,
        uncounted: None,
        encoding: None,
        columns: catalog::import::Mapping::default(),
        dry_run: false,
    };
    let report = offers::import(store, || Ok(file.as_bytes()), &options, |_| true)?;
    match report.errors.first() {
        None => Ok(()),
        Some(error) => Err(Error::internal(format!("line {} of what is for sale: {:?}", error.line, error.reason))),
    }
}

fn further_offers(store: &store::Store, traders: &[Trader]) -> Result<()> {
    let table = Table::read(include_str!("../tables/offers.csv"))?;
    for row in table.rows() {
        let seller = traders.iter().find(|one| one.name == row.text("Seller"));
        let seller = seller.ok_or_else(|| Error::internal(format!("offers.csv: nobody is {}", row.text("Seller"))))?;
        let offer = further_offer(row)?;
        let seller = seller.clone();
        store.write_blocking(move |tx| put(tx, &seller, &offer))?;
    }
    Ok(())
}

#[derive(Clone)]
struct Further {
    sku: String,
    warehouse: String,
    quantity: i64,
    price: Money,
}

fn further_offer(row: Row) -> Result<Further> {
    let currency: base::Currency = row.parse("Price Currency")?;
    let price: Rate = row.parse("Price")?;
    let minor = price.shifted(i64::from(currency.exponent()))?.whole();
    Ok(Further {
        sku: row.text("SKU").into(),
        warehouse: row.text("Warehouse").into(),
        quantity: row.number("Quantity")?,
        price: Money::new(minor.ok_or_else(|| Error::internal("offers.csv: a price too fine"))?, currency),
    })
}

fn put(tx: &mut Tx, seller: &Trader, further: &Further) -> Result<()> {
    let warehouse = stock::warehouse_by_code(tx, &further.warehouse)?;
    let warehouse = warehouse.ok_or_else(|| Error::internal(format!("no warehouse {}", further.warehouse)))?.id;
    let variant = catalog::variant_by_sku(tx, seller.organisation.raw(), &further.sku)?;
    let variant = variant.ok_or_else(|| Error::internal(format!("no SKU {}", further.sku)))?.id;
    let (price, agreement, organisation) = (further.price, seller.agreement, seller.organisation);
    offers::put_offer(tx, &PutOffer { variant, organisation, agreement, warehouse, price, compare_at: None })?;
    let key = format!("demo:{}:{}", further.sku, further.warehouse);
    let reason = "first stock".to_owned();
    stock::receive(tx, &stock::Move { warehouse, variant, quantity: further.quantity, key, reason }).map(drop)
}
