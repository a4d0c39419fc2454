//! The shop is founded: the house, a seller or supplier, what they have on their shelves.

use crate::{Shop, Side, Thing};
use base::{Address, Currency, Language, Money, Result, Weight};
use catalog::{PutProduct, PutText, PutVariant};
use offers::{AgreeSupply, PutOffer, Rates};
use parties::{NewOrganisation, OrganisationKind, Register};
use payments::sandbox::Sandbox;
use std::sync::Arc;
use stock::{Move, PutWarehouse};
use store::{Store, Tx};
use terms::{Mode, NewAgreement, Party};

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
        let house = side(tx, "House", "PL", How { mode: Mode::SelfOperated, supply: None })?;
        let mut loom = side(tx, "Loom", "CN", how)?;
        if how.supply.is_some() && how.mode.template().ships == Party::Platform {
            loom.warehouse = house.warehouse;
        }
        let lamp = thing(tx, &house, "lamp", "940520", 900, Money::new(4000, Currency::EUR))?;
        let shirt = thing(tx, &loom, "shirt", "610910", 200, Money::new(1500, Currency::EUR))?;
        let mug = thing(tx, &loom, "mug", "691200", 400, Money::new(1234, Currency::USD))?;
        let register = Register {
            email: "jana@example.com".into(),
            password_hash: "$argon2id$none".into(),
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

/// The rates and rules of the store's day.
fn world(store: &Store) -> Arc<door::World> {
    let now = store.clock().now();
    let rates = store.read_blocking(move |db| Rates::load(db, now.date())).unwrap();
    Arc::new(door::World::new(customs::Tables::builtin(), &rates, customs::Typical::Accept, now).unwrap())
}

fn side(tx: &mut Tx, name: &str, country: &str, how: How) -> Result<Side> {
    let house = how.mode == Mode::SelfOperated;
    let new = NewOrganisation {
        name: name.into(),
        kind: if house { OrganisationKind::Platform } else { OrganisationKind::Seller },
        country: country.parse()?,
        currency: Currency::EUR,
        language: Language::english(),
    };
    let organisation = parties::create_organisation(tx, &new)?;
    let currency = how.supply.map_or(Currency::EUR, |price| price.currency);
    let usual = NewAgreement { payout_days: 7, ..NewAgreement::of(organisation, how.mode, currency) };
    let agreement = NewAgreement {
        commission_tax_bp: 1900,
        commission_tax_jurisdiction: "IE".into(),
        fixed_fee_minor: if house { 0 } else { 30 },
        ..usual.clone()
    };
    let agreement = terms::agree(tx, if how.supply.is_some() { &usual } else { &agreement })?;
    let city = if house { "Łódź" } else { "Shenzhen" };
    let address = Address { country: country.into(), name: "Dock".into(), city: city.into(), ..Address::default() };
    let code = format!("{country}-1");
    let put = PutWarehouse { code, name: city.into(), organisation: organisation.raw(), address };
    Ok(Side { organisation, agreement, warehouse: stock::put_warehouse(tx, &put)?, supply: how.supply })
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
