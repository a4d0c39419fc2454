//! A shop for tests, and its orders in any state in one line: the house sells from Łódź, a marketplace seller from Shenzhen, buyers pay
//! with the sandbox. Everything is brought there by the deeds that pages and the API use.
//!
//! Owns: nothing. Never: part of the program.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use base::{Actor, Address, Currency, Id, Language, Money, Result, Role, Weight};
use catalog::{PutProduct, PutVariant, Variant};
use checkout::{AskQuote, CartLine, NewCart, Place, Placed, Reach, Retry, Visit};
use offers::{Offer, PutOffer, Rates};
use orders::{Consignment, Order, Whole};
use parties::{NewOrganisation, Organisation, OrganisationKind, Person, Register};
use payments::sandbox::Sandbox;
use payments::{Outcome, Provider, Providers};
use std::future::Future;
use std::sync::Arc;
use stock::{Move, PutWarehouse, Warehouse};
use store::{Read, Schema, Store, Tx};
use terms::{Agreement, Mode, NewAgreement};

/// The tables of every context up to settlement.
pub const SCHEMAS: &[Schema] = &[
    parties::SCHEMA,
    catalog::SCHEMA,
    ledger::SCHEMA,
    terms::SCHEMA,
    stock::SCHEMA,
    payments::SCHEMA,
    offers::SCHEMA,
    logistics::SCHEMA,
    orders::SCHEMA,
    checkout::SCHEMA,
    settlement::SCHEMA,
];

/// Who sells from where.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// The organisation.
    pub organisation: Id<Organisation>,
    /// Its agreement.
    pub agreement: Id<Agreement>,
    /// Its warehouse.
    pub warehouse: Id<Warehouse>,
}

/// One thing on sale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thing {
    /// What it is.
    pub variant: Id<Variant>,
    /// How it is sold.
    pub offer: Id<Offer>,
    /// Whose shelf it lies on.
    pub warehouse: Id<Warehouse>,
}

/// Everything a test needs.
#[derive(Clone)]
pub struct Shop {
    /// The database.
    pub store: Store,
    /// Rates and rules of the day.
    pub world: Arc<door::World>,
    /// Who takes payments.
    pub sandbox: Sandbox,
    /// The operator.
    pub house: Side,
    /// A marketplace seller.
    pub loom: Side,
    /// The house's lamp at 40.00 EUR, from Łódź.
    pub lamp: Thing,
    /// The seller's shirt at 15.00 EUR, from Shenzhen.
    pub shirt: Thing,
    /// The seller's mug at 12.34 USD, from Shenzhen.
    pub mug: Thing,
    /// A registered buyer.
    pub buyer: Id<Person>,
}

/// What pays at once, and what is refused.
pub const GOOD_CARD: &str = "4242 4242 4242 4242";
/// A card that is declined.
pub const BAD_CARD: &str = "4000 0000 0000 0002";

