//! The shop is founded: the house, a seller or supplier, what they have on their shelves.

use crate::{Shop, Side, Thing};
use base::{Address, Currency, Id, Language, Money, Result, Weight};
use catalog::{PutProduct, PutText, PutVariant};
use offers::{AgreeSupply, PutOffer, Rates};
use onboarding::{Added, NewSeller, NewWarehouse, TermsWish};
use parties::{Claim, Organisation, Register};
use payments::sandbox::Sandbox;
use std::sync::Arc;
use stock::{Move, Warehouse};
use store::{Store, Tx};
use terms::{Mode, Party};

/// How the second side's goods are sold.
#[derive(Clone, Copy)]
struct How {
    mode: Mode,
    supply: Option<Money>,
}

/// A shop on a fresh store of the tables [`crate::SCHEMAS`] and whatever else is tested.
pub fn shop(store: &Store) -> Shop {
    found(store, How { mode: Mode::Marketplace, supply: None })
}

/// The same, but that the house sells what Loom supplies at `price` a piece.
pub fn supplied(store: &Store, mode: Mode, price: Money) -> Shop {
    found(store, How { mode, supply: Some(price) })
}

fn found(store: &Store, how: How) -> Shop {
    let build = move |tx: &mut Tx| {
        offers::install_rates(tx)?;
        let house = house(tx, NO_PASSWORD)?;
        let mut loom = joined(tx, "Loom", "CN", how)?;
        if how.supply.is_some() && how.mode.template().ships == Party::Platform {
            loom.warehouse = house.warehouse;
        }
        let lamp = thing(tx, &house, "lamp", "940520", 900, Money::new(4000, Currency::EUR))?;
        let shirt = thing(tx, &loom, "shirt", "610910", 200, Money::new(1500, Currency::EUR))?;
        let mug = thing(tx, &loom, "mug", "691200", 400, Money::new(1234, Currency::USD))?;
        let register = Register {
            email: "jana@example.com".into(),
            password_hash: NO_PASSWORD.into(),
            name: "Jana".into(),
            language: Language::english(),
            country: "DE".parse()?,
        };
        Ok((house, loom, lamp, shirt, mug, parties::register(tx, &register)?))
    };
    let (house, loom, lamp, shirt, mug, buyer) = store.write_blocking(build).unwrap();
    let sandbox = Sandbox::new(store).unwrap();
    Shop { store: store.clone(), world: world(store), sandbox, house, loom, lamp, shirt, mug, buyer }
}

/// The hash of nothing: nobody signs in.
const NO_PASSWORD: &str = "$argon2id$none";

/// The rates and rules of the store's day.
pub fn world(store: &Store) -> Arc<door::World> {
    let now = store.clock().now();
    let rates = store.read_blocking(move |db| Rates::load(db, now.date())).unwrap();
    Arc::new(door::World::new(customs::Tables::builtin(), &rates, customs::Typical::Accept, now).unwrap())
}

/// The shop itself is founded by operator@example.com, and has a warehouse in Łódź.
pub fn house(tx: &mut Tx, password_hash: &str) -> Result<Side> {
    let claim = Claim {
        token: parties::claim_token(tx)?.expect("an empty installation"),
        name: "House".into(),
        country: "PL".parse()?,
        currency: Currency::EUR,
        language: Language::english(),
        typical_rates: true,
        email: "operator@example.com".into(),
        password_hash: password_hash.into(),
    };
    let organisation = onboarding::found(tx, &claim)?.organisation;
    let now = tx.now();
    let agreement = terms::current(tx, organisation, now)?[0].id;
    Ok(Side { organisation, agreement, warehouse: warehouse(tx, organisation, "PL")?, supply: None })
}

/// A seller joins the marketplace, with a warehouse in China (CN) or Poland (PL).
pub fn seller(tx: &mut Tx, name: &str, country: &str) -> Result<Side> {
    joined(tx, name, country, How { mode: Mode::Marketplace, supply: None })
}

fn joined(tx: &mut Tx, name: &str, country: &str, how: How) -> Result<Side> {
    let mut terms = TermsWish {
        currency: how.supply.map(|price| price.currency),
        payout_days: Some(7),
        ..TermsWish::usual(how.mode)
    };
    if how.supply.is_none() {
        terms.commission_tax_bp = Some(1900);
        terms.commission_tax_jurisdiction = "IE".into();
        terms.fixed_fee_minor = Some(30);
    }
    let new = NewSeller {
        name: name.into(),
        country: country.parse()?,
        currency: Currency::EUR,
        language: Language::english(),
        terms,
        email: format!("owner@{}.example", name.to_lowercase()),
    };
    let Added { organisation, agreement, .. } = onboarding::add_seller(tx, &new, false)?;
    Ok(Side { organisation, agreement, warehouse: warehouse(tx, organisation, country)?, supply: how.supply })
}

fn warehouse(tx: &mut Tx, organisation: Id<Organisation>, country: &str) -> Result<Id<Warehouse>> {
    let (city, region, postcode) =
        if country == "PL" { ("Łódź", "", "90-001") } else { ("Shenzhen", "GD", "518000") };
    let address = Address {
        country: country.into(),
        name: "Dock".into(),
        street: "1 Harbour Road".into(),
        city: city.into(),
        region: region.into(),
        postcode: postcode.into(),
        phone: "+48 42 123 45 67".into(),
        ..Address::default()
    };
    onboarding::add_warehouse(tx, &NewWarehouse { organisation, code: String::new(), name: city.into(), address })
}

/// A thing that a side has on sale, a thousand of them on its shelf.
pub fn thing(tx: &mut Tx, side: &Side, name: &str, hs: &str, grams: i64, price: Money) -> Result<Thing> {
    let product = PutProduct {
        organisation: side.organisation.raw(),
        handle: name.into(),
        title: Some(format!("A {name}")),
        status: Some(catalog::Status::Active),
        texts: vec![PutText { language: "zh-CN".into(), title: Some(format!("{name} 中文")), ..PutText::default() }],
        options: vec!["Size".into()],
        variants: vec![PutVariant {
            sku: Some(name.to_uppercase()),
            options: ["M".into(), String::new(), String::new()],
            weight: Some(Weight::grams(grams)),
            hs: Some(hs.parse()?),
            origin: Some("CN".parse()?),
            customs_description: Some(format!("plain household {name}")),
            ..PutVariant::default()
        }],
        ..PutProduct::default()
    };
    let put = catalog::put_product(tx, &product)?;
    let (product, variant) = (put.id, put.variants[0]);
    let Side { organisation, agreement, warehouse, supply } = *side;
    if let Some(price) = supply {
        offers::agree_supply(tx, &AgreeSupply { agreement, variant, price, valid_from: None })?;
    }
    let offer = PutOffer { variant, organisation, agreement, warehouse, price, compare_at: None };
    let (offer, _) = offers::put_offer(tx, &offer)?;
    let (quantity, key, reason) = (1_000, format!("first:{name}"), "first".to_owned());
    stock::receive(tx, &Move { warehouse, variant, quantity, key, reason })?;
    Ok(Thing { variant, product, offer, warehouse })
}
