//! An order whose figures are written down, whatever rates and rules of the day would say: what is split and given back of it can be
//! followed by hand.
//!
//! The house sells a lamp: goods 30.00, delivery 5.00, tax 6.65. Loom sells four shirts of 12.50 and a mug of 50.00; each line bears
//! delivery 4.00, duty 6.00, tax 11.40 and fees of 1.50. Loom's commission is 6.00 and 1.14 tax a line. Together 187.45.

use crate::{GOOD_CARD, Shop, Side, Thing, berlin};
use base::{Currency, Date, Id, Money, Result};
use customs::{Certainty, Charge, ChargeKind, Collected, Confidence, LandedCost, Reason, Rule};
use orders::{Order, Place, PlaceConsignment, PlaceLine, Placed, Source, Sums};
use payments::{Open, Outcome, Provider};
use std::sync::Arc;
use stock::Want;
use store::Tx;
use terms::Frozen;

/// Who carries everything.
pub const CARRIER: &str = "Meridian Express";
/// All of it, in minor units.
pub const ALL: i64 = 18_745;
/// Loom's consignment: its goods, and its delivery with tax and fees.
pub const LOOMS: i64 = 14_580;
/// What Loom earns by it: its goods without commission and the tax of that.
pub const EARNED: i64 = 8_572;
/// One shirt of four: goods 12.50, duty 1.39 and tax 2.64 of the goods' shares (5,000 of 5,400), a quarter each.
pub const SHIRT: i64 = 1_250 + 139 + 264;
/// What Loom loses by one that goes back: 12.50 less a quarter of the commission of 6.00 and of its tax of 1.14, rounded half up.
pub const LOSS: i64 = 1_250 - 150 - 29;
/// Its last day.
pub const ARRIVES: &str = "2026-11-30";

/// Goods, delivery, duty, tax and fees of a line.
type Figures = [i64; 5];

impl Shop {
    /// The order, paid by a guest with a card.
    pub fn sold(&self) -> Id<Order> {
        self.sold_in(Currency::EUR)
    }

    /// The same, with the same figures in minor units of another currency.
    pub fn sold_in(&self, currency: Currency) -> Id<Order> {
        self.sold_as(currency, |_| {})
    }

    /// The same, with something in it that is otherwise.
    pub fn sold_as(&self, currency: Currency, change: impl Fn(&mut Place)) -> Id<Order> {
        let (placed, provider) = (self.stated_as(currency, change), self.sandbox.name().to_owned());
        let Placed { order, total, .. } = placed;
        let method = self.sandbox.tokenise(GOOD_CARD).unwrap();
        let open = Open { subject: order.raw(), due: 0, amount: total, provider, method, key: order.to_string() };
        let intent = self.write(move |tx| payments::open(tx, &open)).id;
        assert!(matches!(self.pay_intent(intent), Outcome::Captured { .. }));
        order
    }

    /// The order, not paid yet.
    pub fn stated(&self) -> Id<Order> {
        self.stated_as(Currency::EUR, |_| {}).order
    }

    fn stated_as(&self, currency: Currency, change: impl Fn(&mut Place)) -> Placed {
        let mut wish = self.write({
            let shop = self.clone();
            move |tx| shop.wish(tx, currency)
        });
        change(&mut wish);
        let lines = wish.consignments.iter().flat_map(|one| one.lines.iter().map(|line| (one.warehouse, line)));
        let wants: Vec<Want> =
            lines.map(|(warehouse, line)| Want { warehouse, variant: line.variant, quantity: line.quantity }).collect();
        let placed = self.write(move |tx| {
            let placed = orders::place(tx, &wish)?;
            stock::hold(tx, &wants, placed.order.raw(), None)?;
            Ok(placed)
        });
        assert_eq!(placed.total, Money::new(ALL, currency));
        placed
    }