/// A shop on a fresh store of the tables [`SCHEMAS`] and whatever else is tested.
pub fn shop(store: &Store) -> Shop {
    let build = |tx: &mut Tx| {
        offers::install_rates(tx)?;
        let (house, loom) = (side(tx, "House", "PL")?, side(tx, "Loom", "CN")?);
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

fn side(tx: &mut Tx, name: &str, country: &str) -> Result<Side> {
    let house = name == "House";
    let new = NewOrganisation {
        name: name.into(),
        kind: if house { OrganisationKind::Platform } else { OrganisationKind::Seller },
        country: country.parse()?,
        currency: Currency::EUR,
        language: Language::english(),
    };
    let organisation = parties::create_organisation(tx, &new)?;
    let mode = if house { Mode::SelfOperated } else { Mode::Marketplace };
    let agreement = NewAgreement {
        commission_tax_bp: 1900,
        commission_tax_jurisdiction: "DE".into(),
        fixed_fee_minor: if house { 0 } else { 30 },
        ..NewAgreement::of(organisation, mode, Currency::EUR)
    };
    let agreement = terms::agree(tx, &agreement)?;
    let city = if house { "Łódź" } else { "Shenzhen" };
    let address = Address { country: country.into(), name: "Dock".into(), city: city.into(), ..Address::default() };
    let code = format!("{country}-1");
    let put = PutWarehouse { code, name: city.into(), organisation: organisation.raw(), address };
    Ok(Side { organisation, agreement, warehouse: stock::put_warehouse(tx, &put)? })
}

fn thing(tx: &mut Tx, side: &Side, name: &str, hs: &str, grams: i64, price: Money) -> Result<Thing> {
    let product = PutProduct {
        organisation: side.organisation.raw(),
        handle: name.into(),
        title: Some(format!("A {name}")),
        status: Some(catalog::Status::Active),
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
    let variant = catalog::put_product(tx, &product)?.variants[0];
    let Side { organisation, agreement, warehouse } = *side;
    let offer = PutOffer { variant, organisation, agreement, warehouse, price, compare_at: None };
    let (offer, _) = offers::put_offer(tx, &offer)?;
    let (quantity, key, reason) = (1_000, format!("first:{name}"), "first".to_owned());
    stock::receive(tx, &Move { warehouse, variant, quantity, key, reason })?;
    Ok(Thing { variant, offer, warehouse })
}

/// Where buyers live.
pub fn berlin() -> Address {
    Address {
        country: "DE".into(),
        name: "Jana Köhler".into(),
        street: "Torstraße 90".into(),
        postcode: "10119".into(),
        city: "Berlin".into(),
        phone: "+49 30 1234567".into(),
        ..Address::default()
    }
}

impl Shop {
    /// Reads.
    pub fn read<T: Send + 'static>(&self, read: impl FnMut(&mut Read) -> Result<T> + Send + 'static) -> T {
        self.store.read_blocking(read).unwrap()
    }

    /// Does something as the house.
    pub fn write<T: Send + 'static>(&self, deed: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> T {
        self.try_write(Actor::System, deed).unwrap()
    }

    /// Does something as somebody, if it can be done.
    pub fn try_write<T: Send + 'static>(
        &self,
        actor: Actor,
        deed: impl FnMut(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.write_as_blocking(actor, deed)
    }

    /// A guest's order of these things, placed and not paid.
    pub fn placed(&self, things: &[(Thing, i64)]) -> Placed {
        let lines = things.iter().map(|(thing, quantity)| CartLine { offer: thing.offer, quantity: *quantity });
        let new = NewCart {
            destination: "DE".parse().unwrap(),
            region: String::new(),
            currency: Currency::EUR,
            language: Language::english(),
            lines: lines.collect(),
        };
        let cart = Reach::Token(self.try_write(Actor::Guest, move |tx| checkout::create(tx, &new)).unwrap().token);
        let ask = AskQuote { cart: cart.clone(), address: berlin(), currency: None, choices: Vec::new(), from: None };
        let world = self.world.clone();
        let quote = self.try_write(Actor::Guest, move |tx| checkout::quote(tx, &world, &ask)).unwrap();
        let place = Place {
            cart,
            quote: Some(quote.id),
            email: "jana@example.com".into(),
            provider: self.sandbox.name().into(),
            method: self.sandbox.tokenise(GOOD_CARD).unwrap(),
        };
        self.try_write(Actor::Guest, move |tx| checkout::place(tx, &place)).unwrap()
    }

    /// A guest's order of these things, paid.
    pub fn paid(&self, things: &[(Thing, i64)]) -> Id<Order> {
        let placed = self.placed(things);
        wait(checkout::pay(&self.store, &self.providers(), placed.intent, &visit())).unwrap();
        placed.order
    }

    /// A guest pays what an order owes with a card.
    pub fn pay(&self, order: Id<Order>, card: &str) -> Result<Outcome> {
        let attempts = self.read(move |db| payments::by_subject(db, order.raw())).len();
        let retry = Retry {
            order,
            provider: self.sandbox.name().into(),
            method: self.sandbox.tokenise(card)?,
            key: attempts.to_string(),
        };
        wait(checkout::pay_again(&self.store, &self.providers(), Actor::Guest, &retry, &visit()))
    }

    /// Who takes payments.
    pub fn providers(&self) -> Providers {
        Providers::new(Arc::new(self.sandbox.clone()))
    }

    /// Everything of an order.
    pub fn whole(&self, order: Id<Order>) -> Whole {
        self.read(move |db| orders::whole(db, order))
    }

    /// The consignments of an order that were not called off.
    pub fn live(&self, order: Id<Order>) -> Vec<Consignment> {
        let mut all = self.whole(order).consignments;
        all.retain(|one| one.state != orders::State::Cancelled);
        all
    }

    /// Available and held pieces.
    pub fn stock(&self, thing: Thing) -> (i64, i64) {
        let level = self.read(move |db| stock::levels(db, &[thing.variant])).remove(0);
        (level.available, level.held)
    }

    /// What lies on an account.
    pub fn balance(&self, account: ledger::Account) -> i64 {
        self.read(move |db| ledger::balance(db, &account))
    }
}

/// Where a buyer goes to pay, and comes back to.
pub fn visit() -> Visit {
    Visit { label: "EN-1".into(), return_url: "https://shop.example/order".into() }
}

/// Somebody of an organisation who packs.
pub fn staff(organisation: Id<Organisation>) -> Actor {
    Actor::Person { person: 77, organisation: organisation.raw(), role: Role::SellerStaff }
}

/// Waits for a future.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
