//! A small world: the house with a warehouse in Poland, a marketplace seller with one in China, and orders over both.

use crate::*;
use base::{Actor, Address, Currency, Id, Language, Money, Result, Role, Weight};
use catalog::{Product, PutProduct, PutVariant, Variant};
use customs::{Item, Shipment, Tables, TaxClass, TaxRoute};
use logistics::{EventKind, NewEvent};
use offers::{Offer, PutOffer};
use parties::{NewOrganisation, Organisation, OrganisationKind, Person, Register};
use stock::{Move, PutWarehouse, Want, Warehouse};
use store::{Schema, Store, Tx};
use terms::{Mode, NewAgreement};

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
        crate::SCHEMA,
    ];
    SCHEMAS
}

/// What one side sells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    pub organisation: Id<Organisation>,
    pub warehouse: Id<Warehouse>,
    pub product: Id<Product>,
    pub variant: Id<Variant>,
    pub offer: Id<Offer>,
    pub from: &'static str,
    pub price: i64,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct World {
    pub house: Side,
    pub seller: Side,
    pub buyer: Id<Person>,
}

pub(super) fn eur(minor: i64) -> Money {
    Money::new(minor, EUR)
}

pub(super) fn world(store: &Store) -> World {
    store
        .write_blocking(|tx| {
            let house = organisation(tx, "House", OrganisationKind::Platform)?;
            let loom = organisation(tx, "Loom", OrganisationKind::Seller)?;
            let own = terms::agree(tx, &NewAgreement::of(house, Mode::SelfOperated, EUR))?;
            let shared = terms::agree(
                tx,
                &NewAgreement {
                    commission_tax_bp: 1900,
                    commission_tax_jurisdiction: "DE".into(),
                    ..NewAgreement::of(loom, Mode::Marketplace, EUR)
                },
            )?;
            let register = Register {
                email: "jana@example.com".into(),
                password_hash: "$argon2id$none".into(),
                name: "Jana".into(),
                language: Language::english(),
                country: "DE".parse()?,
            };
            Ok(World {
                house: side(tx, house, own, "PL", 4000)?,
                seller: side(tx, loom, shared, "CN", 1500)?,
                buyer: parties::register(tx, &register)?,
            })
        })
        .unwrap()
}

fn organisation(tx: &mut Tx, name: &str, kind: OrganisationKind) -> Result<Id<Organisation>> {
    let new = NewOrganisation {
        name: name.into(),
        kind,
        country: "CN".parse()?,
        currency: EUR,
        language: Language::english(),
    };
    parties::create_organisation(tx, &new)
}

fn side(
    tx: &mut Tx,
    organisation: Id<Organisation>,
    agreement: Id<terms::Agreement>,
    from: &'static str,
    price: i64,
) -> Result<Side> {
    let city = if from == "PL" { "Łódź" } else { "Shenzhen" };
    let address = Address { country: from.into(), name: "Dock 1".into(), city: city.into(), ..Address::default() };
    let put = PutWarehouse { code: format!("{from}-1"), name: city.into(), organisation: organisation.raw(), address };
    let warehouse = stock::put_warehouse(tx, &put)?;
    let shirt = PutProduct {
        organisation: organisation.raw(),
        handle: "t-shirt".into(),
        title: Some("T-shirt".into()),
        status: Some(catalog::Status::Active),
        options: vec!["Size".into()],
        variants: vec![PutVariant {
            sku: Some(format!("TS-{from}")),
            options: ["M".into(), String::new(), String::new()],
            weight: Some(Weight::grams(200)),
            hs: Some("610910".parse()?),
            origin: Some(from.parse()?),
            customs_description: Some("women's cotton T-shirt".into()),
            ..PutVariant::default()
        }],
        ..PutProduct::default()
    };
    let put = catalog::put_product(tx, &shirt)?;
    let variant = put.variants[0];
    let offer = PutOffer { variant, organisation, agreement, warehouse, price: eur(price), compare_at: None };
    let (offer, _) = offers::put_offer(tx, &offer)?;
    let quantity = 1000;
    stock::receive(tx, &Move { warehouse, variant, quantity, key: format!("first:{from}"), reason: "first".into() })?;
    Ok(Side { organisation, warehouse, product: put.id, variant, offer, from, price })
}

pub(super) fn address() -> Address {
    Address {
        country: "DE".into(),
        name: "Jana Köhler".into(),
        street: "Torstraße 90".into(),
        postcode: "10119".into(),
        city: "Berlin".into(),
        ..Address::default()
    }
}

