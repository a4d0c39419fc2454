//! The shop, and an order of both its sides: a lamp of the house and shirts of Loom's in two lines, priced by the customs engine.

use base::{Currency, Id, Money, Result, Weight};
use customs::{Item, Shipment, Tables, TaxClass, TaxRoute};
use logistics::{EventKind, NewEvent};
use orders::*;
use parties::Person;
pub use shop_world::{Shop, berlin, buyer, staff};
use shop_world::{Side, Thing};
use stock::Want;
use store::Tx;

pub const EUR: Currency = Currency::EUR;

pub fn eur(minor: i64) -> Money {
    Money::new(minor, EUR)
}

pub fn each(test: impl Fn(&Shop)) {
    store::testing::each(shop_world::SCHEMAS, |store| test(&shop_world::shop(store)));
}

/// What one side sells, from where, for how much.
#[derive(Clone, Copy)]
struct Sold {
    side: Side,
    thing: Thing,
    from: &'static str,
    price: i64,
}

/// One consignment with one line a quantity, priced by the customs engine as of 2026-11-20.
fn consignment_of(tx: &mut Tx, sold: &Sold, quantities: &[i64]) -> Result<PlaceConsignment> {
    let Sold { side, thing, from, price } = *sold;
    let facts = offers::facts(tx, &[thing.offer])?.remove(0);
    let (origin, hs) = (facts.origin.unwrap(), facts.hs.unwrap());
    let item = |quantity: &i64| Item {
        hs,
        origin,
        quantity: *quantity,
        unit_price: eur(price),
        unit_weight: Weight::grams(200),
        tax_class: TaxClass::Standard,
    };
    let items: Vec<Item> = quantities.iter().map(item).collect();
    let inland = from == "PL";
    let shipment = Shipment {
        dispatch: from.parse()?,
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
        let (share, goods) = (landed.per_item[index], eur(price * quantity));
        let sums = Sums { goods, shipping: shipping[index], duty: share.duty, tax: share.tax, fees: share.fees };
        let of = |points: i64, base: Money| base.at(base::Rate::basis_points(points), base::Rounding::HalfUp);
        let commission = of(facts.terms.commission_bp, goods)?;
        lines.push(PlaceLine {
            offer: thing.offer,
            variant: thing.variant,
            product: thing.product,
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
            unit_price: eur(price),
            sums,
            commission,
            commission_tax: of(facts.terms.commission_tax_bp, commission)?,
            terms: (*facts.terms).clone(),
            supply: None,
            supplied: facts.supply,
        });
    }
    let by_own = !inland && logistics::own_service(tx, OWN_POST)?.is_some();
    let service = match inland {
        true => "eu-parcel",
        false if by_own => OWN_POST,
        false => "cn-line",
    };
    let service = service.to_owned();
    Ok(PlaceConsignment {
        organisation: side.organisation,
        warehouse: side.warehouse,
        dispatch: from.parse()?,
        carrier: logistics::service(tx, &service)?.carrier.clone(),
        service,
        grams: 200 * quantities.iter().sum::<i64>(),
        arrives: ("2026-11-26".parse().unwrap(), "2026-11-30".parse().unwrap()),
        landed: serde_json::to_string(&landed).unwrap(),
        lines,
    })
}

/// The shop's own shipping from China: declared, what is placed then goes by it.
pub const OWN_POST: &str = "own-post";

/// Declares it.
pub fn with_own_post(shop: &Shop) {
    let lane = logistics::OwnLane {
        from: vec!["CN".into()],
        to: vec!["ANY".into()],
        days_min: 5,
        days_max: 12,
        business: false,
        first_minor: 900,
        step_minor: 200,
    };
    let own = logistics::OwnService {
        code: OWN_POST.into(),
        names: [("en".to_owned(), "Our post".to_owned())].into(),
        carrier: "China Post".into(),
        kind: logistics::ServiceKind::Postal,
        currency: "EUR".into(),
        step_grams: 500,
        max_grams: 20_000,
        ddp: true,
        offered: true,
        lanes: vec![lane],
    };
    shop.write(move |tx| logistics::put_own_service(tx, &own));
}

