//! A small world for the tests: an operator and a seller, one order of both, from placing to the door.

use base::{Address, Currency, Date, Id, Money};
use catalog::{PutProduct, PutVariant, Variant};
use customs::{Certainty, Charge, ChargeKind, Collected, Confidence, LandedCost, Reason, Rule};
use logistics::{EventKind, NewEvent};
use orders::{Consignment, Line, Order, Payee, Place, PlaceConsignment, PlaceLine, Share, Sums};
use parties::{NewOrganisation, Organisation, OrganisationKind};
use payments::sandbox::{NAME, Sandbox};
use payments::{Authorise, Outcome, Provider, Record};
use std::sync::Arc;
use stock::{Move, PutWarehouse, Want, Warehouse};
use store::{Schema, Store, Tx};
use terms::{Mode, NewAgreement, Paid, Party};

pub(super) const SCHEMAS: &[Schema] = &[
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

pub(super) const DELIVERED: EventKind = EventKind::Delivered;
pub(super) const LOST: EventKind = EventKind::Lost;

pub(super) const CARRIER: &str = "Meridian Express";

/// An operator that sells itself and a seller on its marketplace, each with a warehouse and two variants.
pub(super) struct World {
    pub(super) platform: Id<Organisation>,
    pub(super) seller: Id<Organisation>,
    shelves: Vec<Shelf>,
}

#[derive(Clone)]
struct Shelf {
    organisation: Id<Organisation>,
    warehouse: Id<Warehouse>,
    variants: Vec<Id<Variant>>,
    product: Id<catalog::Product>,
    terms: terms::Frozen,
    supply: Option<Money>,
}

pub(super) fn world(store: &Store) -> World {
    store
        .write_blocking(|tx| {
            let house = shelf(tx, "House", OrganisationKind::Platform, Mode::SelfOperated, None)?;
            let seller = shelf(tx, "Silk", OrganisationKind::Seller, Mode::Marketplace, None)?;
            Ok(World { platform: house.organisation, seller: seller.organisation, shelves: vec![house, seller] })
        })
        .unwrap()
}

/// The same two, but that the operator sells what the other one supplies at `price` a piece.
pub(super) fn supplied(store: &Store, mode: Mode, price: Money) -> World {
    store
        .write_blocking(move |tx| {
            let house = shelf(tx, "House", OrganisationKind::Platform, Mode::SelfOperated, None)?;
            let at = (mode.template().ships == Party::Platform).then_some(house.warehouse);
            let silk = shelf(tx, "Silk", OrganisationKind::Seller, mode, at)?;
            let silk = Shelf { supply: Some(price), ..silk };
            Ok(World { platform: house.organisation, seller: silk.organisation, shelves: vec![house, silk] })
        })
        .unwrap()
}

fn shelf(
    tx: &mut Tx,
    name: &str,
    kind: OrganisationKind,
    mode: Mode,
    at: Option<Id<Warehouse>>,
) -> base::Result<Shelf> {
    let new = NewOrganisation {
        name: name.into(),
        kind,
        country: "CN".parse()?,
        currency: Currency::EUR,
        language: "en".parse()?,
    };
    let organisation = parties::create_organisation(tx, &new)?;
    let usual = NewAgreement { payout_days: 7, ..NewAgreement::of(organisation, mode, Currency::EUR) };
    let terms = match mode.template().paid {
        Paid::SupplyPrice => usual,
        _ => NewAgreement {
            commission_bp: 1_200,
            commission_tax_bp: 1_900,
            commission_tax_jurisdiction: "IE".into(),
            ..usual
        },
    };
    let agreement = terms::agree(tx, &terms)?;
    let agreement = terms::agreement(tx, agreement)?;
    let put = PutWarehouse {
        code: name.into(),
        name: name.into(),
        organisation: organisation.raw(),
        address: address("CN", "Shenzhen", "518000"),
    };
    let warehouse = at.map_or_else(|| stock::put_warehouse(tx, &put), Ok)?;
    let variant = |colour: &str| PutVariant {
        sku: Some(format!("{name}-{colour}")),
        options: [colour.into(), String::new(), String::new()],
        ..PutVariant::default()
    };
    let put = PutProduct {
        organisation: organisation.raw(),
        handle: "shirt".into(),
        title: Some(format!("Shirt of {name}")),
        options: vec!["Colour".into()],
        variants: vec![variant("Blue"), variant("Red")],
        ..PutProduct::default()
    };
    let put = catalog::put_product(tx, &put)?;
    for variant in put.variants.iter().copied() {
        let key = format!("first:{variant}");
        stock::receive(tx, &Move { warehouse, variant, quantity: 100, key, reason: "first".into() })?;
    }
    let terms = terms::Frozen::from(&agreement);
    Ok(Shelf { organisation, warehouse, variants: put.variants, product: put.id, terms, supply: None })
}

fn address(country: &str, city: &str, postcode: &str) -> Address {
    Address {
        country: country.into(),
        name: "Alex Doe".into(),
        street: "Street 1".into(),
        city: city.into(),
        region: if country == "CN" { "Guangdong".into() } else { String::new() },
        postcode: postcode.into(),
        phone: "+49 30 1234567".into(),
        ..Address::default()
    }
}

impl World {
    /// An order of one line of the house (41.65) and two of the seller (145.80), paid with a card.
    pub(super) fn sold(&self, store: &Store, cart: i64, currency: Currency) -> Id<Order> {
        let (order, total) = self.held(store, cart, currency);
        let open = payments::Open {
            subject: order.raw(),
            due: 0,
            amount: total,
            provider: NAME.into(),
            method: "sandbox:ok".into(),
            key: format!("{order}"),
        };
        let intent = store.write_blocking(move |tx| payments::open(tx, &open)).unwrap().id;
        let ask = Authorise {
            intent,
            amount: total,
            method: "sandbox:ok".into(),
            capture: true,
            label: "ENT-1".into(),
            return_url: "/".into(),
        };
        let outcome = wait(Sandbox::new(store).unwrap().authorise(&ask)).unwrap();
        assert!(matches!(outcome, Outcome::Captured { .. }));
        store
            .write_blocking(move |tx| {
                let news = Record { intent, outcome: outcome.clone(), notice: None };
                let recorded = payments::record(tx, &news)?;
                orders::paid(tx, order, recorded.due, recorded.amount)
            })
            .unwrap();
        order
    }

    /// The same order, not paid yet.
    pub(super) fn placed(&self, store: &Store, cart: i64) -> Id<Order> {
        self.held(store, cart, Currency::EUR).0
    }

    fn held(&self, store: &Store, cart: i64, currency: Currency) -> (Id<Order>, Money) {
        let place = self.wish(cart, currency);
        let wants: Vec<Want> = place
            .consignments
            .iter()
            .flat_map(|one| one.lines.iter().map(|line| (one.warehouse, line)))
            .map(|(warehouse, line)| Want { warehouse, variant: line.variant, quantity: line.quantity })
            .collect();
        let held = store
            .write_blocking(move |tx| {
                let placed = orders::place(tx, &place)?;
                stock::hold(tx, &wants, placed.order.raw(), None)?;
                Ok((placed.order, placed.total))
            })
            .unwrap();
        assert_eq!(held.1, Money::new(18_745, currency));
        held
    }

    fn wish(&self, cart: i64, currency: Currency) -> Place {
        let money = |minor| Money::new(minor, currency);
        let sums = |goods, shipping, duty, tax, fees| Sums {
            goods: money(goods),
            shipping: money(shipping),
            duty: money(duty),
            tax: money(tax),
            fees: money(fees),
        };
        let (house, seller) = (&self.shelves[0], &self.shelves[1]);
        let own = [line(house, 0, 1, sums(3_000, 500, 0, 665, 0), (0, 0))];
        let kept = if seller.supply.is_some() { (0, 0) } else { (600, 114) };
        let theirs = [
            line(seller, 0, 4, sums(5_000, 400, 600, 1_140, 150), kept),
            line(seller, 1, 1, sums(5_000, 400, 600, 1_140, 150), kept),
        ];
        Place {
            source: orders::Source::cart(cart),
            quote: Some(cart),
            provider: "sandbox".into(),
            buyer: None,
            email: "alex@example.com".into(),
            secret: format!("secret {cart}"),
            language: "en".into(),
            address: address("DE", "Berlin", "10115"),
            currency,
            exchange: Vec::new(),
            pay_minutes: 30,
            consignments: vec![sent(house, own.into(), currency), sent(seller, theirs.into(), currency)],
        }
    }

    /// Packs, hands over and delivers everything that was not called off.
    pub(super) fn deliver(&self, store: &Store, order: Id<Order>) {
        self.report(store, order, |_| DELIVERED);
    }

    /// As many pieces more of everything as any test sells.
    pub(super) fn stock_up(&self, store: &Store) {
        for shelf in self.shelves.clone() {
            for variant in shelf.variants {
                let (key, reason) = (format!("more:{variant}"), "more".to_owned());
                let more = Move { warehouse: shelf.warehouse, variant, quantity: 10_000, key, reason };
                store.write_blocking(move |tx| stock::receive(tx, &more)).unwrap();
            }
        }
    }

    /// Packs and hands over everything; the carrier then reports `end` of each consignment.
    pub(super) fn report(&self, store: &Store, order: Id<Order>, end: impl Fn(Id<Consignment>) -> EventKind) {
        let all = store.read_blocking(move |db| orders::consignments(db, order)).unwrap();
        for id in all.into_iter().filter(|one| one.state != orders::State::Cancelled).map(|one| one.id) {
            let kind = end(id);
            store
                .write_blocking(move |tx| {
                    orders::pack(tx, id)?;
                    orders::hand_over(tx, id)?;
                    for one in orders::parcels(tx, order)?.into_iter().filter(|one| one.consignment == id) {
                        let Some(parcel) = one.label.filter(|_| one.has_left()) else { continue };
                        let (at, place) = (tx.now(), "Berlin, DE".to_owned());
                        let source_id = format!("{}:end", one.id);
                        orders::journey(tx, &NewEvent { parcel, kind, at, place, source_id, detail: String::new() })?;
                    }
                    Ok(())
                })
                .unwrap();
        }
    }

    /// Sold, delivered and confirmed by the buyer.
    pub(super) fn completed(&self, store: &Store, cart: i64) -> Id<Order> {
        let order = self.sold(store, cart, Currency::EUR);
        self.deliver(store, order);
        super::completed(store, order);
        order
    }

    /// The seller's consignment of an order.
    pub(super) fn of_seller(&self, store: &Store, order: Id<Order>) -> Id<Consignment> {
        let all = store.read_blocking(move |db| orders::consignments(db, order)).unwrap();
        all.into_iter().find(|one| one.organisation == self.seller).unwrap().id
    }

    /// The seller's lines of an order: four pieces of 12.50, and one of 50.00.
    pub(super) fn lines_of_seller(&self, store: &Store, order: Id<Order>) -> Vec<Line> {
        let all = store.read_blocking(move |db| orders::lines(db, order)).unwrap();
        all.into_iter().filter(|line| line.organisation == self.seller).collect()
    }

    /// Free pieces of a variant of the seller.
    pub(super) fn free(&self, store: &Store, variant: Id<Variant>) -> i64 {
        store.read_blocking(move |db| stock::levels(db, &[variant])).unwrap()[0].available
    }

    /// Sends every refund of an order to the sandbox; says how many came to an end by it.
    pub(super) fn refund_all(&self, store: &Store, order: Id<Order>) -> usize {
        let providers = payments::Providers::new(std::sync::Arc::new(Sandbox::new(store).unwrap()));
        let refunds = store.read_blocking(move |db| payments::refunds(db, order.raw())).unwrap();
        let sent = refunds.iter().filter_map(|refund| wait(crate::send_refund(&providers, store, refund.id)).unwrap());
        sent.filter(|recorded| recorded.changed).count()
    }
}

pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn line(shelf: &Shelf, index: usize, quantity: i64, sums: Sums, (commission, commission_tax): (i64, i64)) -> PlaceLine {
    let currency = sums.goods.currency;
    PlaceLine {
        offer: Id::from_raw(1),
        variant: shelf.variants[index],
        product: shelf.product,
        seller_name: "Silk".into(),
        title: "=Shirt, \"Blue\"".into(),
        sku: format!("SKU-{index}"),
        image: String::new(),
        options: String::new(),
        hs: Some("610910".parse().unwrap()),
        origin: Some("CN".parse().unwrap()),
        grams: 200,
        customs_description: "Cotton T-shirt".into(),
        quantity,
        unit_price: Money::new(sums.goods.minor / quantity, currency),
        sums,
        commission: Money::new(commission, currency),
        commission_tax: Money::new(commission_tax, currency),
        terms: shelf.terms.clone(),
        supply: shelf.supply,
        supplied: offers::Supply::Stock,
    }
}

fn sent(shelf: &Shelf, lines: Vec<PlaceLine>, currency: Currency) -> PlaceConsignment {
    PlaceConsignment {
        organisation: shelf.organisation,
        warehouse: shelf.warehouse,
        dispatch: "CN".parse().unwrap(),
        service: "cn-express".into(),
        carrier: CARRIER.into(),
        grams: 200 * lines.len() as i64,
        arrives: (day("2026-11-25"), day("2026-11-30")),
        landed: serde_json::to_string(&landed(&lines, currency)).unwrap(),
        lines,
    }
}

pub(super) fn day(text: &str) -> Date {
    base::time::parse_date(text).unwrap()
}

/// The landed cost behind the lines: duty of the Union, tax under IOSS, a fee of the carrier at the border.
fn landed(lines: &[PlaceLine], currency: Currency) -> LandedCost {
    landed_of(lines.iter().try_fold(Sums::zero(currency), |sum, line| sum.plus(line.sums)).unwrap(), currency)
}

pub(super) fn landed_of(sums: Sums, currency: Currency) -> LandedCost {
    let rule = Arc::new(Rule {
        id: "r".into(),
        name: "a rule".into(),
        effective_from: None,
        effective_to: None,
        source: "test".into(),
        confidence: Confidence::High,
    });
    let charge = |kind, amount, scheme: Option<&str>, jurisdiction: &str, collected_at| Charge {
        kind,
        item: None,
        members: Vec::new(),
        amount,
        base: sums.goods,
        rate: None,
        rule: rule.clone(),
        under: None,
        scheme: scheme.map(Into::into),
        jurisdiction: jurisdiction.into(),
        reason: Reason::Exempt,
        collected_at,
    };
    LandedCost {
        currency,
        date: day("2026-11-20"),
        goods: sums.goods,
        shipping: sums.shipping,
        duty: sums.duty,
        tax: sums.tax,
        fees: sums.fees,
        total: sums.total().unwrap(),
        certainty: Certainty::Guaranteed,
        collected: Collected::Mixed,
        lines: vec![
            charge(ChargeKind::Duty, sums.duty, None, "EU", Collected::AtBorder),
            charge(ChargeKind::Tax, sums.tax, Some("IOSS"), "DE", Collected::AtCheckout),
            charge(ChargeKind::Fee, sums.fees, None, "DE", Collected::AtBorder),
        ],
        per_item: Vec::new(),
    }
}

/// A share of a seller, or of the operator if `payee` is 0.
pub(super) fn share(payee: i64, minor: i64) -> Share {
    let (payee, account) = match payee {
        0 => (Payee::Platform, ledger::Account::income("sales", Currency::EUR)),
        seller => (Payee::Seller(Id::from_raw(seller)), ledger::Account::seller(seller, Currency::EUR)),
    };
    Share {
        payee,
        account,
        what: "goods",
        consignment: Id::from_raw(1),
        line: Some(Id::<Line>::from_raw(1)),
        scheme: String::new(),
        amount: Money::new(minor, Currency::EUR),
    }
}