/// One consignment with one line a quantity, priced by the customs engine as of 2026-11-20.
pub(super) fn consignment_of(tx: &mut Tx, side: &Side, quantities: &[i64]) -> Result<PlaceConsignment> {
    let facts = offers::facts(tx, &[side.offer])?.remove(0);
    let (origin, hs) = (facts.origin.unwrap(), facts.hs.unwrap());
    let item = |quantity: &i64| Item {
        hs,
        origin,
        quantity: *quantity,
        unit_price: eur(side.price),
        unit_weight: Weight::grams(200),
        tax_class: TaxClass::Standard,
    };
    let items: Vec<Item> = quantities.iter().map(item).collect();
    let inland = side.from == "PL";
    let shipment = Shipment {
        dispatch: side.from.parse()?,
        destination: "DE".parse()?,
        region: "",
        date: "2026-11-20".parse().unwrap(),
        service: if inland { customs::Service::Domestic } else { customs::Service::Line },
        typical: customs::Typical::Accept,
        tax_route: TaxRoute::Checkout,
        currency: EUR,
        items: &items,
        shipping: eur(701),
        insurance: eur(0),
        rates: customs::ReferenceRates::at("2026-11-20".parse().unwrap()).expect("rates"),
    };
    let landed = customs::landed_cost(Tables::builtin(), &shipment)?;
    let shipping = landed.shipping.split(quantities)?;
    let mut lines = Vec::new();
    for (index, quantity) in quantities.iter().enumerate() {
        let (share, goods) = (landed.per_item[index], eur(side.price * quantity));
        let sums = Sums { goods, shipping: shipping[index], duty: share.duty, tax: share.tax, fees: share.fees };
        let of = |points: i64, base: Money| base.at(base::Rate::basis_points(points), base::Rounding::HalfUp);
        let commission = of(facts.terms.commission_bp, goods)?;
        lines.push(PlaceLine {
            offer: side.offer,
            variant: side.variant,
            product: side.product,
            seller_name: facts.seller_name.to_string(),
            title: facts.title.clone(),
            sku: facts.sku.clone(),
            image: String::new(),
            options: facts.label.clone(),
            hs: facts.hs,
            origin: facts.origin,
            grams: 200,
            customs_description: facts.customs_description.words().unwrap().to_owned(),
            quantity: *quantity,
            unit_price: eur(side.price),
            sums,
            commission,
            commission_tax: of(facts.terms.commission_tax_bp, commission)?,
            terms: (*facts.terms).clone(),
            supply: None,
            supplied: facts.supply,
        });
    }
    Ok(PlaceConsignment {
        organisation: side.organisation,
        warehouse: side.warehouse,
        dispatch: side.from.parse()?,
        service: if inland { "eu-parcel".into() } else { "cn-line".into() },
        carrier: logistics::service(if inland { "eu-parcel" } else { "cn-line" })?.carrier.clone(),
        grams: 200 * quantities.iter().sum::<i64>(),
        arrives: ("2026-11-26".parse().unwrap(), "2026-11-30".parse().unwrap()),
        landed: serde_json::to_string(&landed).unwrap(),
        lines,
    })
}

/// Holds the stock as a quote would, and places. `cart` is what makes it the same order.
pub(super) fn place_as(tx: &mut Tx, world: &World, cart: i64, buyer: Option<Id<Person>>) -> Result<Placed> {
    let house = consignment_of(tx, &world.house, &[1])?;
    let seller = consignment_of(tx, &world.seller, &[2, 3])?;
    let command = Place {
        source: Source::cart(cart),
        quote: Some(cart + 1),
        provider: "sandbox".into(),
        buyer,
        email: "jana@example.com".into(),
        secret: format!("secret-{cart}"),
        language: "en".into(),
        address: address(),
        currency: EUR,
        exchange: Vec::new(),
        pay_minutes: 30,
        consignments: vec![house, seller],
    };
    let placed = place(tx, &command)?;
    if !placed.again {
        let want = |side: &Side, quantity| Want { warehouse: side.warehouse, variant: side.variant, quantity };
        stock::hold(tx, &[want(&world.house, 1), want(&world.seller, 5)], placed.order.raw(), None)?;
    }
    Ok(placed)
}

/// A guest's order, placed and paid.
pub(super) fn paid_order(store: &Store, world: World, cart: i64) -> Placed {
    store
        .write_blocking(move |tx| {
            let placed = place_as(tx, &world, cart, None)?;
            assert_eq!(paid(tx, placed.order, 0, placed.total)?, Capture::Paid);
            Ok(placed)
        })
        .unwrap()
}

pub(super) fn whole_of(store: &Store, order: Id<Order>) -> Whole {
    store.read_blocking(move |db| whole(db, order)).unwrap()
}

/// The parcels of a consignment.
pub(super) fn parcels_of(store: &Store, consignment: Id<Consignment>) -> Vec<Parcel> {
    store
        .read_blocking(move |db| {
            let order = crate::consignment(db, consignment)?.order;
            Ok(parcels(db, order)?.into_iter().filter(|one| one.consignment == consignment).collect())
        })
        .unwrap()
}

/// Tells the journey of a consignment's newest parcel one event; `number` makes it this event.
pub(super) fn tell(store: &Store, consignment: Id<Consignment>, kind: EventKind, number: i64) -> Result<Moved> {
    let newest = parcels_of(store, consignment).pop().expect("packed");
    tell_of(store, &newest, kind, number)
}

/// The same of this parcel.
pub(super) fn tell_of(store: &Store, parcel: &Parcel, kind: EventKind, number: i64) -> Result<Moved> {
    let parcel = parcel.label.expect("packed");
    store.write_blocking(move |tx| {
        let at = tx.now().plus_minutes(number);
        let source_id = format!("event-{number}");
        journey(tx, &NewEvent { parcel, kind, at, place: "Liège".into(), source_id, detail: String::new() })
    })
}

pub(super) fn seller_of(organisation: Id<Organisation>) -> Actor {
    Actor::Person { person: 77, organisation: organisation.raw(), role: Role::SellerStaff }
}

pub(super) fn buyer_of(person: Id<Person>) -> Actor {
    Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer }
}