    /// Sold, and delivered to the buyer.
    pub fn delivered(&self) -> Id<Order> {
        let order = self.sold();
        self.deliver(order);
        order
    }

    /// Sold, delivered, and confirmed by the buyer.
    pub fn completed(&self) -> Id<Order> {
        self.completed_in(Currency::EUR)
    }

    /// The same in another currency.
    pub fn completed_in(&self, currency: Currency) -> Id<Order> {
        let order = self.sold_in(currency);
        self.deliver(order);
        self.confirm(order);
        order
    }

    fn wish(&self, tx: &mut Tx, currency: Currency) -> Result<Place> {
        let lamps = [(self.lamp, 1, [3_000, 500, 0, 665, 0])];
        let theirs = [5_000, 400, 600, 1_140, 150];
        let things = [(self.shirt, 4, theirs), (self.mug, 1, theirs)];
        let consignments = vec![
            sent(tx, &self.house, &lamps, (0, 0), currency)?,
            sent(tx, &self.loom, &things, (600, 114), currency)?,
        ];
        let cart = tx.id::<checkout::Cart>();
        Ok(Place {
            source: Source::cart(cart.raw()),
            quote: Some(cart.raw()),
            provider: self.sandbox.name().into(),
            buyer: None,
            email: "jana@example.com".into(),
            secret: format!("secret {cart}"),
            language: "en".into(),
            address: berlin(),
            currency,
            exchange: Vec::new(),
            pay_minutes: 30,
            said: Vec::new(),
            consignments,
        })
    }
}

fn sent(
    tx: &mut Tx,
    side: &Side,
    things: &[(Thing, i64, Figures)],
    commission: (i64, i64),
    currency: Currency,
) -> Result<PlaceConsignment> {
    let agreement = terms::agreement(tx, side.agreement)?;
    let terms = Frozen::from(&agreement);
    let commission = if side.supply.is_some() { (0, 0) } else { commission };
    let lines: Vec<PlaceLine> = things
        .iter()
        .map(|one| PlaceLine { supply: side.supply, ..line(one, commission, terms.clone(), currency) })
        .collect();
    let all = lines.iter().try_fold(Sums::zero(currency), |sum, line| sum.plus(line.sums))?;
    Ok(PlaceConsignment {
        organisation: side.organisation,
        warehouse: side.warehouse,
        dispatch: "CN".parse()?,
        service: "cn-express".into(),
        carrier: CARRIER.into(),
        grams: 200 * lines.len() as i64,
        arrives: (day("2026-11-25"), day(ARRIVES)),
        landed: serde_json::to_string(&landed(all, currency)).unwrap(),
        lines,
    })
}

fn line(
    (thing, pieces, figures): &(Thing, i64, Figures),
    commission: (i64, i64),
    terms: Frozen,
    currency: Currency,
) -> PlaceLine {
    let money = |minor| Money::new(minor, currency);
    let [goods, shipping, duty, tax, fees] = figures.map(money);
    PlaceLine {
        offer: thing.offer,
        variant: thing.variant,
        product: thing.product,
        seller_name: "Loom".into(),
        title: "A thing".into(),
        sku: "THING".into(),
        image: String::new(),
        options: String::new(),
        hs: Some("610910".parse().unwrap()),
        origin: Some("CN".parse().unwrap()),
        grams: 200,
        customs_description: "Cotton T-shirt".into(),
        quantity: *pieces,
        unit_price: money(goods.minor / pieces),
        sums: Sums { goods, shipping, duty, tax, fees },
        commission: money(commission.0),
        commission_tax: money(commission.1),
        terms,
        supply: None,
        supplied: offers::Supply::Stock,
    }
}

/// A day that is written as people write it.
pub fn day(text: &str) -> Date {
    base::time::parse_date(text).unwrap()
}

/// The landed cost behind such sums: duty of the Union, tax under IOSS, a fee of the carrier at the border.
pub fn landed(sums: Sums, currency: Currency) -> LandedCost {
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
