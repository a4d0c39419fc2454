//! The shop that is measured: an operator with two warehouses, as many products as asked for, stock without end.

use base::{Address, Error, Id, Money, Result};
use catalog::{PutProduct, PutVariant};
use indicatif::{ProgressBar, ProgressStyle};
use offers::{Offer, PutOffer};
use onboarding::NewWarehouse;
use parties::Claim;
use serde_json::json;
use std::path::{Path, PathBuf};
use stock::{Move, Warehouse};
use store::{Clock, Tx, Url};
use tempfile::TempDir;
use terms::Agreement;
use works::House;

/// A prepared shop.
pub struct World {
    /// The data folder.
    pub data: PathBuf,
    /// The offers, in order of making.
    pub offers: Vec<Id<Offer>>,
    /// Names of the products in addresses.
    pub slugs: Vec<String>,
    /// A folder that goes with this value.
    _temporary: Option<TempDir>,
}

/// What the shop sells.
#[derive(Clone, Copy, Debug)]
pub struct Goods {
    /// How many products.
    pub products: u64,
    /// Each weighs so little that two hundred fit into a parcel.
    pub light: bool,
}

/// Words of titles; searches use them too.
pub const WORDS: [&str; 16] = [
    "cotton", "linen", "ceramic", "steel", "walnut", "travel", "kitchen", "garden", "wool", "glass", "folding",
    "compact", "cabin", "winter", "summer", "classic",
];
const THINGS: [(&str, &str, i64); 8] = [
    ("shirt", "610910", 220),
    ("mug", "691200", 480),
    ("backpack", "420292", 900),
    ("lamp", "940521", 1400),
    ("headphones", "851830", 300),
    ("kettle", "851671", 1300),
    ("scarf", "621410", 120),
    ("toy", "950300", 350),
];
const BATCH: u64 = 100;

/// Makes the shop in a new temporary folder, or in the empty database `db`.
pub async fn prepare(db: Option<&str>, goods: Goods) -> Result<World> {
    let folder = TempDir::with_prefix("entrepot-bench-").map_err(Error::internal)?;
    let url = db.map_or_else(|| Url::Folder(folder.path().to_owned()), works::url);
    let data = folder.path().to_owned();
    make(World { data, offers: Vec::new(), slugs: Vec::new(), _temporary: Some(folder) }, url, goods).await
}

/// Makes the shop in `data`, or finds it there as it was left. Errors: something else is there.
pub async fn kept(data: &Path, goods: Goods) -> Result<World> {
    let data = data.to_owned();
    let notes = data.join("bench.json");
    if let Ok(text) = std::fs::read_to_string(&notes) {
        let (offers, slugs): (Vec<String>, Vec<String>) = serde_json::from_str(&text).map_err(Error::internal)?;
        let offers = offers.iter().map(|offer| offer.parse()).collect::<Result<_>>()?;
        return Ok(World { data, offers, slugs, _temporary: None });
    }
    let url = Url::Folder(data.clone());
    let world = make(World { data, offers: Vec::new(), slugs: Vec::new(), _temporary: None }, url, goods).await?;
    let offers: Vec<String> = world.offers.iter().map(ToString::to_string).collect();
    std::fs::write(&notes, json!([offers, world.slugs]).to_string()).map_err(Error::internal)?;
    Ok(world)
}

