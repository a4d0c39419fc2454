//! A small world: the house with a warehouse in Poland, a marketplace seller in China, the sandbox to pay with.

use crate::*;
use base::{Actor, Address, Currency, Id, Language, Money, Result, Role, Weight};
use catalog::{PutProduct, PutText, PutVariant, Variant};
use offers::{Offer, PutOffer, RateRow, Rates};
use orders::Whole;
use parties::{NewOrganisation, Organisation, OrganisationKind, Person, Register};
use payments::sandbox::Sandbox;
use payments::{Outcome, Provider};
use std::future::Future;
use std::sync::Arc;
use stock::{Move, PutWarehouse, Warehouse};
use store::{Schema, Store, Tx};
use terms::{Agreement, Mode, NewAgreement};

pub(super) const EUR: Currency = Currency::EUR;

pub(super) fn schemas() -> &'static [Schema] {
    const SCHEMAS: &[Schema] = &[
        parties::SCHEMA,
        catalog::SCHEMA,
        ledger::SCHEMA,
        terms::SCHEMA,
        stock::SCHEMA,
        payments::SCHEMA,
        offers::SCHEMA,
        logistics::SCHEMA,
        orders::SCHEMA,
        crate::SCHEMA,
    ];
    SCHEMAS
}

/// Who sells from where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    pub organisation: Id<Organisation>,
    pub agreement: Id<Agreement>,
    pub warehouse: Id<Warehouse>,
}

/// One thing on sale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Thing {
    pub variant: Id<Variant>,
    pub offer: Id<Offer>,
}

/// Everything a test needs.
#[derive(Clone)]
pub(super) struct Shop {
    pub store: Store,
    pub world: Arc<door::World>,
    pub sandbox: Sandbox,
    pub house: Side,
    pub loom: Side,
    /// The house's lamp at 40.00 EUR, from Łódź.
    pub lamp: Thing,
    /// The seller's shirt at 15.00 EUR, from Shenzhen.
    pub shirt: Thing,
    /// The seller's mug at 12.34 USD, from Shenzhen.
    pub mug: Thing,
    pub buyer: Id<Person>,
}

pub(super) fn each(test: impl Fn(&Shop)) {
    store::testing::each(schemas(), |store| test(&shop(store)));
}

pub(super) fn shop(store: &Store) -> Shop {
    let (house, loom, lamp, shirt, mug, buyer) = store
        .write_blocking(|tx| {
            offers::install_rates(tx)?;
            let (house, loom) = (side(tx, "House", "PL")?, side(tx, "Loom", "CN")?);
            let lamp = thing(tx, &house, "lamp", "940520", 900, Money::new(4000, EUR))?;
            let shirt = thing(tx, &loom, "shirt", "610910", 200, Money::new(1500, EUR))?;
            let mug = thing(tx, &loom, "mug", "691200", 400, Money::new(1234, Currency::USD))?;
            let register = Register {
                email: "jana@example.com".into(),
                password_hash: "$argon2id$none".into(),
                name: "Jana".into(),
                language: Language::english(),
                country: "DE".parse()?,
            };
            Ok((house, loom, lamp, shirt, mug, parties::register(tx, &register)?))
        })
        .unwrap();
    let sandbox = Sandbox::new(store).unwrap();
    Shop { store: store.clone(), world: world(store), sandbox, house, loom, lamp, shirt, mug, buyer }
}

/// The rates and rules of the store's day.
pub(super) fn world(store: &Store) -> Arc<door::World> {
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
        currency: EUR,
        language: Language::english(),
    };
    let organisation = parties::create_organisation(tx, &new)?;
    let mode = if house { Mode::SelfOperated } else { Mode::Marketplace };
    let agreement = NewAgreement {
        commission_tax_bp: 1900,
        commission_tax_jurisdiction: "DE".into(),
        fixed_fee_minor: if house { 0 } else { 30 },
        ..NewAgreement::of(organisation, mode, EUR)
    };
    let agreement = terms::agree(tx, &agreement)?;
    let city = if house { "Łódź" } else { "Shenzhen" };
    let address = Address { country: country.into(), name: "Dock".into(), city: city.into(), ..Address::default() };
    let code = format!("{country}-1");
    let put = PutWarehouse { code, name: city.into(), organisation: organisation.raw(), address };
    Ok(Side { organisation, agreement, warehouse: stock::put_warehouse(tx, &put)? })
}

pub(super) fn thing(tx: &mut Tx, side: &Side, name: &str, hs: &str, grams: i64, price: Money) -> Result<Thing> {
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
    let variant = catalog::put_product(tx, &product)?.variants[0];
    let Side { organisation, agreement, warehouse } = *side;
    let offer = PutOffer { variant, organisation, agreement, warehouse, price, compare_at: None };
    let (offer, _) = offers::put_offer(tx, &offer)?;
    let (quantity, key, reason) = (100_000, format!("first:{name}"), "first".to_owned());
    stock::receive(tx, &Move { warehouse, variant, quantity, key, reason })?;
    Ok(Thing { variant, offer })
}