/// Holds the stock as a quote would, and places. `cart` is what makes it the same order.
fn place_as(tx: &mut Tx, shop: &Shop, cart: i64, buyer: Option<Id<Person>>) -> Result<Placed> {
    place_saying(tx, shop, cart, buyer, Vec::new())
}

/// The same, with something said to the shop's fields.
pub fn place_saying(tx: &mut Tx, shop: &Shop, cart: i64, buyer: Option<Id<Person>>, said: Vec<Say>) -> Result<Placed> {
    let lamp = Sold { side: shop.house, thing: shop.lamp, from: "PL", price: 4000 };
    let shirts = Sold { side: shop.loom, thing: shop.shirt, from: "CN", price: 1500 };
    let command = Place {
        source: Source::cart(cart),
        quote: Some(cart + 1),
        provider: "sandbox".into(),
        buyer,
        email: "jana@example.com".into(),
        secret: format!("secret-{cart}"),
        language: "en".into(),
        address: berlin(),
        currency: EUR,
        exchange: Vec::new(),
        pay_minutes: 30,
        said,
        consignments: vec![consignment_of(tx, &lamp, &[1])?, consignment_of(tx, &shirts, &[2, 3])?],
    };
    let placed = place(tx, &command)?;
    if !placed.again {
        let want = |thing: Thing, quantity| Want { warehouse: thing.warehouse, variant: thing.variant, quantity };
        stock::hold(tx, &[want(shop.lamp, 1), want(shop.shirt, 5)], placed.order.raw(), None)?;
    }
    Ok(placed)
}

/// The order, placed by somebody or by a guest, if it can be.
pub fn try_place(shop: &Shop, cart: i64, buyer: Option<Id<Person>>) -> Result<Placed> {
    let founded = shop.clone();
    shop.store.write_blocking(move |tx| place_as(tx, &founded, cart, buyer))
}

/// A guest's order, placed and not paid.
pub fn placed(shop: &Shop, cart: i64) -> Placed {
    try_place(shop, cart, None).unwrap()
}

/// Somebody's order, placed and not paid.
pub fn placed_by(shop: &Shop, cart: i64, buyer: Id<Person>) -> Placed {
    try_place(shop, cart, Some(buyer)).unwrap()
}

/// A guest's order, placed and paid.
pub fn paid_order(shop: &Shop, cart: i64) -> Placed {
    let placed = placed(shop, cart);
    let (order, total) = (placed.order, placed.total);
    assert_eq!(shop.write(move |tx| paid(tx, order, 0, total)), Capture::Paid);
    placed
}

/// Tells the journey of a consignment's newest parcel one event; `number` makes it this event, so many minutes from now.
pub fn tell(shop: &Shop, consignment: Id<Consignment>, kind: EventKind, number: i64) -> Result<Moved> {
    tell_of(shop, &shop.parcels_of(consignment).pop().expect("packed"), kind, number)
}

/// The same of this parcel.
pub fn tell_of(shop: &Shop, parcel: &Parcel, kind: EventKind, number: i64) -> Result<Moved> {
    let parcel = parcel.label.expect("packed");
    shop.store.write_blocking(move |tx| {
        let at = tx.now().plus_minutes(number);
        let source_id = format!("event-{number}");
        journey(tx, &NewEvent { parcel, kind, at, place: "Liège".into(), source_id, detail: String::new() })
    })
}

/// Packs and hands over all of a consignment.
pub fn sent(shop: &Shop, id: Id<Consignment>) {
    shop.write(move |tx| pack(tx, id).and_then(|_| hand_over(tx, id)));
}

/// How many shirts lie on the shelf, and how many of them are held.
pub fn shelf(shop: &Shop) -> (i64, i64) {
    let shirt = shop.shirt.variant;
    let level = shop.read(move |db| stock::levels(db, &[shirt])).remove(0);
    (level.on_hand, level.held)
}