async fn make(mut world: World, url: Url, goods: Goods) -> Result<World> {
    // Opening blocks; nothing else runs yet on this thread.
    let house = House::new(works::open(url, Clock::adjustable())?)?;
    let shop = house.store.write(settle).await?;
    let products = goods.products;
    let bar = ProgressBar::new(products).with_style(style());
    let mut from = 0;
    while from < products {
        let to = (from + BATCH).min(products);
        let light = goods.light;
        let made =
            move |tx: &mut Tx| (from..to).map(|number| product(tx, shop, number, light)).collect::<Result<Vec<_>>>();
        for (offer, slug) in house.store.write(made).await? {
            world.offers.push(offer);
            world.slugs.push(slug);
        }
        bar.set_position(to);
        from = to;
    }
    bar.finish_and_clear();
    house.store.close();
    Ok(world)
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("Preparing {len} products {bar:30} {percent} %")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[derive(Clone, Copy)]
struct Shop {
    organisation: Id<parties::Organisation>,
    agreement: Id<Agreement>,
    warehouses: [Id<Warehouse>; 2],
}

fn settle(tx: &mut Tx) -> Result<Shop> {
    let token = parties::claim_token(tx)?
        .ok_or_else(|| Error::invalid("not_empty", "The database is not empty: name one without an installation."))?;
    let claim = Claim {
        token,
        name: "Bench".into(),
        country: "PL".parse()?,
        currency: base::Currency::EUR,
        language: "en".parse()?,
        typical_rates: true,
        email: "bench@example.com".into(),
        // Nobody signs in: the hash is of nothing.
        password_hash: "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA".into(),
    };
    let organisation = onboarding::found(tx, &claim)?.organisation;
    let now = tx.now();
    let own = terms::current(tx, organisation, now)?;
    let agreement = own.first().ok_or_else(|| Error::internal("a shop is founded with its terms"))?.id;
    let mut warehouse = |code: &str, country: &str, city: &str, region: &str, postcode: &str| {
        let address = Address {
            country: country.into(),
            name: "Bench".into(),
            street: "1 Harbour Road".into(),
            city: city.into(),
            region: region.into(),
            postcode: postcode.into(),
            phone: "+48 42 123 45 67".into(),
            ..Address::default()
        };
        onboarding::add_warehouse(tx, &NewWarehouse { organisation, code: code.into(), name: city.into(), address })
    };
    let warehouses = [
        warehouse("BENCH-CN", "CN", "Ningbo", "Zhejiang", "315000")?,
        warehouse("BENCH-PL", "PL", "Łódź", "", "90-001")?,
    ];
    Ok(Shop { organisation, agreement, warehouses })
}

fn product(tx: &mut Tx, shop: Shop, number: u64, light: bool) -> Result<(Id<Offer>, String)> {
    let pick = |shift: u64| ((number.wrapping_mul(2_654_435_761) >> shift) % 16) as usize;
    let (thing, hs, grams) = THINGS[(number % 8) as usize];
    let title = format!("{} {} {thing} no. {number}", WORDS[pick(3)], WORDS[pick(11)]);
    let handle = format!("bench-{number}");
    let grams = if light { 30 } else { grams + (number % 7) as i64 * 30 };
    let variant = PutVariant {
        sku: Some(format!("B-{number}")),
        weight: Some(base::Weight::grams(grams)),
        hs: Some(hs.parse()?),
        origin: Some("CN".parse()?),
        customs_description: Some(format!("{thing} of mixed materials")),
        ..PutVariant::default()
    };
    let put = PutProduct {
        organisation: shop.organisation.raw(),
        handle: handle.clone(),
        title: Some(title),
        description_html: Some("<p>Made to be measured.</p>".into()),
        status: Some(catalog::Status::Active),
        variants: vec![variant],
        ..PutProduct::default()
    };
    let made = catalog::put_product(tx, &put)?;
    let variant = made.variants[0];
    let warehouse = shop.warehouses[(number / 2 % 2) as usize];
    let price = Money::new(900 + (number as i64 * 37) % 9_000, base::Currency::EUR);
    let (organisation, agreement) = (shop.organisation, shop.agreement);
    let (offer, _) =
        offers::put_offer(tx, &PutOffer { variant, organisation, agreement, warehouse, price, compare_at: None })?;
    let key = format!("bench:{number}");
    stock::receive(tx, &Move { warehouse, variant, quantity: 50_000_000, key, reason: "bench".into() })?;
    let slug = catalog::product(tx, made.id, "en")?.slug;
    Ok((offer, slug))
}