pub(super) fn berlin() -> Address {
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

pub(super) fn line(thing: Thing, quantity: i64) -> CartLine {
    CartLine { offer: thing.offer, quantity }
}

impl Shop {
    pub(super) fn cart(&self, lines: Vec<CartLine>) -> Reach {
        self.cart_of(Actor::Guest, lines)
    }

    pub(super) fn cart_of(&self, actor: Actor, lines: Vec<CartLine>) -> Reach {
        let new = NewCart {
            destination: "DE".parse().unwrap(),
            region: String::new(),
            currency: EUR,
            language: Language::english(),
            lines,
        };
        Reach::Token(self.store.write_as_blocking(actor, move |tx| create(tx, &new)).unwrap().token)
    }

    pub(super) fn try_quote(&self, cart: &Reach) -> Result<Quote> {
        self.quote_to(cart, berlin(), None)
    }

    pub(super) fn quote(&self, cart: &Reach) -> Quote {
        self.try_quote(cart).unwrap()
    }

    pub(super) fn quote_to(&self, cart: &Reach, address: Address, currency: Option<Currency>) -> Result<Quote> {
        let world = self.world.clone();
        let ask = AskQuote { cart: cart.clone(), address, currency, choices: Vec::new(), from: None };
        self.store.write_as_blocking(Actor::Guest, move |tx| quote(tx, &world, &ask))
    }

    pub(super) fn try_place(&self, cart: &Reach, quote: Option<Id<Quote>>, card: &str) -> Result<Placed> {
        let command = self.place_command(cart, quote, card);
        self.store.write_as_blocking(Actor::Guest, move |tx| place(tx, &command))
    }

    pub(super) fn place_command(&self, cart: &Reach, quote: Option<Id<Quote>>, card: &str) -> Place {
        Place {
            cart: cart.clone(),
            quote,
            email: " jana@example.com ".into(),
            provider: self.sandbox.name().into(),
            method: self.sandbox.tokenise(card).unwrap(),
        }
    }

    /// A cart with these lines, quoted and placed with this card.
    pub(super) fn placed(&self, lines: Vec<CartLine>, card: &str) -> Placed {
        let cart = self.cart(lines);
        let quote = self.quote(&cart);
        self.try_place(&cart, Some(quote.id), card).unwrap()
    }

    pub(super) fn pay(&self, intent: Id<payments::Intent>) -> Outcome {
        wait(pay(&self.store, &self.providers(), intent, &visit())).unwrap()
    }

    pub(super) fn retry_of(&self, placed: &Placed, card: &str, key: &str) -> Retry {
        let method = self.sandbox.tokenise(card).unwrap();
        Retry { order: placed.order, provider: self.sandbox.name().into(), method, key: key.into() }
    }

    /// A guest pays an order again, as the page and the API do.
    pub(super) fn pay_again(&self, command: &Retry) -> Result<Outcome> {
        wait(pay_again(&self.store, &self.providers(), Actor::Guest, command, &visit()))
    }

    pub(super) fn providers(&self) -> payments::Providers {
        payments::Providers::new(std::sync::Arc::new(self.sandbox.clone()))
    }

    pub(super) fn settle(&self, intent: Id<payments::Intent>, outcome: Outcome) -> Settled {
        let news = Settle { intent, outcome, notice: None };
        self.store.write_blocking(move |tx| settle(tx, &news)).unwrap()
    }

    pub(super) fn whole(&self, order: Id<orders::Order>) -> Whole {
        self.store.read_blocking(move |db| orders::whole(db, order)).unwrap()
    }

    /// Available and held pieces.
    pub(super) fn stock(&self, thing: Thing) -> (i64, i64) {
        let level = self.store.read_blocking(move |db| stock::levels(db, &[thing.variant])).unwrap().remove(0);
        (level.available, level.held)
    }

    pub(super) fn balance(&self, account: ledger::Account) -> i64 {
        self.store.read_blocking(move |db| ledger::balance(db, &account)).unwrap()
    }

    /// Doubles what a euro buys of everything.
    pub(super) fn double_rates(&self) {
        self.store
            .write_blocking(|tx| {
                let date = tx.now().date();
                let rows: Vec<RateRow> = offers::rate_rows(tx, date)?
                    .into_iter()
                    .map(|row| RateRow { rate: row.rate.plus(row.rate).unwrap(), date, ..row })
                    .collect();
                offers::put_rates(tx, &rows)
            })
            .unwrap();
    }
}

pub(super) fn visit() -> Visit {
    Visit { label: "ENT-1".into(), return_url: "https://shop.example/order".into() }
}

pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub(super) fn buyer(person: Id<Person>) -> Actor {
    Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer }
}
